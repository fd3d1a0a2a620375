//! What stands in the table of a statement of account.

use super::{Cell, Table};
use crate::{
    model::{base::money::Money, money::account_statements::AccountStatement},
    ui::texts::{Locale, t},
};

/// One entry a row, between the balances at both ends; the minutes at the ends stand beside the money.
pub fn entries(locale: Locale, statement: &AccountStatement) -> Table {
    let end = |day, word: String, owed: Money, minutes: u32| {
        vec![
            Cell::Date(day),
            Cell::text(word),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Money(owed),
            Cell::Number(minutes.into()),
        ]
    };
    let first = end(statement.from, t!(locale => "statement-opening"), statement.opening, statement.minutes_opening);
    let last = end(statement.until, t!(locale => "statement-closing"), statement.closing(), statement.minutes_closing);
    let rows = statement.running().map(|(entry, owed)| {
        vec![
            Cell::Date(entry.day),
            Cell::text(t!(locale => "account-entry-kind", kind = entry.kind.code())),
            Cell::text(&entry.number),
            Cell::text(&entry.about),
            Cell::Money(entry.total),
            Cell::Money(entry.change),
            Cell::Money(owed),
            Cell::Empty,
        ]
    });
    Table::new(
        t!(locale => "table-account"),
        [
            t!(locale => "statement-column-date"),
            t!(locale => "account-column-kind"),
            t!(locale => "account-column-number"),
            t!(locale => "account-column-about"),
            t!(locale => "account-column-total"),
            t!(locale => "statement-column-change"),
            t!(locale => "account-column-owed"),
            t!(locale => "account-minutes"),
        ],
        std::iter::once(first).chain(rows).chain([last]).collect(),
    )
}
