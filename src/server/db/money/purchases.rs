//! Purchases of bundles: placed by members, their facts learnt from Stripe, the bank and managers.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{
    base::{
        calendar::last_day,
        ids::{BundleId, BundleOrderId, CustomerId, DocumentId, GrantId, MemberId, RefundId, StaffId},
        money::{Money, VatRate},
    },
    money::{
        bundles::Quote,
        purchases::{
            BundleOrder, Closing, CreditedMinutes, Dispute, OrderEvent, OrderEventKind, OrderNumber, OrderState,
            PaymentMethod, RefundState,
        },
    },
};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
    locks::{self, Lock},
};

/// An order, whose it is, and what its payment by card is called at Stripe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOrder {
    /// The order.
    pub order: BundleOrder,
    /// Whose.
    pub customer: CustomerId,
    /// Who placed it.
    pub member: MemberId,
    /// Stripe's checkout session.
    pub checkout: Option<Checkout>,
    /// Stripe's payment intent, once there is one.
    pub payment_intent: Option<String>,
}

/// A checkout page at Stripe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// Its session.
    pub session: String,
    /// Where the customer pays.
    pub url: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

struct OrderRow {
    id: uuid::Uuid,
    customer_id: i64,
    number: String,
    member_id: i64,
    bundle_id: i64,
    quantity: i32,
    minutes: i32,
    price: i64,
    vat_percent: i32,
    total: i64,
    validity_months: i32,
    reference: String,
    method: String,
    at_once: bool,
    created_at: DateTime<Utc>,
    paid_at: Option<DateTime<Utc>>,
    refunded: i64,
    dispute: String,
    state: String,
    checkout_session: Option<String>,
    checkout_url: Option<String>,
    checkout_expires_at: Option<DateTime<Utc>>,
    payment_intent: Option<String>,
}

impl TryFrom<OrderRow> for StoredOrder {
    type Error = DbError;

    fn try_from(row: OrderRow) -> Result<Self, DbError> {
        let checkout = match (row.checkout_session, row.checkout_url, row.checkout_expires_at) {
            (Some(session), Some(url), Some(expires_at)) => Some(Checkout { session, url, expires_at }),
            _ => None,
        };
        Ok(Self {
            order: BundleOrder {
                id: BundleOrderId(row.id),
                number: number(&row.number)?,
                bundle: BundleId(row.bundle_id),
                quantity: natural("bundle_order.quantity", row.quantity)?,
                minutes: natural("bundle_order.minutes", row.minutes)?,
                price: Money::from_haler(row.price),
                vat: VatRate::from_percent(row.vat_percent.into())
                    .map_err(|_| unknown("bundle_order.vat_percent", row.vat_percent))?,
                total: Money::from_haler(row.total),
                validity_months: natural("bundle_order.validity_months", row.validity_months)?,
                reference: row.reference,
                method: PaymentMethod::from_code(&row.method)
                    .ok_or_else(|| unknown("bundle_order.method", row.method))?,
                at_once: row.at_once,
                created_at: row.created_at,
                paid_at: row.paid_at,
                refunded: Money::from_haler(row.refunded),
                dispute: Dispute::from_code(&row.dispute)
                    .ok_or_else(|| unknown("bundle_order.dispute", row.dispute))?,
                state: OrderState::from_code(&row.state).ok_or_else(|| unknown("bundle_order.state", row.state))?,
            },
            customer: CustomerId(row.customer_id),
            member: MemberId(row.member_id),
            checkout,
            payment_intent: row.payment_intent,
        })
    }
}

pub(crate) fn number(text: &str) -> Result<OrderNumber, DbError> {
    text.parse().map_err(|_| unknown("bundle_order.number", text))
}

/// Selects orders; what follows the macro's text says which.
macro_rules! select_orders {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            OrderRow,
            r#"select id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                      validity_months, reference, method, at_once, created_at, paid_at, refunded, dispute,
                      state as "state!", checkout_session, checkout_url, checkout_expires_at, payment_intent
               from bundle_order "# + $condition
            $(, $argument)*
        )
    };
}

/// What a member orders.
#[derive(Debug, Clone, Copy)]
pub struct NewOrder<'a> {
    /// Its identity, made with the form.
    pub id: BundleOrderId,
    /// For whom.
    pub customer: CustomerId,
    /// By whom.
    pub member: MemberId,
    /// Of which bundle.
    pub bundle: BundleId,
    /// What it comes to.
    pub quote: Quote,
    /// How long the minutes can be drawn, in months.
    pub validity_months: u32,
    /// The customer's own reference.
    pub reference: &'a str,
    /// How it is paid.
    pub method: PaymentMethod,
    /// Whether the minutes are credited before the payment.
    pub at_once: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// The local year.
    pub year: i32,
}

