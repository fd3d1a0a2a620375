//! Objections to a segment of a receipt.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{ContestId, SegmentId},
        numbers::RequestNumber,
    },
    problem::Problem,
    work::pages,
};

access! {
    ContestSegment: Member,
    OpenContests: Desk,
    DecideContest: Desk,
}

/// Objects to a segment.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when it was objected to already or it is too late.
#[server(endpoint = "receipts/contest")]
pub async fn contest_segment(
    number: RequestNumber,
    ordinal: u32,
    segment: Option<SegmentId>,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::contests},
    };
    let intervention = crate::model::base::numbers::InterventionRef { number, ordinal };
    contests::add(&request::app()?, &request::caller()?.member()?, intervention, segment, &reason).await?;
    request::see_other(&paths::receipt(intervention))
}

/// Objections that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/contests", input = GetUrl)]
pub async fn open_contests() -> Result<Vec<pages::ContestCase>, Problem> {
    use crate::server::{request, service::work::contests};
    contests::open(&request::app()?, &request::caller()?.desk()?).await
}

/// Decides an objection: an accepted one returns what the segment cost.
///
/// # Errors
/// [`Problem::Invalid`] without an answer, [`Problem::Conflict`] when it was decided before.
#[server(endpoint = "desk/decide-contest")]
pub async fn decide_contest(
    contest: ContestId,
    accepted: Option<bool>,
    #[server(default)] answer: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::contests},
    };
    contests::decide(&request::app()?, &request::caller()?.desk()?, contest, accepted, &answer, key).await?;
    request::see_other(paths::CONTESTS)
}
