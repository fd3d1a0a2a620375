//! Alerts: minutes run low, or are about to expire. Once per crossing, and armed again by a top-up.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{codes::coded_enum, usage::Pool};

coded_enum! {
    /// What an alert says.
    pub enum AlertKind {
        /// Eighty per cent of the minutes that can be drawn are used.
        Used80 = "used_80",
        /// Ninety-five per cent.
        Used95 = "used_95",
        /// All of them.
        Used100 = "used_100",
        /// A grant with minutes left expires soon.
        Expiring = "expiring",
    }
}

impl AlertKind {
    /// The share of used minutes at which it is raised, in per cent; none for what is not about a share.
    #[must_use]
    pub const fn percent(self) -> Option<u32> {
        match self {
            Self::Used80 => Some(80),
            Self::Used95 => Some(95),
            Self::Used100 => Some(100),
            Self::Expiring => None,
        }
    }
}

/// How long before a grant expires its customer is told, in days.
pub const EXPIRING_DAYS: i64 = 30;

/// An alert that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// What it says.
    pub kind: AlertKind,
    /// Minutes left in all pools, or in the grant that expires.
    pub left: u32,
    /// Minutes credited in all pools, or in that grant.
    pub granted: u32,
    /// When the grant expires.
    pub expires_at: Option<DateTime<Utc>>,
}

/// How full an account is: the sum over the grants that can be drawn at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Level {
    /// Minutes credited.
    pub granted: u32,
    /// Minutes left.
    pub left: u32,
}

/// The highest share of used minutes that has been reached; none below 80 % and for an account without minutes.
#[must_use]
pub fn reached(level: Level) -> Option<AlertKind> {
    let _ = level;
    todo!()
}

/// The alert that a change from `before` to `after` raises: the highest one that was not reached before. A top-up lowers
/// the share, so the next crossing raises it again.
#[must_use]
pub fn crossed(before: Level, after: Level) -> Option<AlertKind> {
    let _ = (before, after);
    todo!()
}

/// The alert that stands now, for the page: the share that is reached, else the earliest grant with minutes left that
/// expires within [`EXPIRING_DAYS`].
#[must_use]
pub fn standing(pools: &[Pool], now: DateTime<Utc>) -> Option<Alert> {
    let _ = (pools, now);
    todo!()
}
