//! Interventions, with the terms that were in force when they began.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::base::{
        ids::{CustomerId, InterventionId, RequestId},
        money::{Money, VatRate},
        numbers::InterventionRef,
    },
    server::db::{
        DbError, Tx,
        line::catalogue::{natural, small, unknown},
        ordering::appointments::number,
    },
};

/// An intervention with the terms that were in force when it began.
#[derive(Debug, Clone, PartialEq)]
pub struct InterventionRow {
    /// Which.
    pub id: InterventionId,
    /// Whose.
    pub customer: CustomerId,
    /// For which request.
    pub request: RequestId,
    /// Its number for people.
    pub name: InterventionRef,
    /// Whether it is still open.
    pub is_open: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// What was done, in the customer's words.
    pub report: String,
    /// The least that is billed.
    pub minimum_minutes: u32,
    /// The price of a minute beyond the grants, excluding VAT.
    pub rate: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// Above how many effective minutes the customer is asked.
    pub ceiling_minutes: Option<u32>,
}

struct Row {
    id: i64,
    customer_id: i64,
    request_id: Uuid,
    number: String,
    ordinal: i32,
    state: String,
    started_at: DateTime<Utc>,
    report: String,
    minimum_minutes: i32,
    rate_per_minute: i64,
    vat_percent: i32,
    ceiling_minutes: Option<i32>,
}

impl Row {
    fn into_intervention(self) -> Result<InterventionRow, DbError> {
        Ok(InterventionRow {
            id: InterventionId(self.id),
            customer: CustomerId(self.customer_id),
            request: RequestId(self.request_id),
            name: InterventionRef {
                number: number(&self.number)?,
                ordinal: natural("intervention.ordinal", self.ordinal)?,
            },
            is_open: self.state == "open",
            started_at: self.started_at,
            report: self.report,
            minimum_minutes: natural("intervention.minimum_minutes", self.minimum_minutes)?,
            rate: Money::from_haler(self.rate_per_minute),
            vat: VatRate::from_percent(self.vat_percent.into())
                .map_err(|_| unknown("intervention.vat_percent", self.vat_percent))?,
            ceiling_minutes: self
                .ceiling_minutes
                .map(|minutes| natural("intervention.ceiling_minutes", minutes))
                .transpose()?,
        })
    }
}

/// The latest intervention of a request.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest(tx: &mut Tx, request: RequestId) -> Result<Option<InterventionRow>, DbError> {
    find(tx, Some(request), None).await
}

/// An intervention by its key.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn by_id(tx: &mut Tx, id: InterventionId) -> Result<Option<InterventionRow>, DbError> {
    find(tx, None, Some(id)).await
}

async fn find(
    tx: &mut Tx,
    request: Option<RequestId>,
    id: Option<InterventionId>,
) -> Result<Option<InterventionRow>, DbError> {
    sqlx::query_as!(
        Row,
        r#"select i.id, i.customer_id, i.request_id, r.number as "number!", i.ordinal, i.state, i.started_at, i.report,
                  i.minimum_minutes, i.rate_per_minute, i.vat_percent, i.ceiling_minutes
           from intervention i join service_request r on r.id = i.request_id
           where i.request_id = $1 or i.id = $2 order by i.ordinal desc limit 1"#,
        request.map(|id| id.0),
        id.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(Row::into_intervention)
    .transpose()
}

/// An intervention to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewIntervention {
    /// Whose.
    pub customer: CustomerId,
    /// For which request.
    pub request: RequestId,
    /// 1 for the first of the request.
    pub ordinal: u32,
    /// When it begins.
    pub started_at: DateTime<Utc>,
    /// The least that is billed.
    pub minimum_minutes: u32,
    /// The price of a minute beyond the grants, excluding VAT.
    pub rate: Money,
    /// The rate of VAT, in whole per cent.
    pub vat: VatRate,
    /// Above how many effective minutes the customer is asked.
    pub ceiling_minutes: Option<u32>,
}

/// Opens an intervention.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx, new: &NewIntervention) -> Result<InterventionId, DbError> {
    let vat: i32 = new.vat.percent().try_into().map_err(|_| unknown("line_setting.vat_percent", new.vat))?;
    let id = sqlx::query_scalar!(
        "insert into intervention (customer_id, request_id, ordinal, state, started_at, minimum_minutes, rate_per_minute,
                                   vat_percent, ceiling_minutes)
         values ($1, $2, $3, 'open', $4, $5, $6, $7, $8) returning id",
        new.customer.0,
        new.request.0,
        small(new.ordinal)?,
        new.started_at,
        small(new.minimum_minutes)?,
        new.rate.haler(),
        vat,
        new.ceiling_minutes.map(small).transpose()?
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(InterventionId(id))
}

/// Opens a closed intervention again: work on it was resumed.
///
/// # Errors
/// When the database fails.
pub async fn reopen(tx: &mut Tx, id: InterventionId) -> Result<(), DbError> {
    sqlx::query!("update intervention set state = 'open' where id = $1", id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Closes an intervention with a report.
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, id: InterventionId, at: DateTime<Utc>, report: &str) -> Result<(), DbError> {
    sqlx::query!(
        "update intervention set state = 'closed', closed_at = $2, report = $3 where id = $1",
        id.0,
        at,
        report
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
