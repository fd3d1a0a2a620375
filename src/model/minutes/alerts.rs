//! Alerts: minutes run low, or are about to expire. Once per crossing, and armed again by a top-up.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::pools::Pool;
use crate::model::base::codes::coded_enum;

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

/// How long before a grant expires its customer is told at the earliest, in days.
pub const EXPIRING_DAYS: i64 = 30;

/// Whether it is time to tell that a grant expires: in the last quarter of its life, at most [`EXPIRING_DAYS`] before its
/// end. That a month's allowance ends with the month is no news on the first.
#[must_use]
pub fn expires_soon(effective_at: DateTime<Utc>, expires_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let notice = ((expires_at - effective_at) / 4).min(TimeDelta::days(EXPIRING_DAYS));
    expires_at - now <= notice
}

/// An alert that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// What it says.
    pub kind: AlertKind,
    /// Minutes left in all pools, or in the grant that expires.
    pub left: u32,
    /// Minutes credited in all pools, or in that grant.
    pub granted: u32,
    /// Of those left in all pools, how many the agreed appointments will probably draw.
    #[serde(default)]
    pub reserved: u32,
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
    let used = u64::from(level.granted.saturating_sub(level.left));
    let granted = u64::from(level.granted);
    let has_reached = |percent| granted > 0 && used * 100 >= granted * u64::from(percent);
    AlertKind::ALL.iter().rev().copied().find(|kind| kind.percent().is_some_and(has_reached))
}

/// The alert that a change from `before` to `after` raises: the highest share reached, if it is higher than the one
/// before. A top-up lowers the share, so the next crossing raises it again.
#[must_use]
pub fn crossed(before: Level, after: Level) -> Option<AlertKind> {
    reached(after).filter(|&kind| reached(before).is_none_or(|former| former < kind))
}

/// The alert that stands now, for the page: the share that is reached over all pools, else the pool with minutes left that
/// expires first, if it [expires soon](expires_soon).
///
/// * `pools` – all that can be drawn now, with what is reserved
#[must_use]
pub fn standing(pools: &[Pool], now: DateTime<Utc>) -> Option<Alert> {
    let level = pools.iter().fold(Level::default(), |sum, pool| Level {
        granted: sum.granted.saturating_add(pool.granted),
        left: sum.left.saturating_add(pool.left),
    });
    if let Some(kind) = reached(level) {
        let reserved = pools.iter().map(|pool| pool.reserved).sum();
        return Some(Alert { kind, left: level.left, granted: level.granted, reserved, expires_at: None });
    }
    let (expires_at, pool) = pools
        .iter()
        .filter(|pool| pool.left > 0)
        .filter_map(|pool| Some((pool.expires_at?, pool)))
        .min_by_key(|&(expires_at, _)| expires_at)?;
    expires_soon(pool.effective_at, expires_at, now).then_some(Alert {
        kind: AlertKind::Expiring,
        left: pool.left,
        granted: pool.granted,
        reserved: 0,
        expires_at: Some(expires_at),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        fixtures::{local, pool},
        minutes::pools::PoolKind::{Bundle, Contract},
    };

    fn level(granted: u32, left: u32) -> Level {
        Level { granted, left }
    }

    #[test]
    fn a_share_is_reached_to_the_minute() {
        for (granted, left, kind) in [
            (300, 61, None),
            (300, 60, Some(AlertKind::Used80)),
            (300, 16, Some(AlertKind::Used80)),
            (300, 15, Some(AlertKind::Used95)),
            (300, 1, Some(AlertKind::Used95)),
            (300, 0, Some(AlertKind::Used100)),
            (7, 2, None),
            (7, 1, Some(AlertKind::Used80)), // 85.7 %
            (1, 1, None),
            (1, 0, Some(AlertKind::Used100)),
            (0, 0, None),
            (u32::MAX, u32::MAX, None),
            (u32::MAX, u32::MAX / 5 + 1, None),
            (u32::MAX, u32::MAX / 5, Some(AlertKind::Used80)),
            (10, 20, None),
        ] {
            assert_eq!(reached(level(granted, left)), kind, "{left} of {granted}");
        }
    }

    #[test]
    fn a_crossing_is_told_once_and_again_after_a_top_up() {
        assert_eq!(crossed(level(300, 61), level(300, 60)), Some(AlertKind::Used80));
        assert_eq!(crossed(level(300, 60), level(300, 40)), None, "told already");
        assert_eq!(crossed(level(300, 61), level(300, 10)), Some(AlertKind::Used95), "the highest of two");
        assert_eq!(crossed(level(300, 10), level(300, 60)), None, "minutes came back");
        assert_eq!(crossed(level(300, 0), level(300, 0)), None);
        assert_eq!(crossed(level(300, 0), level(0, 0)), None, "everything expired");
        assert_eq!(crossed(level(0, 0), level(300, 300)), None);

        let topped_up = level(900, 640);
        assert_eq!(crossed(level(300, 40), topped_up), None);
        assert_eq!(crossed(topped_up, level(900, 180)), Some(AlertKind::Used80), "armed again");
    }

    #[test]
    fn a_share_that_is_reached_stands_before_an_expiry() {
        let now = local("2026-12-10 09:00");
        let pools = [pool(Contract, 300, 0, Some("2027-01-01 00:00")), pool(Bundle, 100, 60, None)];
        let alert = Alert { kind: AlertKind::Used80, left: 60, granted: 400, reserved: 0, expires_at: None };
        assert_eq!(standing(&pools, now), Some(alert));
    }

    #[test]
    fn the_first_pool_to_expire_is_told_thirty_days_ahead() {
        let pools = [
            pool(Contract, 300, 200, Some("2027-01-01 00:00")),
            pool(Bundle, 100, 0, Some("2026-11-30 00:00")),
            pool(Bundle, 100, 70, Some("2026-12-31 00:00")),
            pool(Bundle, 100, 100, None),
        ];
        let expires_at = local("2026-12-31 00:00");
        let alert =
            Alert { kind: AlertKind::Expiring, left: 70, granted: 100, reserved: 0, expires_at: Some(expires_at) };
        let told_from = expires_at - TimeDelta::days(EXPIRING_DAYS);
        assert_eq!(standing(&pools, told_from - TimeDelta::seconds(1)), None);
        assert_eq!(standing(&pools, told_from), Some(alert));
        assert_eq!(standing(&pools[3..], told_from), None, "never expires");
        assert_eq!(standing(&[], told_from), None);
    }

    proptest! {
        /// However an account goes down, each share is told once at most, and the last one told is the one that stands.
        #[test]
        fn going_down_tells_each_share_once(granted in 1..1_000_u32, draws in prop::collection::vec(0..400_u32, 0..12)) {
            let mut now = level(granted, granted);
            let mut told = Vec::new();
            for minutes in draws {
                let after = level(granted, now.left.saturating_sub(minutes));
                told.extend(crossed(now, after));
                now = after;
            }
            prop_assert!(told.is_sorted_by(|earlier, later| earlier < later), "{told:?}");
            prop_assert_eq!(told.last().copied(), reached(now));
        }
    }
}
