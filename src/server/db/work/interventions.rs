//! Interventions: the technician's segments, the ceiling's questions, attempts to reach the customer.

use chrono::{DateTime, Utc};
use sqlx::postgres::types::PgRange;
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{AppointmentId, CustomerId, InterventionId, MemberId, RequestId, SegmentId, StaffId},
        money::{Money, VatRate},
        numbers::{InterventionRef, RequestNumber},
        terms::Urgency,
    },
    ordering::{appointments::AppointmentState, offers::Slot, requests::RequestState, urgency::UrgencyClaim},
    work::{
        attempts::{AttemptChannel, ContactAttempt},
        ceiling::{Consent, ConsentAnswer},
        pages::{RunningClock, SegmentCorrection, WorkAppointment},
        receipts::ReceiptSegment,
        segments::{Segment, SegmentKind, SegmentTimes},
    },
};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
    locks::{self, Lock},
    ordering::appointments::{number, slot, urgency},
};

/// One technician's clock at a time: whoever starts, stops or corrects it waits here until the transaction before has
/// ended.
///
/// # Errors
/// When the database fails.
pub async fn lock_clock(tx: &mut Tx, technician: StaffId) -> Result<(), DbError> {
    locks::take(tx, Lock::ClockOf(technician)).await
}

/// The appointment at which a technician works, with its request.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Which appointment.
    pub appointment: AppointmentId,
    /// Whose it is.
    pub technician: StaffId,
    /// As in the day's list.
    pub line: WorkAppointment,
    /// The customer.
    pub customer: CustomerId,
    /// The request.
    pub request: RequestId,
    /// Where the request stands.
    pub state: RequestState,
    /// Who ordered it.
    pub member: MemberId,
    /// In the customer's words.
    pub what_happened: String,
    /// What stopped and since when, of an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// Of the calendar event.
    pub sequence: u32,
    /// When the request was sent.
    pub submitted_at: DateTime<Utc>,
}

struct JobRow {
    appointment: i64,
    technician_id: i64,
    during: PgRange<DateTime<Utc>>,
    appointment_state: String,
    customer_id: i64,
    customer: String,
    request_id: Uuid,
    number: String,
    request_state: String,
    member_id: i64,
    program: String,
    work_type: String,
    urgency: String,
    contact_name: String,
    contact_phone: String,
    ready: bool,
    what_happened: String,
    what_stopped: Option<String>,
    stopped_since: Option<String>,
    ceiling_minutes: Option<i32>,
    sequence: i32,
    submitted_at: DateTime<Utc>,
}

impl JobRow {
    fn into_job(self) -> Result<Job, DbError> {
        Ok(Job {
            appointment: AppointmentId(self.appointment),
            technician: StaffId(self.technician_id),
            line: WorkAppointment {
                number: number(&self.number)?,
                slot: slot(&self.during)?,
                state: AppointmentState::from_code(&self.appointment_state)
                    .ok_or_else(|| unknown("appointment.state", self.appointment_state))?,
                customer: self.customer,
                program: self.program,
                work_type: self.work_type,
                urgency: urgency(self.urgency)?,
                contact_name: self.contact_name,
                contact_phone: self.contact_phone,
                ready: self.ready,
            },
            customer: CustomerId(self.customer_id),
            request: RequestId(self.request_id),
            state: RequestState::from_code(&self.request_state)
                .ok_or_else(|| unknown("service_request.state", self.request_state))?,
            member: MemberId(self.member_id),
            what_happened: self.what_happened,
            claim: self
                .what_stopped
                .zip(self.stopped_since)
                .map(|(what_stopped, since)| UrgencyClaim { what_stopped, since }),
            ceiling_minutes: self
                .ceiling_minutes
                .map(|minutes| natural("service_request.ceiling_minutes", minutes))
                .transpose()?,
            sequence: natural("service_request.sequence", self.sequence)?,
            submitted_at: self.submitted_at,
        })
    }
}

