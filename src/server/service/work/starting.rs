//! Starting the clock: now or some minutes ago, and in place of one that runs for another request.

use chrono::{DateTime, Days, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    ceiling,
    corrections::{added_before, effective},
    visits::{self, Begun, begin_work, own_visit, refuse_forgotten, running},
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
            corrections::{CorrectionRefused, CorrectionSource, check_correction},
            forgotten::forgotten_from,
            interventions::{EARLIER_MINUTES, WorkRefused},
            segments::{Segment, SegmentKind, SegmentTimes},
        },
    },
    server::{
        app::App,
        auth::Technician,
        db::{
            Tx,
            line::catalogue,
            ordering::requests,
            retrying,
            work::{
                interventions::{self, InterventionRow},
                segments::{self, NewCorrection, NewSegment, Running},
                visits::Visit,
            },
        },
    },
};

/// How many days before the agreed one the preparation can begin.
const PREPARED_AHEAD: Days = Days::new(1);

/// How a clock is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// What is done.
    pub kind: Option<SegmentKind>,
    /// How many minutes before the form came it began: none, or one of [`EARLIER_MINUTES`].
    pub earlier: u32,
    /// The clock of another request in whose place it starts, as the form showed it.
    pub stops: Option<SegmentId>,
    /// The idempotency key of the form.
    pub key: Uuid,
}

