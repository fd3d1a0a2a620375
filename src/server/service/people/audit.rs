//! The audit: read by managers, and by a customer's own managers what concerns their organisation.

use crate::{
    model::{
        base::{ids::AuditId, text},
        people::audit::{AuditEntry, AuditFilter, AuditPage},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{CustomerManager, Manager},
        db::{Tx, people::audit},
    },
};

/// How many entries a page shows.
const PAGE: usize = 50;

/// The most entries of a table for a spreadsheet.
const EXPORTED: usize = 20_000;

/// What the vendor's managers see.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager, filter: AuditFilter, before: Option<AuditId>) -> Result<AuditPage, Problem> {
    of(&mut app.db.staff().await?, filter, before).await
}

/// What a customer's own managers see: their organisation's entries.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn own_page(
    app: &App,
    manager: &CustomerManager,
    filter: AuditFilter,
    before: Option<AuditId>,
) -> Result<AuditPage, Problem> {
    of(&mut app.db.member(manager.customer()).await?, filter, before).await
}

/// The entries that fit the filter, for a spreadsheet: the latest 20,000.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn export(app: &App, _: &Manager, filter: AuditFilter) -> Result<Vec<AuditEntry>, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(audit::entries(&mut tx, &cleaned(filter), None, EXPORTED).await?.rows)
}

async fn of(tx: &mut Tx, filter: AuditFilter, before: Option<AuditId>) -> Result<AuditPage, Problem> {
    let filter = cleaned(filter);
    let entries = audit::entries(tx, &filter, before, PAGE).await?;
    Ok(AuditPage { filter, entries })
}

fn cleaned(filter: AuditFilter) -> AuditFilter {
    AuditFilter { search: text::one_line(&filter.search), ..filter }
}
