//! Who is asking: request id, address, session, language.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Json,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use cookie::Cookie;
use tower_http::{
    csrf::ProtectionError,
    request_id::{MakeRequestId, RequestId},
};
use tracing::Span;

use crate::{
    model::{paths, problem::Problem},
    server::{
        app::App,
        auth::{
            Caller, Client,
            events::{self, SecurityEvent},
            tokens::Token,
        },
        config::ProxyHeader,
        db::people::sessions::{self, LiveSession},
        incident, metrics,
        random::Random,
        request::{device_cookie_name, follows_news, language_cookie_name, session_cookie_name},
        service::line::notice,
    },
    ui::{Blocked, LinePhone, StandingNotice, texts::Locale},
};

/// The header in which an answer says the id of its request.
const REQUEST_ID: &str = "x-request-id";

/// Gives every request an id of ours.
#[derive(Debug, Clone, Copy)]
pub struct NewRequestId(pub Random);

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = self.0.uuid().simple().to_string();
        HeaderValue::from_str(&id[..12]).ok().map(RequestId::new)
    }
}

/// Takes away the id that a request came with: anybody could send any, and two that have the same would be one in the log.
pub async fn forget_request_id(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(REQUEST_ID);
    next.run(request).await
}

/// The log's span of a request, which every line of it is in: who asked, by their number, and for what, by its route. Never its address,
/// in which secrets stand, nor what people typed.
pub fn span(request: &Request) -> Span {
    tracing::info_span!(
        "request",
        id = request_id(request),
        method = %request.method(),
        // The route, under the name by which traces call their steps.
        otel.name = tracing::field::Empty,
        // The server function for which a form is that was posted to a page.
        function = tracing::field::Empty,
        // Both as `auth::events` comes to know them.
        login = tracing::field::Empty,
        token = tracing::field::Empty
    )
}

/// Makes the request's id and address known to whatever fails or happens within it.
pub async fn origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let (id, address) = (request_id(&request).to_owned(), address(&app, &request));
    incident::scope(id, events::scope(address, app.clock.now(), next.run(request))).await
}

/// Records who was turned away: by the access table or a service, or because another site sent the request.
pub async fn record_refusal(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() == StatusCode::FORBIDDEN {
        let is_cross_site = response.extensions().get::<ProtectionError>().is_some();
        events::record(if is_cross_site { SecurityEvent::CrossSiteRefused } else { SecurityEvent::Forbidden });
    }
    response
}

/// Looks up the session and puts [`Caller`], [`Visit`] and [`Locale`] into the request.
pub async fn look_up(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let token = token(&app, request.headers());
    let device = secret(request.headers(), device_cookie_name(app.settings.https));
    // Where nobody can say who is asking there is no caller, which is something else than a visitor: what is public stays so,
    // and everything else answers that the line is out of order (`access::check`, `request::caller`).
    let live = match &token {
        Some(token) => find(&app, token, is_used(&request)).await,
        None => Ok(None),
    };
    let client = Client {
        address: address(&app, &request),
        user_agent: text(request.headers(), &header::USER_AGENT).unwrap_or_default().to_owned(),
        token,
        device,
    };
    // What was chosen counts for more than what the browser likes.
    let locale = cookie(request.headers(), language_cookie_name(app.settings.https))
        .and_then(|cookie| Locale::from_code(cookie.value()))
        .or_else(|| Locale::preferred(text(request.headers(), &header::ACCEPT_LANGUAGE)?))
        .unwrap_or_default();
    let notice = notice::standing(&app).await;
    let extensions = request.extensions_mut();
    if let Ok(live) = live {
        if let Some(live) = &live {
            events::caller_is(live.session.login);
            extensions.insert(LinePhone(live.line_phone.clone()));
            if let Some(reason) = &live.blocked {
                extensions.insert(Blocked(reason.clone()));
            }
        }
        let mut caller = Caller(live.map(|live| live.session));
        let needs_factor = caller.needs_factor(app.settings.demo);
        if let Some(session) = &mut caller.0 {
            session.proof.lacks_factor = needs_factor && !session.proof.has_factor;
        }
        extensions.insert(caller);
    }
    extensions.insert(client);
    extensions.insert(locale);
    if let Some(notice) = notice {
        extensions.insert(StandingNotice(notice));
    }
    next.run(request).await
}

