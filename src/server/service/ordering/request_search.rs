//! Finding among the requests of a customer.

use super::requests::PAGE;
use crate::{
    model::{
        base::numbers::RequestNumber,
        ordering::request_search::{FilterChoices, FoundRequests, RequestFilter},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Member,
        db::ordering::{request_search, requests},
    },
};

/// A page of the requests that fit a filter, the newest first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn found(
    app: &App,
    member: &Member,
    filter: &RequestFilter,
    before: Option<RequestNumber>,
) -> Result<FoundRequests, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    Ok(requests::lists::found(&mut tx, member, filter, before, PAGE, app.clock.now()).await?)
}

/// What can be chosen of a filter.
///
/// # Errors
/// As [`found`].
pub async fn choices(app: &App, member: &Member) -> Result<FilterChoices, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    Ok(request_search::choices(&mut tx, member).await?)
}
