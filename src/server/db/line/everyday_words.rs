//! What people say for the words of the catalogue: one row.

use crate::server::db::{DbError, Tx};

/// The lines as they were typed; empty where nobody has written any.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx) -> Result<String, DbError> {
    let found = sqlx::query_scalar!("select spoken from everyday_words");
    Ok(found.fetch_optional(&mut **tx).await?.unwrap_or_default())
}

/// Puts lines in the place of those that were.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, spoken: &str) -> Result<(), DbError> {
    sqlx::query!("update everyday_words set spoken = $1", spoken).execute(&mut **tx).await?;
    Ok(())
}