/// Places an order, unless the same form has placed it before; tells whether it did now.
///
/// # Errors
/// When the database fails.
pub async fn place(tx: &mut Tx, order: &NewOrder<'_>) -> Result<bool, DbError> {
    let quote = order.quote;
    let integer = |value: u32| i32::try_from(value).map_err(|_| unknown("bundle_order", value));
    // A second sending waits here for the first, and then takes no number.
    locks::take(tx, Lock::PlacingOf(order.id)).await?;
    let placed = sqlx::query!(
        "insert into bundle_order (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                                   validity_months, reference, method, at_once, created_at)
         select $1, $2, next_order_number($14), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $15, $13
         where not exists (select 1 from bundle_order where id = $1)",
        order.id.0,
        order.customer.0,
        order.member.0,
        order.bundle.0,
        integer(quote.quantity)?,
        integer(quote.minutes)?,
        quote.price.haler(),
        percent(quote.vat)?,
        quote.total.haler(),
        integer(order.validity_months)?,
        order.reference,
        order.method.code(),
        order.at,
        order.year,
        order.at_once
    )
    .execute(&mut **tx)
    .await?;
    Ok(placed.rows_affected() == 1)
}

/// A rate as the tables keep it: whole per cent.
pub(crate) fn percent(vat: VatRate) -> Result<i32, DbError> {
    use rust_decimal::prelude::ToPrimitive;
    let whole = vat.percent().is_integer().then(|| vat.percent().to_i32()).flatten();
    whole.ok_or_else(|| unknown("vat_percent", vat))
}

/// An order by its identity, as far as the transaction's role sees it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, id: BundleOrderId) -> Result<Option<StoredOrder>, DbError> {
    select_orders!("where id = $1", id.0).fetch_optional(&mut **tx).await?.map(TryInto::try_into).transpose()
}

