//! The shop.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::pages as view, problem::Problem};

access! {
    ShopPage: Public,
}

/// What is on sale; for a member who sees the customer's account also what their usage suggests and their purchases.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "bundles", input = GetUrl)]
pub async fn shop_page() -> Result<view::ShopPage, Problem> {
    use crate::server::{request, service::money::bundles};
    bundles::shop(&request::app()?, request::caller()?.may_see_billing().ok().as_ref()).await
}
