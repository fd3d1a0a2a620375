//! A request as the desk sees it: everything its customer sees, what staff write about it among themselves, who has it, and
//! what can be done with it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    attempts::ContactAttempt,
    lanes::{Colleague, Lane},
    pages::RequestPage,
    ratings::Feedback,
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        codes::coded_enum,
        ids::{CustomerId, MemberId, ProgramId, StaffId, WorkTypeId},
        numbers::RequestNumber,
        terms::Urgency,
    },
    line::catalogue::WorkType,
    ordering::{
        conversations::VendorConversation,
        offers::Offer,
        outages::OutagesOfRequest,
        requests::{RequestSource, RequestState},
    },
    people::erasure::erased_number,
};

/// The most characters of what staff write for one another.
pub const CASE_NOTE_MAX: usize = 2_000;

coded_enum! {
    /// What the desk does with a request in its customer's place.
    pub enum CaseAct {
        /// Offers times, agrees one, or moves the one that is agreed.
        Time = "time",
        /// Gives the agreed time to another technician.
        Reassign = "reassign",
        /// Corrects the kind of work or its urgency.
        Reclassify = "reclassify",
        /// Writes the next request, which goes on from this one.
        FollowUp = "follow-up",
        /// Ends it in favour of another request of the same customer that says the same.
        Merge = "merge",
        /// Calls it off, or declines it.
        Cancel = "cancel",
    }
}

impl CaseAct {
    /// Whether it can be done with a request that stands there.
    #[must_use]
    pub const fn is_possible(self, state: RequestState) -> bool {
        match self {
            Self::Time | Self::Reclassify | Self::Cancel => {
                matches!(state, RequestState::Waiting | RequestState::Scheduled)
            }
            // What has a time is the one that goes on.
            Self::Merge => matches!(state, RequestState::Waiting),
            Self::Reassign => matches!(state, RequestState::Scheduled),
            Self::FollowUp => !matches!(state, RequestState::Draft),
        }
    }
}

/// What somebody of the vendor wrote for the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseNote {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// What was written.
    pub note: String,
}

/// An attempt to reach the customer, with who tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAttempt {
    /// Who tried.
    pub by: String,
    /// What was tried, and what came of it.
    pub attempt: ContactAttempt,
}

/// The staff's page of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CasePage {
    /// As the customer sees it; the timeline names staff, too.
    pub request: RequestPage,
    /// Whose it is.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// How it came in.
    pub source: RequestSource,
    /// The lane of the queue in which it is, if it is in one.
    pub lane: Option<Lane>,
    /// Who has it.
    pub claimed_by: Option<Colleague>,
    /// Until when it rests.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// With whom its latest time was agreed.
    pub technician: Option<Colleague>,
    /// The starts that are on offer.
    pub offered: Vec<DateTime<Utc>>,
    /// Which request it goes on from.
    pub follows: Option<RequestNumber>,
    /// Which requests go on from it.
    pub followed_by: Vec<RequestNumber>,
    /// In favour of which request it ended.
    pub merged_into: Option<RequestNumber>,
    /// Which requests ended in favour of it.
    pub merged_from: Vec<MergedRequest>,
    /// The outages with which it has to do.
    pub outages: OutagesOfRequest,
    /// How the conversation with its customer stands.
    pub conversation: VendorConversation,
    /// What its customer said of the work.
    pub feedback: Vec<Feedback>,
    /// What staff wrote for one another, the oldest first.
    pub notes: Vec<CaseNote>,
    /// Attempts to reach the customer, the oldest first.
    pub attempts: Vec<CaseAttempt>,
    /// Others at the desk, to whom it can be handed over; nobody for a technician, who looks on.
    pub colleagues: Vec<Colleague>,
    /// Who looks at it.
    pub viewer: StaffId,
    /// Whether the viewer may do something with it; technicians look on.
    pub may_act: bool,
}

/// A request that ended in favour of another one, which has to do what it asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedRequest {
    /// Its number.
    pub number: RequestNumber,
    /// In the customer's words.
    pub what_happened: String,
}

impl CasePage {
    /// Whether somebody else has it.
    #[must_use]
    pub fn is_anothers(&self) -> bool {
        self.claimed_by.as_ref().is_some_and(|colleague| colleague.id != self.viewer)
    }

    /// Whether another request may go on from it: it goes on under no other number, and who ordered it is not erased.
    #[must_use]
    pub fn may_be_followed(&self) -> bool {
        self.merged_into.is_none() && !self.is_of_erased()
    }

    /// Whether the person who ordered it is erased.
    #[must_use]
    pub fn is_of_erased(&self) -> bool {
        erased_number(&self.request.summary.ordered_by).is_some()
    }
}

/// A page on which something is done with a request: [`CaseAct`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActPage {
    /// The request.
    pub case: CasePage,
    /// What is to be done.
    pub act: CaseAct,
    /// When somebody who knows the work is free, for [`CaseAct::Time`]; of one technician, where only that person is asked about.
    pub times: Vec<Offer>,
    /// By when an urgent one that has no time was promised one.
    pub promised: Option<DateTime<Utc>>,
    /// Whether who ordered it gets mail: nobody else is told what is offered.
    pub can_be_written_to: bool,
    /// Who could take the agreed time, for [`CaseAct::Reassign`]; who knows the work, for [`CaseAct::Time`].
    pub technicians: Vec<Colleague>,
    /// What says the same perhaps: the customer's other open requests, for [`CaseAct::Merge`].
    pub others: Vec<OpenRequest>,
    /// What it could be instead, for [`CaseAct::Reclassify`].
    pub work_types: Vec<WorkType>,
    /// What it is.
    pub work_type: WorkTypeId,
}

/// A request that staff write for somebody of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenRequest {
    /// Which program.
    pub program: ProgramId,
    /// What kind of work.
    pub work_type: WorkTypeId,
    /// How urgent.
    pub urgency: Urgency,
    /// What was said.
    pub what_happened: String,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
}

/// Somebody of a customer whom a search found, or who calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCustomer {
    /// Which customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// Its IČO.
    pub ico: String,
    /// Why it was found: a person, a contract, a request; empty when it is the name or the IČO.
    pub because: String,
    /// Whether it was found by the number under which TeamViewer knows a computer, which reads like a telephone's.
    pub is_by_computer: bool,
}

/// A request of the caller's that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequest {
    /// The request's number.
    pub number: RequestNumber,
    /// Where it stands.
    pub state: RequestState,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// How urgent.
    pub urgency: Urgency,
    /// When its agreed time begins.
    pub start: Option<DateTime<Utc>>,
}

/// Somebody of the customer, for whom a request can be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallerPerson {
    /// Which person.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// The telephone number, if one is known.
    pub phone: String,
    /// Whether a mail reaches them.
    pub is_reached: bool,
}

#[cfg(test)]
mod tests {
    use super::CaseAct;
    use crate::model::ordering::requests::{RequestEvent, RequestState};

    #[test]
    fn what_can_be_done_is_what_the_life_of_a_request_allows() {
        for &state in RequestState::ALL {
            let may_have_a_time =
                state.after(RequestEvent::Schedule).is_ok() || state.after(RequestEvent::Move).is_ok();
            let is_sent = state != RequestState::Draft;
            assert_eq!(CaseAct::Time.is_possible(state), may_have_a_time && is_sent, "{state}");
            assert_eq!(
                CaseAct::Cancel.is_possible(state),
                state.after(RequestEvent::Cancel).is_ok() && is_sent,
                "{state}"
            );
            assert_eq!(CaseAct::Reassign.is_possible(state), state.after(RequestEvent::Move).is_ok(), "{state}");
        }
    }
}
