//! The contract (Servisně licenční smlouva): what a customer has agreed with the vendor.

pub mod allowances;
pub mod versions;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    base::{
        codes::coded_enum,
        ids::{ContractFileId, ContractId, CustomerId},
        money::Money,
        seen::Fields,
        terms::Urgency,
    },
    line::tiers::ResponseTier,
};

coded_enum! {
    /// How often a contract credits its minutes. Periods are those of the calendar: a quarter begins on 1 January.
    pub enum Period {
        /// Every month.
        Month = "month",
        /// Every quarter.
        Quarter = "quarter",
        /// Every year.
        Year = "year",
    }
}

coded_enum! {
    /// What becomes of minutes that a period leaves over. None outlive the contract.
    pub enum Rollover {
        /// They expire with their period.
        None = "none",
        /// They can be drawn for one more period.
        OnePeriod = "one_period",
    }
}

/// What a contract says. Every edit keeps the former terms (see [`ContractVersion`](versions::ContractVersion)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractTerms {
    /// Its number.
    pub number: String,
    /// The first day on which it is valid.
    pub valid_from: NaiveDate,
    /// The last day on which it is valid; none for an indefinite time.
    pub valid_until: Option<NaiveDate>,
    /// The first day on which these terms are in force, where an amendment says so; none for those of its first day.
    #[serde(default)]
    pub since: Option<NaiveDate>,
    /// The code of the response tier.
    pub tier: String,
    /// Minutes credited at the start of each period, never prorated.
    pub minutes_per_period: u32,
    /// How often.
    pub period: Period,
    /// What becomes of what is left.
    pub rollover: Rollover,
    /// The price of a minute beyond the grants of a normal intervention, excluding VAT.
    pub rate_per_minute: Money,
    /// The same of an urgent one.
    pub urgent_rate_per_minute: Money,
    /// The least that is billed for an intervention, in minutes.
    pub minimum_minutes: u32,
    /// Above how many minutes the customer is asked, unless an order says otherwise; none for no limit.
    pub ceiling_minutes: Option<u32>,
    /// What is paid for the contract itself, whatever is done; none for nothing.
    #[serde(default)]
    pub fee: Option<Fee>,
}

/// What is paid again and again for a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// How much, excluding VAT.
    pub amount: Money,
    /// For which period.
    pub period: Period,
    /// On which day of the month in which the period begins it is invoiced. Contracts of former days say nothing of it.
    #[serde(default)]
    pub day: FeeDay,
}

/// A day that every month has: one of the first 28, or the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeeDay(u32);

impl FeeDay {
    /// The last of those that every month calls by the same number.
    const COMMON: u32 = 28;
    /// The number that stands for the last day.
    const LAST: u32 = 31;

    /// The day of a number; none for what not every month has.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        if number == Self::LAST || (1 <= number && number <= Self::COMMON) { Some(Self(number)) } else { None }
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=Self::COMMON).chain([Self::LAST]).map(Self)
    }

    /// Its number: 31 stands for the last day.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Whether it is the last day, whatever its number.
    #[must_use]
    pub const fn is_last(self) -> bool {
        self.0 == Self::LAST
    }

    /// The day in the month of another one.
    #[must_use]
    pub fn in_month_of(self, day: NaiveDate) -> NaiveDate {
        let last = u32::from(day.num_days_in_month());
        day.with_day(self.0.clamp(1, last)).unwrap_or(day)
    }
}

impl Default for FeeDay {
    /// The day on which most periods begin.
    fn default() -> Self {
        Self(1)
    }
}

impl ContractTerms {
    /// The first day on which these terms are in force.
    #[must_use]
    pub fn in_force_from(&self) -> NaiveDate {
        self.since.map_or(self.valid_from, |since| since.max(self.valid_from))
    }

