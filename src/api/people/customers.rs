//! Customers as managers keep them.

use leptos::prelude::*;

use crate::model::{base::ids::CustomerId, problem::Problem};

access! {
    SaveAddress: Manager,
    SetTrusted: Manager,
}

/// Writes the address and the DIČ that documents bear from now on, all as typed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "desk/save-address")]
pub async fn save_address(
    customer: CustomerId,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] postal_code: String,
    #[server(default)] dic: String,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, people::customers::Address},
        server::{request, service::people::customers},
    };
    let typed = Address { street, city, postal_code, dic };
    customers::save_address(&request::app()?, &request::caller()?.manager()?, customer, &typed).await?;
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
    customers::set_trusted(&request::app()?, &request::caller()?.manager()?, customer, trusted).await?;
    request::see_other(&paths::customer(customer))
}