/// The latest appointment of a request that was ever agreed; the one under way before those that are over.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn job(tx: &mut Tx, wanted: RequestNumber) -> Result<Option<Job>, DbError> {
    sqlx::query_as!(
        JobRow,
        r#"select a.id as appointment, a.technician_id, a.during, a.state as appointment_state, a.customer_id,
                  c.name as customer, r.id as request_id, r.number as "number!", r.state as request_state, r.member_id,
                  p.name as program, w.name as work_type, r.urgency as "urgency!", r.contact_name as "contact_name!",
                  r.contact_phone as "contact_phone!", r.ready, r.what_happened as "what_happened!", r.what_stopped,
                  r.stopped_since, r.ceiling_minutes, r.sequence, r.submitted_at as "submitted_at!"
           from service_request r
           join appointment a on a.request_id = r.id and a.state <> 'held'
           join customer c on c.id = r.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where r.number = $1
           order by (a.state in ('confirmed', 'running')) desc, a.id desc limit 1"#,
        wanted.to_string()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(JobRow::into_job)
    .transpose()
}

/// Locks a request and its appointments, so that nobody moves or cancels what a technician begins.
///
/// # Errors
/// When the database fails.
pub async fn lock_request(tx: &mut Tx, wanted: RequestNumber) -> Result<Option<RequestId>, DbError> {
    let id = sqlx::query_scalar!("select id from service_request where number = $1 for update", wanted.to_string())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(id.map(RequestId))
}

/// A technician's appointments that touch a span of time, in order; cancelled ones are left out, and with `only_open` those
/// that are over.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn lines(
    tx: &mut Tx,
    technician: StaffId,
    from: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
    only_open: bool,
) -> Result<Vec<WorkAppointment>, DbError> {
    sqlx::query_as!(
        JobRow,
        r#"select a.id as appointment, a.technician_id, a.during, a.state as appointment_state, a.customer_id,
                  c.name as customer, r.id as request_id, r.number as "number!", r.state as request_state, r.member_id,
                  p.name as program, w.name as work_type, r.urgency as "urgency!", r.contact_name as "contact_name!",
                  r.contact_phone as "contact_phone!", r.ready, r.what_happened as "what_happened!", r.what_stopped,
                  r.stopped_since, r.ceiling_minutes, r.sequence, r.submitted_at as "submitted_at!"
           from appointment a
           join service_request r on r.id = a.request_id
           join customer c on c.id = r.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where a.technician_id = $1 and a.state not in ('held', 'cancelled') and a.during && tstzrange($2, $3)
             and (not $4 or a.state in ('confirmed', 'running'))
           order by a.during limit 200"#,
        technician.0,
        from,
        until,
        only_open
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| Ok(row.into_job()?.line))
    .collect()
}

