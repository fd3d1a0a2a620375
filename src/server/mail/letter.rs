//! What a mail says, before it is text or HTML: the fact that matters now, a few sentences, one link.

mod desk;
mod people;
mod sign_in;
mod subscriptions;

use chrono::{DateTime, Datelike, Utc};

use crate::{
    model::{
        base::{bilingual::Bilingual, calendar::last_day, money::Money, numbers::RequestNumber, text::JOINER},
        line::catalogue::SlotChoice,
        mails::{AppointmentMail, DocumentMail, MailContent, PaymentDetails},
        minutes::{
            alerts::{Alert, AlertKind},
            estimate::Estimate,
        },
        ordering::offers::Slot,
        paths,
        work::receipts::Receipt,
    },
    ui::{
        format,
        receipt_words::{from_pool, note, sentence},
        texts::{Locale, t},
    },
};

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The fact that matters now.
    pub headline: String,
    /// Everything else, a paragraph each.
    pub paragraphs: Vec<String>,
    /// What can be done about it.
    pub link: Link,
}

/// The one link of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads on this site.
    pub path: String,
}

impl Letter {
    /// The letter as plain text.
    pub fn text(&self, locale: Locale, further: &[Link], base_url: &str, phone: &str) -> String {
        let spelled = |link: &Link| format!("{}: {base_url}{}", link.label, link.path);
        let links: Vec<_> = [&self.link].into_iter().chain(further).map(spelled).collect();
        let footer = format!("-- \n{}", t!(locale => "mails-footer", phone = phone));
        let blocks = [&self.headline].into_iter().chain(&self.paragraphs).chain(&links).chain([&footer]);
        blocks.map(String::as_str).collect::<Vec<_>>().join("\n\n") + "\n"
    }
}

/// What else can be done about what a mail tells, below its one button: the work is rated, what is billed is agreed to, or not.
pub fn further(locale: Locale, content: &MailContent) -> Vec<Link> {
    let MailContent::Closed { receipt, rating: Some(link), .. } = content else { return Vec::new() };
    let path = paths::rating(link.id, &link.secret);
    vec![
        Link { label: t!(locale => "mails-closed-rate"), path: path.clone() },
        Link { label: t!(locale => "mails-closed-agree"), path: format!("{path}#agree") },
        Link { label: t!(locale => "mails-closed-contest"), path: paths::receipt(receipt.intervention) },
    ]
}

/// What `content` says to a reader of `locale` who calls the line under `phone`, if it is read about `now`.
pub fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    let mut letter = written(locale, content, phone, now);
    // What pages bind ranges with is a box in mail programs of old.
    for text in [&mut letter.subject, &mut letter.headline].into_iter().chain(&mut letter.paragraphs) {
        text.retain(|character| character != JOINER);
    }
    letter
}

