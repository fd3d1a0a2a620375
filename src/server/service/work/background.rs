//! What is worth knowing of a request before one connects.

use chrono::{DateTime, Days, Utc};

use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            ids::InterventionId,
        },
        ordering::appointments::AppointmentState,
        problem::Problem,
        work::{
            background::{Background, NextJob, comes_next},
            pages::WorkAppointment,
        },
    },
    server::db::{
        Tx,
        line::licences,
        people::customers,
        work::{
            background,
            visits::{self, Visit},
        },
    },
};

/// The background of a visit as it is at `now`; `current` is the intervention to which the work belongs, and no earlier one.
pub(super) async fn of(
    tx: &mut Tx,
    visit: &Visit,
    current: Option<InterventionId>,
    now: DateTime<Utc>,
) -> Result<Background, Problem> {
    let program = &visit.appointment.program.cs;
    let (tier, estimate) = background::promised(tx, visit.request).await?;
    Ok(Background {
        tier,
        estimate,
        computers: licences::computers(tx, visit.customer, program).await?,
        pinned_note: customers::facts(tx, visit.customer).await?.map(|facts| facts.note).unwrap_or_default(),
        earlier: background::earlier(tx, visit.customer, current, program).await?,
        next: next(tx, visit, now).await?,
    })
}

/// What the technician of a visit does after it: on its day while it is ahead, else today.
async fn next(tx: &mut Tx, visit: &Visit, now: DateTime<Utc>) -> Result<Option<NextJob>, Problem> {
    let this = visit.appointment.agreed();
    let is_ahead = this.state == AppointmentState::Confirmed;
    let date = to_local(if is_ahead { this.slot.start } else { now }).date();
    let end = midnight(date.checked_add_days(Days::new(1)).unwrap_or(date));
    let day = visits::open_appointments(tx, visit.technician, Some(midnight(date)), end, now).await?;
    let agreed: Vec<_> = day.iter().map(WorkAppointment::agreed).collect();
    let next = comes_next(this, &agreed, now);
    Ok(next.and_then(|(number, late_by)| {
        let job = day.into_iter().find(|one| one.number == number)?;
        Some(NextJob { number, slot: job.slot, customer: job.customer, late_by })
    }))
}
