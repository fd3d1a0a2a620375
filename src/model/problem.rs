//! Problems: every error of the domain that crosses the wire. Codes and fields, never prose or data (design, Problems).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use super::base::fields::{FieldCode, FieldProblem};
use super::{
    base::{
        ids::{CustomerId, OutageId, RequestId},
        numbers::RequestNumber,
        seen::ChangedMeanwhile,
        transitions::IllegalTransition,
    },
    line::{limits::LimitReached, needed::Needed},
    money::{bank::StatementRefused, purchases::PurchaseNumber},
    ordering::{
        appointments::ChangeRefused,
        drafts::{DraftStep, WishRefused},
        offers::SlotRefused,
        urgency::UrgencyRefused,
    },
    people::{erasure::ErasureRefused, members::Capability, mergers::MergeWaits},
    work::{chosen::ChosenAct, interventions::WorkRefused},
};

/// What went wrong, for the page or program that asked.
///
/// `Display` prints the [code](Problem::code) alone, for logs; what people read is made from the catalogue of messages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", content = "details", rename_all = "snake_case")]
#[error("{}", self.code())]
pub enum Problem {
    /// Nobody is signed in.
    SignInRequired,
    /// Signed in, but a while ago: who it is has to be proved anew.
    ConfirmRequired,
    /// Signed in, but without the second factor that is asked of this person.
    FactorRequired,
    /// The organisation's addresses sign in by another provider only.
    ProviderRequired {
        /// What people call it.
        name: String,
    },
    /// The other provider does not sign this person in, or in vain.
    ProviderRefused,
    /// The name or the secret is wrong; which of them is not told.
    SignInFailed,
    /// Too many attempts.
    Throttled {
        /// When to try again, in seconds from now.
        retry_after_s: u32,
    },
    /// Signed in, but not allowed.
    Forbidden {
        /// The capability that would allow it, if one would.
        capability: Option<Capability>,
    },
    /// It does not exist, or it is somebody else's: which of the two is not told.
    NotFound,
    /// What was sent cannot be read at all: no form of ours sends it.
    Malformed,
    /// It was typed on this page before, and never sent.
    NotSent,
    /// One may have no more of this.
    Limit(LimitReached),
    /// The server has more to do than it can at the moment.
    Busy {
        /// When to try again, in seconds from now.
        retry_after_s: u32,
    },
    /// The request is larger than any form of ours.
    TooLarge,
    /// Some fields need another look.
    Invalid {
        /// What is wrong, in the order of the form.
        fields: Vec<FieldProblem>,
    },
    /// It cannot be urgent.
    Urgency(UrgencyRefused),
    /// Somebody was faster: the slot has just been taken.
    SlotTaken,
    /// The time cannot be offered. For [`SlotRefused::Taken`] there is [`Problem::SlotTaken`]; converting takes care
    /// of it.
    SlotRefused(SlotRefused),
    /// The hold ran out before the order was finished.
    HoldExpired,
    /// The agreed time cannot be changed.
    Change(ChangeRefused),
    /// A step at the technician's workbench is not possible now.
    Work(WorkRefused),
    /// A manager has yet to confirm who sells: nobody can buy so long.
    BuyingNotYet,
    /// The same as the vendor's people are told it: no document is issued so long.
    SupplierUnconfirmed,
    /// Nobody would be left who can let others in: the last manager stays one.
    LastManager,
    /// Nobody of the organisation would be left who can let others in.
    NobodyElseManages,
    /// Something of the customer cannot go on at another one: it is merged into none.
    HasItsOwn,
    /// Something of the customer is finished before it is merged.
    MergeWaits(MergeWaits),
    /// The customer came in by itself, and the desk has not nodded yet: nothing urgent is sent.
    AwaitsNod,
    /// It cannot be taken away: something needs it.
    Needed(Needed),
    /// A person cannot be erased yet.
    Erasure(ErasureRefused),
    /// A technician who has appointments to keep stays one.
    AppointmentsAhead,
    /// The customer may neither order nor buy.
    Blocked,
    /// The customer owes too long to order what is not urgent.
    OwesTooLong,
    /// Of these appointments the places that were chosen were taken meanwhile, or nothing was chosen.
    PlacesTaken {
        /// Their requests.
        numbers: Vec<RequestNumber>,
    },
    /// It costs something else than what was shown: the price or the quantity has changed meanwhile.
    TotalDiffers,
    /// It will probably take or cost something else than what was shown.
    EstimateDiffers,
    /// A file cannot be read as a bank statement.
    Statement(StatementRefused),
    /// The thing has moved on since it was shown.
    Conflict,
    /// The form was sent before, saying something else: what it says now was not taken.
    FormUsed {
        /// When it was sent first.
        sent_at: DateTime<Utc>,
        /// The page to which it led; none where nobody knows what became of it.
        led_to: Option<String>,
    },
    /// Somebody else has changed what a form was made from, and it would be written over unknowingly.
    ChangedMeanwhile(ChangedMeanwhile),
    /// It goes on elsewhere: browsers are led there.
    MovedOn(MovedOn),
    /// A part that is needed is out of order for the moment.
    Unavailable,
    /// Our fault.
    Internal {
        /// What to quote to the vendor; it leads to the log.
        incident: String,
    },
}

