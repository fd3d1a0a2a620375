//! Subscriptions, their plans and their periods.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            ids::{BundleId, CustomerId, MemberId, PurchaseId, SubscriptionId},
            money::Money,
        },
        money::{
            bundles::Bundle,
            purchases::{PaymentMethod, PurchaseNumber},
            subscriptions::{
                LastPeriod, PeriodPayment, Plan, Recurrence, Standing, SubscriptionState, SubscriptionWish,
            },
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// A subscription, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSubscription {
    /// Which.
    pub id: SubscriptionId,
    /// Whose.
    pub customer: CustomerId,
    /// Who made it.
    pub member: MemberId,
    /// What it is of now.
    pub bundle: BundleId,
    /// What it will be of from the next period on.
    pub next: Option<BundleId>,
    /// How its periods are paid.
    pub method: PaymentMethod,
    /// Where it is.
    pub standing: Standing,
    /// The purchase of its latest period.
    pub purchase: Option<PurchaseId>,
}

struct SubscriptionRow {
    id: SubscriptionId,
    customer: CustomerId,
    member: MemberId,
    bundle: BundleId,
    next: Option<BundleId>,
    method: PaymentMethod,
    state: SubscriptionState,
    wish: Option<SubscriptionWish>,
    anchor: NaiveDate,
    anchor_ordinal: u32,
    told_ordinal: Option<Natural>,
    told_on: Option<NaiveDate>,
    comes: Recurrence,
    ordinal: Option<Natural>,
    first_day: Option<NaiveDate>,
    until: Option<NaiveDate>,
    purchase: Option<PurchaseId>,
    number: Option<PurchaseNumber>,
    is_paid: bool,
    is_closed: bool,
    at_once: bool,
}

impl From<SubscriptionRow> for StoredSubscription {
    fn from(row: SubscriptionRow) -> Self {
        let payment = match (row.is_paid, row.is_closed, row.at_once) {
            (true, ..) => PeriodPayment::Paid,
            (false, true, _) => PeriodPayment::Lapsed,
            (false, false, true) => PeriodPayment::Owed,
            (false, false, false) => PeriodPayment::Awaited,
        };
        let last = match (row.ordinal, row.first_day, row.until, row.number) {
            (Some(ordinal), Some(first_day), Some(until), Some(purchase)) => {
                Some(LastPeriod { ordinal: ordinal.into(), first_day, until, purchase, payment })
            }
            _ => None,
        };
        Self {
            id: row.id,
            customer: row.customer,
            member: row.member,
            bundle: row.bundle,
            next: row.next,
            method: row.method,
            standing: Standing {
                state: row.state,
                wish: row.wish,
                anchor: row.anchor,
                anchor_ordinal: row.anchor_ordinal,
                months: row.comes.every_months().unwrap_or(1),
                last,
                by_card: row.method == PaymentMethod::Card,
                told: row.told_ordinal.map(Into::into).zip(row.told_on),
            },
            purchase: row.purchase,
        }
    }
}

/// Selects subscriptions with their latest periods; what follows the macro's text says which.
macro_rules! select_subscriptions {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            SubscriptionRow,
            r#"select s.id as "id: SubscriptionId", s.customer_id as "customer: CustomerId", s.member_id as "member: MemberId",
                      s.bundle_id as "bundle: BundleId", s.next_bundle_id as "next: BundleId",
                      s.method as "method: PaymentMethod",
                      s.state as "state: SubscriptionState", s.wish as "wish: SubscriptionWish", s.anchor,
                      s.anchor_ordinal as "anchor_ordinal: Natural", s.told_ordinal as "told_ordinal: Natural", s.told_on,
                      b.comes as "comes: Recurrence",
                      l.ordinal as "ordinal?: Natural", l.first_day as "first_day?", l.until as "until?",
                      l.purchase_id as "purchase?: PurchaseId", l.number as "number?: PurchaseNumber",
                      coalesce(l.is_paid, false) as "is_paid!", coalesce(l.is_closed, false) as "is_closed!",
                      coalesce(l.at_once, false) as "at_once!"
               from subscription s join bundle b on b.id = s.bundle_id
               left join lateral (
                   select t.ordinal, t.first_day, t.until, t.purchase_id, p.number, p.paid_at is not null as is_paid,
                          p.closed_as is not null as is_closed, p.at_once
                   from subscription_period t join purchase p on p.id = t.purchase_id
                   where t.subscription_id = s.id order by t.ordinal desc limit 1) l on true "# + $condition
            $(, $argument)*
        )
    };
}

