//! Times that a dispatcher offers a customer to pick from.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::base::{
        ids::{RequestId, StaffId},
        numbers::RequestNumber,
    },
    server::db::{DbError, Tx},
};

/// Offers times for a request; what was offered before is on offer no more.
///
/// # Errors
/// When the database fails.
pub async fn offer(
    tx: &mut Tx,
    request: RequestId,
    staff: StaffId,
    starts: &[DateTime<Utc>],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    key: Uuid,
) -> Result<(), DbError> {
    sqlx::query!("update slot_offer set is_open = false where request_id = $1 and is_open", request.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "insert into slot_offer (id, customer_id, request_id, staff_id, offered_at, expires_at, starts)
         select $2, customer_id, id, $3, $4, $5, $6 from service_request where id = $1",
        request.0,
        key,
        staff.0,
        now,
        until,
        starts
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether times are on offer for a request.
///
/// # Errors
/// When the database fails.
pub async fn is_open(tx: &mut Tx, wanted: RequestNumber, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select 1 from slot_offer o join service_request r on r.id = o.request_id
               where r.number = $1 and o.is_open and o.expires_at > $2) as "open!""#,
        wanted.to_string(),
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}
