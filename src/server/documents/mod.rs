//! Documents: what people print, file and calculate with.
//!
//! Every document says what the page says, in the language of the reader, and is a function of what it is made from: the
//! same receipt gives the same bytes. Words come from the catalogue of texts, layout from `templates`.

mod account_statement;
mod accounting;
mod archive;
mod isdoc;
mod legible;
mod printing;
mod receipt;
mod tables;
mod tax_document;
mod xml;

use std::sync::LazyLock;

pub use self::isdoc::isdoc;
pub use account_statement::account_statement_pdf;
pub use accounting::{money_s3, pohoda};
pub use archive::{Archive, Entry, write_archive};
pub use receipt::{Printed, receipt_pdf};
pub use tables::{
    AuditCsv, account_statement_csv, accounting_csv, accounting_xlsx, figures_csv, figures_xlsx, receivables_csv,
    sales_csv, statement_csv, usage_csv, usage_xlsx,
};
pub use tax_document::{checkout_name, file_name, tax_document_pdf};

use crate::server::bounded::{Bounded, NotDone};
pub use crate::ui::texts::Locale;

/// How many are made at once in one process: each takes a whole core.
const AT_ONCE: usize = 2;

/// How many may wait for that: a few seconds of work. Whoever comes then is asked to come again.
const WAITING: usize = 30;

static MAKING: LazyLock<Bounded> = LazyLock::new(|| Bounded::new(AT_ONCE, WAITING));

/// Why a document was not made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// It could not be: our fault, never that of the data.
    #[error("a document could not be made: {0}")]
    Broken(String),
    /// Too many wait to be made.
    #[error("too many documents wait to be made")]
    Busy,
}

impl NotMade {
    fn because(reason: impl std::fmt::Debug) -> Self {
        Self::Broken(format!("{reason:?}"))
    }
}

impl From<NotDone> for NotMade {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Full => Self::Busy,
            NotDone::Stopped => Self::because(not_done),
        }
    }
}

/// Makes a document apart from the threads that answer requests, a few at a time.
async fn make(work: impl FnOnce() -> Result<Vec<u8>, NotMade> + Send + 'static) -> Result<Vec<u8>, NotMade> {
    MAKING.run(work).await?
}
