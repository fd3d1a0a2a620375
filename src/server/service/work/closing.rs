//! Closing the work with a report.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    attempts::appointment_mail,
    ceiling, ratings,
    settlement::{Occasion, settle_intervention},
    visits::{begin_appointment, own_visit, refuse_forgotten, running},
};
use crate::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem, keep_lines},
            numbers::RequestNumber,
        },
        mails::{AppointmentMail, MailContent},
        ordering::{
            appointments::{AppointmentEvent, AppointmentState},
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::Problem,
        work::interventions::{NOTE_MIN, REPORT_MAX, WorkRefused, calls_off},
    },
    server::{
        app::App,
        auth::Technician,
        db::{
            Tx,
            line::catalogue,
            mails,
            ordering::{appointments, requests, timeline},
            retrying,
            work::{
                interventions::{self, InterventionRow},
                receipts, reopening,
                segments::{self, Running},
                visits::Visit,
            },
        },
    },
};

/// Closes the work with a report in the customer's words and settles it, all in one transaction: `finished` closes the
/// request, else it waits for another time. What is closed before its agreed time [calls that time off](calls_off), also in the
/// customer's calendar; what was only prepared for it and is not finished cannot be closed, as the agreed time is for it.
///
/// # Errors
/// [`Problem::Invalid`] without a report, while a forgotten clock runs, and when the agreed time is still ahead and needed;
/// [`Problem::Work`] when nothing was done.
pub async fn close(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    report: &str,
    finished: Option<bool>,
    key: Uuid,
) -> Result<(), Problem> {
    let (report, finished) = check_report(report, finished)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        if receipts::is_issued(&mut tx, key).await? {
            return Ok(());
        }
        let mut visit = own_visit(&mut tx, technician, number).await?;
        let has_begun = visit.appointment.state == AppointmentState::Running;
        let calls_off = calls_off(has_begun, visit.appointment.slot, now);
        if calls_off && !has_begun && !finished {
            return Err(Problem::field("finished", FieldCode::OutOfRange));
        }
        let intervention = interventions::latest(&mut tx, visit.request)
            .await?
            .filter(|latest| latest.is_open)
            .ok_or(WorkRefused::NothingDone)?;
        stop_clock(&mut tx, technician, &intervention, now).await?;
        let settings = catalogue::settings(&mut tx, now).await?;
        // Why the work was opened again stands on the receipt and in the ledger.
        let reopened = reopening::under_way(&mut tx, intervention.id).await?;
        let reason = reopened.as_ref().map_or("", |reopened| reopened.reason.as_str());
        let occasion = Occasion { now, by: technician.id(), reason, report: &report, key };
        let receipt = settle_intervention(&mut tx, &settings, &intervention, &occasion).await?;
        interventions::close(&mut tx, intervention.id, now, &report).await?;
        let (event, kind) = match finished {
            true => (RequestEvent::Close, TimelineKind::Closed),
            false => (RequestEvent::Suspend, TimelineKind::Suspended),
        };
        let called_off = calls_off.then(|| Box::new(called_off_mail(&visit)));
        if calls_off {
            appointments::call_off(&mut tx, visit.appointment_id).await?;
            requests::note_change(&mut tx, visit.request, begun(visit.state).after(event)?, 0).await?;
        } else {
            begin_appointment(&mut tx, &mut visit, intervention.id, technician.id(), now).await?;
            let appointment = visit.appointment.state.after(AppointmentEvent::Finish)?;
            appointments::set_state(&mut tx, visit.appointment_id, appointment, None).await?;
            requests::set_state(&mut tx, visit.request, visit.state.after(event)?).await?;
        }
        timeline::add_staff_event(&mut tx, visit.request, technician.id(), kind, now, "", None).await?;
        let mail_key = format!("receipt:{}:{}", intervention.id, receipt.version);
        let told = (intervention.id, receipt.version, visit.member);
        let rating = match finished {
            true => Some(ratings::offer(&mut tx, app.random.uuid(), told, now).await?),
            false => None,
        };
        let mail = MailContent::Closed { receipt: Box::new(receipt), finished, called_off, rating };
        mails::to_member(&mut tx, visit.member, &mail, now, &mail_key).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Stops the clock of an intervention, if it runs and was not forgotten.
async fn stop_clock(
    tx: &mut Tx,
    technician: &Technician,
    intervention: &InterventionRow,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let of_this = |running: &Running| running.intervention == intervention.id;
    if let Some(running) = running(tx, technician).await?.filter(of_this) {
        refuse_forgotten(&running, now)?;
    }
    ceiling::enforce(tx, intervention, now).await?;
    if let Some(running) = running(tx, technician).await?.filter(of_this) {
        segments::stop(tx, running.segment.id, now, None).await?;
    }
    Ok(())
}

/// Work that was only prepared has begun when it is closed.
fn begun(state: RequestState) -> RequestState {
    state.after(RequestEvent::Start).unwrap_or(state)
}

/// What takes the agreed time out of the customer's calendar.
fn called_off_mail(visit: &Visit) -> AppointmentMail {
    AppointmentMail { sequence: visit.sequence + 1, ..appointment_mail(visit) }
}

fn check_report(report: &str, finished: Option<bool>) -> Result<(String, bool), Problem> {
    match (keep_lines(report, NOTE_MIN..=REPORT_MAX), finished) {
        (Ok(report), Some(finished)) => Ok((report, finished)),
        (report, finished) => {
            let wrong = [("report", report.err()), ("finished", finished.is_none().then_some(FieldCode::Missing))];
            let wrong = wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?)));
            Err(Problem::Invalid { fields: wrong.collect() })
        }
    }
}
