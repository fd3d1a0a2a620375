//! What is written with documents: what is to be paid, what came, what is credited.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::{Letter, Link, said};
use crate::{
    model::{
        base::money::Money,
        mails::{DocumentMail, FeeOf, MailContent, PaymentDetails},
        money::{payment_reminders::ReminderMail, statements::SourceTrouble},
        paths,
    },
    ui::{
        format, reminder_words, statement_words,
        texts::{Locale, t},
    },
};

/// What mails with a document say.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::PaymentAsked { document, payment, minutes, credited_until } => {
            let minutes = format::minutes(locale, *minutes);
            let state = match credited_until {
                Some(last_day) => {
                    let date = format::date_numeric(locale, *last_day, None);
                    t!(locale => "mails-pay-credited", minutes = minutes.as_str(), date = date)
                }
                None => t!(locale => "mails-pay-waiting", minutes = minutes.as_str()),
            };
            payment_asked(locale, document, payment, vec![state])
        }
        MailContent::MonthInvoiced { document, payment, month, fee } => {
            payment_asked(locale, document, payment, vec![invoiced(locale, *month, fee.as_ref())])
        }
        MailContent::UsedInvoiced { document, payment, minutes } => {
            let minutes = format::minutes(locale, *minutes);
            payment_asked(locale, document, payment, vec![t!(locale => "mails-used-invoiced", minutes = minutes)])
        }
        MailContent::PartReceived { document, minutes, left, payment } => {
            part_received(locale, document, (*minutes, *left), payment.as_ref())
        }
        MailContent::RestAsked { number, kind, left, payment } => {
            let document = format!("{} {number}", t!(locale => "document-kind", kind = kind.code()));
            let left = format::money(locale, *left);
            Letter {
                subject: t!(locale => "mails-rest-subject", document = document.as_str(), left = left.as_str()),
                headline: t!(locale => "mails-part-title", left = left.as_str()),
                paragraphs: vec![t!(locale => "mails-rest", document = document), pay_how(locale, &left, payment)],
                link: Link { label: t!(locale => "mails-rest-pay"), path: paths::document_payment(number) },
            }
        }
        MailContent::MinutesCredited { document, minutes, last_day } => {
            let minutes = format::minutes(locale, *minutes);
            Letter {
                subject: t!(locale => "mails-credited-subject", minutes = minutes.as_str()),
                headline: t!(locale => "mails-credited-title", minutes = minutes),
                paragraphs: vec![
                    t!(
                        locale => "mails-credited",
                        date = format::date_numeric(locale, *last_day, None),
                        total = format::money(locale, document.total),
                    ),
                    attached(locale, document),
                ],
                link: Link { label: t!(locale => "mails-view-usage"), path: paths::USAGE.to_owned() },
            }
        }
        MailContent::PaymentReminder(letter) => reminder(locale, letter),
        MailContent::StatementsFail(trouble) => statements_fail(locale, trouble),
        MailContent::Credited { document, corrects, reason } => Letter {
            subject: t!(locale => "mails-credit-note-subject", corrects = corrects.as_str()),
            headline: t!(
                locale => "mails-credit-note-title",
                amount = format::money(locale, -document.total),
                corrects = corrects.as_str(),
            ),
            paragraphs: said(reason)
                .into_iter()
                .map(|reason| t!(locale => "mails-reason", reason = reason))
                .chain([attached(locale, document)])
                .collect(),
            link: to_documents(locale),
        },
        _ => super::written(locale, content, phone, now),
    }
}

/// What an invoice is for: what was done in a month, or the fee of a contract.
fn invoiced(locale: Locale, month: NaiveDate, fee: Option<&FeeOf>) -> String {
    let Some(fee) = fee else {
        let month = t!(locale => "usage-month", month = month.month(), year = month.year().to_string());
        return t!(locale => "mails-month-invoiced", month = month);
    };
    t!(
        locale => "mails-fee-invoiced",
        contract = fee.contract.as_str(),
        from = format::date_numeric(locale, fee.from, None),
        until = format::date_numeric(locale, fee.until, None),
    )
}

