//! How many forms somebody may send (design, Limits): every call that changes something, whoever asks and whatever becomes of it.

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};

use leptos::server_fn::ServerFn;

use super::session::refuse;
use crate::{
    api::people::kept_forms::KeepUnsent,
    model::problem::Problem,
    server::{
        app::App,
        auth::{
            Caller, Client,
            events::{SecurityEvent, record},
        },
        service::line::limits::{self, Write},
    },
};

/// Lets a call pass, or answers it as the server function would: for a person, the forms make a page of that.
pub async fn limit(State(app): State<App>, request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let called = extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let is_call = called.starts_with("/api/");
    let kind = if called == KeepUnsent::PATH { Write::Typing } else { Write::Form };
    let asking = extensions.get::<Caller>().cloned().zip(extensions.get::<Client>().map(|client| client.address));
    // Where nobody can say who is asking nothing is written either.
    if let Some((caller, address)) = asking.filter(|_| is_call && request.method() == Method::POST)
        // Whether the database answers is for the call itself to say.
        && let Err(problem @ Problem::Limit(_)) = limits::admit_write(&app, &caller, address, kind).await
    {
        record(SecurityEvent::RateLimited);
        return refuse(problem);
    }
    next.run(request).await
}
