//! A draft that a member fills in step by step until its time is agreed.
//!
//! The draft is a service request in the state `Draft` and lives in the database, so that neither the browser's Back
//! nor a closed window loses what was typed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    offers::{Offer, Slot},
    urgency::UrgencyClaim,
};
use crate::model::base::terms::Urgency;
use crate::model::{
    base::ids::RequestId,
    line::{
        catalogue::{Program, WorkType},
        settings::LineSettings,
        tiers::ResponseTier,
    },
    minutes::estimate::{Estimate, PayerPool},
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
    /// All of it once more, with the slot held meanwhile.
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

    /// The path of the step's page.
    #[must_use]
    pub fn path(self, draft: RequestId) -> String {
        match self {
            DraftStep::Program => format!("/order/{draft}"),
            DraftStep::WorkType => format!("/order/{draft}/work-type"),
            DraftStep::Details => format!("/order/{draft}/details"),
            DraftStep::Urgency => format!("/order/{draft}/urgency"),
            DraftStep::Time => format!("/order/{draft}/time"),
            DraftStep::Confirm => format!("/order/{draft}/confirm"),
        }
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
        if self.work_type.is_none() {
            DraftStep::WorkType
        } else if self.what_happened.is_empty() {
            DraftStep::Details
        } else if self.urgency.is_none() {
            DraftStep::Urgency
        } else if self.held.is_none() {
            DraftStep::Time
        } else {
            DraftStep::Confirm
        }
    }
}

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
    pub payment: PaymentTerms,
}

/// What pays for an intervention of this customer: all that [`crate::model::minutes::estimate::estimate`] wants to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaymentTerms {
    /// The customer's pools in drawing order.
    pub pools: Vec<PayerPool>,
    /// Fewest minutes billed for one intervention.
    pub minimum_minutes: u32,
    /// Price of a minute that no pool covers, excluding VAT.
    pub rates: crate::model::minutes::contracts::Rates,
    /// Above how many minutes the contract wants the customer to be asked, unless the draft says otherwise.
    pub ceiling_minutes: Option<u32>,
    /// VAT on it.
    pub vat: crate::model::base::money::VatRate,
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

/// The last look before the time is agreed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftSummary {
    /// The draft so far, with its live hold.
    pub draft: Draft,
    /// The held slot.
    pub slot: Slot,
    /// Until when it is held.
    pub hold_expires_at: DateTime<Utc>,
    /// What it will probably cost.
    pub estimate: Estimate,
    /// Until when the customer may still move or cancel once it is agreed.
    pub change_deadline: DateTime<Utc>,
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
