//! Disputes that the customer's bank begins: what is left of the purchase's minutes is frozen until the dispute is won.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::tax_documents::issue_on_won_back;
use crate::{
    model::{
        base::{
            ids::{CustomerId, GrantId, RefundId},
            money::Money,
        },
        minutes::ledger::{Draw, Posting},
        money::{
            card::PaymentAlertKind,
            purchases::{Dispute, PurchaseEventKind, PurchaseNumber},
            refunds::Refund,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            minutes::ledger::{self, Cause, Transfer},
            money::{
                disputes::{self, NewWonBack},
                payment_alerts,
                purchase_events::{self, Actor},
                purchases::{self, PurchaseGrant, StoredPurchase},
                refunds, tax_documents,
            },
            retrying,
        },
        service::minutes::alerts::{level, raise_alert},
    },
};

/// Learns where the dispute over a purchase's payment is: what is left of its minutes is frozen while it is open and stays so
/// when it is lost. The purchase is locked.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn learn(
    tx: &mut Tx,
    stored: &StoredPurchase,
    dispute: Dispute,
    stripe_dispute: &str,
    amount: Option<Money>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let kind = match dispute {
        Dispute::None => return Ok(()),
        Dispute::Open => PurchaseEventKind::DisputeOpened,
        Dispute::Won => PurchaseEventKind::DisputeWon,
        Dispute::Lost => PurchaseEventKind::DisputeLost,
    };
    disputes::note(tx, stored.purchase.id, stripe_dispute, dispute, amount).await?;
    purchase_events::record(tx, stored, kind, stripe_dispute, Actor::System, "", now).await?;
    payment_alerts::raise(tx, PaymentAlertKind::Dispute, stripe_dispute, Some(stored.purchase.id), &json!({}), now)
        .await?;
    if won_back(tx, stored).await? > Money::ZERO {
        // It was credited as lost, and has come again: somebody has to have that documented.
        let source = format!("won:{stripe_dispute}");
        payment_alerts::raise(tx, PaymentAlertKind::Dispute, &source, Some(stored.purchase.id), &json!({}), now)
            .await?;
    }
    freeze_or_thaw(tx, stored, now).await
}

/// What was credited as lost with a dispute, came again, and stands on no document.
pub(crate) async fn won_back(tx: &mut Tx, stored: &StoredPurchase) -> Result<Money, Problem> {
    let (lost, won) = disputes::lost_and_won_back(tx, stored.purchase.id).await?;
    let noted = noted_as_taken(&refunds::for_staff(tx, stored.purchase.id).await?);
    Ok((noted - won - lost).max(Money::ZERO))
}

/// What somebody has noted as taken by the bank.
pub(super) fn noted_as_taken(refunds: &[Refund]) -> Money {
    refunds.iter().filter(|refund| refund.was_taken_by_the_bank()).map(|refund| refund.amount).sum()
}

