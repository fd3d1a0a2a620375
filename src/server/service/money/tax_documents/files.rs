//! The files of documents: printed once, by a job or by whoever asks first, and kept.

use std::fs::File;

use crate::{
    model::{
        base::ids::DocumentId,
        money::tax_documents::{FileFormat, TaxDocument},
        problem::Problem,
    },
    server::{
        app::App,
        auth::BillingViewer,
        db::{Tx, money::tax_documents},
        documents::{Archive, Entry, Locale, NotMade, file_name, isdoc, tax_document_pdf, write_archive},
        incident,
    },
};

/// All files of a customer's documents of a year as one archive: a file without a name, which is gone when it is closed.
///
/// # Errors
/// [`Problem::NotFound`] when there are none, [`Problem::Busy`] when too many are made at once.
pub async fn archive(app: &App, viewer: &BillingViewer, locale: Locale, year: i32) -> Result<File, Problem> {
    let customer = viewer.customer();
    let documents = {
        let mut tx = app.db.member(customer).await?;
        tax_documents::of_year(&mut tx, customer, year).await?
    };
    if documents.is_empty() {
        return Err(Problem::NotFound);
    }
    write_archive(async |archive| fill(app, archive, &documents, locale).await, not_made).await
}

async fn fill(app: &App, archive: &Archive, documents: &[DocumentId], locale: Locale) -> Result<(), Problem> {
    for &id in documents {
        let Files { document, pdf, isdoc } = files(app, id).await?;
        for (format, content) in [(FileFormat::Pdf, pdf), (FileFormat::Isdoc, isdoc)] {
            let name = file_name(locale, document.content.kind, &document.number, format);
            archive.add(Entry { name, at: document.content.issued_at, content }).await.map_err(not_made)?;
        }
    }
    Ok(())
}

/// A document and its files as they were first made.
struct Files {
    document: TaxDocument,
    pdf: Vec<u8>,
    isdoc: Vec<u8>,
}

/// Prints a document and keeps its files, unless they are kept.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such document, [`Problem::Internal`] when it cannot be printed.
pub async fn print(app: &App, id: DocumentId) -> Result<(), Problem> {
    files(app, id).await.map(drop)
}

/// A file of a document.
pub(crate) async fn printed(app: &App, id: DocumentId, format: FileFormat) -> Result<Vec<u8>, Problem> {
    let files = files(app, id).await?;
    Ok(match format {
        FileFormat::Pdf => files.pdf,
        FileFormat::Isdoc => files.isdoc,
    })
}

async fn files(app: &App, id: DocumentId) -> Result<Files, Problem> {
    let mut tx = app.db.system().await?;
    let (document, customer) = tax_documents::by_id(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    if let Some((pdf, isdoc)) = kept(&mut tx, id).await? {
        return Ok(Files { document, pdf, isdoc });
    }
    // Printing takes a while: no connection waits for it.
    drop(tx);
    let for_programs = isdoc(&document).map_err(not_made)?;
    let pdf = tax_document_pdf(&document, for_programs.clone()).await.map_err(not_made)?;
    let mut tx = app.db.system().await?;
    let now = app.clock.now();
    // Both in one transaction and always in this order: of two that print at once, one keeps both and the other neither.
    tax_documents::keep_file(&mut tx, customer, id, FileFormat::Isdoc, &for_programs, now).await?;
    tax_documents::keep_file(&mut tx, customer, id, FileFormat::Pdf, &pdf, now).await?;
    let (pdf, isdoc) = kept(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    tx.commit().await?;
    Ok(Files { document, pdf, isdoc })
}

async fn kept(tx: &mut Tx, id: DocumentId) -> Result<Option<(Vec<u8>, Vec<u8>)>, Problem> {
    let pdf = tax_documents::file(tx, id, FileFormat::Pdf).await?;
    let isdoc = tax_documents::file(tx, id, FileFormat::Isdoc).await?;
    Ok(pdf.zip(isdoc))
}

pub(crate) fn not_made(error: NotMade) -> Problem {
    if let NotMade::Busy = error {
        return Problem::Busy { retry_after_s: 5 };
    }
    let incident = incident::current();
    tracing::error!(%error, incident, "tax document");
    Problem::Internal { incident }
}
