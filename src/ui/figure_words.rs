//! The words around figures: on the page, and in the tables that are taken of it.

use super::{
    format,
    texts::{Locale, t},
};
use crate::model::{
    base::terms::Urgency,
    work::figures::{Figure, FiguresFilter, FiguresKind, LineName, Period, Unit},
};

/// What the tables are of: "Čísla linky 1. 9. – 30. 11. 2026".
#[must_use]
pub fn title(locale: Locale, filter: FiguresFilter) -> String {
    t!(locale => "figures-of", days = days(locale, Period { first: filter.from, last: filter.until }))
}

/// What a table lists, in a word or two.
#[must_use]
pub fn table(locale: Locale, kind: FiguresKind) -> String {
    t!(locale => "figures-table", table = kind.code())
}

/// What its lines are.
#[must_use]
pub fn line_head(locale: Locale, kind: FiguresKind) -> String {
    t!(locale => "figures-line", table = kind.code())
}

/// Of whom or what a line is.
#[must_use]
pub fn line(locale: Locale, name: &LineName) -> String {
    match name {
        LineName::Period(period) => days(locale, *period),
        LineName::Tier(tier, Urgency::Urgent) => t!(locale => "figures-tier-urgent", tier = locale.of(tier)),
        LineName::Tier(tier, Urgency::Normal) => t!(locale => "figures-tier-normal", tier = locale.of(tier)),
        LineName::Person(name) => format::person(locale, name),
        LineName::Thing(name) => locale.of(name).to_owned(),
    }
}

/// "1. 9. – 30. 9. 2026", or one day.
fn days(locale: Locale, period: Period) -> String {
    let last = format::date_numeric(locale, period.last, None);
    if period.first == period.last {
        return last;
    }
    let first = format::date_numeric(locale, period.first, Some(period.last));
    t!(locale => "figures-days", first = first, last = last)
}

/// What a figure is called.
#[must_use]
pub fn figure(locale: Locale, figure: Figure) -> String {
    t!(locale => "figure", figure = figure.code())
}

/// The same with its unit, where numbers stand bare.
#[must_use]
pub fn with_unit(locale: Locale, of: Figure) -> String {
    let name = figure(locale, of);
    match of.unit() {
        Unit::Count => name,
        Unit::Minutes => t!(locale => "figure-in-minutes", figure = name),
        Unit::WorkingMinutes => t!(locale => "figure-in-working-minutes", figure = name),
        Unit::Percent => t!(locale => "figure-in-percent", figure = name),
    }
}

/// What it means, in a sentence.
#[must_use]
pub fn meaning(locale: Locale, figure: Figure) -> String {
    t!(locale => "figure-meaning", figure = figure.code())
}

/// The number as it is read; a dash where there is none.
#[must_use]
pub fn value(locale: Locale, figure: Figure, value: Option<i64>) -> String {
    let Some(value) = value else { return t!(locale => "figure-none") };
    // What was given back of former periods can be more than what was billed.
    let sign = if value < 0 { "−" } else { "" };
    let number = format!("{sign}{}", format::grouped(locale, value.unsigned_abs()));
    match figure.unit() {
        Unit::Count => number,
        Unit::Minutes | Unit::WorkingMinutes => t!(locale => "figure-minutes", number = number),
        Unit::Percent => t!(locale => "figure-percent", number = number),
    }
}
