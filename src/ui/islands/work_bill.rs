//! What is billed, ticking with the clock: the minutes, where they come from, and how near the ceiling is.
//!
//! The server renders all of it; as the clock ticks the browser works the numbers out with the model's own rules.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

use super::{stopwatch::reading, template::fill};
#[cfg(any(feature = "hydrate", test))]
use crate::model::work::billing::billed;
use crate::model::{
    minutes::pools::spread,
    work::{billing::Bill, ceiling::is_near},
};

/// The billed minutes.
const BILLED: &str = "work-billed";
/// How they come about.
const SUM: &str = "work-sum";
/// What pays them, a row for each pool and one for what none does.
const PAYERS: &str = "work-payers";
/// How much is left of the ceiling.
const CEILING_LEFT: &str = "work-ceiling-rest";
/// That the ceiling is near.
const CEILING_NEAR: &str = "work-ceiling-near";

/// How a bill is said, with places for its numbers.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillTexts {
    /// "{minutes} min"
    pub minutes: String,
    /// "{effective} práce, zaokrouhleno nahoru"
    pub plain: String,
    /// "{effective} min práce + {top_up} min do minima {minimum}"
    pub raised: String,
    /// Where nothing is billed yet.
    pub nothing: String,
}

/// "34 min" as the headline of what is billed.
#[cfg(feature = "ssr")]
#[component]
pub fn BilledMinutes(
    /// The bill as it is now.
    bill: Bill,
    /// How it is said.
    texts: BillTexts,
) -> impl IntoView {
    let said = fill(&texts.minutes, "minutes", &bill.billed.to_string());
    view! {
        <p class="estimate-minutes" id=BILLED data-minimum=bill.minimum.to_string() data-text=texts.minutes>
            {said}
        </p>
    }
}

/// How it comes about.
#[cfg(feature = "ssr")]
#[component]
pub fn BilledSum(
    /// The bill as it is now.
    bill: Bill,
    /// How it is said.
    texts: BillTexts,
) -> impl IntoView {
    let said = sum(&bill, [&texts.nothing, &texts.plain, &texts.raised]);
    view! {
        <p class="aside" id=SUM data-nothing=texts.nothing data-plain=texts.plain data-raised=texts.raised>
            {said}
        </p>
    }
}

/// A pool that would pay.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerRow {
    /// Where its minutes come from.
    pub source: String,
    /// How many are left.
    pub left: u32,
}

/// How what pays is said, with places for the numbers.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerTexts {
    /// "{minutes} min"
    pub minutes: String,
    /// "zákazníkovi zbude {minutes} min"
    pub left: String,
    /// What no pool pays.
    pub over: String,
    /// Who pays that.
    pub over_note: String,
}

