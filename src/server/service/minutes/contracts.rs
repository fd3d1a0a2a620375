//! Contracts: read by the customer, kept by staff with their history.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::{billing_terms, ledger::credit_period};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, FieldProblem, keep_line, keep_lines},
            ids::{ContractFileId, ContractId, CustomerId},
            money::Money,
            paging::{CountedPage, Queue},
            seen::Seen,
        },
        mails::MailContent,
        minutes::{
            contracts::{
                Contract, ContractTerms, ENDS_FIRST_DAYS, EndingContract, Fee, LARGEST_FILE, PDF_MAGIC, Period,
                Rollover, end_told_at, versions::with_first_wording,
            },
            pages::{ContractPage, CustomerPage, CustomerRow},
            pools::{reserve, sort_pools},
        },
        people::members::{Capability, StaffRole},
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::{BillingViewer, Caller, Desk, Manager},
        db::{
            OnConstraint, Tx,
            line::{catalogue, licences},
            mails,
            minutes::{
                contracts::{
                    self, files,
                    versions::{self, NewVersion, WrittenVersion},
                },
                ledger, usage,
            },
            paging::counted,
            people::{customers, members},
            retrying,
        },
        service::plausible,
    },
};

/// How many customers a page of the list shows.
const PAGE: usize = 100;
/// The most minutes a period can credit.
const MOST_MINUTES: u32 = 100_000;
/// The highest minimum and ceiling, in minutes.
const HIGHEST_LIMIT: u32 = 480;
/// The highest price of a minute, in haléře.
const HIGHEST_RATE: i64 = 10_000_000;
/// The highest fee of a period, in haléře.
const HIGHEST_FEE: i64 = 1_000_000_000;
/// The most characters of a contract's number.
const NUMBER_MAX: usize = 40;
/// The most characters of a file's name.
const FILE_NAME_MAX: usize = 200;
/// How many contracts that end soon the desk's list shows.
const ENDING_LISTED: i64 = 20;
/// How many contracts that end soon are looked at in one go.
const ENDING_AT_ONCE: i64 = 10_000;

/// The customer's contracts in plain words.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, viewer: &BillingViewer) -> Result<ContractPage, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.member(viewer.customer()).await?;
    let settings = catalogue::settings(&mut tx, now).await?;
    let mut valid = contracts::of_customer(&mut tx, viewer.customer(), now).await?;
    valid.retain(|contract| contract.terms.valid_until.is_none_or(|last| today <= last));
    valid.sort_by_key(|contract| contract.terms.valid_from);
    Ok(ContractPage {
        tiers: catalogue::tiers(&mut tx, now).await?,
        contracts: valid,
        list_rate_per_minute: settings.list_rate_per_minute,
        minimum_one_off: settings.minimum_one_off,
    })
}

/// Customers whose name or IČO contains `search`, by name.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn customers(
    app: &App,
    _desk: &Desk,
    search: &str,
    after: Option<CustomerId>,
) -> Result<CountedPage<CustomerRow, CustomerId>, Problem> {
    let search = search.trim();
    let mut tx = app.db.staff().await?;
    let now = app.clock.now();
    let page = contracts::customers(&mut tx, search, to_local(now).date(), after, PAGE).await?;
    let shown: Vec<CustomerId> = page.rows.iter().map(|customer| customer.id).collect();
    let free = billing_terms::free_of(&mut tx, &shown, now).await?;
    let page = page.map(|listed| CustomerRow {
        free: free.get(&listed.id).copied().unwrap_or_default(),
        id: listed.id,
        name: listed.name,
        contract: listed.contract,
        tier: listed.tier,
    });
    Ok(counted(page, after.is_none(), contracts::customer_count(&mut tx, search)).await?)
}

