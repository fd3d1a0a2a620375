//! Payment by card: the checkout page at Stripe, what Stripe tells, and what is asked again when nobody told.
//!
//! A purchase is paid because Stripe says so *when it is asked*, and for no other reason: an event, the customer's return and the
//! clock are mere occasions to ask. All three come through [`fulfil_session`]. Nothing is locked while Stripe is asked.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{
    fulfilment::{self, Received},
    payment_starts::begin_payment,
};
use crate::{
    model::{
        base::{ids::PurchaseId, money::Money},
        money::{
            card::PaymentAlertKind,
            purchases::{CARD_PAYABLE, Closing, PaymentMethod, PurchaseEventKind, PurchaseNumber, PurchaseState},
            tax_documents::DocumentKind,
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
                bank, former_cards, payment_alerts, payment_methods,
                purchase_events::{self, Actor},
                purchases::{self, Checkout, StoredPurchase},
                saved_cards, subscriptions, tax_documents,
            },
            queue, retrying,
        },
        documents::checkout_name,
        payments::gateway::{CheckoutRequest, Gateway, GatewayError, Session, SessionState, key_of},
        service::line::limits,
    },
};

/// Stripe makes no page that ends earlier than in half an hour, by its own clock, which need not be ours.
pub(super) const SHORTEST: TimeDelta = TimeDelta::minutes(31);
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

impl From<crate::server::db::DriverError> for CardError {
    fn from(error: crate::server::db::DriverError) -> Self {
        Self::Ours(error.into())
    }
}