/// When a technician's next appointment at or after `from` starts.
///
/// # Errors
/// When the database fails.
pub async fn next_start(
    tx: &mut Tx,
    technician: StaffId,
    from: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select lower(during) as "start!" from appointment
           where technician_id = $1 and state in ('confirmed', 'running') and lower(during) >= $2
           order by lower(during) limit 1"#,
        technician.0,
        from
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes down where an appointment stands.
///
/// # Errors
/// When the database fails.
pub async fn set_appointment_state(
    tx: &mut Tx,
    appointment: AppointmentId,
    state: AppointmentState,
    intervention: Option<InterventionId>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update appointment set state = $2, intervention_id = coalesce($3, intervention_id) where id = $1",
        appointment.0,
        state.code(),
        intervention.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down where a request stands.
///
/// # Errors
/// When the database fails.
pub async fn set_request_state(tx: &mut Tx, request: RequestId, state: RequestState) -> Result<(), DbError> {
    sqlx::query!("update service_request set state = $2 where id = $1", request.0, state.code())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// An intervention with the terms that were in force when it began.
#[derive(Debug, Clone, PartialEq)]
pub struct InterventionRow {
    /// Which.
    pub id: InterventionId,
    /// Whose.
    pub customer: CustomerId,
    /// For which request.
    pub request: RequestId,
    /// Its number for people.
    pub name: InterventionRef,
    /// Whether it is still open.
    pub is_open: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// What was done, in the customer's words.
    pub report: String,
    /// The least that is billed.
    pub minimum_minutes: u32,
    /// The price of a minute beyond the grants, excluding VAT.
    pub rate: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// Above how many effective minutes the customer is asked.
    pub ceiling_minutes: Option<u32>,
}

struct Row {
    id: i64,
    customer_id: i64,
    request_id: Uuid,
    number: String,
    ordinal: i32,
    state: String,
    started_at: DateTime<Utc>,
    report: String,
    minimum_minutes: i32,
    rate_per_minute: i64,
    vat_percent: i32,
    ceiling_minutes: Option<i32>,
}

impl Row {
    fn into_intervention(self) -> Result<InterventionRow, DbError> {
        Ok(InterventionRow {
            id: InterventionId(self.id),
            customer: CustomerId(self.customer_id),
            request: RequestId(self.request_id),
            name: InterventionRef {
                number: number(&self.number)?,
                ordinal: natural("intervention.ordinal", self.ordinal)?,
            },
            is_open: self.state == "open",
            started_at: self.started_at,
            report: self.report,
            minimum_minutes: natural("intervention.minimum_minutes", self.minimum_minutes)?,
            rate: Money::from_haler(self.rate_per_minute),
            vat: VatRate::from_percent(self.vat_percent.into())
                .map_err(|_| unknown("intervention.vat_percent", self.vat_percent))?,
            ceiling_minutes: self
                .ceiling_minutes
                .map(|minutes| natural("intervention.ceiling_minutes", minutes))
                .transpose()?,
        })
    }
}

/// The latest intervention of a request.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest(tx: &mut Tx, request: RequestId) -> Result<Option<InterventionRow>, DbError> {
    find(tx, Some(request), None).await
}

/// An intervention by its key.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn by_id(tx: &mut Tx, id: InterventionId) -> Result<Option<InterventionRow>, DbError> {
    find(tx, None, Some(id)).await
}

async fn find(
    tx: &mut Tx,
    request: Option<RequestId>,
    id: Option<InterventionId>,
) -> Result<Option<InterventionRow>, DbError> {
    sqlx::query_as!(
        Row,
        r#"select i.id, i.customer_id, i.request_id, r.number as "number!", i.ordinal, i.state, i.started_at, i.report,
                  i.minimum_minutes, i.rate_per_minute, i.vat_percent, i.ceiling_minutes
           from intervention i join service_request r on r.id = i.request_id
           where i.request_id = $1 or i.id = $2 order by i.ordinal desc limit 1"#,
        request.map(|id| id.0),
        id.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(Row::into_intervention)
    .transpose()
}

/// An intervention to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewIntervention {
    /// Whose.
    pub customer: CustomerId,
    /// For which request.
    pub request: RequestId,
    /// 1 for the first of the request.
    pub ordinal: u32,
    /// When it begins.
    pub started_at: DateTime<Utc>,
    /// The least that is billed.
    pub minimum_minutes: u32,
    /// The price of a minute beyond the grants, excluding VAT.
    pub rate: Money,
    /// The rate of VAT, in whole per cent.
    pub vat: VatRate,
    /// Above how many effective minutes the customer is asked.
    pub ceiling_minutes: Option<u32>,
}

/// Opens an intervention.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx, new: &NewIntervention) -> Result<InterventionId, DbError> {
    let vat: i32 = new.vat.percent().try_into().map_err(|_| unknown("line_setting.vat_percent", new.vat))?;
    let id = sqlx::query_scalar!(
        "insert into intervention (customer_id, request_id, ordinal, state, started_at, minimum_minutes, rate_per_minute,
                                   vat_percent, ceiling_minutes)
         values ($1, $2, $3, 'open', $4, $5, $6, $7, $8) returning id",
        new.customer.0,
        new.request.0,
        small(new.ordinal)?,
        new.started_at,
        small(new.minimum_minutes)?,
        new.rate.haler(),
        vat,
        new.ceiling_minutes.map(small).transpose()?
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(InterventionId(id))
}