fn written(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::Confirmed(mail) => confirmed(locale, mail, phone, now),
        MailContent::Moved(mail) => moved(locale, mail, phone, now),
        MailContent::Cancelled(mail) => cancelled(locale, mail, now),
        MailContent::Withdrawn(mail) => withdrawn(locale, mail),
        MailContent::Reminder(mail) => reminder(locale, mail, phone, now),
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
        MailContent::Closed { receipt, finished: true, called_off, .. } => {
            finished(locale, receipt, called_off.as_deref(), now)
        }
        MailContent::Closed { receipt, finished: false, .. } => suspended(locale, receipt, phone),
        MailContent::MovedByUs { appointment, former, is_closed } => {
            moved_by_us(locale, appointment, *former, *is_closed, phone, now)
        }
        MailContent::CalledOffByUs { appointment, choice, is_closed } => {
            called_off_by_us(locale, appointment, *choice, *is_closed, phone, now)
        }
        MailContent::NoShow(mail) => no_show(locale, mail, phone, now),
        MailContent::MissedByUs { appointment, choice } => missed_by_us(locale, appointment, *choice, phone, now),
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
                t!(locale => "mails-visit-what", name = contact_name.as_str(), phone = contact_phone.as_str()),
            ],
            link: Link { label: t!(locale => "mails-clock-open"), path: paths::workbench(*number) },
        },
        MailContent::TimesOffered { .. }
        | MailContent::DeskWaits { .. }
        | MailContent::CustomersChanged { .. }
        | MailContent::Declined { .. }
        | MailContent::Merged { .. }
        | MailContent::Outage(_)
        | MailContent::Reclassified { .. }
        | MailContent::VendorWrote { .. }
        | MailContent::CustomerWrote { .. }
        | MailContent::VisitPlanned { .. } => desk::letter(locale, content, phone, now),
        MailContent::Alert(alert) => minutes_alert(locale, alert),
        MailContent::ContractEnds { contract, last_day } => {
            let date = format::date_numeric(locale, *last_day, None);
            Letter {
                subject: t!(locale => "mails-contract-subject", number = contract.as_str(), date = date.as_str()),
                headline: t!(locale => "mails-contract-title", date = date),
                paragraphs: vec![
                    t!(locale => "mails-contract", number = contract.as_str()),
                    t!(locale => "mails-contract-call", phone = phone),
                ],
                link: Link { label: t!(locale => "mails-contract-view"), path: paths::USAGE_CONTRACT.to_owned() },
            }
        }
        MailContent::SubscriptionRenews { .. } | MailContent::SubscriptionPaused => {
            subscriptions::letter(locale, content, phone)
        }
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
        MailContent::Registration { .. }
        | MailContent::AccessThere { .. }
        | MailContent::AccessAsked { .. }
        | MailContent::StrangerAsks { .. }
        | MailContent::Newcomer { .. }
        | MailContent::HandedOver { .. } => people::letter(locale, content, phone, now),
        MailContent::OrderAsked { by } => order_asked(locale, by),
        MailContent::AddressChanged { .. }
        | MailContent::AddressAsked { .. }
        | MailContent::Invited { .. }
        | MailContent::PasswordLink { .. }
        | MailContent::SignInLink { .. }
        | MailContent::PasswordChanged { .. } => sign_in::letter(locale, content, phone, now),
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
        MailContent::MonthInvoiced { document, payment, month, fee: None } => {
            let month = t!(locale => "usage-month", month = month.month(), year = month.year().to_string());
            payment_asked(locale, document, payment, vec![t!(locale => "mails-month-invoiced", month = month)])
        }
        MailContent::MonthInvoiced { document, payment, fee: Some(fee), .. } => {
            let what = t!(
                locale => "mails-fee-invoiced",
                contract = fee.contract.as_str(),
                from = format::date_numeric(locale, fee.from, None),
                until = format::date_numeric(locale, fee.until, None),
            );
            payment_asked(locale, document, payment, vec![what])
        }
        MailContent::PartReceived { document, minutes, left } => {
            let left = format::money(locale, *left);
            Letter {
                subject: t!(locale => "mails-part-subject", left = left.as_str()),
                headline: t!(locale => "mails-part-title", left = left),
                paragraphs: vec![
                    t!(
                        locale => "mails-part",
                        minutes = format::minutes(locale, *minutes),
                        total = format::money(locale, document.total),
                    ),
                    attached(locale, document),
                ],
                link: to_documents(locale),
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
        MailContent::Digest { mails, more } => digest(locale, mails, *more, phone, now),
        // Never sent: what a list says of it.
        MailContent::Erased { .. } => Letter {
            subject: t!(locale => "mails-erased"),
            headline: t!(locale => "mails-erased"),
            paragraphs: vec![t!(locale => "mails-erased-why")],
            link: Link { label: t!(locale => "mails-erased-home"), path: paths::HOME.to_owned() },
        },
    }
}

/// That a colleague who may not order asks for it.
fn order_asked(locale: Locale, by: &str) -> Letter {
    Letter {
        subject: t!(locale => "mails-order-asked-subject", by = by),
        headline: t!(locale => "mails-order-asked-title", by = by),
        paragraphs: vec![t!(locale => "mails-order-asked")],
        link: Link { label: t!(locale => "nav-order"), path: paths::ORDER.to_owned() },
    }
}

