//! Where visitors' orders stand until the mailed link is followed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::base::ids::{CustomerId, MemberId, RequestId},
    server::db::{DbError, Tx},
};

/// The place of all visitors, and who orders there.
///
/// # Errors
/// When the database fails.
pub async fn place(tx: &mut Tx, now: DateTime<Utc>) -> Result<(MemberId, CustomerId), DbError> {
    let row = sqlx::query!(
        r#"select member_id as "member!: MemberId", customer_id as "customer!: CustomerId" from place_of_visitors($1)"#,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.member, row.customer))
}

/// Names the draft of a registration, once: whoever sends the form again has the same.
///
/// # Errors
/// When the database fails.
pub async fn name(tx: &mut Tx, registration: Uuid, order: RequestId) -> Result<Option<RequestId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"update registration set order_id = coalesce(order_id, $2) where id = $1 and founded is null
           returning order_id as "order!: RequestId""#,
        registration,
        order.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Whether somebody has said who they are for a draft, and the mailed link is good and not followed yet.
///
/// # Errors
/// When the database fails.
pub async fn is_awaited(tx: &mut Tx, order: RequestId, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from registration
                          where order_id = $1 and expires_at > $2 and founded is null and asks is null) as "is!""#,
        order.0,
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Notes which time was picked.
///
/// # Errors
/// When the database fails.
pub async fn note_picked(tx: &mut Tx, order: RequestId, start: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update registration set picked_start = $2 where order_id = $1", order.0, start)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Which draft belongs to a registration, and which time was picked for it.
///
/// # Errors
/// When the database fails.
pub async fn of_registration(
    tx: &mut Tx,
    registration: Uuid,
) -> Result<Option<(RequestId, Option<DateTime<Utc>>)>, DbError> {
    let row = sqlx::query!(
        r#"select order_id as "order!: RequestId", picked_start from registration
           where id = $1 and order_id is not null"#,
        registration
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.order, row.picked_start)))
}

/// Whose person somebody is.
///
/// # Errors
/// When the database fails.
pub async fn customer_of(tx: &mut Tx, member: MemberId) -> Result<Option<CustomerId>, DbError> {
    Ok(sqlx::query_scalar!(r#"select customer_id as "id: CustomerId" from member where id = $1"#, member.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Forgets a visitor's draft, its hold included.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, order: RequestId) -> Result<(), DbError> {
    sqlx::query!(
        "with held as (delete from appointment where request_id = $1 and state = 'held')
         delete from service_request r using customer c
         where r.id = $1 and c.id = r.customer_id and c.is_of_visitors and r.state in ('draft', 'cancelled')",
        order.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Visitors' drafts to which nobody comes back any more, some at a time.
///
/// # Errors
/// When the database fails.
pub async fn left_behind(tx: &mut Tx) -> Result<Vec<RequestId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select r.id as "id: RequestId" from service_request r join customer c on c.id = r.customer_id
           where c.is_of_visitors and not exists (
               select from registration g where g.order_id = r.id and g.founded is null and g.asks is null)
           order by r.created_at limit 1000"#
    )
    .fetch_all(&mut **tx)
    .await?)
}
