//! Disputes over the payments of purchases, and the minutes that are frozen for them.

use crate::model::{
    base::ids::{CustomerId, GrantId, PurchaseId},
    money::purchases::Dispute,
};
use crate::server::db::{DbError, Tx, codec::Natural};

/// Notes where a dispute over a purchase's payment is, and what all of them mean for it: it is disputed while one is open, else if
/// one is lost. The purchase is locked.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, id: PurchaseId, stripe_dispute: &str, dispute: Dispute) -> Result<(), DbError> {
    sqlx::query!(
        "insert into dispute as d (purchase_id, stripe_dispute, customer_id, state)
         select $1, $2, p.customer_id, $3 from purchase p where p.id = $1
         on conflict (purchase_id, stripe_dispute) do update set state = excluded.state
             where array_position(array['none', 'open', 'lost', 'won'], excluded.state)
                   > array_position(array['none', 'open', 'lost', 'won'], d.state)",
        id.0,
        stripe_dispute,
        dispute.code()
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "update purchase p set dispute = s.state
         from (select case when bool_or(state = 'open') then 'open' when bool_or(state = 'lost') then 'lost'
                           when bool_or(state = 'won') then 'won' else 'none' end as state
               from dispute where purchase_id = $1) s
         where p.id = $1 and p.dispute <> s.state",
        id.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How many minutes of a grant are frozen.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn frozen_minutes(tx: &mut Tx, grant: GrantId) -> Result<u32, DbError> {
    let frozen = sqlx::query_scalar!(
        r#"select -coalesce(sum(minutes), 0) as "frozen!: Natural" from ledger_entry
           where grant_id = $1 and kind in ('freeze', 'thaw')"#,
        grant.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(frozen.into())
}

/// Which of some grants are of purchases whose payment is disputed or was lost.
///
/// # Errors
/// When the database fails.
pub async fn disputed_grants(tx: &mut Tx, customer: CustomerId, grants: &[GrantId]) -> Result<Vec<GrantId>, DbError> {
    let grants: Vec<i64> = grants.iter().map(|grant| grant.0).collect();
    Ok(sqlx::query_scalar!(
        r#"select g.id as "id: GrantId" from minute_grant g join purchase p on g.source = 'order:' || p.id
           where g.customer_id = $1 and g.id = any($2) and g.kind = 'bundle' and p.dispute in ('open', 'lost')"#,
        customer.0,
        &grants
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Where the dispute of a purchase is now.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_purchase(tx: &mut Tx, purchase: PurchaseId) -> Result<Dispute, DbError> {
    Ok(sqlx::query_scalar!(r#"select dispute as "dispute: Dispute" from purchase where id = $1"#, purchase.0)
        .fetch_one(&mut **tx)
        .await?)
}
