//! Rows of imported and exported tables, as JSON with the columns of `model::ordering::imports`: many at a time, by one statement
//! each.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::types::Json;

use crate::{
    model::{
        base::ids::StaffId,
        ordering::imports::{ImportKind, ImportReport},
    },
    server::db::{DbError, Tx},
};

/// Why the database does not take a row, as far as its line can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Something else has it already.
    Used,
    /// It overlaps with something else.
    Overlaps,
    /// It names what there is not.
    Nowhere,
    /// It breaks another rule.
    Broken,
}

impl Refusal {
    /// What kind of rule an error speaks of; none when it is about something else than the row.
    #[must_use]
    pub fn of(error: &DbError) -> Option<Self> {
        let DbError::Sqlx(sqlx::Error::Database(error)) = error else { return None };
        match error.code()?.as_ref() {
            "23505" => Some(Self::Used),
            "23P01" => Some(Self::Overlaps),
            "23503" => Some(Self::Nowhere),
            // Checks, what must not be null, what is too large, and what our own triggers raise.
            code if code.starts_with("23") || code.starts_with("22") || code.starts_with("LK") => Some(Self::Broken),
            _ => None,
        }
    }
}

/// Marks where to go back to when some rows are not taken.
///
/// # Errors
/// When the database fails.
pub async fn mark(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("savepoint rows").execute(&mut **tx).await?;
    Ok(())
}

/// Goes back to the mark, or forgets it.
///
/// # Errors
/// When the database fails.
pub async fn unmark(tx: &mut Tx, go_back: bool) -> Result<(), DbError> {
    if go_back {
        sqlx::query!("rollback to savepoint rows").execute(&mut **tx).await?;
    }
    sqlx::query!("release savepoint rows").execute(&mut **tx).await?;
    Ok(())
}

