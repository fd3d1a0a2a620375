//! Words for the audit: what was changed, and how its columns and values are called.

use chrono::{DateTime, NaiveDate};

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
    "ordinal",
    "code",
    "form_key",
    "external_key",
    "sha256",
    // Who did it and when is what an entry begins with.
    "added_at",
    "added_by",
    "blocked_at",
    "blocked_by",
    "erased_at",
    "erased_key",
    "erased_number",
    "known_since",
    "made_at",
    "made_by",
    "lifted_by",
    "opened_at",
    "opened_by",
    "resolved_by",
    "secret_key",
    "withdrawn_by",
];

/// Amounts in haléře.
const MONEY: &[&str] = &[
    "amount",
    "lost",
    "fee",
    "paid_before",
    "price",
    "rate_per_minute",
    "total",
    "urgent_rate_per_minute",
    "list_rate_per_minute",
    "write_off_limit",
];

/// Times from a beginning to an end.
const RANGES: &[&str] = &["during", "valid"];

/// Codes, one or several, that stand for words.
const CODES: &[&str] = &[
    "capabilities",
    "choice",
    "closed_as",
    "contact_roles",
    "disabled_why",
    "fee_period",
    "kind",
    "language",
    "method",
    "period",
    "rollover",
    "roles",
    "scopes",
    "state",
    "wish",
];

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
        "empty" if RANGES.contains(&column) => t!(locale => "audit-empty"),
        _ if MONEY.contains(&column) => {
            value.parse().map_or_else(|_| value.to_owned(), |haler| format::money(locale, Money::from_haler(haler)))
        }
        _ if column == "weekday" => t!(locale => "audit-code", code = format!("day{value}")),
        _ if CODES.contains(&column) => {
            value.split(", ").map(|code| t!(locale => "audit-code", code = code)).collect::<Vec<_>>().join(", ")
        }
        _ => time_in_words(locale, value).unwrap_or_else(|| format::person(locale, value)),
    }
}

/// An instant in local time, a day, or the days of a range from its first to its last one; none where it is something else.
fn time_in_words(locale: Locale, value: &str) -> Option<String> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(value) {
        return Some(format::moment(locale, instant.to_utc()));
    }
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let in_words = |day: NaiveDate| format::date_numeric(locale, day, None);
    if let Some(day) = day(value) {
        return Some(in_words(day));
    }
    let (first, end) = value.strip_prefix(['[', '('])?.strip_suffix([')', ']'])?.split_once(',')?;
    let instant = |text: &str| {
        let instant = DateTime::parse_from_str(text.trim_matches('"'), "%Y-%m-%d %H:%M:%S%.f%#z").ok()?;
        Some(format::moment(locale, instant.to_utc()))
    };
    // A range of days ends in the database before its last word.
    let first_in_words = day(first).map(in_words).or_else(|| instant(first));
    let last_in_words = day(end).and_then(|end| end.pred_opt()).map(in_words).or_else(|| instant(end));
    match (first_in_words, last_in_words) {
        (Some(first), Some(last)) => Some(format!("{first} – {last}")),
        (Some(first), None) if end.is_empty() => Some(t!(locale => "audit-from", first = first)),
        (None, Some(last)) if first.is_empty() => Some(t!(locale => "audit-until", last = last)),
        (None, None) if first.is_empty() && end.is_empty() => Some(t!(locale => "audit-always")),
        _ => None,
    }
}

/// "Smlouva"
#[must_use]
pub fn subject(locale: Locale, subject: AuditSubject) -> String {
    t!(locale => "audit-subject", subject = subject.code())
}

/// "změna"
#[must_use]
pub fn change(locale: Locale, entry: &AuditEntry) -> String {
    t!(locale => "audit-change", change = change_code(entry))
}

/// "Smlouva 2026/17: nově"
#[must_use]
pub fn title(locale: Locale, entry: &AuditEntry) -> String {
    let subject = subject(locale, entry.subject);
    let thing =
        if entry.label.is_empty() { subject } else { format!("{subject} {}", format::person(locale, &entry.label)) };
    t!(locale => "audit-entry", thing = thing, change = change_code(entry))
}

/// What is done once comes to be and is never changed: that it is new says nothing.
fn change_code(entry: &AuditEntry) -> &'static str {
    let is_done = match entry.subject {
        AuditSubject::Refund
        | AuditSubject::CreditNote
        | AuditSubject::BankStatement
        | AuditSubject::ImportRun
        | AuditSubject::Backup => entry.change == AuditChange::Insert,
        subject => AuditSubject::DEEDS.contains(&subject),
    };
    if is_done { "done" } else { entry.change.code() }
}

/// Who made a change.
#[must_use]
pub fn who(locale: Locale, entry: &AuditEntry) -> String {
    entry.who.as_deref().map_or_else(|| t!(locale => "audit-nobody"), |who| format::person(locale, who))
}

#[cfg(test)]
mod tests {
    use super::{Locale, value_in_words};

    #[test]
    fn values_are_said_as_people_say_them() {
        let said = |column: &str, value: &str| value_in_words(Locale::Cs, column, value).replace('\u{a0}', " ");
        assert_eq!(said("period", "quarter"), "čtvrtletí");
        assert_eq!(said("roles", "technician, manager"), "technik, vedoucí");
        assert_eq!(said("capabilities", "order, something_new"), "objednávat, something_new");
        assert_eq!(said("valid", "[2026-11-28,2026-12-01)"), "28. 11. 2026 – 30. 11. 2026");
        assert_eq!(said("valid", "[2026-11-28,)"), "od 28. 11. 2026");
        assert_eq!(said("valid", "(,2026-12-10)"), "do 9. 12. 2026");
        assert_eq!(said("valid", "(,)"), "bez omezení");
        assert_eq!(said("valid", "empty"), "nic");
        let hours = said("during", "[\"2026-11-25 07:00:00+00\",\"2026-11-25 09:00:00+00\")");
        assert!(hours.contains("8:00") && hours.contains(" – ") && hours.contains("10:00"), "{hours}");
        assert_eq!(said("date", "2026-12-24"), "24. 12. 2026");
        let instant = said("valid_from", "2026-12-06T23:00:00+00:00");
        assert!(instant.contains("7. ") && instant.contains("0:00"), "{instant}");
        assert_eq!(said("weekday", "5"), "pátek");
        assert_eq!(said("name", "quarter"), "quarter", "a name is no code");
    }
}
