//! Credit notes: what is given back of a purchase corrects the documents on its payment or its invoice.

use chrono::{DateTime, Utc};

use super::{announcing::announce, issuing::about_purchase};
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{DocumentId, RefundId},
            money::{Money, VatRate},
        },
        money::tax_documents::{
            DocumentContent, DocumentKind, DocumentLine, LineSubject, TaxDocument, TaxRow, tax_row_of_total,
        },
        problem::Problem,
    },
    server::db::{
        Tx,
        money::{
            purchases::StoredPurchase,
            tax_documents::{self, Subject},
        },
    },
};

/// What is credited when minutes of a purchase are given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Credit<'a> {
    /// Which refund.
    pub refund: RefundId,
    /// How many minutes come back.
    pub minutes: u32,
    /// How much money, including VAT.
    pub amount: Money,
    /// Why: the law wants it on the document (VAT Act, § 45).
    pub reason: &'a str,
}

/// The natural key of the credit note of a refund.
pub(crate) fn credit_note_key(refund: RefundId) -> String {
    format!("{}:{refund}", DocumentKind::CreditNote)
}

/// The credit notes of a refund, which correct the tax documents of the purchase's payment or its invoice; none when the purchase
/// has neither. What is credited is taken off the latest of several documents first, each on a credit note of its own. Gives the
/// first of them; repeating it finds what was issued.
pub(crate) async fn issue_credit_note(
    tx: &mut Tx,
    stored: &StoredPurchase,
    credit: Credit<'_>,
    now: DateTime<Utc>,
) -> Result<Option<DocumentId>, Problem> {
    let purchase = &stored.purchase;
    let key = credit_note_key(credit.refund);
    if let Some(known) = tax_documents::by_key(tx, &key).await? {
        return Ok(Some(known.id));
    }
    let kind = if purchase.at_once { DocumentKind::Invoice } else { DocumentKind::Payment };
    let documents = tax_documents::of_purchase(tx, purchase.id).await?;
    let (mut left, mut first) = (credit.amount, None);
    for corrected in documents.iter().rev().filter(|document| document.content.kind == kind) {
        let former = tax_documents::credit_notes(tx, corrected.id).await?;
        let amount = left.min(left_of([corrected].into_iter().chain(&former)).1);
        if amount <= Money::ZERO {
            continue;
        }
        left = left - amount;
        // The minutes stand on the first: a minute is not given back in parts.
        let (key, minutes) =
            if first.is_none() { (key.clone(), credit.minutes) } else { (format!("{key}:{}", corrected.id), 0) };
        let part = (minutes, amount, credit.reason);
        let content = content_of_credit(tx, stored, corrected, &former, part, now).await?;
        let subject =
            Subject { customer: stored.customer, purchase: Some(purchase.id), corrects: Some(corrected.id), key: &key };
        if let Some(document) = tax_documents::issue(tx, &subject, content).await? {
            announce(tx, stored.customer, &document, now).await?;
            first = first.or(Some(document.id));
        }
    }
    Ok(first)
}

/// What is left of a document after what was credited of it, including VAT.
pub(crate) async fn left_of_document(tx: &mut Tx, document: &TaxDocument) -> Result<Money, Problem> {
    let former = tax_documents::credit_notes(tx, document.id).await?;
    Ok(left_of([document].into_iter().chain(&former)).1)
}

/// The credit note of one document, as the payment that it is on turned out to be another's.
///
/// * `credit` – how many minutes come back, how much money, including VAT, and why
pub(crate) async fn issue_credit_of(
    tx: &mut Tx,
    stored: &StoredPurchase,
    corrected: &TaxDocument,
    key: &str,
    (minutes, amount, reason): (u32, Money, &str),
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let former = tax_documents::credit_notes(tx, corrected.id).await?;
    let content = content_of_credit(tx, stored, corrected, &former, (minutes, amount, reason), now).await?;
    let (customer, purchase) = (stored.customer, Some(stored.purchase.id));
    let subject = Subject { customer, purchase, corrects: Some(corrected.id), key };
    if let Some(document) = tax_documents::issue(tx, &subject, content).await? {
        announce(tx, customer, &document, now).await?;
    }
    Ok(())
}

async fn content_of_credit(
    tx: &mut Tx,
    stored: &StoredPurchase,
    corrected: &TaxDocument,
    former: &[TaxDocument],
    (minutes, amount, reason): (u32, Money, &str),
    now: DateTime<Utc>,
) -> Result<DocumentContent, Problem> {
    // What is credited is taxed as what it corrects.
    let vat = corrected.content.taxes.first().map_or(stored.purchase.vat, |row| row.vat);
    let row = tax_row_of_credit([corrected].into_iter().chain(former), amount, vat);
    Ok(DocumentContent {
        supplied_on: Some(to_local(now).date()),
        corrects: Some((corrected.number.clone(), reason.to_owned())),
        follows: Some((corrected.content.kind, corrected.number.clone())),
        lines: vec![DocumentLine {
            what: LineSubject::ReturnedMinutes { purchase: stored.purchase.number },
            quantity: minutes,
            price: row.base,
            vat: row.vat,
        }],
        taxes: vec![row],
        ..about_purchase(tx, stored, DocumentKind::CreditNote, now).await?
    })
}

/// Base and total that are left of a document and its credit notes.
fn left_of<'a>(documents: impl Iterator<Item = &'a TaxDocument>) -> (Money, Money) {
    documents.fold((Money::ZERO, Money::ZERO), |(base, total), document| {
        (base + document.content.base(), total + document.content.total())
    })
}

/// The taxes of what is credited of a purchase: taken out of the amount, and the last credit takes what is left to the haléř.
pub(super) fn tax_row_of_credit<'a>(
    documents: impl Iterator<Item = &'a TaxDocument>,
    amount: Money,
    vat: VatRate,
) -> TaxRow {
    let (base, total) = left_of(documents);
    if amount == total {
        return TaxRow { vat, base: -base, tax: base - total, total: -total };
    }
    tax_row_of_total(-amount, vat)
}
