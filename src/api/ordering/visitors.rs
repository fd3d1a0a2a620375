//! Orders of visitors, who say on the way who they are.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::ids::RequestId,
    ordering::{pages, visitors as view},
    problem::Problem,
};

access! {
    VisitPage: Public,
    BeginVisit: Public,
    VisitTimes: Public,
    PickVisitTime: Public,
}

/// `/register/order`.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "visits/page", input = GetUrl)]
pub async fn visit_page() -> Result<view::VisitPage, Problem> {
    use crate::server::{request, service::ordering::visitors};
    visitors::page(&request::app()?).await
}

/// Keeps what a visitor wants, mails a link, and leads to the times.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Throttled`] after too many of them.
#[server(endpoint = "visits/begin")]
pub async fn begin_visit(
    #[server(default)] subject: String,
    #[server(default)] what_happened: String,
    #[server(default)] ico: String,
    #[server(default)] organisation: String,
    #[server(default)] region: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, people::registrations::TypedRegistration},
        server::{request, service::ordering::visitors},
    };
    let visit = view::TypedVisit { subject, what_happened };
    let typed = TypedRegistration { ico, organisation, region, programs: Vec::new(), name, email, phone, bundle: None };
    let (app, client) = (request::app()?, request::client()?);
    match visitors::begin(&app, &client, (&visit, &typed), key, request::locale().code()).await? {
        Some(order) => request::see_other(&paths::register_time(order)),
        None => request::see_other(paths::REGISTER_SENT),
    }
}

/// `/register/order/{id}/time`.
///
/// # Errors
/// [`Problem::NotFound`] for what is no visitor's order, or not any more.
#[server(endpoint = "visits/times", input = GetUrl)]
pub async fn visit_times(id: RequestId) -> Result<pages::TimeChoice, Problem> {
    use crate::server::{request, service::ordering::visitors};
    visitors::times(&request::app()?, id).await
}

/// Holds a time for a visitor.
///
/// # Errors
/// As [`visit_times`]; [`Problem::SlotTaken`], [`Problem::SlotRefused`].
#[server(endpoint = "visits/pick")]
pub async fn pick_visit_time(id: RequestId, start: Option<DateTime<Utc>>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::visitors},
    };
    visitors::pick(&request::app()?, id, start).await?;
    request::see_other(paths::REGISTER_SENT)
}
