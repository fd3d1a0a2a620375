//! Tables for spreadsheets: what stands in them, and the two ways to write them.

mod account_statement;
mod accounting;
mod audit;
mod csv;
mod figures;
mod receivables;
mod sales;
mod usage;
mod xlsx;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

pub use self::audit::AuditCsv;
use super::{NotMade, make};
use crate::{
    model::{
        base::money::Money,
        minutes::pages::{Statement, UsageExport},
        money::{
            account_statements::AccountStatement, accounting::AccountedPeriod, receivables::Receivable,
            sales::SoldPurchase, tax_documents::TaxDocument,
        },
        work::figures::FiguresPage,
    },
    ui::texts::Locale,
};

/// A statement of account as CSV: the entries in money, between the balances at both ends.
///
/// # Errors
/// [`NotMade`].
pub async fn account_statement_csv(locale: Locale, statement: AccountStatement) -> Result<Vec<u8>, NotMade> {
    make(move || csv::write(locale, &account_statement::entries(locale, &statement))).await
}

/// The interventions of an export as CSV.
///
/// # Errors
/// [`NotMade`].
pub async fn usage_csv(locale: Locale, export: UsageExport) -> Result<Vec<u8>, NotMade> {
    make(move || csv::write(locale, &usage::interventions(locale, &export.rows))).await
}

/// The entries of a statement as CSV.
///
/// # Errors
/// [`NotMade`].
pub async fn statement_csv(locale: Locale, statement: Statement) -> Result<Vec<u8>, NotMade> {
    make(move || csv::write(locale, &usage::statement(locale, &statement.entries))).await
}

/// Purchases that were paid as CSV.
///
/// # Errors
/// [`NotMade`].
pub async fn sales_csv(locale: Locale, purchases: Vec<SoldPurchase>) -> Result<Vec<u8>, NotMade> {
    make(move || csv::write(locale, &sales::purchases(locale, &purchases))).await
}

/// Who owes past the due day, as CSV.
///
/// # Errors
/// [`NotMade`].
pub async fn receivables_csv(locale: Locale, rows: Vec<Receivable>) -> Result<Vec<u8>, NotMade> {
    make(move || csv::write(locale, &receivables::overdue(locale, &rows))).await
}

/// Figures as CSV: every number of every table a row.
///
/// # Errors
/// [`NotMade`].
pub async fn figures_csv(locale: Locale, page: FiguresPage) -> Result<Vec<u8>, NotMade> {
    make(move || csv::write(locale, &figures::all(locale, &page))).await
}

/// Figures as a workbook: each table a sheet.
///
/// # Errors
/// [`NotMade`].
pub async fn figures_xlsx(locale: Locale, page: FiguresPage, now: DateTime<Utc>) -> Result<Vec<u8>, NotMade> {
    make(move || xlsx::write(&figures::workbook(locale, &page), now)).await
}

/// The documents of an accountant's month as CSV.
///
/// # Errors
/// [`NotMade`].
pub async fn accounting_csv(locale: Locale, documents: Vec<TaxDocument>) -> Result<Vec<u8>, NotMade> {
    make(move || csv::write(locale, &accounting::documents(locale, &documents))).await
}

/// An accountant's month as a workbook: documents, taxes and payments, a sheet each.
///
/// # Errors
/// [`NotMade`].
pub async fn accounting_xlsx(locale: Locale, period: AccountedPeriod, now: DateTime<Utc>) -> Result<Vec<u8>, NotMade> {
    make(move || xlsx::write(&accounting::workbook(locale, &period), now)).await
}

/// The whole export as a workbook: interventions and statement, a sheet each.
///
/// # Errors
/// [`NotMade`].
pub async fn usage_xlsx(locale: Locale, export: UsageExport, now: DateTime<Utc>) -> Result<Vec<u8>, NotMade> {
    make(move || xlsx::write(&usage::workbook(locale, &export), now)).await
}

/// Tables that belong together.
struct Workbook {
    title: String,
    author: String,
    /// How dates look.
    date_format: &'static str,
    sheets: Vec<Table>,
}

/// How dates look in a language, for a spreadsheet.
fn date_format(locale: Locale) -> &'static str {
    match locale {
        Locale::Cs => r"d\.\ m\.\ yyyy",
        Locale::En => "d mmm yyyy",
    }
}

/// A table, one row under another.
struct Table {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    fn new(name: String, columns: impl IntoIterator<Item = String>, rows: Vec<Vec<Cell>>) -> Self {
        Self { name, columns: names(columns), rows }
    }
}

/// Columns are found by their names, so these have ordinary spaces only.
fn names(columns: impl IntoIterator<Item = String>) -> Vec<String> {
    columns.into_iter().map(|column| column.replace('\u{a0}', " ")).collect()
}

/// A value, and what kind of value a spreadsheet must take it for.
enum Cell {
    Text(String),
    Date(NaiveDate),
    Time(NaiveTime),
    Number(i64),
    Money(Money),
    Empty,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// What is not there leaves its cell empty.
    fn optional<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }
}

#[cfg(test)]
mod tests;
