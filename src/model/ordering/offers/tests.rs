//! Tests of the offers: by example, by property, and against a slow reference that follows the words of the rules.

mod examples;
mod properties;
mod quarters;
mod reference;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{Busy, OfferQuery, PlanException, TechnicianPlan, WorkNeed};
use crate::model::{
    base::{
        calendar::{BusinessCalendar, Interval},
        ids::StaffId,
        terms::Urgency,
    },
    fixtures::{calendar, local, settings, standard, time},
    line::{
        plans::{ExceptionKind, PlannedWeek},
        settings::LineSettings,
        tiers::ResponseTier,
    },
};

/// All that a query borrows, so that a test says only what it is about.
#[derive(Debug, Clone)]
struct Case {
    now: DateTime<Utc>,
    urgency: Urgency,
    missed_by_us: bool,
    slot_minutes: u32,
    tier: ResponseTier,
    calendar: BusinessCalendar,
    settings: LineSettings,
    released: Vec<NaiveDate>,
    technicians: Vec<TechnicianPlan>,
}

/// The skill that every case asks for.
const SKILL: &str = "payroll";

impl Case {
    /// A normal request for an hour's work at a wall time; Standard; nobody works.
    fn at(now: &str) -> Self {
        Self {
            now: local(now),
            urgency: Urgency::Normal,
            missed_by_us: false,
            slot_minutes: 60,
            tier: standard(),
            calendar: calendar(),
            settings: settings(),
            released: Vec::new(),
            technicians: Vec::new(),
        }
    }

    fn urgent(self) -> Self {
        Self { urgency: Urgency::Urgent, ..self }
    }

    fn missed_by_us(self) -> Self {
        Self { missed_by_us: true, ..self }
    }

    fn with(mut self, technician: TechnicianPlan) -> Self {
        self.technicians.push(technician);
        self
    }

    fn query(&self) -> OfferQuery<'_> {
        OfferQuery {
            now: self.now,
            urgency: self.urgency,
            missed_by_us: self.missed_by_us,
            work: WorkNeed { slot_minutes: self.slot_minutes, skill: SKILL },
            tier: &self.tier,
            calendar: &self.calendar,
            settings: &self.settings,
            released: &self.released,
            technicians: &self.technicians,
        }
    }

    /// The starts on offer.
    fn starts(&self) -> Vec<DateTime<Utc>> {
        super::offers(&self.query()).into_iter().map(|offer| offer.slot.start).collect()
    }

    /// The starts on offer on one local date, as the clock shows them.
    fn starts_on(&self, day: &str) -> Vec<String> {
        let wall = self.starts().into_iter().map(crate::model::base::calendar::to_local);
        wall.filter(|start| start.date().to_string() == day).map(|start| start.time().to_string()[..5].into()).collect()
    }
}

/// Has the skill and works Monday to Friday between the given wall times.
fn technician(id: i64, spans: &[(&str, &str)]) -> TechnicianPlan {
    let spans: Vec<(NaiveTime, NaiveTime)> = spans.iter().map(|&(from, to)| (time(from), time(to))).collect();
    TechnicianPlan {
        technician: StaffId(id),
        skills: vec!["canteen".into(), SKILL.into()],
        is_near: true,
        weeks: vec![PlannedWeek {
            first: None,
            last: None,
            week: std::array::from_fn(|weekday| if weekday < 5 { spans.clone() } else { Vec::new() }),
        }],
        exceptions: Vec::new(),
        busy: Vec::new(),
    }
}

/// Has the skill and works whenever the line is open.
fn full_time(id: i64) -> TechnicianPlan {
    technician(id, &[("07:00", "15:30")])
}

fn during(start: &str, end: &str) -> Interval {
    Interval::new(local(start), local(end)).unwrap()
}

impl TechnicianPlan {
    fn busy(mut self, start: &str, end: &str) -> Self {
        self.busy.push(Busy { during: during(start, end), urgent: false });
        self
    }

    fn busy_urgently(mut self, start: &str, end: &str) -> Self {
        self.busy.push(Busy { during: during(start, end), urgent: true });
        self
    }

    fn elsewhere(self) -> Self {
        Self { is_near: false, ..self }
    }

    fn except(mut self, kind: ExceptionKind, start: &str, end: &str) -> Self {
        self.exceptions.push(PlanException { during: during(start, end), kind });
        self
    }
}
