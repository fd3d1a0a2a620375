//! Objections to a segment of a receipt, and decisions about them.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::settlement::{Occasion, settle_intervention};
use crate::{
    model::{
        base::{
            fields::{FieldCode, check_length},
            ids::{ContestId, InterventionId, SegmentId},
            numbers::InterventionRef,
            text,
        },
        line::settings::LineSettings,
        mails::MailContent,
        ordering::timeline::TimelineKind,
        paths,
        problem::Problem,
        work::{
            contests::{Contest, ContestState},
            interventions::{NOTE_MAX, NOTE_MIN},
            pages::ContestCase,
            receipts::{Receipt, ReceiptSegment},
            segments::SegmentKind,
        },
    },
    server::{
        app::App,
        auth::{Desk, Member},
        db::{
            Tx,
            line::catalogue,
            mails,
            ordering::requests,
            retrying,
            work::{contests, interventions, receipts, segments},
        },
    },
};

/// Objections are possible for so long after the first version was issued.
pub(super) fn contest_until(first: &Receipt, settings: &LineSettings) -> DateTime<Utc> {
    first.issued_at + TimeDelta::days(i64::from(settings.contest_days))
}

/// What costs nothing needs no objection, and there is one per segment.
pub(super) fn can_contest(segment: &ReceiptSegment, contests: &[Contest]) -> bool {
    segment.kind.is_billable() && !contests.iter().any(|contest| contest.segment == segment.id)
}

/// Objects to a segment of a receipt.
///
/// # Errors
/// [`Problem::Invalid`] without a segment or reason, [`Problem::Conflict`] when it was objected to before or it is too late.
pub async fn add(
    app: &App,
    member: &Member,
    name: InterventionRef,
    segment: Option<SegmentId>,
    reason: &str,
) -> Result<(), Problem> {
    let segment = segment.ok_or_else(|| Problem::field("segment", FieldCode::Missing))?;
    let reason = checked_note("reason", reason)?;
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let found = receipts::find(&mut tx, name, Some(member)).await?.ok_or(Problem::NotFound)?;
    let versions = receipts::versions(&mut tx, found.intervention).await?;
    let (Some(latest), Some(first)) = (versions.first(), versions.last()) else {
        return Err(Problem::NotFound);
    };
    let contests = contests::of_intervention(&mut tx, found.intervention).await?;
    if contests.iter().any(|known| known.segment == segment && known.reason == reason) {
        return Ok(()); // the form was sent twice
    }
    let listed = latest.segments.iter().find(|it| it.id == segment).ok_or(Problem::NotFound)?;
    let settings = catalogue::settings(&mut tx).await?;
    if now >= contest_until(first, &settings) || !can_contest(listed, &contests) {
        return Err(Problem::Conflict);
    }
    if !contests::add(&mut tx, member, found.intervention, segment, now, &reason).await? {
        return Err(Problem::Conflict);
    }
    let event = requests::NewEvent {
        request: found.request,
        at: now,
        kind: TimelineKind::Contested,
        slot: None,
        note: &reason,
        key: None,
    };
    requests::add_event(&mut tx, member, &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Objections that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn open(app: &App, _desk: &Desk) -> Result<Vec<ContestCase>, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(contests::open(&mut tx).await?)
}

/// Decides an objection. An accepted one makes the segment the vendor's own fault: the receipt's next version is issued and
/// what the segment cost returns by reversing entries.
///
/// # Errors
/// [`Problem::Invalid`] without an answer, [`Problem::Conflict`] when it was decided otherwise before.
pub async fn decide(
    app: &App,
    desk: &Desk,
    contest: ContestId,
    accepted: Option<bool>,
    answer: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let accepted = accepted.ok_or_else(|| Problem::field("accepted", FieldCode::Missing))?;
    let answer = checked_note("answer", answer)?;
    let state = if accepted { ContestState::Accepted } else { ContestState::Rejected };
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        // The request first, as whoever starts or closes work on it does: until the end it is open, or it is not.
        contests::lock_request_of(&mut tx, contest).await?;
        let (id, known) = contests::lock(&mut tx, contest).await?.ok_or(Problem::NotFound)?;
        if known.state != ContestState::Open {
            let is_repeated = known.state == state && known.answer == answer;
            return if is_repeated { Ok(()) } else { Err(Problem::Conflict) };
        }
        let intervention = interventions::by_id(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        if accepted {
            accept(&mut tx, desk, id, known.segment, &answer, now).await?;
            // While work on it goes on, the difference is settled when it is closed.
            if !intervention.is_open {
                let settings = catalogue::settings(&mut tx).await?;
                let report = &intervention.report;
                let occasion = Occasion { now, by: desk.id(), reason: &answer, report, key };
                settle_intervention(&mut tx, &settings, &intervention, &occasion).await?;
            }
        }
        contests::decide(&mut tx, contest, state, desk.id(), now, &answer).await?;
        let kind = TimelineKind::ContestDecided;
        requests::add_staff_event(&mut tx, intervention.request, desk.id(), kind, now, &answer, None).await?;
        let heading = receipts::heading(&mut tx, intervention.request).await?;
        let mail = MailContent::ContestDecided {
            path: paths::receipt(intervention.name),
            number: intervention.name.number,
            accepted,
            answer: answer.clone(),
        };
        mails::to_member(&mut tx, heading.member, &mail, now, &format!("contest:{contest}")).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Makes a segment one of the vendor's own fault; what it was is kept.
async fn accept(
    tx: &mut Tx,
    desk: &Desk,
    intervention: InterventionId,
    segment: SegmentId,
    answer: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let segments = segments::of_intervention(tx, intervention).await?;
    let before = *segments.iter().find(|it| it.id == segment).ok_or(Problem::NotFound)?;
    let customer = interventions::by_id(tx, intervention).await?.ok_or(Problem::NotFound)?.customer;
    segments::change_kind(tx, segment, SegmentKind::OurFault).await?;
    let correction = segments::NewCorrection {
        customer,
        segment,
        at: now,
        by: desk.id(),
        reason: answer,
        before: Some(before),
        key: None,
    };
    segments::note_correction(tx, &correction).await?;
    Ok(())
}

fn checked_note(field: &str, typed: &str) -> Result<String, Problem> {
    match check_length(typed, NOTE_MIN, NOTE_MAX) {
        Some(code) => Err(Problem::field(field, code)),
        None => Ok(text::lines(typed)),
    }
}
