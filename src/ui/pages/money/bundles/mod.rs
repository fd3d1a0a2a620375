//! Buying minutes in advance: the shop, the order form, an order and calling it off.

mod cancel;
mod order;
mod page;
mod shop;

use leptos::prelude::WithUntracked;
use leptos_router::hooks::use_params_map;

pub use self::{cancel::BundleOrderCancelPage, order::BundleOrderFormPage, page::BundleOrderPage, shop::BundlesPage};
pub(crate) use self::{
    cancel::Sure,
    order::{OrderFormView, Typed},
    page::OrderView,
    shop::{Buying, ShopView},
};
use crate::model::{
    money::purchases::{BundleOrder, OrderNumber},
    problem::Problem,
};
use crate::ui::{
    format,
    texts::{Locale, t},
};

/// The number of the order whose page this is.
fn number_in_path() -> Result<OrderNumber, Problem> {
    let number = use_params_map().with_untracked(|params| params.get("number"));
    number.and_then(|number| number.parse().ok()).ok_or(Problem::NotFound)
}

/// Where the pages of an order begin.
fn path_of(number: OrderNumber) -> String {
    format!("/bundles/orders/{number}")
}

/// What was ordered: "2 × 300 min", or "300 min".
fn pieces(order: &BundleOrder) -> String {
    let locale = Locale::current();
    let each = format::minutes(locale, order.minutes / order.quantity.max(1));
    match order.quantity {
        1 => each,
        quantity => t!("purchase-pieces", quantity = quantity, minutes = each),
    }
}
