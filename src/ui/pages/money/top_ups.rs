//! `/bundles/top-up`: minutes that are bought from a saved card when few are free.

use leptos::prelude::*;

use super::saved_cards::SavedCardLink;
use crate::{
    api,
    model::{
        money::{
            bundles::Bundle,
            top_ups::{TopUp, TopUpPage as Agreed, TopUpState},
        },
        paths,
    },
    ui::{
        components::{
            ButtonKind, ButtonLink, EmptyState, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit,
            SummaryList, SummaryRow, TextField, loaded,
        },
        format, forms,
        texts::{Locale, t},
    },
};

/// What is agreed, and the form that agrees.
#[component]
pub fn TopUpPage() -> impl IntoView {
    loaded(api::money::top_ups::top_up_page(), |page| view! { <TopUpView page/> })
}

#[component]
fn TopUpView(page: Agreed) -> impl IntoView {
    let (title, lead) = headline(&page);
    let agreed = page.top_up.filter(|top_up| top_up.state == TopUpState::On).map(|top_up| facts(&page, top_up));
    let end = (agreed.is_some() && page.may_buy).then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::top_ups::EndTopUp>()}>
                <div class="actions">
                    <Submit label=t!("top-up-end") kind=ButtonKind::Danger/>
                </div>
            </Form>
        }
    });
    let form = page.may_buy.then(|| next_step(&page));
    view! {
        <Page title lead>
            {agreed}
            {end}
            {form}
            <p>
                <a href=paths::BUNDLES>{t!("purchase-all")}</a>
            </p>
        </Page>
    }
}

/// The fact that matters now, and what follows from it.
fn headline(page: &Agreed) -> (String, String) {
    match page.top_up.map(|top_up| top_up.state) {
        Some(TopUpState::On) => (t!("top-up-title-on"), t!("top-up-lead-on")),
        Some(TopUpState::Failed) => (t!("top-up-title-failed"), t!("top-up-lead-failed")),
        Some(TopUpState::Dearer) => (t!("top-up-title-failed"), t!("top-up-lead-dearer")),
        Some(TopUpState::Off) | None => (t!("top-up-title-off"), t!("top-up-lead-off")),
    }
}

fn facts(page: &Agreed, top_up: TopUp) -> impl IntoView + use<> {
    let locale = Locale::current();
    let minutes = page.bundles.iter().find(|bundle| bundle.id == top_up.bundle).map(|bundle| bundle.minutes);
    let what = minutes.map(|minutes| {
        let total = format::money(locale, top_up.total);
        t!("top-up-bundle", minutes = format::minutes(locale, minutes), total = total)
    });
    let card = page.card.as_ref().map(|card| {
        let until = format::date_numeric(locale, card.good_through, None);
        t!("subscription-by-card", brand = card.brand.as_str(), last4 = card.last4.as_str(), until = until)
    });
    view! {
        <SummaryList>
            <SummaryRow term=t!("top-up-below")>{format::minutes(locale, top_up.below)}</SummaryRow>
            {what.map(|what| view! { <SummaryRow term=t!("top-up-what")>{what}</SummaryRow> })}
            <SummaryRow term=t!("top-up-most")>{top_up.most.to_string()}</SummaryRow>
            {card.map(|card| view! { <SummaryRow term=t!("subscription-method")>{card}</SummaryRow> })}
            <SummaryRow term=t!("top-up-agreed")>{format::moment(locale, top_up.agreed_at)}</SummaryRow>
        </SummaryList>
    }
}

/// A card first, then what is bought from it.
fn next_step(page: &Agreed) -> AnyView {
    if !page.takes_cards || page.bundles.is_empty() {
        return view! { <EmptyState title=t!("top-up-without-cards")/> }.into_any();
    }
    let card = |label: String, kind: ButtonKind| {
        view! {
            <p class="actions">
                <ButtonLink href=paths::TOP_UP_CARD label kind/>
            </p>
        }
    };
    if page.card.is_none() {
        return view! {
            <p>{t!("top-up-card-first")}</p>
            {card(t!("top-up-card-save"), ButtonKind::Primary)}
        }
        .into_any();
    }
    view! {
        {agreement(page)}
        {card(t!("subscription-card-change"), ButtonKind::Secondary)}
        <SavedCardLink/>
    }
    .into_any()
}

fn agreement(page: &Agreed) -> impl IntoView + use<> {
    let locale = Locale::current();
    let former = page.top_up;
    let option = |bundle: &Bundle| RadioOption {
        value: bundle.id.to_string(),
        label: t!(
            "top-up-bundle",
            minutes = format::minutes(locale, bundle.minutes),
            total = format::money(locale, bundle.price.with_vat(page.vat)),
        ),
        note: None,
        meta: None,
    };
    let options: Vec<_> = page.bundles.iter().map(option).collect();
    let field = |name: &'static str, value: Option<String>| forms::field_value(name, &value.unwrap_or_default());
    let selected = field("bundle", former.map(|former| former.bundle.to_string()));
    let below = field("below", Some(former.map_or(30, |former| former.below).to_string()));
    let prices = page.prices();
    let most = field("most", Some(former.map_or(2, |former| former.most).to_string()));
    view! {
        <section class="card" aria-labelledby="agree">
            <h2 id="agree">{t!("top-up-form")}</h2>
            <Form action={Endpoint::of::<api::money::top_ups::AgreeTopUp>()}>
                <Hidden name="prices" value=prices/>
                <TextField
                    name="below"
                    label=t!("top-up-below")
                    suffix=t!("top-up-minutes")
                    value=below
                    inputmode="numeric"
                    short=true
                />
                <RadioCards name="bundle" legend=t!("top-up-what") options selected/>
                <TextField name="most" label=t!("top-up-most") value=most inputmode="numeric" short=true/>
                <p>{t!("top-up-consent")}</p>
                <div class="actions">
                    <Submit label=t!("top-up-agree")/>
                </div>
            </Form>
        </section>
    }
}
