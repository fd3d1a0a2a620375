//! Agreed times at which no technician came: looked for, written down, and listed until another time is agreed.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{AppointmentId, StaffId},
            numbers::RequestNumber,
            paging::Queue,
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        ordering::{
            appointments::{AppointmentState, Watched, unmet_since},
            offers::Slot,
        },
        work::pages::{MissedCase, WorkAppointment},
    },
    server::db::{DbError, Tx, codec::Natural, paging::queue},
};

/// The requests whose agreed time has passed unmet and was not written down yet, the oldest time first.
///
/// # Errors
/// When the database fails.
pub async fn unmet(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<RequestNumber>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select r.number as "number!: RequestNumber"
           from passed_unmet($1) u join appointment a on a.id = u.appointment_id join service_request r on r.id = a.request_id
           order by lower(a.during), a.id"#,
        unmet_since(now)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What decides whether an appointment's time has passed unmet; none if there is no such appointment.
///
/// # Errors
/// When the database fails.
pub async fn watched(tx: &mut Tx, appointment: AppointmentId) -> Result<Option<Watched>, DbError> {
    Ok(sqlx::query_as!(
        Watched,
        r#"select a.state as "state: AppointmentState", lower(a.during) as "start!", a.attempted_at as last_attempt,
                  coalesce((select bool_and(s.kind = 'preparation') from time_segment s where s.appointment_id = a.id), false)
                      as "only_prepared!",
                  exists (select from intervention_reopening o join intervention i on i.id = o.intervention_id
                          where i.request_id = a.request_id and o.version is null) as "is_put_right!",
                  a.missed_at is not null as "was_missed!"
           from appointment a where a.id = $1"#,
        appointment.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes down that nobody came: once, whatever becomes of the appointment later.
///
/// # Errors
/// When the database fails.
pub async fn note(
    tx: &mut Tx,
    appointment: AppointmentId,
    state: AppointmentState,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!("update appointment set state = $2, missed_at = $3 where id = $1", appointment.0, state.code(), at)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether the time that somebody is told was missed is still so, and nothing was agreed or begun instead: a request that was
/// called off since is told of nevertheless, as its calendar event is.
///
/// * `sequence` – of the calendar event, as it was raised by the miss
///
/// # Errors
/// When the database fails.
pub async fn is_still_missed(tx: &mut Tx, wanted: RequestNumber, sequence: u32) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select 1 from service_request
               where number = $1 and (state = 'waiting' and sequence::bigint = $2 or state = 'cancelled')) as "still!""#,
        wanted.to_string(),
        i64::from(sequence)
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Requests whose agreed time we missed and that have no other one yet, the one that waits longest first: one technician's, or
/// everybody's. What we called off ahead of its time is the desk's alone: its technician has missed nothing.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn waiting(
    tx: &mut Tx,
    technician: Option<StaffId>,
    now: DateTime<Utc>,
    at_most: i64,
) -> Result<Queue<MissedCase>, DbError> {
    let found = sqlx::query!(
        r#"select r.number as "number!: RequestNumber", a.during as "slot: Slot", c.name as customer, array[p.name, p.name_en] as "program!: Bilingual",
                  array[w.name, w.name_en] as "work_type!: Bilingual", r.urgency as "urgency!: Urgency", r.contact_name as "contact_name!",
                  r.contact_phone as "contact_phone!", r.ready, r.what_happened as "what_happened!", s.name as technician,
                  r.choice as "choice!: SlotChoice", (a.missed_at < lower(a.during)) is true as "is_called_off!",
                  count(*) over () as "total!: Natural"
           from appointment a
           join service_request r on r.id = a.request_id
           join staff s on s.id = a.technician_id
           join customer c on c.id = r.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where (a.state = 'missed_by_us' and r.state = 'waiting'
                  or a.state = 'confirmed' and a.missed_at is null and lower(a.during) <= $2
                     and is_unmet(a.state, a.during, a.attempted_at, $2) and r.state = 'scheduled')
             and ($1::bigint is null or a.technician_id = $1 and (a.missed_at < lower(a.during)) is not true)
             and not exists (select 1 from appointment b
                             where b.request_id = a.request_id and b.id > a.id and b.state <> 'held')
           order by lower(a.during), r.number limit $3"#,
        technician.map(|id| id.0),
        unmet_since(now),
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        found,
        |row| row.total,
        |row| MissedCase {
            appointment: WorkAppointment {
                number: row.number,
                slot: row.slot,
                state: AppointmentState::MissedByUs,
                customer: row.customer,
                program: row.program,
                work_type: row.work_type,
                urgency: row.urgency,
                contact_name: row.contact_name,
                contact_phone: row.contact_phone,
                ready: row.ready,
                // Of a time that has passed nothing is to be said any more.
                said: None,
            },
            technician: row.technician,
            what_happened: row.what_happened,
            choice: row.choice,
            is_called_off: row.is_called_off,
        },
    ))
}
