//! Money that goes back: refunds that a manager decides, and disputes that the customer's bank begins.
//!
//! Order, then account, then the series of documents: whoever changes money of an order locks them so.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::tax_documents::{Credit, issue_credit_note};
use crate::{
    model::{
        base::{
            fields::{FieldCode, check_length},
            ids::{CustomerId, GrantId, RefundId},
            money::Money,
            text,
        },
        minutes::ledger::{Draw, Posting},
        money::{
            card::PaymentAlertKind,
            purchases::{Dispute, OrderEventKind, OrderNumber, PaymentMethod, RefundState},
            sales::{Refund, Refundable},
        },
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            minutes::ledger::{self, Cause, Transfer},
            money::{
                payment_alerts,
                purchases::{self, Actor, StoredOrder, StoredRefund},
                refunds::{self, NewRefund},
            },
            queue, retrying,
        },
        service::minutes::alerts::{level, raise_alert},
    },
};

/// Gives back minutes of an order for their share of its price: at most what is left. The money goes back the way that it
/// came: by card at once, by transfer when a manager has [sent it](note_paid).
///
/// * `key` – made with the form; the refund's identity
///
/// # Errors
/// [`Problem::Invalid`] for more minutes than are left or without a reason, [`Problem::Conflict`] for an order that is not
/// paid or is disputed.
pub async fn request(
    app: &App,
    manager: &Manager,
    number: OrderNumber,
    minutes: &str,
    reason: &str,
    key: RefundId,
) -> Result<(), Problem> {
    let minutes: u32 = minutes.trim().parse().map_err(|_| Problem::field("minutes", FieldCode::NotANumber))?;
    if let Some(code) = check_length(reason, NOTE_MIN, NOTE_MAX) {
        return Err(Problem::field("reason", code));
    }
    let reason = text::lines(reason);
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let known = purchases::by_number(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::lock(&mut tx, known.order.id).await?.ok_or(Problem::NotFound)?;
        if let Some(known) = purchases::refund(&mut tx, key).await? {
            // The same form once more; or another one under its key, of which nothing may be believed to be done.
            let is_the_same = (known.order, known.minutes, &known.reason) == (stored.order.id, minutes, &reason);
            return if is_the_same { Ok(()) } else { Err(Problem::Conflict) };
        }
        give_back(&mut tx, manager, &stored, minutes, &reason, key, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn give_back(
    tx: &mut Tx,
    manager: &Manager,
    stored: &StoredOrder,
    minutes: u32,
    reason: &str,
    id: RefundId,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    ledger::lock(tx, stored.customer).await?;
    let (grant, refundable) = refundable(tx, stored, now).await?.ok_or(Problem::Conflict)?;
    let amount =
        refundable.amount(&stored.order, minutes).ok_or_else(|| Problem::field("minutes", FieldCode::OutOfRange))?;
    let before = level(tx, stored.customer, now).await?;
    let (source, by) = (id.to_string(), Some(manager.id()));
    // What was returned at Stripe and not here stands on no credit note yet: it comes to this one.
    let uncredited = refunds::uncredited(tx, stored.order.id).await?;
    let state = if amount == Money::ZERO { RefundState::PaidOtherwise } else { RefundState::Requested };
    let refund = NewRefund { id, minutes, amount, reason, by, at: now, state, stripe_refund: None };
    refunds::insert(tx, stored, &refund).await?;
    let taken = Transfer { customer: stored.customer, grant, minutes, source: &source, by, reason, at: now };
    ledger::refund(tx, &taken).await?;
    purchases::tell(tx, stored, OrderEventKind::RefundRequested, &source, Actor::Staff(manager.id()), reason, now)
        .await?;
    if stored.order.method == PaymentMethod::Card && amount > Money::ZERO {
        queue::job(tx, "send_refund", &json!({ "refund": id }), &source).await?;
    }
    raise_alert(tx, stored.customer, before, now).await?;
    let former: Money = uncredited.iter().map(|(_, amount)| *amount).sum();
    let credit = Credit { refund: id, minutes, amount: amount + former, reason };
    if credit.amount > Money::ZERO
        && let Some(document) = issue_credit_note(tx, stored, credit, now).await?
    {
        for refund in uncredited.into_iter().map(|(refund, _)| refund).chain([id]) {
            refunds::note_document(tx, refund, document).await?;
        }
    }
    Ok(())
}

/// What of an order can be given back now, and of which grant; none when nothing can.
pub(crate) async fn refundable(
    tx: &mut Tx,
    stored: &StoredOrder,
    now: DateTime<Utc>,
) -> Result<Option<(GrantId, Refundable)>, Problem> {
    let is_open_to_it = stored.order.paid_at.is_some() && matches!(stored.order.dispute, Dispute::None | Dispute::Won);
    let Some((grant, left, expires_at)) = refunds::grant_of(tx, stored.order.id).await? else { return Ok(None) };
    if !is_open_to_it || left == 0 || expires_at.is_some_and(|expires| expires <= now) {
        return Ok(None);
    }
    let former = refunds::of_order(tx, stored.order.id).await?;
    let counted = former.iter().filter(|refund| takes_money(refund));
    Ok(Some((
        grant,
        Refundable {
            minutes: left,
            minutes_before: counted.clone().map(|refund| refund.minutes).sum(),
            amount_before: counted.map(|refund| refund.amount).sum(),
        },
    )))
}

/// Whether a refund's money is gone or owed. One of ours that failed is owed still; one that was made at Stripe and failed
/// never was.
fn takes_money(refund: &Refund) -> bool {
    refund.minutes > 0 || refund.state != RefundState::Failed
}

/// Notes that the money of a refund was returned by transfer: where it is returned that way, and where the card failed.
///
/// # Errors
/// [`Problem::Conflict`] while it is on its way otherwise.
pub async fn note_paid(app: &App, manager: &Manager, id: RefundId) -> Result<OrderNumber, Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let order = refunds::order_of(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::lock(&mut tx, order).await?.ok_or(Problem::NotFound)?;
        let refund = find(&mut tx, &stored, id).await?.ok_or(Problem::NotFound)?;
        let waits = match stored.order.method {
            PaymentMethod::Card => refund.state == RefundState::Failed && refund.minutes > 0,
            PaymentMethod::Transfer => refund.state == RefundState::Requested,
        };
        if refund.state != RefundState::PaidOtherwise {
            if !waits {
                return Err(Problem::Conflict);
            }
            refunds::note_state(&mut tx, &refund, RefundState::PaidOtherwise, None).await?;
            refunds::sum_up(&mut tx, order).await?;
            refunds::resolve_alert(&mut tx, id, manager.id(), now).await?;
            let (kind, source) = (OrderEventKind::Refunded, format!("{id}:otherwise"));
            purchases::tell(&mut tx, &stored, kind, &source, Actor::Staff(manager.id()), "", now).await?;
            tx.commit().await?;
        }
        Ok(stored.order.number)
    })
    .await
}

async fn find(tx: &mut Tx, stored: &StoredOrder, id: RefundId) -> Result<Option<StoredRefund>, Problem> {
    Ok(purchases::refunds(tx, stored.order.id).await?.into_iter().find(|refund| refund.id == id))
}

/// What Stripe says about a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundNews<'a> {
    /// Which of ours it is, if it bears our identity; one that was made at Stripe does not.
    pub ours: Option<RefundId>,
    /// What it is called at Stripe.
    pub stripe_refund: &'a str,
    /// How much, including VAT.
    pub amount: Money,
    /// Where it is.
    pub state: RefundState,
}

