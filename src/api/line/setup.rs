//! What a vendor has set, and what is missing.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{line::setup as view, problem::Problem};

access! {
    SetupPage: Manager,
}

/// What `/settings` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/page", input = GetUrl)]
pub async fn setup_page() -> Result<view::SetupPage, Problem> {
    use crate::server::{request, service::line::setup};
    setup::page(&request::app()?, &request::caller()?.manager()?).await
}
