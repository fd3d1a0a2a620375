//! What stands in the table of sales.

use super::{Cell, Table};
use crate::{
    model::{base::calendar::to_local, money::sales::SoldOrder},
    ui::texts::{Locale, t},
};

/// One paid order a row.
pub fn orders(locale: Locale, orders: &[SoldOrder]) -> Table {
    Table::new(
        t!(locale => "sales-title"),
        [
            t!(locale => "sales-column-order"),
            t!(locale => "sales-column-paid-on"),
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
        orders.iter().map(|order| row(locale, order)).collect(),
    )
}

fn row(locale: Locale, order: &SoldOrder) -> Vec<Cell> {
    vec![
        Cell::text(order.number.to_string()),
        Cell::optional(order.paid_at, |at| Cell::Date(to_local(at).date())),
        Cell::text(&order.customer),
        Cell::text(&order.ico),
        Cell::text(t!(locale => "sales-method", method = order.method.code())),
        Cell::text(t!(locale => "sales-order-state", state = order.state.code())),
        Cell::Number(order.minutes.into()),
        Cell::Money(order.price),
        Cell::Money(order.total - order.price),
        Cell::Money(order.total),
        Cell::Money(order.refunded),
    ]
}
