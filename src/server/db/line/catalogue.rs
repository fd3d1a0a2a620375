//! What the vendor offers and how the line works.

use sqlx::types::Json;

use chrono::{DateTime, NaiveTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::{BusinessCalendar, Closure, to_local},
            ids::{BundleId, ProgramId, RequestId, WorkTypeId},
            money::{Money, VatRates},
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

/// How the line works at an instant, the changes that are known at it included.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn settings(tx: &mut Tx, at: DateTime<Utc>) -> Result<LineSettings, DbError> {
    settings_known(tx, at, at).await
}

/// How the line works at the instant `at`, as far as it was known at another one: what was said then is kept to, whatever was
/// changed since.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn settings_known(tx: &mut Tx, at: DateTime<Utc>, known: DateTime<Utc>) -> Result<LineSettings, DbError> {
    Ok(sqlx::query_as!(
        LineSettings,
        r#"select opens as "opens!", closes as "closes!", urgent_reserve_percent as "urgent_reserve_percent!: Natural<u8>", reserve_released_at as "reserve_released_at!",
                  hold_minutes as "hold_minutes!: Natural",
                  urgent_first_minutes as "urgent_first_minutes!: Natural",
                  normal_horizon_days as "normal_horizon_days!: Natural",
                  urgent_horizon_days as "urgent_horizon_days!: Natural",
                  cutoff_normal_minutes as "cutoff_normal_minutes!: Natural",
                  cutoff_urgent_minutes as "cutoff_urgent_minutes!: Natural", max_moves as "max_moves!: Natural",
                  minimum_with_contract as "minimum_with_contract!: Natural", minimum_one_off as "minimum_one_off!: Natural",
                  contest_days as "contest_days!: Natural", returned_minutes_days as "returned_minutes_days!: Natural",
                  missed_credit_minutes as "missed_credit_minutes!: Natural",
                  proforma_days as "proforma_days!: Natural", invoice_days as "invoice_days!: Natural",
                  write_off_limit as "write_off_limit!: Money", list_rate_per_minute as "list_rate_per_minute!: Money",
                  (select coalesce(jsonb_agg(jsonb_build_array(valid_from, percent::text)), '[]') from vat_rate)
                      as "vat!: Json<VatRates>"
           from line_settings_at($1, $2)"#,
        at,
        known
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Selects what the business calendar is made of: the hours that hold at first, those that are known to hold later, and the days
/// on which the line is closed beside public holidays; and what is asked with them.
macro_rules! select_calendar {
    ($beside:literal $(, $parameter:expr)*) => {
        sqlx::query!(
            r#"select l.opens, l.closes,
                      (select coalesce(jsonb_agg(jsonb_build_array(c.valid_from, s.opens, s.closes)
                                                 order by c.valid_from, c.made_at), '[]')
                       from line_setting_change c, line_settings_at(c.valid_from, 'infinity') s
                       where c.withdrawn_at is null and num_nonnulls(c.opens, c.closes) > 0) as "later!: Json<Vec<Hours>>",
                      (select coalesce(jsonb_agg(jsonb_build_object('date', date, 'reason', reason) order by date), '[]')
                       from closure) as "closures!: Json<Vec<Closure>>""# + $beside + " from line_setting l"
            $(, $parameter)*
        )
    };
}

/// From when on the line works from when until when.
type Hours = (DateTime<Utc>, NaiveTime, NaiveTime);

fn calendar_of((opens, closes): (NaiveTime, NaiveTime), later: Vec<Hours>, closures: Vec<Closure>) -> BusinessCalendar {
    // The hours of a day are those that hold at its end.
    let later = later.into_iter().map(|(valid_from, opens, closes)| (to_local(valid_from).date(), opens, closes));
    BusinessCalendar::new(opens, closes, closures).with_hours_from(later)
}

/// How the line works now, and its business calendar: each day has the hours that are known to hold on it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn rules(tx: &mut Tx, now: DateTime<Utc>) -> Result<(LineSettings, BusinessCalendar), DbError> {
    let row = select_calendar!(
        r#", (select to_jsonb(n) || jsonb_build_object(
                         'vat', (select coalesce(jsonb_agg(jsonb_build_array(valid_from, percent::text)), '[]') from vat_rate))
              from line_settings_at($1, $1) n) as "settings!: Json<LineSettings>""#,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.settings.0, calendar_of((row.opens, row.closes), row.later.0, row.closures.0)))
}

/// The business calendar.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn calendar(tx: &mut Tx) -> Result<BusinessCalendar, DbError> {
    let row = select_calendar!("").fetch_one(&mut **tx).await?;
    Ok(calendar_of((row.opens, row.closes), row.later.0, row.closures.0))
}

