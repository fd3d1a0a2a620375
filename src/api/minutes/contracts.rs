//! Contracts as staff keep them.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{ContractFileId, ContractId, CustomerId},
        paging::{CountedPage, Queue},
        seen::Seen,
    },
    minutes::{
        contracts::{EndingContract, Period, Rollover},
        pages,
    },
    problem::Problem,
};

access! {
    Customers: Desk,
    Customer: Desk,
    EndingContracts: Desk,
    AddContract: Manager confirmed,
    AmendContract: Manager confirmed,
    WithdrawAmendment: Manager confirmed,
    SetContractValidity: Manager confirmed,
    AttachContractFile: Manager,
    RemoveContractFile: Manager,
}

/// Customers by name, with their contract and what is left; `search` is a part of the name or the IČO, `after` the last one of
/// the page before.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/customers", input = GetUrl)]
pub async fn customers(
    #[server(default)] search: String,
    after: Option<CustomerId>,
) -> Result<CountedPage<pages::CustomerRow, CustomerId>, Problem> {
    use crate::server::{request, service::minutes::contracts};
    contracts::customers(&request::app()?, &request::caller()?.desk()?, &search, after).await
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

/// Contracts that end soon and are followed by none.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/ending-contracts", input = GetUrl)]
pub async fn ending_contracts() -> Result<Queue<EndingContract>, Problem> {
    use crate::server::{request, service::minutes::contracts};
    contracts::ending(&request::app()?, &request::caller()?.desk()?).await
}

/// Writes a new contract. Dates are `2026-01-01`, money is crowns ("22" or "22,50"), all as typed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "desk/add-contract")]
pub async fn add_contract(
    customer: CustomerId,
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
    #[server(default)] fee: String,
    fee_period: Option<Period>,
    #[server(default)] fee_day: String,
    #[server(default)] reason: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::minutes::contracts::{self, TypedFrame, TypedTerms},
        },
    };
    let frame = TypedFrame { number, valid_from, valid_until };
    let typed = TypedTerms {
        tier,
        minutes_per_period,
        period,
        rollover,
        rate_per_minute,
        urgent_rate_per_minute,
        minimum_minutes,
        ceiling_minutes,
        fee,
        fee_period,
        fee_day,
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    contracts::add(&request::app()?, &manager, customer, (&frame, &typed), &reason, key).await?;
    request::see_other(&paths::customer(customer))
}

/// Writes what a contract says from a day on, all as typed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right,
/// [`Problem::ChangedMeanwhile`] with every one that somebody has changed since the form was shown.
#[server(endpoint = "desk/amend-contract")]
pub async fn amend_contract(
    customer: CustomerId,
    contract: ContractId,
    version: u32,
    #[server(default)] from_day: String,
    #[server(default)] tier: String,
    #[server(default)] minutes_per_period: String,
    period: Option<Period>,
    rollover: Option<Rollover>,
    #[server(default)] rate_per_minute: String,
    #[server(default)] urgent_rate_per_minute: String,
    #[server(default)] minimum_minutes: String,
    #[server(default)] ceiling_minutes: String,
    #[server(default)] fee: String,
    fee_period: Option<Period>,
    #[server(default)] fee_day: String,
    #[server(default)] reason: String,
    key: Uuid,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::minutes::contracts::{self, TypedTerms, Written},
        },
    };
    let typed = TypedTerms {
        tier,
        minutes_per_period,
        period,
        rollover,
        rate_per_minute,
        urgent_rate_per_minute,
        minimum_minutes,
        ceiling_minutes,
        fee,
        fee_period,
        fee_day,
    };
    let written = Written { customer, contract, version, reason: &reason, key, seen: Some(&seen) };
    contracts::amend(&request::app()?, &request::caller()?.confirmed()?.manager()?, written, &from_day, &typed).await?;
    request::see_other(&paths::contract(customer, contract))
}

/// Takes an amendment back whose day has not come.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Conflict`] for what is in force already.
#[server(endpoint = "desk/withdraw-amendment")]
pub async fn withdraw_amendment(
    customer: CustomerId,
    contract: ContractId,
    version: u32,
    from_day: NaiveDate,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::minutes::contracts::{self, Written},
        },
    };
    let written = Written { customer, contract, version, reason: "", key, seen: None };
    contracts::withdraw(&request::app()?, &request::caller()?.confirmed()?.manager()?, written, from_day).await?;
    request::see_other(&paths::contract(customer, contract))
}

/// Renews a contract or ends it: its number and its last day, as typed.
///
/// # Errors
/// As [`amend_contract`].
#[server(endpoint = "desk/set-contract-validity")]
pub async fn set_contract_validity(
    customer: CustomerId,
    contract: ContractId,
    version: u32,
    #[server(default)] number: String,
    #[server(default)] valid_until: String,
    #[server(default)] reason: String,
    key: Uuid,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::minutes::contracts::{self, TypedFrame, Written},
        },
    };
    let frame = TypedFrame { number, valid_from: String::new(), valid_until };
    let written = Written { customer, contract, version, reason: &reason, key, seen: Some(&seen) };
    contracts::set_validity(&request::app()?, &request::caller()?.confirmed()?.manager()?, written, &frame).await?;
    request::see_other(&paths::contract(customer, contract))
}

/// Keeps a PDF of what was signed, perhaps in the place of another one: its bytes in hexadecimal digits, which an upload becomes on
/// its way in.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] for what is no PDF or too large.
#[server(endpoint = "desk/attach-contract-file")]
pub async fn attach_contract_file(
    customer: CustomerId,
    contract: ContractId,
    #[server(default)] file: String,
    #[server(default)] file_name: String,
    replaces: Option<ContractFileId>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::minutes::contracts},
    };
    let manager = request::caller()?.manager()?;
    contracts::attach(&request::app()?, &manager, (customer, contract), (&file_name, &file), replaces).await?;
    request::see_other(&paths::contract(customer, contract))
}

/// Removes what was attached by mistake.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "desk/remove-contract-file")]
pub async fn remove_contract_file(
    customer: CustomerId,
    contract: ContractId,
    attached: ContractFileId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::minutes::contracts},
    };
    let manager = request::caller()?.manager()?;
    contracts::remove_file(&request::app()?, &manager, (customer, contract), attached).await?;
    request::see_other(&paths::contract(customer, contract))
}
