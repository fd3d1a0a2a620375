//! Words for the audit: what was changed, and how its columns and values are called.

use super::{
    format,
    texts::{Locale, t},
};
use crate::model::{
    base::money::Money,
    people::audit::{AuditChange, AuditEntry, AuditSubject, FieldChange},
};

/// Columns that say nothing to a person: keys, and what the database keeps for itself.
pub const STRUCTURAL: &[&str] = &[
    "id",
    "only_row",
    "code",
    "form_key",
    "external_key",
    "sha256",
    // Who did it and when is what an entry begins with.
    "added_at",
    "added_by",
    "blocked_at",
    "blocked_by",
    "made_at",
    "made_by",
    "withdrawn_by",
];

/// Amounts in haléře.
const MONEY: &[&str] = &["fee", "price", "rate_per_minute", "urgent_rate_per_minute", "list_rate_per_minute"];

/// A changed column in words.
#[derive(Debug, Default)]
pub struct FieldWords {
    /// What it is called.
    pub name: String,
    /// What it held, if anything.
    pub before: Option<String>,
    /// What it holds since, if anything.
    pub after: Option<String>,
}

/// Whether a column is one of those that say nothing to a person.
#[must_use]
pub fn is_structural(column: &str) -> bool {
    STRUCTURAL.contains(&column) || column.ends_with("_id")
}

/// "Cena: 1 380 Kč → 1 420 Kč"
#[must_use]
pub fn field(locale: Locale, field: &FieldChange) -> FieldWords {
    let value = |value: &Option<String>| value.as_ref().map(|value| value_in_words(locale, &field.column, value));
    FieldWords { name: column(locale, &field.column), before: value(&field.before), after: value(&field.after) }
}

/// What a column is called; a column without words of its own shows its name.
#[must_use]
pub fn column(locale: Locale, column: &str) -> String {
    t!(locale => "audit-field", column = column)
}

fn value_in_words(locale: Locale, column: &str, value: &str) -> String {
    match value {
        "true" => t!(locale => "audit-yes"),
        "false" => t!(locale => "audit-no"),
        _ if MONEY.contains(&column) => {
            value.parse().map_or_else(|_| value.to_owned(), |haler| format::money(locale, Money::from_haler(haler)))
        }
        _ => value.to_owned(),
    }
}

/// "Smlouva"
#[must_use]
pub fn subject(locale: Locale, subject: AuditSubject) -> String {
    t!(locale => "audit-subject", subject = subject.code())
}

/// "změna"
#[must_use]
pub fn change(locale: Locale, change: AuditChange) -> String {
    t!(locale => "audit-change", change = change.code())
}

/// Who made a change.
#[must_use]
pub fn who(locale: Locale, entry: &AuditEntry) -> String {
    entry.who.clone().unwrap_or_else(|| t!(locale => "audit-nobody"))
}
