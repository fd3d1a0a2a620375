//! Rows of agreed work.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::server::db::{DbError, Tx};

/// The rows of some keys as they are kept.
pub(super) async fn stored(tx: &mut Tx, keys: &[String]) -> Result<Vec<Value>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object('key', r.external_key, 'person', m.external_key, 'program', p.external_key,
                          'work_type', w.external_key, 'technician', t.external_key,
                          'start', to_char(lower(a.during) at time zone 'Europe/Prague', 'YYYY-MM-DD"T"HH24:MI:SS'),
                          'minutes', (extract(epoch from upper(a.during) - lower(a.during)) / 60)::integer,
                          'what', r.what_happened, 'number', r.number) as "row!"
               from service_request r join member m on m.id = r.member_id join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               join lateral (select * from appointment where request_id = r.id order by id desc limit 1) a on true
               join staff t on t.id = a.technician_id
               where r.external_key = any ($1) order by r.external_key collate "C""#,
        keys
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Agrees on times: a request of each, as if its person had called. False when a technician does not take one.
///
/// * `is_trial` – nothing of it will stay: the numbers then come from no sequence, which would not go back
pub(super) async fn agree(tx: &mut Tx, rows: &Value, now: DateTime<Utc>, is_trial: bool) -> Result<bool, DbError> {
    go_on_after(tx, rows).await?;
    let all = sqlx::query_scalar!(
        r#"with line as materialized (
               select r.key, r.what, r.number, gen_random_uuid() as id, m.id as member_id, m.customer_id, m.name, m.phone,
                      p.id as program_id, w.id as work_type_id, t.id as technician_id,
                      tstzrange(r.start at time zone 'Europe/Prague',
                                r.start at time zone 'Europe/Prague' + r.minutes * interval '1 minute') as during
               from jsonb_to_recordset($1::jsonb) as r(key text, person text, program text, work_type text, technician text,
                   start timestamp, minutes integer, what text, number text)
               join member m on m.external_key = r.person join program p on p.external_key = r.program
               join work_type w on w.external_key = r.work_type join staff t on t.external_key = r.technician),
           request as (
               insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id,
                   urgency, what_happened, contact_name, contact_phone, created_at, submitted_at, external_key)
               select id, customer_id, member_id,
                   coalesce(number, case when $3
                       then to_char($2::timestamptz at time zone 'Europe/Prague', 'YYYY') || '-' || (8000000 + row_number() over ())
                       else next_request_number(
                           extract(year from $2::timestamptz at time zone 'Europe/Prague')::integer) end),
                   'scheduled', 'phone', program_id, work_type_id, 'normal', what, name, phone, $2, $2, key from line),
           agreed as (
               insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
               select customer_id, id, technician_id, during, 'normal', 'confirmed' from line
               returning request_id),
           told as (
               insert into request_event (customer_id, request_id, at, kind, member_id, starts_at, ends_at)
               select customer_id, id, $2, kind, member_id, case kind when 'confirmed' then lower(during) end,
                      case kind when 'confirmed' then upper(during) end
               from line, unnest(array['ordered', 'confirmed']) with ordinality k(kind, place) order by place)
           select (select count(*) from agreed) = jsonb_array_length($1::jsonb) as "all!""#,
        rows,
        now,
        is_trial
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(all)
}

/// Lets the numbers of requests go on after those that come with rows: none of them is given to another request.
async fn go_on_after(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_number_start as s (year, first)
         select n.year, max(n.serial) + 1
         from (select split_part(r.number, '-', 1)::integer as year, split_part(r.number, '-', 2)::integer as serial
               from jsonb_to_recordset($1::jsonb) as r(number text) where r.number is not null) n
         group by n.year having max(n.serial) + 1 > request_number_issued(n.year)
         on conflict (year) do update set first = excluded.first where s.first < excluded.first",
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
