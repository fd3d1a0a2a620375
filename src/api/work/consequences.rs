//! What an act of the desk would mean.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{
        ids::{StaffId, WorkTypeId},
        numbers::RequestNumber,
        terms::Urgency,
    },
    problem::Problem,
    work::{cases::CaseAct, chosen::OfferedStarts, consequences as view},
};

access! {
    PreviewPage: Desk,
}

/// What would come of an act, before it is confirmed: of times that are offered; of one that begins at `start`, with `technician` or anybody who is free; of
/// that technician in the place of another; of another kind of work or urgency; of ending it in favour of another one; of calling it off.
///
/// # Errors
/// [`Problem::Malformed`] when it is not said what, [`Problem::Conflict`] when the request can have it done no more.
#[server(endpoint = "desk/preview", input = GetUrl)]
pub async fn preview_page(
    number: RequestNumber,
    act: CaseAct,
    start: Option<DateTime<Utc>>,
    technician: Option<StaffId>,
    work_type: Option<WorkTypeId>,
    urgency: Option<Urgency>,
    into: Option<RequestNumber>,
    offer: Option<OfferedStarts>,
) -> Result<view::PreviewPage, Problem> {
    use crate::{
        model::work::chosen::Choice,
        server::{request, service::work::consequences},
    };
    let chosen = Choice { offer, start, technician, work_type, urgency, into }.of(act).ok_or(Problem::Malformed)?;
    consequences::page(&request::app()?, &request::caller()?.desk()?, number, chosen).await
}
