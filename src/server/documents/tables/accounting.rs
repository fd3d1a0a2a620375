//! What stands in the workbook of an accountant's month: documents, taxes, payments.

use super::{Cell, Table, Workbook, date_format};
use crate::{
    model::{
        base::calendar::to_local,
        money::{
            accounting::{AccountedPayment, AccountedPeriod, VatDay},
            tax_documents::TaxDocument,
        },
    },
    ui::texts::{Locale, t},
};

/// The workbook of a period. Identifying numbers are text: `00254801` keeps its zeros.
pub fn workbook(locale: Locale, period: &AccountedPeriod) -> Workbook {
    let AccountedPeriod { documents, days, payments } = period;
    Workbook {
        title: t!(locale => "accounting-title"),
        author: documents.first().map(|document| document.content.supplier.party.name.clone()).unwrap_or_default(),
        date_format: date_format(locale),
        sheets: vec![
            self::documents(locale, documents),
            Table::new(
                t!(locale => "accounting-vat"),
                [
                    t!(locale => "accounting-column-tax-day"),
                    t!(locale => "accounting-column-rate"),
                    t!(locale => "accounting-column-base"),
                    t!(locale => "accounting-column-tax"),
                    t!(locale => "accounting-column-total"),
                ],
                days.iter().map(vat_row).collect(),
            ),
            Table::new(
                t!(locale => "accounting-payments"),
                payment_columns(locale),
                payments.iter().map(|payment| payment_row(locale, payment)).collect(),
            ),
        ],
    }
}

/// One document a row.
pub fn documents(locale: Locale, documents: &[TaxDocument]) -> Table {
    Table::new(
        t!(locale => "accounting-documents"),
        document_columns(locale),
        documents.iter().map(|document| document_row(locale, document)).collect(),
    )
}

fn document_columns(locale: Locale) -> [String; 11] {
    [
        t!(locale => "accounting-column-number"),
        t!(locale => "accounting-column-kind"),
        t!(locale => "accounting-column-customer"),
        t!(locale => "accounting-column-ico"),
        t!(locale => "accounting-column-dic"),
        t!(locale => "accounting-column-issued"),
        t!(locale => "accounting-column-tax-day"),
        t!(locale => "accounting-column-due"),
        t!(locale => "accounting-column-base"),
        t!(locale => "accounting-column-tax"),
        t!(locale => "accounting-column-total"),
    ]
}

fn document_row(locale: Locale, document: &TaxDocument) -> Vec<Cell> {
    let content = &document.content;
    vec![
        Cell::text(&document.number),
        Cell::text(t!(locale => "accounting-kind", kind = content.kind.code())),
        Cell::text(&content.customer.name),
        Cell::text(&content.customer.ico),
        Cell::text(&content.customer.dic),
        Cell::Date(to_local(content.issued_at).date()),
        Cell::optional(content.supplied_on, Cell::Date),
        Cell::optional(content.due_on, Cell::Date),
        Cell::Money(content.base()),
        Cell::Money(content.tax()),
        Cell::Money(content.total()),
    ]
}

fn vat_row(day: &VatDay) -> Vec<Cell> {
    vec![
        Cell::Date(day.day),
        Cell::text(format!("{} %", day.row.vat)),
        Cell::Money(day.row.base),
        Cell::Money(day.row.tax),
        Cell::Money(day.row.total),
    ]
}

fn payment_columns(locale: Locale) -> [String; 6] {
    [
        t!(locale => "accounting-column-day"),
        t!(locale => "accounting-column-customer"),
        t!(locale => "accounting-column-ico"),
        t!(locale => "accounting-column-pays"),
        t!(locale => "accounting-column-way"),
        t!(locale => "accounting-column-amount"),
    ]
}

fn payment_row(locale: Locale, payment: &AccountedPayment) -> Vec<Cell> {
    vec![
        Cell::Date(payment.day),
        Cell::text(&payment.customer),
        Cell::text(&payment.ico),
        Cell::text(&payment.pays),
        Cell::text(t!(locale => "sales-method", method = payment.method.code())),
        Cell::Money(payment.amount),
    ]
}
