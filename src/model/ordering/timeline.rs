//! A request as its customer sees it: in the list, and on its own page with what happened to it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{attachments::Attachment, offers::Slot};
use crate::model::base::{bilingual::Bilingual, codes::coded_enum};

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
        /// No technician came at the agreed time.
        MissedByUs = "missed_by_us",
        /// We called the agreed time off before it came.
        CalledOffByUs = "called_off_by_us",
        /// A technician began after all, though the time had been missed.
        StartedLate = "started_late",
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
        /// Dispatch offered times to pick from.
        Offered = "offered",
        /// Another technician takes the agreed time.
        Reassigned = "reassigned",
        /// The vendor declined it.
        Declined = "declined",
        /// Another request goes on from it.
        Continued = "continued",
        /// It said the same as another request, which the note names, and ended in its favour.
        Merged = "merged",
        /// It belongs to an outage from then on.
        OutageJoined = "outage_joined",
        /// It was taken out of the outage again.
        OutageLeft = "outage_left",
        /// Something was told to all who belong to the outage.
        OutageNews = "outage_news",
        /// The outage is over.
        OutageOver = "outage_over",
        /// What was closed was opened again, to put its receipt right.
        Reopened = "reopened",
        /// Somebody of the customer wrote to us; the note is the message.
        CustomerWrote = "customer_wrote",
        /// We wrote to the customer.
        VendorWrote = "vendor_wrote",
        /// Whoever ordered it took it back within its first minutes: nothing has happened.
        Withdrawn = "withdrawn",
        /// The customer put right what was written or who will sit at the computer; the note is the former description.
        DetailsChanged = "details_changed",
    }
}

impl TimelineKind {
    /// Whether it is a message, and nothing happened to the request by it.
    #[must_use]
    pub const fn is_message(self) -> bool {
        matches!(self, Self::CustomerWrote | Self::VendorWrote)
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: TimelineKind,
    /// By whom; none for the system, a staff member's role and name are not shown to customers.
    pub by: Option<String>,
    /// The program that did it in that person's name.
    pub program: Option<Bilingual>,
    /// The time that was agreed by it.
    pub slot: Option<Slot>,
    /// The reason that was given, or what was said.
    pub note: String,
    /// What was told to all who belong to its outage.
    pub told: Option<Bilingual>,
    /// When it was said on the telephone, where staff wrote down what they heard.
    pub said_at: Option<DateTime<Utc>>,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
}

/// What a customer did with an agreed time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeChange {
    /// It was agreed.
    Agreed,
    /// It was changed.
    Moved,
    /// It was called off.
    Cancelled,
}

impl TimeChange {
    /// What something that happened to a request did with its time; none for what did nothing with it.
    #[must_use]
    pub const fn of(kind: TimelineKind) -> Option<Self> {
        match kind {
            TimelineKind::Confirmed => Some(Self::Agreed),
            TimelineKind::Moved => Some(Self::Moved),
            TimelineKind::Cancelled | TimelineKind::Withdrawn => Some(Self::Cancelled),
            _ => None,
        }
    }
}
