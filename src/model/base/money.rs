//! Money: whole haléře at rest, decimals in views (design, Money). One currency: CZK.
//!
//! What adds VAT and reads rates counts in integers: it also runs in the browser, where decimals would weigh more than all that is
//! done with them.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, Mul, Neg, Sub},
    str::FromStr,
};

use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of Czech crowns in whole haléře (1 Kč = 100 h). Negative amounts are credits.
///
/// Arithmetic saturates at ±92 quadrillion crowns: no line of business gets there, and a wrong sign would be worse than
/// an absurd number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// An amount given in haléře.
    #[must_use]
    pub const fn from_haler(haler: i64) -> Self {
        Self(haler)
    }

    /// The amount in haléře, as it is stored.
    #[must_use]
    pub const fn haler(self) -> i64 {
        self.0
    }

    /// An amount in crowns with at most two decimal places, as Czechs and English write them; none for anything else. Blanks may
    /// part the thousands; a comma or a point begins the decimal places and nothing else, so that "1.380" is no crown and a bit.
    #[must_use]
    pub fn parse_crowns(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let (sign, digits) = typed.strip_prefix(['-', '−']).map_or((1, typed.as_str()), |digits| (-1, digits));
        let (whole, places) = digits.split_once([',', '.']).unwrap_or((digits, "00"));
        if !is_number(whole) || !is_number(places) || places.len() > 2 {
            return None;
        }
        let haler: i64 = format!("{places:0<2}").parse().ok()?;
        whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(haler).map(|haler| Self(sign * haler))
    }

    /// The amount in crowns, exact, with two decimal places.
    #[must_use]
    pub fn to_crowns(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// The price of `minutes` at this rate per minute.
    #[must_use]
    pub fn times_minutes(self, minutes: u32) -> Self {
        self * minutes
    }

    /// This amount with VAT added; rounded once, half up, to a haléř.
    ///
    /// Take the tax of a document's *total* per rate, not of each line: the sum of rounded lines may differ by a few
    /// haléře. A credit rounds as its debit does (half away from zero), so that the two always cancel out.
    #[must_use]
    pub fn with_vat(self, vat: VatRate) -> Self {
        let whole = u64::from(VatRate::MOST);
        let factor = whole + u64::from(vat.0);
        let haler = self.0.unsigned_abs();
        // In two parts, so that nothing overflows that is not beyond the limits anyway: only the second is rounded.
        let rounded = (haler % whole * factor + whole / 2) / whole;
        let sum = (haler / whole).saturating_mul(factor).saturating_add(rounded);
        Self(match (i64::try_from(sum), self.0 < 0) {
            (Ok(sum), false) => sum,
            (Ok(sum), true) => -sum,
            (Err(_), false) => i64::MAX,
            (Err(_), true) => i64::MIN,
        })
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<u32> for Money {
    type Output = Self;

    fn mul(self, count: u32) -> Self {
        Self(self.0.saturating_mul(i64::from(count)))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A rate of value added tax in per cent: 0–100 with at most two decimal places. Rates are data, for they change.
///
/// On the wire it is the number as text ("21"), so that no floating point ever touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VatRate(
    /// In hundredths of a per cent.
    u16,
);

impl VatRate {
    /// No tax at all.
    pub const ZERO: Self = Self(0);

    /// A hundred per cent.
    const MOST: u16 = 10_000;

    /// A rate given in per cent.
    ///
    /// # Errors
    ///
    /// [`InvalidVatRate`] when it is negative, above 100 or finer than a hundredth of a per cent.
    pub fn from_percent(percent: Decimal) -> Result<Self, InvalidVatRate> {
        let percent = percent.normalize();
        let in_range = Decimal::ZERO <= percent && percent <= Decimal::ONE_HUNDRED;
        let hundredths = (in_range && percent.scale() <= 2).then(|| percent * Decimal::ONE_HUNDRED);
        hundredths.and_then(|hundredths| hundredths.to_u16()).map(Self).ok_or(InvalidVatRate)
    }

    /// The rate in per cent, without trailing zeros.
    #[must_use]
    pub fn percent(self) -> Decimal {
        Decimal::new(self.0.into(), 2).normalize()
    }
}

impl fmt::Display for VatRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, places) = (self.0 / 100, self.0 % 100);
        match (places, places % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", places / 10),
            _ => write!(f, "{whole}.{places:02}"),
        }
    }
}

impl FromStr for VatRate {
    type Err = InvalidVatRate;

