//! The estimate that a customer sees before confirming (design, Estimate): how long it will take, which minutes it will draw
//! and what the rest will cost.
//!
//! Integers and one multiplication of money: it also runs in the browser, as often as the customer changes their mind.

use serde::{Deserialize, Serialize};

use super::pools::PayerPool;
use crate::model::{
    base::money::{Money, VatRate},
    line::catalogue::MinuteRange,
};

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
    /// What one of them costs, without VAT.
    #[serde(default)]
    pub rate: Money,
    /// What those minutes cost with VAT; `None` if the pools surely cover everything.
    pub remainder_price: Option<PriceRange>,
    /// Above how many minutes the customer wants to be asked first.
    pub ceiling: Option<u32>,
}

impl Estimate {
    /// All of it but the ceiling, which is typed beside it: what a form carries that shows an estimate, so that nobody agrees to
    /// another one.
    #[must_use]
    pub fn as_shown(&self) -> String {
        let span = |range: MinuteRange| format!("{}-{}", range.from, range.to);
        let draws = self.draws.iter().map(|draw| format!("{}:{}", draw.pool.kind, span(draw.taken)));
        let draws = draws.collect::<Vec<_>>().join("+");
        let price = self.remainder_price.map(|price| format!("{}-{}", price.from.haler(), price.to.haler()));
        [span(self.minutes), draws, span(self.remainder), price.unwrap_or_default()].join(";")
    }
}

