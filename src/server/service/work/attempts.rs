//! Attempts to reach the customer, and the appointment that they missed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    settlement::{Occasion, settle_intervention},
    visits::{own_visit, running},
};
use crate::{
    model::{
        base::{
            fields::{FieldCode, keep_lines},
            ids::StaffId,
            numbers::RequestNumber,
        },
        mails::{AppointmentMail, MailContent},
        ordering::{
            appointments::{AppointmentEvent, AppointmentState},
            requests::RequestEvent,
            timeline::TimelineKind,
        },
        problem::Problem,
        work::{
            attempts::{AttemptChannel, ContactAttempt, NoShow},
            corrections::CorrectionSource,
            interventions::{NOTE_MAX, WorkRefused},
            segments::SegmentKind,
        },
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
                attempts,
                interventions::{self, InterventionRow},
                reopening,
                segments::{self, NewCorrection},
                visits::Visit,
            },
        },
    },
};

/// Notes an attempt to reach the customer.
///
/// # Errors
/// [`Problem::Invalid`] without a channel or with too long a note.
pub async fn note(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    channel: Option<AttemptChannel>,
    note: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let channel = channel.ok_or_else(|| Problem::field("channel", FieldCode::Missing))?;
    let note = keep_lines(note, 0..=NOTE_MAX).map_err(|code| Problem::field("note", code))?;
    let mut tx = app.db.staff().await?;
    let visit = own_visit(&mut tx, technician, number).await?;
    let attempt = ContactAttempt { at: app.clock.now(), channel, note };
    attempts::note(&mut tx, &visit, technician.id(), &attempt, key).await?;
    tx.commit().await?;
    Ok(())
}

/// Calls the appointment missed by the customer; the request waits for another time. What the technician prepared costs
/// nothing.
///
/// # Errors
/// [`Problem::Work`] when it is too early, there were too few attempts apart from one another, or the clock runs.
pub async fn call_missed(app: &App, technician: &Technician, number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        if timeline::is_done(&mut tx, request, key).await? {
            return Ok(());
        }
        let visit = own_visit(&mut tx, technician, number).await?;
        let attempts = attempts::at_appointment(&mut tx, visit.appointment_id).await?;
        if !NoShow::of(visit.appointment.slot.start, &attempts).is_due(now) {
            return Err(WorkRefused::NotMissedYet.into());
        }
        if running(&mut tx, technician).await?.is_some_and(|running| running.clock.number == number) {
            return Err(WorkRefused::ClockRuns.into());
        }
        let open = interventions::latest(&mut tx, visit.request).await?.filter(|latest| latest.is_open);
        if let Some(intervention) = open {
            // Whose work was closed was there, however often one had to call before.
            if reopening::is_under_way(&mut tx, intervention.id).await? {
                return Err(Problem::Conflict);
            }
            let free =
                Free { kind: SegmentKind::Waiting, why: CorrectionSource::NoShow, by: technician.id(), now, key };
            close_without_charge(&mut tx, &visit, &intervention, &free).await?;
        }
        let appointment = visit.appointment.state.after(AppointmentEvent::MissedByCustomer)?;
        appointments::set_state(&mut tx, visit.appointment_id, appointment, None).await?;
        let event = if visit.appointment.state == AppointmentState::Running {
            RequestEvent::Suspend
        } else {
            RequestEvent::Unschedule
        };
        requests::set_state(&mut tx, visit.request, visit.state.after(event)?).await?;
        timeline::add_staff_event(&mut tx, visit.request, technician.id(), TimelineKind::NoShow, now, "", Some(key))
            .await?;
        let mail = MailContent::NoShow(appointment_mail(&visit));
        mails::to_member(&mut tx, visit.member, &mail, now, &format!("no_show:{}", visit.appointment_id)).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Why the time of a visit costs nothing.
pub(super) struct Free {
    /// What it is made: waiting, or our own fault.
    pub kind: SegmentKind,
    /// Why.
    pub why: CorrectionSource,
    /// Whose doing it is.
    pub by: StaffId,
    /// When.
    pub now: DateTime<Utc>,
    /// The idempotency key of the receipt.
    pub key: Uuid,
}

/// Closes an intervention at an appointment that was missed or called off: the time of this visit costs nothing. What was done
/// and reported before stays.
pub(super) async fn close_without_charge(
    tx: &mut Tx,
    visit: &Visit,
    intervention: &InterventionRow,
    free: &Free,
) -> Result<(), Problem> {
    let Free { kind, why, by, now, key } = *free;
    for segment in segments::of_visit(tx, intervention.id, visit.appointment_id).await? {
        if segment.kind.is_billable() {
            segments::change_kind(tx, segment.id, kind).await?;
            let correction = NewCorrection {
                customer: intervention.customer,
                segment: segment.id,
                at: now,
                by,
                source: why,
                reason: "",
                before: Some(segment),
                added_seconds: 0,
                key: None,
            };
            segments::note_correction(tx, &correction).await?;
        }
    }
    let settings = catalogue::settings(tx, now).await?;
    let report = if intervention.report.is_empty() { why.code() } else { &intervention.report };
    let occasion = Occasion { now, by, reason: "", report, key };
    settle_intervention(tx, &settings, intervention, &occasion).await?;
    interventions::close(tx, intervention.id, now, report).await?;
    Ok(())
}

/// What a mail says of the appointment of a visit.
pub(crate) fn appointment_mail(visit: &Visit) -> AppointmentMail {
    AppointmentMail {
        number: visit.appointment.number,
        uid: visit.request.calendar_uid(),
        sequence: visit.sequence,
        slot: visit.appointment.slot,
        program: visit.appointment.program.clone(),
        work_type: visit.appointment.work_type.clone(),
        contact_name: visit.appointment.contact_name.clone(),
        contact_phone: visit.appointment.contact_phone.clone(),
        cut_off: None,
        estimate: None,
        reason: String::new(),
    }
}
