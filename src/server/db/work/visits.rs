//! Visits: a technician's part of the work for a request, at one appointment; and the technician's day.

use chrono::{DateTime, Utc};
use sqlx::postgres::types::PgRange;
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{AppointmentId, CustomerId, MemberId, RequestId, StaffId},
            numbers::RequestNumber,
        },
        ordering::{appointments::AppointmentState, requests::RequestState, urgency::UrgencyClaim},
        work::pages::WorkAppointment,
    },
    server::db::{
        DbError, Tx,
        line::catalogue::{natural, unknown},
        ordering::appointments::{number, slot, urgency},
    },
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

struct VisitRow {
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

impl VisitRow {
    fn into_visit(self) -> Result<Visit, DbError> {
        Ok(Visit {
            appointment_id: AppointmentId(self.appointment),
            technician: StaffId(self.technician_id),
            appointment: WorkAppointment {
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
pub async fn latest(tx: &mut Tx, wanted: RequestNumber) -> Result<Option<Visit>, DbError> {
    sqlx::query_as!(
        VisitRow,
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
    .map(VisitRow::into_visit)
    .transpose()
}

/// A technician's appointments that touch a span of time, in order; cancelled ones are left out, and with `only_open` those
/// that are over.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn appointments(
    tx: &mut Tx,
    technician: StaffId,
    from: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
    only_open: bool,
) -> Result<Vec<WorkAppointment>, DbError> {
    sqlx::query_as!(
        VisitRow,
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
    .map(|row| Ok(row.into_visit()?.appointment))
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
