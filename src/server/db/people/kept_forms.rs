//! Forms that are kept for whoever filled them in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    model::{base::ids::LoginId, problem::Problem},
    server::db::{DbError, Tx},
};

/// What was typed into a form, by the names of its fields.
pub type Fields = BTreeMap<String, String>;

/// Keeps a form of a page.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: Uuid,
    login: LoginId,
    page: &str,
    (problem, fields): (&Problem, &Fields),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into kept_form (id, login_id, page, problem, fields, kept_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        login.0,
        page,
        Json(problem) as _,
        Json(fields) as _,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A form that was kept for this sign-in and this page after `since`: why it was refused, and what was typed.
///
/// # Errors
/// When the database fails.
pub async fn find(
    tx: &mut Tx,
    id: Uuid,
    login: LoginId,
    page: &str,
    since: DateTime<Utc>,
) -> Result<Option<(Problem, Fields)>, DbError> {
    let kept = sqlx::query!(
        r#"select problem as "problem: Json<Problem>", fields as "fields: Json<Fields>" from kept_form
           where not unsent and id = $1 and login_id = $2 and page = $3 and kept_at > $4"#,
        id,
        login.0,
        page,
        since
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(kept.map(|kept| (kept.problem.0, kept.fields.0)))
}

/// Keeps what is being typed on a page, in place of what was kept of it before.
///
/// # Errors
/// When the database fails.
pub async fn put_unsent(
    tx: &mut Tx,
    id: Uuid,
    login: LoginId,
    page: &str,
    (problem, fields): (&Problem, &Fields),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into kept_form (id, login_id, page, problem, fields, kept_at, unsent) values ($1, $2, $3, $4, $5, $6, true)
         on conflict (login_id, page) where unsent do update set fields = excluded.fields, kept_at = excluded.kept_at",
        id,
        login.0,
        page,
        Json(problem) as _,
        Json(fields) as _,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What was being typed on a page after `since` and never sent.
///
/// # Errors
/// When the database fails.
pub async fn unsent(
    tx: &mut Tx,
    login: LoginId,
    page: &str,
    since: DateTime<Utc>,
) -> Result<Option<(Problem, Fields)>, DbError> {
    let kept = sqlx::query!(
        r#"select problem as "problem: Json<Problem>", fields as "fields: Json<Fields>" from kept_form
           where unsent and login_id = $1 and page = $2 and kept_at > $3"#,
        login.0,
        page,
        since
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(kept.map(|kept| (kept.problem.0, kept.fields.0)))
}

/// Forgets what was being typed on a page for a server function.
///
/// # Errors
/// When the database fails.
pub async fn delete_unsent(tx: &mut Tx, login: LoginId, page: &str, called: &str) -> Result<(), DbError> {
    sqlx::query!(
        "delete from kept_form
         where unsent and login_id = $1 and page = $2 and coalesce(fields->>'call', $3) = $3",
        login.0,
        page,
        called
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets a form.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    sqlx::query!("delete from kept_form where id = $1", id).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets all but the latest `most` of a sign-in.
///
/// # Errors
/// When the database fails.
pub async fn keep_latest(tx: &mut Tx, login: LoginId, most: i64) -> Result<(), DbError> {
    sqlx::query!(
        "delete from kept_form where id in
             (select id from kept_form where login_id = $1 order by kept_at desc, id offset $2)",
        login.0,
        most
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what was kept before `until`, and what was never sent and kept before `unsent_until`, some at a time.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, until: DateTime<Utc>, unsent_until: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from kept_form where id in
             (select id from kept_form where kept_at <= case when unsent then $2::timestamptz else $1::timestamptz end order by kept_at limit 1000)",
        until,
        unsent_until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
