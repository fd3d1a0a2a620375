//! Plans: in which weeks technicians work, from which day on, and when they deviate from them.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    calendar::{Interval, from_local, last_day, midnight, to_local},
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, keep_line},
    ids::{PlanExceptionId, StaffId},
};

/// A week, Monday first: spans of local wall time. Several a day leave breaks between them; a span that does not start before
/// it ends is none.
pub type Week = [Vec<(NaiveTime, NaiveTime)>; 7];

/// A week, and the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlannedWeek {
    /// The first day on which it holds; none for always.
    pub first: Option<NaiveDate>,
    /// The last one; none for ever.
    pub last: Option<NaiveDate>,
    /// The week.
    pub week: Week,
}

impl PlannedWeek {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= date) && self.last.is_none_or(|last| date <= last)
    }

    /// What of it holds before a day on which its technician does not work here any more; none when that is nothing.
    #[must_use]
    pub fn until(self, leaves_on: Option<NaiveDate>) -> Option<Self> {
        let Some(leaves_on) = leaves_on else { return Some(self) };
        let last_day = leaves_on.pred_opt()?;
        let last = Some(self.last.map_or(last_day, |last| last.min(last_day)));
        self.first.is_none_or(|first| first < leaves_on).then_some(Self { last, ..self })
    }

    /// Whether there is no work in it.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.week.iter().all(Vec::is_empty)
    }
}

coded_enum! {
    /// What an exception does to the usual week.
    pub enum ExceptionKind {
        /// Not at work. It wins over everything.
        Off = "off",
        /// At work on top of the week; still only in the line's business hours.
        Extra = "extra",
    }
}

/// The most characters of a note on an absence.
pub const NOTE_MAX: usize = 200;
/// The furthest ahead that plans are entered, in days.
const FURTHEST: Days = Days::new(3 * 366);

/// A week as it is typed: a line for each day, Monday first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedPlan {
    /// From which day on it holds.
    pub first: String,
    /// Up to which day; empty for ever.
    pub last: String,
    /// The days: "7:00–11:30, 12:00–15:30", empty for a day off.
    pub days: [String; 7],
}

impl TypedPlan {
    /// The week that is to hold from a day on which has not passed.
    ///
    /// # Errors
    /// Every field that is not right, in the order of the form: `week_first` and `week_last`, since the form of an absence on the
    /// same page has days, too; a day's is called `day1` to `day7`.
    pub fn check(&self, today: NaiveDate) -> Result<PlannedWeek, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut or_note = |field: String, code| problems.push(FieldProblem::new(field, code));
        let first = day_from(&self.first, Some(today), today).unwrap_or_else(|code| {
            or_note("week_first".into(), code);
            today
        });
        let last = match self.last.trim() {
            "" => None,
            typed => day_from(typed, Some(first), today).map_err(|code| or_note("week_last".into(), code)).ok(),
        };
        let mut week = Week::default();
        for (number, (typed, spans)) in self.days.iter().zip(&mut week).enumerate() {
            match spans_of(typed) {
                Some(typed) => *spans = typed,
                None => or_note(format!("day{}", number + 1), FieldCode::NotAPlan),
            }
        }
        if problems.is_empty() { Ok(PlannedWeek { first: Some(first), last, week }) } else { Err(problems) }
    }
}

/// The spans of a day as they are typed, in order; none unless each starts before it ends and before the next one.
#[must_use]
pub fn spans_of(typed: &str) -> Option<Vec<(NaiveTime, NaiveTime)>> {
    let parts = typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let spans: Vec<_> = parts.map(span_of).collect::<Option<_>>()?;
    let in_order = spans.windows(2).all(|two| two[0].1 <= two[1].0);
    (in_order && spans.iter().all(|(from, to)| from < to)).then_some(spans)
}

fn span_of(typed: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (from, to) = typed.split_once(['–', '-', '—'])?;
    Some((time_of(from)?, time_of(to)?))
}