/// The same, locked until the transaction ends: whoever changes an order locks it first, and only then the account.
///
/// # Errors
/// As [`find`].
pub async fn lock(tx: &mut Tx, id: BundleOrderId) -> Result<Option<StoredOrder>, DbError> {
    select_orders!("where id = $1 for no key update", id.0)
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// An order by its number, as far as the transaction's role sees it.
///
/// # Errors
/// As [`find`].
pub async fn by_number(tx: &mut Tx, number: OrderNumber) -> Result<Option<StoredOrder>, DbError> {
    select_orders!("where number = $1", number.to_string())
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The order of a checkout session.
///
/// # Errors
/// As [`find`].
pub async fn by_checkout(tx: &mut Tx, session: &str) -> Result<Option<StoredOrder>, DbError> {
    select_orders!("where checkout_session = $1", session)
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The order of a payment intent.
///
/// # Errors
/// As [`find`].
pub async fn by_payment_intent(tx: &mut Tx, intent: &str) -> Result<Option<StoredOrder>, DbError> {
    select_orders!("where payment_intent = $1", intent)
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Orders of a customer, the newest first.
///
/// # Errors
/// As [`find`].
pub async fn of_customer(tx: &mut Tx, customer: CustomerId, at_most: i64) -> Result<Vec<StoredOrder>, DbError> {
    select_orders!("where customer_id = $1 order by created_at desc, id limit $2", customer.0, at_most)
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Orders that are neither paid nor closed and were placed before `placed_before`, the oldest first.
///
/// # Errors
/// As [`find`].
pub async fn awaiting(
    tx: &mut Tx,
    method: PaymentMethod,
    placed_before: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<StoredOrder>, DbError> {
    select_orders!(
        "where paid_at is null and closed_as is null and method = $1 and created_at < $2 order by created_at limit $3",
        method.code(),
        placed_before,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// Notes that the customer can pay from now on.
///
/// # Errors
/// When the database fails.
pub async fn note_payment_started(tx: &mut Tx, id: BundleOrderId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update bundle_order set awaiting_since = $2 where id = $1 and awaiting_since is null", id.0, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes the checkout page of an order, the first one that is told.
///
/// # Errors
/// When the database fails.
pub async fn note_checkout(tx: &mut Tx, id: BundleOrderId, checkout: &Checkout) -> Result<(), DbError> {
    sqlx::query!(
        "update bundle_order set checkout_session = $2, checkout_url = $3, checkout_expires_at = $4
         where id = $1 and checkout_session is null",
        id.0,
        checkout.session,
        checkout.url,
        checkout.expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes the payment intent of an order.
///
/// # Errors
/// When the database fails.
pub async fn note_payment_intent(tx: &mut Tx, id: BundleOrderId, intent: &str) -> Result<(), DbError> {
    sqlx::query!("update bundle_order set payment_intent = $2 where id = $1 and payment_intent is null", id.0, intent)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that the money came; tells whether that was news.
///
/// # Errors
/// When the database fails.
pub async fn note_paid(tx: &mut Tx, id: BundleOrderId, at: DateTime<Utc>) -> Result<bool, DbError> {
    let noted = sqlx::query!("update bundle_order set paid_at = $2 where id = $1 and paid_at is null", id.0, at)
        .execute(&mut **tx)
        .await?;
    Ok(noted.rows_affected() == 1)
}

/// Notes that an order ended without a payment; tells whether that was news.
///
/// # Errors
/// When the database fails.
pub async fn note_closed(
    tx: &mut Tx,
    id: BundleOrderId,
    closing: Closing,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let noted = sqlx::query!(
        "update bundle_order set closed_as = $2, closed_at = coalesce(closed_at, $3)
         where id = $1 and (closed_as is null or closed_as = 'expired' and $2 = 'cancelled')",
        id.0,
        closing.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Notes where a dispute is; tells whether that was news.
///
/// # Errors
/// When the database fails.
pub async fn note_dispute(tx: &mut Tx, id: BundleOrderId, dispute: Dispute) -> Result<bool, DbError> {
    let noted = sqlx::query!(
        "update bundle_order set dispute = $2
         where id = $1 and array_position(array['none', 'open', 'won', 'lost'], $2)
                           > array_position(array['none', 'open', 'won', 'lost'], dispute)",
        id.0,
        dispute.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Who did something to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A member of the customer.
    Member(MemberId),
    /// A person of the vendor.
    Staff(StaffId),
    /// Stripe, the bank or the system itself.
    System,
}

/// Writes a line of an order's history, once per kind and source.
///
/// # Errors
/// When the database fails.
pub async fn tell(
    tx: &mut Tx,
    order: &StoredOrder,
    kind: OrderEventKind,
    source: &str,
    actor: Actor,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (member, staff) = match actor {
        Actor::Member(member) => (Some(member.0), None),
        Actor::Staff(staff) => (None, Some(staff.0)),
        Actor::System => (None, None),
    };
    sqlx::query!(
        "insert into order_event (customer_id, order_id, at, kind, member_id, staff_id, note, source)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        order.customer.0,
        order.order.id.0,
        now,
        kind.code(),
        member,
        staff,
        note,
        source
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What happened to an order, in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn history(tx: &mut Tx, id: BundleOrderId) -> Result<Vec<OrderEvent>, DbError> {
    sqlx::query!(
        r#"select e.at, e.kind, e.note, m.name as "member?"
           from order_event e left join member m on m.id = e.member_id
           where e.order_id = $1 order by e.at, e.id"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(OrderEvent {
            at: row.at,
            kind: OrderEventKind::from_code(&row.kind).ok_or_else(|| unknown("order_event.kind", row.kind))?,
            by: row.member,
            note: row.note,
        })
    })
    .collect()
}

/// The natural key of the grant of an order.
#[must_use]
pub fn grant_source(id: BundleOrderId) -> String {
    format!("order:{id}")
}

/// The grant that an order credited, and the minutes left in it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn grant(tx: &mut Tx, id: BundleOrderId) -> Result<Option<(GrantId, u32)>, DbError> {
    sqlx::query!(
        r#"select b.id as "id!", b.left_minutes as "left!" from minute_grant g join grant_balance b on b.id = g.id
           where g.kind = 'bundle' and g.source = $1"#,
        grant_source(id)
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| Ok((GrantId(row.id), natural("ledger_entry.grant_balance_after", row.left)?)))
    .transpose()
}

/// The minutes that an order credited; none before they are.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn credited(tx: &mut Tx, id: BundleOrderId) -> Result<Option<CreditedMinutes>, DbError> {
    sqlx::query!(
        r#"select b.left_minutes as "left!", b.expires_at as "expires_at!"
           from minute_grant g join grant_balance b on b.id = g.id
           where g.kind = 'bundle' and g.source = $1"#,
        grant_source(id)
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        let left = natural("ledger_entry.grant_balance_after", row.left)?;
        Ok(CreditedMinutes { left, last_day: last_day(row.expires_at) })
    })
    .transpose()
}

/// What came in by transfer for a document so far, including VAT.
///
/// # Errors
/// When the database fails.
pub async fn received(tx: &mut Tx, document: DocumentId) -> Result<Money, DbError> {
    let sum = sqlx::query_scalar!(r#"select paid_by_transfer($1) as "sum!""#, document.0).fetch_one(&mut **tx).await?;
    Ok(Money::from_haler(sum))
}

/// What came in by transfer for an order so far, including VAT.
///
/// # Errors
/// When the database fails.
pub async fn received_for(tx: &mut Tx, order: BundleOrderId) -> Result<Money, DbError> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(paid_by_transfer(id)), 0)::bigint as "sum!" from tax_document where order_id = $1"#,
        order.0
    );
    Ok(Money::from_haler(sum.fetch_one(&mut **tx).await?))
}

/// Orders to be paid by a proforma that was due before `due_before` and for which no money came, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn overdue(tx: &mut Tx, due_before: NaiveDate, at_most: i64) -> Result<Vec<BundleOrderId>, DbError> {
    let ids = sqlx::query_scalar!(
        "select o.id from bundle_order o join tax_document d on d.order_id = o.id
         where o.paid_at is null and o.closed_as is null and o.method = 'transfer'
           and d.kind = 'proforma' and d.due_on < $1 and paid_by_transfer(d.id) = 0
         order by o.created_at limit $2",
        due_before,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(BundleOrderId).collect())
}

/// A refund as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRefund {
    /// Which.
    pub id: RefundId,
    /// Of which order.
    pub order: BundleOrderId,
    /// Minutes taken back.
    pub minutes: u32,
    /// How much, including VAT.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub requested_at: DateTime<Utc>,
    /// Where it is.
    pub state: RefundState,
    /// What it is called at Stripe.
    pub stripe_refund: Option<String>,
}

/// Refunds of an order, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn refunds(tx: &mut Tx, order: BundleOrderId) -> Result<Vec<StoredRefund>, DbError> {
    sqlx::query!(
        "select id, order_id, minutes, amount, reason, requested_at, state, stripe_refund
         from refund where order_id = $1 order by requested_at, id",
        order.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(StoredRefund {
            id: RefundId(row.id),
            order: BundleOrderId(row.order_id),
            minutes: natural("refund.minutes", row.minutes)?,
            amount: Money::from_haler(row.amount),
            reason: row.reason,
            requested_at: row.requested_at,
            state: RefundState::from_code(&row.state).ok_or_else(|| unknown("refund.state", row.state))?,
            stripe_refund: row.stripe_refund,
        })
    })
    .collect()
}

/// One refund.
///
/// # Errors
/// As [`refunds`].
pub async fn refund(tx: &mut Tx, id: RefundId) -> Result<Option<StoredRefund>, DbError> {
    let order =
        sqlx::query_scalar!("select order_id from refund where id = $1", id.0).fetch_optional(&mut **tx).await?;
    let Some(order) = order else { return Ok(None) };
    Ok(refunds(tx, BundleOrderId(order)).await?.into_iter().find(|refund| refund.id == id))
}

/// Payments by card with refunds that are on their way since before `since`.
///
/// # Errors
/// When the database fails.
pub async fn payments_with_open_refunds(
    tx: &mut Tx,
    since: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select distinct o.payment_intent as "intent!" from refund r join bundle_order o on o.id = r.order_id
           where r.state = 'pending' and r.requested_at < $1 and o.payment_intent is not null limit $2"#,
        since,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Refunds of payments by card that were decided before `since`, and of which Stripe was never told.
///
/// # Errors
/// When the database fails.
pub async fn unsent_refunds(tx: &mut Tx, since: DateTime<Utc>, at_most: i64) -> Result<Vec<RefundId>, DbError> {
    let ids = sqlx::query_scalar!(
        "select r.id from refund r join bundle_order o on o.id = r.order_id
         where r.state = 'requested' and r.requested_at < $1 and o.payment_intent is not null
         order by r.requested_at limit $2",
        since,
        at_most
    );
    Ok(ids.fetch_all(&mut **tx).await?.into_iter().map(RefundId).collect())
}

/// The e-mail address of the person who placed an order, if that person signs in.
///
/// # Errors
/// When the database fails.
pub async fn email_of_buyer(tx: &mut Tx, order: &StoredOrder) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!("select email from login where member_id = $1", order.member.0)
        .fetch_optional(&mut **tx)
        .await?)
}
