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

/// Which of some contracts have a history that an import does not write: those that have begun, and those that were changed in
/// the portal.
pub(super) async fn settled_contracts(tx: &mut Tx, keys: &[String], today: NaiveDate) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select external_key as "key!" from contract k
           where external_key = any ($1)
             and (lower(valid) <= $2 or exists (select from contract_amendment where contract_id = k.id)
                  or exists (select from contract_version where contract_id = k.id))"#,
        keys,
        today
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The rows of some keys as they are kept; contracts with the terms that are in force today, or on the nearest day on which they
/// are valid.
pub(super) async fn stored(
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
        ImportKind::Balances => balances::stored(tx, keys).await?,
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
        ImportKind::Balances => return balances::insert(tx, rows, now).await,
        _ => return Ok(()),
    };
    Ok(())
}

/// Writes what rows say in place of what was known.
pub(super) async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    match kind {
        ImportKind::Contracts => set_terms(tx, rows).await,
        // Minutes that were credited are in the ledger.
        _ => Ok(()),
    }
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
