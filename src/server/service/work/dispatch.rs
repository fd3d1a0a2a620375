//! What the desk does in a customer's place: offers times, agrees and moves them, gives them to somebody else, corrects what a
//! request is, declines it, and goes on from it. Bound by no cut-off, but always with a reason, which the customer is told.
//!
//! Each begins with the lock of the request's row, as what its customer and its technician do: whoever comes second finds what has
//! become of it, and is told that it has moved on. What agrees, moves, gives away, corrects or calls off is done by whoever has seen
//! what it means (design, Consequences), and by nobody else: all others are led to the page that shows it.

pub(super) mod facts;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use uuid::Uuid;

use super::missed;
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_lines},
            ids::{RequestId, StaffId, WorkTypeId},
            numbers::RequestNumber,
            seen::{Fields, Seen},
            terms::Urgency,
        },
        line::catalogue::WorkType,
        mails::{AppointmentMail, MailContent},
        ordering::{
            appointments::cut_off,
            offers::{OfferQuery, Slot, free_technicians},
            requests::{RequestEvent, RequestState, WHAT_HAPPENED_MAX, WHAT_HAPPENED_MIN},
            slot_offers::{MOST_OFFERED, find_free_time, offer_ends},
            timeline::TimelineKind,
            urgency::{UrgencyClaim, guard},
        },
        people::erasure::erased_number,
        problem::Problem,
        work::{
            cases::{CaseAct, SpokenRequest},
            chosen::ChosenAct,
            interventions::{NOTE_MAX, NOTE_MIN},
        },
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            OnConstraint, Tx, act_for,
            line::catalogue,
            mails,
            ordering::{
                appointments,
                requests::{self, NewRequest, page::RequestRow},
                slot_offers,
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

/// A reason as it is kept.
fn keep_reason(typed: &str) -> Result<String, Problem> {
    keep_lines(typed, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))
}

/// What a form that touches the agreed time shows of it, beside its field `starts`: when it begins, and with whom. That there is none
/// is said, too: a colleague may agree one meanwhile.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub(super) async fn shown_time(tx: &mut Tx, row: &RequestRow) -> Result<Fields, Problem> {
    let technician = cases::technician(tx, row.id).await?;
    let shown = row.agreed.zip(technician).map_or_else(
        || "none".to_owned(),
        |(agreed, technician)| format!("{} {}", agreed.start.timestamp(), technician.id),
    );
    Ok(Fields::default().with("starts", shown))
}

/// Lets an act go on whose sender saw the time that is agreed.
async fn admit(tx: &mut Tx, row: &RequestRow, seen: &Seen) -> Result<(), Problem> {
    Ok(seen.admit(&shown_time(tx, row).await?, &Fields::default())?)
}

/// A request under the lock of its row, in a transaction that acts for its customer.
pub(super) struct Locked {
    pub(super) tx: Tx,
    pub(super) row: RequestRow,
    pub(super) now: DateTime<Utc>,
}

/// Locks a request; what became of its time by itself is written down before.
pub(super) async fn lock(app: &App, number: RequestNumber) -> Result<Locked, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let mut row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
    if row.summary.missed_by_us {
        tx.rollback().await?;
        missed::note(app, number).await?;
        tx = app.db.staff().await?;
        requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
    }
    act_for(&mut tx, row.customer).await?;
    Ok(Locked { tx, row, now })
}

/// Writes down what was done; a key that was used for another request is not this form's.
pub(super) async fn add_event(tx: &mut Tx, desk: &Desk, event: &NewEvent<'_>) -> Result<(), Problem> {
    timeline::add_desk_event(tx, desk.id(), event).await.on_constraint("one_event_of_a_form", Problem::Conflict)
}

