//! A saved card that is removed: what depends on it is paid otherwise or ends in the same act. Stripe takes it from its customer
//! afterwards, however often it has to be asked.

use chrono::{DateTime, Utc};

use super::{
    super::{
        card::{CardError, gateway, stop_if_stripe_is_away},
        payment_starts::begin_payment,
    },
    settle,
};
use crate::{
    model::{
        base::ids::{CustomerId, PurchaseId},
        mails::MailContent,
        money::{
            card::SavedCardPage,
            purchases::{Closing, PaymentMethod, PurchaseEventKind},
            subscriptions::SubscriptionState,
            top_ups::TopUpState,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Buyer,
        db::{
            Tx,
            line::limits as count,
            mails,
            money::{
                former_cards, payment_methods,
                purchase_events::{self, Actor},
                purchases::{self, StoredPurchase},
                saved_cards, subscriptions, top_ups,
            },
            retrying,
        },
    },
};

/// How many cards Stripe is asked about at a time.
const AT_A_TIME: i64 = 200;

/// The saved card, and what depends on it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, buyer: &Buyer) -> Result<SavedCardPage, Problem> {
    let customer = buyer.customer();
    let mut tx = app.db.member(customer).await?;
    let subscription = subscriptions::of_customer(&mut tx, customer).await?;
    let top_up = top_ups::find(&mut tx, customer).await?;
    Ok(SavedCardPage {
        card: saved_cards::shown(&mut tx, customer).await?,
        pays_subscription: subscription.is_some_and(|stored| {
            stored.method == PaymentMethod::Card && stored.standing.state != SubscriptionState::Ended
        }),
        tops_up: top_up.is_some_and(|(top_up, _)| top_up.state == TopUpState::On),
        is_owing: !saved_cards::waiting(&mut tx, customer).await?.is_empty(),
    })
}

/// Removes the saved card of a customer: the subscription and what of it is not paid yet are paid by transfer, nothing is bought by
/// itself any more. Of what the bank is being asked for at this moment, that is decided first. Repeating it changes nothing.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn remove(app: &App, buyer: &Buyer) -> Result<(), Problem> {
    retrying(|| async {
        let (now, customer, by) = (app.clock.now(), buyer.customer(), Actor::Member(buyer.id()));
        let mut tx = app.db.system().await?;
        // Whoever buys just now is waited for, and so is whoever renews: what they begin is seen here, or they see no card.
        count::purchases_unpaid(&mut tx, customer).await?;
        let subscription = leave_subscription(&mut tx, customer).await?;
        let Some(card) = saved_cards::find(&mut tx, customer).await? else { return Ok(()) };
        former_cards::remove(&mut tx, customer).await?;
        let top_up = top_ups::switch_off(&mut tx, customer, TopUpState::Off).await?;
        for purchase in saved_cards::waiting(&mut tx, customer).await? {
            leave_purchase(&mut tx, purchase, by, now).await?;
        }
        let key = format!("card-removed:{}", card.payment_method);
        let content = MailContent::CardRemoved { last4: card.last4, subscription, top_up };
        mails::to_buyers(&mut tx, customer, &content, now, &key).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// The subscription of a customer is paid by transfer from now on; whether it was paid by card.
async fn leave_subscription(tx: &mut Tx, customer: CustomerId) -> Result<bool, Problem> {
    let Some(found) = subscriptions::of_customer(tx, customer).await? else { return Ok(false) };
    let Some(mut stored) = subscriptions::lock(tx, found.id).await? else { return Ok(false) };
    if stored.method != PaymentMethod::Card || stored.standing.state == SubscriptionState::Ended {
        return Ok(false);
    }
    stored.method = PaymentMethod::Transfer;
    subscriptions::keep(tx, &stored).await?;
    Ok(true)
}

async fn leave_purchase(tx: &mut Tx, id: PurchaseId, by: Actor, now: DateTime<Utc>) -> Result<(), Problem> {
    let stored = purchases::lock(tx, id).await?.ok_or(Problem::NotFound)?;
    if top_ups::made(tx, id).await? {
        call_off(tx, &stored, by, now).await
    } else if stored.purchase.is_unpaid() && saved_cards::void_unasked(tx, id).await? {
        pay_by_transfer(tx, &stored, now).await
    } else {
        Ok(())
    }
}

/// Calls off what was to be taken from the saved card, unless Stripe was asked for it already: that runs to its end, and what is paid by
/// then stays paid. The purchase is locked.
pub(in crate::server::service::money) async fn call_off(
    tx: &mut Tx,
    stored: &StoredPurchase,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let id = stored.purchase.id;
    if stored.purchase.is_unpaid()
        && saved_cards::void_unasked(tx, id).await?
        && purchases::note_closed(tx, id, Closing::Cancelled, now).await?
    {
        purchase_events::record(tx, stored, PurchaseEventKind::Cancelled, "", by, "", now).await?;
    }
    Ok(())
}

/// Whether a purchase is left to be paid by transfer: as there is no card any more, and its subscription is paid so.
pub(super) async fn is_left(tx: &mut Tx, stored: &StoredPurchase) -> Result<bool, Problem> {
    let id = stored.purchase.id;
    Ok(saved_cards::find(tx, stored.customer).await?.is_none()
        && subscriptions::usable_until(tx, id).await?.is_some()
        && !subscriptions::is_by_card(tx, id).await?)
}

/// Asks by transfer for what was to be taken from a card. No try is open.
pub(super) async fn pay_by_transfer(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    let id = stored.purchase.id;
    saved_cards::stop_debit(tx, id).await?;
    payment_methods::leave_card(tx, id).await?;
    let stored = purchases::find(tx, id).await?.ok_or(Problem::NotFound)?;
    begin_payment(tx, &stored, now).await
}

/// Has Stripe take a card that was let go from its customer. What is being taken from it at this moment is decided first; while that
/// is open, it is asked for later. Repeating it changes nothing.
///
/// # Errors
/// What went wrong, when it is worth trying again.
pub async fn detach(app: &App, card: &str) -> Result<(), CardError> {
    let under_way = {
        let mut tx = app.db.system().await?;
        if !former_cards::is_attached(&mut tx, card).await? {
            return Ok(());
        }
        former_cards::open_try_from(&mut tx, card).await?
    };
    if let Some(tried) = under_way {
        settle(app, tried).await?;
        if former_cards::open_try_from(&mut app.db.system().await?, card).await?.is_some() {
            return Ok(());
        }
    }
    gateway(app)?.detach(card).await?;
    let mut tx = app.db.system().await?;
    former_cards::note_detached(&mut tx, card, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// The same of all that are left, whatever became of their jobs.
///
/// # Errors
/// The first failure's. Where Stripe answers nobody, the others are not tried.
pub(in crate::server::service::money) async fn detach_left(app: &App) -> Result<(), Problem> {
    let cards = former_cards::attached(&mut app.db.system().await?, AT_A_TIME).await?;
    let mut outcome = Ok(());
    for card in cards {
        outcome = outcome.and(stop_if_stripe_is_away(app, detach(app, &card).await, &card).await?);
    }
    outcome
}
