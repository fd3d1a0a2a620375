//! Disputes over the payments of purchases, and the minutes that are frozen for them.

use chrono::{DateTime, Utc};

use crate::model::{
    base::{
        ids::{CustomerId, DocumentId, GrantId, PaymentAlertId, PurchaseId, RefundId, StaffId},
        money::Money,
    },
    money::{pages::Reversal, purchases::Dispute},
};
use crate::server::db::{DbError, Tx, codec::Natural};

/// Notes where a dispute over a purchase's payment is, and what all of them mean for it: it is disputed while one is open, else if
/// one is lost. The purchase is locked.
///
/// # Errors
/// When the database fails.
pub async fn note(
    tx: &mut Tx,
    id: PurchaseId,
    stripe_dispute: &str,
    dispute: Dispute,
    amount: Option<Money>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into dispute as d (purchase_id, stripe_dispute, customer_id, state, amount)
         select $1, $2, p.customer_id, $3, $4 from purchase p where p.id = $1
         on conflict (purchase_id, stripe_dispute) do update set amount = coalesce(excluded.amount, d.amount),
             state = case when array_position(array['none', 'open', 'lost', 'won'], excluded.state)
                               > array_position(array['none', 'open', 'lost', 'won'], d.state)
                          then excluded.state else d.state end",
        id.0,
        stripe_dispute,
        dispute.code(),
        amount.map(Money::haler)
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

/// What lost disputes took of a purchase's money and what came again of it, as far as that is documented; both including VAT.
///
/// # Errors
/// When the database fails.
pub async fn lost_and_won_back(tx: &mut Tx, id: PurchaseId) -> Result<(Money, Money), DbError> {
    let row = sqlx::query!(
        r#"select (select least(p.total, coalesce(sum(coalesce(d.amount, p.total)), 0))::bigint from dispute d
                   where d.purchase_id = p.id and d.state = 'lost') as "lost!: Money",
                  (select coalesce(sum(w.amount), 0)::bigint from won_back w where w.purchase_id = p.id) as "won!: Money"
           from purchase p where p.id = $1"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.lost, row.won))
}

/// Money that a dispute took and that came again.
#[derive(Debug, Clone, Copy)]
pub struct NewWonBack {
    /// Its identity, made with the form.
    pub id: RefundId,
    /// Whose.
    pub customer: CustomerId,
    /// Of which purchase.
    pub purchase: PurchaseId,
    /// How much, including VAT.
    pub amount: Money,
    /// The tax document on it.
    pub document: DocumentId,
    /// Who had it issued.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes down that money came again.
///
/// # Errors
/// When the database fails.
pub async fn note_won_back(tx: &mut Tx, won: &NewWonBack) -> Result<(), DbError> {
    sqlx::query!(
        "insert into won_back (id, customer_id, purchase_id, amount, document_id, staff_id, noted_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        won.id.0,
        won.customer.0,
        won.purchase.0,
        won.amount.haler(),
        won.document.0,
        won.by.0,
        won.at
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

/// A transfer that is gone again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReversedTransfer {
    /// What its alert names.
    pub source: String,
    /// Its alert.
    pub alert: PaymentAlertId,
    /// How much is gone, and what a manager said of it.
    pub reversal: Reversal,
}

impl ReversedTransfer {
    /// What it is called among disputes.
    #[must_use]
    pub fn name(&self) -> String {
        format!("transfer:{}", self.source)
    }
}

/// The transfer of a purchase that is gone again and did not come once more: the first of which nobody said anything, else the last.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn reversed_transfer(tx: &mut Tx, purchase: PurchaseId) -> Result<Option<ReversedTransfer>, DbError> {
    let row = sqlx::query!(
        r#"select a.id as "id: PaymentAlertId", a.source, coalesce((a.details ->> 'amount')::bigint, 0) as "amount!: Money",
                  coalesce(d.state, 'none') as "state!: Dispute"
           from payment_alert a left join dispute d on d.purchase_id = a.purchase_id and d.stripe_dispute = 'transfer:' || a.source
           where a.purchase_id = $1 and a.kind = 'transfer_reversed' and coalesce(d.state, 'none') <> 'won'
           order by (d.state is null) desc, a.at desc, a.id desc limit 1"#,
        purchase.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| ReversedTransfer {
        source: row.source,
        alert: row.id,
        reversal: Reversal { amount: row.amount, state: row.state },
    }))
}
