//! A visit that is under way: whose it is, and the intervention to which its work belongs.

use chrono::{DateTime, Utc};

use super::{ceiling, lifting::lift_begun};
use crate::{
    model::{
        base::{
            calendar::BusinessCalendar,
            fields::FieldCode,
            ids::{InterventionId, StaffId},
            numbers::RequestNumber,
        },
        ordering::{
            appointments::{AppointmentEvent, AppointmentState},
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::Problem,
        work::{
            billing::joins_intervention,
            interventions::WorkRefused,
            segments::{SegmentKind, last_end, prepares_ahead},
        },
    },
    server::{
        auth::{Corrector, Technician},
        db::{
            OnConstraint, Tx,
            line::catalogue,
            ordering::{appointments, requests, timeline},
            work::{
                interventions::{self, InterventionRow, NewIntervention},
                segments::{self, Running},
                visits::{self, Visit},
            },
        },
        service::minutes::billing_terms,
    },
};

/// Whether the latest intervention of a request is the one to which this appointment's work belongs.
pub(super) async fn is_current(
    tx: &mut Tx,
    latest: &InterventionRow,
    visit: &Visit,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Result<bool, Problem> {
    if latest.is_open || !matches!(visit.appointment.state, AppointmentState::Confirmed | AppointmentState::MissedByUs)
    {
        return Ok(true);
    }
    let segments = segments::of_intervention(tx, latest.id).await?;
    Ok(last_end(&segments).is_some_and(|stopped| joins_intervention(calendar, stopped, now)))
}

/// Whether the technician of a visit may still work at it: it is agreed or under way, or we missed it and no other time is
/// agreed yet. What we called off ahead of its time is not begun late: its customer picks another one.
pub(super) const fn may_be_worked(visit: &Visit) -> bool {
    match visit.appointment.state {
        AppointmentState::Confirmed | AppointmentState::Running => true,
        AppointmentState::MissedByUs => {
            !visit.is_called_off && matches!(visit.state, RequestState::Waiting | RequestState::Scheduled)
        }
        _ => false,
    }
}

/// The technician's own appointment, or anybody's for a manager, with the request locked so that nobody moves or cancels it
/// meanwhile, and the technician's clock with it.
pub(super) async fn own_visit(tx: &mut Tx, corrector: &Corrector, number: RequestNumber) -> Result<Visit, Problem> {
    requests::lock_for_staff(tx, number).await?.ok_or(Problem::NotFound)?;
    let visit = visits::latest(tx, number).await?.ok_or(Problem::NotFound)?;
    if visit.technician != corrector.id() && !corrector.is_manager() {
        return Err(WorkRefused::NotYours.into());
    }
    segments::lock_clock(tx, visit.technician).await?;
    if !may_be_worked(&visit) {
        return Err(Problem::Conflict);
    }
    Ok(visit)
}

/// Work on an appointment that is to be begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    /// By whom.
    pub by: StaffId,
    /// What is done.
    pub kind: SegmentKind,
    /// When it began.
    pub at: DateTime<Utc>,
}

/// The intervention to which work on this appointment belongs: the open one, the one that it resumes, or a new one with the
/// terms that were in force when it began, as far as they were known when the customer was shown the estimate. The appointment is under way from now on, unless it is only
/// [prepared](prepares_ahead).
pub(super) async fn begin_work(
    tx: &mut Tx,
    visit: &mut Visit,
    begun: Begun,
    now: DateTime<Utc>,
) -> Result<InterventionRow, Problem> {
    let id = open_intervention(tx, visit, begun.at).await?;
    if !prepares_ahead(begun.kind, begun.at, visit.appointment.slot) {
        begin_appointment(tx, visit, id, begun.by, now).await?;
    }
    let intervention = interventions::by_id(tx, id).await?.ok_or(Problem::Conflict)?;
    ceiling::enforce(tx, &intervention, now).await?;
    Ok(intervention)
}

async fn open_intervention(tx: &mut Tx, visit: &Visit, begun: DateTime<Utc>) -> Result<InterventionId, Problem> {
    let calendar = catalogue::calendar(tx).await?;
    let latest = interventions::latest(tx, visit.request).await?;
    if let Some(latest) = &latest
        && is_current(tx, latest, visit, &calendar, begun).await?
    {
        if !latest.is_open {
            interventions::reopen(tx, latest.id).await?;
        }
        return Ok(latest.id);
    }
    let terms = billing_terms::in_force(tx, visit.customer, begun, visit.estimated_at).await?;
    let new = NewIntervention {
        customer: visit.customer,
        request: visit.request,
        ordinal: latest.as_ref().map_or(0, |latest| latest.name.ordinal) + 1,
        started_at: begun,
        minimum_minutes: terms.minimum_minutes,
        rate: terms.rates.of(visit.appointment.urgency),
        vat: terms.vat,
        ceiling_minutes: visit.ceiling_minutes.or(terms.ceiling_minutes),
    };
    let id = interventions::open(tx, &new).await?;
    lift_begun(tx, visit.request, (id, begun)).await?;
    Ok(id)
}

/// Says that the appointment is under way, if nobody has said so before.
pub(super) async fn begin_appointment(
    tx: &mut Tx,
    visit: &mut Visit,
    intervention: InterventionId,
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let begins = match visit.appointment.state {
        AppointmentState::Confirmed => Some(TimelineKind::Started),
        AppointmentState::MissedByUs => Some(TimelineKind::StartedLate),
        _ => None,
    };
    if let Some(kind) = begins {
        visit.appointment.state = visit.appointment.state.after(AppointmentEvent::Start)?;
        appointments::set_state(tx, visit.appointment_id, visit.appointment.state, Some(intervention))
            .await
            // What we missed was anybody's to take.
            .on_constraint("no_double_booking", WorkRefused::TimeTaken)?;
        visit.state = visit.state.after(RequestEvent::Start)?;
        requests::set_state(tx, visit.request, visit.state).await?;
        timeline::add_staff_event(tx, visit.request, by, kind, now, "", None).await?;
    }
    Ok(())
}

/// A forgotten clock ends when somebody has said when it truly did, and not by the way.
pub(super) fn refuse_forgotten(running: &Running, now: DateTime<Utc>) -> Result<(), Problem> {
    if running.is_forgotten(now) { Err(Problem::field("true_end", FieldCode::Missing)) } else { Ok(()) }
}

/// A technician's clock, if it runs.
pub(super) async fn running(tx: &mut Tx, technician: &Technician) -> Result<Option<Running>, Problem> {
    Ok(segments::running(tx, Some(technician.id())).await?.pop())
}
