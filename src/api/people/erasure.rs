//! Erasing what is kept of a customer's person.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{CustomerId, MemberId},
    people::erasure as view,
    problem::Problem,
};

access! {
    OwnErasurePage: Member,
    EraseOneself: Member,
    ErasurePage: Manager,
    EraseMember: Manager confirmed,
}

/// `/account/erase`.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Forbidden`] for all but members.
#[server(endpoint = "account/erasure", input = GetUrl)]
pub async fn own_erasure_page() -> Result<view::ErasurePage, Problem> {
    use crate::server::{request, service::people::erasure};
    erasure::own_page(&request::app()?, &request::caller()?.member()?).await
}

/// Erases whoever asks, and signs them out.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong password, or while nobody has the open requests; [`Problem::Erasure`].
#[server(endpoint = "account/erase")]
pub async fn erase_oneself(
    #[server(default)] own_password: String,
    #[server(default)] heir: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::erasure},
    };
    let (client, caller) = (request::client()?, request::caller()?);
    erasure::erase_oneself(&request::app()?, &client, &caller, &own_password, &heir).await?;
    request::clear_session_cookie()?;
    request::see_other(paths::ERASED)
}

/// `/desk/customers/{customer}/people/{member}/erase`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`], also for who is erased already.
#[server(endpoint = "members/erasure", input = GetUrl)]
pub async fn erasure_page(customer: CustomerId, member: MemberId) -> Result<view::ErasurePage, Problem> {
    use crate::server::{request, service::people::erasure};
    erasure::page(&request::app()?, &request::caller()?.manager()?, customer, member).await
}

/// Erases a person of a customer who asked for it.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] without a reason, or while nobody has the open requests;
/// [`Problem::Erasure`], [`Problem::NotFound`].
#[server(endpoint = "members/erase")]
pub async fn erase_member(
    customer: CustomerId,
    member: MemberId,
    #[server(default)] reason: String,
    #[server(default)] heir: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::erasure},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    erasure::erase(&request::app()?, &manager, customer, member, &reason, &heir).await?;
    request::see_other(&paths::customer(customer))
}