    /// Whether the contract is valid on a day, under whatever terms.
    #[must_use]
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        self.valid_from <= date && self.valid_until.is_none_or(|last_day| date <= last_day)
    }

    /// Whether both say the same, from whatever day.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        Self { since: other.since, ..self.clone() } == *other
    }

    /// What the form of an amendment shows of it.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let ceiling = self.ceiling_minutes.map(|most| most.to_string()).unwrap_or_default();
        // Without a fee, a period is chosen all the same.
        let (fee, fee_period) =
            self.fee.map_or((String::new(), Period::Year), |fee| (as_typed(fee.amount), fee.period));
        let fee_day = self.fee.map(|fee| fee.day).unwrap_or_default();
        Fields::default()
            .with("tier", &self.tier)
            .with("minutes_per_period", self.minutes_per_period.to_string())
            .with("period", self.period.code())
            .with("rollover", self.rollover.code())
            .with("rate_per_minute", as_typed(self.rate_per_minute))
            .with("urgent_rate_per_minute", as_typed(self.urgent_rate_per_minute))
            .with("minimum_minutes", self.minimum_minutes.to_string())
            .with("ceiling_minutes", ceiling)
            .with("fee", fee)
            .with("fee_period", fee_period.code())
            .with("fee_day", fee_day.number().to_string())
    }

    /// What the form of its number and its last day shows of it.
    #[must_use]
    pub fn validity_fields(&self) -> Fields {
        let until = self.valid_until.map(|day| day.to_string()).unwrap_or_default();
        Fields::default().with("number", &self.number).with("valid_until", until)
    }

    /// The prices of a minute beyond the grants.
    #[must_use]
    pub const fn rates(&self) -> Rates {
        Rates { normal: self.rate_per_minute, urgent: self.urgent_rate_per_minute }
    }
}

/// A price as people type it: "22,50", without spaces between the digits.
#[must_use]
pub fn as_typed(amount: Money) -> String {
    let (crowns, haler) = (amount.haler() / 100, amount.haler() % 100);
    if haler == 0 { crowns.to_string() } else { format!("{crowns},{haler:02}") }
}

/// The price of a minute beyond the grants, excluding VAT (design, Drawing order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rates {
    /// Of a normal intervention.
    pub normal: Money,
    /// Of an urgent one.
    pub urgent: Money,
}

impl Rates {
    /// The rate of an intervention of this urgency.
    #[must_use]
    pub const fn of(&self, urgency: Urgency) -> Money {
        match urgency {
            Urgency::Normal => self.normal,
            Urgency::Urgent => self.urgent,
        }
    }
}

/// A contract as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// The row, which stays through every change.
    pub id: ContractId,
    /// With whom it is agreed.
    pub customer: CustomerId,
    /// What it says now, or said at its end, or will say when it begins.
    pub terms: ContractTerms,
    /// Its response tier.
    pub tier: ResponseTier,
    /// What it will say from days to come, the earliest first.
    pub to_come: Vec<ContractTerms>,
    /// Which version of it was written last: whoever writes the next one says which one was read.
    pub version: u32,
    /// What was signed.
    pub files: Vec<ContractFile>,
}

impl Contract {
    /// What it says just before a day, of what it says now and will say: what an amendment from that day changes.
    #[must_use]
    pub fn terms_before(&self, day: NaiveDate) -> &ContractTerms {
        self.to_come.iter().rev().find(|terms| terms.in_force_from() < day).unwrap_or(&self.terms)
    }

    /// What it says on a day, of what it says now and will say: from which an amendment from that day goes on.
    #[must_use]
    pub fn terms_on(&self, day: NaiveDate) -> &ContractTerms {
        self.to_come.iter().rev().find(|terms| terms.in_force_from() <= day).unwrap_or(&self.terms)
    }
}

/// A contract, or an amendment, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractFile {
    /// The row.
    pub id: ContractFileId,
    /// What the file is called.
    pub name: String,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

/// A contract that ends soon, and nothing follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndingContract {
    /// The row.
    pub contract: ContractId,
    /// With whom it is agreed.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: String,
    /// The contract's number.
    pub number: String,
    /// Its last day.
    pub last_day: NaiveDate,
}

/// The most bytes of a file of what was signed.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;
/// How every PDF begins.
pub const PDF_MAGIC: &[u8] = b"%PDF-";

