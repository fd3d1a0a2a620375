//! The technician's clock, from the first start to the settled intervention.
#![allow(unused_variables, missing_docs, clippy::missing_errors_doc, clippy::unused_async)]
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    model::{
        ids::SegmentId,
        problem::Problem,
        requests::RequestNumber,
        segments::SegmentKind,
        work::{AttemptChannel, WorkDay, WorkPage},
    },
    server::{
        app::App,
        auth::{Staff, Technician},
    },
};

/// A segment as typed into the form of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSegment {
    /// What was done.
    pub kind: Option<SegmentKind>,
    /// Local time.
    pub started_at: String,
    /// Local time.
    pub ended_at: String,
    /// Why.
    pub reason: String,
}

pub async fn day(app: &App, technician: &Technician, date: Option<NaiveDate>) -> Result<WorkDay, Problem> {
    Err(Problem::Unavailable)
}
pub async fn page(app: &App, staff: &Staff, number: RequestNumber) -> Result<WorkPage, Problem> {
    Err(Problem::Unavailable)
}
pub async fn start(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    kind: Option<SegmentKind>,
    key: Uuid,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn pause(app: &App, technician: &Technician, number: RequestNumber) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn correct(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    segment: Option<SegmentId>,
    typed: TypedSegment,
    key: Uuid,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn note_attempt(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    channel: Option<AttemptChannel>,
    note: &str,
    key: Uuid,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn call_missed(app: &App, technician: &Technician, number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
pub async fn close(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    report: &str,
    finished: Option<bool>,
    key: Uuid,
) -> Result<(), Problem> {
    Err(Problem::Unavailable)
}
