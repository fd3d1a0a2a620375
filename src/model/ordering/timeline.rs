//! A request as its customer sees it: in the list, and on its own page with what happened to it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    appointments::{AppointmentState, ChangeRefused},
    offers::Slot,
    requests::RequestState,
};
use crate::model::base::{numbers::RequestNumber, terms::Urgency};
use crate::model::{base::codes::coded_enum, line::catalogue::SlotChoice};

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
