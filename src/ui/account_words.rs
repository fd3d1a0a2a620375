//! The statement of account in words: page, paper and table say the same.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    format,
    texts::{Locale, t},
};
use crate::model::{base::money::Money, minutes::ledger::EntryKind, money::account_statements::AccountEntry};

/// "Od 1. 1. 2026 do 23. 11. 2026"
#[must_use]
pub fn period(locale: Locale, from: NaiveDate, until: NaiveDate) -> String {
    let day = |day| format::date_numeric(locale, day, None);
    t!(locale => "account-period", from = day(from), until = day(until))
}

/// When it was made.
#[must_use]
pub fn made_at(locale: Locale, at: DateTime<Utc>) -> String {
    t!(
        locale => "account-made",
        date = format::date_numeric(locale, format::local_date(at), None),
        time = format::time_of(locale, at),
    )
}

/// "dlužíte 500 Kč", "máte u nás 200 Kč", "0 Kč"
#[must_use]
pub fn balance(locale: Locale, owed: Money) -> String {
    if owed > Money::ZERO {
        t!(locale => "account-owed", amount = format::money(locale, owed))
    } else if owed < Money::ZERO {
        t!(locale => "account-ahead", amount = format::money(locale, -owed))
    } else {
        format::money(locale, owed)
    }
}

/// "Faktura 2026300001"
#[must_use]
pub fn entry(locale: Locale, entry: &AccountEntry) -> String {
    t!(locale => "account-entry", kind = entry.kind.code(), number = entry.number.as_str())
}

/// What the entry is about, and what it says where it changes nothing.
#[must_use]
pub fn note(locale: Locale, entry: &AccountEntry) -> Option<String> {
    let said = (entry.change == Money::ZERO).then(|| format::money(locale, entry.total));
    let about = Some(entry.about.clone()).filter(|about| !about.is_empty());
    let parts: Vec<String> = about.into_iter().chain(said).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What became of minutes, in the words of their statement.
#[must_use]
pub fn minutes_kind(locale: Locale, kind: EntryKind) -> String {
    t!(locale => "entry-kind", kind = kind.code())
}

/// "+120 min", "−30 min"
#[must_use]
pub fn minutes(locale: Locale, minutes: i64) -> String {
    let size = format::minutes(locale, u32::try_from(minutes.unsigned_abs()).unwrap_or(u32::MAX));
    format!("{}{size}", if minutes < 0 { "−" } else { "+" })
}
