//! What customers say shortly before the agreed time.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{problem::Problem, work::readiness as view};

access! {
    ReadinessPage: Public,
    SayReady: Public,
    BeLater: Public,
}

/// The page of a mail's link.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "readiness", input = GetUrl)]
pub async fn readiness_page(link: Uuid, secret: String) -> Result<view::ReadinessPage, Problem> {
    use crate::server::{request, service::work::readiness};
    readiness::page(&request::app()?, link, &secret).await
}

/// Says that everything is ready, or that the technician shall call.
///
/// # Errors
/// [`Problem::Conflict`] when the time is not ahead any more.
#[server(endpoint = "readiness/say")]
pub async fn say_ready(link: Uuid, secret: String, answer: view::ReadyAnswer, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::readiness},
    };
    readiness::say(&request::app()?, (link, &secret), answer, (request::locale(), key)).await?;
    request::see_other(&paths::readiness(link, &secret))
}

/// Makes the agreed time a quarter of an hour later.
///
/// # Errors
/// [`Problem::SlotTaken`] when the technician has something else then; [`Problem::Conflict`] when the time is another one by now.
#[server(endpoint = "readiness/later")]
pub async fn be_later(link: Uuid, secret: String, shown: DateTime<Utc>, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::readiness},
    };
    readiness::be_later(&request::app()?, (link, &secret), shown, key).await?;
    request::see_other(&paths::readiness(link, &secret))
}
