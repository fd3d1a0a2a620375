//! The accountant's month: what was issued, taxed and paid, in the forms that accountants' programs read, and the lock of a month
//! of VAT.

use std::fs::File;

use chrono::NaiveDate;

use super::tax_documents;
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_line},
            ids::DocumentId,
        },
        money::{
            accounting::{AccountedPeriod, AccountingFilter, AccountingPage, days_of, first_of_month, is_over},
            tax_documents::{FileFormat, TaxDocument},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{money::accounting, paging::counted},
        documents::{Archive, Entry, Locale, file_name, write_archive},
        service::plausible,
    },
};

/// How many documents a page of the list shows.
const LISTED: usize = 50;
/// How many documents or payments a file holds at most: more than any month of the line.
const MOST_IN_A_FILE: usize = 20_000;
/// The most characters of a reason.
const REASON_MAX: usize = 300;

/// The list of a period with what was taxed and what came; `after` continues a former page.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(
    app: &App,
    _: &Manager,
    filter: AccountingFilter,
    after: Option<DocumentId>,
) -> Result<AccountingPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let last_over = first_of_month(today).pred_opt().map_or(today, first_of_month);
    let mut tx = app.db.staff().await?;
    let documents = accounting::documents(&mut tx, &filter, after, LISTED).await?;
    let (received, returned) = accounting::received_and_returned(&mut tx, filter.from, filter.until).await?;
    Ok(AccountingPage {
        documents: counted(documents, after.is_none(), accounting::count(&mut tx, &filter)).await?,
        days: accounting::taxed(&mut tx, filter.from, filter.until).await?,
        received,
        returned,
        months: accounting::months(&mut tx, last_over).await?,
        filter,
    })
}

/// The documents that fit with their taxes, and all that came and went back in the period.
///
/// # Errors
/// [`Problem::Invalid`] when it is more than a file holds: a shorter period is asked for.
pub async fn period(app: &App, _: &Manager, filter: &AccountingFilter) -> Result<AccountedPeriod, Problem> {
    let too_much = || Problem::field("until", FieldCode::OutOfRange);
    let mut tx = app.db.staff().await?;
    let documents = accounting::issued(&mut tx, filter, MOST_IN_A_FILE).await?.ok_or_else(too_much)?;
    let days = days_of(&documents);
    let payments = accounting::payments(&mut tx, filter.from, filter.until, MOST_IN_A_FILE).await?;
    Ok(AccountedPeriod { documents, days, payments: payments.ok_or_else(too_much)? })
}

/// The ISDOC files of a period as one archive: a file without a name, which is gone when it is closed.
///
/// # Errors
/// [`Problem::NotFound`] when there are none, [`Problem::Busy`] when too many are made at once.
pub async fn isdoc_batch(
    app: &App,
    manager: &Manager,
    locale: Locale,
    filter: &AccountingFilter,
) -> Result<File, Problem> {
    let documents = period(app, manager, filter).await?.documents;
    if documents.is_empty() {
        return Err(Problem::NotFound);
    }
    write_archive(async |archive| fill(app, archive, &documents, locale).await, tax_documents::not_made).await
}

async fn fill(app: &App, archive: &Archive, documents: &[TaxDocument], locale: Locale) -> Result<(), Problem> {
    for document in documents {
        let content = tax_documents::printed(app, document.id, FileFormat::Isdoc).await?;
        let name = file_name(locale, document.content.kind, &document.number, FileFormat::Isdoc);
        let entry = Entry { name, at: document.content.issued_at, content };
        archive.add(entry).await.map_err(tax_documents::not_made)?;
    }
    Ok(())
}

/// Locks a month of VAT that is over: no document comes to it any more. Doing it again changes nothing.
///
/// # Errors
/// [`Problem::Conflict`] for what is no month, or is not over.
pub async fn lock(app: &App, _: &Manager, month: NaiveDate) -> Result<(), Problem> {
    let month = plausible(month)?;
    if !is_over(month, to_local(app.clock.now()).date()) {
        return Err(Problem::Conflict);
    }
    let mut tx = app.db.staff().await?;
    accounting::lock(&mut tx, month).await?;
    tx.commit().await?;
    Ok(())
}

/// Opens a locked month again, for a reason. One that is open stays as it is.
///
/// # Errors
/// [`Problem::Invalid`] without a reason.
pub async fn unlock(app: &App, _: &Manager, month: NaiveDate, reason: &str) -> Result<(), Problem> {
    let month = plausible(month)?;
    let reason = keep_line(reason, 1..=REASON_MAX).map_err(|code| Problem::field("reason", code))?;
    let mut tx = app.db.staff().await?;
    accounting::unlock(&mut tx, month, &reason).await?;
    tx.commit().await?;
    Ok(())
}
