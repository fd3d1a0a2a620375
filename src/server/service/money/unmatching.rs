//! Taking a payment back from what it had paid, also where something rests on that: it turns out to be another's.
//!
//! The bank's payments, then purchase, account, and the series of documents are locked, as by whoever else moves money.

use chrono::{DateTime, Utc};

use super::{
    balances::{self as decided, DecidedPayment, checked_reason, reopen},
    tax_documents::{credit_note_key, issue_claim, issue_credit_of, left_of_document},
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{BankPaymentId, GrantId, RefundId, SettlingId},
            money::Money,
        },
        money::{
            purchases::{Dispute, PurchaseEventKind},
            refunds::RefundState,
            tax_documents::{DocumentKind, TaxDocument},
            unmatching::{Consequences, CreditToBe, PaidMinutes, Undone, UnmatchRefusal, Unmatching},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            minutes::ledger::{self, Transfer},
            money::{
                balances::{self, About, Reasoned},
                bank,
                purchase_events::{self, Actor},
                purchases::{self, PurchaseGrant, StoredPurchase},
                refunds, tax_documents as issued,
                unmatching::{self, MatchedPayment, NewUnmatching},
            },
            retrying,
        },
        service::minutes::alerts::{level, raise_alert},
    },
};

/// What happens when a payment is taken back: what is shown before it is done.
///
/// # Errors
/// [`Problem::NotFound`] when it pays nothing.
pub async fn page(app: &App, _: &Manager, payment: BankPaymentId) -> Result<Unmatching, Problem> {
    let mut tx = app.db.staff().await?;
    let found = unmatching::matched(&mut tx, payment).await?.ok_or(Problem::NotFound)?;
    let stored = match found.purchase {
        Some((_, number)) => purchases::by_number(&mut tx, number).await?,
        None => None,
    };
    let plan = look(&mut tx, &found, stored.as_ref(), app.clock.now()).await?;
    Ok(Unmatching {
        payment,
        booked_on: found.booked_on,
        amount: found.amount,
        counter_name: found.counter_name,
        variable_symbol: found.variable_symbol,
        number: found.number,
        kind: found.kind,
        customer: found.customer,
        customer_name: found.customer_name,
        purchase: found.purchase.map(|(_, number)| number),
        at_once: stored.is_some_and(|stored| stored.purchase.at_once),
        outcome: plan.map(|plan| plan.consequences),
    })
}

