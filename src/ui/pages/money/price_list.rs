//! `/settings/bundles`: the bundles that are sold, for managers.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::money::Money,
        money::{
            price_list::{KeptBundle, KeptBundlePage as OneBundle, PriceListPage as PriceList},
            subscriptions::Recurrence,
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Column, EmptyState, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit,
            Table, TextField, Width, loaded,
        },
        format,
        pages::line::catalogue_nav::CatalogueNav,
        texts::{Locale, t},
    },
};

/// All bundles, and the form that adds one.
#[component]
pub fn PriceListPage() -> impl IntoView {
    loaded(api::money::price_list::price_list_page(), |page| view! { <PriceListView page/> })
}

/// One bundle.
#[component]
pub fn KeptBundlePage() -> impl IntoView {
    let bundle = ui::path_value("bundle");
    loaded(
        async move { api::money::price_list::kept_bundle_page(bundle?).await },
        |page| view! { <KeptBundleView page/> },
    )
}

#[component]
fn PriceListView(page: PriceList) -> impl IntoView {
    let PriceList { today, on_sale, retired } = page;
    let first = on_sale.first().map(|kept| kept.place);
    let rows = on_sale.into_iter().map(|kept| row(kept, first != Some(kept.place))).collect::<Vec<_>>();
    let sold = if rows.is_empty() {
        view! { <EmptyState title=t!("price-list-none")><p>{t!("price-list-none-help")}</p></EmptyState> }.into_any()
    } else {
        view! { <BundleTable caption=t!("price-list-on-sale")>{rows}</BundleTable> }.into_any()
    };
    let retired = (!retired.is_empty()).then(|| {
        let rows = retired.into_iter().map(|kept| row(kept, false)).collect::<Vec<_>>();
        view! { <BundleTable caption=t!("price-list-retired")>{rows}</BundleTable> }
    });
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=t!("price-list-title") lead=t!("price-list-lead") width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    {sold}
                    {retired}
                </div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="add">
                        <h2 id="add">{t!("price-list-add")}</h2>
                        <Form action={Endpoint::of::<api::money::price_list::AddBundle>()}>
                            <Terms from=today.to_string()/>
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

#[component]
fn BundleTable(caption: String, children: Children) -> impl IntoView {
    view! {
        <Table class="table-staff" caption=caption columns=vec![
            Column::text(t!("price-list-bundle")),
            Column::text(t!("price-without-vat")),
            Column::text(t!("price-list-sold")),
            Column::action(t!("catalogue-order")),
        ]>{children()}</Table>
    }
}

fn row(kept: KeptBundle, may_move: bool) -> impl IntoView {
    let locale = Locale::current();
    let KeptBundle { bundle, comes, from, until, purchases, .. } = kept;
    let name = format::minutes(locale, bundle.minutes);
    let date = |date| format::date_numeric(locale, date, None);
    let sold = match until {
        Some(until) => t!("price-list-from-until", from = date(from), until = date(until)),
        None => t!("price-list-from", from = date(from)),
    };
    let about = name.clone();
    let up = may_move.then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::price_list::MoveBundleUp>()}>
                <Hidden name="bundle" value=bundle.id.to_string()/>
                <Submit label=t!("catalogue-up") kind=ButtonKind::Quiet about/>
            </Form>
        }
    });
    let lasts = if comes == Recurrence::Once {
        t!("price-list-months", count = bundle.validity_months)
    } else {
        t!("price-list-comes-one", comes = comes.code())
    };
    let notes = [lasts, t!("price-list-purchases", count = purchases)];
    view! {
        <tr>
            <th scope="row">
                <a href=paths::bundle_settings(bundle.id)>{name}</a>
                <span class="table-note">{notes.join(", ")}</span>
            </th>
            <td data-label=t!("price-without-vat")>{format::money(locale, bundle.price)}</td>
            <td data-label=t!("price-list-sold")>{sold}</td>
            <td>{up}</td>
        </tr>
    }
}

