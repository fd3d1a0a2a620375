//! What stands in the table of receivables.

use super::{Cell, Table};
use crate::{
    model::money::receivables::{Age, Receivable},
    ui::texts::{Locale, t},
};

/// One customer a row.
pub fn overdue(locale: Locale, rows: &[Receivable]) -> Table {
    let ages = Age::ALL.iter().map(|age| t!(locale => "receivables-age", age = age.code()));
    let columns = std::iter::once(t!(locale => "receivables-column-customer"))
        .chain(ages)
        .chain([t!(locale => "receivables-column-overdue"), t!(locale => "receivables-column-owed")]);
    let row = |row: &Receivable| {
        let ages = row.ages.iter().map(|amount| Cell::Money(*amount));
        std::iter::once(Cell::text(&row.name))
            .chain(ages)
            .chain([Cell::Money(row.overdue()), Cell::Money(row.owed)])
            .collect()
    };
    Table::new(t!(locale => "receivables-column-overdue"), columns, rows.iter().map(row).collect())
}
