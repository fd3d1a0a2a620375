//! Appointments whose technician is not there after all: looked for, and given another place.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::types::PgRange;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::midnight,
            ids::{AppointmentId, CustomerId, RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        ordering::{
            offers::Slot,
            redistribution::{Cause, Place, PresentTechnician},
            timeline::TimelineKind,
        },
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// An appointment that cannot stay as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplacedRow {
    /// Which.
    pub id: AppointmentId,
    /// Its request.
    pub number: RequestNumber,
    /// Whose it is.
    pub technician: StaffId,
    /// The technician's name.
    pub technician_name: String,
    /// When it is.
    pub slot: Slot,
    /// Why it cannot stay.
    pub cause: Cause,
    /// What it takes to do the work.
    pub skill: String,
    /// The name of the kind of work.
    pub work_type_name: Bilingual,
    /// The program's name.
    pub program: Bilingual,
    /// How soon somebody is needed.
    pub urgency: Urgency,
    /// Who names the times of such work.
    pub choice: SlotChoice,
    /// The customer.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
}

/// Which appointments are asked for, beside those that are displaced: all of a person who is to leave, from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaver {
    /// Who leaves.
    pub person: StaffId,
    /// From which day on.
    pub from: NaiveDate,
}

/// Appointments ahead whose technician is absent, gone or not planned to work then, or on whose day the line is closed, and that
/// nobody has left as they are; the soonest first. With a leaver, all of that person's from the day on, and no others.
///
/// What is under way is not among them. Whether a day's plan covers one whole is said here span by span: of spans that touch,
/// the model knows that they are one.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn displaced(
    tx: &mut Tx,
    one: Option<AppointmentId>,
    leaver: Option<Leaver>,
    now: DateTime<Utc>,
) -> Result<Vec<DisplacedRow>, DbError> {
    let rows = sqlx::query!(
        r#"with ahead as (
               select a.*, (lower(a.during) at time zone 'Europe/Prague') as starts,
                      (upper(a.during) at time zone 'Europe/Prague') as ends
               from appointment a
               where a.state = 'confirmed' and a.during && tstzrange($1, null) and lower(a.during) > $1
                 and ($2::bigint is null or a.id = $2)
                 and ($3::bigint is null and not a.left_as_is or a.technician_id = $3 and lower(a.during) >= $4)),
           reason as (
               select a.*, case
                   when exists (select from closure c where c.date = a.starts::date) then 'closure'
                   when $3::bigint is not null or s.leaves_on <= a.starts::date then 'leaving'
                   when exists (select from plan_exception e
                                where e.technician_id = a.technician_id and e.kind = 'off' and e.during && a.during)
                       then 'absence'
                   when not exists (select from working_plan w
                                    where w.technician_id = a.technician_id and w.valid @> a.starts::date
                                      and w.weekday = extract(isodow from a.starts)
                                      and w.starts <= a.starts::time and w.ends >= a.ends::time)
                    and not exists (select from plan_exception e
                                    where e.technician_id = a.technician_id and e.kind = 'extra' and e.during @> a.during)
                       then 'plan'
               end as cause, s.name as technician_name
               from ahead a join staff s on s.id = a.technician_id)
           select a.id as "id: AppointmentId", r.number as "number!: RequestNumber",
                  a.technician_id as "technician: StaffId", a.technician_name, a.during as "slot: Slot",
                  a.cause as "cause!", w.skill as "skill!",
                  array[w.name, w.name_en] as "work_type_name!: Bilingual",
                  array[p.name, p.name_en] as "program!: Bilingual", a.urgency as "urgency: Urgency", r.choice as "choice!: SlotChoice",
                  a.customer_id as "customer: CustomerId", c.name as customer_name,
                  r.contact_name as "contact_name!", r.contact_phone as "contact_phone!"
           from reason a
           join service_request r on r.id = a.request_id
           join customer c on c.id = a.customer_id
           join program p on p.id = r.program_id
           join work_types_at($1, $1) w on w.id = r.work_type_id
           where a.cause is not null
           order by a.during, a.id"#,
        now,
        one.map(|id| id.0),
        leaver.map(|leaver| leaver.person.0),
        leaver.map(|leaver| midnight(leaver.from))
    )
    .fetch_all(&mut **tx)
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(DisplacedRow {
            id: row.id,
            number: row.number,
            technician: row.technician,
            technician_name: row.technician_name,
            slot: row.slot,
            cause: cause(&row.cause)?,
            skill: row.skill,
            work_type_name: row.work_type_name,
            program: row.program,
            urgency: row.urgency,
            choice: row.choice,
            customer: row.customer,
            customer_name: row.customer_name,
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
        })
    });
    rows.collect()
}

fn cause(code: &str) -> Result<Cause, DbError> {
    Ok(match code {
        "closure" => Cause::Closure,
        "leaving" => Cause::Leaving,
        "absence" => Cause::Absence,
        "plan" => Cause::Plan,
        other => return Err(DbError::unknown("cause", other)),
    })
}

/// The number of the request to which an appointment belongs.
///
/// # Errors
/// When the database fails.
pub async fn number_of(tx: &mut Tx, appointment: AppointmentId) -> Result<Option<RequestNumber>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select r.number as "number!: RequestNumber"
           from appointment a join service_request r on r.id = a.request_id
           where a.id = $1 and r.number is not null"#,
        appointment.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Those of some requests whose orderer gets no mail.
