//! Response tiers as managers keep them.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::bilingual::Bilingual,
        line::tiers::{KeptTier, ResponseTier},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// All tiers as they are now, in their order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn all(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<KeptTier>, DbError> {
    let rows = sqlx::query!(
        r#"select t.code as "code!", array[t.name, t.name_en] as "name!: Bilingual",
                  t.urgent_target_minutes as "urgent_target_minutes!: Natural",
                  t.normal_lead_minutes as "normal_lead_minutes!: Natural", t.active as "active!",
                  (select count(*) from contract c
                   where c.tier = t.code
                      or exists (select from contract_amendment a where a.contract_id = c.id and a.tier = t.code))::int
                      as "contracts!: Natural"
           from response_tiers_at($1, $1) t order by t.position"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().map(|row| KeptTier {
        tier: ResponseTier {
            code: row.code,
            name: row.name,
            urgent_target_minutes: row.urgent_target_minutes.into(),
            normal_lead_minutes: row.normal_lead_minutes.into(),
        },
        active: row.active,
        contracts: row.contracts.into(),
    });
    Ok(kept.collect())
}

/// Adds a tier behind the others.
///
/// # Errors
/// When the database fails, or there is one with the code (`tier_code_is_one_only`) or the name (`tier_name_is_one_only`).
pub async fn insert(tx: &mut Tx, tier: &ResponseTier) -> Result<(), DbError> {
    sqlx::query!(
        "insert into response_tier (code, name, name_en, urgent_target_minutes, normal_lead_minutes, position)
         select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1 from response_tier",
        tier.code,
        tier.name.cs,
        tier.name.en,
        integer(tier.urgent_target_minutes)?,
        integer(tier.normal_lead_minutes)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what a tier is called; false if there is none such.
///
/// # Errors
/// When the database fails, or another tier has the name (`tier_name_is_one_only`).
pub async fn rename(tx: &mut Tx, code: &str, name: &Bilingual) -> Result<bool, DbError> {
    let done = sqlx::query!("update response_tier set name = $2, name_en = $3 where code = $1", code, name.cs, name.en)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Exchanges a tier with the one before it; the first stays where it is.
///
/// # Errors
/// When the database fails.
pub async fn move_up(tx: &mut Tx, code: &str) -> Result<(), DbError> {
    sqlx::query!(
        "with it as (select position from response_tier where code = $1),
              before as (select max(t.position) as position from response_tier t, it where t.position < it.position)
         update response_tier t
         set position = case when t.position = it.position then before.position else it.position end
         from it, before where before.position is not null and t.position in (it.position, before.position)",
        code
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
