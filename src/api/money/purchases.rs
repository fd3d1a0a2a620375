//! Buying minutes in advance.

#![allow(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{
        ids::{BundleId, PurchaseId},
        money::Money,
    },
    money::{
        pages as view,
        purchases::{PaymentMethod, PurchaseNumber},
    },
    problem::Problem,
};

access! {
    PurchaseForm: Buyer,
    CompleteAddress: Buyer,
    Buy: Buyer,
    PurchasePage: BillingViewer,
    CancelPurchase: Buyer,
    PayOtherwise: Buyer,
}

/// What a purchase of so many pieces would come to now.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability, [`Problem::NotFound`] for a bundle that is not on sale.
#[server(endpoint = "bundles/purchase-form", input = GetUrl)]
pub async fn purchase_form(bundle: BundleId, quantity: u32) -> Result<view::PurchaseForm, Problem> {
    use crate::server::{request, service::money::purchases};
    purchases::form(&request::app()?, &request::caller()?.may_buy()?, bundle, quantity).await
}

/// Completes where the customer is, as its documents have to say that; then the purchase goes on.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "bundles/address")]
pub async fn complete_address(
    bundle: BundleId,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] postal_code: String,
    #[server(default)] subscribing: bool,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, people::customers::Address},
        server::{request, service::money::purchases},
    };
    let address = Address { street, city, postal_code, dic: String::new() };
    purchases::complete_address(&request::app()?, &request::caller()?.may_buy()?, &address).await?;
    request::see_other(&if subscribing { paths::subscribe(bundle) } else { paths::purchase_form(bundle) })
}

/// Buys a bundle; with `recount` it only shows what the typed quantity comes to. `id` names this rendering of the form:
/// sending it again finds the same purchase.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::TotalDiffers`] when the form showed another total,
/// [`Problem::Conflict`] when `id` names a purchase of something else.
#[server(endpoint = "bundles/purchase")]
pub async fn buy(
    id: PurchaseId,
    bundle: BundleId,
    #[server(default)] quantity: String,
    #[server(default)] reference: String,
    method: Option<PaymentMethod>,
    total: Money,
    #[server(default)] recount: bool,
) -> Result<(), Problem> {
    use crate::{
        model::money::purchases::TypedPurchase,
        server::{request, service::money::purchases},
    };
    let (app, buyer) = (request::app()?, request::caller()?.may_buy()?);
    if recount {
        let (all, short) = purchases::recounted(bundle, &quantity, &reference, method)?;
        return request::see_other_or(Some(&all), &short);
    }
    let typed = TypedPurchase { quantity, reference, method, shown: total };
    let placed = purchases::buy(&app, &buyer, id, bundle, &typed).await?;
    request::see_other(&placed.next_page())
}

/// A purchase. Another customer's does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "bundles/purchase-page", input = GetUrl)]
pub async fn purchase_page(number: PurchaseNumber) -> Result<view::PurchasePage, Problem> {
    use crate::server::{request, service::money::purchases};
    purchases::page(&request::app()?, &request::caller()?.may_see_billing()?, number).await
}

/// Calls a purchase off before it is paid.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Conflict`] once money came or the minutes are credited.
#[server(endpoint = "bundles/cancel")]
pub async fn cancel_purchase(number: PurchaseNumber) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::purchases},
    };
    purchases::cancel(&request::app()?, &request::caller()?.may_buy()?, number).await?;
    request::see_other(&paths::purchase(number))
}

/// Lets a purchase that is not paid be paid in another way.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Conflict`] once it is paid or over, [`Problem::Unavailable`] while Stripe cannot be asked to take no
/// money on the page that is left.
#[server(endpoint = "bundles/pay-otherwise")]
pub async fn pay_otherwise(number: PurchaseNumber, method: PaymentMethod) -> Result<(), Problem> {
    use crate::server::{request, service::money::payment_methods};
    let (app, buyer) = (request::app()?, request::caller()?.may_buy()?);
    let changed = payment_methods::change(&app, &buyer, number, method).await?;
    request::see_other(&changed.next_page())
}
