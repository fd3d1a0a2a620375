//! What is written about the work: whether it may go on, what it came to, what of it is contested, and clocks that stand.

use chrono::{DateTime, Utc};

use super::{Letter, Link, about, said, to_request};
use crate::{
    model::{
        base::phones::phone_in_groups,
        mails::{AppointmentMail, MailContent},
        paths,
        work::receipts::Receipt,
    },
    ui::{
        format,
        receipt_words::{note, sentence},
        texts::{Locale, t},
    },
};

/// What mails about the work say.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::ConsentAsked { number, program, work_type, ceiling_minutes, at } => {
            let minutes = format::minutes(locale, *ceiling_minutes);
            Letter {
                subject: t!(locale => "mails-consent-subject", number = number.to_string(), minutes = minutes.as_str()),
                headline: t!(locale => "mails-consent-title", minutes = minutes),
                paragraphs: vec![
                    t!(locale => "mails-consent", when = format::on(locale, *at, Some(now))),
                    about(locale, *number, work_type, program),
                ],
                link: Link { label: t!(locale => "mails-consent-answer"), path: paths::request(*number) },
            }
        }
        MailContent::ConsentAnswered { number, customer, by, agreed, new_ceiling } => {
            let headline = match (agreed, new_ceiling) {
                (true, Some(minutes)) => {
                    t!(locale => "mails-answered-up-to", minutes = format::minutes(locale, *minutes))
                }
                (true, None) => t!(locale => "mails-answered-yes"),
                (false, _) => t!(locale => "mails-answered-no"),
            };
            Letter {
                subject: t!(locale => "mails-answered-subject", answer = headline.as_str(), customer = customer.as_str()),
                headline,
                paragraphs: vec![t!(
                    locale => "mails-answered",
                    number = number.to_string(),
                    customer = customer.as_str(),
                    by = by.as_str(),
                )],
                link: Link { label: t!(locale => "mails-clock-open"), path: paths::workbench(*number) },
            }
        }
        MailContent::Closed { receipt, finished: true, called_off, .. } => {
            finished(locale, receipt, called_off.as_deref(), now)
        }
        MailContent::Closed { receipt, finished: false, .. } => suspended(locale, receipt, phone),
        MailContent::ContestDecided { path, number, accepted, accepted_minutes, answer } => {
            let (headline, help) = match (accepted, accepted_minutes) {
                (true, Some(minutes)) => (
                    t!(locale => "mails-contest-partly"),
                    t!(locale => "mails-contest-partly-help", minutes = format::minutes(locale, *minutes)),
                ),
                (true, None) => (t!(locale => "mails-contest-accepted"), t!(locale => "mails-contest-accepted-help")),
                (false, _) => (t!(locale => "mails-contest-rejected"), t!(locale => "mails-contest-rejected-help")),
            };
            Letter {
                subject: t!(
                    locale => "mails-contest-subject",
                    answer = headline.as_str(),
                    number = number.to_string(),
                ),
                headline,
                paragraphs: said(answer).into_iter().chain([help]).collect(),
                link: Link { label: t!(locale => "mails-view-receipt"), path: path.clone() },
            }
        }
        MailContent::Contested { number, reason } => Letter {
            subject: t!(locale => "mails-contested-subject", number = number.to_string()),
            headline: t!(locale => "mails-contested-title"),
            paragraphs: said(reason).into_iter().chain([t!(locale => "mails-contested")]).collect(),
            link: Link { label: t!(locale => "mails-contested-open"), path: paths::OWN_CONTESTS.to_owned() },
        },
        MailContent::Reopened { number, customer, reason } => Letter {
            subject: t!(locale => "mails-reopened-subject", customer = customer.as_str()),
            headline: t!(locale => "mails-reopened-title"),
            paragraphs: said(reason)
                .into_iter()
                .chain([t!(locale => "mails-reopened", number = number.to_string(), customer = customer.as_str())])
                .collect(),
            link: Link { label: t!(locale => "mails-clock-open"), path: paths::workbench(*number) },
        },
        MailContent::VisitMissed { number, customer, slot, contact_name, contact_phone, .. } => Letter {
            subject: t!(
                locale => "mails-visit-subject",
                customer = customer.as_str(),
                when = format::on(locale, slot.start, Some(now)),
            ),
            headline: t!(locale => "mails-visit-title", customer = customer.as_str()),
            paragraphs: vec![
                t!(
                    locale => "mails-visit",
                    number = number.to_string(),
                    slot = format::slot(locale, *slot),
                ),
                t!(locale => "mails-visit-what", name = contact_name.as_str(), phone = phone_in_groups(contact_phone)),
            ],
            link: Link { label: t!(locale => "mails-clock-open"), path: paths::workbench(*number) },
        },
        MailContent::ClockForgotten { number, customer, since } => Letter {
            subject: t!(locale => "mails-clock-subject", customer = customer.as_str()),
            headline: t!(locale => "mails-clock-title"),
            paragraphs: vec![t!(
                locale => "mails-clock",
                number = number.to_string(),
                customer = customer.as_str(),
                since = format::since(locale, *since, Some(now)),
            )],
            link: Link { label: t!(locale => "mails-clock-open"), path: paths::workbench(*number) },
        },
        _ => super::written(locale, content, phone, now),
    }
}

