//! Files of the accountant's month: table, workbook, XML for accountants' programs, ISDOC.

use axum::{
    Extension,
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
};
use chrono::NaiveDate;
use serde::Deserialize;

use super::documents::{Asking, Download, Kind, Refusal, pieces};
use crate::{
    model::{
        base::calendar::to_local,
        money::{
            accounting::{AccountingFilter, DocumentDay, OpenOrPaid},
            tax_documents::DocumentKind,
        },
    },
    server::{
        documents::{accounting_csv, accounting_xlsx, money_s3, pohoda},
        service::money::accounting,
    },
    ui::texts::t,
};

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

/// For what the file of a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Its documents as a table.
    Table,
    /// Documents, taxes and payments as a workbook.
    Workbook,
    /// Its tax documents for POHODA.
    Pohoda,
    /// Its tax documents for Money S3.
    MoneyS3,
    /// Its documents as ISDOC, in one archive.
    Isdoc,
}

impl Purpose {
    /// What its name says behind the days, and as what it is made.
    const fn named(self) -> (&'static str, Kind) {
        match self {
            Self::Table => ("", Kind::Csv),
            Self::Workbook => ("", Kind::Xlsx),
            Self::Pohoda => ("-pohoda", Kind::Xml),
            Self::MoneyS3 => ("-money-s3", Kind::Xml),
            Self::Isdoc => ("-isdoc", Kind::Zip),
        }
    }
}

/// A file of the period `?from=2026-10-01&until=2026-10-31&by=tax`.
pub async fn file(
    (State(app), Extension(caller), Extension(locale)): Asking,
    asked: Result<Query<PeriodAsked>, QueryRejection>,
    purpose: Purpose,
) -> Result<Download<Body>, Refusal> {
    let manager = caller.manager()?;
    let Query(PeriodAsked { from, until, by, kind, paid, search }) = asked?;
    let span = AccountingFilter::of(from, until, to_local(app.clock.now()).date());
    let filter = AccountingFilter { by: by.unwrap_or(span.by), kind, paid, ..span.searched(&search) };
    let content: Body = if purpose == Purpose::Isdoc {
        Body::from_stream(pieces(accounting::isdoc_batch(&app, &manager, locale, &filter).await?))
    } else {
        let period = accounting::period(&app, &manager, &filter).await?;
        let made = match purpose {
            Purpose::Pohoda => pohoda(period.documents).await?,
            Purpose::MoneyS3 => money_s3(period.documents).await?,
            Purpose::Workbook => accounting_xlsx(locale, period, app.clock.now()).await?,
            Purpose::Table | Purpose::Isdoc => accounting_csv(locale, period.documents).await?,
        };
        made.into()
    };
    let (behind, kind) = purpose.named();
    let (from, until) = (filter.from.to_string(), filter.until.to_string());
    let name = |locale| t!(locale => "file-accounting", from = from.as_str(), until = until.as_str()) + behind;
    Ok(Download::new(locale, name, kind, content))
}
