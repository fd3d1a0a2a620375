//! What the desk tells: times to pick from, a refusal, a correction, and to technicians what it planned.

use chrono::{DateTime, Utc};

use super::{Letter, Link, about, estimated, said, to_request};
use crate::{
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        mails::{ChangedTime, MailContent, OutageMail, PlannedVisit, WaitingItem},
        ordering::{offers::Slot, outages::OutageStep, timeline::TimeChange},
        paths,
    },
    ui::{
        format,
        lane_words::lane_in_words,
        texts::{Locale, t},
    },
};

/// What the desk's mails say; nothing of the others.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::TimesOffered { number, program, work_type, slots, until } => {
            let mut paragraphs: Vec<String> =
                slots.iter().map(|slot| format::capitalized(&format::slot(locale, *slot))).collect();
            paragraphs.push(t!(locale => "mails-offered", until = format::until(locale, *until, Some(now))));
            paragraphs.push(about(locale, *number, work_type, program));
            Letter {
                subject: t!(locale => "mails-offered-subject", number = number.to_string()),
                headline: t!(locale => "mails-offered-title"),
                paragraphs,
                link: Link { label: t!(locale => "mails-offered-choose"), path: paths::request_move(*number) },
            }
        }
        MailContent::EarlierOffered { number, program, work_type, slot, agreed, until, .. } => Letter {
            subject: t!(locale => "mails-earlier-subject", slot = format::slot(locale, *slot)),
            headline: t!(locale => "mails-earlier-title", slot = format::slot(locale, *slot)),
            paragraphs: vec![
                t!(locale => "mails-earlier", until = format::until(locale, *until, Some(now))),
                t!(locale => "mails-earlier-keep", slot = format::slot(locale, *agreed)),
                about(locale, *number, work_type, program),
            ],
            link: Link { label: t!(locale => "mails-earlier-answer"), path: paths::request_earlier(*number) },
        },
        MailContent::Declined { number, program, work_type, reason } => Letter {
            subject: t!(locale => "mails-declined-subject", number = number.to_string()),
            headline: t!(locale => "mails-declined-title"),
            paragraphs: [
                because(locale, reason),
                vec![t!(locale => "mails-declined-call", phone = phone), about(locale, *number, work_type, program)],
            ]
            .concat(),
            link: to_request(locale, *number),
        },
        MailContent::CameByMail { number, program, work_type } => Letter {
            subject: t!(locale => "mails-came-subject", number = number.to_string()),
            headline: t!(locale => "mails-came-title"),
            paragraphs: vec![t!(locale => "mails-came"), about(locale, *number, work_type, program)],
            link: to_request(locale, *number),
        },
        MailContent::Merged { number, into, program, work_type } => Letter {
            subject: t!(locale => "mails-merged-subject", number = number.to_string(), into = into.to_string()),
            headline: t!(locale => "mails-merged-title", into = into.to_string()),
            paragraphs: vec![t!(locale => "mails-merged"), about(locale, *number, work_type, program)],
            // The other one may be a colleague's, which its author does not see.
            link: to_request(locale, *number),
        },
        MailContent::Outage(mail) => outage(locale, mail),
        MailContent::Reclassified { number, program, work_type, urgency, estimate, reason } => {
            let now_it_is = match urgency {
                Urgency::Urgent => t!(locale => "mails-reclassified-urgent", work = locale.of(work_type)),
                Urgency::Normal => t!(locale => "mails-reclassified-normal", work = locale.of(work_type)),
            };
            let facts = vec![estimated(locale, estimate, now), about(locale, *number, work_type, program)];
            Letter {
                subject: t!(locale => "mails-reclassified-subject", number = number.to_string()),
                headline: t!(locale => "mails-reclassified-title"),
                paragraphs: [vec![now_it_is], because(locale, reason), facts].concat(),
                link: to_request(locale, *number),
            }
        }
        MailContent::VisitPlanned { number, customer, slot, is_theirs } => {
            visit_planned(locale, *number, customer, (*slot, *is_theirs))
        }
        MailContent::PlanChanged { visits, more } => plan_changed(locale, visits, *more),
        MailContent::VendorWrote { .. } | MailContent::CustomerWrote { .. } => wrote(locale, content, phone, now),
        MailContent::DeskWaits { items, more } => waits(locale, items, *more, now),
        MailContent::CustomersChanged { changes, more } => changed(locale, changes, *more),
        // The others have a letter of their own.
        _ => super::written(locale, content, phone, now),
    }
}

