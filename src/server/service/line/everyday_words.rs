//! What people say for the words of the catalogue.

use crate::{
    model::{
        base::seen::Seen,
        line::everyday_words::{check, fields},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            line::everyday_words,
            locks::{self, Lock},
        },
    },
};

/// The lines as a manager sees them.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<String, Problem> {
    Ok(everyday_words::find(&mut app.db.staff().await?).await?)
}

/// Puts lines in the place of those that were.
///
/// # Errors
/// [`Problem::Invalid`] for lines that say nothing; [`Problem::ChangedMeanwhile`].
pub async fn save(app: &App, _manager: &Manager, typed: &str, seen: &Seen) -> Result<(), Problem> {
    let kept = check(typed).map_err(|field| Problem::Invalid { fields: vec![field] })?;
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let now = everyday_words::find(&mut tx).await?;
    seen.admit(&fields(&now), &fields(&kept))?;
    everyday_words::save(&mut tx, &kept).await?;
    Ok(tx.commit().await?)
}
