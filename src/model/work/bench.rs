//! The technician's day and workbench: what pages show and what may be done there.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    billing::Bill,
    receipts::InterventionRef,
    segments::{Segment, SegmentKind},
};
use crate::model::{
    base::{codes::coded_enum, ids::SegmentId},
    minutes::estimate::PayerPool,
    ordering::{
        appointments::AppointmentState,
        offers::Slot,
        requests::RequestNumber,
        urgency::{Urgency, UrgencyClaim},
    },
};

/// The fewest attempts to reach the customer before an appointment counts as missed.
pub const NO_SHOW_ATTEMPTS: usize = 2;
/// How long after the agreed start an appointment can count as missed, in minutes.
pub const NO_SHOW_WAIT_MINUTES: i64 = 10;
/// The longest intervention that a ceiling can speak of, in minutes.
pub const HIGHEST_CEILING: u32 = 480;
/// The fewest characters of a report, a reason and a note.
pub const NOTE_MIN: usize = 3;
/// The most characters of a report.
pub const REPORT_MAX: usize = 4_000;
/// The most characters of a reason or a note.
pub const NOTE_MAX: usize = 500;

coded_enum! {
    /// How a technician tried to reach the customer.
    pub enum AttemptChannel {
        /// A call.
        Phone = "phone",
        /// A connection by TeamViewer.
        Teamviewer = "teamviewer",
        /// An e-mail.
        Email = "email",
    }
}

/// A technician's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkDay {
    /// The local date that is shown.
    pub date: NaiveDate,
    /// Appointments of that day, in order of time, whatever became of them.
    pub appointments: Vec<WorkAppointment>,
    /// Appointments of earlier days that nobody closed.
    pub left_open: Vec<WorkAppointment>,
    /// The technician's clock, if it runs.
    pub running: Option<RunningClock>,
    /// The date of the next day with an appointment, if any.
    pub next_day: Option<NaiveDate>,
}

/// A line of the technician's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkAppointment {
    /// The request.
    pub number: RequestNumber,
    /// The agreed time.
    pub slot: Slot,
    /// Where it stands.
    pub state: AppointmentState,
    /// The customer's name.
    pub customer: String,
    /// The program.
    pub program: String,
    /// The kind of work.
    pub work_type: String,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// Whether they promised that the program and TeamViewer will be running.
    pub ready: bool,
}

/// A clock that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningClock {
    /// For which request.
    pub number: RequestNumber,
    /// The customer's name.
    pub customer: String,
    /// What the technician does.
    pub kind: SegmentKind,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Since when it looks forgotten.
    pub forgotten_since: Option<DateTime<Utc>>,
}

/// A correction of a segment: what it said before, and why it no longer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentCorrection {
    /// The segment.
    pub segment: SegmentId,
    /// When it was corrected.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What it was before; none for a segment added by hand.
    pub before: Option<Segment>,
}

/// An attempt to reach the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAttempt {
    /// When.
    pub at: DateTime<Utc>,
    /// How.
    pub channel: AttemptChannel,
    /// What came of it.
    pub note: String,
}

/// The ceiling of an intervention: above it the customer is asked (design, Ceiling).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CeilingView {
    /// In effective minutes; none for no limit.
    pub minutes: Option<u32>,
    /// The question, once the ceiling was reached.
    pub consent: Option<Consent>,
}

/// A question for consent to go on above the ceiling, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// When it was asked: the instant at which the ceiling was reached.
    pub asked_at: DateTime<Utc>,
    /// The ceiling that was reached, in minutes.
    pub ceiling_minutes: u32,
    /// The answer; none while nobody has given one, which keeps the billed clock paused.
    pub answer: Option<ConsentAnswer>,
}

/// An answer to a question for consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentAnswer {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// Whether the work may go on.
    pub agreed: bool,
    /// The new ceiling, in minutes; none with `agreed` for no limit any more.
    pub new_ceiling: Option<u32>,
}

/// The workbench: one request, on its appointment's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkPage {
    /// As in the day's list.
    pub appointment: WorkAppointment,
    /// In the customer's words.
    pub what_happened: String,
    /// What stopped and since when, of an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// The intervention to which the work belongs, once it has begun.
    pub intervention: Option<InterventionRef>,
    /// Whether the work joins an earlier intervention, so that the minimum is not charged twice.
    pub resumed: bool,
    /// Its segments so far, in order of time; one may be running.
    pub segments: Vec<Segment>,
    /// Those of this visit: the technician may correct them. What stands on a receipt is changed by an objection only.
    pub of_this_visit: Vec<SegmentId>,
    /// What was corrected, the latest first.
    pub corrections: Vec<SegmentCorrection>,
    /// The technician's clock where it runs for another request.
    pub running_elsewhere: Option<RunningClock>,
    /// Since when the clock of this request looks forgotten.
    pub forgotten_since: Option<DateTime<Utc>>,
    /// The bill as it would be now.
    pub bill: Bill,
    /// The customer's minutes as they would pay for it, in drawing order.
    pub pools: Vec<PayerPool>,
    /// The ceiling and whether it was reached.
    pub ceiling: CeilingView,
    /// Attempts to reach the customer, the oldest first.
    pub attempts: Vec<ContactAttempt>,
    /// From when the appointment can count as missed.
    pub no_show_from: DateTime<Utc>,
    /// Whether the viewer may work the clock; dispatchers and managers look on.
    pub may_work: bool,
    /// When the page was made: what runs is counted up to here.
    pub now: DateTime<Utc>,
}

/// Why a step at the workbench is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum WorkRefused {
    /// The technician's clock already runs for another request.
    #[error("clock_runs_elsewhere")]
    ClockRunsElsewhere,
    /// The segment would overlap another one of the technician.
    #[error("overlaps")]
    Overlaps,
    /// The ceiling is reached and the customer has not agreed to go on.
    #[error("waiting_for_consent")]
    WaitingForConsent,
    /// The clock still runs.
    #[error("clock_runs")]
    ClockRuns,
    /// Nothing was done that could be closed.
    #[error("nothing_done")]
    NothingDone,
    /// It is too early, or there were too few attempts, to call it missed.
    #[error("not_missed_yet")]
    NotMissedYet,
    /// The agreed time lies too far ahead.
    #[error("too_early")]
    TooEarly,
    /// Somebody else's appointment.
    #[error("not_yours")]
    NotYours,
}

/// What a segment should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentTimes {
    /// What was done.
    pub kind: SegmentKind,
    /// From when.
    pub started_at: DateTime<Utc>,
    /// Until when.
    pub ended_at: DateTime<Utc>,
}
