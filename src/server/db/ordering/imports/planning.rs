//! Rows of when technicians work, and when nobody does.
//!
//! As in the portal, nothing is agreed any more in what is entered here, and what was held there is given back.

use serde_json::Value;

use crate::{
    model::ordering::imports::ImportKind,
    server::db::{
        DbError, Tx,
        locks::{self, Lock},
    },
};

/// The rows of some keys as they are kept; a week only where the plan is the same on all of its days.
pub(super) async fn stored(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Plans => {
            of!(r#"select jsonb_build_object('technician', n.technician, 'from', n.first, 'until', n.last,
                          'monday', coalesce(w.week -> '1', '[]'), 'tuesday', coalesce(w.week -> '2', '[]'),
                          'wednesday', coalesce(w.week -> '3', '[]'), 'thursday', coalesce(w.week -> '4', '[]'),
                          'friday', coalesce(w.week -> '5', '[]'), 'saturday', coalesce(w.week -> '6', '[]'),
                          'sunday', coalesce(w.week -> '7', '[]')) as "row!"
               from unnest($1::text[]) k
               cross join lateral (
                   select split_part(k, chr(10), 1) as technician, nullif(split_part(k, chr(10), 2), '')::date as first,
                          nullif(split_part(k, chr(10), 3), '')::date as last) n
               join staff s on s.external_key = n.technician
               cross join lateral (
                   select jsonb_object_agg(d.weekday, d.spans) as week
                   from (select p.weekday, jsonb_agg(jsonb_build_array(p.starts, p.ends) order by p.starts) as spans
                         from working_plan p
                         where p.technician_id = s.id and p.valid @> daterange(n.first, n.last, '[]')
                         group by p.weekday) d) w
               where not exists (
                   select from working_plan p
                   where p.technician_id = s.id and p.valid && daterange(n.first, n.last, '[]')
                     and not p.valid @> daterange(n.first, n.last, '[]'))
               order by n.technician collate "C", n.first nulls first, n.last"#)
        }
        ImportKind::Absences => of!(r#"select jsonb_build_object('technician', e.technician, 'kind', e.kind,
                          'start', to_char(e.starts, 'YYYY-MM-DD"T"HH24:MI:00'),
                          'end', to_char(e.ends, 'YYYY-MM-DD"T"HH24:MI:00'), 'note', nullif(e.note, '')) as "row!"
               from (select s.external_key as technician, x.kind, x.note, lower(x.during) at time zone 'Europe/Prague' as starts,
                            upper(x.during) at time zone 'Europe/Prague' as ends
                     from plan_exception x join staff s on s.id = x.technician_id
                     where s.external_key in (select split_part(k, chr(10), 1) from unnest($1::text[]) k)) e
               where e.technician || chr(10) || e.kind || chr(10) || to_char(e.starts, 'YYYY-MM-DD HH24:MI') || chr(10)
                         || to_char(e.ends, 'YYYY-MM-DD HH24:MI') = any ($1)
               order by e.technician collate "C", e.starts, e.ends, e.kind"#),
        _ => of!(r#"select jsonb_build_object('day', date, 'reason', reason) as "row!"
               from closure where date in (select k::date from unnest($1::text[]) k) order by date"#),
    })
}

/// Adds rows that are not known; false when one of them is of a time at which its technician does not work here any more.
pub(super) async fn insert(tx: &mut Tx, kind: ImportKind, rows: &Value, is_trial: bool) -> Result<bool, DbError> {
    match kind {
        ImportKind::Plans => put_weeks(tx, rows).await,
        ImportKind::Absences => add_absences(tx, rows).await,
        _ => close(tx, rows, is_trial).await.map(|()| true),
    }
}

/// Writes what rows say in place of what was known; false as [`insert`].
pub(super) async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<bool, DbError> {
    match kind {
        ImportKind::Plans => return put_weeks(tx, rows).await,
        ImportKind::Absences => {
            sqlx::query!(
                r#"update plan_exception t set note = coalesce(r.note, '')
                   from jsonb_to_recordset($1::jsonb) as r(technician text, kind text, start timestamp, "end" timestamp, note text),
                       staff s
                   where s.external_key = r.technician and t.technician_id = s.id and t.kind = r.kind
                     and date_trunc('minute', lower(t.during) at time zone 'Europe/Prague') = r.start
                     and date_trunc('minute', upper(t.during) at time zone 'Europe/Prague') = r."end""#,
                rows
            )
            .execute(&mut **tx)
            .await?
        }
        _ => {
            sqlx::query!(
                "update closure t set reason = r.reason from jsonb_to_recordset($1::jsonb) as r(day date, reason text)
                 where t.date = r.day",
                rows
            )
            .execute(&mut **tx)
            .await?
        }
    };
    Ok(true)
}

