//! What an export writes: by which key each thing is known, and documents.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::ids::{CustomerId, DocumentId},
        money::tax_documents::FileFormat,
        ordering::imports::ImportKind,
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
         where b.position = of_place.position and b.external_key is null"
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

/// The keys of all rows of a table, or of those that are one customer's.
///
/// # Errors
/// When the database fails.
pub async fn keys(tx: &mut Tx, kind: ImportKind, customer: Option<CustomerId>) -> Result<Vec<String>, DbError> {
    let customer = customer.map(|id| id.0);
    macro_rules! of {
        ($query:literal $(, $customer:expr)?) => {
            sqlx::query_scalar!($query $(, $customer)?).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Skills => of!("select code from skill"),
        ImportKind::Programs => of!(r#"select external_key as "key!" from program"#),
        ImportKind::WorkTypes => of!(r#"select external_key as "key!" from work_type"#),
        ImportKind::Technicians => {
            of!(r#"select external_key as "key!" from staff where 'technician' = any (roles)"#)
        }
        ImportKind::Customers => {
            of!(r#"select external_key as "key!" from customer where $1::bigint is null or id = $1"#, customer)
        }
        ImportKind::People => {
            of!(r#"select external_key as "key!" from member where $1::bigint is null or customer_id = $1"#, customer)
        }
        ImportKind::Contacts => of!(
            r#"select c.external_key || chr(10) || t.value as "key!"
               from customer_contact t join customer c on c.id = t.customer_id
               where $1::bigint is null or t.customer_id = $1"#,
            customer
        ),
        ImportKind::Licences => of!(
            r#"select c.external_key || chr(10) || p.external_key as "key!"
               from licence l join customer c on c.id = l.customer_id join program p on p.id = l.program_id
               where $1::bigint is null or l.customer_id = $1"#,
            customer
        ),
        ImportKind::Contracts => {
            of!(r#"select external_key as "key!" from contract where $1::bigint is null or customer_id = $1"#, customer)
        }
        ImportKind::Appointments => of!(
            r#"select r.external_key as "key!" from service_request r
               where r.state = 'scheduled' and r.external_key is not null and ($1::bigint is null or r.customer_id = $1)
                 and exists (select from appointment where request_id = r.id and state = 'confirmed')"#,
            customer
        ),
        // What is left is no row that was once taken over: see `balances`.
        ImportKind::Balances => Vec::new(),
        // With what came since: see `invoices`.
        ImportKind::Invoices => Vec::new(),
        // As of a day: see `opening_keys`.
        ImportKind::Series | ImportKind::Prices | ImportKind::Bundles => Vec::new(),
    })
}

/// The keys of what a vendor goes on from on a day: series, the prices of today and of each day on which
/// they are planned to change, bundles.
///
/// # Errors
/// When the database fails.
pub async fn opening_keys(tx: &mut Tx, kind: ImportKind, today: NaiveDate) -> Result<Vec<String>, DbError> {
    Ok(match kind {
        ImportKind::Series => {
            sqlx::query_scalar!(r#"select series || chr(10) || year as "key!" from number_series"#)
                .fetch_all(&mut **tx)
                .await?
        }
        ImportKind::Prices => {
            sqlx::query_scalar!(
                r#"select $1::date::text as "key!"
                   union
                   select ((valid_from at time zone 'Europe/Prague')::date)::text from line_setting_change
                   where withdrawn_at is null and (valid_from at time zone 'Europe/Prague')::date > $1
                     and num_nonnulls(list_rate_per_minute, minimum_with_contract, minimum_one_off) > 0"#,
                today
            )
            .fetch_all(&mut **tx)
            .await?
        }
        ImportKind::Bundles => sqlx::query_scalar!(
            r#"select external_key || chr(10) || lower(on_sale) as "key!" from bundle where external_key is not null"#
        )
        .fetch_all(&mut **tx)
        .await?,
        _ => Vec::new(),
    })
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
           where (b.left_minutes > 0 or g.contract_id is not null and g.covers_until > $2)
             and ($1::bigint is null or g.customer_id = $1) order by n.key collate "C""#,
        customer.map(|id| id.0),
        now
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
                      'paid', paid_of_earlier_invoice(i.id)) as "row!"
           from earlier_invoice i join customer c on c.id = i.customer_id
           where i.total > paid_of_earlier_invoice(i.id) and ($1::bigint is null or i.customer_id = $1)
           order by i.number collate "C""#,
        customer.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
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
        r#"select d.id as "id: DocumentId", d.number, f.format, c.external_key as "customer!"
           from document_file f join tax_document d on d.id = f.document_id join customer c on c.id = d.customer_id
           where $1::bigint is null or d.customer_id = $1 order by d.number, f.format"#,
        customer.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let printed = rows.into_iter().map(|row| {
        let format =
            FileFormat::from_code(&row.format).ok_or_else(|| DbError::unknown("document_file.format", row.format))?;
        Ok(PrintedDocument { id: row.id, number: row.number, format, customer: row.customer })
    });
    printed.collect()
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
