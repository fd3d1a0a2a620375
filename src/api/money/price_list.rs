//! Bundles as managers keep them.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::BundleId,
    money::{price_list as view, subscriptions::Recurrence},
    problem::Problem,
};

access! {
    PriceListPage: Manager,
    KeptBundlePage: Manager,
    AddBundle: Manager confirmed,
    ChangeBundle: Manager confirmed,
    RetireBundle: Manager confirmed,
    MoveBundleUp: Manager,
}

/// `/settings/bundles`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "price-list/page", input = GetUrl)]
pub async fn price_list_page() -> Result<view::PriceListPage, Problem> {
    use crate::server::{request, service::money::price_list};
    price_list::page(&request::app()?, &request::caller()?.manager()?).await
}

/// `/settings/bundles/{bundle}`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "price-list/bundle", input = GetUrl)]
pub async fn kept_bundle_page(bundle: BundleId) -> Result<view::KeptBundlePage, Problem> {
    use crate::server::{request, service::money::price_list};
    price_list::bundle_page(&request::app()?, &request::caller()?.manager()?, bundle).await
}

/// Sells one more bundle from a day on.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "price-list/add")]
pub async fn add_bundle(
    #[server(default)] bundle_minutes: String,
    #[server(default)] price: String,
    #[server(default)] validity_months: String,
    #[server(default)] sold_from: String,
    #[server(default)] comes: Option<Recurrence>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::price_list},
    };
    let typed = view::TypedBundle {
        minutes: bundle_minutes,
        price,
        validity_months,
        from: sold_from,
        comes: comes.unwrap_or_default(),
    };
    price_list::add(&request::app()?, &request::caller()?.confirmed()?.manager()?, &typed).await?;
    request::see_other(paths::BUNDLE_SETTINGS)
}

/// Sells a bundle otherwise from a day on.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`], [`Problem::Conflict`].
#[server(endpoint = "price-list/change")]
pub async fn change_bundle(
    bundle: BundleId,
    #[server(default)] bundle_minutes: String,
    #[server(default)] price: String,
    #[server(default)] validity_months: String,
    #[server(default)] sold_from: String,
    #[server(default)] comes: Option<Recurrence>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::price_list},
    };
    let typed = view::TypedBundle {
        minutes: bundle_minutes,
        price,
        validity_months,
        from: sold_from,
        comes: comes.unwrap_or_default(),
    };
    price_list::change(&request::app()?, &request::caller()?.confirmed()?.manager()?, bundle, &typed).await?;
    request::see_other(paths::BUNDLE_SETTINGS)
}

/// Sells a bundle until before a day.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`], [`Problem::Conflict`].
#[server(endpoint = "price-list/retire")]
pub async fn retire_bundle(bundle: BundleId, #[server(default)] retired_from: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::price_list},
    };
    price_list::retire(&request::app()?, &request::caller()?.confirmed()?.manager()?, bundle, &retired_from).await?;
    request::see_other(paths::BUNDLE_SETTINGS)
}

/// Exchanges a bundle with the one before it in the shop.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "price-list/move-up")]
pub async fn move_bundle_up(bundle: BundleId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::price_list},
    };
    price_list::move_up(&request::app()?, &request::caller()?.manager()?, bundle).await?;
    request::see_other(paths::BUNDLE_SETTINGS)
}
