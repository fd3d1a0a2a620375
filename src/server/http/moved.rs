//! Addresses of former days. They stand in mails that were sent, in bookmarks, and at Stripe as the way back from a payment, so
//! they lead on for good.

use axum::{
    Router,
    http::Uri,
    response::{IntoResponse, Redirect},
    routing::get,
};

/// Purchases were called orders: the pages of one.
pub const PURCHASE: &str = "/bundles/orders/{*rest}";
/// The form of a purchase.
pub const PURCHASE_FORM: &str = "/bundles/{bundle}/order";
/// All that were sold.
pub const SOLD_PURCHASES: &str = "/sales/orders";
/// One that was sold.
pub const SOLD_PURCHASE: &str = "/sales/orders/{*rest}";

/// The former addresses as routes.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    [PURCHASE, PURCHASE_FORM, SOLD_PURCHASES, SOLD_PURCHASE]
        .into_iter()
        .fold(Router::new(), |router, route| router.route(route, get(lead_on)))
}

async fn lead_on(uri: Uri) -> impl IntoResponse {
    let path = address_now(uri.path());
    Redirect::permanent(&uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}")))
}

fn address_now(path: &str) -> String {
    match path.strip_suffix("/order") {
        Some(bundle) => format!("{bundle}/purchase"),
        None => path.replacen("/orders", "/purchases", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::address_now;

    #[test]
    fn every_former_address_has_one_now() {
        for (former, now) in [
            ("/bundles/orders/B2026-000123", "/bundles/purchases/B2026-000123"),
            ("/bundles/orders/B2026-000123/return", "/bundles/purchases/B2026-000123/return"),
            ("/bundles/3/order", "/bundles/3/purchase"),
            ("/sales/orders", "/sales/purchases"),
            ("/sales/orders/B2026-000123", "/sales/purchases/B2026-000123"),
        ] {
            assert_eq!(address_now(former), now);
        }
    }
}
