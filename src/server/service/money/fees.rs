//! Fees of contracts: each period that has begun is invoiced once, since a manager has seen what that comes to and begun it.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use uuid::Uuid;

use super::{invoicing, tax_documents::announce};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_lines},
            ids::{ContractId, CustomerId, DocumentId},
        },
        minutes::contracts::ContractTerms,
        money::{
            accounting::{first_of_month, last_of_month},
            fees::{DueFee, FeePeriod, FeesPage, fees_due},
            tax_documents::{
                DocumentContent, DocumentKind, DocumentLine, LineSubject, TaxDocument, tax_rows, tax_rows_of_correction,
            },
        },
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            line::catalogue,
            minutes::{contracts, ledger},
            money::{
                fees::{self, FeeContract, NewFee},
                supplier as suppliers,
                tax_documents::{self, Subject},
            },
            retrying,
        },
        service::plausible,
    },
};

/// How many periods the preview lists, and how many that were invoiced.
const LISTED: usize = 200;
const LISTED_INVOICED: i64 = 100;
/// How far back somebody may begin, in days: what is older was somebody else's for sure.
const BACK_DAYS: u64 = 366;

/// What was invoiced, and what is to be: from the day on that is tried, as long as nobody has begun.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager, tried: Option<NaiveDate>) -> Result<FeesPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    let begun = fees::begun(&mut tx).await?;
    let next_month = first_of_month(today).checked_add_months(Months::new(1)).unwrap_or(today);
    let tried = tried.filter(|day| is_possible(*day, today)).unwrap_or(next_month);
    let from = begun.unwrap_or(tried);
    let until = last_of_month(next_month.max(from));
    let mut due: Vec<DueFee> = Vec::new();
    for (contract, terms) in with_terms(&mut tx, from, None).await? {
        due.extend(fees_due(&terms, from, contract.covered, until).into_iter().map(|period| DueFee {
            customer: contract.customer,
            name: contract.name.clone(),
            contract: contract.number.clone(),
            period,
            waits: !contract.is_named,
        }));
    }
    due.sort_by_key(|fee| (fee.period.invoiced_on, fee.period.from));
    let more = u32::try_from(due.len().saturating_sub(LISTED)).unwrap_or(u32::MAX);
    due.truncate(LISTED);
    let invoiced = fees::invoiced(&mut tx, LISTED_INVOICED).await?;
    Ok(FeesPage { begun, from, until, today, due, more, invoiced, key: app.random.uuid() })
}

fn is_possible(day: NaiveDate, today: NaiveDate) -> bool {
    let (first, last) = (today.checked_sub_days(Days::new(BACK_DAYS)), today.checked_add_days(Days::new(BACK_DAYS)));
    first.is_some_and(|first| first <= day) && last.is_some_and(|last| day <= last)
}

/// The contracts with fees that are valid on a day or later, each with all that it says.
async fn with_terms(
    tx: &mut Tx,
    from: NaiveDate,
    only: Option<ContractId>,
) -> Result<Vec<(FeeContract, Vec<ContractTerms>)>, Problem> {
    let found = fees::contracts(tx, from, only).await?;
    let ids: Vec<_> = found.iter().map(|contract| contract.id).collect();
    let mut terms = contracts::all_terms(tx, &ids).await?;
    // What has come from another customer goes on owing as it would have there.
    terms.extend(contracts::terms_since_before(tx, &ids).await?);
    Ok(found
        .into_iter()
        .map(|contract| {
            let terms = terms.remove(&contract.id).unwrap_or_default();
            (contract, terms)
        })
        .collect())
}

