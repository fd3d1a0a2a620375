//! Tax documents. They are issued in the caller's transaction: what they say is put together here and frozen. Printed they are
//! by a job or by whoever asks first, once.

use std::fs::File;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::json;

use super::supplier;
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{CustomerId, DocumentId, RefundId},
            money::{Money, VatRate},
            paging::Queue,
        },
        mails::{DocumentMail, FeeOf, MailContent, PaymentDetails},
        money::{
            bundles::last_day_if_credited,
            pages::{DocumentPayment, TransferBox},
            purchases::Purchase,
            tax_documents::{
                DocumentContent, DocumentFilter, DocumentKind, DocumentLine, DocumentList, FileFormat, LineSubject,
                Settlement, TaxDocument, TaxRow, bundle_minutes, tax_row_of_total, tax_rows,
            },
        },
        people::members::{Capability, ContactRole},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{BillingViewer, Caller, Person},
        db::{
            Tx,
            line::catalogue,
            mails,
            money::{
                earlier_invoices,
                purchases::StoredPurchase,
                tax_documents::{self, Subject},
            },
            paging::counted,
            queue,
        },
        documents::{Archive, Entry, Locale, NotMade, file_name, isdoc, tax_document_pdf, write_archive},
        incident,
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
    let amount = stored.purchase.total - documented;
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
    let on_payment = documents.iter().filter(|document| document.content.kind == DocumentKind::Payment);
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
        variable_symbol: proforma.and_then(|proforma| proforma.variable_symbol()),
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

async fn about_purchase(
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
        variable_symbol: None,
        taxes: tax_rows(&lines),
        lines,
        paid: false,
    })
}

