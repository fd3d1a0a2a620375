//! Customers as the vendor's people keep them.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{ids::CustomerId, seen::Seen},
    people::customers as view,
    problem::Problem,
};

access! {
    CustomerForm: Desk,
    AddCustomer: Desk,
    SaveCustomer: Desk,
    BlockCustomer: Manager confirmed,
    UnblockCustomer: Manager confirmed,
    SetCustomerActive: Manager confirmed,
    SetTrusted: Manager confirmed,
}

/// `/desk/customers/{customer}/edit`, or `/desk/customers/new` where none is named.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "desk/customer-form", input = GetUrl)]
pub async fn customer_form(customer: Option<CustomerId>) -> Result<view::CustomerFormPage, Problem> {
    use crate::server::{request, service::people::customers};
    customers::form_page(&request::app()?, &request::caller()?.desk()?, customer).await
}

/// Adds a customer, all as typed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "desk/add-customer")]
pub async fn add_customer(
    #[server(default)] name: String,
    #[server(default)] ico: String,
    #[server(default)] country: String,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] postal_code: String,
    #[server(default)] dic: String,
    #[server(default)] region: String,
    #[server(default)] phones: String,
    #[server(default)] emails: String,
    #[server(default)] pinned_note: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{
            paths,
            people::customers::{Address, TypedCustomer},
        },
        server::{request, service::people::customers},
    };
    let address = Address { street, city, postal_code, dic };
    let typed = TypedCustomer { name, ico, country, address, region, phones, emails, note: pinned_note };
    let customer = customers::add(&request::app()?, &request::caller()?.desk()?, &typed, key).await?;
    request::see_other(&paths::customer(customer))
}

/// Writes what is kept of a customer, all as typed; documents bear it from now on.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`] with every field that is not right,
/// [`Problem::NotFound`].
#[server(endpoint = "desk/save-customer")]
pub async fn save_customer(
    customer: CustomerId,
    #[server(default)] name: String,
    #[server(default)] ico: String,
    #[server(default)] country: String,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] postal_code: String,
    #[server(default)] dic: String,
    #[server(default)] region: String,
    #[server(default)] phones: String,
    #[server(default)] emails: String,
    #[server(default)] pinned_note: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{
            paths,
            people::customers::{Address, TypedCustomer},
        },
        server::{request, service::people::customers},
    };
    let address = Address { street, city, postal_code, dic };
    let typed = TypedCustomer { name, ico, country, address, region, phones, emails, note: pinned_note };
    customers::save(&request::app()?, &request::caller()?.desk()?, customer, &typed, &seen).await?;
    request::see_other(&paths::customer(customer))
}

/// Keeps a customer from ordering and buying, for a reason that its people read.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] without a reason, [`Problem::NotFound`].
#[server(endpoint = "desk/block-customer")]
pub async fn block_customer(
    customer: CustomerId,
    #[server(default)] reason: String,
    #[server(default)] spares_urgent: bool,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::customers},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    customers::block(&request::app()?, &manager, customer, &reason, spares_urgent).await?;
    request::see_other(&paths::customer(customer))
}

/// Lets a customer order and buy again.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "desk/unblock-customer")]
pub async fn unblock_customer(customer: CustomerId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::customers},
    };
    customers::unblock(&request::app()?, &request::caller()?.confirmed()?.manager()?, customer).await?;
    request::see_other(&paths::customer(customer))
}

/// Ends that somebody is a customer, or begins it again.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "desk/set-customer-active")]
pub async fn set_customer_active(customer: CustomerId, active: bool) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::customers},
    };
    customers::set_active(&request::app()?, &request::caller()?.confirmed()?.manager()?, customer, active).await?;
    request::see_other(&paths::customer(customer))
}

/// Sets whether the customer has the minutes at once when paying by transfer, against an invoice.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "desk/set-trusted")]
pub async fn set_trusted(customer: CustomerId, trusted: bool) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::customers},
    };
    customers::set_trusted(&request::app()?, &request::caller()?.confirmed()?.manager()?, customer, trusted).await?;
    request::see_other(&paths::customer(customer))
}
