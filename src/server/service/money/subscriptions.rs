//! Subscriptions of minutes: made, changed, paused and ended by customers, renewed by the clock. A period is a purchase that nobody
//! has to make: it is paid, credited, documented and given back as any other.

mod changes;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

pub use self::changes::change;
use super::{
    card,
    payment_starts::begin_payment,
    purchases::{Credit, address_missing, credit, is_named, place},
    saved_cards::{Taking, begin_debit},
    supplier::admit_buying,
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::FieldCode,
            ids::{BundleId, CustomerId, PurchaseId, SubscriptionId},
            money::Money,
        },
        mails::MailContent,
        money::{
            purchases::{PaymentMethod, Purchase, PurchaseNumber},
            subscriptions::{
                LEAD, NOTICE, PeriodPayment, Plan, Step, SubscriptionForm, SubscriptionPage, SubscriptionState,
                period_of,
            },
        },
        people::members::Capability,
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::{BillingViewer, Buyer},
        db::{
            OnConstraint, Tx,
            line::{catalogue, limits as count},
            mails,
            minutes::usage::{self, MonthSum},
            money::{
                purchase_events::Actor,
                purchases::{self, NewPurchase},
                saved_cards,
                subscriptions::{self, NewPeriod, StoredSubscription},
            },
            retrying,
        },
        service::line::limits,
    },
};

/// How many subscriptions are looked at a time.
const AT_A_TIME: i64 = 200;
/// Of how many whole months the average of what is used is taken.
const AVERAGED: u32 = 3;

/// What a subscription to a plan would come to now.
///
/// # Errors
/// [`Problem::NotFound`] for what cannot be subscribed to, [`Problem::BuyingNotYet`].
pub async fn form(app: &App, buyer: &Buyer, plan: BundleId) -> Result<SubscriptionForm, Problem> {
    let (now, customer) = (app.clock.now(), buyer.customer());
    let today = to_local(now).date();
    let mut tx = app.db.member(customer).await?;
    admit_buying(&mut tx).await?;
    let settings = catalogue::settings(&mut tx, now).await?;
    let plan = on_sale(&mut tx, plan, today).await?;
    let total = plan.bundle.price.with_vat(settings.vat.of(today));
    let at_once = credit(&mut tx, customer, total, now).await? == Credit::Given;
    Ok(SubscriptionForm {
        asks_address: !is_named(&mut tx, customer).await?,
        card: card::is_on(app) && total <= Purchase::CARD_MAX,
        id: SubscriptionId(app.random.uuid()),
        plan,
        vat: settings.vat.of(today),
        first_day: today,
        next_day: period_of(today, plan.months(), 0).1,
        at_once,
        due_in_days: if at_once { settings.invoice_days } else { settings.proforma_days },
    })
}

async fn on_sale(tx: &mut Tx, plan: BundleId, today: NaiveDate) -> Result<Plan, Problem> {
    let plans = subscriptions::plans(tx, today).await?;
    plans.into_iter().find(|on_sale| on_sale.bundle.id == plan).ok_or(Problem::NotFound)
}

/// Subscribes to a plan, or finds the subscription that the same form has made before. Its first period begins today; gives the
/// purchase of that where it is paid by card.
///
/// * `method` – how it is paid, if anything was chosen
/// * `shown` – what the form said that a period costs, including VAT
///
/// # Errors
/// [`Problem::Invalid`] for a way to pay that is none, [`Problem::NotFound`] for what cannot be subscribed to,
/// [`Problem::BuyingNotYet`], [`Problem::TotalDiffers`], [`Problem::Limit`], [`Problem::MovedOn`] to the subscription that there is.
pub async fn subscribe(
    app: &App,
    buyer: &Buyer,
    id: SubscriptionId,
    plan: BundleId,
    method: Option<PaymentMethod>,
    shown: Money,
) -> Result<Option<PurchaseNumber>, Problem> {
    let by_card = card::is_on(app) && shown <= Purchase::CARD_MAX;
    let method = match method {
        // Where there is nothing to choose, nothing was.
        None if !by_card => PaymentMethod::Transfer,
        None => return Err(Problem::field("method", FieldCode::Missing)),
        Some(PaymentMethod::Card) if !by_card => return Err(Problem::field("method", FieldCode::Unknown)),
        Some(method) => method,
    };
    let first = retrying(|| subscribe_once(app, buyer, id, plan, method, shown)).await?;
    if let Some((purchase, _)) = first
        && let Err(problem) = card::start_checkout(app, purchase).await
    {
        // The job does it again; the page that the customer is led to says so until then.
        tracing::warn!(%purchase, %problem, "the checkout page could not be made at once");
    }
    Ok(first.map(|(_, number)| number))
}

