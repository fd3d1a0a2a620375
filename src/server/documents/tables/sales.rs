//! What stands in the table of sales.

use super::{Cell, Table};
use crate::{
    model::money::sales::SoldPurchase,
    ui::texts::{Locale, t},
};

/// One paid purchase a row.
pub fn purchases(locale: Locale, purchases: &[SoldPurchase]) -> Table {
    Table::new(
        t!(locale => "sales-title"),
        [
            t!(locale => "sales-column-purchase"),
            t!(locale => "accounting-column-tax-day"),
            t!(locale => "sales-column-customer"),
            t!(locale => "sales-column-ico"),
            t!(locale => "sales-column-method"),
            t!(locale => "sales-column-state"),
            t!(locale => "sales-column-minutes"),
            t!(locale => "sales-column-net"),
            t!(locale => "sales-column-vat"),
            t!(locale => "sales-column-total"),
            t!(locale => "sales-column-refunded"),
        ],
        purchases.iter().map(|purchase| row(locale, purchase)).collect(),
    )
}

fn row(locale: Locale, purchase: &SoldPurchase) -> Vec<Cell> {
    vec![
        Cell::text(purchase.number.to_string()),
        Cell::optional(purchase.taxed_on, Cell::Date),
        Cell::text(&purchase.customer),
        Cell::text(&purchase.ico),
        Cell::text(t!(locale => "sales-method", method = purchase.method.code())),
        Cell::text(t!(locale => "sales-purchase-state", state = purchase.state.code())),
        Cell::Number(purchase.minutes.into()),
        Cell::Money(purchase.price),
        Cell::Money(purchase.total - purchase.price),
        Cell::Money(purchase.total),
        Cell::Money(purchase.refunded),
    ]
}
