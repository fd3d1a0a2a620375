//! Callers whom nobody knows yet.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::ids::{CustomerId, ProgramId},
    problem::Problem,
};

access! {
    AddCaller: Desk,
}

/// Writes a new caller in, with their organisation where `customer` is none, and leads to their card.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "desk/add-caller")]
pub async fn add_caller(
    customer: Option<CustomerId>,
    #[server(default)] organisation: String,
    #[server(default)] ico: String,
    program: Option<ProgramId>,
    #[server(default)] caller_name: String,
    #[server(default)] caller_phone: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, work::callers::TypedCaller},
        server::{request, service::work::callers},
    };
    let typed = TypedCaller { customer, organisation, ico, program, caller_name, caller_phone };
    let customer = callers::add(&request::app()?, &request::caller()?.desk()?, &typed, key).await?;
    request::see_other(&paths::intake_of(customer, &typed.caller_phone))
}
