//! Documents to download: receipts as PDF, usage and statement as tables, tax documents one by one and a year at once.

use std::{fs::File, io};

use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{Datelike, NaiveDate};
use futures::Stream;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use serde::Deserialize;
use tokio::io::AsyncReadExt;

use super::session::refuse;
use crate::{
    model::{
        base::{calendar::to_local, ids::AttachmentId, numbers::InterventionRef},
        minutes::usage::StatementSpan,
        money::tax_documents::FileFormat,
        people::audit::{AuditFilter, AuditSubject},
        problem::Problem,
        work::{figures::Step, pages::ReceiptPage},
    },
    server::{
        app::App,
        auth::Caller,
        documents::{
            NotMade, Printed, account_statement_csv, account_statement_pdf, figures_csv, figures_xlsx, file_name,
            sales_csv, statement_csv, usage_csv, usage_xlsx,
        },
        incident,
        service::{
            minutes::{contracts, usage},
            money::{account_statements, sales, tax_documents},
            ordering::attachments,
            people::audit,
            people::own_data,
            work::{figures, receipts},
        },
    },
    ui::texts::{Locale, t},
};

/// When to come again while too much is to be made, in seconds.
const COME_AGAIN_S: u32 = 5;

/// How large a piece of a file is.
const PIECE: usize = 64 * 1024;

/// Who asks for a file, and in which language it is wanted.
pub type Asking = (State<App>, Extension<Caller>, Extension<Locale>);

/// As what a file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// On paper.
    Pdf,
    /// A table.
    Csv,
    /// Tables that belong together.
    Xlsx,
    /// For programs.
    Xml,
    /// Several files.
    Zip,
}

impl Kind {
    const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xml => "application/xml",
            Self::Zip => "application/zip",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xml => "xml",
            Self::Zip => "zip",
        }
    }
}

/// A file as it is sent.
pub struct Download<C = Vec<u8>> {
    /// Its name in the reader's language, for all but the oldest programs.
    name: String,
    /// Its name in English, which is ASCII, for those.
    plain_name: String,
    content_type: &'static str,
    content: C,
}

impl<C> Download<C> {
    /// * `name` – what it is called in a language, without its ending
    pub(super) fn new(locale: Locale, name: impl Fn(Locale) -> String, kind: Kind, content: C) -> Self {
        let named = |locale| format!("{}.{}", name(locale), kind.ending());
        Self { name: named(locale), plain_name: named(Locale::En), content_type: kind.content_type(), content }
    }
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

/// What stands for itself in the value of an extended parameter of a header (RFC 8187).
const HARMLESS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn extended(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, HARMLESS)
}

/// An error as a download answers it.
pub struct Refusal(Problem);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        refuse(self.0)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<NotMade> for Refusal {
    fn from(error: NotMade) -> Self {
        if let NotMade::Busy = error {
            return Self(Problem::Busy { retry_after_s: COME_AGAIN_S });
        }
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
pub struct Version {
    /// A former version; the latest unless it is named.
    version: Option<u32>,
}

/// A contract as it was signed, as a download only: nobody has looked into the file.
pub async fn contract_file(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path((contract, file)): Path<(String, String)>,
) -> Result<Download, Refusal> {
    let named = contract.parse().ok().zip(file.parse().ok());
    let (contract, file) = named.ok_or(Problem::NotFound)?;
    let (name, content) = contracts::file(&app, &caller, contract, file).await?;
    Ok(Download { name, plain_name: format!("contract-{file}.pdf"), content_type: Kind::Pdf.content_type(), content })
}

/// Nothing of a file that somebody sent runs, whatever it is taken for.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// A file that goes with a message: shown where we wrote every byte of it, a download else.
pub async fn attachment(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    let id = file.parse().map(AttachmentId).map_err(|_| Problem::NotFound)?;
    let (file, content) = attachments::file(&app, &caller, id).await?;
    let plain_name = format!("attachment.{}", file.kind.ending());
    let download = Download { name: file.name, plain_name, content_type: file.kind.media_type(), content };
    let mut response = download.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    if file.kind.is_shown() {
        let named = headers.get(header::CONTENT_DISPOSITION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let shown = named.replacen("attachment", "inline", 1);
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(shown).map_err(|_| Problem::Malformed)?);
    }
    Ok(response)
}

/// A receipt; `?version=1` for a former one.
pub async fn receipt(
    (State(app), Extension(caller), Extension(locale)): Asking,
    Path((number, ordinal)): Path<(String, String)>,
    query: Result<Query<Version>, QueryRejection>,
) -> Result<Download, Refusal> {
    let Query(Version { version }) = query?;
    let intervention = intervention(&number, &ordinal).ok_or(Problem::NotFound)?;
    let page = receipts::page(&app, &caller, intervention).await?;
    let printed = printed(&page, version).ok_or(Problem::NotFound)?;
    let content = receipts::print_once(&app, intervention, locale, printed).await?;
    let number = format!("{}-{}", intervention.number, intervention.ordinal);
    Ok(Download::new(locale, |locale| t!(locale => "file-receipt", number = number.as_str()), Kind::Pdf, content))
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
            consents: &page.consents,
            replaced_by: None,
        });
    }
    let receipt = page.former.iter().find(|former| Some(former.version) == version)?;
    // Consent comes before the work that it allows, so what was asked later belongs to a later version.
    let asked = page.consents.partition_point(|consent| consent.asked_at <= receipt.issued_at);
    Some(Printed { receipt, former: &[], contests: &[], consents: &page.consents[..asked], replaced_by: Some(latest) })
}

