//! The workbench of one request.

use chrono::{DateTime, Utc};

use super::{
    background, clock,
    visits::{is_current, may_be_worked},
};
use crate::{
    model::{
        base::{calendar::BusinessCalendar, ids::SegmentId, numbers::RequestNumber},
        ordering::{appointments::AppointmentState, requests::RequestState},
        people::members::StaffRole,
        problem::Problem,
        work::{
            attempts::NoShow,
            billing::{bill, least_billed},
            ceiling::CeilingView,
            forgotten::{ForgottenClock, suggested_ends},
            pages::WorkPage,
            segments::Segment,
            unusual::unusual,
        },
    },
    server::{
        app::App,
        auth::Staff,
        db::{
            Tx,
            line::catalogue,
            work::{
                attempts, consents,
                interventions::{self, InterventionRow},
                receipts, reopening, report_blocks,
                segments::{self, Running},
                visits::{self, Visit},
            },
        },
        service::{minutes::billing_terms, ordering::conversations},
    },
};

/// The workbench of one request.
///
/// # Errors
/// [`Problem::NotFound`] when no appointment was ever agreed for it.
pub async fn page(app: &App, staff: &Staff, number: RequestNumber) -> Result<WorkPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let mut visit = visits::latest(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let slot = visit.appointment.slot;
    visit.appointment.state = visit.appointment.state.at(slot.start, visit.attempted_at, now);
    let calendar = catalogue::calendar(&mut tx).await?;
    let is_own = visit.technician == staff.id();
    let (running_here, running_elsewhere) =
        segments::running(&mut tx, Some(visit.technician)).await?.pop().map_or((None, None), |running| {
            if running.clock.number == number { (Some(running), None) } else { (None, Some(running)) }
        });
    let running_elsewhere =
        running_elsewhere.filter(|_| is_own).map(|running| clock::with_forgotten_since(running, now));
    let latest = interventions::latest(&mut tx, visit.request).await?;
    let current = match latest {
        Some(latest) if is_current(&mut tx, &latest, &visit, &calendar, now).await? => Some(latest),
        _ => None,
    };
    // What has begun draws as of then; what is ahead, as of the time that is agreed for it.
    let begins = current.as_ref().map_or(visit.appointment.slot.start.max(now), |current| current.started_at);
    let whose = (visit.customer, visit.request);
    let terms = billing_terms::in_prospect(&mut tx, whose, begins, begins.min(now), visit.estimated_at).await?;
    let heard_by = match &current {
        Some(current) => consents::heard_by(&mut tx, current.id).await?,
        None => None,
    };
    let (segments, of_this_visit, corrections, consent, version) = match &current {
        Some(current) => (
            segments::of_intervention(&mut tx, current.id).await?,
            segments::of_visit(&mut tx, current.id, visit.appointment_id).await?,
            segments::corrections(&mut tx, current.id).await?,
            consents::latest(&mut tx, current.id).await?,
            receipts::latest_version(&mut tx, current.id).await?,
        ),
        None => (Vec::new(), Vec::new(), Vec::new(), None, 0),
    };
    let ceiling_minutes = match &current {
        Some(current) => current.ceiling_minutes,
        None => visit.ceiling_minutes.or(terms.ceiling_minutes),
    };
    let minimum = current
        .as_ref()
        .map_or(terms.minimum_minutes, |current| least_billed(current.minimum_minutes, current.lifted.as_ref()));
    let attempts = attempts::at_appointment(&mut tx, visit.appointment_id).await?;
    let is_open = may_be_worked(&visit);
    let of_this_visit: Vec<_> = of_this_visit.into_iter().map(|segment| segment.id).collect();
    let agreed = visit.appointment.slot;
    let forgotten = match &running_here {
        Some(running) if running.is_forgotten(now) => {
            Some(forgotten_clock(&mut tx, &visit, running, &calendar, now).await?)
        }
        _ => None,
    };
    let counted_until = running_here.map_or(now, |running| running.counts_until(now));
    let to_bill = segments_to_bill(&visit, current.as_ref(), &segments, &of_this_visit);
    let reopened = match &current {
        Some(current) if current.is_open => reopening::under_way(&mut tx, current.id).await?,
        _ => None,
    };
    let receipt = current.as_ref().filter(|current| !current.is_open && version > 0).map(|current| current.name);
    let blocks = if is_own && is_open { report_blocks::of(&mut tx, staff.id()).await? } else { Vec::new() };
    let may_write = is_own || staff.roles().is_desk();
    let conversation = conversations::at_bench(&mut tx, visit.request, may_write).await?;
    let background = background::of(&mut tx, &visit, current.as_ref().map(|current| current.id), now).await?;
    Ok(WorkPage {
        background,
        conversation,
        version: visit.version,
        what_happened: visit.what_happened,
        claim: visit.claim,
        // Whoever opened it again to put its receipt right goes on from nothing.
        resumed: version > 0 && is_open && reopened.is_none(),
        is_closed_ahead: receipt.is_some()
            && visit.appointment.state == AppointmentState::Cancelled
            && visit.state != RequestState::Cancelled,
        receipt,
        forgotten,
        unusual: unusual(&segments, &of_this_visit, agreed, visit.estimated, &calendar, counted_until),
        bill: bill(&to_bill, minimum, counted_until),
        of_this_visit,
        corrections,
        running_elsewhere,
        reserved: terms.reserved,
        pools: terms.pools,
        ceiling: CeilingView { minutes: ceiling_minutes, consent },
        no_show: NoShow::of(visit.appointment.slot.start, &attempts),
        attempts,
        heard_by,
        may_record: is_own || staff.roles().is_desk(),
        blocks,
        reopened,
        may_reopen: visit.state == RequestState::Closed
            && visit.appointment.state == AppointmentState::Done
            && (is_own || staff.roles().is_desk()),
        may_work: is_own && is_open,
        may_correct: is_open && (is_own || staff.roles().contains(StaffRole::Manager)),
        is_called_off: visit.is_called_off,
        appointment: visit.appointment,
        segments,
        now,
    })
}

/// The segments as they will be billed. What was prepared for a time that its customer called off is still to be
/// [written off](super::called_off::close_called_off) for a moment, and costs nothing already.
fn segments_to_bill(
    visit: &Visit,
    current: Option<&InterventionRow>,
    segments: &[Segment],
    of_this_visit: &[SegmentId],
) -> Vec<Segment> {
    let is_off = visit.state == RequestState::Cancelled && current.is_some_and(|current| current.is_open);
    segments.iter().filter(|segment| !(is_off && of_this_visit.contains(&segment.id))).copied().collect()
}

/// What a technician is told of a forgotten clock, with its likely ends.
async fn forgotten_clock(
    tx: &mut Tx,
    visit: &Visit,
    running: &Running,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Result<ForgottenClock, Problem> {
    let activity = segments::last_activity(tx, visit.request, running.technician).await?;
    let agreed = running.slot.unwrap_or(visit.appointment.slot);
    Ok(ForgottenClock {
        segment: running.segment.id,
        kind: running.segment.kind,
        started_at: running.segment.started_at,
        since: running.forgotten_from,
        suggestions: suggested_ends(&running.segment, agreed, activity, calendar, now),
    })
}
