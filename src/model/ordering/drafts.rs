//! An order on its way: the draft that a member fills in step by step until its time is agreed.
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

/// The questions of an order, in the order in which they are asked; each is a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrderStep {
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

impl OrderStep {
    /// All steps in order.
    pub const ALL: [OrderStep; 6] = [
        OrderStep::Program,
        OrderStep::WorkType,
        OrderStep::Details,
        OrderStep::Urgency,
        OrderStep::Time,
        OrderStep::Confirm,
    ];
}

/// What has been filled in so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderDraft {
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
    /// What stopped and since when; only for an urgent order.
    pub claim: Option<UrgencyClaim>,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// The slot that is held for this order, if any; it may have expired.
    pub held: Option<HeldSlot>,
    /// When the order was begun.
    pub created_at: DateTime<Utc>,
}

/// A slot held for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldSlot {
    /// The time that is held.
    pub slot: Slot,
    /// Until when; free for everybody from this instant on.
    pub expires_at: DateTime<Utc>,
}

impl OrderDraft {
    /// The first step that still wants an answer: where to continue, and beyond which nobody may skip.
    #[must_use]
    pub fn next_step(&self) -> OrderStep {
        if self.work_type.is_none() {
            OrderStep::WorkType
        } else if self.what_happened.is_empty() {
            OrderStep::Details
        } else if self.urgency.is_none() {
            OrderStep::Urgency
        } else if self.held.is_none() {
            OrderStep::Time
        } else {
            OrderStep::Confirm
        }
    }
}

/// `/order`: which program, and the orders left unfinished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgramChoice {
    /// Programs that the customer runs.
    pub programs: Vec<Program>,
    /// The member's own unfinished orders, the newest first.
    pub drafts: Vec<OrderDraft>,
    /// A fresh identity for an order begun from this page.
    pub new_order: RequestId,
}

/// The kinds of work to choose from, with what an estimate needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkTypeChoice {
    /// The order so far.
    pub draft: OrderDraft,
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
    /// Above how many minutes the contract wants the customer to be asked, unless the order says otherwise.
    pub ceiling_minutes: Option<u32>,
    /// VAT on it.
    pub vat: crate::model::base::money::VatRate,
}

/// Urgent or normal: the guard's facts and what each answer would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UrgencyChoice {
    /// The order so far.
    pub draft: OrderDraft,
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
    /// The order so far.
    pub draft: OrderDraft,
    /// The customer's response tier.
    pub tier: ResponseTier,
    /// Every offered slot with its reason, the first first; the held one is among them.
    pub offers: Vec<Offer>,
    /// What it will probably cost.
    pub estimate: Estimate,
}

/// The last look before the time is agreed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderSummary {
    /// The order so far, with its live hold.
    pub draft: OrderDraft,
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
