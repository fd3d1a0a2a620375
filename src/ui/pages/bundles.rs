//! `/bundles`: minutes in advance.

use leptos::prelude::*;

use super::line::Numbers;
use crate::{
    api,
    model::{
        bundles::Bundle,
        line::{LinePage, LineSettings},
    },
    ui::{
        components::{Notice, Page, ProblemPage},
        format,
        texts::{Locale, t},
    },
};

/// Bundles on sale.
#[component]
pub fn BundlesPage() -> impl IntoView {
    view! {
        {Suspend::new(async move {
            match api::line::line_page().await {
                Ok(line) => view! { <BundlesView line/> }.into_any(),
                Err(problem) => view! { <ProblemPage problem/> }.into_any(),
            }
        })}
    }
}

#[component]
fn BundlesView(line: LinePage) -> impl IntoView {
    let locale = Locale::current();
    let list_price = format::money(locale, line.settings.list_rate_per_minute);
    let lead =
        t!("bundles-lead", minimum = line.settings.minimum_with_contract, one_off = line.settings.minimum_one_off,);
    let bundles = line
        .bundles
        .iter()
        .map(|bundle| view! { <BundleCard bundle=*bundle settings=line.settings.clone()/> })
        .collect::<Vec<_>>();
    view! {
        <Page title=t!("bundles-title") lead=lead>
            <ul class="bundles">{bundles}</ul>
            <p class="aside">{t!("bundles-list-price", price = list_price)}</p>
            <Notice title=t!("bundles-buy-title")>
                <p>{t!("bundles-buy")}</p>
                <Numbers regions=line.regions/>
            </Notice>
        </Page>
    }
}

/// One bundle: how much it is, what a minute costs in it, how long it lasts.
#[component]
fn BundleCard(bundle: Bundle, settings: LineSettings) -> impl IntoView {
    let locale = Locale::current();
    let saving = bundle.saving(settings.list_rate_per_minute).map(
        |saving| view! { <p class="bundle-saving">{t!("bundles-saving", amount = format::money(locale, saving))}</p> },
    );
    let with_vat = bundle.price.with_vat(settings.vat);
    view! {
        <li class="bundle">
            <h2>{format::minutes(locale, bundle.minutes)}</h2>
            <p class="bundle-rate">{t!("price-per-minute", price = format::money(locale, bundle.per_minute()))}</p>
            {saving}
            <p class="bundle-price">
                <strong>{format::money(locale, bundle.price)}</strong>
                " "
                {t!("price-without-vat")}
            </p>
            <p class="bundle-vat">{t!("price-with-vat", price = format::money(locale, with_vat))}</p>
            <p class="bundle-validity">{t!("bundles-validity", months = bundle.validity_months)}</p>
        </li>
    }
}
