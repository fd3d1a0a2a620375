//! Files of the accountant's month: workbook, XML for accountants' programs, ISDOC.

use axum::{
    Extension,
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
};
use chrono::NaiveDate;
use serde::Deserialize;

use super::documents::{CSV, Download, ISDOC as XML, Refusal, XLSX, ZIP, pieces};
use crate::{
    model::{
        base::calendar::to_local,
        money::{
            accounting::{AccountedPeriod, AccountingFilter, DocumentDay, OpenOrPaid},
            tax_documents::DocumentKind,
        },
    },
    server::{
        app::App,
        auth::Caller,
        documents::{accounting_csv, accounting_xlsx, money_s3, pohoda},
        service::money::accounting,
    },
    ui::texts::{Locale, t},
};

type Asked = Result<Query<PeriodAsked>, QueryRejection>;

#[derive(Deserialize)]
pub struct PeriodAsked {
    /// The first day.
    from: Option<NaiveDate>,
    /// The last day.
    until: Option<NaiveDate>,
    /// By which day documents belong to it.
    by: Option<DocumentDay>,
    /// Of one kind.
    kind: Option<DocumentKind>,
    /// Open ones, or paid ones.
    paid: Option<OpenOrPaid>,
    /// A part of the customer's name or IČO, or of the document's number.
    #[serde(default)]
    search: String,
}

fn filter(app: &App, asked: Asked) -> Result<AccountingFilter, Refusal> {
    let Query(PeriodAsked { from, until, by, kind, paid, search }) = asked?;
    let span = AccountingFilter::of(from, until, to_local(app.clock.now()).date());
    Ok(AccountingFilter { by: by.unwrap_or(span.by), kind, paid, ..span.searched(&search) })
}

fn download<C>(
    locale: Locale,
    filter: &AccountingFilter,
    what: &str,
    content_type: &'static str,
    content: C,
) -> Download<C> {
    let (from, until) = (filter.from.to_string(), filter.until.to_string());
    let name = |locale| t!(locale => "file-accounting", from = from.as_str(), until = until.as_str()) + what;
    Download { name: name(locale), plain_name: name(Locale::En), content_type, content }
}

/// Its documents as a table.
pub async fn table(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    asked: Asked,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let filter = filter(&app, asked)?;
    let AccountedPeriod { documents, .. } = accounting::period(&app, &manager, &filter).await?;
    let content = accounting_csv(locale, documents).await?;
    Ok(download(locale, &filter, ".csv", CSV, content))
}

/// Documents, taxes and payments of `?from=2026-10-01&until=2026-10-31&by=tax` as a workbook.
pub async fn workbook(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    asked: Asked,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let filter = filter(&app, asked)?;
    let period = accounting::period(&app, &manager, &filter).await?;
    let content = accounting_xlsx(locale, period, app.clock.now()).await?;
    Ok(download(locale, &filter, ".xlsx", XLSX, content))
}

/// Its tax documents for POHODA.
pub async fn for_pohoda(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    asked: Asked,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let filter = filter(&app, asked)?;
    let AccountedPeriod { documents, .. } = accounting::period(&app, &manager, &filter).await?;
    let content = pohoda(documents).await?;
    Ok(download(locale, &filter, "-pohoda.xml", XML, content))
}

/// Its tax documents for Money S3.
pub async fn for_money_s3(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    asked: Asked,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let filter = filter(&app, asked)?;
    let AccountedPeriod { documents, .. } = accounting::period(&app, &manager, &filter).await?;
    let content = money_s3(documents).await?;
    Ok(download(locale, &filter, "-money-s3.xml", XML, content))
}

/// Its documents as ISDOC, in one archive.
pub async fn isdoc_batch(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    asked: Asked,
) -> Result<Download<Body>, Refusal> {
    let manager = caller.manager()?;
    let filter = filter(&app, asked)?;
    let file = accounting::isdoc_batch(&app, &manager, locale, &filter).await?;
    Ok(download(locale, &filter, "-isdoc.zip", ZIP, Body::from_stream(pieces(file))))
}
