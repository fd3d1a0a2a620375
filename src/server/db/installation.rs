//! The mark that says what a database is for: the demo or a vendor's real work.

use sqlx::PgPool;

use super::{DbError, Tx};
use crate::model::base::installation::Installation;

/// What the database is for: what the first server that started on it said, which is this one's `wanted` if none did.
///
/// # Errors
/// When the database fails.
pub async fn claim(pool: &PgPool, wanted: Installation) -> Result<Installation, DbError> {
    sqlx::query!("insert into installation (kind) values ($1) on conflict (only_one) do nothing", wanted.code())
        .execute(pool)
        .await?;
    // Another statement sees what another server may have said just before.
    let kind = sqlx::query_scalar!(r#"select kind as "kind: Installation" from installation"#);
    Ok(kind.fetch_one(pool).await?)
}

/// The secret of this installation, which was made with its database.
///
/// # Errors
/// When the database fails.
pub async fn key(tx: &mut Tx) -> Result<Vec<u8>, DbError> {
    Ok(sqlx::query_scalar!("select key from installation_key").fetch_one(&mut **tx).await?)
}
