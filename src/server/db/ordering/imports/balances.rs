//! Rows of minutes that are left.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::server::db::{DbError, Tx};

/// A balance of a period that was credited already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditedBalance {
    /// The row's key.
    pub key: String,
    /// Whether it says that more is left than was credited.
    pub is_more: bool,
    /// Whether minutes of the account were used since.
    pub is_used: bool,
}

/// Which of some rows are of periods that were credited already. Nothing is taken from their accounts until this transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn credited_balances(tx: &mut Tx, rows: &Value) -> Result<Vec<CreditedBalance>, DbError> {
    sqlx::query!(
        "select a.customer_id from minute_account a join customer c on c.id = a.customer_id
         where c.external_key in (select r.customer from jsonb_to_recordset($1::jsonb) as r(customer text))
         order by a.customer_id for update of a",
        rows
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(sqlx::query_as!(
        CreditedBalance,
        r#"select r.key as "key!", r.minutes > g.minutes as "is_more!",
                  exists (select from taken_balance t where t.grant_id = g.id)
                  or exists (select from ledger_entry e join ledger_entry credit on credit.grant_id = g.id and credit.kind = 'grant'
                             where e.customer_id = g.customer_id and e.seq > credit.seq
                               and (e.grant_id = g.id or e.intervention_id is not null)) as "is_used!"
           from jsonb_to_recordset($1::jsonb) as r(key text, customer text, contract text, minutes integer, "from" date,
               until date, covers_until date)
           join customer c on c.external_key = r.customer
           join contract k on k.external_key = r.contract and k.customer_id = c.id
           join minute_grant g on g.contract_id = k.id and g.source not like 'import:%'
               and g.effective_at = r."from"::timestamp at time zone 'Europe/Prague'
               and g.expires_at = (r.until + 1)::timestamp at time zone 'Europe/Prague'
               and g.covers_until = (coalesce(r.covers_until, r.until) + 1)::timestamp at time zone 'Europe/Prague'"#,
        rows
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The rows of some keys as they were taken.
pub(super) async fn stored(tx: &mut Tx, keys: &[String]) -> Result<Vec<Value>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object('key', n.key, 'customer', c.external_key,
                      'contract', k.external_key, 'minutes', n.minutes,
                      'from', (g.effective_at at time zone 'Europe/Prague')::date,
                      'until', ((g.expires_at - interval '1 microsecond') at time zone 'Europe/Prague')::date,
                      'covers_until', case when g.covers_until <> g.expires_at then
                          ((g.covers_until - interval '1 microsecond') at time zone 'Europe/Prague')::date end,
                      'reason', n.reason) as "row!"
           from (select key, grant_id, minutes, reason from taken_balance where key = any ($1)
                 union all
                 select substr(source, 8), id, minutes, reason from minute_grant
                 where source in (select 'import:' || k from unnest($1::text[]) k)
                   and not exists (select from taken_balance t where t.grant_id = minute_grant.id)
                 -- What was never taken over is known by the key under which it is exported, as it is by now.
                 union all
                 select k, g.id, b.left_minutes, coalesce(nullif(g.reason, ''), 'Zůstatek')
                 from unnest($1::text[]) k
                 join minute_grant g on g.export_key = case when k ~ '^linka-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                                                            then substr(k, 7)::uuid end
                 join grant_balance b on b.id = g.id
                 where g.source not like 'import:%' and not exists (select from taken_balance t where t.grant_id = g.id)) n
           join minute_grant g on g.id = n.grant_id join customer c on c.id = g.customer_id
           left join contract k on k.id = g.contract_id order by n.key collate "C""#,
        keys
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Adds rows that are not known. What is used up is credited as the contract says, and all of it taken away again.
pub(super) async fn insert(tx: &mut Tx, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        r#"insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at, contract_id,
               covers_until, reason)
           select c.id, case when r.contract is null then 'correction' else 'contract' end,
               case when r.minutes = 0 then greatest(k.minutes_per_period, 1) else r.minutes end, n.starts, n.ends,
               'import:' || r.key, $2, k.id, case when k.id is not null then n.covers end, r.reason
           from jsonb_to_recordset($1::jsonb) as r(key text, customer text, contract text, minutes integer,
               "from" date, until date, covers_until date, reason text)
           join customer c on c.external_key = r.customer
           left join contract k on k.external_key = r.contract and k.customer_id = c.id
           cross join lateral (
               select r."from"::timestamp at time zone 'Europe/Prague' as starts,
                      (r.until + 1)::timestamp at time zone 'Europe/Prague' as ends,
                      (coalesce(r.covers_until, r.until) + 1)::timestamp at time zone 'Europe/Prague' as covers) n
           where (r.contract is null or k.id is not null) and (k.credited_until is null or k.credited_until < n.covers)
             and not exists (select from minute_grant g where g.contract_id = k.id and g.effective_at = n.starts
                               and g.expires_at = n.ends and g.covers_until = n.covers and g.source not like 'import:%')"#,
        rows,
        now
    )
    .execute(&mut **tx)
    .await?;
    correct(tx, rows, now).await
}

/// Takes from what was credited otherwise than rows say what is not left of it.
async fn correct(tx: &mut Tx, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        r#"insert into taken_balance (key, grant_id, minutes, reason)
           select r.key, g.id, r.minutes, r.reason
           from jsonb_to_recordset($1::jsonb) as r(key text, customer text, contract text, minutes integer, "from" date,
               until date, covers_until date, reason text)
           join customer c on c.external_key = r.customer
           join contract k on k.external_key = r.contract and k.customer_id = c.id
           join minute_grant g on g.contract_id = k.id
               and g.effective_at = r."from"::timestamp at time zone 'Europe/Prague'
               and g.expires_at = (r.until + 1)::timestamp at time zone 'Europe/Prague'
               and g.covers_until = (coalesce(r.covers_until, r.until) + 1)::timestamp at time zone 'Europe/Prague'
           where g.source not like 'import:%' or g.source = 'import:' || r.key and r.minutes = 0"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id, reason)
           select g.customer_id, $2, 'correction', g.id, t.minutes - g.minutes, 'import', t.key, t.reason
           from taken_balance t join minute_grant g on g.id = t.grant_id
           where t.key in (select r.key from jsonb_to_recordset($1::jsonb) as r(key text)) and t.minutes < g.minutes
           order by g.customer_id, g.id"#,
        rows,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
