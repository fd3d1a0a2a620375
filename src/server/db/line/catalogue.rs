//! What the vendor offers and how the line works.

use rust_decimal::Decimal;

use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, Closure},
            ids::{BundleId, ProgramId, WorkTypeId},
            money::{Money, VatRate},
        },
        line::{
            catalogue::{MinuteRange, Program, SlotChoice, WorkType},
            settings::{LineSettings, Region},
            tiers::ResponseTier,
        },
        money::bundles::Bundle,
    },
    server::db::{DbError, Tx},
};

/// How the line works.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn settings(tx: &mut Tx) -> Result<LineSettings, DbError> {
    let row = sqlx::query!("select * from line_setting").fetch_one(&mut **tx).await?;
    Ok(LineSettings {
        opens: row.opens,
        closes: row.closes,
        urgent_reserve_percent: natural("line_setting.urgent_reserve_percent", row.urgent_reserve_percent)?,
        reserve_released_at: row.reserve_released_at,
        hold_minutes: natural("line_setting.hold_minutes", row.hold_minutes)?,
        max_holds: natural("line_setting.max_holds", row.max_holds)?,
        urgent_first_minutes: natural("line_setting.urgent_first_minutes", row.urgent_first_minutes)?,
        normal_horizon_days: natural("line_setting.normal_horizon_days", row.normal_horizon_days)?,
        urgent_horizon_days: natural("line_setting.urgent_horizon_days", row.urgent_horizon_days)?,
        cutoff_normal_minutes: natural("line_setting.cutoff_normal_minutes", row.cutoff_normal_minutes)?,
        cutoff_urgent_minutes: natural("line_setting.cutoff_urgent_minutes", row.cutoff_urgent_minutes)?,
        max_moves: natural("line_setting.max_moves", row.max_moves)?,
        minimum_with_contract: natural("line_setting.minimum_with_contract", row.minimum_with_contract)?,
        minimum_one_off: natural("line_setting.minimum_one_off", row.minimum_one_off)?,
        contest_days: natural("line_setting.contest_days", row.contest_days)?,
        returned_minutes_days: natural("line_setting.returned_minutes_days", row.returned_minutes_days)?,
        list_rate_per_minute: Money::from_haler(row.list_rate_per_minute),
        vat: VatRate::from_percent(Decimal::from(row.vat_percent))
            .map_err(|_| unknown("line_setting.vat_percent", row.vat_percent))?,
    })
}

/// How many days there are to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDays {
    /// A proforma.
    pub proforma: u32,
    /// An invoice.
    pub invoice: u32,
}

/// How many days customers have to pay a transfer.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn due_days(tx: &mut Tx) -> Result<DueDays, DbError> {
    let row = sqlx::query!("select proforma_days, invoice_days from line_setting").fetch_one(&mut **tx).await?;
    Ok(DueDays {
        proforma: natural("line_setting.proforma_days", row.proforma_days)?,
        invoice: natural("line_setting.invoice_days", row.invoice_days)?,
    })
}

/// Days on which the line is closed beside public holidays, in order.
///
/// # Errors
/// When the database fails.
pub async fn closures(tx: &mut Tx) -> Result<Vec<Closure>, DbError> {
    Ok(sqlx::query_as!(Closure, "select date, reason from closure order by date").fetch_all(&mut **tx).await?)
}

/// How the line works, and its business calendar.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn rules(tx: &mut Tx) -> Result<(LineSettings, BusinessCalendar), DbError> {
    let settings = settings(tx).await?;
    let calendar = settings.calendar(closures(tx).await?);
    Ok((settings, calendar))
}

/// Numbers of the line.
///
/// # Errors
/// When the database fails.
pub async fn regions(tx: &mut Tx) -> Result<Vec<Region>, DbError> {
    Ok(sqlx::query_as!(Region, "select name, phone from line_region order by position").fetch_all(&mut **tx).await?)
}

/// Bundles on sale on a local date, the smallest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn bundles(tx: &mut Tx, on: chrono::NaiveDate) -> Result<Vec<Bundle>, DbError> {
    sqlx::query!(
        "select id, minutes, price, validity_months from bundle where on_sale @> $1::date order by position",
        on
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Bundle {
            id: BundleId(row.id),
            minutes: natural("bundle.minutes", row.minutes)?,
            price: Money::from_haler(row.price),
            validity_months: natural("bundle.validity_months", row.validity_months)?,
        })
    })
    .collect()
}

