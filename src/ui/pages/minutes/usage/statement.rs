//! `/usage/statement`: the account's entries of a period with the running balance.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::{
    interventions::BackToUsage,
    words::{grant_names, month_in_words},
};
use crate::{
    api,
    model::{
        minutes::{
            ledger::{EntryKind, StatementEntry},
            pages::Statement,
            usage::StatementSpan,
        },
        paths,
    },
    ui::{
        self,
        components::{Column, EmptyState, Page, Table, loaded},
        format,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// The statement of a month, a quarter or a year.
#[component]
pub fn UsageStatementPage() -> impl IntoView {
    let span = ui::query_value("span").and_then(|span| StatementSpan::from_code(&span));
    let date = ui::query_value("date").and_then(|date| date.parse().ok());
    loaded(
        api::minutes::usage::statement(span.unwrap_or(StatementSpan::Quarter), date),
        move |statement| view! { <StatementView statement/> },
    )
}

/// The page itself.
#[component]
pub fn StatementView(
    /// What it shows.
    statement: Statement,
) -> impl IntoView {
    let locale = Locale::current();
    let Statement { span, from, until, earlier, later, opening, entries, closing } = statement;
    let period = period_in_words(span, from);
    let lead =
        t!("statement-lead", opening = format::minutes(locale, opening), closing = format::minutes(locale, closing),);
    let table = if entries.is_empty() {
        view! { <EmptyState title=t!("statement-empty")/> }.into_any()
    } else {
        view! { <Entries from until opening entries closing/> }.into_any()
    };
    view! {
        <Page title=t!("statement-title", period = period) lead before=view! { <BackToUsage/> }.into_any()>
            <Periods span from earlier later/>
            {table}
            <p class="statement-export">
                <a href=path(paths::STATEMENT_CSV, span, from)>{t!("statement-csv")}</a>
            </p>
        </Page>
    }
}

/// The way to shorter and longer periods, and to those before and after.
#[component]
fn Periods(
    span: StatementSpan,
    from: NaiveDate,
    earlier: Option<NaiveDate>,
    later: Option<NaiveDate>,
) -> impl IntoView {
    let spans = StatementSpan::ALL
        .iter()
        .map(|&other| {
            let word = match other {
                StatementSpan::Month => t!("statement-month"),
                StatementSpan::Quarter => t!("statement-quarter"),
                StatementSpan::Year => t!("statement-year"),
            };
            let here = (other == span).then_some("true");
            view! {
                <li>
                    <a href=path(paths::USAGE_STATEMENT, other, from) aria-current=here>
                        {word}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let step = |date: Option<NaiveDate>, word: fn(&str) -> String| {
        date.map(|date| {
            let word = word(&capitalized(&period_in_words(span, date)));
            view! {
                <li>
                    <a href=path(paths::USAGE_STATEMENT, span, date)>{word}</a>
                </li>
            }
        })
    };
    view! {
        <nav class="periods" aria-label=t!("statement-periods")>
            <ul class="plain-list switch">{spans}</ul>
            <ul class="plain-list">
                {step(earlier, |period| format!("‹ {period}"))} {step(later, |period| format!("{period} ›"))}
            </ul>
        </nav>
    }
}

/// What happened, the oldest first, between the balances at both ends.
#[component]
fn Entries(
    from: NaiveDate,
    until: NaiveDate,
    opening: u32,
    entries: Vec<StatementEntry>,
    closing: u32,
) -> impl IntoView {
    let locale = Locale::current();
    let grants = grant_names(&entries);
    let source = |entry: &StatementEntry| entry.grant.and_then(|grant| grants.get(&grant).cloned()).unwrap_or_default();
    let rows = entries.iter().map(|entry| entry_row(entry, source(entry))).collect::<Vec<_>>();
    let end = |date: NaiveDate, word: String, balance: u32| {
        view! {
            <tr class="statement-end">
                <th scope="row">{format::date_numeric(locale, date, None)}</th>
                <td data-label=t!("statement-column-what")>{word}</td>
                <td class="number statement-none"></td>
                <td class="number" data-label=t!("statement-column-balance")>
                    {format::minutes(locale, balance)}
                </td>
            </tr>
        }
    };
    let today = ui::now().map_or(until, format::local_date);
    let first = end(from, t!("statement-opening"), opening);
    let last = end(until.min(today), t!("statement-closing"), closing);
    view! {
        <Table
            class="table-statement"
            columns=vec![
                Column::text(t!("statement-column-date")),
                Column::text(t!("statement-column-what")),
                Column::number(t!("statement-column-change")),
                Column::number(t!("statement-column-balance")),
            ]
        >
            {first} {rows} {last}
        </Table>
    }
}

/// * `source` – from which grant: "ze smlouvy do 31. 12. 2026"
fn entry_row(entry: &StatementEntry, source: String) -> impl IntoView + use<> {
    let locale = Locale::current();
    let reason = (!entry.reason.is_empty()).then(|| view! { <span class="table-note">{entry.reason.clone()}</span> });
    let what = match entry.intervention {
        Some(intervention) => {
            view! { <a href=paths::receipt(intervention)>{entry_in_words(entry, &source)}</a> }.into_any()
        }
        None => entry_in_words(entry, &source).into_any(),
    };
    let note = note(entry, source).map(|note| view! { <span class="table-note">{note}</span> });
    // What is paid in money leaves the minutes as they are.
    let change = if entry.minutes == 0 { "–".to_owned() } else { signed(locale, entry.minutes) };
    view! {
        <tr>
            <th scope="row">{format::date_numeric(locale, format::local_date(entry.at), None)}</th>
            <td data-label=t!("statement-column-what")>{what} {note} {reason}</td>
            <td class="number" data-label=t!("statement-column-change")>
                {change}
            </td>
            <td class="number" data-label=t!("statement-column-balance")>
                {format::minutes(locale, entry.balance_after)}
            </td>
        </tr>
    }
}

/// "Zásah 2026-000123, Sklad"
fn entry_in_words(entry: &StatementEntry, source: &str) -> String {
    let intervention = match entry.intervention {
        Some(intervention) if intervention.ordinal > 1 => intervention.to_string(),
        Some(intervention) => intervention.number.to_string(),
        None => String::new(),
    };
    match entry.kind {
        EntryKind::Grant => t!("entry-grant", source = source),
        EntryKind::Draw => t!("entry-draw", intervention = intervention),
        EntryKind::Return => t!("entry-return", intervention = intervention),
        EntryKind::Expiry => t!("entry-expiry", source = source),
        EntryKind::Charge => t!("entry-charge", intervention = intervention),
        EntryKind::Waive => t!("entry-waive", intervention = intervention),
        EntryKind::Freeze => t!("entry-freeze", source = source),
        EntryKind::Thaw => t!("entry-thaw", source = source),
        EntryKind::Refund => t!("entry-refund", source = source),
        EntryKind::Correction => t!("entry-correction", source = source),
        EntryKind::Handover => t!("entry-handover", source = source),
    }
}

/// The grant of a draw, the price of what is beyond.
fn note(entry: &StatementEntry, source: String) -> Option<String> {
    let locale = Locale::current();
    let money = || {
        t!(
            "entry-money",
            minutes = format::minutes(locale, entry.over_minutes.unsigned_abs()),
            amount = format::money(locale, if entry.amount.haler() < 0 { -entry.amount } else { entry.amount }),
        )
    };
    match entry.kind {
        EntryKind::Grant
        | EntryKind::Expiry
        | EntryKind::Freeze
        | EntryKind::Thaw
        | EntryKind::Refund
        | EntryKind::Correction
        | EntryKind::Handover => None,
        EntryKind::Draw | EntryKind::Return => {
            Some([entry.program.as_ref().map(named), Some(source)].into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        EntryKind::Charge | EntryKind::Waive => Some(
            [entry.program.as_ref().map(named), Some(money())].into_iter().flatten().collect::<Vec<_>>().join(", "),
        ),
    }
}

/// "+300", "−20"
fn signed(locale: Locale, minutes: i32) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    format!("{sign}{}", format::minutes(locale, minutes.unsigned_abs()))
}

/// "listopad 2026", "4. čtvrtletí 2026", "rok 2026"
fn period_in_words(span: StatementSpan, from: NaiveDate) -> String {
    let year = from.year().to_string();
    match span {
        StatementSpan::Month => month_in_words(from),
        StatementSpan::Quarter => t!("statement-period-quarter", quarter = from.month0() / 3 + 1, year = year),
        StatementSpan::Year => t!("statement-period-year", year = year),
    }
}

fn path(page: &str, span: StatementSpan, date: NaiveDate) -> String {
    format!("{page}?span={span}&date={date}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_called_as_people_call_them() {
        let october = NaiveDate::from_ymd_opt(2026, 10, 1).expect("a date");
        assert_eq!(period_in_words(StatementSpan::Month, october), "říjen 2026");
        assert_eq!(period_in_words(StatementSpan::Quarter, october).replace('\u{a0}', " "), "4. čtvrtletí 2026");
        assert_eq!(period_in_words(StatementSpan::Year, october), "rok 2026");
        assert_eq!(
            path("/usage/statement", StatementSpan::Quarter, october),
            "/usage/statement?span=quarter&date=2026-10-01"
        );
    }

    #[test]
    fn changes_have_a_sign_that_is_no_hyphen() {
        assert_eq!(signed(Locale::Cs, -20), "−20\u{a0}min");
        assert_eq!(signed(Locale::Cs, 300), "+300\u{a0}min");
    }
}
