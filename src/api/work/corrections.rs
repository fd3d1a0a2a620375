//! Corrections of what the clock measured.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{ids::SegmentId, numbers::RequestNumber},
    problem::Problem,
    work::segments::SegmentKind,
};

access! {
    CorrectSegment: Corrector,
}

/// Corrects a segment, or adds one when none is named. Times are local, `2026-11-23T08:05`, or with seconds; `confirmed` says
/// that it was really so where they lie outside the visit or the line's hours; `by_connection`, that the times are those of a connection,
/// and that this is the reason.
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
    confirmed: Option<bool>,
    by_connection: Option<bool>,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::corrections},
    };
    let typed = corrections::TypedSegment { kind, started_at, ended_at, reason, confirmed: confirmed == Some(true) };
    let (app, corrector) = (request::app()?, request::caller()?.corrector()?);
    if by_connection == Some(true) {
        corrections::take_over(&app, &corrector, number, typed, key).await?;
    } else {
        corrections::correct(&app, &corrector, number, segment, typed, key).await?;
    }
    request::see_other(&paths::workbench(number))
}
