//! Receipts, objections to them, and consent to go on above the ceiling.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::settlement::{Occasion, settle_intervention};
use crate::{
    model::{
        base::{
            fields::{FieldCode, check_length},
            ids::{ContestId, InterventionId, SegmentId},
            numbers::{InterventionRef, RequestNumber},
            text,
        },
        line::settings::LineSettings,
        mails::MailContent,
        ordering::timeline::TimelineKind,
        paths,
        problem::Problem,
        work::{
            ceiling::HIGHEST_CEILING,
            interventions::{NOTE_MAX, NOTE_MIN},
            receipts::{Contest, ContestCase, ContestState, Receipt, ReceiptBack, ReceiptPage, ReceiptSegment},
            segments::SegmentKind,
        },
    },
    server::{
        app::App,
        auth::{Buyer, Caller, Desk, Member, Person},
        db::{
            Tx,
            line::catalogue,
            mails,
            ordering::requests,
            retrying,
            work::{interventions, receipts},
        },
    },
};

/// A receipt with its former versions and objections, for a member who may see it, and for staff.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one and before the intervention was closed.
pub async fn page(app: &App, caller: &Caller, name: InterventionRef) -> Result<ReceiptPage, Problem> {
    let member = match caller.session()?.person {
        Person::Member { .. } => Some(caller.member()?),
        Person::Staff { .. } => None,
    };
    let mut tx = match &member {
        Some(member) => app.db.member(member.customer()).await?,
        None => app.db.staff().await?,
    };
    let found = receipts::find(&mut tx, name, member.as_ref()).await?.ok_or(Problem::NotFound)?;
    let mut versions = receipts::versions(&mut tx, found.intervention).await?.into_iter();
    let receipt = versions.next().ok_or(Problem::NotFound)?;
    let former: Vec<Receipt> = versions.collect();
    let contests = receipts::contests(&mut tx, found.intervention).await?;
    let settings = catalogue::settings(&mut tx).await?;
    let until = contest_until(former.last().unwrap_or(&receipt), &settings);
    let is_possible =
        member.is_some() && app.clock.now() < until && receipt.segments.iter().any(|it| can_contest(it, &contests));
    let back = match &member {
        None => ReceiptBack::Work,
        Some(member) if requests::by_number(&mut tx, member, name.number).await?.is_some() => ReceiptBack::Request,
        Some(_) => ReceiptBack::Usage,
    };
    Ok(ReceiptPage { receipt, former, contests, back, contest_until: is_possible.then_some(until) })
}

/// Objections are possible for so long after the first version was issued.
fn contest_until(first: &Receipt, settings: &LineSettings) -> DateTime<Utc> {
    first.issued_at + TimeDelta::days(i64::from(settings.contest_days))
}

/// What costs nothing needs no objection, and there is one per segment.
fn can_contest(segment: &ReceiptSegment, contests: &[Contest]) -> bool {
    segment.kind.is_billable() && !contests.iter().any(|contest| contest.segment == segment.id)
}

