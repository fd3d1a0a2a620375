//! What would pay for an intervention, with the facts from the database.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{CustomerId, RequestId},
        },
        minutes::{
            billing_terms::{BillingTerms, billing_terms},
            outlook::Outlook,
            pools::Pool,
        },
    },
    server::db::{
        DbError, Tx,
        line::catalogue,
        minutes::{contracts, outlook::accounts, usage},
    },
};

/// What the account will hold from `now` on, less what the agreed appointments will probably draw; that of `except` counts for
/// nothing, where it is what is asked about.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn outlook(
    tx: &mut Tx,
    customer: CustomerId,
    except: Option<RequestId>,
    now: DateTime<Utc>,
) -> Result<Outlook, DbError> {
    Ok(account(tx, customer, except, now).await?.1)
}

/// As [`outlook`], with the pools of which it is made, by the day they begin.
///
/// # Errors
/// As [`outlook`].
pub async fn account(
    tx: &mut Tx,
    customer: CustomerId,
    except: Option<RequestId>,
    now: DateTime<Utc>,
) -> Result<(Vec<Pool>, Outlook), DbError> {
    let found = accounts(tx, &[customer], except, now, to_local(now).date()).await?;
    let found = found.into_iter().next();
    Ok(found.map_or_else(
        || (Vec::new(), Outlook::new(&[], Vec::new(), Vec::new(), now)),
        |account| {
            let outlook = Outlook::new(&account.pools, account.contracts, account.reservations, now);
            (account.pools, outlook)
        },
    ))
}

/// How many minutes of each of several customers are free at `now`, in as many statements as of one.
///
/// # Errors
/// As [`outlook`].
pub async fn free_of(
    tx: &mut Tx,
    customers: &[CustomerId],
    now: DateTime<Utc>,
) -> Result<HashMap<CustomerId, u32>, DbError> {
    let found = accounts(tx, customers, None, now, to_local(now).date()).await?;
    let free = found.into_iter().map(|account| {
        let outlook = Outlook::new(&account.pools, account.contracts, account.reservations, now);
        (account.customer, outlook.free_at(now).free())
    });
    Ok(free.collect())
}

/// What would pay for an intervention that is ordered at `now` and starts at `start`, at the prices that are known to hold then.
///
/// # Errors
/// As [`outlook`].
pub async fn terms(
    tx: &mut Tx,
    customer: CustomerId,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<BillingTerms, DbError> {
    let settings = catalogue::settings_known(tx, start, now).await?;
    Ok(billing_terms(&outlook(tx, customer, None, now).await?, &settings, start))
}

/// The terms of an intervention that begins at `start`: what is agreed otherwise changes none of them.
///
/// * `known` – when its customer was shown what it would cost: what was changed since is not theirs to pay
///
/// # Errors
/// As [`outlook`].
pub async fn in_force(
    tx: &mut Tx,
    customer: CustomerId,
    start: DateTime<Utc>,
    known: DateTime<Utc>,
) -> Result<BillingTerms, DbError> {
    let settings = catalogue::settings_known(tx, start, known).await?;
    let pools = usage::pools(tx, customer, start).await?;
    let contracts = contracts::covered_known(tx, customer, to_local(start).date(), known).await?;
    Ok(billing_terms(&Outlook::new(&pools, contracts, Vec::new(), start), &settings, start))
}

/// The terms of the intervention of `request` that begins at `start`, as far as the account tells at `now`, with what the other
/// agreed appointments will probably draw.
///
/// * `known` – as of [`in_force`]
///
/// # Errors
/// As [`outlook`].
pub async fn in_prospect(
    tx: &mut Tx,
    (customer, request): (CustomerId, RequestId),
    start: DateTime<Utc>,
    now: DateTime<Utc>,
    known: DateTime<Utc>,
) -> Result<BillingTerms, DbError> {
    let settings = catalogue::settings_known(tx, start, known).await?;
    let pools = usage::pools(tx, customer, now).await?;
    let contracts = contracts::covered_known(tx, customer, to_local(now).date(), known).await?;
    let reservations = usage::reservations(tx, customer, Some(request), now).await?;
    Ok(billing_terms(&Outlook::new(&pools, contracts, reservations, now), &settings, start))
}
