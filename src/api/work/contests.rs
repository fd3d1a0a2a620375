//! Objections to a segment of a receipt.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{ContestId, SegmentId},
        numbers::RequestNumber,
        paging::{Page, Queue},
    },
    problem::Problem,
    work::{contests::ContestState, pages},
};

access! {
    ContestSegment: Member,
    OpenContests: Desk,
    DecidedContests: Desk,
    DecideContest: Desk,
    OwnContests: Technician,
    RemarkOnContest: Technician,
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
pub async fn open_contests() -> Result<Queue<pages::ContestCase>, Problem> {
    use crate::server::{request, service::work::contests};
    contests::open(&request::app()?, &request::caller()?.desk()?).await
}

/// Objections that were decided, the latest first: those of a request or of customers, as searched for.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/decided-contests", input = GetUrl)]
pub async fn decided_contests(
    #[server(default)] search: String,
    after: Option<ContestId>,
) -> Result<Page<pages::DecidedContest, ContestId>, Problem> {
    use crate::server::{request, service::work::contests};
    contests::decided(&request::app()?, &request::caller()?.desk()?, &search, after).await
}

/// Objections to the asking technician's segments that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Forbidden`] for all but technicians.
#[server(endpoint = "work/contests", input = GetUrl)]
pub async fn own_contests() -> Result<Queue<pages::ContestCase>, Problem> {
    use crate::server::{request, service::work::contests};
    contests::own(&request::app()?, &request::caller()?.technician()?).await
}

/// Says, for the desk, what the technician whose segment it is thinks of an objection.
///
/// # Errors
/// [`Problem::Invalid`] without words, [`Problem::Conflict`] when it is decided or something was said before.
#[server(endpoint = "work/remark")]
pub async fn remark_on_contest(contest: ContestId, #[server(default)] remark: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::contests},
    };
    contests::remark(&request::app()?, &request::caller()?.technician()?, contest, &remark).await?;
    request::see_other(paths::OWN_CONTESTS)
}

/// Decides an objection: what is accepted of it returns what it cost.
///
/// # Errors
/// [`Problem::Invalid`] without an answer or with minutes that the segment has not, [`Problem::Conflict`] when it was decided
/// before.
#[server(endpoint = "desk/decide-contest")]
pub async fn decide_contest(
    contest: ContestId,
    decision: Option<ContestState>,
    #[server(default)] accepted_minutes: String,
    #[server(default)] answer: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::contests},
    };
    let desk = request::caller()?.desk()?;
    contests::decide(&request::app()?, &desk, contest, decision, &accepted_minutes, &answer, key).await?;
    request::see_other(paths::CONTESTS)
}
