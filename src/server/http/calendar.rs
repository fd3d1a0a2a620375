//! The agreed time as a calendar file to download.

use axum::{
    Extension,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::session::refuse;
use crate::{
    model::{base::numbers::RequestNumber, problem::Problem},
    server::{
        app::App,
        auth::Caller,
        mail::event::{Event, Method, description, summary},
        service::ordering::requests::{CalendarEvent, calendar_event},
    },
    ui::texts::Locale,
};

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
    }
    .to_string()
}
