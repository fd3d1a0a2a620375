//! What stands in the tables of usage.

use chrono::{Datelike, Timelike};

use super::{Cell, Table, Workbook, date_format};
use crate::{
    model::{
        base::calendar::to_local,
        minutes::{
            ledger::StatementEntry,
            pages::{UsageExport, UsageRow},
            pools::PoolKind,
        },
    },
    ui::{
        format, receipt_words,
        texts::{Locale, t},
    },
};

/// Both tables of an export.
pub fn workbook(locale: Locale, export: &UsageExport) -> Workbook {
    Workbook {
        title: t!(
            locale => "table-title",
            customer = export.customer.as_str(),
            year = export.from.year().to_string(),
        ),
        author: t!(locale => "brand"),
        date_format: date_format(locale),
        sheets: vec![interventions(locale, &export.rows), statement(locale, &export.statement)],
    }
}

/// One intervention a row.
pub fn interventions(locale: Locale, rows: &[UsageRow]) -> Table {
    let pools = PoolKind::ALL.iter().map(|kind| t!(locale => "column-pool", kind = kind.code()));
    let columns = [
        t!(locale => "column-intervention"),
        t!(locale => "column-date"),
        t!(locale => "column-time"),
        t!(locale => "column-program"),
        t!(locale => "column-work-type"),
        t!(locale => "column-member"),
        t!(locale => "column-minutes"),
    ]
    .into_iter()
    .chain(pools)
    .chain([t!(locale => "column-over"), t!(locale => "column-amount")]);
    Table::new(t!(locale => "table-interventions"), columns, rows.iter().map(|row| intervention(locale, row)).collect())
}

fn intervention(locale: Locale, row: &UsageRow) -> Vec<Cell> {
    let began = to_local(row.started_at);
    let from = |kind: &PoolKind| {
        let minutes: u32 = row.from_pools.iter().filter(|(pool, _)| pool == kind).map(|(_, minutes)| minutes).sum();
        Cell::Number(minutes.into())
    };
    [
        Cell::text(row.intervention.to_string()),
        Cell::Date(began.date()),
        Cell::Time(to_the_minute(began.time())),
        Cell::text(locale.of(&row.program)),
        Cell::text(locale.of(&row.work_type)),
        Cell::text(format::person(locale, &row.member)),
        Cell::Number(row.minutes.into()),
    ]
    .into_iter()
    .chain(PoolKind::ALL.iter().map(from))
    .chain([Cell::Number(row.over_minutes.into()), Cell::Money(row.amount)])
    .collect()
}

/// One entry of the account a row.
pub fn statement(locale: Locale, entries: &[StatementEntry]) -> Table {
    Table::new(
        t!(locale => "table-statement"),
        [
            t!(locale => "column-seq"),
            t!(locale => "column-date"),
            t!(locale => "column-time"),
            t!(locale => "column-entry"),
            t!(locale => "column-source"),
            t!(locale => "column-expires"),
            t!(locale => "column-intervention"),
            t!(locale => "column-program"),
            t!(locale => "column-change"),
            t!(locale => "column-balance"),
            t!(locale => "column-over"),
            t!(locale => "column-amount"),
            t!(locale => "column-reason"),
        ],
        entries.iter().map(|entry| posted(locale, entry)).collect(),
    )
}

fn posted(locale: Locale, entry: &StatementEntry) -> Vec<Cell> {
    let at = to_local(entry.at);
    vec![
        Cell::Number(entry.seq),
        Cell::Date(at.date()),
        Cell::Time(to_the_minute(at.time())),
        Cell::text(t!(locale => "entry-kind", kind = entry.kind.code())),
        Cell::optional(entry.pool, |pool| Cell::text(receipt_words::pool(locale, pool, None, None))),
        Cell::optional(entry.expires_at, |expires| Cell::Date(crate::model::base::calendar::last_day(expires))),
        Cell::optional(entry.intervention, |intervention| Cell::text(intervention.to_string())),
        Cell::optional(entry.program.as_ref(), |program| Cell::text(locale.of(program))),
        Cell::Number(entry.minutes.into()),
        Cell::Number(entry.balance_after.into()),
        Cell::Number(entry.over_minutes.into()),
        Cell::Money(entry.amount),
        Cell::text(&entry.reason),
    ]
}

/// As the page shows it: nobody reckons with the seconds of a beginning.
fn to_the_minute(time: chrono::NaiveTime) -> chrono::NaiveTime {
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}
