//! The access table: every route, and for whom it is. A route that stands in no row is for nobody.

use axum::{
    Json,
    extract::{MatchedPath, Request},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::session::status;
use crate::{model::problem::Problem, server::auth::Caller};

/// For whom a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// For everybody.
    Public,
    /// For whoever is signed in.
    SignedIn,
    /// For members of customers.
    Member,
    /// For members with the capability `order`.
    Orderer,
    /// For members with the capability `buy`.
    Buyer,
    /// For members with the capability `see_billing` or `buy`.
    BillingViewer,
    /// For the vendor's people.
    Staff,
    /// For technicians.
    Technician,
    /// For dispatchers and managers.
    Desk,
    /// For managers.
    Manager,
}

/// Every route of pages, server functions and downloads.
///
/// A page for members with a capability is open to all members: it tells those without it whom to ask. The services
/// demand the same proof again ([`crate::server::auth`]); this table is the outer of two walls.
pub const ACCESS: &[(&str, Access)] = &[
    ("/", Access::Public),
    ("/bundles", Access::Public),
    ("/bundles/{bundle}/order", Access::Member),
    ("/bundles/orders/{number}", Access::Member),
    ("/bundles/orders/{number}/cancel", Access::Member),
    ("/bundles/orders/{number}/pay", Access::Buyer),
    ("/bundles/orders/{number}/return", Access::Buyer),
    // Stripe's signature is its pass (`http::payments`).
    ("/webhooks/stripe", Access::Public),
    ("/gallery", Access::Public),
    ("/mails/{id}", Access::Public),
    ("/mails/{id}/text", Access::Public),
    ("/mails/{id}/message.eml", Access::Public),
    ("/sign-in", Access::Public),
    ("/account", Access::SignedIn),
    ("/order", Access::Member),
    ("/order/{id}", Access::Member),
    ("/order/{id}/work-type", Access::Member),
    ("/order/{id}/details", Access::Member),
    ("/order/{id}/urgency", Access::Member),
    ("/order/{id}/time", Access::Member),
    ("/order/{id}/confirm", Access::Member),
    ("/requests", Access::Member),
    ("/requests/{number}", Access::Member),
    ("/requests/{number}/move", Access::Member),
    ("/requests/{number}/cancel", Access::Member),
    ("/requests/{number}/calendar.ics", Access::Member),
    ("/requests/{number}/receipt/{ordinal}", Access::SignedIn),
    ("/requests/{number}/receipt/{ordinal}/contest", Access::Member),
    ("/usage", Access::Member),
    ("/usage/interventions", Access::Member),
    ("/usage/statement", Access::Member),
    ("/usage/contract", Access::Member),
    ("/requests/{number}/receipt/{ordinal}/receipt.pdf", Access::SignedIn),
    ("/usage/export.csv", Access::BillingViewer),
    ("/usage/export.xlsx", Access::BillingViewer),
    ("/usage/statement.csv", Access::BillingViewer),
    ("/documents", Access::Member),
    ("/documents/{archive}", Access::BillingViewer),
    ("/documents/{number}/document.pdf", Access::SignedIn),
    ("/documents/{number}/document.isdoc", Access::SignedIn),
    ("/desk", Access::Staff),
    ("/desk/contests", Access::Desk),
    ("/desk/customers", Access::Desk),
    ("/desk/customers/{customer}", Access::Desk),
    ("/desk/customers/{customer}/contract/{contract}", Access::Manager),
    ("/desk/mails", Access::Desk),
    ("/sales", Access::Manager),
    ("/sales/bank", Access::Manager),
    ("/sales/orders", Access::Manager),
    ("/sales/orders/{number}", Access::Manager),
    ("/sales/export.csv", Access::Manager),
    ("/work", Access::Technician),
    ("/work/{number}", Access::Staff),
    ("/work/{number}/segments/{segment}", Access::Technician),
    ("/mails", Access::Public),
    ("/api/line", Access::Public),
    ("/api/viewer", Access::Public),
    ("/api/sign-in", Access::Public),
    ("/api/sign-out", Access::Public),
    ("/api/language", Access::Public),
    ("/api/account", Access::SignedIn),
    ("/api/account/end-session", Access::SignedIn),
    ("/api/account/who-may", Access::Member),
    ("/api/form-key", Access::SignedIn),
    ("/api/orders/programs", Access::Orderer),
    ("/api/orders/choose-program", Access::Orderer),
    ("/api/orders/work-types", Access::Orderer),
    ("/api/orders/choose-work-type", Access::Orderer),
    ("/api/orders/save-details", Access::Orderer),
    ("/api/orders/urgency", Access::Orderer),
    ("/api/orders/choose-urgency", Access::Orderer),
    ("/api/orders/times", Access::Orderer),
    ("/api/orders/pick-slot", Access::Orderer),
    ("/api/orders/release-slot", Access::Orderer),
    ("/api/orders/summary", Access::Orderer),
    ("/api/orders/confirm", Access::Orderer),
    ("/api/orders/discard", Access::Orderer),
    ("/api/requests", Access::Member),
    ("/api/requests/page", Access::Member),
    ("/api/requests/move-choice", Access::Orderer),
    ("/api/requests/move", Access::Orderer),
    ("/api/requests/cancel", Access::Orderer),
    ("/api/bundles", Access::Public),
    ("/api/bundles/order-form", Access::Buyer),
    ("/api/bundles/order", Access::Buyer),
    ("/api/bundles/order-page", Access::BillingViewer),
    ("/api/bundles/cancel", Access::Buyer),
    ("/api/desk/appointments", Access::Staff),
    ("/api/desk/contests", Access::Desk),
    ("/api/desk/decide-contest", Access::Desk),
    ("/api/desk/customers", Access::Desk),
    ("/api/desk/customer", Access::Desk),
    ("/api/desk/save-contract", Access::Manager),
    ("/api/desk/save-address", Access::Manager),
    ("/api/desk/set-trusted", Access::Manager),
    ("/api/desk/mails", Access::Desk),
    ("/api/desk/resend-mail", Access::Desk),
    ("/api/demo/mails", Access::Public),
    ("/api/receipts/page", Access::SignedIn),
    ("/api/receipts/contest", Access::Member),
    ("/api/receipts/consent", Access::Buyer),
    ("/api/documents", Access::BillingViewer),
    ("/api/usage", Access::BillingViewer),
    ("/api/usage/interventions", Access::BillingViewer),
    ("/api/usage/statement", Access::BillingViewer),
    ("/api/usage/contract", Access::BillingViewer),
    ("/api/sales", Access::Manager),
    ("/api/sales/bank", Access::Manager),
    ("/api/sales/orders", Access::Manager),
    ("/api/sales/order", Access::Manager),
    ("/api/sales/import", Access::Manager),
    ("/api/sales/assign-payment", Access::Manager),
    ("/api/sales/set-aside-payment", Access::Manager),
    ("/api/sales/resolve-alert", Access::Manager),
    ("/api/sales/refund", Access::Manager),
    ("/api/sales/refund-paid", Access::Manager),
    ("/api/work/day", Access::Technician),
    ("/api/work/page", Access::Staff),
    ("/api/work/start", Access::Technician),
    ("/api/work/pause", Access::Technician),
    ("/api/work/correct", Access::Technician),
    ("/api/work/attempt", Access::Technician),
    ("/api/work/no-show", Access::Technician),
    ("/api/work/close", Access::Technician),
];

