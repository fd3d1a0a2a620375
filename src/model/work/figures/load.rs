//! How long technicians were planned to work.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::model::{
    base::{
        calendar::{BusinessCalendar, Interval, from_local},
        ids::StaffId,
    },
    line::plans::{ExceptionKind, PlannedWeek},
};

/// When a technician was planned to work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDays {
    /// Whose plan it is.
    pub technician: StaffId,
    /// The weeks, in order.
    pub weeks: Vec<PlannedWeek>,
    /// Deviations from them.
    pub exceptions: Vec<(Interval, ExceptionKind)>,
}

impl PlannedDays {
    fn exceptions_of(&self, kind: ExceptionKind) -> impl Iterator<Item = Interval> {
        self.exceptions.iter().filter(move |(_, of)| *of == kind).map(|(during, _)| *during)
    }
}

/// How many minutes of a day a technician was planned to work: the week and what is on top of it, within the line's hours, without
/// absences. None on a day on which the line is closed.
#[must_use]
pub fn planned_minutes(plan: &PlannedDays, calendar: &BusinessCalendar, day: NaiveDate) -> u32 {
    let Some(hours) = calendar.hours(day) else { return 0 };
    let weekday = day.weekday().num_days_from_monday() as usize;
    let week = plan.weeks.iter().rfind(|week| week.holds_on(day));
    let spans = week.map_or(&[][..], |week| &week.week[weekday]);
    let spans = spans.iter().filter_map(|(from, to)| Interval::new(from_local(day, *from), from_local(day, *to)));
    let at_work: Vec<_> = spans.chain(plan.exceptions_of(ExceptionKind::Extra)).collect();
    let off: Vec<_> = plan.exceptions_of(ExceptionKind::Off).collect();
    let mut bounds: Vec<DateTime<Utc>> = at_work
        .iter()
        .chain(&off)
        .flat_map(|during| [during.start(), during.end()])
        .filter(|bound| hours.contains(*bound))
        .chain([hours.start(), hours.end()])
        .collect();
    bounds.sort_unstable();
    let within = |all: &[Interval], at| all.iter().any(|during| during.contains(at));
    let pieces = bounds.windows(2).filter(|two| within(&at_work, two[0]) && !within(&off, two[0]));
    let seconds: i64 = pieces.map(|two| (two[1] - two[0]).num_seconds()).sum();
    u32::try_from(seconds / 60).unwrap_or(0)
}
