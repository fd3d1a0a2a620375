//! What an export writes: by which key each thing is known, documents, and what was signed.

mod keys;

pub use keys::keys;

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::ids::{CustomerId, DocumentId},
        money::tax_documents::FileFormat,
    },
    server::db::{DbError, Tx},
};

/// Gives a key to everything that has none, so that it is known by it wherever it is taken over: one that is made nowhere else,
/// as what was taken over from another Linka has its keys.
///
/// # Errors
/// When the database fails.
pub async fn name_everything(tx: &mut Tx) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query).execute(&mut **tx).await?
        };
    }
    run!("update program set external_key = 'linka-' || gen_random_uuid() where external_key is null");
    run!("update work_type set external_key = 'linka-' || gen_random_uuid() where external_key is null");
    run!(
        "update staff set external_key = 'linka-' || gen_random_uuid() where external_key is null and 'technician' = any (roles)"
    );
    run!(
        "update bundle b set external_key = of_place.key
         from (select position, coalesce(max(external_key), 'linka-' || gen_random_uuid()) as key from bundle group by position) of_place
         where b.position = of_place.position and b.external_key is null and b.comes = 'once'"
    );
    run!("update customer set external_key = 'linka-' || gen_random_uuid() where external_key is null");
    run!("update member set external_key = 'linka-' || gen_random_uuid() where external_key is null");
    run!("update contract set external_key = 'linka-' || gen_random_uuid() where external_key is null");
    run!(
        "update service_request r set external_key = 'linka-' || gen_random_uuid()
         where external_key is null and state = 'scheduled'
           and exists (select from appointment where request_id = r.id and state = 'confirmed')"
    );
    Ok(())
}

/// The customer of a key or an IČO.
///
/// # Errors
/// When the database fails.
pub async fn customer(tx: &mut Tx, named: &str) -> Result<Option<CustomerId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: CustomerId" from customer where external_key = $1 or ico = $1
           order by external_key = $1 desc nulls last limit 1"#,
        named
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// What is left of the minutes of all customers, or of one, as rows of the table of balances: also that nothing is left of a period
/// that lasts, lest it be credited once more elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn balances(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    now: DateTime<Utc>,
) -> Result<Vec<serde_json::Value>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object('key', n.key, 'customer', c.external_key,
                      'contract', k.external_key, 'minutes', b.left_minutes,
                      'from', (g.effective_at at time zone 'Europe/Prague')::date,
                      'until', ((g.expires_at - interval '1 microsecond') at time zone 'Europe/Prague')::date,
                      'covers_until', case when g.covers_until <> g.expires_at then
                          ((g.covers_until - interval '1 microsecond') at time zone 'Europe/Prague')::date end,
                      'reason', coalesce(nullif(g.reason, ''), 'Zůstatek')) as "row!"
           from grant_balance b join minute_grant g on g.id = b.id join customer c on c.id = g.customer_id
           left join contract k on k.id = g.contract_id
           cross join lateral (
               select coalesce((select t.key from taken_balance t where t.grant_id = g.id),
                               case when g.source like 'import:%' then substr(g.source, 8) else 'linka-' || g.export_key end) as key) n
           where (b.left_minutes > 0 or g.contract_id is not null and g.covers_until > $2 and not k.moved and not k.called_off)
             and ($1::bigint is null or g.customer_id = $1)
           union all
           -- Of a contract that has come from another customer, the time for which that one had its minutes.
           select jsonb_build_object('key', 'linka-covered-' || k.external_key, 'customer', c.external_key,
                      'contract', k.external_key, 'minutes', 0, 'from', lower(k.valid),
                      'until', ((k.credited_until - interval '1 microsecond') at time zone 'Europe/Prague')::date,
                      'covers_until', null, 'reason', 'Zůstatek')
           from contract k join customer c on c.id = k.customer_id
           where k.credited_until > $2 and not k.moved and not k.called_off and ($1::bigint is null or k.customer_id = $1)
           order by 1"#,
        customer.map(|id| id.0),
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Which number comes next in some series, as rows of their table: what was taken since is behind it.
///
/// # Errors
/// When the database fails.
pub async fn series(tx: &mut Tx, keys: &[String]) -> Result<Vec<serde_json::Value>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object('series', n.series, 'year', n.year, 'next', n.next) as "row!"
           from number_series n where n.series || chr(10) || n.year = any ($1) order by n.year, n.series collate "C""#,
        keys
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What all customers, or one, still owe from before, as rows of the table of invoices: with all that is paid of it by now.
///
/// # Errors
/// When the database fails.
pub async fn invoices(tx: &mut Tx, customer: Option<CustomerId>) -> Result<Vec<serde_json::Value>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object('number', i.number, 'customer', c.external_key, 'variable_symbol', i.variable_symbol,
                      'issued', i.issued_on, 'due', i.due_on, 'total', i.total,
                      'paid', i.total - o.unpaid) as "row!"
           from open_earlier_invoices($1) o join earlier_invoice i on i.id = o.id join customer c on c.id = i.customer_id
           order by i.number collate "C""#,
        customer.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What was signed of the contracts of all customers, or of one: the SHA-256 of each file in hexadecimal digits.
///
/// # Errors
/// When the database fails.
pub async fn signed_files(tx: &mut Tx, customer: Option<CustomerId>) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select distinct encode(sha256, 'hex') as "sha256!" from contract_file
           where $1::bigint is null or customer_id = $1 order by 1"#,
        customer.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The bytes of a file that was signed, whatever it is of.
///
/// # Errors
/// When the database fails, or there is no such file.
pub async fn signed_content(tx: &mut Tx, sha256: &str) -> Result<Vec<u8>, DbError> {
    Ok(sqlx::query_scalar!("select content from contract_file where sha256 = decode($1, 'hex') limit 1", sha256)
        .fetch_one(&mut **tx)
        .await?)
}

/// A tax document as it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedDocument {
    /// Which.
    pub id: DocumentId,
    /// Its number.
    pub number: String,
    /// For people or for programs.
    pub format: FileFormat,
    /// The key of its customer.
    pub customer: String,
}

/// The printed documents of all customers, or of one.
///
/// # Errors
/// When the database fails.
pub async fn documents(tx: &mut Tx, customer: Option<CustomerId>) -> Result<Vec<PrintedDocument>, DbError> {
    let rows = sqlx::query!(
        r#"select d.id as "id: DocumentId", d.number, f.format as "format: FileFormat", c.external_key as "customer!"
           from document_file f join tax_document d on d.id = f.document_id join customer c on c.id = d.customer_id
           where $1::bigint is null or d.customer_id = $1 order by d.number, f.format"#,
        customer.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let printed = rows.into_iter().map(|row| PrintedDocument {
        id: row.id,
        number: row.number,
        format: row.format,
        customer: row.customer,
    });
    Ok(printed.collect())
}

/// The bytes of a printed document.
///
/// # Errors
/// When the database fails, or there is no such document.
pub async fn content(tx: &mut Tx, document: &PrintedDocument) -> Result<Vec<u8>, DbError> {
    Ok(sqlx::query_scalar!(
        "select content from document_file where document_id = $1 and format = $2",
        document.id.0,
        document.format.code()
    )
    .fetch_one(&mut **tx)
    .await?)
}
