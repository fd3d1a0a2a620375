//! The accountant's month.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::DocumentId,
    money::{
        accounting::{self as view, DocumentDay, OpenOrPaid},
        tax_documents::DocumentKind,
    },
    problem::Problem,
};

access! {
    Accounting: Manager,
    LockVatPeriod: Manager,
    UnlockVatPeriod: Manager confirmed,
}

/// What was issued, taxed and paid in a period; `after` continues the list.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/accounting", input = GetUrl)]
pub async fn accounting(
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    by: Option<DocumentDay>,
    kind: Option<DocumentKind>,
    paid: Option<OpenOrPaid>,
    #[server(default)] search: String,
    after: Option<DocumentId>,
) -> Result<view::AccountingPage, Problem> {
    use crate::{
        model::base::calendar::to_local,
        server::{request, service::money::accounting},
    };
    let app = request::app()?;
    let span = view::AccountingFilter::of(from, until, to_local(app.clock.now()).date());
    let filter = view::AccountingFilter { by: by.unwrap_or(span.by), kind, paid, ..span.searched(&search) };
    accounting::page(&app, &request::caller()?.manager()?, filter, after).await
}

/// Locks a month of VAT.
///
/// # Errors
/// [`Problem::Conflict`] for one that is not over.
#[server(endpoint = "sales/lock-vat-period")]
pub async fn lock_vat_period(month: NaiveDate) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::accounting},
    };
    accounting::lock(&request::app()?, &request::caller()?.manager()?, month).await?;
    request::see_other(paths::SALES_ACCOUNTING)
}

/// Opens a locked month of VAT again.
///
/// # Errors
/// [`Problem::Invalid`] without a reason.
#[server(endpoint = "sales/unlock-vat-period")]
pub async fn unlock_vat_period(month: NaiveDate, #[server(default)] reason: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::accounting},
    };
    accounting::unlock(&request::app()?, &request::caller()?.confirmed()?.manager()?, month, &reason).await?;
    request::see_other(paths::SALES_ACCOUNTING)
}
