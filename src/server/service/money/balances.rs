//! What does not come out even: differences that a manager writes off or asks for, balances that are returned or used, and
//! decisions that are taken back while nothing rests on them.
//!
//! All of it takes its turn with whatever decides about payments of the bank.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{bank_targets::Target, tax_documents};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_lines},
            ids::{BankPaymentId, CustomerId, SettlingId},
            money::Money,
        },
        money::{
            balances::{BalanceEntryKind, BalancesPage, Decided, may_be_written_off, payment_decision},
            purchases::PurchaseState,
        },
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            line::catalogue,
            money::{
                balances::{self, About, BalanceEntry, Difference, Reasoned},
                bank::{self, Decision},
                purchase_events::Actor,
            },
            retrying,
        },
    },
};

/// How many rows a list shows.
const LISTED: i64 = 100;
const LISTED_DECISIONS: i64 = 50;

/// The manager's page of what does not come out even.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager) -> Result<BalancesPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(BalancesPage {
        balances: balances::all(&mut tx, LISTED).await?,
        differences: balances::differences(&mut tx, LISTED).await?,
        limit: catalogue::settings(&mut tx, app.clock.now()).await?.write_off_limit,
        decisions: balances::undoable(&mut tx, LISTED_DECISIONS).await?,
    })
}

pub(super) fn checked_reason(typed: &str) -> Result<String, Problem> {
    keep_lines(typed, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))
}

