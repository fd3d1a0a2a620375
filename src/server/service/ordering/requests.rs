//! Requests that were sent: list, page, move, cancel.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::{availability::Availability, drafts::estimate_of};
use crate::{
    model::{
        base::{
            calendar::BusinessCalendar,
            fields::{FieldCode, keep_lines},
            ids::{RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::catalogue::WorkType,
        mails::{AppointmentMail, MailContent},
        minutes::{billing_terms::billing_terms, estimate::Estimate},
        ordering::{
            appointments::{AgreedTime, Change, cut_off, may_change},
            offers::{Offer, OfferQuery, OfferReason, Slot, find_offer, free_technicians, offers},
            pages::{ChangeOptions, RequestList, RequestPlace},
            requests::{RequestEvent, RequestState},
            slot_offers::choices,
            timeline::TimelineKind,
            undoing::SentOrder,
        },
        people::members::{Capabilities, Capability},
        problem::Problem,
        work::{
            billing::{bill, joins_until},
            ceiling::CeilingView,
            pages::{MoveChoice, RequestPage, WorkProgress},
            segments::last_end,
        },
    },
    server::{
        app::App,
        auth::{Member, Orderer},
        db::{
            OnConstraint, Tx,
            line::catalogue,
            locks::{self, Lock},
            mails,
            ordering::{
                appointments, conversations,
                requests::{self, page::RequestRow},
                timeline::{self, NewEvent},
            },
            retrying,
            work::{consents, interventions, receipts, reopening, segments},
        },
        service::{line::limits, minutes::billing_terms, people::former, work::missed},
    },
};

/// The longest reason for cancelling that is kept, in characters.
const LONGEST_REASON: usize = 500;

/// How many requests a page of each part of the list shows.
pub(super) const PAGE: usize = 25;

/// The member's requests, or all of the customer's for a member with `see_all`: the beginning of each part of the list, or a
/// further page of the one in which `after` is.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(app: &App, member: &Member, after: Option<RequestPlace>) -> Result<RequestList, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    Ok(requests::lists::list(&mut tx, member, app.clock.now(), after, PAGE).await?)
}

/// One request. A foreign one does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, member: &Member, number: RequestNumber) -> Result<RequestPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let Some(row) = requests::page::by_number(&mut tx, member, number, now).await? else {
        drop(tx);
        return former_page(app, member, number).await;
    };
    let unread_messages = conversations::unread(&mut tx, member.id(), row.id).await?;
    let page = if row.summary.awaits_pick() {
        pick_choice(&mut tx, member, row, now).await?.page
    } else {
        let calendar = catalogue::calendar(&mut tx).await?;
        to_page(&mut tx, may(member), row, now, &calendar).await?
    };
    Ok(RequestPage { unread_messages, ..page })
}

/// The page of what a customer had asked for that was merged into the member's own, to be read only.
async fn former_page(app: &App, member: &Member, number: RequestNumber) -> Result<RequestPage, Problem> {
    let now = app.clock.now();
    let reader = former::reader(app, member, &number.to_string()).await?;
    let mut tx = app.db.member(reader.customer()).await?;
    let row = find(&mut tx, &reader, number, now).await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    to_page(&mut tx, Capabilities::NONE, row, now, &calendar).await
}

/// The calendar event of a request (RFC 5545), as far as the rules know it.
pub struct CalendarEvent {
    /// The same for the request's whole life.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    /// The agreed time; of a cancelled one the last it had.
    pub slot: Slot,
    /// Whether it will not take place.
    pub is_called_off: bool,
    /// The page that it belongs to.
    pub page: RequestPage,
    /// When the event was rendered.
    pub now: DateTime<Utc>,
}

/// What the calendar of the customer shall hold for a request.
///
/// # Errors
/// [`Problem::NotFound`], also when no time was ever agreed.
pub async fn calendar_event(app: &App, member: &Member, number: RequestNumber) -> Result<CalendarEvent, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let row = find(&mut tx, member, number, now).await?;
    let slot = row.summary.slot.ok_or(Problem::NotFound)?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let (uid, sequence, is_called_off) = (row.id.calendar_uid(), row.sequence, row.is_called_off);
    let page = to_page(&mut tx, may(member), row, now, &calendar).await?;
    Ok(CalendarEvent { uid, sequence, slot, is_called_off, page, now })
}