/// Offers a customer up to [five](MOST_OFFERED) times of which they pick one. They are not held: whoever picks first has it.
///
/// # Errors
/// [`Problem::Invalid`] for no time or too many, [`Problem::SlotTaken`] and [`Problem::SlotRefused`] for one that is not free,
/// [`Problem::Conflict`] when the request waits for none, and [`Problem::Invalid`], too, when who ordered it has no address: the offer
/// would lapse without anybody's having heard of it.
pub async fn offer_times(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    starts: &[DateTime<Utc>],
    key: Uuid,
) -> Result<(), Problem> {
    let mut starts = starts.to_vec();
    starts.sort_unstable();
    starts.dedup();
    match starts.len() {
        0 => return Err(Problem::field("starts", FieldCode::Missing)),
        1..=MOST_OFFERED => {}
        _ => return Err(Problem::field("starts", FieldCode::OutOfRange)),
    }
    retrying(|| async {
        let Locked { mut tx, row, now } = lock(app, number).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        if row.summary.state != RequestState::Waiting {
            return Err(Problem::Conflict);
        }
        if !cases::can_be_written_to(&mut tx, row.member).await? {
            return Err(Problem::field("starts", FieldCode::NotAnEmail));
        }
        let availability = Availability::load(&mut tx, now, row.id).await?;
        let work = work_type(&mut tx, &row, now).await?;
        let query = availability.query(&work, row.summary.urgency);
        let slots = starts.iter().map(|start| Ok(find_free_time(&query, *start)?.slot));
        let slots = slots.collect::<Result<Vec<Slot>, Problem>>()?;
        let until = offer_ends(&availability.calendar, &starts, now);
        slot_offers::offer(&mut tx, row.id, desk.id(), &starts, now, until, key).await?;
        let event =
            NewEvent { request: row.id, at: now, kind: TimelineKind::Offered, slot: None, note: "", key: Some(key) };
        add_event(&mut tx, desk, &event).await?;
        let content = MailContent::TimesOffered {
            number,
            program: row.summary.program.clone(),
            work_type: row.summary.work_type.clone(),
            slots,
            until,
        };
        mails::to_member(&mut tx, row.member, &content, now, &format!("times_offered:{key}")).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
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
pub(super) async fn set_time_in(locked: &mut Locked, desk: &Desk, typed: &TypedTime, key: Uuid) -> Result<(), Problem> {
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

/// What a technician is told a time is for: the request, and whose it is.
fn about(row: &RequestRow) -> (RequestNumber, &str) {
    (row.summary.number, &row.customer_name)
}

/// Tells a technician of a time that is theirs from now on, or no longer; nobody is told what they did themselves.
///
/// * `technician`, `by` – who is told, and who did it
/// * `key` – what was done with the time, once for all times: whoever is told twice under it is told once
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub(in crate::server::service) async fn tell_technician(
    tx: &mut Tx,
    (number, customer): (RequestNumber, &str),
    (technician, by): (StaffId, StaffId),
    (slot, is_theirs): (Slot, bool),
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), Problem> {
    if technician == by {
        return Ok(());
    }
    let content = MailContent::VisitPlanned { number, customer: customer.to_owned(), slot, is_theirs };
    mails::to_staff(tx, technician, &content, now, &format!("visit_planned:{key}:{is_theirs}")).await?;
    Ok(())
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
pub(super) async fn reassign_in(
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

/// Calls a request off in its customer's place, with its appointment; one without a time is declined.
///
/// # Errors
/// [`Problem::Conflict`] when it is over, or its technician is at work; [`Problem::ChangedMeanwhile`] when another time is agreed than
/// the form showed.
pub async fn cancel(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    reason: &str,
    seen: &Seen,
    key: Uuid,
) -> Result<(), Problem> {
    retrying(|| async {
        let mut locked = lock(app, number).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        locked.row.summary.state.after(RequestEvent::Cancel)?;
        admit(&mut locked.tx, &locked.row, seen).await?;
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (ChosenAct::Cancel, seen)).await?;
        cancel_in(&mut locked, desk, &keep_reason(reason)?, key).await?;
        shown.admit(app, &mut locked.tx, seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the lock of the request, whether it is kept or not.
pub(super) async fn cancel_in(locked: &mut Locked, desk: &Desk, reason: &str, key: Uuid) -> Result<(), Problem> {
    let Locked { tx, row, now } = locked;
    let (now, number) = (*now, row.summary.number);
    let state = row.summary.state.after(RequestEvent::Cancel)?;
    let technician = cases::technician(tx, row.id).await?;
    let called_off = row.agreed.and(row.summary.slot);
    appointments::cancel_confirmed(tx, row.id).await?;
    requests::note_change(tx, row.id, state, 0).await?;
    segments::keep_preparation(tx, row.id, now).await?;
    let kind = if called_off.is_some() { TimelineKind::Cancelled } else { TimelineKind::Declined };
    let event = NewEvent { request: row.id, at: now, kind, slot: None, note: reason, key: Some(key) };
    add_event(tx, desk, &event).await?;
    let content = match called_off {
        Some(slot) => MailContent::Cancelled(changed(row, slot, None, reason)),
        None => MailContent::Declined {
            number,
            program: row.summary.program.clone(),
            work_type: row.summary.work_type.clone(),
            reason: reason.to_owned(),
        },
    };
    let mail_key = format!("{kind}:{}:{}", row.id, row.sequence + 1);
    mails::to_member(tx, row.member, &content, now, &mail_key).await?;
    if let (Some(technician), Some(slot)) = (technician, called_off) {
        let told = (technician.id, desk.id());
        tell_technician(tx, about(row), told, (slot, false), now, &key.to_string()).await?;
    }
    Ok(())
}

/// What a request really is, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedClass {
    /// What kind of work.
    pub work_type: Option<WorkTypeId>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// What an urgent one claims, as typed.
    pub claim: UrgencyClaim,
    /// Why it is corrected.
    pub reason: String,
    /// What the form showed of what that means.
    pub seen: Seen,
}

impl TypedClass {
    fn class(&self) -> Result<(WorkTypeId, Urgency), Problem> {
        let work_type = self.work_type.ok_or_else(|| Problem::field("work_type", FieldCode::Missing))?;
        let urgency = self.urgency.ok_or_else(|| Problem::field("urgency", FieldCode::Missing))?;
        Ok((work_type, urgency))
    }
}

/// Corrects the kind of work or its urgency; the guard holds for staff, too. What is agreed stays (design, Urgency guard).
///
/// # Errors
/// [`Problem::Urgency`] when the guard refuses, [`Problem::Invalid`] for what is missing or changes nothing, [`Problem::Conflict`]
/// when work has begun, or it is over; [`Problem::ChangedMeanwhile`] when it means something else than the form showed.
pub async fn reclassify(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    typed: &TypedClass,
    key: Uuid,
) -> Result<(), Problem> {
    let (work_type, urgency) = typed.class()?;
    let chosen = ChosenAct::Reclassify { work_type, urgency };
    retrying(|| async {
        let mut locked = lock(app, number).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (chosen, &typed.seen)).await?;
        reclassify_in(&mut locked, desk, typed, key).await?;
        shown.admit(app, &mut locked.tx, &typed.seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the lock of the request, whether it is kept or not.
pub(super) async fn reclassify_in(
    locked: &mut Locked,
    desk: &Desk,
    typed: &TypedClass,
    key: Uuid,
) -> Result<(), Problem> {
    let (wanted, urgency) = typed.class()?;
    let reason = keep_reason(&typed.reason)?;
    let Locked { tx, row, now } = locked;
    let (now, number) = (*now, row.summary.number);
    if !CaseAct::Reclassify.is_possible(row.summary.state) {
        return Err(Problem::Conflict);
    }
    if (wanted, urgency) == (row.work_type, row.summary.urgency) {
        return Err(Problem::field("work_type", FieldCode::AlreadyUsed));
    }
    let work = chosen_work(tx, wanted, now).await?;
    let claim = guard(work.plannable, urgency, Some(&typed.claim))?;
    requests::reclassify(tx, row.id, wanted, urgency, claim.as_ref(), now).await?;
    let availability = Availability::load(tx, now, row.id).await?;
    let lead = availability.calendar.add_working_minutes(now, availability.tier.normal_lead_minutes);
    let start = row.agreed.map_or(lead, |agreed| agreed.start);
    let estimate = estimate_anew(tx, row, &work, urgency, &availability, start).await?;
    let kind = TimelineKind::Reclassified;
    let event = NewEvent { request: row.id, at: now, kind, slot: None, note: &reason, key: Some(key) };
    add_event(tx, desk, &event).await?;
    let content = MailContent::Reclassified {
        number,
        program: row.summary.program.clone(),
        work_type: work.name.clone(),
        urgency,
        estimate,
        reason: reason.clone(),
    };
    Ok(mails::to_member(tx, row.member, &content, now, &format!("reclassified:{key}")).await?)
}

/// Work that can be ordered.
pub(super) async fn chosen_work(tx: &mut Tx, wanted: WorkTypeId, now: DateTime<Utc>) -> Result<WorkType, Problem> {
    let all = catalogue::work_types(tx, now).await?;
    all.into_iter().find(|work| work.id == wanted).ok_or_else(|| Problem::field("work_type", FieldCode::Unknown))
}

/// Writes the next request, which goes on from this one: for the same people and the same work. Sent twice, it is one.
///
/// # Errors
/// [`Problem::Invalid`] for what is to be done, said too shortly; [`Problem::Blocked`] for a customer who may not order;
/// [`Problem::Conflict`] when it was merged, as it goes on under another number already, and when who ordered it is erased.
pub async fn follow_up(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    what: &str,
    id: RequestId,
) -> Result<RequestNumber, Problem> {
    let what_happened = keep_lines(what, WHAT_HAPPENED_MIN..=WHAT_HAPPENED_MAX)
        .map_err(|code| Problem::field("what_happened", code))?;
    retrying(|| async {
        let mut locked = lock(app, number).await?;
        let row = locked.row.clone();
        if cases::merged_into(&mut locked.tx, row.id).await?.is_some() {
            return Err(Problem::Conflict);
        }
        if erased_number(&row.summary.ordered_by).is_some() {
            return Err(Problem::Conflict);
        }
        let (program, work_type) = requests::kind_of_work(&mut locked.tx, row.id).await?;
        let spoken = SpokenRequest {
            program,
            work_type,
            // What is known beforehand is never urgent.
            urgency: Urgency::Normal,
            what_happened: what_happened.clone(),
            contact_name: row.contact_name.clone(),
            contact_phone: row.contact_phone.clone(),
        };
        let new = NewRequest {
            id,
            customer: row.customer,
            member: row.member,
            spoken: &spoken,
            claim: None,
            follows: Some(row.id),
            at: locked.now,
            year: to_local(locked.now).year(),
        };
        let Some(next) = write_down(&mut locked.tx, desk, &new).await? else {
            return requests::number_of(&mut locked.tx, id).await?.ok_or(Problem::Conflict);
        };
        let (kind, note) = (TimelineKind::Continued, next.to_string());
        let event = NewEvent { request: row.id, at: locked.now, kind, slot: None, note: &note, key: Some(id.0) };
        add_event(&mut locked.tx, desk, &event).await?;
        locked.tx.commit().await?;
        Ok(next)
    })
    .await
}

/// Writes down a request that somebody told, with what it will probably cost; none when the form was sent before.
///
/// # Errors
/// [`Problem::Blocked`] for a customer who may not order, or is none any more; [`Problem::Conflict`] for a person who was erased
/// meanwhile.
pub(super) async fn write_down(
    tx: &mut Tx,
    desk: &Desk,
    new: &NewRequest<'_>,
) -> Result<Option<RequestNumber>, Problem> {
    let written = requests::insert_spoken(tx, new).await.on_constraints([
        ("customer_is_not_blocked", Problem::Blocked),
        // Not who asks: a member's own transaction says by this that the member is to sign in.
        ("person_is_there", Problem::Conflict),
    ])?;
    let Some(number) = written else {
        return Ok(None);
    };
    for kind in [TimelineKind::Ordered, TimelineKind::Waiting] {
        let event = NewEvent { request: new.id, at: new.at, kind, slot: None, note: "", key: None };
        add_event(tx, desk, &event).await?;
    }
    Ok(Some(number))
}

/// Agrees a time for a request that was just written down, in the same transaction.
///
/// # Errors
/// [`Problem::SlotTaken`] and [`Problem::SlotRefused`] for a time that is not free.
pub(super) async fn agree_at_once(
    tx: Tx,
    desk: &Desk,
    number: RequestNumber,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
    key: Uuid,
) -> Result<Tx, Problem> {
    let mut tx = tx;
    let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
    let state = row.summary.state.after(RequestEvent::Schedule)?;
    let mut locked = Locked { tx, row, now };
    agree(&mut locked, desk, state, TimelineKind::Confirmed, (start, None), ("", key)).await?;
    Ok(locked.tx)
}
