//! The workbench of one request.

use chrono::{DateTime, Utc};

use super::{
    background, clock, evidence,
    visits::{is_current, may_be_worked},
};
use crate::{
    model::{
        base::{calendar::BusinessCalendar, ids::SegmentId, numbers::RequestNumber},
        minutes::billing_terms::BillingTerms,
        ordering::{appointments::AppointmentState, requests::RequestState},
        people::members::StaffRole,
        problem::Problem,
        work::{
            attempts::NoShow,
            billing::{bill, least_billed},
            ceiling::{CeilingView, Consent},
            forgotten::{ForgottenClock, suggested_ends},
            pages::{SegmentCorrection, WorkPage},
            reopening::Reopening,
            segments::Segment,
            unusual::unusual,
        },
    },
    server::{
        app::App,
        auth::Staff,
        db::{
            DbError, Tx,
            line::catalogue,
            work::{
                attempts, connection_reports, consents,
                interventions::{self, InterventionRow},
                receipts, remote_sessions, reopening, report_blocks,
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
    let agreed = visit.appointment.slot;
    visit.appointment.state = visit.appointment.state.at(agreed.start, visit.attempted_at, now);
    let calendar = catalogue::calendar(&mut tx).await?;
    let (is_own, is_desk) = (visit.technician == staff.id(), staff.roles().is_desk());
    let running = segments::running(&mut tx, Some(visit.technician)).await?.pop();
    let is_here = running.as_ref().is_some_and(|running| running.clock.number == number);
    let (here, elsewhere) = if is_here { (running, None) } else { (None, running) };
    let running_elsewhere = elsewhere.filter(|_| is_own).map(|running| clock::with_forgotten_since(running, now));
    let current = current(&mut tx, &visit, &calendar, now).await?;
    // What has begun draws as of then; what is ahead, as of the time that is agreed for it.
    let begins = current.as_ref().map_or(agreed.start.max(now), |current| current.started_at);
    let whose = (visit.customer, visit.request);
    let terms = billing_terms::in_prospect(&mut tx, whose, begins, begins.min(now), visit.estimated_at).await?;
    let done = match &current {
        Some(current) => Done::read(&mut tx, &visit, current).await?,
        None => Done::default(),
    };
    let (ceiling_minutes, minimum) = fixed(&visit, current.as_ref(), &terms);
    let attempts = attempts::at_appointment(&mut tx, visit.appointment_id).await?;
    let is_open = may_be_worked(&visit);
    let (is_closed_ahead, may_be_reopened) = (is_closed_ahead(&visit), may_be_reopened(&visit));
    let Done { segments, of_this_visit, corrections, consent, heard_by, version, reopened } = done;
    let connections = connection_reports::of_visit(&mut tx, visit.appointment_id).await?;
    let disconnected = connections.iter().map(|connection| connection.ended_at).max();
    let forgotten = match here.as_ref().filter(|running| running.is_forgotten(now)) {
        Some(running) => Some(forgotten_clock(&mut tx, &visit, running, disconnected, &calendar, now).await?),
        None => None,
    };
    let counted_until = here.map_or(now, |running| running.counts_until(now));
    let to_bill = segments_to_bill(&visit, current.as_ref(), &segments, &of_this_visit);
    let receipt = current.as_ref().filter(|current| !current.is_open && version > 0).map(|current| current.name);
    let blocks = if is_own && is_open { report_blocks::of(&mut tx, staff.id()).await? } else { Vec::new() };
    let conversation = conversations::at_bench(&mut tx, visit.request, is_own || is_desk).await?;
    let is_manager = staff.roles().contains(StaffRole::Manager);
    let may_correct = is_open && (is_own || is_manager);
    let own: Vec<_> = segments.iter().filter(|segment| of_this_visit.contains(&segment.id)).copied().collect();
    let (clock, rules) = ((own.as_slice(), counted_until), (&calendar, forgotten.as_ref()));
    let evidence = evidence::beside(&mut tx, &visit, connections, clock, rules, (may_correct, is_manager)).await?;
    let session = remote_sessions::link(&mut tx, visit.request, now).await?;
    let is_former_session = session.is_none() && remote_sessions::is_former(&mut tx, visit.request, now).await?;
    let background = background::of(&mut tx, &visit, current.as_ref().map(|current| current.id), now).await?;
    Ok(WorkPage {
        background,
        conversation,
        version: visit.version,
        what_happened: visit.what_happened,
        claim: visit.claim,
        // Whoever opened it again to put its receipt right goes on from nothing.
        resumed: version > 0 && is_open && reopened.is_none(),
        is_closed_ahead: receipt.is_some() && is_closed_ahead,
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
        no_show: NoShow::of(agreed.start, &attempts),
        attempts,
        heard_by,
        may_record: is_own || is_desk,
        blocks,
        reopened,
        may_reopen: may_be_reopened && (is_own || is_desk),
        may_work: is_own && is_open,
        may_correct,
        evidence,
        session,
        is_former_session,
        is_called_off: visit.is_called_off,
        appointment: visit.appointment,
        segments,
        now,
    })
}

/// The ceiling and the least that is billed: as they were fixed when the work began, or as they would be now.
fn fixed(visit: &Visit, current: Option<&InterventionRow>, terms: &BillingTerms) -> (Option<u32>, u32) {
    match current {
        Some(current) => (current.ceiling_minutes, least_billed(current.minimum_minutes, current.lifted.as_ref())),
        None => (visit.ceiling_minutes.or(terms.ceiling_minutes), terms.minimum_minutes),
    }
}

/// The intervention that an appointment is about.
async fn current(
    tx: &mut Tx,
    visit: &Visit,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Result<Option<InterventionRow>, Problem> {
    match interventions::latest(tx, visit.request).await? {
        Some(latest) if is_current(tx, &latest, visit, calendar, now).await? => Ok(Some(latest)),
        _ => Ok(None),
    }
}

/// Whether the work was done before its time, and only that was given up.
fn is_closed_ahead(visit: &Visit) -> bool {
    visit.appointment.state == AppointmentState::Cancelled && visit.state != RequestState::Cancelled
}

/// Whether the work is closed, and was done at its time.
fn may_be_reopened(visit: &Visit) -> bool {
    visit.state == RequestState::Closed && visit.appointment.state == AppointmentState::Done
}

/// What was done so far.
#[derive(Default)]
struct Done {
    segments: Vec<Segment>,
    of_this_visit: Vec<SegmentId>,
    corrections: Vec<SegmentCorrection>,
    consent: Option<Consent>,
    heard_by: Option<String>,
    version: u32,
    reopened: Option<Reopening>,
}

impl Done {
    async fn read(tx: &mut Tx, visit: &Visit, current: &InterventionRow) -> Result<Self, DbError> {
        let of_this_visit = segments::of_visit(tx, current.id, visit.appointment_id).await?;
        Ok(Self {
            segments: segments::of_intervention(tx, current.id).await?,
            of_this_visit: of_this_visit.into_iter().map(|segment| segment.id).collect(),
            corrections: segments::corrections(tx, current.id).await?,
            consent: consents::latest(tx, current.id).await?,
            heard_by: consents::heard_by(tx, current.id).await?,
            version: receipts::latest_version(tx, current.id).await?,
            reopened: if current.is_open { reopening::under_way(tx, current.id).await? } else { None },
        })
    }
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
    disconnected: Option<DateTime<Utc>>,
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
        suggestions: suggested_ends(&running.segment, agreed, activity, disconnected, calendar, now),
    })
}
