//! What an intervention will probably take.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    model::{
        catalogue::MinuteRange,
        estimate::{Estimate, PoolDraw, PoolKind, PriceRange},
    },
    ui::{
        self, format,
        texts::{Locale, t},
    },
};

/// The estimate: how long, which minutes it draws and what would be left, what the rest costs.
#[component]
pub fn EstimateBox(
    /// What was estimated.
    estimate: Estimate,
) -> impl IntoView {
    let locale = Locale::current();
    let draws = estimate.draws.iter().map(|draw| draw_row(locale, draw)).collect::<Vec<_>>();
    let remainder = estimate
        .remainder_price
        .map(|price| remainder_row(locale, estimate.remainder, price, !estimate.draws.is_empty()));
    view! {
        <div class="estimate">
            <div class="estimate-head">
                <h2>{t!("estimate-title")}</h2>
                <p class="estimate-minutes">{format::minute_range(locale, estimate.minutes)}</p>
            </div>
            <dl class="estimate-rows">{draws} {remainder}</dl>
            <p class="estimate-note">
                {t!("estimate-minimum", minimum = estimate.minimum)}
                {estimate.ceiling.map(|ceiling| format!(" {}", t!("estimate-ceiling", minutes = ceiling)))}
            </p>
        </div>
    }
}

/// Where minutes come from, and until when they can be drawn: "ze smlouvy do 31. 12."
#[must_use]
pub fn pool_in_words(kind: PoolKind, expires_on: Option<NaiveDate>) -> String {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    match (kind, expires_on) {
        (PoolKind::Contract, None) => t!("estimate-contract"),
        (PoolKind::Contract, Some(date)) => {
            t!("estimate-contract-until", date = format::date_numeric(locale, date, today))
        }
        (PoolKind::Bundle, None) => t!("estimate-bundle"),
        (PoolKind::Correction, _) => t!("estimate-correction"),
        (PoolKind::Bundle, Some(date)) => {
            t!("estimate-bundle-until", date = format::date_numeric(locale, date, today))
        }
    }
}

fn draw_row(locale: Locale, draw: &PoolDraw) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{pool_in_words(draw.pool.kind, draw.pool.expires_on)}</dt>
            <dd>{format::minute_range(locale, draw.taken)}</dd>
            <dd class="estimate-left">{t!("estimate-left", minutes = format::minute_range(locale, draw.left))}</dd>
        </div>
    }
}

fn remainder_row(locale: Locale, minutes: MinuteRange, price: PriceRange, beyond: bool) -> impl IntoView {
    // "Over the allowance" says nothing to a customer who has none.
    let term = if beyond { t!("estimate-remainder") } else { t!("estimate-paid") };
    let price = if price.from == price.to {
        format::money(locale, price.to)
    } else {
        t!("estimate-price-range", from = format::money_bare(locale, price.from), to = format::money(locale, price.to))
    };
    view! {
        <div>
            <dt>{term}</dt>
            <dd>{format::minute_range(locale, minutes)}</dd>
            <dd class="estimate-left">{t!("estimate-price", price = price)}</dd>
        </div>
    }
}
