//! A notification in words. A locked screen is seen by everybody: kind, number and time, and no more.

use crate::{
    model::{
        base::terms::Urgency,
        paths,
        work::pushes::{Push, TimeChange},
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

/// The kind of thing that it tells, in a line.
#[must_use]
pub fn title(locale: Locale, push: &Push) -> String {
    let (title, text, _) = words(locale, push);
    format!("{title} · {text}")
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
        Push::Test => (t!(locale => "push-test"), t!(locale => "push-test-text"), paths::STAFF_MAILS.to_owned()),
    }
}
