//! Subscriptions of minutes.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{
        ids::{BundleId, SubscriptionId},
        money::Money,
    },
    money::{
        purchases::PaymentMethod,
        subscriptions::{self as view, SubscriptionAct},
    },
    problem::Problem,
};

access! {
    SubscriptionForm: Buyer,
    Subscribe: Buyer confirmed,
    SubscriptionPage: BillingViewer,
    ChangeSubscription: Buyer,
}

/// What a subscription to a plan would come to now.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability, [`Problem::NotFound`] for what cannot be subscribed to.
#[server(endpoint = "subscription/form", input = GetUrl)]
pub async fn subscription_form(bundle: BundleId) -> Result<view::SubscriptionForm, Problem> {
    use crate::server::{request, service::money::subscriptions};
    subscriptions::form(&request::app()?, &request::caller()?.may_buy()?, bundle).await
}

/// Subscribes to a plan, and leads to the payment of the first period where that is by card. `id` names this rendering of the form: sending it again finds the same subscription.
///
/// # Errors
/// [`Problem::TotalDiffers`] when the form showed another total, [`Problem::Conflict`] while there is another subscription.
#[server(endpoint = "subscription/subscribe")]
pub async fn subscribe(
    id: SubscriptionId,
    bundle: BundleId,
    method: Option<PaymentMethod>,
    total: Money,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::subscriptions},
    };
    let (app, buyer) = (request::app()?, request::caller()?.confirmed()?.may_buy()?);
    let paid_by_card = subscriptions::subscribe(&app, &buyer, id, bundle, method, total).await?;
    request::see_other(&paid_by_card.map_or_else(|| paths::SUBSCRIPTION.to_owned(), paths::purchase_pay))
}

/// The customer's subscription.
///
/// # Errors
/// [`Problem::NotFound`] where there is none.
#[server(endpoint = "subscription", input = GetUrl)]
pub async fn subscription_page() -> Result<view::SubscriptionPage, Problem> {
    use crate::server::{request, service::money::subscriptions};
    subscriptions::page(&request::app()?, &request::caller()?.may_see_billing()?).await
}

/// Changes, pauses, ends or takes up the subscription.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Conflict`] for one that is over.
#[server(endpoint = "subscription/change")]
pub async fn change_subscription(
    id: SubscriptionId,
    act: SubscriptionAct,
    plan: Option<BundleId>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::subscriptions},
    };
    subscriptions::change(&request::app()?, &request::caller()?.may_buy()?, id, act, plan).await?;
    request::see_other(paths::SUBSCRIPTION)
}