/// The row of a route.
#[must_use]
pub fn of(route: &str) -> Option<Access> {
    ACCESS.iter().find_map(|(path, access)| (*path == route).then_some(*access))
}

/// Whether the caller may use a route of this kind.
///
/// # Errors
/// [`Problem::SignInRequired`] for visitors, [`Problem::Forbidden`] for the wrong kind of person.
pub fn allows(access: Access, caller: &Caller) -> Result<(), Problem> {
    match access {
        Access::Public => Ok(()),
        Access::SignedIn => caller.session().map(drop),
        Access::Member => caller.member().map(drop),
        Access::Orderer => caller.may_order().map(drop),
        Access::Buyer => caller.may_buy().map(drop),
        Access::BillingViewer => caller.may_see_billing().map(drop),
        Access::Staff => caller.staff().map(drop),
        Access::Technician => caller.technician().map(drop),
        Access::Desk => caller.desk().map(drop),
        Access::Manager => caller.manager().map(drop),
    }
}

/// Turns away whom the table does not let in.
pub async fn check(request: Request, next: Next) -> Response {
    // PostgreSQL's text holds everything but the zero byte, which no link of ours has.
    if request.uri().path_and_query().is_some_and(|whole| whole.as_str().contains("%00")) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or_default();
    let Some(access) = of(&route) else {
        tracing::error!(route, "a route without a row in the access table");
        return StatusCode::NOT_FOUND.into_response();
    };
    match allows(access, &caller) {
        Ok(()) => next.run(request).await,
        Err(problem) if route.starts_with("/api/") => (status(&problem), Json(problem)).into_response(),
        Err(Problem::SignInRequired) if request.method() == Method::GET => to_sign_in(request.uri().path()),
        // The page says in words that it is not for this person, with the status that fits.
        Err(_) => next.run(request).await,
    }
}

/// Leads to the sign-in, and from there back to the page.
pub fn to_sign_in(page: &str) -> Response {
    let next = serde_urlencoded::to_string([("next", page)]).unwrap_or_default();
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/sign-in?{next}"))]).into_response()
}
