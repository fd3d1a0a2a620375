//! Differences that were written off, and balances of customers: rows that only grow.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{BankPaymentId, CustomerId, DocumentId, EarlierInvoiceId, PurchaseId, StaffId},
            money::Money,
            paging::Queue,
        },
        money::{
            balances::{BalanceEntryKind, CustomerBalance, Decided, Undoable},
            bank::Payable,
            purchases::PurchaseNumber,
            tax_documents::DocumentKind,
        },
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// The document or the invoice from before that an entry is about; an entry about neither names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// A document of ours.
    pub document: Option<DocumentId>,
    /// An invoice from before.
    pub earlier: Option<EarlierInvoiceId>,
}

/// Who wrote an entry, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Reasoned<'a> {
    /// Why.
    pub reason: &'a str,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// An entry of a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BalanceEntry {
    /// Made with the form, so that the same one has one effect.
    pub id: Uuid,
    /// Whose balance.
    pub customer: CustomerId,
    /// What it is.
    pub kind: BalanceEntryKind,
    /// By how much more is owed to the customer.
    pub amount: Money,
    /// The payment of which it is kept.
    pub payment: Option<BankPaymentId>,
    /// What it was too much for, or what it pays.
    pub about: About,
    /// The entry that it takes back.
    pub undoes: Option<Uuid>,
}

/// Writes an entry of a balance. The bank's payments are [locked](super::bank::lock); two that were not would begin at the same
/// place, and one of them fails.
///
/// # Errors
/// When the database fails, also because more would be taken than there is (`balance_is_never_negative`).
pub async fn insert_entry(tx: &mut Tx, entry: &BalanceEntry, why: Reasoned<'_>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into balance_entry (id, customer_id, seq, balance_before, balance_after, kind, amount, payment_id, document_id,
                                    earlier_invoice_id, reason, staff_id, at, undoes_id)
         select $1, $2, coalesce(l.seq, 0) + 1, coalesce(l.balance_after, 0), coalesce(l.balance_after, 0) + $4, $3, $4, $5, $6, $7,
                $8, $9, $10, $11
         from (select) one
         left join lateral (select seq, balance_after from balance_entry where customer_id = $2 order by seq desc limit 1) l on true",
        entry.id,
        entry.customer.0,
        entry.kind.code(),
        entry.amount.haler(),
        entry.payment.map(|payment| payment.0),
        entry.about.document.map(|document| document.0),
        entry.about.earlier.map(|invoice| invoice.0),
        why.reason,
        why.by.0,
        why.at,
        entry.undoes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An entry of a balance.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn entry(tx: &mut Tx, id: Uuid) -> Result<Option<BalanceEntry>, DbError> {
    let row = sqlx::query!(
        r#"select customer_id as "customer: CustomerId", kind as "kind: BalanceEntryKind", amount as "amount: Money",
                  payment_id as "payment: BankPaymentId", document_id as "document: DocumentId",
                  earlier_invoice_id as "earlier: EarlierInvoiceId", undoes_id
           from balance_entry where id = $1"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| BalanceEntry {
        id,
        customer: row.customer,
        kind: row.kind,
        amount: row.amount,
        payment: row.payment,
        about: About { document: row.document, earlier: row.earlier },
        undoes: row.undoes_id,
    }))
}

/// The entry that was kept of a payment and not taken back.
///
/// # Errors
/// As [`entry`].
pub async fn kept_of(tx: &mut Tx, payment: BankPaymentId) -> Result<Option<BalanceEntry>, DbError> {
    let id = sqlx::query_scalar!(
        "select b.id from balance_entry b
         where b.payment_id = $1 and b.undoes_id is null and not exists (select from balance_entry u where u.undoes_id = b.id)",
        payment.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    match id {
        Some(id) => entry(tx, id).await,
        None => Ok(None),
    }
}

/// What is owed to a customer.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Money, DbError> {
    let balance = sqlx::query_scalar!(
        r#"select balance_after as "balance: Money" from balance_entry where customer_id = $1 order by seq desc limit 1"#,
        customer.0
    );
    Ok(balance.fetch_optional(&mut **tx).await?.unwrap_or(Money::ZERO))
}

/// A difference of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Made with the form, so that the same one has one effect.
    pub id: Uuid,
    /// Whose document.
    pub customer: CustomerId,
    /// Which.
    pub about: About,
    /// What is not asked for any more, including VAT; negative for what is asked for again.
    pub amount: Money,
    /// The row that it takes back.
    pub undoes: Option<Uuid>,
}

