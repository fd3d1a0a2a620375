//! The agreed time as a calendar event (RFC 5545): UTC times, the request's UID for life, a rising SEQUENCE.

use axum::{
    Extension,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime, Event, EventLike, EventStatus, Property};

use super::session::status;
use crate::{
    model::{
        problem::Problem,
        requests::{RequestNumber, RequestState},
    },
    server::{
        app::App,
        auth::Caller,
        service::requests::{CalendarEvent, calendar_event},
    },
    ui::texts::{Locale, t},
};

/// Where it is downloaded.
pub const ROUTE: &str = "/requests/{number}/calendar.ics";

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
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, render(&event, locale)).into_response()
        }
        Err(problem) => (status(&problem), problem.code()).into_response(),
    }
}

async fn event(app: &App, caller: &Caller, number: &str) -> Result<CalendarEvent, Problem> {
    let number: RequestNumber = number.parse().map_err(|_| Problem::NotFound)?;
    calendar_event(app, &caller.member()?, number).await
}

/// The text of the file.
fn render(event: &CalendarEvent, locale: Locale) -> String {
    let page = &event.page;
    let Some(slot) = page.summary.slot else {
        return String::new();
    };
    let utc = |instant| DatePerhapsTime::DateTime(CalendarDateTime::Utc(instant));
    let is_cancelled = page.summary.state == RequestState::Cancelled;
    let summary = t!(locale => "calendar-summary", work = page.summary.work_type.as_str(), program = page.summary.program.as_str());
    let description = t!(locale => "calendar-description", number = page.summary.number.to_string(), program = page.summary.program.as_str(), contact = page.contact_name.as_str());
    let vevent = Event::new()
        .uid(&event.uid)
        .sequence(event.sequence)
        .timestamp(event.now)
        .starts(utc(slot.start))
        .ends(utc(slot.end))
        .summary(&summary)
        .description(&description)
        .status(if is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed })
        .done();
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("METHOD", "PUBLISH").done());
    calendar.push(vevent);
    calendar.done().to_string()
}
