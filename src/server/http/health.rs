//! Whether the process lives and whether it can work.

use axum::{extract::State, http::StatusCode};

use crate::server::app::App;

/// The process answers.
pub async fn process() -> &'static str {
    "ok"
}

/// The database answers too.
pub async fn database(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.db.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
