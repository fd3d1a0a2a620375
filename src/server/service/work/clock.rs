//! The clock: starting, switching and stopping it.

use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

use super::{
    ceiling,
    visits::{begin_work, own_visit},
};
use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, to_local},
            fields::FieldCode,
            ids::SegmentId,
            numbers::RequestNumber,
        },
        problem::Problem,
        work::{
            interventions::WorkRefused,
            pages::RunningClock,
            segments::{SegmentKind, forgotten_since},
        },
    },
    server::{
        app::App,
        auth::Technician,
        db::{
            Tx, retrying,
            work::{
                interventions::{self, InterventionRow},
                segments::{self, NewSegment, Running},
            },
        },
    },
};

/// How many days before the agreed one the preparation can begin.
const PREPARED_AHEAD: Days = Days::new(1);

/// Starts the clock for a kind of work; one that runs for the same request is switched over at the same instant.
///
/// # Errors
/// [`Problem::Work`] when the clock runs elsewhere, it is another's appointment, or consent is missing.
pub async fn start(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    kind: Option<SegmentKind>,
    key: Uuid,
) -> Result<(), Problem> {
    let kind = kind.ok_or_else(|| Problem::field("kind", FieldCode::Missing))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let mut visit = own_visit(&mut tx, technician, number).await?;
        if segments::is_started(&mut tx, key).await? {
            return Ok(());
        }
        if to_local(now).date() + PREPARED_AHEAD < to_local(visit.appointment.slot.start).date() {
            return Err(WorkRefused::TooEarly.into());
        }
        let intervention = begin_work(&mut tx, technician, &mut visit, now, now).await?;
        let running = running(&mut tx, technician).await?;
        if running.as_ref().is_some_and(|running| running.intervention != intervention.id) {
            return Err(WorkRefused::ClockRunsElsewhere.into());
        }
        if running.as_ref().is_some_and(|running| running.segment.kind == kind) {
            tx.commit().await?;
            return Ok(());
        }
        if kind.is_billable() && !ceiling::has_room(&mut tx, &intervention, now).await? {
            // What reached the ceiling is kept: the question has been asked.
            tx.commit().await?;
            return Err(WorkRefused::WaitingForConsent.into());
        }
        if let Some(running) = running {
            segments::stop(&mut tx, running.segment.id, now).await?;
        }
        let segment = NewSegment {
            customer: visit.customer,
            intervention: intervention.id,
            technician: technician.id(),
            appointment: Some(visit.appointment_id),
            kind,
            started_at: now,
            ended_at: None,
            key: Some(key),
        };
        segments::add(&mut tx, &segment).await?.ok_or(WorkRefused::Overlaps)?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Stops the clock; one that was started after the form was made, if the form names its segment, runs on.
///
/// # Errors
/// [`Problem::Work`] when it is another's appointment.
pub async fn pause(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    segment: Option<SegmentId>,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let visit = own_visit(&mut tx, technician, number).await?;
        if let Some(intervention) = interventions::latest(&mut tx, visit.request).await? {
            ceiling::enforce(&mut tx, &intervention, now).await?;
            stop_clock(&mut tx, technician, &intervention, segment, now).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn stop_clock(
    tx: &mut Tx,
    technician: &Technician,
    intervention: &InterventionRow,
    segment: Option<SegmentId>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    if let Some(running) = running(tx, technician).await?
        && running.intervention == intervention.id
        && segment.is_none_or(|segment| segment == running.segment.id)
    {
        segments::stop(tx, running.segment.id, now).await?;
    }
    Ok(())
}

pub(super) async fn running(tx: &mut Tx, technician: &Technician) -> Result<Option<Running>, Problem> {
    Ok(segments::running(tx, Some(technician.id())).await?.pop())
}

/// A running clock with a look whether it was forgotten.
pub(crate) fn with_forgotten_since(running: Running, calendar: &BusinessCalendar, now: DateTime<Utc>) -> RunningClock {
    let end = running.slot.map_or(running.segment.started_at, |slot| slot.end);
    let forgotten_since = forgotten_since(&running.segment, end, calendar, now);
    RunningClock { forgotten_since, ..running.clock }
}
