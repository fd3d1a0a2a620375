//! Local days as rulers of quarter hours: where instants and wall times lie on them.
//!
//! A day's quarters are stretches of real time, counted from local midnight. Prague changes its clocks by whole hours, so
//! they are also the quarter hours on the wall: a day has 96 of them, 92 when an hour is skipped in spring, 100 when one is
//! repeated in autumn. Nothing beyond this file has to think of that.

use std::iter;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

use super::quarters::{Quarters, Span};
use crate::model::base::calendar::{BusinessCalendar, Interval, from_local, midnight};

const QUARTER_SECONDS: u32 = 15 * 60;
const ORDINARY_DAY_SECONDS: u32 = 24 * 60 * 60;
const DAYS_OF_LEAP_YEAR: usize = 366;

/// What becomes of a quarter that a stretch of time covers only in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Partial {
    /// It counts: what is taken away is taken whole.
    Counts,
    /// It falls away: what is given must be there in full.
    Falls,
}

/// How far into a day something is.
#[derive(Debug, Clone, Copy)]
struct Elapsed {
    /// Whole seconds of real time since local midnight.
    seconds: u32,
    /// Whether a fraction of a second comes on top.
    fraction: bool,
}

impl Elapsed {
    /// The time that has passed; none if it is negative.
    fn new(elapsed: TimeDelta) -> Self {
        let seconds = u32::try_from(elapsed.num_seconds()).unwrap_or(0);
        Self { seconds, fraction: elapsed.subsec_nanos() > 0 }
    }

    /// The quarter that is going on.
    const fn quarter(self) -> u32 {
        self.seconds / QUARTER_SECONDS
    }

    /// The quarter that begins now or next.
    #[expect(clippy::manual_div_ceil, reason = "in the hot loop: a multiplication instead of a remainder")]
    fn next_quarter(self) -> u32 {
        (self.seconds + u32::from(self.fraction) + QUARTER_SECONDS - 1) / QUARTER_SECONDS
    }

    /// The quarters up to another moment of the same day.
    fn span_to(self, end: Self, partial: Partial) -> Span {
        match partial {
            Partial::Counts => Span::new(self.quarter(), end.next_quarter()),
            Partial::Falls => Span::new(self.next_quarter(), end.quarter()),
        }
    }
}

/// A wall time on a day on which the clocks stay as they are.
impl From<NaiveTime> for Elapsed {
    fn from(time: NaiveTime) -> Self {
        Self { seconds: time.num_seconds_from_midnight(), fraction: time.nanosecond() > 0 }
    }
}

/// One local day.
#[derive(Debug, Clone)]
pub(super) struct Day {
    /// The local date.
    pub(super) date: NaiveDate,
    /// The day of the week, Monday = 0.
    pub(super) weekday: usize,
    /// The business hours in whole quarters; none if the line stays closed.
    pub(super) hours: Quarters,
    /// Local midnight at its beginning.
    start: DateTime<Utc>,
    /// Local midnight at its end.
    end: DateTime<Utc>,
    /// How many seconds it has.
    seconds: u32,
    /// How many seconds local midnight comes before UTC midnight of the same date: one hour or two.
    lead: u32,
}

impl Day {
    /// The ruler of a date, without business hours.
    pub(super) fn new(date: NaiveDate) -> Self {
        Self::from_midnight(date, midnight(date))
    }

    fn from_midnight(date: NaiveDate, start: DateTime<Utc>) -> Self {
        let end = date.succ_opt().map_or(start, midnight);
        Self {
            date,
            weekday: date.weekday() as usize,
            hours: Quarters::NONE,
            start,
            end,
            seconds: Elapsed::new(end - start).seconds,
            lead: Elapsed::new(date.and_time(NaiveTime::MIN).and_utc() - start).seconds,
        }
    }

    /// Whether the clocks stay as they are, so that a wall time lies where it does on every other such day.
    pub(super) const fn is_ordinary(&self) -> bool {
        self.seconds == ORDINARY_DAY_SECONDS
    }

    /// The whole quarters between two wall times.
    pub(super) fn wall_span(&self, from: NaiveTime, to: NaiveTime) -> Span {
        if self.is_ordinary() {
            return ordinary_wall_span(from, to);
        }
        let elapsed = |time| Elapsed::new(from_local(self.date, time) - self.start);
        elapsed(from).span_to(elapsed(to), Partial::Falls)
    }

