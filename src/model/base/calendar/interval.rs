//! A stretch of time.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A stretch of time from `start` up to but not including `end`. It is never empty: `start` < `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Interval {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Interval {
    /// The stretch from `start` up to `end`; `None` unless `start` is earlier.
    #[must_use]
    pub fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The first instant that belongs to it.
    #[must_use]
    pub const fn start(&self) -> DateTime<Utc> {
        self.start
    }

    /// The first instant after it.
    #[must_use]
    pub const fn end(&self) -> DateTime<Utc> {
        self.end
    }

    /// How long it is; always positive.
    #[must_use]
    pub fn duration(&self) -> TimeDelta {
        self.end - self.start
    }

    /// How many whole minutes it has.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.duration().num_minutes()
    }

    /// Whether `instant` belongs to it; its end does not.
    #[must_use]
    pub fn contains(&self, instant: DateTime<Utc>) -> bool {
        self.start <= instant && instant < self.end
    }

    /// Whether the two have an instant in common. Neighbours that only touch do not. The rules compare quarters of an hour
    /// instead; this is the word of the references that they are tested against.
    #[cfg(test)]
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Two ends as they come over the wire, not yet known to be in order.
#[derive(Deserialize)]
struct Ends {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl TryFrom<Ends> for Interval {
    type Error = EmptyInterval;

    fn try_from(ends: Ends) -> Result<Self, Self::Error> {
        Self::new(ends.start, ends.end).ok_or(EmptyInterval)
    }
}

/// The ends of an interval were not in order.
#[derive(Debug, thiserror::Error)]
#[error("an interval starts before it ends")]
struct EmptyInterval;
