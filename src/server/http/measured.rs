//! Counts requests, and writes each into the log where that is wanted.

use std::{collections::BTreeSet, sync::LazyLock};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use tokio::time::Instant;
use tracing::Span;

use super::{access, health};
use crate::server::{app::App, metrics};

/// The target of the log's lines of requests; off unless LINKA_LOG asks for it.
const TARGET: &str = "linka::requests";

/// Every route there is.
static ROUTES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| access::table().iter().map(|(route, _)| *route).chain(health::ROUTES).collect());

/// Says by which route a request is answered: stands where that is decided already.
pub async fn note_route(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    if let Some(route) = matched.and_then(|path| ROUTES.get(path.as_str()))
        && metrics::route_is(route)
    {
        Span::current().record("otel.name", route);
    }
    next.run(request).await
}

/// Counts a request once its answer begins.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let (response, known) = metrics::scope(next.run(request)).await;
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    app.metrics.answered(known, method.as_str(), status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(target: TARGET, status, milliseconds, refused = known.refused, "answered");
    response
}
