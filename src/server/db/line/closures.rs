//! Days on which the line is closed.

use chrono::NaiveDate;

use crate::{
    model::base::calendar::Closure,
    server::db::{DbError, Tx},
};

/// Closures from a day on, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn from(tx: &mut Tx, first: NaiveDate) -> Result<Vec<Closure>, DbError> {
    let query = sqlx::query_as!(Closure, "select date, reason from closure where date >= $1 order by date", first);
    Ok(query.fetch_all(&mut **tx).await?)
}

/// Closes the line on a day; where it is closed already, for this reason from now on.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, closure: &Closure) -> Result<(), DbError> {
    sqlx::query!(
        "insert into closure (date, reason) values ($1, $2) on conflict (date) do update set reason = $2",
        closure.date,
        closure.reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Opens the line on a day after all.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, date: NaiveDate) -> Result<(), DbError> {
    sqlx::query!("delete from closure where date = $1", date).execute(&mut **tx).await?;
    Ok(())
}
