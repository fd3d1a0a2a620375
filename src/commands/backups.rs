//! Backups, and what is restored from one.

use std::process::ExitCode;

use linka::server::{
    backup::{self, Target},
    config::{BackupArgs, DatabaseArgs},
    service::line::backups,
};
use sqlx::postgres::PgConnectOptions;

use super::{
    database::{Database, beside_portal},
    start_log,
};

/// Writes all that is kept into a file, beside a portal that runs, or without one.
pub(crate) async fn back_up(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let database = &args.database;
    beside_portal(database, "http://localhost", async |app| {
        let from = target(database, &app.db.queue_pool().connect_options());
        let bytes = backup::back_up(&from, &args.file, args.force).await?;
        let name = args.file.file_name().unwrap_or_default().to_string_lossy();
        // It is made, whether or not that can be noted.
        if let Err(problem) = backups::note(&app, &name, bytes, &who_runs_this()).await {
            tracing::warn!(%problem, "the backup is not noted");
        }
        println!("Backed up into {}, {bytes} bytes.", args.file.display());
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// Puts what a backup holds into the database, which nobody else uses meanwhile, and brings it up to date.
pub(crate) async fn restore(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    start_log()?;
    let database = Database::open(&args.database).await?;
    let outcome = async {
        let into = target(&args.database, &database.options);
        backup::restore(&into, &args.file, args.force, &who_runs_this()).await?;
        let db = database.reach(2).await?;
        let migrated = Database::migrate(&db).await;
        db.close().await;
        migrated?;
        println!("Restored from {}.", args.file.display());
        Ok(ExitCode::SUCCESS)
    };
    let outcome = outcome.await;
    database.close().await?;
    outcome
}

/// How PostgreSQL's programs reach the database.
fn target(args: &DatabaseArgs, options: &PgConnectOptions) -> Target {
    match args.owner_url() {
        Some(url) => Target::of_url(options.clone(), url),
        None => Target::private(options.clone()),
    }
}

/// The account of the system that runs this, as far as its surroundings say.
fn who_runs_this() -> String {
    let named = ["SUDO_USER", "LOGNAME", "USER"].into_iter().find_map(|name| std::env::var(name).ok());
    named.unwrap_or_else(|| format!("uid {}", rustix::process::geteuid().as_raw()))
}