/// Which of some keys are known.
///
/// # Errors
/// When the database fails.
pub async fn known(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<HashSet<String>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys).fetch_all(&mut **tx).await?
        };
    }
    let known = match kind {
        ImportKind::Skills => of!(r#"select code as "key!" from skill where code = any ($1)"#),
        ImportKind::Programs => of!(r#"select external_key as "key!" from program where external_key = any ($1)"#),
        ImportKind::WorkTypes => of!(r#"select external_key as "key!" from work_type where external_key = any ($1)"#),
        ImportKind::Technicians => of!(r#"select external_key as "key!" from staff where external_key = any ($1)"#),
        ImportKind::Customers => of!(r#"select external_key as "key!" from customer where external_key = any ($1)"#),
        ImportKind::People => of!(r#"select external_key as "key!" from member where external_key = any ($1)"#),
        ImportKind::Contracts => of!(r#"select external_key as "key!" from contract where external_key = any ($1)"#),
        ImportKind::Contacts | ImportKind::Licences | ImportKind::Balances | ImportKind::Appointments => Vec::new(),
    };
    Ok(known.into_iter().collect())
}

/// Gives the keys of rows to what was there before and is the same by its own number, name or address.
///
/// # Errors
/// When the database fails.
pub async fn adopt(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
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
        ImportKind::Customers => run!(
            "update customer t set external_key = r.key from jsonb_to_recordset($1::jsonb) as r(key text, ico text)
             where t.external_key is null and t.ico = r.ico
               and not exists (select from customer where external_key = r.key)"
        ),
        ImportKind::People => run!(
            "update member t set external_key = r.key
             from jsonb_to_recordset($1::jsonb) as r(key text, email text, customer text)
             join customer c on c.external_key = r.customer
             where t.id = (select min(m.id) from member m left join member_address a on a.member_id = m.id
                           where m.customer_id = c.id and m.external_key is null and coalesce(a.email, m.email) = r.email)
               and not exists (select from member where external_key = r.key)"
        ),
        ImportKind::Contracts => run!(
            "update contract t set external_key = r.key
             from jsonb_to_recordset($1::jsonb) as r(key text, number text, customer text), customer c
             where c.id = t.customer_id and c.external_key = r.customer
               and t.external_key is null and t.number = r.number
               and not exists (select from contract where external_key = r.key)"
        ),
        ImportKind::Skills | ImportKind::Contacts | ImportKind::Licences | ImportKind::Balances
        | ImportKind::Appointments => return Ok(()),
    };
    Ok(())
}

/// Which of some contracts have a history that an import does not write: those that have begun, and those that were changed in
/// the portal.
///
/// # Errors
/// When the database fails.
pub async fn settled_contracts(tx: &mut Tx, keys: &[String], today: NaiveDate) -> Result<HashSet<String>, DbError> {
    let settled = sqlx::query_scalar!(
        r#"select external_key as "key!" from contract k
           where external_key = any ($1)
             and (lower(valid) <= $2 or exists (select from contract_amendment where contract_id = k.id)
                  or exists (select from contract_version where contract_id = k.id))"#,
        keys,
        today
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(settled.into_iter().collect())
}

/// The rows of some keys as they are kept, in the order of the keys; contracts with the terms that are in force today, or on the
/// nearest day on which they are valid.
///
/// # Errors
/// When the database fails.
pub async fn stored(tx: &mut Tx, kind: ImportKind, keys: &[String], today: NaiveDate) -> Result<Vec<Value>, DbError> {
    match kind {
        ImportKind::Skills | ImportKind::Programs | ImportKind::WorkTypes | ImportKind::Technicians => {
            stored_of_vendor(tx, kind, keys).await
        }
        ImportKind::Customers | ImportKind::People | ImportKind::Contacts | ImportKind::Licences => {
            stored_of_customers(tx, kind, keys).await
        }
        ImportKind::Contracts | ImportKind::Balances | ImportKind::Appointments => {
            stored_of_terms(tx, kind, keys, today).await
        }
    }
}

/// The same of the vendor.
async fn stored_of_vendor(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Skills => {
            of!(r#"select jsonb_build_object('key', code, 'name', name) as "row!" from skill where code = any ($1)
               order by code collate "C""#)
        }
        ImportKind::Programs => {
            of!(r#"select jsonb_build_object('key', external_key, 'name', name) as "row!" from program
               where external_key = any ($1) order by external_key collate "C""#)
        }
        ImportKind::WorkTypes => {
            of!(r#"select jsonb_build_object('key', external_key, 'name', name, 'description', description,
                          'minutes_from', minutes_from, 'minutes_to', minutes_to, 'slot_minutes', slot_minutes,
                          'plannable', plannable, 'skill', skill, 'choice', choice, 'active', active) as "row!"
               from work_type where external_key = any ($1) order by external_key collate "C""#)
        }
        ImportKind::Technicians => of!(
            r#"select jsonb_build_object('key', s.external_key, 'name', s.name, 'email', a.email, 'active', s.active,
                          'skills', array(select skill from technician_skill where technician_id = s.id
                                          order by skill collate "C")) as "row!"
               from staff s left join staff_address a on a.staff_id = s.id
               where s.external_key = any ($1) order by s.external_key collate "C""#
        ),
        _ => Vec::new(),
    })
}

/// The same of customers.
async fn stored_of_customers(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Customers => of!(
            r#"select jsonb_build_object('key', external_key, 'name', name, 'ico', ico, 'country', country, 'dic', nullif(dic, ''),
                          'street', nullif(street, ''), 'city', nullif(city, ''), 'postal_code', nullif(postal_code, ''),
                          'trusted', trusted, 'region', region, 'note', note) as "row!"
               from customer where external_key = any ($1) order by external_key collate "C""#
        ),
        ImportKind::People => {
            of!(r#"select jsonb_build_object('key', m.external_key, 'customer', c.external_key, 'name', m.name,
                          'phone', nullif(m.phone, ''), 'email', coalesce(a.email, m.email), 'active', m.active,
                          'contact_roles', array(
                              select role from unnest(array['orders', 'consents', 'documents']) role
                              where role = any (m.contact_roles)),
                          'capabilities', array(
                              select capability
                              from unnest(array['order', 'see_all', 'buy', 'see_billing', 'manage']) capability
                              where capability = any (m.capabilities))) as "row!"
               from member m join customer c on c.id = m.customer_id
               left join member_address a on a.member_id = m.id
               where m.external_key = any ($1) order by m.external_key collate "C""#)
        }
        ImportKind::Contacts => of!(
            r#"select jsonb_build_object('customer', c.external_key, 'phone', case t.kind when 'phone' then t.value end,
                          'email', case t.kind when 'email' then t.value end, 'label', t.label) as "row!"
               from customer_contact t join customer c on c.id = t.customer_id
               where (c.external_key, t.value)
                   in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2) from unnest($1::text[]) k)
               order by c.external_key collate "C", t.value collate "C""#
        ),
        ImportKind::Licences => of!(
            r#"select jsonb_build_object('customer', c.external_key, 'program', p.external_key, 'number', l.number) as "row!"
               from licence l join customer c on c.id = l.customer_id join program p on p.id = l.program_id
               where (c.external_key, p.external_key)
                   in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2) from unnest($1::text[]) k)
               order by c.external_key collate "C", p.external_key collate "C""#
        ),
        _ => Vec::new(),
    })
}