/// What came, and what is left, with how it is paid where the mail knows that.
fn part_received(
    locale: Locale,
    document: &DocumentMail,
    (minutes, left): (u32, Money),
    payment: Option<&PaymentDetails>,
) -> Letter {
    let left = format::money(locale, left);
    let what = t!(
        locale => "mails-part",
        minutes = format::minutes(locale, minutes),
        total = format::money(locale, document.total),
    );
    let how = payment.map(|payment| pay_how(locale, &left, payment));
    Letter {
        subject: t!(locale => "mails-part-subject", left = left.as_str()),
        headline: t!(locale => "mails-part-title", left = left),
        paragraphs: [what].into_iter().chain(how).chain([attached(locale, document)]).collect(),
        link: to_documents(locale),
    }
}

/// To managers, that statements do not come by themselves any more.
fn statements_fail(locale: Locale, trouble: &SourceTrouble) -> Letter {
    let subject = statement_words::fails(locale, trouble);
    Letter {
        headline: subject.clone(),
        subject,
        paragraphs: statement_words::trouble(locale, trouble),
        link: Link { label: t!(locale => "connections-title"), path: paths::SETTINGS_CONNECTIONS.to_owned() },
    }
}

fn reminder(locale: Locale, letter: &ReminderMail) -> Letter {
    Letter {
        subject: reminder_words::subject(locale, letter),
        headline: t!(locale => "reminder-title", total = format::money(locale, letter.total())),
        paragraphs: reminder_words::paragraphs(locale, letter),
        link: to_documents(locale),
    }
}

/// Where each document of a reminder is paid, with its code to scan.
pub(super) fn ways_to_pay(locale: Locale, letter: &ReminderMail) -> Vec<Link> {
    let ours = letter.debts.iter().filter(|debt| debt.is_ours);
    ours.map(|debt| Link {
        label: t!(locale => "reminder-pay", number = debt.number.as_str()),
        path: paths::document_payment(&debt.number),
    })
    .collect()
}

/// The amount, where to and until when; what else there is to say about it comes first.
fn payment_asked(
    locale: Locale,
    document: &DocumentMail,
    payment: &PaymentDetails,
    mut paragraphs: Vec<String>,
) -> Letter {
    let amount = format::money(locale, document.total);
    let due = due(locale, payment);
    paragraphs.push(pay_how(locale, &amount, payment));
    paragraphs.push(attached(locale, document));
    Letter {
        subject: t!(
            locale => "mails-pay-subject",
            document = named(locale, document),
            amount = amount.as_str(),
            due = due.as_str(),
        ),
        headline: t!(locale => "mails-pay-title", amount = amount, due = due),
        paragraphs,
        link: to_documents(locale),
    }
}

fn pay_how(locale: Locale, amount: &str, payment: &PaymentDetails) -> String {
    let symbol = payment.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default();
    let how = t!(
        locale => "mails-pay-how",
        amount = amount,
        account = payment.account.as_str(),
        iban = payment.iban.as_str(),
        symbol = symbol,
    );
    match payment.due_on {
        Some(_) => format!("{how}\n{}", t!(locale => "mails-pay-due", due = due(locale, payment))),
        None => how,
    }
}

fn due(locale: Locale, payment: &PaymentDetails) -> String {
    payment.due_on.map(|due_on| format::date_numeric(locale, due_on, None)).unwrap_or_default()
}

fn attached(locale: Locale, document: &DocumentMail) -> String {
    let name = named(locale, document);
    match document.purchase {
        Some(purchase) => t!(locale => "mails-attached-purchase", document = name, purchase = purchase.to_string()),
        None => t!(locale => "mails-attached", document = name),
    }
}

/// "Zálohová faktura 2026100001"
fn named(locale: Locale, document: &DocumentMail) -> String {
    format!("{} {}", t!(locale => "document-kind", kind = document.kind.code()), document.number)
}

fn to_documents(locale: Locale) -> Link {
    Link { label: t!(locale => "mails-view-documents"), path: paths::DOCUMENTS.to_owned() }
}
