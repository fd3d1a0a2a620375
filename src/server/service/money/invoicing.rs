//! The end of a month: what was done beyond the grants is invoiced, and what was waived of an invoice is credited.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use super::{supplier, tax_documents::announce};
use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            ids::CustomerId,
            money::{Money, VatRate},
        },
        money::{
            accounting::first_of_month,
            tax_documents::{
                DocumentContent, DocumentKind, DocumentLine, LineSubject, TaxDocument, TaxRow, tax_rows,
                tax_rows_of_correction,
            },
        },
        problem::Problem,
    },
    server::{
        app::App,
        db::{
            Tx,
            line::catalogue,
            minutes::ledger,
            money::{
                invoicing::{self, Owed},
                supplier as suppliers,
                tax_documents::{self, Subject},
            },
        },
    },
};

/// Issues the invoices and credit notes of months that are over. Doing it again finds nothing left to do.
///
/// # Errors
/// The first failure's; the other customers get theirs nevertheless.
pub async fn invoice_months(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let months = {
        let mut tx = app.db.system().await?;
        if !suppliers::is_confirmed(&mut tx).await? {
            // What is to be invoiced waits, and is invoiced as soon as somebody has confirmed who sells.
            return Ok(());
        }
        invoicing::months(&mut tx, midnight(first_of_month(today))).await?
    };
    let mut outcome = Ok(());
    for (customer, month) in months {
        outcome = outcome.and(invoice_month(app, customer, month, now).await);
    }
    outcome
}

