//! What the pages of a purchase share.

use crate::model::money::purchases::Purchase;
use crate::ui::{
    format,
    texts::{Locale, t},
};

/// What was bought: "2 × 300 min", or "300 min".
pub fn pieces(purchase: &Purchase) -> String {
    pieces_of(Locale::current(), purchase.quantity, purchase.minutes / purchase.quantity.max(1))
}

/// So many bundles of so many minutes each: "2 × 300 min", or "300 min".
pub fn pieces_of(locale: Locale, quantity: u32, each: u32) -> String {
    let each = format::minutes(locale, each);
    match quantity {
        1 => each,
        quantity => t!(locale => "purchase-pieces", quantity = quantity, minutes = each),
    }
}
