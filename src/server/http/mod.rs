//! The web server: routes, and the layers around them.
//!
//! From the outside in: request id, log and count, security headers, compression, refusals in words, panics, time limit,
//! cross-site requests, forms; then, inside, who is asking and whether the route is for them; then pages, server functions,
//! files.

pub mod access;
mod accounting;
mod attached;
mod beside;
mod calendar;
mod documents;
pub mod done;
mod downloads;
mod embed;
mod finishing;
mod forms;
mod headers;
pub mod health;
mod in_words;
mod live;
mod mail_in;
mod mails;
mod measured;
pub mod metrics;
mod moved;
mod pages;
mod payments;
mod program_links;
mod providers;
mod rate;
mod receivables;
mod rest;
pub mod sent_forms;
mod serving;
mod session;
mod sizes;
mod unreadable;

use std::{net::SocketAddr, path::Path, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    http::StatusCode,
    middleware,
};
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    request_id::{PropagateRequestIdLayer, SetRequestIdLayer},
    services::ServeDir,
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

pub use self::serving::{Bounds, serve};
use super::app::App;
use crate::{
    model::paths,
    ui::{
        Blocked, DemoMode, DescribedInterface, JustDone, LinePhone, LivePosition, Now, PaymentSite, ShownProblem,
        StandingNotice, forms::FormReturn, shell::shell, texts::Locale,
    },
};

/// How long a request may take before it is answered with 503.
const TIME_LIMIT: Duration = Duration::from_secs(30);

#[derive(Clone, FromRef)]
struct State {
    app: App,
    leptos: LeptosOptions,
}

/// The whole web server.
pub fn router(app: App, leptos: LeptosOptions) -> Router {
    let state = State { app: app.clone(), leptos: leptos.clone() };
    let context = {
        let app = app.clone();
        move || provide_request_context(&app)
    };
    let document = {
        let leptos = leptos.clone();
        move || shell(leptos.clone())
    };
    let not_found = Router::new()
        .fallback(pages::render(context.clone(), document.clone()))
        .layer(middleware::from_fn(headers::page))
        .layer(middleware::from_fn_with_state(app.clone(), session::look_up));
    let files = ServeDir::new(leptos.site_root.as_ref())
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .fallback(not_found);

    let inner = pages::routes(context, document)
        .merge(beside::routes(app.clone()))
        .layer(middleware::from_fn(headers::page))
        .layer(middleware::from_fn_with_state(app.clone(), forms::bring_back))
        .layer(middleware::from_fn_with_state(app.clone(), done::show))
        .layer(middleware::from_fn_with_state(app.clone(), sent_forms::check))
        .layer(middleware::from_fn(access::check))
        .layer(middleware::from_fn(measured::note_route))
        .layer(middleware::from_fn_with_state(app.clone(), rate::limit))
        .layer(middleware::from_fn_with_state(app.clone(), session::look_up))
        // What may be sent is decided where forms are read; an upload that came so far is read whole.
        .layer(DefaultBodyLimit::max(sizes::LARGEST_CALL))
        .fallback_service(files);

    let routes = Router::new()
        .fallback_service(inner)
        // Within the forms, as these ask for the page on which they stand.
        .layer(middleware::from_fn(unreadable::check))
        .layer(middleware::from_fn_with_state(app.clone(), forms::answer))
        .layer(middleware::from_fn_with_state(app.clone(), live::note_writing))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(session::record_refusal))
        .merge(health::routes())
        .merge(payments::webhook())
        .merge(rest::router(app.clone()))
        .layer(middleware::from_fn(measured::note_route))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT))
        .layer(CatchPanicLayer::new())
        .with_state(state);

    // Around all of them as one: whichever refuses, the page that says so is another's.
    Router::new()
        .fallback_service(routes)
        .layer(middleware::from_fn(in_words::show_refusals))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), headers::secure))
        .layer(middleware::from_fn_with_state(app.clone(), measured::count))
        .layer(TraceLayer::new_for_http().make_span_with(session::span).on_request(()).on_response(()))
        .layer(middleware::from_fn_with_state(app.clone(), session::origin))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(session::NewRequestId(app.random)))
        .layer(middleware::from_fn(session::forget_request_id))
}

/// Where the site's files are, as Leptos wants to hear it: hashed names, whose hashes stand in `hash_file`.
#[must_use]
pub fn site_options(address: SocketAddr, site_root: &Path, hash_file: &Path) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("linka")
        .site_root(site_root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(address)
        .hash_files(true)
        .hash_file(hash_file.to_string_lossy().as_ref().into())
        .build()
}

/// The routes beside the pages and server functions.
pub fn other_routes() -> impl Iterator<Item = &'static str> {
    beside::access().chain(rest::access()).map(|(path, _)| path).chain([paths::STRIPE_WEBHOOK])
}

/// What pages and server functions find in their context.
fn provide_request_context(app: &App) {
    provide_context(app.clone());
    provide_context(DemoMode(app.settings.demo));
    provide_context(PaymentSite(app.payments.site().map(str::to_owned)));
    provide_context(DescribedInterface(rest::described()));
    provide_context(Now(app.clock.now()));
    // Before anything of the page is read: what comes while that is done is told, too.
    provide_context(LivePosition(app.live.position()));
    if let Some(parts) = use_context::<axum::http::request::Parts>() {
        if let Some(locale) = parts.extensions.get::<Locale>() {
            provide_context(*locale);
        }
        if let Some(notice) = parts.extensions.get::<StandingNotice>() {
            provide_context(notice.clone());
        }
        if let Some(phone) = parts.extensions.get::<LinePhone>() {
            provide_context(phone.clone());
        }
        if let Some(blocked) = parts.extensions.get::<Blocked>() {
            provide_context(blocked.clone());
        }
        if let Some(returned) = parts.extensions.get::<FormReturn>() {
            provide_context(returned.clone());
        }
        if let Some(done) = parts.extensions.get::<JustDone>() {
            provide_context(*done);
        }
        if let Some(shown) = parts.extensions.get::<ShownProblem>() {
            provide_context(shown.clone());
        }
    }
}
