//! The ways to another provider and back. The one place beside payments that sends browsers to another site: to what a provider that
//! the operator has set up says of itself.

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::DateTime;
use cookie::{Cookie, SameSite, time::Duration};
use serde::Deserialize;

use super::session::{cookies, refuse};
use crate::{
    model::{base::site_path::SitePath, paths, problem::Problem},
    server::{
        app::App,
        auth::{Client, tokens::Token},
        request::{cookies_of, leads_to},
        service::people::providers::{self, Begun},
    },
};

/// The name of what a browser keeps while somebody is at the provider: its secret, when that began, and where to go on. It is of the pages
/// of signing in alone, which `__Host-` forbids.
fn cookie_name(app: &App) -> &'static str {
    if app.settings.https { "__Secure-linka-provider" } else { "linka-provider" }
}

/// How long a browser keeps it.
const LASTS: Duration = Duration::minutes(10);

/// Where somebody wants to go on afterwards.
#[derive(Deserialize)]
pub struct Wanted {
    next: Option<String>,
}

/// What the provider sends back.
#[derive(Deserialize)]
pub struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// Sends a browser to a provider.
pub async fn begin(State(app): State<App>, Path(provider): Path<String>, Query(wanted): Query<Wanted>) -> Response {
    match providers::begin(&app, &provider).await {
        Ok((begun, address)) => {
            let next = wanted.next.as_deref().and_then(SitePath::parse).unwrap_or_else(SitePath::home);
            let next = hex::encode(next.as_str());
            let kept = format!("{}.{}.{next}", begun.secret.to_hex(), begun.at.timestamp());
            let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
            keep(&app, &kept, LASTS, answer.headers_mut());
            answer
        }
        Err(problem) => refuse(problem),
    }
}

/// Signs in whom a provider names.
pub async fn come_back(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    Path(provider): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
) -> Response {
    let kept = cookies(&headers, cookie_name(&app)).find_map(|cookie| read(cookie.value()));
    let Some((begun, next)) = kept else { return refuse(Problem::ProviderRefused) };
    let signed_in = providers::sign_in(&app, &client, &provider, &begun, (&answer.code, &answer.state)).await;
    let mut answer = match signed_in {
        Ok(signed_in) => {
            let next = Some(next.as_str()).filter(|next| *next != paths::HOME);
            let to = leads_to(&signed_in, next);
            let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
            for cookie in cookies_of(app.settings.https, &signed_in) {
                append(&cookie, answer.headers_mut());
            }
            answer
        }
        Err(problem) => refuse(problem),
    };
    keep(&app, "", Duration::ZERO, answer.headers_mut());
    answer
}

fn read(kept: &str) -> Option<(Begun, String)> {
    let mut parts = kept.splitn(3, '.');
    let secret = Token::parse(parts.next()?)?;
    let at = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
    let next = String::from_utf8(hex::decode(parts.next()?).ok()?).ok()?;
    Some((Begun { secret, at }, next))
}

/// Strict would keep it back when the provider leads here.
fn keep(app: &App, value: &str, lasts: Duration, headers: &mut HeaderMap) {
    let cookie = Cookie::build((cookie_name(app), value.to_owned()))
        .path(paths::SIGN_IN)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(lasts)
        .secure(app.settings.https);
    append(&cookie.build(), headers);
}

/// Hands a cookie to the browser.
pub fn append(cookie: &Cookie<'_>, headers: &mut HeaderMap) {
    if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
        headers.append(header::SET_COOKIE, cookie);
    }
}
