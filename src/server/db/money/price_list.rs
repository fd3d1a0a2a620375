//! Bundles as managers keep them.

use chrono::NaiveDate;

use crate::{
    model::{
        base::{ids::BundleId, money::Money},
        money::{
            bundles::Bundle,
            price_list::{BundleTerms, KeptBundle},
            subscriptions::Recurrence,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// All bundles in the order of the shop, of one place the earliest first; or the one that is asked for.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn all(tx: &mut Tx, only: Option<BundleId>) -> Result<Vec<KeptBundle>, DbError> {
    let rows = sqlx::query!(
        r#"select b.id as "id: BundleId", b.minutes as "minutes: Natural", b.price as "price: Money",
                  b.validity_months as "validity_months: Natural", b.comes as "comes: Recurrence", lower(b.on_sale) as "from!",
                  upper(b.on_sale) - 1 as until, b.position as "place: Natural",
                  (select count(*) from purchase p where p.bundle_id = b.id)::int as "purchases!: Natural"
           from bundle b where $1::bigint is null or b.id = $1
           order by b.position, b.on_sale"#,
        only.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().map(|row| KeptBundle {
        bundle: Bundle {
            id: row.id,
            minutes: row.minutes.into(),
            price: row.price,
            validity_months: row.validity_months.into(),
        },
        comes: row.comes,
        from: row.from,
        until: row.until,
        place: row.place.into(),
        purchases: row.purchases.into(),
    });
    Ok(kept.collect())
}

/// Locks what is sold in the shop, so that two changes of it come one after the other.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("select id from bundle order by id for update").fetch_all(&mut **tx).await?;
    Ok(())
}

/// Sells a bundle from a day on, in a place of the shop or behind all others.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, terms: &BundleTerms, place: Option<u32>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into bundle (minutes, price, validity_months, comes, on_sale, position, external_key)
         select $1, $2, $3, $6, daterange($4, null), coalesce($5, (select coalesce(max(position), 0) + 1 from bundle)),
             (select max(external_key) from bundle where position = $5)",
        integer(terms.minutes)?,
        terms.price.haler(),
        integer(terms.validity_months)?,
        terms.from,
        place.map(integer).transpose()?,
        terms.comes.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sells a bundle until before a day.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, id: BundleId, before: NaiveDate) -> Result<(), DbError> {
    sqlx::query!("update bundle set on_sale = daterange(lower(on_sale), $2) where id = $1", id.0, before)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Exchanges two places of the shop.
///
/// # Errors
/// When the database fails.
pub async fn exchange(tx: &mut Tx, one: u32, other: u32) -> Result<(), DbError> {
    sqlx::query!(
        "update bundle set position = case position when $1 then $2 else $1 end where position in ($1, $2)",
        integer(one)?,
        integer(other)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
