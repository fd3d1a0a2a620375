//! The entry point to the queue for what is done later about payments and documents; mails have one of their own
//! ([`super::mails`]).

use super::{DbError, Tx};

/// Queues a job in the transaction of what causes it; while one with the same task and key waits, it is that one.
///
/// # Errors
/// When the database fails.
pub async fn job(tx: &mut Tx, task: &str, payload: &serde_json::Value, key: &str) -> Result<(), DbError> {
    sqlx::query!("select queue_payment_job($1, $2::jsonb::json, $3)", task, payload, key).execute(&mut **tx).await?;
    Ok(())
}