/// The same of what is agreed with customers.
async fn stored_of_terms(
    tx: &mut Tx,
    kind: ImportKind,
    keys: &[String],
    today: NaiveDate,
) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query_scalar!($query, keys $(, $more)*).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Contracts => {
            of!(
                r#"select jsonb_build_object('key', k.external_key, 'customer', c.external_key, 'number', k.number,
                          'tier', t.tier, 'from', lower(k.valid), 'until', upper(k.valid) - 1,
                          'minutes_per_period', t.minutes_per_period, 'period', t.period, 'rollover', t.rollover,
                          'rate', t.rate_per_minute, 'urgent_rate', t.urgent_rate_per_minute,
                          'minimum', t.minimum_minutes, 'ceiling', t.ceiling_minutes,
                          'fee', t.fee, 'fee_period', t.fee_period) as "row!"
               from contract k join customer c on c.id = k.customer_id
               join contract_terms t
                   on t.id = k.id and t.in_force @> greatest(least($2, upper(k.valid) - 1), lower(k.valid))
               where k.external_key = any ($1) order by k.external_key collate "C""#,
                today
            )
        }
        ImportKind::Balances => {
            of!(r#"select jsonb_build_object('key', substr(g.source, 8), 'customer', c.external_key,
                          'contract', k.external_key, 'minutes', g.minutes,
                          'from', (g.effective_at at time zone 'Europe/Prague')::date,
                          'until', ((g.expires_at - interval '1 microsecond') at time zone 'Europe/Prague')::date,
                          'covers_until', case when g.covers_until <> g.expires_at then
                              ((g.covers_until - interval '1 microsecond') at time zone 'Europe/Prague')::date end,
                          'reason', g.reason) as "row!"
               from minute_grant g join customer c on c.id = g.customer_id left join contract k on k.id = g.contract_id
               where g.source in (select 'import:' || k from unnest($1::text[]) k) order by g.source collate "C""#)
        }
        ImportKind::Appointments => of!(
            r#"select jsonb_build_object('key', r.external_key, 'person', m.external_key, 'program', p.external_key,
                          'work_type', w.external_key, 'technician', t.external_key,
                          'start', to_char(lower(a.during) at time zone 'Europe/Prague', 'YYYY-MM-DD"T"HH24:MI:SS'),
                          'minutes', (extract(epoch from upper(a.during) - lower(a.during)) / 60)::integer,
                          'what', r.what_happened) as "row!"
               from service_request r join member m on m.id = r.member_id join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               join lateral (select * from appointment where request_id = r.id order by id desc limit 1) a on true
               join staff t on t.id = a.technician_id
               where r.external_key = any ($1) order by r.external_key collate "C""#
        ),
        _ => Vec::new(),
    })
}

