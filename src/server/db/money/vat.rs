//! Rates of VAT. What is read of them comes with the settings of the line.

use chrono::NaiveDate;

use crate::{
    model::base::money::VatRate,
    server::db::{DbError, Tx, codec::percent},
};

/// Writes the rate that holds from a day on.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, valid_from: NaiveDate, rate: VatRate) -> Result<(), DbError> {
    sqlx::query!(
        "insert into vat_rate (valid_from, percent) values ($1, $2) on conflict (valid_from) do update set percent = $2",
        valid_from,
        percent(rate)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a rate back that has not begun by `today`.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, valid_from: NaiveDate, today: NaiveDate) -> Result<(), DbError> {
    sqlx::query!("delete from vat_rate where valid_from = $1 and valid_from > $2", valid_from, today)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
