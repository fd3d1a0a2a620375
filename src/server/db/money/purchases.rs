//! Purchases of bundles: made by members, their facts learnt from Stripe, the bank and managers.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{
    base::{
        ids::{BundleId, CustomerId, GrantId, MemberId, PurchaseId},
        money::{Money, VatRate},
    },
    money::{
        bundles::Quote,
        purchases::{Closing, Dispute, PaymentMethod, Purchase, PurchaseNumber, PurchaseState},
    },
};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
    locks::{self, Lock},
};

/// A purchase, whose it is, and what its payment by card is called at Stripe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPurchase {
    /// The purchase.
    pub purchase: Purchase,
    /// Whose.
    pub customer: CustomerId,
    /// Who bought it.
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

struct PurchaseRow {
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

impl TryFrom<PurchaseRow> for StoredPurchase {
    type Error = DbError;

    fn try_from(row: PurchaseRow) -> Result<Self, DbError> {
        let checkout = match (row.checkout_session, row.checkout_url, row.checkout_expires_at) {
            (Some(session), Some(url), Some(expires_at)) => Some(Checkout { session, url, expires_at }),
            _ => None,
        };
        Ok(Self {
            purchase: Purchase {
                id: PurchaseId(row.id),
                number: number(&row.number)?,
                bundle: BundleId(row.bundle_id),
                quantity: natural("purchase.quantity", row.quantity)?,
                minutes: natural("purchase.minutes", row.minutes)?,
                price: Money::from_haler(row.price),
                vat: VatRate::from_percent(row.vat_percent.into())
                    .map_err(|_| unknown("purchase.vat_percent", row.vat_percent))?,
                total: Money::from_haler(row.total),
                validity_months: natural("purchase.validity_months", row.validity_months)?,
                reference: row.reference,
                method: PaymentMethod::from_code(&row.method).ok_or_else(|| unknown("purchase.method", row.method))?,
                at_once: row.at_once,
                created_at: row.created_at,
                paid_at: row.paid_at,
                refunded: Money::from_haler(row.refunded),
                dispute: Dispute::from_code(&row.dispute).ok_or_else(|| unknown("purchase.dispute", row.dispute))?,
                state: PurchaseState::from_code(&row.state).ok_or_else(|| unknown("purchase.state", row.state))?,
            },
            customer: CustomerId(row.customer_id),
            member: MemberId(row.member_id),
            checkout,
            payment_intent: row.payment_intent,
        })
    }
}

pub(crate) fn number(text: &str) -> Result<PurchaseNumber, DbError> {
    text.parse().map_err(|_| unknown("purchase.number", text))
}

/// Selects purchases; what follows the macro's text says which.
macro_rules! select_purchases {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            PurchaseRow,
            r#"select id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                      validity_months, reference, method, at_once, created_at, paid_at, refunded, dispute,
                      state as "state!", checkout_session, checkout_url, checkout_expires_at, payment_intent
               from purchase "# + $condition
            $(, $argument)*
        )
    };
}

/// What a member purchases.
#[derive(Debug, Clone, Copy)]
pub struct NewPurchase<'a> {
    /// Its identity, made with the form.
    pub id: PurchaseId,
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

