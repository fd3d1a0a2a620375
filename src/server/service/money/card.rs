//! Payment by card: the checkout page at Stripe, what Stripe tells, and what is asked again when nobody told.
//!
//! An order is paid because Stripe says so *when it is asked*, and for no other reason: an event, the customer's return and the
//! clock are mere occasions to ask. All three come through [`fulfil_session`]. Nothing is locked while Stripe is asked.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{
    fulfilment::{self, Received},
    refunds::{self, RefundNews},
};
use crate::{
    model::{
        base::ids::{BundleOrderId, RefundId},
        money::{
            card::{PaymentAlertKind, StripeEventState},
            purchases::{Closing, OrderEventKind, OrderNumber, OrderState, PaymentMethod, RefundState},
        },
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Buyer,
        db::{
            Tx,
            money::{
                payment_alerts,
                purchases::{self, Actor, Checkout, StoredOrder},
                stripe_events::{self, NewEvent, StoredEvent},
            },
            queue, retrying,
        },
        documents::checkout_name,
        payments::{
            gateway::{CheckoutRequest, Gateway, GatewayError, Session, SessionState},
            webhook::{self, SignedEvent},
        },
    },
};

/// How long an order can be paid by card. Stripe's limit is a day from its own clock's now, which need not be ours.
const PAYABLE: TimeDelta = TimeDelta::hours(23);
/// How old an order is at least before it is asked about unbidden.
const SETTLED_IN: TimeDelta = TimeDelta::minutes(3);
/// How long a refund may be on its way before it is asked about unbidden.
const REFUND_IS_LATE: TimeDelta = TimeDelta::hours(1);
/// How many orders are asked about at a time.
const AT_A_TIME: i64 = 200;

/// Why a step of a payment is to be tried again, or cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// On our side.
    #[error("{0}")]
    Ours(#[from] Problem),
    /// On Stripe's side.
    #[error(transparent)]
    Stripe(#[from] GatewayError),
    /// What Stripe told makes no sense.
    #[error("the event says nothing that can be looked up")]
    Meaningless,
}

impl From<crate::server::db::DbError> for CardError {
    fn from(error: crate::server::db::DbError) -> Self {
        Self::Ours(error.into())
    }
}

impl From<sqlx::Error> for CardError {
    fn from(error: sqlx::Error) -> Self {
        Self::Ours(error.into())
    }
}

impl CardError {
    /// For whoever waits for an answer: trouble at Stripe passes.
    fn into_problem(self, about: &str) -> Problem {
        match self {
            Self::Ours(problem) => problem,
            error => {
                tracing::warn!(about, %error, "payment by card");
                Problem::Unavailable
            }
        }
    }
}

/// Whether payments by card are taken.
#[must_use]
pub fn is_on(app: &App) -> bool {
    app.payments.is_on()
}

fn gateway(app: &App) -> Result<&Gateway, CardError> {
    app.payments.gateway().ok_or_else(|| GatewayError::Temporary("payments by card are switched off".to_owned()).into())
}

/// Makes the checkout page of an order, or finds the one it has; none when Stripe cannot be reached now: a job tries again.
/// None as well for an order that is paid, closed or paid in another way.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such order.
pub async fn start_checkout(app: &App, order: BundleOrderId) -> Result<Option<Checkout>, Problem> {
    match try_start_checkout(app, order).await {
        Ok(checkout) => Ok(checkout),
        Err(CardError::Ours(problem)) => Err(problem),
        Err(error) => {
            tracing::warn!(%order, %error, "no checkout page yet");
            Ok(None)
        }
    }
}

/// As [`start_checkout`], for the job that tries again.
///
/// # Errors
/// Whatever keeps the page from being made.
pub async fn try_start_checkout(app: &App, id: BundleOrderId) -> Result<Option<Checkout>, CardError> {
    let (stored, email) = {
        let mut tx = app.db.system().await?;
        let stored = purchases::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let email = purchases::email_of_buyer(&mut tx, &stored).await?;
        (stored, email)
    };
    let deadline = payable_until(&stored);
    if !is_payable(&stored) || app.clock.now() >= deadline {
        return Ok(None);
    }
    if stored.checkout.is_some() {
        return Ok(stored.checkout);
    }
    let session = gateway(app)?
        .create_checkout(&CheckoutRequest {
            order: id,
            name: checkout_name(&stored.order),
            total: stored.order.total,
            email,
            success_url: app.payments.url(&paths::purchase_return(stored.order.number)),
            cancel_url: app.payments.url(&paths::purchase(stored.order.number)),
            expires_at: deadline,
        })
        .await?;
    let url = session.url.clone().ok_or_else(|| GatewayError::Unreadable("a checkout page without address".into()))?;
    let checkout = Checkout { session: session.id, url, expires_at: session.expires_at };
    Ok(retrying(|| note_checkout(app, id, &checkout)).await?)
}

/// Notes the page, unless another process was faster; gives the one that counts. None when the order has been closed in the
/// meantime: then the page is ended again.
async fn note_checkout(app: &App, id: BundleOrderId, checkout: &Checkout) -> Result<Option<Checkout>, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    purchases::note_checkout(&mut tx, id, checkout).await?;
    purchases::note_payment_started(&mut tx, id, now).await?;
    purchases::tell(&mut tx, &stored, OrderEventKind::PaymentStarted, "", Actor::System, "", now).await?;
    let is_open = is_payable(&stored);
    if !is_open {
        queue::job(&mut tx, "end_checkout", &json!({ "order": id }), &id.to_string()).await?;
    }
    let noted = purchases::find(&mut tx, id).await?.and_then(|stored| stored.checkout);
    tx.commit().await?;
    Ok(noted.filter(|_| is_open))
}

