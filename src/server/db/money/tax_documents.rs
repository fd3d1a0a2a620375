//! Tax documents: issued under gapless numbers, never changed, with the files that were made of them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sqlx::types::Json;

use crate::model::{
    base::{
        calendar::to_local,
        ids::{CustomerId, DocumentId, PurchaseId},
        money::Money,
        paging::Page,
    },
    money::{
        purchases::{PurchaseNumber, PurchaseState},
        tax_documents::{
            DocumentContent, DocumentFilter, DocumentKind, DocumentRow, FileFormat, Party, Payments, TaxDocument,
            settlement,
        },
    },
};
use crate::server::db::{DbError, Tx, codec::Natural, paging::limit};

/// A customer as documents call them.
///
/// # Errors
/// When the database fails.
pub async fn party(tx: &mut Tx, customer: CustomerId) -> Result<Party, DbError> {
    Ok(sqlx::query_as!(
        Party,
        r#"select name, street, city, postal_code, coalesce(ico, '') as "ico!", dic from customer where id = $1"#,
        customer.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// What a document documents, beside what it says.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// For whom.
    pub customer: CustomerId,
    /// The purchase that it is about.
    pub purchase: Option<PurchaseId>,
    /// The document that it corrects.
    pub corrects: Option<DocumentId>,
    /// The natural key of what it documents: nothing is documented twice.
    pub key: &'a str,
}

/// Issues a document under the next number of its kind and year; none if what it documents has one.
///
/// What would be taxed in a locked month of VAT is taxed on the next open day.
///
/// The series stays locked until the transaction ends, so this is the last thing to lock.
///
/// # Errors
/// When the database fails.
pub async fn issue(
    tx: &mut Tx,
    subject: &Subject<'_>,
    content: DocumentContent,
) -> Result<Option<TaxDocument>, DbError> {
    let supplied_on = match content.supplied_on {
        Some(day) => Some(open_day(tx, day).await?),
        None => None,
    };
    let content = DocumentContent { supplied_on, ..content };
    let json = serde_json::to_value(&content).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let issued = sqlx::query!(
        r#"select id as "id!: DocumentId", number as "number!" from issue_tax_document($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"#,
        subject.customer.0,
        content.kind.code(),
        to_local(content.issued_at).year(),
        content.issued_at,
        content.supplied_on,
        content.due_on,
        subject.purchase.map(|purchase| purchase.0),
        subject.corrects.map(|document| document.0),
        content.base().haler(),
        content.tax().haler(),
        content.total().haler(),
        json,
        subject.key
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(issued.map(|row| TaxDocument { id: row.id, number: row.number, content }))
}

/// A day of the tax, or the first one after it whose month is not locked.
///
/// # Errors
/// When the database fails.
pub async fn open_day(tx: &mut Tx, day: NaiveDate) -> Result<NaiveDate, DbError> {
    let open = sqlx::query_scalar!(r#"select open_tax_day($1) as "day!""#, day);
    Ok(open.fetch_one(&mut **tx).await?)
}

struct TaxDocumentRow {
    id: DocumentId,
    customer: CustomerId,
    number: String,
    content: Json<DocumentContent>,
}

impl From<TaxDocumentRow> for TaxDocument {
    fn from(row: TaxDocumentRow) -> Self {
        Self { id: row.id, number: row.number, content: row.content.0 }
    }
}

fn with_customer(row: TaxDocumentRow) -> (TaxDocument, CustomerId) {
    let customer = row.customer;
    (row.into(), customer)
}

/// Selects documents; what follows the macro's text says which.
macro_rules! select_documents {
    ($condition:literal, $argument:expr) => {
        sqlx::query_as!(
            TaxDocumentRow,
            r#"select id as "id: DocumentId", customer_id as "customer: CustomerId", number,
                      content as "content: Json<DocumentContent>"
               from tax_document "#
                + $condition,
            $argument
        )
    };
}

/// The document of what a key names, as far as the transaction's role sees it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn by_key(tx: &mut Tx, key: &str) -> Result<Option<TaxDocument>, DbError> {
    Ok(select_documents!("where key = $1", key).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// A document, and whose it is, as far as the transaction's role sees it.
///
/// # Errors
/// As [`by_key`].
pub async fn by_id(tx: &mut Tx, id: DocumentId) -> Result<Option<(TaxDocument, CustomerId)>, DbError> {
    let found = select_documents!("where id = $1", id.0).fetch_optional(&mut **tx).await?;
    Ok(found.map(with_customer))
}

/// A transfer for a proforma that stands on no tax document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndocumentedTransfer {
    /// The natural key of its tax document.
    pub key: String,
    /// When the bank booked it.
    pub booked_on: NaiveDate,
    /// How much came.
    pub amount: Money,
}

/// What came by transfer for a proforma, or from its customer's balance, and stands on no tax document, in the order in which it came.
///
/// # Errors
/// When the database fails.
pub async fn undocumented_transfers(tx: &mut Tx, proforma: DocumentId) -> Result<Vec<UndocumentedTransfer>, DbError> {
    Ok(sqlx::query_as!(
        UndocumentedTransfer,
        r#"select k.key as "key!", p.booked_on as "booked_on!", p.amount as "amount!: Money"
           from bank_payment p
           join tax_document d on d.id = p.document_id
           cross join lateral (select payment_document_key(d.purchase_id, p.id) as key) k
           where d.id = $1 and p.state = 'matched' and not exists (select from tax_document t where t.key = k.key)
           union all
           select k.key, (b.at at time zone 'Europe/Prague')::date, -b.amount
           from balance_entry b
           join tax_document d on d.id = b.document_id
           cross join lateral (select 'payment:' || d.purchase_id || ':' || b.id as key) k
           where d.id = $1 and b.kind = 'used' and b.undoes_id is null
             and not exists (select from balance_entry u where u.undoes_id = b.id)
             and not exists (select from tax_document t where t.key = k.key)
           order by 2, 1"#,
        proforma.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The credit notes that correct a document, in the order in which they were issued.
///
/// # Errors
/// As [`by_key`].
pub async fn credit_notes(tx: &mut Tx, corrected: DocumentId) -> Result<Vec<TaxDocument>, DbError> {
    let found = select_documents!("where corrects_id = $1 order by id", corrected.0).fetch_all(&mut **tx).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// How many documents a customer has.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, customer: CustomerId, filter: DocumentFilter) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from tax_document d
           where d.customer_id = $1 and ($2::text is null or d.kind = $2) and ($3::integer is null or d.year = $3)"#,
        customer.0,
        filter.kind.map(DocumentKind::code),
        filter.year
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// A document as it is listed.
struct ListedRow {
    id: DocumentId,
    number: String,
    content: Json<DocumentContent>,
    purchase: Option<PurchaseState>,
    purchase_number: Option<PurchaseNumber>,
    received: Money,
    credited: Money,
}

impl ListedRow {
    fn listed(self, today: NaiveDate) -> (DocumentRow, TaxDocument, Payments) {
        let payments = Payments { received: self.received, credited: self.credited, purchase: self.purchase };
        let document = TaxDocument { id: self.id, number: self.number, content: self.content.0 };
        let content = &document.content;
        let row = DocumentRow {
            id: document.id,
            kind: content.kind,
            number: document.number.clone(),
            issued_on: to_local(content.issued_at).date(),
            purpose: document.purpose(),
            total: content.total(),
            due_on: content.due_on,
            settlement: settlement(content.kind, content.total(), content.due_on, payments, today),
            purchase: self.purchase_number.filter(|_| content.kind.asks_for_payment()),
        };
        (row, document, payments)
    }
}

/// Selects documents of the customer `$1` with what is known of their payment; what follows the macro's text says which.
macro_rules! select_listed {
    ($condition:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            ListedRow,
            r#"select d.id as "id: DocumentId", d.number, d.content as "content: Json<DocumentContent>",
                      p.state as "purchase?: PurchaseState", p.number as "purchase_number?: PurchaseNumber",
                      case when d.kind in ('proforma', 'invoice') then paid_by_transfer(d.id) else 0 end as "received!: Money",
                      asked_by(d.id) - d.total as "credited!: Money"
               from tax_document d left join purchase p on p.id = d.purchase_id
               where d.customer_id = $1 "#
                + $condition,
            $($argument),+
        )
    };
}

/// A page of a customer's documents, the newest first; `before` continues a former page.
///
/// # Errors
/// As [`by_key`].
pub async fn list(
    tx: &mut Tx,
    customer: CustomerId,
    filter: DocumentFilter,
    before: Option<DocumentId>,
    size: usize,
    today: NaiveDate,
) -> Result<Page<DocumentRow, DocumentId>, DbError> {
    let found = select_listed!(
        "and ($2::text is null or d.kind = $2) and ($3::integer is null or d.year = $3)
             and ($4::bigint is null
                  or (d.issued_at, d.id) < (select x.issued_at, x.id from tax_document x where x.id = $4))
           order by d.issued_at desc, d.id desc limit $5",
        customer.0,
        filter.kind.map(DocumentKind::code),
        filter.year,
        before.map(|document| document.0),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |row| row.id).map(|row| row.listed(today).0))
}

/// One of a customer's documents, as it is listed and as it is, with what is known of its payment.
///
/// # Errors
/// As [`by_key`].
pub async fn one(
    tx: &mut Tx,
    customer: CustomerId,
    number: &str,
    today: NaiveDate,
) -> Result<Option<(DocumentRow, TaxDocument, Payments)>, DbError> {
    let found = select_listed!("and d.number = $2", customer.0, number).fetch_optional(&mut **tx).await?;
    Ok(found.map(|row| row.listed(today)))
}

/// The years in which a customer has documents, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn years(tx: &mut Tx, customer: CustomerId) -> Result<Vec<i32>, DbError> {
    // One look into the index per year: it does not matter how many documents there are.
    let years = sqlx::query_scalar!(
        r#"select y as "year!" from generate_series(
               (select extract(year from min(issued_at) at time zone 'Europe/Prague')::int
                from tax_document where customer_id = $1),
               (select extract(year from max(issued_at) at time zone 'Europe/Prague')::int
                from tax_document where customer_id = $1)) y
           where exists (
               select 1 from tax_document
               where customer_id = $1 and issued_at >= make_timestamptz(y, 1, 1, 0, 0, 0, 'Europe/Prague')
                 and issued_at < make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'Europe/Prague'))
           order by y desc"#,
        customer.0
    );
    Ok(years.fetch_all(&mut **tx).await?)
}

/// A customer's documents of a year, in the order of their numbers.
///
/// # Errors
/// When the database fails.
pub async fn of_year(tx: &mut Tx, customer: CustomerId, year: i32) -> Result<Vec<DocumentId>, DbError> {
    let ids = sqlx::query_scalar!(
        r#"select id as "id: DocumentId" from tax_document where customer_id = $1 and year = $2 order by number"#,
        customer.0,
        year
    );
    Ok(ids.fetch_all(&mut **tx).await?)
}

/// A document by its number, and whose it is, as far as the transaction's role sees it.
///
/// # Errors
/// As [`by_key`].
pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<(TaxDocument, CustomerId)>, DbError> {
    let found = select_documents!("where number = $1", number).fetch_optional(&mut **tx).await?;
    Ok(found.map(with_customer))
}

/// The documents of a purchase, in the order in which they were issued.
///
/// # Errors
/// As [`by_key`].
pub async fn of_purchase(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<TaxDocument>, DbError> {
    let found = select_documents!("where purchase_id = $1 order by issued_at, id", purchase.0);
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// A file of a document, if it was made.
///
/// # Errors
/// When the database fails.
pub async fn file(tx: &mut Tx, document: DocumentId, format: FileFormat) -> Result<Option<Vec<u8>>, DbError> {
    Ok(sqlx::query_scalar!(
        "select content from document_file where document_id = $1 and format = $2",
        document.0,
        format.code()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Keeps a file of a document, unless one was kept before; whoever reads it afterwards gets the one that was first.
///
/// # Errors
/// When the database fails.
pub async fn keep_file(
    tx: &mut Tx,
    customer: CustomerId,
    document: DocumentId,
    format: FileFormat,
    content: &[u8],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into document_file (document_id, customer_id, format, content, sha256, made_at)
         values ($1, $2, $3, $4, sha256($4), $5) on conflict do nothing",
        document.0,
        customer.0,
        format.code(),
        content,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
