//! Contracts as staff keep them.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::ids::{ContractId, CustomerId},
    minutes::{
        contracts::{Period, Rollover},
        pages,
    },
    problem::Problem,
};

access! {
    Customers: Desk,
    Customer: Desk,
    SaveContract: Manager,
}

/// Customers by name, with their contract and what is left; `search` is a part of the name or the IČO.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/customers", input = GetUrl)]
pub async fn customers(#[server(default)] search: String) -> Result<Vec<pages::CustomerRow>, Problem> {
    use crate::server::{request, service::minutes::contracts};
    contracts::customers(&request::app()?, &request::caller()?.desk()?, &search).await
}

/// One customer: contracts with their history, and the account.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/customer", input = GetUrl)]
pub async fn customer(id: CustomerId) -> Result<pages::CustomerPage, Problem> {
    use crate::server::{request, service::minutes::contracts};
    contracts::customer(&request::app()?, &request::caller()?.desk()?, id).await
}

/// Writes a contract's terms, or a new contract when none is named. Dates are `2026-01-01`, money is crowns ("22" or
/// "22,50"), all as typed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "desk/save-contract")]
pub async fn save_contract(
    customer: CustomerId,
    contract: Option<ContractId>,
    #[server(default)] number: String,
    #[server(default)] valid_from: String,
    #[server(default)] valid_until: String,
    #[server(default)] tier: String,
    #[server(default)] minutes_per_period: String,
    period: Option<Period>,
    rollover: Option<Rollover>,
    #[server(default)] rate_per_minute: String,
    #[server(default)] urgent_rate_per_minute: String,
    #[server(default)] minimum_minutes: String,
    #[server(default)] ceiling_minutes: String,
    #[server(default)] reason: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::minutes::contracts},
    };
    let typed = contracts::TypedTerms {
        number,
        valid_from,
        valid_until,
        tier,
        minutes_per_period,
        period,
        rollover,
        rate_per_minute,
        urgent_rate_per_minute,
        minimum_minutes,
        ceiling_minutes,
        reason,
    };
    contracts::save(&request::app()?, &request::caller()?.manager()?, customer, contract, typed, key).await?;
    request::see_other(&paths::customer(customer))
}