struct TierRow {
    code: String,
    name: String,
    urgent_target_minutes: i32,
    normal_lead_minutes: i32,
}

impl TryFrom<TierRow> for ResponseTier {
    type Error = DbError;

    fn try_from(row: TierRow) -> Result<Self, DbError> {
        Ok(ResponseTier {
            urgent_target_minutes: natural("response_tier.urgent_target_minutes", row.urgent_target_minutes)?,
            normal_lead_minutes: natural("response_tier.normal_lead_minutes", row.normal_lead_minutes)?,
            code: row.code,
            name: row.name,
        })
    }
}

/// All response tiers, the slowest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn tiers(tx: &mut Tx) -> Result<Vec<ResponseTier>, DbError> {
    sqlx::query_as!(
        TierRow,
        "select code, name, urgent_target_minutes, normal_lead_minutes from response_tier order by position"
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// The customer's tier on a local date: the contract's, else the basic one.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn tier_of_customer(tx: &mut Tx, on: chrono::NaiveDate) -> Result<ResponseTier, DbError> {
    sqlx::query_as!(
        TierRow,
        "select t.code, t.name, t.urgent_target_minutes, t.normal_lead_minutes
         from response_tier t
         where t.code = coalesce((select c.tier from contract c
                                  where c.customer_id = (select current_customer()) and c.valid @> $1::date), 'basic')",
        on
    )
    .fetch_one(&mut **tx)
    .await?
    .try_into()
}

/// Programs that the customer runs.
///
/// # Errors
/// When the database fails.
pub async fn licensed_programs(tx: &mut Tx) -> Result<Vec<Program>, DbError> {
    let rows = sqlx::query!(
        "select p.id, p.name from program p join licence l on l.program_id = p.id
         where l.customer_id = (select current_customer())
         order by p.name"
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| Program { id: ProgramId(row.id), name: row.name }).collect())
}

struct WorkTypeRow {
    id: i64,
    name: String,
    description: String,
    minutes_from: i32,
    minutes_to: i32,
    slot_minutes: i32,
    plannable: bool,
    skill: String,
    choice: String,
}

impl TryFrom<WorkTypeRow> for WorkType {
    type Error = DbError;

    fn try_from(row: WorkTypeRow) -> Result<Self, DbError> {
        Ok(WorkType {
            id: WorkTypeId(row.id),
            name: row.name,
            description: row.description,
            typical_minutes: MinuteRange::new(
                natural("work_type.minutes_from", row.minutes_from)?,
                natural("work_type.minutes_to", row.minutes_to)?,
            ),
            slot_minutes: natural("work_type.slot_minutes", row.slot_minutes)?,
            plannable: row.plannable,
            skill: row.skill,
            choice: slot_choice(row.choice)?,
        })
    }
}

/// What can be ordered.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn work_types(tx: &mut Tx) -> Result<Vec<WorkType>, DbError> {
    sqlx::query_as!(
        WorkTypeRow,
        "select id, name, description, minutes_from, minutes_to, slot_minutes, plannable, skill, choice
         from work_type where active order by plannable, id"
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// One kind of work, whether or not it can still be ordered.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn work_type(tx: &mut Tx, id: WorkTypeId) -> Result<Option<WorkType>, DbError> {
    sqlx::query_as!(
        WorkTypeRow,
        "select id, name, description, minutes_from, minutes_to, slot_minutes, plannable, skill, choice
         from work_type where id = $1",
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(TryInto::try_into)
    .transpose()
}

pub(crate) fn slot_choice(code: String) -> Result<SlotChoice, DbError> {
    SlotChoice::from_code(&code).ok_or_else(|| unknown("work_type.choice", code))
}

/// A stored integer as one of the model's, which are never negative.
pub(crate) fn natural<N: TryFrom<i32>>(column: &'static str, value: i32) -> Result<N, DbError> {
    N::try_from(value).map_err(|_| unknown(column, value))
}

/// A stored value that the model does not know.
pub(crate) fn unknown(column: &'static str, value: impl ToString) -> DbError {
    DbError::Unknown { column, value: value.to_string() }
}

pub(crate) fn small(number: u32) -> Result<i32, DbError> {
    i32::try_from(number).map_err(|_| unknown("integer", number))
}
