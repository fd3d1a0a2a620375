//! Corrections of what the clock measured, and segments added by hand.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    typed::local_time,
    visits::{Begun, begin_work, own_visit},
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, FieldProblem, keep_lines},
            ids::{InterventionId, SegmentId, StaffId},
            numbers::RequestNumber,
        },
        problem::Problem,
        work::{
            corrections::{CorrectionRefused, CorrectionSource, added, check_correction},
            evidence::Evidence,
            forgotten::forgotten_from,
            interventions::{NOTE_MAX, NOTE_MIN, WorkRefused},
            segments::{Segment, SegmentKind, SegmentTimes, effective_seconds},
        },
    },
    server::{
        app::App,
        auth::Corrector,
        db::{
            OnConstraint, Tx,
            line::catalogue,
            retrying,
            work::{
                connection_reports,
                interventions::{self, InterventionRow},
                segments::{self, NewCorrection, NewSegment},
                visits::Visit,
            },
        },
    },
};

/// A segment as typed into the form of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSegment {
    /// What was done.
    pub kind: Option<SegmentKind>,
    /// From when, local wall time.
    pub started_at: String,
    /// Until when, local wall time.
    pub ended_at: String,
    /// Why it is corrected.
    pub reason: String,
    /// That it was really so, though it lies outside the visit or the line's hours.
    pub confirmed: bool,
}

/// Corrects a segment of the open visit, however old it is, or adds one when none is named. What it was is kept with the reason;
/// what is refused leaves nothing behind.
///
/// # Errors
/// [`Problem::Invalid`], also when it must be confirmed or adds so much that it needs a manager; [`Problem::Work`] when it would
/// overlap another one, or go above the ceiling without consent.
pub async fn correct(
    app: &App,
    corrector: &Corrector,
    number: RequestNumber,
    segment: Option<SegmentId>,
    typed: TypedSegment,
    key: Uuid,
) -> Result<(), Problem> {
    let (times, reason) = check_typed(&typed, app.clock.now())?;
    let wanted = Wanted { segment, times, source: CorrectionSource::Typed, reason, is_confirmed: typed.confirmed };
    make(app, corrector, number, &wanted, key).await
}

/// Adds a stretch of a connection to the clock, which is its reason: a correction as any other, that nobody confirms.
///
/// # Errors
/// As [`correct`]; [`Problem::Conflict`] when no connection of the visit is known that lasted so long.
pub async fn take_over(
    app: &App,
    corrector: &Corrector,
    number: RequestNumber,
    typed: TypedSegment,
    key: Uuid,
) -> Result<(), Problem> {
    let source = CorrectionSource::Connection;
    let typed = TypedSegment { reason: source.code().to_owned(), ..typed };
    let (times, reason) = check_typed(&typed, app.clock.now())?;
    let wanted = Wanted { segment: None, times, source, reason, is_confirmed: false };
    make(app, corrector, number, &wanted, key).await
}

/// A correction that makes sense.
struct Wanted {
    segment: Option<SegmentId>,
    times: SegmentTimes,
    source: CorrectionSource,
    reason: String,
    is_confirmed: bool,
}

