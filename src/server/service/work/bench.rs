//! The technician's work, from the first start of the clock to the settled intervention.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::settlement::{Occasion, settle_intervention};
use crate::server::service::plausible;
use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, from_local, midnight, to_local},
            fields::{FieldCode, FieldProblem, check_length},
            ids::SegmentId,
            numbers::RequestNumber,
            text,
        },
        mails::{AppointmentMail, MailContent},
        ordering::{
            appointments::{AppointmentEvent, AppointmentState},
            requests::RequestEvent,
            timeline::TimelineKind,
        },
        problem::Problem,
        work::{
            attempts::{AttemptChannel, ContactAttempt, NO_SHOW_ATTEMPTS, NO_SHOW_WAIT_MINUTES},
            billing::{bill, joins_intervention},
            ceiling::CeilingView,
            interventions::{NOTE_MAX, NOTE_MIN, REPORT_MAX, WorkRefused},
            pages::{RunningClock, WorkDay, WorkPage},
            segments::{SegmentKind, SegmentTimes, ceiling_reached_at, effective_seconds, forgotten_since, last_end},
        },
    },
    server::{
        app::App,
        auth::{Staff, Technician},
        db::{
            Tx,
            line::catalogue,
            mails,
            ordering::requests,
            retrying,
            work::{
                billing_terms,
                interventions::{self, InterventionRow, Job, NewCorrection, NewIntervention, NewSegment, Running},
                receipts,
            },
        },
    },
};

/// How many days before the agreed one the preparation can begin.
const PREPARED_AHEAD: Days = Days::new(1);
/// How far back a segment can be written down or moved.
const CORRECTED_BACK: TimeDelta = TimeDelta::days(7);

/// A technician's appointments of one day, today's unless another is named.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn day(app: &App, technician: &Technician, date: Option<NaiveDate>) -> Result<WorkDay, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let date = plausible(date.unwrap_or(today))?;
    let end = midnight(date.checked_add_days(Days::new(1)).unwrap_or(date));
    let me = technician.id();
    let mut tx = app.db.staff().await?;
    let (_, calendar) = catalogue::rules(&mut tx).await?;
    Ok(WorkDay {
        date,
        appointments: interventions::lines(&mut tx, me, Some(midnight(date)), end, false).await?,
        left_open: interventions::lines(&mut tx, me, None, midnight(today), true).await?,
        running: running(&mut tx, technician).await?.map(|running| noticed(running, &calendar, now)),
        next_day: interventions::next_start(&mut tx, me, end).await?.map(|start| to_local(start).date()),
    })
}

/// The workbench of one request.
///
/// # Errors
/// [`Problem::NotFound`] when no appointment was ever agreed for it.
pub async fn page(app: &App, staff: &Staff, number: RequestNumber) -> Result<WorkPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let job = interventions::job(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let (settings, calendar) = catalogue::rules(&mut tx).await?;
    let is_own = job.technician == staff.id();
    let running = if is_own { interventions::running(&mut tx, Some(staff.id())).await? } else { Vec::new() };
    let running_elsewhere = running
        .into_iter()
        .find(|running| running.clock.number != number)
        .map(|running| noticed(running, &calendar, now));

    let latest = interventions::latest(&mut tx, job.request).await?;
    let current = match latest {
        Some(latest) if is_current(&mut tx, &latest, &job, &calendar, now).await? => Some(latest),
        _ => None,
    };
    let terms =
        billing_terms::terms(&mut tx, job.customer, &settings, current.as_ref().map_or(now, |it| it.started_at))
            .await?;
    let (segments, visit, corrections, consent, version) = match &current {
        Some(current) => (
            interventions::segments(&mut tx, current.id).await?,
            interventions::segments_of_visit(&mut tx, current.id, job.appointment).await?,
            interventions::corrections(&mut tx, current.id).await?,
            interventions::consent(&mut tx, current.id).await?,
            receipts::latest_version(&mut tx, current.id).await?,
        ),
        None => (Vec::new(), Vec::new(), Vec::new(), None, 0),
    };
    let ceiling_minutes = match &current {
        Some(current) => current.ceiling_minutes,
        None => job.ceiling_minutes.or(terms.ceiling_minutes),
    };
    let minimum = current.as_ref().map_or(terms.minimum_minutes, |current| current.minimum_minutes);
    let open_clock = segments.iter().find(|segment| segment.ended_at.is_none());
    Ok(WorkPage {
        what_happened: job.what_happened,
        claim: job.claim,
        resumed: version > 0 && job.line.state != AppointmentState::Done,
        intervention: current.map(|current| current.name),
        forgotten_since: open_clock.and_then(|running| forgotten_since(running, job.line.slot.end, &calendar, now)),
        bill: bill(&segments, minimum, now),
        of_this_visit: visit.into_iter().map(|segment| segment.id).collect(),
        corrections,
        running_elsewhere,
        pools: terms.pools,
        ceiling: CeilingView { minutes: ceiling_minutes, consent },
        attempts: interventions::attempts(&mut tx, job.appointment).await?,
        no_show_from: job.line.slot.start + TimeDelta::minutes(NO_SHOW_WAIT_MINUTES),
        may_work: is_own && matches!(job.line.state, AppointmentState::Confirmed | AppointmentState::Running),
        appointment: job.line,
        segments,
        now,
    })
}