///
/// # Errors
/// When the database fails.
pub async fn without_address(tx: &mut Tx, numbers: &[RequestNumber]) -> Result<Vec<RequestNumber>, DbError> {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    Ok(sqlx::query_scalar!(
        r#"select r.number as "number!: RequestNumber" from service_request r
           where r.number = any ($1) and not is_written_to(r.member_id)"#,
        &numbers
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The agreed times of the same customers that are not displaced themselves.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn other_times(
    tx: &mut Tx,
    displaced: &[DisplacedRow],
    now: DateTime<Utc>,
) -> Result<Vec<(CustomerId, Slot)>, DbError> {
    let customers: Vec<i64> = displaced.iter().map(|row| row.customer.0).collect();
    let displaced: Vec<i64> = displaced.iter().map(|row| row.id.0).collect();
    let rows = sqlx::query!(
        r#"select customer_id as "customer: CustomerId", during as "slot: Slot" from appointment
           where customer_id = any ($1) and id <> all ($2) and state in ('confirmed', 'running')
             and during && tstzrange($3, null)
           order by id"#,
        &customers,
        &displaced,
        now
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.customer, row.slot)).collect())
}

/// Whether an appointment was left as it is.
///
/// # Errors
/// When the database fails.
pub async fn is_left(tx: &mut Tx, appointment: AppointmentId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!("select left_as_is from appointment where id = $1", appointment.0)
        .fetch_optional(&mut **tx)
        .await?
        .unwrap_or(false))
}

/// Leaves an appointment as it is.
///
/// # Errors
/// When the database fails.
pub async fn leave(tx: &mut Tx, appointment: AppointmentId) -> Result<(), DbError> {
    sqlx::query!("update appointment set left_as_is = true where id = $1 and state = 'confirmed'", appointment.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Asks again about what was left as it is in a time: what is entered now was not known then.
///
/// * `technician` – whose appointments; everybody's if none
///
/// # Errors
/// When the database fails.
pub async fn ask_again(
    tx: &mut Tx,
    technician: Option<StaffId>,
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update appointment set left_as_is = false
         where left_as_is and state = 'confirmed' and ($1::bigint is null or technician_id = $1) and during && $2",
        technician.map(|id| id.0),
        PgRange {
            start: std::ops::Bound::Included(from),
            end: to.map_or(std::ops::Bound::Unbounded, std::ops::Bound::Excluded)
        }
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives back what is held, and not agreed yet, of a technician's time, so that its customers look for another one now and not at
/// the last step: but for what is being agreed at this moment.
///
/// # Errors
/// When the database fails.
pub async fn release_holds(
    tx: &mut Tx,
    technician: Option<StaffId>,
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
) -> Result<(), DbError> {
    sqlx::query!(
        "delete from appointment where id in (
             select id from appointment
             where state = 'held' and ($1::bigint is null or technician_id = $1) and during && $2
             for update skip locked)",
        technician.map(|id| id.0),
        PgRange {
            start: std::ops::Bound::Included(from),
            end: to.map_or(std::ops::Bound::Unbounded, std::ops::Bound::Excluded)
        }
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts another appointment in the place of an agreed one; none when the place is taken, or nobody may be given it any more.
/// Whoever gets none rolls back: the agreed one is cancelled by then.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, appointment: AppointmentId, place: Place) -> Result<Option<AppointmentId>, DbError> {
    let cancelled =
        sqlx::query!("update appointment set state = 'cancelled' where id = $1 and state = 'confirmed'", appointment.0)
            .execute(&mut **tx)
            .await?;
    if cancelled.rows_affected() == 0 {
        return Ok(None);
    }
    Ok(sqlx::query_scalar!(
        r#"insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
           select customer_id, request_id, $2, $3, urgency, 'confirmed' from appointment where id = $1
           on conflict do nothing
           returning id as "id: AppointmentId""#,
        appointment.0,
        place.technician.0,
        PgRange::from(place.slot.start..place.slot.end)
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Keeps what was prepared for a time that we have changed.
///
/// # Errors
/// When the database fails.
pub async fn keep_preparation(tx: &mut Tx, request: RequestId, at: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("select keep_preparation_by_staff($1, $2)", request.0, at).execute(&mut **tx).await?;
    Ok(())
}

/// Writes down that we have changed or called off an agreed time.
///
/// # Errors
/// When the database fails.
pub async fn add_event(
    tx: &mut Tx,
    request: RequestId,
    staff: StaffId,
    kind: TimelineKind,
    slot: Option<Slot>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, staff_id, starts_at, ends_at)
         select customer_id, id, $2, $3, $4, $5, $6 from service_request where id = $1",
        request.0,
        at,
        kind.code(),
        staff.0,
        slot.map(|slot| slot.start),
        slot.map(|slot| slot.end)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets a person go from a day on; false when nobody is there to go.
///
/// # Errors
/// When the database fails, or no manager would be left (`a_manager_stays`).
pub async fn let_go(tx: &mut Tx, leaver: Leaver, today: NaiveDate) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select let_go($1, $2, $3) as "gone!""#, leaver.person.0, leaver.from, today)
        .fetch_one(&mut **tx)
        .await?)
}

/// Everybody who works as a technician, by name, with what is still ahead of them up to an instant.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn present(tx: &mut Tx, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<PresentTechnician>, DbError> {
    Ok(sqlx::query_as!(
        PresentTechnician,
        r#"select s.id as "id: StaffId", s.name,
                  (select count(*) from appointment a
                   where a.technician_id = s.id and a.state = 'confirmed' and a.during && tstzrange($1, $2)
                     and lower(a.during) > $1) as "ahead!: Natural",
                  exists (select from plan_exception e
                          where e.technician_id = s.id and e.kind = 'off' and e.during @> tstzrange($1, $2)) as "is_absent!"
           from staff s where s.active and 'technician' = any (s.roles) order by s.name, s.id"#,
        now,
        until
    )
    .fetch_all(&mut **tx)
    .await?)
}
