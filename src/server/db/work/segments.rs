//! Time segments, the clock that runs, and corrections of what it measured.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{AppointmentId, CustomerId, InterventionId, RequestId, SegmentId, StaffId},
            numbers::RequestNumber,
        },
        ordering::offers::Slot,
        work::{
            corrections::CorrectionSource,
            pages::{RunningClock, SegmentCorrection},
            receipts::ReceiptSegment,
            segments::{Segment, SegmentKind, SegmentTimes},
        },
    },
    server::db::{
        DbError, Tx,
        codec::integer,
        locks::{self, Lock},
    },
};

/// One technician's clock at a time: whoever starts, stops or corrects it waits here until the transaction before has
/// ended.
///
/// # Errors
/// When the database fails.
pub async fn lock_clock(tx: &mut Tx, technician: StaffId) -> Result<(), DbError> {
    locks::take(tx, Lock::ClockOf(technician)).await
}

/// The segments of an intervention in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_intervention(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Segment>, DbError> {
    find(tx, intervention, None).await
}

/// The segments of an intervention that were worked at one appointment, in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_visit(
    tx: &mut Tx,
    intervention: InterventionId,
    appointment: AppointmentId,
) -> Result<Vec<Segment>, DbError> {
    find(tx, intervention, Some(appointment)).await
}

