//! What is written of contracts, version after version: who comes second reads again.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::typed::{Frame, TypedFrame, TypedTerms, checked, checked_day, checked_frame, date, frame_of, wrong};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_lines},
            ids::{ContractId, CustomerId},
            seen::Seen,
        },
        minutes::contracts::{Contract, ContractTerms},
        problem::{MovedOn, Problem},
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            OnConstraint, Tx,
            line::catalogue,
            minutes::{
                contracts::{
                    self,
                    versions::{self, NewVersion, WrittenVersion},
                },
                ledger,
            },
            people::mergers,
            retrying,
        },
        service::minutes::ledger::credit_period,
    },
};

/// Of which contract what is typed, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Whose contract.
    pub customer: CustomerId,
    /// Which one.
    pub contract: ContractId,
    /// Which version of it the form showed: who comes second reads again.
    pub version: u32,
    /// Why, as typed.
    pub reason: &'a str,
    /// The idempotency key of the form.
    pub key: Uuid,
    /// What the form showed of the contract: who comes second is told what of that has changed.
    pub seen: Option<&'a Seen>,
}

/// Writes a new contract. The minutes of the period under way are credited at once.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::NotFound`].
pub async fn add(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    (frame, typed): (&TypedFrame, &TypedTerms),
    reason: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let (terms, reason) = checked(checked_frame(frame), typed, reason)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        if !contracts::is_customer(&mut tx, customer).await? {
            return Err(Problem::NotFound);
        }
        // The account's lock also puts two writers of one customer's contracts in order.
        ledger::lock(&mut tx, customer).await?;
        if let Some(into) = mergers::merged_into(&mut tx, customer).await? {
            return Err(Problem::MovedOn(MovedOn::Customer(into)));
        }
        if let Some(written) = versions::written(&mut tx, key).await? {
            // The same form once more; or another one under its key, of which nothing may be believed to be done.
            let is_the_same = (written.customer, &written.terms, &written.reason) == (customer, &terms, &reason);
            return if is_the_same { Ok(()) } else { Err(Problem::Conflict) };
        }
        known_tier(&mut tx, &terms, None, now).await?;
        let contract = contracts::insert(&mut tx, customer, &terms).await.on_constraints(refusals())?;
        let by = manager.id();
        let version = NewVersion { customer, contract, after: 0, at: now, by, reason: &reason, key, withdrawn: None };
        versions::add(&mut tx, &version, &terms).await?;
        credit_period(&mut tx, customer, now, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Writes what a contract says from a day on, today at the earliest: until then nothing changes, and what was credited, ordered
/// and billed stays as it is for good.
///
/// * `from` – the day as typed, `2026-12-01`
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::ChangedMeanwhile`] with the terms of that day that somebody
/// has changed since the form was shown, [`Problem::Conflict`] when the form does not say what it showed, [`Problem::NotFound`].
pub async fn amend(
    app: &App,
    manager: &Manager,
    written: Written<'_>,
    from: &str,
    typed: &TypedTerms,
) -> Result<(), Problem> {
    change(app, manager, written, Change::Amend(from, typed)).await
}

/// Takes an amendment back whose day has not come.
///
/// # Errors
/// [`Problem::Conflict`] as [`amend`] has it, and for what is in force already; [`Problem::NotFound`].
pub async fn withdraw(app: &App, manager: &Manager, written: Written<'_>, from: NaiveDate) -> Result<(), Problem> {
    change(app, manager, written, Change::Withdraw(from)).await
}

/// Renews a contract or ends it: writes its number and its last day, which is today at the earliest, or none. What was credited
/// stays until it expires.
///
/// # Errors
/// As [`amend`].
pub async fn set_validity(
    app: &App,
    manager: &Manager,
    written: Written<'_>,
    frame: &TypedFrame,
) -> Result<(), Problem> {
    change(app, manager, written, Change::Validity(frame)).await
}

/// Changes a contract and writes its next version down, under the account's lock; the minutes of the period under way are
/// credited at once if they have not been.
async fn change(app: &App, manager: &Manager, written: Written<'_>, change: Change<'_>) -> Result<(), Problem> {
    let Written { customer, contract, key, .. } = written;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        if !contracts::is_customer(&mut tx, customer).await? {
            return Err(Problem::NotFound);
        }
        ledger::lock(&mut tx, customer).await?;
        if let Some(into) = mergers::merged_into(&mut tx, customer).await? {
            return Err(Problem::MovedOn(MovedOn::Customer(into)));
        }
        if let Some(done) = versions::written(&mut tx, key).await? {
            return if is_same_form(&done, written, change) { Ok(()) } else { Err(Problem::Conflict) };
        }
        let known = contracts::find(&mut tx, customer, contract, now).await?.ok_or(Problem::NotFound)?;
        if known.version != written.version && !written.seen.is_some_and(Seen::is_said) {
            return Err(Problem::Conflict);
        }
        let after = known.version;
        let (terms, reason) = apply(&mut tx, written, &known, now, change).await?;
        let withdrawn = if let Change::Withdraw(from) = change { Some(from) } else { None };
        let by = manager.id();
        let version = NewVersion { customer, contract, after, at: now, by, reason: &reason, key, withdrawn };
        versions::add(&mut tx, &version, &terms).await.on_constraint("one_version_after_another", Problem::Conflict)?;
        credit_period(&mut tx, customer, now, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// What is changed of a contract, as typed.
#[derive(Debug, Clone, Copy)]
enum Change<'a> {
    /// What it says, from a day on.
    Amend(&'a str, &'a TypedTerms),
    /// The amendment from this day is taken back.
    Withdraw(NaiveDate),
    /// Its number and its last day.
    Validity(&'a TypedFrame),
}

/// Whether a form is the one that has written a version: another one under its key must not be believed to be done.
fn is_same_form(done: &WrittenVersion, written: Written<'_>, change: Change<'_>) -> bool {
    if (done.customer, done.contract) != (written.customer, written.contract) {
        return false;
    }
    let ContractTerms { number, valid_from, valid_until, .. } = done.terms.clone();
    match change {
        Change::Amend(from, typed) => {
            // Its day may be over by the time at which the form comes again.
            let frame = date(from).map(|from| Frame { number, valid_from, valid_until, since: Some(from) });
            let again = checked(frame.map_err(|_| Vec::new()), typed, written.reason);
            let is_same = |(terms, reason): (ContractTerms, String)| terms == done.terms && reason == done.reason;
            done.withdrawn.is_none() && again.is_ok_and(is_same)
        }
        Change::Withdraw(from) => done.withdrawn == Some(from),
        Change::Validity(frame) => {
            let typed = TypedFrame { valid_from: valid_from.to_string(), ..frame.clone() };
            let is_frame =
                checked_frame(&typed).is_ok_and(|typed| (typed.number, typed.valid_until) == (number, valid_until));
            is_frame && keep_lines(written.reason, NOTE_MIN..=NOTE_MAX).is_ok_and(|reason| reason == done.reason)
        }
    }
}

/// Writes a change; what the contract says by it, and why.
async fn apply(
    tx: &mut Tx,
    written: Written<'_>,
    contract: &Contract,
    now: DateTime<Utc>,
    change: Change<'_>,
) -> Result<(ContractTerms, String), Problem> {
    let today = to_local(now).date();
    match change {
        Change::Amend(from, typed) => {
            let frame =
                checked_day(from, contract, today).map(|from| Frame { since: Some(from), ..frame_of(contract) });
            let from = frame.as_ref().ok().and_then(|frame| frame.since).unwrap_or(today);
            let (terms, reason) = checked(frame, typed, written.reason)?;
            if let Some(seen) = written.seen {
                seen.admit(&contract.terms_on(from).fields(), &terms.fields())?;
            }
            known_tier(tx, &terms, Some(contract), now).await?;
            if terms.says_the_same(contract.terms_before(from)) {
                return Err(Problem::field("from_day", FieldCode::AlreadyUsed));
            }
            contracts::amend(tx, written.customer, written.contract, from, &terms, now).await?;
            Ok((terms, reason))
        }
        Change::Withdraw(from) => {
            let (customer, id) = (written.customer, written.contract);
            if from <= today || !contracts::withdraw_amendment(tx, customer, id, from).await? {
                return Err(Problem::Conflict);
            }
            Ok((contract.terms_before(from).clone(), String::new()))
        }
        Change::Validity(frame) => {
            let typed = TypedFrame { valid_from: contract.terms.valid_from.to_string(), ..frame.clone() };
            let reason = keep_lines(written.reason, NOTE_MIN..=NOTE_MAX);
            let mut fields = checked_frame(&typed).err().unwrap_or_default();
            fields.extend(wrong(&[("reason", reason.as_ref().err().copied())]));
            let (Ok(Frame { number, valid_until, .. }), Ok(reason)) = (checked_frame(&typed), reason) else {
                return Err(Problem::Invalid { fields });
            };
            if valid_until.is_some_and(|last_day| last_day < today) {
                return Err(Problem::field("valid_until", FieldCode::OutOfRange));
            }
            let terms = ContractTerms { number, valid_until, ..contract.terms.clone() };
            if let Some(seen) = written.seen {
                seen.admit(&contract.terms.validity_fields(), &terms.validity_fields())?;
            }
            contracts::set_validity(tx, written.customer, written.contract, &terms.number, valid_until)
                .await
                .on_constraints(refusals())?;
            Ok((terms, reason))
        }
    }
}

/// A tier that can be agreed, or one that the contract has anyway, retired though it be.
async fn known_tier(
    tx: &mut Tx,
    terms: &ContractTerms,
    contract: Option<&Contract>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let is_agreed = contract
        .is_some_and(|contract| contract.to_come.iter().chain([&contract.terms]).any(|known| known.tier == terms.tier));
    if is_agreed || catalogue::tiers_on_offer(tx, now).await?.iter().any(|tier| tier.code == terms.tier) {
        Ok(())
    } else {
        Err(Problem::field("tier", FieldCode::Unknown))
    }
}

fn refusals() -> [(&'static str, Problem); 2] {
    [
        ("contract_number_used_once", Problem::field("number", FieldCode::AlreadyUsed)),
        // Two contracts of one customer may not be valid on one day.
        ("one_contract_at_a_time", Problem::field("valid_from", FieldCode::AlreadyUsed)),
    ]
}