/// Writes down a purchase, unless the same form has made it before; tells whether it did now.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, purchase: &NewPurchase<'_>) -> Result<bool, DbError> {
    let quote = purchase.quote;
    let integer = |value: u32| i32::try_from(value).map_err(|_| unknown("purchase", value));
    // A second sending waits here for the first, and then takes no number.
    locks::take(tx, Lock::PlacingOf(purchase.id)).await?;
    let inserted = sqlx::query!(
        "insert into purchase (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                                   validity_months, reference, method, at_once, created_at)
         select $1, $2, next_purchase_number($14), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $15, $13
         where not exists (select 1 from purchase where id = $1)",
        purchase.id.0,
        purchase.customer.0,
        purchase.member.0,
        purchase.bundle.0,
        integer(quote.quantity)?,
        integer(quote.minutes)?,
        quote.price.haler(),
        percent(quote.vat)?,
        quote.total.haler(),
        integer(purchase.validity_months)?,
        purchase.reference,
        purchase.method.code(),
        purchase.at,
        purchase.year,
        purchase.at_once
    )
    .execute(&mut **tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
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
pub async fn find(tx: &mut Tx, id: PurchaseId) -> Result<Option<StoredPurchase>, DbError> {
    select_purchases!("where id = $1", id.0).fetch_optional(&mut **tx).await?.map(TryInto::try_into).transpose()
}

/// The same, locked until the transaction ends: whoever changes a purchase locks it first, and only then the account.
///
/// # Errors
/// As [`find`].
pub async fn lock(tx: &mut Tx, id: PurchaseId) -> Result<Option<StoredPurchase>, DbError> {
    select_purchases!("where id = $1 for no key update", id.0)
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// An order by its number, as far as the transaction's role sees it.
///
/// # Errors
/// As [`find`].
pub async fn by_number(tx: &mut Tx, number: PurchaseNumber) -> Result<Option<StoredPurchase>, DbError> {
    select_purchases!("where number = $1", number.to_string())
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The purchase of a checkout session.
///
/// # Errors
/// As [`find`].
pub async fn by_checkout(tx: &mut Tx, session: &str) -> Result<Option<StoredPurchase>, DbError> {
    select_purchases!("where checkout_session = $1", session)
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The purchase of a payment intent.
///
/// # Errors
/// As [`find`].
pub async fn by_payment_intent(tx: &mut Tx, intent: &str) -> Result<Option<StoredPurchase>, DbError> {
    select_purchases!("where payment_intent = $1", intent)
        .fetch_optional(&mut **tx)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Purchases of a customer, the newest first.
///
/// # Errors
/// As [`find`].
pub async fn of_customer(tx: &mut Tx, customer: CustomerId, at_most: i64) -> Result<Vec<StoredPurchase>, DbError> {
    select_purchases!("where customer_id = $1 order by created_at desc, id limit $2", customer.0, at_most)
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Purchases that are neither paid nor closed and were made before `made_before`, the oldest first.
///
/// # Errors
/// As [`find`].
pub async fn awaiting(
    tx: &mut Tx,
    method: PaymentMethod,
    made_before: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<StoredPurchase>, DbError> {
    select_purchases!(
        "where paid_at is null and closed_as is null and method = $1 and created_at < $2 order by created_at limit $3",
        method.code(),
        made_before,
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
pub async fn note_payment_started(tx: &mut Tx, id: PurchaseId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update purchase set awaiting_since = $2 where id = $1 and awaiting_since is null", id.0, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes the checkout page of a purchase, the first one that is told.
///
/// # Errors
/// When the database fails.
pub async fn note_checkout(tx: &mut Tx, id: PurchaseId, checkout: &Checkout) -> Result<(), DbError> {
    sqlx::query!(
        "update purchase set checkout_session = $2, checkout_url = $3, checkout_expires_at = $4
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

/// Notes the payment intent of a purchase.
///
/// # Errors
/// When the database fails.
pub async fn note_payment_intent(tx: &mut Tx, id: PurchaseId, intent: &str) -> Result<(), DbError> {
    sqlx::query!("update purchase set payment_intent = $2 where id = $1 and payment_intent is null", id.0, intent)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that the money came; tells whether that was news.
///
/// # Errors
/// When the database fails.
pub async fn note_paid(tx: &mut Tx, id: PurchaseId, at: DateTime<Utc>) -> Result<bool, DbError> {
    let noted = sqlx::query!("update purchase set paid_at = $2 where id = $1 and paid_at is null", id.0, at)
        .execute(&mut **tx)
        .await?;
    Ok(noted.rows_affected() == 1)
}

/// Notes that a purchase ended without a payment; tells whether that was news.
///
/// # Errors
/// When the database fails.
pub async fn note_closed(tx: &mut Tx, id: PurchaseId, closing: Closing, now: DateTime<Utc>) -> Result<bool, DbError> {
    let noted = sqlx::query!(
        "update purchase set closed_as = $2, closed_at = coalesce(closed_at, $3)
         where id = $1 and (closed_as is null or closed_as = 'expired' and $2 = 'cancelled')",
        id.0,
        closing.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// The natural key of the grant of a purchase.
#[must_use]
pub fn grant_source(id: PurchaseId) -> String {
    format!("order:{id}")
}

/// What a purchase credited, as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurchaseGrant {
    /// The grant.
    pub id: GrantId,
    /// The minutes left in it.
    pub left: u32,
    /// When they expire.
    pub expires_at: DateTime<Utc>,
}

/// The grant that a purchase credited; none before it does.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn grant(tx: &mut Tx, id: PurchaseId) -> Result<Option<PurchaseGrant>, DbError> {
    sqlx::query!(
        r#"select b.id as "id!", b.left_minutes as "left!", b.expires_at as "expires_at!"
           from minute_grant g join grant_balance b on b.id = g.id where g.kind = 'bundle' and g.source = $1"#,
        grant_source(id)
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        let left = natural("ledger_entry.grant_balance_after", row.left)?;
        Ok(PurchaseGrant { id: GrantId(row.id), left, expires_at: row.expires_at })
    })
    .transpose()
}

/// Purchases to be paid by a proforma that was due before `due_before` and for which no money came, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn overdue(tx: &mut Tx, due_before: NaiveDate, at_most: i64) -> Result<Vec<PurchaseId>, DbError> {
    let ids = sqlx::query_scalar!(
        "select p.id from purchase p join tax_document d on d.purchase_id = p.id
         where p.paid_at is null and p.closed_as is null and p.method = 'transfer'
           and d.kind = 'proforma' and d.due_on < $1 and paid_by_transfer(d.id) = 0
         order by p.created_at limit $2",
        due_before,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(PurchaseId).collect())
}

/// The e-mail address of the person who made a purchase, if that person signs in.
///
/// # Errors
/// When the database fails.
pub async fn email_of_buyer(tx: &mut Tx, purchase: &StoredPurchase) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!("select email from login where member_id = $1", purchase.member.0)
        .fetch_optional(&mut **tx)
        .await?)
}
