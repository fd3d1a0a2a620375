//! Headers that every answer carries.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::server::{app::App, auth::Caller};

/// Beside the policy that a page sets for itself with its nonce, nothing else may run or be embedded.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// The worker beside the pages asks for them in the browser's place, and for nothing elsewhere: the policy of its script is its own.
const WORKER: HeaderValue = HeaderValue::from_static("default-src 'none'; connect-src 'self'; frame-ancestors 'none'");

const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Two years of https only, where the portal is reached by it (RFC 6797).
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Security headers on everything, caching of hashed files for good.
pub async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let policy = if request.uri().path() == "/worker.js" { WORKER } else { NOTHING };
    let is_hashed_file = request.uri().path().strip_prefix("/pkg/").is_some_and(has_hash);
    let mut response = next.run(request).await;
    let is_success = response.status().is_success();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        // What other sites may show says so itself (`http::embed`).
        headers.entry(name).or_insert(value);
    }
    if app.settings.https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    if is_hashed_file && is_success {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    } else {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    }
    response
}

/// What is rendered for a signed-in person is kept by no cache, the browser's included.
pub async fn page(request: Request, next: Next) -> Response {
    let is_personal = request.extensions().get::<Caller>().is_some_and(|caller| caller.0.is_some());
    let mut response = next.run(request).await;
    if is_personal {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// `linka.3fA-9_….css`: a name that changes with the content.
fn has_hash(file: &str) -> bool {
    let parts: Vec<&str> = file.split('.').collect();
    matches!(parts[..], [_, hash, _] | [_, hash, _, "br" | "gz"] if hash.len() >= 16)
}
