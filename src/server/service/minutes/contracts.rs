//! Contracts: read by the customer, kept by staff with their history.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{billing_terms, ledger::credit_period};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, FieldProblem, keep_line, keep_lines},
            ids::{ContractId, CustomerId},
            money::Money,
            paging::CountedPage,
        },
        minutes::{
            contracts::{ContractTerms, Period, Rollover},
            pages::{ContractPage, CustomerPage, CustomerRow},
            pools::{reserve, sort_pools},
        },
        people::members::StaffRole,
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::{BillingViewer, Desk, Manager},
        db::{
            OnConstraint,
            line::catalogue,
            minutes::{
                contracts::{self, NewVersion},
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
/// The most characters of a contract's number.
const NUMBER_MAX: usize = 40;

/// The customer's contracts in plain words.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, viewer: &BillingViewer) -> Result<ContractPage, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.member(viewer.customer()).await?;
    let settings = catalogue::settings(&mut tx, now).await?;
    let mut valid = contracts::of_customer(&mut tx, viewer.customer()).await?;
    valid.retain(|contract| contract.terms.valid_until.is_none_or(|last| today <= last));
    valid.sort_by_key(|contract| contract.terms.valid_from);
    Ok(ContractPage {
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
    let page = contracts::customers(&mut tx, search, app.clock.now(), after, PAGE).await?;
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
    let mut with_history = Vec::new();
    for contract in contracts::of_customer(&mut tx, id).await? {
        let versions = contracts::versions(&mut tx, contract.id).await?;
        with_history.push((contract, versions));
    }
    let mut pools = usage::pools(&mut tx, id, now).await?;
    let minutes = billing_terms::outlook_of(&mut tx, id, &pools, None, now).await?.free_at(now);
    pools.retain(|pool| pool.effective_at <= now);
    sort_pools(&mut pools);
    reserve(&mut pools, minutes.reserved());
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
        contracts: with_history,
        billing: customers::billing(&mut tx, id).await?.ok_or(Problem::NotFound)?,
        pools,
        tiers: catalogue::tiers(&mut tx).await?,
        may_edit: desk.roles().contains(StaffRole::Manager),
    })
}

/// A contract's terms as typed into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedTerms {
    /// Its number.
    pub number: String,
    /// The first day, `2026-01-01`.
    pub valid_from: String,
    /// The last day, or nothing.
    pub valid_until: String,
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
    /// Why it is written.
    pub reason: String,
}

/// Writes a contract's terms, or a new contract when none is named; the former terms are kept. The minutes of the period
/// under way are credited at once if they have not been; what was credited before stays as it is.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn save(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    contract: Option<ContractId>,
    typed: TypedTerms,
    key: Uuid,
) -> Result<(), Problem> {
    let (terms, reason) = checked(&typed)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        if !contracts::is_customer(&mut tx, customer).await? {
            return Err(Problem::NotFound);
        }
        // The account's lock also puts two writers of one customer's contracts in order.
        ledger::lock(&mut tx, customer).await?;
        if contracts::is_written(&mut tx, key).await? {
            return Ok(());
        }
        if !catalogue::tiers(&mut tx).await?.iter().any(|tier| tier.code == terms.tier) {
            return Err(Problem::field("tier", FieldCode::Unknown));
        }
        let id = match contract {
            Some(id) => contracts::update(&mut tx, customer, id, &terms).await.on_constraints(refusals())?,
            None => Some(contracts::insert(&mut tx, customer, &terms).await.on_constraints(refusals())?),
        }
        .ok_or(Problem::NotFound)?;
        let version = NewVersion { customer, contract: id, at: now, by: manager.id(), reason: &reason, key };
        contracts::add_version(&mut tx, &version, &terms).await?;
        credit_period(&mut tx, customer, now, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn refusals() -> [(&'static str, Problem); 2] {
    [
        ("contract_number_used_once", Problem::field("number", FieldCode::AlreadyUsed)),
        // Two contracts of one customer may not be valid on one day.
        ("one_contract_at_a_time", Problem::field("valid_from", FieldCode::AlreadyUsed)),
    ]
}

fn checked(typed: &TypedTerms) -> Result<(ContractTerms, String), Problem> {
    let mut fields = Vec::new();
    let mut keep = |field: &str, code: Option<FieldCode>| {
        fields.extend(code.map(|code| FieldProblem::new(field, code)));
    };
    let number = keep_line(&typed.number, 1..=NUMBER_MAX);
    keep("number", number.as_ref().err().copied());
    let valid_from = date(&typed.valid_from);
    keep("valid_from", valid_from.err());
    let valid_until = optional(&typed.valid_until, date);
    let is_reversed = matches!((valid_from, valid_until), (Ok(from), Ok(Some(until))) if until < from);
    keep("valid_until", valid_until.err().or(is_reversed.then_some(FieldCode::OutOfRange)));
    keep("tier", typed.tier.is_empty().then_some(FieldCode::Missing));
    let minutes_per_period = whole(&typed.minutes_per_period, 0, MOST_MINUTES);
    keep("minutes_per_period", minutes_per_period.err());
    keep("period", typed.period.is_none().then_some(FieldCode::Missing));
    keep("rollover", typed.rollover.is_none().then_some(FieldCode::Missing));
    let rate_per_minute = crowns(&typed.rate_per_minute);
    keep("rate_per_minute", rate_per_minute.err());
    let urgent_rate_per_minute = crowns(&typed.urgent_rate_per_minute);
    keep("urgent_rate_per_minute", urgent_rate_per_minute.err());
    let minimum_minutes = whole(&typed.minimum_minutes, 0, HIGHEST_LIMIT / 2);
    keep("minimum_minutes", minimum_minutes.err());
    let ceiling_minutes = optional(&typed.ceiling_minutes, |typed| whole(typed, 1, HIGHEST_LIMIT));
    keep("ceiling_minutes", ceiling_minutes.err());
    let reason = keep_lines(&typed.reason, NOTE_MIN..=NOTE_MAX);
    keep("reason", reason.as_ref().err().copied());
    if !fields.is_empty() {
        return Err(Problem::Invalid { fields });
    }
    let all = || {
        let terms = ContractTerms {
            number: number?,
            valid_from: valid_from?,
            valid_until: valid_until?,
            tier: typed.tier.clone(),
            minutes_per_period: minutes_per_period?,
            period: typed.period.ok_or(FieldCode::Missing)?,
            rollover: typed.rollover.ok_or(FieldCode::Missing)?,
            rate_per_minute: rate_per_minute?,
            urgent_rate_per_minute: urgent_rate_per_minute?,
            minimum_minutes: minimum_minutes?,
            ceiling_minutes: ceiling_minutes?,
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
fn crowns(typed: &str) -> Result<Money, FieldCode> {
    if typed.trim().is_empty() {
        return Err(FieldCode::Missing);
    }
    let money = Money::parse_crowns(typed).ok_or(FieldCode::NotANumber)?;
    if (0..=HIGHEST_RATE).contains(&money.haler()) { Ok(money) } else { Err(FieldCode::OutOfRange) }
}