/// Objects to a segment of a receipt.
///
/// # Errors
/// [`Problem::Invalid`] without a segment or reason, [`Problem::Conflict`] when it was objected to before or it is too late.
pub async fn contest(
    app: &App,
    member: &Member,
    name: InterventionRef,
    segment: Option<SegmentId>,
    reason: &str,
) -> Result<(), Problem> {
    let segment = segment.ok_or_else(|| Problem::field("segment", FieldCode::Missing))?;
    let reason = checked("reason", reason)?;
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let found = receipts::find(&mut tx, name, Some(member)).await?.ok_or(Problem::NotFound)?;
    let versions = receipts::versions(&mut tx, found.intervention).await?;
    let (Some(latest), Some(first)) = (versions.first(), versions.last()) else {
        return Err(Problem::NotFound);
    };
    let contests = receipts::contests(&mut tx, found.intervention).await?;
    if contests.iter().any(|known| known.segment == segment && known.reason == reason) {
        return Ok(()); // the form was sent twice
    }
    let listed = latest.segments.iter().find(|it| it.id == segment).ok_or(Problem::NotFound)?;
    let settings = catalogue::settings(&mut tx).await?;
    if now >= contest_until(first, &settings) || !can_contest(listed, &contests) {
        return Err(Problem::Conflict);
    }
    if !receipts::add_contest(&mut tx, member, found.intervention, segment, now, &reason).await? {
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

/// Answers the question for consent at `ceiling`: with a new ceiling, without any limit, or no.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign request, [`Problem::Conflict`] when no question is open, [`Problem::Invalid`].
pub async fn answer_consent(
    app: &App,
    buyer: &Buyer,
    number: RequestNumber,
    ceiling: Option<u32>,
    agreed: Option<bool>,
    new_ceiling: &str,
) -> Result<(), Problem> {
    let agreed = agreed.ok_or_else(|| Problem::field("agreed", FieldCode::Missing))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(buyer.customer()).await?;
        let request = requests::lock_number(&mut tx, buyer.customer(), number).await?.ok_or(Problem::NotFound)?;
        let intervention = interventions::latest(&mut tx, request).await?.ok_or(Problem::NotFound)?;
        let question = interventions::consent(&mut tx, intervention.id).await?.ok_or(Problem::Conflict)?;
        // The form was made for an earlier question.
        if ceiling.is_some_and(|ceiling| ceiling != question.ceiling_minutes) {
            return Err(Problem::Conflict);
        }
        let new_ceiling = if agreed { parse_ceiling(new_ceiling, question.ceiling_minutes)? } else { None };
        if let Some(answer) = question.answer {
            let is_repeated = answer.agreed == agreed && answer.new_ceiling == new_ceiling;
            return if is_repeated { Ok(()) } else { Err(Problem::Conflict) };
        }
        if !intervention.is_open
            || !interventions::answer_consent(&mut tx, intervention.id, buyer.id(), now, agreed, new_ceiling).await?
        {
            return Err(Problem::Conflict);
        }
        let kind = if agreed { TimelineKind::ConsentGiven } else { TimelineKind::ConsentRefused };
        let event = requests::NewEvent { request, at: now, kind, slot: None, note: "", key: None };
        requests::add_event(&mut tx, buyer, &event).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// A ceiling above the one that was reached; nothing typed means no limit any more.
fn parse_ceiling(typed: &str, reached: u32) -> Result<Option<u32>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let minutes: u32 = typed.parse().map_err(|_| Problem::field("new_ceiling", FieldCode::NotANumber))?;
    if minutes > reached && minutes <= HIGHEST_CEILING {
        Ok(Some(minutes))
    } else {
        Err(Problem::field("new_ceiling", FieldCode::OutOfRange))
    }
}

/// Objections that wait for a decision, the oldest first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn open_contests(app: &App, _desk: &Desk) -> Result<Vec<ContestCase>, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(receipts::open_contests(&mut tx).await?)
}

/// Decides an objection. An accepted one makes the segment the vendor's own fault: the receipt's next version is issued and
/// what the segment cost returns by reversing entries.
///
/// # Errors
/// [`Problem::Invalid`] without an answer, [`Problem::Conflict`] when it was decided otherwise before.
pub async fn decide_contest(
    app: &App,
    desk: &Desk,
    contest: ContestId,
    accepted: Option<bool>,
    answer: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let accepted = accepted.ok_or_else(|| Problem::field("accepted", FieldCode::Missing))?;
    let answer = checked("answer", answer)?;
    let state = if accepted { ContestState::Accepted } else { ContestState::Rejected };
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        // The request first, as whoever starts or closes work on it does: until the end it is open, or it is not.
        receipts::lock_request_of(&mut tx, contest).await?;
        let (id, known) = receipts::lock_contest(&mut tx, contest).await?.ok_or(Problem::NotFound)?;
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
        receipts::decide(&mut tx, contest, state, desk.id(), now, &answer).await?;
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
    let segments = interventions::segments(tx, intervention).await?;
    let before = *segments.iter().find(|it| it.id == segment).ok_or(Problem::NotFound)?;
    let customer = interventions::by_id(tx, intervention).await?.ok_or(Problem::NotFound)?.customer;
    interventions::change_kind(tx, segment, SegmentKind::OurFault).await?;
    let correction = interventions::NewCorrection {
        customer,
        segment,
        at: now,
        by: desk.id(),
        reason: answer,
        before: Some(before),
        key: None,
    };
    interventions::note_correction(tx, &correction).await?;
    Ok(())
}

fn checked(field: &str, typed: &str) -> Result<String, Problem> {
    match check_length(typed, NOTE_MIN, NOTE_MAX) {
        Some(code) => Err(Problem::field(field, code)),
        None => Ok(text::lines(typed)),
    }
}
