//! Alerts that were raised, so that each is raised once.

use chrono::{DateTime, Utc};

use crate::model::{base::ids::CustomerId, minutes::alerts::AlertKind};
use crate::server::db::{DbError, Tx};

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
