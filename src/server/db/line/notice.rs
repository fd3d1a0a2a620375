//! The notice on top of all pages: one row at most.

use crate::{
    model::line::notice::SiteNotice,
    server::db::{DbError, Tx},
};

/// The notice, be it over, standing or to come.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx) -> Result<Option<SiteNotice>, DbError> {
    let query = sqlx::query_as!(SiteNotice, "select text_cs, text_en, starts_at, ends_at from site_notice");
    Ok(query.fetch_optional(&mut **tx).await?)
}

/// Puts a notice in the place of the one that was.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, notice: &SiteNotice) -> Result<(), DbError> {
    sqlx::query!(
        "insert into site_notice (text_cs, text_en, starts_at, ends_at) values ($1, $2, $3, $4)
         on conflict (only_row) do update set text_cs = $1, text_en = $2, starts_at = $3, ends_at = $4",
        notice.text_cs,
        notice.text_en,
        notice.starts_at,
        notice.ends_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the notice down.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("delete from site_notice").execute(&mut **tx).await?;
    Ok(())
}
