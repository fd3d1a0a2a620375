//! What open pages are told, as server-sent events (design, Live pages): that something has changed, and up to which position the
//! page knows then. A browser that lost the stream comes back with that position.

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension,
    extract::{RawQuery, Request, State},
    http::{HeaderMap, HeaderName},
    middleware::Next,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{
    Stream, StreamExt,
    future::ready,
    stream::{once, unfold},
};

use super::session::refuse;
use crate::{
    model::{ordering::live::LiveView, problem::Problem},
    server::{
        app::App,
        auth::Caller,
        live::{End, Listening, Told},
        service::ordering::live::{still_signed_in, topics},
    },
};

/// How soon a browser comes back that has lost its stream.
const RETRY: Duration = Duration::from_secs(2);
/// How often something is sent at least: networks forget connections on which nothing is said.
const STILL_HERE: Duration = Duration::from_secs(20);

/// Where a browser says up to which position its page knows.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The stream of one open page.
pub async fn stream(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match open(&app, &caller, &query.unwrap_or_default(), &headers).await {
        Ok(listening) => {
            let events = Sse::new(frames(listening)).keep_alive(KeepAlive::new().interval(STILL_HERE));
            // A proxy that collects what it sends would tell it when it is too late.
            ([("x-accel-buffering", "no")], events).into_response()
        }
        Err(problem) => refuse(problem),
    }
}

async fn open(app: &App, caller: &Caller, query: &str, headers: &HeaderMap) -> Result<Listening, Problem> {
    let session = caller.session()?;
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| Problem::NotFound)?;
    let value = |name: &str| asked.iter().find_map(|(key, value)| (key == name).then_some(value.as_str()));
    let view: LiveView = value("on").and_then(|view| view.parse().ok()).ok_or(Problem::NotFound)?;
    // What the browser was told last is newer than what the page was made with.
    let told = headers.get(LAST_EVENT_ID).and_then(|value| value.to_str().ok());
    let since = told.or_else(|| value("since")).and_then(|position| position.parse().ok());
    let listening = app.live.open(session, topics(app, caller, view).await?, since);
    still_signed_in(app, session).await?;
    Ok(listening)
}

fn frames(listening: Listening) -> impl Stream<Item = Result<Event, Infallible>> {
    // It says nothing, so that the page is told nothing, but the browser notes the position.
    let first = with_position(Event::default().retry(RETRY), &listening);
    let rest = unfold(Some(listening), |listening| async move {
        let mut listening = listening?;
        match listening.next().await {
            Told::Changed => {
                let event = with_position(Event::default(), &listening).data("changed");
                Some((Ok(event), Some(listening)))
            }
            // Whoever comes back is not let in again: better not to come.
            Told::End(End::SignedOut | End::TooMany) => Some((Ok(Event::default().event("over").data("over")), None)),
            Told::End(End::Lasted) => None,
        }
    });
    once(ready(Ok(first))).chain(rest)
}

fn with_position(event: Event, listening: &Listening) -> Event {
    match listening.position() {
        Some(position) => event.id(position.to_string()),
        None => event,
    }
}

/// Lets open pages know at once of what a form or a call may have changed.
pub async fn note_writing(State(app): State<App>, request: Request, next: Next) -> Response {
    let may_write = !request.method().is_safe();
    let response = next.run(request).await;
    if may_write {
        app.live.written();
    }
    response
}
