//! Payments that were taken back from what they had paid: rows that only grow.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            ids::{BankPaymentId, CustomerId, DocumentId, EarlierInvoiceId, GrantId, PurchaseId, SettlingId, StaffId},
            money::Money,
        },
        money::{purchases::PurchaseNumber, tax_documents::DocumentKind, unmatching::Undone},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// A payment that pays something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedPayment {
    /// The payment.
    pub payment: BankPaymentId,
    /// Which of the decisions about it this is.
    pub decision: i32,
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// The payer's name.
    pub counter_name: String,
    /// The variable symbol; empty without one.
    pub variable_symbol: String,
    /// The document of ours that it pays.
    pub document: Option<DocumentId>,
    /// The invoice from before that it pays.
    pub earlier: Option<EarlierInvoiceId>,
    /// The number of either.
    pub number: String,
    /// What that asks for, including VAT.
    pub asked: Money,
    /// What of that is paid.
    pub paid: Money,
    /// What the document is.
    pub kind: Option<DocumentKind>,
    /// Whose it is.
    pub customer: CustomerId,
    /// What the customer is called.
    pub customer_name: String,
    /// The purchase that it is about.
    pub purchase: Option<(PurchaseId, PurchaseNumber)>,
}

/// A payment, if it pays something.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn matched(tx: &mut Tx, payment: BankPaymentId) -> Result<Option<MatchedPayment>, DbError> {
    let row = sqlx::query!(
        r#"select b.id as "id: BankPaymentId", b.decision, b.booked_on, b.amount as "amount: Money", b.counter_name, b.variable_symbol,
                  b.document_id as "document: DocumentId", b.earlier_invoice_id as "earlier: EarlierInvoiceId",
                  coalesce(d.number, i.number) as "number!", coalesce(asked_by(d.id), i.total) as "asked!: Money",
                  coalesce(paid_of_earlier_invoice(i.id), paid_by_transfer(d.id)) as "paid!: Money", d.kind as "kind?: DocumentKind", c.id as "customer: CustomerId", c.name,
                  p.id as "purchase?: PurchaseId", p.number as "purchase_number?: PurchaseNumber"
           from bank_payment b
           left join tax_document d on d.id = b.document_id
           left join earlier_invoice i on i.id = b.earlier_invoice_id
           join customer c on c.id = coalesce(d.customer_id, i.customer_id)
           left join purchase p on p.id = d.purchase_id
           where b.id = $1 and b.state = 'matched'"#,
        payment.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| MatchedPayment {
        payment: row.id,
        decision: row.decision,
        booked_on: row.booked_on,
        amount: row.amount,
        counter_name: row.counter_name,
        variable_symbol: row.variable_symbol,
        document: row.document,
        earlier: row.earlier,
        number: row.number,
        asked: row.asked,
        paid: row.paid,
        kind: row.kind,
        customer: row.customer,
        customer_name: row.name,
        purchase: row.purchase.zip(row.purchase_number),
    }))
}

/// The key under which the tax document of a payment of a purchase stands.
///
/// # Errors
/// When the database fails.
pub async fn document_key(tx: &mut Tx, purchase: PurchaseId, payment: BankPaymentId) -> Result<String, DbError> {
    let key = sqlx::query_scalar!(r#"select payment_document_key($1, $2) as "key!""#, purchase.0, payment.0);
    Ok(key.fetch_one(&mut **tx).await?)
}

/// How many minutes of a grant were drawn and not given back, and whether any went on to another customer.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn used(tx: &mut Tx, grant: GrantId) -> Result<(u32, bool), DbError> {
    let row = sqlx::query!(
        r#"select coalesce(-sum(minutes) filter (where kind in ('draw', 'return')), 0)::bigint as "used!: Natural",
                  coalesce(bool_or(kind = 'handover'), false) as "handed_over!"
           from ledger_entry where grant_id = $1"#,
        grant.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.used.into(), row.handed_over))
}

/// What was taken back of a purchase so far.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_purchase(tx: &mut Tx, purchase: PurchaseId) -> Result<Undone, DbError> {
    let row = sqlx::query!(
        r#"select coalesce(sum(lost), 0)::bigint as "lost!: Money", coalesce(sum(minutes), 0)::bigint as "minutes!: Natural",
                  coalesce(sum(claimed), 0)::bigint as "claimed!: Natural"
           from undone_match where purchase_id = $1"#,
        purchase.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Undone { lost: row.lost, minutes: row.minutes.into(), claimed: row.claimed.into() })
}

/// The payment that a form has taken back.
///
/// # Errors
/// When the database fails.
pub async fn of_form(tx: &mut Tx, key: SettlingId) -> Result<Option<BankPaymentId>, DbError> {
    let payment =
        sqlx::query_scalar!(r#"select payment_id as "payment: BankPaymentId" from undone_match where id = $1"#, key.0);
    Ok(payment.fetch_optional(&mut **tx).await?)
}

/// A payment that is taken back, to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewUnmatching<'a> {
    /// Made with the form.
    pub key: SettlingId,
    /// The purchase.
    pub purchase: PurchaseId,
    /// What of the payment had paid its document.
    pub amount: Money,
    /// What of the purchase is taken back with it.
    pub undone: Undone,
    /// Why.
    pub reason: &'a str,
    /// Who decided it.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes down that a payment is taken back from a purchase; the payment has to wait again before the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, found: &MatchedPayment, new: &NewUnmatching<'_>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into undone_match (id, customer_id, purchase_id, document_id, payment_id, decision, amount, lost, minutes, claimed,
                                   reason, staff_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        new.key.0,
        found.customer.0,
        new.purchase.0,
        found.document.map(|document| document.0),
        found.payment.0,
        found.decision,
        new.amount.haler(),
        new.undone.lost.haler(),
        integer(new.undone.minutes)?,
        integer(new.undone.claimed)?,
        new.reason,
        new.by.0,
        new.at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that a purchase on an invoice is paid no more. A trigger refuses it where nothing is owed again.
///
/// # Errors
/// When the database fails.
pub async fn note_unpaid(tx: &mut Tx, purchase: PurchaseId) -> Result<(), DbError> {
    sqlx::query!("update purchase set paid_at = null where id = $1", purchase.0).execute(&mut **tx).await?;
    Ok(())
}
