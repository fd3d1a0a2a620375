//! Bundles: minutes sold in advance, and what they cost (design, Bundles).

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    calendar::{midnight, to_local},
    ids::BundleId,
    money::{Money, VatRate},
};

/// The most pieces of a bundle in one purchase.
pub const MOST_PIECES: u32 = 100;

/// A bundle on sale: minutes bought in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bundle {
    /// Which.
    pub id: BundleId,
    /// How many minutes.
    pub minutes: u32,
    /// The price of all of them, without VAT.
    pub price: Money,
    /// How long they can be drawn after the payment, in months.
    pub validity_months: u32,
}

impl Bundle {
    /// What a minute costs in it, without VAT, rounded half up to a haléř: for display, never for sums.
    #[must_use]
    pub fn per_minute(&self) -> Money {
        let minutes = i64::from(self.minutes.max(1));
        Money::from_haler((self.price.haler() + minutes / 2) / minutes)
    }

    /// How much less it costs than its minutes by the list, without VAT; none when it does not.
    #[must_use]
    pub fn saving(&self, list_rate_per_minute: Money) -> Option<Money> {
        let saving = list_rate_per_minute.times_minutes(self.minutes) - self.price;
        (saving > Money::ZERO).then_some(saving)
    }

    /// What `quantity` pieces come to.
    #[must_use]
    pub fn quote(&self, quantity: u32, vat: VatRate) -> Quote {
        let price = self.price * quantity;
        Quote { quantity, minutes: self.minutes.saturating_mul(quantity), price, vat, total: price.with_vat(vat) }
    }
}

/// What a purchase comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// How many pieces.
    pub quantity: u32,
    /// The minutes of all of them.
    pub minutes: u32,
    /// The price of all of them, without VAT.
    pub price: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// The price of all of them, including VAT: computed from the total, rounded once (design, Money).
    pub total: Money,
}

/// The first instant at which the minutes of a bundle that is credited at `credited_at` can no longer be drawn: the midnight
/// after the same day of the month so many months later, or after that month's last day where it has no such day.
#[must_use]
pub fn expires_at(credited_at: DateTime<Utc>, validity_months: u32) -> DateTime<Utc> {
    to_local(credited_at)
        .date()
        .checked_add_months(Months::new(validity_months))
        .and_then(|last_day| last_day.checked_add_days(Days::new(1)))
        .map_or(DateTime::<Utc>::MAX_UTC, midnight)
}

/// Which bundle a customer's own usage suggests: the one whose minutes would have covered the use of the last twelve months
/// for the least money per year, drawn within its validity; of two that cost the same, the smaller one. None without use.
///
/// * `minutes` – used over the last twelve months beyond what a contract allows
#[must_use]
pub fn suggested(minutes: u32, bundles: &[Bundle]) -> Option<Bundle> {
    let useful = |bundle: &Bundle| u64::from(useful_minutes(minutes, bundle));
    bundles
        .iter()
        .copied()
        .filter(|bundle| useful(bundle) > 0)
        // Price per useful minute, compared without dividing: a/b < c/d as a·d < c·b.
        .min_by(|one, other| {
            let cost = |bundle: &Bundle, others: u64| i128::from(bundle.price.haler()) * i128::from(others);
            cost(one, useful(other)).cmp(&cost(other, useful(one))).then(one.minutes.cmp(&other.minutes))
        })
}

/// How many of a bundle's minutes would be drawn in time by a customer who uses `minutes` in twelve months: what outlives its
/// bundle is lost.
#[must_use]
pub fn useful_minutes(minutes: u32, bundle: &Bundle) -> u32 {
    let used = u64::from(minutes) * u64::from(bundle.validity_months) / 12;
    u32::try_from(used).unwrap_or(u32::MAX).min(bundle.minutes)
}

/// What a customer's own usage suggests, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The bundle.
    pub bundle: Bundle,
    /// Minutes of the last twelve months that no contract covered.
    pub used: u32,
    /// How many of the bundle's minutes would be drawn in time at that pace.
    pub useful: u32,
    /// Whether a contract covered others.
    pub has_contract: bool,
}