async fn subscribe_once(
    app: &App,
    buyer: &Buyer,
    id: SubscriptionId,
    plan: BundleId,
    method: PaymentMethod,
    shown: Money,
) -> Result<Option<(PurchaseId, PurchaseNumber)>, Problem> {
    let (now, customer) = (app.clock.now(), buyer.customer());
    let today = to_local(now).date();
    // A member's role does not reach the ledger, and minutes may be credited at once.
    let mut tx = app.db.system().await?;
    let unpaid = count::purchases_unpaid(&mut tx, customer).await?;
    if let Some(stored) = subscriptions::lock(&mut tx, id).await? {
        return if stored.customer == customer { Ok(first_by_card(&stored)) } else { Err(Problem::NotFound) };
    }
    admit_buying(&mut tx).await?;
    if !is_named(&mut tx, customer).await? {
        return Err(address_missing());
    }
    let vat = catalogue::settings(&mut tx, now).await?.vat.of(today);
    let plan = on_sale(&mut tx, plan, today).await?;
    if plan.bundle.price.with_vat(vat) != shown {
        return Err(Problem::TotalDiffers);
    }
    limits::admit_purchase(&mut tx, customer, unpaid, now).await?;
    end_unbegun(&mut tx, customer, today).await?;
    subscriptions::insert(&mut tx, (id, customer, buyer.id()), plan.bundle.id, method, today, now)
        .await
        .on_constraint("one_subscription_at_a_time", Problem::MovedOn(MovedOn::Subscription))?;
    let mut stored = subscriptions::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    advance(app, &mut tx, &mut stored, Actor::Member(buyer.id())).await?;
    let stored = subscriptions::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    tx.commit().await?;
    Ok(first_by_card(&stored))
}

/// The purchase of a first period that is to be paid by card.
fn first_by_card(stored: &StoredSubscription) -> Option<(PurchaseId, PurchaseNumber)> {
    let awaited = stored.standing.last.filter(|last| last.ordinal == 0 && last.payment == PeriodPayment::Awaited);
    stored.purchase.zip(awaited).filter(|_| stored.method == PaymentMethod::Card).map(|(id, last)| (id, last.purchase))
}

/// A subscription whose first period was never paid is in nobody's way.
async fn end_unbegun(tx: &mut Tx, customer: CustomerId, today: NaiveDate) -> Result<(), Problem> {
    let Some(former) = subscriptions::of_customer(tx, customer).await? else { return Ok(()) };
    if let Some(mut former) = subscriptions::lock(tx, former.id).await?
        && former.standing.due(today) == Step::End
    {
        stand_still(&mut former, SubscriptionState::Ended);
        subscriptions::keep(tx, &former).await?;
    }
    Ok(())
}

/// Does what is due of a locked subscription.
async fn advance(app: &App, tx: &mut Tx, stored: &mut StoredSubscription, by: Actor) -> Result<(), Problem> {
    let now = app.clock.now();
    match stored.standing.due(to_local(now).date()) {
        Step::Wait => return Ok(()),
        Step::End => stand_still(stored, SubscriptionState::Ended),
        Step::Pause => {
            let is_wished = stored.standing.wish.is_some();
            stand_still(stored, SubscriptionState::Paused);
            if !is_wished {
                tell_paused(tx, stored, MailContent::SubscriptionPaused, now).await?;
            }
        }
        Step::Tell { ordinal, first_day } => {
            tell_of_renewal(tx, stored, first_day, now).await?;
            stored.standing.told = Some((ordinal, to_local(now).date()));
        }
        // No document can be issued to whom nobody knows where they are: a manager is told, and what is due waits.
        Step::Open { .. } if !is_named(tx, stored.customer).await? => return Ok(()),
        Step::Open { ordinal, first_day } => return open(app, tx, stored, (ordinal, first_day), by).await,
    }
    Ok(subscriptions::keep(tx, stored).await?)
}

