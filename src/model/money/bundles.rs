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
    /// The row of the catalogue.
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

    /// How much less it costs than its minutes one by one at a rate, without VAT; none when it does not.
    #[must_use]
    pub fn saving(&self, rate_per_minute: Money) -> Option<Money> {
        let saving = rate_per_minute.times_minutes(self.minutes) - self.price;
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

/// The last local day on which minutes credited today could be drawn.
#[must_use]
pub fn last_day_if_credited(now: DateTime<Utc>, validity_months: u32) -> NaiveDate {
    crate::model::base::calendar::last_day(expires_at(now, validity_months))
}

#[cfg(test)]
mod tests {
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
}
