//! `/usage`: what is left, at which pace it goes, where it went.

use chrono::Datelike;
use leptos::prelude::*;

use super::{
    breakdown::Breakdown,
    interventions::InterventionTable,
    pools::{Pools, StandingAlert, forecast_in_words, headline, should_buy},
    words::list_path,
};
use crate::{
    api,
    model::{minutes::pages::UsageFilter, money::pages::UsagePage as Usage, paths},
    ui::{
        components::{AdviceCard, ButtonLink, EmptyState, Page, charts::BurnDownChart, loaded},
        format,
        texts::{Locale, t},
    },
};

/// What is left and where it went.
#[component]
pub fn UsagePage() -> impl IntoView {
    loaded(api::minutes::usage::usage_page(), move |usage| view! { <UsageView usage/> })
}

/// The page itself.
#[component]
pub fn UsageView(
    /// What it shows.
    usage: Usage,
) -> impl IntoView {
    let locale = Locale::current();
    let (title, lead) = headline(&usage);
    let lead = lead.unwrap_or_default();
    let was_used = !usage.latest.rows.is_empty();
    let rate = format::money(locale, usage.rates.normal);
    if usage.pools.is_empty() && usage.upcoming.is_empty() && !was_used {
        return view! { <Nothing title rate may_buy=usage.may_buy has_contract=usage.has_contract/> }.into_any();
    }
    let today = usage.today;
    let alert = usage.alert.map(|alert| view! { <StandingAlert alert rate today/> });
    let pools = (!usage.pools.is_empty() || !usage.upcoming.is_empty()).then(|| {
        let page = usage.clone();
        view! { <Pools page/> }
    });
    let forecast =
        forecast_in_words(&usage).filter(|_| was_used).map(|words| view! { <p class="forecast">{words}</p> });
    let buy = should_buy(&usage).then(|| {
        view! {
            <p class="actions">
                <ButtonLink href=paths::BUNDLES label=t!("usage-buy")/>
            </p>
        }
    });
    let advice = usage.advice.map(|advice| view! { <AdviceCard advice today/> });
    let burn_down = usage.burn_down.clone().filter(|burn_down| burn_down.steps.len() > 1).map(|burn_down| {
        view! {
            <section aria-labelledby="burn-down">
                <h2 id="burn-down">{t!("burn-down-title")}</h2>
                <BurnDownChart burn_down/>
            </section>
        }
    });
    let latest = usage.latest.clone();
    let details = was_used.then(|| {
        let all = list_path(&UsageFilter::default(), None);
        view! {
            <Breakdown page=usage.clone()/>
            <section aria-labelledby="latest">
                <h2 id="latest">{t!("usage-latest")}</h2>
                <InterventionTable rows=latest.rows/>
                <p>
                    <a href=all>{t!("usage-all")}</a>
                </p>
            </section>
        }
    });
    let unused = (!was_used).then(|| view! { <EmptyState title=t!("usage-unused")/> });
    view! {
        <Page title lead>
            {alert}
            {pools}
            {forecast}
            {advice}
            {buy}
            {burn_down}
            {unused}
            {details}
            <MoreAboutUsage year=today.year() has_contract=usage.has_contract/>
        </Page>
    }
    .into_any()
}

/// Neither minutes nor use.
#[component]
fn Nothing(title: String, rate: String, may_buy: bool, has_contract: bool) -> impl IntoView {
    let buy = may_buy.then(|| {
        view! {
            <p class="actions">
                <ButtonLink href=paths::BUNDLES label=t!("usage-buy")/>
            </p>
        }
    });
    let contract = if has_contract { t!("usage-contract") } else { t!("usage-terms") };
    view! {
        <Page title>
            <EmptyState title=t!("usage-none")>
                <p>{t!("usage-none-help", rate = rate)}</p>
                {buy}
            </EmptyState>
            <p>
                <a href=paths::USAGE_CONTRACT>{contract}</a>
            </p>
        </Page>
    }
}

/// The statement, the contract, the exports.
#[component]
fn MoreAboutUsage(year: i32, has_contract: bool) -> impl IntoView {
    let contract = if has_contract { t!("usage-contract") } else { t!("usage-terms") };
    view! {
        <section class="further" aria-labelledby="further">
            <h2 id="further">{t!("usage-further")}</h2>
            <ul class="plain-list">
                <li>
                    <a href=paths::USAGE_STATEMENT>{t!("usage-statement")}</a>
                </li>
                <li>
                    <a href=paths::USAGE_CONTRACT>{contract}</a>
                </li>
                <li>
                    <a href=paths::BUNDLES>{t!("usage-bundles")}</a>
                </li>
                <li>
                    {t!("usage-export", year = year.to_string())}
                    <a href=format!("{}?year={year}", paths::USAGE_XLSX)>{t!("usage-export-xlsx")}</a>
                    <a href=format!("{}?year={year}", paths::USAGE_CSV)>{t!("usage-export-csv")}</a>
                </li>
            </ul>
        </section>
    }
}
