//! What is missing before the first order can come.

use crate::{
    model::{
        line::setup::{RunningFacts, SetupPage, SiteAddress, checklist},
        problem::Problem,
    },
    server::{app::App, auth::Manager, db::line::setup},
};

/// What `/settings` shows.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<SetupPage, Problem> {
    let running = RunningFacts {
        sends_mail: app.mail.is_set_up(),
        takes_cards: app.payments.is_on(),
        address: SiteAddress::of(&app.mail.link("")),
        is_demo: app.settings.demo,
    };
    let mut tx = app.db.staff().await?;
    let stored = setup::facts(&mut tx, app.clock.now()).await?;
    Ok(SetupPage { rows: checklist(&stored, &running) })
}
