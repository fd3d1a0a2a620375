//! Proformas, tax documents, invoices and credit notes.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::DocumentId,
    money::{pages, tax_documents as view},
    problem::Problem,
};

access! {
    DocumentList: BillingViewer,
    DocumentPayment: BillingViewer,
}

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
    use crate::server::{request, service::money::tax_documents};
    let filter = view::DocumentFilter { kind, year };
    tax_documents::list(&request::app()?, &request::caller()?.may_see_billing()?, filter, before).await
}

/// `/documents/{number}/payment`.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one, and for one that asks nobody to pay; [`Problem::Forbidden`] without `see_billing`.
#[server(endpoint = "documents/payment", input = GetUrl)]
pub async fn document_payment(number: String) -> Result<pages::DocumentPayment, Problem> {
    use crate::server::{request, service::money::tax_documents};
    tax_documents::payment(&request::app()?, &request::caller()?.may_see_billing()?, &number).await
}
