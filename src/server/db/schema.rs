//! Bringing the schema up to date, and whether it still serves this program (CONTRIBUTING, A release beside the one before).

use sqlx::{
    PgPool,
    migrate::{MigrateError, Migrator},
};

use super::MIGRATIONS;

/// Why the schema is not what this program needs.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A newer release has taken away what this program would ask for.
    #[error(
        "the database serves programs that know its migration {needed}, and this one knows {known} at most: start a newer release of Linka"
    )]
    TooNew {
        /// What a program has to know.
        needed: i64,
        /// What this one knows.
        known: i64,
    },
    /// It could not be asked.
    #[error("the database's schema cannot be read: {0}")]
    Unanswered(#[from] sqlx::Error),
    /// A migration failed, or is not the one that was applied under its number.
    #[error("the database's schema cannot be brought up to date: {0}")]
    Stuck(#[from] MigrateError),
}

/// Brings the schema up to date, one process at a time. One that is newer than this program is left as it is, and served, unless it says
/// that it serves this program no more.
///
/// # Errors
/// When it does, or when the database refuses.
pub async fn bring_up_to_date(pool: &PgPool) -> Result<(), SchemaError> {
    let mut known = Migrator::with_migrations(MIGRATIONS.iter().cloned().collect());
    known.set_ignore_missing(true);
    known.run(pool).await?;
    let needed: i64 = sqlx::query_scalar!("select migration from oldest_release").fetch_one(pool).await?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    if needed > known { Err(SchemaError::TooNew { needed, known }) } else { Ok(()) }
}
