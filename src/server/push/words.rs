//! A notification in words. A locked screen is seen by everybody: kind, number and time, and no more.

use crate::{
    model::{
        base::terms::Urgency,
        ordering::timeline::TimeChange,
        paths,
        work::{pushes::Push, wishes::WishKind},
    },
    ui::{
        format,
        lane_words::lane_in_words,
        texts::{Locale, t},
    },
};

/// What the page's own script shows, as JSON: title, text, where a click leads, and what it takes the place of.
#[must_use]
pub fn body(locale: Locale, push: &Push) -> String {
    let (title, text, path) = words(locale, push);
    serde_json::json!({ "title": title, "text": text, "path": path, "tag": push.topic(), "lang": locale.code() })
        .to_string()
}

/// A short message: the same, and where to read on.
///
/// * `link` – a page's address as people reach it from elsewhere
#[must_use]
pub fn sms_text(locale: Locale, push: &Push, link: impl Fn(&str) -> String) -> String {
    let (.., path) = words(locale, push);
    t!(locale => "sms-text", what = title(locale, push), link = link(&path))
}

/// The kind of thing that it tells, in a line.
#[must_use]
pub fn title(locale: Locale, push: &Push) -> String {
    let (title, text, _) = words(locale, push);
    if text.is_empty() { title } else { format!("{title} · {text}") }
}

fn words(locale: Locale, push: &Push) -> (String, String, String) {
    let request = |number: &dyn ToString| t!(locale => "push-request", number = number.to_string());
    match push {
        Push::Waits { number, lane, urgency } => {
            let lane = lane_in_words(locale, *lane);
            let title = match urgency {
                Urgency::Urgent => t!(locale => "push-urgent", what = lane),
                Urgency::Normal => lane,
            };
            (title, request(number), paths::desk_request(*number))
        }
        Push::Several { count } => {
            (t!(locale => "push-several", count = *count), t!(locale => "push-several-text"), paths::QUEUE.to_owned())
        }
        Push::Changed { number, change, slot, urgency } => {
            let title = match (change, urgency) {
                (TimeChange::Agreed, Urgency::Urgent) => t!(locale => "push-agreed-urgent"),
                (TimeChange::Agreed, Urgency::Normal) => t!(locale => "push-agreed"),
                (TimeChange::Moved, _) => t!(locale => "push-moved"),
                (TimeChange::Cancelled, _) => t!(locale => "push-cancelled"),
            };
            let text = format!("{} · {}", request(number), format::slot(locale, *slot));
            (title, text, paths::desk_request(*number))
        }
        Push::Planned { number, slot, is_theirs } => {
            let text = format!("{} · {}", request(number), format::slot(locale, *slot));
            if *is_theirs {
                (t!(locale => "push-planned"), text, paths::workbench(*number))
            } else {
                (t!(locale => "push-withdrawn"), text, paths::WORK.to_owned())
            }
        }
        Push::ConsentAnswered { number, agreed } => {
            let title = if *agreed { t!(locale => "push-consent-given") } else { t!(locale => "push-consent-refused") };
            (title, request(number), paths::workbench(*number))
        }
        Push::Missed { number, slot } => {
            let text = format!("{} · {}", request(number), format::slot(locale, *slot));
            (t!(locale => "push-missed"), text, paths::workbench(*number))
        }
        Push::ClockForgotten { number } => (t!(locale => "push-forgotten"), request(number), paths::workbench(*number)),
        Push::Wrote { number } => (t!(locale => "push-wrote"), request(number), paths::workbench(*number)),
        Push::Contested { number } => (t!(locale => "push-contested"), request(number), paths::OWN_CONTESTS.to_owned()),
        Push::Reopened { number } => (t!(locale => "push-reopened"), request(number), paths::workbench(*number)),
        Push::Mailed { kind, number, .. } => {
            let path = match (number, kind) {
                (Some(number), _) => paths::request(*number),
                (None, WishKind::Minutes) => paths::USAGE.to_owned(),
                (None, _) => paths::REQUESTS.to_owned(),
            };
            (mailed(locale, *kind), number.as_ref().map(|number| request(number)).unwrap_or_default(), path)
        }
        Push::Test => (t!(locale => "push-test"), t!(locale => "push-test-text"), paths::NOTIFICATIONS.to_owned()),
    }
}

/// What a mail to a customer's person tells, by its kind.
fn mailed(locale: Locale, kind: WishKind) -> String {
    match kind {
        WishKind::Asked => t!(locale => "push-asked"),
        WishKind::Agreed => t!(locale => "push-time"),
        WishKind::Reminder => t!(locale => "push-reminder"),
        WishKind::Settled => t!(locale => "push-settled"),
        WishKind::Messages => t!(locale => "push-message"),
        WishKind::Minutes => t!(locale => "push-minutes"),
        // The desk's and a technician's have notifications of their own.
        WishKind::Course
        | WishKind::Urgent
        | WishKind::Waits
        | WishKind::Trouble
        | WishKind::Objection
        | WishKind::Changes
        | WishKind::Plan => t!(locale => "push-course"),
    }
}
