//! Days whose reserve for urgent work was given to everybody.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::base::ids::StaffId,
    server::db::{DbError, Tx},
};

/// Which days from one to another those are.
///
/// # Errors
/// When the database fails.
pub async fn released(tx: &mut Tx, first: NaiveDate, last: NaiveDate) -> Result<Vec<NaiveDate>, DbError> {
    let days = sqlx::query_scalar!("select date from reserve_release where date between $1 and $2", first, last);
    Ok(days.fetch_all(&mut **tx).await?)
}

/// Gives the reserve of a day to everybody; twice is once.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, date: NaiveDate, by: StaffId, at: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into reserve_release (date, released_at, staff_id) values ($1, $2, $3) on conflict (date) do nothing",
        date,
        at,
        by.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
