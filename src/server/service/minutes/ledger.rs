//! Crediting what contracts promise.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{calendar::to_local, ids::CustomerId},
        minutes::{contracts::allowances::due_allowance, pools::PoolKind},
    },
    server::db::{
        DbError, Tx,
        minutes::{
            contracts,
            ledger::{self, NewGrant},
        },
    },
};

/// Credits the minutes of the contract's period in which `moment` lies, if they are due; tells whether it did now.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub(crate) async fn credit_period(
    tx: &mut Tx,
    customer: CustomerId,
    moment: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let Some((contract, terms)) = contracts::crediting_at(tx, customer, to_local(moment).date()).await? else {
        return Ok(false);
    };
    let covered_until = contracts::covered_until(tx, &[contract]).await?.get(&contract).copied();
    let Some(due) = due_allowance(&terms, covered_until, moment) else {
        return Ok(false);
    };
    let grant = NewGrant {
        customer,
        kind: PoolKind::Contract,
        minutes: due.minutes,
        effective_at: due.effective_at,
        expires_at: Some(due.expires_at),
        source: &format!("{contract}:{}", to_local(due.effective_at).date()),
        at: now,
        reason: "",
        covers: Some((contract, due.covers_until)),
    };
    ledger::credit(tx, &grant).await
}
