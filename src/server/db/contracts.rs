//! Contracts and their history.

use chrono::NaiveDate;
use sqlx::postgres::types::PgRange;
use std::ops::Bound;

use super::{
    DbError, Tx,
    catalogue::{natural, unknown},
};
use crate::model::{
    contracts::{ContractTerms, Period, Rollover},
    ids::{ContractId, CustomerId},
    money::Money,
};

/// The contract that is valid on `date`, if any.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn valid_at(
    tx: &mut Tx,
    customer: CustomerId,
    date: NaiveDate,
) -> Result<Option<(ContractId, ContractTerms)>, DbError> {
    sqlx::query_as!(
        TermsRow,
        "select id, number, valid, tier, minutes_per_period, period, rollover, rate_per_minute,
                urgent_rate_per_minute as \"urgent_rate_per_minute!\", minimum_minutes, ceiling_minutes
         from contract where customer_id = $1 and valid @> $2::date",
        customer.0,
        date
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(TermsRow::into_terms)
    .transpose()
}

/// Whether the minutes of a contract's period that begins on `starts_on` are credited.
///
/// # Errors
/// When the database fails.
pub async fn is_credited(tx: &mut Tx, contract: ContractId, starts_on: NaiveDate) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from minute_grant where kind = 'contract' and source = $1) as "credited!""#,
        period_source(contract, starts_on)
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// The natural key of a period's grant: nothing credits it twice.
pub(super) fn period_source(contract: ContractId, starts_on: NaiveDate) -> String {
    format!("{contract}:{starts_on}")
}

struct TermsRow {
    id: i64,
    number: String,
    valid: PgRange<NaiveDate>,
    tier: String,
    minutes_per_period: i32,
    period: String,
    rollover: String,
    rate_per_minute: i64,
    urgent_rate_per_minute: i64,
    minimum_minutes: i32,
    ceiling_minutes: Option<i32>,
}

impl TermsRow {
    fn into_terms(self) -> Result<(ContractId, ContractTerms), DbError> {
        let (valid_from, valid_until) = days(&self.valid)?;
        let terms = ContractTerms {
            number: self.number,
            valid_from,
            valid_until,
            tier: self.tier,
            minutes_per_period: natural("contract.minutes_per_period", self.minutes_per_period)?,
            period: Period::from_code(&self.period).ok_or_else(|| unknown("contract.period", self.period))?,
            rollover: Rollover::from_code(&self.rollover).ok_or_else(|| unknown("contract.rollover", self.rollover))?,
            rate_per_minute: Money::from_haler(self.rate_per_minute),
            urgent_rate_per_minute: Money::from_haler(self.urgent_rate_per_minute),
            minimum_minutes: natural("contract.minimum_minutes", self.minimum_minutes)?,
            ceiling_minutes: self
                .ceiling_minutes
                .map(|minutes| natural("contract.ceiling_minutes", minutes))
                .transpose()?,
        };
        Ok((ContractId(self.id), terms))
    }
}

/// The first and the last day of a stored range; PostgreSQL keeps ranges of dates with the end excluded.
fn days(valid: &PgRange<NaiveDate>) -> Result<(NaiveDate, Option<NaiveDate>), DbError> {
    match (valid.start, valid.end) {
        (Bound::Included(from), Bound::Excluded(end)) => Ok((from, end.pred_opt())),
        (Bound::Included(from), Bound::Unbounded) => Ok((from, None)),
        _ => Err(unknown("contract.valid", "a range without a first day")),
    }
}
