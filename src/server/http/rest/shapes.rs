//! What is sent and answered, as JSON has it, where several handlers share it.

use axum::{
    body::Bytes,
    extract::{Query, rejection::QueryRejection},
};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::model::{
    base::{bilingual::Bilingual, fields::FieldCode, terms::Urgency},
    ordering::{
        offers::{Offer, OfferReason, Slot},
        requests::RequestState,
    },
    problem::Problem,
};

/// How a time that can be picked is written. A program gives it back as it came.
const SLOT: &str = "%Y%m%dT%H%MZ";

/// A name in both languages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Words)]
pub struct WordsShape {
    /// In Czech.
    #[schema(example = "Kancelář")]
    pub cs: String,
    /// In English; in Czech where nobody has written it.
    #[schema(example = "Office")]
    pub en: String,
}

impl From<Bilingual> for WordsShape {
    fn from(words: Bilingual) -> Self {
        Self { en: words.english().to_owned(), cs: words.cs }
    }
}

/// A time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Time)]
pub struct TimeShape {
    /// When the technician connects.
    #[schema(example = "2026-11-25T07:00:00Z")]
    pub start: DateTime<Utc>,
    /// When the technician is free again.
    #[schema(example = "2026-11-25T07:45:00Z")]
    pub end: DateTime<Utc>,
}

impl From<Slot> for TimeShape {
    fn from(slot: Slot) -> Self {
        Self { start: slot.start, end: slot.end }
    }
}

/// A time that can be picked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Slot)]
pub struct SlotShape {
    /// By what it is picked; say it as it is.
    #[schema(example = "20261125T0700Z")]
    pub slot: String,
    /// When the technician connects.
    #[schema(example = "2026-11-25T07:00:00Z")]
    pub start: DateTime<Utc>,
    /// When the technician is free again.
    #[schema(example = "2026-11-25T07:45:00Z")]
    pub end: DateTime<Utc>,
    /// Why it is offered.
    pub reason: ReasonShape,
}

/// Why a time is offered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reason)]
pub struct ReasonShape {
    /// `urgent_target`: within the customer's response time; `urgent_after_target`: later, for want of anything sooner; `normal_lead`: as
    /// soon as normal work is done; `missed_by_us`: we missed the time before; `dispatch`: a dispatcher offers it.
    #[schema(example = "normal_lead")]
    pub code: &'static str,
    /// The latest start that meets the promise of what is urgent, or the earliest of what is normal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<DateTime<Utc>>,
}

impl From<Offer> for SlotShape {
    fn from(offer: Offer) -> Self {
        let (code, promised) = match offer.reason {
            OfferReason::UrgentTarget { deadline, .. } => ("urgent_target", Some(deadline)),
            OfferReason::UrgentAfterTarget { deadline, .. } => ("urgent_after_target", Some(deadline)),
            OfferReason::NormalLead { earliest, .. } => ("normal_lead", Some(earliest)),
            OfferReason::MissedByUs => ("missed_by_us", None),
            OfferReason::Dispatch => ("dispatch", None),
        };
        let Slot { start, end } = offer.slot;
        Self { slot: start.format(SLOT).to_string(), start, end, reason: ReasonShape { code, promised } }
    }
}

/// A time that a program has picked.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PickedSlot)]
pub struct PickedShape {
    /// One of the times on offer, as it was told.
    #[schema(example = "20261125T0700Z")]
    slot: String,
}

impl PickedShape {
    /// When it starts.
    pub fn start(&self) -> Result<DateTime<Utc>, Problem> {
        let start = NaiveDateTime::parse_from_str(&self.slot, SLOT);
        start.map(|start| start.and_utc()).map_err(|_| Problem::field("slot", FieldCode::Unknown))
    }
}

/// How urgent something is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Urgency)]
pub enum UrgencyShape {
    /// It could not be foreseen, and people cannot work.
    Urgent,
    /// Everything else.
    Normal,
}

impl From<UrgencyShape> for Urgency {
    fn from(shape: UrgencyShape) -> Self {
        match shape {
            UrgencyShape::Urgent => Self::Urgent,
            UrgencyShape::Normal => Self::Normal,
        }
    }
}

impl From<Urgency> for UrgencyShape {
    fn from(urgency: Urgency) -> Self {
        match urgency {
            Urgency::Urgent => Self::Urgent,
            Urgency::Normal => Self::Normal,
        }
    }
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = State)]
pub enum StateShape {
    /// It waits for a time: for you to pick one, or for dispatch to offer some.
    Waiting,
    /// A time is agreed.
    Scheduled,
    /// A technician is at work.
    InProgress,
    /// It is done.
    Closed,
    /// It was called off.
    Cancelled,
}

impl From<StateShape> for RequestState {
    fn from(shape: StateShape) -> Self {
        match shape {
            StateShape::Waiting => Self::Waiting,
            StateShape::Scheduled => Self::Scheduled,
            StateShape::InProgress => Self::InProgress,
            StateShape::Closed => Self::Closed,
            StateShape::Cancelled => Self::Cancelled,
        }
    }
}

impl From<RequestState> for StateShape {
    fn from(state: RequestState) -> Self {
        match state {
            // What has no number is read by no program.
            RequestState::Draft | RequestState::Waiting => Self::Waiting,
            RequestState::Scheduled => Self::Scheduled,
            RequestState::InProgress => Self::InProgress,
            RequestState::Closed => Self::Closed,
            RequestState::Cancelled => Self::Cancelled,
        }
    }
}

/// What a program sends, if it can be read.
pub fn sent<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|_| Problem::Malformed)
}

/// What a program asks with its address, if it can be read.
pub fn asked<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Problem> {
    query.map(|Query(asked)| asked).map_err(|_| Problem::Malformed)
}

/// Where a list goes on, as a program gives it back: digits that mean nothing to it.
pub fn cursor(place: &str) -> String {
    hex::encode(place)
}

/// The place that a cursor names.
pub fn place<T: std::str::FromStr>(cursor: Option<String>) -> Result<Option<T>, Problem> {
    let unknown = || Problem::field("cursor", FieldCode::Unknown);
    let read = |cursor: String| {
        let text = String::from_utf8(hex::decode(cursor).ok()?).ok()?;
        text.parse().ok()
    };
    cursor.map(|cursor| read(cursor).ok_or_else(unknown)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{base::numbers::RequestNumber, fixtures::local};

    #[test]
    fn a_time_that_is_picked_is_the_one_that_was_told() {
        let start = local("2026-11-25 08:00");
        let offer = Offer { slot: Slot { start, end: local("2026-11-25 08:45") }, reason: OfferReason::MissedByUs };
        let told = SlotShape::from(offer);
        assert_eq!(told.slot, "20261125T0700Z");
        assert_eq!(PickedShape { slot: told.slot }.start(), Ok(start));
        for wrong in ["", "2026-11-25T07:00:00Z", "20261125T0700", "20261325T0700Z"] {
            let refused = PickedShape { slot: wrong.into() }.start();
            assert_eq!(refused, Err(Problem::field("slot", FieldCode::Unknown)), "{wrong}");
        }
    }

    #[test]
    fn a_list_goes_on_where_it_ended() {
        let told = cursor("2026-000123");
        assert_eq!(place::<RequestNumber>(Some(told)), Ok(Some("2026-000123".parse().expect("a number"))));
        assert_eq!(place::<RequestNumber>(None), Ok(None));
        assert!(
            place::<RequestNumber>(Some("2026-000123".into())).is_err() && place::<i64>(Some("zz".into())).is_err()
        );
    }
}
