//! Two customers that are one: what of the first goes on at the second.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode, ids::CustomerId},
        minutes::contracts::Contract,
        people::{
            members::StaffRole,
            mergers::{MergePage, MergeWaits, MergedContract, MergedCustomer},
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::{
            Desk,
            events::{SecurityEvent, record},
        },
        db::{
            OnConstraint, Tx,
            minutes::{contracts, ledger},
            people::{customers, mergers},
            retrying,
        },
        service::minutes::{billing_terms, ledger::credit_period},
    },
};

/// What merging a customer into another one means, before it is done.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::MovedOn`] when one of them was merged already.
pub async fn page(app: &App, desk: &Desk, from: CustomerId, into: CustomerId) -> Result<MergePage, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.staff().await?;
    let (gone, stays) = (of_customer(&mut tx, from, now).await?, of_customer(&mut tx, into, now).await?);
    if from == into {
        return Err(Problem::NotFound);
    }
    let is_taken = stays.contracts.iter().any(|contract| contract.from <= today);
    Ok(MergePage {
        collide: mergers::contracts_collide(&mut tx, from, into, today).await?,
        begins: if is_taken { today.succ_opt().unwrap_or(today) } else { today },
        ends: mergers::ends(&mut tx, from).await?,
        waits: waits(&mut tx, desk, from, now).await?,
        from: gone,
        into: stays,
    })
}

async fn of_customer(tx: &mut Tx, id: CustomerId, now: DateTime<Utc>) -> Result<MergedCustomer, Problem> {
    if let Some(into) = mergers::merged_into(tx, id).await? {
        return Err(Problem::MovedOn(MovedOn::Customer(into)));
    }
    let facts = customers::facts(tx, id).await?.ok_or(Problem::NotFound)?;
    let (pools, outlook) = billing_terms::account(tx, id, None, now).await?;
    let in_force = in_force(tx, id, now).await?;
    let mut said: Vec<_> = in_force
        .into_iter()
        .map(|contract| MergedContract {
            number: contract.terms.number,
            tier: contract.tier.name,
            from: contract.terms.valid_from,
            until: contract.terms.valid_until,
        })
        .collect();
    said.sort_by_key(|contract| contract.from);
    Ok(MergedCustomer {
        id,
        name: facts.name,
        contracts: said,
        left: pools.iter().filter(|pool| pool.effective_at <= now).map(|pool| pool.left).sum(),
        reserved: outlook.free_at(now).reserved,
        requests: mergers::open_requests(tx, id).await?,
    })
}

/// The contracts of a customer that are in force, or will be.
async fn in_force(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<Vec<Contract>, Problem> {
    let today = to_local(now).date();
    let mut found = contracts::of_customer(tx, customer, now).await?;
    found.retain(|contract| contract.terms.valid_until.is_none_or(|last| today <= last));
    Ok(found)
}

/// What is done before a customer is merged. What begins just now is refused by the merging itself, which cannot say what it is.
async fn waits(tx: &mut Tx, desk: &Desk, from: CustomerId, now: DateTime<Utc>) -> Result<Option<MergeWaits>, Problem> {
    if let Some(work) = mergers::work_under_way(tx, from).await? {
        return Ok(Some(MergeWaits::Work(work)));
    }
    let decides = desk.roles().contains(StaffRole::Manager);
    let has_contract = !decides && !in_force(tx, from, now).await?.is_empty();
    Ok(has_contract.then_some(MergeWaits::Contract(from)))
}

/// Merges a customer into another one, a duplicate or a newcomer who turns out to be known: people, what is open, and the contract go on
/// there, the minutes that are left are posted there, and everything that was stays where it is, to be read from there. Twice it is the
/// same as once.
///
/// * `goes_on` – where both have a contract in force: whose goes on; the other one ends
///
/// # Errors
/// [`Problem::MergeWaits`] while work is under way, or for who may not decide about a contract; [`Problem::HasItsOwn`] when a request or a
/// time is nobody's who goes on; [`Problem::Invalid`] when the other is no customer, or nobody says whose contract goes on;
/// [`Problem::Conflict`] when this one is none any more; [`Problem::NotFound`].
pub async fn merge(
    app: &App,
    desk: &Desk,
    from: CustomerId,
    into: CustomerId,
    goes_on: Option<CustomerId>,
) -> Result<(), Problem> {
    credit_what_is_due(app, [from, into]).await?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        customers::facts(&mut tx, from).await?.ok_or(Problem::NotFound)?;
        if mergers::merged_into(&mut tx, from).await? == Some(into) {
            return Ok(());
        }
        if let Some(waits) = waits(&mut tx, desk, from, now).await? {
            return Err(Problem::MergeWaits(waits));
        }
        mergers::merge(&mut tx, (from, into), goes_on, desk.id(), now).await.on_constraints([
            ("customers_are_merged", Problem::Conflict),
            ("merged_into_a_customer", Problem::field("into", FieldCode::Unknown)),
            ("nothing_is_left_behind", Problem::HasItsOwn),
            ("one_contract_goes_on", Problem::field("goes_on", FieldCode::Missing)),
        ])?;
        Ok(tx.commit().await?)
    })
    .await?;
    record(SecurityEvent::CustomerLeft(from));
    Ok(())
}

/// Credits what the contracts of both owe for the period under way, before one of them ends: it is not lost.
async fn credit_what_is_due(app: &App, customers: [CustomerId; 2]) -> Result<(), Problem> {
    for customer in customers {
        retrying(|| async {
            let now = app.clock.now();
            let mut tx = app.db.staff().await?;
            if contracts::is_customer(&mut tx, customer).await? {
                ledger::lock(&mut tx, customer).await?;
                credit_period(&mut tx, customer, now, now).await?;
            }
            Ok(tx.commit().await?)
        })
        .await?;
    }
    Ok(())
}
