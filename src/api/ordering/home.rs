//! Where everybody begins.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::pages as view, problem::Problem};

access! {
    StartPage: SignedIn,
}

/// What `/` is for whoever is signed in.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, who reads the public page of the line there.
#[server(endpoint = "start", input = GetUrl)]
pub async fn start_page() -> Result<view::Start, Problem> {
    use crate::server::{request, service::ordering::home};
    home::start(&request::app()?, &request::caller()?).await
}
