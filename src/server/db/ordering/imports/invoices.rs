//! Rows of what customers owe from before.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::server::db::{
    DbError, Tx,
    locks::{self, Lock},
};

/// Which of some invoices are settled: those for which something came since. Nobody matches payments until this transaction ends.
pub(super) async fn settled(tx: &mut Tx, keys: &[String]) -> Result<Vec<String>, DbError> {
    locks::take(tx, Lock::BankPayments).await?;
    Ok(sqlx::query_scalar!(
        "select number from earlier_invoice i
         where number = any ($1) and exists (select from bank_payment p where p.earlier_invoice_id = i.id)",
        keys
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The rows of some keys as they are kept.
pub(super) async fn stored(tx: &mut Tx, keys: &[String]) -> Result<Vec<Value>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object('number', i.number, 'customer', c.external_key, 'variable_symbol', i.variable_symbol,
                      'issued', i.issued_on, 'due', i.due_on, 'total', i.total, 'paid', i.paid_before) as "row!"
           from earlier_invoice i join customer c on c.id = i.customer_id
           where i.number = any ($1) order by i.number collate "C""#,
        keys
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Adds rows that are not known.
pub(super) async fn insert(tx: &mut Tx, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into earlier_invoice (customer_id, number, variable_symbol, issued_on, due_on, total, paid_before, created_at)
         select c.id, r.number, r.variable_symbol, r.issued, r.due, r.total, r.paid, $2
         from jsonb_to_recordset($1::jsonb) as r(number text, customer text, variable_symbol text, issued date, due date,
             total bigint, paid bigint)
         join customer c on c.external_key = r.customer",
        rows,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what rows say in place of what was known.
pub(super) async fn update(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        "update earlier_invoice t
         set customer_id = c.id, variable_symbol = r.variable_symbol, issued_on = r.issued, due_on = r.due, total = r.total,
             paid_before = r.paid
         from jsonb_to_recordset($1::jsonb) as r(number text, customer text, variable_symbol text, issued date, due date,
             total bigint, paid bigint), customer c
         where t.number = r.number and c.external_key = r.customer",
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
