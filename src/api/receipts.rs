//! Receipts, objections to them, and consent to go on above the ceiling.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    ids::{ContestId, SegmentId},
    problem::Problem,
    receipts as view,
    requests::RequestNumber,
};

/// A receipt with its former versions and objections, for the customer; staff see everybody's.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one and before the intervention is closed.
#[server(endpoint = "receipts/page", input = GetUrl)]
pub async fn receipt_page(number: RequestNumber, ordinal: u32) -> Result<view::ReceiptPage, Problem> {
    use crate::server::service::{self, receipts};
    let intervention = view::InterventionRef { number, ordinal };
    receipts::page(&service::app()?, &service::caller()?, intervention).await
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
    use crate::server::service::{self, receipts};
    let intervention = view::InterventionRef { number, ordinal };
    receipts::contest(&service::app()?, &service::caller()?.member()?, intervention, segment, &reason).await?;
    service::see_other(&intervention.path())
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
    use crate::server::service::{self, receipts};
    receipts::answer_consent(&service::app()?, &service::caller()?.may_buy()?, number, ceiling, agreed, &new_ceiling)
        .await?;
    service::see_other(&format!("/requests/{number}"))
}

/// Objections that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/contests", input = GetUrl)]
pub async fn open_contests() -> Result<Vec<view::ContestCase>, Problem> {
    use crate::server::service::{self, receipts};
    receipts::open_contests(&service::app()?, &service::caller()?.desk()?).await
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
    use crate::server::service::{self, receipts};
    receipts::decide_contest(&service::app()?, &service::caller()?.desk()?, contest, accepted, &answer, key).await?;
    service::see_other("/desk/contests")
}