/// The times to which it can be moved, or from which that of a waiting one can be picked.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Change`] when it may not be moved any more, [`Problem::Conflict`] when it has no agreed
/// time and none can be picked.
pub async fn move_choice(app: &App, orderer: &Orderer, number: RequestNumber) -> Result<MoveChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let row = find(&mut tx, orderer, number, now).await?;
    if row.summary.awaits_pick() {
        let choice = pick_choice(&mut tx, orderer, row, now).await?;
        app.metrics.offered(choice.offers.len());
        return Ok(choice);
    }
    let availability = Availability::load(&mut tx, now, row.id).await?;
    let agreed = agreed(&row)?;
    let settings = catalogue::settings(&mut tx, agreed.agreed_at).await?;
    may_change(&availability.calendar, &settings, now, &agreed, Change::Move)?;
    let mut offers = offered(&mut tx, &row, &availability).await?;
    offers.retain(|offer| offer.slot.start != agreed.start);
    app.metrics.offered(offers.len());
    let others = appointments::agreed_beside(&mut tx, orderer.customer(), row.id, now).await?;
    let page = to_page(&mut tx, may(orderer), row, now, &availability.calendar).await?;
    Ok(MoveChoice { page, offers, settings: availability.settings, others })
}

/// The times from which that of a waiting request is picked.
async fn pick_choice(tx: &mut Tx, member: &Member, row: RequestRow, now: DateTime<Utc>) -> Result<MoveChoice, Problem> {
    let availability = Availability::load(tx, now, row.id).await?;
    let offers = offered(tx, &row, &availability).await?;
    let request = row.id;
    let others = appointments::agreed_beside(tx, member.customer(), request, now).await?;
    let offered = if row.offered.is_empty() {
        Vec::new()
    } else {
        offers.iter().filter(|offer| offer.reason == OfferReason::Dispatch).map(|offer| offer.slot).collect()
    };
    let mut page = to_page(tx, may(member), row, now, &availability.calendar).await?;
    page.offered = offered;
    // Only who was billed the minimum can be billed it twice.
    if page.receipts.last().is_some_and(|receipt| receipt.billed > 0) {
        let until = resumed_until(tx, request, &availability.calendar).await?;
        page.joins_until = until.filter(|until| offers.iter().any(|offer| offer.slot.starts_by(*until)));
    }
    Ok(MoveChoice { page, offers, settings: availability.settings, others })
}

async fn offered(tx: &mut Tx, row: &RequestRow, availability: &Availability) -> Result<Vec<Offer>, Problem> {
    let work_type = work_type(tx, row, availability.now).await?;
    Ok(all_offers(row, &question(row, availability, &work_type)))
}

/// The times on offer: what dispatch offers, if it does, and what the rules offer.
fn all_offers(row: &RequestRow, query: &OfferQuery<'_>) -> Vec<Offer> {
    if row.offered.is_empty() { offers(query) } else { choices(query, &row.offered, row.summary.choice) }
}

/// Which times can be offered for a request: any from now on where we missed the last one (design, Missed by us).
fn question<'a>(row: &RequestRow, availability: &'a Availability, work_type: &'a WorkType) -> OfferQuery<'a> {
    let missed_by_us = row.summary.missed_by_us;
    OfferQuery { missed_by_us, ..availability.query(work_type, row.summary.urgency) }
}

/// The last day on which work on a request joins its latest intervention.
async fn resumed_until(
    tx: &mut Tx,
    request: RequestId,
    calendar: &BusinessCalendar,
) -> Result<Option<NaiveDate>, Problem> {
    let Some(latest) = interventions::latest(tx, request).await? else {
        return Ok(None);
    };
    let segments = segments::of_intervention(tx, latest.id).await?;
    Ok(last_end(&segments).map(|stopped| joins_until(calendar, stopped)))
}

