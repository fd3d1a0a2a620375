//! Fees of contracts: since when they are invoiced here, and which periods are.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{ContractId, CustomerId, DocumentId},
        money::Money,
    },
    money::fees::{FeePeriod, InvoicedFee},
};
use crate::server::db::{DbError, Tx};

/// The first day from which periods are invoiced here; none before somebody has said so.
///
/// # Errors
/// When the database fails.
pub async fn begun(tx: &mut Tx) -> Result<Option<NaiveDate>, DbError> {
    Ok(sqlx::query_scalar!("select from_day from fee_invoicing").fetch_optional(&mut **tx).await?)
}

/// Says from which day on periods are invoiced here, unless somebody has; tells from which day on they are.
///
/// # Errors
/// When the database fails.
pub async fn begin(tx: &mut Tx, day: NaiveDate) -> Result<NaiveDate, DbError> {
    sqlx::query!("insert into fee_invoicing (from_day) values ($1) on conflict do nothing", day)
        .execute(&mut **tx)
        .await?;
    Ok(sqlx::query_scalar!("select from_day from fee_invoicing").fetch_one(&mut **tx).await?)
}

/// A contract with a fee, now or once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeContract {
    /// Which.
    pub id: ContractId,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: String,
    /// The contract's number.
    pub number: String,
    /// Whether documents can say where the customer is.
    pub is_named: bool,
    /// The last day that is invoiced, or was where it comes from.
    pub covered: Option<NaiveDate>,
}

/// The contracts that say a fee, or one of them, by the customer's name; not those that ended before a day.
///
/// # Errors
/// When the database fails.
pub async fn contracts(
    tx: &mut Tx,
    valid_from: NaiveDate,
    only: Option<ContractId>,
) -> Result<Vec<FeeContract>, DbError> {
    Ok(sqlx::query_as!(
        FeeContract,
        r#"select k.id as "id: ContractId", k.customer_id as "customer: CustomerId", c.name, k.number,
                  is_named(c) as "is_named!",
                  greatest(k.invoiced_until, (select max(f.last_day) from contract_fee f where f.contract_id = k.id)) as covered
           from contract k join customer c on c.id = k.customer_id
           where not k.moved and not k.called_off and (upper_inf(k.valid) or upper(k.valid) > $1) and ($2::bigint is null or k.id = $2)
             and (k.fee is not null
                  or exists (select from contract_amendment a where a.contract_id = k.id and a.fee is not null))
           order by c.name, k.id"#,
        valid_from,
        only.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A period that is invoiced.
#[derive(Debug, Clone, Copy)]
pub struct NewFee {
    /// Of which contract.
    pub contract: ContractId,
    /// Whose.
    pub customer: CustomerId,
    /// For which days, and how much.
    pub period: FeePeriod,
    /// The invoice.
    pub document: DocumentId,
}

/// Writes down that a period is invoiced. Breaks `no_day_is_paid_twice` when a day of it is.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, fee: &NewFee) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contract_fee (contract_id, customer_id, first_day, last_day, amount, document_id)
         values ($1, $2, $3, $4, $5, $6)",
        fee.contract.0,
        fee.customer.0,
        fee.period.from,
        fee.period.until,
        fee.period.amount.haler(),
        fee.document.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What was invoiced last, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn invoiced(tx: &mut Tx, at_most: i64) -> Result<Vec<InvoicedFee>, DbError> {
    let found = sqlx::query!(
        r#"select f.customer_id as "customer: CustomerId", c.name, k.number as contract, f.first_day, f.last_day,
                  f.amount as "amount: Money", coalesce(d.supplied_on, f.first_day) as "invoiced_on!", d.number as invoice,
                  exists (select from tax_document x where x.corrects_id = d.id) as "credited!"
           from contract_fee f join contract k on k.id = f.contract_id join customer c on c.id = f.customer_id
           join tax_document d on d.id = f.document_id
           order by d.id desc limit $1"#,
        at_most
    );
    let rows = found.fetch_all(&mut **tx).await?.into_iter().map(|row| InvoicedFee {
        customer: row.customer,
        name: row.name,
        contract: row.contract,
        period: FeePeriod {
            from: row.first_day,
            until: row.last_day,
            amount: row.amount,
            invoiced_on: row.invoiced_on,
        },
        invoice: row.invoice,
        credited: row.credited,
    });
    Ok(rows.collect())
}

/// The contract whose fee a document invoices; none for one of something else.
///
/// # Errors
/// When the database fails.
pub async fn contract_of(tx: &mut Tx, document: DocumentId) -> Result<Option<ContractId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select contract_id as "id: ContractId" from contract_fee where document_id = $1"#,
        document.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes down by which form an invoice was credited. Breaks `fee_is_credited_once` when one was.
///
/// # Errors
/// When the database fails.
pub async fn note_credit(
    tx: &mut Tx,
    key: Uuid,
    customer: CustomerId,
    (invoice, note): (DocumentId, DocumentId),
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into fee_credit (id, customer_id, invoice_id, credit_note_id) values ($1, $2, $3, $4)",
        key,
        customer.0,
        invoice.0,
        note.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether an invoice was credited by a form.
///
/// # Errors
/// When the database fails.
pub async fn is_credited_by(tx: &mut Tx, key: Uuid, invoice: DocumentId) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from fee_credit where id = $1 and invoice_id = $2) as "is!""#,
        key,
        invoice.0
    );
    Ok(query.fetch_one(&mut **tx).await?)
}