/// Where something goes on that is over, or not yet to be had, where it was looked for: a browser's Back opens pages again
/// whose time has passed. The address is [`paths::moved_on`](super::paths::moved_on).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovedOn {
    /// The draft was sent, or what was to be changed is settled: this request.
    Request(RequestNumber),
    /// Nothing of the purchase is left to be changed.
    Purchase(PurchaseNumber),
    /// Another screen of the draft comes first.
    Draft {
        /// The draft.
        id: RequestId,
        /// The screen.
        step: DraftStep,
    },
    /// The draft was thrown away: the beginning of an order.
    NewOrder,
    /// A new order has an address of its own before anything is typed, so that Back finds what was sent from it.
    OrderBegun(RequestId),
    /// It is done by whoever has seen what it means: where that is shown.
    Meaning {
        /// The request.
        number: RequestNumber,
        /// What is to be done with it.
        chosen: ChosenAct,
    },
    /// The same of the end of an outage.
    EndOfOutage(OutageId),
    /// The customer was merged into this one.
    Customer(CustomerId),
    /// There is a subscription, and one at a time.
    Subscription,
}

impl MovedOn {
    /// Whether what was sent has yet to be confirmed there, by whoever has seen what it means: it comes along.
    #[must_use]
    pub const fn confirms(self) -> bool {
        matches!(self, Self::Meaning { .. } | Self::EndOfOutage(_))
    }
}

impl Problem {
    /// Its stable code, the same as on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SignInRequired => "sign_in_required",
            Self::ConfirmRequired => "confirm_required",
            Self::FactorRequired => "factor_required",
            Self::ProviderRequired { .. } => "provider_required",
            Self::ProviderRefused => "provider_refused",
            Self::SignInFailed => "sign_in_failed",
            Self::Throttled { .. } => "throttled",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound => "not_found",
            Self::Malformed => "malformed",
            Self::NotSent => "not_sent",
            Self::TooLarge => "too_large",
            Self::Invalid { .. } => "invalid",
            Self::Urgency(_) => "urgency",
            Self::SlotTaken => "slot_taken",
            Self::SlotRefused(_) => "slot_refused",
            Self::HoldExpired => "hold_expired",
            Self::Limit(_) => "limit",
            Self::Busy { .. } => "busy",
            Self::Change(_) => "change",
            Self::Work(_) => "work",
            Self::BuyingNotYet => "buying_not_yet",
            Self::SupplierUnconfirmed => "supplier_unconfirmed",
            Self::LastManager => "last_manager",
            Self::NobodyElseManages => "nobody_else_manages",
            Self::HasItsOwn => "has_its_own",
            Self::MergeWaits(_) => "merge_waits",
            Self::AwaitsNod => "awaits_nod",
            Self::Needed(_) => "needed",
            Self::Erasure(_) => "erasure",
            Self::AppointmentsAhead => "appointments_ahead",
            Self::Blocked => "blocked",
            Self::OwesTooLong => "owes_too_long",
            Self::PlacesTaken { .. } => "places_taken",
            Self::TotalDiffers => "total_differs",
            Self::EstimateDiffers => "estimate_differs",
            Self::Statement(_) => "statement",
            Self::Conflict => "conflict",
            Self::FormUsed { .. } => "form_used",
            Self::ChangedMeanwhile(_) => "changed_meanwhile",
            Self::MovedOn(_) => "moved_on",
            Self::Unavailable => "unavailable",
            Self::Internal { .. } => "internal",
        }
    }

    /// The HTTP status that goes with it.
    ///
    /// 409 means "look again, the world has moved on"; 422 means "understood, but not like this".
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::TooLarge => 413,
            Self::SignInRequired
            | Self::ConfirmRequired
            | Self::FactorRequired
            | Self::ProviderRequired { .. }
            | Self::ProviderRefused
            | Self::SignInFailed => 401,
            Self::Forbidden { .. } => 403,
            Self::NotFound => 404,
            Self::SlotTaken
            | Self::HoldExpired
            | Self::NotSent
            | Self::Limit(LimitReached { retry_after_s: None, .. })
            | Self::Work(_)
            | Self::BuyingNotYet
            | Self::SupplierUnconfirmed
            | Self::LastManager
            | Self::NobodyElseManages
            | Self::HasItsOwn
            | Self::MergeWaits(_)
            | Self::AwaitsNod
            | Self::Needed(_)
            | Self::Erasure(_)
            | Self::AppointmentsAhead
            | Self::Blocked
            | Self::OwesTooLong
            | Self::PlacesTaken { .. }
            | Self::TotalDiffers
            | Self::EstimateDiffers
            | Self::Conflict
            | Self::FormUsed { .. }
            | Self::ChangedMeanwhile(_)
            | Self::MovedOn(_) => 409,
            Self::Invalid { .. } | Self::Urgency(_) | Self::SlotRefused(_) | Self::Change(_) | Self::Statement(_) => {
                422
            }
            Self::Throttled { .. } | Self::Limit(LimitReached { retry_after_s: Some(_), .. }) => 429,
            Self::Internal { .. } => 500,
            Self::Unavailable | Self::Busy { .. } => 503,
        }
    }

    /// In how many seconds trying again may help, where that is known.
    #[must_use]
    pub const fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::Throttled { retry_after_s } | Self::Busy { retry_after_s } => Some(*retry_after_s),
            Self::Limit(reached) => reached.retry_after_s,
            _ => None,
        }
    }

    /// The problem that one field has.
    #[must_use]
    pub fn field(field: impl Into<String>, code: FieldCode) -> Self {
        Self::Invalid { fields: vec![FieldProblem::new(field, code)] }
    }
}

