//! The ceiling of an intervention: asking the customer, and the answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The ceiling of an intervention: above it the customer is asked (design, Ceiling).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CeilingView {
    /// In effective minutes; none for no limit.
    pub minutes: Option<u32>,
    /// The question, once the ceiling was reached.
    pub consent: Option<Consent>,
}

/// A question for consent to go on above the ceiling, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// When it was asked: the instant at which the ceiling was reached.
    pub asked_at: DateTime<Utc>,
    /// The ceiling that was reached, in minutes.
    pub ceiling_minutes: u32,
    /// The answer; none while nobody has given one, which keeps the billed clock paused.
    pub answer: Option<ConsentAnswer>,
}

/// An answer to a question for consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentAnswer {
    /// When it was answered.
    pub at: DateTime<Utc>,
    /// The name of who answered.
    pub by: String,
    /// When and in which words it was said, where that was on the telephone.
    pub spoken: Option<SpokenAnswer>,
    /// Whether the work may go on.
    pub agreed: bool,
    /// The new ceiling, in minutes; none with `agreed` for no limit any more.
    pub new_ceiling: Option<u32>,
}

/// What somebody answered on the telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenAnswer {
    /// When it was said.
    pub at: DateTime<Utc>,
    /// In which words.
    pub words: String,
}

/// Whether a ceiling is near: four fifths of it are used, both in seconds. Whoever is still connected can speak of it in time.
#[must_use]
pub const fn is_near(effective: u64, ceiling: u64) -> bool {
    effective.saturating_mul(5) >= ceiling.saturating_mul(4)
}

/// The longest intervention that a ceiling can speak of, in minutes.
pub const HIGHEST_CEILING: u32 = 480;
