//! Words for whether somebody answers: on the public page, and on the vendor's own sites.

use chrono::{DateTime, Utc};

use super::{
    format,
    texts::{Locale, t},
};
use crate::model::base::calendar::{DayKind, LineStatus};

/// "Linka je otevřená dnes do 15:30.", or why it is closed and when it opens.
#[must_use]
pub fn status(locale: Locale, status: &LineStatus, now: Option<DateTime<Utc>>) -> String {
    match status {
        LineStatus::Open { until } => t!(locale => "line-open", time = format::time_of(locale, *until)),
        LineStatus::Closed { reopens, today } => {
            let same_day = |instant| now.is_some_and(|now| format::local_date(now) == format::local_date(instant));
            let why = match today {
                DayKind::Working if reopens.is_some_and(same_day) => t!(locale => "line-closed-yet"),
                DayKind::Working => t!(locale => "line-closed-already"),
                DayKind::Weekend => t!(locale => "line-closed-weekend"),
                DayKind::Holiday(holiday) => {
                    let holiday = t!(locale => "holiday", holiday = holiday.code());
                    t!(locale => "line-closed-holiday", holiday = holiday)
                }
                DayKind::Closure(reason) => t!(locale => "line-closed-because", reason = reason.as_str()),
            };
            let next = reopens.map(|at| t!(locale => "line-reopens", when = format::on(locale, at, now)));
            format!("{why} {} {}", next.unwrap_or_default(), t!(locale => "line-send-anytime"))
        }
    }
}

/// The same in a few words, as a badge has room for: "otevřeno do 15:30".
#[must_use]
pub fn brief_status(locale: Locale, status: &LineStatus, now: DateTime<Utc>) -> String {
    match status {
        LineStatus::Open { until } => t!(locale => "embed-open", time = format::time_of(locale, *until)),
        LineStatus::Closed { reopens: Some(at), .. } => {
            t!(locale => "embed-closed-until", when = format::on(locale, *at, Some(now)))
        }
        LineStatus::Closed { reopens: None, .. } => t!(locale => "embed-closed"),
    }
}
