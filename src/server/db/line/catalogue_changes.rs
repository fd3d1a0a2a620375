//! Changes of the catalogue, each from a day on.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{RegionId, StaffId, WorkTypeId},
        },
        line::{
            catalogue::{MinuteRange, SlotChoice},
            catalogue_changes::{CatalogueRow, CatalogueTerm, CatalogueTerms, KeptCatalogueChange, TermValue},
            setting_changes::ChangeState,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// The keys by which the three kinds of rows are found: of every row two of them are none.
struct Keys<'a> {
    work_type: Option<i64>,
    tier: Option<&'a str>,
    region: Option<i64>,
}

impl<'a> From<&'a CatalogueRow> for Keys<'a> {
    fn from(row: &'a CatalogueRow) -> Self {
        let none = Keys { work_type: None, tier: None, region: None };
        match row {
            CatalogueRow::WorkType(WorkTypeId(id)) => Keys { work_type: Some(*id), ..none },
            CatalogueRow::Tier(code) => Keys { tier: Some(code), ..none },
            CatalogueRow::Region(RegionId(id)) => Keys { region: Some(*id), ..none },
        }
    }
}

/// Terms as they stand in columns.
struct Columns {
    minutes_from: Option<Natural>,
    minutes_to: Option<Natural>,
    slot_minutes: Option<Natural>,
    plannable: Option<bool>,
    skill: Option<String>,
    choice: Option<SlotChoice>,
    urgent_target_minutes: Option<Natural>,
    normal_lead_minutes: Option<Natural>,
    active: Option<bool>,
    phone: Option<String>,
}

/// The terms of a row that has all [`Columns`].
macro_rules! terms {
    ($row:expr) => {
        CatalogueTerms::from(Columns {
            minutes_from: $row.minutes_from,
            minutes_to: $row.minutes_to,
            slot_minutes: $row.slot_minutes,
            plannable: $row.plannable,
            skill: $row.skill,
            choice: $row.choice,
            urgent_target_minutes: $row.urgent_target_minutes,
            normal_lead_minutes: $row.normal_lead_minutes,
            active: $row.active,
            phone: $row.phone,
        })
    };
}

impl From<Columns> for CatalogueTerms {
    fn from(columns: Columns) -> Self {
        let minutes = |minutes: Option<Natural>| minutes.map(|minutes| TermValue::Minutes(minutes.into()));
        let range = columns.minutes_from.zip(columns.minutes_to);
        let all = [
            (
                CatalogueTerm::Minutes,
                range.map(|(from, to)| TermValue::Range(MinuteRange::new(from.into(), to.into()))),
            ),
            (CatalogueTerm::SlotMinutes, minutes(columns.slot_minutes)),
            (CatalogueTerm::Plannable, columns.plannable.map(TermValue::Flag)),
            (CatalogueTerm::Skill, columns.skill.map(TermValue::Text)),
            (CatalogueTerm::Choice, columns.choice.map(TermValue::Choice)),
            (CatalogueTerm::UrgentTarget, minutes(columns.urgent_target_minutes)),
            (CatalogueTerm::NormalLead, minutes(columns.normal_lead_minutes)),
            (CatalogueTerm::Active, columns.active.map(TermValue::Flag)),
            (CatalogueTerm::Phone, columns.phone.map(TermValue::Text)),
        ];
        Self(all.into_iter().filter_map(|(term, value)| Some((term, value?))).collect())
    }
}

/// What a row of the catalogue says at the instant `at`, as far as it was known at another one, and what it is called; none where
/// there is none such.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn terms_known(
    tx: &mut Tx,
    row: &CatalogueRow,
    at: DateTime<Utc>,
    known: DateTime<Utc>,
) -> Result<Option<(Bilingual, CatalogueTerms)>, DbError> {
    let keys = Keys::from(row);
    let found = sqlx::query!(
        r#"select array[name, name_en] as "name!: Bilingual", minutes_from as "minutes_from: Natural",
                  minutes_to as "minutes_to: Natural", slot_minutes as "slot_minutes: Natural", plannable, skill,
                  choice as "choice: SlotChoice", null::integer as "urgent_target_minutes: Natural",
                  null::integer as "normal_lead_minutes: Natural", active, null as phone
           from work_types_at($1, $2) where id = $3
           union all
           select array[name, name_en], null, null, null, null, null, null, urgent_target_minutes, normal_lead_minutes, active,
                  null
           from response_tiers_at($1, $2) where code = $4
           union all
           select array[name, ''], null, null, null, null, null, null, null, null, null, phone
           from line_regions_at($1, $2) where id = $5"#,
        at,
        known,
        keys.work_type,
        keys.tier,
        keys.region
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.name, terms!(row))))
}

