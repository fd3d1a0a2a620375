//! Calendar feeds.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{ordering::feeds as view, problem::Problem};

access! {
    FeedPage: SignedIn,
    MakeFeed: SignedIn confirmed,
    EndFeed: SignedIn,
}

/// `/account/calendar`.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/calendar", input = GetUrl)]
pub async fn feed_page() -> Result<view::FeedPage, Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::feeds},
    };
    let made = request::handed_over_link(paths::OWN_CALENDAR)?;
    feeds::page(&request::app()?, &request::caller()?, made).await
}

/// Makes an address for one's own calendar; the page shows it once.
///
/// # Errors
/// [`Problem::ConfirmRequired`].
#[server(endpoint = "account/calendar/make")]
pub async fn make_feed(#[server(default)] busy_only: bool, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::feeds},
    };
    let made = feeds::make(&request::app()?, &request::caller()?.confirmed()?, busy_only, key).await?;
    if let Some(token) = made {
        request::hand_over_link(paths::OWN_CALENDAR, &token)?;
    }
    request::see_other(paths::OWN_CALENDAR)
}

/// Ends it: who has the address reads nothing more there.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/calendar/end")]
pub async fn end_feed() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::feeds},
    };
    feeds::end(&request::app()?, &request::caller()?).await?;
    request::see_other(paths::OWN_CALENDAR)
}
