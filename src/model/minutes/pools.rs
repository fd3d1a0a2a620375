//! Pools: where minutes come from, and in which order they are drawn (design, Drawing order).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{codes::coded_enum, ids::GrantId};

coded_enum! {
    /// Where prepaid minutes come from.
    pub enum PoolKind {
        /// The allowance of a contract period.
        Contract = "contract",
        /// A bundle bought in advance.
        Bundle = "bundle",
        /// Minutes given back or credited by hand.
        Correction = "correction",
        /// Minutes credited because nobody of ours came to an agreed time.
        Apology = "apology",
    }
}

/// Prepaid minutes that can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PayerPool {
    /// Where they come from.
    pub kind: PoolKind,
    /// How many are left.
    pub minutes_left: u32,
    /// The last day on which they can be drawn; `None` if they never expire.
    pub expires_on: Option<NaiveDate>,
}

/// Where a pool stands in the drawing order (design, Drawing order): the contract's allowance, then the others by earliest expiry,
/// those that never expire last. What is equal is drawn oldest first.
pub fn drawing_rank<End>(kind: PoolKind, expires: Option<End>) -> (bool, bool, Option<End>) {
    (kind != PoolKind::Contract, expires.is_none(), expires)
}

/// Puts pools into drawing order (design, Drawing order): contract first, then the others by earliest expiry, those that never
/// expire last. Pools of equal rank keep the order in which they were given: give them oldest first.
pub fn sort_for_drawing(pools: &mut [PayerPool]) {
    pools.sort_by_key(|pool| drawing_rank(pool.kind, pool.expires_on));
}

/// How billed minutes are spread over what is left in pools, given in drawing order: how many each pays, and how many none does.
#[must_use]
pub fn spread(left: impl IntoIterator<Item = u32>, billed: u32) -> (Vec<u32>, u32) {
    let mut unpaid = billed;
    let paid = left
        .into_iter()
        .map(|left| {
            let taken = unpaid.min(left);
            unpaid -= taken;
            taken
        })
        .collect();
    (paid, unpaid)
}

/// A grant as the meter shows it: what is left first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// Which grant.
    pub grant: GrantId,
    /// Where its minutes come from.
    pub kind: PoolKind,
    /// How many were credited.
    pub granted: u32,
    /// How many are left.
    pub left: u32,
    /// Of those, how many the agreed appointments will probably take.
    pub reserved: u32,
    /// From when they could be drawn.
    pub effective_at: DateTime<Utc>,
    /// The first instant at which they can no longer be drawn; none if they never expire.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Puts what the meter shows into drawing order, as [`in_drawing_order`](super::ledger::in_drawing_order) has it.
pub fn sort_pools(pools: &mut [Pool]) {
    pools.sort_by_key(|pool| (drawing_rank(pool.kind, pool.expires_at), pool.effective_at, pool.grant));
}

/// Spreads the minutes that agreed appointments will probably take over the pools, in drawing order; what does not fit is
/// nobody's reservation.
pub fn reserve(pools: &mut [Pool], mut minutes: u32) {
    for pool in pools {
        pool.reserved = minutes.min(pool.left);
        minutes -= pool.reserved;
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn billed_minutes_are_spread_in_order_and_the_rest_is_nobodys() {
        assert_eq!(spread([12, 0, 30], 20), (vec![12, 0, 8], 0));
        assert_eq!(spread([12, 5], 20), (vec![12, 5], 3));
        assert_eq!(spread([], 20), (vec![], 20));
        assert_eq!(spread([u32::MAX, u32::MAX], u32::MAX), (vec![u32::MAX, 0], 0));
    }
}