/// Estimates an intervention (design, Estimate).
///
/// * `typical` – the work type's usual minutes
/// * `minimum` – the least that is billed, in minutes; it draws minutes too (design, Drawing order)
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
        let taken =
            MinuteRange { from: remainder.from.min(pool.minutes_left), to: remainder.to.min(pool.minutes_left) };
        if taken.to == 0 {
            continue;
        }
        // The longer the work, the less is left: the ends change places.
        let left = MinuteRange { from: pool.minutes_left - taken.to, to: pool.minutes_left - taken.from };
        remainder = MinuteRange { from: remainder.from - taken.from, to: remainder.to - taken.to };
        draws.push(PoolDraw { pool: pool.clone(), taken, left });
    }
    let price = |minutes| rate.times_minutes(minutes).with_vat(vat);
    let remainder_price =
        (remainder.to > 0).then(|| PriceRange { from: price(remainder.from), to: price(remainder.to) });
    Estimate { minutes, minimum, draws, remainder, rate, remainder_price, ceiling }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{date, vat};
    use crate::model::minutes::pools::{PoolKind, sort_for_drawing};

    fn range(from: u32, to: u32) -> MinuteRange {
        MinuteRange { from, to }
    }

    fn pool(kind: PoolKind, minutes_left: u32, expires_on: Option<&str>) -> PayerPool {
        PayerPool { kind, minutes_left, expires_on: expires_on.map(date) }
    }

    fn contract(minutes_left: u32) -> PayerPool {
        pool(PoolKind::Contract, minutes_left, Some("2026-12-31"))
    }

    fn bundle(minutes_left: u32, expires_on: &str) -> PayerPool {
        pool(PoolKind::Bundle, minutes_left, Some(expires_on))
    }

    const RATE: Money = Money::from_haler(2_500);

    #[test]
    fn a_contract_that_covers_everything() {
        let estimate = estimate(range(20, 45), 20, &[contract(140)], RATE, vat(21), Some(60));
        assert_eq!(
            estimate,
            Estimate {
                minutes: range(20, 45),
                minimum: 20,
                draws: vec![PoolDraw { pool: contract(140), taken: range(20, 45), left: range(95, 120) }],
                remainder: MinuteRange::ZERO,
                rate: RATE,
                remainder_price: None,
                ceiling: Some(60),
            }
        );
    }

    #[test]
    fn the_minimum_raises_both_ends() {
        let minutes = |typical, minimum| estimate(typical, minimum, &[], RATE, vat(21), None).minutes;
        assert_eq!(minutes(range(5, 45), 20), range(20, 45));
        assert_eq!(minutes(range(5, 10), 20), range(20, 20));
        assert_eq!(minutes(range(30, 45), 20), range(30, 45));
        assert_eq!(minutes(range(45, 30), 20), range(30, 45), "whatever the catalogue holds");
    }

    #[test]
    fn a_one_off_payer_pays_everything() {
        let estimate = estimate(range(15, 60), 30, &[], RATE, vat(21), None);
        assert_eq!((estimate.draws, estimate.remainder), (Vec::new(), range(30, 60)));
        let price = PriceRange { from: Money::from_haler(90_750), to: Money::from_haler(181_500) };
        assert_eq!(estimate.remainder_price, Some(price));
    }

    #[test]
    fn pools_are_drawn_one_after_the_other_and_the_rest_is_paid() {
        let pools = [contract(12), bundle(30, "2026-06-30"), bundle(100, "2026-12-31")];
        let estimate = estimate(range(20, 150), 20, &pools, RATE, vat(21), None);
        let taken: Vec<_> = estimate.draws.iter().map(|draw| (draw.taken, draw.left)).collect();
        assert_eq!(taken, [(range(12, 12), range(0, 0)), (range(8, 30), range(0, 22)), (range(0, 100), range(0, 100))]);
        assert_eq!(estimate.remainder, range(0, 8));
        let price = PriceRange { from: Money::ZERO, to: Money::from_haler(24_200) };
        assert_eq!(estimate.remainder_price, Some(price));
    }

    #[test]
    fn pools_that_would_not_be_touched_are_left_out() {
        let pools = [contract(0), bundle(60, "2026-06-30"), bundle(60, "2026-12-31")];
        let estimate = estimate(range(20, 45), 20, &pools, RATE, vat(21), None);
        assert_eq!(estimate.draws.len(), 1);
        assert_eq!(estimate.draws[0].pool, pools[1]);
    }

    #[test]
    fn pools_are_put_into_drawing_order() {
        let forever = pool(PoolKind::Bundle, 1, None);
        let older = bundle(2, "2026-06-30");
        let newer = bundle(3, "2026-06-30");
        let soon = bundle(4, "2026-01-31");
        let mut pools = [forever.clone(), older.clone(), newer.clone(), contract(5), soon.clone()];
        sort_for_drawing(&mut pools);
        assert_eq!(pools, [contract(5), soon, older, newer, forever]);
    }

    prop_compose! {
        fn any_pool()(kind in prop::sample::select(PoolKind::ALL), minutes_left in prop_oneof![0..200_u32, Just(u32::MAX)]) -> PayerPool {
            pool(kind, minutes_left, None)
        }
    }

    proptest! {
        #[test]
        fn everything_adds_up(
            ends in (0..500_u32, 0..500_u32),
            minimum in 0..60_u32,
            pools in prop::collection::vec(any_pool(), 0..6),
        ) {
            let typical = MinuteRange::new(ends.0, ends.1);
            let estimate = estimate(typical, minimum, &pools, RATE, vat(21), None);
            prop_assert_eq!(estimate.minutes, range(typical.from.max(minimum), typical.to.max(minimum)));

            let taken = |end: fn(MinuteRange) -> u32| -> u32 { estimate.draws.iter().map(|draw| end(draw.taken)).sum() };
            prop_assert_eq!(taken(|taken| taken.from) + estimate.remainder.from, estimate.minutes.from);
            prop_assert_eq!(taken(|taken| taken.to) + estimate.remainder.to, estimate.minutes.to);

            for draw in &estimate.draws {
                prop_assert!(draw.taken.from <= draw.taken.to && draw.left.from <= draw.left.to && draw.taken.to > 0);
                prop_assert_eq!(draw.taken.to + draw.left.from, draw.pool.minutes_left);
                prop_assert_eq!(draw.taken.from + draw.left.to, draw.pool.minutes_left);
            }
            prop_assert!(estimate.remainder.from <= estimate.remainder.to);
            prop_assert_eq!(estimate.remainder_price.is_some(), estimate.remainder.to > 0);
            if let Some(price) = estimate.remainder_price {
                prop_assert!(price.from <= price.to);
            }
        }

        /// In drawing order: a pool is not touched before those in front of it are empty.
        #[test]
        fn a_pool_is_drawn_only_when_those_before_are_empty(
            to in 0..500_u32,
            pools in prop::collection::vec(any_pool(), 0..6),
        ) {
            let estimate = estimate(range(0, to), 0, &pools, RATE, vat(21), None);
            for two in estimate.draws.windows(2) {
                prop_assert_eq!(two[0].left.from, 0);
            }
            if estimate.remainder.to > 0 {
                prop_assert!(estimate.draws.iter().all(|draw| draw.left.from == 0));
            }
        }
    }
}