/// What a bundle is, and from when on it is sold so.
#[component]
fn Terms(
    /// What it is now.
    #[prop(optional)]
    kept: Option<KeptBundle>,
    /// From when on.
    from: String,
) -> impl IntoView {
    let bundle = kept.map(|kept| kept.bundle);
    let minutes = bundle.map(|bundle| bundle.minutes.to_string()).unwrap_or_default();
    let months = bundle.map(|bundle| bundle.validity_months.to_string()).unwrap_or_default();
    let crowns = |price: Money| {
        let crowns = price.to_crowns().normalize().to_string();
        if Locale::current() == Locale::Cs { crowns.replace('.', ",") } else { crowns }
    };
    let price = bundle.map(|bundle| crowns(bundle.price)).unwrap_or_default();
    view! {
        <TextField
            name="bundle_minutes"
            label=t!("price-list-minutes")
            value=minutes
            inputmode="numeric"
            suffix=t!("catalogue-minutes")
            short=true
        />
        <TextField
            name="price"
            label=t!("price-list-price")
            value=price
            inputmode="decimal"
            suffix=t!("line-settings-crowns")
            short=true
        />
        <TextField
            name="validity_months"
            label=t!("price-list-validity")
            value=months
            inputmode="numeric"
            suffix=t!("price-list-months-suffix")
            short=true
        />
        <TextField name="sold_from" label=t!("price-list-since") kind="date" value=from/>
        {comes(kept)}
    }
}

/// Whether it comes again: chosen once, as what was bought once cannot come again later.
fn comes(kept: Option<KeptBundle>) -> AnyView {
    if let Some(kept) = kept {
        return view! { <Hidden name="comes" value=kept.comes.code().to_owned()/> }.into_any();
    }
    let option = |comes: &Recurrence| RadioOption {
        value: comes.code().to_owned(),
        label: t!("price-list-comes-one", comes = comes.code()),
        ..RadioOption::default()
    };
    let options = Recurrence::ALL.iter().map(option).collect::<Vec<_>>();
    let once = Recurrence::Once.code().to_owned();
    view! { <RadioCards name="comes" legend=t!("price-list-comes") options selected=once/> }.into_any()
}

#[component]
fn KeptBundleView(page: OneBundle) -> impl IntoView {
    let locale = Locale::current();
    let OneBundle { today, kept } = page;
    let id = kept.bundle.id;
    let title = t!("price-list-one", minutes = format::minutes(locale, kept.bundle.minutes));
    // What is sold from today on can be sold otherwise tomorrow.
    let earliest = today.max(kept.from.succ_opt().unwrap_or(kept.from)).to_string();
    let retired_from = earliest.clone();
    let forms = if let Some(until) = kept.until {
        let date = format::date_numeric(locale, until, None);
        view! { <p>{t!("price-list-ends", until = date)}</p> }.into_any()
    } else {
        view! {
            <section class="card" aria-labelledby="change">
                <h2 id="change">{t!("price-list-change")}</h2>
                <p class="field-hint">{t!("price-list-change-hint")}</p>
                <Form action={Endpoint::of::<api::money::price_list::ChangeBundle>()}>
                    <Hidden name="bundle" value=id.to_string()/>
                    <Terms kept from=earliest/>
                    <div class="actions">
                        <Submit label=t!("catalogue-save")/>
                    </div>
                </Form>
            </section>
            <section class="card" aria-labelledby="retire">
                <h2 id="retire">{t!("price-list-retire")}</h2>
                <Form action={Endpoint::of::<api::money::price_list::RetireBundle>()}>
                    <Hidden name="bundle" value=id.to_string()/>
                    <TextField name="retired_from" label=t!("price-list-retire-from") kind="date" value=retired_from/>
                    <div class="actions">
                        <Submit label=t!("price-list-retire-submit") kind=ButtonKind::Danger/>
                    </div>
                </Form>
            </section>
        }
        .into_any()
    };
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title lead=format::money(locale, kept.bundle.price) before>
            {forms}
            <p class="actions">
                <ButtonLink href=paths::BUNDLE_SETTINGS label=t!("catalogue-back") kind=ButtonKind::Secondary/>
            </p>
        </Page>
    }
}
