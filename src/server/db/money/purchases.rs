//! Purchases of bundles: made by members, their facts learnt from Stripe, the bank and managers.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{
    base::{
        ids::{BundleId, CustomerId, GrantId, MemberId, PurchaseId},
        money::{Money, VatRate},
        paging::Page,
    },
    money::{
        bundles::Quote,
        purchases::{Closing, Dispute, PaymentMethod, Purchase, PurchaseNumber, PurchaseState},
    },
};
use crate::server::db::{
    DbError, Tx,
    codec::{Natural, integer, percent},
    locks::{self, Lock},
    paging::limit,
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
    /// Under the how manieth key a checkout page is asked for.
    pub checkout_try: u32,
    /// When Stripe refused for good to make one.
    pub checkout_refused_at: Option<DateTime<Utc>>,
    /// Since when it can be paid by card, where that was chosen later.
    pub card_since: Option<DateTime<Utc>>,
    /// Since when it is to be paid by transfer instead of on its page, where that is under way.
    pub transfer_wanted_at: Option<DateTime<Utc>>,
    /// Whether its money is taken from the saved card.
    pub is_debited: bool,
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
    id: PurchaseId,
    customer: CustomerId,
    number: PurchaseNumber,
    member: MemberId,
    bundle: BundleId,
    quantity: u32,
    minutes: u32,
    price: Money,
    vat: VatRate,
    total: Money,
    validity_months: u32,
    reference: String,
    method: PaymentMethod,
    at_once: bool,
    created_at: DateTime<Utc>,
    paid_at: Option<DateTime<Utc>>,
    refunded: Money,
    dispute: Dispute,
    state: PurchaseState,
    checkout_session: Option<String>,
    checkout_url: Option<String>,
    checkout_expires_at: Option<DateTime<Utc>>,
    payment_intent: Option<String>,
    checkout_try: u32,
    checkout_refused_at: Option<DateTime<Utc>>,
    card_since: Option<DateTime<Utc>>,
    transfer_wanted_at: Option<DateTime<Utc>>,
    is_debited: bool,
}

impl From<PurchaseRow> for StoredPurchase {
    fn from(row: PurchaseRow) -> Self {
        let checkout = match (row.checkout_session, row.checkout_url, row.checkout_expires_at) {
            (Some(session), Some(url), Some(expires_at)) => Some(Checkout { session, url, expires_at }),
            _ => None,
        };
        Self {
            purchase: Purchase {
                id: row.id,
                number: row.number,
                bundle: row.bundle,
                quantity: row.quantity,
                minutes: row.minutes,
                price: row.price,
                vat: row.vat,
                total: row.total,
                validity_months: row.validity_months,
                reference: row.reference,
                method: row.method,
                at_once: row.at_once,
                created_at: row.created_at,
                paid_at: row.paid_at,
                refunded: row.refunded,
                dispute: row.dispute,
                state: row.state,
            },
            customer: row.customer,
            member: row.member,
            checkout,
            payment_intent: row.payment_intent,
            checkout_try: row.checkout_try,
            checkout_refused_at: row.checkout_refused_at,
            card_since: row.card_since,
            transfer_wanted_at: row.transfer_wanted_at,
            is_debited: row.is_debited,
        }
    }
}