/// Which minutes would pay, in drawing order, and what would be left of them.
#[cfg(feature = "ssr")]
#[component]
pub fn BillPayers(
    /// The pools in drawing order.
    pools: Vec<PayerRow>,
    /// What is billed.
    billed: u32,
    /// How it is said.
    texts: PayerTexts,
) -> impl IntoView {
    let (paid, unpaid) = spread(pools.iter().map(|pool| pool.left), billed);
    let said = |text: &str, minutes: u32| fill(text, "minutes", &minutes.to_string());
    let rows = pools
        .into_iter()
        .zip(paid)
        .map(|(pool, taken)| {
            view! {
                <div data-left=pool.left.to_string()>
                    <dt>{pool.source}</dt>
                    <dd>{said(&texts.minutes, taken)}</dd>
                    <dd class="estimate-left">{said(&texts.left, pool.left - taken)}</dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    let over = said(&texts.minutes, unpaid);
    view! {
        <dl class="estimate-rows bench-pools" id=PAYERS data-minutes=texts.minutes data-rest=texts.left>
            {rows}
            <div hidden={unpaid == 0}>
                <dt>{texts.over}</dt>
                <dd>{over}</dd>
                <dd class="estimate-left">{texts.over_note}</dd>
            </div>
        </dl>
    }
}

/// "zbývá 12 min" beside the ceiling.
#[cfg(feature = "ssr")]
#[component]
pub fn CeilingLeft(
    /// Effective seconds so far.
    effective: u64,
    /// The ceiling in seconds.
    ceiling: u64,
    /// "zbývá {minutes} min"
    left: String,
    /// Where nothing is left.
    reached: String,
) -> impl IntoView {
    let said = ceiling_left(effective, ceiling, &left, &reached);
    view! {
        <span id=CEILING_LEFT data-ceiling=ceiling.to_string() data-left=left data-reached=reached>
            {said}
        </span>
    }
}

/// A word in time, once four fifths of the ceiling are used.
#[cfg(feature = "ssr")]
#[component]
pub fn CeilingNear(
    /// Effective seconds so far.
    effective: u64,
    /// The ceiling in seconds.
    ceiling: u64,
    /// What is said then.
    text: String,
) -> impl IntoView {
    let is_told = is_near(effective, ceiling) && effective < ceiling;
    view! {
        <p class="aside" role="status">
            <span id=CEILING_NEAR hidden={!is_told}>
                {text}
            </span>
        </p>
    }
}

/// How a bill comes about: nothing yet, as it is, or raised to the minimum.
fn sum(bill: &Bill, [nothing, plain, raised]: [&str; 3]) -> String {
    match (bill.billed, bill.top_up()) {
        (0, _) => nothing.to_owned(),
        (_, 0) => fill(plain, "effective", &reading(bill.effective_seconds)),
        (_, top_up) => {
            let said = fill(raised, "effective", &bill.effective_minutes.to_string());
            fill(&fill(&said, "top_up", &top_up.to_string()), "minimum", &bill.minimum.to_string())
        }
    }
}

fn ceiling_left(effective: u64, ceiling: u64, left: &str, reached: &str) -> String {
    match ceiling.saturating_sub(effective) {
        0 => reached.to_owned(),
        seconds => fill(left, "minutes", &(seconds / 60).to_string()),
    }
}

/// Shows what so many effective seconds cost.
#[cfg(feature = "hydrate")]
pub(super) fn show(effective: u64) {
    use super::browser::{by_id, data};

    let Some(headline) = by_id(BILLED) else { return };
    let Some(minimum) = data(&headline, "minimum").and_then(|minimum| minimum.parse().ok()) else { return };
    let bill = billed(effective, minimum);
    let text = data(&headline, "text").unwrap_or_default();
    headline.set_text_content(Some(&fill(&text, "minutes", &bill.billed.to_string())));
    if let Some(place) = by_id(SUM) {
        let [nothing, plain, raised] =
            ["nothing", "plain", "raised"].map(|name| data(&place, name).unwrap_or_default());
        place.set_text_content(Some(&sum(&bill, [&nothing, &plain, &raised])));
    }
    show_payers(bill.billed);
    let Some(place) = by_id(CEILING_LEFT) else { return };
    let Some(ceiling) = data(&place, "ceiling").and_then(|ceiling| ceiling.parse().ok()) else { return };
    let [left, reached] = ["left", "reached"].map(|name| data(&place, name).unwrap_or_default());
    place.set_text_content(Some(&ceiling_left(effective, ceiling, &left, &reached)));
    if let Some(near) = by_id(CEILING_NEAR) {
        near.set_hidden(!is_near(effective, ceiling) || effective >= ceiling);
    }
}

#[cfg(feature = "hydrate")]
fn show_payers(billed: u32) {
    use super::browser::{by_id, children, data};

    let Some(list) = by_id(PAYERS) else { return };
    let [minutes, rest] = ["minutes", "rest"].map(|name| data(&list, name).unwrap_or_default());
    let left = |row: &web_sys::HtmlElement| data(row, "left").and_then(|left| left.parse::<u32>().ok());
    let (paid, unpaid) = spread(children(&list).filter_map(|row| left(&row)), billed);
    let say = |row: &web_sys::HtmlElement, place, text: &str, number: u32| {
        if let Some(cell) = children(row).nth(place) {
            cell.set_text_content(Some(&fill(text, "minutes", &number.to_string())));
        }
    };
    let mut paid = paid.into_iter();
    for row in children(&list) {
        match left(&row) {
            Some(left) => {
                let taken = paid.next().unwrap_or(0);
                say(&row, 1, &minutes, taken);
                say(&row, 2, &rest, left - taken);
            }
            None => {
                row.set_hidden(unpaid == 0);
                say(&row, 1, &minutes, unpaid);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_says_how_the_bill_comes_about() {
        let texts = ["nic", "{effective} práce", "{effective} min + {top_up} min do {minimum}"];
        let said = |effective| sum(&billed(effective, 20), texts);
        assert_eq!(said(0), "nic");
        assert_eq!(said(61), "2 min + 18 min do 20");
        assert_eq!(said(1_200), "0:20:00 práce");
        assert_eq!(said(1_201), "0:20:01 práce");
    }

    #[test]
    fn of_a_ceiling_whole_minutes_are_left_until_it_is_reached() {
        let said = |effective| ceiling_left(effective, 3_600, "zbývá {minutes} min", "vyčerpaný");
        assert_eq!(said(0), "zbývá 60 min");
        assert_eq!(said(3_541), "zbývá 0 min");
        assert_eq!(said(3_600), "vyčerpaný");
        assert!(!is_near(2_879, 3_600) && is_near(2_880, 3_600));
    }
}
