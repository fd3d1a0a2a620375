//! Corrections of what the clock measured.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{ids::SegmentId, numbers::RequestNumber},
    problem::Problem,
    work::segments::SegmentKind,
};

access! {
    CorrectSegment: Technician,
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
        server::{request, service::work::corrections},
    };
    let typed = corrections::TypedSegment { kind, started_at, ended_at, reason };
    corrections::correct(&request::app()?, &request::caller()?.technician()?, number, segment, typed, key).await?;
    request::see_other(&paths::workbench(number))
}
