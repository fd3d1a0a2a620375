//! What came of imports.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    model::{base::ids::StaffId, ordering::imports::ImportReport},
    server::db::{DbError, Tx},
};

/// Notes what came of an import.
///
/// # Errors
/// When the database fails.
pub async fn note(
    tx: &mut Tx,
    by: Option<StaffId>,
    dry_run: bool,
    report: &ImportReport,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into import_run (at, staff_id, dry_run, report) values ($1, $2, $3, $4)",
        now,
        by.map(|id| id.0),
        dry_run,
        Json(report) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Has programs told nothing of what this transaction takes over (`migrations/0257`): it happened elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn tell_nobody(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("select set_config('app.taking_over', 'on', true)").fetch_one(&mut **tx).await?;
    Ok(())
}

/// The last import that a person made or tried, and whether it was only tried.
///
/// # Errors
/// When the database fails, or holds a report that cannot be read.
pub async fn last(tx: &mut Tx, by: StaffId) -> Result<Option<(ImportReport, bool)>, DbError> {
    let row = sqlx::query!(
        r#"select report as "report: Json<ImportReport>", dry_run from import_run where staff_id = $1 order by id desc limit 1"#,
        by.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.report.0, row.dry_run)))
}
