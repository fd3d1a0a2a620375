//! The access table: every route, and for whom it is. A route that stands in no row is for nobody.

use std::sync::LazyLock;

use axum::{
    Json,
    extract::{MatchedPath, Request},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{beside, session::status};
use crate::{
    api,
    model::{paths, people::access::Access, problem::Problem},
    server::auth::Caller,
    ui::routes::PAGES,
};

/// Every route of pages, server functions and what stands beside them. Each row stands where its route does.
///
/// The services demand the same proof again ([`crate::server::auth`]); this table is the outer of two
/// checks; the inner are the row-level-security policies.
static TABLE: LazyLock<Vec<(&str, Access)>> = LazyLock::new(|| {
    let pages = PAGES.iter().map(|page| (page.path, page.access));
    // Stripe's signature is its pass (`http::payments`).
    let webhook = (paths::STRIPE_WEBHOOK, Access::Public);
    pages.chain(api::access()).chain(beside::access()).chain([webhook]).collect()
});

/// The routes of the table, and for whom each is.
#[must_use]
pub fn table() -> &'static [(&'static str, Access)] {
    &TABLE
}

/// The row of a route.
#[must_use]
pub fn of(route: &str) -> Option<Access> {
    table().iter().find_map(|(path, access)| (*path == route).then_some(*access))
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
        Access::Corrector => caller.corrector().map(drop),
        Access::Technician => caller.technician().map(drop),
        Access::Desk => caller.desk().map(drop),
        Access::Manager => caller.manager().map(drop),
    }
}

/// Turns away whom the table does not let in.
pub async fn check(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let caller = request.extensions().get::<Caller>();
    let Some(access) = of(&route) else {
        tracing::error!(route, "a route without a row in the access table");
        return StatusCode::NOT_FOUND.into_response();
    };
    let allowed = match caller {
        Some(caller) => allows(access, caller),
        // Nobody can say who is asking.
        None if access == Access::Public => Ok(()),
        None => Err(Problem::Unavailable),
    };
    match allowed {
        Ok(()) => next.run(request).await,
        Err(problem) if route.starts_with("/api/") => (status(&problem), Json(problem)).into_response(),
        Err(Problem::SignInRequired) if request.method() == Method::GET => to_sign_in(request.uri().path()),
        // A file has no words.
        Err(problem @ Problem::Unavailable) if beside::access().any(|(path, _)| path == route) => {
            (status(&problem), problem.code()).into_response()
        }
        // The page says in words that it is not for this person, with the status that fits.
        Err(_) => next.run(request).await,
    }
}

/// Leads to the sign-in, and from there back to the page.
pub fn to_sign_in(page: &str) -> Response {
    let next = serde_urlencoded::to_string([("next", page)]).unwrap_or_default();
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{}?{next}", paths::SIGN_IN))]).into_response()
}
