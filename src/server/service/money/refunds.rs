//! Money that goes back: refunds that a manager decides, and what Stripe tells of them.
//!
//! Purchase, then account, then the series of documents: whoever changes money of a purchase locks them so.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    disputes::noted_as_taken,
    tax_documents::{Credit, credit_note_key, issue_credit_note},
};
use crate::{
    model::{
        base::{
            fields::{FieldCode, keep_lines},
            ids::{GrantId, RefundId},
            money::Money,
        },
        money::{
            card::PaymentAlertKind,
            purchases::{Closing, Dispute, PaymentMethod, PurchaseEventKind, PurchaseNumber},
            refunds::{Refund, RefundState, Refundable},
        },
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            minutes::ledger::{self, Transfer},
            money::{
                balances, bank, disputes, payment_alerts,
                purchase_events::{self, Actor},
                purchases::{self, StoredPurchase},
                refunds::{self, NewRefund, StoredRefund},
                tax_documents, unmatching,
            },
            queue, retrying,
        },
        service::minutes::alerts::{level, raise_alert},
    },
};

/// Gives back minutes of a purchase for their share of its price: at most what is left. The money goes back the way that it
/// came: by card at once, by transfer when a manager has [sent it](note_paid).
///
/// * `key` – made with the form; the refund's identity
///
/// # Errors
/// [`Problem::Invalid`] for more minutes than are left or without a reason, [`Problem::Conflict`] for a purchase that is not
/// paid or is disputed.
pub async fn request(
    app: &App,
    manager: &Manager,
    number: PurchaseNumber,
    minutes: &str,
    reason: &str,
    key: RefundId,
) -> Result<(), Problem> {
    let minutes: u32 = minutes.trim().parse().map_err(|_| Problem::field("minutes", FieldCode::NotANumber))?;
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let known = purchases::by_number(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::lock(&mut tx, known.purchase.id).await?.ok_or(Problem::NotFound)?;
        if let Some(known) = refunds::find(&mut tx, key).await? {
            // The same form once more; or another one under its key, of which nothing may be believed to be done.
            let is_the_same = (known.purchase, known.minutes, &known.reason) == (stored.purchase.id, minutes, &reason);
            return if is_the_same { Ok(()) } else { Err(Problem::Conflict) };
        }
        give_back(&mut tx, Actor::Staff(manager.id()), &stored, minutes, &reason, key, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn give_back(
    tx: &mut Tx,
    actor: Actor,
    stored: &StoredPurchase,
    minutes: u32,
    reason: &str,
    id: RefundId,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    ledger::lock(tx, stored.customer).await?;
    let is_owed = stored.purchase.is_owed();
    let (grant, refundable) = refundable(tx, stored, now).await?.ok_or(Problem::Conflict)?;
    let credited =
        refundable.amount(&stored.purchase, minutes).ok_or_else(|| Problem::field("minutes", FieldCode::OutOfRange))?;
    let before = level(tx, stored.customer, now).await?;
    let source = id.to_string();
    let by = if let Actor::Staff(staff) = actor { Some(staff) } else { None };
    // What was returned at Stripe and not here stands on no credit note yet: it comes to this one.
    let uncredited = refunds::uncredited(tx, stored.purchase.id).await?;
    // What nobody has paid does not go back.
    let (amount, waived) = if is_owed { (Money::ZERO, credited) } else { (credited, Money::ZERO) };
    let state = if amount == Money::ZERO { RefundState::PaidOtherwise } else { RefundState::Requested };
    let refund = NewRefund { id, minutes, amount, waived, reason, by, at: now, state, stripe_refund: None };
    refunds::insert(tx, stored, &refund).await?;
    let taken = Transfer { customer: stored.customer, grant, minutes, source: &source, by, reason, at: now };
    ledger::refund(tx, &taken).await?;
    let kind = if is_owed { PurchaseEventKind::CreditNoteIssued } else { PurchaseEventKind::RefundRequested };
    purchase_events::record(tx, stored, kind, &source, actor, reason, now).await?;
    if stored.purchase.method == PaymentMethod::Card && amount > Money::ZERO {
        queue::job(tx, "send_refund", &json!({ "refund": id }), &source).await?;
    }
    raise_alert(tx, stored.customer, before, None, now).await?;
    let former: Money = uncredited.iter().map(|(_, amount)| *amount).sum();
    let credit = Credit { refund: id, minutes, amount: credited + former, reason };
    if credit.amount > Money::ZERO
        && let Some(document) = issue_credit_note(tx, stored, credit, now).await?
    {
        for refund in uncredited.into_iter().map(|(refund, _)| refund).chain([id]) {
            refunds::note_document(tx, refund, document).await?;
        }
    }
    if is_owed { settle_owed(tx, stored, actor, now).await } else { Ok(()) }
}

/// Takes all minutes of a [locked](purchases::lock) purchase back that are owed: its invoice is credited, and it has ended. Tells
/// whether it could: not once any minute was drawn or any money came.
pub(super) async fn take_back_owed(
    tx: &mut Tx,
    actor: Actor,
    stored: &StoredPurchase,
    reason: &str,
    id: RefundId,
    now: DateTime<Utc>,
) -> Result<bool, Problem> {
    let minutes = stored.purchase.minutes;
    ledger::lock(tx, stored.customer).await?;
    let is_whole = refundable(tx, stored, now).await?.is_some_and(|(_, refundable)| refundable.minutes == minutes);
    if stored.purchase.is_owed() && is_whole {
        give_back(tx, actor, stored, minutes, reason, id, now).await?;
        return Ok(true);
    }
    Ok(false)
}

/// What follows once some of an unpaid invoice was credited: nothing while something is left to pay; else it is paid by what came
/// before, or has ended if nothing ever came.
async fn settle_owed(tx: &mut Tx, stored: &StoredPurchase, by: Actor, now: DateTime<Utc>) -> Result<(), Problem> {
    let (id, left) = (stored.purchase.id, owed(tx, stored).await?);
    if left > Money::ZERO {
        return Ok(());
    }
    if bank::paid_for_purchase(tx, id).await? > Money::ZERO {
        if purchases::note_paid(tx, id, now).await? {
            purchase_events::record_paid(tx, stored, by, now).await?;
        }
    } else if purchases::note_closed(tx, id, Closing::Cancelled, now).await? {
        purchase_events::record(tx, stored, PurchaseEventKind::Cancelled, "", by, "", now).await?;
    }
    Ok(())
}

/// What is left to pay of a purchase on an invoice, including VAT.
async fn owed(tx: &mut Tx, stored: &StoredPurchase) -> Result<Money, Problem> {
    let documents = tax_documents::of_purchase(tx, stored.purchase.id).await?;
    let asked: Money = documents.iter().map(|document| document.content.total()).sum();
    Ok(asked - bank::paid_for_purchase(tx, stored.purchase.id).await?)
}

/// What of a purchase's money went back past us and stands on no credit note: what was returned at Stripe, and what a lost dispute
/// took.
pub(crate) async fn returned_past_us(tx: &mut Tx, stored: &StoredPurchase) -> Result<Money, Problem> {
    let uncredited = refunds::uncredited(tx, stored.purchase.id).await?;
    Ok(uncredited.into_iter().map(|(_, amount)| amount).sum::<Money>() + taken_by_the_bank(tx, stored).await?)
}

/// What lost disputes took, each as much as it is about, as far as nobody has noted it.
async fn taken_by_the_bank(tx: &mut Tx, stored: &StoredPurchase) -> Result<Money, Problem> {
    if stored.purchase.paid_at.is_none() {
        return Ok(Money::ZERO);
    }
    let (lost, won) = disputes::lost_and_won_back(tx, stored.purchase.id).await?;
    let former = refunds::for_staff(tx, stored.purchase.id).await?;
    let gone: Money = former.iter().filter(|refund| takes_money(refund)).map(|refund| refund.amount).sum();
    let taken = lost + won - noted_as_taken(&former);
    // No more than is left of what was paid.
    Ok(taken.min(stored.purchase.total + won - gone).max(Money::ZERO))
}

/// Credits what of a purchase's money went back past us, whatever became of its minutes: none is taken.
///
/// * `key` – made with the form; the identity of the credit note
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when nothing went back or all of it is credited.
pub async fn credit_returned(
    app: &App,
    manager: &Manager,
    number: PurchaseNumber,
    reason: &str,
    key: RefundId,
) -> Result<(), Problem> {
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let known = purchases::by_number(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::lock(&mut tx, known.purchase.id).await?.ok_or(Problem::NotFound)?;
        if let Some(former) = tax_documents::by_key(&mut tx, &credit_note_key(key)).await? {
            let is_the_same = former.content.purchase.as_ref().is_some_and(|(purchase, _)| *purchase == number)
                && former.content.corrects.is_some_and(|(_, former)| former == reason);
            return if is_the_same { Ok(()) } else { Err(Problem::Conflict) };
        }
        credit_what_is_gone(&mut tx, manager, &stored, &reason, key, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn credit_what_is_gone(
    tx: &mut Tx,
    manager: &Manager,
    stored: &StoredPurchase,
    reason: &str,
    key: RefundId,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (id, by) = (stored.purchase.id, Some(manager.id()));
    let lost = taken_by_the_bank(tx, stored).await?;
    let mut gone = refunds::uncredited(tx, id).await?;
    if lost > Money::ZERO {
        let refund = NewRefund {
            id: key,
            minutes: 0,
            amount: lost,
            waived: Money::ZERO,
            reason,
            by,
            at: now,
            state: RefundState::PaidOtherwise,
            stripe_refund: None,
        };
        refunds::insert(tx, stored, &refund).await?;
        refunds::sum_up(tx, id).await?;
        gone.push((key, lost));
    }
    let amount = gone.iter().map(|(_, amount)| *amount).sum();
    let actor = Actor::Staff(manager.id());
    let kind = PurchaseEventKind::CreditNoteIssued;
    purchase_events::record(tx, stored, kind, &key.to_string(), actor, reason, now).await?;
    let credit = Credit { refund: key, minutes: 0, amount, reason };
    let document = issue_credit_note(tx, stored, credit, now).await?.ok_or(Problem::Conflict)?;
    for (refund, _) in gone {
        refunds::note_document(tx, refund, document).await?;
    }
    Ok(())
}

/// What of a purchase can be given back now, and of which grant; none when nothing can.
pub(crate) async fn refundable(
    tx: &mut Tx,
    stored: &StoredPurchase,
    now: DateTime<Utc>,
) -> Result<Option<(GrantId, Refundable)>, Problem> {
    let purchase = &stored.purchase;
    let is_open_to_it =
        purchase.is_owed() || (purchase.paid_at.is_some() && matches!(purchase.dispute, Dispute::None | Dispute::Won));
    let Some(grant) = purchases::grant(tx, stored.purchase.id).await? else { return Ok(None) };
    if !is_open_to_it || grant.left == 0 || grant.expires_at <= now {
        return Ok(None);
    }
    let former = refunds::for_staff(tx, stored.purchase.id).await?;
    let counted = former.iter().filter(|refund| takes_money(refund));
    let undone = unmatching::of_purchase(tx, purchase.id).await?;
    Ok(Some((
        grant.id,
        Refundable {
            minutes: if purchase.is_owed() { grant.left.min(minutes_owed(tx, stored).await?) } else { grant.left },
            minutes_before: counted.clone().map(|refund| refund.minutes).sum::<u32>() + undone.minutes + undone.claimed,
            // What was written off never came: the first refund bears it.
            amount_before: counted.map(|refund| refund.amount + refund.waived).sum::<Money>()
                + balances::written_off_of(tx, purchase.id).await?
                + undone.lost,
        },
    )))
}

/// How many minutes of an unpaid invoice can be credited: all of them, or those for which no money came yet.
async fn minutes_owed(tx: &mut Tx, stored: &StoredPurchase) -> Result<u32, Problem> {
    if bank::paid_for_purchase(tx, stored.purchase.id).await? == Money::ZERO {
        return Ok(stored.purchase.minutes);
    }
    let (minutes, total) = (i128::from(stored.purchase.minutes), i128::from(stored.purchase.total.haler()));
    let owed = i128::from(owed(tx, stored).await?.haler());
    Ok(u32::try_from(owed * minutes / total.max(1)).unwrap_or(0))
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
pub async fn note_paid(app: &App, manager: &Manager, id: RefundId) -> Result<PurchaseNumber, Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let purchase = refunds::purchase_of(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let stored = purchases::lock(&mut tx, purchase).await?.ok_or(Problem::NotFound)?;
        let refund = find(&mut tx, &stored, id).await?.ok_or(Problem::NotFound)?;
        let waits = match stored.purchase.method {
            PaymentMethod::Card => refund.state == RefundState::Failed && refund.minutes > 0,
            PaymentMethod::Transfer => refund.state == RefundState::Requested,
        };
        if refund.state != RefundState::PaidOtherwise {
            if !waits {
                return Err(Problem::Conflict);
            }
            refunds::note_state(&mut tx, &refund, RefundState::PaidOtherwise, None).await?;
            refunds::sum_up(&mut tx, purchase).await?;
            payment_alerts::resolve_failed_refund(&mut tx, id, manager.id(), now).await?;
            let (kind, source) = (PurchaseEventKind::Refunded, format!("{id}:otherwise"));
            purchase_events::record(&mut tx, &stored, kind, &source, Actor::Staff(manager.id()), "", now).await?;
            tx.commit().await?;
        }
        Ok(stored.purchase.number)
    })
    .await
}

async fn find(tx: &mut Tx, stored: &StoredPurchase, id: RefundId) -> Result<Option<StoredRefund>, Problem> {
    Ok(refunds::of_purchase(tx, stored.purchase.id).await?.into_iter().find(|refund| refund.id == id))
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

/// Learns where a refund of a purchase is. The purchase is locked.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn learn_refund(
    tx: &mut Tx,
    stored: &StoredPurchase,
    news: RefundNews<'_>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let known = refunds::of_purchase(tx, stored.purchase.id).await?;
    let by_name = known.iter().find(|refund| refund.stripe_refund.as_deref() == Some(news.stripe_refund));
    let refund = match by_name.or_else(|| known.iter().find(|refund| Some(refund.id) == news.ours)) {
        Some(refund) => refund.clone(),
        None => write_down_made_at_stripe(tx, stored, &news, now).await?,
    };
    refunds::note_state(tx, &refund, news.state, Some(news.stripe_refund)).await?;
    refunds::sum_up(tx, stored.purchase.id).await?;
    let source = refund.id.to_string();
    match news.state {
        RefundState::Succeeded => {
            purchase_events::record(tx, stored, PurchaseEventKind::Refunded, &source, Actor::System, "", now).await?;
        }
        RefundState::Failed => {
            let details = json!({ "stripe": news.stripe_refund, "amount": news.amount.to_crowns().to_string() });
            note_failure(tx, stored, &refund, &details, now).await?;
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
    stored: &StoredPurchase,
    id: RefundId,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let refund = find(tx, stored, id).await?.ok_or(Problem::NotFound)?;
    refunds::note_state(tx, &refund, RefundState::Failed, None).await?;
    refunds::sum_up(tx, stored.purchase.id).await?;
    note_failure(tx, stored, &refund, &json!({ "why": why }), now).await
}

async fn note_failure(
    tx: &mut Tx,
    stored: &StoredPurchase,
    refund: &StoredRefund,
    details: &serde_json::Value,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let source = refund.id.to_string();
    purchase_events::record(tx, stored, PurchaseEventKind::RefundFailed, &source, Actor::System, "", now).await?;
    // It may have been returned otherwise before Stripe said so.
    if refund.state != RefundState::PaidOtherwise {
        payment_alerts::raise(tx, PaymentAlertKind::RefundFailed, &source, Some(stored.purchase.id), details, now)
            .await?;
    }
    Ok(())
}

/// Writes down a refund that was made at Stripe. It takes no minutes: whether it should is a manager's to say.
async fn write_down_made_at_stripe(
    tx: &mut Tx,
    stored: &StoredPurchase,
    news: &RefundNews<'_>,
    now: DateTime<Utc>,
) -> Result<StoredRefund, Problem> {
    let id = id_of_name(news.stripe_refund);
    let refund = NewRefund {
        id,
        minutes: 0,
        amount: news.amount,
        waived: Money::ZERO,
        reason: "",
        by: None,
        at: now,
        state: RefundState::Requested,
        stripe_refund: Some(news.stripe_refund),
    };
    refunds::insert(tx, stored, &refund).await?;
    let details = json!({ "amount": news.amount.to_crowns().to_string() });
    payment_alerts::raise(
        tx,
        PaymentAlertKind::ForeignRefund,
        news.stripe_refund,
        Some(stored.purchase.id),
        &details,
        now,
    )
    .await?;
    // Another purchase's would not be found here: that name is taken, and nothing is known of why.
    find(tx, stored, id).await?.ok_or(Problem::Conflict)
}

/// The identity of a refund that has none of ours: the same for the same name, whoever learns it first.
fn id_of_name(stripe_refund: &str) -> RefundId {
    let digest: [u8; 32] = Sha256::digest(stripe_refund).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    RefundId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
