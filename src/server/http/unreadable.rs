//! What nothing else has to read, because nobody types it and no file of ours has it: the zero byte, which PostgreSQL's text
//! cannot hold, in a path, a query or a form; names that no file system takes; and requests to be told one's own head (TRACE).

use axum::{
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::session::refuse;
use crate::model::problem::Problem;

/// The longest name of a file; a longer one is nobody's.
const LONGEST_NAME: usize = 255;

/// Whether percent-encoded text has a zero byte.
pub fn has_zero_byte(encoded: &[u8]) -> bool {
    encoded.contains(&0) || encoded.windows(3).any(|three| three == b"%00")
}

/// Refuses an address that is none, and what is nowhere answered.
pub async fn check(request: Request, next: Next) -> Response {
    if request.method() == Method::TRACE {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD, POST")]).into_response();
    }
    match request.uri().path_and_query() {
        Some(address) if has_zero_byte(address.as_str().as_bytes()) => refuse(Problem::Malformed),
        Some(address) if address.path().split('/').any(|name| name.len() > LONGEST_NAME) => refuse(Problem::NotFound),
        _ => next.run(request).await,
    }
}
