//! What is owed on invoices past their due day.

use crate::{
    model::{base::calendar::to_local, money::receivables::ReceivablesPage, problem::Problem},
    server::{app::App, auth::Manager, db::money::receivables},
};

/// How many customers are listed at most.
const LISTED: i64 = 200;

/// Who owes past the due day, the longest overdue first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager) -> Result<ReceivablesPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    Ok(receivables::overdue(&mut tx, today, LISTED).await?)
}
