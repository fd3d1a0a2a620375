//! That a document was issued: it is printed, and told of to those who buy or are sent documents.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{CustomerId, DocumentId},
            money::Money,
        },
        mails::{DocumentMail, FeeOf, MailContent, PaymentDetails},
        money::{
            bundles::last_day_if_credited,
            tax_documents::{DocumentKind, LineSubject, TaxDocument, bundle_minutes},
        },
        people::members::{Capability, ContactRole},
        problem::Problem,
    },
    server::db::{
        Tx, mails,
        money::{purchases::StoredPurchase, tax_documents},
        queue,
    },
};

/// Has a document that was just issued printed and kept, and mails it to those who buy or are sent documents.
pub(crate) async fn announce(
    tx: &mut Tx,
    customer: CustomerId,
    document: &TaxDocument,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    queue_printing(tx, document.id).await?;
    if let Some(mail) = mail(document, now) {
        let whom = (Capability::Buy, Some(ContactRole::Documents));
        mails::to_people(tx, customer, whom, &mail, now, &format!("document:{}", document.id)).await?;
    }
    Ok(())
}

/// Tells those who buy that the minutes of a purchase are credited, where its last tax document did not say so: what it left open was
/// written off since.
pub(crate) async fn tell_credited(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    let documents = tax_documents::of_purchase(tx, stored.purchase.id).await?;
    let Some(last) = documents.iter().rfind(|document| document.content.kind == DocumentKind::Payment) else {
        return Ok(());
    };
    let (minutes, months) = (stored.purchase.minutes, stored.purchase.validity_months);
    let last_day = last_day_if_credited(now, months);
    let mail = MailContent::MinutesCredited { document: mailed(last), minutes, last_day };
    let whom = (Capability::Buy, Some(ContactRole::Documents));
    Ok(mails::to_people(tx, stored.customer, whom, &mail, now, &format!("credited:{}", stored.purchase.id)).await?)
}

/// Asks those who buy or are sent documents for what is left of one, at most once a day.
pub(crate) async fn ask_for_rest(
    tx: &mut Tx,
    document: DocumentId,
    left: Money,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (document, customer) = tax_documents::by_id(tx, document).await?.ok_or(Problem::NotFound)?;
    let mail = MailContent::RestAsked {
        number: document.number.clone(),
        kind: document.content.kind,
        left,
        payment: payment(&document),
    };
    let key = format!("rest:{}:{}", document.id, to_local(now).date());
    let whom = (Capability::Buy, Some(ContactRole::Documents));
    Ok(mails::to_people(tx, customer, whom, &mail, now, &key).await?)
}

fn mailed(issued: &TaxDocument) -> DocumentMail {
    DocumentMail {
        id: issued.id,
        kind: issued.content.kind,
        number: issued.number.clone(),
        total: issued.content.total(),
        purchase: issued.content.purchase.as_ref().map(|(purchase, _)| *purchase),
    }
}

fn payment(issued: &TaxDocument) -> PaymentDetails {
    PaymentDetails {
        account: issued.content.supplier.account.clone(),
        iban: issued.content.supplier.iban.clone(),
        bic: issued.content.supplier.bic.clone(),
        recipient: issued.content.supplier.party.name.clone(),
        variable_symbol: issued.variable_symbol(),
        due_on: issued.content.due_on,
    }
}

/// What the customer is told about a document that is issued `now`; nothing when it lists nothing.
pub(super) fn mail(issued: &TaxDocument, now: DateTime<Utc>) -> Option<MailContent> {
    let content = &issued.content;
    let (document, payment) = (mailed(issued), || payment(issued));
    let minutes = bundle_minutes(&content.lines);
    Some(match (content.kind, &content.lines.first()?.what) {
        (DocumentKind::Proforma, _) => {
            MailContent::PaymentAsked { document, payment: payment(), minutes, credited_until: None }
        }
        (DocumentKind::Payment, LineSubject::Bundle { validity_months, .. }) => {
            MailContent::MinutesCredited { document, minutes, last_day: last_day_if_credited(now, *validity_months) }
        }
        (DocumentKind::Payment, LineSubject::Part { minutes, validity_months, left }) if *left <= Money::ZERO => {
            let last_day = last_day_if_credited(now, *validity_months);
            MailContent::MinutesCredited { document, minutes: *minutes, last_day }
        }
        (DocumentKind::Payment, LineSubject::Part { minutes, left, .. }) => {
            MailContent::PartReceived { document, minutes: *minutes, left: *left, payment: Some(payment()) }
        }
        (DocumentKind::Invoice, LineSubject::Bundle { validity_months, .. }) => MailContent::PaymentAsked {
            document,
            payment: payment(),
            minutes,
            credited_until: Some(last_day_if_credited(now, *validity_months)),
        },
        (DocumentKind::Invoice, LineSubject::Intervention { day, .. }) => {
            let month = content.supplied_on.unwrap_or(*day);
            MailContent::MonthInvoiced { document, payment: payment(), month, fee: None }
        }
        (DocumentKind::Invoice, LineSubject::ContractFee { contract, from, until }) => {
            let fee = FeeOf { contract: contract.clone(), from: *from, until: *until };
            MailContent::MonthInvoiced { document, payment: payment(), month: *from, fee: Some(fee) }
        }
        (DocumentKind::Invoice, LineSubject::UsedMinutes { .. }) => {
            let minutes = content.lines.iter().map(|line| line.quantity).sum();
            MailContent::UsedInvoiced { document, payment: payment(), minutes }
        }
        (DocumentKind::CreditNote, _) => {
            let (corrects, reason) = content.corrects.clone().unwrap_or_default();
            MailContent::Credited { document, corrects, reason }
        }
        (DocumentKind::Payment | DocumentKind::Invoice, _) => return None,
    })
}

async fn queue_printing(tx: &mut Tx, document: DocumentId) -> Result<(), Problem> {
    Ok(queue::job(tx, "print_document", &json!({ "document": document }), &document.to_string()).await?)
}
