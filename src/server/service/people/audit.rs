//! The audit: read by managers, and by a customer's own managers what concerns their organisation.

use std::{fs::File, time::Duration};

use tokio::time::timeout;

use crate::{
    model::{
        base::{ids::AuditId, paging::Page},
        people::audit::{AuditFilter, AuditPage, AuditSubject},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{CustomerManager, Manager},
        db::{
            Tx,
            people::audit::{self, Addresses},
        },
        documents::{AuditCsv, Locale, NotMade},
        incident,
    },
};

/// How many entries a page shows.
const PAGE: usize = 50;

/// How many identities a piece of the table spans: what of it is in memory at a time.
const PIECE: i64 = 2_000;

/// How long the table may take to be made. Some millions of entries are written within that.
const LONGEST: Duration = Duration::from_secs(300);

/// When to come again while too many tables are made, in seconds.
const COME_AGAIN_S: u32 = 5;

/// What the vendor's managers see.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager, filter: AuditFilter, before: Option<AuditId>) -> Result<AuditPage, Problem> {
    of(&mut app.db.staff().await?, filter, Addresses::All, before).await
}

/// What a customer's own managers see: their organisation's entries, and not where the vendor's people sit.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn own_page(
    app: &App,
    manager: &CustomerManager,
    filter: AuditFilter,
    before: Option<AuditId>,
) -> Result<AuditPage, Problem> {
    of(&mut app.db.member(manager.customer()).await?, filter, Addresses::OfCustomers, before).await
}

/// All entries that fit the filter as a table, the latest first, in a file from its beginning. However many they are, few of them
/// are in memory.
///
/// # Errors
/// [`Problem::Invalid`] for a search that is too long; [`Problem::Busy`] while too many tables are made, or when this one takes
/// too long; [`Problem::Unavailable`] when the database does not answer.
pub async fn export(app: &App, _: &Manager, locale: Locale, filter: &AuditFilter) -> Result<File, Problem> {
    let filter = filter.checked().map_err(|code| Problem::field("search", code))?;
    let table = timeout(LONGEST, table(app, locale, &filter)).await;
    let table = table.map_err(|_| Problem::Busy { retry_after_s: COME_AGAIN_S })??;
    let mut tx = app.db.staff().await?;
    audit::note_deed(&mut tx, AuditSubject::AuditExport, None, &filter.search).await?;
    tx.commit().await?;
    Ok(table)
}

/// Each piece is read in a transaction of its own: entries are only ever added, and those that come meanwhile are later ones.
async fn table(app: &App, locale: Locale, filter: &AuditFilter) -> Result<File, Problem> {
    let table = AuditCsv::begin(locale).await.map_err(not_made)?;
    let latest = audit::latest(&mut app.db.staff_snapshot().await?).await?;
    let mut before = AuditId(latest.map_or(0, |latest| latest.0 + 1));
    while before.0 > 0 {
        let from = AuditId(before.0 - PIECE);
        let mut tx = app.db.staff_snapshot().await?;
        let entries = audit::between(&mut tx, filter, from, before).await?;
        drop(tx);
        if !table.add(entries).await {
            // It says why when it is finished.
            break;
        }
        before = from;
    }
    table.finish().await.map_err(not_made)
}

fn not_made(error: NotMade) -> Problem {
    if let NotMade::Busy = error {
        return Problem::Busy { retry_after_s: COME_AGAIN_S };
    }
    let incident = incident::current();
    tracing::error!(%error, incident, "the audit as a table");
    Problem::Internal { incident }
}

async fn of(
    tx: &mut Tx,
    filter: AuditFilter,
    addresses: Addresses,
    before: Option<AuditId>,
) -> Result<AuditPage, Problem> {
    let filter = match filter.checked() {
        Ok(filter) => filter,
        Err(problem) => return Ok(AuditPage { filter, problem: Some(problem), entries: Page::default() }),
    };
    let entries = audit::entries(tx, &filter, addresses, before, PAGE).await?;
    Ok(AuditPage { filter, problem: None, entries })
}