fn is_payable(stored: &StoredOrder) -> bool {
    stored.order.method == PaymentMethod::Card
        && matches!(stored.order.state, OrderState::Created | OrderState::AwaitingPayment)
}

/// Until when an order can be paid: it follows from the order alone, so that asking Stripe again asks the same.
fn payable_until(stored: &StoredOrder) -> DateTime<Utc> {
    stored.order.created_at + PAYABLE
}

/// Ends the checkout page of an order that is called off; whether Stripe confirms that nobody paid or can pay any more. If
/// somebody paid, the order is fulfilled.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such order, [`Problem::Unavailable`] when Stripe cannot be reached now.
pub async fn end_checkout(app: &App, order: BundleOrderId) -> Result<bool, Problem> {
    try_end_checkout(app, order).await.map_err(|error| error.into_problem(&order.to_string()))
}

/// As [`end_checkout`], for the job that tries again.
///
/// # Errors
/// Whatever keeps the page from being ended.
pub async fn try_end_checkout(app: &App, id: BundleOrderId) -> Result<bool, CardError> {
    let stored = {
        let mut tx = app.db.system().await?;
        purchases::find(&mut tx, id).await?.ok_or(Problem::NotFound)?
    };
    if stored.order.paid_at.is_some() {
        return Ok(false);
    }
    // Without a page that we know of there is none that anybody was sent to.
    let Some(checkout) = stored.checkout else { return Ok(true) };
    match gateway(app)?.expire(&checkout.session).await {
        Ok(_) => return Ok(true),
        // It has ended already: how, Stripe tells.
        Err(GatewayError::Refused(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(fulfil_session(app, &checkout.session).await? == SessionState::Expired)
}

/// What becomes of an order by what Stripe says about its checkout page now: the one way to minutes that are paid by card, for
/// events, for the customer's return and for reconciliation alike. However often and from wherever it is called, a payment has
/// one effect.
///
/// # Errors
/// When Stripe or the database cannot be asked; asking again later is safe.
pub async fn fulfil_session(app: &App, id: &str) -> Result<SessionState, CardError> {
    let session = gateway(app)?.session(id).await?;
    retrying(|| learn_session(app, &session)).await?;
    Ok(session.state)
}

async fn learn_session(app: &App, session: &Session) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = match session.order {
        Some(order) => purchases::lock(&mut tx, order).await?,
        None => None,
    };
    match (session.state, stored) {
        (SessionState::Paid, None) => alert(&mut tx, PaymentAlertKind::UnknownPayment, session, None, now).await?,
        (SessionState::Paid, Some(stored)) => learn_payment(&mut tx, &stored, session, now).await?,
        (SessionState::Expired, Some(stored)) if is_page_of(session, &stored) => {
            close_expired(&mut tx, &stored, now).await?;
        }
        (SessionState::Open | SessionState::Unpaid | SessionState::Expired, _) => return Ok(()),
    }
    tx.commit().await?;
    Ok(())
}

/// Whether this is the order's own page; one of which nobody noted that it was made counts as such.
fn is_page_of(session: &Session, stored: &StoredOrder) -> bool {
    stored.order.method == PaymentMethod::Card
        && stored.checkout.as_ref().is_none_or(|checkout| checkout.session == session.id)
}

async fn learn_payment(
    tx: &mut Tx,
    stored: &StoredOrder,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let order = &stored.order;
    if !is_page_of(session, stored) {
        return alert(tx, PaymentAlertKind::UnknownPayment, session, Some(order.id), now).await;
    }
    if session.amount != order.total.haler() || session.currency != "czk" {
        return alert(tx, PaymentAlertKind::AmountDiffers, session, Some(order.id), now).await;
    }
    if let Some(intent) = &session.payment_intent {
        purchases::note_payment_intent(tx, order.id, intent).await?;
    }
    // Money that came is never ignored, even if nobody waited for it any more.
    if matches!(order.state, OrderState::Cancelled | OrderState::Expired) {
        alert(tx, PaymentAlertKind::PaidAfterClose, session, Some(order.id), now).await?;
    }
    let received = Received { on: fulfilment::day_of(session.paid_at.unwrap_or(now)), by: Actor::System };
    fulfilment::fulfil(tx, stored, received, now).await?;
    Ok(())
}

async fn alert(
    tx: &mut Tx,
    kind: PaymentAlertKind,
    session: &Session,
    order: Option<BundleOrderId>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let details = json!({
        "amount": session.amount, "currency": session.currency, "payment_intent": session.payment_intent,
    });
    if payment_alerts::raise(tx, kind, &session.id, order, &details, now).await? {
        tracing::error!(%kind, session = session.id, order = order.map(tracing::field::display), "payment by card");
    }
    Ok(())
}

async fn close_expired(tx: &mut Tx, stored: &StoredOrder, now: DateTime<Utc>) -> Result<(), Problem> {
    if is_payable(stored) && purchases::note_closed(tx, stored.order.id, Closing::Expired, now).await? {
        purchases::tell(tx, stored, OrderEventKind::Expired, "", Actor::System, "", now).await?;
    }
    Ok(())
}

/// Where a customer pays an order of theirs now; none when there is nothing to pay or no page to pay it on.
///
/// # Errors
/// [`Problem::NotFound`] when the customer has no such order.
pub async fn payment_page(app: &App, buyer: &Buyer, number: OrderNumber) -> Result<Option<String>, Problem> {
    let stored = own(app, buyer, number).await?;
    let checkout = start_checkout(app, stored.order.id).await?;
    Ok(checkout.map(|checkout| checkout.url).filter(|url| app.payments.leads_to(url)))
}

/// Looks again at the payment of an order of theirs, as a customer comes back from paying.
///
/// # Errors
/// [`Problem::NotFound`] when the customer has no such order.
pub async fn look_again(app: &App, buyer: &Buyer, number: OrderNumber) -> Result<(), Problem> {
    let stored = own(app, buyer, number).await?;
    let Some(checkout) = stored.checkout.filter(|_| stored.order.paid_at.is_none()) else { return Ok(()) };
    if let Err(error) = fulfil_session(app, &checkout.session).await {
        // The page says that the payment is being looked for; the event or reconciliation will find it.
        tracing::warn!(%number, %error, "the payment cannot be looked at now");
    }
    Ok(())
}

async fn own(app: &App, buyer: &Buyer, number: OrderNumber) -> Result<StoredOrder, Problem> {
    let customer = buyer.customer();
    let stored = purchases::by_number(&mut app.db.member(customer).await?, number).await?;
    stored.filter(|stored| stored.customer == customer).ok_or(Problem::NotFound)
}

/// Keeps an event that Stripe signed and has it handled, unless it came before.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer: Stripe will tell it again.
pub async fn receive_event(app: &App, event: &SignedEvent) -> Result<(), Problem> {
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
pub async fn handle_event(app: &App, id: &str, is_last_try: bool) -> Result<(), CardError> {
    let event = {
        let mut tx = app.db.system().await?;
        stripe_events::find(&mut tx, id).await?
    };
    let Some(event) = event.filter(|event| matches!(event.state, StripeEventState::Queued | StripeEventState::Failed))
    else {
        return Ok(());
    };
    let (state, error) = match learn_event(app, &event).await {
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

async fn learn_event(app: &App, event: &StoredEvent) -> Result<StripeEventState, CardError> {
    let object = webhook::object(&event.payload);
    let text = |name: &str| object.and_then(|object| object.get(name)).and_then(Value::as_str);
    match event.kind.as_str() {
        "checkout.session.completed"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.async_payment_failed"
        | "checkout.session.expired" => {
            let session = text("id").ok_or(CardError::Meaningless)?;
            fulfil_session(app, session).await?;
            if event.kind == "checkout.session.async_payment_failed" {
                note_failed_payment(app, session).await?;
            }
            Ok(StripeEventState::Done)
        }
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

async fn note_failed_payment(app: &App, session: &str) -> Result<(), CardError> {
    let mut tx = app.db.system().await?;
    if let Some(stored) = purchases::by_checkout(&mut tx, session).await? {
        let now = app.clock.now();
        purchases::tell(&mut tx, &stored, OrderEventKind::PaymentFailed, session, Actor::System, "", now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The order of a payment. News of what came after a payment may be faster than that of the payment itself, which is then
/// looked for first.
async fn order_of(app: &App, intent: &str) -> Result<Option<BundleOrderId>, CardError> {
    async fn known(app: &App, intent: &str) -> Result<Option<BundleOrderId>, CardError> {
        let mut tx = app.db.system().await?;
        Ok(purchases::by_payment_intent(&mut tx, intent).await?.map(|stored| stored.order.id))
    }
    if let Some(order) = known(app, intent).await? {
        return Ok(Some(order));
    }
    let Some(session) = gateway(app)?.session_of(intent).await? else { return Ok(None) };
    fulfil_session(app, &session).await?;
    known(app, intent).await
}

async fn learn_refunds(app: &App, intent: &str) -> Result<StripeEventState, CardError> {
    let Some(order) = order_of(app, intent).await? else { return Ok(StripeEventState::Ignored) };
    let told = gateway(app)?.refunds_of(intent).await?;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, order).await?.ok_or(Problem::NotFound)?;
    // The oldest first, as they happened.
    for refund in told.iter().rev() {
        let news =
            RefundNews { ours: refund.ours, stripe_refund: &refund.id, amount: refund.amount, state: refund.state };
        refunds::learn_refund(&mut tx, &stored, news, now).await?;
    }
    tx.commit().await?;
    Ok(StripeEventState::Done)
}

async fn learn_disputes(app: &App, intent: &str) -> Result<StripeEventState, CardError> {
    let Some(order) = order_of(app, intent).await? else { return Ok(StripeEventState::Ignored) };
    let told = gateway(app)?.disputes_of(intent).await?;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, order).await?.ok_or(Problem::NotFound)?;
    for dispute in told.iter().rev() {
        match dispute.state {
            Some(state) => refunds::learn_dispute(&mut tx, &stored, state, &dispute.id, now).await?,
            // The bank only asks: no money has moved, and none of the minutes is frozen. A manager should answer.
            None => {
                let source = format!("inquiry:{}", dispute.id);
                let details = json!({ "payment_intent": intent });
                payment_alerts::raise(&mut tx, PaymentAlertKind::Dispute, &source, Some(order), &details, now).await?;
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
        let refund = purchases::refund(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::find(&mut tx, refund.order).await?.ok_or(Problem::NotFound)?;
        (refund, stored)
    };
    let Some(intent) = stored.payment_intent.as_deref().filter(|_| refund.state == RefundState::Requested) else {
        return Ok(());
    };
    let stripe = gateway(app)?;
    let known = stripe.refunds_of(intent).await?.into_iter().find(|told| told.ours == Some(id));
    let answer = match known {
        Some(told) => Ok(told),
        None => stripe.create_refund(id, intent, refund.amount).await,
    };
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, refund.order).await?.ok_or(Problem::NotFound)?;
    match answer {
        Ok(told) => {
            let news = RefundNews { ours: Some(id), stripe_refund: &told.id, amount: told.amount, state: told.state };
            refunds::learn_refund(&mut tx, &stored, news, now).await?;
        }
        Err(GatewayError::Refused(why)) => {
            tracing::error!(refund = %id, why, "Stripe refuses to return money");
            refunds::refuse_refund(&mut tx, &stored, id, &why, now).await?;
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    Ok(())
}

/// Asks Stripe about orders and refunds of which nothing was heard: a message may be lost, and a process may have died between
/// two steps. Repeating it changes nothing.
///
/// # Errors
/// The first failure's. Where Stripe does not answer at all, the others are not tried; else they are.
pub async fn reconcile(app: &App) -> Result<(), Problem> {
    if !app.payments.is_on() {
        return Ok(());
    }
    let now = app.clock.now();
    let (orders, refunds, payments) = {
        let mut tx = app.db.system().await?;
        let late = now - REFUND_IS_LATE;
        (
            purchases::awaiting(&mut tx, PaymentMethod::Card, now - SETTLED_IN, AT_A_TIME).await?,
            // Their jobs may have been given up while Stripe was out of order.
            purchases::unsent_refunds(&mut tx, late, AT_A_TIME).await?,
            purchases::payments_with_open_refunds(&mut tx, late, AT_A_TIME).await?,
        )
    };
    let mut outcome = Ok(());
    for stored in orders {
        let number = stored.order.number.to_string();
        outcome = outcome.and(unless_away(reconcile_order(app, stored, now).await, &number)?);
    }
    for refund in refunds {
        outcome = outcome.and(unless_away(send_refund(app, refund).await, &refund.to_string())?);
    }
    for intent in payments {
        outcome = outcome.and(unless_away(learn_refunds(app, &intent).await.map(drop), &intent)?);
    }
    outcome
}

/// What came of asking about one thing; an error when there is no use in asking about another, as Stripe does not answer.
fn unless_away(tried: Result<(), CardError>, about: &str) -> Result<Result<(), Problem>, Problem> {
    match tried {
        Err(error @ CardError::Stripe(GatewayError::Temporary(_))) => Err(error.into_problem(about)),
        tried => Ok(tried.map_err(|error| error.into_problem(about))),
    }
}

async fn reconcile_order(app: &App, stored: StoredOrder, now: DateTime<Utc>) -> Result<(), CardError> {
    match &stored.checkout {
        Some(checkout) => fulfil_session(app, &checkout.session).await.map(drop),
        // Nobody was ever sent anywhere to pay it.
        None if now >= payable_until(&stored) => {
            let mut tx = app.db.system().await?;
            let stored = purchases::lock(&mut tx, stored.order.id).await?.ok_or(Problem::NotFound)?;
            close_expired(&mut tx, &stored, now).await?;
            Ok(tx.commit().await?)
        }
        None => try_start_checkout(app, stored.order.id).await.map(drop),
    }
}
