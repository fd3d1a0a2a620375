//! What is asked for under a key is done once: the layer around everything that changes something.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header::CONTENT_TYPE, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::problems::{PROBLEM_JSON, Refusal};
use crate::{
    model::{ordering::attachments::ATTACHMENT_BYTES_MAX, problem::Problem},
    server::{
        app::App,
        auth::{Caller, Program, tokens::TokenHash},
        http::sizes::{LARGEST_CALL, LARGEST_FORM, read_body},
        service::line::api_answers::{self, Asking},
    },
};

/// The key under which a program asks.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The longest key.
pub const LONGEST_KEY: usize = 200;

/// The identity under which what is asked for is done: of what is made by it, or its key.
#[derive(Debug, Clone, Copy)]
pub struct Act(pub Uuid);

/// Answers what was answered before, or lets it be done and keeps the answer.
pub async fn answer(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    answer_once(&app, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn answer_once(app: &App, request: Request, next: Next) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    let key = key(&parts.headers).ok_or(Refusal::KeyMissing)?.to_owned();
    let asking = parts.extensions.get::<Program>().zip(parts.extensions.get::<Caller>());
    let (program, caller) = asking.ok_or(Refusal::Of(Problem::SignInRequired))?;
    let (token, customer) = (program.token, caller.member()?.customer());
    let boundary = boundary(&parts.headers);
    let largest = if boundary.is_some() { ATTACHMENT_BYTES_MAX + LARGEST_FORM } else { LARGEST_FORM };
    let body = Bytes::from(read_body(body, largest).await.ok_or(Problem::TooLarge)?);
    let asked = digest(&parts, boundary.as_deref(), &body);
    let act = match api_answers::ask(app, (token, customer), &key, asked).await? {
        Asking::Do(act) => act,
        Asking::Done(status, text) => return Ok(again(status, text)),
        Asking::Mismatch => return Err(Refusal::KeyMismatch),
        Asking::UnderWay(seconds) => return Err(Refusal::UnderWay(seconds)),
    };
    parts.extensions.insert(Act(act));
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    kept(app, act, response).await
}

/// Keeps an answer that will stay true; of any other the program tries again, under the same key.
async fn kept(app: &App, act: Uuid, response: Response) -> Result<Response, Refusal> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST_CALL).await.map_err(|_| Problem::Unavailable)?;
    let text = std::str::from_utf8(&body).ok().filter(|_| is_final(parts.status));
    // What is not kept was done all the same, and is found under its identity by whoever tries again.
    if let Err(problem) = api_answers::answered(app, act, text.map(|text| (parts.status.as_u16(), text))).await {
        tracing::warn!(%problem, "an answer was not kept");
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn is_final(status: StatusCode) -> bool {
    !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS
}

fn again(status: u16, text: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let kind = if status.is_success() { HeaderValue::from_static("application/json") } else { PROBLEM_JSON };
    let replayed = HeaderValue::from_static("true");
    (status, [(CONTENT_TYPE, kind), (REPLAYED, replayed)], text).into_response()
}

fn key(headers: &HeaderMap) -> Option<&str> {
    let key = headers.get(IDEMPOTENCY_KEY)?.to_str().ok()?;
    (1..=LONGEST_KEY).contains(&key.len()).then_some(key)
}

/// What parts a form with a file, which its sender makes anew each time.
pub fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// All that is asked: of what, and with which words. The boundaries of a form say nothing.
fn digest(parts: &Parts, boundary: Option<&str>, body: &Bytes) -> TokenHash {
    let mut digest = Sha256::new();
    let address = parts.uri.path_and_query().map_or("", |address| address.as_str());
    digest.update(format!("{} {address}\n", parts.method));
    let mut rest: &[u8] = body;
    if let Some(boundary) = boundary.map(str::as_bytes).filter(|boundary| !boundary.is_empty()) {
        while let Some(at) = rest.windows(boundary.len()).position(|part| part == boundary) {
            digest.update(&rest[..at]);
            rest = &rest[at + boundary.len()..];
        }
    }
    digest.update(rest);
    TokenHash(digest.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(address: &str) -> Parts {
        Request::post(address).body(()).expect("a request").into_parts().0
    }

    #[test]
    fn the_same_is_asked_whatever_parts_a_form() {
        let of = |address, boundary, body: &str| digest(&parts(address), boundary, &Bytes::from(body.to_owned())).0;
        let form = |boundary: &str| format!("--{boundary}\r\nfile\r\n--{boundary}--\r\n");
        assert_eq!(of("/x", Some("a1"), &form("a1")), of("/x", Some("b22"), &form("b22")));
        assert_ne!(of("/x", Some("a1"), &form("a1")), of("/x", Some("a1"), &form("a1").replace("file", "other")));
        assert_ne!(of("/x", None, "{}"), of("/y", None, "{}"));
        assert_ne!(of("/x", None, "{}"), of("/x", None, "{ }"));
    }

    #[test]
    fn what_may_go_better_later_is_not_kept() {
        let kept = [200, 201, 400, 403, 404, 409, 422];
        assert!(kept.iter().all(|status| is_final(StatusCode::from_u16(*status).expect("a status"))));
        assert!([429, 500, 503].iter().all(|status| !is_final(StatusCode::from_u16(*status).expect("a status"))));
    }
}
