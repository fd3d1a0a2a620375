//! The technician's clock.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{ids::SegmentId, numbers::RequestNumber},
    problem::Problem,
    work::segments::SegmentKind,
};

access! {
    StartClock: Technician,
    PauseClock: Technician,
}

/// Starts the clock for a kind of work; a clock that runs for the same request is switched over at the same instant.
///
/// # Errors
/// [`Problem::Work`] when the clock runs elsewhere, or the customer's consent is missing.
#[server(endpoint = "work/start")]
pub async fn start_clock(number: RequestNumber, kind: Option<SegmentKind>, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::clock},
    };
    clock::start(&request::app()?, &request::caller()?.technician()?, number, kind, key).await?;
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
        server::{request, service::work::clock},
    };
    clock::pause(&request::app()?, &request::caller()?.technician()?, number, segment).await?;
    request::see_other(&paths::workbench(number))
}
