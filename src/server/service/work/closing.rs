//! Closing the work with a report.

use uuid::Uuid;

use super::{
    ceiling, clock,
    settlement::{Occasion, settle_intervention},
    visits::own_visit,
};
use crate::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem, check_length},
            numbers::RequestNumber,
            text,
        },
        mails::MailContent,
        ordering::{appointments::AppointmentEvent, requests::RequestEvent, timeline::TimelineKind},
        problem::Problem,
        work::{
            interventions::{NOTE_MIN, REPORT_MAX, WorkRefused},
            segments::forgotten_since,
        },
    },
    server::{
        app::App,
        auth::Technician,
        db::{
            line::catalogue,
            mails,
            ordering::{appointments, requests},
            retrying,
            work::{interventions, receipts, segments},
        },
    },
};

/// Closes the work with a report in the customer's words and settles it, all in one transaction: `finished` closes the
/// request, else it waits for another time.
///
/// # Errors
/// [`Problem::Invalid`] without a report, [`Problem::Work`] when nothing was done or a forgotten clock still runs.
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
        let visit = own_visit(&mut tx, technician, number).await?;
        let (settings, calendar) = catalogue::rules(&mut tx).await?;
        let intervention = interventions::latest(&mut tx, visit.request)
            .await?
            .filter(|latest| latest.is_open)
            .ok_or(WorkRefused::NothingDone)?;
        ceiling::enforce(&mut tx, &intervention, now).await?;
        let running =
            clock::running(&mut tx, technician).await?.filter(|running| running.intervention == intervention.id);
        if let Some(running) = running {
            if forgotten_since(&running.segment, visit.appointment.slot.end, &calendar, now).is_some() {
                return Err(WorkRefused::ClockRuns.into());
            }
            segments::stop(&mut tx, running.segment.id, now).await?;
        }
        let occasion = Occasion { now, by: technician.id(), reason: "", report: &report, key };
        let receipt = settle_intervention(&mut tx, &settings, &intervention, &occasion).await?;
        interventions::close(&mut tx, intervention.id, now, &report).await?;
        let appointment = visit.appointment.state.after(AppointmentEvent::Finish)?;
        appointments::set_state(&mut tx, visit.appointment_id, appointment, None).await?;
        let (event, kind) = if finished {
            (RequestEvent::Close, TimelineKind::Closed)
        } else {
            (RequestEvent::Suspend, TimelineKind::Suspended)
        };
        requests::set_state(&mut tx, visit.request, visit.state.after(event)?).await?;
        requests::add_staff_event(&mut tx, visit.request, technician.id(), kind, now, "", None).await?;
        let mail_key = format!("receipt:{}:{}", intervention.id, receipt.version);
        let mail = MailContent::Closed { receipt: Box::new(receipt), finished };
        mails::to_member(&mut tx, visit.member, &mail, now, &mail_key).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn check_report(report: &str, finished: Option<bool>) -> Result<(String, bool), Problem> {
    let mut fields = Vec::new();
    if let Some(code) = check_length(report, NOTE_MIN, REPORT_MAX) {
        fields.push(FieldProblem::new("report", code));
    }
    match finished {
        Some(finished) if fields.is_empty() => Ok((text::lines(report), finished)),
        Some(_) => Err(Problem::Invalid { fields }),
        None => {
            fields.push(FieldProblem::new("finished", FieldCode::Missing));
            Err(Problem::Invalid { fields })
        }
    }
}
