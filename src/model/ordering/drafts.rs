//! A draft that a member fills in step by step until its time is agreed.
//!
//! The draft is a service request in the state `Draft` and lives in the database, so that neither the browser's Back
//! nor a closed window loses what was typed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{offers::Slot, urgency::UrgencyClaim};
use crate::model::{
    base::{ids::RequestId, terms::Urgency},
    line::catalogue::{Program, SlotChoice, WorkType},
};

/// The questions that a draft answers, in the order in which they are asked; each is a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DraftStep {
    /// Which program it is about.
    Program,
    /// What kind of work it is.
    WorkType,
    /// What happened, who will sit at the computer.
    Details,
    /// Whether it could have been foreseen.
    Urgency,
    /// When the technician shall connect.
    Time,
    /// All of it once more, with the slot held meanwhile; what sends the order.
    Confirm,
}

impl DraftStep {
    /// All steps in order.
    pub const ALL: [DraftStep; 6] = [
        DraftStep::Program,
        DraftStep::WorkType,
        DraftStep::Details,
        DraftStep::Urgency,
        DraftStep::Time,
        DraftStep::Confirm,
    ];

    /// The steps of an order whose time is chosen by `choice`, in order: what dispatch chooses is not asked.
    pub fn of(choice: SlotChoice) -> impl Iterator<Item = DraftStep> {
        let asks_time = choice == SlotChoice::Customer;
        Self::ALL.into_iter().filter(move |step| asks_time || *step != DraftStep::Time)
    }
}

/// What has been filled in so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Identity of the request to be; chosen when the first form was rendered, hence also its idempotency key.
    pub id: RequestId,
    /// The chosen program.
    pub program: Program,
    /// The chosen kind of work.
    pub work_type: Option<WorkType>,
    /// In the customer's words.
    pub what_happened: String,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// "TeamViewer and the program will be running."
    pub ready: bool,
    /// The chosen urgency.
    pub urgency: Option<Urgency>,
    /// What stopped and since when; only for an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// The slot that is held for this draft, if any; it may have expired.
    pub held: Option<HeldSlot>,
    /// When the draft was begun.
    pub created_at: DateTime<Utc>,
}

/// A slot held for a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldSlot {
    /// The time that is held.
    pub slot: Slot,
    /// Until when; free for everybody from this instant on.
    pub expires_at: DateTime<Utc>,
}

impl Draft {
    /// The first step that still wants an answer: where to continue, and beyond which nobody may skip.
    #[must_use]
    pub fn next_step(&self) -> DraftStep {
        let Some(work_type) = &self.work_type else { return DraftStep::WorkType };
        if self.what_happened.is_empty() {
            DraftStep::Details
        } else if self.urgency.is_none_or(|urgency| urgency == Urgency::Urgent && work_type.plannable) {
            // What has become plannable since is not urgent any more: that is asked again.
            DraftStep::Urgency
        } else if self.held.is_none() && work_type.choice == SlotChoice::Customer {
            DraftStep::Time
        } else {
            DraftStep::Confirm
        }
    }
}
