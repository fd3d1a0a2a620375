//! What customers do with their subscriptions: to the end of a period, and nothing is asked for what has not begun.

use chrono::NaiveDate;

use super::{advance, on_sale, stand_still};
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{BundleId, PurchaseId, RefundId, SubscriptionId},
            money::Money,
        },
        money::{
            purchases::{Closing, PaymentMethod, PurchaseEventKind},
            subscriptions::{PeriodPayment, SubscriptionAct, SubscriptionState, SubscriptionWish, TAKEN_BACK},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Buyer,
        db::{
            Tx,
            line::limits as count,
            money::{
                bank,
                purchase_events::{self, Actor},
                purchases,
                subscriptions::{self, StoredSubscription},
            },
            retrying,
        },
        service::money::{refunds::take_back_owed, saved_cards::take_due_of, supplier::admit_buying},
    },
};

/// Changes, pauses, ends or takes up the subscription of a customer: to the end of its period. What was asked for a period that has
/// not begun is taken back, unless something of it is paid or used. Repeating it changes nothing.
///
/// * `plan` – what it shall be of, for [`SubscriptionAct::Change`]
///
/// # Errors
/// [`Problem::NotFound`] for a subscription that is none of the customer's, or a plan that cannot be subscribed to;
/// [`Problem::Conflict`] for one that is over, and for what is not to be had any more where the subscription stands.
pub async fn change(
    app: &App,
    buyer: &Buyer,
    id: SubscriptionId,
    act: SubscriptionAct,
    plan: Option<BundleId>,
) -> Result<(), Problem> {
    retrying(|| async {
        let by = Actor::Member(buyer.id());
        let mut tx = app.db.system().await?;
        count::purchases_unpaid(&mut tx, buyer.customer()).await?;
        let found = subscriptions::lock(&mut tx, id).await?;
        let mut stored = found.filter(|stored| stored.customer == buyer.customer()).ok_or(Problem::NotFound)?;
        if !stands_open_to(&stored, act)? {
            return Ok(());
        }
        let today = to_local(app.clock.now()).date();
        match act {
            SubscriptionAct::Change => {
                let plan = on_sale(&mut tx, plan.ok_or(Problem::NotFound)?, today).await?.bundle.id;
                take_back_next(app, &mut tx, &mut stored, by).await?;
                stored.next = Some(plan).filter(|plan| *plan != stored.bundle);
            }
            SubscriptionAct::End => {
                take_back_next(app, &mut tx, &mut stored, by).await?;
                match stored.standing.state {
                    SubscriptionState::Active => stored.standing.wish = Some(SubscriptionWish::End),
                    _ => stand_still(&mut stored, SubscriptionState::Ended),
                }
            }
            SubscriptionAct::Pause => {
                take_back_next(app, &mut tx, &mut stored, by).await?;
                stored.standing.wish = Some(SubscriptionWish::Pause);
            }
            SubscriptionAct::Keep => (stored.standing.wish, stored.next) = (None, None),
            SubscriptionAct::Resume => {
                admit_buying(&mut tx).await?;
                take_up(&mut tx, &mut stored, today).await?;
            }
            SubscriptionAct::ByTransfer => stored.method = PaymentMethod::Transfer,
        }
        subscriptions::keep(&mut tx, &stored).await?;
        if matches!(act, SubscriptionAct::Resume | SubscriptionAct::End) {
            advance(app, &mut tx, &mut stored, by).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    // Whoever takes it up is there, and sees at once whether the card is taken.
    if act == SubscriptionAct::Resume { take_due_of(app, buyer.customer()).await } else { Ok(()) }
}

/// Whether an act changes anything of a subscription as it stands now; no when it stands as it should already.
fn stands_open_to(stored: &StoredSubscription, act: SubscriptionAct) -> Result<bool, Problem> {
    match (act, stored.standing.state, stored.standing.wish) {
        (SubscriptionAct::End, SubscriptionState::Ended, _)
        | (SubscriptionAct::Pause, SubscriptionState::Paused, _)
        | (SubscriptionAct::Resume, SubscriptionState::Active, None) => Ok(false),
        // Whoever wants it to go on is not told that it does while it waits, or is going to.
        (_, SubscriptionState::Ended, _)
        | (SubscriptionAct::Keep, SubscriptionState::Paused, _)
        | (SubscriptionAct::Resume, SubscriptionState::Active, Some(_)) => Err(Problem::Conflict),
        _ => Ok(true),
    }
}

/// Takes back what was asked for a period that has not begun, as far as nobody has paid or used anything of it: then it was never
/// asked for.
async fn take_back_next(app: &App, tx: &mut Tx, stored: &mut StoredSubscription, by: Actor) -> Result<(), Problem> {
    let now = app.clock.now();
    let Some((last, id)) = stored.standing.last.zip(stored.purchase) else { return Ok(()) };
    if last.first_day <= to_local(now).date() {
        return Ok(());
    }
    let asked = purchases::lock(tx, id).await?.ok_or(Problem::NotFound)?;
    let is_taken_back = if asked.purchase.is_owed() {
        take_back_owed(tx, by, &asked, TAKEN_BACK, RefundId(app.random.uuid()), now).await?
    } else if asked.purchase.is_unpaid() {
        let is_unpaid = bank::paid_for_purchase(tx, id).await? == Money::ZERO;
        if is_unpaid && purchases::note_closed(tx, id, Closing::Cancelled, now).await? {
            purchase_events::record(tx, &asked, PurchaseEventKind::Cancelled, "", by, "", now).await?;
        }
        is_unpaid
    } else {
        asked.purchase.paid_at.is_none()
    };
    if is_taken_back { forget_last(tx, stored, id).await } else { Ok(()) }
}

/// The latest period was not paid, and gives up its days.
async fn forget_last(tx: &mut Tx, stored: &mut StoredSubscription, purchase: PurchaseId) -> Result<(), Problem> {
    subscriptions::delete_period(tx, purchase).await?;
    *stored = subscriptions::lock(tx, stored.id).await?.ok_or(Problem::NotFound)?;
    Ok(())
}

/// From today, or from where the latest period ends: what was paid is not cut short, and what did not come holds up nothing. A payment
/// that is still waited for is the one that is asked for.
async fn take_up(tx: &mut Tx, stored: &mut StoredSubscription, today: NaiveDate) -> Result<(), Problem> {
    if let Some(purchase) = stored.purchase
        && stored.standing.last.is_some_and(|last| last.payment == PeriodPayment::Lapsed)
        // Late money may have come in between.
        && purchases::lock(tx, purchase).await?.is_some_and(|stored| stored.purchase.paid_at.is_none())
    {
        forget_last(tx, stored, purchase).await?;
    }
    let standing = &mut stored.standing;
    standing.state = SubscriptionState::Active;
    if standing.last.is_none_or(|last| last.payment != PeriodPayment::Awaited) {
        standing.anchor = standing.last.map_or(today, |last| last.until.max(today));
        standing.anchor_ordinal = standing.last.map_or(0, |last| last.ordinal + 1);
    }
    Ok(())
}
