//! What whoever runs the portal watches.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgPool, types::Json};

use crate::{
    model::line::operating::{CertificateSeen, JobsOfKind, LedgerCheck, OperatingFigures, Waiting},
    server::db::{DbError, Tx},
};

/// What waits and what was found, by one statement.
///
/// # Errors
/// When the database fails.
pub async fn figures(tx: &mut Tx, now: DateTime<Utc>) -> Result<OperatingFigures, DbError> {
    let row = sqlx::query!(
        r#"select
             (select coalesce(json_agg(q order by q.task), '[]') from queue_figures() q) as "jobs!: Json<Vec<JobsOfKind>>",
             (select count(*) from mail where state = 'queued') as "mails!",
             (select extract(epoch from $1 - min(created_at))::bigint from mail where state = 'queued') as oldest_mail,
             (select count(*) from mail where state = 'failed') as "mails_failed!",
             (select count(*) from webhook_message where state = 'queued' and due_at <= $1) as "webhooks!",
             (select extract(epoch from $1 - min(due_at))::bigint from webhook_message
              where state = 'queued' and due_at <= $1) as oldest_webhook,
             (select count(*) from appointment where state = 'held' and hold_expires_at > $1) as "holds!",
             (select json_build_object('age', extract(epoch from $1 - checked_at)::bigint, 'faults', faults)
              from ledger_check) as "ledger: Json<LedgerCheck>",
             (select extract(epoch from $1 - max(made_at))::bigint from backup) as backup_age,
             (select coalesce(json_agg(json_build_object('host', host, 'trouble', trouble,
                         'expires_in', extract(epoch from expires_at - $1)::bigint) order by host), '[]')
              from outside_certificate) as "certificates!: Json<Vec<CertificateSeen>>""#,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(OperatingFigures {
        jobs: row.jobs.0,
        mails: Waiting { count: row.mails, oldest: row.oldest_mail },
        mails_failed: row.mails_failed,
        webhooks: Waiting { count: row.webhooks, oldest: row.oldest_webhook },
        holds: row.holds,
        ledger: row.ledger.map(|ledger| ledger.0),
        backup_age: row.backup_age,
        certificates: row.certificates.0,
    })
}

/// Lets the database itself end what takes longer than this in the transaction.
///
/// # Errors
/// When the database fails.
pub async fn limit_time(tx: &mut Tx, milliseconds: u32) -> Result<(), DbError> {
    let limit = milliseconds.to_string();
    sqlx::query!("select set_config('statement_timeout', $1, true)", limit).fetch_one(&mut **tx).await?;
    Ok(())
}

/// Notes that the account of minutes was checked.
///
/// # Errors
/// When the database fails.
pub async fn note_ledger_check(tx: &mut Tx, faults: i32, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into ledger_check (checked_at, faults) values ($1, $2)
         on conflict (one) do update set checked_at = excluded.checked_at, faults = excluded.faults",
        now,
        faults
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes what a server has shown.
///
/// # Errors
/// When the database fails.
pub async fn note_certificate(
    tx: &mut Tx,
    host: &str,
    expires_at: Option<DateTime<Utc>>,
    trouble: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into outside_certificate (host, looked_at, expires_at, trouble) values ($1, $2, $3, $4)
         on conflict (host) do update
         set looked_at = excluded.looked_at, expires_at = excluded.expires_at, trouble = excluded.trouble",
        host,
        now,
        expires_at,
        trouble
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets servers that nobody has looked at for long: they are not spoken with any more.
///
/// # Errors
/// When the database fails.
pub async fn forget_certificates(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from outside_certificate where looked_at < $1", before).execute(&mut **tx).await?;
    Ok(())
}

/// The version of the server.
///
/// # Errors
/// When the database fails.
pub async fn server_version(pool: &PgPool) -> Result<String, DbError> {
    Ok(sqlx::query_scalar!(r#"select current_setting('server_version') as "version!""#).fetch_one(pool).await?)
}

/// What the server's clock shows.
///
/// # Errors
/// When the database fails.
pub async fn clock(pool: &PgPool) -> Result<DateTime<Utc>, DbError> {
    Ok(sqlx::query_scalar!(r#"select clock_timestamp() as "now!""#).fetch_one(pool).await?)
}

/// When days begin in the line's time zone, as the server knows that.
///
/// # Errors
/// When the database fails.
pub async fn midnights(pool: &PgPool, days: &[NaiveDate]) -> Result<Vec<DateTime<Utc>>, DbError> {
    let midnights = sqlx::query_scalar!(
        r#"select day::timestamp at time zone 'Europe/Prague' as "midnight!"
           from unnest($1::date[]) with ordinality d (day, place) order by place"#,
        days
    );
    Ok(midnights.fetch_all(pool).await?)
}
