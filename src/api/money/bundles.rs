//! The shop.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    money::{pages as view, purchases::PurchaseNumber},
    problem::Problem,
};

access! {
    ShopPage: Public,
}

/// What is on sale; for a member who sees the customer's account also what their usage suggests and their purchases, the
/// list of which `before` continues.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "bundles", input = GetUrl)]
pub async fn shop_page(before: Option<PurchaseNumber>) -> Result<view::ShopPage, Problem> {
    use crate::server::{request, service::money::bundles};
    let caller = request::caller()?;
    let shop = bundles::shop(&request::app()?, caller.may_see_billing().ok().as_ref(), before).await?;
    Ok(view::ShopPage { hides_terms: shop.account.is_none() && caller.member().is_ok(), ..shop })
}
