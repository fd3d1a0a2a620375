//! What comes out: slots, offers with their reasons, refusals.

use std::{iter, ops::Deref, sync::Arc};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{bilingual::Bilingual, calendar::to_local};

/// How long a quarter of an hour is: the grid on which times are agreed.
pub const QUARTER: TimeDelta = TimeDelta::minutes(15);

/// A time for a piece of work (design, Words): from `start` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// When the technician connects.
    pub start: DateTime<Utc>,
    /// When the technician is free again.
    pub end: DateTime<Utc>,
}

impl Slot {
    /// Whether there is a moment that belongs to both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How long it is, in whole minutes.
    #[must_use]
    pub fn minutes(self) -> u32 {
        u32::try_from((self.end - self.start).num_minutes()).unwrap_or(0)
    }

    /// The quarters of an hour from its start on: the grid on which times are agreed. The last one may end after it.
    pub fn quarters(self) -> impl Iterator<Item = Self> {
        let starts = iter::successors(Some(self.start), |start| Some(*start + QUARTER));
        starts.take_while(move |start| *start < self.end).map(|start| Self { start, end: start + QUARTER })
    }

    /// Whether it starts on a local day not after `day`.
    #[must_use]
    pub fn starts_by(self, day: NaiveDate) -> bool {
        to_local(self.start).date() <= day
    }
}

/// A slot shown to a customer, with the reason why.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Offer {
    /// The time.
    pub slot: Slot,
    /// Why it is offered.
    pub reason: OfferReason,
}

/// Why a slot is offered ("Rychlost 4 h: nejpozději dnes 13:40").
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferReason {
    /// Urgent, and it starts within the tier's target.
    UrgentTarget {
        /// The customer's tier.
        tier: TierName,
        /// The tier's target in working minutes.
        target_minutes: u32,
        /// The latest start that meets the target.
        deadline: DateTime<Utc>,
    },
    /// Urgent, but it starts later than the tier's target.
    UrgentAfterTarget {
        /// The customer's tier.
        tier: TierName,
        /// The tier's target in working minutes.
        target_minutes: u32,
        /// The latest start that would meet the target.
        deadline: DateTime<Utc>,
    },
    /// Normal, and the tier's lead has passed.
    NormalLead {
        /// The customer's tier.
        tier: TierName,
        /// The tier's lead in working minutes.
        lead_minutes: u32,
        /// The earliest start that the lead allows.
        earliest: DateTime<Utc>,
    },
    /// We missed the time that was agreed before.
    MissedByUs,
    /// A dispatcher offers it.
    Dispatch,
}

impl OfferReason {
    /// Why an urgent request is offered a slot that starts at `start`: within the target of its tier, or later for want
    /// of anything better. It needs no calendar, so that it also runs in the browser.
    #[must_use]
    pub fn urgent(tier: TierName, target_minutes: u32, deadline: DateTime<Utc>, start: DateTime<Utc>) -> Self {
        if start <= deadline {
            Self::UrgentTarget { tier, target_minutes, deadline }
        } else {
            Self::UrgentAfterTarget { tier, target_minutes, deadline }
        }
    }
}

/// Why a start cannot be picked. Of several reasons it is the first in this order, so that mending it is no waste.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SlotRefused {
    /// It is over.
    #[error("past")]
    Past,
    /// It is sooner than such a request may be offered.
    #[error("too_soon")]
    TooSoon {
        /// From when on it may be.
        earliest: DateTime<Utc>,
    },
    /// It is not on the grid of quarter hours of local wall time.
    #[error("off_grid")]
    OffGrid,
    /// The slot would not lie within one day's business hours: too early, too late, a weekend, a holiday, a closure.
    #[error("outside_hours")]
    OutsideHours,
    /// It is further ahead than times are offered.
    #[error("beyond_horizon")]
    BeyondHorizon,
    /// Nobody who could do it is free.
    #[error("taken")]
    Taken,
    /// What is left of that day is still kept for urgent work.
    #[error("reserved")]
    Reserved,
}

/// The name of a response tier. One name is shared by all the offers that it explains: cloning it does not allocate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Bilingual", into = "Bilingual")]
pub struct TierName(Arc<Bilingual>);

impl Deref for TierName {
    type Target = Bilingual;

    fn deref(&self) -> &Bilingual {
        &self.0
    }
}

impl From<&Bilingual> for TierName {
    fn from(name: &Bilingual) -> Self {
        name.clone().into()
    }
}

impl From<Bilingual> for TierName {
    fn from(name: Bilingual) -> Self {
        Self(name.into())
    }
}

impl From<&str> for TierName {
    fn from(name: &str) -> Self {
        Bilingual::from(name).into()
    }
}

impl From<String> for TierName {
    fn from(name: String) -> Self {
        Bilingual::from(name).into()
    }
}

impl From<TierName> for Bilingual {
    fn from(name: TierName) -> Self {
        (*name).clone()
    }
}