fn stand_still(stored: &mut StoredSubscription, state: SubscriptionState) {
    stored.standing.state = state;
    stored.standing.wish = None;
}

async fn tell_paused(
    tx: &mut Tx,
    stored: &StoredSubscription,
    why: MailContent,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    // It may be paused again some day, by a period of the same ordinal.
    let key = format!("subscription:{}:{}:paused", stored.id, now.timestamp());
    Ok(mails::to_buyers(tx, stored.customer, &why, now, &key).await?)
}

/// Asks for the payment of the next period, at the price of its plan on its first day.
async fn open(
    app: &App,
    tx: &mut Tx,
    stored: &mut StoredSubscription,
    (ordinal, first_day): (u32, NaiveDate),
    by: Actor,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let wanted = stored.next.unwrap_or(stored.bundle);
    let plan = subscriptions::plan_on(tx, wanted, first_day).await?.ok_or(Problem::NotFound)?;
    let standing = &mut stored.standing;
    let counts_on =
        standing.last.is_some_and(|last| last.until == first_day && last.ordinal >= standing.anchor_ordinal)
            && plan.months() == standing.months;
    if !counts_on {
        (standing.anchor, standing.anchor_ordinal, standing.months) = (first_day, ordinal, plan.months());
    }
    let index = ordinal - standing.anchor_ordinal;
    let days = period_of(standing.anchor, plan.months(), index);
    let usable_until = if plan.comes.rolls() { period_of(standing.anchor, plan.months(), index + 1).1 } else { days.1 };
    let is_owing = standing.last.is_some_and(|last| last.payment == PeriodPayment::Owed);
    (stored.bundle, stored.next) = (plan.bundle.id, None);
    subscriptions::keep(tx, stored).await?;
    let id = PurchaseId(app.random.uuid());
    let vat = catalogue::settings(tx, now).await?.vat.of(to_local(now).date());
    let quote = plan.bundle.quote(1, vat);
    let by_card = stored.method == PaymentMethod::Card && card::is_on(app) && quote.total <= Purchase::CARD_MAX;
    // What is credited before it is paid is one period at most.
    let at_once = !by_card && !is_owing && credit(tx, stored.customer, quote.total, now).await? == Credit::Given;
    let new = NewPurchase {
        id,
        customer: stored.customer,
        member: stored.member,
        bundle: plan.bundle.id,
        quote,
        validity_months: plan.bundle.validity_months,
        reference: "",
        method: if by_card { PaymentMethod::Card } else { PaymentMethod::Transfer },
        at_once,
        at: now,
        year: to_local(now).year(),
    };
    let placed = place(tx, &new, by).await?.ok_or(Problem::Conflict)?;
    subscriptions::insert_period(tx, stored, NewPeriod { ordinal, days, usable_until }, id).await?;
    // Whoever subscribes is there to pay the first one, and has the card saved by that.
    if by_card && ordinal > 0 {
        return begin_debit(tx, &placed, Taking::OnSchedule, now).await;
    }
    begin_payment(tx, &placed, now).await
}

/// Renews what is due, tells of what will be, and pauses what was not paid. However often and by however many it is called, a period
/// is asked for once.
///
/// # Errors
/// The first failure's; the other subscriptions are looked at nevertheless.
pub async fn renew(app: &App) -> Result<(), Problem> {
    let until = to_local(app.clock.now()).date() + LEAD + NOTICE;
    let (mut outcome, mut after) = (Ok(()), None);
    loop {
        let found = subscriptions::ending_by(&mut app.db.system().await?, until, after, AT_A_TIME).await?;
        let Some(last) = found.last() else { return outcome };
        after = Some(last.id);
        for stored in found {
            outcome = outcome.and(retrying(|| renew_one(app, stored.id)).await);
        }
    }
}

async fn renew_one(app: &App, id: SubscriptionId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    // As whoever buys: purchases of a customer are placed one after the other.
    let Some(mut stored) = subscriptions::lock(&mut tx, id).await? else { return Ok(()) };
    match advance(app, &mut tx, &mut stored, Actor::System).await {
        Err(Problem::Blocked) => {
            drop(tx);
            pause_blocked(app, id).await
        }
        Err(problem) => Err(problem),
        Ok(()) => Ok(tx.commit().await?),
    }
}

