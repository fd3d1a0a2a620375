//! What pages show of ordering: the steps of a draft, the list of requests, the desk's appointments.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    appointments::{AppointmentState, ChangeRefused},
    attachments::Attachment,
    drafts::{Draft, Subject},
    offers::{Offer, Slot},
    outages::KnownOutage,
    requests::RequestState,
};
use crate::model::{
    base::{
        bilingual::Bilingual, ids::RequestId, numbers::RequestNumber, paging::CountedPage, terms::Urgency,
        text::spelled_in_json,
    },
    line::{
        catalogue::{Program, SlotChoice, WorkType},
        everyday_words::EverydayWords,
        settings::LineSettings,
        tiers::ResponseTier,
    },
    minutes::{billing_terms::BillingTerms, contracts::Rates, estimate::Estimate},
};

/// The first screen of an order: what can be ordered, what was ordered last, and what each urgency would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhatChoice {
    /// Identity of the draft: of the one that is changed, or of the one to be begun.
    pub id: RequestId,
    /// The draft so far, once it is begun.
    pub draft: Option<Draft>,
    /// The files that are kept for it.
    pub attachments: Vec<Attachment>,
    /// Programs that the customer runs, each with its version; that may be empty.
    pub programs: Vec<(Program, String)>,
    /// What can be ordered for each of them.
    pub work_types: Vec<WorkType>,
    /// What people call what they look for.
    pub everyday: Vec<EverydayWords>,
    /// What the member ordered last, the latest first, as far as it can still be ordered.
    pub recent: Vec<Subject>,
    /// The member's other unfinished drafts, the newest first.
    pub drafts: Vec<Draft>,
    /// What we know of that hits one of the programs.
    pub outages: Vec<KnownOutage>,
    /// Who sat at the computer last time, else whoever orders.
    pub contact: Contact,
    /// What would pay for it.
    pub payment: BillingTerms,
    /// What each urgency would mean.
    pub urgency: UrgencyFacts,
    /// Whether only what is urgent can be sent, as the customer owes too long.
    pub owes_too_long: bool,
}

/// Who sits at the computer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Their name; may be empty.
    pub name: String,
    /// Where they are called; may be empty.
    pub phone: String,
}

/// The guard's facts and what each answer would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UrgencyFacts {
    /// The customer's response tier.
    pub tier: ResponseTier,
    /// From when on normal work is offered.
    pub normal_from: DateTime<Utc>,
    /// The first time on offer for the draft's work were it normal; none before work is chosen.
    pub first_normal: Option<Offer>,
    /// The first time on offer for it were it urgent; none for plannable work either.
    pub first_urgent: Option<Offer>,
    /// What a minute beyond the prepaid ones costs, excluding VAT.
    pub rates: Rates,
    /// Whether these are the rates of a contract.
    pub has_contract: bool,
    /// Whether the customer waits for the desk's nod: nothing urgent is sent before.
    pub awaits_nod: bool,
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
    /// Other agreed times of the customer: somebody has to sit at the computer then already.
    pub others: Vec<OtherTime>,
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

/// Another agreed time of the same customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherTime {
    /// When it takes place.
    pub slot: Slot,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
}

/// The last look before the order is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftSummary {
    /// The draft so far, with its live hold.
    pub draft: Draft,
    /// The held time; none when dispatch will offer times.
    pub time: Option<HeldTime>,
    /// Other agreed times of the customer that overlap it: allowed, but perhaps not meant.
    pub overlapping: Vec<OtherTime>,
    /// The files that go with it.
    pub attachments: Vec<Attachment>,
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
    pub program: Bilingual,
    /// The work type's name.
    pub work_type: Bilingual,
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
    /// Whether it waits because no technician came at the time that was agreed last.
    pub missed_by_us: bool,
    /// Whether the work waits for the customer's consent to go on above the ceiling.
    pub awaits_consent: bool,
    /// Until when the customer may pick one of the times that dispatch offers; none when none are on offer.
    pub offered_until: Option<DateTime<Utc>>,
}

impl RequestSummary {
    /// Whether it waits for its customer to pick a time.
    #[must_use]
    pub const fn awaits_pick(&self) -> bool {
        let is_offered = matches!(self.state, RequestState::Waiting) && self.offered_until.is_some();
        is_offered || self.state.awaits_pick(self.choice)
    }
}