/// "7", "7:30" or "7.30".
fn time_of(typed: &str) -> Option<NaiveTime> {
    let (hour, minute) = typed.trim().split_once([':', '.']).unwrap_or((typed.trim(), "0"));
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// Spans of a day as they are typed.
#[must_use]
pub fn spans_as_typed(spans: &[(NaiveTime, NaiveTime)]) -> String {
    let time = |time: NaiveTime| time.format("%-H:%M").to_string();
    spans.iter().map(|&(from, to)| format!("{}–{}", time(from), time(to))).collect::<Vec<_>>().join(", ")
}

/// A deviation from the usual week as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedException {
    /// The first day.
    pub first: String,
    /// The last day; empty for the first one only.
    pub last: String,
    /// From when on the first day; empty for its beginning.
    pub from: String,
    /// Until when on the last day; empty for its end.
    pub until: String,
    /// Why, for colleagues.
    pub note: String,
}

impl TypedException {
    /// The time and the note as kept.
    ///
    /// # Errors
    /// Every field that is not right, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<(Interval, String), Vec<FieldProblem>> {
        let first = day_from(&self.first, None, today);
        let last = match (self.last.trim(), first) {
            ("", _) => Ok(first.unwrap_or(today)),
            (typed, first) => day_from(typed, first.ok(), today),
        };
        let time = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => time_of(typed).map(Some).ok_or(FieldCode::NotAPlan),
        };
        let (from, until) = (time(&self.from), time(&self.until));
        let note = keep_line(&self.note, 0..=NOTE_MAX);
        match (first, last, from, until, note) {
            (Ok(first), Ok(last), Ok(from), Ok(until), Ok(note)) => {
                if last < today {
                    let field = if self.last.trim().is_empty() { "first" } else { "last" };
                    return Err(vec![FieldProblem::new(field, FieldCode::OutOfRange)]);
                }
                let start = from_local(first, from.unwrap_or(NaiveTime::MIN));
                let end = until.map_or_else(|| midnight(last + Days::new(1)), |until| from_local(last, until));
                let during = Interval::new(start, end);
                let during = during.ok_or_else(|| vec![FieldProblem::new("until", FieldCode::OutOfRange)])?;
                Ok((during, note))
            }
            (first, last, from, until, note) => Err([
                ("first", first.err()),
                ("last", last.err()),
                ("from", from.err()),
                ("until", until.err()),
                ("absence_note", note.err()),
            ]
            .into_iter()
            .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
            .collect()),
        }
    }
}

/// For how long somebody is ill from today on, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedIllness {
    /// Whether from now on only: what was done today is done.
    pub from_now: bool,
    /// Through which day; today where nothing is typed.
    pub last: String,
}

impl TypedIllness {
    /// The time that it takes. From now on is from the quarter of an hour that has begun, so that whoever presses twice says the same.
    ///
    /// # Errors
    /// What is wrong with the day.
    pub fn check(&self, now: DateTime<Utc>) -> Result<Interval, FieldProblem> {
        let today = to_local(now).date();
        let last = match self.last.trim() {
            "" => today,
            typed => day_from(typed, Some(today), today).map_err(|code| FieldProblem::new("last", code))?,
        };
        let begun = TimeDelta::seconds(now.timestamp().rem_euclid(15 * 60));
        let start = if self.from_now { now - begun } else { midnight(today) };
        let end = midnight(last + Days::new(1));
        Interval::new(start, end).ok_or_else(|| FieldProblem::new("last", FieldCode::OutOfRange))
    }
}

/// A day as it is typed into a field of dates: not before `least`, and not further ahead than anybody plans.
///
/// # Errors
/// What is wrong with it.
pub fn day_from(typed: &str, least: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, FieldCode> {
    if typed.trim().is_empty() {
        return Err(FieldCode::Missing);
    }
    let date: NaiveDate = typed.trim().parse().map_err(|_| FieldCode::Unknown)?;
    let in_range = least.is_none_or(|least| least <= date) && date <= today + FURTHEST && date + FURTHEST >= today;
    if in_range { Ok(date) } else { Err(FieldCode::OutOfRange) }
}

/// A deviation from a technician's week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedException {
    /// Which of all deviations.
    pub id: PlanExceptionId,
    /// When it deviates.
    pub during: Interval,
    /// Which way.
    pub kind: ExceptionKind,
    /// Why, for colleagues.
    pub note: String,
}

