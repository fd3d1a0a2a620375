//! Saved cards, what is taken from them, and each try of it.

use chrono::{DateTime, NaiveDate, Utc};

use super::purchases::StoredPurchase;
use crate::{
    model::{
        base::ids::{CardTryId, CustomerId, MemberId, PurchaseId},
        money::card::{CardTryKind, CardTryState, KeptCard, SavedCard},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// The saved card of a customer, for its people.
///
/// # Errors
/// When the database fails.
pub async fn shown(tx: &mut Tx, customer: CustomerId) -> Result<Option<SavedCard>, DbError> {
    let query = sqlx::query_as!(
        SavedCard,
        "select brand, last4, good_through from saved_card where customer_id = $1",
        customer.0
    );
    Ok(query.fetch_optional(&mut **tx).await?)
}

/// The saved card of a customer, as Stripe knows it.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, customer: CustomerId) -> Result<Option<KeptCard>, DbError> {
    let query = sqlx::query_as!(
        KeptCard,
        "select stripe_customer, payment_method, brand, last4, good_through from saved_card where customer_id = $1",
        customer.0
    );
    Ok(query.fetch_optional(&mut **tx).await?)
}

/// Whether a person may still buy for a customer, and so have a card saved; none of whom the customer has no such person.
///
/// # Errors
/// When the database fails.
pub async fn may_save(tx: &mut Tx, (customer, member): (CustomerId, MemberId)) -> Result<Option<bool>, DbError> {
    let query = sqlx::query_scalar!(
        r#"select active and 'buy' = any (capabilities) as "may!" from member where id = $1 and customer_id = $2"#,
        member.0,
        customer.0
    );
    Ok(query.fetch_optional(&mut **tx).await?)
}

/// Saves a card, unless a later one is, or this one was let go; tells whether it was news.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &mut Tx,
    (customer, member): (CustomerId, MemberId),
    card: &KeptCard,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let saved = sqlx::query!(
        "insert into saved_card (customer_id, member_id, stripe_customer, payment_method, brand, last4, good_through, saved_at)
         select $1, m.id, $3, $4, $5, $6, $7, $8 from member m where m.id = $2 and m.customer_id = $1
           and not exists (select from former_card f where f.payment_method = $4)
         on conflict (customer_id) do update
         set member_id = excluded.member_id, stripe_customer = excluded.stripe_customer,
             payment_method = excluded.payment_method, brand = excluded.brand, last4 = excluded.last4,
             good_through = excluded.good_through, saved_at = excluded.saved_at
         where saved_card.saved_at <= excluded.saved_at and saved_card.payment_method <> excluded.payment_method",
        customer.0,
        member.0,
        card.stripe_customer,
        card.payment_method,
        card.brand,
        card.last4,
        card.good_through,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// From now on the money of a purchase is taken from the saved card.
///
/// * `once` – whether a failure ends it
///
/// # Errors
/// When the database fails.
pub async fn begin_debit(
    tx: &mut Tx,
    stored: &StoredPurchase,
    once: bool,
    begun_on: NaiveDate,
    next_at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into card_debit (purchase_id, customer_id, begun_on, next_at, once) values ($1, $2, $3, $4, $5)",
        stored.purchase.id.0,
        stored.customer.0,
        begun_on,
        next_at,
        once
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Purchases that are due to be taken from saved cards, the earliest first.
///
/// * `customer` – of one only
///
/// # Errors
/// When the database fails.
pub async fn due(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    now: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<PurchaseId>, DbError> {
    let query = sqlx::query_scalar!(
        r#"select d.purchase_id as "id: PurchaseId" from card_debit d
           where d.next_at <= $1 and ($2::bigint is null or d.customer_id = $2)
             and not exists (select from card_try t where t.purchase_id = d.purchase_id and t.state in ('open', 'paid'))
           order by d.next_at limit $3"#,
        now,
        customer.map(|customer| customer.0),
        at_most
    );
    Ok(query.fetch_all(&mut **tx).await?)
}

/// Whether a purchase is due to be taken now: not while it may be paid by a try, and not once one has taken money, whatever came of
/// that.
///
/// # Errors
/// When the database fails.
pub async fn is_due(tx: &mut Tx, purchase: PurchaseId, now: DateTime<Utc>) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from card_debit where purchase_id = $1 and next_at <= $2)
                  and not exists (select from card_try where purchase_id = $1 and state in ('open', 'paid')) as "is_due!""#,
        purchase.0,
        now
    );
    Ok(query.fetch_one(&mut **tx).await?)
}

/// What a customer owes by card is tried again at once, as there is another card.
///
/// # Errors
/// When the database fails.
pub async fn hasten(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update card_debit set next_at = $2 where customer_id = $1 and next_at > $2", customer.0, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The purchases of a customer whose money is taken from the saved card some time.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, customer: CustomerId) -> Result<Vec<PurchaseId>, DbError> {
    let query = sqlx::query_scalar!(
        r#"select purchase_id as "purchase: PurchaseId" from card_debit
           where customer_id = $1 and next_at is not null order by purchase_id"#,
        customer.0
    );
    Ok(query.fetch_all(&mut **tx).await?)
}

/// Nothing is taken for a purchase any more.
///
/// # Errors
/// When the database fails.
pub async fn stop_debit(tx: &mut Tx, purchase: PurchaseId) -> Result<(), DbError> {
    sqlx::query!("update card_debit set next_at = null where purchase_id = $1", purchase.0).execute(&mut **tx).await?;
    Ok(())
}

/// Notes that a purchase could not be taken; tells how often that has been so, and when it is tried again, if it is.
///
/// # Errors
/// When the database fails.
pub async fn note_failure(
    tx: &mut Tx,
    purchase: PurchaseId,
    now: DateTime<Utc>,
) -> Result<(u32, Option<DateTime<Utc>>), DbError> {
    struct Row {
        failures: u32,
        next_at: Option<DateTime<Utc>>,
    }
    // In the morning of its day, but never twice within a day.
    let row = sqlx::query_as!(
        Row,
        r#"update card_debit d set failures = d.failures + 1, next_at = (
               select greatest((d.begun_on + r.days + time '8:00') at time zone 'Europe/Prague', $2::timestamptz + interval '20 hours')
               from card_retry r where r.failures = d.failures + 1 and not d.once)
           where d.purchase_id = $1 returning d.failures as "failures: Natural", d.next_at"#,
        purchase.0,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.failures, row.next_at))
}

