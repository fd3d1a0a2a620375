//! The one source of time. Clippy's `disallowed-methods` keeps every other out.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// Tells the time to everything on the server.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// The machine's clock, shifted: a demonstration that starts at another moment and runs on.
    Shifted(TimeDelta),
    /// Stands still until a test advances it.
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that shows `at` now and runs on from there.
    #[must_use]
    pub fn starting_at(at: DateTime<Utc>) -> Self {
        Clock::Shifted(at - system_now())
    }

    /// A clock that shows `at` until it is advanced.
    #[must_use]
    pub fn manual(at: DateTime<Utc>) -> Self {
        Clock::Manual(Arc::new(Mutex::new(at)))
    }

    /// The present instant, to the microsecond: what the database keeps, so that a stored instant equals the told one.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Clock::System => system_now(),
            Clock::Shifted(by) => system_now() + *by,
            Clock::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
        .trunc_subsecs(6)
    }

    /// Waits until it shows `at`. A manual clock does not go by itself, so nobody waits for it.
    pub async fn wait_until(&self, at: DateTime<Utc>) {
        if let (Clock::System | Clock::Shifted(_), Ok(rest)) = (self, (at - self.now()).to_std()) {
            tokio::time::sleep(rest).await;
        }
    }

    /// Moves a manual clock on; the others go by themselves.
    pub fn advance(&self, by: TimeDelta) {
        if let Clock::Manual(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn system_now() -> DateTime<Utc> {
    DateTime::from(std::time::SystemTime::now())
}
