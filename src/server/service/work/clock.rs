//! The clock: starting and stopping it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    ceiling,
    starting::{self, Start},
    typed::{instant, local_time},
    visits::own_visit,
};
use crate::{
    model::{
        base::{
            fields::{FieldCode, keep_lines},
            ids::{SegmentId, StaffId},
            numbers::RequestNumber,
        },
        problem::Problem,
        work::{
            corrections::CorrectionSource,
            forgotten::{TrueEndRefused, lies_beyond},
            interventions::{NOTE_MAX, NOTE_MIN},
            pages::RunningClock,
            segments::SegmentKind,
        },
    },
    server::{
        app::App,
        auth::{Corrector, Technician},
        db::{
            Tx, retrying,
            work::{
                connection_reports, interventions,
                segments::{self, NewCorrection, Running},
                visits::Visit,
            },
        },
    },
};

/// Starts the clock for a kind of work, [now](starting::start_as); one that runs for the same request is switched over at the same
/// instant.
///
/// # Errors
/// [`Problem::Work`] when the clock runs elsewhere, it is another's appointment, or consent is missing; [`Problem::Invalid`] when
/// the clock was forgotten, so that its true end is missing.
pub async fn start(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    kind: Option<SegmentKind>,
    key: Uuid,
) -> Result<(), Problem> {
    starting::start_as(app, technician, number, Start { kind, earlier: 0, stops: None, key }).await
}

/// What is said of the true end of a forgotten clock, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedEnd {
    /// One of the instants that were suggested (RFC 3339), [`NOW`] or [`OTHER`].
    pub true_end: String,
    /// Another one, local wall time.
    pub ended_at: String,
    /// Why it was so late, if it was.
    pub reason: String,
}

/// The technician has really worked until now.
pub const NOW: &str = "now";

/// None of what was suggested: another time is typed.
pub const OTHER: &str = "other";

/// Stops the clock; one that was started after the form was made, if the form names its segment, runs on. A forgotten one ends
/// when the form says that it truly did. A manager stops anybody's.
///
/// # Errors
/// [`Problem::Work`] when it is another's appointment, [`Problem::Invalid`] when the true end of a forgotten clock is missing, or its
/// reason, or when it is a manager's to say.
pub async fn pause(
    app: &App,
    corrector: &Corrector,
    number: RequestNumber,
    segment: Option<SegmentId>,
    typed: &TypedEnd,
) -> Result<(), Problem> {
    stop(app, corrector, number, segment, Said::Typed(typed)).await
}

/// Stops the clock as [`pause`] does; a forgotten one when a connection of its visit ended, which is the reason.
///
/// * `ended_at` – when that was (RFC 3339)
///
/// # Errors
/// As [`pause`]; [`Problem::Conflict`] when no connection of the visit is known that ended then.
pub async fn pause_as_disconnected(
    app: &App,
    corrector: &Corrector,
    number: RequestNumber,
    segment: Option<SegmentId>,
    ended_at: &str,
) -> Result<(), Problem> {
    stop(app, corrector, number, segment, Said::Disconnected(ended_at)).await
}

/// What is said of the true end of a forgotten clock.
#[derive(Debug, Clone, Copy)]
enum Said<'a> {
    /// By a person.
    Typed(&'a TypedEnd),
    /// By a connection, which ended then.
    Disconnected(&'a str),
}

async fn stop(
    app: &App,
    corrector: &Corrector,
    number: RequestNumber,
    segment: Option<SegmentId>,
    said: Said<'_>,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let visit = own_visit(&mut tx, corrector, number).await?;
        let running = segments::running(&mut tx, Some(visit.technician)).await?.pop();
        let Some(running) = running.filter(|running| {
            running.clock.number == number && segment.is_none_or(|segment| segment == running.segment.id)
        }) else {
            return Ok(());
        };
        let end = if running.is_forgotten(now) {
            true_end(&mut tx, &visit, said, &running, corrector, now).await?
        } else {
            End { at: now, why: None, confirmed_by: None }
        };
        let intervention = interventions::by_id(&mut tx, running.intervention).await?.ok_or(Problem::Conflict)?;
        ceiling::enforce_until(&mut tx, &intervention, &running, end.at, end.confirmed_by).await?;
        // The ceiling may have split it.
        if let Some(running) = segments::running(&mut tx, Some(running.technician)).await?.pop() {
            segments::stop(&mut tx, running.segment.id, end.at, end.confirmed_by).await?;
        }
        if let Some((source, reason)) = &end.why {
            let correction = NewCorrection {
                customer: intervention.customer,
                segment: running.segment.id,
                at: now,
                by: corrector.id(),
                source: *source,
                reason,
                before: Some(running.segment),
                added_seconds: 0,
                key: None,
            };
            segments::note_correction(&mut tx, &correction).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// When a clock stops, and what has to be kept of that.
struct End {
    at: DateTime<Utc>,
    /// Of a forgotten clock: why, and what was typed of that.
    why: Option<(CorrectionSource, String)>,
    /// Where it lies beyond the limit: who says so.
    confirmed_by: Option<StaffId>,
}

/// The true end of a forgotten clock, as it was said.
async fn true_end(
    tx: &mut Tx,
    visit: &Visit,
    said: Said<'_>,
    running: &Running,
    corrector: &Corrector,
    now: DateTime<Utc>,
) -> Result<End, Problem> {
    let (field, at) = match said {
        Said::Typed(typed) => match typed.true_end.trim() {
            "" => ("true_end", Err(FieldCode::Missing)),
            NOW => ("true_end", Ok(now)),
            OTHER => ("ended_at", local_time(&typed.ended_at)),
            suggested => ("true_end", instant(suggested)),
        },
        Said::Disconnected(ended_at) => ("true_end", instant(ended_at)),
    };
    let at = at.map_err(|code| Problem::field(field, code))?;
    let beyond = lies_beyond(at, running.segment.started_at, running.forgotten_from, corrector.is_manager(), now);
    let beyond = beyond.map_err(|refused| match refused {
        TrueEndRefused::NotWhileItRan => Problem::field(field, FieldCode::OutOfRange),
        TrueEndRefused::NeedsManager => Problem::field(field, FieldCode::TooLong),
    })?;
    let why = match said {
        Said::Typed(typed) => {
            let least = if beyond { NOTE_MIN } else { 0 };
            let reason = keep_lines(&typed.reason, least..=NOTE_MAX).map_err(|code| Problem::field("reason", code))?;
            let source = if reason.is_empty() { CorrectionSource::Forgotten } else { CorrectionSource::Typed };
            (source, reason)
        }
        Said::Disconnected(_) => {
            let connections = connection_reports::of_visit(tx, visit.appointment_id).await?;
            if !connections.iter().any(|connection| connection.ended_at == at) {
                return Err(Problem::Conflict);
            }
            (CorrectionSource::Connection, String::new())
        }
    };
    Ok(End { at, why: Some(why), confirmed_by: beyond.then_some(corrector.id()) })
}

/// A running clock with a look whether it was forgotten.
pub(crate) fn with_forgotten_since(running: Running, now: DateTime<Utc>) -> RunningClock {
    let forgotten_since = running.is_forgotten(now).then_some(running.forgotten_from);
    RunningClock { forgotten_since, ..running.clock }
}
