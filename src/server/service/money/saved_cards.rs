//! Saved cards: kept when somebody pays or enters one, and what is due taken from them with nobody present.
//!
//! A try is written down before Stripe is asked, and its identity is the key. Until it is known to have come to nothing, no other
//! one is begun: whoever does not know asks Stripe for it by name first. Nothing is locked while Stripe is asked.

mod pages;
mod removal;
mod setups;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde_json::json;

use self::{
    pages::settle_page,
    removal::{is_left, pay_by_transfer},
};
pub use self::{
    pages::{look_again, payment_page},
    removal::{detach, page, remove},
    setups::{come_back, setup_page},
};
pub(super) use self::{
    removal::{call_off, detach_left},
    setups::{learn_setup, learn_told},
};
use super::{
    card::{CardError, gateway, stop_if_stripe_is_away},
    fulfilment::{self, Received},
};
use crate::{
    model::{
        base::{
            calendar::{from_local, to_local},
            ids::{CardTryId, CustomerId, PurchaseId},
        },
        mails::MailContent,
        money::{
            card::{CardTryKind, CardTryState, PaymentAlertKind},
            purchases::{Closing, PurchaseEventKind, PurchaseState},
            top_ups::TopUpState,
        },
        problem::Problem,
    },
    server::{
        app::App,
        db::{
            Tx, mails,
            money::{
                payment_alerts,
                purchase_events::{self, Actor},
                purchases::{self, StoredPurchase},
                saved_cards::{self, StoredTry},
                top_ups,
            },
            retrying,
        },
        documents::checkout_name,
        payments::gateway::{
            GatewayError,
            cards::{Debit, DebitRequest, DebitState},
        },
    },
};

/// How many purchases are looked at a time.
const AT_A_TIME: i64 = 200;
/// How long a try may be undecided before Stripe is asked about it unbidden.
const ASKED_AGAIN: TimeDelta = TimeDelta::minutes(5);
/// Money is taken by day: whoever is told that it failed can do something about it.
const MORNING: TimeDelta = TimeDelta::hours(8);

/// How long it is tried to take something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taking {
    /// Once: nobody waits for it.
    Once,
    /// Until its schedule ends.
    OnSchedule,
}

/// From now on the money of a purchase that was just placed is taken from the saved card: in the morning of today, or now.
pub(super) async fn begin_debit(
    tx: &mut Tx,
    stored: &StoredPurchase,
    taking: Taking,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    purchases::note_payment_started(tx, stored.purchase.id, now).await?;
    purchase_events::record(tx, stored, PurchaseEventKind::PaymentStarted, "", Actor::System, "", now).await?;
    let today = to_local(now).date();
    let morning = from_local(today, NaiveTime::MIN + MORNING);
    Ok(saved_cards::begin_debit(tx, stored, taking == Taking::Once, today, morning.max(now)).await?)
}

/// Takes what is due from saved cards, and asks about what is undecided. However often and by however many it is called, a purchase
/// is paid once.
///
/// # Errors
/// The first failure's. Where Stripe answers nobody, the others are not tried.
pub(super) async fn take_due(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let (due, open) = {
        let mut tx = app.db.system().await?;
        (
            saved_cards::due(&mut tx, None, now, AT_A_TIME).await?,
            saved_cards::open_tries(&mut tx, now - ASKED_AGAIN, AT_A_TIME).await?,
        )
    };
    let mut outcome = Ok(());
    for id in open {
        outcome = outcome.and(stop_if_stripe_is_away(app, settle(app, id).await, &id.to_string()).await?);
    }
    for purchase in due {
        outcome = outcome.and(stop_if_stripe_is_away(app, debit(app, purchase).await, &purchase.to_string()).await?);
    }
    outcome
}

/// The same of one customer, now; trouble with it is left to [`take_due`].
pub(super) async fn take_due_of(app: &App, customer: CustomerId) -> Result<(), Problem> {
    if !app.payments.is_on() {
        return Ok(());
    }
    let due = saved_cards::due(&mut app.db.system().await?, Some(customer), app.clock.now(), AT_A_TIME).await?;
    for purchase in due {
        if let Err(error) = debit(app, purchase).await {
            tracing::warn!(%purchase, %error, "it is taken from the saved card later");
        }
    }
    Ok(())
}

async fn debit(app: &App, purchase: PurchaseId) -> Result<(), CardError> {
    match retrying(|| begin(app, purchase)).await? {
        Some(begun) => settle(app, begun).await,
        None => Ok(()),
    }
}

