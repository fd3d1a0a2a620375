//! How plain HTML forms are answered: on success the browser is sent on (303); on failure the page on which the form
//! stands is rendered again, with the status that fits, what was typed, and what was wrong with it.
//!
//! A file that is uploaded becomes a field like any other on its way in.
//!
//! This is the one place where an answer of a server function becomes an answer for a person, and where a problem
//! becomes a status. Nothing of it stands in a URL.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER, RETRY_AFTER, SET_COOKIE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use leptos::server_fn::ServerFn;

use super::{access::to_sign_in, session::status, zero_bytes};
use crate::{
    api::money::sales::ImportStatement,
    model::{base::site_path::SitePath, problem::Problem},
    ui::forms::FormReturn,
};

/// The most that any form of ours can send, in bytes: 4,000 characters of text and some short fields, percent-encoded.
const LARGEST_FORM: usize = 64 * 1024;
/// Where a file is uploaded; nowhere else is one taken.
const UPLOAD: &str = ImportStatement::PATH;
/// The most that an upload can send, in bytes: a bank statement of a year.
const LARGEST_UPLOAD: usize = 2 * 1024 * 1024;
/// The most of a larger one that is read only to be thrown away, in bytes.
const MOST_THROWN_AWAY: usize = 16 * 1024 * 1024;
/// The most that a server function answers with a problem, in bytes.
const LARGEST_PROBLEM: usize = 64 * 1024;
/// The hidden field that says on which page a form stands.
const PAGE_FIELD: &str = "page";
/// Fields that are never sent back.
const SECRET_FIELDS: [&str; 3] = [PAGE_FIELD, "password", FILE_FIELD];
/// The field of an uploaded file; a browser forgets what was chosen, so there is nothing to send back.
const FILE_FIELD: &str = "file";

/// Answers server functions; all else passes.
pub async fn answer(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let is_form = request.method() == Method::POST && accepts_html(request.headers());
    let (mut parts, body) = request.into_parts();
    // The server function is always asked as by a program: what a person gets is decided here, and nobody's Referer is
    // ever redirected to.
    parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let came_from = parts.headers.remove(REFERER);
    let boundary = boundary_of(&parts);
    let most = if boundary.is_some() { LARGEST_UPLOAD } else { LARGEST_FORM };
    let Some(bytes) = read(body, most).await else {
        let refusal = Refusal { problem: Problem::TooLarge, headers: HeaderMap::new() };
        return match came_from.as_ref().and_then(path_of).filter(|_| is_form) {
            Some(page) => render_again(parts, Vec::new(), &page, refusal, next).await,
            None => refusal.into_answer(),
        };
    };
    let bytes = match boundary {
        None => bytes,
        Some(boundary) => match uploaded(bytes, boundary).await {
            Some(bytes) => {
                parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
                parts.headers.remove(CONTENT_LENGTH);
                bytes
            }
            None => return Refusal { problem: Problem::Malformed, headers: HeaderMap::new() }.into_answer(),
        },
    };
    if zero_bytes::has_one(&bytes) {
        return Refusal { problem: Problem::Malformed, headers: HeaderMap::new() }.into_answer();
    }
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).unwrap_or_default();
    let call = Request::from_parts(parts.clone(), Body::from(bytes));
    let response = with_fitting_status(next.clone().run(call).await).await;
    if !is_form {
        return response.unwrap_or_else(Refusal::into_answer);
    }
    let page = page_of(&fields);
    match response {
        Ok(response) => see_other(&response, &page),
        Err(Refusal { problem: Problem::SignInRequired, .. }) => to_sign_in(page.as_str()),
        Err(refusal) => render_again(parts, fields, &page, refusal, next).await,
    }
}

/// A server function's refusal.
struct Refusal {
    problem: Problem,
    headers: HeaderMap,
}

impl Refusal {
    /// For a program: the problem as JSON.
    fn into_answer(self) -> Response {
        let mut response = (status(&self.problem), Json(&self.problem)).into_response();
        copy_cookies(&self.headers, response.headers_mut());
        add_retry_after(&self.problem, response.headers_mut());
        response
    }
}

/// The body of a request; none when it is larger than `most`. What is too much is read and thrown away, up to a point,
/// as a browser hears no answer before it has sent everything.
async fn read(mut body: Body, most: usize) -> Option<Vec<u8>> {
    let mut form = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return None };
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length += data.len();
        if length > MOST_THROWN_AWAY {
            return None;
        }
        if length <= most {
            form.extend_from_slice(data);
        }
    }
    (length <= most).then_some(form)
}

