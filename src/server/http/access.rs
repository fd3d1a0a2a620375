//! The access table: every route, and for whom it is. A route that stands in no row is for nobody.

use std::{collections::BTreeSet, sync::LazyLock};

use axum::{
    extract::{MatchedPath, Request},
    http::{Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{beside, rest, session::refuse};
use crate::{
    api,
    model::{base::site_path::SitePath, paths, people::access::Access, problem::Problem},
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
    // So is a token, for programs (`http::rest`).
    pages.chain(api::access()).chain(beside::access()).chain(rest::access()).chain([webhook]).collect()
});

/// The server functions that ask for a proof anew.
static CONFIRMED: LazyLock<BTreeSet<&str>> = LazyLock::new(|| api::confirmed().collect());

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
        Access::CustomerManager => caller.may_manage().map(drop),
        Access::Integrator => caller.may_integrate().map(drop),
        Access::Staff => caller.staff().map(drop),
        Access::Corrector => caller.corrector().map(drop),
        Access::Technician => caller.technician().map(drop),
        Access::Desk => caller.desk().map(drop),
        Access::Manager => caller.manager().map(drop),
    }
}

/// Whether the caller has proved anew who they are, where that is asked.
fn confirms(route: &str, caller: &Caller) -> Result<(), Problem> {
    if CONFIRMED.contains(route) { caller.confirmed().map(drop) } else { Ok(()) }
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
        Some(caller) => allows(access, caller).and_then(|()| confirms(&route, caller)),
        // Nobody can say who is asking.
        None if access == Access::Public => Ok(()),
        None => Err(Problem::Unavailable),
    };
    match allowed {
        Ok(()) => next.run(request).await,
        Err(problem) if route.starts_with("/api/") => refuse(problem),
        Err(Problem::SignInRequired) if request.method() == Method::GET => to_sign_in(&wanted(request.uri())),
        Err(Problem::FactorRequired) if request.method() == Method::GET => {
            by_way_of(paths::SECOND_FACTOR, &wanted(request.uri()))
        }
        // A file has no words.
        Err(problem @ Problem::Unavailable) if beside::access().any(|(path, _)| path == route) => refuse(problem),
        // The page says in words that it is not for this person, with the status that fits.
        Err(_) => next.run(request).await,
    }
}

/// What was asked for, as far as it fits into an address: a page with its filters and the like.
pub fn wanted(uri: &Uri) -> SitePath {
    let whole = uri.path_and_query().and_then(|address| SitePath::parse(address.as_str()));
    whole.or_else(|| SitePath::parse(uri.path())).unwrap_or_else(SitePath::home)
}

/// Leads to the sign-in, and from there on to what was wanted.
pub fn to_sign_in(wanted: &SitePath) -> Response {
    let (page, query) = wanted.as_str().split_once('?').unwrap_or((wanted.as_str(), ""));
    if page != paths::SIGN_IN_CODE {
        return by_way_of(paths::SIGN_IN, wanted);
    }
    // Who has waited too long with a code begins again; what was wanted is where the code was to lead.
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    match pairs.iter().find(|(name, _)| name == "next").and_then(|(_, next)| SitePath::parse(next)) {
        Some(next) => by_way_of(paths::SIGN_IN, &next),
        None => (StatusCode::SEE_OTHER, [(header::LOCATION, paths::SIGN_IN)]).into_response(),
    }
}

/// Leads to where a person who is signed in proves anew who they are, and from there on to what was wanted.
pub fn to_confirm(wanted: &SitePath) -> Response {
    by_way_of(paths::CONFIRM, wanted)
}

fn by_way_of(page: &str, wanted: &SitePath) -> Response {
    let next = serde_urlencoded::to_string([("next", wanted.as_str())]).unwrap_or_default();
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{page}?{next}"))]).into_response()
}
