//! What a page knows about the request that it answers: provided by the server through the Leptos context.

use std::{str::FromStr, sync::Arc};

use axum::http::{HeaderValue, StatusCode, header::LOCATION};
use chrono::{DateTime, Utc};
use leptos::prelude::{WithUntracked, use_context};
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;

use super::texts::Locale;
use crate::model::{
    base::done::Done,
    line::{developers::Interface, notice::SiteNotice},
    paths,
    problem::Problem,
};

/// Whether demo data are loaded: the gallery exists, and the sign-in page tells the demo accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoMode(pub bool);

impl DemoMode {
    /// Of this request; off when the server said nothing.
    #[must_use]
    pub fn is_on() -> bool {
        use_context::<Self>().is_some_and(|mode| mode.0)
    }
}

/// The site on which customers pay by card, where that is possible: the one foreign site to which a form of ours may lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentSite(pub Option<String>);

impl PaymentSite {
    /// Of this request; none when the server said nothing.
    #[must_use]
    pub fn origin() -> Option<String> {
        use_context::<Self>().and_then(|site| site.0)
    }
}

/// The interface for programs, as the server describes it.
#[derive(Debug, Clone)]
pub struct DescribedInterface(pub Arc<Interface>);

/// The interface for programs; none when the server said nothing.
#[must_use]
pub fn described_interface() -> Option<Arc<Interface>> {
    use_context::<DescribedInterface>().map(|described| described.0)
}

/// The number of the line that the reader calls, as it is printed: that of the customer's region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePhone(pub String);

/// The number that texts name which ask somebody signed in to call.
#[must_use]
pub fn line_phone() -> String {
    use_context::<LinePhone>().map(|phone| super::format::unbroken_phone(&phone.0)).unwrap_or_default()
}

/// Whether somebody is signed in, as far as anybody can say: who is reads the number of the own region.
#[must_use]
pub fn is_signed_in() -> bool {
    use_context::<LinePhone>().is_some()
}

/// Why the reader's organisation may neither order nor buy, where it may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked(pub String);

/// Why the reader's organisation may neither order nor buy; none if it may.
#[must_use]
pub fn blocked() -> Option<String> {
    use_context::<Blocked>().map(|blocked| blocked.0)
}

/// The instant for which a page is rendered, by the server's injected clock: "today" and "tomorrow" depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now(pub DateTime<Utc>);

/// From where on a page has to be told what changes (`server::live`); none where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LivePosition(pub Option<i64>);

/// From where on the page that is made has to be told what changes.
#[must_use]
pub fn live_position() -> Option<i64> {
    use_context::<LivePosition>().and_then(|position| position.0)
}

/// The instant for which the page is rendered, if the server told one. Without it dates are spelled out in full.
#[must_use]
pub fn now() -> Option<DateTime<Utc>> {
    use_context::<Now>().map(|now| now.0)
}

/// What the vendor knows of and every visitor should, while it stands on the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingNotice(pub SiteNotice);

impl StandingNotice {
    /// Of this request, in a language.
    #[must_use]
    pub fn text(locale: Locale) -> Option<String> {
        let Self(notice) = use_context()?;
        Some(match locale {
            Locale::Cs => notice.text_cs,
            Locale::En => notice.text_en,
        })
    }
}

/// That the form is done which led to this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JustDone(pub Done);

/// What the form has done that led to this page, the first time that it is shown.
#[must_use]
pub fn just_done() -> Option<Done> {
    use_context::<JustDone>().map(|done| done.0)
}

/// What the page is for that stands in the place of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownProblem(pub Problem);

/// The address for which such a page is made, as that which was asked for may be anything: no page's.
pub const NOWHERE: &str = "/-";

/// The problem that the page is for, if it stands in the place of a refusal.
#[must_use]
pub fn shown_problem() -> Option<Problem> {
    use_context::<ShownProblem>().map(|shown| shown.0)
}

/// The path of the page: what a person has in the address bar.
#[must_use]
pub fn path() -> String {
    if shown_problem().is_some() {
        return paths::HOME.to_owned();
    }
    use_context::<axum::http::request::Parts>().map_or_else(|| "/".to_owned(), |parts| parts.uri.path().to_owned())
}

/// The path of the page with its query.
#[must_use]
pub fn path_and_query() -> String {
    if shown_problem().is_some() {
        return paths::HOME.to_owned();
    }
    use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.uri.path_and_query().map(ToString::to_string))
        .unwrap_or_else(|| "/".to_owned())
}

/// A value of the page's query, decoded; the first when it stands there twice.
#[must_use]
pub fn query_value(name: &str) -> Option<String> {
    let parts = use_context::<axum::http::request::Parts>()?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(parts.uri.query()?).ok()?;
    pairs.into_iter().find_map(|(key, value)| (key == name).then_some(value))
}

/// The names that stand in the page's query, decoded.
#[must_use]
pub fn query_names() -> Vec<String> {
    let parts = use_context::<axum::http::request::Parts>();
    let query = parts.as_ref().and_then(|parts| parts.uri.query()).unwrap_or_default();
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    pairs.into_iter().map(|(name, _)| name).collect()
}

/// A value of the page's query, parsed; none where it does not stand there or was left empty.
///
/// # Errors
/// [`Problem::NotFound`] for what names nothing, as in [`path_value`]: another day than the one that was asked for is no answer.
pub fn query_parsed<T: FromStr>(name: &str) -> Result<Option<T>, Problem> {
    query_value(name)
        .filter(|value| !value.is_empty())
        .map(|value| value.parse().map_err(|_| Problem::NotFound))
        .transpose()
}

/// An address with a query, or the bare one without anything in it.
#[must_use]
pub fn with_query(path: &str, query: &[(&str, String)]) -> String {
    match serde_urlencoded::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// A value of the page's address: what stands in the place of a pattern's placeholder ([`crate::model::paths`]).
///
/// # Errors
/// [`Problem::NotFound`] for what names nothing: it names what there is not.
pub fn path_value<T: FromStr>(name: &str) -> Result<T, Problem> {
    let value = use_params_map().with_untracked(|params| params.get(name));
    value.and_then(|value| value.parse().ok()).ok_or(Problem::NotFound)
}

/// Leads the browser on to a page of this site in place of the one that is being rendered.
pub fn lead_on(path: &str) {
    if let (Some(response), Ok(location)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(path)) {
        response.set_status(StatusCode::SEE_OTHER);
        response.insert_header(LOCATION, location);
    }
}

/// Sets the HTTP status of the page that is being rendered. The one place that does it.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}