/// Lets nobody agree anything with the technicians of some rows until the transaction ends.
async fn lock_technicians(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        "select id from staff
         where external_key in (select r.technician from jsonb_to_recordset($1::jsonb) as r(technician text))
         order by id for no key update",
        rows
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// Puts weeks in the place of whatever was planned for their days; what reaches beyond them stays there.
async fn put_weeks(tx: &mut Tx, rows: &Value) -> Result<bool, DbError> {
    lock_technicians(tx, rows).await?;
    let is_beyond = sqlx::query_scalar!(
        r#"select exists (
               select from jsonb_to_recordset($1::jsonb) as r(technician text, "from" date, until date, monday jsonb,
                   tuesday jsonb, wednesday jsonb, thursday jsonb, friday jsonb, saturday jsonb, sunday jsonb)
               join staff s on s.external_key = r.technician
               where not daterange(null, s.leaves_on) @> daterange(r."from", r.until, '[]')
                 and jsonb_build_array(r.monday, r.tuesday, r.wednesday, r.thursday, r.friday, r.saturday, r.sunday)
                     <> '[[], [], [], [], [], [], []]') as "is_beyond!""#,
        rows
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_beyond {
        return Ok(false);
    }
    sqlx::query!(
        r#"with line as (
               select s.id, range_agg(daterange(r."from", r.until, '[]')) as days
               from jsonb_to_recordset($1::jsonb) as r(technician text, "from" date, until date)
               join staff s on s.external_key = r.technician group by s.id),
           cut as (
               delete from working_plan w using line
               where w.technician_id = line.id and datemultirange(w.valid) && line.days
               returning w.technician_id, w.weekday, w.starts, w.ends, w.valid, line.days)
           insert into working_plan (technician_id, weekday, starts, ends, valid)
           select technician_id, weekday, starts, ends, rest from cut, unnest(datemultirange(valid) - days) rest"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    plan(tx, rows).await?;
    Ok(true)
}

/// Plans the weeks of rows, on whose days nothing is planned; whatever dispatch has left as it is on them is asked about again.
async fn plan(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        r#"insert into working_plan (technician_id, weekday, starts, ends, valid)
           select s.id, d.weekday, (span ->> 0)::time, (span ->> 1)::time, daterange(r."from", r.until, '[]')
           from jsonb_to_recordset($1::jsonb) as r(technician text, "from" date, until date, monday jsonb, tuesday jsonb,
               wednesday jsonb, thursday jsonb, friday jsonb, saturday jsonb, sunday jsonb)
           join staff s on s.external_key = r.technician
           cross join lateral (values (1, r.monday), (2, r.tuesday), (3, r.wednesday), (4, r.thursday), (5, r.friday),
                                      (6, r.saturday), (7, r.sunday)) d(weekday, spans)
           cross join lateral jsonb_array_elements(d.spans) span"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"update appointment a set left_as_is = false
           from jsonb_to_recordset($1::jsonb) as r(technician text, "from" date, until date), staff s
           where s.external_key = r.technician and a.technician_id = s.id and a.left_as_is and a.state = 'confirmed'
             and a.during && tstzrange(r."from"::timestamp at time zone 'Europe/Prague',
                                       (r.until + 1)::timestamp at time zone 'Europe/Prague')"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Enters deviations from the week; false where one is work on top of it beyond a technician's last day.
async fn add_absences(tx: &mut Tx, rows: &Value) -> Result<bool, DbError> {
    lock_technicians(tx, rows).await?;
    let is_beyond = sqlx::query_scalar!(
        r#"select exists (
               select from jsonb_to_recordset($1::jsonb) as r(technician text, kind text, "end" timestamp)
               join staff s on s.external_key = r.technician
               where r.kind = 'extra' and r."end" > s.leaves_on) as "is_beyond!""#,
        rows
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_beyond {
        return Ok(false);
    }
    sqlx::query!(
        r#"insert into plan_exception (technician_id, during, kind, note)
           select s.id, tstzrange(r.start at time zone 'Europe/Prague', r."end" at time zone 'Europe/Prague'), r.kind,
               coalesce(r.note, '')
           from jsonb_to_recordset($1::jsonb) as r(technician text, kind text, start timestamp, "end" timestamp, note text)
           join staff s on s.external_key = r.technician"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    // What is only held is given back: but for what is being agreed at this moment.
    sqlx::query!(
        r#"delete from appointment where id in (
               select a.id from jsonb_to_recordset($1::jsonb) as r(technician text, kind text, start timestamp, "end" timestamp)
               join staff s on s.external_key = r.technician join appointment a on a.technician_id = s.id
               where r.kind = 'off' and a.state = 'held'
                 and a.during && tstzrange(r.start at time zone 'Europe/Prague', r."end" at time zone 'Europe/Prague')
               for update of a skip locked)"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"update appointment a set left_as_is = false
           from jsonb_to_recordset($1::jsonb) as r(technician text, kind text, start timestamp, "end" timestamp), staff s
           where r.kind = 'off' and s.external_key = r.technician and a.technician_id = s.id and a.left_as_is
             and a.state = 'confirmed'
             and a.during && tstzrange(r.start at time zone 'Europe/Prague', r."end" at time zone 'Europe/Prague')"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Closes the line on days.
async fn close(tx: &mut Tx, rows: &Value, is_trial: bool) -> Result<(), DbError> {
    // What is being agreed now stands before this ends, or is refused. A trial is one transaction and has technicians locked by now,
    // for whom those wait who share this lock: it would wait for them in turn, and closes nothing.
    if !is_trial {
        locks::take(tx, Lock::Closures).await?;
    }
    sqlx::query!(
        "insert into closure (date, reason)
         select r.day, r.reason from jsonb_to_recordset($1::jsonb) as r(day date, reason text)",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from appointment where id in (
             select a.id from jsonb_to_recordset($1::jsonb) as r(day date)
             join appointment a on a.during && tstzrange(r.day::timestamp at time zone 'Europe/Prague',
                                                         (r.day + 1)::timestamp at time zone 'Europe/Prague')
             where a.state = 'held' for update of a skip locked)",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "update appointment a set left_as_is = false from jsonb_to_recordset($1::jsonb) as r(day date)
         where a.left_as_is and a.state = 'confirmed'
           and a.during && tstzrange(r.day::timestamp at time zone 'Europe/Prague',
                                     (r.day + 1)::timestamp at time zone 'Europe/Prague')",
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
