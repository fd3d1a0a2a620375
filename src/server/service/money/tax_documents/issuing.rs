//! What a purchase is documented by: the request for its payment, and what came of it.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::announcing::announce;
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::DocumentId,
            money::{Money, VatRate},
        },
        money::{
            purchases::Purchase,
            tax_documents::{
                DocumentContent, DocumentKind, DocumentLine, LineSubject, TaxDocument, tax_row_of_total, tax_rows,
            },
        },
        problem::Problem,
    },
    server::{
        db::{
            Tx,
            line::catalogue,
            money::{
                balances,
                purchases::StoredPurchase,
                tax_documents::{self, Subject},
            },
        },
        service::money::supplier,
    },
};

/// The request for payment of an order by transfer; an invoice when its minutes are credited at once.
pub(crate) async fn issue_request_for_payment(
    tx: &mut Tx,
    stored: &StoredPurchase,
    due_in_days: u32,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let purchase = &stored.purchase;
    let today = to_local(now).date();
    let kind = if purchase.at_once { DocumentKind::Invoice } else { DocumentKind::Proforma };
    let content = DocumentContent {
        supplied_on: purchase.at_once.then_some(today),
        due_on: today.checked_add_days(Days::new(due_in_days.into())),
        ..about_purchase(tx, stored, kind, now).await?
    };
    let key = format!("{kind}:{}", purchase.id);
    issue(tx, stored, &key, content, now).await
}

/// The tax documents on the payment of a purchase that came before its minutes: one for each transfer, and one for what came
/// otherwise, which is all of it by card.
///
/// * `received_on` – the day on which the money came, which is the day of the tax (VAT Act, § 20a)
pub(crate) async fn issue_on_payment(
    tx: &mut Tx,
    stored: &StoredPurchase,
    received_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let documented = issue_on_transfers(tx, stored, now).await?;
    // What was written off came from nobody.
    let amount = stored.purchase.total - documented - balances::written_off_of(tx, stored.purchase.id).await?;
    // Paid on an invoice: that is the tax document.
    if stored.purchase.at_once || amount <= Money::ZERO {
        return Ok(());
    }
    let key = format!("{}:{}", DocumentKind::Payment, stored.purchase.id);
    issue_on_part(tx, stored, &key, Part { amount, documented, received_on }, now).await
}

/// The tax documents on what came by transfer for a purchase so far, each on its own day. What is more than the price is for no
/// minutes and hence on no document. Gives what is documented of the purchase in all.
pub(crate) async fn issue_on_transfers(
    tx: &mut Tx,
    stored: &StoredPurchase,
    now: DateTime<Utc>,
) -> Result<Money, Problem> {
    let (id, total) = (stored.purchase.id, stored.purchase.total);
    let documents = tax_documents::of_purchase(tx, id).await?;
    // Less what was credited, as a payment was another's.
    let on_payment = documents.iter().filter(|document| {
        document.content.kind == DocumentKind::Payment || document.corrected_kind() == Some(DocumentKind::Payment)
    });
    let mut documented: Money = on_payment.map(|document| document.content.total()).sum();
    let proforma = documents.iter().find(|document| document.content.kind == DocumentKind::Proforma);
    let Some(proforma) = proforma.filter(|_| documented < total) else { return Ok(documented) };
    for part in tax_documents::undocumented_transfers(tx, proforma.id).await? {
        let amount = part.amount.min(total - documented);
        if amount <= Money::ZERO {
            break;
        }
        let part_of_it = Part { amount, documented, received_on: part.booked_on };
        issue_on_part(tx, stored, &part.key, part_of_it, now).await?;
        documented = documented + amount;
    }
    Ok(documented)
}

/// A part of the price of a purchase that came.
#[derive(Debug, Clone, Copy)]
struct Part {
    amount: Money,
    /// What is on tax documents already.
    documented: Money,
    received_on: NaiveDate,
}

async fn issue_on_part(
    tx: &mut Tx,
    stored: &StoredPurchase,
    key: &str,
    part: Part,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let purchase = &stored.purchase;
    let proforma = tax_documents::by_key(tx, &format!("{}:{}", DocumentKind::Proforma, purchase.id)).await?;
    let content = DocumentContent {
        supplied_on: Some(part.received_on),
        paid: true,
        variable_symbol: proforma.as_ref().and_then(TaxDocument::variable_symbol),
        follows: proforma.map(|proforma| (DocumentKind::Proforma, proforma.number)),
        ..about_purchase(tx, stored, DocumentKind::Payment, now).await?
    };
    let rate = catalogue::settings(tx, now).await?.vat.of(part.received_on);
    let content = if part.amount < purchase.total {
        of_part(content, purchase, part, rate)
    } else if rate == purchase.vat {
        content
    } else {
        taxed_anew(content, purchase.total, rate)
    };
    issue(tx, stored, key, content, now).await
}

