//! A card that is entered to be saved: the page for it, and what follows once it is there.

use super::{
    super::card::{CardError, fulfil_told, gateway},
    take_due_of,
};
use crate::{
    model::{
        base::ids::{CustomerId, MemberId},
        mails::MailContent,
        money::{
            card::{CardPurpose, KeptCard},
            purchases::CARD_PAYABLE,
        },
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Buyer,
        db::{
            mails,
            money::{former_cards, saved_cards, subscriptions},
            retrying,
        },
        payments::gateway::cards::{CardSetup, SetupRequest},
        service::line::limits,
    },
};

/// The page on which a customer enters the card that is to be saved.
///
/// # Errors
/// [`Problem::Unavailable`] when Stripe cannot be reached now.
pub async fn setup_page(app: &App, buyer: &Buyer, purpose: CardPurpose) -> Result<Option<String>, Problem> {
    let customer = buyer.customer();
    if !app.payments.is_on() || !limits::may_ask_stripe(app, customer).await? {
        return Ok(None);
    }
    let card = saved_cards::find(&mut app.db.system().await?, customer).await?;
    let (back, home) = match purpose {
        CardPurpose::Subscription => (paths::SUBSCRIPTION_CARD_RETURN, paths::SUBSCRIPTION),
        CardPurpose::TopUp => (paths::TOP_UP_CARD_RETURN, paths::TOP_UP),
    };
    let request = SetupRequest {
        key: format!("card:{}", app.random.uuid()),
        owner: (customer, buyer.id()),
        purpose,
        stripe_customer: card.map(|card| card.stripe_customer),
        success_url: app.payments.url(&format!("{back}?session={{CHECKOUT_SESSION_ID}}")),
        cancel_url: app.payments.url(home),
        expires_at: app.clock.now() + CARD_PAYABLE,
    };
    let made = match gateway(app) {
        Ok(stripe) => stripe.create_setup(&request).await.map_err(CardError::from),
        Err(error) => Err(error),
    };
    let url = made.map_err(|error| error.into_problem(&customer.to_string()))?;
    Ok(Some(url).filter(|url| app.payments.leads_to(url)))
}

/// Looks at the page from which a customer comes back; the event will tell else.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn come_back(app: &App, buyer: &Buyer, session: &str) -> Result<(), Problem> {
    let is_name =
        session.starts_with("cs_") && session.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name
        && limits::may_ask_stripe(app, buyer.customer()).await?
        && let Err(error) = learn_told(app, session).await
    {
        tracing::warn!(%error, "the card cannot be looked at now");
    }
    Ok(())
}

/// What became of a page of Stripe's of which is not known whether somebody pays there, or enters a card.
///
/// # Errors
/// When Stripe or the database cannot be asked; asking again later is safe.
pub(in crate::server::service::money) async fn learn_told(app: &App, id: &str) -> Result<(), CardError> {
    let session = gateway(app)?.session(id).await?;
    match &session.setup_intent {
        Some(setup) => learn_setup(app, setup).await,
        None => Ok(fulfil_told(app, &session).await?),
    }
}

/// A card that somebody entered is saved, what it was entered for is paid by it from now on, and what is due is taken from it. One of
/// somebody who may not buy any more is let go, and those who may are told.
///
/// # Errors
/// When Stripe or the database cannot be asked; asking again later is safe.
pub(in crate::server::service::money) async fn learn_setup(app: &App, id: &str) -> Result<(), CardError> {
    let setup = gateway(app)?.setup(id).await?;
    let Some((owner, card)) = setup.owner.zip(setup.card.as_ref()) else { return Ok(()) };
    if retrying(|| keep_entered(app, &setup, owner, card)).await? {
        take_due_of(app, owner.0).await?;
    }
    Ok(())
}

async fn keep_entered(
    app: &App,
    setup: &CardSetup,
    owner: (CustomerId, MemberId),
    card: &KeptCard,
) -> Result<bool, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let Some(may_buy) = saved_cards::may_save(&mut tx, owner).await? else { return Ok(false) };
    let is_news = may_buy && saved_cards::save(&mut tx, owner, card, setup.at).await?;
    if is_news && setup.purpose == CardPurpose::Subscription {
        subscriptions::pay_by_card(&mut tx, owner.0).await?;
    }
    if is_news {
        saved_cards::hasten(&mut tx, owner.0, now).await?;
    } else if former_cards::let_go(&mut tx, owner.0, &card.payment_method).await? && !may_buy {
        let key = format!("card-not-kept:{}", card.payment_method);
        let content = MailContent::CardNotKept { last4: card.last4.clone() };
        mails::to_buyers(&mut tx, owner.0, &content, now, &key).await?;
    }
    tx.commit().await?;
    Ok(is_news)
}