/// Has the money documented that a dispute took and that came again: it is taxed as the payment was.
///
/// * `key` – made with the form
///
/// # Errors
/// [`Problem::Conflict`] when none came that is not documented.
pub async fn document_won_back(
    app: &App,
    manager: &Manager,
    number: PurchaseNumber,
    key: RefundId,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let known = purchases::by_number(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::lock(&mut tx, known.purchase.id).await?.ok_or(Problem::NotFound)?;
        if let Some(former) = tax_documents::by_key(&mut tx, &won_back_key(key)).await? {
            let is_the_same = former.content.purchase.is_some_and(|(purchase, _)| purchase == number);
            return if is_the_same { Ok(()) } else { Err(Problem::Conflict) };
        }
        let amount = won_back(&mut tx, &stored).await?;
        if amount <= Money::ZERO {
            return Err(Problem::Conflict);
        }
        let issued = issue_on_won_back(&mut tx, &stored, &won_back_key(key), amount, now).await?;
        let document = issued.ok_or(Problem::Conflict)?;
        let (id, customer, purchase) = (key, stored.customer, stored.purchase.id);
        let won = NewWonBack { id, customer, purchase, amount, document, by: manager.id(), at: now };
        disputes::note_won_back(&mut tx, &won).await?;
        refunds::sum_up(&mut tx, purchase).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn won_back_key(key: RefundId) -> String {
    format!("won:{key}")
}

/// Says what became of a transfer for a purchase that is gone again. While it is being settled, and when the money will not come, what
/// is left of the minutes is frozen, as with a dispute; when it has come once more, they can be drawn again.
///
/// # Errors
/// [`Problem::Conflict`] when no transfer is gone, or that was said of it before what follows from it.
pub async fn decide_reversal(
    app: &App,
    manager: &Manager,
    number: PurchaseNumber,
    became: Dispute,
) -> Result<(), Problem> {
    let kind = match became {
        Dispute::None => return Err(Problem::Malformed),
        Dispute::Open => PurchaseEventKind::DisputeOpened,
        Dispute::Won => PurchaseEventKind::DisputeWon,
        Dispute::Lost => PurchaseEventKind::DisputeLost,
    };
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.system().await?;
        let known = purchases::by_number(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::lock(&mut tx, known.purchase.id).await?.ok_or(Problem::NotFound)?;
        let gone = disputes::reversed_transfer(&mut tx, stored.purchase.id).await?.ok_or(Problem::Conflict)?;
        if gone.reversal.state == became {
            return Ok(());
        }
        let follows = match became {
            Dispute::Open => gone.reversal.state == Dispute::None,
            Dispute::Won | Dispute::Lost => gone.reversal.state == Dispute::Open,
            Dispute::None => false,
        };
        if !follows {
            return Err(Problem::Conflict);
        }
        let name = gone.name();
        disputes::note(&mut tx, stored.purchase.id, &name, became, Some(gone.reversal.amount)).await?;
        purchase_events::record(&mut tx, &stored, kind, &name, Actor::Staff(manager.id()), "", now).await?;
        payment_alerts::resolve(&mut tx, gone.alert, manager.id(), now).await?;
        freeze_or_thaw(&mut tx, &stored, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Makes the minutes of a purchase fit its dispute as it is known now: none can be drawn while it is open or lost, none is
/// frozen when it is won. Repeating it changes nothing.
pub(crate) async fn freeze_or_thaw(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    let dispute = disputes::of_purchase(tx, stored.purchase.id).await?;
    if dispute == Dispute::None {
        return Ok(());
    }
    ledger::lock(tx, stored.customer).await?;
    let Some(PurchaseGrant { id: grant, left, .. }) = purchases::grant(tx, stored.purchase.id).await? else {
        return Ok(());
    };
    let before = level(tx, stored.customer, now).await?;
    let frozen = disputes::frozen_minutes(tx, grant).await?;
    // How often the account of minutes has changed tells one freezing of a grant from the next.
    let place = ledger::last_seq(tx, stored.customer).await?;
    let source = |what: &str| format!("{grant}:{what}:{place}");
    let transfer =
        |minutes, source| Transfer { customer: stored.customer, grant, minutes, source, by: None, reason: "", at: now };
    match dispute {
        Dispute::Open | Dispute::Lost if left > 0 => ledger::freeze(tx, &transfer(left, &source("freeze"))).await?,
        Dispute::Won if frozen > 0 => ledger::thaw(tx, &transfer(frozen, &source("thaw"))).await?,
        Dispute::None | Dispute::Open | Dispute::Lost | Dispute::Won => return Ok(()),
    }
    raise_alert(tx, stored.customer, before, None, now).await
}

/// Freezes minutes that an intervention gave back to grants of disputed purchases, and says which of `postings` that were. The
/// account is locked.
pub(crate) async fn freeze_returned(
    tx: &mut Tx,
    cause: &Cause<'_>,
    postings: &[Posting],
) -> Result<Vec<GrantId>, Problem> {
    let returned: Vec<Draw> = postings
        .iter()
        .filter_map(|posting| match *posting {
            Posting::Return(draw) => Some(draw),
            Posting::Draw(_) | Posting::Charge(_) | Posting::Waive(_) => None,
        })
        .collect();
    if returned.is_empty() {
        return Ok(Vec::new());
    }
    let grants: Vec<GrantId> = returned.iter().map(|draw| draw.grant).collect();
    let disputed = disputes::disputed_grants(tx, cause.customer, &grants).await?;
    for draw in returned.iter().filter(|draw| disputed.contains(&draw.grant)) {
        freeze_draw(tx, cause.customer, cause, draw).await?;
    }
    Ok(disputed)
}

async fn freeze_draw(tx: &mut Tx, customer: CustomerId, cause: &Cause<'_>, draw: &Draw) -> Result<(), Problem> {
    let source = format!("{}:return:{}:{}", draw.grant, cause.intervention, cause.version);
    let transfer = Transfer {
        customer,
        grant: draw.grant,
        minutes: draw.minutes,
        source: &source,
        by: None,
        reason: cause.reason,
        at: cause.at,
    };
    Ok(ledger::freeze(tx, &transfer).await?)
}
