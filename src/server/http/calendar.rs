//! Agreed times for calendars: one as a file to download, and all of somebody's as a feed.

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, SubsecRound, Utc};
use serde::Deserialize;

use super::session::refuse;
use crate::{
    model::{
        base::numbers::RequestNumber,
        ordering::feeds::{FeedEntry, FeedReader},
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Caller,
        mail::event::{self, Event, Method, description, summary},
        service::ordering::{
            feeds::{self, Feed},
            requests::{CalendarEvent, calendar_event},
        },
    },
    ui::texts::{Locale, t},
};

/// What a calendar file is.
const TYPE: &str = "text/calendar; charset=utf-8";

/// What is somebody's own is kept by that calendar alone, which asks each time whether it still holds.
const KEPT: [(HeaderName, &str); 3] = [
    (header::CONTENT_TYPE, TYPE),
    (header::CACHE_CONTROL, "private, no-cache"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// The file for the customer's calendar.
pub async fn download(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    Path(number): Path<String>,
) -> Response {
    match event(&app, &caller, &number).await {
        Ok(event) => {
            let name = format!("attachment; filename=\"linka-{}.ics\"", event.page.summary.number);
            let headers = [(header::CONTENT_TYPE, TYPE.to_owned()), (header::CONTENT_DISPOSITION, name)];
            (headers, render(event, locale)).into_response()
        }
        Err(problem) => refuse(problem),
    }
}

async fn event(app: &App, caller: &Caller, number: &str) -> Result<CalendarEvent, Problem> {
    let number: RequestNumber = number.parse().map_err(|_| Problem::NotFound)?;
    calendar_event(app, &caller.member()?, number).await
}

/// The text of the file.
fn render(event: CalendarEvent, locale: Locale) -> String {
    let CalendarEvent { uid, sequence, slot, is_called_off, page, now } = event;
    let program = locale.of(&page.summary.program);
    Event {
        method: Method::Publish,
        is_cancelled: is_called_off || page.summary.missed_by_us,
        uid,
        sequence,
        said_at: now,
        slot,
        summary: summary(locale, locale.of(&page.summary.work_type), program),
        description: description(locale, &page.summary.number.to_string(), program, &page.contact_name),
        url: None,
        people: None,
        has_alarm: false,
        is_private: false,
    }
    .to_string()
}

/// What the address of a feed says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    token: String,
}

/// All agreed times of whoever has the secret of the address (design, Calendar feeds).
pub async fn feed(State(app): State<App>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    match told(&app, &asked.token).await {
        Ok((body, digest, since)) => answer(body, &digest, since, &headers),
        Err(problem) => refuse(problem),
    }
}

/// What a feed says, and by what a calendar knows that it says the same.
async fn told(app: &App, secret: &str) -> Result<(String, [u8; 32], DateTime<Utc>), Problem> {
    let Feed { owner, entries } = feeds::read(app, secret).await?;
    let locale = Locale::from_code(&owner.language).unwrap_or_default();
    let events: Vec<_> = entries.iter().map(|entry| entry_event(app, locale, entry, owner.busy_only)).collect();
    let body = event::feed(&t!(locale => "calendar-feed"), &events);
    let (digest, since) = feeds::version(app, &owner, &body).await?;
    Ok((body, digest, since))
}

/// An entry of a feed.
fn entry_event(app: &App, locale: Locale, entry: &FeedEntry, is_private: bool) -> Event {
    let number = entry.number.to_string();
    let (work_type, program) = (locale.of(&entry.work_type), locale.of(&entry.program));
    let said = description(locale, &number, program, &entry.contact_name);
    let (what, beside, path) = match &entry.reader {
        FeedReader::Member { line_phone } => {
            let beside = t!(locale => "calendar-line", phone = line_phone.as_str());
            (summary(locale, work_type, program), beside, paths::request(entry.number))
        }
        FeedReader::Technician { customer, contact_phone, computers } => {
            let what = t!(locale => "calendar-visit", customer = customer.as_str(), program = program);
            let phone = t!(locale => "calendar-contact", phone = contact_phone.as_str());
            let computers =
                computers.iter().map(|computer| t!(locale => "calendar-computer", computer = computer.as_str()));
            let beside = std::iter::once(phone).chain(computers).collect::<Vec<_>>().join("\n");
            (what, beside, paths::workbench(entry.number))
        }
    };
    Event {
        method: Method::Publish,
        is_cancelled: entry.is_called_off(),
        uid: entry.uid.clone(),
        sequence: entry.sequence,
        said_at: entry.said_at,
        slot: entry.slot,
        summary: if is_private { t!(locale => "calendar-busy") } else { what },
        description: format!("{said}\n{beside}"),
        url: Some(app.mail.link(&path)),
        people: None,
        has_alarm: true,
        is_private,
    }
}

/// The feed, or that it says what the calendar knows already (RFC 9110, section 13).
fn answer(body: String, digest: &[u8; 32], since: DateTime<Utc>, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(&digest[..16]));
    let value = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let is_known = match value(header::IF_NONE_MATCH) {
        Some(known) => {
            known.split(',').any(|known| [tag.as_str(), "*"].contains(&known.trim().trim_start_matches("W/")))
        }
        None => value(header::IF_MODIFIED_SINCE)
            .and_then(|known| DateTime::parse_from_rfc2822(known).ok())
            .is_some_and(|known| since.trunc_subsecs(0) <= known),
    };
    // Weak: on its way the text may be compressed.
    let validators = [
        (header::ETAG, format!("W/{tag}")),
        (header::LAST_MODIFIED, since.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, KEPT, validators).into_response();
    }
    (KEPT, validators, body).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, StatusCode, header};
    use chrono::DateTime;

    use super::answer;

    #[test]
    fn a_calendar_that_knows_what_is_told_is_not_told_again() {
        let since = DateTime::from_timestamp(1_795_420_800, 900_000_000).expect("an instant");
        let asked = |name: HeaderName, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().expect("a value"));
            answer("BEGIN:VCALENDAR".to_owned(), &[7; 32], since, &headers).status()
        };
        let tag = "\"07070707070707070707070707070707\"";
        assert_eq!(answer(String::new(), &[7; 32], since, &HeaderMap::new()).status(), StatusCode::OK);
        for known in [tag, &format!("W/{tag}"), &format!("\"other\", W/{tag}"), "*"] {
            assert_eq!(asked(header::IF_NONE_MATCH, known), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(asked(header::IF_NONE_MATCH, "\"other\""), StatusCode::OK);
        let at = |seconds: i64| {
            (since + chrono::TimeDelta::seconds(seconds)).format("%a, %d %b %Y %H:%M:%S GMT").to_string()
        };
        assert_eq!(asked(header::IF_MODIFIED_SINCE, &at(0)), StatusCode::NOT_MODIFIED);
        assert_eq!(asked(header::IF_MODIFIED_SINCE, &at(-1)), StatusCode::OK);
        assert_eq!(asked(header::IF_MODIFIED_SINCE, "yesterday"), StatusCode::OK);
    }
}
