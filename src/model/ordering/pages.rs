//! What pages show of ordering: the steps of a draft, the list of requests, the desk's appointments.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    appointments::{AppointmentState, ChangeRefused},
    drafts::Draft,
    offers::{Offer, Slot},
    requests::RequestState,
};
use crate::model::{
    base::{ids::RequestId, numbers::RequestNumber, terms::Urgency},
    line::{
        catalogue::{Program, SlotChoice, WorkType},
        settings::LineSettings,
        tiers::ResponseTier,
    },
    minutes::{billing_terms::BillingTerms, contracts::Rates, estimate::Estimate},
};

/// `/order`: which program, and the drafts left unfinished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgramChoice {
    /// Programs that the customer runs.
    pub programs: Vec<Program>,
    /// The member's own unfinished drafts, the newest first.
    pub drafts: Vec<Draft>,
    /// A fresh identity for a draft begun from this page.
    pub new_draft: RequestId,
}

/// The kinds of work to choose from, with what an estimate needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkTypeChoice {
    /// The draft so far.
    pub draft: Draft,
    /// What can be ordered.
    pub work_types: Vec<WorkType>,
    /// What would pay for it.
    pub payment: BillingTerms,
}

/// Urgent or normal: the guard's facts and what each answer would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UrgencyChoice {
    /// The draft so far.
    pub draft: Draft,
    /// The customer's response tier.
    pub tier: ResponseTier,
    /// The first time on offer were it normal.
    pub first_normal: Option<Offer>,
    /// The first time on offer were it urgent; none for plannable work.
    pub first_urgent: Option<Offer>,
    /// What a minute beyond the prepaid ones costs, excluding VAT.
    pub rates: Rates,
    /// Whether these are the rates of a contract.
    pub has_contract: bool,
}

/// The times on offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimeChoice {
    /// The draft so far.
    pub draft: Draft,
    /// The customer's response tier.
    pub tier: ResponseTier,
    /// Every offered slot with its reason, the first first; the held one is among them.
    pub offers: Vec<Offer>,
    /// What it will probably cost.
    pub estimate: Estimate,
}

/// The time that a draft holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldTime {
    /// The held slot.
    pub slot: Slot,
    /// Until when it is held.
    pub hold_expires_at: DateTime<Utc>,
    /// Until when the customer may still move or cancel if it is agreed now.
    pub cut_off: DateTime<Utc>,
}

/// The last look before the order is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftSummary {
    /// The draft so far, with its live hold.
    pub draft: Draft,
    /// The held time; none when dispatch will offer times.
    pub time: Option<HeldTime>,
    /// What it will probably cost.
    pub estimate: Estimate,
    /// The rules in force, for the words beside the button.
    pub settings: LineSettings,
}

/// Offers of one local day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayOffers {
    /// The local date.
    pub date: NaiveDate,
    /// Its offers in order of time; never empty.
    pub offers: Vec<Offer>,
}

/// Groups offers, which are in order of time, by local day.
#[must_use]
pub fn by_day(offers: &[Offer]) -> Vec<DayOffers> {
    let mut days: Vec<DayOffers> = Vec::new();
    for offer in offers {
        let date = crate::model::base::calendar::to_local(offer.slot.start).date();
        match days.last_mut() {
            Some(day) if day.date == date => day.offers.push(offer.clone()),
            _ => days.push(DayOffers { date, offers: vec![offer.clone()] }),
        }
    }
    days
}

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
