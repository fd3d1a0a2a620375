//! Opening closed work again.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{base::numbers::RequestNumber, problem::Problem, work::reopening as view};

access! {
    ReopenPage: Staff,
    ReopenWork: Staff,
}

/// What is asked before closed work is opened again.
///
/// # Errors
/// [`Problem::Conflict`] when it is not closed, [`Problem::Work`] when it is somebody else's.
#[server(endpoint = "work/reopening", input = GetUrl)]
pub async fn reopen_page(number: RequestNumber) -> Result<view::ReopenPage, Problem> {
    use crate::server::{request, service::work::reopening};
    reopening::page(&request::app()?, &request::caller()?.staff()?, number).await
}

/// Opens closed work again, with a reason that its customer reads.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Work`] when it stays closed.
#[server(endpoint = "work/reopen")]
pub async fn reopen_work(number: RequestNumber, #[server(default)] reason: String, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::reopening},
    };
    reopening::reopen(&request::app()?, &request::caller()?.staff()?, number, &reason, key).await?;
    request::see_other(&paths::workbench(number))
}
