//! Days, hours and moments.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Cell;
use crate::model::{
    line::plans::{spans_as_typed, spans_of},
    minutes::contracts::FeeDay,
    ordering::imports::ImportFault,
};

/// Formats of days that spreadsheets and people write.
const DAYS: [&str; 3] = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"];
/// Times of day, behind a day.
const TIMES: [&str; 4] = ["%H:%M", "%H:%M:%S", "T%H:%M", "T%H:%M:%S"];

impl Cell for NaiveDate {
    const ABOUT: &'static str = "day, as `2026-11-23` or `23. 11. 2026`";
    const EXAMPLE: &'static str = "23. 11. 2026";

    fn read(text: &str) -> Result<Self, ImportFault> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let day = DAYS.iter().find_map(|format| NaiveDate::parse_from_str(&text, format).ok());
        day.filter(|day| is_near(*day)).ok_or(ImportFault::NotADay)
    }

    fn write(&self) -> String {
        self.format("%Y-%m-%d").to_string()
    }
}

/// Whether a day is one that a vendor can mean.
#[must_use]
pub fn is_near(day: NaiveDate) -> bool {
    use chrono::Datelike;
    (1990..=2200).contains(&day.year())
}

/// A day and a time of day in Prague.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub NaiveDateTime);

impl Cell for Moment {
    const ABOUT: &'static str = "day and time in Prague, as `2026-11-25 8:00`";
    const EXAMPLE: &'static str = "25. 11. 2026 8:00";

    fn read(text: &str) -> Result<Self, ImportFault> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let moments = DAYS.iter().flat_map(|day| TIMES.iter().map(move |time| format!("{day}{time}")));
        let moment = moments.filter_map(|format| NaiveDateTime::parse_from_str(&text, &format).ok()).next();
        moment.filter(|moment| is_near(moment.date())).map(Self).ok_or(ImportFault::NotAMoment)
    }

    fn write(&self) -> String {
        self.0.format("%Y-%m-%d %H:%M").to_string()
    }
}

/// The hours of a day, in order; none for a day off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spans(pub Vec<(NaiveTime, NaiveTime)>);

impl Cell for Spans {
    const ABOUT: &'static str = "hours, as `7:00–11:30, 12:00–15:30`; empty for none";
    const EXAMPLE: &'static str = "7:00–11:30, 12:00–15:30";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        spans_of(text).map(Self).ok_or(ImportFault::NotHours)
    }

    fn write(&self) -> String {
        spans_as_typed(&self.0)
    }
}

/// What stands for the last day of a month.
const LAST_DAY: &str = "last";

impl Cell for FeeDay {
    const ABOUT: &'static str = "day of a month, `1` to `28` or `last`; empty is `1`";
    const EXAMPLE: &'static str = "15";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        match text.trim().to_lowercase().as_str() {
            "" => Ok(Self::default()),
            LAST_DAY => Self::all().find(|day| day.is_last()).ok_or(ImportFault::UnknownWord),
            typed => typed.parse().ok().and_then(Self::new).ok_or(ImportFault::OutOfRange),
        }
    }

    fn write(&self) -> String {
        if self.is_last() { LAST_DAY.to_owned() } else { self.number().to_string() }
    }
}
