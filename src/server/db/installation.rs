//! What a database is for: the demo or a vendor's real work. Neither ever serves the other's data.

use sqlx::PgPool;

use super::DbError;
use crate::model::base::codes::coded_enum;

coded_enum! {
    /// What a database is for.
    pub enum Installation {
        /// Made-up customers, whose passwords everybody knows.
        Demo = "demo",
        /// A vendor's real work.
        Production = "production",
    }
}

/// What the database is for: what the first server that started on it said, which is this one's `wanted` if none did.
///
/// # Errors
/// When the database fails.
pub async fn claim(pool: &PgPool, wanted: Installation) -> Result<Installation, DbError> {
    // The update of nothing makes the row that another server has just written visible to this statement.
    let kind = sqlx::query_scalar!(
        "insert into installation (kind) values ($1) on conflict (only_one) do update set kind = installation.kind returning kind",
        wanted.code()
    )
    .fetch_one(pool)
    .await?;
    Installation::from_code(&kind).ok_or(DbError::Unknown { column: "installation.kind", value: kind })
}
