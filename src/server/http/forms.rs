//! How plain HTML forms are answered. A form posts to the address of its own page and names the server function that it is for;
//! on success the browser is sent on (303); on failure the form is kept for whoever sent it (`service::people::kept_forms`), and
//! the browser sent back to the page (303), which shows it again with the status that fits, what was typed, and what was wrong
//! with it. So whatever a browser does later – reloading, Back, opening the address again – it opens a page and asks nobody
//! whether to send a form once more. Where a form cannot be kept, as of visitors or while the database is away, the page is
//! rendered at once in answer to it. A form whose sender's session has ended comes back after signing in.
//!
//! A file that is uploaded becomes a field like any other on its way in, or is kept for its message (`super::attached`).
//!
//! This is the one place where an answer of a server function becomes an answer for a person, and where a problem
//! becomes a status. Nothing of it stands in a URL.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER, SET_COOKIE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::server_fn::{ServerFn, axum::server_fn_paths};
use tracing::Span;
use uuid::Uuid;

use super::{
    access::{to_confirm, to_sign_in, wanted},
    attached, done,
    in_words::wants_page,
    sent_forms,
    session::{self, problem_of, refuse, status},
    sizes::{LARGEST_FORM, LARGEST_PROBLEM, read_body},
    unreadable::has_zero_byte,
};
use crate::{
    api::{
        minutes::contracts::AttachContractFile, money::sales::ImportStatement, ordering::imports::ImportTables,
        work::connection_reports::ImportConnections,
    },
    model::{
        base::{fields::FieldCode, ids::LoginId, seen::SEEN_FIELD, site_path::SitePath},
        minutes::contracts::LARGEST_FILE,
        paths,
        problem::{MovedOn, Problem},
        work::chosen::SAID,
    },
    server::{app::App, auth::Caller, metrics, request::follows_news, service::people::kept_forms},
    ui::{components::FUNCTION_FIELD, forms::FormReturn, routes::has_islands},
};

/// Where server functions are.
const FUNCTIONS: &str = "/api/";
/// The server functions to which a file is uploaded, with the pages of their forms; no others take one. The most that an upload
/// can send, in bytes: a bank statement of a year, connections of a year, ten thousand customers with their people, or a contract as it was signed with the form around it.
const UPLOADS: [(&str, &str, usize); 4] = [
    (ImportStatement::PATH, paths::SALES_BANK, 2 * 1024 * 1024),
    (ImportConnections::PATH, paths::CONNECTIONS, 8 * 1024 * 1024),
    (ImportTables::PATH, paths::IMPORT, 4 * 1024 * 1024),
    (AttachContractFile::PATH, paths::CONTRACT, LARGEST_FILE + 64 * 1024),
];
/// Fields that are neither sent back nor kept, beside [secret ones](kept_forms::SECRET_FIELDS).
const NOT_TYPED: [&str; 2] = [FUNCTION_FIELD, FILE_FIELD];
/// The field of an uploaded file; a browser forgets what was chosen, so there is nothing to send back.
const FILE_FIELD: &str = "file";
/// Under which name a page's address names a form that was kept for it.
const KEPT: &str = "kept";

/// Answers forms and server functions; all else passes.
pub async fn answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_person = wants_page(request.headers());
    let is_post = request.method() == Method::POST;
    if !request.uri().path().starts_with(FUNCTIONS) {
        return if is_person && is_post { answer_form(&app, request, next).await } else { next.run(request).await };
    }
    if is_person && !is_post {
        // What it answers is for programs.
        return refuse(Problem::NotFound);
    }
    let (mut parts, body) = request.into_parts();
    let read = read_fields(&mut parts, body).await;
    match read {
        Ok(bytes) => call(parts, bytes, next).await.unwrap_or_else(Refusal::into_answer),
        Err(problem) => refuse(problem),
    }
}

