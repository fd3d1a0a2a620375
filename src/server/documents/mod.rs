//! Documents: what people print, file and calculate with.
//!
//! Every document says what the page says, in the language of the reader, and is a function of what it is made from: the
//! same receipt gives the same bytes. Words come from the catalogue of texts, layout from `templates`.

mod archive;
mod isdoc;
mod legible;
mod printing;
mod receipt;
mod tables;
mod tax_document;

use std::sync::{Arc, LazyLock};

use tokio::sync::Semaphore;

pub use self::isdoc::isdoc;
pub use archive::{Archive, ArchiveBytes, Entry};
pub use receipt::{Printed, receipt_pdf};
pub use tables::{sales_csv, statement_csv, usage_csv, usage_xlsx};
pub use tax_document::{checkout_name, file_name, tax_document_pdf};

pub use crate::ui::texts::Locale;

/// How many are made at once in one process: each takes a whole core.
const AT_ONCE: usize = 2;

static PERMITS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));

/// A document could not be made: our fault, never that of the data.
#[derive(Debug, thiserror::Error)]
#[error("a document could not be made: {0}")]
pub struct NotMade(String);

impl NotMade {
    fn because(reason: impl std::fmt::Debug) -> Self {
        Self(format!("{reason:?}"))
    }
}

/// Makes a document apart from the threads that answer requests, a few at a time.
async fn make(work: impl FnOnce() -> Result<Vec<u8>, NotMade> + Send + 'static) -> Result<Vec<u8>, NotMade> {
    let permit = Arc::clone(&PERMITS).acquire_owned().await.map_err(NotMade::because)?;
    let work = move || {
        // The permit goes with the work: whoever hangs up meanwhile does not make room for more of it.
        let _permit = permit;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(NotMade::because)?
}