/// Adds rows that are not known; false when not all of them were added.
///
/// # Errors
/// When the database fails, or does not take one of them: see [`Refusal::of`].
pub async fn insert(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<bool, DbError> {
    match kind {
        ImportKind::Skills | ImportKind::Programs | ImportKind::WorkTypes | ImportKind::Technicians => {
            insert_of_vendor(tx, kind, rows, now).await?;
        }
        ImportKind::Customers | ImportKind::People | ImportKind::Contacts | ImportKind::Licences => {
            insert_of_customers(tx, kind, rows, now).await?;
        }
        ImportKind::Contracts | ImportKind::Balances => insert_of_terms(tx, kind, rows, now).await?,
        ImportKind::Appointments => return agree(tx, rows, now).await,
    }
    Ok(true)
}

/// The same of the vendor.
async fn insert_of_vendor(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query!($query, rows $(, $more)*).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Skills => {
            run!("insert into skill (code, name) select r.key, r.name from jsonb_to_recordset($1::jsonb) as r(key text, name text)")
        }
        ImportKind::Programs => run!(
            "insert into program (external_key, name)
             select r.key, r.name from jsonb_to_recordset($1::jsonb) as r(key text, name text)"
        ),
        ImportKind::WorkTypes => run!(
            "insert into work_type (external_key, name, description, minutes_from, minutes_to, slot_minutes, plannable, skill,
                 choice, active)
             select r.key, r.name, r.description, r.minutes_from, r.minutes_to, r.slot_minutes, r.plannable, r.skill, r.choice,
                 r.active
             from jsonb_to_recordset($1::jsonb) as r(key text, name text, description text, minutes_from integer,
                 minutes_to integer, slot_minutes integer, plannable boolean, skill text, choice text, active boolean)"
        ),
        ImportKind::Technicians => {
            run!(
                "insert into staff (external_key, name, roles, active)
                 select r.key, r.name, array['technician'], r.active
                 from jsonb_to_recordset($1::jsonb) as r(key text, name text, active boolean)"
            );
            run!(
                "insert into working_plan (technician_id, weekday, starts, ends)
                 select s.id, weekday, opens, closes
                 from jsonb_to_recordset($1::jsonb) as r(key text), staff s, line_settings_at($2, $2),
                     generate_series(1, 5) weekday
                 where s.external_key = r.key and s.active",
                now
            );
            set_skills(tx, rows).await?;
            set_addresses(tx, rows, true).await?;
            return Ok(());
        }
        _ => return Ok(()),
    };
    Ok(())
}

/// The same of customers.
async fn insert_of_customers(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query!($query, rows $(, $more)*).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Customers => run!(
            "insert into customer (external_key, name, ico, country, dic, street, city, postal_code, trusted, region, note,
                 created_at)
             select r.key, r.name, r.ico, r.country, coalesce(r.dic, ''), coalesce(r.street, ''), coalesce(r.city, ''),
                 coalesce(r.postal_code, ''), r.trusted, r.region, r.note, $2
             from jsonb_to_recordset($1::jsonb) as r(key text, name text, ico text, country text, dic text, street text,
                 city text, postal_code text, trusted boolean, region text, note text)",
            now
        ),
        ImportKind::People => run!(
            "insert into member (external_key, customer_id, name, phone, email, capabilities, contact_roles, active)
             select r.key, c.id, r.name, coalesce(r.phone, ''), r.email, r.capabilities, r.contact_roles, r.active
             from jsonb_to_recordset($1::jsonb) as r(key text, customer text, name text, phone text, email text,
                 capabilities text[], contact_roles text[], active boolean)
             join customer c on c.external_key = r.customer"
        ),
        ImportKind::Contacts => run!(
            "insert into customer_contact (customer_id, kind, position, value, label)
             select c.id, n.kind,
                 coalesce((select max(position) + 1 from customer_contact where customer_id = c.id and kind = n.kind), 0)
                     + row_number() over (partition by c.id, n.kind order by r.place) - 1,
                 coalesce(r.phone, r.email), r.label
             from rows from (jsonb_to_recordset($1::jsonb) as (customer text, phone text, email text, label text))
                 with ordinality as r(customer, phone, email, label, place)
             cross join lateral (select case when r.phone is null then 'email' else 'phone' end as kind) n
             join customer c on c.external_key = r.customer"
        ),
        ImportKind::Licences => run!(
            "insert into licence (customer_id, program_id, number)
             select c.id, p.id, r.number from jsonb_to_recordset($1::jsonb) as r(customer text, program text, number text)
             join customer c on c.external_key = r.customer join program p on p.external_key = r.program"
        ),
        _ => return Ok(()),
    };
    Ok(())
}

