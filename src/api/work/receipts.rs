//! Receipts, objections to them, and consent to go on above the ceiling.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{ContestId, SegmentId},
        numbers::RequestNumber,
    },
    problem::Problem,
    work::receipts as view,
};

access! {
    ReceiptPage: SignedIn,
    ContestSegment: Member,
    AnswerConsent: Buyer,
    OpenContests: Desk,
    DecideContest: Desk,
}

/// A receipt with its former versions and objections, for the customer; staff see everybody's.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one and before the intervention is closed.
#[server(endpoint = "receipts/page", input = GetUrl)]
pub async fn receipt_page(number: RequestNumber, ordinal: u32) -> Result<view::ReceiptPage, Problem> {
    use crate::server::{request, service::work::receipts};
    let intervention = crate::model::base::numbers::InterventionRef { number, ordinal };
    receipts::page(&request::app()?, &request::caller()?, intervention).await
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
        server::{request, service::work::receipts},
    };
    let intervention = crate::model::base::numbers::InterventionRef { number, ordinal };
    receipts::contest(&request::app()?, &request::caller()?.member()?, intervention, segment, &reason).await?;
    request::see_other(&paths::receipt(intervention))
}

/// Answers the question for consent: `agreed` with a new ceiling in minutes, or with none for no limit any more.
///
/// # Errors
/// [`Problem::Forbidden`] without `buy`, [`Problem::Conflict`] when somebody answered before.
#[server(endpoint = "receipts/consent")]
pub async fn answer_consent(
    number: RequestNumber,
    ceiling: Option<u32>,
    agreed: Option<bool>,
    #[server(default)] new_ceiling: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::receipts},
    };
    receipts::answer_consent(&request::app()?, &request::caller()?.may_buy()?, number, ceiling, agreed, &new_ceiling)
        .await?;
    request::see_other(&paths::request(number))
}

/// Objections that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/contests", input = GetUrl)]
pub async fn open_contests() -> Result<Vec<view::ContestCase>, Problem> {
    use crate::server::{request, service::work::receipts};
    receipts::open_contests(&request::app()?, &request::caller()?.desk()?).await
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
        server::{request, service::work::receipts},
    };
    receipts::decide_contest(&request::app()?, &request::caller()?.desk()?, contest, accepted, &answer, key).await?;
    request::see_other(paths::CONTESTS)
}
