//! `/settings/regions`: regions and the numbers to call, for managers.

use leptos::prelude::*;

use super::{catalogue_changes::RowChanges, catalogue_nav::CatalogueNav, change_list::FromDay};
use crate::{
    api,
    model::{
        base::{ids::RegionId, seen::Seen},
        line::regions::{KeptRegion, RegionPage as OneRegion, RegionTerms, RegionsPage as Regions},
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Column, EmptyState, Endpoint, Form, Hidden, Page, Submit, Table, TextField, Width,
            loaded,
        },
        format,
        texts::t,
    },
};

/// All regions, and the form that adds one.
#[component]
pub fn RegionsPage() -> impl IntoView {
    loaded(api::line::regions::regions_page(), |page| view! { <RegionsView page/> })
}

/// One region.
#[component]
pub fn RegionPage() -> impl IntoView {
    let region = ui::path_value("region");
    loaded(async move { api::line::regions::region_page(region?).await }, |page| view! { <RegionView page/> })
}

#[component]
fn RegionsView(page: Regions) -> impl IntoView {
    let rows = page.regions.into_iter().enumerate().map(|(place, region)| row(place, region)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <EmptyState title=t!("regions-none")/> }.into_any()
    } else {
        view! {
            <Table class="table-staff" caption=t!("regions-title") caption_hidden=true columns=vec![
                Column::text(t!("catalogue-name")),
                Column::text(t!("regions-phone")),
                Column::text(t!("regions-prefixes")),
                Column::action(t!("catalogue-order")),
            ]>{rows}</Table>
        }
        .into_any()
    };
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=t!("regions-title") lead=t!("regions-lead") width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">{list}</div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="add">
                        <h2 id="add">{t!("regions-add")}</h2>
                        <Form action={Endpoint::of::<api::line::regions::AddRegion>()}>
                            <PlaceFields/>
                            <PhoneField/>
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

fn row(place: usize, region: KeptRegion) -> impl IntoView {
    let KeptRegion { id, terms } = region;
    let about = terms.name.clone();
    let up = (place > 0).then(|| {
        view! {
            <Form action={Endpoint::of::<api::line::regions::MoveRegionUp>()}>
                <Hidden name="region" value=id.to_string()/>
                <Submit label=t!("catalogue-up") kind=ButtonKind::Quiet about/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=paths::region(id)>{terms.name.clone()}</a>
            </th>
            <td data-label=t!("regions-phone")>{format::unbroken_phone(&terms.phone)}</td>
            <td data-label=t!("regions-prefixes")>{terms.postal_prefixes.join(", ")}</td>
            <td>{up}</td>
        </tr>
    }
}

#[component]
fn PhoneField(
    /// What it is now.
    #[prop(optional)]
    phone: String,
) -> impl IntoView {
    view! {
        <TextField name="phone" label=t!("regions-phone") value=phone kind="tel" inputmode="tel" autocomplete="off"/>
    }
}

#[component]
fn PlaceFields(
    /// What the region is now.
    #[prop(optional)]
    terms: Option<RegionTerms>,
) -> impl IntoView {
    let (name, prefixes) = terms.map(|terms| (terms.name, terms.postal_prefixes.join(", "))).unwrap_or_default();
    view! {
        <TextField name="name" label=t!("catalogue-name") value=name autocomplete="off"/>
        <TextField
            name="postal_prefixes"
            label=t!("regions-prefixes")
            hint=t!("regions-prefixes-hint")
            value=prefixes
            optional=true
        />
    }
}

/// By which name the page's address says that a region shall go.
const ASKED: &str = "remove";

/// Where a region is taken away, once it was read whose number changes by that.
#[component]
fn Removal(region: RegionId, customers: u32) -> impl IntoView {
    let page = paths::region(region);
    if ui::query_value(ASKED).is_none() {
        let href = ui::with_query(&page, &[(ASKED, "true".to_owned())]);
        return view! {
            <p class="actions">
                <ButtonLink href label=t!("regions-delete") kind=ButtonKind::Secondary/>
            </p>
        }
        .into_any();
    }
    view! {
        <Form action={Endpoint::of::<api::line::regions::DeleteRegion>()}>
            <Hidden name="region" value=region.to_string()/>
            <p class="field-hint">{t!("regions-delete-hint", count = customers)}</p>
            <div class="actions">
                <Submit label=t!("regions-delete-really") kind=ButtonKind::Danger/>
                <ButtonLink href=page label=t!("regions-delete-not") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn RegionView(page: OneRegion) -> impl IntoView {
    let OneRegion { region: KeptRegion { id, terms }, customers, history } = page;
    let before = view! { <CatalogueNav/> }.into_any();
    let (phone, shown, today) = (terms.phone.clone(), history.now.to_string(), history.today);
    view! {
        <Page title=terms.name.clone() width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    <Form action={Endpoint::of::<api::line::regions::CheckRegionChange>()} class="card">
                        <Hidden name="region" value=id.to_string()/>
                        <Hidden name="shown" value=shown/>
                        <PhoneField phone/>
                        <FromDay today/>
                        <div class="actions">
                            <Submit label=t!("line-settings-preview")/>
                            <ButtonLink href=paths::REGIONS label=t!("catalogue-back") kind=ButtonKind::Secondary/>
                        </div>
                    </Form>
                    <section class="card">
                        <Form action={Endpoint::of::<api::line::regions::SaveRegion>()} seen=Seen::of(&terms.fields())>
                            <Hidden name="region" value=id.to_string()/>
                            <PlaceFields terms/>
                            <div class="actions">
                                <Submit label=t!("catalogue-save") kind=ButtonKind::Secondary/>
                            </div>
                        </Form>
                        <Removal region=id customers/>
                    </section>
                </div>
                <div class="bench-aside">
                    <RowChanges history/>
                </div>
            </div>
        </Page>
    }
}
