//! Putting an order right after it was sent.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{numbers::RequestNumber, seen::Seen},
    problem::Problem,
};

access! {
    SaveDetails: Orderer,
}

/// Saves what happened and who will sit at the computer.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Conflict`] for what is over.
#[server(endpoint = "requests/save-details")]
pub async fn save_details(
    number: RequestNumber,
    #[server(default)] what_happened: String,
    #[server(default)] contact_name: String,
    #[server(default)] contact_phone: String,
    #[server(default)] seen: Seen,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{ordering::requests::RequestDetails, paths},
        server::{request, service::ordering::editing},
    };
    let details = RequestDetails { what_happened, contact_name, contact_phone };
    editing::save(&request::app()?, &request::caller()?.may_order()?, number, &details, (&seen, key)).await?;
    request::see_other(&paths::request(number))
}
