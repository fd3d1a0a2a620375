//! What is sold, as the owner and managers see it: read only.

use chrono::{DateTime, NaiveDate, Utc};

use super::purchases::number;
use crate::model::{
    base::{
        ids::{CustomerId, MemberId, PurchaseId},
        money::Money,
    },
    money::{
        bank::Payable,
        purchases::{PaymentMethod, PurchaseNumber, PurchaseState},
        sales::{GivenUp, IssuedDocument, Liability, SalesMonth, SoldPurchase, Transfer},
        tax_documents::DocumentKind,
    },
};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
};

/// What was sold in each of the twelve months that end with `month`, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn months(tx: &mut Tx, month: NaiveDate) -> Result<Vec<SalesMonth>, DbError> {
    sqlx::query!(
        r#"with month as (
               select m::date as month, m at time zone 'Europe/Prague' as begins,
                      (m + interval '1 month') at time zone 'Europe/Prague' as ends
               from generate_series($1::date - interval '11 months', $1::date::timestamp, interval '1 month') m)
           select m.month as "month!", count(p.id) as "purchases!", coalesce(sum(p.minutes), 0) as "minutes!",
                  coalesce(sum(p.price), 0)::bigint as "net!", coalesce(sum(p.total - p.price), 0)::bigint as "vat!",
                  (select coalesce(sum(r.amount), 0)::bigint from refund r
                   where r.requested_at >= m.begins and r.requested_at < m.ends and r.state <> 'failed') as "refunded!"
           from month m left join purchase p on p.paid_at >= m.begins and p.paid_at < m.ends
           group by m.month, m.begins, m.ends order by m.month desc"#,
        month
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(SalesMonth {
            month: row.month,
            purchases: count(row.purchases)?,
            minutes: count(row.minutes)?,
            net: Money::from_haler(row.net),
            vat: Money::from_haler(row.vat),
            refunded: Money::from_haler(row.refunded),
        })
    })
    .collect()
}

/// What became of all minutes of bundles.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn liability(tx: &mut Tx) -> Result<Liability, DbError> {
    let row = sqlx::query!(
        r#"select coalesce(sum(e.minutes) filter (where e.kind = 'grant'), 0) as "sold!",
                  -coalesce(sum(e.minutes) filter (where e.kind in ('draw', 'return')), 0) as "drawn!",
                  -coalesce(sum(e.minutes) filter (where e.kind = 'expiry'), 0) as "expired!",
                  -coalesce(sum(e.minutes) filter (where e.kind = 'refund'), 0) as "refunded!",
                  -coalesce(sum(e.minutes) filter (where e.kind in ('freeze', 'thaw')), 0) as "frozen!",
                  coalesce(sum(e.minutes), 0) as "left!"
           from ledger_entry e join minute_grant g on g.id = e.grant_id where g.kind = 'bundle'"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Liability {
        sold: count(row.sold)?,
        drawn: count(row.drawn)?,
        expired: count(row.expired)?,
        refunded: count(row.refunded)?,
        frozen: count(row.frozen)?,
        left: count(row.left)?,
    })
}

/// Documents that ask for a payment which has not come, the longest due first; not those of purchases that are paid or ended.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn unpaid(tx: &mut Tx, at_most: i64) -> Result<Vec<Payable>, DbError> {
    sqlx::query!(
        r#"select d.number, d.kind, c.name as customer, p.number as "purchase_number?", d.due_on, asked_by(d.id) as "total!",
                  paid_by_transfer(d.id) as "paid!"
           from tax_document d
           join customer c on c.id = d.customer_id
           left join purchase p on p.id = d.purchase_id
           where d.kind in ('proforma', 'invoice') and asked_by(d.id) > paid_by_transfer(d.id)
             and (p.id is null or p.paid_at is null and p.closed_as is null)
           order by d.due_on, d.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Payable {
            number: row.number,
            kind: DocumentKind::from_code(&row.kind).ok_or_else(|| unknown("tax_document.kind", row.kind))?,
            customer: row.customer,
            purchase: row.purchase_number.as_deref().map(number).transpose()?,
            due_on: row.due_on,
            total: Money::from_haler(row.total),
            paid: Money::from_haler(row.paid),
        })
    })
    .collect()
}