async fn find(
    tx: &mut Tx,
    intervention: InterventionId,
    appointment: Option<AppointmentId>,
) -> Result<Vec<Segment>, DbError> {
    Ok(sqlx::query_as!(
        Segment,
        r#"select id as "id: SegmentId", kind as "kind: SegmentKind", started_at, ended_at from time_segment
           where intervention_id = $1 and ($2::bigint is null or appointment_id = $2) order by started_at, id"#,
        intervention.0,
        appointment.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The ended segments of an intervention as a receipt shows them.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn for_receipt(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<ReceiptSegment>, DbError> {
    Ok(sqlx::query_as!(
        ReceiptSegment,
        r#"select s.id as "id: SegmentId", s.kind as "kind: SegmentKind", t.name as technician, s.started_at,
                  s.ended_at as "ended_at!", c.reason as "correction?",
                  c.source as "source?: CorrectionSource", c.id is not null and c.kind_before is null as "added!"
           from time_segment s
           join staff t on t.id = s.technician_id
           left join lateral (
               select id, reason, source, kind_before from segment_correction
               where segment_id = s.id order by id desc limit 1
           ) c on true
           where s.intervention_id = $1 and s.ended_at is not null order by s.started_at, s.id"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?)
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
    /// The agreed time of that appointment.
    pub slot: Option<Slot>,
    /// From when on it counts as forgotten.
    pub forgotten_from: DateTime<Utc>,
}

impl Running {
    /// Whether it was forgotten: its true end is to be given.
    #[must_use]
    pub fn is_forgotten(&self, now: DateTime<Utc>) -> bool {
        self.forgotten_from <= now
    }

    /// Up to when it counts.
    #[must_use]
    pub fn counts_until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.min(self.forgotten_from)
    }
}

/// Clocks that run: one technician's, or everybody's.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn running(tx: &mut Tx, technician: Option<StaffId>) -> Result<Vec<Running>, DbError> {
    let found = sqlx::query!(
        r#"select s.id as "id: SegmentId", s.kind as "kind: SegmentKind", s.started_at,
                  s.technician_id as "technician: StaffId", s.appointment_id as "appointment: AppointmentId",
                  s.intervention_id as "intervention: InterventionId", r.number as "number!: RequestNumber",
                  c.name as customer, a.during as "slot?: Slot", s.forgotten_from
           from time_segment s
           join intervention i on i.id = s.intervention_id
           join service_request r on r.id = i.request_id
           join customer c on c.id = i.customer_id
           left join appointment a on a.id = s.appointment_id
           where s.ended_at is null and ($1::bigint is null or s.technician_id = $1)
           order by s.started_at"#,
        technician.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| Running {
            segment: Segment { id: row.id, kind: row.kind, started_at: row.started_at, ended_at: None },
            technician: row.technician,
            appointment: row.appointment,
            intervention: row.intervention,
            clock: RunningClock {
                segment: row.id,
                number: row.number,
                customer: row.customer,
                kind: row.kind,
                since: row.started_at,
                forgotten_since: None,
            },
            slot: row.slot,
            forgotten_from: row.forgotten_from,
        })
        .collect())
}

/// Up to when the clock of an intervention counts: a forgotten one no longer than it is believed.
///
/// # Errors
/// When the database fails.
pub async fn counts_until(
    tx: &mut Tx,
    intervention: InterventionId,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DbError> {
    let running = sqlx::query_scalar!(
        "select forgotten_from from time_segment where intervention_id = $1 and ended_at is null",
        intervention.0
    );
    Ok(running.fetch_optional(&mut **tx).await?.map_or(now, |forgotten_from| now.min(forgotten_from)))
}

/// When a technician last did something for a request: tried to reach the customer, corrected a segment, or what its timeline
/// tells.
///
/// # Errors
/// When the database fails.
pub async fn last_activity(
    tx: &mut Tx,
    request: RequestId,
    technician: StaffId,
) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(sqlx::query_scalar!(
        "select greatest(
            (select max(at) from contact_attempt where request_id = $1 and staff_id = $2),
            (select max(at) from request_event where request_id = $1 and staff_id = $2),
            (select max(c.at) from segment_correction c
             join time_segment s on s.id = c.segment_id
             join intervention i on i.id = s.intervention_id
             where i.request_id = $1 and c.staff_id = $2))",
        request.0,
        technician.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Keeps what was prepared for a time that a member moves or cancels at `at`: a clock that runs for it stops, and what was
/// prepared belongs to the new time, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn keep_preparation(tx: &mut Tx, request: RequestId, at: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("select keep_preparation($1, $2)", request.0, at).execute(&mut **tx).await?;
    Ok(())
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
    /// From when on it counts as forgotten.
    pub forgotten_from: DateTime<Utc>,
    /// Who confirmed an end beyond that.
    pub confirmed_by: Option<StaffId>,
    /// The idempotency key of the form that started it.
    pub key: Option<Uuid>,
}

/// Adds a segment; none when it would overlap another one of the technician, or a second clock would run.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, new: &NewSegment) -> Result<Option<SegmentId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into time_segment (customer_id, intervention_id, technician_id, kind, started_at, ended_at, key,
                                     appointment_id, forgotten_from, confirmed_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id as "id: SegmentId""#,
        new.customer.0,
        new.intervention.0,
        new.technician.0,
        new.kind.code(),
        new.started_at,
        new.ended_at,
        new.key,
        new.appointment.map(|id| id.0),
        new.forgotten_from,
        new.confirmed_by.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Stops a running segment. The database refuses an end beyond its limit that nobody confirmed.
///
/// # Errors
/// When the database fails or refuses.
pub async fn stop(
    tx: &mut Tx,
    segment: SegmentId,
    at: DateTime<Utc>,
    confirmed_by: Option<StaffId>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update time_segment set ended_at = greatest($2, started_at), confirmed_by = $3 where id = $1 and ended_at is null",
        segment.0,
        at,
        confirmed_by.map(|id| id.0)
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
    /// Whose word the reason is.
    pub source: CorrectionSource,
    /// Why, where somebody has typed it.
    pub reason: &'a str,
    /// What it was; none for a segment added by hand.
    pub before: Option<Segment>,
    /// How much a technician added by it, in seconds.
    pub added_seconds: u32,
    /// The idempotency key of the form.
    pub key: Option<Uuid>,
}

/// How much technicians have added to an intervention by corrections, in seconds.
///
/// # Errors
/// When the database fails.
pub async fn added_seconds(tx: &mut Tx, intervention: InterventionId) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(c.added_seconds), 0) as "seconds!"
           from segment_correction c join time_segment s on s.id = c.segment_id where s.intervention_id = $1"#,
        intervention.0
    )
    .fetch_one(&mut **tx)
    .await?)
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
    let source = correction.source;
    sqlx::query!(
        "insert into segment_correction (customer_id, segment_id, at, staff_id, reason, source, kind_before, started_at_before,
                                         ended_at_before, added_seconds, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        correction.customer.0,
        correction.segment.0,
        correction.at,
        correction.by.0,
        // By which the release before knows it.
        if source == CorrectionSource::Typed { correction.reason } else { source.code() },
        source.code(),
        correction.before.map(|before| before.kind.code()),
        correction.before.map(|before| before.started_at),
        correction.before.and_then(|before| before.ended_at),
        integer(correction.added_seconds)?,
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
pub async fn change(
    tx: &mut Tx,
    segment: SegmentId,
    times: &SegmentTimes,
    forgotten_from: DateTime<Utc>,
    confirmed_by: Option<StaffId>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update time_segment set kind = $2, started_at = $3, ended_at = $4, forgotten_from = $5, confirmed_by = $6
         where id = $1",
        segment.0,
        times.kind.code(),
        times.started_at,
        times.ended_at,
        forgotten_from,
        confirmed_by.map(|id| id.0)
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
    let found = sqlx::query!(
        r#"select c.segment_id as "segment: SegmentId", c.at, t.name as by, c.reason, c.source as "source: CorrectionSource",
                  c.kind_before as "kind_before: SegmentKind", c.started_at_before, c.ended_at_before
           from segment_correction c
           join time_segment s on s.id = c.segment_id
           join staff t on t.id = c.staff_id
           where s.intervention_id = $1 order by c.id desc"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| SegmentCorrection {
            segment: row.segment,
            at: row.at,
            by: row.by,
            reason: row.reason,
            source: row.source,
            before: row.kind_before.zip(row.started_at_before).map(|(kind, started_at)| Segment {
                id: row.segment,
                kind,
                started_at,
                ended_at: row.ended_at_before,
            }),
        })
        .collect())
}

/// Ends a segment at an instant within it; what was after that becomes a segment of another kind, which it names.
///
/// # Errors
/// When the database fails.
pub async fn split(
    tx: &mut Tx,
    segment: SegmentId,
    at: DateTime<Utc>,
    kind: SegmentKind,
) -> Result<SegmentId, DbError> {
    // The end is given up before the rest is added: the two must never overlap.
    let ended_at = sqlx::query_scalar!(
        "with whole as (select id, ended_at from time_segment where id = $1)
         update time_segment s set ended_at = $2 from whole w where s.id = w.id returning w.ended_at",
        segment.0,
        at
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(sqlx::query_scalar!(
        r#"insert into time_segment (customer_id, intervention_id, technician_id, appointment_id, kind, started_at, ended_at,
                                     forgotten_from, confirmed_by)
           select customer_id, intervention_id, technician_id, appointment_id, $2, $3, $4,
                  greatest(forgotten_from, $3), confirmed_by
           from time_segment where id = $1
           returning id as "id: SegmentId""#,
        segment.0,
        kind.code(),
        at,
        ended_at
    )
    .fetch_one(&mut **tx)
    .await?)
}
