//! When sources of statements were asked, so that no two processes ask one at the same time; and which of them fail.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::money::{
        bank::{StatementFault, StatementSource},
        statements::{SourceFailure, SourceTrouble},
    },
    server::db::{DbError, Tx},
};

/// Takes the turn of asking a source, if nobody has within the pause: gives the last day that was taken in, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn take_turn(
    tx: &mut Tx,
    source: StatementSource,
    pause: Duration,
    now: DateTime<Utc>,
) -> Result<Option<Option<NaiveDate>>, DbError> {
    let free_since = now - pause;
    let turn = sqlx::query!(
        "insert into statement_fetch as f (source, asked_at) values ($1, $2)
         on conflict (source) do update set asked_at = excluded.asked_at where f.asked_at <= $3
         returning until",
        source.code(),
        now,
        free_since
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(turn.map(|turn| turn.until))
}

/// Notes that a source fails, and why; gives since when it does.
///
/// # Errors
/// When the database fails.
pub async fn note_failure(
    tx: &mut Tx,
    source: StatementSource,
    failure: SourceFailure,
    fault: Option<StatementFault>,
    now: DateTime<Utc>,
) -> Result<SourceTrouble, DbError> {
    let since = sqlx::query_scalar!(
        r#"insert into statement_fetch as f (source, asked_at, failing_since, failure, fault) values ($1, $2, $2, $3, $4)
           on conflict (source) do update
           set failing_since = coalesce(f.failing_since, excluded.failing_since), failure = excluded.failure, fault = excluded.fault
           returning failing_since as "since!""#,
        source.code(),
        now,
        failure.code(),
        fault.map(StatementFault::code)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(SourceTrouble { source, failure, fault, since })
}

/// Notes that a source works; tells whether it had failed.
///
/// # Errors
/// When the database fails.
pub async fn note_works(tx: &mut Tx, source: StatementSource) -> Result<bool, DbError> {
    let mended = sqlx::query!(
        "update statement_fetch set failing_since = null, failure = null, fault = null
         where source = $1 and failing_since is not null",
        source.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(mended.rows_affected() == 1)
}

/// The sources of which anything is known: the last day that was taken in from each, and whether it fails.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn known(tx: &mut Tx) -> Result<Vec<(StatementSource, Option<NaiveDate>, Option<SourceTrouble>)>, DbError> {
    let rows = sqlx::query!(
        r#"select source as "source: StatementSource", until, failing_since, failure as "failure: SourceFailure",
                  fault as "fault: StatementFault"
           from statement_fetch order by source"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let known = rows.into_iter().map(|row| {
        let (source, fault) = (row.source, row.fault);
        let failing = row.failing_since.zip(row.failure);
        (source, row.until, failing.map(|(since, failure)| SourceTrouble { source, failure, fault, since }))
    });
    Ok(known.collect())
}

/// Notes the last day that was taken in from a source.
///
/// # Errors
/// When the database fails.
pub async fn note_until(tx: &mut Tx, source: StatementSource, until: NaiveDate) -> Result<(), DbError> {
    sqlx::query!("update statement_fetch set until = greatest(until, $2) where source = $1", source.code(), until)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
