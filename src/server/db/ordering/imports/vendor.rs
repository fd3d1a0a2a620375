//! Rows of what the vendor has: skills, programs, kinds of work, technicians.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    model::ordering::imports::ImportKind,
    server::db::{DbError, Tx},
};

/// Which of some keys are known.
pub(super) async fn known(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<String>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Skills => of!(r#"select code as "key!" from skill where code = any ($1)"#),
        ImportKind::Programs => of!(r#"select external_key as "key!" from program where external_key = any ($1)"#),
        ImportKind::WorkTypes => of!(r#"select external_key as "key!" from work_type where external_key = any ($1)"#),
        ImportKind::Technicians => of!(r#"select external_key as "key!" from staff where external_key = any ($1)"#),
        _ => Vec::new(),
    })
}

/// Gives the keys of rows to what was there before.
pub(super) async fn adopt(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query, rows).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Programs => run!(
            "update program t set external_key = r.key from jsonb_to_recordset($1::jsonb) as r(key text, name text)
             where t.external_key is null and t.name = r.name
               and not exists (select from program where external_key = r.key)"
        ),
        ImportKind::WorkTypes => run!(
            "update work_type t set external_key = r.key from jsonb_to_recordset($1::jsonb) as r(key text, name text)
             where t.external_key is null and t.name = r.name
               and not exists (select from work_type where external_key = r.key)"
        ),
        ImportKind::Technicians => run!(
            "update staff t set external_key = r.key
             from jsonb_to_recordset($1::jsonb) as r(key text, email text), staff_address a
             where t.id = a.staff_id and t.external_key is null and a.email = r.email and 'technician' = any (t.roles)
               and not exists (select from staff where external_key = r.key)"
        ),
        _ => return Ok(()),
    };
    Ok(())
}

/// The rows of some keys as they are kept.
pub(super) async fn stored(
    tx: &mut Tx,
    kind: ImportKind,
    keys: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query_scalar!($query, keys $(, $more)*).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Skills => {
            of!(r#"select jsonb_build_object('key', code, 'name', name, 'name_en', nullif(name_en, '')) as "row!"
               from skill where code = any ($1) order by code collate "C""#)
        }
        ImportKind::Programs => {
            of!(r#"select jsonb_build_object('key', external_key, 'name', name, 'name_en', nullif(name_en, ''),
                          'active', active) as "row!"
               from program where external_key = any ($1) order by external_key collate "C""#)
        }
        ImportKind::WorkTypes => {
            of!(
                r#"select jsonb_build_object('key', external_key, 'name', name, 'name_en', nullif(name_en, ''),
                          'description', description, 'description_en', description_en,
                          'minutes_from', minutes_from, 'minutes_to', minutes_to, 'slot_minutes', slot_minutes,
                          'plannable', plannable, 'skill', skill, 'choice', choice, 'active', active) as "row!"
               from work_types_at($2, $2) where external_key = any ($1) order by external_key collate "C""#,
                now
            )
        }
        ImportKind::Technicians => of!(
            r#"select jsonb_build_object('key', s.external_key, 'name', s.name, 'email', a.email, 'active', s.active,
                          'leaves_on', s.leaves_on,
                          'skills', array(select skill from technician_skill where technician_id = s.id
                                          order by skill collate "C")) as "row!"
               from staff s left join staff_address a on a.staff_id = s.id
               where s.external_key = any ($1) order by s.external_key collate "C""#
        ),
        _ => Vec::new(),
    })
}

/// Adds rows that are not known.
pub(super) async fn insert(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query!($query, rows $(, $more)*).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Skills => {
            run!(
                "insert into skill (code, name, name_en) select r.key, r.name, coalesce(r.name_en, '')
                 from jsonb_to_recordset($1::jsonb) as r(key text, name text, name_en text)"
            )
        }
        ImportKind::Programs => run!(
            "insert into program (external_key, name, name_en, active)
             select r.key, r.name, coalesce(r.name_en, ''), r.active
             from jsonb_to_recordset($1::jsonb) as r(key text, name text, name_en text, active boolean)"
        ),
        ImportKind::WorkTypes => run!(
            "insert into work_type (external_key, name, name_en, description, description_en, minutes_from, minutes_to,
                 slot_minutes, plannable, skill, choice, active)
             select r.key, r.name, coalesce(r.name_en, ''), r.description, r.description_en, r.minutes_from, r.minutes_to,
                 r.slot_minutes, r.plannable, r.skill, r.choice, r.active
             from jsonb_to_recordset($1::jsonb) as r(key text, name text, name_en text, description text, description_en text,
                 minutes_from integer, minutes_to integer, slot_minutes integer, plannable boolean, skill text, choice text,
                 active boolean)"
        ),
        ImportKind::Technicians => {
            run!(
                "insert into staff (external_key, name, roles, active, leaves_on)
                 select r.key, r.name, array['technician'], r.active, r.leaves_on
                 from jsonb_to_recordset($1::jsonb) as r(key text, name text, active boolean, leaves_on date)"
            );
            run!(
                "insert into working_plan (technician_id, weekday, starts, ends, valid)
                 select s.id, weekday, opens, closes, daterange(null, s.leaves_on)
                 from jsonb_to_recordset($1::jsonb) as r(key text), staff s, line_settings_at($2, $2),
                     generate_series(1, 5) weekday
                 where s.external_key = r.key and s.active",
                now
            );
            set_skills(tx, rows).await?;
            set_addresses(tx, rows).await?;
            return Ok(());
        }
        _ => return Ok(()),
    };
    Ok(())
}

