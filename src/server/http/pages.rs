//! Pages and server functions as routes.
//!
//! Every page is rendered whole before its first byte is sent: only then is its status known. Leptos would append
//! scripts with the data of resources for hydration; our pages have no resources, so the page is all that is sent.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::Method,
    response::Response,
    routing::{MethodFilter, get, on},
};
use futures::{StreamExt, stream::once};
use leptos::{IntoView, server_fn::axum::server_fn_paths};
use leptos_axum::{generate_route_list, handle_response_inner, handle_server_fns_with_context};

use super::finishing;
use crate::ui::app::App as Pages;

/// The routes of all pages and server functions.
pub fn routes<V: IntoView + 'static>(
    context: impl Fn() + Clone + Send + Sync + 'static,
    shell: impl Fn() -> V + Clone + Send + Sync + 'static,
) -> Router {
    let mut router = Router::new();
    for page in generate_route_list(Pages) {
        router = router.route(page.path(), get(render(context.clone(), shell.clone())));
    }
    for (path, method) in server_fn_paths() {
        let context = context.clone();
        let call = move |request: Request| handle_server_fns_with_context(context, request);
        let filter = if method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        router = router.route(path, on(filter, call));
    }
    router
}

/// A handler that renders the page of the request's path.
pub fn render<V: IntoView + 'static>(
    context: impl Fn() + Clone + Send + Sync + 'static,
    shell: impl Fn() -> V + Clone + Send + Sync + 'static,
) -> impl Fn(Request) -> std::pin::Pin<Box<dyn Future<Output = Response<Body>> + Send>> + Clone {
    move |request| {
        handle_response_inner(context.clone(), shell.clone(), request, |page, _scripts, _| {
            Box::pin(async move {
                let page = finishing::page(page.to_html_stream_in_order().collect().await);
                Box::pin(once(async move { page })) as std::pin::Pin<Box<dyn futures::Stream<Item = String> + Send>>
            })
        })
    }
}
