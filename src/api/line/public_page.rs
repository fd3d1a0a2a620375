//! The public page of the customer line.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::pages as view, problem::Problem};

access! {
    LinePage: Public,
}

/// What the public page shows now.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "line", input = GetUrl)]
pub async fn line_page() -> Result<view::LinePage, Problem> {
    use crate::server::{request, service::line::public_page};
    public_page::page(&request::app()?).await
}
