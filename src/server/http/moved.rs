//! Addresses of former days. They stand in mails that were sent, in bookmarks, and at Stripe as the way back from a payment, so
//! they lead on for good.

use axum::{
    http::Uri,
    response::{IntoResponse, Redirect},
};

/// Leads on to the address of today.
pub async fn lead_on(uri: Uri) -> impl IntoResponse {
    let path = address_now(uri.path());
    Redirect::permanent(&uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}")))
}

fn address_now(path: &str) -> String {
    match path.strip_suffix("order") {
        Some(bundle) => format!("{bundle}purchase"),
        None => path.replacen("orders", "purchases", 1),
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
