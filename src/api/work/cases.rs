//! A request as the desk sees it.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::numbers::RequestNumber,
    problem::Problem,
    work::cases::{self as view, CaseAct},
};

access! {
    CasePage: Staff,
    ActPage: Desk,
    AddNote: Desk,
}

/// The staff's page of a request; a technician sees those at which that person works or worked.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/request", input = GetUrl)]
pub async fn case_page(number: RequestNumber) -> Result<view::CasePage, Problem> {
    use crate::server::{request, service::work::cases};
    cases::page(&request::app()?, &request::caller()?.staff()?, number).await
}

/// What the desk needs to know before it does something with a request. An empty `technician` is everybody: whose free times are shown.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it cannot be done (any more).
#[server(endpoint = "desk/act", input = GetUrl)]
pub async fn act_page(
    number: RequestNumber,
    act: CaseAct,
    #[server(default)] technician: String,
) -> Result<view::ActPage, Problem> {
    use crate::server::{request, service::work::cases};
    cases::act_page(&request::app()?, &request::caller()?.desk()?, number, act, technician.parse().ok()).await
}

/// Writes something down for the colleagues, or what came of an attempt to reach the customer.
///
/// # Errors
/// [`Problem::Invalid`] for a note that says nothing, or too much.
#[server(endpoint = "desk/add-note")]
pub async fn add_note(
    number: RequestNumber,
    #[server(default)] channel: String,
    #[server(default)] internal_note: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, work::attempts::AttemptChannel},
        server::{request, service::work::cases},
    };
    let channel = AttemptChannel::from_code(&channel);
    cases::add_note(&request::app()?, &request::caller()?.desk()?, number, channel, &internal_note, key).await?;
    request::see_other(&paths::desk_request(number))
}
