//! Bringing the schema up to date, and whether it still serves this program (CONTRIBUTING, A release beside the one before).

use std::collections::BTreeMap;

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
    /// Whoever asks may not bring it up to date.
    #[error(
        "the database's schema is not up to date: migration {0} is missing; run `linka migrate` as its owner (LINKA_MIGRATION_URL)"
    )]
    Behind(i64),
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
    assert_not_too_new(pool).await
}

/// Asserts that all migrations that this program knows were applied, for who may not apply them.
///
/// # Errors
/// When one was not, or a newer release has left this program behind.
pub async fn assert_up_to_date(pool: &PgPool) -> Result<(), SchemaError> {
    let is_there = sqlx::query_scalar!(r#"select to_regclass('public._sqlx_migrations') is not null as "is_there!""#);
    let mut applied: BTreeMap<i64, Vec<u8>> = BTreeMap::new();
    if is_there.fetch_one(pool).await? {
        // A table of sqlx's, which is not there when queries are checked.
        let rows = sqlx::query_as("select version, checksum from _sqlx_migrations where success");
        applied.extend(rows.fetch_all(pool).await?);
    }
    for known in MIGRATIONS.iter() {
        match applied.get(&known.version) {
            None => return Err(SchemaError::Behind(known.version)),
            Some(checksum) if **checksum != *known.checksum => {
                return Err(MigrateError::VersionMismatch(known.version).into());
            }
            Some(_) => {}
        }
    }
    assert_not_too_new(pool).await
}

async fn assert_not_too_new(pool: &PgPool) -> Result<(), SchemaError> {
    let needed: i64 = sqlx::query_scalar!("select migration from oldest_release").fetch_one(pool).await?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    if needed > known { Err(SchemaError::TooNew { needed, known }) } else { Ok(()) }
}