/// Writes a difference off, or takes that back.
///
/// # Errors
/// When the database fails.
pub async fn insert_difference(tx: &mut Tx, difference: &Difference, why: Reasoned<'_>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into difference (id, customer_id, document_id, earlier_invoice_id, amount, reason, staff_id, at, undoes_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        difference.id,
        difference.customer.0,
        difference.about.document.map(|document| document.0),
        difference.about.earlier.map(|invoice| invoice.0),
        difference.amount.haler(),
        why.reason,
        why.by.0,
        why.at,
        difference.undoes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A difference that was written off.
///
/// # Errors
/// When the database fails.
pub async fn difference(tx: &mut Tx, id: Uuid) -> Result<Option<Difference>, DbError> {
    let row = sqlx::query!(
        r#"select customer_id as "customer: CustomerId", document_id as "document: DocumentId",
                  earlier_invoice_id as "earlier: EarlierInvoiceId", amount as "amount: Money", undoes_id
           from difference where id = $1"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Difference {
        id,
        customer: row.customer,
        about: About { document: row.document, earlier: row.earlier },
        amount: row.amount,
        undoes: row.undoes_id,
    }))
}

/// What was written off of a document or an invoice from before, and not taken back.
///
/// # Errors
/// When the database fails.
pub async fn open_differences(tx: &mut Tx, about: About) -> Result<Vec<Difference>, DbError> {
    let rows = sqlx::query!(
        r#"select w.id, w.customer_id as "customer: CustomerId", w.amount as "amount: Money"
           from difference w
           where (w.document_id = $1 or w.earlier_invoice_id = $2) and w.undoes_id is null
             and not exists (select from difference u where u.undoes_id = w.id)
           order by w.at, w.id"#,
        about.document.map(|document| document.0),
        about.earlier.map(|invoice| invoice.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let difference = |(id, customer, amount)| Difference { id, customer, about, amount, undoes: None };
    Ok(rows.into_iter().map(|row| difference((row.id, row.customer, row.amount))).collect())
}

/// Whether a difference or an entry of a balance was taken back.
///
/// # Errors
/// When the database fails.
pub async fn is_taken_back(tx: &mut Tx, id: Uuid) -> Result<bool, DbError> {
    let is_gone = sqlx::query_scalar!(
        r#"select exists (select from difference where undoes_id = $1)
                  or exists (select from balance_entry where undoes_id = $1) as "is_gone!""#,
        id
    );
    Ok(is_gone.fetch_one(&mut **tx).await?)
}

/// What of a purchase's price was written off.
///
/// # Errors
/// When the database fails.
pub async fn written_off_of(tx: &mut Tx, purchase: PurchaseId) -> Result<Money, DbError> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(w.amount), 0)::bigint as "sum!: Money"
           from difference w join tax_document d on d.id = w.document_id where d.purchase_id = $1"#,
        purchase.0
    );
    Ok(sum.fetch_one(&mut **tx).await?)
}

/// What is owed to whom, the most first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn all(tx: &mut Tx, at_most: i64) -> Result<Queue<CustomerBalance>, DbError> {
    let found = sqlx::query!(
        r#"select c.id as "customer: CustomerId", c.name, b.balance_after as "amount: Money", count(*) over () as "total!: Natural"
           from (select distinct on (customer_id) customer_id, balance_after from balance_entry order by customer_id, seq desc) b
           join customer c on c.id = b.customer_id
           where b.balance_after > 0 order by b.balance_after desc, c.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    let total = found.first().map_or(0, |row| row.total.into());
    let rows =
        found.into_iter().map(|row| CustomerBalance { customer: row.customer, name: row.name, amount: row.amount });
    Ok(Queue { rows: rows.collect(), total })
}

/// To how many customers something is owed, and how much in all.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn owed(tx: &mut Tx) -> Result<(u32, Money), DbError> {
    let row = sqlx::query!(
        r#"select count(*) as "customers!: Natural", coalesce(sum(b.balance_after), 0)::bigint as "amount!: Money"
           from (select distinct on (customer_id) balance_after from balance_entry order by customer_id, seq desc) b
           where b.balance_after > 0"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.customers.into(), row.amount))
}

