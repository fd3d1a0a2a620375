//! What the pages of a purchase share.

use leptos::prelude::WithUntracked;
use leptos_router::hooks::use_params_map;

use crate::model::{
    money::purchases::{Purchase, PurchaseNumber},
    problem::Problem,
};
use crate::ui::{
    format,
    texts::{Locale, t},
};

/// The number of the purchase whose page this is.
pub fn number_in_path() -> Result<PurchaseNumber, Problem> {
    let number = use_params_map().with_untracked(|params| params.get("number"));
    number.and_then(|number| number.parse().ok()).ok_or(Problem::NotFound)
}

/// Where the pages of a purchase begin.
pub fn path_of(number: PurchaseNumber) -> String {
    format!("/bundles/purchases/{number}")
}

/// What was bought: "2 × 300 min", or "300 min".
pub fn pieces(purchase: &Purchase) -> String {
    let locale = Locale::current();
    let each = format::minutes(locale, purchase.minutes / purchase.quantity.max(1));
    match purchase.quantity {
        1 => each,
        quantity => t!("purchase-pieces", quantity = quantity, minutes = each),
    }
}
