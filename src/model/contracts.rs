//! The contract (Servisně licenční smlouva): what a customer has agreed with the vendor, and the periods for which it
//! credits minutes (the design, §2.9).

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{from_local, to_local},
    codes::coded_enum,
    ids::{ContractId, CustomerId},
    money::Money,
    tiers::ResponseTier,
    urgency::Urgency,
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
    /// What becomes of minutes that a period leaves over.
    pub enum Rollover {
        /// They expire with their period.
        None = "none",
        /// They can be drawn for one more period.
        OnePeriod = "one_period",
    }
}

/// What a contract says. Every edit keeps the former terms (see [`ContractVersion`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractTerms {
    /// Its number.
    pub number: String,
    /// The first day on which it is valid.
    pub valid_from: NaiveDate,
    /// The last day on which it is valid; none for an indefinite time.
    pub valid_until: Option<NaiveDate>,
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
}

/// A period of a contract: when its minutes are credited and when they expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AllowancePeriod {
    /// The first day of the period of the calendar; with the contract it is the natural key of the grant.
    pub starts_on: NaiveDate,
    /// From when the minutes can be drawn: the period's start, or the contract's if that is later.
    pub effective_at: DateTime<Utc>,
    /// The first instant at which they can no longer be drawn.
    pub expires_at: DateTime<Utc>,
}

/// The period of the contract that `at` lies in; none if the contract is not valid then.
#[must_use]
pub fn period_at(terms: &ContractTerms, at: DateTime<Utc>) -> Option<AllowancePeriod> {
    let date = to_local(at).date();
    if date < terms.valid_from || terms.valid_until.is_some_and(|last| last < date) {
        return None;
    }
    let starts_on = terms.period.start_of(date)?;
    let next = terms.period.after(starts_on)?;
    let expires_on = match terms.rollover {
        Rollover::None => next,
        Rollover::OnePeriod => terms.period.after(next)?,
    };
    let ends_on = terms.valid_until.and_then(|last| last.succ_opt()).map_or(expires_on, |end| end.min(expires_on));
    Some(AllowancePeriod {
        starts_on,
        effective_at: midnight(starts_on.max(terms.valid_from)),
        expires_at: midnight(ends_on),
    })
}

impl Period {
    /// How many months it has.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The first day of the period in which `date` lies; none beyond what the calendar can express.
    #[must_use]
    pub fn start_of(self, date: NaiveDate) -> Option<NaiveDate> {
        let month = date.month0() / self.months() * self.months();
        NaiveDate::from_ymd_opt(date.year(), month + 1, 1)
    }

    /// The first day of the period after the one that begins on `start`.
    #[must_use]
    pub fn after(self, start: NaiveDate) -> Option<NaiveDate> {
        start.checked_add_months(Months::new(self.months()))
    }
}

fn midnight(date: NaiveDate) -> DateTime<Utc> {
    from_local(date, NaiveTime::MIN)
}

/// The price of a minute beyond the grants, excluding VAT (the design, §2.8).
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
    /// Which.
    pub id: ContractId,
    /// Whose.
    pub customer: CustomerId,
    /// What it says now.
    pub terms: ContractTerms,
    /// Its response tier.
    pub tier: ResponseTier,
}

/// What a contract said from an edit on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractVersion {
    /// 1 for the first.
    pub version: u32,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it; none for what was there before history was kept.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// What it said.
    pub terms: ContractTerms,
}

/// The customer's contract page: all of it in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractPage {
    /// Contracts that are valid now or will be, the earliest first; empty for a customer without one.
    pub contracts: Vec<Contract>,
    /// What applies without a contract.
    pub list_rate_per_minute: Money,
    /// The minimum without a contract or bundle, in minutes.
    pub minimum_one_off: u32,
}

/// A line of the staff's list of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// Which.
    pub id: CustomerId,
    /// The name.
    pub name: String,
    /// The number of the contract that is valid today.
    pub contract: Option<String>,
    /// The name of the tier.
    pub tier: String,
    /// Minutes that can be drawn today.
    pub minutes_left: u32,
}

/// The staff's page of one customer: contracts with their history, and the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// Which.
    pub id: CustomerId,
    /// The name.
    pub name: String,
    /// IČO.
    pub ico: String,
    /// All contracts, the latest first, each with its versions, the latest first.
    pub contracts: Vec<(Contract, Vec<ContractVersion>)>,
    /// What can be drawn now.
    pub pools: Vec<super::usage::Pool>,
    /// The tiers to choose from.
    pub tiers: Vec<ResponseTier>,
    /// Whether the viewer may edit.
    pub may_edit: bool,
}