/// Documents of ours of which a part came and a rest is asked for, the smallest rest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn differences(tx: &mut Tx, at_most: i64) -> Result<Queue<Payable>, DbError> {
    let found = sqlx::query!(
        r#"select d.number, d.kind as "kind: DocumentKind", c.name as customer, p.number as "purchase?: PurchaseNumber", d.due_on,
                  s.asked as "total!: Money", s.paid as "paid!: Money", count(*) over () as "waiting!: Natural"
           from (select distinct document_id as id from bank_payment where document_id is not null and state = 'matched'
                 union select document_id from balance_entry where document_id is not null) came
           join tax_document d on d.id = came.id
           cross join lateral (select asked_by(d.id) as asked, paid_by_transfer(d.id) as paid) s
           join customer c on c.id = d.customer_id
           left join purchase p on p.id = d.purchase_id
           where d.kind in ('proforma', 'invoice') and s.paid > 0 and s.asked > s.paid
             and (p.id is null or p.paid_at is null and p.closed_as is null)
           order by s.asked - s.paid, d.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    let total = found.first().map_or(0, |row| row.waiting.into());
    let rows = found.into_iter().map(|row| Payable {
        number: row.number,
        kind: Some(row.kind),
        customer: row.customer,
        purchase: row.purchase,
        due_on: row.due_on,
        total: row.total,
        paid: row.paid,
    });
    Ok(Queue { rows: rows.collect(), total })
}

/// What was decided and can be taken back, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn undoable(tx: &mut Tx, at_most: i64) -> Result<Queue<Undoable>, DbError> {
    let found = sqlx::query!(
        r#"select u.decided as "decided!: Decided", u.id as "id!", u.at as "at!", u.amount as "amount!: Money",
                  coalesce(d.number, e.number, '') as "document!", u.whose as "whose!", u.note as "note!", s.name as "by?",
                  count(*) over () as "total!: Natural"
           from (select case p.state when 'matched' then 'assigned' else 'set_aside' end as decided, p.id || '.' || p.decision as id,
                        p.decided_at as at, p.amount, p.document_id, p.earlier_invoice_id, p.counter_name as whose, p.note, p.staff_id
                 from bank_payment p where p.decided_at is not null and may_be_undone(p)
                 union all
                 select 'written_off', w.id::text, w.at, w.amount, w.document_id, w.earlier_invoice_id, c.name, w.reason, w.staff_id
                 from difference w join customer c on c.id = w.customer_id
                 where w.undoes_id is null and not exists (select from difference o where o.undoes_id = w.id) and rests_on_nothing(w.document_id)
                 union all
                 select b.kind, b.id::text, b.at, -b.amount, b.document_id, b.earlier_invoice_id, c.name, b.reason, b.staff_id
                 from balance_entry b join customer c on c.id = b.customer_id
                 where b.kind <> 'kept' and b.undoes_id is null and not exists (select from balance_entry o where o.undoes_id = b.id)
                   and rests_on_nothing(b.document_id)) u
           left join tax_document d on d.id = u.document_id
           left join earlier_invoice e on e.id = u.earlier_invoice_id
           left join staff s on s.id = u.staff_id
           order by u.at desc, u.id desc limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    let total = found.first().map_or(0, |row| row.total.into());
    let rows = found.into_iter().map(|row| Undoable {
        decided: row.decided,
        id: row.id,
        at: row.at,
        amount: row.amount,
        document: row.document,
        whose: row.whose,
        note: row.note,
        by: row.by,
    });
    Ok(Queue { rows: rows.collect(), total })
}

/// Whether what settles a document can be taken back: nothing follows from a document without a purchase, and nothing yet from one
/// whose purchase is not paid and which is taxed as a whole.
///
/// # Errors
/// When the database fails.
pub async fn rests_on_nothing(tx: &mut Tx, document: Option<DocumentId>) -> Result<bool, DbError> {
    let free = sqlx::query_scalar!(r#"select rests_on_nothing($1) as "free!""#, document.map(|document| document.0));
    Ok(free.fetch_one(&mut **tx).await?)
}

/// Takes back what was decided about a payment: it waits again. The trigger refuses it where something rests on it.
///
/// # Errors
/// When the database fails, also because something rests on it.
pub async fn reopen_payment(tx: &mut Tx, id: BankPaymentId, why: Reasoned<'_>) -> Result<(), DbError> {
    sqlx::query!(
        "update bank_payment
         set state = 'unmatched', reason = 'undone', document_id = null, earlier_invoice_id = null, decided_at = null, staff_id = $2, note = $3
         where id = $1",
        id.0,
        why.by.0,
        why.reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether what was decided about a payment can be taken back, and nothing else was decided since.
///
/// * `decision` – which of the decisions about it
///
/// # Errors
/// When the database fails.
pub async fn may_be_undone(tx: &mut Tx, id: BankPaymentId, decision: i32) -> Result<bool, DbError> {
    let may = sqlx::query_scalar!(
        r#"select may_be_undone(p) and p.decision = $2 as "may!" from bank_payment p where p.id = $1"#,
        id.0,
        decision
    );
    Ok(may.fetch_one(&mut **tx).await?)
}
