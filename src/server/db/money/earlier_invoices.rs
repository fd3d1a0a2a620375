//! Invoices from before Linka.

use chrono::NaiveDate;

use crate::{
    model::{
        base::{
            ids::{CustomerId, EarlierInvoiceId},
            money::Money,
            paging::Queue,
        },
        money::earlier_invoices::EarlierInvoice,
    },
    server::db::{DbError, Tx, codec::Natural, paging::queue},
};

/// Those of which something is left to pay, the longest due first: a customer's, or everybody's.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn unpaid(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    today: NaiveDate,
    at_most: i64,
) -> Result<Queue<EarlierInvoice>, DbError> {
    let found = sqlx::query!(
        r#"select i.number, c.name as customer, i.variable_symbol, i.issued_on, i.due_on, i.total as "total: Money",
                  o.unpaid as "left!: Money", count(*) over () as "waiting!: Natural"
           from open_earlier_invoices($1) o join earlier_invoice i on i.id = o.id join customer c on c.id = i.customer_id
           order by i.due_on, i.id limit $2"#,
        customer.map(|id| id.0),
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        found,
        |row| row.waiting,
        |row| EarlierInvoice {
            number: row.number,
            customer: row.customer,
            variable_symbol: row.variable_symbol,
            issued_on: row.issued_on,
            is_overdue: row.due_on < today,
            due_on: row.due_on,
            total: row.total,
            left: row.left,
        },
    ))
}

/// One that a payment may pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInvoice {
    /// Which.
    pub id: EarlierInvoiceId,
    /// Whose.
    pub customer: CustomerId,
    /// Its number in the other system.
    pub number: String,
    /// The variable symbol of its payment.
    pub variable_symbol: String,
    /// What it asks for, including VAT.
    pub total: Money,
    /// The day on which it was issued.
    pub issued_on: NaiveDate,
}

/// Those that some variable symbols or numbers name.
///
/// # Errors
/// When the database fails.
pub async fn named(tx: &mut Tx, names: &[String]) -> Result<Vec<FoundInvoice>, DbError> {
    Ok(sqlx::query_as!(
        FoundInvoice,
        r#"select id as "id: EarlierInvoiceId", customer_id as "customer: CustomerId", number, variable_symbol,
                  total as "total: Money", issued_on
           from earlier_invoice
           where variable_symbol = any ($1) or number = any ($1) order by due_on, id"#,
        names
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What of one is paid so far.
///
/// # Errors
/// When the database fails.
pub async fn paid(tx: &mut Tx, id: EarlierInvoiceId) -> Result<Money, DbError> {
    Ok(sqlx::query_scalar!(r#"select paid_of_earlier_invoice($1) as "paid!: Money""#, id.0)
        .fetch_one(&mut **tx)
        .await?)
}