/// One customer: contracts with their history, and the account.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn customer(app: &App, desk: &Desk, id: CustomerId) -> Result<CustomerPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let facts = customers::facts(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let contracts = contracts::of_customer(&mut tx, id, now).await?;
    let ids: Vec<ContractId> = contracts.iter().map(|contract| contract.id).collect();
    let mut said = versions::of(&mut tx, &ids).await?;
    let mut first = contracts::first_wordings(&mut tx, &ids).await?;
    let with_history = contracts.into_iter().map(|contract| {
        let versions = said.remove(&contract.id).unwrap_or_default();
        let versions = match first.remove(&contract.id) {
            Some(first) => with_first_wording(versions, first),
            None => versions,
        };
        (contract, versions)
    });
    let with_history = with_history.collect();
    let mut pools = usage::pools(&mut tx, id, now).await?;
    let minutes = billing_terms::outlook_of(&mut tx, id, &pools, None, now).await?.free_at(now);
    pools.retain(|pool| pool.effective_at <= now);
    sort_pools(&mut pools);
    reserve(&mut pools, minutes.reserved);
    let people = {
        // How people sign in is seen in this role only.
        let mut tx = app.db.system().await?;
        members::people(&mut tx, id, None, now).await?
    };
    Ok(CustomerPage {
        id,
        facts,
        standing: customers::standing(&mut tx, id).await?.ok_or(Problem::NotFound)?,
        people,
        licences: licences::licences(&mut tx, id).await?,
        computers: licences::computers(&mut tx, id, "").await?,
        contracts: with_history,
        billing: customers::billing(&mut tx, id).await?.ok_or(Problem::NotFound)?,
        pools,
        free: minutes.free(),
        tiers: catalogue::tiers(&mut tx, now).await?,
        tiers_on_offer: catalogue::tiers_on_offer(&mut tx, now).await?.into_iter().map(|tier| tier.code).collect(),
        may_edit: desk.roles().contains(StaffRole::Manager),
    })
}

/// Contracts that end soon, for the desk to renew or to say goodbye.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn ending(app: &App, _desk: &Desk) -> Result<Queue<EndingContract>, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    Ok(contracts::ending(&mut tx, today, days_after(today, ENDS_FIRST_DAYS), ENDING_LISTED).await?)
}

/// Tells those who manage a customer's people that its contract ends, 60 days before and 14, each once.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn announce_ends(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.system().await?;
    let ending = contracts::ending(&mut tx, today, days_after(today, ENDS_FIRST_DAYS), ENDING_AT_ONCE).await?;
    for contract in ending.rows {
        let Some(days) = end_told_at(contract.last_day, today) else { continue };
        let key = format!("contract-ends:{}:{}:{days}", contract.contract, contract.last_day);
        let mail = MailContent::ContractEnds { contract: contract.number, last_day: contract.last_day };
        mails::to_people(&mut tx, contract.customer, (Capability::Manage, None), &mail, now, &key).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day)
}

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

/// A contract's number and days as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedFrame {
    /// Its number.
    pub number: String,
    /// The first day, `2026-01-01`.
    pub valid_from: String,
    /// The last day, or nothing.
    pub valid_until: String,
}

/// What a contract promises as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedTerms {
    /// The code of the response tier.
    pub tier: String,
    /// Minutes per period.
    pub minutes_per_period: String,
    /// How often.
    pub period: Option<Period>,
    /// What becomes of what is left.
    pub rollover: Option<Rollover>,
    /// Crowns per minute, excluding VAT: `22` or `22,50`.
    pub rate_per_minute: String,
    /// The same of an urgent intervention.
    pub urgent_rate_per_minute: String,
    /// Minutes.
    pub minimum_minutes: String,
    /// Minutes, or nothing.
    pub ceiling_minutes: String,
    /// Crowns for the contract itself, excluding VAT, or nothing.
    pub fee: String,
    /// For which period.
    pub fee_period: Option<Period>,
}