/// Learns where a refund of an order is. The order is locked.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn learn_refund(
    tx: &mut Tx,
    stored: &StoredOrder,
    news: RefundNews<'_>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let known = purchases::refunds(tx, stored.order.id).await?;
    let by_name = known.iter().find(|refund| refund.stripe_refund.as_deref() == Some(news.stripe_refund));
    let refund = match by_name.or_else(|| known.iter().find(|refund| Some(refund.id) == news.ours)) {
        Some(refund) => refund.clone(),
        None => foreign(tx, stored, &news, now).await?,
    };
    refunds::note_state(tx, &refund, news.state, Some(news.stripe_refund)).await?;
    refunds::sum_up(tx, stored.order.id).await?;
    let source = refund.id.to_string();
    match news.state {
        RefundState::Succeeded => {
            purchases::tell(tx, stored, OrderEventKind::Refunded, &source, Actor::System, "", now).await?;
        }
        RefundState::Failed => {
            let details = json!({ "stripe": news.stripe_refund, "amount": news.amount.to_crowns().to_string() });
            tell_failed(tx, stored, &refund, &details, now).await?;
        }
        RefundState::Requested | RefundState::Pending | RefundState::PaidOtherwise => {}
    }
    Ok(())
}

/// Learns that Stripe refuses to return money that was decided about here: it has no name there, and a person has to send it.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such refund, [`Problem::Unavailable`] when the database does not answer.
pub async fn refuse_refund(
    tx: &mut Tx,
    stored: &StoredOrder,
    id: RefundId,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let refund = find(tx, stored, id).await?.ok_or(Problem::NotFound)?;
    refunds::note_state(tx, &refund, RefundState::Failed, None).await?;
    refunds::sum_up(tx, stored.order.id).await?;
    tell_failed(tx, stored, &refund, &json!({ "why": why }), now).await
}

