//! A place within a transaction to go back to: what is tried from there on is kept or taken back, and what was done before stays.

use super::{DbError, Tx};

/// Marks the place.
///
/// # Errors
/// When the database fails.
pub async fn mark(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("savepoint tried").execute(&mut **tx).await?;
    Ok(())
}

/// Goes back to the mark, past an error of the database, too; or forgets it.
///
/// # Errors
/// When the database fails.
pub async fn unmark(tx: &mut Tx, go_back: bool) -> Result<(), DbError> {
    if go_back {
        sqlx::query!("rollback to savepoint tried").execute(&mut **tx).await?;
    }
    sqlx::query!("release savepoint tried").execute(&mut **tx).await?;
    Ok(())
}
