//! What is sold, as the owner and managers see it: read only.

use chrono::{DateTime, NaiveDate, Utc};

use super::purchases::number;
use crate::model::{
    base::{
        ids::{BundleOrderId, CustomerId, MemberId},
        money::Money,
    },
    money::{
        bank::Payable,
        purchases::{OrderEvent, OrderEventKind, OrderNumber, OrderState, PaymentMethod},
        sales::{GivenUp, IssuedDocument, Liability, SalesMonth, SoldOrder, Transfer},
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
           select m.month as "month!", count(o.id) as "orders!", coalesce(sum(o.minutes), 0) as "minutes!",
                  coalesce(sum(o.price), 0)::bigint as "net!", coalesce(sum(o.total - o.price), 0)::bigint as "vat!",
                  (select coalesce(sum(r.amount), 0)::bigint from refund r
                   where r.requested_at >= m.begins and r.requested_at < m.ends and r.state <> 'failed') as "refunded!"
           from month m left join bundle_order o on o.paid_at >= m.begins and o.paid_at < m.ends
           group by m.month, m.begins, m.ends order by m.month desc"#,
        month
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(SalesMonth {
            month: row.month,
            orders: count(row.orders)?,
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

/// Documents that ask for a payment which has not come, the longest due first; not those of orders that are paid or ended.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn unpaid(tx: &mut Tx, at_most: i64) -> Result<Vec<Payable>, DbError> {
    sqlx::query!(
        r#"select d.number, d.kind, c.name as customer, o.number as "order_number?", d.due_on, asked_by(d.id) as "total!",
                  paid_by_transfer(d.id) as "paid!"
           from tax_document d
           join customer c on c.id = d.customer_id
           left join bundle_order o on o.id = d.order_id
           where d.kind in ('proforma', 'invoice') and asked_by(d.id) > paid_by_transfer(d.id)
             and (o.id is null or o.paid_at is null and o.closed_as is null)
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
            order: row.order_number.as_deref().map(number).transpose()?,
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
pub async fn troubles(tx: &mut Tx) -> Result<(u32, GivenUp), DbError> {
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

struct SoldRow {
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

impl TryFrom<SoldRow> for SoldOrder {
    type Error = DbError;

    fn try_from(row: SoldRow) -> Result<Self, DbError> {
        Ok(Self {
            number: number(&row.number)?,
            customer: row.customer,
            ico: row.ico,
            created_at: row.created_at,
            paid_at: row.paid_at,
            minutes: natural("bundle_order.minutes", row.minutes)?,
            price: Money::from_haler(row.price),
            total: Money::from_haler(row.total),
            refunded: Money::from_haler(row.refunded),
            method: PaymentMethod::from_code(&row.method).ok_or_else(|| unknown("bundle_order.method", row.method))?,
            state: OrderState::from_code(&row.state).ok_or_else(|| unknown("bundle_order.state", row.state))?,
        })
    }
}

/// Which orders a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct OrderFilter<'a> {
    /// Only those in this state.
    pub state: Option<OrderState>,
    /// Only those whose number, or customer's name or IČO, contains this; empty for all.
    pub search: &'a str,
    /// Only those before this one.
    pub before: Option<OrderNumber>,
}

/// Orders, the newest first. Numbers are given in the order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn orders(tx: &mut Tx, filter: &OrderFilter<'_>, at_most: i64) -> Result<Vec<SoldOrder>, DbError> {
    sqlx::query_as!(
        SoldRow,
        r#"select o.number, c.name as customer, c.ico, o.created_at, o.paid_at, o.minutes, o.price, o.total, o.refunded,
                  o.method, o.state as "state!"
           from bundle_order o join customer c on c.id = o.customer_id
           where ($1::text is null or o.state = $1) and ($3::text is null or o.number < $3)
             and ($2 = '' or position(upper($2) in o.number) > 0 or position($2 in c.ico) > 0
                  or position(searchable($2) in searchable(c.name)) > 0)
           order by o.number desc limit $4"#,
        filter.state.map(OrderState::code),
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

/// Orders that were paid between two instants, in the order of payment.
///
/// # Errors
/// As [`orders`].
pub async fn paid_between(tx: &mut Tx, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<SoldOrder>, DbError> {
    sqlx::query_as!(
        SoldRow,
        r#"select o.number, c.name as customer, c.ico, o.created_at, o.paid_at, o.minutes, o.price, o.total, o.refunded,
                  o.method, o.state as "state!"
           from bundle_order o join customer c on c.id = o.customer_id
           where o.paid_at >= $1 and o.paid_at < $2 order by o.paid_at, o.number"#,
        from,
        until
    )
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

/// What came by transfer for an order.
///
/// # Errors
/// When the database fails.
pub async fn transfers(tx: &mut Tx, order: BundleOrderId) -> Result<Vec<Transfer>, DbError> {
    let rows = sqlx::query!(
        "select p.booked_on, p.amount, p.counter_name, p.note
         from bank_payment p join tax_document d on d.id = p.document_id
         where d.order_id = $1 and p.state = 'matched' order by p.booked_on, p.id",
        order.0
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

/// The documents of an order, in the order in which they were issued.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn documents(tx: &mut Tx, order: BundleOrderId) -> Result<Vec<IssuedDocument>, DbError> {
    sqlx::query!(
        "select number, kind, issued_at, total from tax_document where order_id = $1 order by issued_at, id",
        order.0
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

/// What happened to an order, in order of time, with the names of staff, which members do not see.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn history(tx: &mut Tx, order: BundleOrderId) -> Result<Vec<OrderEvent>, DbError> {
    sqlx::query!(
        r#"select e.at, e.kind, e.note, coalesce(m.name, s.name) as "by?"
           from order_event e left join member m on m.id = e.member_id left join staff s on s.id = e.staff_id
           where e.order_id = $1 order by e.at, e.id"#,
        order.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(OrderEvent {
            at: row.at,
            kind: OrderEventKind::from_code(&row.kind).ok_or_else(|| unknown("order_event.kind", row.kind))?,
            by: row.by,
            note: row.note,
        })
    })
    .collect()
}

fn count(count: i64) -> Result<u32, DbError> {
    u32::try_from(count).map_err(|_| unknown("count", count))
}