async fn tell_failed(
    tx: &mut Tx,
    stored: &StoredOrder,
    refund: &StoredRefund,
    details: &serde_json::Value,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let source = refund.id.to_string();
    purchases::tell(tx, stored, OrderEventKind::RefundFailed, &source, Actor::System, "", now).await?;
    // It may have been returned otherwise before Stripe said so.
    if refund.state != RefundState::PaidOtherwise {
        raise(tx, PaymentAlertKind::RefundFailed, &source, stored, details, now).await?;
    }
    Ok(())
}

/// Writes down a refund that was made at Stripe. It takes no minutes: whether it should is a manager's to say.
async fn foreign(
    tx: &mut Tx,
    stored: &StoredOrder,
    news: &RefundNews<'_>,
    now: DateTime<Utc>,
) -> Result<StoredRefund, Problem> {
    let id = foreign_id(news.stripe_refund);
    let refund = NewRefund {
        id,
        minutes: 0,
        amount: news.amount,
        reason: "",
        by: None,
        at: now,
        state: RefundState::Requested,
        stripe_refund: Some(news.stripe_refund),
    };
    refunds::insert(tx, stored, &refund).await?;
    let details = json!({ "amount": news.amount.to_crowns().to_string() });
    raise(tx, PaymentAlertKind::ForeignRefund, news.stripe_refund, stored, &details, now).await?;
    // Another order's would not be found here: that name is taken, and nothing is known of why.
    find(tx, stored, id).await?.ok_or(Problem::Conflict)
}

/// The identity of a refund that has none of ours: the same for the same name, whoever learns it first.
fn foreign_id(stripe_refund: &str) -> RefundId {
    let digest: [u8; 32] = Sha256::digest(stripe_refund).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    RefundId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Learns where the dispute over an order's payment is: what is left of its minutes is frozen while it is open and stays so
/// when it is lost. The order is locked.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn learn_dispute(
    tx: &mut Tx,
    stored: &StoredOrder,
    dispute: Dispute,
    stripe_dispute: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let kind = match dispute {
        Dispute::None => return Ok(()),
        Dispute::Open => OrderEventKind::DisputeOpened,
        Dispute::Won => OrderEventKind::DisputeWon,
        Dispute::Lost => OrderEventKind::DisputeLost,
    };
    purchases::note_dispute(tx, stored.order.id, dispute).await?;
    purchases::tell(tx, stored, kind, stripe_dispute, Actor::System, "", now).await?;
    raise(tx, PaymentAlertKind::Dispute, stripe_dispute, stored, &json!({}), now).await?;
    freeze_or_thaw(tx, stored, now).await
}

async fn raise(
    tx: &mut Tx,
    kind: PaymentAlertKind,
    source: &str,
    stored: &StoredOrder,
    details: &serde_json::Value,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    payment_alerts::raise(tx, kind, source, Some(stored.order.id), details, now).await?;
    Ok(())
}

/// What was learnt about refunds and disputes before the payment itself takes effect once that is known. The order is locked.
pub(crate) async fn catch_up(tx: &mut Tx, stored: &StoredOrder, now: DateTime<Utc>) -> Result<(), Problem> {
    refunds::sum_up(tx, stored.order.id).await?;
    freeze_or_thaw(tx, stored, now).await
}

/// Makes the minutes of an order fit its dispute as it is known now: none can be drawn while it is open or lost, none is
/// frozen when it is won. Repeating it changes nothing.
async fn freeze_or_thaw(tx: &mut Tx, stored: &StoredOrder, now: DateTime<Utc>) -> Result<(), Problem> {
    let dispute = refunds::dispute_of(tx, stored.order.id).await?;
    if dispute == Dispute::None {
        return Ok(());
    }
    ledger::lock(tx, stored.customer).await?;
    let Some((grant, left, _)) = refunds::grant_of(tx, stored.order.id).await? else { return Ok(()) };
    let before = level(tx, stored.customer, now).await?;
    let frozen = refunds::frozen(tx, grant).await?;
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
    raise_alert(tx, stored.customer, before, now).await
}

/// Freezes minutes that an intervention gave back to grants of disputed orders, and says which of `postings` that were. The
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
    let disputed = refunds::disputed(tx, cause.customer, &grants).await?;
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
