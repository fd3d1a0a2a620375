//! The history of a purchase: what happened to it, by whom and when.

use chrono::{DateTime, Utc};

use super::purchases::StoredPurchase;
use crate::model::{
    base::ids::{MemberId, PurchaseId, StaffId},
    money::purchases::{PurchaseEvent, PurchaseEventKind},
};
use crate::server::db::{DbError, Tx};

/// Who did something to a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A member of the customer.
    Member(MemberId),
    /// A person of the vendor.
    Staff(StaffId),
    /// Stripe, the bank or the system itself.
    System,
}

/// Writes a line of a purchase's history, once per kind and source.
///
/// # Errors
/// When the database fails.
pub async fn record(
    tx: &mut Tx,
    stored: &StoredPurchase,
    kind: PurchaseEventKind,
    source: &str,
    actor: Actor,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (member, staff) = match actor {
        Actor::Member(member) => (Some(member.0), None),
        Actor::Staff(staff) => (None, Some(staff.0)),
        Actor::System => (None, None),
    };
    sqlx::query!(
        "insert into purchase_event (customer_id, purchase_id, at, kind, member_id, staff_id, note, source)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        stored.customer.0,
        stored.purchase.id.0,
        now,
        kind.code(),
        member,
        staff,
        note,
        source
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes that a purchase is paid: once for each time that it came to be so, as what had paid it may have been taken back. The
/// purchase is [locked](super::purchases::lock).
///
/// # Errors
/// When the database fails.
pub async fn record_paid(tx: &mut Tx, stored: &StoredPurchase, by: Actor, now: DateTime<Utc>) -> Result<(), DbError> {
    let time = sqlx::query_scalar!(
        r#"select coalesce(nullif(count(*), 0)::text, '') as "time!"
           from purchase_event where purchase_id = $1 and kind = 'payment_undone'"#,
        stored.purchase.id.0
    );
    let time = time.fetch_one(&mut **tx).await?;
    record(tx, stored, PurchaseEventKind::Paid, &time, by, "", now).await
}

/// What happened to a purchase, in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn history(tx: &mut Tx, id: PurchaseId) -> Result<Vec<PurchaseEvent>, DbError> {
    Ok(sqlx::query_as!(
        PurchaseEvent,
        r#"select e.at, e.kind as "kind: PurchaseEventKind", m.name as "by?", e.note
           from purchase_event e left join member m on m.id = e.member_id
           where e.purchase_id = $1 order by e.at, e.id"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What happened to a purchase, in order of time, with the names of staff, which members do not see.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn history_for_staff(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<PurchaseEvent>, DbError> {
    Ok(sqlx::query_as!(
        PurchaseEvent,
        r#"select e.at, e.kind as "kind: PurchaseEventKind", coalesce(m.name, s.name) as "by?", e.note
           from purchase_event e left join member m on m.id = e.member_id left join staff s on s.id = e.staff_id
           where e.purchase_id = $1 order by e.at, e.id"#,
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?)
}
