//! A request as its customer sees it: in the list, and on its own page with what happened to it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    appointments::{AppointmentState, ChangeRefused},
    offers::{Offer, Slot},
    requests::{RequestNumber, RequestState},
    urgency::{Urgency, UrgencyClaim},
};
use crate::model::{
    base::codes::coded_enum,
    line::{catalogue::SlotChoice, settings::LineSettings},
    minutes::estimate::Estimate,
    work::{bench::CeilingView, receipts::InterventionRef, segments::SegmentKind},
};

/// One line of the list of requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSummary {
    /// The human number.
    pub number: RequestNumber,
    /// Where it stands.
    pub state: RequestState,
    /// The program's name.
    pub program: String,
    /// The work type's name.
    pub work_type: String,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Who ordered it.
    pub ordered_by: String,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// The agreed time, or the last one it had.
    pub slot: Option<Slot>,
    /// Who names its time.
    pub choice: SlotChoice,
}

impl RequestSummary {
    /// Whether it waits for its customer to pick a time.
    #[must_use]
    pub const fn awaits_pick(&self) -> bool {
        self.state.awaits_pick(self.choice)
    }
}

/// One page of the list: upcoming appointments first, then the rest by age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestList {
    /// Requests whose appointment is still ahead or under way, the next first.
    pub upcoming: Vec<RequestSummary>,
    /// Requests without an agreed time: they wait for their customer to pick one, or for dispatch to offer some.
    pub waiting: Vec<RequestSummary>,
    /// One page of the others, newest first.
    pub earlier: Vec<RequestSummary>,
    /// Where the next page of `earlier` begins, if there is one (keyset paging).
    pub more: Option<RequestNumber>,
}

coded_enum! {
    /// What happened to a request.
    pub enum TimelineKind {
        /// The customer sent it.
        Ordered = "ordered",
        /// A time was agreed.
        Confirmed = "confirmed",
        /// It waits for dispatch to offer times.
        Waiting = "waiting",
        /// The time was changed.
        Moved = "moved",
        /// It was called off.
        Cancelled = "cancelled",
        /// Staff changed its urgency.
        Reclassified = "reclassified",
        /// A technician began to work on it.
        Started = "started",
        /// The work stopped unfinished; another time is needed.
        Suspended = "suspended",
        /// The work was finished.
        Closed = "closed",
        /// The customer could not be reached at the agreed time.
        NoShow = "no_show",
        /// The ceiling was reached and the customer was asked.
        ConsentAsked = "consent_asked",
        /// The customer agreed to go on above the ceiling.
        ConsentGiven = "consent_given",
        /// The customer did not agree to go on.
        ConsentRefused = "consent_refused",
        /// A member objected to a segment of the receipt.
        Contested = "contested",
        /// Staff decided about an objection.
        ContestDecided = "contest_decided",
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: TimelineKind,
    /// By whom; none for the system, a staff member's role and name are not shown to customers.
    pub by: Option<String>,
    /// The time that was agreed by it.
    pub slot: Option<Slot>,
    /// The reason that was given.
    pub note: String,
}

/// Whether the customer may still change the appointment, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeOptions {
    /// The last instant at which a customer may move or cancel.
    pub deadline: DateTime<Utc>,
    /// How many moves are left.
    pub moves_left: u32,
    /// Whether it may be moved now.
    pub may_move: Result<(), ChangeRefused>,
    /// Whether it may be cancelled now.
    pub may_cancel: Result<(), ChangeRefused>,
}

/// The page of one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestPage {
    /// As in the list.
    pub summary: RequestSummary,
    /// In the customer's words.
    pub what_happened: String,
    /// What stopped and since when, of an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// What it would probably cost, as shown before it was confirmed.
    pub estimate: Option<Estimate>,
    /// What the customer may still do; none when nothing is agreed.
    pub change: Option<ChangeOptions>,
    /// Of one that waits for its customer to pick a time: the last day on which work that was billed can be resumed without
    /// another minimum. None when no time is on offer so soon.
    pub joins_until: Option<NaiveDate>,
    /// What happened, the oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Its interventions whose receipts can be read, in order.
    pub receipts: Vec<ReceiptSummary>,
    /// The clock that runs, or the question that waits for an answer, while a technician is at work.
    pub progress: Option<WorkProgress>,
    /// Whether this viewer may change it.
    pub may_order: bool,
    /// Whether this viewer may answer a question for consent: a member with `buy`.
    pub may_buy: bool,
}

/// A closed intervention on the page of its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSummary {
    /// Which.
    pub intervention: InterventionRef,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// Billed minutes.
    pub billed: u32,
    /// What was done, in the customer's words.
    pub report: String,
}

/// Work that is under way, as the customer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkProgress {
    /// When the technician began.
    pub started_at: DateTime<Utc>,
    /// What the clock counts right now; none while it is paused.
    pub running: Option<SegmentKind>,
    /// Effective minutes so far, rounded up.
    pub minutes: u32,
    /// The ceiling, and whether it was reached.
    pub ceiling: CeilingView,
}

/// The times to which an appointment can be moved, or from which that of a waiting request is picked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoveChoice {
    /// The request.
    pub page: RequestPage,
    /// Every offered slot with its reason.
    pub offers: Vec<Offer>,
    /// The rules in force.
    pub settings: LineSettings,
}

/// One line of the staff's list of appointments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAppointment {
    /// The agreed time.
    pub slot: Slot,
    /// Who takes it.
    pub technician: String,
    /// The customer's name.
    pub customer: String,
    /// The request.
    pub number: RequestNumber,
    /// The program's name.
    pub program: String,
    /// The work type's name.
    pub work_type: String,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// Whether it is ahead or under way.
    pub state: AppointmentState,
}