/// That a time is a technician's from now on, or no longer.
fn visit_planned(locale: Locale, number: RequestNumber, customer: &str, (slot, is_theirs): (Slot, bool)) -> Letter {
    let slot = format::slot(locale, slot);
    let (subject, headline) = if is_theirs {
        (
            t!(locale => "mails-visit-planned-subject", slot = slot.as_str()),
            t!(locale => "mails-visit-planned-title", customer = customer),
        )
    } else {
        (
            t!(locale => "mails-visit-withdrawn-subject", slot = slot.as_str()),
            t!(locale => "mails-visit-withdrawn-title", customer = customer),
        )
    };
    Letter {
        subject,
        headline,
        paragraphs: vec![t!(locale => "mails-visit-about", number = number.to_string(), slot = slot)],
        link: Link { label: t!(locale => "mails-visit-open"), path: paths::WORK.to_owned() },
    }
}

/// What came into a technician's plan and what left it.
fn plan_changed(locale: Locale, visits: &[PlannedVisit], more: u32) -> Letter {
    let subject = t!(locale => "mails-plan-changed", count = in_all(visits.len(), more));
    let paragraph = |visit: &PlannedVisit| {
        let what = if visit.is_theirs { t!(locale => "mails-plan-new") } else { t!(locale => "mails-plan-gone") };
        format!("{} · {}: {what}, {}", visit.customer, visit.number, format::slot(locale, visit.slot))
    };
    Letter {
        headline: subject.clone(),
        subject,
        paragraphs: visits.iter().map(paragraph).chain(and_more(locale, more)).collect(),
        link: Link { label: t!(locale => "mails-visit-open"), path: paths::WORK.to_owned() },
    }
}

/// What was written about a request, to the customer; to the technician only that something was.
fn wrote(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::VendorWrote { number, program, work_type, text, .. } => Letter {
            subject: t!(locale => "mails-vendor-wrote-subject", number = number.to_string()),
            headline: t!(locale => "mails-vendor-wrote-title"),
            paragraphs: said(text)
                .into_iter()
                .chain([t!(locale => "mails-vendor-wrote", phone = phone), about(locale, *number, work_type, program)])
                .collect(),
            link: Link { label: t!(locale => "mails-vendor-wrote-open"), path: paths::request(*number) },
        },
        MailContent::CustomerWrote { number, customer, .. } => Letter {
            subject: t!(locale => "mails-customer-wrote-subject", customer = customer.as_str()),
            headline: t!(locale => "mails-customer-wrote-title"),
            paragraphs: vec![t!(
                locale => "mails-customer-wrote",
                number = number.to_string(),
                customer = customer.as_str(),
            )],
            link: Link { label: t!(locale => "mails-clock-open"), path: paths::workbench(*number) },
        },
        _ => super::written(locale, content, phone, now),
    }
}

/// What waits at the desk; of one thing the subject says what it is.
fn waits(locale: Locale, items: &[WaitingItem], more: u32, now: DateTime<Utc>) -> Letter {
    let subject = match items {
        [only] => t!(
            locale => "mails-desk-waits-one",
            lane = lane_in_words(locale, only.lane),
            customer = only.customer.as_str(),
        ),
        _ => t!(locale => "mails-desk-waits-many", count = in_all(items.len(), more)),
    };
    let paragraph = |item: &WaitingItem| {
        let what = format!(
            "{} · {} · {} · {}",
            item.customer,
            item.number,
            locale.of(&item.program),
            locale.of(&item.work_type)
        );
        let due = t!(locale => "mails-desk-waits-due", when = format::on(locale, item.due, Some(now)));
        let urgent = (item.urgency == Urgency::Urgent).then(|| t!(locale => "urgency-urgent"));
        let facts: Vec<_> = [lane_in_words(locale, item.lane)].into_iter().chain(urgent).chain([due]).collect();
        format!("{what}: {}", facts.join(", "))
    };
    let link = match items {
        [only] => Link { label: t!(locale => "mails-desk-waits-open"), path: paths::desk_request(only.number) },
        _ => Link { label: t!(locale => "mails-desk-waits-queue"), path: paths::QUEUE.to_owned() },
    };
    let wishes = t!(locale => "mails-desk-waits-wishes");
    Letter {
        headline: subject.clone(),
        subject,
        paragraphs: items.iter().map(paragraph).chain(and_more(locale, more)).chain([wishes]).collect(),
        link,
    }
}