async fn invoice_month(app: &App, customer: CustomerId, month: NaiveDate, now: DateTime<Utc>) -> Result<(), Problem> {
    let end = month.checked_add_months(Months::new(1)).unwrap_or(month);
    let mut tx = app.db.system().await?;
    // Whoever posts holds this lock too: another process finds what this one left, and an entry that comes late is found
    // the next time.
    ledger::lock(&mut tx, customer).await?;
    let owed = invoicing::owed(&mut tx, customer, midnight(month), midnight(end)).await?;
    let (charged, waived): (Vec<Owed>, Vec<Owed>) = owed.into_iter().partition(|owed| owed.minutes > 0);
    let last_day = end.pred_opt().unwrap_or(month);
    // Always in this order, as every kind has a series that stays locked.
    if !charged.is_empty() {
        invoice(&mut tx, customer, &charged, last_day, now).await?;
    }
    for correction in corrections(&mut tx, waived).await? {
        credit(&mut tx, customer, correction, last_day, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn invoice(
    tx: &mut Tx,
    customer: CustomerId,
    charged: &[Owed],
    last_day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let settings = catalogue::settings(tx, now).await?;
    let days = settings.invoice_days;
    // The rate of the day of the tax, whichever was foreseen when the work began.
    let vat = settings.vat.of(last_day);
    let lines: Vec<_> = charged.iter().map(|owed| line(owed, owed.minutes.unsigned_abs(), owed.amount, vat)).collect();
    let content = DocumentContent {
        due_on: to_local(now).date().checked_add_days(Days::new(days.into())),
        ..content(tx, customer, DocumentKind::Invoice, (tax_rows(&lines), lines), last_day, now).await?
    };
    let entries: Vec<i64> = charged.iter().flat_map(|owed| owed.entries.iter().copied()).collect();
    // By the first of its entries, each of which stands on one document: one that comes late gets an invoice of its own.
    let key = format!("month:{customer}:{}", entries.iter().min().copied().unwrap_or_default());
    let subject = Subject { customer, purchase: None, corrects: None, key: &key };
    issue(tx, &subject, content, &entries, now).await
}

/// What is credited of one invoice.
struct Correction {
    invoice: TaxDocument,
    /// The taxes of the invoice and of what was credited of it before.
    taxes: Vec<TaxRow>,
    lines: Vec<DocumentLine>,
    reasons: Vec<String>,
    entries: Vec<i64>,
    /// The first of the entries that caused it. An entry that is credited of two invoices stands on the first of them.
    first_entry: i64,
}

/// On which invoices those minutes stand that were waived: on the latest, as many as it has, and so on.
async fn corrections(tx: &mut Tx, waived: Vec<Owed>) -> Result<Vec<Correction>, Problem> {
    let mut corrections: Vec<Correction> = Vec::new();
    for owed in waived {
        let mut left = owed.minutes.unsigned_abs();
        let first_entry = owed.entries.iter().min().copied().unwrap_or_default();
        let mut entries = owed.entries.clone();
        for invoice in invoicing::invoices(tx, owed.intervention).await? {
            let former = tax_documents::credit_notes(tx, invoice.id).await?;
            let name = owed.name.to_string();
            let credited: u64 = former.iter().map(|credit| minutes_of(credit, &name)).sum();
            let minutes = minutes_of(&invoice, &name).saturating_sub(credited).min(left);
            if minutes == 0 {
                continue;
            }
            left -= minutes;
            let price = -owed.rate.times_minutes(small(minutes));
            let correction = match corrections.iter().position(|known| known.invoice.id == invoice.id) {
                Some(known) => &mut corrections[known],
                None => {
                    let taxes = [&invoice].into_iter().chain(&former).flat_map(|it| it.content.taxes.iter().copied());
                    corrections.push(Correction {
                        taxes: taxes.collect(),
                        invoice,
                        lines: Vec::new(),
                        reasons: Vec::new(),
                        entries: Vec::new(),
                        first_entry,
                    });
                    let last = corrections.len() - 1;
                    &mut corrections[last]
                }
            };
            let vat = rate_of(&correction.invoice, &name).unwrap_or(owed.vat);
            correction.lines.push(line(&owed, minutes, price, vat));
            if !owed.reason.is_empty() && !correction.reasons.contains(&owed.reason) {
                correction.reasons.push(owed.reason.clone());
            }
            correction.entries.append(&mut entries);
        }
        if left > 0 {
            // The month in which they were charged could not be invoiced; it will be, and then this.
            tracing::error!(intervention = %owed.name, minutes = left, "waived, but on no invoice");
            return Err(Problem::Conflict);
        }
    }
    Ok(corrections)
}

fn minutes_of(document: &TaxDocument, intervention: &str) -> u64 {
    lines_of(document, intervention).map(|line| u64::from(line.quantity)).sum()
}

/// By which rate a document taxes an intervention: what is credited of it is taxed the same.
fn rate_of(document: &TaxDocument, intervention: &str) -> Option<VatRate> {
    lines_of(document, intervention).map(|line| line.vat).next()
}

fn lines_of<'a>(document: &'a TaxDocument, intervention: &'a str) -> impl Iterator<Item = &'a DocumentLine> {
    document.content.lines.iter().filter(move |line| match &line.what {
        LineSubject::Intervention { number, .. } => number == intervention,
        LineSubject::Bundle { .. }
        | LineSubject::Part { .. }
        | LineSubject::ContractFee { .. }
        | LineSubject::WonBack
        | LineSubject::UsedMinutes { .. }
        | LineSubject::ReturnedMinutes { .. } => false,
    })
}

async fn credit(
    tx: &mut Tx,
    customer: CustomerId,
    correction: Correction,
    last_day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let Correction { invoice, taxes, lines, reasons, entries, first_entry } = correction;
    let taxes = tax_rows_of_correction(&taxes, &lines);
    let content = DocumentContent {
        corrects: Some((invoice.number.clone(), reasons.join("; "))),
        follows: Some((invoice.content.kind, invoice.number.clone())),
        ..content(tx, customer, DocumentKind::CreditNote, (taxes, lines), last_day, now).await?
    };
    let key = format!("month:{customer}:{}:{first_entry}", invoice.id);
    let subject = Subject { customer, purchase: None, corrects: Some(invoice.id), key: &key };
    issue(tx, &subject, content, &entries, now).await
}

async fn issue(
    tx: &mut Tx,
    subject: &Subject<'_>,
    content: DocumentContent,
    entries: &[i64],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let month = content.supplied_on;
    if let Some(document) = tax_documents::issue(tx, subject, content).await? {
        invoicing::note(tx, subject.customer, document.id, entries).await?;
        // Where the month is locked it is taxed later; what the customer is told of is that month all the same.
        let content = DocumentContent { supplied_on: month, ..document.content };
        announce(tx, subject.customer, &TaxDocument { content, ..document }, now).await?;
    }
    Ok(())
}

pub(super) async fn content(
    tx: &mut Tx,
    customer: CustomerId,
    kind: DocumentKind,
    (taxes, lines): (Vec<TaxRow>, Vec<DocumentLine>),
    supplied_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<DocumentContent, Problem> {
    Ok(DocumentContent {
        kind,
        supplier: supplier::confirmed(tx).await?,
        customer: tax_documents::party(tx, customer).await?,
        issued_at: now,
        supplied_on: Some(supplied_on),
        due_on: None,
        purchase: None,
        corrects: None,
        follows: None,
        variable_symbol: None,
        lines,
        taxes,
        paid: false,
    })
}

fn line(owed: &Owed, minutes: u64, price: Money, vat: VatRate) -> DocumentLine {
    DocumentLine {
        what: LineSubject::Intervention {
            number: owed.name.to_string(),
            day: to_local(owed.started_at).date(),
            work_type: owed.work_type.clone(),
            rate: owed.rate,
        },
        quantity: small(minutes),
        price,
        vat,
    }
}

fn small(minutes: u64) -> u32 {
    u32::try_from(minutes).unwrap_or(u32::MAX)
}
