//! Who is asking: request id, address, session, language.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use cookie::Cookie;
use tower_http::request_id::{MakeRequestId, RequestId};
use tracing::Span;

use crate::{
    model::problem::Problem,
    server::{
        app::App,
        auth::{Caller, Client, tokens::Token},
        db::people::sessions::{self, LiveSession},
        incident,
        random::Random,
        request::{LANGUAGE_COOKIE, session_cookie_name},
    },
    ui::{LinePhone, texts::Locale},
};

/// Gives every request an id of ours; one that a client sent is not believed.
#[derive(Debug, Clone, Copy)]
pub struct NewRequestId(pub Random);

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = self.0.uuid().simple().to_string();
        HeaderValue::from_str(&id[..12]).ok().map(RequestId::new)
    }
}

/// The log's span of a request: method and path, never the query, which may hold what people typed.
pub fn span(request: &Request) -> Span {
    tracing::info_span!(
        "request",
        id = request_id(request),
        method = %request.method(),
        path = request.uri().path()
    )
}

/// Makes the request's id known to whatever fails within it.
pub async fn incident(request: Request, next: Next) -> Response {
    incident::scope(request_id(&request).to_owned(), next.run(request)).await
}

/// Looks up the session and puts [`Caller`], [`Visit`] and [`Locale`] into the request.
pub async fn look_up(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let token = cookie(request.headers(), session_cookie_name(app.settings.https))
        .and_then(|cookie| Token::parse(cookie.value()));
    let live = match &token {
        Some(token) => match find(&app, token).await {
            Ok(live) => live,
            Err(problem) => return (status(&problem), problem.code()).into_response(),
        },
        None => None,
    };
    let client = Client {
        address: address(&app, &request),
        user_agent: text(request.headers(), &header::USER_AGENT).unwrap_or_default().to_owned(),
        token,
    };
    let locale = cookie(request.headers(), LANGUAGE_COOKIE)
        .and_then(|cookie| Locale::from_code(cookie.value()))
        .unwrap_or_default();
    let extensions = request.extensions_mut();
    if let Some(live) = &live {
        extensions.insert(LinePhone(live.line_phone.clone()));
    }
    extensions.insert(Caller(live.map(|live| live.session)));
    extensions.insert(client);
    extensions.insert(locale);
    next.run(request).await
}

async fn find(app: &App, token: &Token) -> Result<Option<LiveSession>, Problem> {
    let mut tx = app.db.system().await?;
    let session = sessions::find(&mut tx, token.hash(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(session)
}

/// The client's address: the peer's, or what a trusted proxy appended last to `X-Forwarded-For`.
fn address(app: &App, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if !app.settings.behind_proxy {
        return peer;
    }
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    forwarded.rsplit(',').next()?.trim().parse().ok().or(peer)
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cookie<'a>> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    sent.flat_map(Cookie::split_parse).filter_map(Result::ok).find(|cookie| cookie.name() == name)
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn request_id(request: &Request) -> &str {
    request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default()
}

/// A problem's status as the web's type.
pub fn status(problem: &Problem) -> axum::http::StatusCode {
    axum::http::StatusCode::from_u16(problem.status()).unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
}
