//! Connections that TeamViewer reported, and the tables in which they were brought.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    model::{
        base::{
            ids::{AppointmentId, InterventionId, RemoteConnectionId, StaffId},
            numbers::RequestNumber,
            paging::{CountedPage, Page},
        },
        ordering::imports::LineProblem,
        work::{
            connection_reports::{ConnectionRow, ImportedReport, ReportedConnection, VisitChoice},
            evidence::Connection,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
        paging,
    },
};

/// How many connections a page shows.
const PAGE: usize = 50;
/// How many tables that were brought are told of.
const IMPORTS: i64 = 5;

/// Keeps what is new of some connections; gives how many that are.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, connections: &[ReportedConnection], now: DateTime<Utc>) -> Result<u64, DbError> {
    let taken = sqlx::query!(
        "insert into remote_connection (report_id, user_key, user_name, device_key, device_name, group_name, session_code, notes,
                                        started_at, ended_at, taken_at)
         select report_id, user_key, user_name, device_key, device_name, group_name, session_code, notes, started_at, ended_at, $2
         from jsonb_to_recordset($1) as r(report_id text, user_key text, user_name text, device_key text, device_name text,
             group_name text, session_code text, notes text, started_at timestamptz, ended_at timestamptz)
         on conflict do nothing",
        Json(connections) as _,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(taken.rows_affected())
}

/// Finds whose connections are that are nobody's yet, of those that began since an instant.
///
/// # Errors
/// When the database fails.
pub async fn place(tx: &mut Tx, since: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("select place_connections($1)", since).execute(&mut **tx).await?;
    Ok(())
}