fn purchase_line(purchase: &Purchase) -> DocumentLine {
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

/// What the customer is told about a document that is issued `now`; nothing when it lists nothing.
fn mail(issued: &TaxDocument, now: DateTime<Utc>) -> Option<MailContent> {
    let content = &issued.content;
    let document = DocumentMail {
        id: issued.id,
        kind: content.kind,
        number: issued.number.clone(),
        total: content.total(),
        purchase: content.purchase.as_ref().map(|(purchase, _)| *purchase),
    };
    let payment = || PaymentDetails {
        account: content.supplier.account.clone(),
        iban: content.supplier.iban.clone(),
        variable_symbol: issued.variable_symbol(),
        due_on: content.due_on,
    };
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
            MailContent::PartReceived { document, minutes: *minutes, left: *left }
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
        let part = Credit { minutes, amount, ..credit };
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

async fn content_of_credit(
    tx: &mut Tx,
    stored: &StoredPurchase,
    corrected: &TaxDocument,
    former: &[TaxDocument],
    credit: Credit<'_>,
    now: DateTime<Utc>,
) -> Result<DocumentContent, Problem> {
    // What is credited is taxed as what it corrects.
    let vat = corrected.content.taxes.first().map_or(stored.purchase.vat, |row| row.vat);
    let row = tax_row_of_credit([corrected].into_iter().chain(former), credit.amount, vat);
    Ok(DocumentContent {
        supplied_on: Some(to_local(now).date()),
        corrects: Some((corrected.number.clone(), credit.reason.to_owned())),
        lines: vec![DocumentLine {
            what: LineSubject::ReturnedMinutes { purchase: stored.purchase.number },
            quantity: credit.minutes,
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
fn tax_row_of_credit<'a>(documents: impl Iterator<Item = &'a TaxDocument>, amount: Money, vat: VatRate) -> TaxRow {
    let (base, total) = left_of(documents);
    if amount == total {
        return TaxRow { vat, base: -base, tax: base - total, total: -total };
    }
    tax_row_of_total(-amount, vat)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        base::ids::{BundleId, PurchaseId},
        fixtures::{date, local, vat},
        money::{
            purchases::{Dispute, PaymentMethod, PurchaseState},
            refunds::refund_amount,
            tax_documents::{Party, Supplier},
        },
    };

    fn purchase(haler: i64) -> Purchase {
        let price = Money::from_haler(haler);
        Purchase {
            id: PurchaseId(uuid::Uuid::nil()),
            number: "B2026-000123".parse().unwrap(),
            bundle: BundleId(1),
            quantity: 2,
            minutes: 240,
            price,
            vat: vat(21),
            total: price.with_vat(vat(21)),
            validity_months: 12,
            reference: String::new(),
            method: PaymentMethod::Card,
            at_once: false,
            created_at: local("2026-11-23 08:00"),
            paid_at: None,
            refunded: Money::ZERO,
            dispute: Dispute::None,
            state: PurchaseState::Paid,
        }
    }

    fn document(kind: DocumentKind, lines: Vec<DocumentLine>, taxes: Vec<TaxRow>) -> TaxDocument {
        let party = || Party {
            name: "Škola".into(),
            street: String::new(),
            city: String::new(),
            postal_code: String::new(),
            ico: "00000001".into(),
            dic: String::new(),
        };
        let supplier = Supplier {
            party: party(),
            register: String::new(),
            email: String::new(),
            bank: String::new(),
            account: "19-2000145399/0800".into(),
            iban: "CZ6508000000192000145399".into(),
            bic: "GIBACZPX".into(),
        };
        let content = DocumentContent {
            kind,
            supplier,
            customer: party(),
            issued_at: local("2026-11-23 08:00"),
            supplied_on: Some(date("2026-11-23")),
            due_on: None,
            purchase: None,
            corrects: None,
            variable_symbol: None,
            lines,
            taxes,
            paid: false,
        };
        TaxDocument { id: DocumentId(7), number: "2026200001".into(), content }
    }

    #[test]
    fn whoever_paid_is_told_which_minutes_are_credited_and_until_when() {
        let lines = vec![purchase_line(&purchase(528_000))];
        let taxes = tax_rows(&lines);
        let now = local("2026-11-23 08:00");
        let of = |kind| mail(&document(kind, lines.clone(), taxes.clone()), now).unwrap();
        let last = date("2027-11-23");
        assert!(matches!(
            of(DocumentKind::Payment),
            MailContent::MinutesCredited { minutes: 240, last_day, .. } if last_day == last
        ));
        assert!(matches!(
            of(DocumentKind::Invoice),
            MailContent::PaymentAsked { minutes: 240, credited_until: Some(last_day), .. } if last_day == last
        ));
        assert!(matches!(
            of(DocumentKind::Proforma),
            MailContent::PaymentAsked { minutes: 240, credited_until: None, .. }
        ));
    }

    proptest! {
        #[test]
        fn refunds_part_by_part_leave_nothing_of_what_was_taxed(
            haler in 1..5_000_000_i64,
            parts in prop::collection::vec(1..120_u32, 1..6),
        ) {
            let purchase = purchase(haler);
            let lines = vec![purchase_line(&purchase)];
            let taxes = tax_rows(&lines);
            let mut documents = vec![document(DocumentKind::Payment, lines, taxes)];
            let (mut minutes, mut money) = (0, Money::ZERO);
            for part in parts.into_iter().chain([purchase.minutes]) {
                let part = part.min(purchase.minutes - minutes);
                let amount = refund_amount(purchase.minutes, purchase.total, (minutes, money), part);
                let row = tax_row_of_credit(documents.iter(), amount, vat(21));
                prop_assert_eq!(row.total, -amount);
                prop_assert_eq!(row.base + row.tax, row.total);
                documents.push(document(DocumentKind::CreditNote, Vec::new(), vec![row]));
                minutes += part;
                money = money + amount;
            }
            prop_assert_eq!(documents.iter().map(|document| document.content.base()).sum::<Money>(), Money::ZERO);
            prop_assert_eq!(documents.iter().map(|document| document.content.tax()).sum::<Money>(), Money::ZERO);
        }
    }
}
