//! Alerts that were raised, so that each is raised once.

use chrono::{DateTime, Utc};

use super::{DbError, Tx};
use crate::model::{alerts::AlertKind, ids::CustomerId};

/// Writes down that an alert is raised; false when its cause has raised it before.
///
/// # Errors
/// When the database fails.
pub async fn raise(
    tx: &mut Tx,
    customer: CustomerId,
    kind: AlertKind,
    source: &str,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into alert (customer_id, kind, at, source) values ($1, $2, $3, $4) on conflict do nothing",
        customer.0,
        kind.code(),
        at,
        source
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
