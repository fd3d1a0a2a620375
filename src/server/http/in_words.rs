//! What went wrong, for people: a page of ours in place of a bare status or JSON, whatever layer refused. Programs keep
//! what they get; those of the interface for programs get a problem by its code.

use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderMap, Method, Uri,
        header::{ACCEPT, ALLOW, CONTENT_TYPE, COOKIE, HeaderName, RETRY_AFTER, SET_COOKIE},
    },
    middleware::Next,
    response::Response,
};

use super::{access, rest, session::problem_of};
use crate::{
    model::{paths, problem::Problem},
    ui::{NOWHERE, ShownProblem},
};

/// Puts a page in the place of every refusal that is none, where a person asked.
pub async fn show_refusals(request: Request, next: Next) -> Response {
    if rest::is_asked(request.uri().path()) {
        return rest::in_codes(next.run(request).await);
    }
    if !wants_page(request.headers()) && !takes_page(&request) {
        return next.run(request).await;
    }
    let mut page = Request::new(Body::empty());
    *page.uri_mut() = Uri::from_static(NOWHERE);
    for name in [ACCEPT, COOKIE] {
        for value in request.headers().get_all(&name) {
            page.headers_mut().append(name.clone(), value.clone());
        }
    }
    *page.extensions_mut() = request.extensions().clone();
    let refused = next.clone().run(request).await;
    let status = refused.status();
    if !(status.is_client_error() || status.is_server_error()) || is_page(refused.headers()) {
        return refused;
    }
    let problem = refused.extensions().get::<Problem>().cloned().unwrap_or_else(|| problem_of(status));
    page.extensions_mut().insert(ShownProblem(problem));
    let mut shown = next.run(page).await;
    if !is_page(shown.headers()) {
        return refused;
    }
    *shown.status_mut() = status;
    for name in [SET_COOKIE, RETRY_AFTER, ALLOW] {
        for value in refused.headers().get_all(&name) {
            shown.headers_mut().append(name.clone(), value.clone());
        }
    }
    shown
}

/// Whether a person asked: a browser that wants to show a page, and not a part of one.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// What stands in the table of routes for programs alone, beside server functions.
const FOR_PROGRAMS: [&str; 3] = [paths::LIVE, paths::REQUEST_CALENDAR, paths::STRIPE_WEBHOOK];

/// What a browser says of every request of its own, but for the oldest: what it is for.
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Whether somebody who takes anything asks for what is made for people: a page answers such a one with a page, so a refusal does.
/// What a script of a page fetches is for no person to read.
fn takes_page(request: &Request) -> bool {
    let takes_anything = request.headers().get(ACCEPT).is_none_or(|accept| accept.as_bytes() == b"*/*");
    let is_for_people = |route: &str| !route.starts_with("/api/") && !FOR_PROGRAMS.contains(&route);
    takes_anything
        && request.method() == Method::GET
        && !request.headers().contains_key(SEC_FETCH_DEST)
        && access::table()
            .iter()
            .any(|(route, _)| is_for_people(route) && paths::values(route, request.uri().path()).is_some())
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
