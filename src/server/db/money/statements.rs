//! When sources of statements were asked, so that no two processes ask one at the same time.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::money::bank::StatementSource,
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
