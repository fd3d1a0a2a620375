//! `/settings/tiers`: the response tiers, for managers.

use leptos::prelude::*;

use super::{
    catalogue_changes::RowChanges,
    catalogue_nav::{CatalogueNav, MinutesField, NameFields},
    change_list::FromDay,
};
use crate::{
    api,
    model::{
        base::seen::Seen,
        line::{
            catalogue::BASIC_TIER,
            tiers::{KeptTier, ResponseTier, TierPage as OneTier, TiersPage as Tiers, name_fields},
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CheckField, Column, Endpoint, Form, Hidden, Page, Submit, Table, Width, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// All tiers, and the form that adds one.
#[component]
pub fn TiersPage() -> impl IntoView {
    loaded(api::line::tiers::tiers_page(), |page| view! { <TiersView page/> })
}

/// One tier.
#[component]
pub fn TierPage() -> impl IntoView {
    let tier = ui::path_value("tier");
    loaded(async move { api::line::tiers::tier_page(tier?).await }, |page| view! { <TierView page/> })
}

#[component]
fn TiersView(page: Tiers) -> impl IntoView {
    let rows = page.tiers.into_iter().enumerate().map(|(place, tier)| row(place, tier)).collect::<Vec<_>>();
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=t!("tiers-settings-title") lead=t!("tiers-settings-lead") width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    <Table class="table-staff" caption=t!("tiers-settings-title") caption_hidden=true columns=vec![
                        Column::text(t!("catalogue-name")),
                        Column::text(t!("tiers-target")),
                        Column::text(t!("tiers-lead")),
                        Column::action(t!("catalogue-order")),
                    ]>{rows}</Table>
                </div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="add">
                        <h2 id="add">{t!("tiers-add")}</h2>
                        <Form action={Endpoint::of::<api::line::tiers::AddTier>()}>
                            <NameFields/>
                            <Promises/>
                            <div class="actions">
                                <Submit label=t!("catalogue-add")/>
                            </div>
                        </Form>
                    </section>
                </div>
            </div>
        </Page>
    }
}

fn row(place: usize, kept: KeptTier) -> impl IntoView {
    let locale = Locale::current();
    let KeptTier { tier, active, contracts } = kept;
    let notes = [(!active).then(|| t!("catalogue-retired")), Some(t!("tiers-contracts", count = contracts))];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let name = named(&tier.name);
    let (code, about) = (tier.code.clone(), name.clone());
    let up = (place > 0).then(|| {
        view! {
            <Form action={Endpoint::of::<api::line::tiers::MoveTierUp>()}>
                <Hidden name="tier" value=code/>
                <Submit label=t!("catalogue-up") kind=ButtonKind::Quiet about/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=paths::tier(&tier.code)>{name}</a>
                <span class="table-note">{notes}</span>
            </th>
            <td data-label=t!("tiers-target")>{format::minutes(locale, tier.urgent_target_minutes)}</td>
            <td data-label=t!("tiers-lead")>{format::minutes(locale, tier.normal_lead_minutes)}</td>
            <td>{up}</td>
        </tr>
    }
}

/// What a tier promises.
#[component]
fn Promises(
    /// What it promises now.
    #[prop(optional)]
    tier: Option<ResponseTier>,
) -> impl IntoView {
    let number = |of: fn(&ResponseTier) -> u32| tier.as_ref().map(|tier| of(tier).to_string()).unwrap_or_default();
    let (target, lead) = (number(|tier| tier.urgent_target_minutes), number(|tier| tier.normal_lead_minutes));
    view! {
        <MinutesField name="urgent_target_minutes" label=t!("tiers-target-field") hint=t!("tiers-working") value=target/>
        <MinutesField name="normal_lead_minutes" label=t!("tiers-lead-field") hint=t!("tiers-working") value=lead/>
    }
}

#[component]
fn TierView(page: OneTier) -> impl IntoView {
    let OneTier { tier: KeptTier { tier, active, contracts }, history } = page;
    let active = if tier.code == BASIC_TIER {
        view! {
            <Hidden name="active" value="true"/>
            <p class="field-hint">{t!("tiers-basic")}</p>
        }
        .into_any()
    } else {
        view! { <CheckField name="active" label=t!("tiers-active") hint=t!("tiers-active-hint") checked=active/> }
            .into_any()
    };
    let before = view! { <CatalogueNav/> }.into_any();
    let lead = [t!("tiers-contracts", count = contracts), t!("line-settings-lead")].join(". ");
    let (shown, today) = (history.now.to_string(), history.today);
    let (name, code, renamed) = (tier.name.clone(), tier.code.clone(), tier.code.clone());
    let seen = Seen::of(&name_fields(&name));
    view! {
        <Page title=named(&name) lead width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    <Form action={Endpoint::of::<api::line::tiers::CheckTierChange>()} class="card">
                        <Hidden name="tier" value=code/>
                        <Hidden name="shown" value=shown/>
                        <Promises tier/>
                        {active}
                        <FromDay today/>
                        <div class="actions">
                            <Submit label=t!("line-settings-preview")/>
                            <ButtonLink href=paths::TIERS label=t!("catalogue-back") kind=ButtonKind::Secondary/>
                        </div>
                    </Form>
                </div>
                <div class="bench-aside">
                    <Form action={Endpoint::of::<api::line::tiers::RenameTier>()} class="card" seen>
                        <p class="field-hint">{t!("catalogue-words-lead")}</p>
                        <Hidden name="tier" value=renamed/>
                        <NameFields name/>
                        <div class="actions">
                            <Submit label=t!("catalogue-save") kind=ButtonKind::Secondary/>
                        </div>
                    </Form>
                    <RowChanges history/>
                </div>
            </div>
        </Page>
    }
}
