//! Top-ups: what a customer agrees to, and minutes bought by it when few are free. A top-up is a purchase that nobody has to make, and
//! is taken from the saved card as a period of a subscription is.

use chrono::{Datelike, Days};

use super::{
    card,
    purchases::{address_missing, is_named, place},
    saved_cards::{Taking, begin_debit, call_off, end_top_up, take_due_of},
    supplier::admit_buying,
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{CustomerId, PurchaseId},
        },
        money::{
            purchases::{PaymentMethod, Purchase},
            top_ups::{TopUp, TopUpPage, TopUpState, TypedTopUp, shown_price},
        },
        people::members::Capability,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{BillingViewer, Buyer},
        db::{
            line::{catalogue, limits as count},
            money::{
                purchase_events::Actor,
                purchases::{self, NewPurchase},
                saved_cards, supplier, top_ups,
            },
            retrying,
        },
        service::minutes::billing_terms,
    },
};

/// How many customers are looked at a time.
const AT_A_TIME: i64 = 200;

/// What is agreed, and what can be.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, viewer: &BillingViewer) -> Result<TopUpPage, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.member(viewer.customer()).await?;
    Ok(TopUpPage {
        top_up: top_ups::find(&mut tx, viewer.customer()).await?.map(|(top_up, _)| top_up),
        bundles: catalogue::bundles(&mut tx, today).await?,
        vat: catalogue::settings(&mut tx, now).await?.vat.of(today),
        card: saved_cards::shown(&mut tx, viewer.customer()).await?,
        takes_cards: card::is_on(app) && supplier::is_confirmed(&mut tx).await?,
        may_buy: viewer.may(Capability::Buy),
    })
}

/// Agrees that minutes are bought when few are free: to the price that was shown at most. Repeating it changes nothing.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::NotFound`] for what is not on sale,
/// [`Problem::TotalDiffers`] when another price was shown, [`Problem::Conflict`] without a saved card.
pub async fn agree(app: &App, buyer: &Buyer, typed: &TypedTopUp, prices: &str) -> Result<(), Problem> {
    let (bundle, below, most) = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let (now, customer) = (app.clock.now(), buyer.customer());
        let today = to_local(now).date();
        let mut tx = app.db.system().await?;
        admit_buying(&mut tx).await?;
        if !is_named(&mut tx, customer).await? {
            return Err(address_missing());
        }
        if !card::is_on(app) || saved_cards::find(&mut tx, customer).await?.is_none() {
            return Err(Problem::Conflict);
        }
        let vat = catalogue::settings(&mut tx, now).await?.vat.of(today);
        let on_sale = catalogue::bundles(&mut tx, today).await?;
        let sold = on_sale.into_iter().find(|sold| sold.id == bundle).ok_or(Problem::NotFound)?;
        let total = sold.price.with_vat(vat);
        if shown_price(prices, bundle) != Some(total) {
            return Err(Problem::TotalDiffers);
        }
        if total > Purchase::CARD_MAX {
            return Err(Problem::NotFound);
        }
        let agreed = TopUp { bundle, total, below, most, state: TopUpState::On, agreed_at: now };
        top_ups::agree(&mut tx, (customer, buyer.id()), &agreed).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Switches it off: nothing is bought by itself any more, and what was bought at night and not asked for yet is called off.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn end(app: &App, buyer: &Buyer) -> Result<(), Problem> {
    let (customer, now) = (buyer.customer(), app.clock.now());
    retrying(|| async {
        let mut tx = app.db.system().await?;
        // Whoever buys just now is waited for: nothing is bought after the answer.
        count::purchases_unpaid(&mut tx, customer).await?;
        top_ups::switch_off(&mut tx, customer, TopUpState::Off).await?;
        for purchase in saved_cards::waiting(&mut tx, customer).await? {
            if top_ups::made(&mut tx, purchase).await? {
                let stored = purchases::lock(&mut tx, purchase).await?.ok_or(Problem::NotFound)?;
                call_off(&mut tx, &stored, Actor::Member(buyer.id()), now).await?;
            }
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Buys minutes for whoever has agreed to it and has few that are free. However often and by however many it is called, no more is
/// bought than was agreed to.
///
/// # Errors
/// The first failure's; the other customers are looked at nevertheless.
pub async fn buy_due(app: &App) -> Result<(), Problem> {
    if !card::is_on(app) {
        return Ok(());
    }
    let (mut outcome, mut after) = (Ok(()), None);
    loop {
        let found = top_ups::switched_on(&mut app.db.system().await?, after, AT_A_TIME).await?;
        let Some(last) = found.last() else { return outcome };
        after = Some(*last);
        for customer in found {
            outcome = outcome.and(buy_for(app, customer).await);
        }
    }
}

async fn buy_for(app: &App, customer: CustomerId) -> Result<(), Problem> {
    match retrying(|| buy_once(app, customer)).await {
        Ok(true) => take_due_of(app, customer).await,
        // Who is blocked is sold nothing; before the vendor is named, nobody is.
        Ok(false) | Err(Problem::Blocked | Problem::BuyingNotYet) => Ok(()),
        Err(problem) => Err(problem),
    }
}

async fn buy_once(app: &App, customer: CustomerId) -> Result<bool, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let month = today - Days::new(u64::from(today.day0()));
    let mut tx = app.db.system().await?;
    // Purchases of a customer are placed one after the other.
    count::purchases_unpaid(&mut tx, customer).await?;
    let Some((top_up, member)) = top_ups::find(&mut tx, customer).await? else { return Ok(false) };
    let free = billing_terms::outlook(&mut tx, customer, None, now).await?.free_at(now).free();
    let (bought, waits) = top_ups::bought(&mut tx, customer, month).await?;
    if waits || !top_up.is_due(free, bought) || !is_named(&mut tx, customer).await? {
        return Ok(false);
    }
    let vat = catalogue::settings(&mut tx, now).await?.vat.of(today);
    let on_sale = catalogue::bundles(&mut tx, today).await?;
    let sold = on_sale.into_iter().find(|sold| sold.id == top_up.bundle);
    let Some(sold) = sold.filter(|sold| sold.price.with_vat(vat) <= top_up.total) else {
        end_top_up(&mut tx, customer, TopUpState::Dearer, now).await?;
        tx.commit().await?;
        return Ok(false);
    };
    let id = PurchaseId(app.random.uuid());
    let new = NewPurchase {
        id,
        customer,
        member,
        bundle: sold.id,
        quote: sold.quote(1, vat),
        validity_months: sold.validity_months,
        reference: "",
        method: PaymentMethod::Card,
        at_once: false,
        at: now,
        year: today.year(),
    };
    let placed = place(&mut tx, &new, Actor::System).await?.ok_or(Problem::Conflict)?;
    top_ups::insert(&mut tx, customer, month, (bought + 1, top_up.most), id).await?;
    begin_debit(&mut tx, &placed, Taking::Once, now).await?;
    tx.commit().await?;
    Ok(true)
}