/// Every change that was made of a row, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_row(tx: &mut Tx, row: &CatalogueRow, now: DateTime<Utc>) -> Result<Vec<KeptCatalogueChange>, DbError> {
    let keys = Keys::from(row);
    let rows = sqlx::query!(
        r#"select c.id, c.valid_from, c.made_at, s.name as "made_by?", c.withdrawn_at, c.minutes_from as "minutes_from: Natural",
                  c.minutes_to as "minutes_to: Natural", c.slot_minutes as "slot_minutes: Natural", c.plannable, c.skill,
                  c.choice as "choice: SlotChoice", c.urgent_target_minutes as "urgent_target_minutes: Natural",
                  c.normal_lead_minutes as "normal_lead_minutes: Natural", c.active, c.phone
           from catalogue_change c left join staff s on s.id = c.made_by
           where c.work_type_id = $1 or c.tier = $2 or c.region_id = $3
           order by c.valid_from desc, c.made_at desc, c.ordinal desc"#,
        keys.work_type,
        keys.tier,
        keys.region
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().map(|row| KeptCatalogueChange {
        id: row.id,
        valid_from: row.valid_from,
        made_at: row.made_at,
        made_by: row.made_by,
        state: match row.withdrawn_at {
            Some(_) => ChangeState::Withdrawn,
            None if row.valid_from > now => ChangeState::Coming,
            None => ChangeState::Made,
        },
        terms: terms!(row),
    });
    Ok(kept.collect())
}

/// A change that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewCatalogueChange<'a> {
    /// Its identity, by which it is made once.
    pub id: Uuid,
    /// What it is about.
    pub row: &'a CatalogueRow,
    /// From when on.
    pub valid_from: DateTime<Utc>,
    /// When it is made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: StaffId,
    /// What it sets.
    pub terms: &'a CatalogueTerms,
}

impl NewCatalogueChange<'_> {
    fn minutes(&self, term: CatalogueTerm) -> Result<Option<i32>, DbError> {
        match self.terms.0.get(&term) {
            Some(TermValue::Minutes(minutes)) => integer(*minutes).map(Some),
            _ => Ok(None),
        }
    }

    fn flag(&self, term: CatalogueTerm) -> Option<bool> {
        match self.terms.0.get(&term) {
            Some(TermValue::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    fn text(&self, term: CatalogueTerm) -> Option<&str> {
        match self.terms.0.get(&term) {
            Some(TermValue::Text(text)) => Some(text),
            Some(TermValue::Choice(choice)) => Some(choice.code()),
            _ => None,
        }
    }
}

/// Makes a change.
///
/// # Errors
/// When the database fails, there is no such skill (`skill_is_known`), or the row is gone.
pub async fn insert(tx: &mut Tx, change: &NewCatalogueChange<'_>) -> Result<(), DbError> {
    let keys = Keys::from(change.row);
    let (from, to) = match change.terms.0.get(&CatalogueTerm::Minutes) {
        Some(TermValue::Range(range)) => (Some(integer(range.from)?), Some(integer(range.to)?)),
        _ => (None, None),
    };
    sqlx::query!(
        "insert into catalogue_change (id, work_type_id, tier, region_id, minutes_from, minutes_to, slot_minutes, plannable,
             skill, choice, urgent_target_minutes, normal_lead_minutes, active, phone, valid_from, made_at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        change.id,
        keys.work_type,
        keys.tier,
        keys.region,
        from,
        to,
        change.minutes(CatalogueTerm::SlotMinutes)?,
        change.flag(CatalogueTerm::Plannable),
        change.text(CatalogueTerm::Skill),
        change.text(CatalogueTerm::Choice),
        change.minutes(CatalogueTerm::UrgentTarget)?,
        change.minutes(CatalogueTerm::NormalLead)?,
        change.flag(CatalogueTerm::Active),
        change.text(CatalogueTerm::Phone),
        change.valid_from,
        change.made_at,
        change.made_by.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Withdraws a change of a row that is still to come; false if it is not, or was withdrawn before.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(
    tx: &mut Tx,
    row: &CatalogueRow,
    id: Uuid,
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let keys = Keys::from(row);
    let done = sqlx::query!(
        "update catalogue_change set withdrawn_at = $5, withdrawn_by = $4
         where id = $6 and (work_type_id = $1 or tier = $2 or region_id = $3) and withdrawn_at is null and valid_from > $5",
        keys.work_type,
        keys.tier,
        keys.region,
        by.0,
        now,
        id
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many requests are open that keep a kind of work as it was when they were ordered.
///
/// # Errors
/// When the database fails.
pub async fn open_requests(tx: &mut Tx, row: &CatalogueRow) -> Result<u32, DbError> {
    let keys = Keys::from(row);
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from service_request
           where work_type_id = $1 and state in ('waiting', 'scheduled', 'in_progress')"#,
        keys.work_type
    )
    .fetch_one(&mut **tx)
    .await?;
    u32::try_from(count).map_err(|_| DbError::unknown("count", count))
}