/// Moves the appointment: the new time is taken before the old one is given up, in one transaction. A waiting request, whose
/// time its customer picks, is given the time just the same; that is no move.
///
/// # Errors
/// [`Problem::Change`], [`Problem::SlotTaken`], [`Problem::SlotRefused`]; the agreed time stays in each case.
/// [`Problem::Conflict`] when there is none and none can be picked.
pub async fn move_appointment(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    start: Option<DateTime<Utc>>,
    key: Uuid,
) -> Result<(), Problem> {
    let start = start.ok_or_else(|| Problem::field("start", FieldCode::Missing))?;
    agree(app, orderer, number, Picked::At(start), key).await
}

/// Which time is agreed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Picked {
    /// The one that starts then.
    At(DateTime<Utc>),
    /// The one that is held.
    Held,
}

/// As [`move_appointment`], or with what is held for a request that waits.
///
/// # Errors
/// As there; [`Problem::HoldExpired`] when nothing is held.
pub(super) async fn agree(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    picked: Picked,
    key: Uuid,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        missed::make_room(app).await?;
        let (mut tx, row, state) = lock(app, orderer, number, now).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        let is_pick = row.summary.awaits_pick();
        if !is_pick && matches!(picked, Picked::Held) {
            return Err(Problem::Conflict);
        }
        let (event, kind, moves) = match is_pick {
            true => (RequestEvent::Schedule, TimelineKind::Confirmed, 0),
            false => (RequestEvent::Move, TimelineKind::Moved, 1),
        };
        let state = state.after(event)?;
        let availability = Availability::load(&mut tx, now, row.id).await?;
        if !is_pick {
            let agreed = agreed(&row)?;
            let settings = catalogue::settings(&mut tx, agreed.agreed_at).await?;
            may_change(&availability.calendar, &settings, now, &agreed, Change::Move)?;
            if matches!(picked, Picked::At(start) if start == agreed.start) {
                return Err(Problem::field("start", FieldCode::AlreadyUsed));
            }
        }
        let slot = match picked {
            Picked::At(start) => take(&mut tx, &row, &availability, start).await?,
            Picked::Held => appointments::confirm_hold(&mut tx, row.id, now).await?.ok_or(Problem::HoldExpired)?,
        };
        if is_pick {
            limits::admit_appointment(&mut tx, orderer.customer(), now).await?;
        }
        note_agreed(&mut tx, orderer, &row, &availability, &Agreement { state, kind, slot, moves, key }).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// A time that the customer has just agreed to.
pub(crate) struct Agreement {
    /// Where the request stands with it.
    pub(crate) state: RequestState,
    /// Whether it is its first one, or another than before.
    pub(crate) kind: TimelineKind,
    /// The time, which is taken.
    pub(crate) slot: Slot,
    /// How many of the customer's moves it costs.
    pub(crate) moves: i32,
    /// Of the form.
    pub(crate) key: Uuid,
}

/// Writes down what follows from a time that was taken just now: what it will probably cost, the timeline and the mail.
pub(crate) async fn note_agreed(
    tx: &mut Tx,
    orderer: &Orderer,
    row: &RequestRow,
    availability: &Availability,
    &Agreement { state, kind, slot, moves, key }: &Agreement,
) -> Result<(), Problem> {
    let (now, urgency) = (availability.now, row.summary.urgency);
    let is_first = kind == TimelineKind::Confirmed;
    let work_type = work_type(tx, row, now).await?;
    let estimate = estimate_anew(tx, row, &work_type, urgency, availability, slot.start).await?;
    requests::note_change(tx, row.id, state, moves).await?;
    segments::keep_preparation(tx, row.id, now).await?;
    let event = NewEvent { request: row.id, at: now, kind, slot: Some(slot), note: "", key: Some(key) };
    add_event(tx, orderer, &event).await?;
    let cut_off = cut_off(&availability.calendar, &availability.settings, slot.start, urgency, now);
    let mail = AppointmentMail { estimate: Some(estimate), ..changed(row, slot, Some(cut_off), "") };
    let content = if is_first { MailContent::Confirmed(mail) } else { MailContent::Moved(mail) };
    let mail_key = format!("{kind}:{}:{}", row.id, row.sequence + 1);
    Ok(mails::to_member(tx, row.member, &content, now, &mail_key).await?)
}

/// What it will probably cost at its new time: other grants may be effective then.
pub(crate) async fn estimate_anew(
    tx: &mut Tx,
    row: &RequestRow,
    work_type: &WorkType,
    urgency: Urgency,
    availability: &Availability,
    start: DateTime<Utc>,
) -> Result<Estimate, Problem> {
    // Two that are agreed at once are not promised the same minutes.
    locks::take(tx, Lock::PromisesTo(row.customer)).await?;
    let outlook = billing_terms::outlook(tx, row.customer, Some(row.id), availability.now).await?;
    let settings = catalogue::settings_known(tx, start, availability.now).await?;
    let terms = billing_terms(&outlook, &settings, start);
    let ceiling = row.ceiling_minutes.or(terms.ceiling_minutes);
    let estimate = estimate_of(work_type, urgency, &terms, ceiling);
    requests::keep_estimate(tx, row.id, &estimate, availability.now).await?;
    Ok(estimate)
}

/// Agrees the time that starts at `start`, instead of the one that was agreed before, if any.
async fn take(
    tx: &mut Tx,
    row: &RequestRow,
    availability: &Availability,
    start: DateTime<Utc>,
) -> Result<Slot, Problem> {
    let (slot, technicians) = wanted(tx, row, availability, start).await?;
    take_with(tx, row, availability.now, slot, &technicians).await
}

/// The time on offer that starts at `start`, and who is free for it.
pub(super) async fn wanted(
    tx: &mut Tx,
    row: &RequestRow,
    availability: &Availability,
    start: DateTime<Utc>,
) -> Result<(Slot, Vec<StaffId>), Problem> {
    let work_type = work_type(tx, row, availability.now).await?;
    let query = question(row, availability, &work_type);
    let slot = if row.offered.is_empty() {
        find_offer(&query, start)?.slot
    } else {
        // Of what dispatch offered, whatever is not on offer any more was taken.
        let found = all_offers(row, &query).into_iter().find(|offer| offer.slot.start == start);
        found.ok_or(Problem::SlotTaken)?.slot
    };
    if row.summary.awaits_pick() {
        let first = all_offers(row, &query).first().map_or(start, |first| first.slot.start.min(start));
        requests::keep_first_offer(tx, row.id, first).await?;
    }
    Ok((slot, free_technicians(&query, start)))
}

/// Agrees a time with the first of the technicians who is free for it, instead of the one that was agreed before, if any. What
/// stands in the way is told by the database, not by what was read before.
pub(crate) async fn take_with(
    tx: &mut Tx,
    row: &RequestRow,
    now: DateTime<Utc>,
    slot: Slot,
    technicians: &[StaffId],
) -> Result<Slot, Problem> {
    // Held for the length of this transaction only; the expiry has to lie ahead for the confirmation below.
    let expires_at = now + TimeDelta::minutes(1);
    appointments::take_slot(tx, now, row.id, technicians, slot, row.summary.urgency, expires_at)
        .await?
        .ok_or(Problem::SlotTaken)?;
    appointments::cancel_confirmed(tx, row.id).await?;
    appointments::confirm_hold(tx, row.id, now).await?.ok_or(Problem::SlotTaken)
}

/// Cancels the request and its appointment.
///
/// # Errors
/// [`Problem::Change`] after the cut-off.
pub async fn cancel(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    reason: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let reason = &keep_lines(reason, 0..=LONGEST_REASON).map_err(|code| Problem::field("reason", code))?;
    retrying(|| async {
        let now = app.clock.now();
        let (mut tx, row, state) = lock(app, orderer, number, now).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        let state = state.after(RequestEvent::Cancel)?;
        // A request that waits has no agreed time, hence no cut-off.
        if let Some(agreed) = &row.agreed {
            let settings = catalogue::settings(&mut tx, agreed.agreed_at).await?;
            may_change(&catalogue::calendar(&mut tx).await?, &settings, now, agreed, Change::Cancel)?;
            appointments::cancel_confirmed(&mut tx, row.id).await?;
        }
        // A program may hold a time for what waits, and we an earlier one for what has its time.
        appointments::release_hold(&mut tx, row.id).await?;
        requests::note_change(&mut tx, row.id, state, 0).await?;
        segments::keep_preparation(&mut tx, row.id, now).await?;
        let event = NewEvent {
            request: row.id,
            at: now,
            kind: TimelineKind::Cancelled,
            slot: None,
            note: reason,
            key: Some(key),
        };
        add_event(&mut tx, orderer, &event).await?;
        if let Some(slot) = row.agreed.and(row.summary.slot) {
            let content = MailContent::Cancelled(changed(&row, slot, None, reason));
            let mail_key = format!("cancelled:{}:{}", row.id, row.sequence + 1);
            mails::to_member(&mut tx, row.member, &content, now, &mail_key).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// What a mail tells about a request whose time has just changed.
pub(crate) fn changed(row: &RequestRow, slot: Slot, cut_off: Option<DateTime<Utc>>, reason: &str) -> AppointmentMail {
    AppointmentMail {
        number: row.summary.number,
        uid: row.id.calendar_uid(),
        sequence: row.sequence + 1,
        slot,
        program: row.summary.program.clone(),
        work_type: row.summary.work_type.clone(),
        contact_name: row.contact_name.clone(),
        contact_phone: row.contact_phone.clone(),
        cut_off,
        estimate: row.estimate.clone(),
        reason: reason.to_owned(),
    }
}

/// A request that a member may see, as it stands at `now`.
pub(crate) async fn find(
    tx: &mut Tx,
    member: &Member,
    number: RequestNumber,
    now: DateTime<Utc>,
) -> Result<RequestRow, Problem> {
    requests::page::by_number(tx, member, number, now).await?.ok_or(Problem::NotFound)
}

/// Until when whoever ordered it can undo that (design, Undo).
pub(super) async fn undo_until(tx: &mut Tx, row: &RequestRow) -> Result<Option<DateTime<Utc>>, Problem> {
    let is_begun = row.outage.is_some() || interventions::latest(tx, row.id).await?.is_some();
    let sent = SentOrder {
        state: row.summary.state,
        source: row.source,
        sent_at: row.summary.submitted_at,
        start: row.agreed.map(|agreed| agreed.start),
        is_begun,
    };
    Ok(sent.undo_until())
}

/// A transaction with the request's row locked; read after the lock was had, so that it is what the lock protects. What
/// became of its time by itself is written down before.
pub(crate) async fn lock(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    now: DateTime<Utc>,
) -> Result<(Tx, RequestRow, RequestState), Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    let mut found = find(&mut tx, orderer, number, now).await?;
    let mut locked = requests::lock(&mut tx, orderer, found.id).await?.ok_or(Problem::NotFound)?;
    found = find(&mut tx, orderer, number, now).await?;
    if found.summary.missed_by_us && locked.state != RequestState::Waiting {
        tx.rollback().await?;
        missed::note(app, number).await?;
        tx = app.db.member(orderer.customer()).await?;
        locked = requests::lock(&mut tx, orderer, found.id).await?.ok_or(Problem::NotFound)?;
        found = find(&mut tx, orderer, number, now).await?;
    }
    Ok((tx, found, locked.state))
}

fn agreed(row: &RequestRow) -> Result<AgreedTime, Problem> {
    row.agreed.ok_or(Problem::Conflict)
}

/// The kind of work as it was ordered.
pub(crate) async fn work_type(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<WorkType, Problem> {
    catalogue::ordered_work(tx, row.id, now).await?.ok_or(Problem::Conflict)
}

/// A key that was used for another request is not this form's.
pub(super) async fn add_event(tx: &mut Tx, orderer: &Orderer, event: &NewEvent<'_>) -> Result<(), Problem> {
    timeline::add_event(tx, orderer, event).await.on_constraint("one_event_of_a_form", Problem::Conflict)
}

/// What a member may do with a request.
fn may(member: &Member) -> Capabilities {
    Capability::ALL.iter().copied().filter(|capability| member.may(*capability)).collect()
}

/// A request's page for somebody who may do this with it: nothing, for staff, whose page has its own ways.
pub(crate) async fn to_page(
    tx: &mut Tx,
    may: Capabilities,
    row: RequestRow,
    now: DateTime<Utc>,
    calendar: &BusinessCalendar,
) -> Result<RequestPage, Problem> {
    let change = match &row.agreed {
        None => None,
        Some(agreed) => {
            // What was said when it was agreed is kept to.
            let settings = catalogue::settings(tx, agreed.agreed_at).await?;
            Some(ChangeOptions {
                cut_off: cut_off(calendar, &settings, agreed.start, agreed.urgency, agreed.agreed_at),
                moves_left: settings.max_moves.saturating_sub(agreed.moves),
                may_move: may_change(calendar, &settings, now, agreed, Change::Move),
                may_cancel: may_change(calendar, &settings, now, agreed, Change::Cancel),
            })
        }
    };
    let undo_until = match may.may(Capability::Order) {
        true => undo_until(tx, &row).await?.filter(|until| *until > now),
        false => None,
    };
    Ok(RequestPage {
        undo_until,
        timeline: timeline::of_request(tx, row.id).await?,
        unread_messages: 0,
        prepared_minutes: prepared_minutes(tx, &row, now).await?,
        receipts: receipts::of_request(tx, row.id).await?,
        progress: progress(tx, &row, now).await?,
        outage: row.outage,
        earlier: row.earlier,
        summary: row.summary,
        version: row.version,
        what_happened: row.what_happened,
        claim: row.claim,
        contact_name: row.contact_name,
        contact_phone: row.contact_phone,
        ceiling_minutes: row.ceiling_minutes,
        estimate: row.estimate,
        change,
        joins_until: None,
        offered: Vec::new(),
        may_order: may.may(Capability::Order),
        may_buy: may.may(Capability::Buy),
    })
}

/// Work that is under way, as the customer sees it.
async fn progress(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<Option<WorkProgress>, Problem> {
    if row.summary.state != RequestState::InProgress {
        return Ok(None);
    }
    let Some(intervention) = interventions::latest(tx, row.id).await? else {
        return Ok(None);
    };
    let segments = segments::of_intervention(tx, intervention.id).await?;
    let counted_until = segments::counts_until(tx, intervention.id, now).await?;
    Ok(Some(WorkProgress {
        started_at: intervention.started_at,
        running: segments.iter().find(|segment| segment.ended_at.is_none()).map(|segment| segment.kind),
        // What runs above the ceiling is paused at once, though it may be written down a moment later.
        minutes: bill(&segments, 0, counted_until)
            .effective_minutes
            .min(intervention.ceiling_minutes.unwrap_or(u32::MAX)),
        ceiling: CeilingView {
            minutes: intervention.ceiling_minutes,
            consent: consents::latest(tx, intervention.id).await?,
        },
        put_right: reopening::reason(tx, intervention.id).await?,
    }))
}

/// Minutes that a technician has prepared for a time that is still ahead.
async fn prepared_minutes(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<u32, Problem> {
    if row.summary.state != RequestState::Scheduled {
        return Ok(0);
    }
    let Some(open) = interventions::latest(tx, row.id).await?.filter(|latest| latest.is_open) else {
        return Ok(0);
    };
    let counted_until = segments::counts_until(tx, open.id, now).await?;
    Ok(bill(&segments::of_intervention(tx, open.id).await?, 0, counted_until).effective_minutes)
}
