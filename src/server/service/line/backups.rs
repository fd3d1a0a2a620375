//! What managers are told about backups, and how one is noted.

use crate::{
    model::{
        base::fields::keep_line,
        line::backups::{Backup, BackupsPage, FILE_MAX, MAKER_MAX},
        problem::Problem,
    },
    server::{app::App, auth::Manager, db::line::backups},
};

/// How many backups are told of.
const SHOWN: i64 = 10;

/// The last backups.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<BackupsPage, Problem> {
    let mut tx = app.db.system().await?;
    Ok(BackupsPage::new(backups::latest(&mut tx, SHOWN).await?, app.clock.now()))
}

/// Notes that a backup was made now, by an account of the server's system. Names that cannot be kept are left out.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn note(app: &App, file: &str, bytes: u64, made_by: &str) -> Result<(), Problem> {
    let kept = |text, most| keep_line(text, 0..=most).unwrap_or_default();
    let backup =
        Backup { made_at: app.clock.now(), bytes, made_by: kept(made_by, MAKER_MAX), file: kept(file, FILE_MAX) };
    let mut tx = app.db.system().await?;
    backups::insert(&mut tx, &backup).await?;
    Ok(tx.commit().await?)
}
