//! The history of a purchase: what happened to it, by whom and when.

use chrono::{DateTime, Utc};

use super::purchases::StoredPurchase;
use crate::model::{
    base::ids::{MemberId, PurchaseId, StaffId},
    money::purchases::{PurchaseEvent, PurchaseEventKind},
};
use crate::server::db::{DbError, Tx, line::catalogue::unknown};

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

/// What happened to a purchase, in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn history(tx: &mut Tx, id: PurchaseId) -> Result<Vec<PurchaseEvent>, DbError> {
    sqlx::query!(
        r#"select e.at, e.kind, e.note, m.name as "member?"
           from purchase_event e left join member m on m.id = e.member_id
           where e.purchase_id = $1 order by e.at, e.id"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(PurchaseEvent {
            at: row.at,
            kind: PurchaseEventKind::from_code(&row.kind).ok_or_else(|| unknown("purchase_event.kind", row.kind))?,
            by: row.member,
            note: row.note,
        })
    })
    .collect()
}

/// What happened to a purchase, in order of time, with the names of staff, which members do not see.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn history_for_staff(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<PurchaseEvent>, DbError> {
    sqlx::query!(
        r#"select e.at, e.kind, e.note, coalesce(m.name, s.name) as "by?"
           from purchase_event e left join member m on m.id = e.member_id left join staff s on s.id = e.staff_id
           where e.purchase_id = $1 order by e.at, e.id"#,
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(PurchaseEvent {
            at: row.at,
            kind: PurchaseEventKind::from_code(&row.kind).ok_or_else(|| unknown("purchase_event.kind", row.kind))?,
            by: row.by,
            note: row.note,
        })
    })
    .collect()
}
