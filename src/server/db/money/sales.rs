//! What is sold, as the owner and managers see it: read only.

use chrono::NaiveDate;

use crate::model::{
    base::{
        ids::{BankPaymentId, CustomerId, DocumentId, MemberId, PurchaseId},
        money::Money,
        paging::{Page, Queue},
    },
    money::{
        bank::Payable,
        purchases::{PaymentMethod, PurchaseNumber, PurchaseState},
        refunds::RefundState,
        sales::{GivenUp, IssuedDocument, Liability, SalesMonth, SoldPurchase, Transfer, WaitingRefund},
        tax_documents::DocumentKind,
    },
};
use crate::server::db::{
    DbError, Tx,
    codec::Natural,
    paging::{limit, queue},
};

/// What the tax documents of each of the twelve months that end with `month` come to, by the day of the tax, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn months(tx: &mut Tx, month: NaiveDate) -> Result<Vec<SalesMonth>, DbError> {
    Ok(sqlx::query_as!(
        SalesMonth,
        r#"select m.month::date as "month!", count(d.id) as "documents!: Natural",
                  coalesce(sum(d.base), 0)::bigint as "net!: Money", coalesce(sum(d.tax), 0)::bigint as "vat!: Money",
                  coalesce(-sum(d.total) filter (where d.kind = 'credit_note'), 0)::bigint as "credited!: Money"
           from generate_series($1::date - interval '11 months', $1::date::timestamp, interval '1 month') m (month)
           left join tax_document d on d.supplied_on >= m.month::date and d.supplied_on < (m.month + interval '1 month')::date
           group by m.month order by m.month desc"#,
        month
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Customers with something to be invoiced, or a subscription, of whom nobody knows where they are, by name.
///
/// # Errors
/// When the database fails.
pub async fn nameless(tx: &mut Tx, at_most: i64) -> Result<Queue<(CustomerId, String)>, DbError> {
    let found = sqlx::query!(
        r#"select c.id as "id: CustomerId", c.name, count(*) over () as "total!: Natural" from customer c
           where not is_named(c)
             and (exists (select from ledger_entry e where e.customer_id = c.id and e.kind in ('charge', 'waive')
                            and not exists (select from invoiced_entry i where i.entry_id = e.id))
                  or exists (select from subscription s where s.customer_id = c.id and s.state = 'active')
                  or exists (select from contract_terms t join fee_invoicing f on upper_inf(t.valid) or upper(t.valid) > f.from_day
                             where t.customer_id = c.id and t.fee is not null))
           order by c.name, c.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(found, |row| row.total, |row| (row.id, row.name)))
}

/// Money that is to go back and has not arrived, the longest waiting first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn waiting_refunds(tx: &mut Tx, at_most: i64) -> Result<Queue<WaitingRefund>, DbError> {
    let found = sqlx::query!(
        r#"select p.number as "purchase: PurchaseNumber", c.name as customer, r.amount as "amount: Money", r.requested_at,
                  r.state as "state: RefundState", p.method as "method: PaymentMethod", count(*) over () as "total!: Natural"
           from refund r join purchase p on p.id = r.purchase_id join customer c on c.id = r.customer_id
           where r.amount > 0 and (r.state in ('requested', 'pending') or r.state = 'failed' and r.minutes > 0)
           order by r.requested_at, r.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        found,
        |row| row.total,
        |row| WaitingRefund {
            purchase: row.purchase,
            customer: row.customer,
            amount: row.amount,
            requested_at: row.requested_at,
            state: row.state,
            method: row.method,
        },
    ))
}

/// What became of all minutes of bundles.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn liability(tx: &mut Tx) -> Result<Liability, DbError> {
    Ok(sqlx::query_as!(
        Liability,
        r#"select coalesce(sum(e.minutes) filter (where e.kind = 'grant'), 0) as "sold!: Natural",
                  -coalesce(sum(e.minutes) filter (where e.kind in ('draw', 'return')), 0) as "drawn!: Natural",
                  -coalesce(sum(e.minutes) filter (where e.kind = 'expiry'), 0) as "expired!: Natural",
                  -coalesce(sum(e.minutes) filter (where e.kind = 'refund'), 0) as "refunded!: Natural",
                  -coalesce(sum(e.minutes) filter (where e.kind in ('freeze', 'thaw')), 0) as "frozen!: Natural",
                  coalesce(sum(e.minutes), 0) as "left!: Natural"
           from ledger_entry e join minute_grant g on g.id = e.grant_id where g.kind = 'bundle'"#
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// A page of the documents that ask for a payment which has not come, the longest due first; not those of purchases that are
/// paid or ended.
///
/// * `after` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn unpaid(tx: &mut Tx, after: Option<DocumentId>, size: usize) -> Result<Page<Payable, DocumentId>, DbError> {
    let found = sqlx::query!(
        r#"select d.id as "id: DocumentId", d.number, d.kind as "kind: DocumentKind", c.name as customer,
                  p.number as "purchase?: PurchaseNumber", d.due_on, asked_by(d.id) as "total!: Money",
                  paid_by_transfer(d.id) as "paid!: Money"
           from tax_document d
           join customer c on c.id = d.customer_id
           left join purchase p on p.id = d.purchase_id
           where d.kind in ('proforma', 'invoice') and asked_by(d.id) > paid_by_transfer(d.id)
             and (p.id is null or p.paid_at is null and p.closed_as is null)
             and ($1::bigint is null
                  or (coalesce(d.due_on, 'infinity'), d.id) > (select coalesce(x.due_on, 'infinity'), x.id from tax_document x where x.id = $1))
           order by coalesce(d.due_on, 'infinity'), d.id limit $2"#,
        after.map(|document| document.0),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |row| row.id).map(|row| Payable {
        number: row.number,
        kind: Some(row.kind),
        customer: row.customer,
        purchase: row.purchase,
        due_on: row.due_on,
        total: row.total,
        paid: row.paid,
    }))
}