async fn answer_form(app: &App, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let read = match attached::form_of(&parts) {
        Some(form) => read_attached(app, &mut parts, form, body).await,
        None => match read_fields(&mut parts, body).await {
            Err(Problem::TooLarge) if upload_of(&parts).is_some() => {
                Err(Problem::field(FILE_FIELD, FieldCode::TooLong))
            }
            read => read.map(|bytes| (bytes, None)),
        },
    };
    let (bytes, refused) = match read {
        Ok(read) => read,
        // What stood in the form beside the file was never read.
        Err(problem @ Problem::Invalid { .. }) => {
            return render_again(parts, FormReturn { problem, values: BTreeMap::new() }, next).await;
        }
        Err(problem) => return refuse(problem),
    };
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).unwrap_or_default();
    let Some(function) = function_of(&fields) else { return refuse(Problem::Malformed) };
    // A form stands where it was posted to.
    let page = wanted(&parts.uri);
    Span::current().record("function", function.path());
    let called = function.path().to_owned();
    let mut to_function = parts.clone();
    to_function.uri = function;
    let outcome = match refused {
        Some(problem) => Err(Refusal { problem, headers: HeaderMap::new() }),
        None => call(to_function, bytes, next.clone()).await,
    };
    match outcome {
        Ok(response) => {
            // What leads back to the page leaves the form to be sent.
            if let Some(kept) = kept_in(&parts.uri).filter(|_| response.headers().contains_key(LOCATION)) {
                forget(app, kept).await;
            }
            forget_unsent(app, &parts, &called).await;
            let mut answer = see_other(&response, &page);
            done::say_done(app, &called, answer.headers_mut());
            answer
        }
        Err(Refusal { problem: Problem::MovedOn(to), .. }) => lead_on(app, &parts, to, typed(fields)).await,
        Err(refusal) => {
            metrics::refused_for(refusal.problem.code());
            let mut returned = FormReturn { problem: refusal.problem, values: typed(fields) };
            if let (Problem::FormUsed { .. }, Some(key)) = (&returned.problem, sent_forms::key_field(&called)) {
                // Sent once more it is another form.
                returned.values.remove(key);
            }
            let kept = keep(app, &parts.headers, parts.uri.path(), &page, &returned).await;
            let mut response = match (kept, &returned.problem) {
                (kept, Problem::SignInRequired) => to_sign_in(kept.as_ref().unwrap_or(&page)),
                (kept, Problem::ConfirmRequired) => to_confirm(kept.as_ref().unwrap_or(&page)),
                (Some(kept), _) => lead_to(kept.as_str()),
                (None, _) => render_again(parts, returned, next).await,
            };
            copy_cookies(&refusal.headers, response.headers_mut());
            response
        }
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
        let mut response = refuse(self.problem);
        copy_cookies(&self.headers, response.headers_mut());
        response
    }
}

/// Calls the server function at an address, always as a program does: what a person gets is decided here, and nobody's Referer
/// is ever redirected to.
async fn call(mut parts: Parts, bytes: Vec<u8>, next: Next) -> Result<Response, Refusal> {
    parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(REFERER);
    with_fitting_status(next.run(Request::from_parts(parts, Body::from(bytes))).await).await
}

/// The fields of a form, urlencoded.
async fn read_fields(parts: &mut Parts, body: Body) -> Result<Vec<u8>, Problem> {
    let upload = upload_of(parts);
    let most = upload.as_ref().map_or(LARGEST_FORM, |(_, most)| *most);
    let mut bytes = read_body(body, most).await.ok_or(Problem::TooLarge)?;
    if let Some((boundary, _)) = upload {
        bytes = uploaded(bytes, boundary).await.ok_or(Problem::Malformed)?;
        parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        parts.headers.remove(CONTENT_LENGTH);
    }
    if has_zero_byte(&bytes) { Err(Problem::Malformed) } else { Ok(bytes) }
}

/// The fields of a form with files, urlencoded, and why its files are not as they should be.
async fn read_attached(
    app: &App,
    parts: &mut Parts,
    form: attached::Attached,
    body: Body,
) -> Result<(Vec<u8>, Option<Problem>), Problem> {
    let attached::Read { fields, problem } = attached::read(app, &parts.headers, form, body).await?;
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(CONTENT_LENGTH);
    let bytes = serde_urlencoded::to_string(fields).map_err(|_| Problem::Malformed)?.into_bytes();
    if has_zero_byte(&bytes) { Err(Problem::Malformed) } else { Ok((bytes, problem)) }
}

