//! The way from a program into an order: its signed link (design, Links of programs).

use axum::{
    Extension,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use leptos::server_fn::ServerFn;

use super::{providers::append, session::refuse};
use crate::{
    api::ordering::drafts::SaveWish,
    model::{
        base::{ids::RequestId, site_path::SitePath},
        ordering::drafts::TypedWish,
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Client},
        request::{cookies_of, leads_to},
        service::{
            ordering::program_links::{self, Opened},
            people::kept_forms,
        },
    },
    ui::components::FUNCTION_FIELD,
};

/// Takes a link, and leads who is signed in to the order; others by way of the sign-in.
pub async fn open(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    caller: Option<Extension<Caller>>,
    uri: Uri,
) -> Response {
    // Where nobody can say who is asking nothing can be ordered either.
    let Some(Extension(caller)) = caller else { return refuse(Problem::Unavailable) };
    let query = uri.query().unwrap_or_default();
    let led = match query.strip_prefix("order=").map(str::parse::<RequestId>) {
        Some(Ok(order)) => go_on(&app, &caller, order).await,
        Some(Err(_)) => Err(Problem::NotFound),
        None => take(&app, &client, &caller, query).await,
    };
    led.unwrap_or_else(refuse)
}

async fn take(app: &App, client: &Client, caller: &Caller, query: &str) -> Result<Response, Problem> {
    let link = program_links::take(app, query).await?;
    let on = paths::program_link(link.order());
    if caller.session().is_ok() {
        return Ok(see_other(&on));
    }
    let Some(signed_in) = program_links::vouch(app, client, &link).await? else { return Ok(by_sign_in(&on)) };
    let mut answer = see_other(&leads_to(&signed_in, Some(&on)));
    for cookie in cookies_of(app.settings.https, &signed_in) {
        append(&cookie, answer.headers_mut());
    }
    Ok(answer)
}

async fn go_on(app: &App, caller: &Caller, order: RequestId) -> Result<Response, Problem> {
    if caller.session().is_err() {
        return Ok(by_sign_in(&paths::program_link(order)));
    }
    match program_links::open(app, caller, order).await? {
        Opened::At(page) => Ok(see_other(&page)),
        Opened::Incomplete(wish) => {
            let typed = serde_urlencoded::to_string(fields(&wish)).map_err(|_| Problem::Malformed)?;
            kept_forms::keep_unsent(app, caller, paths::ORDER, &typed).await?;
            Ok(see_other(&paths::new_order(order)))
        }
    }
}

/// What the form of the first screen would have typed into it.
fn fields(wish: &TypedWish) -> Vec<(&'static str, &str)> {
    let urgency = wish.urgency.map(|urgency| ("urgency", urgency.code()));
    let typed = [
        (FUNCTION_FIELD, SaveWish::PATH),
        ("subject", wish.subject.as_str()),
        ("what_happened", wish.details.what_happened.as_str()),
        ("what_stopped", wish.claim.what_stopped.as_str()),
        ("since", wish.claim.since.as_str()),
        ("contact_name", wish.details.contact_name.as_str()),
        ("contact_phone", wish.details.contact_phone.as_str()),
    ];
    typed.into_iter().chain(urgency).collect()
}

fn by_sign_in(on: &str) -> Response {
    see_other(&paths::sign_in_before(&SitePath::parse(on).unwrap_or_else(SitePath::home)))
}

fn see_other(page: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, page)]).into_response()
}
