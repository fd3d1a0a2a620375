//! What the vendor offers and how the line works.

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
    server::db::{DbError, Tx, codec::Natural},
};

/// How the line works.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn settings(tx: &mut Tx) -> Result<LineSettings, DbError> {
    Ok(sqlx::query_as!(
        LineSettings,
        r#"select opens, closes, urgent_reserve_percent as "urgent_reserve_percent: Natural<u8>", reserve_released_at,
                  hold_minutes as "hold_minutes: Natural",
                  urgent_first_minutes as "urgent_first_minutes: Natural",
                  normal_horizon_days as "normal_horizon_days: Natural",
                  urgent_horizon_days as "urgent_horizon_days: Natural",
                  cutoff_normal_minutes as "cutoff_normal_minutes: Natural",
                  cutoff_urgent_minutes as "cutoff_urgent_minutes: Natural", max_moves as "max_moves: Natural",
                  minimum_with_contract as "minimum_with_contract: Natural", minimum_one_off as "minimum_one_off: Natural",
                  contest_days as "contest_days: Natural", returned_minutes_days as "returned_minutes_days: Natural",
                  list_rate_per_minute as "list_rate_per_minute: Money", vat_percent as "vat: VatRate"
           from line_setting"#
    )
    .fetch_one(&mut **tx)
    .await?)
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
    Ok(sqlx::query_as!(
        DueDays,
        r#"select proforma_days as "proforma: Natural", invoice_days as "invoice: Natural" from line_setting"#
    )
    .fetch_one(&mut **tx)
    .await?)
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
    Ok(sqlx::query_as!(
        Bundle,
        r#"select id as "id: BundleId", minutes as "minutes: Natural", price as "price: Money",
                  validity_months as "validity_months: Natural"
           from bundle where on_sale @> $1::date order by position"#,
        on
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// All response tiers, the slowest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn tiers(tx: &mut Tx) -> Result<Vec<ResponseTier>, DbError> {
    Ok(sqlx::query_as!(
        ResponseTier,
        r#"select code, name, urgent_target_minutes as "urgent_target_minutes: Natural",
                  normal_lead_minutes as "normal_lead_minutes: Natural"
           from response_tier order by position"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The customer's tier on a local date: the contract's, else the basic one.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn tier_of_customer(tx: &mut Tx, on: chrono::NaiveDate) -> Result<ResponseTier, DbError> {
    Ok(sqlx::query_as!(
        ResponseTier,
        r#"select t.code, t.name, t.urgent_target_minutes as "urgent_target_minutes: Natural",
                  t.normal_lead_minutes as "normal_lead_minutes: Natural"
           from response_tier t
           where t.code = coalesce((select c.tier from contract_terms c
                                    where c.customer_id = (select current_customer()) and c.in_force @> $1::date), 'basic')"#,
        on
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Programs that the customer runs.
///
/// # Errors
/// When the database fails.
pub async fn licensed_programs(tx: &mut Tx) -> Result<Vec<Program>, DbError> {
    Ok(sqlx::query_as!(
        Program,
        r#"select p.id as "id: ProgramId", p.name from program p join licence l on l.program_id = p.id
           where l.customer_id = (select current_customer())
           order by p.name"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A row of the catalogue of work.
pub(in crate::server::db) struct WorkTypeRow {
    pub id: WorkTypeId,
    pub name: String,
    pub description: String,
    pub minutes_from: u32,
    pub minutes_to: u32,
    pub slot_minutes: u32,
    pub plannable: bool,
    pub skill: String,
    pub choice: SlotChoice,
}

impl From<WorkTypeRow> for WorkType {
    fn from(row: WorkTypeRow) -> Self {
        WorkType {
            id: row.id,
            name: row.name,
            description: row.description,
            typical_minutes: MinuteRange::new(row.minutes_from, row.minutes_to),
            slot_minutes: row.slot_minutes,
            plannable: row.plannable,
            skill: row.skill,
            choice: row.choice,
        }
    }
}

macro_rules! select_work_types {
    ($which:literal $(, $parameter:expr)*) => {
        sqlx::query_as!(
            WorkTypeRow,
            r#"select id as "id: WorkTypeId", name, description, minutes_from as "minutes_from: Natural",
                      minutes_to as "minutes_to: Natural", slot_minutes as "slot_minutes: Natural", plannable, skill,
                      choice as "choice: SlotChoice"
               from work_type "# + $which
            $(, $parameter)*
        )
    };
}

/// What can be ordered.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn work_types(tx: &mut Tx) -> Result<Vec<WorkType>, DbError> {
    let found = select_work_types!("where active order by plannable, id").fetch_all(&mut **tx).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// One kind of work, whether or not it can still be ordered.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn work_type(tx: &mut Tx, id: WorkTypeId) -> Result<Option<WorkType>, DbError> {
    Ok(select_work_types!("where id = $1", id.0).fetch_optional(&mut **tx).await?.map(Into::into))
}
