//! Times that the desk offers, agrees, moves and gives to somebody else.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{super::missed, Locked, about, add_event, admit, facts, keep_reason, lock, tell_technician};
use crate::{
    model::{
        base::{fields::FieldCode, ids::StaffId, numbers::RequestNumber, seen::Seen},
        mails::{AppointmentMail, MailContent},
        ordering::{
            appointments::cut_off,
            offers::{OfferQuery, Slot, free_technicians},
            requests::{RequestEvent, RequestState},
            slot_offers::{find_free_time, offer_ends},
            timeline::TimelineKind,
        },
        problem::Problem,
        work::chosen::{ChosenAct, OfferedStarts},
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            mails,
            ordering::{
                requests, slot_offers,
                timeline::{self, NewEvent},
            },
            retrying,
            work::{cases, segments},
        },
        service::ordering::{
            availability::Availability,
            requests::{changed, estimate_anew, take_with, work_type},
        },
    },
};

/// Offers a customer up to five times of which they pick one. They are not held: whoever picks first has it.
///
/// # Errors
/// [`Problem::Invalid`] for no time or too many, [`Problem::SlotTaken`] and [`Problem::SlotRefused`] for one that is not free,
/// [`Problem::Conflict`] when the request waits for none, and [`Problem::Invalid`], too, when who ordered it has no address: the offer
/// would lapse without anybody's having heard of it; [`Problem::MovedOn`] to what it means when the form has not shown that.
pub async fn offer_times(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    starts: &[DateTime<Utc>],
    seen: &Seen,
    key: Uuid,
) -> Result<(), Problem> {
    if starts.is_empty() {
        return Err(Problem::field("starts", FieldCode::Missing));
    }
    let offered = OfferedStarts::of(starts.iter().copied());
    let starts = offered.ok_or_else(|| Problem::field("starts", FieldCode::OutOfRange))?;
    retrying(|| async {
        let mut locked = lock(app, number).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        if locked.row.summary.state != RequestState::Waiting {
            return Err(Problem::Conflict);
        }
        let chosen = ChosenAct::Offer { starts };
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (chosen, seen)).await?;
        offer_in(&mut locked, desk, starts, key).await?;
        shown.admit(app, &mut locked.tx, seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the lock of the request, whether it is kept or not.
pub(in crate::server::service::work) async fn offer_in(
    locked: &mut Locked,
    desk: &Desk,
    starts: OfferedStarts,
    key: Uuid,
) -> Result<(), Problem> {
    let Locked { tx, row, now } = locked;
    let now = *now;
    if row.summary.state != RequestState::Waiting {
        return Err(Problem::Conflict);
    }
    if !cases::can_be_written_to(tx, row.member).await? {
        return Err(Problem::field("starts", FieldCode::NotAnEmail));
    }
    let availability = Availability::load(tx, now, row.id).await?;
    let work = work_type(tx, row, now).await?;
    let query = availability.query(&work, row.summary.urgency);
    let slots = starts.instants().map(|start| Ok(find_free_time(&query, start)?.slot));
    let slots = slots.collect::<Result<Vec<Slot>, Problem>>()?;
    let starts: Vec<_> = starts.instants().collect();
    let until = offer_ends(&availability.calendar, &starts, now);
    slot_offers::offer(tx, row.id, desk.id(), &starts, now, until, key).await?;
    let event =
        NewEvent { request: row.id, at: now, kind: TimelineKind::Offered, slot: None, note: "", key: Some(key) };
    add_event(tx, desk, &event).await?;
    let content = MailContent::TimesOffered {
        number: row.summary.number,
        program: row.summary.program.clone(),
        work_type: row.summary.work_type.clone(),
        slots,
        until,
    };
    Ok(mails::to_member(tx, row.member, &content, now, &format!("times_offered:{key}")).await?)
}

/// With whom, and why, a time is agreed by the desk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedTime {
    /// When it is to begin.
    pub start: Option<DateTime<Utc>>,
    /// Who is to take it; anybody who is free.
    pub technician: Option<StaffId>,
    /// Why, as typed; a first time needs no reason.
    pub reason: String,
    /// What the form showed of the time that was agreed.
    pub seen: Seen,
}

/// Agrees a time as it was said on the telephone, or moves the one that is agreed: the new one is taken before the old one is given
/// up. It is no move of the customer's.
///
/// # Errors
/// [`Problem::SlotTaken`] and [`Problem::SlotRefused`] for a time that is not free; what is agreed stays. [`Problem::Conflict`] when
/// the request can have no other time any more, [`Problem::ChangedMeanwhile`] when another one is agreed than the form showed,
/// [`Problem::MovedOn`] to what it means when the form has not shown that.
pub async fn set_time(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    typed: &TypedTime,
    key: Uuid,
) -> Result<(), Problem> {
    let start = typed.start.ok_or_else(|| Problem::field("starts", FieldCode::Missing))?;
    let chosen = ChosenAct::Time { start, technician: typed.technician };
    retrying(|| async {
        missed::make_room(app).await?;
        let mut locked = lock(app, number).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        admit(&mut locked.tx, &locked.row, &typed.seen).await?;
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (chosen, &typed.seen)).await?;
        set_time_in(&mut locked, desk, typed, key).await?;
        shown.admit(app, &mut locked.tx, &typed.seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the lock of the request, whether it is kept or not.
pub(in crate::server::service::work) async fn set_time_in(
    locked: &mut Locked,
    desk: &Desk,
    typed: &TypedTime,
    key: Uuid,
) -> Result<(), Problem> {
    let start = typed.start.ok_or_else(|| Problem::field("starts", FieldCode::Missing))?;
    let is_first = locked.row.summary.state == RequestState::Waiting;
    let (event, kind) = if is_first {
        (RequestEvent::Schedule, TimelineKind::Confirmed)
    } else {
        (RequestEvent::Move, TimelineKind::Moved)
    };
    // What was agreed on the telephone just now needs no explanation; what changes what was agreed does.
    let reason = if is_first && typed.reason.trim().is_empty() { String::new() } else { keep_reason(&typed.reason)? };
    let state = locked.row.summary.state.after(event)?;
    let agreed = locked.row.agreed.map(|agreed| agreed.start);
    if agreed == Some(start) && typed.technician.is_none() {
        return Err(Problem::field("starts", FieldCode::AlreadyUsed));
    }
    agree(locked, desk, state, kind, (start, typed.technician), (&reason, key)).await
}

/// Takes a time for a locked request, writes down that, and tells the customer and the technicians.
async fn agree(
    locked: &mut Locked,
    desk: &Desk,
    state: RequestState,
    kind: TimelineKind,
    (start, technician): (DateTime<Utc>, Option<StaffId>),
    (reason, key): (&str, Uuid),
) -> Result<(), Problem> {
    let Locked { tx, row, now } = locked;
    let now = *now;
    let availability = Availability::load(tx, now, row.id).await?;
    let work = work_type(tx, row, now).await?;
    let urgency = row.summary.urgency;
    let query = availability.query(&work, urgency);
    let slot = find_free_time(&query, start)?.slot;
    let before = cases::technician(tx, row.id).await?.filter(|_| row.agreed.is_some());
    let slot = take_with(tx, row, now, slot, &free_among(&query, start, technician)?).await?;
    let estimate = estimate_anew(tx, row, &work, urgency, &availability, slot.start).await?;
    requests::note_change(tx, row.id, state, 0).await?;
    segments::keep_preparation(tx, row.id, now).await?;
    add_event(tx, desk, &NewEvent { request: row.id, at: now, kind, slot: Some(slot), note: reason, key: Some(key) })
        .await?;
    let cut_off = cut_off(&availability.calendar, &availability.settings, slot.start, urgency, now);
    let mail = AppointmentMail { estimate: Some(estimate), ..changed(row, slot, Some(cut_off), reason) };
    let content = if kind == TimelineKind::Moved { MailContent::Moved(mail) } else { MailContent::Confirmed(mail) };
    let mail_key = format!("{kind}:{}:{}", row.id, row.sequence + 1);
    mails::to_member(tx, row.member, &content, now, &mail_key).await?;
    let (about, key) = (about(row), key.to_string());
    if let (Some(before), Some(old)) = (before, row.summary.slot) {
        tell_technician(tx, about, (before.id, desk.id()), (old, false), now, &key).await?;
    }
    if let Some(after) = cases::technician(tx, row.id).await? {
        tell_technician(tx, about, (after.id, desk.id()), (slot, true), now, &key).await?;
    }
    Ok(())
}

/// Who is free for a time: the one who is meant, or anybody.
fn free_among(
    query: &OfferQuery<'_>,
    start: DateTime<Utc>,
    technician: Option<StaffId>,
) -> Result<Vec<StaffId>, Problem> {
    let mut free = free_technicians(query, start);
    free.retain(|id| technician.is_none_or(|meant| meant == *id));
    if free.is_empty() { Err(Problem::SlotTaken) } else { Ok(free) }
}

/// Gives the agreed time to another technician who knows the work and is free. Its customer, who was promised a time and no person,
/// notices nothing.
///
/// # Errors
/// [`Problem::SlotTaken`] when that person is not free; [`Problem::Conflict`] when no time is agreed, or it has begun;
/// [`Problem::ChangedMeanwhile`] when another one is agreed than the form showed.
pub async fn reassign(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    technician: Option<StaffId>,
    reason: &str,
    seen: &Seen,
    key: Uuid,
) -> Result<(), Problem> {
    let technician = technician.ok_or_else(|| Problem::field("technician", FieldCode::Missing))?;
    retrying(|| async {
        missed::make_room(app).await?;
        let mut locked = lock(app, number).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        // A time that was moved stays scheduled, and so does this one.
        locked.row.summary.state.after(RequestEvent::Move)?;
        admit(&mut locked.tx, &locked.row, seen).await?;
        let chosen = ChosenAct::Reassign { technician };
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (chosen, seen)).await?;
        reassign_in(&mut locked, desk, technician, &keep_reason(reason)?, key).await?;
        shown.admit(app, &mut locked.tx, seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the lock of the request, whether it is kept or not.
pub(in crate::server::service::work) async fn reassign_in(
    locked: &mut Locked,
    desk: &Desk,
    technician: StaffId,
    reason: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let Locked { tx, row, now } = locked;
    let now = *now;
    row.summary.state.after(RequestEvent::Move)?;
    let start = row.agreed.ok_or(Problem::Conflict)?.start;
    let before = cases::technician(tx, row.id).await?;
    if before.as_ref().is_some_and(|before| before.id == technician) {
        return Err(Problem::field("technician", FieldCode::AlreadyUsed));
    }
    let availability = Availability::load(tx, now, row.id).await?;
    let work = work_type(tx, row, now).await?;
    let query = availability.query(&work, row.summary.urgency);
    let length = TimeDelta::minutes(i64::from(work.slot_minutes));
    let slot = Slot { start, end: start + length };
    let slot = take_with(tx, row, now, slot, &free_among(&query, start, Some(technician))?).await?;
    segments::keep_preparation(tx, row.id, now).await?;
    let kind = TimelineKind::Reassigned;
    // Why is the desk's own affair.
    let event = NewEvent { request: row.id, at: now, kind, slot: None, note: "", key: Some(key) };
    add_event(tx, desk, &event).await?;
    cases::add_note(tx, row.id, desk.id(), now, reason, key).await?;
    let key = key.to_string();
    if let Some(before) = before {
        tell_technician(tx, about(row), (before.id, desk.id()), (slot, false), now, &key).await?;
    }
    tell_technician(tx, about(row), (technician, desk.id()), (slot, true), now, &key).await
}

/// Agrees a time for a request that was just written down, in the same transaction.
///
/// # Errors
/// [`Problem::SlotTaken`] and [`Problem::SlotRefused`] for a time that is not free.
pub(in crate::server::service::work) async fn agree_at_once(
    locked: &mut Locked,
    desk: &Desk,
    start: DateTime<Utc>,
    key: Uuid,
) -> Result<(), Problem> {
    let state = locked.row.summary.state.after(RequestEvent::Schedule)?;
    agree(locked, desk, state, TimelineKind::Confirmed, (start, None), ("", key)).await
}
