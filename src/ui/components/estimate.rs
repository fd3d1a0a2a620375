//! What an intervention will probably take.

use leptos::prelude::*;

use crate::{
    model::{
        base::money::Money,
        minutes::estimate::{Estimate, PoolDraw, PriceRange},
    },
    ui::{
        self, format, receipt_words,
        texts::{Locale, t},
    },
};

/// The estimate: how long, which minutes it draws and what would be left, what the rest costs.
#[component]
pub fn EstimateBox(
    /// What was estimated.
    estimate: Estimate,
    /// Whether the vendor's people read it, of whom nobody is asked above the ceiling.
    #[prop(optional)]
    to_vendor: bool,
) -> impl IntoView {
    let locale = Locale::current();
    let ceiling = estimate.ceiling.map(|ceiling| match to_vendor {
        true => t!("estimate-ceiling-of-customer", minutes = ceiling),
        false => t!("estimate-ceiling", minutes = ceiling),
    });
    let draws = estimate.draws.iter().map(|draw| draw_row(locale, draw)).collect::<Vec<_>>();
    let remainder = estimate.remainder_price.map(|price| remainder_row(locale, &estimate, price));
    view! {
        <div class="estimate">
            <div class="estimate-head">
                <h2>{t!("estimate-title")}</h2>
                <p class="estimate-minutes">{format::minute_range(locale, estimate.minutes)}</p>
            </div>
            <dl class="estimate-rows">{draws} {remainder}</dl>
            <p class="estimate-note">
                {t!("estimate-minimum", minimum = estimate.minimum)}
                {ceiling.map(|ceiling| format!(" {ceiling}"))}
            </p>
        </div>
    }
}

/// The same in a line that stays in sight: how long, what pays, what would be left or what it costs.
#[component]
pub fn EstimateBar(
    /// What was estimated.
    estimate: Estimate,
) -> impl IntoView {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    let draws = estimate.draws.iter().map(|draw| {
        let source = receipt_words::from_pool(locale, draw.pool.kind, draw.pool.expires_on, today);
        let left = t!("estimate-left", minutes = format::minute_range(locale, draw.left));
        format!("{source} {}, {left}", format::minute_range(locale, draw.taken))
    });
    let price = estimate.remainder_price.map(|price| {
        let price = t!("estimate-price", price = format::money_range(locale, price.from, price.to));
        if estimate.draws.is_empty() { price } else { format!("{} {price}", t!("estimate-remainder")) }
    });
    let parts = draws.chain(price).collect::<Vec<_>>().join(" · ");
    view! {
        <p class="estimate-bar">
            <strong>{t!("estimate-title")}" "{format::minute_range(locale, estimate.minutes)}</strong>
            " · "
            {parts}
        </p>
    }
}

fn draw_row(locale: Locale, draw: &PoolDraw) -> impl IntoView + use<> {
    let today = ui::now().map(format::local_date);
    let source = receipt_words::from_pool(locale, draw.pool.kind, draw.pool.expires_on, today);
    view! {
        <div>
            <dt>{source}</dt>
            <dd>{format::minute_range(locale, draw.taken)}</dd>
            <dd class="estimate-left">{t!("estimate-left", minutes = format::minute_range(locale, draw.left))}</dd>
        </div>
    }
}

fn remainder_row(locale: Locale, estimate: &Estimate, price: PriceRange) -> impl IntoView + use<> {
    // "Over the allowance" says nothing to a customer who has none.
    let term = if estimate.draws.is_empty() { t!("estimate-paid") } else { t!("estimate-remainder") };
    let price = format::money_range(locale, price.from, price.to);
    let minutes = format::minute_range(locale, estimate.remainder);
    // Estimates that were frozen before they knew it say no rate.
    let minutes = if estimate.rate == Money::ZERO {
        minutes
    } else {
        t!("estimate-at-rate", minutes = minutes, rate = format::money(locale, estimate.rate))
    };
    view! {
        <div>
            <dt>{term}</dt>
            <dd>{minutes}</dd>
            <dd class="estimate-left">{t!("estimate-price", price = price)}</dd>
        </div>
    }
}
