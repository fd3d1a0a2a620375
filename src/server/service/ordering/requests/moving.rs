//! A request's time: what it can be moved to or picked from, and that it is agreed.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    super::{availability::Availability, drafts::estimate_of},
    add_event, changed, find, lock, may,
    page::to_page,
    work_type,
};
use crate::{
    model::{
        base::{
            calendar::BusinessCalendar,
            fields::FieldCode,
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
            requests::{RequestEvent, RequestState},
            slot_offers::choices,
            timeline::TimelineKind,
        },
        problem::Problem,
        work::{billing::joins_until, pages::MoveChoice, segments::last_end},
    },
    server::{
        app::App,
        auth::{Member, Orderer},
        db::{
            Tx,
            line::catalogue,
            locks::{self, Lock},
            mails,
            ordering::{
                appointments,
                requests::{self, page::RequestRow},
                timeline::{self, NewEvent},
            },
            retrying,
            work::{interventions, segments},
        },
        service::{line::limits, minutes::billing_terms, work::missed},
    },
};

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
pub(super) async fn pick_choice(
    tx: &mut Tx,
    member: &Member,
    row: RequestRow,
    now: DateTime<Utc>,
) -> Result<MoveChoice, Problem> {
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
pub(in crate::server::service::ordering) enum Picked {
    /// The one that starts then.
    At(DateTime<Utc>),
    /// The one that is held.
    Held,
}

/// As [`move_appointment`], or with what is held for a request that waits.
///
/// # Errors
/// As there; [`Problem::HoldExpired`] when nothing is held.
pub(in crate::server::service::ordering) async fn agree(
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
pub(in crate::server::service::ordering) async fn wanted(
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

fn agreed(row: &RequestRow) -> Result<AgreedTime, Problem> {
    row.agreed.ok_or(Problem::Conflict)
}