/// The amount, where to and until when; what else there is to say about it comes first.
fn payment_asked(
    locale: Locale,
    document: &DocumentMail,
    payment: &PaymentDetails,
    mut paragraphs: Vec<String>,
) -> Letter {
    let amount = format::money(locale, document.total);
    let due = payment.due_on.map(|due_on| format::date_numeric(locale, due_on, None)).unwrap_or_default();
    let symbol = payment.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default();
    paragraphs.push(t!(
        locale => "mails-pay-how",
        amount = amount.as_str(),
        account = payment.account.as_str(),
        iban = payment.iban.as_str(),
        symbol = symbol,
        due = due.as_str(),
    ));
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

fn confirmed(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let slot = format::slot(locale, mail.slot);
    Letter {
        subject: t!(locale => "mails-confirmed-subject", slot = slot.as_str()),
        headline: format::capitalized(&slot),
        paragraphs: preparations(locale, mail, phone, now),
        link: to_request(locale, mail.number),
    }
}

fn moved(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let slot = format::slot(locale, mail.slot);
    let paragraphs = [vec![t!(locale => "mails-moved")], reason(locale, mail), preparations(locale, mail, phone, now)];
    Letter {
        subject: t!(locale => "mails-moved-subject", slot = slot.as_str()),
        headline: format::capitalized(&slot),
        paragraphs: paragraphs.concat(),
        link: to_request(locale, mail.number),
    }
}

fn cancelled(locale: Locale, mail: &AppointmentMail, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let paragraphs = [
        vec![t!(locale => "mails-cancelled", when = when)],
        reason(locale, mail),
        vec![about(locale, mail.number, &mail.work_type, &mail.program)],
    ];
    Letter {
        subject: t!(locale => "mails-cancelled-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-cancelled-title"),
        paragraphs: paragraphs.concat(),
        link: to_request(locale, mail.number),
    }
}

fn withdrawn(locale: Locale, mail: &AppointmentMail) -> Letter {
    Letter {
        subject: t!(locale => "mails-withdrawn-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-withdrawn-title"),
        paragraphs: vec![t!(locale => "mails-withdrawn"), about(locale, mail.number, &mail.work_type, &mail.program)],
        link: to_request(locale, mail.number),
    }
}

fn reminder(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    Letter {
        subject: t!(locale => "mails-reminder-subject", when = when.as_str()),
        headline: t!(locale => "mails-reminder-title", when = when),
        paragraphs: preparations(locale, mail, phone, now),
        link: to_request(locale, mail.number),
    }
}

fn no_show(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let paragraphs = [
        vec![t!(locale => "mails-no-show", when = when, phone = phone)],
        reason(locale, mail),
        vec![about(locale, mail.number, &mail.work_type, &mail.program)],
    ];
    Letter {
        subject: t!(locale => "mails-no-show-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-no-show-title"),
        paragraphs: paragraphs.concat(),
        link: to_request(locale, mail.number),
    }
}

fn missed_by_us(locale: Locale, mail: &AppointmentMail, choice: SlotChoice, phone: &str, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let (next, link) = match choice {
        SlotChoice::Customer => (
            t!(locale => "mails-missed-pick", phone = phone),
            Link { label: t!(locale => "mails-pick-time"), path: paths::request_move(mail.number) },
        ),
        SlotChoice::Dispatch => (t!(locale => "mails-missed-dispatch", phone = phone), to_request(locale, mail.number)),
    };
    Letter {
        subject: t!(locale => "mails-missed-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-missed-title"),
        paragraphs: vec![
            t!(locale => "mails-missed", when = when),
            next,
            about(locale, mail.number, &mail.work_type, &mail.program),
        ],
        link,
    }
}

/// Why we change what was agreed.
fn because(locale: Locale, is_closed: bool) -> String {
    if is_closed { t!(locale => "mails-by-us-closed") } else { t!(locale => "mails-by-us-technician") }
}

fn moved_by_us(
    locale: Locale,
    mail: &AppointmentMail,
    former: Slot,
    is_closed: bool,
    phone: &str,
    now: DateTime<Utc>,
) -> Letter {
    let slot = format::slot(locale, mail.slot);
    let what = t!(
        locale => "mails-moved-by-us",
        former = format::slot(locale, former),
        because = because(locale, is_closed),
    );
    let paragraphs =
        [vec![what, t!(locale => "mails-moved-by-us-other", phone = phone)], preparations(locale, mail, phone, now)];
    Letter {
        subject: t!(locale => "mails-moved-by-us-subject", slot = slot.as_str()),
        headline: t!(locale => "mails-moved-by-us-title", slot = slot),
        paragraphs: paragraphs.concat(),
        link: Link { label: t!(locale => "mails-pick-time"), path: paths::request_move(mail.number) },
    }
}

fn called_off_by_us(
    locale: Locale,
    mail: &AppointmentMail,
    choice: SlotChoice,
    is_closed: bool,
    phone: &str,
    now: DateTime<Utc>,
) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let next = missed_by_us(locale, mail, choice, phone, now);
    let next_step = next.paragraphs.into_iter().skip(1);
    let what = t!(locale => "mails-called-off-by-us", when = when, because = because(locale, is_closed));
    Letter {
        subject: t!(locale => "mails-called-off-by-us-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-called-off-by-us-title"),
        paragraphs: [what].into_iter().chain(next_step).collect(),
        link: next.link,
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

fn minutes_alert(locale: Locale, alert: &Alert) -> Letter {
    let left = format::minutes(locale, alert.left);
    let (headline, help) = match (alert.kind, alert.kind.percent()) {
        (AlertKind::Used100, _) => (t!(locale => "mails-alert-none"), t!(locale => "mails-alert-none-help")),
        (_, Some(percent)) => (
            t!(locale => "mails-alert-left", left = left, granted = format::minutes(locale, alert.granted)),
            t!(locale => "mails-alert-left-help", percent = percent),
        ),
        (_, None) => (
            t!(locale => "mails-alert-expiring", left = left),
            alert.expires_at.map_or_else(String::new, |expires_at| {
                let date = format::date_numeric(locale, last_day(expires_at), None);
                t!(locale => "mails-alert-expiring-help", date = date)
            }),
        ),
    };
    let reserved = (alert.reserved > 0).then(|| {
        let free = format::minutes(locale, alert.left.saturating_sub(alert.reserved));
        t!(locale => "mails-alert-free", free = free, reserved = format::minutes(locale, alert.reserved))
    });
    Letter {
        subject: headline.clone(),
        headline,
        paragraphs: said(&help).into_iter().chain(reserved).collect(),
        link: Link { label: t!(locale => "mails-view-usage"), path: paths::USAGE.to_owned() },
    }
}

/// What the customer has ready for the agreed time, what it will probably cost, and until when it can be changed.
fn preparations(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Vec<String> {
    let ready = [
        t!(locale => "requests-ready-how"),
        t!(locale => "requests-ready-what", program = locale.of(&mail.program)),
        t!(locale => "requests-ready-who", name = mail.contact_name.as_str(), phone = mail.contact_phone.as_str()),
    ];
    let mut paragraphs = vec![ready.join(" ")];
    paragraphs.extend(mail.estimate.as_ref().map(|estimate| estimated(locale, estimate, now)));
    paragraphs.extend(mail.cut_off.map(|cut_off| match cut_off > now {
        true => {
            let until = format::until(locale, cut_off, Some(now));
            t!(locale => "mails-change-until", until = until, phone = phone)
        }
        false => t!(locale => "mails-change-passed", phone = phone),
    }));
    paragraphs.push(about(locale, mail.number, &mail.work_type, &mail.program));
    paragraphs
}

/// "Odhad 20–45 min: 15 min ze smlouvy do 31. 12., 5–30 min po 22 Kč (133–799 Kč s DPH)."
fn estimated(locale: Locale, estimate: &Estimate, now: DateTime<Utc>) -> String {
    let today = Some(format::local_date(now));
    let minutes = |range| format::minute_range(locale, range);
    let mut payers: Vec<String> = estimate
        .draws
        .iter()
        .map(|draw| {
            format!("{} {}", minutes(draw.taken), from_pool(locale, draw.pool.kind, draw.pool.expires_on, today))
        })
        .collect();
    payers.extend(estimate.remainder_price.map(|price| {
        let total = format::money_range(locale, price.from, price.to);
        let minutes = minutes(estimate.remainder);
        // Estimates that were frozen before they knew it say no rate.
        if estimate.rate == Money::ZERO {
            t!(locale => "mails-estimate-paid-total", minutes = minutes, total = total)
        } else {
            let rate = format::money(locale, estimate.rate);
            t!(locale => "mails-estimate-paid", minutes = minutes, rate = rate, total = total)
        }
    }));
    t!(locale => "mails-estimate", minutes = minutes(estimate.minutes), payers = payers.join(", "))
}

fn about(locale: Locale, number: RequestNumber, work_type: &Bilingual, program: &Bilingual) -> String {
    t!(locale => "mails-about", number = number.to_string(), work = locale.of(work_type), program = locale.of(program))
}

fn reason(locale: Locale, mail: &AppointmentMail) -> Vec<String> {
    said(&mail.reason).into_iter().map(|reason| t!(locale => "mails-reason", reason = reason)).collect()
}

/// A paragraph of what somebody wrote; none if it was nothing.
fn said(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() { Vec::new() } else { vec![text.to_owned()] }
}

fn to_request(locale: Locale, number: RequestNumber) -> Link {
    Link { label: t!(locale => "mails-view-request"), path: paths::request(number) }
}

/// What was gathered of a day, each in the line that it would have had by itself.
fn digest(locale: Locale, mails: &[MailContent], more: u32, phone: &str, now: DateTime<Utc>) -> Letter {
    let count = u32::try_from(mails.len()).unwrap_or(u32::MAX).saturating_add(more);
    let rest = (more > 0).then(|| t!(locale => "mails-digest-more", count = more));
    Letter {
        subject: t!(locale => "mails-digest-subject", count = count),
        headline: t!(locale => "mails-digest-title"),
        paragraphs: mails.iter().map(|mail| written(locale, mail, phone, now).subject).chain(rest).collect(),
        link: Link { label: t!(locale => "mails-digest-open"), path: paths::HOME.to_owned() },
    }
}
