//! Splitting what the clock measured.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{ids::SegmentId, numbers::RequestNumber},
    problem::Problem,
    work::segments::SegmentKind,
};

access! {
    SplitSegment: Corrector,
}

/// Splits a segment into two kinds at a local time, `2026-11-23T08:05`, or with seconds.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Work`] when it would go above the ceiling.
#[server(endpoint = "work/split")]
pub async fn split_segment(
    number: RequestNumber,
    segment: SegmentId,
    #[server(default)] split_at: String,
    kind_before: Option<SegmentKind>,
    kind_after: Option<SegmentKind>,
    #[server(default)] reason: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::splitting},
    };
    let typed = splitting::TypedSplit { at: split_at, before: kind_before, after: kind_after, reason };
    splitting::split(&request::app()?, &request::caller()?.corrector()?, number, segment, typed, key).await?;
    request::see_other(&paths::workbench(number))
}
