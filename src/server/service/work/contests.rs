//! Objections to a segment of a receipt, and decisions about them.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::settlement::{Occasion, settle_intervention};
use crate::{
    model::{
        base::{
            fields::{FieldCode, keep_lines},
            ids::{ContestId, InterventionId, SegmentId},
            numbers::InterventionRef,
            paging::{Page, Queue},
            text,
        },
        mails::MailContent,
        ordering::timeline::TimelineKind,
        paths,
        problem::Problem,
        work::{
            contests::{Contest, ContestDecision, ContestState},
            corrections::CorrectionSource,
            interventions::{NOTE_MAX, NOTE_MIN, WorkRefused},
            pages::{ContestCase, DecidedContest},
            receipts::{Receipt, ReceiptSegment},
            segments::{Segment, SegmentKind},
        },
    },
    server::{
        app::App,
        auth::{Desk, Member, Technician},
        db::{
            OnConstraint, Tx,
            line::catalogue,
            mails,
            ordering::{requests, timeline},
            retrying,
            work::{
                contests,
                interventions::{self, InterventionRow},
                receipts, reopening, segments,
            },
        },
    },
};

/// Until when objections are possible: for so long after the first version was issued, or after the latest that came of opening
/// the work again, as what was said when that was issued is kept to. None while the work is being put right.
pub(super) async fn contest_until(
    tx: &mut Tx,
    intervention: InterventionId,
    versions: &[Receipt],
) -> Result<Option<DateTime<Utc>>, Problem> {
    if reopening::is_under_way(tx, intervention).await? {
        return Ok(None);
    }
    let corrected = reopening::latest_correction(tx, intervention).await?;
    let from = versions.iter().find(|receipt| Some(receipt.version) == corrected).or(versions.last());
    let Some(from) = from else {
        return Ok(None);
    };
    let settings = catalogue::settings(tx, from.issued_at).await?;
    Ok(Some(from.issued_at + TimeDelta::days(i64::from(settings.contest_days))))
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
    // As whoever opens the work again does: of the two, the second sees the first.
    requests::lock_number(&mut tx, member.customer(), name.number).await?;
    let found = receipts::find(&mut tx, name, Some(member)).await?.ok_or(Problem::NotFound)?;
    let versions = receipts::versions(&mut tx, found.intervention).await?;
    let latest = versions.first().ok_or(Problem::NotFound)?;
    let contests = contests::of_intervention(&mut tx, found.intervention).await?;
    let is_said = |contests: &[Contest]| contests.iter().any(|it| it.segment == segment && it.reason == reason);
    if is_said(&contests) {
        return Ok(()); // the form was sent twice
    }
    let listed = latest.segments.iter().find(|it| it.id == segment).ok_or(Problem::NotFound)?;
    let until = contest_until(&mut tx, found.intervention, &versions).await?;
    if until.is_none_or(|until| now >= until) || !can_contest(listed, &contests) {
        return Err(Problem::Conflict);
    }
    let added = contests::add(&mut tx, member, found.intervention, segment, now, &reason).await;
    // Somebody opened the work again meanwhile.
    if !added.on_constraint("reopened_work_is_not_contested", Problem::Conflict)? {
        // Somebody was faster by a moment: a colleague, or the same form by a double click.
        let contests = contests::of_intervention(&mut tx, found.intervention).await?;
        return if is_said(&contests) { Ok(()) } else { Err(Problem::Conflict) };
    }
    let event = timeline::NewEvent {
        request: found.request,
        at: now,
        kind: TimelineKind::Contested,
        slot: None,
        note: &reason,
        key: None,
    };
    timeline::add_event(&mut tx, member, &event).await?;
    if let Some((contest, technician)) = contests::on_segment(&mut tx, segment).await? {
        let mail = MailContent::Contested { number: name.number, reason: reason.clone() };
        let key = format!("contested:{contest}");
        mails::to_technician(&mut tx, technician, found.request, &mail, now, &key).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// How many objections one sees at once.
const LISTED: i64 = 100;

/// Objections that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn open(app: &App, _desk: &Desk) -> Result<Queue<ContestCase>, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(contests::open(&mut tx, None, LISTED).await?)
}

/// Objections to segments of a technician that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn own(app: &App, technician: &Technician) -> Result<Queue<ContestCase>, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(contests::open(&mut tx, Some(technician.id()), LISTED).await?)
}

/// How many decided objections a page shows.
const PAGE: usize = 50;

/// Objections that were decided, the latest first.
///
/// * `search` – a request's number or a part of it, or a part of a customer's name
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn decided(
    app: &App,
    _desk: &Desk,
    search: &str,
    after: Option<ContestId>,
) -> Result<Page<DecidedContest, ContestId>, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(contests::decided(&mut tx, &text::one_line(search), after, PAGE).await?)
}

