//! Attempts at reaching the customer, and when a missed appointment may be called one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::codes::coded_enum;

/// An attempt to reach the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAttempt {
    /// When the technician tried.
    pub at: DateTime<Utc>,
    /// By which means the technician tried.
    pub channel: AttemptChannel,
    /// What came of it.
    pub note: String,
}

coded_enum! {
    /// How a technician tried to reach the customer.
    pub enum AttemptChannel {
        /// A call.
        Phone = "phone",
        /// A connection by TeamViewer.
        Teamviewer = "teamviewer",
        /// An e-mail.
        Email = "email",
    }
}

/// The fewest attempts to reach the customer before an appointment counts as missed.
pub const NO_SHOW_ATTEMPTS: usize = 2;

/// How long after the agreed start an appointment can count as missed, in minutes.
pub const NO_SHOW_WAIT_MINUTES: i64 = 10;
