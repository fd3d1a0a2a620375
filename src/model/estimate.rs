//! The estimate that a customer sees before confirming (the design, §2.11): how long it will take, which minutes it will draw
//! and what the rest will cost.
//!
//! Integers and one multiplication of money: it also runs in the browser, as often as the customer changes their mind.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    catalogue::MinuteRange,
    codes::coded_enum,
    money::{Money, VatRate},
};

coded_enum! {
    /// Where prepaid minutes come from. The order of the variants is the order of drawing.
    pub enum PoolKind {
        /// The allowance of a contract period.
        Contract = "contract",
        /// A bundle bought in advance.
        Bundle = "bundle",
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

/// What one pool would give.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PoolDraw {
    /// The pool as it is before.
    pub pool: PayerPool,
    /// How many minutes would be taken from it.
    pub taken: MinuteRange,
    /// How many minutes would be left in it.
    pub left: MinuteRange,
}

/// A span of prices from the least to the most, both included, with VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PriceRange {
    /// The least, with VAT.
    pub from: Money,
    /// The most, with VAT.
    pub to: Money,
}

/// What an intervention will probably take. Frozen with the order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Estimate {
    /// Billed minutes: the work type's usual range, raised to the minimum.
    pub minutes: MinuteRange,
    /// The minimum that was applied, in minutes.
    pub minimum: u32,
    /// The pools that would be touched, in drawing order.
    pub draws: Vec<PoolDraw>,
    /// Minutes that no pool covers.
    pub remainder: MinuteRange,
    /// What those minutes cost with VAT; `None` if the pools surely cover everything.
    pub remainder_price: Option<PriceRange>,
    /// Above how many minutes the customer wants to be asked first.
    pub ceiling: Option<u32>,
}

/// Puts pools into drawing order (the design, §2.8): contract first, then bundles by earliest expiry, those that never expire
/// last. Pools of equal rank keep the order in which they were given: give them oldest first.
pub fn sort_for_drawing(pools: &mut [PayerPool]) {
    pools.sort_by_key(|pool| (pool.kind, pool.expires_on.is_none(), pool.expires_on));
}

/// Estimates an intervention (the design, §2.11).
///
/// * `typical` – the work type's usual minutes
/// * `minimum` – the least that is billed, in minutes; it draws minutes too (the design, §2.8)
/// * `pools` – the payer's minutes, [in drawing order](sort_for_drawing)
/// * `rate` – the price of a minute that no pool covers, without VAT
/// * `ceiling` – above how many minutes the customer wants to be asked first; it is kept, not applied
#[must_use]
pub fn estimate(
    typical: MinuteRange,
    minimum: u32,
    pools: &[PayerPool],
    rate: Money,
    vat: VatRate,
    ceiling: Option<u32>,
) -> Estimate {
    let minutes = MinuteRange::new(typical.from.max(minimum), typical.to.max(minimum));
    let mut remainder = minutes;
    let mut draws = Vec::new();
    for pool in pools {
        let taken = MinuteRange {
            from: remainder.from.min(pool.minutes_left),
            to: remainder.to.min(pool.minutes_left),
        };
        if taken.to == 0 {
            continue;
        }
        // The longer the work, the less is left: the ends change places.
        let left = MinuteRange {
            from: pool.minutes_left - taken.to,
            to: pool.minutes_left - taken.from,
        };
        remainder = MinuteRange {
            from: remainder.from - taken.from,
            to: remainder.to - taken.to,
        };
        draws.push(PoolDraw {
            pool: pool.clone(),
            taken,
            left,
        });
    }
    let price = |minutes| rate.times_minutes(minutes).with_vat(vat);
    let remainder_price = (remainder.to > 0).then(|| PriceRange {
        from: price(remainder.from),
        to: price(remainder.to),
    });
    Estimate {
        minutes,
        minimum,
        draws,
        remainder,
        remainder_price,
        ceiling,
    }
}
