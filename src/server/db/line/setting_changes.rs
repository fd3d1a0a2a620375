//! Changes of how the line works, each from a day on.

use chrono::{DateTime, NaiveTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::{
    model::{
        base::ids::StaffId,
        line::setting_changes::{ChangeState, KeptChange, LineSetting, SettingValues, SettingsPage, Unit},
    },
    server::db::{DbError, Tx},
};

/// Every change that was made of what stands on a page, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_page(tx: &mut Tx, page: SettingsPage, now: DateTime<Utc>) -> Result<Vec<KeptChange>, DbError> {
    let rows = sqlx::query!(
        r#"select c.id, c.valid_from, c.made_at, s.name as "made_by?", c.withdrawn_at, jsonb_strip_nulls(to_jsonb(c)) as "columns!"
           from line_setting_change c left join staff s on s.id = c.made_by
           order by c.valid_from desc, c.made_at desc"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let changes = rows.into_iter().map(|row| KeptChange {
        id: row.id,
        valid_from: row.valid_from,
        made_at: row.made_at,
        made_by: row.made_by.unwrap_or_default(),
        values: of_columns(page, &row.columns),
        state: match row.withdrawn_at {
            Some(_) => ChangeState::Withdrawn,
            None if row.valid_from > now => ChangeState::Coming,
            None => ChangeState::Made,
        },
    });
    Ok(changes.filter(|change| !change.values.0.is_empty()).collect())
}

/// What a change set of a page.
fn of_columns(page: SettingsPage, columns: &serde_json::Value) -> SettingValues {
    let value = |setting: LineSetting| match columns.get(setting.code())? {
        serde_json::Value::String(time) => {
            let time: NaiveTime = time.parse().ok()?;
            Some(chrono::Timelike::num_seconds_from_midnight(&time).div_euclid(60).into())
        }
        number => number.as_i64(),
    };
    let of_page = LineSetting::ALL.iter().copied().filter(|setting| setting.page() == page);
    SettingValues(of_page.filter_map(|setting| Some((setting, value(setting)?))).collect())
}

/// A change that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewChange<'a> {
    /// Its identity, by which it is made once.
    pub id: Uuid,
    /// From when on.
    pub valid_from: DateTime<Utc>,
    /// When it is made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: StaffId,
    /// What it sets.
    pub values: &'a SettingValues,
}

/// Makes a change.
///
/// # Errors
/// When the database fails, the line would close before it opens (`line_opens_before_it_closes`), or it was made before.
pub async fn insert(tx: &mut Tx, change: &NewChange<'_>) -> Result<(), DbError> {
    let column = |(setting, value): (&LineSetting, &i64)| {
        let value = match setting.unit() {
            Unit::Clock => json!(format!("{:02}:{:02}", value / 60, value % 60)),
            _ => json!(value),
        };
        (setting.to_string(), value)
    };
    let mut columns: serde_json::Map<_, _> = change.values.0.iter().map(column).collect();
    columns.insert("id".into(), json!(change.id));
    columns.insert("valid_from".into(), json!(change.valid_from));
    columns.insert("made_at".into(), json!(change.made_at));
    columns.insert("made_by".into(), json!(change.made_by));
    sqlx::query!(
        "insert into line_setting_change select (jsonb_populate_record(null::line_setting_change, $1)).*",
        serde_json::Value::from(columns)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a change was made.
///
/// # Errors
/// When the database fails.
pub async fn is_made(tx: &mut Tx, id: Uuid) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select from line_setting_change where id = $1) as "is_made!""#, id)
        .fetch_one(&mut **tx)
        .await?)
}

/// Withdraws a change that is still to come; false if it is not, or was withdrawn before.
///
/// # Errors
/// When the database fails, or without it the line would close before it opens (`line_opens_before_it_closes`).
pub async fn withdraw(tx: &mut Tx, id: Uuid, by: StaffId, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update line_setting_change set withdrawn_at = $3, withdrawn_by = $2
         where id = $1 and withdrawn_at is null and valid_from > $3",
        id,
        by.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many agreed appointments that start at an instant or later lie outside of other hours, local wall time.
///
/// # Errors
/// When the database fails.
pub async fn outside(tx: &mut Tx, from: DateTime<Utc>, opens: NaiveTime, closes: NaiveTime) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointment
           where state = 'confirmed' and lower(during) >= $1
             and ((lower(during) at time zone 'Europe/Prague')::time < $2
                  or (upper(during) at time zone 'Europe/Prague')::time > $3)"#,
        from,
        opens,
        closes
    )
    .fetch_one(&mut **tx)
    .await?;
    u32::try_from(count).map_err(|_| DbError::unknown("count", count))
}
