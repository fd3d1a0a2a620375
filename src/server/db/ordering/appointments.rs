//! Appointments: booking goes through the database's own function, which the exclusion constraint backs.

use chrono::{DateTime, Utc};
use sqlx::postgres::types::PgRange;

use crate::{
    model::{
        base::{
            ids::{AppointmentId, InterventionId, MemberId, RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::{appointments::AppointmentState, offers::Slot, pages::StaffAppointment},
    },
    server::db::{
        Db, DbError, Tx,
        line::{catalogue::unknown, plans::interval},
        locks::{self, Lock},
    },
};

/// Takes a slot for a request with the first free one of `technicians`; none when all are taken. Holds that expired are in
/// the way until [`clear_expired_holds`] has been called.
///
/// # Errors
/// When the database fails.
pub async fn take_slot(
    tx: &mut Tx,
    now: DateTime<Utc>,
    request: RequestId,
    technicians: &[StaffId],
    slot: Slot,
    urgency: Urgency,
    hold_expires_at: DateTime<Utc>,
) -> Result<Option<AppointmentId>, DbError> {
    let technicians: Vec<i64> = technicians.iter().map(|id| id.0).collect();
    let id = sqlx::query_scalar!(
        "select take_slot($1, $2, $3, $4, $5, $6)",
        now,
        request.0,
        &technicians,
        PgRange::from(slot.start..slot.end),
        urgency.code(),
        hold_expires_at
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(id.map(AppointmentId))
}

/// Deletes holds that have expired, in a transaction of its own, as [`take_slot`] demands; in one round trip.
///
/// # Errors
/// When the database fails.
pub async fn clear_expired_holds(db: &Db, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("select clear_expired_holds($1)", now).execute(db.pool()).await?;
    Ok(())
}

/// How many slots a member holds for other drafts than `except`. Serialises the picks of one member, so that many at once
/// cannot each find room.
///
/// # Errors
/// When the database fails.
pub async fn live_holds(tx: &mut Tx, member: MemberId, except: RequestId, now: DateTime<Utc>) -> Result<i64, DbError> {
    locks::take(tx, Lock::HoldsOf(member)).await?;
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointment a join service_request r on r.id = a.request_id
           where r.member_id = $1 and r.id <> $2 and a.state = 'held' and a.hold_expires_at > $3"#,
        member.0,
        except.0,
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Gives back what is held for a request.
///
/// # Errors
/// When the database fails.
pub async fn release_hold(tx: &mut Tx, request: RequestId) -> Result<(), DbError> {
    sqlx::query!("delete from appointment where request_id = $1 and state = 'held'", request.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Turns the live hold of a request into the agreed time; none when it expired, or was made for work of another length or
/// urgency than the request now has.
///
/// # Errors
/// When the database fails.
pub async fn confirm_hold(tx: &mut Tx, request: RequestId, now: DateTime<Utc>) -> Result<Option<Slot>, DbError> {
    sqlx::query_scalar!(
        "update appointment a set state = 'confirmed', hold_expires_at = null
         from service_request r join work_type w on w.id = r.work_type_id
         where a.request_id = $1 and a.state = 'held' and a.hold_expires_at > $2
           and r.id = a.request_id and r.urgency = a.urgency
           and upper(a.during) - lower(a.during) = w.slot_minutes * interval '1 minute'
         returning a.during",
        request.0,
        now
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|during| slot(&during))
    .transpose()
}

/// Cancels the agreed time of a request.
///
/// # Errors
/// When the database fails.
pub async fn cancel_confirmed(tx: &mut Tx, request: RequestId) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update appointment set state = 'cancelled' where request_id = $1 and state = 'confirmed'",
        request.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Agreed appointments that end after `from`, in order of time: one technician's, or everybody's.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn for_staff(
    tx: &mut Tx,
    technician: Option<StaffId>,
    from: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<StaffAppointment>, DbError> {
    sqlx::query!(
        r#"select a.during, s.name as technician, c.name as customer, r.number as "number!", p.name as program,
                  w.name as work_type, a.urgency, r.contact_name as "contact_name!", r.contact_phone as "contact_phone!",
                  a.state
           from appointment a
           join staff s on s.id = a.technician_id
           join service_request r on r.id = a.request_id
           join customer c on c.id = a.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where a.state in ('confirmed', 'running') and a.during && tstzrange($1, null)
             and ($2::bigint is null or a.technician_id = $2)
           order by a.during, s.name
           limit $3"#,
        from,
        technician.map(|id| id.0),
        at_most
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(StaffAppointment {
            slot: slot(&row.during)?,
            technician: row.technician,
            customer: row.customer,
            number: number(&row.number)?,
            program: row.program,
            work_type: row.work_type,
            urgency: urgency(row.urgency)?,
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            state: AppointmentState::from_code(&row.state)
                .ok_or_else(|| unknown("appointment.state", &row.state))?,
        })
    })
    .collect()
}

/// A stored range as a slot.
pub(crate) fn slot(during: &PgRange<DateTime<Utc>>) -> Result<Slot, DbError> {
    let interval = interval(during).ok_or_else(|| unknown("appointment.during", "a range without bounds"))?;
    Ok(Slot { start: interval.start(), end: interval.end() })
}

pub(crate) fn number(text: &str) -> Result<RequestNumber, DbError> {
    text.parse().map_err(|_| unknown("service_request.number", text))
}

pub(crate) fn urgency(code: String) -> Result<Urgency, DbError> {
    Urgency::from_code(&code).ok_or_else(|| unknown("urgency", code))
}

/// Writes down where an appointment stands.
///
/// # Errors
/// When the database fails.
pub async fn set_state(
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
