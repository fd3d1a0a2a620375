//! What is stored of what a vendor sets.

use chrono::{DateTime, Utc};

use crate::{
    model::{base::calendar::to_local, line::setup::StoredFacts},
    server::db::{DbError, Tx, codec::Natural},
};

/// What is there now, in one look.
///
/// # Errors
/// When the database fails.
pub async fn facts(tx: &mut Tx, now: DateTime<Utc>) -> Result<StoredFacts, DbError> {
    let today = to_local(now).date();
    Ok(sqlx::query_as!(
        StoredFacts,
        r#"with technician as (select id from staff where active and 'technician' = any (roles))
           select exists (select from supplier where confirmed_at is not null) as "is_supplier_confirmed!",
                  exists (select from vat_rate where valid_from <= $1) as "has_vat!",
                  exists (select from document_series) as "has_series!",
                  (line_settings_at($2, $2)).list_rate_per_minute > 0 as "has_price!",
                  (select count(*) from bundle where on_sale @> $1 and comes = 'once') as "bundles!: Natural",
                  (select count(*) from line_region) as "regions!: Natural",
                  (select count(*) from closure where date >= $1) as "closures!: Natural",
                  (select count(*) from response_tiers_at($2, $2) where active) as "tiers!: Natural",
                  (select count(*) from program where active) as "programs!: Natural",
                  (select count(*) from work_types_at($2, $2) where active) as "work_types!: Natural",
                  (select count(*) from work_types_at($2, $2) w
                   where w.active
                     and not exists (select from technician_skill s join technician t on t.id = s.technician_id
                                       where s.skill = w.skill)) as "work_types_for_nobody!: Natural",
                  (select count(*) from technician) as "technicians!: Natural",
                  (select count(*) from technician t
                   where not exists (select from working_plan p
                                     where p.technician_id = t.id and (upper(p.valid) is null or upper(p.valid) > $1)))
                      as "technicians_without_plan!: Natural",
                  exists (select from site_notice where ends_at > $2) as "has_notice!",
                  exists (select from public_text where text_cs <> '') as "has_public_text!",
                  (select is_on from embed_setting) as "is_embedded!""#,
        today,
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}