/// Writes what rows say in place of what was known.
pub(super) async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query!($query, rows $(, $more)*).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Skills => {
            run!(
                "update skill t set name = r.name, name_en = coalesce(r.name_en, '')
                 from jsonb_to_recordset($1::jsonb) as r(key text, name text, name_en text) where t.code = r.key"
            )
        }
        ImportKind::Programs => run!(
            "update program t set name = r.name, name_en = coalesce(r.name_en, ''), active = r.active
             from jsonb_to_recordset($1::jsonb) as r(key text, name text, name_en text, active boolean)
             where t.external_key = r.key"
        ),
        ImportKind::WorkTypes => run!(
            "with said as (
                 select * from jsonb_to_recordset($1::jsonb) as r(key text, name text, name_en text, description text,
                     description_en text, minutes_from integer, minutes_to integer, slot_minutes integer, plannable boolean,
                     skill text, choice text, active boolean)),
             named as (
                 update work_type t set name = r.name, name_en = coalesce(r.name_en, ''), description = r.description,
                     description_en = r.description_en
                 from said r where t.external_key = r.key)
             insert into catalogue_change (id, work_type_id, minutes_from, minutes_to, slot_minutes, plannable, skill, choice,
                 active, valid_from, made_at)
             select gen_random_uuid(), w.id,
                    case when (w.minutes_from, w.minutes_to) <> (r.minutes_from, r.minutes_to) then r.minutes_from end,
                    case when (w.minutes_from, w.minutes_to) <> (r.minutes_from, r.minutes_to) then r.minutes_to end,
                    nullif(r.slot_minutes, w.slot_minutes),
                    case when r.plannable <> w.plannable then r.plannable end, nullif(r.skill, w.skill),
                    nullif(r.choice, w.choice), case when r.active <> w.active then r.active end, $2, $2
             from said r join work_types_at($2, $2) w on w.external_key = r.key
             where (w.minutes_from, w.minutes_to, w.slot_minutes, w.plannable, w.skill, w.choice, w.active)
                 <> (r.minutes_from, r.minutes_to, r.slot_minutes, r.plannable, r.skill, r.choice, r.active)",
            now
        ),
        ImportKind::Technicians => {
            run!(
                "update staff t set name = r.name from jsonb_to_recordset($1::jsonb) as r(key text, name text)
                 where t.external_key = r.key"
            );
            set_skills(tx, rows).await?;
            return set_addresses(tx, rows).await;
        }
        _ => return Ok(()),
    };
    Ok(())
}

async fn set_skills(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        "delete from technician_skill t
         using jsonb_to_recordset($1::jsonb) as r(key text, skills text[]), staff s
         where s.external_key = r.key and t.technician_id = s.id and t.skill <> all (r.skills)",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into technician_skill (technician_id, skill)
         select s.id, skill from jsonb_to_recordset($1::jsonb) as r(key text, skills text[])
         join staff s on s.external_key = r.key cross join unnest(r.skills) skill
         on conflict do nothing",
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes with what addresses technicians sign in, who choose a password when invited. How people sign in is written by the system
/// only, whose role is taken for it.
async fn set_addresses(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!("set local role linka_system").execute(&mut **tx).await?;
    sqlx::query!(
        "update login l set email = r.email
         from jsonb_to_recordset($1::jsonb) as r(key text, email text) join staff s on s.external_key = r.key
         where l.email <> r.email and l.staff_id = s.id",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into login (email, staff_id)
         select r.email, s.id
         from jsonb_to_recordset($1::jsonb) as r(key text, email text) join staff s on s.external_key = r.key
         where r.email is not null and not exists (select from login where staff_id = s.id)",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("set local role linka_staff").execute(&mut **tx).await?;
    Ok(())
}