/// What the reader's outage has come to.
fn outage(locale: Locale, mail: &OutageMail) -> Letter {
    let name = locale.of(&mail.name);
    let (headline, help) = match mail.step {
        OutageStep::Left => (t!(locale => "mails-outage-left", name = name), t!(locale => "mails-outage-left-help")),
        OutageStep::News => (t!(locale => "mails-outage-news", name = name), t!(locale => "mails-outage-wait")),
        OutageStep::MinimumLifted => {
            (t!(locale => "mails-outage-lifted"), t!(locale => "mails-outage-lifted-help", name = name))
        }
        OutageStep::Over if mail.goes_on => {
            (t!(locale => "mails-outage-over", name = name), t!(locale => "mails-outage-goes-on"))
        }
        OutageStep::Over => (t!(locale => "mails-outage-over", name = name), t!(locale => "mails-outage-closed")),
        OutageStep::Opened | OutageStep::Joined => {
            (t!(locale => "mails-outage-joined", name = name), t!(locale => "mails-outage-wait"))
        }
    };
    let called_off = mail
        .called_off
        .as_ref()
        .map(|appointment| t!(locale => "mails-outage-called-off", slot = format::slot(locale, appointment.slot)));
    let text = said(locale.of(&mail.text));
    let facts = called_off.into_iter().chain([help, about(locale, mail.number, &mail.work_type, &mail.program)]);
    Letter {
        subject: format!("{headline} · {}", mail.number),
        headline,
        paragraphs: text.into_iter().chain(facts).collect(),
        link: to_request(locale, mail.number),
    }
}

/// What customers did with agreed times; of one time the subject says what it is.
fn changed(locale: Locale, changes: &[ChangedTime], more: u32) -> Letter {
    let what = |change: &ChangedTime| match change.change {
        TimeChange::Agreed => t!(locale => "mails-changed-agreed"),
        TimeChange::Moved => t!(locale => "mails-changed-moved"),
        TimeChange::Cancelled => t!(locale => "mails-changed-cancelled"),
    };
    let subject = match changes {
        [only] => t!(locale => "mails-changed-one", what = what(only), customer = only.customer.as_str()),
        _ => t!(locale => "mails-changed-many", count = in_all(changes.len(), more)),
    };
    let paragraph = |change: &ChangedTime| {
        let urgent = (change.urgency == Urgency::Urgent).then(|| t!(locale => "urgency-urgent"));
        let facts: Vec<_> = [what(change)].into_iter().chain(urgent).collect();
        let slot = format::slot(locale, change.slot);
        format!("{} · {}: {}, {slot}", change.customer, change.number, facts.join(", "))
    };
    let link = match changes {
        [only] => Link { label: t!(locale => "mails-desk-waits-open"), path: paths::desk_request(only.number) },
        _ => Link { label: t!(locale => "mails-changed-board"), path: paths::BOARD.to_owned() },
    };
    let wishes = t!(locale => "mails-desk-waits-wishes");
    Letter {
        headline: subject.clone(),
        subject,
        paragraphs: changes.iter().map(paragraph).chain(and_more(locale, more)).chain([wishes]).collect(),
        link,
    }
}

fn in_all(listed: usize, more: u32) -> usize {
    usize::try_from(more).map_or(listed, |more| listed + more)
}

/// "a dalších 37"
fn and_more(locale: Locale, more: u32) -> Option<String> {
    (more > 0).then(|| t!(locale => "mails-and-more", count = more))
}

fn because(locale: Locale, reason: &str) -> Vec<String> {
    said(reason).into_iter().map(|reason| t!(locale => "mails-reason", reason = reason)).collect()
}
