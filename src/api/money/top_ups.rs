//! Top-ups: minutes that are bought when few are free.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::ids::BundleId, money::top_ups as view, problem::Problem};

access! {
    TopUpPage: BillingViewer,
    AgreeTopUp: Buyer confirmed,
    EndTopUp: Buyer,
}

/// What is agreed, and what can be.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability.
#[server(endpoint = "top-up", input = GetUrl)]
pub async fn top_up_page() -> Result<view::TopUpPage, Problem> {
    use crate::server::{request, service::money::top_ups};
    top_ups::page(&request::app()?, &request::caller()?.may_see_billing()?).await
}

/// Agrees that minutes are bought when few are free.
///
/// * `prices` – what the form said that each bundle costs
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::TotalDiffers`], [`Problem::Conflict`] without a saved card.
#[server(endpoint = "top-up/agree")]
pub async fn agree_top_up(
    bundle: Option<BundleId>,
    #[server(default)] below: String,
    #[server(default)] most: String,
    #[server(default)] prices: String,
) -> Result<(), Problem> {
    use crate::{
        model::{money::top_ups::TypedTopUp, paths},
        server::{request, service::money::top_ups},
    };
    let typed = TypedTopUp { bundle, below, most };
    top_ups::agree(&request::app()?, &request::caller()?.confirmed()?.may_buy()?, &typed, &prices).await?;
    request::see_other(paths::TOP_UP)
}

/// Switches it off.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability.
#[server(endpoint = "top-up/end")]
pub async fn end_top_up() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::top_ups},
    };
    top_ups::end(&request::app()?, &request::caller()?.may_buy()?).await?;
    request::see_other(paths::TOP_UP)
}
