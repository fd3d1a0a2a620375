//! What a reminder of payment says: mail and preview say the same.

use super::{
    format,
    texts::{Locale, t},
};
use crate::model::money::payment_reminders::{Placeholder, RemindedDebt, ReminderMail, filled};

/// A text of the manager's with what its words in braces stand for.
fn said(locale: Locale, text: &str, mail: &ReminderMail) -> String {
    filled(text, |placeholder| match placeholder {
        Placeholder::Customer => mail.name.clone(),
        Placeholder::Count => t!(locale => "reminder-count", count = mail.debts.len()),
        Placeholder::Total => format::money(locale, mail.total()),
        Placeholder::Oldest => format::date_numeric(locale, mail.oldest(), None),
        Placeholder::Days => {
            t!(locale => "reminder-days", count = (mail.day - mail.oldest()).num_days().max(0))
        }
        Placeholder::Interest => format::money(locale, mail.interest()),
    })
}

/// The subject.
#[must_use]
pub fn subject(locale: Locale, mail: &ReminderMail) -> String {
    let text = match locale {
        Locale::Cs => &mail.subject.cs,
        Locale::En => &mail.subject.en,
    };
    said(locale, text, mail)
}

/// The paragraphs: the manager's, what is owed document by document, and where to.
#[must_use]
pub fn paragraphs(locale: Locale, mail: &ReminderMail) -> Vec<String> {
    let text = match locale {
        Locale::Cs => &mail.text.cs,
        Locale::En => &mail.text.en,
    };
    let own = said(locale, text, mail);
    let own = own.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(str::to_owned);
    let debts = mail.debts.iter().map(|debt| debt_in_words(locale, debt));
    let account = (!mail.account.is_empty())
        .then(|| t!(locale => "reminder-account", account = mail.account.as_str(), iban = mail.iban.as_str()));
    own.chain(debts).chain(account).collect()
}

fn debt_in_words(locale: Locale, debt: &RemindedDebt) -> String {
    t!(
        locale => "reminder-debt",
        number = debt.number.as_str(),
        due = format::date_numeric(locale, debt.due_on, None),
        owed = format::money(locale, debt.owed),
        symbol = debt.variable_symbol.as_str(),
    )
}
