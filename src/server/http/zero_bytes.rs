//! The zero byte, which PostgreSQL's text cannot hold and no keyboard types. Whatever carries one, in its path, its query or a
//! form, is refused before anything else reads it.

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Whether percent-encoded text has one.
pub fn has_one(encoded: &[u8]) -> bool {
    encoded.contains(&0) || encoded.windows(3).any(|three| three == b"%00")
}

/// Refuses an address that has one.
pub async fn refuse(request: Request, next: Next) -> Response {
    match request.uri().path_and_query() {
        Some(address) if has_one(address.as_str().as_bytes()) => StatusCode::BAD_REQUEST.into_response(),
        _ => next.run(request).await,
    }
}