impl PlannedException {
    /// The first and the last day, where it takes whole days.
    #[must_use]
    pub fn whole_days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let is_midnight = |at: DateTime<Utc>| to_local(at).time() == NaiveTime::MIN;
        let (start, end) = (self.during.start(), self.during.end());
        (is_midnight(start) && is_midnight(end)).then(|| (to_local(start).date(), last_day(end)))
    }
}

/// A technician as the list of plans shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedTechnician {
    /// Who it is.
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// From which day on the person does not work here any more.
    pub leaves_on: Option<NaiveDate>,
    /// The weeks that hold today or later, in order.
    pub weeks: Vec<PlannedWeek>,
    /// Deviations that are not over, in order.
    pub exceptions: Vec<PlannedException>,
}

impl PlannedTechnician {
    /// The weeks that hold today or later, in order, with one without work where nothing is planned between or after them.
    #[must_use]
    pub fn weeks_and_gaps(&self, today: NaiveDate) -> Vec<PlannedWeek> {
        let mut all = Vec::new();
        // From which day on nothing is planned yet; none after what holds for ever.
        let mut open = Some(today);
        for week in &self.weeks {
            if let (Some(from), Some(first)) = (open, week.first)
                && from < first
            {
                all.push(PlannedWeek { first: Some(from), last: first.pred_opt(), week: Week::default() });
            }
            open = week.last.and_then(|last| last.succ_opt());
            all.push(week.clone());
        }
        if let Some(from) = open.filter(|from| !self.weeks.is_empty() && self.leaves_on.is_none_or(|day| *from < day)) {
            let last = self.leaves_on.and_then(|day| day.pred_opt());
            all.push(PlannedWeek { first: Some(from), last, week: Week::default() });
        }
        all
    }
}

/// What `/settings/plans` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlansPage {
    /// Everybody who works as a technician, by name.
    pub technicians: Vec<PlannedTechnician>,
    /// The local date.
    pub today: NaiveDate,
}