/// Writes down what the technician whose segment it is says of an objection; the desk reads it before it decides.
///
/// # Errors
/// [`Problem::Invalid`] without words, [`Problem::Work`] when it is another's segment, [`Problem::Conflict`] when it is
/// decided, or something else was said before.
pub async fn remark(app: &App, technician: &Technician, contest: ContestId, remark: &str) -> Result<(), Problem> {
    let remark = checked_note("remark", remark)?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        let (_, known) = contests::lock(&mut tx, contest).await?.ok_or(Problem::NotFound)?;
        if contests::technician_of(&mut tx, contest).await? != Some(technician.id()) {
            return Err(WorkRefused::NotYours.into());
        }
        if let Some(said) = contests::remark_on(&mut tx, contest).await? {
            return if said == remark { Ok(()) } else { Err(Problem::Conflict) };
        }
        if known.state != ContestState::Open
            || !contests::remark(&mut tx, contest, technician.id(), app.clock.now(), &remark).await?
        {
            return Err(Problem::Conflict);
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Decides an objection. What is accepted, the segment or its last minutes, becomes the vendor's own fault: the receipt's next
/// version is issued and what it cost returns by reversing entries.
///
/// * `minutes` – how many of them, as typed, where the state is [`ContestState::PartlyAccepted`]
///
/// # Errors
/// [`Problem::Invalid`] without an answer or with more minutes than the segment has, [`Problem::Conflict`] when it was decided
/// otherwise before.
pub async fn decide(
    app: &App,
    desk: &Desk,
    contest: ContestId,
    state: Option<ContestState>,
    minutes: &str,
    answer: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let answer = checked_note("answer", answer)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        // The request first, as whoever starts or closes work on it does: until the end it is open, or it is not.
        contests::lock_request_of(&mut tx, contest).await?;
        let (id, known) = contests::lock(&mut tx, contest).await?.ok_or(Problem::NotFound)?;
        if known.state != ContestState::Open {
            let is_same_part = known.accepted_minutes.is_none_or(|part| minutes.trim() == part.to_string());
            // All minutes of a segment are the whole of it.
            let is_same = match state {
                Some(ContestState::PartlyAccepted) if known.state == ContestState::Accepted => true,
                state => state == Some(known.state) && is_same_part,
            };
            let is_repeated = is_same && known.answer == answer;
            return if is_repeated { Ok(()) } else { Err(Problem::Conflict) };
        }
        let intervention = interventions::by_id(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let segments = segments::of_intervention(&mut tx, id).await?;
        let segment = *segments.iter().find(|it| it.id == known.segment).ok_or(Problem::NotFound)?;
        let decision = ContestDecision::check(state, minutes, segment.seconds(now))
            .map_err(|wrong| Problem::Invalid { fields: vec![wrong] })?;
        let free_from = decision.free_from(&segment, segment.ended_at.unwrap_or(now));
        if let Some(free_from) = free_from {
            accept(&mut tx, desk, &intervention, segment, free_from, &answer, now).await?;
            // While work on it goes on, the difference is settled when it is closed.
            if !intervention.is_open {
                let settings = catalogue::settings(&mut tx, now).await?;
                let report = &intervention.report;
                let occasion = Occasion { now, by: desk.id(), reason: &answer, report, key };
                settle_intervention(&mut tx, &settings, &intervention, &occasion).await?;
            }
        }
        contests::decide(&mut tx, contest, decision, desk.id(), now, &answer).await?;
        let kind = TimelineKind::ContestDecided;
        timeline::add_staff_event(&mut tx, intervention.request, desk.id(), kind, now, &answer, None).await?;
        let heading = receipts::heading(&mut tx, intervention.request).await?;
        let mail = MailContent::ContestDecided {
            path: paths::receipt(intervention.name),
            number: intervention.name.number,
            accepted: free_from.is_some(),
            accepted_minutes: decision.outcome().1,
            answer: answer.clone(),
        };
        mails::to_member(&mut tx, heading.member, &mail, now, &format!("contest:{contest}")).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Makes a segment the vendor's own fault from an instant on; what it was is kept.
async fn accept(
    tx: &mut Tx,
    desk: &Desk,
    intervention: &InterventionRow,
    before: Segment,
    free_from: DateTime<Utc>,
    answer: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let note = |segment| segments::NewCorrection {
        customer: intervention.customer,
        segment,
        at: now,
        by: desk.id(),
        source: CorrectionSource::Typed,
        reason: answer,
        before: Some(before),
        added_seconds: 0,
        key: None,
    };
    segments::note_correction(tx, &note(before.id)).await?;
    if free_from <= before.started_at {
        segments::change_kind(tx, before.id, SegmentKind::OurFault).await?;
    } else {
        let free = segments::split(tx, before.id, free_from, SegmentKind::OurFault).await?;
        segments::note_correction(tx, &note(free)).await?;
    }
    Ok(())
}

fn checked_note(field: &str, typed: &str) -> Result<String, Problem> {
    keep_lines(typed, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field(field, code))
}