/// The days of a contract, and the one from which terms are in force.
#[derive(Debug, Clone)]
struct Frame {
    number: String,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    since: Option<NaiveDate>,
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

/// Keeps a PDF of what was signed; the same file is kept once.
///
/// * `content` – its bytes in hexadecimal digits, as an upload arrives
/// * `replaces` – the file in whose place it comes
///
/// # Errors
/// [`Problem::Invalid`] for no file, one that is no PDF, or one that is too large; [`Problem::Conflict`] when the file that it comes
/// in the place of is gone; [`Problem::NotFound`].
pub async fn attach(
    app: &App,
    manager: &Manager,
    (customer, contract): (CustomerId, ContractId),
    (name, content): (&str, &str),
    replaces: Option<ContractFileId>,
) -> Result<(), Problem> {
    let content = hex::decode(content).map_err(|_| Problem::Malformed)?;
    let is_pdf = content.starts_with(PDF_MAGIC);
    let wrong = match content.len() {
        0 => Some(FieldCode::Missing),
        length if length > LARGEST_FILE => Some(FieldCode::TooLong),
        _ => (!is_pdf).then_some(FieldCode::Unknown),
    };
    if let Some(code) = wrong {
        return Err(Problem::field("file", code));
    }
    // Some browsers send the whole path.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = keep_line(name, 1..=FILE_NAME_MAX).map_err(|code| Problem::field("file", code))?;
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    contracts::find(&mut tx, customer, contract, now).await?.ok_or(Problem::NotFound)?;
    let is_gone = match replaces {
        Some(former) => !files::remove(&mut tx, (customer, contract), former).await?,
        None => false,
    };
    let is_new = files::add(&mut tx, (customer, contract), &name, &content, manager.id(), now).await?;
    // Somebody else has replaced it, or removed it: only the same form once more finds its own file there.
    if is_gone && is_new {
        return Err(Problem::Conflict);
    }
    tx.commit().await?;
    Ok(())
}

/// Removes what was attached by mistake, for the customer too: the audit keeps who did it and what it was called. One that is gone
/// already is gone.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn remove_file(
    app: &App,
    _manager: &Manager,
    (customer, contract): (CustomerId, ContractId),
    file: ContractFileId,
) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    contracts::find(&mut tx, customer, contract, app.clock.now()).await?.ok_or(Problem::NotFound)?;
    files::remove(&mut tx, (customer, contract), file).await?;
    Ok(tx.commit().await?)
}