/// The invoice of minutes of a purchase that were used, and whose payment turned out to be another's. It is about no purchase: nothing is
/// credited when it is paid.
///
/// * `claim` – how many minutes, and what they cost, including VAT
pub(crate) async fn issue_claim(
    tx: &mut Tx,
    stored: &StoredPurchase,
    key: &str,
    (minutes, amount): (u32, Money),
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (today, settings) = (to_local(now).date(), catalogue::settings(tx, now).await?);
    let row = tax_row_of_total(amount, settings.vat.of(today));
    let what = LineSubject::UsedMinutes { purchase: stored.purchase.number };
    let content = DocumentContent {
        supplied_on: Some(today),
        due_on: today.checked_add_days(Days::new(settings.invoice_days.into())),
        lines: vec![DocumentLine { what, quantity: minutes, price: row.base, vat: row.vat }],
        taxes: vec![row],
        ..about_purchase(tx, stored, DocumentKind::Invoice, now).await?
    };
    let subject = Subject { customer: stored.customer, purchase: None, corrects: None, key };
    if let Some(document) = tax_documents::issue(tx, &subject, content).await? {
        announce(tx, stored.customer, &document, now).await?;
    }
    Ok(())
}

/// The tax document on money that a dispute took, that was credited, and that came again: taxed as the payment was.
pub(crate) async fn issue_on_won_back(
    tx: &mut Tx,
    stored: &StoredPurchase,
    key: &str,
    amount: Money,
    now: DateTime<Utc>,
) -> Result<Option<DocumentId>, Problem> {
    let documents = tax_documents::of_purchase(tx, stored.purchase.id).await?;
    let first = documents.iter().find(|document| document.content.kind == DocumentKind::Payment);
    let rate = first.and_then(|document| document.content.taxes.first()).map_or(stored.purchase.vat, |row| row.vat);
    let row = tax_row_of_total(amount, rate);
    let content = DocumentContent {
        supplied_on: Some(to_local(now).date()),
        paid: true,
        variable_symbol: first.and_then(TaxDocument::variable_symbol),
        lines: vec![DocumentLine { what: LineSubject::WonBack, quantity: 1, price: row.base, vat: rate }],
        taxes: vec![row],
        ..about_purchase(tx, stored, DocumentKind::Payment, now).await?
    };
    let subject = Subject { customer: stored.customer, purchase: Some(stored.purchase.id), corrects: None, key };
    let Some(document) = tax_documents::issue(tx, &subject, content).await? else { return Ok(None) };
    announce(tx, stored.customer, &document, now).await?;
    Ok(Some(document.id))
}

/// What was ordered at one rate and paid when another one held: the total stays as it was agreed, the tax in it is that of the day
/// of the payment (VAT Act, §§ 37 and 47).
fn taxed_anew(content: DocumentContent, total: Money, rate: VatRate) -> DocumentContent {
    let row = tax_row_of_total(total, rate);
    let lines = content.lines.into_iter().map(|line| DocumentLine { price: row.base, vat: rate, ..line }).collect();
    DocumentContent { lines, taxes: vec![row], ..content }
}

/// A part of the price: the tax in it is taken out of what came.
fn of_part(content: DocumentContent, purchase: &Purchase, part: Part, rate: VatRate) -> DocumentContent {
    let row = tax_row_of_total(part.amount, rate);
    let what = LineSubject::Part {
        minutes: purchase.minutes,
        validity_months: purchase.validity_months,
        left: purchase.total - part.documented - part.amount,
    };
    DocumentContent {
        lines: vec![DocumentLine { what, quantity: 1, price: row.base, vat: rate }],
        taxes: vec![row],
        ..content
    }
}

pub(super) async fn about_purchase(
    tx: &mut Tx,
    stored: &StoredPurchase,
    kind: DocumentKind,
    now: DateTime<Utc>,
) -> Result<DocumentContent, Problem> {
    let purchase = &stored.purchase;
    let lines = vec![purchase_line(purchase)];
    Ok(DocumentContent {
        kind,
        supplier: supplier::confirmed(tx).await?,
        customer: tax_documents::party(tx, stored.customer).await?,
        issued_at: now,
        supplied_on: None,
        due_on: None,
        purchase: Some((purchase.number, purchase.reference.clone())),
        corrects: None,
        follows: None,
        variable_symbol: None,
        taxes: tax_rows(&lines),
        lines,
        paid: false,
    })
}

pub(super) fn purchase_line(purchase: &Purchase) -> DocumentLine {
    DocumentLine {
        what: LineSubject::Bundle {
            minutes: purchase.minutes / purchase.quantity.max(1),
            validity_months: purchase.validity_months,
        },
        quantity: purchase.quantity,
        price: purchase.price,
        vat: purchase.vat,
    }
}

async fn issue(
    tx: &mut Tx,
    stored: &StoredPurchase,
    key: &str,
    content: DocumentContent,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let subject = Subject { customer: stored.customer, purchase: Some(stored.purchase.id), corrects: None, key };
    if let Some(document) = tax_documents::issue(tx, &subject, content).await? {
        announce(tx, stored.customer, &document, now).await?;
    }
    Ok(())
}