#[derive(Deserialize)]
pub struct Year {
    /// This year unless another is named.
    year: Option<i32>,
}

impl Year {
    fn or_this(self, app: &App) -> i32 {
        self.year.unwrap_or_else(|| to_local(app.clock.now()).year())
    }
}

/// The interventions of `?year=2026` as a table, or with the statement as a workbook.
pub async fn usage_file(
    (State(app), Extension(caller), Extension(locale)): Asking,
    query: Result<Query<Year>, QueryRejection>,
    kind: Kind,
) -> Result<Download, Refusal> {
    let viewer = caller.may_see_billing()?;
    let Query(year) = query?;
    let year = year.or_this(&app);
    let export = usage::export(&app, &viewer, year).await?;
    let content = match kind {
        Kind::Xlsx => usage_xlsx(locale, export, app.clock.now()).await?,
        _ => usage_csv(locale, export).await?,
    };
    Ok(Download::new(locale, |locale| t!(locale => "file-usage", year = year.to_string()), kind, content))
}

/// The purchases that were paid in `?year=2026` as a table.
pub async fn sales_table(
    (State(app), Extension(caller), Extension(locale)): Asking,
    query: Result<Query<Year>, QueryRejection>,
) -> Result<Download, Refusal> {
    let manager = caller.manager()?;
    let Query(year) = query?;
    let year = year.or_this(&app);
    let content = sales_csv(locale, sales::export(&app, &manager, year).await?).await?;
    Ok(Download::new(locale, |locale| t!(locale => "file-sales", year = year.to_string()), Kind::Csv, content))
}

#[derive(Deserialize)]
pub struct FiguresAsked {
    /// The first day.
    from: Option<NaiveDate>,
    /// The last day.
    until: Option<NaiveDate>,
    /// How long a period is.
    step: Option<Step>,
}

/// The figures of `?from=2026-09-01&until=2026-11-30&step=month` as a table, or as a workbook.
pub async fn figures_file(
    (State(app), Extension(caller), Extension(locale)): Asking,
    query: Result<Query<FiguresAsked>, QueryRejection>,
    kind: Kind,
) -> Result<Download, Refusal> {
    let Query(asked) = query?;
    let page = figures::page(&app, &caller.desk()?, asked.from, asked.until, asked.step).await?;
    let (from, until) = (page.filter.from.to_string(), page.filter.until.to_string());
    let content = match kind {
        Kind::Xlsx => figures_xlsx(locale, page, app.clock.now()).await?,
        _ => figures_csv(locale, page).await?,
    };
    let name = |locale| t!(locale => "file-figures", from = from.as_str(), until = until.as_str());
    Ok(Download::new(locale, name, kind, content))
}

/// The entries of the audit that fit `?search=…&subject=…` as a table, all of them.
pub async fn audit_table(
    (State(app), Extension(caller), Extension(locale)): Asking,
    query: Result<Query<Sought>, QueryRejection>,
) -> Result<Download<Body>, Refusal> {
    let manager = caller.manager()?;
    let Query(Sought { search, subject }) = query?;
    let subject = subject.as_deref().and_then(AuditSubject::from_code);
    let file = audit::export(&app, &manager, locale, &AuditFilter { search, subject }).await?;
    let content = Body::from_stream(pieces(file));
    Ok(Download::new(locale, |locale| t!(locale => "file-audit"), Kind::Csv, content))
}

#[derive(Deserialize)]
pub struct Sought {
    #[serde(default)]
    search: String,
    /// A form sends it empty for all of them.
    subject: Option<String>,
}

#[derive(Deserialize)]
pub struct Period {
    /// A month unless another length is named.
    span: Option<StatementSpan>,
    /// A day of the period; today unless another is named.
    date: Option<NaiveDate>,
}

