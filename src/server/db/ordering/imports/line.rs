//! Rows of regions and response tiers.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    model::ordering::imports::ImportKind,
    server::db::{DbError, Tx},
};

/// The rows of some keys as they are kept, with what they say at an instant.
pub(super) async fn stored(
    tx: &mut Tx,
    kind: ImportKind,
    keys: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal) => {
            sqlx::query_scalar!($query, keys, now).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Regions => of!(
            r#"select jsonb_build_object('name', name, 'phone', phone, 'postal_prefixes', postal_prefixes) as "row!"
               from line_regions_at($2, $2) where name = any ($1) order by position"#
        ),
        _ => of!(r#"select jsonb_build_object('key', code, 'name', name, 'name_en', nullif(name_en, ''),
                          'urgent_target', urgent_target_minutes, 'normal_lead', normal_lead_minutes,
                          'active', active) as "row!"
               from response_tiers_at($2, $2) where code = any ($1) order by code collate "C""#),
    })
}

/// Adds rows that are not known, behind those that are.
pub(super) async fn insert(tx: &mut Tx, kind: ImportKind, rows: &Value) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query, rows).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Regions => run!(
            "insert into line_region (name, phone, postal_prefixes, position)
             select r.name, r.phone, r.postal_prefixes, (select coalesce(max(position), 0) from line_region) + r.place
             from rows from (jsonb_to_recordset($1::jsonb) as (name text, phone text, postal_prefixes text[]))
                 with ordinality as r(name, phone, postal_prefixes, place)"
        ),
        _ => run!(
            "insert into response_tier (code, name, name_en, urgent_target_minutes, normal_lead_minutes, active, position)
             select r.key, r.name, coalesce(r.name_en, ''), r.urgent_target, r.normal_lead, r.active,
                 (select coalesce(max(position), 0) from response_tier) + r.place
             from rows from (jsonb_to_recordset($1::jsonb) as (key text, name text, name_en text, urgent_target integer,
                     normal_lead integer, active boolean))
                 with ordinality as r(key, name, name_en, urgent_target, normal_lead, active, place)"
        ),
    };
    Ok(())
}

/// Writes what rows say in place of what was known: names at once, and what the catalogue promises from `now` on.
pub(super) async fn update(tx: &mut Tx, kind: ImportKind, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    macro_rules! run {
        ($query:literal) => {
            sqlx::query!($query, rows, now).execute(&mut **tx).await?
        };
    }
    match kind {
        ImportKind::Regions => run!(
            "with said as (
                 select * from jsonb_to_recordset($1::jsonb) as r(name text, phone text, postal_prefixes text[])),
             placed as (
                 update line_region t set postal_prefixes = r.postal_prefixes from said r where t.name = r.name)
             insert into catalogue_change (id, region_id, phone, valid_from, made_at)
             select gen_random_uuid(), t.id, r.phone, $2, $2
             from said r join line_regions_at($2, $2) t on t.name = r.name where t.phone <> r.phone"
        ),
        _ => run!(
            "with said as (
                 select * from jsonb_to_recordset($1::jsonb) as r(key text, name text, name_en text, urgent_target integer,
                     normal_lead integer, active boolean)),
             named as (
                 update response_tier t set name = r.name, name_en = coalesce(r.name_en, '')
                 from said r where t.code = r.key)
             insert into catalogue_change (id, tier, urgent_target_minutes, normal_lead_minutes, active, valid_from, made_at)
             select gen_random_uuid(), t.code, nullif(r.urgent_target, t.urgent_target_minutes),
                    nullif(r.normal_lead, t.normal_lead_minutes), case when r.active <> t.active then r.active end, $2, $2
             from said r join response_tiers_at($2, $2) t on t.code = r.key
             where (t.urgent_target_minutes, t.normal_lead_minutes, t.active) <> (r.urgent_target, r.normal_lead, r.active)"
        ),
    };
    Ok(())
}