/// The same of what is agreed with customers.
async fn insert_of_terms(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query!($query, rows $(, $more)*).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Contracts => run!(
            r#"insert into contract (external_key, customer_id, number, tier, valid, minutes_per_period, period, rollover,
                   rate_per_minute, urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period)
               select r.key, c.id, r.number, r.tier, daterange(r."from", r.until, '[]'), r.minutes_per_period, r.period,
                   r.rollover, r.rate, r.urgent_rate, r.minimum, r.ceiling, r.fee, r.fee_period
               from jsonb_to_recordset($1::jsonb) as r(key text, customer text, number text, tier text, "from" date,
                   until date, minutes_per_period integer, period text, rollover text, rate bigint, urgent_rate bigint,
                   minimum integer, ceiling integer, fee bigint, fee_period text)
               join customer c on c.external_key = r.customer"#
        ),
        ImportKind::Balances => run!(
            r#"insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at, contract_id,
                   covers_until, reason)
               select c.id, case when r.contract is null then 'correction' else 'contract' end, r.minutes,
                   r."from"::timestamp at time zone 'Europe/Prague', (r.until + 1)::timestamp at time zone 'Europe/Prague',
                   'import:' || r.key, $2, k.id,
                   case when k.id is not null
                        then (coalesce(r.covers_until, r.until) + 1)::timestamp at time zone 'Europe/Prague' end,
                   r.reason
               from jsonb_to_recordset($1::jsonb) as r(key text, customer text, contract text, minutes integer,
                   "from" date, until date, covers_until date, reason text)
               join customer c on c.external_key = r.customer
               left join contract k on k.external_key = r.contract and k.customer_id = c.id
               where r.contract is null or k.id is not null"#,
            now
        ),
        _ => return Ok(()),
    };
    Ok(())
}

/// Writes what rows say in place of what was known.
///
/// # Errors
/// When the database fails, or does not take one of them: see [`Refusal::of`].
pub async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query, rows).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Skills => {
            run!("update skill t set name = r.name from jsonb_to_recordset($1::jsonb) as r(key text, name text) where t.code = r.key")
        }
        ImportKind::Programs => run!(
            "update program t set name = r.name from jsonb_to_recordset($1::jsonb) as r(key text, name text)
             where t.external_key = r.key"
        ),
        ImportKind::WorkTypes => run!(
            "update work_type t
             set name = r.name, description = r.description, minutes_from = r.minutes_from, minutes_to = r.minutes_to,
                 slot_minutes = r.slot_minutes, plannable = r.plannable, skill = r.skill, choice = r.choice, active = r.active
             from jsonb_to_recordset($1::jsonb) as r(key text, name text, description text, minutes_from integer,
                 minutes_to integer, slot_minutes integer, plannable boolean, skill text, choice text, active boolean)
             where t.external_key = r.key"
        ),
        ImportKind::Technicians => {
            run!(
                "update staff t set name = r.name from jsonb_to_recordset($1::jsonb) as r(key text, name text)
                 where t.external_key = r.key"
            );
            set_skills(tx, rows).await?;
            return set_addresses(tx, rows, true).await;
        }
        ImportKind::Customers => run!(
            "update customer t
             set name = r.name, ico = r.ico, country = r.country, region = r.region, note = r.note, dic = coalesce(r.dic, ''), street = coalesce(r.street, ''),
                 city = coalesce(r.city, ''), postal_code = coalesce(r.postal_code, ''), trusted = r.trusted
             from jsonb_to_recordset($1::jsonb) as r(key text, name text, ico text, country text, dic text, street text,
                 city text, postal_code text, trusted boolean, region text, note text)
             where t.external_key = r.key"
        ),
        ImportKind::People => {
            run!(
                "update member t
                 set name = r.name, phone = coalesce(r.phone, ''), email = r.email, capabilities = r.capabilities,
                     contact_roles = r.contact_roles, active = r.active
                 from jsonb_to_recordset($1::jsonb) as r(key text, name text, phone text, email text, capabilities text[],
                     contact_roles text[], active boolean)
                 where t.external_key = r.key"
            );
            return set_addresses(tx, rows, false).await;
        }
        ImportKind::Contracts => return set_terms(tx, rows).await,
        ImportKind::Contacts => run!(
            "update customer_contact t set label = r.label
             from jsonb_to_recordset($1::jsonb) as r(customer text, phone text, email text, label text), customer c
             where c.external_key = r.customer and t.customer_id = c.id and t.value = coalesce(r.phone, r.email)"
        ),
        ImportKind::Licences => run!(
            "update licence t set number = r.number
             from jsonb_to_recordset($1::jsonb) as r(customer text, program text, number text), customer c, program p
             where c.external_key = r.customer and p.external_key = r.program
               and t.customer_id = c.id and t.program_id = p.id"
        ),
        ImportKind::Balances | ImportKind::Appointments => return Ok(()),
    };
    Ok(())
}

