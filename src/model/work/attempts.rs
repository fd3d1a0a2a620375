//! Attempts at reaching the customer, and when a missed appointment may be called one.

use chrono::{DateTime, TimeDelta, Utc};
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
pub const NO_SHOW_ATTEMPTS: u32 = 2;

/// How long after the agreed start an appointment can count as missed, in minutes.
pub const NO_SHOW_WAIT_MINUTES: i64 = 10;

/// How far apart attempts have to be that count as two, in minutes.
pub const NO_SHOW_APART_MINUTES: i64 = 5;

/// What has to come before an appointment counts as missed by the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoShow {
    /// Not before this.
    pub from: DateTime<Utc>,
    /// How many attempts are missing.
    pub missing: u32,
    /// From when the next attempt counts, while some are missing.
    pub next_attempt: DateTime<Utc>,
}

impl NoShow {
    /// What has to come before an appointment of `start` counts as missed (design, Missed appointment).
    ///
    /// * `attempts` – the oldest first; those before the start do not count, as nobody is missing yet, and what comes right
    ///   after an attempt that counts is the same attempt
    #[must_use]
    pub fn of(start: DateTime<Utc>, attempts: &[ContactAttempt]) -> Self {
        let mut next_attempt = start;
        let mut missing = NO_SHOW_ATTEMPTS;
        for attempt in attempts {
            if missing > 0 && attempt.at >= next_attempt {
                next_attempt = attempt.at + TimeDelta::minutes(NO_SHOW_APART_MINUTES);
                missing -= 1;
            }
        }
        Self { from: start + TimeDelta::minutes(NO_SHOW_WAIT_MINUTES), missing, next_attempt }
    }

    /// Whether nothing has to come any more.
    #[must_use]
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        now >= self.from && self.missing == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    const EIGHT: &str = "2026-11-23 08:00";

    fn no_show(attempts: &[&str]) -> NoShow {
        let attempt = |at: &&str| ContactAttempt {
            at: local(&format!("2026-11-23 {at}")),
            channel: AttemptChannel::Phone,
            note: String::new(),
        };
        NoShow::of(local(EIGHT), &attempts.iter().map(attempt).collect::<Vec<_>>())
    }

    #[test]
    fn attempts_count_from_the_agreed_start_and_apart_from_one_another() {
        for (attempts, missing, next_attempt) in [
            (&[][..], 2, "08:00"),
            (&["07:50", "07:59"], 2, "08:00"),
            (&["08:00"], 1, "08:05"),
            (&["08:00", "08:00", "08:04"], 1, "08:05"),
            (&["08:00", "08:04", "08:05"], 0, "08:10"),
            (&["08:02", "08:20"], 0, "08:25"),
        ] {
            let found = no_show(attempts);
            assert_eq!((found.missing, found.next_attempt), (missing, local(&format!("2026-11-23 {next_attempt}"))));
        }
    }

    #[test]
    fn nobody_is_missing_before_ten_minutes_have_passed() {
        let found = no_show(&["08:01", "08:06"]);
        assert!(!found.is_due(local("2026-11-23 08:09")));
        assert!(found.is_due(local("2026-11-23 08:10")));
        assert!(!no_show(&["08:01", "08:02"]).is_due(local("2026-11-23 12:00")));
    }
}