impl From<UrgencyRefused> for Problem {
    fn from(refused: UrgencyRefused) -> Self {
        Self::Urgency(refused)
    }
}

impl From<WishRefused> for Problem {
    fn from(refused: WishRefused) -> Self {
        match refused {
            WishRefused::Fields(fields) => Self::Invalid { fields },
            WishRefused::Urgency(refused) => Self::Urgency(refused),
        }
    }
}

impl From<SlotRefused> for Problem {
    fn from(refused: SlotRefused) -> Self {
        match refused {
            SlotRefused::Taken => Self::SlotTaken,
            refused => Self::SlotRefused(refused),
        }
    }
}

impl From<ChangeRefused> for Problem {
    fn from(refused: ChangeRefused) -> Self {
        Self::Change(refused)
    }
}

impl From<WorkRefused> for Problem {
    fn from(refused: WorkRefused) -> Self {
        Self::Work(refused)
    }
}

impl From<LimitReached> for Problem {
    fn from(reached: LimitReached) -> Self {
        Self::Limit(reached)
    }
}

impl From<ChangedMeanwhile> for Problem {
    fn from(changed: ChangedMeanwhile) -> Self {
        Self::ChangedMeanwhile(changed)
    }
}

impl From<StatementRefused> for Problem {
    fn from(refused: StatementRefused) -> Self {
        Self::Statement(refused)
    }
}

