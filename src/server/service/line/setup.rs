//! What is missing before the first order can come.

use crate::{
    model::{
        line::setup::{RunningFacts, SetupPage, SetupRow, SiteAddress, checklist, missing},
        problem::Problem,
    },
    server::{app::App, auth::Manager, db::line::setup},
};

/// What `/settings` shows.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<SetupPage, Problem> {
    Ok(SetupPage { rows: rows(app).await? })
}

/// Whether something is missing without which no order can be taken.
///
/// # Errors
/// As [`page`].
pub async fn is_anything_missing(app: &App) -> Result<bool, Problem> {
    Ok(missing(&rows(app).await?) > 0)
}

async fn rows(app: &App) -> Result<Vec<SetupRow>, Problem> {
    let running = RunningFacts {
        sends_mail: app.mail.is_set_up(),
        takes_cards: app.payments.is_on(),
        address: SiteAddress::of(&app.mail.link("")),
        is_demo: app.settings.demo,
    };
    let mut tx = app.db.staff().await?;
    let stored = setup::facts(&mut tx, app.clock.now()).await?;
    Ok(checklist(&stored, &running))
}