/// The token of the session that the browser has, live or not.
pub fn token(app: &App, headers: &HeaderMap) -> Option<Token> {
    secret(headers, session_cookie_name(app.settings.https))
}

/// Whether a person is behind a request: an open page that listens, or asks by itself, is nobody's use of a session.
fn is_used(request: &Request) -> bool {
    request.uri().path() != paths::LIVE && !follows_news(request.headers())
}

/// Who sends a request whose session was not looked up yet.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let live = match token(app, headers) {
        Some(token) => find(app, &token, true).await?,
        None => None,
    };
    Ok(Caller(live.map(|live| live.session)))
}

async fn find(app: &App, token: &Token, is_used: bool) -> Result<Option<LiveSession>, Problem> {
    let mut tx = app.db.system().await?;
    let session = sessions::find(&mut tx, token.hash(), is_used, app.clock.now()).await?;
    tx.commit().await?;
    Ok(session)
}

/// The client's address: the peer's, or what a trusted proxy says.
fn address(app: &App, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let told = || forwarded_for(request.headers(), app.settings.proxy_header);
    if app.settings.behind_proxy { told().or(peer) } else { peer }
}

/// What the proxy before us appended last, as only that is its own word: to `X-Forwarded-For`, or to `Forwarded` (RFC 7239). A
/// proxy that writes one of them may pass on whatever a client wrote into the other: only the one that is known to be its own
/// is read, and where that is not known and they differ, neither is believed.
fn forwarded_for(headers: &HeaderMap, own: Option<ProxyHeader>) -> Option<IpAddr> {
    let last = |name| {
        let mut lines = headers.get_all(name).iter();
        lines.next_back().map(|line| line.to_str().ok().and_then(|line| line.rsplit(',').next()).unwrap_or_default())
    };
    let forwarded = |element: &str| {
        let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for")).and_then(|(_, node)| node_address(node))
    };
    let x_forwarded_for = || last("x-forwarded-for").map(node_address);
    let forwarded = || last("forwarded").map(forwarded);
    let told = match own {
        Some(ProxyHeader::XForwardedFor) => (x_forwarded_for(), None),
        Some(ProxyHeader::Forwarded) => (None, forwarded()),
        None => (x_forwarded_for(), forwarded()),
    };
    match told {
        (Some(address), None) | (None, Some(address)) => address,
        (Some(one), Some(other)) => one.filter(|_| one == other),
        (None, None) => None,
    }
}

/// The address of a node as proxies write it: bare, with a port, in brackets, quoted.
fn node_address(node: &str) -> Option<IpAddr> {
    let node = node.trim().trim_matches('"');
    let with_port = || node.parse().ok().map(|address: SocketAddr| address.ip());
    let in_brackets = || node.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    node.parse().ok().or_else(with_port).or_else(in_brackets)
}

/// The cookies of a name that the browser sent: of several paths there may be several.
pub fn cookies<'a>(headers: &'a HeaderMap, name: &'static str) -> impl Iterator<Item = Cookie<'a>> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    sent.flat_map(Cookie::split_parse).filter_map(Result::ok).filter(move |cookie| cookie.name() == name)
}

fn cookie<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<Cookie<'a>> {
    cookies(headers, name).next()
}

