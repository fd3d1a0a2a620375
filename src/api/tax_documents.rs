//! Proformas, tax documents, invoices and credit notes.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{ids::DocumentId, problem::Problem, tax_documents as view};

/// `/documents`, the newest first; `before` continues a former page.
///
/// # Errors
/// [`Problem::Forbidden`] without `see_billing`.
#[server(endpoint = "documents", input = GetUrl)]
pub async fn document_list(
    kind: Option<view::DocumentKind>,
    year: Option<i32>,
    before: Option<DocumentId>,
) -> Result<view::DocumentList, Problem> {
    use crate::server::service::{self, tax_documents};
    let filter = view::DocumentFilter { kind, year };
    tax_documents::list(&service::app()?, &service::caller()?.may_see_billing()?, filter, before).await
}
