//! Whether the process lives and whether it can work.

use axum::{
    Router,
    extract::{FromRef, State},
    http::StatusCode,
    routing::get,
};

use crate::server::app::App;

/// Whether the process lives.
pub const ALIVE: &str = "/healthz";
/// What is answered where all is well.
pub const OK: &str = "ok";
/// Whether it can work.
const READY: &str = "/readyz";

/// Both, which are in no access table: whoever watches asks, and nobody is told anything.
pub const ROUTES: [&str; 2] = [ALIVE, READY];

/// Where they are answered.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S>
where
    App: FromRef<S>,
{
    Router::new().route(ALIVE, get(process)).route(READY, get(database))
}

/// The process answers.
async fn process() -> &'static str {
    OK
}

/// The database answers too.
async fn database(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.db.ping().await {
        Ok(()) => (StatusCode::OK, OK),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
