//! What does not come out even between documents and transfers.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{CustomerId, SettlingId},
    money::balances::{self as view, Decided},
    problem::Problem,
};

access! {
    Balances: Manager,
    WriteOffDifference: Manager,
    AskForRest: Manager,
    ReturnBalance: Manager confirmed,
    SpendBalance: Manager confirmed,
    UndoDecision: Manager confirmed,
}

/// Overpayments, differences, and what was decided lately.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/balances", input = GetUrl)]
pub async fn balances() -> Result<view::BalancesPage, Problem> {
    use crate::server::{request, service::money::balances};
    balances::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Writes off what is left of a document, if it is a small difference.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when it is no small difference.
#[server(endpoint = "sales/write-off-difference")]
pub async fn write_off_difference(
    #[server(default)] document: String,
    #[server(default)] reason: String,
    key: SettlingId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::balances},
    };
    balances::write_off(&request::app()?, &request::caller()?.manager()?, &document, &reason, key).await?;
    request::see_other(paths::SALES_BALANCES)
}

/// Asks for what is left of a document by mail.
///
/// # Errors
/// [`Problem::Conflict`] when nothing is left, or nothing came.
#[server(endpoint = "sales/ask-for-rest")]
pub async fn ask_for_rest(#[server(default)] document: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::balances},
    };
    balances::ask(&request::app()?, &request::caller()?.manager()?, &document).await?;
    request::see_other(paths::SALES_BALANCES)
}

/// Notes that a balance, or a part of it, was sent back.
///
/// # Errors
/// [`Problem::Invalid`] for more than there is, or without a word on how.
#[server(endpoint = "sales/return-balance")]
pub async fn return_balance(
    customer: CustomerId,
    #[server(default)] amount: String,
    #[server(default)] reason: String,
    key: SettlingId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::balances},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    balances::give_back(&request::app()?, &manager, customer, &amount, &reason, key).await?;
    request::see_other(paths::SALES_BALANCES)
}

/// Pays a customer's open document from their balance.
///
/// # Errors
/// [`Problem::Invalid`] when it is no open document of theirs, [`Problem::Conflict`] when there is no balance.
#[server(endpoint = "sales/spend-balance")]
pub async fn spend_balance(
    customer: CustomerId,
    #[server(default)] document: String,
    key: SettlingId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::balances},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    balances::spend(&request::app()?, &manager, customer, &document, key).await?;
    request::see_other(paths::SALES_BALANCES)
}

/// Takes back what was decided, while nothing rests on it.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when something rests on it.
#[server(endpoint = "sales/undo-decision")]
pub async fn undo_decision(
    decided: Decided,
    id: String,
    #[server(default)] reason: String,
    key: SettlingId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::balances},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    balances::undo(&request::app()?, &manager, decided, &id, &reason, key).await?;
    request::see_other(paths::SALES_BALANCES)
}