/// What `/settings/plans/{person}` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPage {
    /// Whose plan it is.
    pub technician: PlannedTechnician,
    /// The local date.
    pub today: NaiveDate,
    /// Whether whoever looks may change the week; absences are entered by everybody at the desk.
    pub may_change: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{date, local, time};

    #[test]
    fn a_day_is_typed_as_one_writes_it() {
        let day = vec![(time("07:00"), time("11:30")), (time("12:00"), time("15:30"))];
        for typed in ["7:00–11:30, 12:00–15:30", "7-11.30;12-15:30", " 07:00 — 11:30 , 12:00 - 15:30 ,"] {
            assert_eq!(spans_of(typed), Some(day.clone()), "{typed}");
        }
        assert_eq!(spans_as_typed(&day), "7:00–11:30, 12:00–15:30");
        assert_eq!(spans_of(""), Some(Vec::new()), "a day off");
        for wrong in ["7", "7–7", "15–7", "7–12, 11–15", "7–25", "od 7 do 12", "7:00–11:30–12:00"] {
            assert_eq!(spans_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_week_holds_from_a_day_that_has_not_passed() {
        let today = date("2026-11-23");
        let mut typed = TypedPlan { first: "2026-12-01".into(), ..TypedPlan::default() };
        typed.days[0] = "7–12".into();
        let plan = typed.check(today).unwrap();
        assert_eq!((plan.first, plan.last), (Some(date("2026-12-01")), None));
        assert!(plan.holds_on(date("2026-12-01")) && !plan.holds_on(date("2026-11-30")));
        let wrong = TypedPlan { first: "2026-11-22".into(), last: "x".into(), days: Default::default() };
        let mut wrong_day = wrong.clone();
        wrong_day.days[6] = "pořád".into();
        let fields: Vec<_> = wrong_day.check(today).unwrap_err().into_iter().map(|one| (one.field, one.code)).collect();
        let expected = [
            ("week_first".into(), FieldCode::OutOfRange),
            ("week_last".into(), FieldCode::Unknown),
            ("day7".into(), FieldCode::NotAPlan),
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn an_absence_takes_whole_days_or_hours() {
        let today = date("2026-11-23");
        let check = |first: &str, last: &str, from: &str, until: &str| {
            let [first, last, from, until] = [first, last, from, until].map(str::to_owned);
            TypedException { first, last, from, until, note: String::new() }.check(today)
        };
        let during = |from, until| Interval::new(local(from), local(until)).unwrap();
        let (whole, _) = check("2026-11-24", "2026-11-25", "", "").unwrap();
        assert_eq!(whole, during("2026-11-24 00:00", "2026-11-26 00:00"));
        let (one, _) = check("2026-11-23", "", "", "").unwrap();
        assert_eq!(one, during("2026-11-23 00:00", "2026-11-24 00:00"));
        let (hours, _) = check("2026-11-24", "", "9:00", "11:00").unwrap();
        assert_eq!(hours, during("2026-11-24 09:00", "2026-11-24 11:00"));
        let kept =
            |during| PlannedException { id: PlanExceptionId(1), during, kind: ExceptionKind::Off, note: String::new() };
        assert_eq!(kept(whole).whole_days(), Some((date("2026-11-24"), date("2026-11-25"))));
        assert_eq!(kept(hours).whole_days(), None);
        for (first, last, from, until) in [
            ("", "", "", ""),
            ("2026-11-24", "2026-11-23", "", ""),
            ("2026-11-24", "", "11:00", "9:00"),
            ("2026-11-20", "", "", ""),
        ] {
            assert!(check(first, last, from, until).is_err(), "{first} {last} {from} {until}");
        }
        let field = |first, last| check(first, last, "", "").unwrap_err()[0].field.clone();
        assert_eq!(field("2026-11-22", ""), "first", "yesterday");
        assert_eq!(field("2026-11-20", "2026-11-21"), "last");
    }

    #[test]
    fn a_week_ends_when_its_technician_leaves() {
        let week = |first: Option<&str>, last: Option<&str>| PlannedWeek {
            first: first.map(date),
            last: last.map(date),
            week: Week::default(),
        };
        let leaves = Some(date("2026-12-10"));
        let lasts = |planned: PlannedWeek| planned.until(leaves).map(|planned| planned.last);
        assert_eq!(lasts(week(Some("2026-12-01"), None)), Some(Some(date("2026-12-09"))));
        assert_eq!(lasts(week(None, Some("2026-12-31"))), Some(Some(date("2026-12-09"))));
        assert_eq!(lasts(week(None, Some("2026-12-02"))), Some(Some(date("2026-12-02"))));
        assert_eq!(lasts(week(Some("2026-12-10"), None)), None);
        assert_eq!(week(None, None).until(None), Some(week(None, None)));
    }

    #[test]
    fn a_span_without_work_is_among_the_weeks() {
        let mut working = Week::default();
        working[0] = vec![(time("07:00"), time("12:00"))];
        let week = |first: Option<&str>, last: Option<&str>| PlannedWeek {
            first: first.map(date),
            last: last.map(date),
            week: working.clone(),
        };
        let mut technician = PlannedTechnician {
            id: StaffId(1),
            name: String::new(),
            leaves_on: None,
            weeks: vec![week(None, Some("2026-11-30")), week(Some("2026-12-07"), Some("2026-12-31"))],
            exceptions: Vec::new(),
        };
        let free = |technician: &PlannedTechnician| -> Vec<_> {
            let weeks = technician.weeks_and_gaps(date("2026-11-23"));
            weeks.into_iter().filter(PlannedWeek::is_free).map(|free| (free.first, free.last)).collect()
        };
        let between = (Some(date("2026-12-01")), Some(date("2026-12-06")));
        assert_eq!(free(&technician), [between, (Some(date("2027-01-01")), None)]);
        technician.leaves_on = Some(date("2027-01-01"));
        assert_eq!(free(&technician), [between]);
        technician.weeks.clear();
        assert!(free(&technician).is_empty(), "who has no plan at all is said to have none");
    }
}