    fn from_str(percent: &str) -> Result<Self, Self::Err> {
        let (whole, places) = percent.split_once('.').unwrap_or((percent, "0"));
        if !is_number(whole) || !is_number(places) {
            return Err(InvalidVatRate);
        }
        let hundredths = match *places.trim_end_matches('0').as_bytes() {
            [] => 0,
            [tens] => u16::from(tens - b'0') * 10,
            [tens, ones] => u16::from(tens - b'0') * 10 + u16::from(ones - b'0'),
            _ => return Err(InvalidVatRate),
        };
        let whole = whole.parse::<u16>().ok().and_then(|whole| whole.checked_mul(100));
        let rate = whole.and_then(|whole| whole.checked_add(hundredths)).filter(|rate| *rate <= Self::MOST);
        rate.map(Self).ok_or(InvalidVatRate)
    }
}

impl TryFrom<Decimal> for VatRate {
    type Error = InvalidVatRate;

    fn try_from(percent: Decimal) -> Result<Self, Self::Error> {
        Self::from_percent(percent)
    }
}

impl Serialize for VatRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VatRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Owned, because a form decodes its values on the way and cannot lend them.
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The rates of VAT by the day from which each holds, in the order of the days, in whichever they are read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(NaiveDate, VatRate)>")]
pub struct VatRates(Vec<(NaiveDate, VatRate)>);

impl From<Vec<(NaiveDate, VatRate)>> for VatRates {
    fn from(rates: Vec<(NaiveDate, VatRate)>) -> Self {
        Self::new(rates)
    }
}

impl VatRates {
    /// Rates, given in whichever order.
    #[must_use]
    pub fn new(rates: impl IntoIterator<Item = (NaiveDate, VatRate)>) -> Self {
        let mut rates: Vec<_> = rates.into_iter().collect();
        rates.sort_unstable();
        Self(rates)
    }

    /// The rate of a day: the last that began by then. Of a day before all of them it is the first one's, and nothing without any.
    #[must_use]
    pub fn of(&self, day: NaiveDate) -> VatRate {
        let begun = self.0.iter().rev().find(|(from, _)| *from <= day);
        begun.or(self.0.first()).map_or(VatRate::ZERO, |(_, rate)| *rate)
    }

    /// All of them with the days from which they hold, the earliest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (NaiveDate, VatRate)> {
        self.0.iter().copied()
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Not a rate of tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a VAT rate is 0 to 100 per cent with at most two decimal places")]
pub struct InvalidVatRate;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixtures::{date, vat};