fn secret(headers: &HeaderMap, name: &'static str) -> Option<Token> {
    cookie(headers, name).and_then(|cookie| Token::parse(cookie.value()))
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn request_id(request: &Request) -> &str {
    request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default()
}

/// A refusal: for programs the problem as JSON, from which `in_words` makes a page for people.
pub fn refuse(problem: Problem) -> Response {
    metrics::refused_for(problem.code());
    let mut response = (status(&problem), Json(&problem)).into_response();
    add_retry_after(&problem, response.headers_mut());
    response.extensions_mut().insert(problem);
    response
}

/// Tells when to try again, if it was too often.
pub fn add_retry_after(problem: &Problem, headers: &mut HeaderMap) {
    if let Some(retry_after_s) = problem.retry_after_s() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
    }
}

/// A problem's status as the web's type.
pub fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What a refusal means of which only the status is known.
pub fn problem_of(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::NotFound,
        StatusCode::FORBIDDEN => Problem::Forbidden { capability: None },
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        StatusCode::INTERNAL_SERVER_ERROR => Problem::Internal { incident: incident::current() },
        status if status.is_client_error() => Problem::Malformed,
        _ => Problem::Unavailable,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::{ProxyHeader, forwarded_for};

    fn told(lines: &[(&'static str, &str)]) -> Option<String> {
        told_in(lines, None)
    }

    fn told_in(lines: &[(&'static str, &str)], own: Option<ProxyHeader>) -> Option<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        forwarded_for(&headers, own).map(|address| address.to_string())
    }

    #[test]
    fn a_proxy_may_write_an_address_with_its_port() {
        for (line, address) in [
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7:5000", "203.0.113.7"),
            ("198.51.100.1, 203.0.113.7:5000", "203.0.113.7"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
        ] {
            assert_eq!(told(&[("x-forwarded-for", line)]).as_deref(), Some(address), "{line}");
        }
    }

    #[test]
    fn what_a_proxy_says_by_rfc_7239_counts_too() {
        for (line, address) in [
            ("for=203.0.113.7", "203.0.113.7"),
            ("proto=https;For=\"203.0.113.7:5000\";by=10.0.0.1", "203.0.113.7"),
            ("for=198.51.100.1, for=\"[2001:db8::1]:443\"", "2001:db8::1"),
        ] {
            assert_eq!(told(&[("forwarded", line)]).as_deref(), Some(address), "{line}");
        }
    }

    #[test]
    fn only_the_last_word_is_the_proxys_own() {
        assert_eq!(
            told(&[("x-forwarded-for", "203.0.113.7"), ("x-forwarded-for", "198.51.100.1")]).as_deref(),
            Some("198.51.100.1")
        );
        assert_eq!(told(&[("x-forwarded-for", "203.0.113.7, unknown")]), None);
        assert_eq!(told(&[("forwarded", "for=203.0.113.7, for=_hidden")]), None);
        assert_eq!(told(&[]), None);
    }

    #[test]
    fn a_header_that_the_client_wrote_itself_is_not_believed_beside_the_proxys() {
        let both = |one, other| told(&[("x-forwarded-for", one), ("forwarded", other)]);
        assert_eq!(both("203.0.113.7", "for=198.51.100.1"), None);
        assert_eq!(both("203.0.113.7:5000", "for=203.0.113.7").as_deref(), Some("203.0.113.7"));
    }

    #[test]
    fn the_header_that_is_known_to_be_the_proxys_is_the_only_one_that_counts() {
        let lines = [("x-forwarded-for", "203.0.113.7"), ("forwarded", "for=198.51.100.1")];
        assert_eq!(told_in(&lines, Some(ProxyHeader::XForwardedFor)).as_deref(), Some("203.0.113.7"));
        assert_eq!(told_in(&lines, Some(ProxyHeader::Forwarded)).as_deref(), Some("198.51.100.1"));
        assert_eq!(told_in(&lines[1..], Some(ProxyHeader::XForwardedFor)), None, "a client wrote the other one");
        assert_eq!(told_in(&lines[..1], Some(ProxyHeader::Forwarded)), None);
    }
}