/// Opens a closed intervention again: work on it was resumed.
///
/// # Errors
/// When the database fails.
pub async fn reopen(tx: &mut Tx, id: InterventionId) -> Result<(), DbError> {
    sqlx::query!("update intervention set state = 'open' where id = $1", id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Closes an intervention with a report.
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, id: InterventionId, at: DateTime<Utc>, report: &str) -> Result<(), DbError> {
    sqlx::query!(
        "update intervention set state = 'closed', closed_at = $2, report = $3 where id = $1",
        id.0,
        at,
        report
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The segments of an intervention in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn segments(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Segment>, DbError> {
    find_segments(tx, intervention, None).await
}

/// The segments of an intervention that were worked at one appointment, in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn segments_of_visit(
    tx: &mut Tx,
    intervention: InterventionId,
    appointment: AppointmentId,
) -> Result<Vec<Segment>, DbError> {
    find_segments(tx, intervention, Some(appointment)).await
}

async fn find_segments(
    tx: &mut Tx,
    intervention: InterventionId,
    appointment: Option<AppointmentId>,
) -> Result<Vec<Segment>, DbError> {
    sqlx::query!(
        "select id, kind, started_at, ended_at from time_segment
         where intervention_id = $1 and ($2::bigint is null or appointment_id = $2) order by started_at, id",
        intervention.0,
        appointment.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Segment { id: SegmentId(row.id), kind: kind(row.kind)?, started_at: row.started_at, ended_at: row.ended_at })
    })
    .collect()
}

/// The ended segments of an intervention as a receipt shows them.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn receipt_segments(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<ReceiptSegment>, DbError> {
    sqlx::query!(
        r#"select s.id, s.kind, t.name as technician, s.started_at, s.ended_at as "ended_at!",
                  c.reason as "correction?", c.id is not null and c.kind_before is null as "added!"
           from time_segment s
           join staff t on t.id = s.technician_id
           left join lateral (
               select id, reason, kind_before from segment_correction
               where segment_id = s.id order by id desc limit 1
           ) c on true
           where s.intervention_id = $1 and s.ended_at is not null order by s.started_at, s.id"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(ReceiptSegment {
            id: SegmentId(row.id),
            kind: kind(row.kind)?,
            technician: row.technician,
            started_at: row.started_at,
            ended_at: row.ended_at,
            correction: row.correction,
            added: row.added,
        })
    })
    .collect()
}

/// A clock that runs, with the intervention and appointment it runs for.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// Its segment.
    pub segment: Segment,
    /// Whose clock it is.
    pub technician: StaffId,
    /// At which appointment.
    pub appointment: Option<AppointmentId>,
    /// For which intervention.
    pub intervention: InterventionId,
    /// For the technician's page.
    pub clock: RunningClock,
    /// The agreed time; none when the appointment is gone.
    pub slot: Option<Slot>,
}

/// Clocks that run: one technician's, or everybody's.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn running(tx: &mut Tx, technician: Option<StaffId>) -> Result<Vec<Running>, DbError> {
    sqlx::query!(
        r#"select s.id, s.kind, s.started_at, s.technician_id, s.appointment_id, s.intervention_id, r.number as "number!",
                  c.name as customer, a.during as "during?"
           from time_segment s
           join intervention i on i.id = s.intervention_id
           join service_request r on r.id = i.request_id
           join customer c on c.id = i.customer_id
           left join appointment a on a.request_id = r.id and a.state = 'running'
           where s.ended_at is null and ($1::bigint is null or s.technician_id = $1)
           order by s.started_at"#,
        technician.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let kind = kind(row.kind)?;
        Ok(Running {
            segment: Segment { id: SegmentId(row.id), kind, started_at: row.started_at, ended_at: None },
            technician: StaffId(row.technician_id),
            appointment: row.appointment_id.map(AppointmentId),
            intervention: InterventionId(row.intervention_id),
            clock: RunningClock {
                number: number(&row.number)?,
                customer: row.customer,
                kind,
                since: row.started_at,
                forgotten_since: None,
            },
            slot: row.during.as_ref().map(slot).transpose()?,
        })
    })
    .collect()
}

/// Whether a segment's clock still runs.
///
/// # Errors
/// When the database fails.
pub async fn runs(tx: &mut Tx, segment: SegmentId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from time_segment where id = $1 and ended_at is null) as "runs!""#,
        segment.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whether the form with this key has started a clock already.
///
/// # Errors
/// When the database fails.
pub async fn is_started(tx: &mut Tx, key: Uuid) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from time_segment where key = $1) as "started!""#, key)
        .fetch_one(&mut **tx)
        .await?)
}

