//! Rows of what is agreed with customers: contracts, and the minutes that are left of them.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::balances;
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
        ImportKind::Contracts => of!(r#"select external_key as "key!" from contract where external_key = any ($1)"#),
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
        ImportKind::Contracts => run!(
            "update contract t set external_key = r.key
             from jsonb_to_recordset($1::jsonb) as r(key text, number text, customer text), customer c
             where c.id = t.customer_id and c.external_key = r.customer
               and t.external_key is null and t.number = r.number
               and not exists (select from contract where external_key = r.key)"
        ),
        _ => return Ok(()),
    };
    Ok(())
}

/// Which of some rows of contracts have a history that an import does not write: those of contracts that were changed in the
/// portal; what a contract says from its first day, when it has begun or is amended; and what one says since a day that has come.
pub(super) async fn settled_contracts(tx: &mut Tx, keys: &[String], today: NaiveDate) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select n.key as "key!"
           from (select key, split_part(key, chr(10), 1) as contract, nullif(split_part(key, chr(10), 2), '')::date as since
                 from unnest($1::text[]) key) n
           join contract k on k.external_key = n.contract
           where exists (select from contract_version where contract_id = k.id)
              or n.since is null and (lower(k.valid) <= $2 or exists (select from contract_amendment where contract_id = k.id))
              or n.since <= $2 and exists (select from contract_amendment where contract_id = k.id and from_day = n.since)"#,
        keys,
        today
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The rows of some keys as they are kept.
pub(super) async fn stored(tx: &mut Tx, kind: ImportKind, keys: &[String]) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Contracts => of!(r#"with named as (
                   select split_part(key, chr(10), 1) as contract, nullif(split_part(key, chr(10), 2), '')::date as since
                   from unnest($1::text[]) key),
               said as (
                   select k.id, null::date as since, e.tier, e.minutes_per_period, e.period, e.rollover, e.rate_per_minute,
                          e.urgent_rate_per_minute, e.minimum_minutes, e.ceiling_minutes, e.fee, e.fee_period, e.fee_day
                   from contract k join named n on n.contract = k.external_key
                   -- Of what has come from another customer, what it said on its first day here.
                   cross join lateral (
                       select '-infinity'::date as from_day, k.tier, k.minutes_per_period, k.period, k.rollover, k.rate_per_minute,
                              k.urgent_rate_per_minute, k.minimum_minutes, k.ceiling_minutes, k.fee, k.fee_period, k.fee_day
                       union all
                       select a.from_day, a.tier, a.minutes_per_period, a.period, a.rollover, a.rate_per_minute,
                              a.urgent_rate_per_minute, a.minimum_minutes, a.ceiling_minutes, a.fee, a.fee_period, a.fee_day
                       from contract_amendment a where a.contract_id = k.id and a.from_day < lower(k.valid)
                       order by from_day desc limit 1) e
                   where n.since is null
                   union all
                   select k.id, a.from_day, a.tier, a.minutes_per_period, a.period, a.rollover, a.rate_per_minute,
                          a.urgent_rate_per_minute, a.minimum_minutes, a.ceiling_minutes, a.fee, a.fee_period, a.fee_day
                   from contract k join named n on n.contract = k.external_key
                   join contract_amendment a on a.contract_id = k.id and a.from_day = n.since)
               select jsonb_build_object('key', k.external_key, 'customer', c.external_key, 'number', k.number,
                          'tier', t.tier, 'from', lower(k.valid), 'until', upper(k.valid) - 1,
                          'minutes_per_period', t.minutes_per_period, 'period', t.period, 'rollover', t.rollover,
                          'rate', t.rate_per_minute, 'urgent_rate', t.urgent_rate_per_minute,
                          'minimum', t.minimum_minutes, 'ceiling', t.ceiling_minutes,
                          'fee', t.fee, 'fee_period', t.fee_period, 'fee_day', t.fee_day, 'since', t.since) as "row!"
               from said t join contract k on k.id = t.id join customer c on c.id = k.customer_id
               order by k.external_key collate "C", t.since nulls first"#),
        ImportKind::Balances => balances::stored(tx, keys).await?,
        _ => Vec::new(),
    })
}

