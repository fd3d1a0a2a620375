//! What customers owe for minutes beyond their grants, month by month, and on which document each entry of it stands.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::model::{
    base::{
        ids::{CustomerId, DocumentId, InterventionId},
        money::{Money, VatRate},
        numbers::{InterventionRef, RequestNumber},
    },
    money::tax_documents::{DocumentContent, TaxDocument},
};
use crate::server::db::{DbError, Tx, codec::Natural};

/// Whose months before `until` hold something that stands on no document yet, by the first day of each, the oldest first.
///
/// What was charged and waived within one month is not there: it comes to nothing. What is being put right waits.
///
/// # Errors
/// When the database fails.
pub async fn months(tx: &mut Tx, until: DateTime<Utc>) -> Result<Vec<(CustomerId, NaiveDate)>, DbError> {
    let rows = sqlx::query!(
        r#"select distinct customer_id as "customer!: CustomerId", month as "month!"
           from (select e.customer_id, e.intervention_id,
                        date_trunc('month', e.at at time zone 'Europe/Prague')::date as month
                 from ledger_entry e
                 where e.kind in ('charge', 'waive') and e.at < $1
                   and exists (select from customer c where c.id = e.customer_id and is_named(c))
                   and not exists (select 1 from invoiced_entry i where i.entry_id = e.id)
                   and not is_being_put_right(e.intervention_id)
                 group by 1, 2, 3 having sum(e.amount) <> 0) owed
           order by 2, 1"#,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.customer, row.month)).collect())
}

/// What an intervention's entries of a month come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Which intervention.
    pub intervention: InterventionId,
    /// What it is called.
    pub name: InterventionRef,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The kind of work.
    pub work_type: String,
    /// The price of a minute, excluding VAT.
    pub rate: Money,
    /// The rate of VAT.
    pub vat: VatRate,
    /// Minutes charged; negative when more were waived.
    pub minutes: i64,
    /// Their price, excluding VAT.
    pub amount: Money,
    /// Why, if anybody said so.
    pub reason: String,
    /// The entries.
    pub entries: Vec<i64>,
}

/// What a customer's entries between two instants come to that stand on no document yet, by intervention.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn owed(
    tx: &mut Tx,
    customer: CustomerId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Owed>, DbError> {
    let found = sqlx::query!(
        r#"select i.id as "id: InterventionId", r.number as "number!: RequestNumber", i.ordinal as "ordinal: Natural",
                  i.started_at, w.name as work_type, i.rate_per_minute as "rate: Money", i.vat_percent as "vat: VatRate",
                  sum(e.over_minutes)::bigint as "minutes!", sum(e.amount)::bigint as "amount!: Money",
                  coalesce(string_agg(distinct nullif(e.reason, ''), '; '), '') as "reason!",
                  array_agg(e.id order by e.id) as "entries!"
           from ledger_entry e
           join intervention i on i.id = e.intervention_id
           join service_request r on r.id = i.request_id
           join work_type w on w.id = r.work_type_id
           where e.customer_id = $1 and e.kind in ('charge', 'waive') and e.at >= $2 and e.at < $3
             and not exists (select 1 from invoiced_entry d where d.entry_id = e.id)
             and not is_being_put_right(e.intervention_id)
           group by i.id, r.number, w.name having sum(e.amount) <> 0
           order by i.started_at, i.id"#,
        customer.0,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| Owed {
            intervention: row.id,
            name: InterventionRef { number: row.number, ordinal: row.ordinal.into() },
            started_at: row.started_at,
            work_type: row.work_type,
            rate: row.rate,
            vat: row.vat,
            minutes: row.minutes,
            amount: row.amount,
            reason: row.reason,
            entries: row.entries,
        })
        .collect())
}

/// The invoices on which an intervention stands, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn invoices(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<TaxDocument>, DbError> {
    let found = sqlx::query!(
        r#"select d.id as "id: DocumentId", d.number, d.content as "content: Json<DocumentContent>" from tax_document d
           where d.kind = 'invoice'
             and d.id in (select i.document_id from invoiced_entry i join ledger_entry e on e.id = i.entry_id
                          where e.intervention_id = $1)
           order by d.id desc"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(|row| TaxDocument { id: row.id, number: row.number, content: row.content.0 }).collect())
}

/// Notes on which document entries stand.
///
/// # Errors
/// When the database fails, and when one of them stands on a document already.
pub async fn note(tx: &mut Tx, customer: CustomerId, document: DocumentId, entries: &[i64]) -> Result<(), DbError> {
    sqlx::query!(
        "insert into invoiced_entry (entry_id, customer_id, document_id) select unnest($1::bigint[]), $2, $3",
        entries,
        customer.0,
        document.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
