//! Splitting a segment in which two things were done, also one that runs.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    ceiling,
    corrections::{added_before, effective, of_open_visit},
    typed::local_time,
    visits::{Begun, begin_work, own_visit},
};
use crate::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem, keep_lines},
            ids::SegmentId,
            numbers::RequestNumber,
        },
        problem::Problem,
        work::{
            corrections::CorrectionSource,
            interventions::{NOTE_MAX, NOTE_MIN, WorkRefused},
            segments::{Segment, SegmentKind, SegmentTimes},
            splitting::{self, SplitRefused, added_by_split, check_split},
        },
    },
    server::{
        app::App,
        auth::Corrector,
        db::{
            Tx, retrying,
            work::{
                interventions,
                segments::{self, NewCorrection},
                visits::Visit,
            },
        },
    },
};

/// How a segment is to be split, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSplit {
    /// At what time, local wall time.
    pub at: String,
    /// What was done until then.
    pub before: Option<SegmentKind>,
    /// What was done from then on.
    pub after: Option<SegmentKind>,
    /// Why it is split.
    pub reason: String,
}

/// Splits a segment of the open visit into two kinds; of one that runs the second part runs on. What it was is kept with the
/// reason; what is refused leaves nothing behind.
///
/// # Errors
/// [`Problem::Invalid`], also when it bills so much more that it needs a manager; [`Problem::Work`] when it would go above the
/// ceiling without consent; [`Problem::Conflict`] for a forgotten clock, whose true end is to be given first.
pub async fn split(
    app: &App,
    corrector: &Corrector,
    number: RequestNumber,
    segment: SegmentId,
    typed: TypedSplit,
    key: Uuid,
) -> Result<(), Problem> {
    let wanted = check_typed(&typed)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let mut visit = own_visit(&mut tx, corrector, number).await?;
        if segments::is_corrected(&mut tx, key).await? {
            return Ok(());
        }
        let whole = to_be_split(&mut tx, &visit, segment, now).await?;
        let times = whole.times(whole.ended_at.unwrap_or(now));
        let parts = splitting::split(&times, wanted.at, wanted.kinds).map_err(|refused| match refused {
            SplitRefused::NotWithin => Problem::field("split_at", FieldCode::OutOfRange),
            SplitRefused::SameKind => Problem::field("kind_after", FieldCode::AlreadyUsed),
        })?;
        let added_before = added_before(&mut tx, &visit).await?;
        check_split(&times, &parts, added_before, corrector.is_manager())
            .map_err(|_| Problem::field("split_at", FieldCode::TooLong))?;
        let added = if corrector.is_manager() { 0 } else { seconds_added(&times, &parts) };
        let note = NewCorrection {
            customer: visit.customer,
            segment,
            at: now,
            by: corrector.id(),
            source: CorrectionSource::Typed,
            reason: &wanted.reason,
            before: Some(whole),
            added_seconds: added,
            key: Some(key),
        };
        make(&mut tx, &mut visit, &whole, &parts, &note).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// The segment as it is, what the ceiling makes of it included.
async fn to_be_split(tx: &mut Tx, visit: &Visit, segment: SegmentId, now: DateTime<Utc>) -> Result<Segment, Problem> {
    let running = segments::running(tx, Some(visit.technician)).await?.pop();
    if let Some(running) = running.filter(|running| running.segment.id == segment) {
        if running.is_forgotten(now) {
            return Err(Problem::Conflict);
        }
        let intervention = interventions::by_id(tx, running.intervention).await?.ok_or(Problem::Conflict)?;
        ceiling::enforce(tx, &intervention, now).await?;
    }
    of_open_visit(tx, visit, segment).await
}

/// Writes the two parts in the place of the whole, and what it was.
async fn make(
    tx: &mut Tx,
    visit: &mut Visit,
    whole: &Segment,
    parts: &[SegmentTimes; 2],
    note: &NewCorrection<'_>,
) -> Result<(), Problem> {
    let [first, second] = parts;
    for part in parts {
        // What was only prepared may have been more than that.
        let begun = Begun { by: visit.technician, kind: part.kind, at: part.started_at };
        begin_work(tx, visit, begun, note.at).await?;
    }
    let intervention = interventions::latest(tx, visit.request).await?.ok_or(Problem::Conflict)?;
    let before = effective(tx, &intervention, note.at).await?;
    let rest = segments::split(tx, whole.id, second.started_at, second.kind).await?;
    if first.kind != whole.kind {
        segments::change_kind(tx, whole.id, first.kind).await?;
    }
    let ceiling = intervention.ceiling_minutes.map(|minutes| u64::from(minutes) * 60);
    let after = effective(tx, &intervention, note.at).await?;
    if after > before && ceiling.is_some_and(|ceiling| after > ceiling) {
        // Nobody is asked for it: the clock asks when it gets there.
        return Err(WorkRefused::AboveCeiling.into());
    }
    segments::note_correction(tx, note).await?;
    segments::note_correction(tx, &NewCorrection { segment: rest, added_seconds: 0, key: None, ..*note }).await?;
    Ok(())
}

fn seconds_added(whole: &SegmentTimes, parts: &[SegmentTimes; 2]) -> u32 {
    u32::try_from(added_by_split(whole, parts).num_seconds()).unwrap_or(0)
}

/// What is wanted, once it makes sense.
struct Wanted {
    at: DateTime<Utc>,
    kinds: (SegmentKind, SegmentKind),
    reason: String,
}

fn check_typed(typed: &TypedSplit) -> Result<Wanted, Problem> {
    let at = local_time(&typed.at);
    let reason = keep_lines(&typed.reason, NOTE_MIN..=NOTE_MAX);
    match (typed.before, &at, typed.after, &reason) {
        (Some(before), Ok(at), Some(after), Ok(reason)) => {
            Ok(Wanted { at: *at, kinds: (before, after), reason: reason.clone() })
        }
        _ => {
            let missing = |kind: Option<SegmentKind>| kind.is_none().then_some(FieldCode::Missing);
            let wrong = [
                ("kind_before", missing(typed.before)),
                ("split_at", at.err()),
                ("kind_after", missing(typed.after)),
                ("reason", reason.as_ref().err().copied()),
            ];
            let wrong = wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?)));
            Err(Problem::Invalid { fields: wrong.collect() })
        }
    }
}
