//! What came of trying the connections to the outside.

use crate::{
    model::money::connections::{Connection, ConnectionCheck},
    server::db::{DbError, Tx},
};

/// What came of it the last time, of each that was tried.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn checks(tx: &mut Tx) -> Result<Vec<ConnectionCheck>, DbError> {
    Ok(sqlx::query_as!(
        ConnectionCheck,
        r#"select kind as "connection: Connection", checked_at, succeeded, answer from connection_check order by kind"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Notes what came of it.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, check: &ConnectionCheck) -> Result<(), DbError> {
    sqlx::query!(
        "insert into connection_check (kind, checked_at, succeeded, answer) values ($1, $2, $3, $4)
         on conflict (kind) do update set checked_at = $2, succeeded = $3, answer = $4",
        check.connection.code(),
        check.checked_at,
        check.succeeded,
        check.answer
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
