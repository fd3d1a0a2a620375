//! Who sells: one row at most, which managers write.

use chrono::{DateTime, Utc};

use crate::{
    model::money::tax_documents::{Party, Supplier},
    server::db::{DbError, Tx},
};

/// Who sells, and when that was last confirmed; none before anybody has written it.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx) -> Result<Option<(Supplier, Option<DateTime<Utc>>)>, DbError> {
    let row = sqlx::query!("select * from supplier").fetch_optional(&mut **tx).await?;
    Ok(row.map(|row| {
        let supplier = Supplier {
            party: Party {
                name: row.name,
                street: row.street,
                city: row.city,
                postal_code: row.postal_code,
                ico: row.ico,
                dic: row.dic,
            },
            register: row.register,
            email: row.email,
            bank: row.bank,
            account: row.account,
            iban: row.iban,
            bic: row.bic,
        };
        (supplier, row.confirmed_at)
    }))
}

/// Whether somebody has confirmed who sells.
///
/// # Errors
/// When the database fails.
pub async fn is_confirmed(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select from supplier where confirmed_at is not null) as "is!""#)
        .fetch_one(&mut **tx)
        .await?)
}

/// Writes who sells. What was confirmed before stays confirmed.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, supplier: &Supplier, confirmed_at: Option<DateTime<Utc>>) -> Result<(), DbError> {
    let Supplier { party, register, email, bank, account, iban, bic } = supplier;
    sqlx::query!(
        "insert into supplier (name, street, city, postal_code, ico, dic, register, email, bank, account, iban, bic, confirmed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (only_row) do update set
             name = $1, street = $2, city = $3, postal_code = $4, ico = $5, dic = $6, register = $7, email = $8, bank = $9,
             account = $10, iban = $11, bic = $12, confirmed_at = coalesce($13, supplier.confirmed_at)",
        party.name,
        party.street,
        party.city,
        party.postal_code,
        party.ico,
        party.dic,
        register,
        email,
        bank,
        account,
        iban,
        bic,
        confirmed_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