/// The connections of one visit, in order of time.
///
/// # Errors
/// When the database fails.
pub async fn of_visit(tx: &mut Tx, appointment: AppointmentId) -> Result<Vec<Connection>, DbError> {
    Ok(sqlx::query_as!(
        Connection,
        r#"select coalesce(nullif(device_name, ''), device_key) as "device!", started_at, ended_at
           from remote_connection where appointment_id = $1 order by started_at, id"#,
        appointment.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The connections of all visits of an intervention, in order of time.
///
/// # Errors
/// When the database fails.
pub async fn of_intervention(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Connection>, DbError> {
    Ok(sqlx::query_as!(
        Connection,
        r#"select coalesce(nullif(device_name, ''), device_key) as "device!", started_at, ended_at
           from remote_connection
           where appointment_id in (select appointment_id from time_segment where intervention_id = $1)
           order by started_at, id"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// How many connections may be of a visit, or of another one.
///
/// # Errors
/// When the database fails.
pub async fn undecided(tx: &mut Tx, appointment: AppointmentId) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from remote_connection where candidates <> '{}' and candidates @> array[$1::bigint]"#,
        appointment.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Whose a connection is: who was connected, and at which visit, as far as anybody knows; none where there is no such.
///
/// # Errors
/// When the database fails.
pub async fn whose(
    tx: &mut Tx,
    connection: RemoteConnectionId,
) -> Result<Option<(Option<StaffId>, Option<AppointmentId>)>, DbError> {
    let row = sqlx::query!(
        r#"select technician_id as "technician: StaffId", appointment_id as "appointment: AppointmentId"
           from remote_connection where id = $1"#,
        connection.0
    );
    Ok(row.fetch_optional(&mut **tx).await?.map(|row| (row.technician, row.appointment)))
}

/// Gives a connection to one of the visits among which people choose; false where it is none of them any more.
///
/// # Errors
/// When the database fails.
pub async fn choose(
    tx: &mut Tx,
    connection: RemoteConnectionId,
    appointment: AppointmentId,
    by: StaffId,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update remote_connection c
         set technician_id = a.technician_id, customer_id = a.customer_id, appointment_id = a.id, candidates = '{}', placed_by = $3
         from appointment a
         where c.id = $1 and a.id = $2 and a.id = any (c.candidates) and a.state <> 'cancelled'",
        connection.0,
        appointment.0,
        by.0
    );
    Ok(done.execute(&mut **tx).await?.rows_affected() == 1)
}

/// A page of connections, the latest first: of all, or of those that belong to no visit.
///
/// * `chooser` – whose of those that fit several visits the viewer may place; none for anybody's
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn page(
    tx: &mut Tx,
    is_all: bool,
    chooser: Option<StaffId>,
    after: Option<RemoteConnectionId>,
) -> Result<CountedPage<ConnectionRow, RemoteConnectionId>, DbError> {
    let size = PAGE;
    let found = sqlx::query!(
        r#"select c.id as "id: RemoteConnectionId", coalesce(nullif(c.user_name, ''), c.user_key) as "user!",
                  c.device_name as device, c.device_key, c.started_at, c.ended_at, c.notes, t.name as "technician?",
                  k.name as "customer?", r.number as "number?: RequestNumber",
                  $4::bigint is null or c.technician_id is not distinct from $4 as "may_choose!",
                  (select coalesce(json_agg(json_build_object('appointment', o.id, 'number', q.number, 'start', lower(o.during))
                                            order by lower(o.during), o.id), '[]')
                   from appointment o join service_request q on q.id = o.request_id
                   where o.id = any (c.candidates) and o.state <> 'cancelled') as "choices!: Json<Vec<VisitChoice>>"
           from remote_connection c
           left join staff t on t.id = c.technician_id
           left join customer k on k.id = c.customer_id
           left join appointment a on a.id = c.appointment_id
           left join service_request r on r.id = a.request_id
           where ($1 or c.appointment_id is null)
             and ($2::bigint is null
                  or (c.started_at, c.id) < (select b.started_at, b.id from remote_connection b where b.id = $2))
           order by c.started_at desc, c.id desc limit $3"#,
        is_all,
        after.map(|id| id.0),
        paging::limit(size),
        chooser.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let rows = found.into_iter().map(|row| ConnectionRow {
        id: row.id,
        user: row.user,
        device: row.device,
        device_key: row.device_key,
        started_at: row.started_at,
        ended_at: row.ended_at,
        notes: row.notes,
        technician: row.technician,
        customer: row.customer,
        number: row.number,
        choices: row.choices.0,
        may_choose: row.may_choose,
    });
    let page = Page::of(rows.collect(), size, |row| row.id);
    paging::counted(page, after.is_none(), count(tx, is_all)).await
}

async fn count(tx: &mut Tx, is_all: bool) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from remote_connection where $1 or appointment_id is null"#,
        is_all
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Forgets connections that ended before an instant, and tables that were brought before it.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from remote_connection where ended_at < $1", before).execute(&mut **tx).await?;
    sqlx::query!("delete from connection_import where at < $1", before).execute(&mut **tx).await?;
    Ok(())
}

/// Writes down that a table was brought, and what came of it.
///
/// # Errors
/// When the database fails.
pub async fn note_import(tx: &mut Tx, by: StaffId, imported: &ImportedReport) -> Result<(), DbError> {
    sqlx::query!(
        "insert into connection_import (at, staff_id, file_name, taken, known, wrong, problems) values ($1, $2, $3, $4, $5, $6, $7)",
        imported.at,
        by.0,
        imported.file_name,
        integer(imported.taken)?,
        integer(imported.known)?,
        integer(imported.wrong)?,
        Json(&imported.problems) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The tables that were brought last, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn imports(tx: &mut Tx) -> Result<Vec<ImportedReport>, DbError> {
    let rows = sqlx::query!(
        r#"select i.at, t.name as by, i.file_name, i.taken as "taken: Natural", i.known as "known: Natural",
                  i.wrong as "wrong: Natural", i.problems as "problems: Json<Vec<LineProblem>>"
           from connection_import i join staff t on t.id = i.staff_id
           order by i.id desc limit $1"#,
        IMPORTS
    )
    .fetch_all(&mut **tx)
    .await?;
    let imported = rows.into_iter().map(|row| ImportedReport {
        at: row.at,
        by: row.by,
        file_name: row.file_name,
        taken: row.taken.into(),
        known: row.known.into(),
        wrong: row.wrong.into(),
        problems: row.problems.0,
    });
    Ok(imported.collect())
}
