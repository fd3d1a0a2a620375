//! Appointments: booking goes through the database's own function, which the exclusion constraint backs.

use chrono::{DateTime, Utc};
use sqlx::postgres::types::PgRange;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{AppointmentId, CustomerId, InterventionId, MemberId, RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::{
            appointments::{AppointmentState, unmet_since},
            offers::Slot,
            pages::{OtherTime, StaffAppointment},
        },
    },
    server::db::{
        Db, DbError, Tx,
        codec::Natural,
        locks::{self, Lock},
    },
};

/// Takes a slot for a request with the first free one of `technicians`; none when all are taken. Holds that expired are in
/// the way until [`clear_the_way`] has been called.
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
    Ok(sqlx::query_scalar!(
        r#"select take_slot($1, $2, $3, $4, $5, $6) as "id: AppointmentId""#,
        now,
        request.0,
        &technicians,
        PgRange::from(slot.start..slot.end),
        urgency.code(),
        hold_expires_at
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Deletes holds that have expired, in a transaction of its own, as [`take_slot`] demands. Tells whether an agreed time has passed
/// unmet that is in the way until somebody writes that down.
///
/// # Errors
/// When the database fails.
pub async fn clear_the_way(db: &Db, now: DateTime<Utc>) -> Result<bool, DbError> {
    let mut tx = db.system().await?;
    let found = sqlx::query_scalar!(r#"select clear_the_way($1, $2) as "is_unmet!""#, now, unmet_since(now));
    let is_unmet = found.fetch_one(&mut *tx).await?;
    tx.commit().await?;
    Ok(is_unmet)
}

/// How many slots a member holds for others than `except`; what we hold for one whose time is agreed is none of theirs. Serialises
/// the picks of one member, so that many at once cannot each find room.
///
/// # Errors
/// When the database fails.
pub async fn live_holds(tx: &mut Tx, member: MemberId, except: RequestId, now: DateTime<Utc>) -> Result<u32, DbError> {
    locks::take(tx, Lock::HoldsOf(member)).await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from appointment a join service_request r on r.id = a.request_id
           where r.member_id = $1 and r.id <> $2 and r.state <> 'scheduled'
             and a.state = 'held' and a.hold_expires_at > $3"#,
        member.0,
        except.0,
        now
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Agreed times of a customer that are not over, but for one request's, in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn agreed_beside(
    tx: &mut Tx,
    customer: CustomerId,
    except: RequestId,
    now: DateTime<Utc>,
) -> Result<Vec<OtherTime>, DbError> {
    Ok(sqlx::query_as!(
        OtherTime,
        r#"select a.during as "slot: Slot", array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual"
           from service_request r
           join appointment a on a.request_id = r.id and a.state in ('confirmed', 'running')
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where r.customer_id = $1 and r.id <> $2 and r.state in ('scheduled', 'in_progress') and upper(a.during) > $3
           order by a.during"#,
        customer.0,
        except.0,
        now
    )
    .fetch_all(&mut **tx)
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
    Ok(sqlx::query_scalar!(
        r#"update appointment a set state = 'confirmed', hold_expires_at = null
           from service_request r join work_types_at($2, $2) w on w.id = r.work_type_id
           where a.request_id = $1 and a.state = 'held' and a.hold_expires_at > $2
             and r.id = a.request_id and r.urgency = a.urgency
             and upper(a.during) - lower(a.during)
                 = case when r.state = 'draft' then w.slot_minutes else r.slot_minutes end * interval '1 minute'
           returning a.during as "slot: Slot""#,
        request.0,
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
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

/// Cancels an appointment that is not needed any more because its work is done; it may have begun.
///
/// # Errors
/// When the database fails.
pub async fn call_off(tx: &mut Tx, appointment: AppointmentId) -> Result<(), DbError> {
    sqlx::query!(
        "update appointment set state = 'cancelled' where id = $1 and state in ('confirmed', 'running')",
        appointment.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Appointments that are agreed at `now` and start from `from` until before `until`, in order of time: one technician's, or
/// everybody's.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn for_staff(
    tx: &mut Tx,
    technician: Option<StaffId>,
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Vec<StaffAppointment>, DbError> {
    Ok(sqlx::query_as!(
        StaffAppointment,
        r#"select a.during as "slot: Slot", s.name as technician, c.name as customer,
                  r.number as "number!: RequestNumber", array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual",
                  a.urgency as "urgency: Urgency", r.contact_name as "contact_name!",
                  r.contact_phone as "contact_phone!", a.state as "state: AppointmentState"
           from appointment a
           join staff s on s.id = a.technician_id
           join service_request r on r.id = a.request_id
           join customer c on c.id = a.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where a.state in ('confirmed', 'running') and a.during && tstzrange($1, $3) and lower(a.during) >= $1
             and ($2::bigint is null or a.technician_id = $2)
             and not is_unmet(a.state, a.during, a.attempted_at, $4)
           order by a.during, s.name"#,
        from,
        technician.map(|id| id.0),
        until,
        unmet_since(now)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// How far a list of agreed appointments reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// How many there are.
    pub total: u32,
    /// When the one starts with which a page is full; none when the page does not get full.
    pub full_at: Option<DateTime<Utc>>,
    /// When the last one starts.
    pub last: Option<DateTime<Utc>>,
}

/// How far the list of appointments that are agreed at `now` reaches from `from` on, with a page of `size` that begins at
/// `page_from`.
///
/// # Errors
/// When the database fails.
pub async fn reach_for_staff(
    tx: &mut Tx,
    technician: Option<StaffId>,
    from: DateTime<Utc>,
    page_from: DateTime<Utc>,
    size: i32,
    now: DateTime<Utc>,
) -> Result<Reach, DbError> {
    Ok(sqlx::query_as!(
        Reach,
        r#"select count(*) as "total!: Natural", max(lower(a.during)) as last,
                  (array_agg(lower(a.during) order by a.during) filter (where lower(a.during) >= $3))[$4] as full_at
           from appointment a
           where a.state in ('confirmed', 'running') and a.during && tstzrange($1, null) and lower(a.during) >= $1
             and ($2::bigint is null or a.technician_id = $2)
             and not is_unmet(a.state, a.during, a.attempted_at, $5)"#,
        from,
        technician.map(|id| id.0),
        page_from,
        size,
        unmet_since(now)
    )
    .fetch_one(&mut **tx)
    .await?)
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
