//! From the clock to what pays for it, line by line: a calculator gets to the same number.

use leptos::prelude::*;

use crate::{
    model::work::receipts::{Receipt, Remainder},
    ui::{
        format,
        pages::words::capitalized,
        receipt_words,
        texts::{Locale, t},
    },
};

/// Sum, rounding, minimum, what is billed; then what paid for it.
#[component]
pub fn Calculation(
    /// What is explained.
    receipt: Receipt,
) -> impl IntoView {
    let locale = Locale::current();
    let bill = receipt.bill;
    let line = |term: String, value: String| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let top_up = (bill.top_up() > 0).then(|| {
        line(t!("receipt-page-top-up", minimum = bill.minimum), format!("+ {}", format::minutes(locale, bill.top_up())))
    });
    let lifted = receipt.lifted.as_ref().map(|lifted| {
        let term = t!("receipt-page-lifted", minimum = lifted.minutes, outage = locale.of(&lifted.outage));
        line(term, t!("receipt-page-lifted-value"))
    });
    let today = Some(format::local_date(receipt.issued_at));
    let draws = receipt
        .draws
        .iter()
        .map(|draw| {
            let last_day = draw.expires_at.map(crate::model::base::calendar::last_day);
            let pool = capitalized(&receipt_words::from_pool(locale, draw.kind, last_day, today));
            line(pool, format::minutes(locale, draw.minutes))
        })
        .collect::<Vec<_>>();
    let remainder = receipt.remainder.map(|remainder| {
        let has_draws = !receipt.draws.is_empty();
        view! { <Over remainder has_draws/> }
    });
    view! {
        <div class="calculation">
            <dl>
                {line(t!("receipt-page-sum"), receipt_words::duration(locale, bill.effective_seconds, receipt.tells_seconds()))}
                {line(t!("receipt-page-rounded"), format::minutes(locale, bill.effective_minutes))} {top_up} {lifted}
                <div class="calculation-total">
                    <dt>{t!("receipt-page-billed")}</dt>
                    <dd>{format::minutes(locale, bill.billed)}</dd>
                </div>
            </dl>
            <dl>{draws} {remainder}</dl>
        </div>
    }
}

/// What no pool covered, and its price.
#[component]
fn Over(remainder: Remainder, has_draws: bool) -> impl IntoView {
    let locale = Locale::current();
    let over = if has_draws { t!("receipt-page-over") } else { t!("receipt-page-in-money") };
    let product = t!(
        "receipt-page-product",
        minutes = format::minutes(locale, remainder.minutes),
        rate = format::money(locale, remainder.rate),
    );
    let percent = remainder.vat.percent().normalize().to_string();
    view! {
        <div>
            <dt>{over}</dt>
            <dd>{format::minutes(locale, remainder.minutes)}</dd>
        </div>
        <div class="calculation-part">
            <dt>{product}</dt>
            <dd>{format::money(locale, remainder.price)}" "{t!("price-without-vat")}</dd>
        </div>
        <div class="calculation-total">
            <dt>{t!("receipt-page-with-vat", percent = percent)}</dt>
            <dd>{format::money(locale, remainder.price_with_vat)}</dd>
        </div>
    }
}