fn finished(locale: Locale, receipt: &Receipt, called_off: Option<&AppointmentMail>, now: DateTime<Utc>) -> Letter {
    let work = locale.of(&receipt.work_type);
    let minutes = format::minutes(locale, receipt.bill.billed);
    let (subject, headline) = match (receipt.bill.billed, receipt.version) {
        _ if is_corrected(receipt) => (
            t!(locale => "mails-corrected-subject", work = work, minutes = minutes.as_str()),
            t!(locale => "mails-corrected-title", minutes = minutes),
        ),
        (0, _) => (t!(locale => "mails-free-subject", work = work), t!(locale => "mails-free-title")),
        (_, 1) => (
            t!(locale => "mails-closed-subject", work = work, minutes = minutes.as_str()),
            t!(locale => "mails-closed-title", minutes = minutes),
        ),
        (_, _) => (
            t!(locale => "mails-closed-again-subject", work = work, minutes = minutes.as_str()),
            t!(locale => "mails-closed-again-title", minutes = minutes),
        ),
    };
    let called_off = called_off.map(
        |appointment| t!(locale => "mails-called-off", when = format::on(locale, appointment.slot.start, Some(now))),
    );
    Letter {
        subject,
        headline,
        paragraphs: called_off.into_iter().chain(what_was_done(locale, receipt)).collect(),
        link: Link { label: t!(locale => "mails-view-receipt"), path: paths::receipt(receipt.intervention) },
    }
}

fn suspended(locale: Locale, receipt: &Receipt, phone: &str) -> Letter {
    let mut paragraphs = vec![t!(locale => "mails-suspended", phone = phone)];
    paragraphs.extend(what_was_done(locale, receipt));
    Letter {
        subject: t!(
            locale => "mails-suspended-subject",
            work = locale.of(&receipt.work_type),
            minutes = format::minutes(locale, receipt.bill.billed),
        ),
        headline: t!(locale => "mails-suspended-title"),
        paragraphs,
        link: to_request(locale, receipt.intervention.number),
    }
}

/// Whether it came of opening the work again, with the reason for that, and not of work that was resumed.
fn is_corrected(receipt: &Receipt) -> bool {
    receipt.version > 1 && !receipt.reason.is_empty()
}

/// The report, and what it costs.
fn what_was_done(locale: Locale, receipt: &Receipt) -> Vec<String> {
    let mut paragraphs = said(&note(locale, &receipt.report));
    paragraphs.push(sentence(locale, receipt));
    if is_corrected(receipt) {
        paragraphs.push(t!(locale => "mails-corrected", reason = receipt.reason.as_str()));
    } else if receipt.version > 1 {
        paragraphs.push(match receipt.bill.minimum {
            0 => t!(locale => "mails-resumed"),
            minimum => t!(locale => "mails-resumed-minimum", minimum = format::minutes(locale, minimum)),
        });
    }
    paragraphs.push(about(locale, receipt.intervention.number, &receipt.work_type, &receipt.program));
    paragraphs
}
