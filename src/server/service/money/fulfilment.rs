//! Fulfilment: from money that came to minutes that can be drawn, in the caller's transaction, once however often it is told.

use chrono::{DateTime, NaiveDate, Utc};

use super::{refunds, tax_documents::issue_on_payment};
use crate::{
    model::{
        base::calendar::to_local,
        minutes::pools::PoolKind,
        money::{bundles::expires_at, purchases::OrderEventKind},
        problem::Problem,
    },
    server::db::{
        Tx,
        minutes::ledger::{self, NewGrant},
        money::purchases::{self, Actor, StoredOrder, grant_source},
    },
};

/// Money that came for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Received {
    /// The day on which it came; by card that of the payment, by transfer that of the bank's booking.
    pub on: NaiveDate,
    /// Who matched it.
    pub by: Actor,
}

/// Notes the payment of an order that is [locked](purchases::lock), credits its minutes and issues its tax document; tells
/// whether any of it was news. The amount has been checked by the caller.
pub(crate) async fn fulfil(
    tx: &mut Tx,
    stored: &StoredOrder,
    received: Received,
    now: DateTime<Utc>,
) -> Result<bool, Problem> {
    if !purchases::note_paid(tx, stored.order.id, now).await? {
        return Ok(false);
    }
    purchases::tell(tx, stored, OrderEventKind::Paid, "", received.by, "", now).await?;
    credit(tx, stored, now).await?;
    refunds::catch_up(tx, stored, now).await?;
    issue_on_payment(tx, stored, received.on, now).await?;
    Ok(true)
}

/// Credits the minutes of an order, unless they are.
pub(crate) async fn credit(tx: &mut Tx, stored: &StoredOrder, now: DateTime<Utc>) -> Result<(), Problem> {
    let order = &stored.order;
    ledger::lock(tx, stored.customer).await?;
    let grant = NewGrant {
        customer: stored.customer,
        kind: PoolKind::Bundle,
        minutes: order.minutes,
        effective_at: now,
        expires_at: Some(expires_at(now, order.validity_months)),
        source: &grant_source(order.id),
        at: now,
        reason: "",
        covers: None,
    };
    if ledger::credit(tx, &grant).await? {
        purchases::tell(tx, stored, OrderEventKind::Credited, "", Actor::System, "", now).await?;
    }
    Ok(())
}

/// The local day of an instant on which money came.
pub(crate) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    to_local(at).date()
}
