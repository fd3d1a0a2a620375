//! What is shown on other sites: one row.

use crate::{
    model::line::embed::EmbedForm,
    server::db::{DbError, Tx},
};

/// What is set.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx) -> Result<EmbedForm, DbError> {
    Ok(sqlx::query_as!(EmbedForm, "select is_on, origins from embed_setting").fetch_one(&mut **tx).await?)
}

/// Puts what is set in the place of what was.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, form: &EmbedForm) -> Result<(), DbError> {
    sqlx::query!("update embed_setting set is_on = $1, origins = $2", form.is_on, form.origins)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
