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
    PauseClock: Corrector,
}

/// Starts the clock for a kind of work; a clock that runs for the same request is switched over at the same instant, and so is
/// one that runs for another if its segment is named in `stops`. `earlier` says how many minutes ago it began.
///
/// # Errors
/// [`Problem::Work`] when the clock runs elsewhere, or the customer's consent is missing; [`Problem::Invalid`] when it cannot
/// have begun earlier.
#[server(endpoint = "work/start")]
pub async fn start_clock(
    number: RequestNumber,
    kind: Option<SegmentKind>,
    earlier: Option<u32>,
    stops: Option<SegmentId>,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::starting},
    };
    let start = starting::Start { kind, earlier: earlier.unwrap_or(0), stops, key };
    starting::start_as(&request::app()?, &request::caller()?.technician()?, number, start).await?;
    request::see_other(&paths::workbench(number))
}

/// Stops the clock, if it still runs for the segment that is named, or for whichever when none is. A forgotten one needs its
/// true end: a suggested instant, `now`, or `other` with a local time in `ended_at`; and a reason where that lies beyond its
/// limit. `by_connection` says that the suggested instant is the end of a connection, and that this is the reason.
///
/// # Errors
/// [`Problem::NotFound`] when it is nobody's request, [`Problem::Invalid`].
#[server(endpoint = "work/pause")]
pub async fn pause_clock(
    number: RequestNumber,
    segment: Option<SegmentId>,
    #[server(default)] true_end: String,
    #[server(default)] ended_at: String,
    #[server(default)] reason: String,
    by_connection: Option<bool>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::clock},
    };
    let (app, corrector) = (request::app()?, request::caller()?.corrector()?);
    if by_connection == Some(true) {
        clock::pause_as_disconnected(&app, &corrector, number, segment, &true_end).await?;
    } else {
        let typed = clock::TypedEnd { true_end, ended_at, reason };
        clock::pause(&app, &corrector, number, segment, &typed).await?;
    }
    request::see_other(&paths::workbench(number))
}
