//! The technician's day and workbench.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{ids::SegmentId, numbers::RequestNumber},
    problem::Problem,
    work::{attempts::AttemptChannel, pages as view, segments::SegmentKind},
};

access! {
    WorkDay: Technician,
    WorkPage: Staff,
    StartClock: Technician,
    PauseClock: Technician,
    CorrectSegment: Technician,
    NoteAttempt: Technician,
    CallMissed: Technician,
    CloseWork: Technician,
}

/// The asking technician's appointments of one day, today's unless another is named.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`] for all but technicians.
#[server(endpoint = "work/day", input = GetUrl)]
pub async fn work_day(date: Option<NaiveDate>) -> Result<view::WorkDay, Problem> {
    use crate::server::{request, service::work::bench};
    bench::day(&request::app()?, &request::caller()?.technician()?, date).await
}

/// The workbench of one request.
///
/// # Errors
/// [`Problem::NotFound`] when no appointment was ever agreed for it.
#[server(endpoint = "work/page", input = GetUrl)]
pub async fn work_page(number: RequestNumber) -> Result<view::WorkPage, Problem> {
    use crate::server::{request, service::work::bench};
    bench::page(&request::app()?, &request::caller()?.staff()?, number).await
}

/// Starts the clock for a kind of work; a clock that runs for the same request is switched over at the same instant.
///
/// # Errors
/// [`Problem::Work`] when the clock runs elsewhere, or the customer's consent is missing.
#[server(endpoint = "work/start")]
pub async fn start_clock(number: RequestNumber, kind: Option<SegmentKind>, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::bench},
    };
    bench::start(&request::app()?, &request::caller()?.technician()?, number, kind, key).await?;
    request::see_other(&paths::workbench(number))
}

/// Stops the clock, if it still runs for the segment that is named, or for whichever when none is.
///
/// # Errors
/// [`Problem::NotFound`] when it is nobody's request.
#[server(endpoint = "work/pause")]
pub async fn pause_clock(number: RequestNumber, segment: Option<SegmentId>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::bench},
    };
    bench::pause(&request::app()?, &request::caller()?.technician()?, number, segment).await?;
    request::see_other(&paths::workbench(number))
}

/// Corrects a segment, or adds one when none is named. Times are local, `2026-11-23T08:05`, or with seconds.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Work`] when it would overlap another one.
#[server(endpoint = "work/correct")]
pub async fn correct_segment(
    number: RequestNumber,
    segment: Option<SegmentId>,
    kind: Option<SegmentKind>,
    #[server(default)] started_at: String,
    #[server(default)] ended_at: String,
    #[server(default)] reason: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::bench},
    };
    let typed = bench::TypedSegment { kind, started_at, ended_at, reason };
    bench::correct(&request::app()?, &request::caller()?.technician()?, number, segment, typed, key).await?;
    request::see_other(&paths::workbench(number))
}

/// Notes an attempt to reach the customer.
///
/// # Errors
/// [`Problem::Invalid`].
#[server(endpoint = "work/attempt")]
pub async fn note_attempt(
    number: RequestNumber,
    channel: Option<AttemptChannel>,
    #[server(default)] note: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::bench},
    };
    bench::note_attempt(&request::app()?, &request::caller()?.technician()?, number, channel, &note, key).await?;
    request::see_other(&paths::workbench(number))
}

/// Calls the appointment missed by the customer; the request waits for another time.
///
/// # Errors
/// [`Problem::Work`] when it is too early or there were too few attempts.
#[server(endpoint = "work/no-show")]
pub async fn call_missed(number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::bench},
    };
    bench::call_missed(&request::app()?, &request::caller()?.technician()?, number, key).await?;
    request::see_other(paths::WORK)
}

/// Closes the work with a report in the customer's words, and settles it: `finished` closes the request, else it waits for
/// another time.
///
/// # Errors
/// [`Problem::Invalid`] without a report, [`Problem::Work`] when nothing was done.
#[server(endpoint = "work/close")]
pub async fn close_work(
    number: RequestNumber,
    #[server(default)] report: String,
    finished: Option<bool>,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::bench},
    };
    bench::close(&request::app()?, &request::caller()?.technician()?, number, &report, finished, key).await?;
    request::see_other(&paths::workbench(number))
}