/// Writes a try down; none when nothing is due, or another one is open.
async fn begin(app: &App, purchase: PurchaseId) -> Result<Option<CardTryId>, Problem> {
    let (now, id) = (app.clock.now(), CardTryId(app.random.uuid()));
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, purchase).await?.ok_or(Problem::NotFound)?;
    if !saved_cards::is_due(&mut tx, purchase, now).await? {
        return Ok(None);
    }
    let begun = if top_ups::is_switched_off(&mut tx, purchase).await? {
        // Who agreed to it is gone since it was placed.
        call_off(&mut tx, &stored, Actor::System, now).await?;
        false
    } else if let Some(card) = saved_cards::find(&mut tx, stored.customer).await? {
        saved_cards::begin_try(&mut tx, &stored, id, Some(&card), now).await?
    } else {
        note_failure(&mut tx, &stored, id, false, now).await?;
        false
    };
    tx.commit().await?;
    Ok(begun.then_some(id))
}

/// What follows where Stripe has not heard of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unheard {
    /// It is made.
    IsMade,
    /// It is called off, unless somebody may be making it at this moment.
    IsCalledOff,
}

/// Finds out what became of a try, or makes it; safe at any time and any number of times.
///
/// # Errors
/// When Stripe or the database cannot be asked; asking again later is safe.
pub(super) async fn settle(app: &App, id: CardTryId) -> Result<(), CardError> {
    settle_or(app, id, Unheard::IsMade).await
}

async fn settle_or(app: &App, id: CardTryId, unheard: Unheard) -> Result<(), CardError> {
    // That Stripe is asked is known before it is: what was never asked about can be called off.
    let (tried, stored) = {
        let mut tx = app.db.system().await?;
        let Some(tried) = saved_cards::lock_try(&mut tx, id).await? else { return Ok(()) };
        if tried.kind == CardTryKind::Debit || tried.session.is_some() {
            saved_cards::note_asked(&mut tx, id, app.clock.now()).await?;
        }
        let stored = purchases::find(&mut tx, tried.purchase).await?.ok_or(Problem::NotFound)?;
        tx.commit().await?;
        (tried, stored)
    };
    match (tried.kind, tried.stripe_customer.as_deref(), tried.payment_method.as_deref()) {
        (CardTryKind::Debit, Some(customer), Some(card)) => {
            match answer(app, &tried, &stored, (customer, card), unheard).await? {
                Some(debit) => Ok(retrying(|| learn(app, &tried, &debit)).await?),
                None => Ok(()),
            }
        }
        _ => settle_page(app, &tried).await,
    }
}

/// What Stripe says of a try; none when it came to nothing.
async fn answer(
    app: &App,
    tried: &StoredTry,
    stored: &StoredPurchase,
    (stripe_customer, payment_method): (&str, &str),
    unheard: Unheard,
) -> Result<Option<Debit>, CardError> {
    let stripe = gateway(app)?;
    // Whoever asked before may have got no answer.
    if tried.asked_at.is_some()
        && let Some(known) = stripe.debit_of(stripe_customer, tried.id).await?
    {
        return Ok(Some(known));
    }
    if tried.state != CardTryState::Open {
        return Ok(None);
    }
    if unheard == Unheard::IsCalledOff {
        if tried.asked_at.is_some_and(|asked_at| asked_at + ASKED_AGAIN <= app.clock.now()) {
            decide(app, tried.id, CardTryState::Void).await?;
        }
        return Ok(None);
    }
    // What was paid otherwise, or has ended, is not taken any more.
    if !stored.purchase.is_unpaid() {
        decide(app, tried.id, CardTryState::Void).await?;
        return Ok(None);
    }
    let name = checkout_name(&stored.purchase);
    let total = stored.purchase.total;
    let request = DebitRequest { id: tried.id, stripe_customer, payment_method, total, name: &name };
    match stripe.debit(&request).await {
        Ok(debit) => Ok(Some(debit)),
        // A card that Stripe does not know any more, or will not take.
        Err(GatewayError::Refused(why)) => {
            tracing::warn!(purchase = %stored.purchase.id, why, "Stripe refuses a saved card");
            Ok(Some(Debit::failed(DebitState::Declined)))
        }
        // It keeps saying so under this key: what is known under its name decides, and else another key is taken.
        Err(error @ GatewayError::Failed(_)) => {
            let known = stripe.debit_of(stripe_customer, tried.id).await?;
            if known.is_none() {
                decide(app, tried.id, CardTryState::Void).await?;
                return Err(error.into());
            }
            Ok(known)
        }
        Err(error) => Err(error.into()),
    }
}

async fn decide(app: &App, id: CardTryId, state: CardTryState) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    saved_cards::decide(&mut tx, id, state).await?;
    Ok(tx.commit().await?)
}