/// Takes a payment back from what it had paid, with all that rests on it: it waits for a decision again.
///
/// * `shown` – what was shown that would happen
/// * `key` – made with the form; the identity of what is written
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when something else would happen than what was shown, or it cannot be
/// taken back.
pub async fn undo(
    app: &App,
    manager: &Manager,
    payment: BankPaymentId,
    shown: &str,
    reason: &str,
    key: SettlingId,
) -> Result<(), Problem> {
    let reason = checked_reason(reason)?;
    retrying(|| async {
        let why = Reasoned { reason: &reason, by: manager.id(), at: app.clock.now() };
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        if let Some(former) = unmatching::of_form(&mut tx, key).await? {
            return if former == payment { Ok(()) } else { Err(Problem::Conflict) };
        }
        let Some(found) = unmatching::matched(&mut tx, payment).await? else {
            // It waits already: then that is done.
            let known = bank::payment(&mut tx, payment).await?.ok_or(Problem::NotFound)?;
            return if known.decided.is_none() { Ok(()) } else { Err(Problem::Conflict) };
        };
        let stored = match found.purchase {
            Some((purchase, _)) => purchases::lock(&mut tx, purchase).await?,
            None => None,
        };
        ledger::lock(&mut tx, found.customer).await?;
        let plan = look(&mut tx, &found, stored.as_ref(), why.at).await?.map_err(|_| Problem::Conflict)?;
        if plan.consequences.shown() != shown {
            return Err(Problem::Conflict);
        }
        match stored.as_ref().filter(|_| plan.rests_on_it) {
            Some(stored) => post(&mut tx, &found, stored, &plan, key, why).await?,
            None => reopen(&mut tx, payment, plan.decided, key, why).await?,
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn about(found: &MatchedPayment) -> About {
    About { document: found.document, earlier: found.earlier }
}

/// What is to be done.
#[derive(Debug, Clone, Default)]
struct Plan {
    consequences: Consequences,
    /// Whether something rests on the payment that is posted back.
    rests_on_it: bool,
    /// What was decided about the payment.
    decided: DecidedPayment,
    /// The tax document on it.
    corrected: Option<TaxDocument>,
    /// The grant of which minutes are taken.
    grant: Option<GrantId>,
}

/// What follows from taking a payment back as things stand, or why it cannot be.
async fn look(
    tx: &mut Tx,
    found: &MatchedPayment,
    stored: Option<&StoredPurchase>,
    now: DateTime<Utc>,
) -> Result<Result<Plan, UnmatchRefusal>, Problem> {
    let decided = decided::look(tx, found.payment, found.amount, about(found)).await?;
    if decided.kept() > balances::of_customer(tx, found.customer).await? {
        return Ok(Err(UnmatchRefusal::BalanceGone));
    }
    let consequences = Consequences {
        decision: found.decision,
        balance: decided.kept(),
        asked_again: decided.written_off(),
        owed_again: owed_again(found, &decided),
        ..Consequences::default()
    };
    let mut plan = Plan { decided, consequences, ..Plan::default() };
    let Some(stored) = stored else { return Ok(Ok(plan)) };
    if balances::may_be_undone(tx, found.payment, found.decision).await? {
        return Ok(Ok(plan));
    }
    plan.rests_on_it = true;
    let former = refunds::for_staff(tx, stored.purchase.id).await?;
    let is_back = |money: Money, minutes| money > Money::ZERO || minutes > 0 && !stored.purchase.at_once;
    if former.iter().any(|refund| refund.state != RefundState::Failed && is_back(refund.amount, refund.minutes)) {
        return Ok(Err(UnmatchRefusal::Refunded));
    }
    if matches!(stored.purchase.dispute, Dispute::Open | Dispute::Lost) {
        return Ok(Err(UnmatchRefusal::Disputed));
    }
    // An invoice was taxed when it was issued, and its minutes stay: what is taken back of it is owed, and nothing else.
    if found.kind == Some(DocumentKind::Invoice) {
        return Ok(Ok(plan));
    }
    look_at_document(tx, found, stored, &mut plan, now).await?;
    if stored.purchase.paid_at.is_none() {
        return Ok(Ok(plan));
    }
    Ok(match look_at_minutes(tx, stored, &mut plan, now).await? {
        Some(refusal) => Err(refusal),
        None => Ok(plan),
    })
}

/// What of an invoice is owed again, ours or from before; a proforma asks, and nobody owes it.
fn owed_again(found: &MatchedPayment, decided: &DecidedPayment) -> Money {
    let left = |paid: Money| (found.asked - paid).max(Money::ZERO);
    match found.kind {
        Some(DocumentKind::Invoice) | None => {
            left(found.paid - decided.amount - decided.written_off()) - left(found.paid)
        }
        Some(DocumentKind::Proforma | DocumentKind::Payment | DocumentKind::CreditNote) => Money::ZERO,
    }
}

/// What of the tax document on the payment is credited: no more than is left of it.
async fn look_at_document(
    tx: &mut Tx,
    found: &MatchedPayment,
    stored: &StoredPurchase,
    plan: &mut Plan,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let id = stored.purchase.id;
    let key = unmatching::document_key(tx, id, found.payment).await?;
    // Before each payment had a document of its own, one stood for all of them.
    let corrected = match issued::by_key(tx, &key).await? {
        Some(document) => Some(document),
        None => issued::by_key(tx, &format!("{}:{id}", DocumentKind::Payment)).await?,
    };
    let Some(document) = corrected else { return Ok(()) };
    let credited = left_of_document(tx, &document).await?.min(plan.decided.amount);
    if credited > Money::ZERO {
        let day = issued::open_day(tx, to_local(now).date()).await?;
        plan.consequences.credit = Some(CreditToBe { corrects: document.number.clone(), amount: credited, day });
        plan.corrected = Some(document);
    }
    Ok(())
}

/// What becomes of the minutes that the payment had bought.
async fn look_at_minutes(
    tx: &mut Tx,
    stored: &StoredPurchase,
    plan: &mut Plan,
    now: DateTime<Utc>,
) -> Result<Option<UnmatchRefusal>, Problem> {
    let purchase = &stored.purchase;
    let grant = purchases::grant(tx, purchase.id).await?;
    let (used, handed_over) = match &grant {
        Some(grant) => unmatching::used(tx, grant.id).await?,
        None => (0, false),
    };
    if handed_over {
        return Ok(Some(UnmatchRefusal::HandedOver));
    }
    // What has expired is not there any more, whether that was posted or not.
    let grant = grant.filter(|grant| grant.expires_at > now);
    let left = grant.as_ref().map_or(0, |PurchaseGrant { left, .. }| *left);
    let paid = PaidMinutes { minutes: purchase.minutes, total: purchase.total, used, left };
    let before = unmatching::of_purchase(tx, purchase.id).await?;
    let lost = (plan.decided.amount + plan.consequences.asked_again).min(purchase.total - before.lost);
    let undone = paid.undo(before, lost);
    plan.grant = grant.map(|grant| grant.id);
    plan.consequences.undone = undone;
    plan.consequences.claim = paid.claim(before, undone.claimed);
    Ok(None)
}

/// Does it. What is written first lets the trigger of the payments have it wait again; the invoice comes before the credit note, as
/// everywhere.
async fn post(
    tx: &mut Tx,
    found: &MatchedPayment,
    stored: &StoredPurchase,
    plan: &Plan,
    key: SettlingId,
    why: Reasoned<'_>,
) -> Result<(), Problem> {
    let Consequences { undone, claim, owed_again, credit, .. } = &plan.consequences;
    let (purchase, name) = (stored.purchase.id, key.0.to_string());
    let before = level(tx, stored.customer, why.at).await?;
    let new = NewUnmatching {
        key,
        purchase,
        amount: plan.decided.amount,
        undone: *undone,
        reason: why.reason,
        by: why.by,
        at: why.at,
    };
    unmatching::insert(tx, found, &new).await?;
    reopen(tx, found.payment, plan.decided.clone(), key, why).await?;
    take_minutes(tx, stored, plan, &name, why).await?;
    if *claim > Money::ZERO {
        issue_claim(tx, stored, &format!("claim:{name}"), (undone.claimed, *claim), why.at).await?;
    }
    if let (Some(document), Some(credit)) = (&plan.corrected, credit) {
        let of = (undone.minutes, credit.amount, why.reason);
        issue_credit_of(tx, stored, document, &credit_note_key(RefundId(key.0)), of, why.at).await?;
    }
    if undone.lost > Money::ZERO {
        refunds::sum_up(tx, purchase).await?;
    }
    if stored.purchase.at_once && *owed_again > Money::ZERO {
        unmatching::note_unpaid(tx, purchase).await?;
    }
    let (kind, actor) = (PurchaseEventKind::PaymentUndone, Actor::Staff(why.by));
    purchase_events::record(tx, stored, kind, &name, actor, why.reason, why.at).await?;
    raise_alert(tx, stored.customer, before, None, why.at).await
}

async fn take_minutes(
    tx: &mut Tx,
    stored: &StoredPurchase,
    plan: &Plan,
    source: &str,
    why: Reasoned<'_>,
) -> Result<(), Problem> {
    let Undone { minutes, .. } = plan.consequences.undone;
    let Some(grant) = plan.grant.filter(|_| minutes > 0) else { return Ok(()) };
    let (customer, by, reason, at) = (stored.customer, Some(why.by), why.reason, why.at);
    Ok(ledger::refund(tx, &Transfer { customer, grant, minutes, source, by, reason, at }).await?)
}