impl CardError {
    /// For whoever waits for an answer: trouble at Stripe passes.
    pub(super) fn into_problem(self, about: &str) -> Problem {
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

pub(super) fn gateway(app: &App) -> Result<&Gateway, CardError> {
    app.payments.gateway().ok_or_else(|| GatewayError::Temporary("payments by card are switched off".to_owned()).into())
}

/// What came of asking about one thing; an error when there is no use in asking about another, as Stripe does not even answer
/// whether it knows us.
pub(super) async fn stop_if_stripe_is_away(
    app: &App,
    tried: Result<(), CardError>,
    about: &str,
) -> Result<Result<(), Problem>, Problem> {
    let is_away = match &tried {
        Err(CardError::Stripe(GatewayError::Temporary(_) | GatewayError::Failed(_))) => {
            gateway(app).map_err(|error| error.into_problem(about))?.knows_us().await.is_err()
        }
        _ => false,
    };
    let outcome = tried.map_err(|error| error.into_problem(about));
    if is_away { outcome.map(Ok) } else { Ok(outcome) }
}

/// Makes the checkout page of a purchase, or finds the one it has; none when Stripe cannot be reached now: a job tries again.
/// None as well for a purchase that is paid, closed or paid in another way.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such purchase.
pub async fn start_checkout(app: &App, purchase: PurchaseId) -> Result<Option<Checkout>, Problem> {
    match try_start_checkout(app, purchase).await {
        Ok(checkout) => Ok(checkout),
        Err(CardError::Ours(problem)) => Err(problem),
        Err(error) => {
            tracing::warn!(%purchase, %error, "no checkout page yet");
            Ok(None)
        }
    }
}

/// As [`start_checkout`], for the job that tries again. What Stripe refuses for good is not tried again: the purchase says so, and
/// a manager is told once.
///
/// # Errors
/// Whatever keeps the page from being made.
pub async fn try_start_checkout(app: &App, id: PurchaseId) -> Result<Option<Checkout>, CardError> {
    let (stored, asked) = {
        let mut tx = app.db.system().await?;
        let stored = purchases::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let keeps_card = subscriptions::is_by_card(&mut tx, id).await?;
        let kept = if keeps_card { saved_cards::find(&mut tx, stored.customer).await? } else { None };
        let stripe_customer = kept.map(|card| card.stripe_customer);
        let email = purchases::checkout_email(&mut tx, id).await?;
        (stored, Asked { keeps_card, stripe_customer, email })
    };
    if !is_payable(&stored) || app.clock.now() >= payable_until(&stored) {
        return Ok(None);
    }
    if stored.checkout.is_some() {
        return Ok(stored.checkout);
    }
    if app.clock.now() + SHORTEST > payable_until(&stored) {
        // It lapses soon, and binds nobody: minutes can be ordered again.
        return Ok(None);
    }
    match ask_for_checkout(app, &stored, asked).await {
        Ok(checkout) => Ok(retrying(|| note_checkout(app, id, &checkout)).await?),
        Err(CardError::Stripe(error @ GatewayError::Failed(_))) => {
            // What failed stays so under its key for a day; a page that was made nonetheless is known to nobody.
            let mut tx = app.db.system().await?;
            purchases::note_checkout_failed(&mut tx, id, stored.checkout_try).await?;
            tx.commit().await?;
            Err(error.into())
        }
        Err(CardError::Stripe(GatewayError::Refused(why))) => {
            retrying(|| note_refused(app, &stored, &why)).await?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Notes that Stripe will not take the payment of a purchase, and tells a manager once.
async fn note_refused(app: &App, stored: &StoredPurchase, why: &str) -> Result<(), Problem> {
    let (now, id) = (app.clock.now(), stored.purchase.id);
    let mut tx = app.db.system().await?;
    purchases::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    purchases::note_checkout_refused(&mut tx, id, now).await?;
    let details = json!({ "answer": why });
    if payment_alerts::raise(&mut tx, PaymentAlertKind::CheckoutRefused, &id.to_string(), Some(id), &details, now)
        .await?
    {
        tracing::error!(purchase = %id, why, "Stripe refuses to take a payment");
    }
    Ok(tx.commit().await?)
}

/// What does not stand in the purchase of what a page is asked for.
struct Asked {
    keeps_card: bool,
    stripe_customer: Option<String>,
    email: Option<String>,
}

async fn ask_for_checkout(app: &App, stored: &StoredPurchase, asked: Asked) -> Result<Checkout, CardError> {
    let id = stored.purchase.id;
    let session = gateway(app)?
        .create_checkout(&CheckoutRequest {
            purchase: id,
            key: key_of(&format!("checkout:{id}"), stored.checkout_try),
            keeps_card: asked.keeps_card,
            stripe_customer: asked.stripe_customer,
            name: checkout_name(&stored.purchase),
            total: stored.purchase.total,
            email: asked.email,
            success_url: app.payments.url(&paths::purchase_return(stored.purchase.number)),
            cancel_url: app.payments.url(&paths::purchase(stored.purchase.number)),
            expires_at: payable_until(stored),
        })
        .await?;
    let url = session.url.clone().ok_or_else(|| GatewayError::Unreadable("a checkout page without address".into()))?;
    Ok(Checkout { session: session.id, url, expires_at: session.expires_at })
}

/// Notes the page, unless another process was faster; gives the one that counts. None when the purchase has been closed in the
/// meantime: then the page is ended again.
async fn note_checkout(app: &App, id: PurchaseId, checkout: &Checkout) -> Result<Option<Checkout>, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    if stored.purchase.method != PaymentMethod::Card {
        // Another way was chosen while the page was made: nobody is sent there.
        payment_methods::remember_page(&mut tx, id, &checkout.session).await?;
        queue::job(&mut tx, "end_checkout", &json!({ "purchase": id }), &id.to_string()).await?;
        tx.commit().await?;
        return Ok(None);
    }
    purchases::note_checkout(&mut tx, id, checkout).await?;
    purchases::note_payment_started(&mut tx, id, now).await?;
    purchase_events::record(&mut tx, &stored, PurchaseEventKind::PaymentStarted, "", Actor::System, "", now).await?;
    let is_open = is_payable(&stored);
    if !is_open {
        queue::job(&mut tx, "end_checkout", &json!({ "purchase": id }), &id.to_string()).await?;
    }
    let noted = purchases::find(&mut tx, id).await?.and_then(|stored| stored.checkout);
    tx.commit().await?;
    Ok(noted.filter(|_| is_open))
}

fn is_payable(stored: &StoredPurchase) -> bool {
    stored.purchase.method == PaymentMethod::Card
        && !stored.is_debited
        && matches!(stored.purchase.state, PurchaseState::Created | PurchaseState::AwaitingPayment)
}

/// Until when a purchase can be paid: it follows from the purchase alone, so that asking Stripe again asks the same.
pub(super) fn payable_until(stored: &StoredPurchase) -> DateTime<Utc> {
    stored.card_since.unwrap_or(stored.purchase.created_at) + CARD_PAYABLE
}

/// Ends the checkout page of a purchase that is called off; whether Stripe confirms that nobody paid or can pay any more. If
/// somebody paid, the purchase is fulfilled.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such purchase, [`Problem::Unavailable`] when Stripe cannot be reached now.
pub async fn end_checkout(app: &App, purchase: PurchaseId) -> Result<bool, Problem> {
    try_end_checkout(app, purchase).await.map_err(|error| error.into_problem(&purchase.to_string()))
}

/// As [`end_checkout`], for the job that tries again.
///
/// # Errors
/// Whatever keeps the page from being ended.
pub async fn try_end_checkout(app: &App, id: PurchaseId) -> Result<bool, CardError> {
    let stored = {
        let mut tx = app.db.system().await?;
        purchases::find(&mut tx, id).await?.ok_or(Problem::NotFound)?
    };
    for session in former_pages(app, id).await? {
        match gateway(app)?.expire(&session).await {
            Ok(_) | Err(GatewayError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if stored.purchase.paid_at.is_some() {
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

/// The pages that were left for another way to pay.
async fn former_pages(app: &App, id: PurchaseId) -> Result<Vec<String>, Problem> {
    let mut tx = app.db.system().await?;
    Ok(payment_methods::former_pages(&mut tx, id).await?)
}

/// What becomes of an order by what Stripe says about its checkout page now: the one way to minutes that are paid by card, for
/// events, for the customer's return and for reconciliation alike. However often and from wherever it is called, a payment has
/// one effect.
///
/// # Errors
/// When Stripe or the database cannot be asked; asking again later is safe.
pub async fn fulfil_session(app: &App, id: &str) -> Result<SessionState, CardError> {
    let session = gateway(app)?.session(id).await?;
    fulfil_told(app, &session).await?;
    Ok(session.state)
}

/// The same of what Stripe has told just now.
pub(super) async fn fulfil_told(app: &App, session: &Session) -> Result<(), Problem> {
    retrying(|| learn_session(app, session)).await
}

async fn learn_session(app: &App, session: &Session) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = match session.purchase {
        Some(purchase) => purchases::lock(&mut tx, purchase).await?,
        None => None,
    };
    match (session.state, stored) {
        // Another program of the same account was paid.
        (_, None) if !session.is_ours => return Ok(()),
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

/// Whether this is the purchase's own page; one of which nobody noted that it was made counts as such.
fn is_page_of(session: &Session, stored: &StoredPurchase) -> bool {
    stored.purchase.method == PaymentMethod::Card
        && stored.checkout.as_ref().is_none_or(|checkout| checkout.session == session.id)
}

async fn learn_payment(
    tx: &mut Tx,
    stored: &StoredPurchase,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let purchase = &stored.purchase;
    let is_former = payment_methods::former_pages(tx, purchase.id).await?.contains(&session.id);
    let is_first = purchase.paid_at.is_none() || stored.payment_intent == session.payment_intent;
    // On a page that was left money is taken as well, unless some or all came otherwise: that is for a manager to send back.
    let is_awaited = is_page_of(session, stored) || is_former && !came_by_transfer(tx, stored).await?;
    if !is_awaited || !is_first {
        return alert(tx, PaymentAlertKind::UnknownPayment, session, Some(purchase.id), now).await;
    }
    if session.amount != purchase.total.haler() || session.currency != "czk" {
        return alert(tx, PaymentAlertKind::AmountDiffers, session, Some(purchase.id), now).await;
    }
    // It was taken from the saved card in the meantime, or on another page.
    if session.payment_intent.is_some()
        && stored.payment_intent.is_some()
        && session.payment_intent != stored.payment_intent
    {
        return alert(tx, PaymentAlertKind::UnknownPayment, session, Some(purchase.id), now).await;
    }
    payment_methods::note_paid_by_card(tx, purchase.id).await?;
    if let Some(intent) = &session.payment_intent {
        purchases::note_payment_intent(tx, purchase.id, intent).await?;
    }
    // Money that came is never ignored, even if nobody waited for it any more.
    if matches!(purchase.state, PurchaseState::Cancelled | PurchaseState::Expired) {
        alert(tx, PaymentAlertKind::PaidAfterClose, session, Some(purchase.id), now).await?;
    }
    let received = Received { on: fulfilment::day_of(session.paid_at.unwrap_or(now)), by: Actor::System };
    fulfilment::fulfil(tx, stored, received, now).await?;
    if let Some(card) = &session.card {
        if subscriptions::is_by_card(tx, purchase.id).await? {
            saved_cards::save(tx, (stored.customer, stored.member), card, session.paid_at.unwrap_or(now)).await?;
        }
        // What is not saved here stays at Stripe for nothing.
        former_cards::let_go(tx, stored.customer, &card.payment_method).await?;
    }
    Ok(())
}

async fn came_by_transfer(tx: &mut Tx, stored: &StoredPurchase) -> Result<bool, Problem> {
    Ok(bank::paid_for_purchase(tx, stored.purchase.id).await? > Money::ZERO)
}

async fn alert(
    tx: &mut Tx,
    kind: PaymentAlertKind,
    session: &Session,
    purchase: Option<PurchaseId>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let details = json!({
        "amount": session.amount, "currency": session.currency, "payment_intent": session.payment_intent,
    });
    if payment_alerts::raise(tx, kind, &session.id, purchase, &details, now).await? {
        tracing::error!(%kind, session = session.id, purchase = purchase.map(tracing::field::display), "payment by card");
    }
    Ok(())
}

pub(super) async fn close_expired(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    let id = stored.purchase.id;
    if !is_payable(stored) {
        return Ok(());
    }
    // It is asked for by transfer just now, or was before: that goes on as if no card had been chosen.
    if stored.transfer_wanted_at.is_some() || has_proforma(tx, stored).await? {
        payment_methods::leave_card(tx, id).await?;
        let stored = purchases::find(tx, id).await?.ok_or(Problem::NotFound)?;
        return begin_payment(tx, &stored, now).await;
    }
    if purchases::note_closed(tx, id, Closing::Expired, now).await? {
        purchase_events::record(tx, stored, PurchaseEventKind::Expired, "", Actor::System, "", now).await?;
    }
    Ok(())
}

async fn has_proforma(tx: &mut Tx, stored: &StoredPurchase) -> Result<bool, Problem> {
    let documents = tax_documents::of_purchase(tx, stored.purchase.id).await?;
    Ok(documents.iter().any(|document| document.content.kind == DocumentKind::Proforma))
}

/// Where a customer pays a purchase of theirs now; none when there is nothing to pay or no page to pay it on.
///
/// # Errors
/// [`Problem::NotFound`] when the customer has no such purchase.
pub async fn payment_page(app: &App, buyer: &Buyer, number: PurchaseNumber) -> Result<Option<String>, Problem> {
    let stored = own(app, buyer, number).await?;
    let is_payable = is_payable(&stored) && app.clock.now() < payable_until(&stored);
    let checkout = match stored.checkout {
        checkout @ Some(_) => checkout.filter(|_| is_payable),
        None if limits::may_ask_stripe(app, buyer.customer()).await? => start_checkout(app, stored.purchase.id).await?,
        None => None,
    };
    Ok(checkout.map(|checkout| checkout.url).filter(|url| app.payments.leads_to(url)))
}

/// Looks again at the payment of a purchase of theirs, as a customer comes back from paying.
///
/// # Errors
/// [`Problem::NotFound`] when the customer has no such purchase.
pub async fn look_again(app: &App, buyer: &Buyer, number: PurchaseNumber) -> Result<(), Problem> {
    let stored = own(app, buyer, number).await?;
    let Some(checkout) = stored.checkout.filter(|_| stored.purchase.paid_at.is_none()) else { return Ok(()) };
    // Who comes back again and again is answered from what is known; the event or reconciliation will tell.
    if !limits::may_ask_stripe(app, buyer.customer()).await? {
        return Ok(());
    }
    if let Err(error) = fulfil_session(app, &checkout.session).await {
        // The page says that the payment is being looked for; the event or reconciliation will find it.
        tracing::warn!(%number, %error, "the payment cannot be looked at now");
    }
    Ok(())
}

pub(super) async fn own(app: &App, buyer: &Buyer, number: PurchaseNumber) -> Result<StoredPurchase, Problem> {
    let customer = buyer.customer();
    let stored = purchases::by_number(&mut app.db.member(customer).await?, number).await?;
    stored.filter(|stored| stored.customer == customer).ok_or(Problem::NotFound)
}