/// A try to have a purchase paid by card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTry {
    /// Which.
    pub id: CardTryId,
    /// Of which purchase.
    pub purchase: PurchaseId,
    /// How.
    pub kind: CardTryKind,
    /// What became of it.
    pub state: CardTryState,
    /// From whose card.
    pub stripe_customer: Option<String>,
    /// From which card.
    pub payment_method: Option<String>,
    /// When it was begun.
    pub made_at: DateTime<Utc>,
    /// When Stripe was asked last.
    pub asked_at: Option<DateTime<Utc>>,
    /// The checkout page's session.
    pub session: Option<String>,
    /// Where that page is.
    pub url: Option<String>,
}

/// Selects tries; what follows the macro's text says which.
macro_rules! select_tries {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            StoredTry,
            r#"select id as "id: CardTryId", purchase_id as "purchase: PurchaseId", kind as "kind: CardTryKind",
                      state as "state: CardTryState", stripe_customer, payment_method, made_at, asked_at, session, url
               from card_try "# + $condition
            $(, $argument)*
        )
    };
}

/// Begins a try, unless another one is open; tells whether it did.
///
/// # Errors
/// When the database fails.
pub async fn begin_try(
    tx: &mut Tx,
    stored: &StoredPurchase,
    id: CardTryId,
    card: Option<&KeptCard>,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let kind = if card.is_some() { CardTryKind::Debit } else { CardTryKind::Page };
    let begun = sqlx::query!(
        "insert into card_try (id, purchase_id, customer_id, kind, stripe_customer, payment_method, made_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        id.0,
        stored.purchase.id.0,
        stored.customer.0,
        kind.code(),
        card.map(|card| card.stripe_customer.as_str()),
        card.map(|card| card.payment_method.as_str()),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// A try by its identity, locked until the transaction ends: of who is about to ask Stripe and who calls it off, one is first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn lock_try(tx: &mut Tx, id: CardTryId) -> Result<Option<StoredTry>, DbError> {
    Ok(select_tries!("where id = $1 for no key update", id.0).fetch_optional(&mut **tx).await?)
}

/// The try of a purchase of which nobody knows yet what becomes of it.
///
/// # Errors
/// As [`lock_try`].
pub async fn open_try(tx: &mut Tx, purchase: PurchaseId) -> Result<Option<StoredTry>, DbError> {
    let found = select_tries!("where purchase_id = $1 and state = 'open'", purchase.0);
    Ok(found.fetch_optional(&mut **tx).await?)
}

/// All such tries about which Stripe was not asked since an instant, the longest unasked first.
///
/// # Errors
/// When the database fails.
pub async fn open_tries(tx: &mut Tx, asked_before: DateTime<Utc>, at_most: i64) -> Result<Vec<CardTryId>, DbError> {
    let query = sqlx::query_scalar!(
        r#"select id as "id: CardTryId" from card_try
           where state = 'open' and (asked_at is null or asked_at < $1) order by asked_at nulls first limit $2"#,
        asked_before,
        at_most
    );
    Ok(query.fetch_all(&mut **tx).await?)
}

/// Notes that Stripe is asked about a try now.
///
/// # Errors
/// When the database fails.
pub async fn note_asked(tx: &mut Tx, id: CardTryId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update card_try set asked_at = $2 where id = $1", id.0, now).execute(&mut **tx).await?;
    Ok(())
}

/// Calls off the try of a purchase about which Stripe was never asked; tells whether no try is open now.
///
/// # Errors
/// When the database fails.
pub async fn void_unasked(tx: &mut Tx, purchase: PurchaseId) -> Result<bool, DbError> {
    sqlx::query!(
        "update card_try set state = 'void' where purchase_id = $1 and state = 'open' and asked_at is null",
        purchase.0
    )
    .execute(&mut **tx)
    .await?;
    let query = sqlx::query_scalar!(
        r#"select not exists (select from card_try where purchase_id = $1 and state = 'open') as "none_is!""#,
        purchase.0
    );
    Ok(query.fetch_one(&mut **tx).await?)
}

/// Notes the page of a try.
///
/// # Errors
/// When the database fails.
pub async fn note_page(tx: &mut Tx, id: CardTryId, session: &str, url: &str) -> Result<(), DbError> {
    sqlx::query!("update card_try set session = $2, url = $3 where id = $1 and session is null", id.0, session, url)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes what became of a try; tells whether that was news. What was paid is paid, whatever was believed before.
///
/// # Errors
/// When the database fails.
pub async fn decide(tx: &mut Tx, id: CardTryId, state: CardTryState) -> Result<bool, DbError> {
    let decided = sqlx::query!(
        "update card_try set state = $2 where id = $1 and (state = 'open' or $2 = 'paid' and state <> 'paid')",
        id.0,
        state.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(decided.rows_affected() == 1)
}
