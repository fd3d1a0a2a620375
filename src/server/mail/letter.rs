//! What a mail says, before it is text or HTML: the fact that matters now, a few sentences, one link.

mod appointments;
mod desk;
mod payments;
mod people;
mod sign_in;
mod subscriptions;
mod work;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::last_day,
            ids::WebhookId,
            money::Money,
            numbers::RequestNumber,
            text::{JOINER, unbroken},
        },
        mails::MailContent,
        minutes::{
            alerts::{Alert, AlertKind},
            estimate::Estimate,
        },
        paths,
        work::webhooks::PATIENCE_DAYS,
    },
    ui::{
        format,
        receipt_words::from_pool,
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
    ///
    /// * `is_answered` – whether somebody reads what is answered
    pub fn text(&self, locale: Locale, further: &[Link], base_url: &str, (phone, is_answered): (&str, bool)) -> String {
        let spelled = |link: &Link| format!("{}: {base_url}{}", link.label, link.path);
        let links: Vec<_> = [&self.link].into_iter().chain(further).map(spelled).collect();
        let footer = format!("-- \n{}", footer(locale, phone, is_answered));
        let blocks = [&self.headline].into_iter().chain(&self.paragraphs).chain(&links).chain([&footer]);
        blocks.map(String::as_str).collect::<Vec<_>>().join("\n\n") + "\n"
    }
}

/// Who reads what is answered, and whom to call.
pub fn footer(locale: Locale, phone: &str, is_answered: bool) -> String {
    if is_answered {
        t!(locale => "mails-footer-answered", phone = phone)
    } else {
        t!(locale => "mails-footer", phone = phone)
    }
}

/// What else can be done about what a mail tells, below its one button: the work is rated, what is billed is agreed to, or not; each
/// document that is overdue is paid.
pub fn further(locale: Locale, content: &MailContent) -> Vec<Link> {
    if let MailContent::PaymentReminder(letter) = content {
        return payments::ways_to_pay(locale, letter);
    }
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
    for text in [&mut letter.subject, &mut letter.headline].into_iter().chain(&mut letter.paragraphs) {
        // What pages bind ranges with is a box in mail programs of old.
        text.retain(|character| character != JOINER);
        // As on pages: what people have typed, too.
        if locale == Locale::Cs
            && let Some(bound) = unbroken(text)
        {
            *text = bound;
        }
    }
    letter
}

fn written(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::Confirmed(_)
        | MailContent::Moved(_)
        | MailContent::Cancelled(_)
        | MailContent::Withdrawn(_)
        | MailContent::Reminder(_)
        | MailContent::Soon { .. }
        | MailContent::MovedByUs { .. }
        | MailContent::CalledOffByUs { .. }
        | MailContent::NoShow(_)
        | MailContent::MissedByUs { .. } => appointments::letter(locale, content, phone, now),
        MailContent::ConsentAsked { .. }
        | MailContent::ConsentAnswered { .. }
        | MailContent::Closed { .. }
        | MailContent::ContestDecided { .. }
        | MailContent::Contested { .. }
        | MailContent::Reopened { .. }
        | MailContent::VisitMissed { .. }
        | MailContent::ClockForgotten { .. } => work::letter(locale, content, phone, now),
        MailContent::PaymentAsked { .. }
        | MailContent::MonthInvoiced { .. }
        | MailContent::UsedInvoiced { .. }
        | MailContent::PartReceived { .. }
        | MailContent::RestAsked { .. }
        | MailContent::MinutesCredited { .. }
        | MailContent::PaymentReminder(_)
        | MailContent::StatementsFail(_)
        | MailContent::Credited { .. } => payments::letter(locale, content, phone, now),
        MailContent::TimesOffered { .. }
        | MailContent::EarlierOffered { .. }
        | MailContent::DeskWaits { .. }
        | MailContent::CustomersChanged { .. }
        | MailContent::Declined { .. }
        | MailContent::CameByMail { .. }
        | MailContent::Merged { .. }
        | MailContent::Outage(_)
        | MailContent::Reclassified { .. }
        | MailContent::VendorWrote { .. }
        | MailContent::CustomerWrote { .. }
        | MailContent::VisitPlanned { .. }
        | MailContent::PlanChanged { .. } => desk::letter(locale, content, phone, now),
        MailContent::Alert(alert) => minutes_alert(locale, alert),
        MailContent::ContractEnds { contract, last_day } => contract_ends(locale, contract, *last_day, phone),
        MailContent::SubscriptionRenews { .. }
        | MailContent::CardFailed { .. }
        | MailContent::CardRemoved { .. }
        | MailContent::CardNotKept { .. }
        | MailContent::TopUpOff { .. }
        | MailContent::SubscriptionPaused
        | MailContent::SubscriptionBlocked => subscriptions::letter(locale, content, phone),
        MailContent::Registration { .. }
        | MailContent::AccessThere { .. }
        | MailContent::AccessAsked { .. }
        | MailContent::StrangerAsks { .. }
        | MailContent::Newcomer { .. }
        | MailContent::CustomerConfirmed { .. }
        | MailContent::HandedOver { .. } => people::letter(locale, content, phone, now),
        MailContent::OrderAsked { by } => order_asked(locale, by),
        MailContent::WebhookOff { webhook, url, is_gone } => webhook_off(locale, *webhook, url, *is_gone),
        MailContent::AddressChanged { .. }
        | MailContent::AddressAsked { .. }
        | MailContent::Invited { .. }
        | MailContent::PasswordLink { .. }
        | MailContent::SignInLink { .. }
        | MailContent::PasswordChanged { .. } => sign_in::letter(locale, content, phone, now),
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

/// That a program is told nothing any more.
fn webhook_off(locale: Locale, webhook: WebhookId, url: &str, is_gone: bool) -> Letter {
    let why = if is_gone {
        t!(locale => "mails-webhook-gone")
    } else {
        t!(locale => "mails-webhook-failing", days = PATIENCE_DAYS)
    };
    Letter {
        subject: t!(locale => "mails-webhook-title"),
        headline: t!(locale => "mails-webhook-title"),
        paragraphs: vec![url.to_owned(), why, t!(locale => "mails-webhook-help")],
        link: Link { label: t!(locale => "mails-webhook-view"), path: paths::webhook(webhook) },
    }
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

/// A paragraph of what somebody wrote; none if it was nothing.
fn said(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() { Vec::new() } else { vec![text.to_owned()] }
}

fn to_request(locale: Locale, number: RequestNumber) -> Link {
    Link { label: t!(locale => "mails-view-request"), path: paths::request(number) }
}

fn contract_ends(locale: Locale, contract: &str, last_day: NaiveDate, phone: &str) -> Letter {
    let date = format::date_numeric(locale, last_day, None);
    Letter {
        subject: t!(locale => "mails-contract-subject", number = contract, date = date.as_str()),
        headline: t!(locale => "mails-contract-title", date = date),
        paragraphs: vec![
            t!(locale => "mails-contract", number = contract),
            t!(locale => "mails-contract-call", phone = phone),
        ],
        link: Link { label: t!(locale => "mails-contract-view"), path: paths::USAGE_CONTRACT.to_owned() },
    }
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
