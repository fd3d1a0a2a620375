//! Two customers that are one: what of the first goes on at the second.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            ids::{CustomerId, StaffId},
            numbers::RequestNumber,
        },
        people::mergers::MergeEnds,
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// The first request of a customer on which work is open: it is finished before the customer is merged.
///
/// # Errors
/// When the database fails.
pub async fn work_under_way(tx: &mut Tx, customer: CustomerId) -> Result<Option<RequestNumber>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select min(r.number) as "number: RequestNumber" from service_request r
           where r.customer_id = $1
             and (r.state = 'in_progress'
                  or exists (select from intervention i where i.request_id = r.id and i.state = 'open'))"#,
        customer.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whether two customers have contracts that are in force on the same day, today or later.
///
/// # Errors
/// When the database fails.
pub async fn contracts_collide(
    tx: &mut Tx,
    from: CustomerId,
    into: CustomerId,
    today: NaiveDate,
) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select contracts_collide($1, $2, $3) as "collide!""#, from.0, into.0, today)
        .fetch_one(&mut **tx)
        .await?)
}

/// What of a customer ends when they are merged.
///
/// # Errors
/// When the database fails.
pub async fn ends(tx: &mut Tx, from: CustomerId) -> Result<MergeEnds, DbError> {
    Ok(sqlx::query_as!(
        MergeEnds,
        r#"select subscription as "subscription!", top_up as "top_up!", card as "card!" from ends_when_merged($1)"#,
        from.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// How many requests of a customer are open.
///
/// # Errors
/// When the database fails.
pub async fn open_requests(tx: &mut Tx, customer: CustomerId) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request
           where customer_id = $1 and state in ('waiting', 'scheduled', 'in_progress')"#,
        customer.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Merges a customer into another one: people, what is open, contracts and the minutes that are left go on there.
///
/// * `goes_on` – where both have a contract in force: whose goes on
///
/// # Errors
/// When the database fails; `customers_are_merged`, `merged_into_a_customer`, `nothing_is_left_behind`, `one_contract_goes_on`,
/// `customer_is_not_blocked`.
pub async fn merge(
    tx: &mut Tx,
    (from, into): (CustomerId, CustomerId),
    goes_on: Option<CustomerId>,
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let goes_on = goes_on.map(|customer| customer.0);
    sqlx::query!("select merge_customer($1, $2, $3, $4, $5)", from.0, into.0, goes_on, by.0, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The customer into which one was merged, if it was.
///
/// # Errors
/// When the database fails.
pub async fn merged_into(tx: &mut Tx, customer: CustomerId) -> Result<Option<CustomerId>, DbError> {
    let into =
        sqlx::query_scalar!(r#"select merged_into as "into: CustomerId" from customer where id = $1"#, customer.0);
    Ok(into.fetch_optional(&mut **tx).await?.flatten())
}
