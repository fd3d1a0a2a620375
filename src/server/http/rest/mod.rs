//! The interface for programs (design, Interface for programs): `/api/v1`, by the same services as the pages.
//!
//! A program shows a token instead of a cookie, so none of the layers for browsers is around it: no session, no forms, no pages. Each
//! handler proves what the token may do as a server function proves it of a person. What can be asked is described where it is
//! answered, and [`document`] is made of that.

mod acting;
mod billing;
mod catalogue;
mod document;
mod identify;
mod once;
mod problems;
mod requests;
mod shapes;
mod talking;
mod times;

use std::sync::{Arc, LazyLock};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, FromRef, Request},
    http::header::CACHE_CONTROL,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::problems::in_codes;
use self::problems::{NO_STORE, Refusal};
use crate::{
    model::{line::developers::Interface, paths, people::access::Access, problem::Problem},
    server::{app::App, http::unreadable::has_zero_byte},
};

/// What is asked and answered, as a program reads it.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| document::complete(&operations().into_openapi()));

/// The same as people read it.
static DESCRIBED: LazyLock<Arc<Interface>> =
    LazyLock::new(|| Arc::new(Interface { operations: document::operations(&DOCUMENT), refusals: problems::all() }));

/// All that a program can ask for and be refused, as people read it.
pub fn described() -> Arc<Interface> {
    Arc::clone(&DESCRIBED)
}

/// Every route; the token is its pass.
pub fn access() -> impl Iterator<Item = (&'static str, Access)> {
    ROUTES.iter().map(|route| (*route, Access::Public))
}

/// The routes, for the access table. A test compares them with the document.
const ROUTES: &[&str] = &[
    paths::API_DOCUMENT,
    paths::API_WORK_TYPES,
    paths::API_SLOTS,
    paths::API_REQUESTS,
    paths::API_REQUEST,
    paths::API_ATTACHMENTS,
    paths::API_MESSAGES,
    paths::API_HOLD,
    paths::API_CONFIRM,
    paths::API_MOVE,
    paths::API_CANCEL,
    paths::API_BALANCE,
    paths::API_USAGE,
    paths::API_DOCUMENTS,
];

/// What every operation may answer.
#[derive(OpenApi)]
#[openapi(components(schemas(problems::ProblemShape)))]
struct Base;

fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Base::openapi())
        .routes(routes!(catalogue::work_types))
        .routes(routes!(catalogue::slots))
        .routes(routes!(requests::list, requests::order))
        .routes(routes!(requests::one))
        .routes(routes!(talking::attach))
        .routes(routes!(talking::write))
        .routes(routes!(times::hold))
        .routes(routes!(times::confirm))
        .routes(routes!(times::move_to))
        .routes(routes!(times::cancel))
        .routes(routes!(billing::balance))
        .routes(routes!(billing::usage))
        .routes(routes!(billing::documents))
}

/// All of it.
pub fn router<S: Clone + Send + Sync + 'static>(app: App) -> Router<S>
where
    App: FromRef<S>,
{
    let (operations, _) = operations().split_for_parts();
    operations
        .method_not_allowed_fallback(async || Refusal::Method)
        .layer(middleware::from_fn_with_state(app.clone(), once::answer))
        .layer(middleware::from_fn_with_state(app.clone(), identify::admit))
        .route(paths::API_DOCUMENT, get(async || Json(&*DOCUMENT)))
        .route(paths::API, any(nothing))
        .route(&format!("{}/", paths::API), any(nothing))
        .route(&format!("{}/{{*rest}}", paths::API), any(nothing))
        // What may be sent is decided where it is read.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(legible))
        .with_state(app)
}

/// Whether an address is one of those for programs: what is refused there is told by codes, whatever layer refuses.
pub fn is_asked(path: &str) -> bool {
    path.strip_prefix(paths::API).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What stands where nothing is.
async fn nothing() -> Refusal {
    Refusal::Of(Problem::NotFound)
}

/// Refuses an address that nothing can read, before anybody asks whose it is. Nothing of it all is kept by a cache.
async fn legible(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or("", |address| address.as_str());
    let mut response = match has_zero_byte(address.as_bytes()) {
        true => Refusal::Of(Problem::Malformed).into_response(),
        false => next.run(request).await,
    };
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    response
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_answered_is_described_and_stands_in_the_access_table() {
        let paths = DOCUMENT["paths"].as_object().expect("paths");
        let answered: BTreeSet<&str> = paths.keys().map(String::as_str).collect();
        let table: BTreeSet<&str> = ROUTES.iter().copied().filter(|route| *route != paths::API_DOCUMENT).collect();
        assert_eq!(answered, table);
        for operation in &described().operations {
            assert!(!operation.summary.is_empty(), "{} {} says nothing", operation.method, operation.path);
        }
    }

    /// The keys by which the Czech catalogue words what the interface says of itself, by message.
    fn worded() -> BTreeSet<(String, String)> {
        let mut message = "";
        let lines = include_str!("../../../ui/locales/cs/developers.ftl").lines();
        let keys = lines.filter_map(|line| {
            if let Some((name, _)) = line.split_once(" = ") {
                message = name;
            }
            let key = line.trim_start().strip_prefix('[')?.split(']').next()?;
            Some((message.to_owned(), key.to_owned()))
        });
        keys.filter(|(message, _)| message != "developers-scope").collect()
    }

    #[test]
    fn all_that_the_interface_says_of_itself_is_worded_in_czech_and_nothing_else_is() {
        let interface = described();
        let mut said = BTreeSet::new();
        let mut says = |message: &str, key: &str| said.insert((format!("developers-{message}"), key.to_owned()));
        for operation in &interface.operations {
            says("summary", &operation.id);
            says("description", &operation.id);
            for field in &operation.parameters {
                says("parameter", &field.key);
            }
            for field in operation.body.iter().chain(&operation.answered) {
                says("field", &field.key);
            }
        }
        for refusal in &interface.refusals {
            says("refusal", &refusal.code);
        }
        assert_eq!(said, worded());
    }

    #[test]
    fn everything_that_changes_something_takes_a_key_and_may_be_refused() {
        let paths = DOCUMENT["paths"].as_object().expect("paths");
        for (path, item) in paths {
            for (method, operation) in item.as_object().expect("operations") {
                let takes_key = operation["parameters"].to_string().contains("Idempotency-Key");
                assert_eq!(takes_key, method == "post", "{method} {path}");
                for status in ["400", "401", "403", "404", "422", "429", "500", "503"] {
                    let kind = "application/problem+json";
                    assert!(operation["responses"][status]["content"][kind].is_object(), "{method} {path} {status}");
                }
            }
        }
        assert_eq!(DOCUMENT["openapi"], "3.1.0");
        assert!(DOCUMENT["components"]["schemas"]["Problem"].is_object());
    }
}
