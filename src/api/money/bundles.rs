//! Buying minutes in advance.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{
        ids::{BundleId, BundleOrderId},
        money::Money,
    },
    money::{
        bundles::ShopPage as Shop,
        purchases as view,
        purchases::{OrderNumber, PaymentMethod},
    },
    problem::Problem,
};

access! {
    ShopPage: Public,
    OrderForm: Buyer,
    PlaceOrder: Buyer,
    OrderPage: BillingViewer,
    CancelOrder: Buyer,
}

/// What is on sale; for a member who sees the customer's account also what their usage suggests and their orders.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "bundles", input = GetUrl)]
pub async fn shop_page() -> Result<Shop, Problem> {
    use crate::server::{request, service::money::bundles};
    bundles::shop(&request::app()?, request::caller()?.may_see_billing().ok().as_ref()).await
}

/// What an order of so many pieces would come to now.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability, [`Problem::NotFound`] for a bundle that is not on sale.
#[server(endpoint = "bundles/order-form", input = GetUrl)]
pub async fn order_form(bundle: BundleId, quantity: u32) -> Result<view::OrderForm, Problem> {
    use crate::server::{request, service::money::bundles};
    bundles::order_form(&request::app()?, &request::caller()?.may_buy()?, bundle, quantity).await
}

/// Places an order; with `recount` it only shows what the typed quantity comes to. `id` names this rendering of the form:
/// sending it again finds the same order.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::TotalDiffers`] when the form showed another total,
/// [`Problem::Conflict`] when `id` names an order of something else.
#[server(endpoint = "bundles/order")]
pub async fn place_order(
    id: BundleOrderId,
    bundle: BundleId,
    #[server(default)] quantity: String,
    #[server(default)] reference: String,
    method: Option<PaymentMethod>,
    total: Money,
    #[server(default)] recount: bool,
) -> Result<(), Problem> {
    use crate::server::{request, service::money::bundles};
    let (app, buyer) = (request::app()?, request::caller()?.may_buy()?);
    if recount {
        let (all, short) = bundles::recounted(bundle, &quantity, &reference, method)?;
        return request::see_other_or(Some(&all), &short);
    }
    let typed = view::TypedOrder { quantity, reference, method, shown: total };
    let placed = bundles::order(&app, &buyer, id, bundle, &typed).await?;
    request::see_other(&placed.next_page())
}

/// An order. Another customer's does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "bundles/order-page", input = GetUrl)]
pub async fn order_page(number: OrderNumber) -> Result<view::OrderPage, Problem> {
    use crate::server::{request, service::money::bundles};
    bundles::page(&request::app()?, &request::caller()?.may_see_billing()?, number).await
}

/// Calls an order off before it is paid.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Conflict`] once money came or the minutes are credited.
#[server(endpoint = "bundles/cancel")]
pub async fn cancel_order(number: OrderNumber) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::bundles},
    };
    bundles::cancel(&request::app()?, &request::caller()?.may_buy()?, number).await?;
    request::see_other(&paths::purchase(number))
}