/// Writes off what is left of a document of which all but a small difference came: with it, the document is settled.
///
/// * `key` – made with the form; the identity of what is written
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when it is no small difference (any more).
pub async fn write_off(
    app: &App,
    manager: &Manager,
    number: &str,
    reason: &str,
    key: SettlingId,
) -> Result<(), Problem> {
    let reason = checked_reason(reason)?;
    retrying(|| async {
        let now = app.clock.now();
        let why = Reasoned { reason: &reason, by: manager.id(), at: now };
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        let target = Target::named(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        if let Some(former) = balances::difference(&mut tx, key.0).await? {
            return if former.about == target.about() { Ok(()) } else { Err(Problem::Conflict) };
        }
        let limit = catalogue::settings(&mut tx, now).await?.write_off_limit;
        let is_closed = matches!(target.receivable.purchase, Some(PurchaseState::Cancelled | PurchaseState::Expired));
        if is_closed || !may_be_written_off(target.receivable.paid, target.left(), limit) {
            return Err(Problem::Conflict);
        }
        let difference = Difference {
            id: key.0,
            customer: target.customer(),
            about: target.about(),
            amount: target.left(),
            undoes: None,
        };
        balances::insert_difference(&mut tx, &difference, why).await?;
        settle(&mut tx, number, manager, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// What follows once a document was settled today, by nothing that the bank booked. Whoever bought is told when that credits
/// minutes, which no document of its own tells them.
async fn settle(tx: &mut Tx, number: &str, manager: &Manager, now: DateTime<Utc>) -> Result<(), Problem> {
    let target = Target::named(tx, number).await?.ok_or(Problem::NotFound)?;
    let documented = target.payment_documents(tx).await?;
    target.settle(tx, to_local(now).date(), Actor::Staff(manager.id()), now).await?;
    let Some(stored) = target.purchase() else { return Ok(()) };
    if !stored.purchase.at_once && target.left() == Money::ZERO && target.payment_documents(tx).await? == documented {
        tax_documents::tell_credited(tx, stored, now).await?;
    }
    Ok(())
}

/// Asks those who buy for what is left of a document of which a part came, at most once a day.
///
/// # Errors
/// [`Problem::Conflict`] when nothing is left, or nothing came.
pub async fn ask(app: &App, _: &Manager, number: &str) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        let target = Target::named(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let document = target.about().document.ok_or(Problem::Conflict)?;
        if target.receivable.paid <= Money::ZERO || target.left() <= Money::ZERO {
            return Err(Problem::Conflict);
        }
        tax_documents::ask_for_rest(&mut tx, document, target.left(), now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Notes that a part of a customer's balance, or all of it, was sent back.
///
/// # Errors
/// [`Problem::Invalid`] for more than there is, and without a word on how it was sent.
pub async fn give_back(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    amount: &str,
    reason: &str,
    key: SettlingId,
) -> Result<(), Problem> {
    let amount = Money::parse_crowns(amount.trim()).ok_or_else(|| Problem::field("amount", FieldCode::NotANumber))?;
    let reason = checked_reason(reason)?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        if let Some(former) = balances::entry(&mut tx, key.0).await? {
            let is_the_same = (former.customer, former.amount) == (customer, -amount);
            return if is_the_same { Ok(()) } else { Err(Problem::Conflict) };
        }
        if amount <= Money::ZERO || amount > balances::of_customer(&mut tx, customer).await? {
            return Err(Problem::field("amount", FieldCode::OutOfRange));
        }
        let entry = BalanceEntry {
            id: key.0,
            customer,
            kind: BalanceEntryKind::Returned,
            amount: -amount,
            payment: None,
            about: About::default(),
            undoes: None,
        };
        let why = Reasoned { reason: &reason, by: manager.id(), at: app.clock.now() };
        balances::insert_entry(&mut tx, &entry, why).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Pays an open document of a customer's, or an invoice from before, from their balance, as far as that goes. What it pays of a
/// proforma is taxed today: until now it was for nothing.
///
/// # Errors
/// [`Problem::Invalid`] when there is no such document of theirs, or nothing of it is left to pay; [`Problem::Conflict`] when there
/// is no balance (any more).
pub async fn spend(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    number: &str,
    key: SettlingId,
) -> Result<(), Problem> {
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    if number.is_empty() {
        return Err(Problem::field("document", FieldCode::Missing));
    }
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        let target = Target::named(&mut tx, &number).await?.filter(|target| target.customer() == customer);
        let target = target.ok_or_else(|| Problem::field("document", FieldCode::Unknown))?;
        if let Some(former) = balances::entry(&mut tx, key.0).await? {
            return if former.about == target.about() { Ok(()) } else { Err(Problem::Conflict) };
        }
        let is_closed = matches!(target.receivable.purchase, Some(PurchaseState::Cancelled | PurchaseState::Expired));
        if is_closed || target.left() == Money::ZERO {
            return Err(Problem::field("document", FieldCode::AlreadyUsed));
        }
        let amount = target.left().min(balances::of_customer(&mut tx, customer).await?);
        if amount <= Money::ZERO {
            return Err(Problem::Conflict);
        }
        let entry = BalanceEntry {
            id: key.0,
            customer,
            kind: BalanceEntryKind::Used,
            amount: -amount,
            payment: None,
            about: target.about(),
            undoes: None,
        };
        balances::insert_entry(&mut tx, &entry, Reasoned { reason: &number, by: manager.id(), at: now }).await?;
        settle(&mut tx, &number, manager, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Takes back what was decided: a payment that was set aside waits again, a difference is asked for again, a balance is there again. What
/// rests on the decision stays: a tax document, minutes that were credited, a balance that is gone.
///
/// * `id` – the row in which it stands; of a payment, its decision, too
/// * `key` – made with the form; the identity of the entry that takes it back
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when something rests on it, or it is a payment that pays something.
pub async fn undo(
    app: &App,
    manager: &Manager,
    decided: Decided,
    id: &str,
    reason: &str,
    key: SettlingId,
) -> Result<(), Problem> {
    let reason = checked_reason(reason)?;
    retrying(|| async {
        let why = Reasoned { reason: &reason, by: manager.id(), at: app.clock.now() };
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        match decided {
            // What follows from that is shown first, by the page that does it.
            Decided::Assigned => return Err(Problem::Conflict),
            Decided::SetAside => {
                undo_set_aside(&mut tx, payment_decision(id).ok_or(Problem::NotFound)?, key, why).await?;
            }
            Decided::WrittenOff => {
                undo_difference(&mut tx, id.parse().map_err(|_| Problem::NotFound)?, key, why).await?;
            }
            Decided::Used | Decided::Returned => {
                undo_entry(&mut tx, id.parse().map_err(|_| Problem::NotFound)?, key, why).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn undo_set_aside(
    tx: &mut Tx,
    (id, decision): (BankPaymentId, i32),
    key: SettlingId,
    why: Reasoned<'_>,
) -> Result<(), Problem> {
    let payment = bank::payment(tx, id).await?.ok_or(Problem::NotFound)?;
    match payment.decided {
        None => Ok(()),
        Some((Decision::SetAside, _)) if balances::may_be_undone(tx, id, decision).await? => {
            reopen(tx, id, DecidedPayment::default(), key, why).await
        }
        Some(_) => Err(Problem::Conflict),
    }
}

/// What was decided about a payment, all of which is taken back together.
#[derive(Debug, Clone, Default)]
pub(super) struct DecidedPayment {
    /// What of it paid its document.
    pub(super) amount: Money,
    /// What was kept of it as too much.
    kept: Option<BalanceEntry>,
    /// What was written off beside it: beside one that was all too much there was nothing.
    beside: Vec<Difference>,
}

impl DecidedPayment {
    /// What was kept of it as too much.
    pub(super) fn kept(&self) -> Money {
        self.kept.map_or(Money::ZERO, |kept| kept.amount)
    }

    /// What was written off beside it.
    pub(super) fn written_off(&self) -> Money {
        self.beside.iter().map(|difference| difference.amount).sum()
    }
}

/// What was decided about a payment that came to so much.
pub(super) async fn look(tx: &mut Tx, id: BankPaymentId, came: Money, about: About) -> Result<DecidedPayment, Problem> {
    let kept = balances::kept_of(tx, id).await?;
    let amount = kept.map_or(came, |kept| came - kept.amount);
    let beside = if amount > Money::ZERO { balances::open_differences(tx, about).await? } else { Vec::new() };
    Ok(DecidedPayment { amount, kept, beside })
}

/// Has a payment wait again, and takes back what was decided with it.
pub(super) async fn reopen(
    tx: &mut Tx,
    id: BankPaymentId,
    decided: DecidedPayment,
    key: SettlingId,
    why: Reasoned<'_>,
) -> Result<(), Problem> {
    balances::reopen_payment(tx, id, why).await?;
    if let Some(kept) = decided.kept {
        take_back(tx, kept, key, why).await?;
    }
    ask_again(tx, decided.beside, key, why).await
}

/// Takes back what of a document was written off: that was but the rest beside what is taken back now.
async fn ask_again(
    tx: &mut Tx,
    written_off: Vec<Difference>,
    key: SettlingId,
    why: Reasoned<'_>,
) -> Result<(), Problem> {
    for difference in written_off {
        let id = beside(key, difference.id);
        let opposite = Difference { id, amount: -difference.amount, undoes: Some(difference.id), ..difference };
        balances::insert_difference(tx, &opposite, why).await?;
    }
    Ok(())
}

/// The identity of what is taken back beside something else: of one form, each thing has the same one each time.
fn beside(key: SettlingId, what: Uuid) -> Uuid {
    let digest: [u8; 32] = Sha256::new().chain_update(key.0.as_bytes()).chain_update(what.as_bytes()).finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

async fn undo_difference(tx: &mut Tx, id: SettlingId, key: SettlingId, why: Reasoned<'_>) -> Result<(), Problem> {
    let difference = balances::difference(tx, id.0).await?.ok_or(Problem::NotFound)?;
    if let Some(former) = balances::difference(tx, key.0).await? {
        return if former.undoes == Some(id.0) { Ok(()) } else { Err(Problem::Conflict) };
    }
    let is_free = balances::rests_on_nothing(tx, difference.about.document).await?;
    if !is_free || difference.undoes.is_some() || balances::is_taken_back(tx, id.0).await? {
        return Err(Problem::Conflict);
    }
    let opposite = Difference { id: key.0, amount: -difference.amount, undoes: Some(difference.id), ..difference };
    Ok(balances::insert_difference(tx, &opposite, why).await?)
}

async fn undo_entry(tx: &mut Tx, id: SettlingId, key: SettlingId, why: Reasoned<'_>) -> Result<(), Problem> {
    let entry = balances::entry(tx, id.0).await?.ok_or(Problem::NotFound)?;
    if let Some(former) = balances::entry(tx, key.0).await? {
        return if former.undoes == Some(id.0) { Ok(()) } else { Err(Problem::Conflict) };
    }
    let is_free = balances::rests_on_nothing(tx, entry.about.document).await?;
    let is_entry = entry.kind != BalanceEntryKind::Kept && entry.undoes.is_none();
    if !is_free || !is_entry || balances::is_taken_back(tx, id.0).await? {
        return Err(Problem::Conflict);
    }
    take_back(tx, entry, key, why).await?;
    let written_off = balances::open_differences(tx, entry.about).await?;
    ask_again(tx, written_off, key, why).await
}

/// Writes the opposite of an entry, if the balance bears it.
async fn take_back(tx: &mut Tx, entry: BalanceEntry, key: SettlingId, why: Reasoned<'_>) -> Result<(), Problem> {
    if entry.amount > balances::of_customer(tx, entry.customer).await? {
        return Err(Problem::Conflict);
    }
    let opposite = BalanceEntry { id: key.0, amount: -entry.amount, undoes: Some(entry.id), ..entry };
    Ok(balances::insert_entry(tx, &opposite, why).await?)
}