/// How many documents ask for a payment which has not come.
///
/// # Errors
/// When the database fails.
pub async fn unpaid_count(tx: &mut Tx) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from tax_document d left join purchase p on p.id = d.purchase_id
           where d.kind in ('proforma', 'invoice') and asked_by(d.id) > paid_by_transfer(d.id)
             and (p.id is null or p.paid_at is null and p.closed_as is null)"#
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// How many payments wait for a decision, and what was given up.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn waiting_and_given_up(tx: &mut Tx) -> Result<(u32, GivenUp), DbError> {
    let row = sqlx::query!(
        r#"select (select count(*) from bank_payment where state = 'unmatched') as "unmatched!: Natural",
                  (select count(*) from stripe_event where state = 'failed') as "events!: Natural",
                  (select count(*) from mail where state = 'failed') as "mails!: Natural",
                  given_up_jobs() as "jobs!: Natural""#
    )
    .fetch_one(&mut **tx)
    .await?;
    let given_up = GivenUp { events: row.events.into(), mails: row.mails.into(), jobs: row.jobs.into() };
    Ok((row.unmatched.into(), given_up))
}

/// Selects purchases with their customers; what follows the macro's text says which.
macro_rules! select_sold_purchases {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            SoldPurchase,
            r#"select p.number as "number: PurchaseNumber", c.name as customer, coalesce(c.ico, '') as "ico!", p.created_at, p.paid_at, x.taxed_on,
                      p.minutes as "minutes: Natural", p.price as "price: Money", p.total as "total: Money",
                      p.refunded as "refunded: Money", p.method as "method: PaymentMethod",
                      p.state as "state!: PurchaseState"
               from purchase p join customer c on c.id = p.customer_id
               cross join lateral (select max(d.supplied_on) as taxed_on from tax_document d
                                   where d.purchase_id = p.id and d.kind in ('payment', 'invoice')) x "# + $condition
            $(, $argument)*
        )
    };
}

/// Which purchases a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct PurchaseFilter<'a> {
    /// Only those in this state.
    pub state: Option<PurchaseState>,
    /// Only those whose number, or customer's name or IČO, contains this; empty for all.
    pub search: &'a str,
    /// Only those before this one.
    pub before: Option<PurchaseNumber>,
}

/// Purchases, the newest first. Numbers are given in the order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn purchases(
    tx: &mut Tx,
    filter: &PurchaseFilter<'_>,
    size: usize,
) -> Result<Page<SoldPurchase, PurchaseNumber>, DbError> {
    let found = select_sold_purchases!(
        "where ($1::text is null or p.state = $1) and ($3::text is null or p.number < $3)
           and ($2 = '' or position(upper($2) in p.number) > 0 or position($2 in c.ico) > 0
                or position(searchable($2) in searchable(c.name)) > 0)
         order by p.number desc limit $4",
        filter.state.map(PurchaseState::code),
        filter.search,
        filter.before.map(|before| before.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |purchase| purchase.number))
}

/// Purchases that are paid and whose tax day lies between two days, both included, in the order of those days.
///
/// # Errors
/// As [`purchases`].
pub async fn taxed_between(tx: &mut Tx, from: NaiveDate, until: NaiveDate) -> Result<Vec<SoldPurchase>, DbError> {
    let found = select_sold_purchases!(
        "where p.paid_at is not null and x.taxed_on between $1 and $2 order by x.taxed_on, p.number",
        from,
        until
    );
    Ok(found.fetch_all(&mut **tx).await?)
}

/// The names of a customer and of one of its members.
///
/// # Errors
/// When the database fails.
pub async fn names(tx: &mut Tx, customer: CustomerId, member: MemberId) -> Result<(String, String), DbError> {
    let row = sqlx::query!(
        "select c.name as customer, m.name as member from member m join customer c on c.id = m.customer_id
         where m.id = $1 and c.id = $2",
        member.0,
        customer.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.customer, row.member))
}

/// What came by transfer for a purchase.
///
/// # Errors
/// When the database fails.
pub async fn transfers(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<Transfer>, DbError> {
    Ok(sqlx::query_as!(
        Transfer,
        r#"select p.id as "payment: BankPaymentId", p.booked_on, p.amount as "amount: Money", p.counter_name, p.note
           from bank_payment p join tax_document d on d.id = p.document_id
           where d.purchase_id = $1 and p.state = 'matched' order by p.booked_on, p.id"#,
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The documents of a purchase, in the order in which they were issued.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn documents(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<IssuedDocument>, DbError> {
    Ok(sqlx::query_as!(
        IssuedDocument,
        r#"select number, kind as "kind: DocumentKind", issued_at, total as "total: Money"
           from tax_document where purchase_id = $1 order by issued_at, id"#,
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?)
}