/// How many days before its end a contract's end is told for the first time.
pub const ENDS_FIRST_DAYS: i64 = 60;
/// How many days before its end a contract's end is told once more.
const ENDS_AGAIN_DAYS: i64 = 14;

/// Which word of a contract's end is due: the days before it at which that one falls; none while the end is far, or over.
#[must_use]
pub fn end_told_at(last_day: NaiveDate, today: NaiveDate) -> Option<i64> {
    match (last_day - today).num_days() {
        0..=ENDS_AGAIN_DAYS => Some(ENDS_AGAIN_DAYS),
        days if (0..=ENDS_FIRST_DAYS).contains(&days) => Some(ENDS_FIRST_DAYS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{contract_terms, date};

    #[test]
    fn an_amendment_changes_what_is_in_force_before_its_day() {
        let first = contract_terms();
        let from =
            |day, minutes| ContractTerms { since: Some(date(day)), minutes_per_period: minutes, ..first.clone() };
        let (december, january) = (from("2026-12-01", 400), from("2027-01-01", 500));
        let contract = Contract {
            id: ContractId(1),
            customer: CustomerId(1),
            terms: first.clone(),
            tier: crate::model::fixtures::standard(),
            to_come: vec![december.clone(), january.clone()],
            version: 3,
            files: Vec::new(),
        };
        assert_eq!(contract.terms_before(date("2026-12-01")), &first);
        assert_eq!(contract.terms_before(date("2026-12-02")), &december);
        assert_eq!(contract.terms_before(date("2027-01-01")), &december);
        for (day, terms) in [("2026-11-30", &first), ("2026-12-01", &december), ("2026-12-31", &december)] {
            assert_eq!(contract.terms_on(date(day)), terms, "{day}");
        }
        assert_eq!(contract.terms_on(date("2027-05-01")), &january);
        assert!(from("2027-02-01", 500).says_the_same(&january) && !january.says_the_same(&december));
    }

    #[test]
    fn the_end_is_told_twice() {
        let last_day = date("2026-12-31");
        for (today, told) in [
            ("2026-11-01", Some(ENDS_FIRST_DAYS)),
            ("2026-12-16", Some(ENDS_FIRST_DAYS)),
            ("2026-12-17", Some(ENDS_AGAIN_DAYS)),
            ("2026-12-31", Some(ENDS_AGAIN_DAYS)),
            ("2026-10-31", None),
            ("2027-01-01", None),
        ] {
            assert_eq!(end_told_at(last_day, date(today)), told, "{today}");
        }
    }

    #[test]
    fn a_price_can_be_typed_again() {
        assert_eq!(as_typed(Money::from_haler(2_250)), "22,50");
        assert_eq!(as_typed(Money::from_haler(123_405)), "1234,05");
        assert_eq!(as_typed(Money::from_haler(123_400)), "1234");
    }

    #[test]
    fn every_month_has_the_day_of_a_fee() {
        let on = |number, day: &str| FeeDay::new(number).expect("a day").in_month_of(date(day)).to_string();
        assert_eq!(on(28, "2026-02-10"), "2026-02-28");
        assert_eq!(on(31, "2026-02-10"), "2026-02-28");
        assert_eq!(on(31, "2028-02-10"), "2028-02-29", "a leap year");
        assert_eq!(on(31, "2026-04-01"), "2026-04-30");
        assert_eq!(on(1, "2026-12-31"), "2026-12-01");
        assert_eq!([0, 29, 30, 32].map(FeeDay::new), [None; 4]);
        assert!(FeeDay::all().all(|day| FeeDay::new(day.number()) == Some(day)));
        assert_eq!(FeeDay::all().filter(|day| day.is_last()).count(), 1);
    }

    #[test]
    fn urgent_minutes_have_their_own_rate() {
        let rates = Rates { normal: Money::from_haler(2_000), urgent: Money::from_haler(3_000) };
        assert_eq!(rates.of(Urgency::Normal), rates.normal);
        assert_eq!(rates.of(Urgency::Urgent), rates.urgent);
    }
}