/// The entries of the period `?span=month&date=2026-11-01` as a table.
pub async fn statement(
    (State(app), Extension(caller), Extension(locale)): Asking,
    query: Result<Query<Period>, QueryRejection>,
) -> Result<Download, Refusal> {
    let viewer = caller.may_see_billing()?;
    let Query(period) = query?;
    let statement = usage::statement(&app, &viewer, period.span.unwrap_or(StatementSpan::Month), period.date).await?;
    let from = statement.from.to_string();
    let content = statement_csv(locale, statement).await?;
    Ok(Download::new(locale, |locale| t!(locale => "file-statement", from = from.as_str()), Kind::Csv, content))
}

#[derive(Deserialize)]
pub struct Days {
    /// The first.
    from: Option<NaiveDate>,
    /// The last.
    until: Option<NaiveDate>,
}

/// The statement of account of `?from=2026-01-01&until=2026-11-23` on paper, or as a table.
pub async fn account_statement(
    (State(app), Extension(caller), Extension(locale)): Asking,
    query: Result<Query<Days>, QueryRejection>,
    kind: Kind,
) -> Result<Download, Refusal> {
    let viewer = caller.may_see_billing()?;
    let Query(Days { from, until }) = query?;
    let statement = account_statements::statement(&app, &viewer, from, until).await?;
    let (from, until) = (statement.from.to_string(), statement.until.to_string());
    let content = match kind {
        Kind::Pdf => account_statement_pdf(locale, &statement).await?,
        _ => account_statement_csv(locale, statement).await?,
    };
    let name = |locale| t!(locale => "file-account-statement", from = from.as_str(), until = until.as_str());
    Ok(Download::new(locale, name, kind, content))
}

/// A tax document for people, or for programs.
pub async fn tax_document(
    (State(app), Extension(caller), Extension(locale)): Asking,
    Path(number): Path<String>,
    format: FileFormat,
) -> Result<Download, Refusal> {
    let (document, content) = tax_documents::download(&app, &caller, &number, format).await?;
    let name = |locale| file_name(locale, document, &number, format);
    let content_type = match format {
        FileFormat::Pdf => Kind::Pdf.content_type(),
        FileFormat::Isdoc => Kind::Xml.content_type(),
    };
    Ok(Download { name: name(locale), plain_name: name(Locale::En), content_type, content })
}

/// All of a year, `/documents/2026.zip`.
pub async fn tax_documents_of_year(
    (State(app), Extension(caller), Extension(locale)): Asking,
    Path(archive): Path<String>,
) -> Result<Download<Body>, Refusal> {
    let viewer = caller.may_see_billing()?;
    let year: i32 = archive.strip_suffix(".zip").and_then(|year| year.parse().ok()).ok_or(Problem::NotFound)?;
    let content = Body::from_stream(pieces(tax_documents::archive(&app, &viewer, locale, year).await?));
    Ok(Download::new(locale, |locale| t!(locale => "file-tax-documents", year = year.to_string()), Kind::Zip, content))
}

/// All that is kept of the member who asks.
pub async fn own_data((State(app), Extension(caller), Extension(locale)): Asking) -> Result<Download<Body>, Refusal> {
    let content = Body::from_stream(pieces(own_data::archive(&app, &caller).await?));
    Ok(Download::new(locale, |locale| t!(locale => "file-own-data"), Kind::Zip, content))
}

/// A file, piece by piece: never more than that of it is in memory.
pub(super) fn pieces(file: File) -> impl Stream<Item = io::Result<Vec<u8>>> {
    futures::stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok((read > 0).then_some((piece, file)))
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::model::{
        fixtures,
        work::{ceiling::Consent, receipts::Receipt},
    };

    #[test]
    fn a_name_survives_in_a_header() {
        assert_eq!(extended("výpis-minut \"2026\"\r\n.csv").to_string(), "v%C3%BDpis-minut%20%222026%22%0D%0A.csv");
    }

    #[test]
    fn a_former_version_is_found_and_says_that_it_was_replaced() {
        let first = fixtures::receipt(&[], 20, &[]);
        let issued_at = first.issued_at;
        let second = Receipt { version: 2, issued_at: issued_at + TimeDelta::hours(1), ..first.clone() };
        let page = ReceiptPage {
            receipt: second,
            former: vec![first],
            contests: Vec::new(),
            consents: [TimeDelta::minutes(-5), TimeDelta::minutes(5)]
                .map(|later| Consent { asked_at: issued_at + later, ceiling_minutes: 30, answer: None })
                .into(),
            back: crate::model::work::pages::ReceiptBack::Request,
            contest_until: None,
        };
        let found = |version| printed(&page, version).map(|found| (found.receipt.version, found.replaced_by));
        assert_eq!(found(None), Some((2, None)));
        assert_eq!(found(Some(2)), Some((2, None)));
        assert_eq!(found(Some(1)), Some((1, Some(2))));
        assert_eq!(found(Some(3)), None);
        let asked = |version| printed(&page, version).map(|found| found.consents.len());
        assert_eq!((asked(Some(1)), asked(None)), (Some(1), Some(2)), "each knows of the consents before it");
    }
}