impl Suggestion {
    /// What is suggested to a customer who used `used` minutes in twelve months beyond a contract; nothing without use.
    #[must_use]
    pub fn of(used: u32, has_contract: bool, bundles: &[Bundle]) -> Option<Self> {
        let bundle = suggested(used, bundles)?;
        Some(Self { bundle, used, useful: useful_minutes(used, &bundle), has_contract })
    }
}

/// The last local day on which minutes credited today could be drawn.
#[must_use]
pub fn last_day_if_credited(now: DateTime<Utc>, validity_months: u32) -> NaiveDate {
    crate::model::base::calendar::last_day(expires_at(now, validity_months))
}

/// What another way to pay would have cost over the last twelve months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Interventions of the last twelve months that were paid in money, wholly or in part.
    pub interventions: u32,
    /// Their minutes beyond the grants.
    pub minutes: u32,
    /// What they cost, excluding VAT.
    pub paid: Money,
    /// The bundle that would have covered those minutes for less.
    pub bundle: Bundle,
    /// How many of it.
    pub count: u32,
    /// What the bundles would have cost, excluding VAT.
    pub instead: Money,
}

/// The bundle that would have covered the minutes paid in money over the last twelve months for the least, and for less
/// than was paid; of two that cost the same the smaller one. Bundles are bought whole, and of one kind.
#[must_use]
pub fn advise(interventions: u32, minutes: u32, paid: Money, bundles: &[Bundle]) -> Option<Advice> {
    bundles
        .iter()
        .filter(|bundle| minutes > 0 && bundle.minutes > 0)
        .map(|&bundle| {
            let count = minutes.div_ceil(bundle.minutes);
            Advice { interventions, minutes, paid, bundle, count, instead: bundle.price * count }
        })
        .filter(|advice| advice.instead < paid)
        .min_by_key(|advice| (advice.instead, advice.bundle.minutes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{date, local, vat};

    fn bundle(minutes: u32, crowns: i64, validity_months: u32) -> Bundle {
        Bundle { id: BundleId(i64::from(minutes)), minutes, price: Money::from_haler(crowns * 100), validity_months }
    }

    #[test]
    fn a_bundle_says_what_a_minute_costs_and_what_it_saves() {
        let bundle = bundle(600, 12_000, 18);
        assert_eq!(bundle.per_minute(), Money::from_haler(2_000));
        assert_eq!(bundle.saving(Money::from_haler(2_500)), Some(Money::from_haler(300_000)));
        assert_eq!(bundle.saving(Money::from_haler(2_000)), None, "the same price is no saving");
    }

    #[test]
    fn vat_is_taken_of_the_total_once() {
        let odd = Bundle { price: Money::from_haler(50), ..bundle(60, 1, 12) };
        let quote = odd.quote(3, vat(21));
        assert_eq!((quote.minutes, quote.price, quote.total), (180, Money::from_haler(150), Money::from_haler(182)));
    }

    #[test]
    fn minutes_last_through_the_same_day_so_many_months_later() {
        for (credited, months, last) in [
            ("2026-11-23 09:00", 12, "2027-11-23"),
            ("2026-11-23 23:59", 12, "2027-11-23"),
            ("2026-08-31 10:00", 6, "2027-02-28"),  // that month has no such day
            ("2026-03-29 00:00", 18, "2027-09-29"), // the clocks differ between the two
        ] {
            let expires = expires_at(local(credited), months);
            assert_eq!(last_day_if_credited(local(credited), months), date(last), "{credited}");
            assert_eq!(to_local(expires).time(), chrono::NaiveTime::MIN, "{credited}: at midnight on the wall");
        }
    }

    #[test]
    fn the_suggested_bundle_is_the_cheapest_that_is_used_up() {
        let all = [bundle(60, 1_380, 12), bundle(120, 2_640, 12), bundle(300, 6_300, 12), bundle(600, 12_000, 18)];
        let minutes = |used| suggested(used, &all).map(|bundle| bundle.minutes);
        assert_eq!(minutes(0), None);
        assert_eq!(minutes(30), Some(60), "more would be lost");
        assert_eq!(minutes(120), Some(120));
        assert_eq!(minutes(320), Some(300));
        assert_eq!(minutes(380), Some(300), "570 of 600 minutes in 18 months cost more than 300 of 300");
        assert_eq!(minutes(390), Some(600), "585 of them cost less");
        assert_eq!(minutes(2_000), Some(600));
    }

    #[test]
    fn a_suggestion_says_how_much_of_the_bundle_would_be_drawn_in_time() {
        let all = [bundle(60, 1_380, 12), bundle(600, 12_000, 18)];
        let suggestion = |used| Suggestion::of(used, false, &all).map(|found| (found.bundle.minutes, found.useful));
        assert_eq!(suggestion(30), Some((60, 30)));
        assert_eq!(suggestion(390), Some((600, 585)));
        assert_eq!(suggestion(0), None);
    }

    proptest! {
        #[test]
        fn no_other_bundle_is_cheaper_per_minute_that_is_drawn_in_time(
            minutes in 1..5_000_u32,
            offers in prop::collection::vec((1..1_000_u32, 1..20_000_i64, 1..36_u32), 1..6),
        ) {
            let offers: Vec<_> = offers.into_iter().map(|(minutes, crowns, months)| bundle(minutes, crowns, months)).collect();
            let used = |bundle: &Bundle| (u64::from(minutes) * u64::from(bundle.validity_months) / 12).min(u64::from(bundle.minutes));
            match suggested(minutes, &offers) {
                None => prop_assert!(offers.iter().all(|offer| used(offer) == 0)),
                Some(best) => for offer in offers.iter().filter(|offer| used(offer) > 0) {
                    prop_assert!(
                        i128::from(best.price.haler()) * i128::from(used(offer))
                            <= i128::from(offer.price.haler()) * i128::from(used(&best))
                    );
                },
            }
        }
    }

    fn priced(minutes: u32, crowns: i64) -> Bundle {
        bundle(minutes, crowns, 12)
    }

    fn advice(minutes: u32, paid: i64, bundles: &[Bundle]) -> Option<(u32, u32, i64)> {
        let advice = advise(9, minutes, Money::from_haler(paid * 100), bundles)?;
        assert_eq!((advice.interventions, advice.minutes, advice.paid.haler()), (9, minutes, paid * 100));
        Some((advice.count, advice.bundle.minutes, advice.instead.haler() / 100))
    }

    #[test]
    fn the_cheapest_bundle_that_saves_is_advised() {
        let bundles = [priced(60, 1_200), priced(300, 5_400), priced(600, 9_600)];
        assert_eq!(advice(270, 6_750, &bundles), Some((1, 300, 5_400)));
        assert_eq!(advice(310, 7_750, &bundles), Some((6, 60, 7_200)), "bundles are bought whole");
        assert_eq!(advice(590, 14_750, &bundles), Some((1, 600, 9_600)));
        assert_eq!(advice(60, 1_500, &bundles), Some((1, 60, 1_200)));
    }

    #[test]
    fn what_would_not_save_is_not_advised() {
        let bundles = [priced(60, 1_200), priced(300, 5_400)];
        assert_eq!(advice(30, 750, &bundles), None);
        assert_eq!(advice(48, 1_200, &bundles), None, "the same price is no saving");
        assert_eq!(advice(0, 750, &bundles), None);
        assert_eq!(advice(270, 6_750, &[]), None);
        assert_eq!(advice(270, 6_750, &[priced(0, 0)]), None, "an empty bundle covers nothing");
    }

    #[test]
    fn of_two_that_cost_the_same_the_smaller_is_advised() {
        let bundles = [priced(120, 2_000), priced(60, 1_000), priced(240, 2_000)];
        assert_eq!(advice(110, 2_750, &bundles), Some((2, 60, 2_000)));
    }
}
