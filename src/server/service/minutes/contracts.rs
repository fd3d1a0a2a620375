//! Contracts: read by the customer, kept by staff with their history.

mod files;
mod typed;
mod versions;

use chrono::{NaiveDate, TimeDelta};

pub use self::{
    files::{attach, file, remove_file},
    typed::{TypedFrame, TypedTerms},
    versions::{Written, add, amend, set_validity, withdraw},
};
use super::billing_terms;
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{ContractId, CustomerId},
            paging::{CountedPage, Queue},
        },
        mails::MailContent,
        minutes::{
            contracts::{ENDS_FIRST_DAYS, EndingContract, end_told_at, versions::with_first_wording},
            pages::{ContractPage, CustomerPage, CustomerRow},
            pools::{reserve, sort_pools},
        },
        people::members::{Capability, StaffRole},
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::{BillingViewer, Desk},
        db::{
            line::{catalogue, licences},
            mails,
            minutes::contracts,
            money::receivables,
            paging::counted,
            people::{customers, members, mergers},
        },
    },
};

/// How many customers a page of the list shows.
const PAGE: usize = 100;
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
    if let Some(into) = mergers::merged_into(&mut tx, id).await? {
        return Err(Problem::MovedOn(MovedOn::Customer(into)));
    }
    let facts = customers::facts(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let contracts = contracts::of_customer(&mut tx, id, now).await?;
    let ids: Vec<ContractId> = contracts.iter().map(|contract| contract.id).collect();
    let mut said = contracts::versions::of(&mut tx, &ids).await?;
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
    let (mut pools, outlook) = billing_terms::account(&mut tx, id, None, now).await?;
    let minutes = outlook.free_at(now);
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
        exposure: receivables::exposure(&mut tx, id).await?.total(),
        credit_limit: receivables::limit_on(&mut tx, id, to_local(now).date()).await?,
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