/// A segment to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewSegment {
    /// Whose account it may touch.
    pub customer: CustomerId,
    /// Of which intervention.
    pub intervention: InterventionId,
    /// Whose time it is.
    pub technician: StaffId,
    /// At which appointment.
    pub appointment: Option<AppointmentId>,
    /// What is done.
    pub kind: SegmentKind,
    /// From when.
    pub started_at: DateTime<Utc>,
    /// Until when; none while it runs.
    pub ended_at: Option<DateTime<Utc>>,
    /// The idempotency key of the form that started it.
    pub key: Option<Uuid>,
}

/// Adds a segment; none when it would overlap another one of the technician, or a second clock would run.
///
/// # Errors
/// When the database fails.
pub async fn add_segment(tx: &mut Tx, new: &NewSegment) -> Result<Option<SegmentId>, DbError> {
    let id = sqlx::query_scalar!(
        "insert into time_segment (customer_id, intervention_id, technician_id, kind, started_at, ended_at, key,
                                   appointment_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id",
        new.customer.0,
        new.intervention.0,
        new.technician.0,
        new.kind.code(),
        new.started_at,
        new.ended_at,
        new.key,
        new.appointment.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map(SegmentId))
}

/// Stops a running segment.
///
/// # Errors
/// When the database fails.
pub async fn stop(tx: &mut Tx, segment: SegmentId, at: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update time_segment set ended_at = greatest($2, started_at) where id = $1 and ended_at is null",
        segment.0,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A correction to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewCorrection<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// Of which segment.
    pub segment: SegmentId,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffId,
    /// Why.
    pub reason: &'a str,
    /// What it was; none for a segment added by hand.
    pub before: Option<Segment>,
    /// The idempotency key of the form.
    pub key: Option<Uuid>,
}

/// Whether the form with this key has corrected something already.
///
/// # Errors
/// When the database fails.
pub async fn is_corrected(tx: &mut Tx, key: Uuid) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from segment_correction where key = $1) as "done!""#, key)
        .fetch_one(&mut **tx)
        .await?)
}

