//! Corrections of what the clock measured, and segments added by hand.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    ceiling,
    visits::{begin_work, own_visit},
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, FieldProblem, keep_lines},
            ids::SegmentId,
            numbers::RequestNumber,
        },
        problem::Problem,
        work::{
            interventions::{NOTE_MAX, NOTE_MIN, WorkRefused},
            segments::{SegmentKind, SegmentTimes, effective_seconds},
        },
    },
    server::{
        app::App,
        auth::Technician,
        db::{
            OnConstraint, retrying,
            work::segments::{self, NewCorrection, NewSegment},
        },
        service::parse_local,
    },
};

/// How far back a segment can be written down or moved.
const CORRECTED_BACK: TimeDelta = TimeDelta::days(7);

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
}

/// Corrects a segment of the open intervention, or adds one when none is named. What it was is kept with the reason.
///
/// # Errors
/// [`Problem::Invalid`]; [`Problem::Work`] when it would overlap another one, or go above the ceiling without consent.
pub async fn correct(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    segment: Option<SegmentId>,
    typed: TypedSegment,
    key: Uuid,
) -> Result<(), Problem> {
    let (times, reason) = check_typed(&typed, app.clock.now())?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let mut visit = own_visit(&mut tx, technician, number).await?;
        if segments::is_corrected(&mut tx, key).await? {
            return Ok(());
        }
        // A call may have begun the work before somebody wrote the request down, but not on another day.
        if to_local(times.started_at).date() < to_local(visit.submitted_at).date() {
            return Err(Problem::field("started_at", FieldCode::OutOfRange));
        }
        let begun = if segment.is_none() { times.started_at } else { now };
        let intervention = begin_work(&mut tx, technician, &mut visit, begun, now).await?;
        let known = segments::of_intervention(&mut tx, intervention.id).await?;
        // Those of this visit: what stands on a receipt is changed by an objection only.
        let before = match segment {
            Some(id) => {
                let own = segments::of_visit(&mut tx, intervention.id, visit.appointment_id).await?;
                Some(own.into_iter().find(|own| own.id == id).ok_or(Problem::NotFound)?)
            }
            None => None,
        };
        let corrected = match before {
            Some(before) => {
                segments::change(&mut tx, before.id, &times)
                    .await
                    .on_constraint("no_overlapping_segments", WorkRefused::Overlaps)?;
                before.id
            }
            None => {
                let added = NewSegment {
                    customer: visit.customer,
                    intervention: intervention.id,
                    technician: technician.id(),
                    appointment: Some(visit.appointment_id),
                    kind: times.kind,
                    started_at: times.started_at,
                    ended_at: Some(times.ended_at),
                    key: None,
                };
                segments::add(&mut tx, &added).await?.ok_or(WorkRefused::Overlaps)?
            }
        };
        let segments = segments::of_intervention(&mut tx, intervention.id).await?;
        let (is, was) = (effective_seconds(&segments, now), effective_seconds(&known, now));
        let limit = intervention.ceiling_minutes.map(|minutes| u64::from(minutes) * 60);
        if is > was && limit.is_some_and(|limit| is > limit) {
            // Nothing is corrected, but the customer is asked.
            tx.rollback().await?;
            ceiling::ask_for_more(app, number, now).await?;
            return Err(WorkRefused::WaitingForConsent.into());
        }
        let correction = NewCorrection {
            customer: visit.customer,
            segment: corrected,
            at: now,
            by: technician.id(),
            reason: &reason,
            before,
            key: Some(key),
        };
        segments::note_correction(&mut tx, &correction).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn check_typed(typed: &TypedSegment, now: DateTime<Utc>) -> Result<(SegmentTimes, String), Problem> {
    let mut fields = Vec::new();
    let mut wrong = |field: &str, code| fields.push(FieldProblem::new(field, code));
    if typed.kind.is_none() {
        wrong("kind", FieldCode::Missing);
    }
    let started_at = parse_local(&typed.started_at);
    let ended_at = parse_local(&typed.ended_at);
    match &started_at {
        Err(code) => wrong("started_at", *code),
        Ok(at) if *at < now - CORRECTED_BACK || *at > now => wrong("started_at", FieldCode::OutOfRange),
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
