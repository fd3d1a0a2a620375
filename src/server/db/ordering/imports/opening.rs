//! Rows of what a vendor goes on from: numbers, prices, and minutes that are sold in advance.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::{
    model::{base::ids::StaffId, ordering::imports::ImportKind},
    server::db::{DbError, Tx},
};

/// Gives the keys of bundles to those that are sold so already.
pub(super) async fn adopt_bundles(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        r#"update bundle t set external_key = r.key
           from jsonb_to_recordset($1::jsonb) as r(key text, minutes integer, price bigint, validity_months integer, comes text,
               "from" date)
           where t.external_key is null and lower(t.on_sale) = r."from"
             and (t.minutes, t.price, t.validity_months, t.comes) = (r.minutes, r.price, r.validity_months, r.comes)
             and t.id = (select min(b.id) from bundle b
                         where b.external_key is null and lower(b.on_sale) = r."from"
                           and (b.minutes, b.price, b.validity_months, b.comes)
                               = (r.minutes, r.price, r.validity_months, r.comes))
             and not exists (select from bundle b where b.external_key = r.key)"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Which of some rows are settled: prices whose day has come, bundles that were sold so.
pub(super) async fn settled(
    tx: &mut Tx,
    kind: ImportKind,
    keys: &[String],
    today: NaiveDate,
) -> Result<Vec<String>, DbError> {
    Ok(match kind {
        ImportKind::Prices => {
            sqlx::query_scalar!(r#"select k as "key!" from unnest($1::text[]) k where k::date < $2"#, keys, today)
                .fetch_all(&mut **tx)
                .await?
        }
        ImportKind::Bundles => {
            sqlx::query_scalar!(
                r#"select external_key || chr(10) || lower(on_sale) as "key!" from bundle b
                   where external_key || chr(10) || lower(on_sale) = any ($1)
                     and (lower(on_sale) <= $2 or exists (select from purchase p where p.bundle_id = b.id))"#,
                keys,
                today
            )
            .fetch_all(&mut **tx)
            .await?
        }
        _ => Vec::new(),
    })
}

/// The rows of some keys as they are kept: of a series, where it was let go on,
/// whatever was taken since; of a day, the prices that hold then as far as is known; none while no price is set.
pub(super) async fn stored(
    tx: &mut Tx,
    kind: ImportKind,
    keys: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<Value>, DbError> {
    macro_rules! of {
        ($query:literal $(, $more:expr)*) => {
            sqlx::query_scalar!($query, keys $(, $more)*).fetch_all(&mut **tx).await?
        };
    }
    Ok(match kind {
        ImportKind::Series => {
            of!(r#"select jsonb_build_object('series', n.series, 'year', n.year, 'next', coalesce(
                          (select s.first from request_number_start s where n.series = 'requests' and s.year = n.year),
                          (select p.begins_with from purchase_number p where n.series = 'purchases' and p.year = n.year),
                          (select d.begins_with from document_series d where d.kind = n.series and d.year = n.year),
                          n.next)) as "row!"
               from number_series n where n.series || chr(10) || n.year = any ($1) order by n.year, n.series collate "C""#)
        }
        ImportKind::Prices => of!(
            r#"select jsonb_build_object('from', k, 'rate', s.list_rate_per_minute,
                          'minimum_with_contract', s.minimum_with_contract, 'minimum_one_off', s.minimum_one_off) as "row!"
               from unnest($1::text[]) k
               cross join line_settings_at(greatest(k::date::timestamp at time zone 'Europe/Prague', $2), $2) s
               where s.list_rate_per_minute > 0 order by k"#,
            now
        ),
        ImportKind::Bundles => {
            of!(r#"select jsonb_build_object('key', b.external_key, 'minutes', b.minutes, 'price', b.price,
                          'validity_months', b.validity_months, 'comes', b.comes, 'from', lower(b.on_sale),
                          'until', case when not exists (
                              select from bundle n
                              where n.external_key = b.external_key and lower(n.on_sale) = upper(b.on_sale))
                              then upper(b.on_sale) - 1 end) as "row!"
               from bundle b where b.external_key || chr(10) || lower(b.on_sale) = any ($1)
               order by b.position, lower(b.on_sale)"#)
        }
        _ => Vec::new(),
    })
}

/// Adds rows that are not known, and writes those that differ where that is the same.
///
/// * `by` – nobody when the command does it
pub(super) async fn insert(
    tx: &mut Tx,
    kind: ImportKind,
    rows: &Value,
    by: Option<StaffId>,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    match kind {
        ImportKind::Series => set_series(tx, rows).await,
        ImportKind::Prices => set_prices(tx, rows, by, now).await,
        _ => sell(tx, rows, now).await,
    }
}

/// Writes what rows say in place of what was known.
pub(super) async fn update(
    tx: &mut Tx,
    kind: ImportKind,
    rows: &Value,
    by: Option<StaffId>,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    match kind {
        ImportKind::Series => set_series(tx, rows).await,
        ImportKind::Prices => set_prices(tx, rows, by, now).await,
        _ => {
            sqlx::query!(
                r#"update bundle t
                   set minutes = r.minutes, price = r.price, validity_months = r.validity_months, comes = r.comes,
                       on_sale = daterange(r."from", coalesce(r.until + 1, (
                           select min(lower(n.on_sale)) from bundle n
                           where n.external_key = r.key and lower(n.on_sale) > r."from")))
                   from jsonb_to_recordset($1::jsonb) as r(key text, minutes integer, price bigint, validity_months integer,
                       comes text, "from" date, until date)
                   where t.external_key = r.key and lower(t.on_sale) = r."from""#,
                rows
            )
            .execute(&mut **tx)
            .await?;
            Ok(())
        }
    }
}

/// Lets series go on at numbers. Breaks `series_has_begun`, `requests_go_on` or `purchases_go_on` where one is taken.
async fn set_series(tx: &mut Tx, rows: &Value) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_number_start (year, first)
         select r.year, r.next from jsonb_to_recordset($1::jsonb) as r(series text, year integer, next integer)
         where r.series = 'requests'
         on conflict (year) do update set first = excluded.first",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into purchase_number (year, last, begins_with)
         select r.year, r.next - 1, r.next from jsonb_to_recordset($1::jsonb) as r(series text, year integer, next integer)
         where r.series = 'purchases'
         on conflict (year) do update set last = excluded.last, begins_with = excluded.begins_with",
        rows
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into document_series (kind, year, last, begins_with)
         select r.series, r.year, r.next - 1, r.next from jsonb_to_recordset($1::jsonb) as r(series text, year integer, next integer)
         where r.series not in ('requests', 'purchases')
         on conflict (kind, year) do update set last = excluded.last, begins_with = excluded.begins_with",
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets prices hold from a day to come on, or from now on.
async fn set_prices(tx: &mut Tx, rows: &Value, by: Option<StaffId>, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        r#"insert into line_setting_change (id, valid_from, made_at, made_by, list_rate_per_minute, minimum_with_contract,
               minimum_one_off)
           select gen_random_uuid(), greatest(r."from"::timestamp at time zone 'Europe/Prague', $2), $2, $3, r.rate,
               r.minimum_with_contract, r.minimum_one_off
           from jsonb_to_recordset($1::jsonb) as r("from" date, rate bigint, minimum_with_contract integer,
               minimum_one_off integer)"#,
        rows,
        now,
        by.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sells bundles from a day on, each in the place of the one that has its key and ends then, or behind all others. One that was
/// bought ends on no day that has passed.
async fn sell(tx: &mut Tx, rows: &Value, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        r#"update bundle b set on_sale = daterange(lower(b.on_sale), r."from")
           from (select key, min("from") as "from"
                 from jsonb_to_recordset($1::jsonb) as r(key text, "from" date) group by key) r
           where b.external_key = r.key and upper_inf(b.on_sale) and lower(b.on_sale) < r."from"
             and (r."from" >= ($2::timestamptz at time zone 'Europe/Prague')::date
                  or not exists (select from purchase p where p.bundle_id = b.id))"#,
        rows,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"insert into bundle (external_key, minutes, price, validity_months, comes, on_sale, position)
           select r.key, r.minutes, r.price, r.validity_months, r.comes, daterange(r."from", r.ends),
               coalesce((select min(b.position) from bundle b where b.external_key = r.key),
                        (select coalesce(max(position), 0) from bundle) + dense_rank() over (order by r.place_of_key))
           from (select r.*, min(r.place) over (partition by r.key) as place_of_key,
                        coalesce(r.until + 1, lead(r."from") over (partition by r.key order by r."from")) as ends
                 from rows from (jsonb_to_recordset($1::jsonb) as (key text, minutes integer, price bigint,
                     validity_months integer, comes text, "from" date, until date))
                     with ordinality as r(key, minutes, price, validity_months, comes, "from", until, place)) r"#,
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
