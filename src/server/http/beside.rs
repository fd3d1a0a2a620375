//! The routes beside pages and server functions: files to download, the ways to the payment page and back, former
//! addresses.

use axum::{
    Router,
    routing::{MethodRouter, get},
};

use super::{calendar, documents, mails, moved, payments};
use crate::{
    model::{paths, people::access::Access},
    server::app::App,
};

/// Where each stands, for whom it is, and what answers.
fn table() -> Vec<(&'static str, Access, MethodRouter<App>)> {
    vec![
        (paths::REQUEST_CALENDAR, Access::Member, get(calendar::download)),
        (paths::RECEIPT_PDF, Access::SignedIn, get(documents::receipt)),
        (paths::USAGE_CSV, Access::BillingViewer, get(documents::usage_table)),
        (paths::USAGE_XLSX, Access::BillingViewer, get(documents::usage_workbook)),
        (paths::STATEMENT_CSV, Access::BillingViewer, get(documents::statement)),
        (paths::DOCUMENT_PDF, Access::SignedIn, get(documents::tax_document_pdf)),
        (paths::DOCUMENT_ISDOC, Access::SignedIn, get(documents::tax_document_isdoc)),
        (paths::DOCUMENT_ARCHIVE, Access::BillingViewer, get(documents::tax_documents_of_year)),
        (paths::SALES_CSV, Access::Manager, get(documents::sales_table)),
        (paths::PURCHASE_PAY, Access::Buyer, get(payments::pay)),
        (paths::PURCHASE_RETURN, Access::Buyer, get(payments::come_back)),
        (paths::FORMER_PURCHASE, Access::Public, get(moved::lead_on)),
        (paths::FORMER_PURCHASE_FORM, Access::Public, get(moved::lead_on)),
        (paths::FORMER_SALES_PURCHASES, Access::Public, get(moved::lead_on)),
        (paths::FORMER_SALES_PURCHASE, Access::Public, get(moved::lead_on)),
        (paths::DEMO_MAIL, Access::Public, get(mails::html)),
        (paths::DEMO_MAIL_TEXT, Access::Public, get(mails::text)),
        (paths::DEMO_MAIL_MESSAGE, Access::Public, get(mails::message)),
    ]
}

/// For whom they are.
pub fn access() -> impl Iterator<Item = (&'static str, Access)> {
    table().into_iter().map(|(path, access, _)| (path, access))
}

/// All of them.
pub fn routes<S>(app: App) -> Router<S> {
    let routes = table().into_iter().fold(Router::new(), |router, (path, _, handler)| router.route(path, handler));
    routes.with_state(app)
}
