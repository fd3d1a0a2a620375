//! What customers have agreed to have bought when few minutes are free, and what was.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            ids::{BundleId, CustomerId, MemberId, PurchaseId},
            money::Money,
        },
        money::top_ups::{CONSENT, TopUp, TopUpState},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

struct TopUpRow {
    bundle: BundleId,
    total: Money,
    below: u32,
    most: u32,
    state: TopUpState,
    agreed_at: DateTime<Utc>,
    member: MemberId,
}

impl From<TopUpRow> for (TopUp, MemberId) {
    fn from(row: TopUpRow) -> Self {
        let TopUpRow { bundle, total, below, most, state, agreed_at, member } = row;
        (TopUp { bundle, total, below, most, state, agreed_at }, member)
    }
}

/// What a customer has agreed to, and who did.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, customer: CustomerId) -> Result<Option<(TopUp, MemberId)>, DbError> {
    let query = sqlx::query_as!(
        TopUpRow,
        r#"select bundle_id as "bundle: BundleId", total as "total: Money", below_minutes as "below: Natural",
                  most_per_month as "most: Natural", state as "state: TopUpState", agreed_at, member_id as "member: MemberId"
           from top_up where customer_id = $1"#,
        customer.0
    );
    Ok(query.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Keeps what a customer has agreed to.
///
/// # Errors
/// When the database fails.
pub async fn agree(tx: &mut Tx, (customer, member): (CustomerId, MemberId), top_up: &TopUp) -> Result<(), DbError> {
    sqlx::query!(
        "insert into top_up (customer_id, member_id, agreed_at, consent, bundle_id, total, below_minutes, most_per_month, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (customer_id) do update
         set member_id = excluded.member_id, agreed_at = excluded.agreed_at, consent = excluded.consent,
             bundle_id = excluded.bundle_id, total = excluded.total, below_minutes = excluded.below_minutes,
             most_per_month = excluded.most_per_month, state = excluded.state",
        customer.0,
        member.0,
        top_up.agreed_at,
        integer(CONSENT)?,
        top_up.bundle.0,
        top_up.total.haler(),
        integer(top_up.below)?,
        integer(top_up.most)?,
        top_up.state.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Buys nothing by itself any more; tells whether it did.
///
/// # Errors
/// When the database fails.
pub async fn switch_off(tx: &mut Tx, customer: CustomerId, state: TopUpState) -> Result<bool, DbError> {
    let done =
        sqlx::query!("update top_up set state = $2 where customer_id = $1 and state = 'on'", customer.0, state.code())
            .execute(&mut **tx)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Customers for whom minutes are bought by themselves.
///
/// * `after` – the last one that was looked at
///
/// # Errors
/// When the database fails.
pub async fn switched_on(tx: &mut Tx, after: Option<CustomerId>, at_most: i64) -> Result<Vec<CustomerId>, DbError> {
    let query = sqlx::query_scalar!(
        r#"select customer_id as "id: CustomerId" from top_up
           where state = 'on' and ($1::bigint is null or customer_id > $1) order by customer_id limit $2"#,
        after.map(|after| after.0),
        at_most
    );
    Ok(query.fetch_all(&mut **tx).await?)
}

/// How often minutes were bought in a month, and whether any of it waits for its payment still.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn bought(tx: &mut Tx, customer: CustomerId, month: NaiveDate) -> Result<(u32, bool), DbError> {
    struct Row {
        bought: u32,
        waits: bool,
    }
    let row = sqlx::query_as!(
        Row,
        r#"select count(*) filter (where t.month = $2) as "bought!: Natural",
                  coalesce(bool_or(p.paid_at is null and p.closed_as is null), false) as "waits!"
           from top_up_purchase t join purchase p on p.id = t.purchase_id where t.customer_id = $1"#,
        customer.0,
        month
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.bought, row.waits))
}

/// Writes down what is bought, as the so manieth of its month.
///
/// # Errors
/// When the database fails, and beyond what was agreed.
pub async fn insert(
    tx: &mut Tx,
    customer: CustomerId,
    month: NaiveDate,
    (place, most): (u32, u32),
    purchase: PurchaseId,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into top_up_purchase (customer_id, month, place, most, purchase_id) values ($1, $2, $3, $4, $5)",
        customer.0,
        month,
        integer(place)?,
        integer(most)?,
        purchase.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a purchase was made by a top-up.
///
/// # Errors
/// When the database fails.
pub async fn made(tx: &mut Tx, purchase: PurchaseId) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from top_up_purchase where purchase_id = $1) as "is_one!""#,
        purchase.0
    );
    Ok(query.fetch_one(&mut **tx).await?)
}

/// Whether a purchase was made by a top-up that is not switched on any more.
///
/// # Errors
/// When the database fails.
pub async fn is_switched_off(tx: &mut Tx, purchase: PurchaseId) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from top_up_purchase t left join top_up u on u.customer_id = t.customer_id
                          where t.purchase_id = $1 and u.state is distinct from 'on') as "is_off!""#,
        purchase.0
    );
    Ok(query.fetch_one(&mut **tx).await?)
}