/// Begins to invoice: periods that begin on a day or later. It is said once, as what is invoiced stays so.
///
/// # Errors
/// [`Problem::Invalid`] for a day that is more than a year away, [`Problem::Conflict`] when another day was said.
pub async fn begin(app: &App, _: &Manager, day: NaiveDate) -> Result<(), Problem> {
    let day = plausible(day)?;
    if !is_possible(day, to_local(app.clock.now()).date()) {
        return Err(Problem::field("from", FieldCode::OutOfRange));
    }
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        if fees::begin(&mut tx, day).await? != day {
            return Err(Problem::Conflict);
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Invoices every period whose day has come and that is not invoiced. Doing it again finds nothing left to do.
///
/// # Errors
/// The first failure's; the other contracts are invoiced nevertheless.
pub async fn invoice(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let (begun, found) = {
        let mut tx = app.db.system().await?;
        let Some(begun) = fees::begun(&mut tx).await?.filter(|begun| *begun <= today) else { return Ok(()) };
        if !suppliers::is_confirmed(&mut tx).await? {
            return Ok(());
        }
        (begun, with_terms(&mut tx, begun, None).await?)
    };
    let mut outcome = Ok(());
    for (contract, terms) in found {
        // Whose address nobody knows waits: a manager sees that.
        if contract.is_named && !fees_due(&terms, begun, contract.covered, today).is_empty() {
            outcome = outcome.and(invoice_contract(app, &contract, begun, now).await);
        }
    }
    outcome
}

async fn invoice_contract(
    app: &App,
    contract: &FeeContract,
    begun: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let today = to_local(now).date();
    let mut tx = app.db.system().await?;
    // Another process that invoices the same contract waits here, and then finds what this one left.
    ledger::lock(&mut tx, contract.customer).await?;
    let Some((contract, terms)) = with_terms(&mut tx, begun, Some(contract.id)).await?.pop() else { return Ok(()) };
    for period in fees_due(&terms, begun, contract.covered, today) {
        invoice_period(&mut tx, &contract, period, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn invoice_period(
    tx: &mut Tx,
    contract: &FeeContract,
    period: FeePeriod,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let settings = catalogue::settings(tx, now).await?;
    let what = LineSubject::ContractFee { contract: contract.number.clone(), from: period.from, until: period.until };
    // The day of the tax is that which the contract names (VAT Act, § 21 (8)).
    let vat = settings.vat.of(period.invoiced_on);
    let lines = vec![DocumentLine { what, quantity: 1, price: period.amount, vat }];
    let taxes = (tax_rows(&lines), lines);
    let content = DocumentContent {
        due_on: to_local(now).date().checked_add_days(Days::new(settings.invoice_days.into())),
        ..invoicing::content(tx, contract.customer, DocumentKind::Invoice, taxes, period.invoiced_on, now).await?
    };
    let key = format!("fee:{}:{}", contract.id, period.from);
    let subject = Subject { customer: contract.customer, purchase: None, corrects: None, key: &key };
    let issued = tax_documents::issue(tx, &subject, content).await?.ok_or(Problem::Conflict)?;
    let (id, customer, document) = (contract.id, contract.customer, issued.id);
    fees::insert(tx, &NewFee { contract: id, customer, period, document }).await?;
    announce(tx, contract.customer, &issued, now).await
}

/// Credits all of the invoice of a fee, for a reason: of a contract that had ended, or was written wrongly. The period stays invoiced.
/// Sent twice, it has one effect.
///
/// * `key` – of the form
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::NotFound`] for what is no such invoice, [`Problem::Conflict`] for one that another
/// form has credited.
pub async fn credit(app: &App, _: &Manager, (key, invoice): (Uuid, &str), reason: &str) -> Result<(), Problem> {
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let (document, customer) = tax_documents::by_number(&mut tx, invoice).await?.ok_or(Problem::NotFound)?;
        fees::contract_of(&mut tx, document.id).await?.ok_or(Problem::NotFound)?;
        match issue_credit(&mut tx, customer, &document, &reason, now).await? {
            Some(note) => {
                fees::note_credit(&mut tx, key, customer, (document.id, note)).await?;
                Ok(tx.commit().await?)
            }
            None if fees::is_credited_by(&mut tx, key, document.id).await? => Ok(()),
            None => Err(Problem::Conflict),
        }
    })
    .await
}

/// The credit note of an invoice; none when it has one.
async fn issue_credit(
    tx: &mut Tx,
    customer: CustomerId,
    invoice: &TaxDocument,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Option<DocumentId>, Problem> {
    let lines: Vec<_> =
        invoice.content.lines.iter().map(|line| DocumentLine { price: -line.price, ..line.clone() }).collect();
    let taxes = (tax_rows_of_correction(&invoice.content.taxes, &lines), lines);
    let today = to_local(now).date();
    let content = DocumentContent {
        corrects: Some((invoice.number.clone(), reason.to_owned())),
        follows: Some((invoice.content.kind, invoice.number.clone())),
        ..invoicing::content(tx, customer, DocumentKind::CreditNote, taxes, today, now).await?
    };
    let key = format!("fee-credit:{}", invoice.id);
    let subject = Subject { customer, purchase: None, corrects: Some(invoice.id), key: &key };
    let Some(note) = tax_documents::issue(tx, &subject, content).await? else { return Ok(None) };
    announce(tx, customer, &note, now).await?;
    Ok(Some(note.id))
}
