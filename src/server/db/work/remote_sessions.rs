//! Sessions of TeamViewer, by whose addresses customers let technicians in.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            ids::{AppointmentId, CustomerId, RequestId, StaffId},
            numbers::RequestNumber,
        },
        work::remote_sessions::SessionLink,
    },
    server::db::{DbError, Tx},
};

/// Where the customer of a request lets the technician in, while its time is ahead or under way.
///
/// # Errors
/// When the database fails.
pub async fn link(tx: &mut Tx, request: RequestId, now: DateTime<Utc>) -> Result<Option<SessionLink>, DbError> {
    let link = sqlx::query_scalar!("select session_link($1, $2)", request.0, now).fetch_one(&mut **tx).await?;
    Ok(link.as_deref().and_then(SessionLink::parse))
}

/// Whether the session that there is was for a former time, and one is agreed that has none yet.
///
/// # Errors
/// When the database fails.
pub async fn is_former(tx: &mut Tx, request: RequestId, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from remote_session s
                          join appointment a on a.request_id = s.request_id and a.state in ('confirmed', 'running') and $2 < upper(a.during)
                          where s.request_id = $1 and s.link is not null
                            and not session_is_for(s.request_id, s.day, s.appointment_id, a.id)) as "former!""#,
        request.0,
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes down that sessions are wanted for the agreed times that begin by an instant and have none of their own; gives their requests.
///
/// # Errors
/// When the database fails.
pub async fn want(tx: &mut Tx, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<RequestId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into remote_session as s (request_id, customer_id, day, wanted_at, appointment_id)
           select a.request_id, a.customer_id, (lower(a.during) at time zone 'Europe/Prague')::date, $1, a.id
           from appointment a
           where a.state = 'confirmed' and lower(a.during) >= $1 and lower(a.during) < $2
           on conflict (request_id) do update
               set day = excluded.day, wanted_at = excluded.wanted_at, appointment_id = excluded.appointment_id, asked_at = null,
                   link = null, code = '', given_by = null
               where not session_is_for(s.request_id, s.day, s.appointment_id, excluded.appointment_id)
           returning request_id as "request: RequestId""#,
        now,
        until
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A session that is wanted still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// For which request.
    pub number: RequestNumber,
    /// For which day.
    pub day: NaiveDate,
    /// For which time; unknown of one that was wanted before that was asked.
    pub appointment: Option<AppointmentId>,
    /// Whether TeamViewer was asked for it before.
    pub asked_before: bool,
}

/// Notes that TeamViewer is asked for the session of a request; none where it is not wanted any more.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn note_asked(tx: &mut Tx, request: RequestId, now: DateTime<Utc>) -> Result<Option<Wanted>, DbError> {
    let row = sqlx::query!(
        r#"with wanted as (
               select s.request_id, s.asked_at, s.appointment_id, r.number
               from remote_session s join service_request r on r.id = s.request_id
               where s.request_id = $1 and s.link is null
                 and exists (select from appointment a
                             where a.request_id = s.request_id and a.state in ('confirmed', 'running') and upper(a.during) > $2
                               and session_is_for(s.request_id, s.day, s.appointment_id, a.id))
               for update of s)
           update remote_session s set asked_at = $2 from wanted w where s.request_id = w.request_id
           returning w.number as "number!: RequestNumber", s.day, w.asked_at as before,
                     w.appointment_id as "appointment: AppointmentId""#,
        request.0,
        now
    );
    let row = row.fetch_optional(&mut **tx).await?;
    Ok(row.map(|row| Wanted {
        number: row.number,
        day: row.day,
        appointment: row.appointment,
        asked_before: row.before.is_some(),
    }))
}

/// Keeps the session that TeamViewer made for a time of a request, unless it has one already, or another time is wanted by now.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, request: RequestId, wanted: &Wanted, link: &SessionLink) -> Result<(), DbError> {
    sqlx::query!(
        "update remote_session set link = $3, code = $4
         where request_id = $1 and day = $2 and link is null and appointment_id is not distinct from $5",
        request.0,
        wanted.day,
        link.as_str(),
        link.code().map(|code| code.to_string()).unwrap_or_default(),
        wanted.appointment.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts a session there that somebody of ours has made, in the place of any.
///
/// # Errors
/// When the database fails.
pub async fn give(
    tx: &mut Tx,
    (request, customer): (RequestId, CustomerId),
    (day, appointment): (NaiveDate, AppointmentId),
    link: &SessionLink,
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into remote_session (request_id, customer_id, day, wanted_at, link, code, given_by, appointment_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (request_id) do update
         set day = excluded.day, wanted_at = excluded.wanted_at, asked_at = null, link = excluded.link, code = excluded.code,
             given_by = excluded.given_by, appointment_id = excluded.appointment_id",
        request.0,
        customer.0,
        day,
        now,
        link.as_str(),
        link.code().map(|code| code.to_string()).unwrap_or_default(),
        by.0,
        appointment.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the session of a request away.
///
/// # Errors
/// When the database fails.
pub async fn take_away(tx: &mut Tx, request: RequestId) -> Result<(), DbError> {
    sqlx::query!("delete from remote_session where request_id = $1", request.0).execute(&mut **tx).await?;
    Ok(())
}
