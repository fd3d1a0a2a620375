//! What is taken from a saved card, paid by its holder on a page instead: when the bank asks for that, or nobody wants to wait.

use chrono::{DateTime, Utc};

use super::{
    super::card::{self, CardError, SHORTEST, fulfil_session, gateway},
    decide, settle,
};
use crate::{
    model::{
        base::ids::{CardTryId, PurchaseId},
        money::{
            card::{CardTryKind, CardTryState},
            purchases::{CARD_PAYABLE, PurchaseNumber},
        },
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Buyer,
        db::{
            money::{
                purchases,
                saved_cards::{self, StoredTry},
            },
            retrying,
        },
        documents::checkout_name,
        payments::gateway::{CheckoutRequest, GatewayError, SessionState},
        service::line::limits,
    },
};

/// Where a customer pays a purchase by card: on its checkout page, or off the schedule on which it is taken from the saved card. None
/// when there is nothing to pay, or no page to pay it on.
///
/// # Errors
/// [`Problem::NotFound`] when the customer has no such purchase.
pub async fn payment_page(app: &App, buyer: &Buyer, number: PurchaseNumber) -> Result<Option<String>, Problem> {
    let stored = card::own(app, buyer, number).await?;
    if !stored.is_debited {
        return card::payment_page(app, buyer, number).await;
    }
    if !limits::may_ask_stripe(app, buyer.customer()).await? {
        return Ok(None);
    }
    let made = page(app, stored.purchase.id).await;
    let url = made.map_err(|error| error.into_problem(&number.to_string()))?;
    Ok(url.filter(|url| app.payments.leads_to(url)))
}

/// Where such a purchase is paid off its schedule; none when what is under way decides first.
async fn page(app: &App, purchase: PurchaseId) -> Result<Option<String>, CardError> {
    let Some(tried) = retrying(|| begin_page(app, purchase)).await? else { return Ok(None) };
    let until = tried.made_at + CARD_PAYABLE;
    let is_open = app.clock.now() + SHORTEST <= until;
    match (tried.kind, tried.url) {
        (CardTryKind::Page, Some(url)) if app.clock.now() < until => Ok(Some(url)),
        (CardTryKind::Page, None) if is_open => make_page(app, tried.id, purchase, until).await,
        _ => settle(app, tried.id).await.map(|()| None),
    }
}

async fn begin_page(app: &App, purchase: PurchaseId) -> Result<Option<StoredTry>, Problem> {
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, purchase).await?.ok_or(Problem::NotFound)?;
    if !stored.is_debited || !stored.purchase.is_unpaid() {
        return Ok(None);
    }
    saved_cards::begin_try(&mut tx, &stored, CardTryId(app.random.uuid()), None, app.clock.now()).await?;
    let open = saved_cards::open_try(&mut tx, purchase).await?;
    tx.commit().await?;
    Ok(open)
}

async fn make_page(
    app: &App,
    id: CardTryId,
    purchase: PurchaseId,
    until: DateTime<Utc>,
) -> Result<Option<String>, CardError> {
    let (stored, card) = {
        let mut tx = app.db.system().await?;
        // It may have been called off, which needs no question as long as none was asked.
        if saved_cards::lock_try(&mut tx, id).await?.is_none_or(|tried| tried.state != CardTryState::Open) {
            return Ok(None);
        }
        saved_cards::note_asked(&mut tx, id, app.clock.now()).await?;
        let stored = purchases::find(&mut tx, purchase).await?.ok_or(Problem::NotFound)?;
        let card = saved_cards::find(&mut tx, stored.customer).await?;
        tx.commit().await?;
        (stored, card)
    };
    let number = stored.purchase.number;
    let request = CheckoutRequest {
        purchase,
        key: format!("try:{id}"),
        keeps_card: true,
        stripe_customer: card.map(|card| card.stripe_customer),
        name: checkout_name(&stored.purchase),
        total: stored.purchase.total,
        email: None,
        success_url: app.payments.url(&paths::purchase_return(number)),
        cancel_url: app.payments.url(&paths::purchase(number)),
        expires_at: until,
    };
    match gateway(app)?.create_checkout(&request).await {
        Ok(session) => {
            let mut tx = app.db.system().await?;
            saved_cards::note_page(&mut tx, id, &session.id, session.url.as_deref().unwrap_or_default()).await?;
            tx.commit().await?;
            Ok(session.url)
        }
        Err(error @ (GatewayError::Failed(_) | GatewayError::Refused(_))) => {
            decide(app, id, CardTryState::Void).await?;
            Err(error.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// A page that is paid is paid; one that has ended unpaid, or that nobody was ever sent to, is in nobody's way.
pub(super) async fn settle_page(app: &App, tried: &StoredTry) -> Result<(), CardError> {
    let state = match &tried.session {
        Some(session) => match fulfil_session(app, session).await? {
            SessionState::Paid => CardTryState::Paid,
            SessionState::Expired => CardTryState::Void,
            SessionState::Open | SessionState::Unpaid => return Ok(()),
        },
        None if app.clock.now() + SHORTEST > tried.made_at + CARD_PAYABLE => CardTryState::Void,
        None => return Ok(()),
    };
    Ok(decide(app, tried.id, state).await?)
}

/// Looks again at the payment of a purchase of theirs, as a customer comes back from paying.
///
/// # Errors
/// [`Problem::NotFound`] when the customer has no such purchase.
pub async fn look_again(app: &App, buyer: &Buyer, number: PurchaseNumber) -> Result<(), Problem> {
    let stored = card::own(app, buyer, number).await?;
    if !stored.is_debited {
        return card::look_again(app, buyer, number).await;
    }
    let open = saved_cards::open_try(&mut app.db.system().await?, stored.purchase.id).await?;
    if let Some(open) = open
        && limits::may_ask_stripe(app, buyer.customer()).await?
        && let Err(error) = settle(app, open.id).await
    {
        tracing::warn!(%number, %error, "the payment cannot be looked at now");
    }
    Ok(())
}
