//! Fulfilment: from money that came to minutes that can be drawn, in the caller's transaction, once however often it is told.

use chrono::{DateTime, NaiveDate, Utc};

use super::{disputes, tax_documents::issue_on_payment};
use crate::{
    model::{
        base::calendar::to_local,
        minutes::pools::PoolKind,
        money::{bundles::expires_at, purchases::PurchaseEventKind, subscriptions::minutes_expire},
        problem::Problem,
    },
    server::db::{
        Tx,
        minutes::ledger::{self, NewGrant},
        money::{
            purchase_events::{self, Actor},
            purchases::{self, StoredPurchase, grant_source},
            refunds, subscriptions,
        },
    },
};

/// Money that came for a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Received {
    /// The day on which it came; by card that of the payment, by transfer that of the bank's booking.
    pub on: NaiveDate,
    /// Who matched it.
    pub by: Actor,
}

/// Notes the payment of a purchase that is [locked](purchases::lock), credits its minutes and issues its tax document; tells
/// whether any of it was news. The amount has been checked by the caller.
pub(crate) async fn fulfil(
    tx: &mut Tx,
    stored: &StoredPurchase,
    received: Received,
    now: DateTime<Utc>,
) -> Result<bool, Problem> {
    if !purchases::note_paid(tx, stored.purchase.id, now).await? {
        return Ok(false);
    }
    purchase_events::record_paid(tx, stored, received.by, now).await?;
    credit(tx, stored, now).await?;
    catch_up(tx, stored, now).await?;
    issue_on_payment(tx, stored, received.on, now).await?;
    Ok(true)
}

/// What was learnt about refunds and disputes before the payment itself takes effect once that is known. The purchase is
/// locked.
pub(super) async fn catch_up(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    refunds::sum_up(tx, stored.purchase.id).await?;
    disputes::freeze_or_thaw(tx, stored, now).await
}

/// Credits the minutes of a purchase, unless they are.
pub(crate) async fn credit(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    let purchase = &stored.purchase;
    ledger::lock(tx, stored.customer).await?;
    let expires_at = match subscriptions::usable_until(tx, purchase.id).await? {
        Some(until) => minutes_expire(until, purchase.validity_months, day_of(now)),
        None => expires_at(now, purchase.validity_months),
    };
    let grant = NewGrant {
        customer: stored.customer,
        kind: PoolKind::Bundle,
        minutes: purchase.minutes,
        effective_at: now,
        expires_at: Some(expires_at),
        source: &grant_source(purchase.id),
        at: now,
        reason: "",
        covers: None,
    };
    if ledger::credit(tx, &grant).await? {
        purchase_events::record(tx, stored, PurchaseEventKind::Credited, "", Actor::System, "", now).await?;
    }
    Ok(())
}

/// The local day of an instant on which money came.
pub(crate) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    to_local(at).date()
}
