//! Opening closed work again, to put its receipt right.
//!
//! Nothing is taken back by it: the receipt stands, and so does what was drawn. Closing again settles the difference by reversing
//! entries and issues the next version, which says why.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{fields::keep_lines, ids::StaffId, numbers::RequestNumber},
        mails::MailContent,
        ordering::{
            appointments::{AppointmentEvent, AppointmentState},
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        people::members::StaffRole,
        problem::Problem,
        work::{
            interventions::{NOTE_MAX, NOTE_MIN, WorkRefused},
            reopening::{ReopenPage, ReopenRefused},
        },
    },
    server::{
        app::App,
        auth::Staff,
        db::{
            OnConstraint, Tx,
            line::catalogue,
            mails,
            minutes::ledger,
            ordering::{appointments, requests, timeline},
            retrying,
            work::{
                interventions::{self, InterventionRow},
                receipts, reopening, segments,
                visits::{self, Visit},
            },
        },
    },
};

/// What is asked before closed work is opened again.
///
/// # Errors
/// [`Problem::NotFound`] for a request without an agreed time, [`Problem::Work`] for somebody else's, [`Problem::Conflict`] when it
/// is not closed.
pub async fn page(app: &App, staff: &Staff, number: RequestNumber) -> Result<ReopenPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let (visit, intervention) = closed(&mut tx, staff, number).await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let work = reopening::closed_work(&mut tx, intervention.id).await?;
    let billed = receipts::versions(&mut tx, intervention.id).await?.first().map_or(0, |receipt| receipt.bill.billed);
    Ok(ReopenPage {
        number,
        customer: visit.appointment.customer,
        billed,
        refused: match visit.appointment.state {
            AppointmentState::Done => work.may_be_reopened(is_manager(staff), &calendar, now).err(),
            _ => Some(ReopenRefused::CalledOff),
        },
        until: work.reopened_until(&calendar),
        is_invoiced: work.is_invoiced,
        is_others: visit.technician != staff.id(),
    })
}

/// Opens closed work again with a reason that its customer reads: its technician has it until it is closed once more.
///
/// # Errors
/// [`Problem::Invalid`] without a reason; [`Problem::Work`] when somebody has objected to it, when it needs a manager, when it is
/// somebody else's, or while the rest of its time is another request's; [`Problem::Conflict`] when it is not closed.
pub async fn reopen(app: &App, staff: &Staff, number: RequestNumber, reason: &str, key: Uuid) -> Result<(), Problem> {
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        if timeline::is_done(&mut tx, request, key).await? {
            return Ok(());
        }
        let (visit, intervention) = closed(&mut tx, staff, number).await?;
        segments::lock_clock(&mut tx, visit.technician).await?;
        // Whoever invoices holds it too: what is invoiced by now is seen, and what is open again is not invoiced.
        ledger::lock(&mut tx, visit.customer).await?;
        let calendar = catalogue::calendar(&mut tx).await?;
        let work = reopening::closed_work(&mut tx, intervention.id).await?;
        work.may_be_reopened(is_manager(staff), &calendar, now).map_err(refusal)?;
        let kind = TimelineKind::Reopened;
        timeline::add_staff_event(&mut tx, request, staff.id(), kind, now, &reason, Some(key)).await?;
        reopening::begin(&mut tx, intervention.id, key).await.on_constraints([
            ("contested_work_stays_closed", WorkRefused::Contested.into()),
            ("closed_work_is_reopened", Problem::Conflict),
        ])?;
        interventions::reopen(&mut tx, intervention.id).await?;
        let running = visit.appointment.state.after(AppointmentEvent::Reopen)?;
        appointments::set_state(&mut tx, visit.appointment_id, running, None)
            .await
            // What was done early gave the rest of its time back.
            .on_constraint("no_double_booking", WorkRefused::RestTaken)?;
        requests::set_state(&mut tx, request, visit.state.after(RequestEvent::Reopen)?).await?;
        tell_technician(&mut tx, staff.id(), &visit, &reason, now, key).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// The visit and the intervention of a request that is closed, for its technician and the desk.
async fn closed(tx: &mut Tx, staff: &Staff, number: RequestNumber) -> Result<(Visit, InterventionRow), Problem> {
    let visit = visits::latest(tx, number).await?.ok_or(Problem::NotFound)?;
    if visit.technician != staff.id() && !staff.roles().is_desk() {
        return Err(WorkRefused::NotYours.into());
    }
    let is_closed = visit.state == RequestState::Closed;
    let intervention = interventions::latest(tx, visit.request).await?.filter(|latest| is_closed && !latest.is_open);
    Ok((visit, intervention.ok_or(Problem::Conflict)?))
}

fn is_manager(staff: &Staff) -> bool {
    staff.roles().contains(StaffRole::Manager)
}

fn refusal(refused: ReopenRefused) -> Problem {
    match refused {
        ReopenRefused::Contested => WorkRefused::Contested.into(),
        ReopenRefused::NeedsManager => WorkRefused::NeedsManager.into(),
        ReopenRefused::CalledOff => Problem::Conflict,
    }
}

/// Whose work somebody else has opened again hears of it.
async fn tell_technician(
    tx: &mut Tx,
    by: StaffId,
    visit: &Visit,
    reason: &str,
    now: DateTime<Utc>,
    key: Uuid,
) -> Result<(), Problem> {
    if visit.technician == by {
        return Ok(());
    }
    let appointment = &visit.appointment;
    let mail = MailContent::Reopened {
        number: appointment.number,
        customer: appointment.customer.clone(),
        reason: reason.to_owned(),
    };
    Ok(mails::to_technician(tx, visit.technician, visit.request, &mail, now, &format!("reopened:{key}")).await?)
}
