//! Buying minutes in advance: the shop, the order form, an order and calling it off.

mod cancel;
mod order;
mod page;
mod shop;

pub use self::{cancel::BundleOrderCancelPage, order::BundleOrderFormPage, page::BundleOrderPage, shop::BundlesPage};
pub(crate) use self::{
    cancel::CancelQuestion,
    order::{OrderFormView, Typed},
    page::OrderView,
    shop::{Buying, ShopView},
};
use crate::model::money::purchases::BundleOrder;
use crate::ui::{
    format,
    texts::{Locale, t},
};

/// What was ordered: "2 × 300 min", or "300 min".
fn pieces(order: &BundleOrder) -> String {
    let locale = Locale::current();
    let each = format::minutes(locale, order.minutes / order.quantity.max(1));
    match order.quantity {
        1 => each,
        quantity => t!("purchase-pieces", quantity = quantity, minutes = each),
    }
}
