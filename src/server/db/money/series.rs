//! Where the numbers of documents begin, and which come next.

use chrono::NaiveDate;

use crate::{
    model::money::{
        series::{NumberPattern, SeriesRow, SeriesStart, SetPattern},
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
pub async fn of_years(tx: &mut Tx, years: &[i32], today: NaiveDate) -> Result<Vec<SeriesRow>, DbError> {
    Ok(sqlx::query_as!(
        SeriesRow,
        r#"select k.kind as "kind!: DocumentKind", y.year as "year!", coalesce(s.last, 0) + 1 as "next!: Natural",
                  series_number(k.kind, y.year, coalesce(s.last, 0) + 1, greatest($2::date, make_date(y.year, 1, 1))) as "number!",
                  exists (select from tax_document d where d.kind = k.kind and d.year = y.year) as "has_begun!"
           from unnest($1::integer[]) y (year)
           cross join unnest(array['proforma', 'payment', 'invoice', 'credit_note']) with ordinality k (kind, place)
           left join document_series s on s.kind = k.kind and s.year = y.year
           order by y.year, k.place"#,
        years,
        today
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

/// All patterns of numbers, by kind and day.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn patterns(tx: &mut Tx) -> Result<Vec<SetPattern>, DbError> {
    let found = sqlx::query!(
        r#"select kind as "kind: DocumentKind", from_day, pattern from series_pattern order by kind, from_day"#
    );
    let rows = found.fetch_all(&mut **tx).await?.into_iter();
    rows.map(|row| {
        let pattern: NumberPattern =
            row.pattern.parse().map_err(|_| DbError::unknown("series_pattern.pattern", &row.pattern))?;
        Ok(SetPattern { kind: row.kind, from: row.from_day, pattern })
    })
    .collect()
}

/// Writes the pattern that holds from a day on.
///
/// # Errors
/// When the database fails.
pub async fn set_pattern(tx: &mut Tx, set: &SetPattern) -> Result<(), DbError> {
    sqlx::query!(
        "insert into series_pattern as s (kind, from_day, pattern) values ($1, $2, $3)
         on conflict (kind, from_day) do update set pattern = $3 where s.pattern <> $3",
        set.kind.code(),
        set.from,
        set.pattern.to_string()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a pattern back that does not hold by `today`.
///
/// # Errors
/// When the database fails.
pub async fn remove_pattern(tx: &mut Tx, kind: DocumentKind, from: NaiveDate, today: NaiveDate) -> Result<(), DbError> {
    sqlx::query!(
        "delete from series_pattern where kind = $1 and from_day = $2 and from_day > $3",
        kind.code(),
        from,
        today
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The serial that comes next in a series.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn next(tx: &mut Tx, kind: DocumentKind, year: i32) -> Result<u32, DbError> {
    let next = sqlx::query_scalar!(
        r#"select coalesce((select last from document_series where kind = $1 and year = $2), 0) + 1 as "next!: Natural""#,
        kind.code(),
        year
    );
    Ok(next.fetch_one(&mut **tx).await?.into())
}