/// Whether the latest intervention of a request is the one to which this appointment's work belongs.
async fn is_current(
    tx: &mut Tx,
    latest: &InterventionRow,
    job: &Job,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Result<bool, Problem> {
    if latest.is_open || job.line.state != AppointmentState::Confirmed {
        return Ok(true);
    }
    let segments = interventions::segments(tx, latest.id).await?;
    Ok(last_end(&segments).is_some_and(|stopped| joins_intervention(calendar, stopped, now)))
}

/// Starts the clock for a kind of work; one that runs for the same request is switched over at the same instant.
///
/// # Errors
/// [`Problem::Work`] when the clock runs elsewhere, it is another's appointment, or consent is missing.
pub async fn start(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    kind: Option<SegmentKind>,
    key: Uuid,
) -> Result<(), Problem> {
    let kind = kind.ok_or_else(|| Problem::field("kind", FieldCode::Missing))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let mut job = own_job(&mut tx, technician, number).await?;
        if interventions::is_started(&mut tx, key).await? {
            return Ok(());
        }
        if to_local(now).date() + PREPARED_AHEAD < to_local(job.line.slot.start).date() {
            return Err(WorkRefused::TooEarly.into());
        }
        let intervention = begin(&mut tx, technician, &mut job, now, now).await?;
        let running = running(&mut tx, technician).await?;
        if running.as_ref().is_some_and(|running| running.intervention != intervention.id) {
            return Err(WorkRefused::ClockRunsElsewhere.into());
        }
        if running.as_ref().is_some_and(|running| running.segment.kind == kind) {
            tx.commit().await?;
            return Ok(());
        }
        if kind.is_billable() && !has_room(&mut tx, &intervention, now).await? {
            // What reached the ceiling is kept: the question has been asked.
            tx.commit().await?;
            return Err(WorkRefused::WaitingForConsent.into());
        }
        if let Some(running) = running {
            interventions::stop(&mut tx, running.segment.id, now).await?;
        }
        let segment = NewSegment {
            customer: job.customer,
            intervention: intervention.id,
            technician: technician.id(),
            appointment: Some(job.appointment),
            kind,
            started_at: now,
            ended_at: None,
            key: Some(key),
        };
        interventions::add_segment(&mut tx, &segment).await?.ok_or(WorkRefused::Overlaps)?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Stops the clock; one that was started after the form was made, if the form names its segment, runs on.
///
/// # Errors
/// [`Problem::Work`] when it is another's appointment.
pub async fn pause(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    segment: Option<SegmentId>,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let job = own_job(&mut tx, technician, number).await?;
        if let Some(intervention) = interventions::latest(&mut tx, job.request).await? {
            enforce_ceiling(&mut tx, &intervention, now).await?;
            stop_clock(&mut tx, technician, &intervention, segment, now).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// A segment as typed into the form of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSegment {
    /// What was done.
    pub kind: Option<SegmentKind>,
    /// From when, local wall time.
    pub started_at: String,
    /// Until when, local wall time.
    pub ended_at: String,
    /// Why it is corrected.
    pub reason: String,
}

/// Corrects a segment of the open intervention, or adds one when none is named. What it was is kept with the reason.
///
/// # Errors
/// [`Problem::Invalid`]; [`Problem::Work`] when it would overlap another one, or go above the ceiling without consent.
pub async fn correct(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    segment: Option<SegmentId>,
    typed: TypedSegment,
    key: Uuid,
) -> Result<(), Problem> {
    let (times, reason) = check_typed(&typed, app.clock.now())?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let mut job = own_job(&mut tx, technician, number).await?;
        if interventions::is_corrected(&mut tx, key).await? {
            return Ok(());
        }
        // A call may have begun the work before somebody wrote the request down, but not on another day.
        if to_local(times.started_at).date() < to_local(job.submitted_at).date() {
            return Err(Problem::field("started_at", FieldCode::OutOfRange));
        }
        let begun = if segment.is_none() { times.started_at } else { now };
        let intervention = begin(&mut tx, technician, &mut job, begun, now).await?;
        let known = interventions::segments(&mut tx, intervention.id).await?;
        // Those of this visit: what stands on a receipt is changed by an objection only.
        let before = match segment {
            Some(id) => {
                let own = interventions::segments_of_visit(&mut tx, intervention.id, job.appointment).await?;
                Some(own.into_iter().find(|own| own.id == id).ok_or(Problem::NotFound)?)
            }
            None => None,
        };
        let corrected = match before {
            Some(before) => {
                interventions::change_segment(&mut tx, before.id, &times).await.map_err(overlapping)?;
                before.id
            }
            None => {
                let added = NewSegment {
                    customer: job.customer,
                    intervention: intervention.id,
                    technician: technician.id(),
                    appointment: Some(job.appointment),
                    kind: times.kind,
                    started_at: times.started_at,
                    ended_at: Some(times.ended_at),
                    key: None,
                };
                interventions::add_segment(&mut tx, &added).await?.ok_or(WorkRefused::Overlaps)?
            }
        };
        let segments = interventions::segments(&mut tx, intervention.id).await?;
        let (is, was) = (effective_seconds(&segments, now), effective_seconds(&known, now));
        let limit = intervention.ceiling_minutes.map(|minutes| u64::from(minutes) * 60);
        if is > was && limit.is_some_and(|limit| is > limit) {
            // Nothing is corrected, but the customer is asked.
            tx.rollback().await?;
            ask_for_more(app, number, now).await?;
            return Err(WorkRefused::WaitingForConsent.into());
        }
        let correction = NewCorrection {
            customer: job.customer,
            segment: corrected,
            at: now,
            by: technician.id(),
            reason: &reason,
            before,
            key: Some(key),
        };
        interventions::note_correction(&mut tx, &correction).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Notes an attempt to reach the customer.
///
/// # Errors
/// [`Problem::Invalid`] without a channel or with too long a note.
pub async fn note_attempt(
    app: &App,
    technician: &Technician,
    number: RequestNumber,
    channel: Option<AttemptChannel>,
    note: &str,
    key: Uuid,
) -> Result<(), Problem> {
    let channel = channel.ok_or_else(|| Problem::field("channel", FieldCode::Missing))?;
    if let Some(code) = check_length(note, 0, NOTE_MAX) {
        return Err(Problem::field("note", code));
    }
    let mut tx = app.db.staff().await?;
    let job = own_job(&mut tx, technician, number).await?;
    let attempt = ContactAttempt { at: app.clock.now(), channel, note: text::lines(note) };
    interventions::note_attempt(&mut tx, &job, technician.id(), &attempt, key).await?;
    tx.commit().await?;
    Ok(())
}

/// Calls the appointment missed by the customer; the request waits for another time. What the technician prepared costs
/// nothing.
///
/// # Errors
/// [`Problem::Work`] when it is too early, there were too few attempts, or the clock runs.
pub async fn call_missed(app: &App, technician: &Technician, number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let request = interventions::lock_request(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        if requests::is_done(&mut tx, request, key).await? {
            return Ok(());
        }
        let job = own_job(&mut tx, technician, number).await?;
        let attempts = interventions::attempts(&mut tx, job.appointment).await?;
        let earliest = job.line.slot.start + TimeDelta::minutes(NO_SHOW_WAIT_MINUTES);
        // Before the agreed time nobody is missing.
        let in_time = attempts.iter().filter(|attempt| attempt.at >= job.line.slot.start).count();
        if now < earliest || in_time < NO_SHOW_ATTEMPTS {
            return Err(WorkRefused::NotMissedYet.into());
        }
        if running(&mut tx, technician).await?.is_some_and(|running| running.clock.number == number) {
            return Err(WorkRefused::ClockRuns.into());
        }
        let open = interventions::latest(&mut tx, job.request).await?.filter(|latest| latest.is_open);
        if let Some(intervention) = open {
            close_free(&mut tx, technician, &job, &intervention, now, key).await?;
        }
        let appointment = job.line.state.after(AppointmentEvent::MissedByCustomer)?;
        interventions::set_appointment_state(&mut tx, job.appointment, appointment, None).await?;
        let event =
            if job.line.state == AppointmentState::Running { RequestEvent::Suspend } else { RequestEvent::Unschedule };
        interventions::set_request_state(&mut tx, job.request, job.state.after(event)?).await?;
        requests::add_staff_event(&mut tx, job.request, technician.id(), TimelineKind::NoShow, now, "", Some(key))
            .await?;
        let mail = MailContent::NoShow(appointment_mail(&job));
        mails::to_member(&mut tx, job.member, &mail, now, &format!("no_show:{}", job.appointment)).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Closes an intervention at an appointment that the customer missed: the time of this visit is waiting, which costs nothing.
/// What was done and reported before stays.
async fn close_free(
    tx: &mut Tx,
    technician: &Technician,
    job: &Job,
    intervention: &InterventionRow,
    now: DateTime<Utc>,
    key: Uuid,
) -> Result<(), Problem> {
    const MISSED: &str = "Zákazník nebyl k zastižení.";
    for segment in interventions::segments_of_visit(tx, intervention.id, job.appointment).await? {
        if segment.kind.is_billable() {
            interventions::change_kind(tx, segment.id, SegmentKind::Waiting).await?;
            let correction = NewCorrection {
                customer: intervention.customer,
                segment: segment.id,
                at: now,
                by: technician.id(),
                reason: MISSED,
                before: Some(segment),
                key: None,
            };
            interventions::note_correction(tx, &correction).await?;
        }
    }
    let settings = catalogue::settings(tx).await?;
    let report = if intervention.report.is_empty() { MISSED } else { &intervention.report };
    let occasion = Occasion { now, by: technician.id(), reason: "", report, key };
    settle_intervention(tx, &settings, intervention, &occasion).await?;
    interventions::close(tx, intervention.id, now, report).await?;
    Ok(())
}

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
        interventions::lock_request(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        if receipts::is_issued(&mut tx, key).await? {
            return Ok(());
        }
        let job = own_job(&mut tx, technician, number).await?;
        let (settings, calendar) = catalogue::rules(&mut tx).await?;
        let intervention = interventions::latest(&mut tx, job.request)
            .await?
            .filter(|latest| latest.is_open)
            .ok_or(WorkRefused::NothingDone)?;
        enforce_ceiling(&mut tx, &intervention, now).await?;
        let running = running(&mut tx, technician).await?.filter(|running| running.intervention == intervention.id);
        if let Some(running) = running {
            if forgotten_since(&running.segment, job.line.slot.end, &calendar, now).is_some() {
                return Err(WorkRefused::ClockRuns.into());
            }
            interventions::stop(&mut tx, running.segment.id, now).await?;
        }
        let occasion = Occasion { now, by: technician.id(), reason: "", report: &report, key };
        let receipt = settle_intervention(&mut tx, &settings, &intervention, &occasion).await?;
        interventions::close(&mut tx, intervention.id, now, &report).await?;
        let appointment = job.line.state.after(AppointmentEvent::Finish)?;
        interventions::set_appointment_state(&mut tx, job.appointment, appointment, None).await?;
        let (event, kind) = if finished {
            (RequestEvent::Close, TimelineKind::Closed)
        } else {
            (RequestEvent::Suspend, TimelineKind::Suspended)
        };
        interventions::set_request_state(&mut tx, job.request, job.state.after(event)?).await?;
        requests::add_staff_event(&mut tx, job.request, technician.id(), kind, now, "", None).await?;
        let mail_key = format!("receipt:{}:{}", intervention.id, receipt.version);
        let mail = MailContent::Closed { receipt: Box::new(receipt), finished };
        mails::to_member(&mut tx, job.member, &mail, now, &mail_key).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Splits a running billed segment at the instant at which the ceiling was reached: the customer's buyers are asked, and
/// what runs from then on is waiting, which costs nothing. Silence keeps it so (design, Ceiling).
pub(crate) async fn enforce_ceiling(
    tx: &mut Tx,
    intervention: &InterventionRow,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let Some(ceiling) = intervention.ceiling_minutes else {
        return Ok(());
    };
    let segments = interventions::segments(tx, intervention.id).await?;
    let Some(reached) = ceiling_reached_at(&segments, ceiling, now) else {
        return Ok(());
    };
    let Some(running) = interventions::running(tx, None)
        .await?
        .into_iter()
        .find(|running| running.intervention == intervention.id && running.segment.kind.is_billable())
    else {
        return Ok(());
    };
    interventions::stop(tx, running.segment.id, reached).await?;
    let waiting = NewSegment {
        customer: intervention.customer,
        intervention: intervention.id,
        technician: running.technician,
        appointment: running.appointment,
        kind: SegmentKind::Waiting,
        started_at: reached.max(running.segment.started_at),
        ended_at: None,
        key: None,
    };
    interventions::add_segment(tx, &waiting).await?.ok_or(WorkRefused::Overlaps)?;
    ask(tx, intervention, ceiling, reached).await
}

async fn ask(tx: &mut Tx, intervention: &InterventionRow, ceiling: u32, reached: DateTime<Utc>) -> Result<(), Problem> {
    let Some(question) = interventions::ask_consent(tx, intervention, ceiling, reached).await? else {
        return Ok(());
    };
    requests::add_system_event(tx, intervention.request, TimelineKind::ConsentAsked, reached).await?;
    let heading = receipts::heading(tx, intervention.request).await?;
    let mail = MailContent::ConsentAsked {
        number: intervention.name.number,
        program: heading.program,
        work_type: heading.work_type,
        ceiling_minutes: ceiling,
        at: reached,
    };
    let key = format!("consent:{question}");
    mails::to_buyers(tx, intervention.customer, &mail, reached, &key).await?;
    Ok(())
}

/// Asks for consent in a transaction of its own, unless this ceiling was asked about before.
async fn ask_for_more(app: &App, number: RequestNumber, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let request = interventions::lock_request(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    if let Some(intervention) = interventions::latest(&mut tx, request).await?.filter(|latest| latest.is_open)
        && let Some(ceiling) = intervention.ceiling_minutes
    {
        ask_once(&mut tx, &intervention, ceiling, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A refusal stands; only a ceiling that was never asked about is.
async fn ask_once(
    tx: &mut Tx,
    intervention: &InterventionRow,
    ceiling: u32,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let asked = interventions::consent(tx, intervention.id).await?;
    if asked.is_none_or(|asked| asked.ceiling_minutes != ceiling) {
        ask(tx, intervention, ceiling, now).await?;
    }
    Ok(())
}

/// Whether billed time may still be counted; if not, the question for consent has been asked.
async fn has_room(tx: &mut Tx, intervention: &InterventionRow, now: DateTime<Utc>) -> Result<bool, Problem> {
    let Some(ceiling) = intervention.ceiling_minutes else {
        return Ok(true);
    };
    let segments = interventions::segments(tx, intervention.id).await?;
    if effective_seconds(&segments, now) < u64::from(ceiling) * 60 {
        return Ok(true);
    }
    ask_once(tx, intervention, ceiling, now).await?;
    Ok(false)
}

/// The technician's own appointment, with the request locked so that nobody moves or cancels it meanwhile, and the
/// technician's clock with it.
async fn own_job(tx: &mut Tx, technician: &Technician, number: RequestNumber) -> Result<Job, Problem> {
    interventions::lock_request(tx, number).await?.ok_or(Problem::NotFound)?;
    interventions::lock_clock(tx, technician.id()).await?;
    let job = interventions::job(tx, number).await?.ok_or(Problem::NotFound)?;
    if job.technician != technician.id() {
        return Err(WorkRefused::NotYours.into());
    }
    if !matches!(job.line.state, AppointmentState::Confirmed | AppointmentState::Running) {
        return Err(Problem::Conflict);
    }
    Ok(job)
}

/// The intervention to which work on this appointment that began at `begun` belongs: the open one, the one that it resumes, or
/// a new one with the terms that were in force then. The appointment is under way from now on.
async fn begin(
    tx: &mut Tx,
    technician: &Technician,
    job: &mut Job,
    begun: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<InterventionRow, Problem> {
    let (settings, calendar) = catalogue::rules(tx).await?;
    let latest = interventions::latest(tx, job.request).await?;
    let id = match &latest {
        Some(latest) if is_current(tx, latest, job, &calendar, begun).await? => {
            if !latest.is_open {
                interventions::reopen(tx, latest.id).await?;
            }
            latest.id
        }
        _ => {
            let terms = billing_terms::terms(tx, job.customer, &settings, begun).await?;
            let new = NewIntervention {
                customer: job.customer,
                request: job.request,
                ordinal: latest.as_ref().map_or(0, |latest| latest.name.ordinal) + 1,
                started_at: begun,
                minimum_minutes: terms.minimum_minutes,
                rate: terms.rates.of(job.line.urgency),
                vat: terms.vat,
                ceiling_minutes: job.ceiling_minutes.or(terms.ceiling_minutes),
            };
            interventions::open(tx, &new).await?
        }
    };
    if job.line.state == AppointmentState::Confirmed {
        job.line.state = job.line.state.after(AppointmentEvent::Start)?;
        interventions::set_appointment_state(tx, job.appointment, job.line.state, Some(id)).await?;
        job.state = job.state.after(RequestEvent::Start)?;
        interventions::set_request_state(tx, job.request, job.state).await?;
        requests::add_staff_event(tx, job.request, technician.id(), TimelineKind::Started, now, "", None).await?;
    }
    let intervention = interventions::by_id(tx, id).await?.ok_or(Problem::Conflict)?;
    enforce_ceiling(tx, &intervention, now).await?;
    Ok(intervention)
}

async fn stop_clock(
    tx: &mut Tx,
    technician: &Technician,
    intervention: &InterventionRow,
    segment: Option<SegmentId>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    if let Some(running) = running(tx, technician).await?
        && running.intervention == intervention.id
        && segment.is_none_or(|segment| segment == running.segment.id)
    {
        interventions::stop(tx, running.segment.id, now).await?;
    }
    Ok(())
}

async fn running(tx: &mut Tx, technician: &Technician) -> Result<Option<Running>, Problem> {
    Ok(interventions::running(tx, Some(technician.id())).await?.pop())
}

/// A running clock with a look whether it was forgotten.
pub(crate) fn noticed(running: Running, calendar: &BusinessCalendar, now: DateTime<Utc>) -> RunningClock {
    let end = running.slot.map_or(running.segment.started_at, |slot| slot.end);
    let forgotten_since = forgotten_since(&running.segment, end, calendar, now);
    RunningClock { forgotten_since, ..running.clock }
}

fn appointment_mail(job: &Job) -> AppointmentMail {
    AppointmentMail {
        number: job.line.number,
        uid: job.request.calendar_uid(),
        sequence: job.sequence,
        slot: job.line.slot,
        program: job.line.program.clone(),
        work_type: job.line.work_type.clone(),
        contact_name: job.line.contact_name.clone(),
        contact_phone: job.line.contact_phone.clone(),
        change_deadline: None,
        reason: String::new(),
    }
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

fn check_typed(typed: &TypedSegment, now: DateTime<Utc>) -> Result<(SegmentTimes, String), Problem> {
    let mut fields = Vec::new();
    let mut wrong = |field: &str, code| fields.push(FieldProblem::new(field, code));
    if typed.kind.is_none() {
        wrong("kind", FieldCode::Missing);
    }
    let started_at = parse_local(&typed.started_at);
    let ended_at = parse_local(&typed.ended_at);
    match &started_at {
        Err(code) => wrong("started_at", *code),
        Ok(at) if *at < now - CORRECTED_BACK || *at > now => wrong("started_at", FieldCode::OutOfRange),
        Ok(_) => {}
    }
    match (&started_at, &ended_at) {
        (_, Err(code)) => wrong("ended_at", *code),
        (Ok(start), Ok(end)) if end <= start || *end > now => wrong("ended_at", FieldCode::OutOfRange),
        _ => {}
    }
    if let Some(code) = check_length(&typed.reason, NOTE_MIN, NOTE_MAX) {
        wrong("reason", code);
    }
    match (typed.kind, started_at, ended_at) {
        (Some(kind), Ok(started_at), Ok(ended_at)) if fields.is_empty() => {
            Ok((SegmentTimes { kind, started_at, ended_at }, text::lines(&typed.reason)))
        }
        _ => Err(Problem::Invalid { fields }),
    }
}

/// Local wall time as a browser's `datetime-local` field sends it, with or without seconds.
fn parse_local(typed: &str) -> Result<DateTime<Utc>, FieldCode> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok())
        .map(|local| from_local(local.date(), local.time()))
        .ok_or(FieldCode::Unknown)
}

fn overlapping(error: crate::server::db::DbError) -> Problem {
    match error.constraint() {
        Some("no_overlapping_segments") => WorkRefused::Overlaps.into(),
        _ => error.into(),
    }
}