/// Writes the numbers of contracts, and the terms of those that have no amendment: the row of an amended one has the terms that
/// are in force, which are not the contract's own.
async fn set_terms(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        "update contract t set number = r.number from jsonb_to_recordset($1::jsonb) as r(key text, number text)
         where t.external_key = r.key",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"update contract t
           set tier = r.tier, valid = daterange(r."from", r.until, '[]'), minutes_per_period = r.minutes_per_period,
               period = r.period, rollover = r.rollover, rate_per_minute = r.rate, urgent_rate_per_minute = r.urgent_rate,
               minimum_minutes = r.minimum, ceiling_minutes = r.ceiling, fee = r.fee, fee_period = r.fee_period
           from jsonb_to_recordset($1::jsonb) as r(key text, tier text, "from" date, until date,
               minutes_per_period integer, period text, rollover text, rate bigint, urgent_rate bigint, minimum integer,
               ceiling integer, fee bigint, fee_period text)
           where t.external_key = r.key and not exists (select from contract_amendment where contract_id = t.id)"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
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

/// Writes with what addresses people sign in: customers' who do, and all of the vendor's, who choose a password when invited. How people sign in is written by the system
/// only, whose role is taken for it.
async fn set_addresses(tx: &mut Tx, rows: &Value, of_staff: bool) -> Result<(), DbError> {
    sqlx::query!("set local role linka_system").execute(&mut **tx).await?;
    sqlx::query!(
        "update login l set email = r.email
         from jsonb_to_recordset($1::jsonb) as r(key text, email text)
         left join member m on not $2 and m.external_key = r.key
         left join staff s on $2 and s.external_key = r.key
         where l.email <> r.email and (l.member_id = m.id or l.staff_id = s.id)",
        rows,
        of_staff
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into login (email, staff_id)
         select r.email, s.id
         from jsonb_to_recordset($1::jsonb) as r(key text, email text)
         left join staff s on $2 and s.external_key = r.key
         where r.email is not null and s.id is not null and not exists (select from login where staff_id = s.id)",
        rows,
        of_staff
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("set local role linka_staff").execute(&mut **tx).await?;
    Ok(())
}

/// Agrees on times: a request of each, as if its person had called. False when a technician does not take one.
async fn agree(tx: &mut Tx, rows: &Value, now: DateTime<Utc>) -> Result<bool, DbError> {
    let all = sqlx::query_scalar!(
        r#"with line as materialized (
               select r.key, r.what, gen_random_uuid() as id, m.id as member_id, m.customer_id, m.name, m.phone,
                      p.id as program_id, w.id as work_type_id, t.id as technician_id,
                      tstzrange(r.start at time zone 'Europe/Prague',
                                r.start at time zone 'Europe/Prague' + r.minutes * interval '1 minute') as during
               from jsonb_to_recordset($1::jsonb) as r(key text, person text, program text, work_type text, technician text,
                   start timestamp, minutes integer, what text)
               join member m on m.external_key = r.person join program p on p.external_key = r.program
               join work_type w on w.external_key = r.work_type join staff t on t.external_key = r.technician),
           request as (
               insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id,
                   urgency, what_happened, contact_name, contact_phone, created_at, submitted_at, external_key)
               select id, customer_id, member_id,
                   next_request_number(extract(year from $2::timestamptz at time zone 'Europe/Prague')::integer),
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
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(all)
}

/// Notes what came of an import.
///
/// # Errors
/// When the database fails.
pub async fn note(
    tx: &mut Tx,
    by: Option<StaffId>,
    dry_run: bool,
    report: &ImportReport,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into import_run (at, staff_id, dry_run, report) values ($1, $2, $3, $4)",
        now,
        by.map(|id| id.0),
        dry_run,
        Json(report) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The last import that a person made or tried, and whether it was only tried.
///
/// # Errors
/// When the database fails, or holds a report that cannot be read.
pub async fn last(tx: &mut Tx, by: StaffId) -> Result<Option<(ImportReport, bool)>, DbError> {
    let row = sqlx::query!(
        r#"select report as "report: Json<ImportReport>", dry_run from import_run where staff_id = $1 order by id desc limit 1"#,
        by.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.report.0, row.dry_run)))
}