/// Nothing is sold to a customer who is blocked: the subscription waits, and may be taken up again later.
async fn pause_blocked(app: &App, id: SubscriptionId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let Some(mut stored) = subscriptions::lock(&mut tx, id).await? else { return Ok(()) };
    if stored.standing.state == SubscriptionState::Active {
        stand_still(&mut stored, SubscriptionState::Paused);
        subscriptions::keep(&mut tx, &stored).await?;
        tell_paused(&mut tx, &stored, MailContent::SubscriptionBlocked, app.clock.now()).await?;
    }
    Ok(tx.commit().await?)
}

/// Tells before a period is asked for what was used of the one before, and how the plan fits.
async fn tell_of_renewal(
    tx: &mut Tx,
    stored: &StoredSubscription,
    first_day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let today = to_local(now).date();
    let wanted = stored.next.unwrap_or(stored.bundle);
    let Some(plan) = subscriptions::plan_on(tx, wanted, first_day).await? else { return Ok(()) };
    let left = match stored.purchase {
        Some(purchase) => purchases::grant(tx, purchase).await?.map(|grant| grant.left),
        None => None,
    };
    let before = stored.standing.last.map_or(first_day, |last| last.first_day);
    let had = subscriptions::plan_on(tx, stored.bundle, before).await?.map_or(0, |plan| plan.bundle.minutes);
    let vat = catalogue::settings(tx, now).await?.vat.of(today);
    let content = MailContent::SubscriptionRenews {
        on: first_day,
        minutes: plan.bundle.minutes,
        total: plan.bundle.price.with_vat(vat),
        used: had.saturating_sub(left.unwrap_or(0)),
        of: had,
        average: average_of_month(tx, stored.customer, today).await?.saturating_mul(plan.months()),
        by_card: stored.method == PaymentMethod::Card,
    };
    let key = format!("subscription:{}:{first_day}:renews", stored.id);
    Ok(mails::to_buyers(tx, stored.customer, &content, now, &key).await?)
}

/// What a customer uses in a month, on the average of the last whole ones.
async fn average_of_month(tx: &mut Tx, customer: CustomerId, today: NaiveDate) -> Result<u32, Problem> {
    let this = today - Days::new(u64::from(today.day0()));
    Ok(average(&usage::by_month(tx, customer, this - Months::new(AVERAGED)).await?, this))
}

/// The average of the last whole months before the one that begins on `this`.
pub(super) fn average(sums: &[MonthSum], this: NaiveDate) -> u32 {
    let first = this - Months::new(AVERAGED);
    let used: u32 = sums.iter().filter(|sum| (first..this).contains(&sum.month)).map(|sum| sum.minutes).sum();
    used / AVERAGED
}

/// The subscription of a customer: the one that goes on, or the last one.
///
/// # Errors
/// [`Problem::NotFound`] where there is none.
pub async fn page(app: &App, viewer: &BillingViewer) -> Result<SubscriptionPage, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.member(viewer.customer()).await?;
    let stored = subscriptions::of_customer(&mut tx, viewer.customer()).await?.ok_or(Problem::NotFound)?;
    let on = stored.standing.last.map_or(today, |last| last.first_day);
    let plan = subscriptions::plan_on(&mut tx, stored.bundle, on).await?.ok_or(Problem::NotFound)?;
    let next = match stored.next {
        Some(next) => subscriptions::plan_on(&mut tx, next, today).await?,
        None => None,
    };
    let left = match stored.purchase {
        Some(purchase) => purchases::grant(&mut tx, purchase).await?.map(|grant| grant.left),
        None => None,
    };
    Ok(SubscriptionPage {
        id: stored.id,
        state: stored.standing.state,
        wish: stored.standing.wish,
        plan,
        next,
        last: stored.standing.last,
        left,
        plans: subscriptions::plans(&mut tx, today).await?,
        vat: catalogue::settings(&mut tx, now).await?.vat.of(today),
        may_buy: viewer.may(Capability::Buy),
        method: stored.method,
        card: saved_cards::shown(&mut tx, viewer.customer()).await?,
        takes_cards: card::is_on(app),
    })
}
