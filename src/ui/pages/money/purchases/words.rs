//! What the pages of a purchase share.

use crate::model::money::purchases::Purchase;
use crate::ui::{
    format,
    texts::{Locale, t},
};

/// What was bought: "2 × 300 min", or "300 min".
pub fn pieces(purchase: &Purchase) -> String {
    let locale = Locale::current();
    let each = format::minutes(locale, purchase.minutes / purchase.quantity.max(1));
    match purchase.quantity {
        1 => each,
        quantity => t!("purchase-pieces", quantity = quantity, minutes = each),
    }
}
