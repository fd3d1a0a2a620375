//! Tax documents: issued under gapless numbers, never changed, with the files that were made of them.

use chrono::{DateTime, Datelike, Utc};

use super::{DbError, Tx, catalogue::unknown};
use crate::model::{
    calendar::to_local,
    ids::{BundleOrderId, CustomerId, DocumentId},
    tax_documents::{DocumentContent, Party, Supplier, TaxDocument},
};

/// Who sells.
///
/// # Errors
/// When the database fails.
pub async fn supplier(tx: &mut Tx) -> Result<Supplier, DbError> {
    let row = sqlx::query!("select * from supplier").fetch_one(&mut **tx).await?;
    Ok(Supplier {
        party: Party {
            name: row.name,
            street: row.street,
            city: row.city,
            postal_code: row.postal_code,
            ico: row.ico,
            dic: row.dic,
        },
        register: row.register,
        email: row.email,
        bank: row.bank,
        account: row.account,
        iban: row.iban,
        bic: row.bic,
    })
}

/// A customer as documents call them.
///
/// # Errors
/// When the database fails.
pub async fn party(tx: &mut Tx, customer: CustomerId) -> Result<Party, DbError> {
    Ok(sqlx::query_as!(
        Party,
        "select name, street, city, postal_code, ico, dic from customer where id = $1",
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
    /// The order that it is about.
    pub order: Option<BundleOrderId>,
    /// The document that it corrects.
    pub corrects: Option<DocumentId>,
    /// The natural key of what it documents: nothing is documented twice.
    pub key: &'a str,
}

/// Issues a document under the next number of its kind and year; none if what it documents has one.
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
    let json = serde_json::to_value(&content).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let issued = sqlx::query!(
        r#"select id as "id!", number as "number!" from issue_tax_document($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"#,
        subject.customer.0,
        content.kind.code(),
        to_local(content.issued_at).year(),
        content.issued_at,
        content.supplied_on,
        content.due_on,
        subject.order.map(|order| order.0),
        subject.corrects.map(|document| document.0),
        content.base().haler(),
        content.tax().haler(),
        content.total().haler(),
        json,
        subject.key
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(issued.map(|row| TaxDocument { id: DocumentId(row.id), number: row.number, content }))
}

fn document(id: i64, number: String, content: serde_json::Value) -> Result<TaxDocument, DbError> {
    let content = serde_json::from_value(content).map_err(|_| unknown("tax_document.content", id))?;
    Ok(TaxDocument { id: DocumentId(id), number, content })
}

/// The document of what a key names, as far as the transaction's role sees it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn by_key(tx: &mut Tx, key: &str) -> Result<Option<TaxDocument>, DbError> {
    sqlx::query!("select id, number, content from tax_document where key = $1", key)
        .fetch_optional(&mut **tx)
        .await?
        .map(|row| document(row.id, row.number, row.content))
        .transpose()
}

/// A document by its number, and whose it is, as far as the transaction's role sees it.
///
/// # Errors
/// As [`by_key`].
pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<(TaxDocument, CustomerId)>, DbError> {
    sqlx::query!("select id, customer_id, number, content from tax_document where number = $1", number)
        .fetch_optional(&mut **tx)
        .await?
        .map(|row| Ok((document(row.id, row.number, row.content)?, CustomerId(row.customer_id))))
        .transpose()
}

/// The documents of an order, in the order in which they were issued.
///
/// # Errors
/// As [`by_key`].
pub async fn of_order(tx: &mut Tx, order: BundleOrderId) -> Result<Vec<TaxDocument>, DbError> {
    sqlx::query!("select id, number, content from tax_document where order_id = $1 order by issued_at, id", order.0)
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(|row| document(row.id, row.number, row.content))
        .collect()
}

/// A file of a document, if it was made.
///
/// # Errors
/// When the database fails.
pub async fn file(tx: &mut Tx, document: DocumentId, format: &str) -> Result<Option<Vec<u8>>, DbError> {
    Ok(sqlx::query_scalar!(
        "select content from document_file where document_id = $1 and format = $2",
        document.0,
        format
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
    format: &str,
    content: &[u8],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into document_file (document_id, customer_id, format, content, sha256, made_at)
         values ($1, $2, $3, $4, sha256($4), $5) on conflict do nothing",
        document.0,
        customer.0,
        format,
        content,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