/// The boundary between the parts of an upload, where one is taken.
fn boundary_of(parts: &Parts) -> Option<String> {
    let content_type = parts.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    if parts.method == Method::POST && parts.uri.path() == UPLOAD {
        multer::parse_boundary(content_type).ok()
    } else {
        None
    }
}

/// An upload as the same fields that any form has, urlencoded: a file as its bytes in hexadecimal digits, its name beside it
/// under the field's name with `_name`. None when it cannot be read.
async fn uploaded(bytes: Vec<u8>, boundary: String) -> Option<Vec<u8>> {
    let body = futures::stream::once(async move { Ok::<_, std::convert::Infallible>(Bytes::from(bytes)) });
    let mut parts = multer::Multipart::new(body, boundary);
    let mut fields: Vec<(String, String)> = Vec::new();
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name()?.to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file_name) => {
                let content = part.bytes().await.ok()?;
                fields.push((format!("{name}_name"), file_name));
                fields.push((name, hex::encode(content)));
            }
            None => fields.push((name, part.text().await.ok()?)),
        }
    }
    serde_urlencoded::to_string(fields).ok().map(String::into_bytes)
}

/// The path of a Referer; its host does not matter, as only the path is used.
fn path_of(referer: &HeaderValue) -> Option<SitePath> {
    let uri: Uri = referer.to_str().ok()?.parse().ok()?;
    page(uri.path_and_query()?.as_str())
}

/// A path on which a form can stand.
fn page(path: &str) -> Option<SitePath> {
    SitePath::parse(path).filter(|path| !path.as_str().starts_with("/api/"))
}

/// Tells refusals from answers: every server function's error arrives with status 500 and the problem as JSON.
async fn with_fitting_status(response: Response) -> Result<Response, Refusal> {
    if !(response.status().is_client_error() || response.status().is_server_error()) {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let problem = match to_bytes(body, LARGEST_PROBLEM).await {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|_| unexplained(parts.status)),
        Err(_) => unexplained(parts.status),
    };
    Err(Refusal { problem, headers: parts.headers })
}

fn unexplained(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Problem::NotFound,
        status if status.is_client_error() => Problem::Malformed,
        _ => Problem::Unavailable,
    }
}

/// The page that the form says it stands on; the line's own page for one that says nothing credible.
fn page_of(fields: &[(String, String)]) -> SitePath {
    fields.iter().find(|(name, _)| name == PAGE_FIELD).and_then(|(_, path)| page(path)).unwrap_or_else(SitePath::home)
}

/// Sends the browser on to where the server function led, else back to the page.
fn see_other(response: &Response, page: &SitePath) -> Response {
    let location = response.headers().get(LOCATION).cloned();
    let location = location.or_else(|| HeaderValue::from_str(page.as_str()).ok());
    let mut answer = StatusCode::SEE_OTHER.into_response();
    if let Some(location) = location {
        answer.headers_mut().insert(LOCATION, location);
    }
    copy_cookies(response.headers(), answer.headers_mut());
    answer
}

async fn render_again(
    mut parts: Parts,
    fields: Vec<(String, String)>,
    page: &SitePath,
    refusal: Refusal,
    next: Next,
) -> Response {
    let Ok(uri) = page.as_str().parse::<Uri>() else {
        return refusal.into_answer();
    };
    let values: BTreeMap<String, String> =
        fields.into_iter().filter(|(name, _)| !SECRET_FIELDS.contains(&name.as_str())).collect();
    parts.method = Method::GET;
    parts.uri = uri;
    parts.headers.insert(ACCEPT, HeaderValue::from_static("text/html"));
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove(CONTENT_LENGTH);
    parts.extensions.insert(FormReturn { problem: refusal.problem.clone(), values });
    let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
    // A page that cannot be shown any more says why itself: by a redirect or a status of its own.
    if response.status() == StatusCode::OK {
        *response.status_mut() = status(&refusal.problem);
    }
    copy_cookies(&refusal.headers, response.headers_mut());
    add_retry_after(&refusal.problem, response.headers_mut());
    response
}

fn copy_cookies(from: &HeaderMap, to: &mut HeaderMap) {
    for cookie in from.get_all(SET_COOKIE) {
        to.append(SET_COOKIE, cookie.clone());
    }
}

fn add_retry_after(problem: &Problem, headers: &mut HeaderMap) {
    if let Some(retry_after_s) = problem.retry_after_s() {
        headers.insert(RETRY_AFTER, HeaderValue::from(retry_after_s));
    }
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}
