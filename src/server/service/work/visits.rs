//! A visit that is under way: whose it is, and the intervention to which its work belongs.

use chrono::{DateTime, Utc};

use super::ceiling;
use crate::{
    model::{
        base::{calendar::BusinessCalendar, numbers::RequestNumber},
        ordering::{
            appointments::{AppointmentEvent, AppointmentState},
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::Problem,
        work::{billing::joins_intervention, interventions::WorkRefused, segments::last_end},
    },
    server::{
        auth::Technician,
        db::{
            OnConstraint, Tx,
            line::catalogue,
            ordering::{appointments, requests},
            work::{
                interventions::{self, InterventionRow, NewIntervention},
                segments,
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
/// agreed yet.
pub(super) const fn may_be_worked(state: AppointmentState, request: RequestState) -> bool {
    match state {
        AppointmentState::Confirmed | AppointmentState::Running => true,
        AppointmentState::MissedByUs => matches!(request, RequestState::Waiting | RequestState::Scheduled),
        _ => false,
    }
}

/// The technician's own appointment, with the request locked so that nobody moves or cancels it meanwhile, and the
/// technician's clock with it.
pub(super) async fn own_visit(tx: &mut Tx, technician: &Technician, number: RequestNumber) -> Result<Visit, Problem> {
    requests::lock_for_staff(tx, number).await?.ok_or(Problem::NotFound)?;
    segments::lock_clock(tx, technician.id()).await?;
    let visit = visits::latest(tx, number).await?.ok_or(Problem::NotFound)?;
    if visit.technician != technician.id() {
        return Err(WorkRefused::NotYours.into());
    }
    if !may_be_worked(visit.appointment.state, visit.state) {
        return Err(Problem::Conflict);
    }
    Ok(visit)
}

/// The intervention to which work on this appointment that began at `begun` belongs: the open one, the one that it resumes, or
/// a new one with the terms that were in force then. The appointment is under way from now on.
pub(super) async fn begin_work(
    tx: &mut Tx,
    technician: &Technician,
    visit: &mut Visit,
    begun: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<InterventionRow, Problem> {
    let (settings, calendar) = catalogue::rules(tx).await?;
    let latest = interventions::latest(tx, visit.request).await?;
    let id = match &latest {
        Some(latest) if is_current(tx, latest, visit, &calendar, begun).await? => {
            if !latest.is_open {
                interventions::reopen(tx, latest.id).await?;
            }
            latest.id
        }
        _ => {
            let terms = billing_terms::in_force(tx, visit.customer, &settings, begun).await?;
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
            interventions::open(tx, &new).await?
        }
    };
    let begins = match visit.appointment.state {
        AppointmentState::Confirmed => Some(TimelineKind::Started),
        AppointmentState::MissedByUs => Some(TimelineKind::StartedLate),
        _ => None,
    };
    if let Some(kind) = begins {
        visit.appointment.state = visit.appointment.state.after(AppointmentEvent::Start)?;
        appointments::set_state(tx, visit.appointment_id, visit.appointment.state, Some(id))
            .await
            // What we missed was anybody's to take.
            .on_constraint("no_double_booking", WorkRefused::TimeTaken)?;
        visit.state = visit.state.after(RequestEvent::Start)?;
        requests::set_state(tx, visit.request, visit.state).await?;
        requests::add_staff_event(tx, visit.request, technician.id(), kind, now, "", None).await?;
    }
    let intervention = interventions::by_id(tx, id).await?.ok_or(Problem::Conflict)?;
    ceiling::enforce(tx, &intervention, now).await?;
    Ok(intervention)
}
