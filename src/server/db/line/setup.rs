//! What is stored of what a vendor sets.

use chrono::NaiveDate;

use crate::{
    model::line::setup::StoredFacts,
    server::db::{DbError, Tx, codec::Natural},
};

/// What is there, as of a day, in one look.
///
/// # Errors
/// When the database fails.
pub async fn facts(tx: &mut Tx, today: NaiveDate) -> Result<StoredFacts, DbError> {
    Ok(sqlx::query_as!(
        StoredFacts,
        r#"with technician as (select id from staff where active and 'technician' = any (roles))
           select exists (select from supplier where confirmed_at is not null) as "is_supplier_confirmed!",
                  true as "has_vat!",
                  exists (select from document_series) as "has_series!",
                  exists (select from line_setting where list_rate_per_minute > 0) as "has_price!",
                  (select count(*) from bundle) as "bundles!: Natural",
                  (select count(*) from line_region) as "regions!: Natural",
                  (select count(*) from closure where date >= $1) as "closures!: Natural",
                  (select count(*) from response_tier) as "tiers!: Natural",
                  (select count(*) from program) as "programs!: Natural",
                  (select count(*) from work_type) as "work_types!: Natural",
                  (select count(*) from work_type w
                   where not exists (select from technician_skill s join technician t on t.id = s.technician_id
                                     where s.skill = w.skill)) as "work_types_for_nobody!: Natural",
                  (select count(*) from technician) as "technicians!: Natural",
                  (select count(*) from technician t
                   where not exists (select from working_plan p where p.technician_id = t.id))
                      as "technicians_without_plan!: Natural",
                  false as "has_notice!""#,
        today
    )
    .fetch_one(&mut **tx)
    .await?)
}