impl<State, Event> From<IllegalTransition<State, Event>> for Problem {
    fn from(_: IllegalTransition<State, Event>) -> Self {
        Self::Conflict
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{
        fixtures::local,
        line::limits::Limit,
        money::bank::StatementFault,
        ordering::requests::{RequestEvent, RequestState},
    };

    fn one_of_each() -> Vec<Problem> {
        let (cut_off, earliest) = (local("2026-11-23 10:00"), local("2026-11-25 07:00"));
        vec![
            Problem::SignInRequired,
            Problem::ConfirmRequired,
            Problem::FactorRequired,
            Problem::ProviderRequired { name: "Google".into() },
            Problem::ProviderRefused,
            Problem::SignInFailed,
            Problem::Throttled { retry_after_s: 30 },
            Problem::Forbidden { capability: Some(Capability::SeeAll) },
            Problem::NotFound,
            Problem::Malformed,
            Problem::TooLarge,
            Problem::NotSent,
            Problem::field("contact_phone", FieldCode::NotAPhone),
            Problem::Urgency(UrgencyRefused::WhatStoppedTooShort),
            Problem::SlotTaken,
            Problem::SlotRefused(SlotRefused::TooSoon { earliest }),
            Problem::HoldExpired,
            Problem::Limit(LimitReached { limit: Limit::Holds, most: 3, retry_after_s: None }),
            Problem::Busy { retry_after_s: 5 },
            Problem::TotalDiffers,
            Problem::BuyingNotYet,
            Problem::SupplierUnconfirmed,
            Problem::EstimateDiffers,
            Problem::LastManager,
            Problem::NobodyElseManages,
            Problem::HasItsOwn,
            Problem::MergeWaits(MergeWaits::Contract(CustomerId(1))),
            Problem::AwaitsNod,
            Problem::Needed(Needed::RegionOf { customers: 2 }),
            Problem::Erasure(ErasureRefused::WorkUnderWay),
            Problem::Blocked,
            Problem::OwesTooLong,
            Problem::AppointmentsAhead,
            Problem::PlacesTaken { numbers: Vec::new() },
            Problem::Change(ChangeRefused::TooLate { cut_off }),
            Problem::Work(WorkRefused::ClockRuns),
            Problem::Statement(StatementRefused::new(3, StatementFault::BadDate)),
            Problem::Conflict,
            Problem::FormUsed { sent_at: earliest, led_to: Some("/requests".into()) },
            Problem::ChangedMeanwhile(ChangedMeanwhile { fields: vec!["name".into()] }),
            Problem::MovedOn(MovedOn::NewOrder),
            Problem::Unavailable,
            Problem::Internal { incident: "7b1c".into() },
        ]
    }

    /// The codes of a list of problems, and those that serde would take: it names them all when it is given another.
    fn codes_and_variants(problems: &[Problem]) -> (BTreeSet<String>, BTreeSet<String>) {
        let codes = problems.iter().map(|problem| problem.code().to_owned()).collect();
        let refused = serde_json::from_str::<Problem>(r#"{"problem":"?"}"#).unwrap_err().to_string();
        let variants = refused.split('`').skip(3).step_by(2).map(str::to_owned).collect();
        (codes, variants)
    }

    #[test]
    fn there_is_one_of_each() {
        let (codes, variants) = codes_and_variants(&one_of_each());
        assert_eq!(codes, variants);
        let (codes, variants) = codes_and_variants(&one_of_each()[1..]);
        assert_ne!(codes, variants, "a missing one would be seen");
    }

    #[test]
    fn a_problem_survives_the_wire_under_its_code() {
        for problem in one_of_each() {
            let json = serde_json::to_value(&problem).unwrap();
            assert_eq!(json["problem"], problem.code());
            assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
            assert_eq!(problem.to_string(), problem.code(), "nothing but the code gets into logs");
        }
    }

    #[test]
    fn a_problem_looks_like_this() {
        let json = |problem: &Problem| serde_json::to_string(problem).unwrap();
        let [too_soon, too_late] = ["slot_refused", "change"]
            .map(|code| one_of_each().into_iter().find(|problem| problem.code() == code).expect("one of each"));
        assert_eq!(json(&Problem::NotFound), r#"{"problem":"not_found"}"#);
        assert_eq!(
            json(&too_soon),
            r#"{"problem":"slot_refused","details":{"too_soon":{"earliest":"2026-11-25T06:00:00Z"}}}"#
        );
        assert_eq!(
            json(&too_late),
            r#"{"problem":"change","details":{"too_late":{"cut_off":"2026-11-23T09:00:00Z"}}}"#
        );
    }

    #[test]
    fn every_problem_has_a_status_of_its_kind() {
        let ours = |problem: &Problem| {
            matches!(problem, Problem::Unavailable | Problem::Busy { .. } | Problem::Internal { .. })
        };
        for problem in one_of_each() {
            let expected = if ours(&problem) { 500..600 } else { 400..500 };
            assert!(expected.contains(&problem.status()), "{problem}: {}", problem.status());
        }
    }

    #[test]
    fn refusals_become_problems() {
        assert_eq!(Problem::from(SlotRefused::Taken), Problem::SlotTaken);
        assert_eq!(Problem::from(SlotRefused::Past), Problem::SlotRefused(SlotRefused::Past));
        assert_eq!(Problem::from(ChangeRefused::NoMovesLeft), Problem::Change(ChangeRefused::NoMovesLeft));
        assert_eq!(Problem::from(UrgencyRefused::Plannable), Problem::Urgency(UrgencyRefused::Plannable));
        let refused = WishRefused::Urgency(UrgencyRefused::Plannable);
        assert_eq!(Problem::from(refused), Problem::Urgency(UrgencyRefused::Plannable));
        let illegal = RequestState::Closed.after(RequestEvent::Start).unwrap_err();
        assert_eq!(illegal.to_string(), "`start` is not possible in the state `closed`");
        assert_eq!(Problem::from(illegal), Problem::Conflict);
    }
}