/// The boundary between the parts of an upload and the most that it can send, where one is taken.
fn upload_of(parts: &Parts) -> Option<(String, usize)> {
    let content_type = parts.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let path = parts.uri.path();
    let is_taken =
        |(function, page, _): &&(&str, &'static str, usize)| path == *function || paths::values(page, path).is_some();
    let (_, _, most) = UPLOADS.iter().filter(|_| parts.method == Method::POST).find(is_taken)?;
    Some((multer::parse_boundary(content_type).ok()?, *most))
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

/// The address of the server function that a form names; none for what is none.
fn function_of(fields: &[(String, String)]) -> Option<Uri> {
    let (_, named) = fields.iter().find(|(name, _)| name == FUNCTION_FIELD)?;
    let (path, _) = server_fn_paths().find(|(path, method)| *path == named && *method == Method::POST)?;
    Some(Uri::from_static(path))
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
        StatusCode::METHOD_NOT_ALLOWED => Problem::NotFound,
        StatusCode::INTERNAL_SERVER_ERROR => Problem::Unavailable,
        status => problem_of(status),
    }
}

/// Sends the browser on to where the server function led, else back to the page.
fn see_other(response: &Response, page: &SitePath) -> Response {
    let to = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let mut answer = lead_to(to.unwrap_or(page.as_str()));
    copy_cookies(response.headers(), answer.headers_mut());
    answer
}

fn lead_to(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response()
}

/// Leads to where something goes on. What is done by whoever has seen what it means was not sent yet: what was said of it is found
/// again where that is shown.
async fn lead_on(app: &App, parts: &Parts, to: MovedOn, mut values: BTreeMap<String, String>) -> Response {
    let page = paths::moved_on(to);
    let is_said = |field: &&str| values.get(*field).is_some_and(|said| !said.trim().is_empty());
    if !to.confirms() || !SAID.iter().any(is_said) {
        return lead_to(&page);
    }
    // What the form has seen is not what the page shows.
    values.remove(SEEN_FIELD);
    let returned = FormReturn { problem: Problem::NotSent, values };
    let kept = match SitePath::parse(&page) {
        Some(address) => {
            let path = page.split('?').next().unwrap_or_default();
            keep(app, &parts.headers, path, &address, &returned).await
        }
        None => None,
    };
    lead_to(kept.as_ref().map_or(&page, SitePath::as_str))
}

async fn render_again(mut parts: Parts, returned: FormReturn, next: Next) -> Response {
    parts.method = Method::GET;
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove(CONTENT_LENGTH);
    show(Request::from_parts(parts, Body::empty()), returned, next).await
}

/// The page of a form that comes back, with the status that fits.
async fn show(mut request: Request, returned: FormReturn, next: Next) -> Response {
    let problem = returned.problem.clone();
    let follows_news = follows_news(request.headers());
    request.extensions_mut().insert(returned);
    let mut response = next.run(request).await;
    // A page that cannot be shown any more says why itself: by a redirect or a status of its own. One that comes back after its
    // sender has proved who they are, or was never sent, is as good as new; one that follows news was refused when it was opened.
    let is_as_good_as_new = matches!(problem, Problem::SignInRequired | Problem::ConfirmRequired | Problem::NotSent);
    if response.status() == StatusCode::OK && !is_as_good_as_new && !follows_news {
        *response.status_mut() = status(&problem);
    }
    session::add_retry_after(&problem, response.headers_mut());
    response
}

/// What a person has typed.
fn typed(fields: Vec<(String, String)>) -> BTreeMap<String, String> {
    let is_kept = |name: &str| !NOT_TYPED.contains(&name) && !kept_forms::SECRET_FIELDS.contains(&name);
    fields.into_iter().filter(|(name, _)| is_kept(name)).collect()
}

fn copy_cookies(from: &HeaderMap, to: &mut HeaderMap) {
    for cookie in from.get_all(SET_COOKIE) {
        to.append(SET_COOKIE, cookie.clone());
    }
}

/// Keeps a form for whoever sent it, and tells the address at which it comes back; none where it cannot be kept.
///
/// * `path` – where the page is asked for
async fn keep(app: &App, headers: &HeaderMap, path: &str, page: &SitePath, returned: &FormReturn) -> Option<SitePath> {
    let FormReturn { problem, values } = returned;
    let is_kept = match problem.status() {
        // To be recorded, once.
        403 => false,
        // Not to be answered with more work.
        429 | 500.. => false,
        // What was typed as an address may be a password.
        _ => !matches!(problem, Problem::SignInFailed | Problem::ProviderRequired { .. }),
    };
    if !is_kept {
        return None;
    }
    // Only somebody is given a form back. Whose session has ended finds it after signing in; a form for visitors, of whoever is
    // one of them by now or is not quite signed in, is answered at once.
    let comes_back = *problem == Problem::SignInRequired
        || session::caller(app, headers).await.is_ok_and(|caller| caller.session().is_ok());
    if !comes_back {
        return None;
    }
    let token = session::token(app, headers)?;
    match kept_forms::keep(app, &token, path, problem, values).await {
        Ok(kept) => with_kept(page, kept?),
        Err(problem) => {
            tracing::warn!(%problem, "a form was not kept");
            None
        }
    }
}

/// Forgets a form that has had its effect; what fails is made up for by the upkeep.
async fn forget(app: &App, kept: Uuid) {
    if let Err(problem) = kept_forms::forget(app, kept).await {
        tracing::warn!(%problem, "a form is still kept");
    }
}

/// Forgets what was being typed into the form of a page that has just been sent; another form of the page leaves it.
async fn forget_unsent(app: &App, parts: &Parts, called: &str) {
    let Some(token) = session::token(app, &parts.headers).filter(|_| has_islands(parts.uri.path())) else { return };
    if let Err(problem) = kept_forms::forget_unsent(app, &token, parts.uri.path(), called).await {
        tracing::warn!(%problem, "what was sent is still kept");
    }
}

fn login_of(caller: Option<&Caller>) -> Option<LoginId> {
    Some(caller?.session().ok()?.login)
}

/// The page's address with the name of what was kept for it.
fn with_kept(page: &SitePath, kept: Uuid) -> Option<SitePath> {
    let (path, query) = page.as_str().split_once('?').unwrap_or((page.as_str(), ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("kept="));
    let pairs: Vec<String> = others.map(str::to_owned).chain([format!("{KEPT}={kept}")]).collect();
    SitePath::parse(&format!("{path}?{}", pairs.join("&")))
}

fn kept_in(uri: &Uri) -> Option<Uuid> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix(KEPT)?.strip_prefix('=')?.parse().ok())
}