/// What was signed, for the desk and for those of the customer who see its account: the name and the bytes.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`], [`Problem::NotFound`].
pub async fn file(
    app: &App,
    caller: &Caller,
    contract: ContractId,
    file: ContractFileId,
) -> Result<(String, Vec<u8>), Problem> {
    let mut tx = if caller.staff().is_ok() {
        caller.desk()?;
        app.db.staff().await?
    } else {
        app.db.member(caller.may_see_billing()?.customer()).await?
    };
    files::content(&mut tx, contract, file).await?.ok_or(Problem::NotFound)
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

fn frame_of(contract: &Contract) -> Frame {
    let ContractTerms { number, valid_from, valid_until, .. } = &contract.terms;
    Frame { number: number.clone(), valid_from: *valid_from, valid_until: *valid_until, since: None }
}

fn refusals() -> [(&'static str, Problem); 2] {
    [
        ("contract_number_used_once", Problem::field("number", FieldCode::AlreadyUsed)),
        // Two contracts of one customer may not be valid on one day.
        ("one_contract_at_a_time", Problem::field("valid_from", FieldCode::AlreadyUsed)),
    ]
}

type Wrong = Vec<FieldProblem>;

fn wrong(fields: &[(&str, Option<FieldCode>)]) -> Wrong {
    fields.iter().filter_map(|&(field, code)| Some(FieldProblem::new(field, code?))).collect()
}

fn checked_frame(typed: &TypedFrame) -> Result<Frame, Wrong> {
    let number = keep_line(&typed.number, 1..=NUMBER_MAX);
    let valid_from = date(&typed.valid_from);
    let valid_until = optional(&typed.valid_until, date);
    let is_reversed = matches!((valid_from, valid_until), (Ok(from), Ok(Some(until))) if until < from);
    match (number, valid_from, valid_until) {
        (Ok(number), Ok(valid_from), Ok(valid_until)) if !is_reversed => {
            Ok(Frame { number, valid_from, valid_until, since: None })
        }
        (number, valid_from, valid_until) => Err(wrong(&[
            ("number", number.err()),
            ("valid_from", valid_from.err()),
            ("valid_until", valid_until.err().or(is_reversed.then_some(FieldCode::OutOfRange))),
        ])),
    }
}

/// The day from which an amendment is in force: one of the contract's that is not over.
fn checked_day(typed: &str, contract: &Contract, today: NaiveDate) -> Result<NaiveDate, Wrong> {
    let day = date(typed).and_then(|day| {
        if day >= today && contract.terms.is_valid_on(day) { Ok(day) } else { Err(FieldCode::OutOfRange) }
    });
    day.map_err(|code| wrong(&[("from_day", Some(code))]))
}

fn checked(frame: Result<Frame, Wrong>, typed: &TypedTerms, reason: &str) -> Result<(ContractTerms, String), Problem> {
    let minutes_per_period = whole(&typed.minutes_per_period, 0, MOST_MINUTES);
    let rate_per_minute = crowns(&typed.rate_per_minute, HIGHEST_RATE);
    let urgent_rate_per_minute = crowns(&typed.urgent_rate_per_minute, HIGHEST_RATE);
    let minimum_minutes = whole(&typed.minimum_minutes, 0, HIGHEST_LIMIT / 2);
    let ceiling_minutes = optional(&typed.ceiling_minutes, |typed| whole(typed, 1, HIGHEST_LIMIT));
    let fee = optional(&typed.fee, |typed| crowns(typed, HIGHEST_FEE));
    let fee_without_period = matches!(fee, Ok(Some(amount)) if amount > Money::ZERO && typed.fee_period.is_none());
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX);
    let missing = |is_missing: bool| is_missing.then_some(FieldCode::Missing);
    let mut fields = frame.as_ref().err().cloned().unwrap_or_default();
    fields.extend(wrong(&[
        ("tier", missing(typed.tier.is_empty())),
        ("minutes_per_period", minutes_per_period.err()),
        ("period", missing(typed.period.is_none())),
        ("rollover", missing(typed.rollover.is_none())),
        ("rate_per_minute", rate_per_minute.err()),
        ("urgent_rate_per_minute", urgent_rate_per_minute.err()),
        ("minimum_minutes", minimum_minutes.err()),
        ("ceiling_minutes", ceiling_minutes.err()),
        ("fee", fee.err()),
        ("fee_period", missing(fee_without_period)),
        ("reason", reason.as_ref().err().copied()),
    ]));
    if !fields.is_empty() {
        return Err(Problem::Invalid { fields });
    }
    let all = || {
        let Frame { number, valid_from, valid_until, since } = frame.map_err(|_| FieldCode::Missing)?;
        let fee = fee?.filter(|amount| *amount > Money::ZERO).zip(typed.fee_period);
        let terms = ContractTerms {
            number,
            valid_from,
            valid_until,
            since: since.filter(|since| *since > valid_from),
            tier: typed.tier.clone(),
            minutes_per_period: minutes_per_period?,
            period: typed.period.ok_or(FieldCode::Missing)?,
            rollover: typed.rollover.ok_or(FieldCode::Missing)?,
            rate_per_minute: rate_per_minute?,
            urgent_rate_per_minute: urgent_rate_per_minute?,
            minimum_minutes: minimum_minutes?,
            ceiling_minutes: ceiling_minutes?,
            fee: fee.map(|(amount, period)| Fee { amount, period }),
        };
        Ok::<_, FieldCode>((terms, reason?))
    };
    all().map_err(|_| Problem::Malformed)
}

fn optional<T>(typed: &str, parse: impl Fn(&str) -> Result<T, FieldCode>) -> Result<Option<T>, FieldCode> {
    if typed.trim().is_empty() { Ok(None) } else { parse(typed).map(Some) }
}

fn date(typed: &str) -> Result<NaiveDate, FieldCode> {
    match typed.trim() {
        "" => Err(FieldCode::Missing),
        typed => {
            let date = typed.parse().map_err(|_| FieldCode::Unknown)?;
            plausible(date).map_err(|_| FieldCode::OutOfRange)
        }
    }
}

fn whole(typed: &str, min: u32, max: u32) -> Result<u32, FieldCode> {
    match typed.trim() {
        "" => Err(FieldCode::Missing),
        typed => {
            let number = typed.parse().map_err(|_| FieldCode::NotANumber)?;
            if (min..=max).contains(&number) { Ok(number) } else { Err(FieldCode::OutOfRange) }
        }
    }
}

/// Crowns with at most two decimal places, as Czechs and English write them.
fn crowns(typed: &str, most: i64) -> Result<Money, FieldCode> {
    if typed.trim().is_empty() {
        return Err(FieldCode::Missing);
    }
    let money = Money::parse_crowns(typed).ok_or(FieldCode::NotANumber)?;
    if (0..=most).contains(&money.haler()) { Ok(money) } else { Err(FieldCode::OutOfRange) }
}