/// Up to how many requests of what was are counted: beyond that counting costs more than the number tells.
pub const COUNTED_EARLIER: u32 = 1_000;

/// The list of requests in its three parts: upcoming appointments first, then what waits, then the rest by age. A further page
/// is one of a single part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RequestList {
    /// Requests whose appointment is still ahead or under way, the next first.
    pub upcoming: CountedPage<RequestSummary, RequestPlace>,
    /// Requests without an agreed time, the oldest first: they wait for their customer to pick one, or for dispatch to offer
    /// some.
    pub waiting: CountedPage<RequestSummary, RequestPlace>,
    /// The others, newest first.
    pub earlier: CountedPage<RequestSummary, RequestPlace>,
    /// About which the vendor has written what the viewer has not read, the latest message first.
    pub unread: Vec<RequestNumber>,
}

/// A place in one part of the list, after which it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestPlace {
    /// Among the upcoming ones.
    Upcoming {
        /// When the appointment starts.
        start: DateTime<Utc>,
        /// Whose it is: several may start at once.
        number: RequestNumber,
    },
    /// Among those that wait.
    Waiting(RequestNumber),
    /// Among the others.
    Earlier(RequestNumber),
}

impl RequestPlace {
    /// The request that stands there.
    #[must_use]
    pub const fn number(&self) -> RequestNumber {
        match self {
            Self::Upcoming { number, .. } | Self::Waiting(number) | Self::Earlier(number) => *number,
        }
    }
}

impl fmt::Display for RequestPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upcoming { start, number } => write!(f, "upcoming.{}.{number}", start.timestamp_micros()),
            Self::Waiting(number) => write!(f, "waiting.{number}"),
            Self::Earlier(number) => write!(f, "earlier.{number}"),
        }
    }
}

impl FromStr for RequestPlace {
    type Err = InvalidRequestPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.parse::<RequestNumber>().map_err(|_| InvalidRequestPlace);
        match text.split_once('.').ok_or(InvalidRequestPlace)? {
            ("upcoming", place) => {
                let (start, named) = place.split_once('.').ok_or(InvalidRequestPlace)?;
                let start = start.parse().ok().and_then(DateTime::from_timestamp_micros).ok_or(InvalidRequestPlace)?;
                if !(2_000..=9_999).contains(&start.year()) {
                    return Err(InvalidRequestPlace);
                }
                Ok(Self::Upcoming { start, number: number(named)? })
            }
            ("waiting", named) => number(named).map(Self::Waiting),
            ("earlier", named) => number(named).map(Self::Earlier),
            _ => Err(InvalidRequestPlace),
        }
    }
}

spelled_in_json!(RequestPlace);

/// A text that names no place in the list of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place in the list of requests")]
pub struct InvalidRequestPlace;

/// Whether the customer may still change the appointment, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeOptions {
    /// The last instant at which a customer may move or cancel.
    pub cut_off: DateTime<Utc>,
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
    pub program: Bilingual,
    /// The work type's name.
    pub work_type: Bilingual,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// Whether it is ahead or under way.
    pub state: AppointmentState,
}

#[cfg(test)]
mod tests {
    use super::{InvalidRequestPlace, RequestPlace};
    use crate::model::{base::numbers::RequestNumber, fixtures::local};

    #[test]
    fn a_place_in_the_list_is_spelled_in_the_address() {
        let number = RequestNumber::new(2026, 123).expect("a number");
        let start = local("2026-11-23 10:00");
        for (place, spelled) in [
            (RequestPlace::Upcoming { start, number }, "upcoming.1795424400000000.2026-000123"),
            (RequestPlace::Waiting(number), "waiting.2026-000123"),
            (RequestPlace::Earlier(number), "earlier.2026-000123"),
        ] {
            assert_eq!(place.to_string(), spelled);
            assert_eq!(spelled.parse(), Ok(place));
        }
        for nonsense in
            ["", "earlier", "earlier.1", "upcoming.2026-000123", "upcoming.x.2026-000123", "later.2026-000123"]
        {
            assert_eq!(nonsense.parse::<RequestPlace>(), Err(InvalidRequestPlace), "{nonsense}");
        }
    }
}
