//! Earlier times (design, Earlier times): a time that becomes free is held for one of those who wait for it after the other.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    availability::Availability,
    requests::{Agreement, lock, note_agreed, work_type},
};
use crate::{
    model::{
        base::{
            ids::{EarlierOfferId, LoginId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        mails::MailContent,
        ordering::{
            appointments::AppointmentState,
            earlier::{
                EARLIER_ANSWER_MINUTES, EarlierOfferState, Turn, asked_until, earlier_slot, in_turn, is_asked_now,
            },
            offers::{free_technicians, offers},
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            act_for,
            line::catalogue,
            locks::{self, Lock},
            mails,
            ordering::{appointments, earlier, requests, timeline},
            retrying,
            work::wishes,
        },
        service::work::missed,
    },
};

/// Lets a request wait for an earlier time until the end of a day.
///
/// # Errors
/// [`Problem::Invalid`] for what is no day before that of the agreed time, [`Problem::Conflict`] when none is agreed.
pub async fn ask(app: &App, orderer: &Orderer, number: RequestNumber, until: &str) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let (mut tx, row, state) = lock(app, orderer, number, now).await?;
        let agreed = row.agreed.filter(|_| state == RequestState::Scheduled).ok_or(Problem::Conflict)?;
        let until = asked_until(until, agreed.start, now).map_err(|field| Problem::Invalid { fields: vec![field] })?;
        earlier::ask(&mut tx, row.id, now, until).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Lets a request wait for an earlier time no more; the agreed one stays.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn leave(app: &App, orderer: &Orderer, number: RequestNumber) -> Result<(), Problem> {
    retrying(|| async {
        let (mut tx, row, _) = lock(app, orderer, number, app.clock.now()).await?;
        if row.earlier.is_some() {
            earlier::leave(&mut tx, row.id, EarlierOfferState::Declined).await?;
            appointments::release_hold(&mut tx, row.id).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Leaves a time that is held for a request to others. It goes on waiting.
///
/// # Errors
/// [`Problem::NotFound`]. What is held no more is as right.
pub async fn decline(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    offer: EarlierOfferId,
) -> Result<(), Problem> {
    retrying(|| async {
        let (mut tx, row, _) = lock(app, orderer, number, app.clock.now()).await?;
        if row.earlier.and_then(|earlier| earlier.offered).is_some_and(|open| open.id == offer) {
            earlier::close(&mut tx, row.id, EarlierOfferState::Declined).await?;
            appointments::release_hold(&mut tx, row.id).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Takes a time that is held for a request in the place of the agreed one. It is no move of the customer's: we have asked.
///
/// # Errors
/// [`Problem::HoldExpired`] for what is held no more; the agreed time stays.
pub async fn take(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    offer: EarlierOfferId,
    key: Uuid,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let (mut tx, row, state) = lock(app, orderer, number, now).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        let open = row.earlier.and_then(|earlier| earlier.offered).filter(|open| open.id == offer);
        let open = open.ok_or(Problem::HoldExpired)?;
        let state = state.after(RequestEvent::Move)?;
        if row.agreed.is_none_or(|agreed| agreed.state != AppointmentState::Confirmed) {
            return Err(Problem::Conflict);
        }
        let availability = Availability::load(&mut tx, now, row.id).await?;
        // In one transaction: where the hold is gone, the agreed time is as it was.
        appointments::cancel_confirmed(&mut tx, row.id).await?;
        let slot = appointments::confirm_hold(&mut tx, row.id, now).await?;
        let slot = slot.filter(|slot| *slot == open.slot).ok_or(Problem::HoldExpired)?;
        earlier::leave(&mut tx, row.id, EarlierOfferState::Taken).await?;
        let agreement = Agreement { state, kind: TimelineKind::Moved, slot, moves: 0, key };
        note_agreed(&mut tx, orderer, &row, &availability, &agreement).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Holds what has become free for those who wait, each in their turn. One process at a time, so that nobody is asked before whoever
/// comes first.
///
/// # Errors
/// The first failure's; the others are asked nevertheless.
pub async fn offer_all(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut turn = app.db.system().await?;
    if !locks::try_take(&mut turn, Lock::EarlierTimes).await? {
        return Ok(());
    }
    let mut waiting = {
        let mut tx = app.db.system().await?;
        earlier::tidy(&mut tx, now).await?;
        let waiting = if is_asked_now(now) { earlier::waiting(&mut tx, now).await? } else { Vec::new() };
        tx.commit().await?;
        waiting
    };
    if waiting.is_empty() {
        return Ok(());
    }
    let mut turns = Vec::with_capacity(waiting.len());
    for one in waiting.drain(..) {
        if !is_quiet(app, one.login, now).await? {
            turns.push((one.number, turn_of(app, &one, now).await?));
        }
    }
    in_turn(&mut turns, |(_, turn)| *turn);
    missed::make_room(app).await?;
    let mut outcome = Ok(());
    for (number, _) in turns {
        outcome = outcome.and(offer_to(app, number, now).await);
    }
    // The lock ends with its transaction.
    turn.rollback().await?;
    outcome
}

/// Whether somebody wants not to be told anything now.
async fn is_quiet(app: &App, login: Option<LoginId>, now: DateTime<Utc>) -> Result<bool, Problem> {
    let Some(login) = login else { return Ok(false) };
    let own = wishes::of(&mut app.db.system().await?, login).await?;
    Ok(own.is_some_and(|own| own.wishes.is_quiet(now)))
}

async fn turn_of(app: &App, one: &earlier::WaitingRequest, now: DateTime<Utc>) -> Result<Turn, Problem> {
    let mut tx = app.db.staff().await?;
    act_for(&mut tx, one.customer).await?;
    let tier = catalogue::tier_of_customer(&mut tx, now).await?;
    let promised_minutes = match one.urgency {
        Urgency::Urgent => tier.urgent_target_minutes,
        Urgency::Normal => tier.normal_lead_minutes,
    };
    Ok(Turn { urgency: one.urgency, promised_minutes, asked_at: one.asked_at })
}

/// Holds the first time that suits a request for it, if there is one, and says so.
async fn offer_to(app: &App, number: RequestNumber, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
    let waits = row.earlier.is_some_and(|earlier| earlier.offered.is_none());
    let is_agreed = row.agreed.is_some_and(|agreed| agreed.state == AppointmentState::Confirmed);
    let Some(agreed) = row.summary.slot.filter(|_| waits && is_agreed) else { return Ok(()) };
    act_for(&mut tx, row.customer).await?;
    let availability = Availability::load(&mut tx, now, row.id).await?;
    let (work, urgency) = (work_type(&mut tx, &row, now).await?, row.summary.urgency);
    let query = availability.query(&work, urgency);
    let asked = earlier::asked(&mut tx, row.id).await?;
    let Some(slot) = earlier_slot(&offers(&query), agreed, now, &asked) else { return Ok(()) };
    let until = now + TimeDelta::minutes(EARLIER_ANSWER_MINUTES);
    let technicians = free_technicians(&query, slot.start);
    let held = appointments::take_slot(&mut tx, now, row.id, &technicians, slot, urgency, until).await?;
    // Somebody was faster: there may be another one in a minute.
    let Some(hold) = held else { return Ok(()) };
    let offer = earlier::offer(&mut tx, hold, now, until).await?;
    let mail = MailContent::EarlierOffered {
        number,
        program: row.summary.program.clone(),
        work_type: row.summary.work_type.clone(),
        offer,
        slot,
        agreed,
        until,
    };
    mails::to_member(&mut tx, row.member, &mail, now, &format!("earlier_offered:{offer}")).await?;
    Ok(tx.commit().await?)
}
