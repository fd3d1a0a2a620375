//! Business time: working days, opening hours, and counting in working minutes (design, Business time).
//!
//! Every function is total: no date that a database may hold, no calendar that an editor may save makes one panic or
//! run forever.

mod holidays;
mod interval;
mod local;
mod near;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, iter};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

pub use self::{
    holidays::{Holiday, czech_holiday, easter_sunday},
    interval::Interval,
    local::{PRAGUE, from_local, last_day, midnight, to_local},
    near::{NearDay, minutes_ahead, near_day},
};

/// A day on which the line is closed although it would be a working day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Closure {
    /// The local date.
    pub date: NaiveDate,
    /// Why, for customers to read.
    pub reason: String,
}

/// What kind of day it is for the line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// The line is open in its hours.
    Working,
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday, on whatever day of the week.
    Holiday(Holiday),
    /// Closed by the vendor, with the reason.
    Closure(String),
}

/// Whether the line is open, and until or from when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineStatus {
    /// Somebody answers.
    Open {
        /// When it closes today.
        until: DateTime<Utc>,
    },
    /// Nobody answers; requests are accepted all the same.
    Closed {
        /// When it opens next; `None` if it stays closed for as long as [`SEARCH_DAYS`] looks ahead.
        reopens: Option<DateTime<Utc>>,
        /// What kind of day today is. [`DayKind::Working`] means "not yet" or "no longer".
        today: DayKind,
    },
}

/// How many days in a row may be closed before a search for an open one gives up: a year.
///
/// Only a calendar that is set wrong gets there (it closes before it opens, or everything is a closure). What happens
/// then is said at each function.
pub const SEARCH_DAYS: usize = 366;

/// The business calendar: the hours of a working day, and which days are none.
///
/// A working day is Monday to Friday, no [public holiday](czech_holiday) and no closure. Hours are local wall time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BusinessCalendar {
    opens: NaiveTime,
    closes: NaiveTime,
    /// Other hours by the day from which on they hold; a calendar whose hours never change has none.
    #[serde(default)]
    later: BTreeMap<NaiveDate, (NaiveTime, NaiveTime)>,
    /// Reasons by date, so that closures are in order and looked up fast.
    closures: BTreeMap<NaiveDate, String>,
}

impl BusinessCalendar {
    /// A calendar with the given hours and closures, in any order. Of two closures on one date the later in the list
    /// counts. One that does not open before it closes is never open.
    #[must_use]
    pub fn new(opens: NaiveTime, closes: NaiveTime, closures: impl IntoIterator<Item = Closure>) -> Self {
        let closures = closures.into_iter().map(|closure| (closure.date, closure.reason)).collect();
        Self { opens, closes, later: BTreeMap::new(), closures }
    }

    /// The same calendar with other hours, opening and closing, from some days on; of several on one date the last of the list
    /// counts.
    #[must_use]
    pub fn with_hours_from(mut self, days: impl IntoIterator<Item = (NaiveDate, NaiveTime, NaiveTime)>) -> Self {
        self.later.extend(days.into_iter().map(|(date, opens, closes)| (date, (opens, closes))));
        self
    }

    /// When `date` begins and ends if it is a working day, local wall time.
    #[must_use]
    pub fn wall_hours(&self, date: NaiveDate) -> (NaiveTime, NaiveTime) {
        if self.later.is_empty() {
            return (self.opens, self.closes);
        }
        self.later.range(..=date).next_back().map_or((self.opens, self.closes), |(_, hours)| *hours)
    }

    /// The closures in order of date.
    pub fn closures(&self) -> impl Iterator<Item = Closure> {
        self.closures.iter().map(|(&date, reason)| Closure { date, reason: reason.clone() })
    }

    /// What kind of day `date` is. A holiday is named even on a weekend, a closure only where the line would be open.
    #[must_use]
    pub fn day_kind(&self, date: NaiveDate) -> DayKind {
        if let Some(holiday) = czech_holiday(date) {
            DayKind::Holiday(holiday)
        } else if is_weekend(date) {
            DayKind::Weekend
        } else if let Some(reason) = self.closures.get(&date) {
            DayKind::Closure(reason.clone())
        } else {
            DayKind::Working
        }
    }