    #[test]
    fn the_rate_of_a_day_is_the_last_that_began_by_then() {
        let rates = VatRates::new([(date("2027-01-01"), vat(23)), (date("2013-01-01"), vat(21))]);
        for (day, percent) in [("2012-12-31", 21), ("2013-01-01", 21), ("2026-12-31", 21), ("2027-01-01", 23)] {
            assert_eq!(rates.of(date(day)), vat(percent), "{day}");
        }
        assert_eq!(VatRates::default().of(date("2026-01-01")), VatRate::ZERO);
        let json = serde_json::to_string(&rates).unwrap();
        assert_eq!(json, r#"[["2013-01-01","21"],["2027-01-01","23"]]"#);
        assert_eq!(serde_json::from_str::<VatRates>(&json).unwrap(), rates);
    }

    #[test]
    fn vat_is_rounded_half_up_once() {
        for (without, percent, with) in [
            (10_000, 21, 12_100),
            (1, 21, 1),       // 1.21
            (50, 21, 61),     // 60.5
            (150, 21, 182),   // 181.5
            (49, 21, 59),     // 59.29
            (25, 12, 28),     // 28.0
            (-50, 21, -61),   // a credit cancels its debit
            (-150, 21, -182), //
            (12_345, 0, 12_345),
        ] {
            assert_eq!(
                Money::from_haler(without).with_vat(vat(percent)),
                Money::from_haler(with),
                "{without} h, {percent} %"
            );
        }
        let half_percent = "12.5".parse().unwrap();
        assert_eq!(Money::from_haler(1_000).with_vat(half_percent), Money::from_haler(1_125));
    }

    #[test]
    fn the_tax_of_a_total_is_not_the_sum_of_taxes() {
        let lines = [Money::from_haler(50); 3];
        let total: Money = lines.into_iter().sum();
        assert_eq!(total.with_vat(vat(21)), Money::from_haler(182));
        assert_eq!(lines.into_iter().map(|line| line.with_vat(vat(21))).sum::<Money>(), Money::from_haler(183));
    }

    #[test]
    fn money_reads_as_crowns() {
        assert_eq!(Money::from_haler(123_450).to_crowns().to_string(), "1234.50");
        assert_eq!(Money::from_haler(-5).to_crowns().to_string(), "-0.05");
    }

    #[test]
    fn typed_crowns_are_what_they_look_like_or_nothing() {
        let haler = |typed: &str| Money::parse_crowns(typed).map(Money::haler);
        for (typed, expected) in [
            ("25", 2_500),
            ("25,5", 2_550),
            ("25.50", 2_550),
            (" 1 210,50 ", 121_050),
            ("1\u{a0}210", 121_000),
            ("-0,05", -5),
            ("−3", -300),
            ("0", 0),
        ] {
            assert_eq!(haler(typed), Some(expected), "{typed}");
        }
        // A point that parts thousands would make them crowns.
        for typed in [
            "1.380",
            "3,630",
            "1.000",
            "1,210",
            "1.380,00",
            "1e3",
            "1_000",
            "+5",
            "",
            ",5",
            "5,",
            "--5",
            "Kč",
            "٣",
            "99999999999999999999",
        ] {
            assert_eq!(haler(typed), None, "{typed}");
        }
    }

    #[test]
    fn nothing_wraps_around() {
        let (most, least) = (Money::from_haler(i64::MAX), Money::from_haler(i64::MIN));
        assert_eq!(most + Money::from_haler(1), most);
        assert_eq!(least - Money::from_haler(1), least);
        assert_eq!(-least, most);
        assert_eq!(most.times_minutes(u32::MAX), most);
        assert_eq!(most.with_vat(vat(100)), most);
        assert_eq!(least.with_vat(vat(100)), least);
    }

    #[test]
    fn a_rate_is_a_percentage_with_two_places_at_most() {
        for rate in ["0", "12", "21", "21.00", "12.5", "0.01", "100"] {
            assert!(rate.parse::<VatRate>().is_ok(), "{rate}");
        }
        for no_rate in [
            "-1",
            "-0.01",
            "100.01",
            "21.001",
            "",
            ".",
            "21.",
            ".5",
            "+21",
            "21 %",
            "21,5",
            "99999",
            "0.000000000000000000000000000000001",
        ] {
            assert!(no_rate.parse::<VatRate>().is_err(), "{no_rate}");
        }
        for percent in [Decimal::new(-1, 2), Decimal::new(10_001, 2), Decimal::new(21_001, 3), Decimal::MAX] {
            assert!(VatRate::from_percent(percent).is_err(), "{percent}");
        }
    }

    #[test]
    fn a_rate_is_said_without_needless_zeros() {
        for (written, said) in [("21.00", "21"), ("12.5", "12.5"), ("12.50", "12.5"), ("0.05", "0.05"), ("0", "0")] {
            let rate: VatRate = written.parse().unwrap();
            assert_eq!(rate.to_string(), said);
            assert_eq!(rate.percent().to_string(), said);
            assert_eq!(VatRate::from_percent(rate.percent()), Ok(rate));
        }
    }

    #[test]
    fn a_rate_is_text_on_the_wire() {
        let rate: VatRate = "21.00".parse().unwrap();
        assert_eq!(serde_json::to_string(&rate).unwrap(), r#""21""#);
        assert_eq!(serde_json::from_str::<VatRate>(r#""21""#).unwrap(), rate);
        assert!(serde_json::from_str::<VatRate>(r#""121""#).is_err());
    }

    proptest! {
        #[test]
        fn a_debit_and_its_credit_cancel_out(haler in i64::MIN / 2..=i64::MAX / 2, percent in 0..=100_u32) {
            let debit = Money::from_haler(haler);
            prop_assert_eq!(debit.with_vat(vat(percent)), -(-debit).with_vat(vat(percent)));
        }

        /// Half a haléř away from the exact value at most, and up at exactly half: checked with integers alone.
        #[test]
        fn vat_is_the_nearest_haler(haler in 0..1_000_000_000_000_i64, hundredths in 0..=10_000_i64) {
            let rate = VatRate::from_percent(Decimal::new(hundredths, 2)).unwrap();
            let rounded = Money::from_haler(haler).with_vat(rate).haler();
            let error = rounded * 10_000 - haler * (10_000 + hundredths);
            prop_assert!(-5_000 < error && error <= 5_000);
        }
    }
}