    /// The instant at which a quarter begins.
    pub(super) fn instant(&self, quarter: u32) -> DateTime<Utc> {
        let elapsed = quarter.saturating_mul(QUARTER_SECONDS);
        // Nearly always it lies on the UTC date of the same name, so that no arithmetic of the calendar is needed.
        let in_utc_date = |second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0);
        match elapsed.checked_sub(self.lead).and_then(in_utc_date) {
            Some(time) => self.date.and_time(time).and_utc(),
            None => {
                self.start.checked_add_signed(TimeDelta::seconds(elapsed.into())).unwrap_or(DateTime::<Utc>::MAX_UTC)
            }
        }
    }

    /// The first quarter that begins at `instant` or later: the day's first if it comes before, the number of its quarters
    /// if it comes after.
    pub(super) fn quarter_from(&self, instant: DateTime<Utc>) -> u32 {
        Elapsed::new(instant.clamp(self.start, self.end) - self.start).next_quarter()
    }

    /// The quarter that begins at `instant`; `None` if none of this day does.
    pub(super) fn quarter_at(&self, instant: DateTime<Utc>) -> Option<u32> {
        let quarter = self.quarter_from(instant);
        (self.instant(quarter) == instant).then_some(quarter)
    }

    /// The quarters that a stretch of time covers.
    fn span(&self, during: &Interval, partial: Partial) -> Span {
        let elapsed = |instant: DateTime<Utc>| Elapsed::new(instant.clamp(self.start, self.end) - self.start);
        elapsed(during.start()).span_to(elapsed(during.end()), partial)
    }
}

/// The whole quarters between two wall times of a day on which the clocks stay as they are.
pub(super) fn ordinary_wall_span(from: NaiveTime, to: NaiveTime) -> Span {
    Elapsed::from(from).span_to(to.into(), Partial::Falls)
}

/// Local days in a row, at least one.
#[derive(Debug, Clone)]
pub(super) struct Days {
    days: Vec<Day>,
    /// For each day of a year, the number of the day that falls on it. Where there is none, or one for each of several
    /// years, it is some other number: the date has to be compared.
    by_ordinal: Vec<usize>,
}

impl Days {
    /// The days of the line from `first` to `last`, both included; at least `first`.
    pub(super) fn new(calendar: &BusinessCalendar, first: NaiveDate, last: NaiveDate) -> Self {
        let mut days = Vec::new();
        let mut by_ordinal = vec![0; DAYS_OF_LEAP_YEAR];
        let mut start = midnight(first);
        for date in iter::successors(Some(first), NaiveDate::succ_opt).take_while(|&date| date <= last.max(first)) {
            let mut day = Day::from_midnight(date, start);
            if calendar.is_working_day(date) {
                let (opens, closes) = calendar.wall_hours(date);
                day.hours = day.wall_span(opens, closes).into();
            }
            start = day.end;
            by_ordinal[date.ordinal0() as usize] = days.len();
            days.push(day);
        }
        Self { days, by_ordinal }
    }

    /// The days in order.
    pub(super) fn as_slice(&self) -> &[Day] {
        &self.days
    }

    /// The first of them.
    pub(super) fn first(&self) -> &Day {
        &self.days[0]
    }

    /// What a stretch of time covers: visits the number of each day that it meets, with the quarters of that day.
    #[inline]
    pub(super) fn cover(&self, during: &Interval, partial: Partial, mut visit: impl FnMut(usize, Span)) {
        match self.cover_one(during, partial) {
            Some((index, span)) => visit(index, span),
            None if self.meet(during) => self.cover_any(during, partial, visit),
            None => {}
        }
    }

    /// [`cover`](Self::cover) for a stretch of time within one of these days and within one UTC date.
    ///
    /// Nearly all appointments are of that kind, and reading them is most of the work of an offer: this looks at the
    /// dates and seconds of which instants are made, and needs no arithmetic of the calendar.
    #[inline]
    fn cover_one(&self, during: &Interval, partial: Partial) -> Option<(usize, Span)> {
        let (start, end) = (during.start().naive_utc(), during.end().naive_utc());
        let index = self.by_ordinal[start.date().ordinal0() as usize];
        let day = &self.days[index];
        if start.date() != day.date || end.date() != day.date {
            return None;
        }
        let elapsed = |utc: NaiveTime| {
            let Elapsed { seconds, fraction } = utc.into();
            Elapsed { seconds: seconds + day.lead, fraction }
        };
        let (start, end) = (elapsed(start.time()), elapsed(end.time()));
        // Otherwise it reaches into the next local day.
        (end.seconds < day.seconds).then(|| (index, start.span_to(end, partial)))
    }

    /// [`cover`](Self::cover) for any stretch of time.
    #[cold]
    fn cover_any(&self, during: &Interval, partial: Partial, mut visit: impl FnMut(usize, Span)) {
        let first = self.days.partition_point(|day| day.end <= during.start());
        for (index, day) in self.days.iter().enumerate().skip(first).take_while(|(_, day)| day.start < during.end()) {
            visit(index, day.span(during, partial));
        }
    }

    /// Whether a stretch of time and these days have anything in common.
    fn meet(&self, during: &Interval) -> bool {
        self.first().start < during.end() && self.days.last().is_some_and(|last| during.start() < last.end)
    }
}
