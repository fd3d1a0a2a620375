//! A customer whose minutes come each month by a saved card. As the demo begins the next period is due, and its bank declines: the mail
//! about it leads to another card. It is Stripe's own test card for that, which the sandbox knows as well.

use anyhow::Context;
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{ground::Cast, people::SUBSCRIBER};
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{PurchaseId, SubscriptionId},
        },
        money::{
            card::KeptCard,
            purchases::{PaymentMethod, PurchaseEventKind},
            subscriptions::{NOTICE, Plan, period_of},
        },
    },
    server::{
        app::App,
        db::{
            Tx,
            line::catalogue,
            money::{
                purchase_events::{self, Actor},
                purchases::{self, NewPurchase, StoredPurchase},
                saved_cards,
                subscriptions::{self, NewPeriod, StoredSubscription},
            },
        },
        payments::sandbox::DECLINED_LATER,
        service::{
            money::fulfilment::{self, Received},
            upkeep,
        },
    },
};

const SUBSCRIPTION: SubscriptionId = SubscriptionId(Uuid::from_u64_pair(u64::MAX, u64::MAX));
/// Which purchase a period is.
const fn purchase_of(ordinal: u32) -> PurchaseId {
    PurchaseId(Uuid::from_u64_pair(u64::MAX - 1, ordinal as u64))
}

/// Subscribes and pays the first period, unless that was done.
pub(super) async fn subscribe(app: &App, cast: &Cast<'_>) -> anyhow::Result<()> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let (customer, member) = (cast.customer_of(SUBSCRIBER), cast.members[SUBSCRIBER]);
    let mut tx = app.db.system().await?;
    let Some(plan) = monthly(&mut tx, today).await? else { return Ok(()) };
    if subscriptions::lock(&mut tx, SUBSCRIPTION).await?.is_some() {
        return Ok(());
    }
    let (whose, way) = ((SUBSCRIPTION, customer, member), PaymentMethod::Card);
    subscriptions::insert(&mut tx, whose, plan.bundle.id, way, today, now).await?;
    let card = KeptCard {
        stripe_customer: "cus_linka_demo".to_owned(),
        payment_method: DECLINED_LATER.to_owned(),
        brand: "visa".to_owned(),
        last4: "0341".to_owned(),
        good_through: NaiveDate::from_ymd_opt(today.year() + 5, 12, 31).context("no such day")?,
    };
    saved_cards::save(&mut tx, (customer, member), &card, now).await?;
    let stored = subscriptions::lock(&mut tx, SUBSCRIPTION).await?.context("no subscription")?;
    let first = place(app, &mut tx, &stored, plan, 0).await?;
    purchases::note_payment_intent(&mut tx, first.purchase.id, "pi_linka_demo").await?;
    fulfilment::fulfil(&mut tx, &first, Received { on: today, by: Actor::System }, now).await?;
    Ok(tx.commit().await?)
}

/// Asks for the next period, of which the customer was told, as a renewal does.
pub(super) async fn renew(app: &App, cast: &Cast<'_>) -> anyhow::Result<()> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.system().await?;
    let Some(mut stored) = subscriptions::lock(&mut tx, SUBSCRIPTION).await? else { return Ok(()) };
    let plan = monthly(&mut tx, today).await?.filter(|_| stored.customer == cast.customer_of(SUBSCRIBER));
    let Some(plan) = plan.filter(|_| stored.standing.last.is_some_and(|last| last.ordinal == 0)) else {
        return Ok(());
    };
    stored.standing.told = Some((1, today - NOTICE));
    subscriptions::keep(&mut tx, &stored).await?;
    let placed = place(app, &mut tx, &stored, plan, 1).await?;
    // At whatever hour the demo begins.
    saved_cards::begin_debit(&mut tx, &placed, false, today, now).await?;
    tx.commit().await?;
    Ok(upkeep::expire_grants(app, upkeep::Expired::AtAnyTime).await?)
}

/// The plan that comes each month, where one is sold.
async fn monthly(tx: &mut Tx, on: NaiveDate) -> anyhow::Result<Option<Plan>> {
    Ok(subscriptions::plans(tx, on).await?.into_iter().find(|plan| plan.months() == 1))
}

/// Places the purchase of a period, to be paid by card.
async fn place(
    app: &App,
    tx: &mut Tx,
    stored: &StoredSubscription,
    plan: Plan,
    ordinal: u32,
) -> anyhow::Result<StoredPurchase> {
    let now = app.clock.now();
    let (id, today) = (purchase_of(ordinal), to_local(now).date());
    let new = NewPurchase {
        id,
        customer: stored.customer,
        member: stored.member,
        bundle: plan.bundle.id,
        quote: plan.bundle.quote(1, catalogue::settings(tx, now).await?.vat.of(today)),
        validity_months: plan.bundle.validity_months,
        reference: "",
        method: PaymentMethod::Card,
        at_once: false,
        at: now,
        year: today.year(),
    };
    purchases::insert(tx, &new).await?;
    purchases::note_payment_started(tx, id, now).await?;
    let placed = purchases::find(tx, id).await?.context("no purchase")?;
    for kind in [PurchaseEventKind::Created, PurchaseEventKind::PaymentStarted] {
        purchase_events::record(tx, &placed, kind, "", Actor::System, "", now).await?;
    }
    let days = period_of(stored.standing.anchor, plan.months(), ordinal);
    subscriptions::insert_period(tx, stored, NewPeriod { ordinal, days, usable_until: days.1 }, id).await?;
    Ok(placed)
}