/// Adds rows that are not known; false when not all of them were added: amendments of what is no contract.
pub(super) async fn insert(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<bool, DbError> {
    let added = match kind {
        ImportKind::Contracts => agree(tx, rows).await? + amend(tx, rows, now).await?,
        ImportKind::Balances => return balances::insert(tx, rows, now).await.map(|()| true),
        _ => return Ok(true),
    };
    let all = rows.as_array().map_or(0, Vec::len);
    Ok(usize::try_from(added).is_ok_and(|added| added == all))
}

/// Adds contracts with what they say from their first day; how many.
async fn agree(tx: &mut Tx, rows: &Value) -> Result<u64, DbError> {
    let added = sqlx::query!(
        r#"insert into contract (external_key, customer_id, number, tier, valid, minutes_per_period, period, rollover,
               rate_per_minute, urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, fee_day)
           select r.key, c.id, r.number, r.tier, daterange(r."from", r.until, '[]'), r.minutes_per_period, r.period,
               r.rollover, r.rate, r.urgent_rate, r.minimum, r.ceiling, r.fee, r.fee_period, r.fee_day
           from jsonb_to_recordset($1::jsonb) as r(key text, customer text, number text, tier text, "from" date,
               until date, minutes_per_period integer, period text, rollover text, rate bigint, urgent_rate bigint,
               minimum integer, ceiling integer, fee bigint, fee_period text, fee_day integer, since date)
           join customer c on c.external_key = r.customer
           where r.since is null"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(added.rows_affected())
}

/// Adds what contracts say from later days on, as known from now on: what was ordered before is billed as it was promised. How much
/// of it.
async fn amend(tx: &mut Tx, rows: &Value, now: DateTime<Utc>) -> Result<u64, DbError> {
    let added = sqlx::query!(
        r#"insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
               rate_per_minute, urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, fee_day, known_since)
           select k.id, k.customer_id, r.since, r.tier, r.minutes_per_period, r.period, r.rollover, r.rate, r.urgent_rate,
               r.minimum, r.ceiling, r.fee, r.fee_period, r.fee_day, $2
           from jsonb_to_recordset($1::jsonb) as r(key text, tier text, minutes_per_period integer, period text,
               rollover text, rate bigint, urgent_rate bigint, minimum integer, ceiling integer, fee bigint, fee_period text,
               fee_day integer, since date)
           join contract k on k.external_key = r.key
           where r.since is not null"#,
        rows,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(added.rows_affected())
}

/// Writes what rows say in place of what was known.
pub(super) async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    match kind {
        ImportKind::Contracts => set_terms(tx, rows, now).await,
        // Minutes that were credited are in the ledger.
        _ => Ok(()),
    }
}

/// Writes what contracts say from their first day and from later ones on; what is said of later ones is known from now on.
async fn set_terms(tx: &mut Tx, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        r#"update contract t
           set number = r.number, tier = r.tier, valid = daterange(r."from", r.until, '[]'),
               minutes_per_period = r.minutes_per_period, period = r.period, rollover = r.rollover,
               rate_per_minute = r.rate, urgent_rate_per_minute = r.urgent_rate, minimum_minutes = r.minimum,
               ceiling_minutes = r.ceiling, fee = r.fee, fee_period = r.fee_period, fee_day = r.fee_day
           from jsonb_to_recordset($1::jsonb) as r(key text, number text, tier text, "from" date, until date,
               minutes_per_period integer, period text, rollover text, rate bigint, urgent_rate bigint, minimum integer,
               ceiling integer, fee bigint, fee_period text, fee_day integer, since date)
           where t.external_key = r.key and r.since is null"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"update contract_amendment t
           set tier = r.tier, minutes_per_period = r.minutes_per_period, period = r.period, rollover = r.rollover,
               rate_per_minute = r.rate, urgent_rate_per_minute = r.urgent_rate, minimum_minutes = r.minimum,
               ceiling_minutes = r.ceiling, fee = r.fee, fee_period = r.fee_period, fee_day = r.fee_day,
               known_since = $2
           from jsonb_to_recordset($1::jsonb) as r(key text, tier text, minutes_per_period integer, period text,
               rollover text, rate bigint, urgent_rate bigint, minimum integer, ceiling integer, fee bigint, fee_period text,
               fee_day integer, since date), contract k
           where k.external_key = r.key and t.contract_id = k.id and t.from_day = r.since"#,
        rows,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