async fn make(
    app: &App,
    corrector: &Corrector,
    number: RequestNumber,
    wanted: &Wanted,
    key: Uuid,
) -> Result<(), Problem> {
    let times = wanted.times;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let mut visit = own_visit(&mut tx, corrector, number).await?;
        if segments::is_corrected(&mut tx, key).await? {
            return Ok(());
        }
        if wanted.source == CorrectionSource::Connection {
            check_connected(&mut tx, &visit, &times).await?;
        }
        // A call may have begun the work before somebody wrote the request down, but not on another day.
        if to_local(times.started_at).date() < to_local(visit.submitted_at).date() {
            return Err(Problem::field("started_at", FieldCode::OutOfRange));
        }
        let calendar = catalogue::calendar(&mut tx).await?;
        let agreed = visit.appointment.slot;
        let before = match wanted.segment {
            Some(id) => Some(of_open_visit(&mut tx, &visit, id).await?),
            None => None,
        };
        let believed = believed_until(&mut tx, &visit, now).await?;
        let was = before.map(|before| before.times(before.ended_at.unwrap_or(believed)));
        let is_manager = corrector.is_manager();
        let added_before = added_before(&mut tx, &visit).await?;
        check_correction(was.as_ref(), &times, added_before, agreed, &calendar, is_manager, wanted.is_confirmed)
            .map_err(refusal)?;
        let begun = Begun { by: visit.technician, kind: times.kind, at: times.started_at };
        let intervention = begin_work(&mut tx, &mut visit, begun, now).await?;
        let effective_before = effective(&mut tx, &intervention, now).await?;
        let limit = forgotten_from(times.started_at, agreed, &calendar);
        let confirmed_by = (times.ended_at > limit).then_some(corrector.id());
        let corrected = match before {
            Some(before) => {
                segments::change(&mut tx, before.id, &times, limit, confirmed_by)
                    .await
                    .on_constraint("no_overlapping_segments", WorkRefused::Overlaps)?;
                before.id
            }
            None => add(&mut tx, &visit, intervention.id, &times, (limit, confirmed_by)).await?,
        };
        let ceiling = intervention.ceiling_minutes.map(|minutes| u64::from(minutes) * 60);
        let effective = effective(&mut tx, &intervention, now).await?;
        if effective > effective_before && ceiling.is_some_and(|ceiling| effective > ceiling) {
            // Nobody is asked for it: the clock asks when it gets there.
            return Err(WorkRefused::AboveCeiling.into());
        }
        let correction = NewCorrection {
            customer: visit.customer,
            segment: corrected,
            at: now,
            by: corrector.id(),
            source: wanted.source,
            reason: &wanted.reason,
            before,
            added_seconds: if is_manager { 0 } else { added_seconds(was.as_ref(), &times) },
            key: Some(key),
        };
        segments::note_correction(&mut tx, &correction).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Whether the visit was connected for so long, as far as TeamViewer has told.
async fn check_connected(tx: &mut Tx, visit: &Visit, times: &SegmentTimes) -> Result<(), Problem> {
    let connections = connection_reports::of_visit(tx, visit.appointment_id).await?;
    let connected = Evidence::of(&[], &connections, times.ended_at).unclocked;
    let is_told = connected.iter().any(|span| span.from <= times.started_at && times.ended_at <= span.until);
    if is_told { Ok(()) } else { Err(Problem::Conflict) }
}

/// Adds what the clock has not measured.
///
/// * `limit` – up to when it is believed, and who confirms what lies beyond
async fn add(
    tx: &mut Tx,
    visit: &Visit,
    intervention: InterventionId,
    times: &SegmentTimes,
    (limit, confirmed_by): (DateTime<Utc>, Option<StaffId>),
) -> Result<SegmentId, Problem> {
    let added = NewSegment {
        customer: visit.customer,
        intervention,
        technician: visit.technician,
        appointment: Some(visit.appointment_id),
        kind: times.kind,
        started_at: times.started_at,
        ended_at: Some(times.ended_at),
        forgotten_from: limit,
        confirmed_by,
        key: None,
    };
    Ok(segments::add(tx, &added).await?.ok_or(WorkRefused::Overlaps)?)
}

/// A segment of the visit: what stands on a receipt is changed by an objection only.
pub(super) async fn of_open_visit(tx: &mut Tx, visit: &Visit, id: SegmentId) -> Result<Segment, Problem> {
    let latest = interventions::latest(tx, visit.request).await?.filter(|latest| latest.is_open);
    let latest = latest.ok_or(Problem::NotFound)?;
    let own = segments::of_visit(tx, latest.id, visit.appointment_id).await?;
    own.into_iter().find(|own| own.id == id).ok_or(Problem::NotFound)
}

/// Up to when a clock of the request counts.
async fn believed_until(tx: &mut Tx, visit: &Visit, now: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
    match interventions::latest(tx, visit.request).await? {
        Some(latest) => Ok(segments::counts_until(tx, latest.id, now).await?),
        None => Ok(now),
    }
}

/// What technicians have added to the open intervention of the request.
pub(super) async fn added_before(tx: &mut Tx, visit: &Visit) -> Result<TimeDelta, Problem> {
    match interventions::latest(tx, visit.request).await?.filter(|latest| latest.is_open) {
        Some(latest) => Ok(TimeDelta::seconds(segments::added_seconds(tx, latest.id).await?)),
        None => Ok(TimeDelta::zero()),
    }
}

fn added_seconds(before: Option<&SegmentTimes>, wanted: &SegmentTimes) -> u32 {
    u32::try_from(added(before, wanted).num_seconds()).unwrap_or(0)
}

pub(super) async fn effective(tx: &mut Tx, intervention: &InterventionRow, now: DateTime<Utc>) -> Result<u64, Problem> {
    let until = segments::counts_until(tx, intervention.id, now).await?;
    Ok(effective_seconds(&segments::of_intervention(tx, intervention.id).await?, until))
}

fn refusal(refused: CorrectionRefused) -> Problem {
    match refused {
        CorrectionRefused::NeedsManager => Problem::field("ended_at", FieldCode::TooLong),
        CorrectionRefused::NotConfirmed => Problem::field("confirmed", FieldCode::NotConfirmed),
    }
}

fn check_typed(typed: &TypedSegment, now: DateTime<Utc>) -> Result<(SegmentTimes, String), Problem> {
    let mut fields = Vec::new();
    let mut wrong = |field: &str, code| fields.push(FieldProblem::new(field, code));
    if typed.kind.is_none() {
        wrong("kind", FieldCode::Missing);
    }
    let started_at = local_time(&typed.started_at);
    let ended_at = local_time(&typed.ended_at);
    match &started_at {
        Err(code) => wrong("started_at", *code),
        Ok(at) if *at > now => wrong("started_at", FieldCode::OutOfRange),
        Ok(_) => {}
    }
    match (&started_at, &ended_at) {
        (_, Err(code)) => wrong("ended_at", *code),
        (Ok(start), Ok(end)) if end <= start || *end > now => wrong("ended_at", FieldCode::OutOfRange),
        _ => {}
    }
    let reason = keep_lines(&typed.reason, NOTE_MIN..=NOTE_MAX);
    if let Err(code) = reason {
        wrong("reason", code);
    }
    match (typed.kind, started_at, ended_at, reason) {
        (Some(kind), Ok(started_at), Ok(ended_at), Ok(reason)) if fields.is_empty() => {
            Ok((SegmentTimes { kind, started_at, ended_at }, reason))
        }
        _ => Err(Problem::Invalid { fields }),
    }
}
