//! `/bundles/card`: the saved card, what depends on it, and how it is removed.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        money::card::{SavedCard, SavedCardPage as Saved},
        paths,
    },
    ui::{
        components::{ButtonKind, ButtonLink, Endpoint, Form, Page, Submit, SummaryList, SummaryRow, loaded},
        format,
        texts::{Locale, t},
    },
};

/// The card, and the form that removes it.
#[component]
pub fn SavedCardPage() -> impl IntoView {
    loaded(api::money::saved_cards::saved_card_page(), |page| view! { <SavedCardView page/> })
}

#[component]
fn SavedCardView(page: Saved) -> impl IntoView {
    let Some(card) = page.card.as_ref().map(in_words) else {
        return view! {
            <Page title=t!("saved-card-title-none") lead=t!("saved-card-lead-none")>
                <p>
                    <a href=paths::BUNDLES>{t!("purchase-all")}</a>
                </p>
            </Page>
        }
        .into_any();
    };
    let follows: Vec<_> = follows(&page).into_iter().map(|text| view! { <li>{text}</li> }).collect();
    view! {
        <Page title=t!("saved-card-title")>
            <SummaryList>
                <SummaryRow term=t!("saved-card-what")>{card}</SummaryRow>
            </SummaryList>
            <section class="card" aria-labelledby="remove">
                <h2 id="remove">{t!("saved-card-follows")}</h2>
                <ul>{follows}</ul>
                <Form action={Endpoint::of::<api::money::saved_cards::RemoveCard>()}>
                    <div class="actions">
                        <Submit label=t!("saved-card-remove") kind=ButtonKind::Danger/>
                        <ButtonLink href=paths::BUNDLES label=t!("shop-back") kind=ButtonKind::Secondary/>
                    </div>
                </Form>
            </section>
        </Page>
    }
    .into_any()
}

/// The way here, from where it is paid by.
#[component]
pub fn SavedCardLink() -> impl IntoView {
    view! {
        <p>
            <a href=paths::SAVED_CARD>{t!("saved-card-link")}</a>
        </p>
    }
}

fn in_words(card: &SavedCard) -> String {
    let until = format::date_numeric(Locale::current(), card.good_through, None);
    t!("saved-card-is", brand = card.brand.as_str(), last4 = card.last4.as_str(), until = until)
}

/// What follows from its removal, in words.
fn follows(page: &Saved) -> Vec<String> {
    let depending = [
        page.pays_subscription.then(|| t!("saved-card-subscription")),
        page.tops_up.then(|| t!("saved-card-top-up")),
        page.is_owing.then(|| t!("saved-card-owing")),
    ];
    let mut said: Vec<String> = depending.into_iter().flatten().collect();
    if said.is_empty() {
        said.push(t!("saved-card-nothing"));
    }
    said.push(t!("saved-card-forgotten"));
    said
}
