//! Backups.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{line::backups as view, problem::Problem};

access! {
    BackupsPage: Manager,
}

/// `/settings/backup`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "backups", input = GetUrl)]
pub async fn backups_page() -> Result<view::BackupsPage, Problem> {
    use crate::server::{request, service::line::backups};
    backups::page(&request::app()?, &request::caller()?.manager()?).await
}
