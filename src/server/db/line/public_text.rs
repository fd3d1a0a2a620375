//! The vendor's own words on the public page: one row at most.

use crate::{
    model::base::bilingual::Bilingual,
    server::db::{DbError, Tx},
};

/// The text as it was typed; empty where nobody has written one.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx) -> Result<Bilingual, DbError> {
    let found = sqlx::query_as!(Bilingual, r#"select text_cs as cs, text_en as en from public_text"#);
    Ok(found.fetch_optional(&mut **tx).await?.unwrap_or_default())
}

/// Puts a text in the place of the one that was.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, text: &Bilingual) -> Result<(), DbError> {
    sqlx::query!(
        "insert into public_text (text_cs, text_en) values ($1, $2)
         on conflict (only_row) do update set text_cs = $1, text_en = $2",
        text.cs,
        text.en
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