/// Selects purchases; what follows the macro's text says which.
macro_rules! select_purchases {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            PurchaseRow,
            r#"select id as "id: PurchaseId", customer_id as "customer: CustomerId", number as "number: PurchaseNumber",
                      member_id as "member: MemberId", bundle_id as "bundle: BundleId", quantity as "quantity: Natural",
                      minutes as "minutes: Natural", price as "price: Money", vat_percent as "vat: VatRate",
                      total as "total: Money", validity_months as "validity_months: Natural", reference,
                      method as "method: PaymentMethod", at_once, created_at, paid_at, refunded as "refunded: Money",
                      dispute as "dispute: Dispute", state as "state!: PurchaseState", checkout_session, checkout_url,
                      checkout_expires_at, payment_intent, checkout_try as "checkout_try: Natural", checkout_refused_at, card_since,
                      transfer_wanted_at,
                      method = 'card' and exists (select from card_debit d where d.purchase_id = purchase.id) as "is_debited!"
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

/// An order by its identity, as far as the transaction's role sees it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, id: PurchaseId) -> Result<Option<StoredPurchase>, DbError> {
    Ok(select_purchases!("where id = $1", id.0).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// The same, locked until the transaction ends: whoever changes a purchase locks it first, and only then the account.
///
/// # Errors
/// As [`find`].
pub async fn lock(tx: &mut Tx, id: PurchaseId) -> Result<Option<StoredPurchase>, DbError> {
    Ok(select_purchases!("where id = $1 for no key update", id.0).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// An order by its number, as far as the transaction's role sees it.
///
/// # Errors
/// As [`find`].
pub async fn by_number(tx: &mut Tx, number: PurchaseNumber) -> Result<Option<StoredPurchase>, DbError> {
    Ok(select_purchases!("where number = $1", number.to_string()).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// The purchase of a checkout session.
///
/// # Errors
/// As [`find`].
pub async fn by_checkout(tx: &mut Tx, session: &str) -> Result<Option<StoredPurchase>, DbError> {
    Ok(select_purchases!("where checkout_session = $1", session).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// The purchase of a payment intent.
///
/// # Errors
/// As [`find`].
pub async fn by_payment_intent(tx: &mut Tx, intent: &str) -> Result<Option<StoredPurchase>, DbError> {
    Ok(select_purchases!("where payment_intent = $1", intent).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// A page of the purchases of a customer, the newest first.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// As [`find`].
pub async fn of_customer(
    tx: &mut Tx,
    customer: CustomerId,
    before: Option<PurchaseNumber>,
    size: usize,
) -> Result<Page<Purchase, PurchaseNumber>, DbError> {
    let found = select_purchases!(
        "where customer_id = $1
           and ($2::text is null
                or (created_at, number) < (select x.created_at, x.number from purchase x where x.number = $2))
         order by created_at desc, number desc limit $3",
        customer.0,
        before.map(|number| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |row| row.number).map(|row| StoredPurchase::from(row).purchase))
}

/// How many purchases a customer has made.
///
/// # Errors
/// When the database fails.
pub async fn count_of_customer(tx: &mut Tx, customer: CustomerId) -> Result<u32, DbError> {
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!: Natural" from purchase where customer_id = $1"#, customer.0);
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Purchases that are neither paid nor closed, are not taken from a saved card, and were made before `made_before`, the oldest
/// first.
///
/// # Errors
/// As [`find`].
pub async fn awaiting(
    tx: &mut Tx,
    method: PaymentMethod,
    made_before: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<StoredPurchase>, DbError> {
    let found = select_purchases!(
        "where paid_at is null and closed_as is null and method = $1 and created_at < $2
           and not exists (select from card_debit d where d.purchase_id = purchase.id) order by created_at limit $3",
        method.code(),
        made_before,
        at_most
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
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
        "update purchase set checkout_session = $2, checkout_url = $3, checkout_expires_at = $4, checkout_refused_at = null
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
    Ok(sqlx::query_as!(
        PurchaseGrant,
        r#"select b.id as "id!: GrantId", b.left_minutes as "left!: Natural", b.expires_at as "expires_at!"
           from minute_grant g join grant_balance b on b.id = g.id where g.kind = 'bundle' and g.source = $1"#,
        grant_source(id)
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Purchases to be paid by a proforma that was due before `due_before` and for which no money came, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn overdue(tx: &mut Tx, due_before: NaiveDate, at_most: i64) -> Result<Vec<PurchaseId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: PurchaseId" from purchase p join tax_document d on d.purchase_id = p.id
           where p.paid_at is null and p.closed_as is null and p.method = 'transfer'
             and d.kind = 'proforma' and d.due_on < $1 and paid_by_transfer(d.id) = 0
           order by p.created_at limit $2"#,
        due_before,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The e-mail address of the person who made a purchase, as it was then, if that person signed in.
///
/// # Errors
/// When the database fails.
pub async fn checkout_email(tx: &mut Tx, id: PurchaseId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!("select email from checkout_email where purchase_id = $1", id.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Notes that asking for a checkout page failed under a key: the next asking is under another.
///
/// # Errors
/// When the database fails.
pub async fn note_checkout_failed(tx: &mut Tx, id: PurchaseId, asked: u32) -> Result<(), DbError> {
    sqlx::query!(
        "update purchase set checkout_try = checkout_try + 1 where id = $1 and checkout_try = $2",
        id.0,
        integer(asked)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that Stripe refuses to make a checkout page.
///
/// # Errors
/// When the database fails.
pub async fn note_checkout_refused(tx: &mut Tx, id: PurchaseId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update purchase set checkout_refused_at = $2, checkout_try = checkout_try + 1
         where id = $1 and checkout_session is null",
        id.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
