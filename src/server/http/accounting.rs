//! Files of the accountant's month: workbook, XML for accountants' programs, ISDOC.

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
        money::accounting::{AccountingFilter, DocumentDay},
    },
    server::{
        documents::{accounting_xlsx, money_s3, pohoda},
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
}

/// For what the file of a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
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
    let Query(PeriodAsked { from, until, by }) = asked?;
    let filter = AccountingFilter::of(from, until, to_local(app.clock.now()).date());
    let filter = AccountingFilter { by: by.unwrap_or(filter.by), ..filter };
    let content: Body = match purpose {
        Purpose::Workbook => {
            let period = accounting::period(&app, &manager, &filter).await?;
            accounting_xlsx(locale, period, app.clock.now()).await?.into()
        }
        Purpose::Pohoda => pohoda(accounting::period(&app, &manager, &filter).await?.documents).await?.into(),
        Purpose::MoneyS3 => money_s3(accounting::period(&app, &manager, &filter).await?.documents).await?.into(),
        Purpose::Isdoc => Body::from_stream(pieces(accounting::isdoc_batch(&app, &manager, locale, &filter).await?)),
    };
    let (behind, kind) = purpose.named();
    let (from, until) = (filter.from.to_string(), filter.until.to_string());
    let name = |locale| t!(locale => "file-accounting", from = from.as_str(), until = until.as_str()) + behind;
    Ok(Download::new(locale, name, kind, content))
}
