//! What stands in the table of the audit.

use super::{Cell, Table};
use crate::{
    model::{base::calendar::to_local, people::audit::AuditEntry},
    ui::{
        audit_words::{self, FieldWords},
        texts::{Locale, t},
    },
};

/// One changed column a row; an entry without any has a row, too.
pub fn entries(locale: Locale, entries: &[AuditEntry]) -> Table {
    Table::new(
        t!(locale => "audit-title"),
        [
            t!(locale => "audit-column-date"),
            t!(locale => "audit-column-time"),
            t!(locale => "audit-column-who"),
            t!(locale => "audit-column-address"),
            t!(locale => "audit-column-customer"),
            t!(locale => "audit-column-what"),
            t!(locale => "audit-column-name"),
            t!(locale => "audit-column-change"),
            t!(locale => "audit-column-field"),
            t!(locale => "audit-column-before"),
            t!(locale => "audit-column-after"),
        ],
        entries.iter().flat_map(|entry| rows(locale, entry)).collect(),
    )
}

fn rows(locale: Locale, entry: &AuditEntry) -> Vec<Vec<Cell>> {
    let mut fields: Vec<_> = entry.fields.iter().map(|field| audit_words::field(locale, field)).collect();
    if fields.is_empty() {
        fields.push(FieldWords::default());
    }
    fields.into_iter().map(|field| row(locale, entry, field)).collect()
}

fn row(locale: Locale, entry: &AuditEntry, field: FieldWords) -> Vec<Cell> {
    let local = to_local(entry.at);
    let text = |value: Option<String>| Cell::optional(value, Cell::Text);
    vec![
        Cell::Date(local.date()),
        Cell::Time(local.time()),
        Cell::text(audit_words::who(locale, entry)),
        text(entry.address.clone()),
        text(entry.customer.as_ref().map(|(_, name)| name.clone())),
        Cell::text(audit_words::subject(locale, entry.subject)),
        Cell::text(&entry.label),
        Cell::text(audit_words::change(locale, entry.change)),
        Cell::text(field.name),
        text(field.before),
        text(field.after),
    ]
}
