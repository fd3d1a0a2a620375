//! Regions of the line as managers keep them.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::ids::RegionId,
        line::regions::{KeptRegion, RegionTerms},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// All regions as they are now, in their order.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<KeptRegion>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id!: RegionId", name as "name!", phone as "phone!", postal_prefixes as "postal_prefixes!"
           from line_regions_at($1, $1) order by position"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().map(|row| KeptRegion {
        id: row.id,
        terms: RegionTerms { name: row.name, phone: row.phone, postal_prefixes: row.postal_prefixes },
    });
    Ok(kept.collect())
}

/// Locks all regions, so that of two who take one away the second sees what the first has left.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("select id from line_region order by id for update").fetch_all(&mut **tx).await?;
    Ok(())
}

/// Adds a region behind the others.
///
/// # Errors
/// When the database fails, or another region has the name (`region_name_is_one_only`) or postal codes that begin so
/// (`prefix_is_one_regions`).
pub async fn insert(tx: &mut Tx, terms: &RegionTerms) -> Result<(), DbError> {
    sqlx::query!(
        "insert into line_region (name, phone, postal_prefixes, position)
         select $1, $2, $3, coalesce(max(position), 0) + 1 from line_region",
        terms.name,
        terms.phone,
        &terms.postal_prefixes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what a region is called and whose it is; false if there is none such.
///
/// # Errors
/// As [`insert`].
pub async fn update(tx: &mut Tx, id: RegionId, terms: &RegionTerms) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update line_region set name = $2, postal_prefixes = $3 where id = $1",
        id.0,
        terms.name,
        &terms.postal_prefixes
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// For how many customers a region was chosen.
///
/// # Errors
/// When the database fails.
pub async fn customers(tx: &mut Tx, id: RegionId) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*)::int as "count!: Natural" from customer k join line_region r on r.name = k.region where r.id = $1"#,
        id.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// How many customers see a region's number.
///
/// # Errors
/// When the database fails.
pub async fn callers(tx: &mut Tx, id: RegionId) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*)::int as "count!: Natural"
           from customer k join line_region r on r.name = customer_region(k.id) where r.id = $1 and k.active"#,
        id.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Takes a region away.
///
/// # Errors
/// When the database fails, or a customer has it (`region_is_no_customers`).
pub async fn delete(tx: &mut Tx, id: RegionId) -> Result<(), DbError> {
    sqlx::query!("delete from line_region where id = $1", id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Exchanges a region with the one before it; the first stays where it is.
///
/// # Errors
/// When the database fails.
pub async fn move_up(tx: &mut Tx, id: RegionId) -> Result<(), DbError> {
    sqlx::query!(
        "with it as (select position from line_region where id = $1),
              before as (select max(r.position) as position from line_region r, it where r.position < it.position)
         update line_region r
         set position = case when r.position = it.position then before.position else it.position end
         from it, before where before.position is not null and r.position in (it.position, before.position)",
        id.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
