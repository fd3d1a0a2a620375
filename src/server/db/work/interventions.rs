//! Interventions, with the terms that were in force when they began.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, InterventionId, OutageId, RequestId},
            money::{Money, VatRate},
            numbers::{InterventionRef, RequestNumber},
        },
        work::billing::LiftedMinimum,
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer, percent},
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
    /// The least that is billed, unless it is lifted.
    pub minimum_minutes: u32,
    /// The minimum, if it is lifted.
    pub lifted: Option<LiftedMinimum>,
    /// The price of a minute beyond the grants, excluding VAT.
    pub rate: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// Above how many effective minutes the customer is asked.
    pub ceiling_minutes: Option<u32>,
}

struct Row {
    id: InterventionId,
    customer: CustomerId,
    request: RequestId,
    number: RequestNumber,
    ordinal: u32,
    is_open: bool,
    started_at: DateTime<Utc>,
    report: String,
    minimum_minutes: u32,
    lifted_by: Option<Bilingual>,
    rate: Money,
    vat: VatRate,
    ceiling_minutes: Option<Natural>,
}

impl From<Row> for InterventionRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            customer: row.customer,
            request: row.request,
            name: InterventionRef { number: row.number, ordinal: row.ordinal },
            is_open: row.is_open,
            started_at: row.started_at,
            report: row.report,
            minimum_minutes: row.minimum_minutes,
            lifted: row.lifted_by.map(|outage| LiftedMinimum { minutes: row.minimum_minutes, outage }),
            rate: row.rate,
            vat: row.vat,
            ceiling_minutes: row.ceiling_minutes.map(u32::from),
        }
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
    Ok(sqlx::query_as!(
        Row,
        r#"select i.id as "id: InterventionId", i.customer_id as "customer: CustomerId",
                  i.request_id as "request: RequestId", r.number as "number!: RequestNumber",
                  i.ordinal as "ordinal: Natural", i.state = 'open' as "is_open!", i.started_at, i.report,
                  i.minimum_minutes as "minimum_minutes: Natural",
                  case when o.id is not null then array[o.name, o.name_en] end as "lifted_by?: Bilingual",
                  i.rate_per_minute as "rate: Money",
                  i.vat_percent as "vat: VatRate", i.ceiling_minutes as "ceiling_minutes: Natural"
           from intervention i
           join service_request r on r.id = i.request_id
           left join outage o on o.id = i.lifted_by_outage
           where i.request_id = $1 or i.id = $2 order by i.ordinal desc limit 1"#,
        request.map(|id| id.0),
        id.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(Into::into))
}

/// Requests that ended without their work while an intervention was open, because something had been prepared: called off, or over
/// with an outage. From behind a number on, so many at a time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn called_off(tx: &mut Tx, after: Option<RequestNumber>, most: i64) -> Result<Vec<RequestNumber>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select r.number as "number!: RequestNumber" from intervention i join service_request r on r.id = i.request_id
           where i.state = 'open' and r.state in ('cancelled', 'closed') and ($1::text is null or r.number > $1)
           order by r.number limit $2"#,
        after.map(|after| after.to_string()),
        most
    )
    .fetch_all(&mut **tx)
    .await?)
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
    Ok(sqlx::query_scalar!(
        r#"insert into intervention (customer_id, request_id, ordinal, state, started_at, minimum_minutes, rate_per_minute,
                                     vat_percent, ceiling_minutes)
           values ($1, $2, $3, 'open', $4, $5, $6, $7, $8) returning id as "id: InterventionId""#,
        new.customer.0,
        new.request.0,
        integer(new.ordinal)?,
        new.started_at,
        integer(new.minimum_minutes)?,
        new.rate.haler(),
        percent(new.vat)?,
        new.ceiling_minutes.map(integer).transpose()?
    )
    .fetch_one(&mut **tx)
    .await?)
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

/// The interventions of a request whose minimum is not lifted, with when each began.
///
/// # Errors
/// When the database fails.
pub async fn with_minimum(tx: &mut Tx, request: RequestId) -> Result<Vec<(InterventionId, DateTime<Utc>)>, DbError> {
    let found = sqlx::query!(
        r#"select id as "id: InterventionId", started_at from intervention
           where request_id = $1 and lifted_by_outage is null order by ordinal"#,
        request.0
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id, row.started_at)).collect())
}

/// Lifts the minimum of an intervention, for good.
///
/// # Errors
/// When the database fails.
pub async fn lift_minimum(tx: &mut Tx, id: InterventionId, outage: OutageId) -> Result<(), DbError> {
    sqlx::query!("update intervention set lifted_by_outage = $2 where id = $1", id.0, outage.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
