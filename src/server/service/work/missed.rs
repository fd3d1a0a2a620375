//! Agreed times at which no technician came (design, Missed by us).

use chrono::{DateTime, TimeDelta, Utc};

use super::attempts::{Free, appointment_mail, close_without_charge};
use crate::{
    model::{
        base::{numbers::RequestNumber, paging::Queue},
        mails::{AppointmentMail, MailContent},
        minutes::{ledger::rescued_until, pools::PoolKind},
        ordering::{
            appointments::{AppointmentEvent, missed_by_us_from},
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::Problem,
        work::{corrections::CorrectionSource, pages::MissedCase, segments::SegmentKind},
    },
    server::{
        app::App,
        auth::Staff,
        db::{
            Tx,
            line::catalogue,
            mails,
            minutes::ledger::{self, NewGrant},
            ordering::{appointments, requests, timeline},
            retrying,
            work::{
                interventions, missed, segments,
                visits::{self, Visit},
            },
        },
    },
};

/// How many requests one sees at once.
pub(super) const LISTED: i64 = 100;

/// For how long afterwards people are told by mail: what a portal finds that was switched off for longer, or was brought up to
/// date, is for the desk to tell.
const TOLD_WITHIN: TimeDelta = TimeDelta::days(7);

/// Requests whose agreed time we missed and that have no other one yet: a technician's own, everybody's for dispatchers and
/// managers.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn waiting(app: &App, staff: &Staff) -> Result<Queue<MissedCase>, Problem> {
    let own = (!staff.roles().is_desk()).then(|| staff.id());
    let mut tx = app.db.staff().await?;
    Ok(missed::waiting(&mut tx, own, app.clock.now(), LISTED).await?)
}

/// Writes down every agreed time that has passed unmet, however long ago.
///
/// # Errors
/// The first failure's; the others are written down nevertheless.
pub async fn note_all(app: &App) -> Result<(), Problem> {
    let unmet = {
        let mut tx = app.db.staff().await?;
        missed::unmet(&mut tx, app.clock.now()).await?
    };
    let mut outcome = Ok(());
    for number in unmet {
        outcome = outcome.and(note(app, number).await);
    }
    outcome
}

/// Puts out of the way of whoever takes a time what counts no more: holds that have expired, and agreed times that have passed
/// unmet and were not written down yet. In transactions of their own, so before the one in which the time is taken.
pub(crate) async fn make_room(app: &App) -> Result<(), Problem> {
    if appointments::clear_the_way(&app.db, app.clock.now()).await?
        && let Err(problem) = note_all(app).await
    {
        // It is in the way of its own technician only, and looked at again every minute.
        tracing::warn!(%problem, "a time that passed unmet is not written down");
    }
    Ok(())
}

/// Writes down that the agreed time of a request has passed unmet, if it has: its customer picks another one, and people are
/// told. Whoever begins the work at the same moment comes first or begins late, as the request's lock decides.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub(crate) async fn note(app: &App, number: RequestNumber) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let visit = visits::latest(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        segments::lock_clock(&mut tx, visit.technician).await?;
        let watched = missed::watched(&mut tx, visit.appointment_id).await?;
        if !watched.is_some_and(|watched| watched.has_passed_unmet(now)) {
            return Ok(());
        }
        let at = missed_by_us_from(visit.appointment.slot.start, visit.attempted_at);
        let appointment = visit.appointment.state.after(AppointmentEvent::MissedByUs)?;
        let event = match visit.state {
            RequestState::InProgress => RequestEvent::Suspend,
            _ => RequestEvent::Unschedule,
        };
        let request = visit.state.after(event)?;
        leave_preparation_free(app, &mut tx, &visit, at, now).await?;
        missed::note(&mut tx, visit.appointment_id, appointment, at).await?;
        requests::note_change(&mut tx, visit.request, request, 0).await?;
        timeline::add_system_event(&mut tx, visit.request, TimelineKind::MissedByUs, at).await?;
        if now - at < TOLD_WITHIN {
            let credited = credit(&mut tx, &visit, now).await?;
            write_missed(&mut tx, &visit, credited, now).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// What was prepared for it costs nothing, and no clock goes on for a time that is anybody's again.
pub(crate) async fn leave_preparation_free(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let Some(intervention) = interventions::latest(tx, visit.request).await?.filter(|latest| latest.is_open) else {
        return Ok(());
    };
    // A forgotten one ends where it is believed.
    let until = segments::counts_until(tx, intervention.id, at).await?;
    for segment in segments::of_visit(tx, intervention.id, visit.appointment_id).await? {
        if segment.ended_at.is_none() {
            segments::stop(tx, segment.id, until, None).await?;
        }
    }
    let free = Free {
        kind: SegmentKind::OurFault,
        why: CorrectionSource::MissedByUs,
        by: visit.technician,
        now,
        key: app.random.uuid(),
    };
    close_without_charge(tx, visit, &intervention, &free).await
}

/// Credits as many minutes as a manager has set when the time was to begin; how many. Once for each time, by the key of the grant.
async fn credit(tx: &mut Tx, visit: &Visit, now: DateTime<Utc>) -> Result<u32, Problem> {
    let settings = catalogue::settings(tx, visit.appointment.slot.start).await?;
    let minutes = settings.missed_credit_minutes;
    if minutes == 0 {
        return Ok(0);
    }
    ledger::lock(tx, visit.customer).await?;
    let grant = NewGrant {
        customer: visit.customer,
        kind: PoolKind::Apology,
        minutes,
        effective_at: now,
        expires_at: Some(rescued_until(now, settings.returned_minutes_days)),
        source: &format!("missed:{}", visit.appointment_id),
        at: now,
        reason: "",
        covers: None,
    };
    Ok(if ledger::credit(tx, &grant).await? { minutes } else { 0 })
}

/// The customer is asked to pick another time, the technician to say what happened.
async fn write_missed(tx: &mut Tx, visit: &Visit, credited: u32, now: DateTime<Utc>) -> Result<(), Problem> {
    let appointment = AppointmentMail { sequence: visit.sequence + 1, ..appointment_mail(visit) };
    let to_technician = MailContent::VisitMissed {
        number: visit.appointment.number,
        sequence: appointment.sequence,
        customer: visit.appointment.customer.clone(),
        slot: visit.appointment.slot,
        contact_name: appointment.contact_name.clone(),
        contact_phone: appointment.contact_phone.clone(),
    };
    let to_customer = MailContent::MissedByUs { appointment, choice: visit.choice, credited };
    let key = format!("missed_by_us:{}", visit.appointment_id);
    mails::to_member(tx, visit.member, &to_customer, now, &key).await?;
    let key = format!("visit_missed:{}", visit.appointment_id);
    mails::to_staff(tx, visit.technician, &to_technician, now, &key).await?;
    Ok(())
}