/// Writes down that a segment was corrected, and what it was.
///
/// # Errors
/// When the database fails.
pub async fn note_correction(tx: &mut Tx, correction: &NewCorrection<'_>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into segment_correction (customer_id, segment_id, at, staff_id, reason, kind_before, started_at_before,
                                         ended_at_before, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        correction.customer.0,
        correction.segment.0,
        correction.at,
        correction.by.0,
        correction.reason,
        correction.before.map(|before| before.kind.code()),
        correction.before.map(|before| before.started_at),
        correction.before.and_then(|before| before.ended_at),
        correction.key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Changes a segment; the database refuses an overlap by the constraint `no_overlapping_segments`.
///
/// # Errors
/// When the database fails or refuses.
pub async fn change_segment(tx: &mut Tx, segment: SegmentId, times: &SegmentTimes) -> Result<(), DbError> {
    sqlx::query!(
        "update time_segment set kind = $2, started_at = $3, ended_at = $4 where id = $1",
        segment.0,
        times.kind.code(),
        times.started_at,
        times.ended_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Makes a segment one of another kind.
///
/// # Errors
/// When the database fails.
pub async fn change_kind(tx: &mut Tx, segment: SegmentId, kind: SegmentKind) -> Result<(), DbError> {
    sqlx::query!("update time_segment set kind = $2 where id = $1", segment.0, kind.code()).execute(&mut **tx).await?;
    Ok(())
}

/// What was corrected in an intervention, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn corrections(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<SegmentCorrection>, DbError> {
    sqlx::query!(
        r#"select c.segment_id, c.at, t.name as by, c.reason, c.kind_before, c.started_at_before, c.ended_at_before
           from segment_correction c
           join time_segment s on s.id = c.segment_id
           join staff t on t.id = c.staff_id
           where s.intervention_id = $1 order by c.id desc"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let segment = SegmentId(row.segment_id);
        let before = row
            .kind_before
            .zip(row.started_at_before)
            .map(|(code, started_at)| {
                Ok::<_, DbError>(Segment { id: segment, kind: kind(code)?, started_at, ended_at: row.ended_at_before })
            })
            .transpose()?;
        Ok(SegmentCorrection { segment, at: row.at, by: row.by, reason: row.reason, before })
    })
    .collect()
}

/// Asks the customer for consent to go on above the ceiling and tells the question's key; none when one is open already.
///
/// # Errors
/// When the database fails.
pub async fn ask_consent(
    tx: &mut Tx,
    intervention: &InterventionRow,
    ceiling: u32,
    at: DateTime<Utc>,
) -> Result<Option<i64>, DbError> {
    Ok(sqlx::query_scalar!(
        "insert into ceiling_consent (customer_id, intervention_id, asked_at, ceiling_minutes)
         values ($1, $2, $3, $4) on conflict do nothing returning id",
        intervention.customer.0,
        intervention.id.0,
        at,
        small(ceiling)?
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// The latest question of an intervention.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn consent(tx: &mut Tx, intervention: InterventionId) -> Result<Option<Consent>, DbError> {
    sqlx::query!(
        r#"select q.asked_at, q.ceiling_minutes, q.answered_at, m.name as "by?", q.agreed, q.new_ceiling
           from ceiling_consent q left join member m on m.id = q.member_id
           where q.intervention_id = $1 order by q.id desc limit 1"#,
        intervention.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        let answer = match (row.answered_at, row.by, row.agreed) {
            (Some(at), Some(by), Some(agreed)) => Some(ConsentAnswer {
                at,
                by,
                agreed,
                new_ceiling: row
                    .new_ceiling
                    .map(|minutes| natural("ceiling_consent.new_ceiling", minutes))
                    .transpose()?,
            }),
            _ => None,
        };
        Ok(Consent {
            asked_at: row.asked_at,
            ceiling_minutes: natural("ceiling_consent.ceiling_minutes", row.ceiling_minutes)?,
            answer,
        })
    })
    .transpose()
}

/// Writes down the answer to the open question; false when there is none. The database raises or lifts the ceiling with it.
///
/// # Errors
/// When the database fails.
pub async fn answer_consent(
    tx: &mut Tx,
    intervention: InterventionId,
    member: MemberId,
    at: DateTime<Utc>,
    agreed: bool,
    new_ceiling: Option<u32>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update ceiling_consent set answered_at = $2, member_id = $3, agreed = $4, new_ceiling = $5
         where intervention_id = $1 and answered_at is null",
        intervention.0,
        at,
        member.0,
        agreed,
        new_ceiling.map(small).transpose()?
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes an attempt to reach the customer; a repeated key notes nothing.
///
/// # Errors
/// When the database fails.
pub async fn note_attempt(
    tx: &mut Tx,
    job: &Job,
    by: StaffId,
    attempt: &ContactAttempt,
    key: Uuid,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contact_attempt (customer_id, request_id, appointment_id, staff_id, at, channel, note, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing",
        job.customer.0,
        job.request.0,
        job.appointment.0,
        by.0,
        attempt.at,
        attempt.channel.code(),
        attempt.note,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Attempts to reach the customer at an appointment, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn attempts(tx: &mut Tx, appointment: AppointmentId) -> Result<Vec<ContactAttempt>, DbError> {
    sqlx::query!(
        "select at, channel, note from contact_attempt where appointment_id = $1 order by at, id",
        appointment.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(ContactAttempt {
            at: row.at,
            channel: AttemptChannel::from_code(&row.channel)
                .ok_or_else(|| unknown("contact_attempt.channel", row.channel))?,
            note: row.note,
        })
    })
    .collect()
}

/// The urgency of a request: it decides the rate.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn urgency_of(tx: &mut Tx, request: RequestId) -> Result<Urgency, DbError> {
    let code = sqlx::query_scalar!(r#"select urgency as "urgency!" from service_request where id = $1"#, request.0)
        .fetch_one(&mut **tx)
        .await?;
    urgency(code)
}

pub(crate) fn kind(code: String) -> Result<SegmentKind, DbError> {
    SegmentKind::from_code(&code).ok_or_else(|| unknown("time_segment.kind", code))
}

pub(crate) fn small(number: u32) -> Result<i32, DbError> {
    i32::try_from(number).map_err(|_| unknown("integer", number))
}
