//! What managers decide about evidence, and how asking TeamViewer's interface goes.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::ids::StaffId,
        work::teamviewer::{FetchStanding, TeamviewerFailure, TeamviewerForm, TeamviewerSetup},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// What managers have decided, as their form shows it.
///
/// # Errors
/// When the database fails.
pub async fn setup(tx: &mut Tx) -> Result<TeamviewerForm, DbError> {
    let names = sqlx::query!(r#"select staff_id as "staff_id: StaffId", name from teamviewer_user"#);
    let names: BTreeMap<_, _> =
        names.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.staff_id, row.name)).collect();
    Ok(TeamviewerForm { kept_days: kept_days(tx).await?.to_string(), names })
}

/// For how many days connections are kept.
///
/// # Errors
/// When the database fails.
pub async fn kept_days(tx: &mut Tx) -> Result<u32, DbError> {
    let days = sqlx::query_scalar!(r#"select kept_days as "days: Natural" from teamviewer_setting"#);
    Ok(days.fetch_one(&mut **tx).await?.into())
}

/// Keeps what managers decide, of some technicians. What one of them is called, nobody else is any more: whoever has left is in no form.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, technicians: &[StaffId], setup: &TeamviewerSetup) -> Result<(), DbError> {
    sqlx::query!("update teamviewer_setting set kept_days = $1 where kept_days <> $1", integer(setup.kept_days)?)
        .execute(&mut **tx)
        .await?;
    let asked: Vec<i64> = technicians.iter().map(|id| id.0).collect();
    let (ids, names): (Vec<i64>, Vec<String>) = setup.names.iter().map(|(id, name)| (id.0, name.clone())).unzip();
    // Those that change are given up first: two may have changed places.
    sqlx::query!(
        "delete from teamviewer_user u
         where case when staff_id = any($1)
               then not exists (select from unnest($2::bigint[], $3::text[]) as s(id, name) where s.id = u.staff_id and s.name = u.name)
               else exists (select from unnest($3::text[]) as s(name) where lower(s.name) = lower(u.name)) end",
        &asked,
        &ids,
        &names
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into teamviewer_user (staff_id, name)
         select id, name from unnest($1::bigint[], $2::text[]) as s(id, name) on conflict (staff_id) do nothing",
        &ids,
        &names
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The technicians who work here, by name.
///
/// # Errors
/// When the database fails.
pub async fn technicians(tx: &mut Tx) -> Result<Vec<(StaffId, String)>, DbError> {
    let found = sqlx::query!(
        r#"select id as "id: StaffId", name from staff where active and 'technician' = any(roles) order by name, id"#
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// How asking goes; whether it is asked at all is the process' to say.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn standing(tx: &mut Tx) -> Result<FetchStanding, DbError> {
    let row = sqlx::query!(
        r#"select known_until, failing_since, failure as "failure: TeamviewerFailure" from teamviewer_fetch"#
    );
    let row = row.fetch_one(&mut **tx).await?;
    Ok(FetchStanding { is_on: false, known_until: row.known_until, failing: row.failing_since.zip(row.failure) })
}

/// Whether the interface may be asked, as nobody has within a pause.
///
/// # Errors
/// When the database fails.
pub async fn is_due(tx: &mut Tx, pause: Duration, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select coalesce(asked_at <= $1, true) as "due!" from teamviewer_fetch"#, now - pause)
        .fetch_one(&mut **tx)
        .await?)
}

/// Takes the turn of asking, if nobody has within a pause: gives up to when all connections are known.
///
/// # Errors
/// When the database fails.
pub async fn take_turn(
    tx: &mut Tx,
    pause: Duration,
    now: DateTime<Utc>,
) -> Result<Option<Option<DateTime<Utc>>>, DbError> {
    Ok(sqlx::query_scalar!(
        "update teamviewer_fetch set asked_at = $1 where asked_at is null or asked_at <= $2 returning known_until",
        now,
        now - pause
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Notes that asking fails, and why.
///
/// # Errors
/// When the database fails.
pub async fn note_failure(tx: &mut Tx, failure: TeamviewerFailure, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update teamviewer_fetch set failing_since = coalesce(failing_since, $2), failure = $1",
        failure.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes up to when all connections are known that can be read; where that is all of them, asking works.
///
/// # Errors
/// When the database fails.
pub async fn note_known(tx: &mut Tx, until: DateTime<Utc>, is_all: bool) -> Result<(), DbError> {
    sqlx::query!(
        "update teamviewer_fetch
         set known_until = greatest(known_until, $1),
             failing_since = case when not $2 then failing_since end, failure = case when not $2 then failure end",
        until,
        is_all
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