/// Whether the address of a page asks for what was being typed there: what it names itself, the form had as well.
fn is_asked_for(uri: &Uri, values: &BTreeMap<String, String>) -> bool {
    let named: Vec<(String, String)> =
        uri.query().and_then(|query| serde_urlencoded::from_str(query).ok()).unwrap_or_default();
    named.iter().all(|(name, value)| values.get(name).is_none_or(|typed| typed == value))
}

/// Gives back to a page the form that its address names, if it was kept for whoever asks; else what that person was typing there
/// when the browser was closed.
pub async fn bring_back(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_answered = request.extensions().get::<FormReturn>().is_some();
    let (Some(login), false) = (login_of(request.extensions().get()), is_answered) else {
        return next.run(request).await;
    };
    let page = request.uri().path();
    let found = match kept_in(request.uri()) {
        Some(kept) => kept_forms::find(&app, login, kept, page).await,
        None if request.method() == Method::GET && has_islands(page) => kept_forms::unsent(&app, login, page)
            .await
            .map(|found| found.filter(|(_, values)| is_asked_for(request.uri(), values))),
        None => Ok(None),
    };
    match found {
        Ok(Some((problem, values))) => show(request, FormReturn { problem, values }, next).await,
        Ok(None) => next.run(request).await,
        Err(problem) => {
            tracing::warn!(%problem, "a form did not come back");
            next.run(request).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_for_one_day_does_not_come_back_for_another() {
        let typed: BTreeMap<String, String> = [("from_day", "2026-12-01"), ("fee", "100")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        for (address, is_asked) in
            [("/amend", true), ("/amend?from_day=2026-12-01&open=1", true), ("/amend?from_day=2027-01-01", false)]
        {
            assert_eq!(is_asked_for(&Uri::from_static(address), &typed), is_asked, "{address}");
        }
    }

    #[test]
    fn a_page_is_told_what_was_kept_for_it_once() {
        let page = SitePath::parse("/requests/2026-000123/move?start=x&kept=old").expect("a path");
        let kept = Uuid::from_u128(7);
        let address = with_kept(&page, kept).expect("an address");
        assert_eq!(address.as_str(), format!("/requests/2026-000123/move?start=x&kept={kept}"));
        assert_eq!(kept_in(&address.as_str().parse().expect("an address")), Some(kept));
        assert_eq!(kept_in(&Uri::from_static("/order?keptit=1")), None);
    }
}
