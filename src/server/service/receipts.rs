//! Receipts, objections to them, and consent to go on above the ceiling.
#![allow(unused_variables, missing_docs, clippy::missing_errors_doc, clippy::unused_async)]
use uuid::Uuid;

use crate::{
    model::{
        ids::{ContestId, SegmentId},
        problem::Problem,
        receipts::{ContestCase, InterventionRef, ReceiptPage},
        requests::RequestNumber,
    },
    server::{
        app::App,
        auth::{Buyer, Caller, Desk, Member},
    },
};

pub async fn page(app: &App, caller: &Caller, intervention: InterventionRef) -> Result<ReceiptPage, Problem> {
    Err(Problem::Unavailable)
}
pub async fn contest(
    app: &App,
    member: &Member,
    intervention: InterventionRef,
    segment: Option<SegmentId>,
    reason: &str,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn answer_consent(
    app: &App,
    buyer: &Buyer,
    number: RequestNumber,
    agreed: Option<bool>,
    new_ceiling: &str,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn open_contests(app: &App, desk: &Desk) -> Result<Vec<ContestCase>, Problem> {
    Err(Problem::Unavailable)
}
pub async fn decide_contest(
    app: &App,
    desk: &Desk,
    contest: ContestId,
    accepted: Option<bool>,
    answer: &str,
    key: Uuid,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