/// Starts the clock for a kind of work. One that runs for the same request is switched over at the same instant, and so is one
/// that runs for another, if the form names it: both happen, or neither does. What began some minutes ago is a correction.
///
/// # Errors
/// [`Problem::Work`] when the clock runs elsewhere, it is another's appointment, or consent is missing; [`Problem::Invalid`] when
/// the clock was forgotten, so that its true end is missing, or when it cannot have begun earlier.
pub async fn start_as(app: &App, technician: &Technician, number: RequestNumber, start: Start) -> Result<(), Problem> {
    let kind = start.kind.ok_or_else(|| Problem::field("kind", FieldCode::Missing))?;
    if start.earlier != 0 && !EARLIER_MINUTES.contains(&start.earlier) {
        return Err(Problem::field("earlier", FieldCode::Unknown));
    }
    retrying(|| async {
        let now = app.clock.now();
        let began = SegmentTimes { kind, started_at: now - TimeDelta::minutes(start.earlier.into()), ended_at: now };
        let mut tx = app.db.staff().await?;
        if start.stops.is_some() {
            lock_both(&mut tx, technician, number).await?;
        }
        let mut visit = own_visit(&mut tx, technician, number).await?;
        if segments::is_started(&mut tx, start.key).await? {
            return Ok(());
        }
        if to_local(began.started_at).date() + PREPARED_AHEAD < to_local(visit.appointment.slot.start).date() {
            return Err(WorkRefused::TooEarly.into());
        }
        if let Some(running) = running(&mut tx, technician).await? {
            check_running(&running, number, start, now)?;
        }
        let calendar = catalogue::calendar(&mut tx).await?;
        if start.earlier > 0 {
            check_earlier(&mut tx, technician, &visit, &began, &calendar).await?;
        }
        let begun = Begun { by: technician.id(), kind, at: began.started_at };
        let intervention = begin_work(&mut tx, &mut visit, begun, now).await?;
        // The ceiling may have split it.
        let running = running(&mut tx, technician).await?;
        let is_counted = |running: &Running| running.intervention == intervention.id && running.segment.kind == kind;
        if start.earlier == 0 && running.as_ref().is_some_and(is_counted) {
            tx.commit().await?;
            return Ok(());
        }
        if kind.is_billable() && !ceiling::has_room(&mut tx, &intervention, now).await? {
            // What reached the ceiling is kept: the question has been asked.
            tx.commit().await?;
            return Err(WorkRefused::WaitingForConsent.into());
        }
        if let Some(running) = running {
            stop(&mut tx, technician, &running, now).await?;
        }
        let segment = add(&mut tx, technician, &visit, &intervention, &began, &calendar, start).await?;
        if start.earlier > 0 {
            note_earlier(&mut tx, technician, &intervention, segment, &began).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Locks the request for which the clock runs and the one for which it is to start, in the order of their numbers: two of a
/// technician's forms that each stop the other's clock wait for each other and do not block each other.
async fn lock_both(tx: &mut Tx, technician: &Technician, number: RequestNumber) -> Result<(), Problem> {
    let Some(elsewhere) = running(tx, technician).await?.map(|running| running.clock.number) else {
        return Ok(());
    };
    for one in [number.min(elsewhere), number.max(elsewhere)] {
        requests::lock_for_staff(tx, one).await?;
    }
    Ok(())
}

/// Whether the clock that runs may be switched over. One that the form has not shown runs on, and so does a forgotten one: its
/// true end is given where it runs.
fn check_running(running: &Running, number: RequestNumber, start: Start, now: DateTime<Utc>) -> Result<(), Problem> {
    if running.clock.number == number {
        return refuse_forgotten(running, now);
    }
    if start.stops == Some(running.segment.id) && !running.is_forgotten(now) {
        Ok(())
    } else {
        Err(WorkRefused::ClockRunsElsewhere.into())
    }
}

/// Whether the work may have begun before the clock is started: as a correction that needs no confirmation, and not before the
/// day on which the request was written down.
async fn check_earlier(
    tx: &mut Tx,
    technician: &Technician,
    visit: &Visit,
    began: &SegmentTimes,
    calendar: &BusinessCalendar,
) -> Result<(), Problem> {
    let refused = |code| Problem::field("earlier", code);
    if to_local(began.started_at).date() < to_local(visit.submitted_at).date() {
        return Err(refused(FieldCode::OutOfRange));
    }
    let added = added_before(tx, visit).await?;
    check_correction(None, began, added, visit.appointment.slot, calendar, technician.is_manager(), false).map_err(
        |why| {
            refused(match why {
                CorrectionRefused::NeedsManager => FieldCode::TooLong,
                CorrectionRefused::NotConfirmed => FieldCode::OutOfRange,
            })
        },
    )
}

/// Stops the clock that runs, wherever it does.
async fn stop(tx: &mut Tx, technician: &Technician, running: &Running, now: DateTime<Utc>) -> Result<(), Problem> {
    let intervention = interventions::by_id(tx, running.intervention).await?.ok_or(Problem::Conflict)?;
    ceiling::enforce(tx, &intervention, now).await?;
    // The ceiling may have split it.
    if let Some(running) = visits::running(tx, technician).await? {
        segments::stop(tx, running.segment.id, now, None).await?;
    }
    Ok(())
}

/// Adds the segment that runs from now on, or from some minutes ago.
async fn add(
    tx: &mut Tx,
    technician: &Technician,
    visit: &Visit,
    intervention: &InterventionRow,
    began: &SegmentTimes,
    calendar: &BusinessCalendar,
    start: Start,
) -> Result<SegmentId, Problem> {
    let segment = NewSegment {
        customer: visit.customer,
        intervention: intervention.id,
        technician: technician.id(),
        appointment: Some(visit.appointment_id),
        kind: began.kind,
        started_at: began.started_at,
        ended_at: None,
        forgotten_from: forgotten_from(began.started_at, visit.appointment.slot, calendar),
        confirmed_by: None,
        key: Some(start.key),
    };
    segments::add(tx, &segment).await?.ok_or_else(|| match start.earlier {
        0 => WorkRefused::Overlaps.into(),
        // The clock has counted something else until then.
        _ => Problem::field("earlier", FieldCode::AlreadyUsed),
    })
}

/// Writes down that the work began before the clock was started: what it would have been, and how much that adds.
async fn note_earlier(
    tx: &mut Tx,
    technician: &Technician,
    intervention: &InterventionRow,
    segment: SegmentId,
    began: &SegmentTimes,
) -> Result<(), Problem> {
    let now = began.ended_at;
    let ceiling = intervention.ceiling_minutes.map(|minutes| u64::from(minutes) * 60);
    let effective = effective(tx, intervention, now).await?;
    if began.kind.is_billable() && ceiling.is_some_and(|ceiling| effective > ceiling) {
        // Nobody is asked for it: the clock asks when it gets there.
        return Err(WorkRefused::AboveCeiling.into());
    }
    let added = u32::try_from((now - began.started_at).num_seconds()).unwrap_or(0);
    let correction = NewCorrection {
        customer: intervention.customer,
        segment,
        at: now,
        by: technician.id(),
        source: CorrectionSource::BeganEarlier,
        reason: "",
        before: Some(Segment { id: segment, kind: began.kind, started_at: now, ended_at: None }),
        added_seconds: if technician.is_manager() { 0 } else { added },
        key: None,
    };
    Ok(segments::note_correction(tx, &correction).await?)
}
