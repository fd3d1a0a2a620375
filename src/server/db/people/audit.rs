//! The audit. It is written by the tables themselves (`migrations/0029` and `0065`); here it is read, and what changes no row is
//! written.

use chrono::{DateTime, Utc};
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

/// From where it is told that an entry was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// From everywhere.
    All,
    /// From where customers' people made it, and not where the vendor's people sit.
    OfCustomers,
}

/// An entry as it is kept.
struct Row {
    id: AuditId,
    at: DateTime<Utc>,
    who: Option<String>,
    address: Option<String>,
    customer: Option<CustomerId>,
    customer_name: Option<String>,
    subject: AuditSubject,
    label: String,
    change: AuditChange,
    before: Value,
    after: Value,
}

/// Entries, which are read in one way however they are found. `$1`: whether every address is told.
macro_rules! entries {
    ($found:tt, $($argument:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select a.id as "id: AuditId", a.at, a.who, case when $1 or not a.of_staff then host(a.address) end as address,
                      a.customer_id as "customer: CustomerId", c.name as "customer_name?",
                      a.subject as "subject: AuditSubject", a.label, a.change as "change: AuditChange", a.before, a.after
               from audit_entry a left join customer c on c.id = a.customer_id "# + $found,
            $($argument),*
        )
    };
}

/// Entries that fit the filter, the latest first. A member's transaction finds those of its own customer only.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn entries(
    tx: &mut Tx,
    filter: &AuditFilter,
    addresses: Addresses,
    before: Option<AuditId>,
    size: usize,
) -> Result<Page<AuditEntry, AuditId>, DbError> {
    let (all, before, limit) = (addresses == Addresses::All, before.map(|id| id.0), limit(size));
    let rows = match (filter.search.as_str(), filter.subject.map(AuditSubject::code)) {
        ("", None) => {
            let latest = entries!(
                "where a.id < coalesce($2, 9223372036854775807) order by a.id desc limit $3",
                all,
                before,
                limit
            );
            latest.fetch_all(&mut **tx).await?
        }
        ("", Some(subject)) => {
            let of_subject = entries!(
                "where a.subject = $4 and a.id < coalesce($2, 9223372036854775807) order by a.id desc limit $3",
                all,
                before,
                limit,
                subject
            );
            of_subject.fetch_all(&mut **tx).await?
        }
        // All that is found is put in order afterwards: asked for the latest only, the database might read the audit from its
        // end and look for words that nobody ever used.
        (search, subject) => {
            let found = entries!(
                "where a.id = any(array(
                     select f.id from (
                         select w.id from audit_entry w
                         where w.words @@ search_query($4) and ($5::text is null or w.subject = $5)
                           and w.id < coalesce($2, 9223372036854775807)
                         union
                         select w.id from customer s join audit_entry w on w.customer_id = s.id
                         where array_to_tsvector(search_words(s.name)) @@ search_query($4)
                           and ($5::text is null or w.subject = $5) and w.id < coalesce($2, 9223372036854775807)) f
                     order by f.id desc limit $3))
                 order by a.id desc",
                all,
                before,
                limit,
                search,
                subject
            );
            found.fetch_all(&mut **tx).await?
        }
    };
    Ok(Page::of(rows.into_iter().map(AuditEntry::from).collect(), size, |last| last.id))
}

/// Entries that fit the filter from one identity up to another one, the latest first, with every address: so that all of them are
/// read piece by piece, each at the same cost.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn between(
    tx: &mut Tx,
    filter: &AuditFilter,
    from: AuditId,
    before: AuditId,
) -> Result<Vec<AuditEntry>, DbError> {
    let found = entries!(
        "where a.id >= $2 and a.id < $3 and ($5::text is null or a.subject = $5)
           and ($4 = '' or a.words @@ search_query($4) or a.customer_id in (
                select s.id from customer s where array_to_tsvector(search_words(s.name)) @@ search_query($4)))
         order by a.id desc",
        true,
        from.0,
        before.0,
        filter.search,
        filter.subject.map(AuditSubject::code)
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(AuditEntry::from).collect())
}

/// The latest entry, if there is any.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx) -> Result<Option<AuditId>, DbError> {
    let latest = sqlx::query_scalar!(r#"select id as "id: AuditId" from audit_entry order by id desc limit 1"#);
    Ok(latest.fetch_optional(&mut **tx).await?)
}

/// Writes down what was done and changed no row of its own: one of [`AuditSubject::DEEDS`].
///
/// * `label` – what it was done to, where that says more; may be empty
///
/// # Errors
/// When the database fails.
pub async fn note_deed(
    tx: &mut Tx,
    deed: AuditSubject,
    customer: Option<CustomerId>,
    label: &str,
) -> Result<(), DbError> {
    sqlx::query!("select write_deed($1, $2, $3)", deed.code(), customer.map(|customer| customer.0), label)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

impl From<Row> for AuditEntry {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: row.at,
            who: row.who,
            address: row.address,
            customer: row.customer.zip(row.customer_name),
            subject: row.subject,
            label: row.label,
            change: row.change,
            fields: field_changes(columns(row.before), columns(row.after)),
        }
    }
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