async fn learn(app: &App, tried: &StoredTry, debit: &Debit) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, tried.purchase).await?.ok_or(Problem::NotFound)?;
    let state = match debit.state {
        DebitState::Pending => return Ok(()),
        DebitState::Paid => CardTryState::Paid,
        DebitState::Declined => CardTryState::Declined,
        DebitState::AsksHolder => CardTryState::AsksHolder,
    };
    let is_news = saved_cards::decide(&mut tx, tried.id, state).await?;
    if state == CardTryState::Paid {
        learn_payment(&mut tx, &stored, debit, now).await?;
    } else if is_news && stored.purchase.is_unpaid() {
        note_failure(&mut tx, &stored, tried.id, state == CardTryState::AsksHolder, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Money that came is never ignored, and never taken for that of something else.
async fn learn_payment(tx: &mut Tx, stored: &StoredPurchase, debit: &Debit, now: DateTime<Utc>) -> Result<(), Problem> {
    let (id, intent) = (stored.purchase.id, debit.intent.as_deref().unwrap_or_default());
    let wrong = if debit.amount != stored.purchase.total.haler() || debit.currency != "czk" {
        Some(PaymentAlertKind::AmountDiffers)
    } else if stored.payment_intent.as_deref().is_some_and(|known| known != intent) {
        Some(PaymentAlertKind::UnknownPayment)
    } else if matches!(stored.purchase.state, PurchaseState::Cancelled | PurchaseState::Expired) {
        Some(PaymentAlertKind::PaidAfterClose)
    } else {
        None
    };
    if let Some(kind) = wrong {
        let details = json!({ "amount": debit.amount, "currency": debit.currency, "payment_intent": intent });
        if payment_alerts::raise(tx, kind, intent, Some(id), &details, now).await? {
            tracing::error!(%kind, intent, purchase = %id, "payment by a saved card");
        }
    }
    if matches!(wrong, Some(PaymentAlertKind::AmountDiffers | PaymentAlertKind::UnknownPayment)) {
        return Ok(());
    }
    purchases::note_payment_intent(tx, id, intent).await?;
    let received = Received { on: fulfilment::day_of(debit.at.unwrap_or(now)), by: Actor::System };
    fulfilment::fulfil(tx, stored, received, now).await?;
    Ok(())
}

/// It could not be taken: those who buy are told, and it is tried again on its day; after the last time the purchase has ended. Where
/// the card was removed meanwhile, it is asked for by transfer instead.
async fn note_failure(
    tx: &mut Tx,
    stored: &StoredPurchase,
    tried: CardTryId,
    asks_holder: bool,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    if is_left(tx, stored).await? {
        return pay_by_transfer(tx, stored, now).await;
    }
    let purchase = &stored.purchase;
    let (failures, next_at) = saved_cards::note_failure(tx, purchase.id, now).await?;
    let (kind, source) = (PurchaseEventKind::PaymentFailed, tried.to_string());
    purchase_events::record(tx, stored, kind, &source, Actor::System, "", now).await?;
    if next_at.is_none() && purchases::note_closed(tx, purchase.id, Closing::Expired, now).await? {
        purchase_events::record(tx, stored, PurchaseEventKind::Expired, "", Actor::System, "", now).await?;
    }
    if top_ups::made(tx, purchase.id).await? {
        return end_top_up(tx, stored.customer, TopUpState::Failed, now).await;
    }
    let content = MailContent::CardFailed {
        purchase: purchase.number,
        minutes: purchase.minutes,
        total: purchase.total,
        asks_holder,
        again_on: next_at.map(|at| to_local(at).date()),
    };
    let key = format!("card:{}:{failures}", purchase.id);
    Ok(mails::to_buyers(tx, stored.customer, &content, now, &key).await?)
}

/// Buys nothing by itself any more, and tells why.
pub(super) async fn end_top_up(
    tx: &mut Tx,
    customer: CustomerId,
    state: TopUpState,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    if top_ups::switch_off(tx, customer, state).await? {
        let content = MailContent::TopUpOff { dearer: state == TopUpState::Dearer };
        mails::to_buyers(tx, customer, &content, now, &format!("top-up:{customer}:{}", now.timestamp())).await?;
    }
    Ok(())
}

/// Ends what is under way for a purchase that is called off; whether nobody can pay it any more.
pub(super) async fn end_tries(app: &App, stored: &StoredPurchase) -> Result<bool, CardError> {
    let id = stored.purchase.id;
    let open = {
        let mut tx = app.db.system().await?;
        // About what was never asked, nobody has to ask.
        saved_cards::void_unasked(&mut tx, id).await?;
        let open = saved_cards::open_try(&mut tx, id).await?;
        tx.commit().await?;
        open
    };
    let Some(open) = open else { return Ok(true) };
    if let Some(session) = &open.session {
        match gateway(app)?.expire(session).await {
            Ok(_) | Err(GatewayError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    settle_or(app, open.id, Unheard::IsCalledOff).await?;
    let mut tx = app.db.system().await?;
    let is_unpaid = purchases::find(&mut tx, id).await?.is_some_and(|stored| stored.purchase.is_unpaid());
    Ok(is_unpaid && saved_cards::open_try(&mut tx, id).await?.is_none())
}
