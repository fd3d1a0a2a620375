//! What is asked of Stripe unbidden: a message may be lost, and a process may die between two steps.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    card::{CardError, close_expired, fulfil_session, payable_until, stop_if_stripe_is_away, try_start_checkout},
    card_refunds::{learn_refunds, send_refund},
    saved_cards::{detach_left, take_due},
};
use crate::{
    model::{money::purchases::PaymentMethod, problem::Problem},
    server::{
        app::App,
        db::money::{
            purchases::{self, StoredPurchase},
            refunds,
        },
    },
};

/// How old a purchase is at least before it is asked about unbidden.
const SETTLED_IN: TimeDelta = TimeDelta::minutes(3);

/// How long a refund may be on its way before it is asked about unbidden.
const REFUND_IS_LATE: TimeDelta = TimeDelta::hours(1);

/// How many purchases are asked about at a time.
const AT_A_TIME: i64 = 200;

/// Asks Stripe about purchases and refunds of which nothing was heard: a message may be lost, and a process may have died between
/// two steps. Repeating it changes nothing.
///
/// # Errors
/// The first failure's. Where Stripe answers nobody, the others are not tried; trouble with one thing stops no other.
pub async fn reconcile(app: &App) -> Result<(), Problem> {
    if !app.payments.is_on() {
        return Ok(());
    }
    let now = app.clock.now();
    let (purchases, refunds, payments) = {
        let mut tx = app.db.system().await?;
        let late = now - REFUND_IS_LATE;
        (
            purchases::awaiting(&mut tx, PaymentMethod::Card, now - SETTLED_IN, AT_A_TIME).await?,
            // Their jobs may have been given up while Stripe was out of order.
            refunds::unsent(&mut tx, late, AT_A_TIME).await?,
            refunds::payments_with_open_refunds(&mut tx, late, AT_A_TIME).await?,
        )
    };
    let mut outcome = take_due(app).await;
    outcome = outcome.and(detach_left(app).await);
    for stored in purchases {
        let number = stored.purchase.number.to_string();
        outcome = outcome.and(stop_if_stripe_is_away(app, reconcile_purchase(app, stored, now).await, &number).await?);
    }
    for refund in refunds {
        outcome = outcome.and(stop_if_stripe_is_away(app, send_refund(app, refund).await, &refund.to_string()).await?);
    }
    for intent in payments {
        outcome = outcome.and(stop_if_stripe_is_away(app, learn_refunds(app, &intent).await.map(drop), &intent).await?);
    }
    outcome
}

async fn reconcile_purchase(app: &App, stored: StoredPurchase, now: DateTime<Utc>) -> Result<(), CardError> {
    match &stored.checkout {
        Some(checkout) => fulfil_session(app, &checkout.session).await.map(drop),
        // Nobody was ever sent anywhere to pay it.
        None if now >= payable_until(&stored) => {
            let mut tx = app.db.system().await?;
            let stored = purchases::lock(&mut tx, stored.purchase.id).await?.ok_or(Problem::NotFound)?;
            close_expired(&mut tx, &stored, now).await?;
            Ok(tx.commit().await?)
        }
        // The customer was told, and asks again when they want to.
        None if stored.checkout_refused_at.is_some() => Ok(()),
        None => try_start_checkout(app, stored.purchase.id).await.map(drop),
    }
}
