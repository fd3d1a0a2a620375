//! Disputes over the payments of purchases, and the minutes that are frozen for them.

use crate::model::{
    base::ids::{CustomerId, GrantId, PurchaseId},
    money::purchases::Dispute,
};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
};

/// Notes where a dispute is; tells whether that was news.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, id: PurchaseId, dispute: Dispute) -> Result<bool, DbError> {
    let noted = sqlx::query!(
        "update purchase set dispute = $2
         where id = $1 and array_position(array['none', 'open', 'won', 'lost'], $2)
                           > array_position(array['none', 'open', 'won', 'lost'], dispute)",
        id.0,
        dispute.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// How many minutes of a grant are frozen.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn frozen_minutes(tx: &mut Tx, grant: GrantId) -> Result<u32, DbError> {
    let frozen = sqlx::query_scalar!(
        r#"select (-coalesce(sum(minutes), 0))::int as "frozen!" from ledger_entry
           where grant_id = $1 and kind in ('freeze', 'thaw')"#,
        grant.0
    )
    .fetch_one(&mut **tx)
    .await?;
    natural("ledger_entry.minutes", frozen)
}

/// Which of some grants are of purchases whose payment is disputed or was lost.
///
/// # Errors
/// When the database fails.
pub async fn disputed_grants(tx: &mut Tx, customer: CustomerId, grants: &[GrantId]) -> Result<Vec<GrantId>, DbError> {
    let grants: Vec<i64> = grants.iter().map(|grant| grant.0).collect();
    let disputed = sqlx::query_scalar!(
        "select g.id from minute_grant g join purchase p on g.source = 'order:' || p.id
         where g.customer_id = $1 and g.id = any($2) and g.kind = 'bundle' and p.dispute in ('open', 'lost')",
        customer.0,
        &grants
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(disputed.into_iter().map(GrantId).collect())
}

/// Where the dispute of a purchase is now.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_purchase(tx: &mut Tx, purchase: PurchaseId) -> Result<Dispute, DbError> {
    let dispute =
        sqlx::query_scalar!("select dispute from purchase where id = $1", purchase.0).fetch_one(&mut **tx).await?;
    Dispute::from_code(&dispute).ok_or_else(|| unknown("purchase.dispute", dispute))
}
