//! Tax documents. They are issued in the caller's transaction: what they say is put together here and frozen. Printed they are
//! by a job or by whoever asks first, once.

mod announcing;
mod credits;
mod files;
mod issuing;
#[cfg(test)]
mod tests;

pub use self::files::{archive, print};
pub(crate) use self::{
    announcing::{announce, ask_for_rest, tell_credited},
    credits::{Credit, credit_note_key, issue_credit_note, issue_credit_of, left_of_document},
    files::{not_made, printed},
    issuing::{issue_claim, issue_on_payment, issue_on_transfers, issue_on_won_back, issue_request_for_payment},
};
use crate::{
    model::{
        base::{calendar::to_local, ids::DocumentId, paging::Queue},
        money::{
            pages::{DocumentPayment, TransferBox},
            tax_documents::{DocumentFilter, DocumentKind, DocumentList, FileFormat, Settlement},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{BillingViewer, Caller, Person},
        db::{
            money::{earlier_invoices, tax_documents},
            paging::counted,
        },
        service::people::former,
    },
};

/// How many documents a page of the list shows.
const PAGE: usize = 25;
/// How many invoices from before Linka are listed at most.
const EARLIER: i64 = 200;

/// `/documents`: the customer's documents, the newest first; `before` continues a former page.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(
    app: &App,
    viewer: &BillingViewer,
    filter: DocumentFilter,
    before: Option<DocumentId>,
) -> Result<DocumentList, Problem> {
    let customer = viewer.customer();
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.member(customer).await?;
    let page = tax_documents::list(&mut tx, customer, filter, before, PAGE, today).await?;
    let count = tax_documents::count(&mut tx, customer, filter);
    let documents = counted(page, before.is_none(), count).await?;
    let years = tax_documents::years(&mut tx, customer).await?;
    // On the first page only: they stand above all documents of ours.
    let earlier = match before {
        None => earlier_invoices::unpaid(&mut tx, Some(customer), today, EARLIER).await?,
        Some(_) => Queue { rows: Vec::new(), total: 0 },
    };
    Ok(DocumentList { filter, documents, years, earlier })
}

/// How one of the customer's documents is paid, and whether it still is to be.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one, and for one that asks nobody to pay.
pub async fn payment(app: &App, viewer: &BillingViewer, number: &str) -> Result<DocumentPayment, Problem> {
    let customer = viewer.customer();
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.member(customer).await?;
    let found = tax_documents::one(&mut tx, customer, number, today).await?;
    let (document, content, payments) =
        found.filter(|(row, ..)| row.kind.asks_for_payment()).ok_or(Problem::NotFound)?;
    let is_open = matches!(document.settlement, Settlement::Due | Settlement::Overdue);
    let left = document.total + payments.credited - payments.received;
    let transfer =
        is_open.then(|| TransferBox::of(&content, left, payments.received, &document.number, today)).flatten();
    Ok(DocumentPayment { document, transfer })
}

/// A file of a document, for members of its customer who see the billing and for the desk; and what it is a file of.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one, [`Problem::Forbidden`].
pub async fn download(
    app: &App,
    caller: &Caller,
    number: &str,
    format: FileFormat,
) -> Result<(DocumentKind, Vec<u8>), Problem> {
    let (mut tx, mut only) = match caller.session()?.person {
        Person::Member { .. } => {
            let customer = caller.may_see_billing()?.customer();
            (app.db.member(customer).await?, Some(customer))
        }
        Person::Staff { .. } => {
            caller.desk()?;
            (app.db.staff().await?, None)
        }
    };
    let mut found = tax_documents::by_number(&mut tx, number).await?;
    if found.is_none() && only.is_some() {
        drop(tx);
        // What was issued to who was merged bears that name, and is whose they are now to read.
        let viewer = caller.may_see_billing()?;
        let reader = former::reader(app, &viewer, number).await?;
        tx = app.db.member(reader.customer()).await?;
        only = Some(reader.customer());
        found = tax_documents::by_number(&mut tx, number).await?;
    }
    let (document, _) = found.filter(|(_, whose)| only.is_none_or(|only| only == *whose)).ok_or(Problem::NotFound)?;
    drop(tx);
    Ok((document.content.kind, printed(app, document.id, format).await?))
}
