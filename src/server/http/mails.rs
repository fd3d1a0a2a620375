//! One mail of the demo, as it is sent: its HTML, its text, the whole message. Outside of the demo there is none.

use axum::{
    extract::{Path, State},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};

use super::session::refuse;
use crate::{
    model::{base::ids::MailId, problem::Problem},
    server::{app::App, mail::LaidOut, service::mails},
};

/// Mails bring their styles with them. They run no script, load nothing and submit nothing; links open as usual.
const SANDBOX: (HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
);

/// The mail as a mail program shows it.
pub async fn html(State(app): State<App>, Path(id): Path<String>) -> Response {
    answer(&app, &id, "text/html; charset=utf-8", |mail| mail.page().into_bytes()).await
}

/// The mail as plain text.
pub async fn text(State(app): State<App>, Path(id): Path<String>) -> Response {
    answer(&app, &id, "text/plain; charset=utf-8", |mail| mail.text.into_bytes()).await
}

/// The message as it goes over the wire.
pub async fn message(State(app): State<App>, Path(id): Path<String>) -> Response {
    answer(&app, &id, "message/rfc822", |mail| mail.message).await
}

async fn answer(app: &App, id: &str, content_type: &'static str, part: impl FnOnce(LaidOut) -> Vec<u8>) -> Response {
    let mail = async {
        let id: MailId = id.parse().map_err(|_| Problem::NotFound)?;
        mails::page_of_demo(app, id).await
    };
    match mail.await {
        Ok(mail) => ([(header::CONTENT_TYPE, content_type), SANDBOX], part(mail)).into_response(),
        Err(problem) => refuse(problem),
    }
}