/// Numbers of the line at an instant.
///
/// # Errors
/// When the database fails.
pub async fn regions(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<Region>, DbError> {
    Ok(sqlx::query_as!(
        Region,
        r#"select name as "name!", phone as "phone!" from line_regions_at($1, $1) order by position"#,
        at
    )
    .fetch_all(&mut **tx)
    .await?)
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
           from bundle where on_sale @> $1::date and comes = 'once' order by position"#,
        on
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Selects tiers as they are at an instant, as far as is known at it.
macro_rules! select_tiers {
    ($at:ident, $which:literal $(, $parameter:expr)*) => {
        sqlx::query_as!(
            ResponseTier,
            r#"select t.code as "code!", array[t.name, t.name_en] as "name!: Bilingual",
                      t.urgent_target_minutes as "urgent_target_minutes!: Natural",
                      t.normal_lead_minutes as "normal_lead_minutes!: Natural"
               from response_tiers_at($1, $1) t "# + $which,
            $at
            $(, $parameter)*
        )
    };
}

/// All response tiers, the slowest first: contracts that were changed since, and amendments, have retired ones too.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn tiers(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<ResponseTier>, DbError> {
    Ok(select_tiers!(at, "order by t.position").fetch_all(&mut **tx).await?)
}

/// Those of them that can be agreed.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn tiers_on_offer(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<ResponseTier>, DbError> {
    Ok(select_tiers!(at, "where t.active order by t.position").fetch_all(&mut **tx).await?)
}

/// The customer's tier at an instant: the contract's of that day, else the basic one.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn tier_of_customer(tx: &mut Tx, at: DateTime<Utc>) -> Result<ResponseTier, DbError> {
    Ok(select_tiers!(
        at,
        "where t.code = coalesce((select c.tier from contract_terms c
                                  where c.customer_id = (select current_customer()) and c.in_force @> $2::date), 'basic')",
        to_local(at).date()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Programs that the customer runs and can order for, each with its version; that may be empty.
///
/// # Errors
/// When the database fails.
pub async fn licensed_programs(tx: &mut Tx) -> Result<Vec<(Program, String)>, DbError> {
    let rows = sqlx::query!(
        r#"select p.id as "id: ProgramId", array[p.name, p.name_en] as "name!: Bilingual", l.version
           from program p join licence l on l.program_id = p.id
           where l.customer_id = (select current_customer()) and p.active
           order by p.name"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (Program { id: row.id, name: row.name }, row.version)).collect())
}

/// A row of the catalogue of work.
pub(in crate::server::db) struct WorkTypeRow {
    pub id: WorkTypeId,
    pub name: Bilingual,
    pub description: Bilingual,
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

/// Selects kinds of work as they are at an instant, as far as is known at it.
macro_rules! select_work_types {
    ($at:ident, $which:literal $(, $parameter:expr)*) => {
        sqlx::query_as!(
            WorkTypeRow,
            r#"select w.id as "id!: WorkTypeId", array[w.name, w.name_en] as "name!: Bilingual",
                      array[w.description, w.description_en] as "description!: Bilingual",
                      w.minutes_from as "minutes_from!: Natural", w.minutes_to as "minutes_to!: Natural",
                      w.slot_minutes as "slot_minutes!: Natural", w.plannable as "plannable!", w.skill as "skill!",
                      w.choice as "choice!: SlotChoice"
               from work_types_at($1, $1) w "# + $which,
            $at
            $(, $parameter)*
        )
    };
}

/// What can be ordered at an instant.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn work_types(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<WorkType>, DbError> {
    let found = select_work_types!(at, "where w.active order by w.plannable, w.id").fetch_all(&mut **tx).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// One kind of work as it is at an instant, whether or not it can still be ordered.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn work_type(tx: &mut Tx, id: WorkTypeId, at: DateTime<Utc>) -> Result<Option<WorkType>, DbError> {
    Ok(select_work_types!(at, "where w.id = $2", id.0).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// The kind of work of a request as it was ordered; who can do it is said by the catalogue of now, as nobody was promised that.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn ordered_work(tx: &mut Tx, request: RequestId, now: DateTime<Utc>) -> Result<Option<WorkType>, DbError> {
    let found = sqlx::query_as!(
        WorkTypeRow,
        r#"select w.id as "id!: WorkTypeId", array[w.name, w.name_en] as "name!: Bilingual",
                  array[w.description, w.description_en] as "description!: Bilingual",
                  r.minutes_from as "minutes_from!: Natural", r.minutes_to as "minutes_to!: Natural",
                  r.slot_minutes as "slot_minutes!: Natural", r.plannable as "plannable!", w.skill as "skill!",
                  r.choice as "choice!: SlotChoice"
           from service_request r join work_types_at($2, $2) w on w.id = r.work_type_id
           where r.id = $1"#,
        request.0,
        now
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}
