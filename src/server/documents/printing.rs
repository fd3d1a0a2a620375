//! Printing: a template and data become a PDF, by typst.
//!
//! Data are handed over as JSON and never pasted into a template, so that nothing in them can be markup. Templates and
//! fonts are part of the program: there is no file, package or network for a template to reach.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serialize;
use typst::foundations::{Bytes, Datetime, Dict, IntoValue, Smart, Value};
use typst_as_lib::TypstEngine;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{
    NotMade,
    legible::{FAMILIES, FONTS, make_legible},
    make,
};
use crate::ui::texts::{Locale, t};

/// What typst remembers goes when so many documents did not need it.
const REMEMBERED_FOR: usize = 8;

static ENGINE: LazyLock<TypstEngine> = LazyLock::new(|| {
    TypstEngine::builder()
        .fonts(FONTS.iter().cloned())
        .with_static_source_file_resolver([
            ("frame.typ", include_str!("templates/frame.typ")),
            (RECEIPT, include_str!("templates/receipt.typ")),
            (TAX_DOCUMENT, include_str!("templates/tax_document.typ")),
            (ACCOUNT_STATEMENT, include_str!("templates/account_statement.typ")),
        ])
        .comemo_evict_max_age(Some(REMEMBERED_FOR))
        .build()
});

/// The template of a receipt.
pub const RECEIPT: &str = "receipt.typ";
/// The template of a tax document.
pub const TAX_DOCUMENT: &str = "tax_document.typ";

/// The template of a statement of account.
pub const ACCOUNT_STATEMENT: &str = "account_statement.typ";

/// What the frame of every document shows.
#[derive(Debug, Serialize)]
pub struct Frame {
    lang: &'static str,
    region: &'static str,
    brand: String,
    title: String,
    issued: String,
    foot: String,
    page: String,
    #[serde(skip)]
    issued_at: DateTime<Utc>,
}

impl Frame {
    /// * `title` – what the document is called, on paper and by programs that show it
    /// * `issued` – when it was issued and whatever else belongs under the title
    /// * `foot` – what stands at the foot of every page
    pub fn new(locale: Locale, title: String, issued: String, foot: String, issued_at: DateTime<Utc>) -> Self {
        Self {
            lang: locale.code(),
            region: match locale {
                Locale::Cs => "CZ",
                Locale::En => "GB",
            },
            brand: t!(locale => "brand"),
            title,
            issued,
            foot,
            page: t!(locale => "document-page", page = "{page}", pages = "{pages}"),
            issued_at,
        }
    }
}

/// A document: a frame and what stands in it.
pub trait Document: Serialize + Send + 'static {
    /// The file of its template.
    const TEMPLATE: &'static str;

    /// What it conforms to: by itself, that screen readers can read it.
    const STANDARDS: &'static [PdfStandard] = &[PdfStandard::Ua_1];

    /// Its frame.
    fn frame(&self) -> &Frame;

    /// Files that its template shows or attaches, each by the name of its input.
    fn files(&self) -> Vec<(&'static str, Vec<u8>)> {
        Vec::new()
    }
}

/// Prints a document.
///
/// # Errors
/// [`NotMade`].
pub async fn print<D: Document>(document: D) -> Result<Vec<u8>, NotMade> {
    make(move || print_now(&document)).await
}

fn print_now<D: Document>(document: &D) -> Result<Vec<u8>, NotMade> {
    let mut data = serde_json::to_value(document).map_err(NotMade::because)?;
    make_legible(&mut data, document.frame().lang == Locale::Cs.code());
    let json = serde_json::to_vec(&data).map_err(NotMade::because)?;
    let mut inputs = Dict::new();
    inputs.insert("data".into(), Value::Bytes(Bytes::new(json)));
    for (name, content) in document.files() {
        inputs.insert(name.into(), Value::Bytes(Bytes::new(content)));
    }
    inputs.insert("fonts".into(), Value::Array(FAMILIES.map(IntoValue::into_value).into_iter().collect()));
    let pages = ENGINE.compile_with_input(D::TEMPLATE, inputs);
    for warning in pages.warnings {
        tracing::warn!(template = D::TEMPLATE, ?warning, "printing");
    }
    typst_pdf::pdf(&pages.output.map_err(NotMade::because)?, &options(document.frame(), D::STANDARDS)?)
        .map_err(NotMade::because)
}

/// Dated by what it says and not by when it is printed.
fn options(frame: &Frame, standards: &[PdfStandard]) -> Result<PdfOptions, NotMade> {
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {}", frame.title, frame.issued_at)),
        creator: Smart::Custom(Some(frame.brand.clone())),
        timestamp: timestamp(frame.issued_at),
        standards: PdfStandards::new(standards).map_err(NotMade::because)?,
        ..PdfOptions::default()
    })
}

fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let small = |number: u32| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        at.year(),
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
    )
    .map(Timestamp::new_utc)
}