/// How many payments wait for a decision, and what was given up.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn waiting_and_given_up(tx: &mut Tx) -> Result<(u32, GivenUp), DbError> {
    let row = sqlx::query!(
        r#"select (select count(*) from bank_payment where state = 'unmatched') as "unmatched!",
                  (select count(*) from stripe_event where state = 'failed') as "events!",
                  (select count(*) from mail where state = 'failed') as "mails!", given_up_jobs() as "jobs!""#
    )
    .fetch_one(&mut **tx)
    .await?;
    let given_up = GivenUp { events: count(row.events)?, mails: count(row.mails)?, jobs: count(row.jobs)? };
    Ok((count(row.unmatched)?, given_up))
}

struct SoldPurchaseRow {
    number: String,
    customer: String,
    ico: String,
    created_at: DateTime<Utc>,
    paid_at: Option<DateTime<Utc>>,
    minutes: i32,
    price: i64,
    total: i64,
    refunded: i64,
    method: String,
    state: String,
}

impl TryFrom<SoldPurchaseRow> for SoldPurchase {
    type Error = DbError;

    fn try_from(row: SoldPurchaseRow) -> Result<Self, DbError> {
        Ok(Self {
            number: number(&row.number)?,
            customer: row.customer,
            ico: row.ico,
            created_at: row.created_at,
            paid_at: row.paid_at,
            minutes: natural("purchase.minutes", row.minutes)?,
            price: Money::from_haler(row.price),
            total: Money::from_haler(row.total),
            refunded: Money::from_haler(row.refunded),
            method: PaymentMethod::from_code(&row.method).ok_or_else(|| unknown("purchase.method", row.method))?,
            state: PurchaseState::from_code(&row.state).ok_or_else(|| unknown("purchase.state", row.state))?,
        })
    }
}

/// Selects purchases with their customers; what follows the macro's text says which.
macro_rules! select_sold_purchases {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            SoldPurchaseRow,
            r#"select p.number, c.name as customer, c.ico, p.created_at, p.paid_at, p.minutes, p.price, p.total, p.refunded,
                      p.method, p.state as "state!"
               from purchase p join customer c on c.id = p.customer_id "# + $condition
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
pub async fn purchases(tx: &mut Tx, filter: &PurchaseFilter<'_>, at_most: i64) -> Result<Vec<SoldPurchase>, DbError> {
    select_sold_purchases!(
        "where ($1::text is null or p.state = $1) and ($3::text is null or p.number < $3)
           and ($2 = '' or position(upper($2) in p.number) > 0 or position($2 in c.ico) > 0
                or position(searchable($2) in searchable(c.name)) > 0)
         order by p.number desc limit $4",
        filter.state.map(PurchaseState::code),
        filter.search,
        filter.before.map(|before| before.to_string()),
        at_most
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// Purchases that were paid between two instants, in the order of payment.
///
/// # Errors
/// As [`purchases`].
pub async fn paid_between(
    tx: &mut Tx,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<SoldPurchase>, DbError> {
    select_sold_purchases!("where p.paid_at >= $1 and p.paid_at < $2 order by p.paid_at, p.number", from, until)
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
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
    let rows = sqlx::query!(
        "select p.booked_on, p.amount, p.counter_name, p.note
         from bank_payment p join tax_document d on d.id = p.document_id
         where d.purchase_id = $1 and p.state = 'matched' order by p.booked_on, p.id",
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Transfer {
            booked_on: row.booked_on,
            amount: Money::from_haler(row.amount),
            counter_name: row.counter_name,
            note: row.note,
        })
        .collect())
}

/// The documents of a purchase, in the order in which they were issued.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn documents(tx: &mut Tx, purchase: PurchaseId) -> Result<Vec<IssuedDocument>, DbError> {
    sqlx::query!(
        "select number, kind, issued_at, total from tax_document where purchase_id = $1 order by issued_at, id",
        purchase.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(IssuedDocument {
            number: row.number,
            kind: DocumentKind::from_code(&row.kind).ok_or_else(|| unknown("tax_document.kind", row.kind))?,
            issued_at: row.issued_at,
            total: Money::from_haler(row.total),
        })
    })
    .collect()
}

fn count(count: i64) -> Result<u32, DbError> {
    u32::try_from(count).map_err(|_| unknown("count", count))
}
