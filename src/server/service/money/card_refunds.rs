//! Money that goes back to a card: refunds and disputes as Stripe tells of them, and the refunds that it is asked for.

use serde_json::json;

use super::{
    card::{CardError, fulfil_session, gateway},
    disputes,
    refunds::{self, RefundNews},
    saved_cards::settle,
};
use crate::{
    model::{
        base::ids::{PurchaseId, RefundId},
        money::{
            card::{PaymentAlertKind, StripeEventState},
            refunds::RefundState,
        },
        problem::Problem,
    },
    server::{
        app::App,
        db::money::{payment_alerts, purchases, refunds as stored_refunds},
        payments::gateway::GatewayError,
    },
};

/// The purchase of a payment. News of what came after a payment may be faster than that of the payment itself, which is then
/// looked for first.
async fn purchase_of(app: &App, intent: &str) -> Result<Option<PurchaseId>, CardError> {
    async fn known(app: &App, intent: &str) -> Result<Option<PurchaseId>, CardError> {
        let mut tx = app.db.system().await?;
        Ok(purchases::by_payment_intent(&mut tx, intent).await?.map(|stored| stored.purchase.id))
    }
    if let Some(purchase) = known(app, intent).await? {
        return Ok(Some(purchase));
    }
    if let Some(session) = gateway(app)?.session_of(intent).await? {
        fulfil_session(app, &session).await?;
    } else if let Some(tried) = gateway(app)?.try_behind(intent).await? {
        settle(app, tried).await?;
    }
    known(app, intent).await
}

pub(super) async fn learn_refunds(app: &App, intent: &str) -> Result<StripeEventState, CardError> {
    let Some(purchase) = purchase_of(app, intent).await? else { return Ok(StripeEventState::Ignored) };
    let told = gateway(app)?.refunds_of(intent).await?;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, purchase).await?.ok_or(Problem::NotFound)?;
    // The oldest first, as they happened.
    for refund in told.iter().rev() {
        let news =
            RefundNews { ours: refund.ours, stripe_refund: &refund.id, amount: refund.amount, state: refund.state };
        refunds::learn_refund(&mut tx, &stored, news, now).await?;
    }
    tx.commit().await?;
    Ok(StripeEventState::Done)
}

pub(super) async fn learn_disputes(app: &App, intent: &str) -> Result<StripeEventState, CardError> {
    let Some(purchase) = purchase_of(app, intent).await? else { return Ok(StripeEventState::Ignored) };
    let told = gateway(app)?.disputes_of(intent).await?;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, purchase).await?.ok_or(Problem::NotFound)?;
    for dispute in told.iter().rev() {
        match dispute.state {
            Some(state) => disputes::learn(&mut tx, &stored, state, &dispute.id, Some(dispute.amount), now).await?,
            // The bank only asks: no money has moved, and none of the minutes is frozen. A manager should answer.
            None => {
                let source = format!("inquiry:{}", dispute.id);
                let details = json!({ "payment_intent": intent });
                payment_alerts::raise(&mut tx, PaymentAlertKind::Dispute, &source, Some(purchase), &details, now)
                    .await?;
            }
        }
    }
    tx.commit().await?;
    Ok(StripeEventState::Done)
}

/// Asks Stripe to return the money of a refund. What was asked before is looked for first: keys are kept for a day there, and
/// this job may be tried for longer.
///
/// # Errors
/// What went wrong, when it is worth trying again.
pub async fn send_refund(app: &App, id: RefundId) -> Result<(), CardError> {
    let (refund, stored) = {
        let mut tx = app.db.system().await?;
        let refund = stored_refunds::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::find(&mut tx, refund.purchase).await?.ok_or(Problem::NotFound)?;
        (refund, stored)
    };
    let Some(intent) = stored.payment_intent.as_deref().filter(|_| refund.state == RefundState::Requested) else {
        return Ok(());
    };
    let stripe = gateway(app)?;
    let known = stripe.refunds_of(intent).await?.into_iter().find(|told| told.ours == Some(id));
    let answer = match known {
        Some(told) => Ok(told),
        None => stripe.create_refund(id, refund.send_try, intent, refund.amount).await,
    };
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, refund.purchase).await?.ok_or(Problem::NotFound)?;
    match answer {
        Ok(told) => {
            let news = RefundNews { ours: Some(id), stripe_refund: &told.id, amount: told.amount, state: told.state };
            refunds::learn_refund(&mut tx, &stored, news, now).await?;
        }
        Err(GatewayError::Refused(why)) => {
            tracing::error!(refund = %id, why, "Stripe refuses to return money");
            refunds::refuse_refund(&mut tx, &stored, id, &why, now).await?;
        }
        Err(error @ GatewayError::Failed(_)) => {
            // What failed stays so under its key for a day; what was returned nonetheless is found among the payment's refunds.
            stored_refunds::note_send_failed(&mut tx, id, refund.send_try).await?;
            tx.commit().await?;
            return Err(error.into());
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    Ok(())
}
