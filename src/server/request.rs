//! The request under way, as server functions reach it: who is asking, and what shall be answered beside the value.

use axum::http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{COOKIE, LOCATION, SET_COOKIE},
    request::Parts,
};
use cookie::{Cookie, SameSite, time::Duration};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::db::people::sessions::{LIFETIME, REMEMBERED};
use crate::{
    model::{base::site_path::SitePath, paths, problem::Problem},
    server::{
        app::App,
        auth::{Caller, Client, tokens::Token},
        mail::Locale,
        service::people::sessions::SignedIn,
    },
    ui::islands::BY_ITSELF,
};

/// How long that page shows it.
const LINK_SHOWN: Duration = Duration::minutes(10);

const YEAR: Duration = Duration::days(365);

/// The application.
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
pub fn app() -> Result<App, Problem> {
    use_context::<App>().ok_or(Problem::Unavailable)
}

/// Whoever sent the request.
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
pub fn caller() -> Result<Caller, Problem> {
    extension()
}

/// From where the request came.
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
pub fn client() -> Result<Client, Problem> {
    extension()
}

/// Leads the browser on to a page of this site once the form has had its effect (303).
///
/// # Errors
/// [`Problem::Malformed`] for anything but a path of this site.
pub fn see_other(path: &str) -> Result<(), Problem> {
    let path = SitePath::parse(path).ok_or(Problem::Malformed)?;
    let location = HeaderValue::from_str(path.as_str()).map_err(|_| Problem::Malformed)?;
    let response = response()?;
    response.set_status(StatusCode::SEE_OTHER);
    response.insert_header(LOCATION, location);
    Ok(())
}

/// Leads on to `wanted` if that is a page of this site, else to `otherwise`.
///
/// # Errors
/// As [`see_other`].
pub fn see_other_or(wanted: Option<&str>, otherwise: &str) -> Result<(), Problem> {
    match wanted.and_then(SitePath::parse) {
        Some(path) => see_other(path.as_str()),
        None => see_other(otherwise),
    }
}

/// The name of the session's cookie. `__Host-` binds it to this host and to https; a demo over http has to do without.
#[must_use]
pub fn session_cookie_name(https: bool) -> &'static str {
    if https { "__Host-linka" } else { "linka" }
}

/// The name of the cookie by which a browser is known in which somebody has signed in.
#[must_use]
pub fn device_cookie_name(https: bool) -> &'static str {
    if https { "__Host-linka-device" } else { "linka-device" }
}

/// The name of the cookie that keeps the language of the interface.
#[must_use]
pub fn language_cookie_name(https: bool) -> &'static str {
    if https { "__Host-linka-language" } else { "linka-language" }
}

/// The name of the cookie that carries a new link to the page that shows it. It is of that page alone, which `__Host-` forbids.
fn link_cookie_name(https: bool) -> &'static str {
    if https { "__Secure-linka-link" } else { "linka-link" }
}

/// The cookies by which a browser has a session that has just begun, and is known for a year.
#[must_use]
pub fn cookies_of(https: bool, signed_in: &SignedIn) -> [Cookie<'static>; 2] {
    let lifetime = Duration::seconds((LIFETIME.absolute + REMEMBERED).num_seconds());
    [
        lasting(https, session_cookie_name(https), signed_in.token.to_hex(), lifetime),
        lasting(https, device_cookie_name(https), signed_in.device.to_hex(), YEAR),
    ]
}

/// Where somebody who signs in is led: to `next` if that is a page of this site, else to where the person's work begins; first to the
/// second factor, where one is asked for.
#[must_use]
pub fn leads_to(signed_in: &SignedIn, next: Option<&str>) -> String {
    let next = next.and_then(SitePath::parse);
    match next {
        next if signed_in.awaits_factor => paths::sign_in_code(next.as_ref()),
        Some(next) => next.as_str().to_owned(),
        None => signed_in.home.to_owned(),
    }
}

/// Hands a session that has just begun to the browser, and leads on.
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
pub fn begin_session(signed_in: &SignedIn, next: Option<&str>) -> Result<(), Problem> {
    for cookie in cookies_of(app()?.settings.https, signed_in) {
        append_cookie(&cookie)?;
    }
    see_other(&leads_to(signed_in, next))
}

/// Takes the session's secret from the browser.
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
pub fn clear_session_cookie() -> Result<(), Problem> {
    session_cookie("", Duration::ZERO)
}

/// Remembers the language of the interface for a year.
///
/// # Errors
/// [`Problem::Malformed`] for a language that there is not.
pub fn set_language_cookie(language: &str) -> Result<(), Problem> {
    if !matches!(language, "cs" | "en") {
        return Err(Problem::Malformed);
    }
    set_cookie(language_cookie_name(app()?.settings.https), language, YEAR)
}

/// Carries the secret of a link that was just made for a person to that person's page, which shows it. It is stored nowhere
/// else, and not in an address, which browsers keep.
///
/// * `page` – the path of the page
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
pub fn hand_over_link(page: &str, token: &Token) -> Result<(), Problem> {
    let https = app()?.settings.https;
    let cookie = Cookie::build((link_cookie_name(https), format!("{page}.{}", token.to_hex())))
        .path(page)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(LINK_SHOWN)
        .secure(https);
    append_cookie(&cookie.build())
}

/// The secret of a link that was just made for the person of a page.
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
pub fn handed_over_link(page: &str) -> Result<Option<Token>, Problem> {
    let name = link_cookie_name(app()?.settings.https);
    let parts = use_context::<Parts>().ok_or(Problem::Unavailable)?;
    let sent = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = sent.flat_map(Cookie::split_parse).filter_map(Result::ok);
    let token = cookies.find(|cookie| cookie.name() == name).and_then(|cookie| {
        let (whose, token) = cookie.value().split_once('.')?;
        (whose == page).then(|| Token::parse(token)).flatten()
    });
    Ok(token)
}

/// The language of the request.
#[must_use]
pub fn locale() -> Locale {
    use_context().unwrap_or_default()
}

fn session_cookie(value: &str, max_age: Duration) -> Result<(), Problem> {
    set_cookie(session_cookie_name(app()?.settings.https), value, max_age)
}

fn set_cookie(name: &'static str, value: &str, max_age: Duration) -> Result<(), Problem> {
    append_cookie(&lasting(app()?.settings.https, name, value.to_owned(), max_age))
}

fn lasting(https: bool, name: &'static str, value: String, max_age: Duration) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(max_age)
        .secure(https)
        .build()
}

fn append_cookie(cookie: &Cookie<'_>) -> Result<(), Problem> {
    let cookie = HeaderValue::from_str(&cookie.to_string()).map_err(|_| Problem::Malformed)?;
    response()?.append_header(SET_COOKIE, cookie);
    Ok(())
}

fn response() -> Result<ResponseOptions, Problem> {
    use_context().ok_or(Problem::Unavailable)
}

/// Whether it is this page that is asked for, and somebody has opened it; one that follows news asks by itself.
#[must_use]
pub fn is_opened(page: &str) -> bool {
    use_context::<Parts>().is_some_and(|parts| parts.uri.path() == page && !follows_news(&parts.headers))
}

/// Whether a page that is open asks for itself by itself, with nobody behind it.
#[must_use]
pub fn follows_news(headers: &HeaderMap) -> bool {
    headers.contains_key(BY_ITSELF)
}

fn extension<T: Clone + Send + Sync + 'static>() -> Result<T, Problem> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned()).ok_or(Problem::Unavailable)
}
