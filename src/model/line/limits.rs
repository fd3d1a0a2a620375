//! Limits: what one member or customer may have of what everybody shares (design, Limits). They are settings; each that is
//! reached names itself.

use serde::{Deserialize, Serialize};

use crate::model::base::codes::coded_enum;

coded_enum! {
    /// What is limited.
    pub enum Limit {
        /// Agreed appointments of a customer that are ahead.
        FutureAppointments = "future_appointments",
        /// Requests of a customer that wait for a time.
        WaitingRequests = "waiting_requests",
        /// Purchases of a customer that are neither paid nor closed.
        UnpaidPurchases = "unpaid_purchases",
        /// Purchases that a customer places within 24 hours, whatever becomes of them: each takes a number.
        PurchasesPerDay = "purchases_per_day",
        /// Files that a customer downloads at the same time.
        Downloads = "downloads",
        /// Slots that a member holds at the same time, for as many drafts.
        Holds = "holds",
        /// Slots that a member has held within an hour: a hold that is renewed again and again is as good as an appointment.
        HoldsPerHour = "holds_per_hour",
        /// Forms that somebody sends within a minute: whoever is signed in, or all visitors from one network.
        WritesPerMinute = "writes_per_minute",
    }
}

/// The limits in force, one row. Their values stand in the seed migration, not here; a manager may change them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// [`Limit::FutureAppointments`]: 20.
    pub future_appointments: u32,
    /// [`Limit::WaitingRequests`]: 10.
    pub waiting_requests: u32,
    /// [`Limit::UnpaidPurchases`]: 10.
    pub unpaid_purchases: u32,
    /// [`Limit::PurchasesPerDay`]: 20.
    pub purchases_per_day: u32,
    /// [`Limit::Downloads`]: 3.
    pub downloads: u32,
    /// Drafts that are kept of a member, 20. Reaching it refuses nothing: the oldest goes.
    pub drafts: u32,
    /// [`Limit::Holds`]: 3.
    pub holds: u32,
    /// [`Limit::HoldsPerHour`]: 30.
    pub holds_per_hour: u32,
    /// [`Limit::WritesPerMinute`]: 120.
    pub writes_per_minute: u32,
}

impl Limits {
    /// Refuses one more where as many as may be are there already.
    ///
    /// # Errors
    /// [`LimitReached`], which names the limit.
    pub fn admit_beside(&self, limit: Limit, there_are: u32) -> Result<(), LimitReached> {
        let most = self.of(limit);
        if there_are < most { Ok(()) } else { Err(LimitReached { limit, most, retry_after_s: None }) }
    }

    /// How many there may be.
    #[must_use]
    pub const fn of(&self, limit: Limit) -> u32 {
        match limit {
            Limit::FutureAppointments => self.future_appointments,
            Limit::WaitingRequests => self.waiting_requests,
            Limit::UnpaidPurchases => self.unpaid_purchases,
            Limit::PurchasesPerDay => self.purchases_per_day,
            Limit::Downloads => self.downloads,
            Limit::Holds => self.holds,
            Limit::HoldsPerHour => self.holds_per_hour,
            Limit::WritesPerMinute => self.writes_per_minute,
        }
    }
}

/// A limit that was reached: which, how many there may be, and from when on there is room again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LimitReached {
    /// Which limit.
    pub limit: Limit,
    /// How many there may be.
    pub most: u32,
    /// In how many seconds there is room by itself; none where somebody has to make room.
    pub retry_after_s: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::{Limit, LimitReached};
    use crate::model::fixtures::limits;

    #[test]
    fn the_last_one_passes_and_the_next_is_told_the_limit() {
        for &limit in Limit::ALL {
            let most = limits().of(limit);
            assert_eq!(limits().admit_beside(limit, most - 1), Ok(()));
            assert_eq!(
                limits().admit_beside(limit, most),
                Err(LimitReached { limit, most, retry_after_s: None }),
                "{limit}"
            );
        }
    }
}
