//! What is being typed and was not sent yet.

use leptos::prelude::*;

use crate::model::problem::Problem;

access! {
    KeepUnsent: SignedIn,
}

/// Keeps what is being typed on a page, so that it is there when the browser opens that page again.
///
/// * `page` – the page's address
/// * `typed` – the fields of its form, urlencoded
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Malformed`] for what is no page or no form.
#[server(endpoint = "forms/keep")]
pub async fn keep_unsent(page: String, typed: String) -> Result<(), Problem> {
    use crate::server::{request, service::people::kept_forms};
    kept_forms::keep_unsent(&request::app()?, &request::caller()?, &page, &typed).await
}
