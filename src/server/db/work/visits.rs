//! Visits: a technician's part of the work for a request, at one appointment; and the technician's day.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{AppointmentId, CustomerId, MemberId, RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        ordering::{
            appointments::{AppointmentState, unmet_since},
            offers::Slot,
            requests::RequestState,
            urgency::UrgencyClaim,
        },
        work::{pages::WorkAppointment, readiness::ReadyAnswer},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// A technician's part of the work for a request, at one appointment.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// At which appointment.
    pub appointment_id: AppointmentId,
    /// Whose it is.
    pub technician: StaffId,
    /// As in the day's list.
    pub appointment: WorkAppointment,
    /// The customer.
    pub customer: CustomerId,
    /// The request.
    pub request: RequestId,
    /// Where the request stands.
    pub state: RequestState,
    /// Who ordered it.
    pub member: MemberId,
    /// Which version of the program the customer ran when it was ordered.
    pub version: String,
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
    /// When its customer was shown what it would cost.
    pub estimated_at: DateTime<Utc>,
    /// The most minutes that were estimated.
    pub estimated: Option<u32>,
    /// Who names the times of such work.
    pub choice: SlotChoice,
    /// When a technician last tried to reach the customer at this appointment.
    pub attempted_at: Option<DateTime<Utc>>,
    /// Whether we called it off ahead of its time: nobody missed it, and nobody can begin at it late.
    pub is_called_off: bool,
}

struct VisitRow {
    appointment: AppointmentId,
    technician: StaffId,
    slot: Slot,
    appointment_state: AppointmentState,
    customer: CustomerId,
    customer_name: String,
    request: RequestId,
    number: RequestNumber,
    request_state: RequestState,
    member: MemberId,
    program: Bilingual,
    work_type: Bilingual,
    urgency: Urgency,
    contact_name: String,
    contact_phone: String,
    ready: bool,
    said: Option<ReadyAnswer>,
    version: String,
    what_happened: String,
    what_stopped: Option<String>,
    stopped_since: Option<String>,
    ceiling_minutes: Option<Natural>,
    sequence: u32,
    submitted_at: DateTime<Utc>,
    estimated_at: DateTime<Utc>,
    estimated: Option<Natural>,
    choice: SlotChoice,
    attempted_at: Option<DateTime<Utc>>,
    is_called_off: bool,
}

impl From<VisitRow> for Visit {
    fn from(row: VisitRow) -> Self {
        Self {
            appointment_id: row.appointment,
            technician: row.technician,
            appointment: WorkAppointment {
                number: row.number,
                slot: row.slot,
                state: row.appointment_state,
                customer: row.customer_name,
                program: row.program,
                work_type: row.work_type,
                urgency: row.urgency,
                contact_name: row.contact_name,
                contact_phone: row.contact_phone,
                ready: row.ready,
                said: row.said,
            },
            customer: row.customer,
            request: row.request,
            state: row.request_state,
            member: row.member,
            version: row.version,
            what_happened: row.what_happened,
            claim: row
                .what_stopped
                .zip(row.stopped_since)
                .map(|(what_stopped, since)| UrgencyClaim { what_stopped, since }),
            ceiling_minutes: row.ceiling_minutes.map(u32::from),
            sequence: row.sequence,
            submitted_at: row.submitted_at,
            estimated_at: row.estimated_at,
            estimated: row.estimated.map(u32::from),
            choice: row.choice,
            attempted_at: row.attempted_at,
            is_called_off: row.is_called_off,
        }
    }
}

/// The latest appointment of a request that was ever agreed; the one under way before those that are over.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest(tx: &mut Tx, wanted: RequestNumber) -> Result<Option<Visit>, DbError> {
    Ok(sqlx::query_as!(
        VisitRow,
        r#"select a.id as "appointment: AppointmentId", a.technician_id as "technician: StaffId", a.during as "slot: Slot",
                  a.state as "appointment_state: AppointmentState", a.customer_id as "customer: CustomerId",
                  c.name as customer_name, r.id as "request: RequestId", r.number as "number!: RequestNumber",
                  r.state as "request_state: RequestState", r.member_id as "member: MemberId", array[p.name, p.name_en] as "program!: Bilingual",
                  array[w.name, w.name_en] as "work_type!: Bilingual", r.urgency as "urgency!: Urgency", r.contact_name as "contact_name!",
                  r.contact_phone as "contact_phone!", r.ready,
                  (select y.answer from readiness y where y.appointment_id = a.id) as "said: ReadyAnswer", r.version, r.what_happened as "what_happened!", r.what_stopped,
                  r.stopped_since, r.ceiling_minutes as "ceiling_minutes: Natural", r.sequence as "sequence: Natural",
                  r.submitted_at as "submitted_at!", coalesce(r.estimated_at, r.submitted_at) as "estimated_at!",
                  (r.estimate -> 'minutes' ->> 'to')::integer as "estimated: Natural",
                  r.choice as "choice!: SlotChoice", a.attempted_at,
                  (a.missed_at < lower(a.during)) is true as "is_called_off!"
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
    .map(Into::into))
}

/// Appointments of the technician `$1`, as they stand when those are unmet that began by `$2`, in order. What was called off ahead of
/// its time is left out.
macro_rules! select_appointments {
    ($which:literal, $($parameter:expr),*) => {
        sqlx::query_as!(
            WorkAppointment,
            r#"select r.number as "number!: RequestNumber", a.during as "slot: Slot",
                      appointment_state(a.state, a.during, a.attempted_at, $2) as "state!: AppointmentState",
                      c.name as customer, array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual",
                      r.urgency as "urgency!: Urgency", r.contact_name as "contact_name!", r.contact_phone as "contact_phone!", r.ready,
                      (select y.answer from readiness y where y.appointment_id = a.id) as "said: ReadyAnswer"
               from appointment a
               join service_request r on r.id = a.request_id
               join customer c on c.id = r.customer_id
               join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               where a.technician_id = $1 and (a.missed_at < lower(a.during)) is not true and "# + $which
                + " order by a.during",
            $($parameter),*
        )
    };
}

/// A technician's appointments that touch a span of time, as they stand at `now`, in order; those that were cancelled, or
/// called off ahead of their time, are left out.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn appointments(
    tx: &mut Tx,
    technician: StaffId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<WorkAppointment>, DbError> {
    // The condition of the index `appointment_of_technician`, by which a long past is not read.
    let found = select_appointments!(
        "a.state not in ('held', 'cancelled') and a.during && tstzrange($3, $4)",
        technician.0,
        unmet_since(now),
        from,
        until
    );
    Ok(found.fetch_all(&mut **tx).await?)
}

/// Those of a technician's appointments that are neither over nor missed at `now`, of a span of time or of all before an instant, in
/// order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open_appointments(
    tx: &mut Tx,
    technician: StaffId,
    from: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<WorkAppointment>, DbError> {
    // Said apart, so that the index of what is agreed serves, however the statement is planned: it holds nothing of the past.
    let found = select_appointments!(
        "a.state in ('confirmed', 'running') and a.during && tstzrange($3, $4)
         and not is_unmet(a.state, a.during, a.attempted_at, $2)",
        technician.0,
        unmet_since(now),
        from,
        until
    );
    Ok(found.fetch_all(&mut **tx).await?)
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
