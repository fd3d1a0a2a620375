//! Rows of customers: organisations, their people, where else they are reached, and their licences.

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
        ImportKind::Customers => of!(r#"select external_key as "key!" from customer where external_key = any ($1)"#),
        ImportKind::People => of!(r#"select external_key as "key!" from member where external_key = any ($1)"#),
        ImportKind::Licences => of!(r#"select c.external_key || chr(10) || p.external_key as "key!"
               from licence l join customer c on c.id = l.customer_id join program p on p.id = l.program_id
               where (c.external_key, p.external_key)
                   in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2) from unnest($1::text[]) k)"#),
        _ => Vec::new(),
    })
}

/// Which of some people are erased: a table of before the erasure brings nothing of them back. The key itself is gone where it said
/// who that was; what is kept of it knows it again. Who has the key now is somebody else.
pub(super) async fn erased_people(tx: &mut Tx, keys: &[String]) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"with asked as materialized (select key, sealed_key(key) as sealed from unnest($1::text[]) key)
           select key as "key!" from asked
           where (exists (select from member m where m.external_key = asked.key and m.erased_at is not null)
                  or exists (select from member m where m.erased_key = asked.sealed))
             and not exists (select from member m where m.external_key = asked.key and m.erased_at is null)"#,
        keys
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Gives the keys of rows to what was there before.
pub(super) async fn adopt(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query, rows).execute(&mut **tx).await?
        };
    }
    match kind {
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
        _ => return Ok(()),
    };
    Ok(())
}

/// The rows of some keys as they are kept.
pub(super) async fn stored(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<Value>, DbError> {
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
               order by c.external_key collate "C", t.kind desc, t.position"#
        ),
        ImportKind::Licences => {
            of!(r#"select jsonb_build_object('customer', c.external_key, 'program', p.external_key, 'number', l.number,
                          'version', nullif(l.version, '')) as "row!"
               from licence l join customer c on c.id = l.customer_id join program p on p.id = l.program_id
               where (c.external_key, p.external_key)
                   in (select split_part(k, chr(10), 1), split_part(k, chr(10), 2) from unnest($1::text[]) k)
               order by c.external_key collate "C", p.external_key collate "C""#)
        }
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
            "insert into licence (customer_id, program_id, number, version)
             select c.id, p.id, r.number, coalesce(r.version, '')
             from jsonb_to_recordset($1::jsonb) as r(customer text, program text, number text, version text)
             join customer c on c.external_key = r.customer join program p on p.external_key = r.program"
        ),
        _ => return Ok(()),
    };
    Ok(())
}

/// Writes what rows say in place of what was known.
pub(super) async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query, rows).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Customers => run!(
            "update customer t
             set name = r.name, ico = r.ico, country = r.country, region = r.region, note = r.note,
                 dic = coalesce(r.dic, ''), street = coalesce(r.street, ''), city = coalesce(r.city, ''),
                 postal_code = coalesce(r.postal_code, ''), trusted = r.trusted
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
            return set_addresses(tx, rows).await;
        }
        ImportKind::Contacts => run!(
            "update customer_contact t set label = r.label
             from jsonb_to_recordset($1::jsonb) as r(customer text, phone text, email text, label text), customer c
             where c.external_key = r.customer and t.customer_id = c.id and t.value = coalesce(r.phone, r.email)"
        ),
        ImportKind::Licences => run!(
            "update licence t set number = r.number, version = coalesce(r.version, '')
             from jsonb_to_recordset($1::jsonb) as r(customer text, program text, number text, version text), customer c,
                 program p
             where c.external_key = r.customer and p.external_key = r.program
               and t.customer_id = c.id and t.program_id = p.id"
        ),
        _ => return Ok(()),
    };
    Ok(())
}

/// Writes with what addresses those people sign in who do. How people sign in is written by the system only, whose role is taken
/// for it.
async fn set_addresses(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!("set local role linka_system").execute(&mut **tx).await?;
    sqlx::query!(
        "update login l set email = r.email
         from jsonb_to_recordset($1::jsonb) as r(key text, email text) join member m on m.external_key = r.key
         where l.email <> r.email and l.member_id = m.id",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("set local role linka_staff").execute(&mut **tx).await?;
    Ok(())
}
