//! Customers as documents call them, and on which terms they pay.

use crate::model::{
    base::ids::CustomerId,
    people::customers::{Address, Billing},
};
use crate::server::db::{DbError, Tx};

/// What a customer's documents and payments go by; none if there is no such customer.
///
/// # Errors
/// When the database fails.
pub async fn billing(tx: &mut Tx, customer: CustomerId) -> Result<Option<Billing>, DbError> {
    let row = sqlx::query!("select street, city, postal_code, dic, trusted from customer where id = $1", customer.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(|row| Billing {
        address: Address { street: row.street, city: row.city, postal_code: row.postal_code, dic: row.dic },
        trusted: row.trusted,
    }))
}

/// Writes a customer's address; tells whether there is such a customer. Documents that were issued stay as they are.
///
/// # Errors
/// When the database fails.
pub async fn save_address(tx: &mut Tx, customer: CustomerId, address: &Address) -> Result<bool, DbError> {
    let saved = sqlx::query!(
        "update customer set street = $2, city = $3, postal_code = $4, dic = $5 where id = $1",
        customer.0,
        address.street,
        address.city,
        address.postal_code,
        address.dic
    )
    .execute(&mut **tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Writes whether a customer's transfers have their minutes credited at once; tells whether there is such a customer. Orders
/// that were placed stay as they are.
///
/// # Errors
/// When the database fails.
pub async fn set_trusted(tx: &mut Tx, customer: CustomerId, trusted: bool) -> Result<bool, DbError> {
    let saved =
        sqlx::query!("update customer set trusted = $2 where id = $1", customer.0, trusted).execute(&mut **tx).await?;
    Ok(saved.rows_affected() == 1)
}
