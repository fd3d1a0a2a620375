//! Documents to download: receipts as PDF, usage and statement as tables, tax documents one by one and a year at once.

use axum::{
    Extension, Router,
    body::Body,
    extract::{FromRef, Path, Query, State, rejection::QueryRejection},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::session::status;
use crate::{
    model::{
        base::{calendar::to_local, numbers::InterventionRef},
        minutes::usage::StatementSpan,
        money::tax_documents::FileFormat,
        problem::Problem,
        work::pages::ReceiptPage,
    },
    server::{
        app::App,
        auth::Caller,
        documents::{NotMade, Printed, file_name, receipt_pdf, sales_csv, statement_csv, usage_csv, usage_xlsx},
        incident,
        service::{
            minutes::usage,
            money::{sales, tax_documents},
            work::receipts,
        },
    },
    ui::texts::{Locale, t},
};

/// A receipt; `?version=1` for a former one.
pub const RECEIPT: &str = "/requests/{number}/receipt/{ordinal}/receipt.pdf";
/// The interventions of `?year=2026` as a table.
pub const USAGE_CSV: &str = "/usage/export.csv";
/// Interventions and statement of `?year=2026` as a workbook.
pub const USAGE_XLSX: &str = "/usage/export.xlsx";
/// The entries of the period `?span=month&date=2026-11-01` as a table.
pub const STATEMENT_CSV: &str = "/usage/statement.csv";

/// A tax document for people.
pub const TAX_DOCUMENT_PDF: &str = "/documents/{number}/document.pdf";
/// The same for programs.
pub const TAX_DOCUMENT_ISDOC: &str = "/documents/{number}/document.isdoc";
/// All of a year, `/documents/2026.zip`.
pub const TAX_DOCUMENTS: &str = "/documents/{archive}";
/// The purchases that were paid in `?year=2026` as a table.
pub const SALES_CSV: &str = "/sales/export.csv";

const PDF: &str = "application/pdf";
const CSV: &str = "text/csv; charset=utf-8; header=present";
const ISDOC: &str = "application/xml";
const ZIP: &str = "application/zip";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The downloads as routes.
pub fn routes<S: Clone + Send + Sync + 'static>(state: S) -> Router
where
    App: FromRef<S>,
{
    Router::new()
        .route(RECEIPT, get(receipt))
        .route(USAGE_CSV, get(usage_table))
        .route(USAGE_XLSX, get(usage_workbook))
        .route(STATEMENT_CSV, get(statement))
        .route(TAX_DOCUMENT_PDF, get(tax_document_pdf))
        .route(TAX_DOCUMENT_ISDOC, get(tax_document_isdoc))
        .route(TAX_DOCUMENTS, get(tax_documents_of_year))
        .route(SALES_CSV, get(sales_table))
        .with_state(state)
}

/// A file as it is sent.
struct Download<C = Vec<u8>> {
    /// Its name in the reader's language, for all but the oldest programs.
    name: String,
    /// Its name in English, which is ASCII, for those.
    plain_name: String,
    content_type: &'static str,
    content: C,
}

impl<C: IntoResponse> IntoResponse for Download<C> {
    fn into_response(self) -> Response {
        let disposition =
            format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", self.plain_name, extended(&self.name));
        let headers =
            [(header::CONTENT_TYPE, self.content_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
        (headers, self.content.into_response()).into_response()
    }
}

/// Text as the value of an extended parameter of a header (RFC 8187): its UTF-8, all but the harmless bytes as `%C3`.
fn extended(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// An error as a download answers it: the status, and the problem's code as text.
struct Refusal(Problem);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (status(&self.0), self.0.code()).into_response()
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<NotMade> for Refusal {
    fn from(error: NotMade) -> Self {
        let incident = incident::current();
        tracing::error!(%error, incident, "document");
        Self(Problem::Internal { incident })
    }
}

impl From<QueryRejection> for Refusal {
    fn from(_: QueryRejection) -> Self {
        Self(Problem::Malformed)
    }
}

#[derive(Deserialize)]
struct Version {
    /// A former version; the latest unless it is named.
    version: Option<u32>,
}

async fn receipt(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    Path((number, ordinal)): Path<(String, String)>,
    query: Result<Query<Version>, QueryRejection>,
) -> Result<Download, Refusal> {
    let Query(Version { version }) = query?;
    let intervention = intervention(&number, &ordinal).ok_or(Problem::NotFound)?;
    let page = receipts::page(&app, &caller, intervention).await?;
    let printed = printed(&page, version).ok_or(Problem::NotFound)?;
    let number = format!("{}-{}", intervention.number, intervention.ordinal);
    let name = |locale| t!(locale => "file-receipt", number = number.as_str()) + ".pdf";
    Ok(Download {
        name: name(locale),
        plain_name: name(Locale::En),
        content_type: PDF,
        content: receipt_pdf(locale, printed).await?,
    })
}

fn intervention(number: &str, ordinal: &str) -> Option<InterventionRef> {
    Some(InterventionRef { number: number.parse().ok()?, ordinal: ordinal.parse().ok()? })
}

/// The version that is asked for. Objections are printed with the latest: of what was decided since, a former one knows
/// nothing but that it was replaced.
fn printed(page: &ReceiptPage, version: Option<u32>) -> Option<Printed<'_>> {
    let latest = page.receipt.version;
    if version.is_none_or(|version| version == latest) {
        return Some(Printed {
            receipt: &page.receipt,
            former: &page.former,
            contests: &page.contests,
            replaced_by: None,
        });
    }
    let receipt = page.former.iter().find(|former| Some(former.version) == version)?;
    Some(Printed { receipt, former: &[], contests: &[], replaced_by: Some(latest) })
}

#[derive(Deserialize)]
struct Year {
    /// This year unless another is named.
    year: Option<i32>,
}

impl Year {
    fn or_this(self, app: &App) -> i32 {
        self.year.unwrap_or_else(|| to_local(app.clock.now()).year())
    }
}

async fn usage_table(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    query: Result<Query<Year>, QueryRejection>,
) -> Result<Download, Refusal> {
    let viewer = caller.may_see_billing()?;
    let Query(year) = query?;
    let year = year.or_this(&app);
    let export = usage::export(&app, &viewer, year).await?;
    Ok(Download {
        name: usage_name(locale, year) + ".csv",
        plain_name: usage_name(Locale::En, year) + ".csv",
        content_type: CSV,
        content: usage_csv(locale, export).await?,
    })
}

async fn usage_workbook(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    query: Result<Query<Year>, QueryRejection>,
) -> Result<Download, Refusal> {
    let viewer = caller.may_see_billing()?;
    let Query(year) = query?;
    let year = year.or_this(&app);
    let export = usage::export(&app, &viewer, year).await?;
    Ok(Download {
        name: usage_name(locale, year) + ".xlsx",
        plain_name: usage_name(Locale::En, year) + ".xlsx",
        content_type: XLSX,
        content: usage_xlsx(locale, export, app.clock.now()).await?,
    })
}

fn usage_name(locale: Locale, year: i32) -> String {
    t!(locale => "file-usage", year = year.to_string())
}

async fn sales_table(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    query: Result<Query<Year>, QueryRejection>,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let Query(year) = query?;
    let year = year.or_this(&app);
    let purchases = sales::export(&app, &manager, year).await?;
    let name = |locale| t!(locale => "file-sales", year = year.to_string()) + ".csv";
    Ok(Download {
        name: name(locale),
        plain_name: name(Locale::En),
        content_type: CSV,
        content: sales_csv(locale, purchases).await?,
    })
}

#[derive(Deserialize)]
struct Period {
    /// A month unless another length is named.
    span: Option<StatementSpan>,
    /// A day of the period; today unless another is named.
    date: Option<NaiveDate>,
}

async fn statement(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    query: Result<Query<Period>, QueryRejection>,
) -> Result<Download, Refusal> {
    let viewer = caller.may_see_billing()?;
    let Query(period) = query?;
    let statement = usage::statement(&app, &viewer, period.span.unwrap_or(StatementSpan::Month), period.date).await?;
    let from = statement.from.to_string();
    let name = |locale| t!(locale => "file-statement", from = from.as_str()) + ".csv";
    Ok(Download {
        name: name(locale),
        plain_name: name(Locale::En),
        content_type: CSV,
        content: statement_csv(locale, statement).await?,
    })
}

async fn tax_document_pdf(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    Path(number): Path<String>,
) -> Result<Download, Refusal> {
    tax_document(&app, &caller, locale, &number, FileFormat::Pdf).await
}

async fn tax_document_isdoc(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    Path(number): Path<String>,
) -> Result<Download, Refusal> {
    tax_document(&app, &caller, locale, &number, FileFormat::Isdoc).await
}

async fn tax_document(
    app: &App,
    caller: &Caller,
    locale: Locale,
    number: &str,
    format: FileFormat,
) -> Result<Download, Refusal> {
    let (kind, content) = tax_documents::download(app, caller, number, format).await?;
    let name = |locale| file_name(locale, kind, number, format);
    let content_type = match format {
        FileFormat::Pdf => PDF,
        FileFormat::Isdoc => ISDOC,
    };
    Ok(Download { name: name(locale), plain_name: name(Locale::En), content_type, content })
}

async fn tax_documents_of_year(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(locale): Extension<Locale>,
    Path(archive): Path<String>,
) -> Result<Download<Body>, Refusal> {
    let viewer = caller.may_see_billing()?;
    let year = archive.strip_suffix(".zip").and_then(|year| year.parse().ok()).ok_or(Problem::NotFound)?;
    let mut pieces = tax_documents::archive(&app, &viewer, locale, year).await?;
    let name = |locale| t!(locale => "file-tax-documents", year = year.to_string()) + ".zip";
    Ok(Download {
        name: name(locale),
        plain_name: name(Locale::En),
        content_type: ZIP,
        content: Body::from_stream(futures::stream::poll_fn(move |context| pieces.poll_recv(context))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures;

    #[test]
    fn a_name_survives_in_a_header() {
        assert_eq!(extended("výpis-minut \"2026\"\r\n.csv"), "v%C3%BDpis-minut%20%222026%22%0D%0A.csv");
    }

    #[test]
    fn a_former_version_is_found_and_says_that_it_was_replaced() {
        let first = fixtures::receipt(&[], 20, &[]);
        let mut second = first.clone();
        second.version = 2;
        let page = ReceiptPage {
            receipt: second,
            former: vec![first],
            contests: Vec::new(),
            back: crate::model::work::pages::ReceiptBack::Request,
            contest_until: None,
        };
        let found = |version| printed(&page, version).map(|found| (found.receipt.version, found.replaced_by));
        assert_eq!(found(None), Some((2, None)));
        assert_eq!(found(Some(2)), Some((2, None)));
        assert_eq!(found(Some(1)), Some((1, Some(2))));
        assert_eq!(found(Some(3)), None);
    }
}
