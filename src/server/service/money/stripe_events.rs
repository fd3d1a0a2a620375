//! What Stripe tells: kept when it comes, handled when there is time. An event is a mere occasion to ask; what it is about is
//! looked up at Stripe.

use serde_json::{Value, json};

use super::{
    card::CardError,
    card_refunds::{learn_disputes, learn_refunds},
    saved_cards,
};
use crate::{
    model::{
        money::{
            card::{PaymentAlertKind, StripeEventState},
            purchases::PurchaseEventKind,
        },
        problem::Problem,
    },
    server::{
        app::App,
        db::{
            money::{
                payment_alerts,
                purchase_events::{self, Actor},
                purchases,
                stripe_events::{self, NewEvent, StoredEvent},
            },
            queue,
        },
        payments::{
            gateway::{cards::try_of, failed_payment},
            webhook::{self, SignedEvent},
        },
    },
};

/// Keeps an event that Stripe signed and has it handled, unless it came before.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer: Stripe will tell it again.
pub async fn receive(app: &App, event: &SignedEvent) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let SignedEvent { id, kind, payload, readable } = event;
    if stripe_events::keep(&mut tx, &NewEvent { id, kind, payload, readable: *readable }, now).await? {
        queue::job(&mut tx, "handle_stripe_event", &json!({ "event": id }), id).await?;
        if !readable {
            tracing::error!(event = id, kind, "an event of Stripe's cannot be read");
            let details = json!({ "kind": kind });
            payment_alerts::raise(&mut tx, PaymentAlertKind::UnreadableEvent, id, None, &details, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Handles an event that was kept: what it is about is looked up at Stripe, so that it does not matter how late it is, what
/// came before it, and whether it could be read.
///
/// # Errors
/// What went wrong, when it is worth trying again.
pub async fn handle(app: &App, id: &str, is_last_try: bool) -> Result<(), CardError> {
    let event = {
        let mut tx = app.db.system().await?;
        stripe_events::find(&mut tx, id).await?
    };
    let Some(event) = event.filter(|event| matches!(event.state, StripeEventState::Queued | StripeEventState::Failed))
    else {
        return Ok(());
    };
    let (state, error) = match learn(app, &event).await {
        Ok(state) => (state, None),
        Err(error @ CardError::Meaningless) => (StripeEventState::Failed, Some(error)),
        Err(error) if is_last_try => (StripeEventState::Failed, Some(error)),
        Err(error) => (StripeEventState::Queued, Some(error)),
    };
    let mut tx = app.db.system().await?;
    match &error {
        None => stripe_events::note_handled(&mut tx, id, state, app.clock.now()).await?,
        Some(error) => stripe_events::note_trouble(&mut tx, id, state, &error.to_string()).await?,
    }
    tx.commit().await?;
    match error {
        Some(error) if state == StripeEventState::Failed => {
            tracing::error!(event = id, kind = event.kind, %error, "an event of Stripe's failed for good");
            Ok(())
        }
        Some(error) => Err(error),
        None => Ok(()),
    }
}

async fn learn(app: &App, event: &StoredEvent) -> Result<StripeEventState, CardError> {
    let object = webhook::object(&event.payload);
    let text = |name: &str| object.and_then(|object| object.get(name)).and_then(Value::as_str);
    match event.kind.as_str() {
        "checkout.session.completed"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.async_payment_failed"
        | "checkout.session.expired" => {
            let session = text("id").ok_or(CardError::Meaningless)?;
            saved_cards::learn_told(app, session).await?;
            if event.kind == "checkout.session.async_payment_failed" {
                note_failed_payment(app, session).await?;
            }
            Ok(StripeEventState::Done)
        }
        "payment_intent.succeeded" | "payment_intent.payment_failed" if object.and_then(try_of).is_some() => {
            let tried = object.and_then(try_of).ok_or(CardError::Meaningless)?;
            saved_cards::settle(app, tried).await?;
            Ok(StripeEventState::Done)
        }
        "setup_intent.succeeded" => {
            saved_cards::learn_setup(app, text("id").ok_or(CardError::Meaningless)?).await?;
            Ok(StripeEventState::Done)
        }
        "payment_intent.payment_failed" => note_declined(app, object).await,
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refunded" => {
            let intent = text("payment_intent").ok_or(CardError::Meaningless)?;
            learn_refunds(app, intent).await
        }
        "charge.dispute.created"
        | "charge.dispute.updated"
        | "charge.dispute.closed"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.funds_reinstated" => {
            let intent = text("payment_intent").ok_or(CardError::Meaningless)?;
            learn_disputes(app, intent).await
        }
        "" => Err(CardError::Meaningless),
        _ => Ok(StripeEventState::Ignored),
    }
}

/// A card was declined, and can be tried again: nothing follows, but whoever comes back is told.
async fn note_declined(app: &App, intent: Option<&Value>) -> Result<StripeEventState, CardError> {
    let Some((purchase, intent)) = intent.and_then(failed_payment) else { return Ok(StripeEventState::Ignored) };
    let mut tx = app.db.system().await?;
    let stored = purchases::find(&mut tx, purchase).await?;
    let Some(stored) = stored.filter(|stored| stored.purchase.is_unpaid()) else {
        return Ok(StripeEventState::Ignored);
    };
    let (kind, now) = (PurchaseEventKind::PaymentFailed, app.clock.now());
    purchase_events::record(&mut tx, &stored, kind, intent, Actor::System, "", now).await?;
    tx.commit().await?;
    Ok(StripeEventState::Done)
}

async fn note_failed_payment(app: &App, session: &str) -> Result<(), CardError> {
    let mut tx = app.db.system().await?;
    if let Some(stored) = purchases::by_checkout(&mut tx, session).await? {
        let now = app.clock.now();
        purchase_events::record(&mut tx, &stored, PurchaseEventKind::PaymentFailed, session, Actor::System, "", now)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}
