//! Where the numbers of documents begin, and which come next.

use crate::{
    model::money::{
        series::{SeriesRow, SeriesStart},
        tax_documents::DocumentKind,
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// The series of some years, each with the number that comes next.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_years(tx: &mut Tx, years: &[i32]) -> Result<Vec<SeriesRow>, DbError> {
    Ok(sqlx::query_as!(
        SeriesRow,
        r#"select k.kind as "kind!: DocumentKind", y.year as "year!", coalesce(s.last, 0) + 1 as "next!: Natural",
                  document_number(k.kind, y.year, coalesce(s.last, 0) + 1) as "number!",
                  exists (select from tax_document d where d.kind = k.kind and d.year = y.year) as "has_begun!"
           from unnest($1::integer[]) y (year)
           cross join unnest(array['proforma', 'payment', 'invoice', 'credit_note']) with ordinality k (kind, place)
           left join document_series s on s.kind = k.kind and s.year = y.year
           order by y.year, k.place"#,
        years
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Lets a series begin at a number. Breaks `series_has_begun` when its first number is taken.
///
/// # Errors
/// When the database fails.
pub async fn begin(tx: &mut Tx, start: &SeriesStart) -> Result<(), DbError> {
    sqlx::query!(
        "insert into document_series (kind, year, last, begins_with) values ($1, $2, $3, $3 + 1)
         on conflict (kind, year) do update set last = excluded.last, begins_with = excluded.begins_with",
        start.kind.code(),
        start.year,
        integer(start.first - 1)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
