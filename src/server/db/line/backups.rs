//! Backups that were made, and what has to be known of a database to make or to restore one.

use sqlx::PgConnection;

use crate::{
    model::line::backups::Backup,
    server::db::{DbError, Tx},
};

/// The last backups, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, count: i64) -> Result<Vec<Backup>, DbError> {
    let rows =
        sqlx::query!("select made_at, bytes, made_by, file from backup order by made_at desc, id desc limit $1", count)
            .fetch_all(&mut **tx)
            .await?;
    let backups = rows.into_iter().map(|row| Backup {
        made_at: row.made_at,
        bytes: row.bytes.unsigned_abs(),
        made_by: row.made_by,
        file: row.file,
    });
    Ok(backups.collect())
}

/// Notes a backup.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, backup: &Backup) -> Result<(), DbError> {
    sqlx::query!(
        "insert into backup (made_at, bytes, made_by, file) values ($1, $2, $3, $4)",
        backup.made_at,
        i64::try_from(backup.bytes).unwrap_or(i64::MAX),
        backup.made_by,
        backup.file
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A database as whoever backs it up or restores it finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The server's major version.
    pub version: u32,
    /// Whether the role that asks sees every row, by its own right or as `linka_system`.
    pub sees_everything: bool,
    /// Whether that is its own right, as a superuser's.
    pub bypasses_walls: bool,
    /// Whether there is any table in it.
    pub has_tables: bool,
    /// How many others are connected to it.
    pub others: u32,
}

/// What a database is like.
///
/// # Errors
/// When the database fails.
pub async fn find(connection: &mut PgConnection) -> Result<Found, DbError> {
    let row = sqlx::query!(
        r#"select current_setting('server_version_num')::integer / 10000 as "version!",
                  (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as "bypasses_walls!",
                  exists (select from pg_roles where rolname = 'linka_system'
                          and pg_has_role(current_user, oid, 'usage')) as "is_system!",
                  exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                          where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_'
                            and n.nspname <> 'information_schema') as "has_tables!",
                  (select count(*) from pg_stat_activity
                   where datname = current_database() and pid <> pg_backend_pid()
                     and backend_type = 'client backend') as "others!""#
    )
    .fetch_one(connection)
    .await?;
    Ok(Found {
        version: row.version.unsigned_abs(),
        sees_everything: row.bypasses_walls || row.is_system,
        bypasses_walls: row.bypasses_walls,
        has_tables: row.has_tables,
        others: u32::try_from(row.others).unwrap_or(u32::MAX),
    })
}
