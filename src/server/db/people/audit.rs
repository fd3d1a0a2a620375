//! The audit. It is written by the tables themselves (`migrations/0029`); here it is read.

use serde_json::{Map, Value};

use crate::{
    model::{
        base::{
            ids::{AuditId, CustomerId},
            paging::Page,
        },
        people::audit::{AuditChange, AuditEntry, AuditFilter, AuditSubject, field_changes},
    },
    server::db::{DbError, Tx, paging::limit},
};

/// Entries that fit the filter, the latest first. A member's transaction finds those of its own customer only.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn entries(
    tx: &mut Tx,
    filter: &AuditFilter,
    before: Option<AuditId>,
    size: usize,
) -> Result<Page<AuditEntry, AuditId>, DbError> {
    let found = sqlx::query!(
        r#"select a.id as "id: AuditId", a.at, a.who, host(a.address) as address, a.customer_id as "customer: CustomerId",
                  c.name as "customer_name?", a.subject as "subject: AuditSubject", a.label,
                  a.change as "change: AuditChange", a.before, a.after
           from audit_entry a left join customer c on c.id = a.customer_id
           where ($1::text is null or a.subject = $1)
             and ($2 = '' or position(searchable($2) in searchable(concat_ws(' ', a.label, a.who, c.name))) > 0)
             and ($3::bigint is null or a.id < $3)
           order by a.id desc limit $4"#,
        filter.subject.map(AuditSubject::code),
        filter.search,
        before.map(|id| id.0),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    let page = Page::of(found, size, |last| last.id);
    Ok(page.map(|row| AuditEntry {
        id: row.id,
        at: row.at,
        who: row.who,
        address: row.address,
        customer: row.customer.zip(row.customer_name),
        subject: row.subject,
        label: row.label,
        change: row.change,
        fields: field_changes(columns(row.before), columns(row.after)),
    }))
}

/// The columns of a row that was kept as JSON, as text.
fn columns(row: Value) -> Vec<(String, Option<String>)> {
    let columns = match row {
        Value::Object(columns) => columns,
        _ => Map::new(),
    };
    columns.into_iter().map(|(column, value)| (column, in_text(value))).collect()
}

fn in_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        Value::Array(values) if values.is_empty() => None,
        Value::Array(values) => Some(values.into_iter().filter_map(in_text).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}