/// A subscription by its identity, locked until the transaction ends: whoever changes one locks it before its purchases.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn lock(tx: &mut Tx, id: SubscriptionId) -> Result<Option<StoredSubscription>, DbError> {
    // Who waited for the lock reads what the one before has written.
    let locked = sqlx::query!("select id from subscription where id = $1 for no key update", id.0);
    if locked.fetch_optional(&mut **tx).await?.is_none() {
        return Ok(None);
    }
    Ok(select_subscriptions!("where s.id = $1", id.0).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// The latest subscription of a customer.
///
/// # Errors
/// As [`lock`].
pub async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Option<StoredSubscription>, DbError> {
    let found = select_subscriptions!("where s.customer_id = $1 order by s.made_at desc, s.id limit 1", customer.0);
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Subscriptions that go on by themselves whose latest period ends by a day, or that have none.
///
/// * `after` – the last one that was looked at
///
/// # Errors
/// As [`lock`].
pub async fn ending_by(
    tx: &mut Tx,
    day: NaiveDate,
    after: Option<SubscriptionId>,
    at_most: i64,
) -> Result<Vec<StoredSubscription>, DbError> {
    let found = select_subscriptions!(
        "where s.state = 'active' and ($2::uuid is null or s.id > $2)
           and (l.until is null or l.until <= $1 or l.is_closed) order by s.id limit $3",
        day,
        after.map(|after| after.0),
        at_most
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// Writes down a subscription.
///
/// # Errors
/// When the database fails, and by the constraint `one_subscription_at_a_time`.
pub async fn insert(
    tx: &mut Tx,
    (id, customer, member): (SubscriptionId, CustomerId, MemberId),
    plan: BundleId,
    method: PaymentMethod,
    anchor: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into subscription (id, customer_id, member_id, bundle_id, method, anchor, made_at)
         values ($1, $2, $3, $4, $7, $5, $6)",
        id.0,
        customer.0,
        member.0,
        plan.0,
        anchor,
        now,
        method.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps where a locked subscription is, and what it is of.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, stored: &StoredSubscription) -> Result<(), DbError> {
    let standing = stored.standing;
    sqlx::query!(
        "update subscription set bundle_id = $2, next_bundle_id = $3, state = $4, wish = $5, anchor = $6, anchor_ordinal = $7,
                                 told_ordinal = $8, told_on = $9, method = $10
         where id = $1",
        stored.id.0,
        stored.bundle.0,
        stored.next.map(|next| next.0),
        standing.state.code(),
        standing.wish.map(SubscriptionWish::code),
        standing.anchor,
        integer(standing.anchor_ordinal)?,
        standing.told.map(|(ordinal, _)| integer(ordinal)).transpose()?,
        standing.told.map(|(_, on)| on),
        stored.method.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The subscription of a customer is paid by card from now on, unless it is over.
///
/// # Errors
/// When the database fails.
pub async fn pay_by_card(tx: &mut Tx, customer: CustomerId) -> Result<(), DbError> {
    sqlx::query!("update subscription set method = 'card' where customer_id = $1 and state <> 'ended'", customer.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether a purchase is a period of a subscription that is paid by card.
///
/// # Errors
/// When the database fails.
pub async fn is_by_card(tx: &mut Tx, purchase: PurchaseId) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from subscription_period t join subscription s on s.id = t.subscription_id
                          where t.purchase_id = $1 and s.method = 'card') as "is_by_card!""#,
        purchase.0
    );
    Ok(query.fetch_one(&mut **tx).await?)
}

/// A period that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPeriod {
    /// The how manieth it is.
    pub ordinal: u32,
    /// Its first day, and the day after its last.
    pub days: (NaiveDate, NaiveDate),
    /// The day after the last on which its minutes can be drawn.
    pub usable_until: NaiveDate,
}

/// Writes down a period and the purchase of its minutes: once for each.
///
/// # Errors
/// When the database fails.
pub async fn insert_period(
    tx: &mut Tx,
    stored: &StoredSubscription,
    period: NewPeriod,
    purchase: PurchaseId,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into subscription_period (subscription_id, ordinal, customer_id, first_day, until, usable_until, purchase_id)
         values ($1, $2, $3, $4, $5, $6, $7)",
        stored.id.0,
        integer(period.ordinal)?,
        stored.customer.0,
        period.days.0,
        period.days.1,
        period.usable_until,
        purchase.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a period back whose purchase is closed and was never paid.
///
/// # Errors
/// When the database fails, and for a period that counts.
pub async fn delete_period(tx: &mut Tx, purchase: PurchaseId) -> Result<(), DbError> {
    sqlx::query!("delete from subscription_period where purchase_id = $1", purchase.0).execute(&mut **tx).await?;
    Ok(())
}

/// Until before which day the minutes of a purchase can be drawn if they are paid in time, where it is of a subscription.
///
/// # Errors
/// When the database fails.
pub async fn usable_until(tx: &mut Tx, purchase: PurchaseId) -> Result<Option<NaiveDate>, DbError> {
    Ok(sqlx::query_scalar!("select usable_until from subscription_period where purchase_id = $1", purchase.0)
        .fetch_optional(&mut **tx)
        .await?)
}

struct PlanRow {
    id: BundleId,
    minutes: u32,
    price: Money,
    validity_months: u32,
    comes: Recurrence,
}

impl From<PlanRow> for Plan {
    fn from(row: PlanRow) -> Self {
        let PlanRow { id, minutes, price, validity_months, comes } = row;
        Self { bundle: Bundle { id, minutes, price, validity_months }, comes }
    }
}

/// What can be subscribed to on a local date, in the order of the shop.
///
/// # Errors
/// As [`lock`].
pub async fn plans(tx: &mut Tx, on: NaiveDate) -> Result<Vec<Plan>, DbError> {
    let found = sqlx::query_as!(
        PlanRow,
        r#"select id as "id: BundleId", minutes as "minutes: Natural", price as "price: Money",
                  validity_months as "validity_months: Natural", comes as "comes: Recurrence"
           from bundle where on_sale @> $1::date and comes <> 'once' order by position"#,
        on
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// What a plan is on a local date: as it is sold then in its place of the shop, or, where it is sold no more, as it was.
///
/// # Errors
/// As [`lock`].
pub async fn plan_on(tx: &mut Tx, bundle: BundleId, on: NaiveDate) -> Result<Option<Plan>, DbError> {
    let found = sqlx::query_as!(
        PlanRow,
        r#"select n.id as "id: BundleId", n.minutes as "minutes: Natural", n.price as "price: Money",
                  n.validity_months as "validity_months: Natural", n.comes as "comes: Recurrence"
           from bundle o join bundle n on n.position = o.position and n.comes = o.comes
                                          and (n.on_sale @> $2::date or n.id = o.id)
           where o.id = $1 order by n.on_sale @> $2::date desc, n.id desc limit 1"#,
        bundle.0,
        on
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}