    /// Whether the line works on `date`.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !is_weekend(date) && czech_holiday(date).is_none() && !self.closures.contains_key(&date)
    }

    /// The opening hours of `date`; `None` if the line stays closed.
    ///
    /// On a day when the clocks change they are as long as they really are: 1:00–4:00 has two hours in spring and four
    /// in autumn.
    #[must_use]
    pub fn hours(&self, date: NaiveDate) -> Option<Interval> {
        if self.is_working_day(date) {
            let (opens, closes) = self.wall_hours(date);
            Interval::new(from_local(date, opens), from_local(date, closes))
        } else {
            None
        }
    }

    /// Whether the line is open at `now`.
    #[must_use]
    pub fn status(&self, now: DateTime<Utc>) -> LineStatus {
        match self.openings_from(now).next() {
            Some(open) if open.contains(now) => LineStatus::Open { until: open.end() },
            next => LineStatus::Closed {
                reopens: next.map(|open| open.start()),
                today: self.day_kind(to_local(now).date()),
            },
        }
    }

    /// The instant `minutes` working minutes after `from`.
    ///
    /// Outside hours the count begins at the next opening, so 0 minutes lead there; exactly at closing time is outside.
    /// A count that ends exactly at closing time stays there ("today 15:30"), it does not slip to the next morning.
    ///
    /// A calendar that does not open for [`SEARCH_DAYS`] cannot count: then the minutes are those of the clock, for a
    /// promise that comes too early is better than none.
    #[must_use]
    pub fn add_working_minutes(&self, from: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
        let whole = TimeDelta::minutes(i64::from(minutes));
        let mut left = whole;
        for open in self.openings_from(from) {
            if left <= open.duration() {
                return open.start() + left;
            }
            left -= open.duration();
        }
        from.checked_add_signed(whole).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The instant `minutes` working minutes before `from`: the mirror image of
    /// [`add_working_minutes`](Self::add_working_minutes).
    ///
    /// Outside hours the count begins at the previous closing time, so 0 minutes lead there; exactly at opening time is
    /// outside. A count that ends exactly at opening time stays there. Without an open day within [`SEARCH_DAYS`] the
    /// minutes are those of the clock.
    #[must_use]
    pub fn subtract_working_minutes(&self, from: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
        let whole = TimeDelta::minutes(i64::from(minutes));
        let mut left = whole;
        for open in self.openings_until(from) {
            if left <= open.duration() {
                return open.end() - left;
            }
            left -= open.duration();
        }
        from.checked_sub_signed(whole).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// How many whole working minutes lie between `a` and `b`; 0 unless `a` is earlier. It stops at [`u32::MAX`].
    #[must_use]
    pub fn working_minutes_between(&self, a: DateTime<Utc>, b: DateTime<Utc>) -> u32 {
        let worked = self
            .openings_from(a)
            .map_while(|open| Interval::new(open.start(), open.end().min(b)))
            .fold(TimeDelta::zero(), |sum, open| sum + open.duration());
        u32::try_from(worked.num_minutes()).unwrap_or(u32::MAX)
    }

    /// The `days`-th working day after `date`; `date` itself is not counted, and 0 days are `date`, working or not.
    ///
    /// Where no working day comes within [`SEARCH_DAYS`], it is the last working day found, or `date`.
    #[must_use]
    pub fn add_working_days(&self, date: NaiveDate, days: u32) -> NaiveDate {
        (0..days).try_fold(date, |date, _| self.next_working_day(date).ok_or(date)).unwrap_or_else(|last| last)
    }

    /// The first working day after `date`, within [`SEARCH_DAYS`].
    fn next_working_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        iter::successors(date.succ_opt(), NaiveDate::succ_opt).take(SEARCH_DAYS).find(|&date| self.is_working_day(date))
    }

    /// The opening hours from `from` on, in order. The first may have begun already: it is cut.
    fn openings_from(&self, from: DateTime<Utc>) -> impl Iterator<Item = Interval> {
        self.openings(to_local(from).date(), |date| date.succ_opt())
            .filter_map(move |hours| Interval::new(hours.start().max(from), hours.end()))
    }

    /// The opening hours up to `until`, the latest first. The first may not have ended yet: it is cut.
    fn openings_until(&self, until: DateTime<Utc>) -> impl Iterator<Item = Interval> {
        self.openings(to_local(until).date(), |date| date.pred_opt())
            .filter_map(move |hours| Interval::new(hours.start(), hours.end().min(until)))
    }

    /// The opening hours of the days from `first` on in the direction of `step`. It ends when [`SEARCH_DAYS`] in a row
    /// have none.
    fn openings(
        &self,
        first: NaiveDate,
        step: impl Fn(NaiveDate) -> Option<NaiveDate>,
    ) -> impl Iterator<Item = Interval> {
        let mut upcoming = Some(first);
        iter::from_fn(move || {
            (0..=SEARCH_DAYS).find_map(|_| {
                let date = upcoming?;
                upcoming = step(date);
                self.hours(date)
            })
        })
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}
