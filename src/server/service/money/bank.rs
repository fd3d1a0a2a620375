//! Bank transfers: statements that a manager imports, and what each payment in them pays.
//!
//! Whoever decides takes its locks in this order: bank payments, purchases, accounts, series of documents; several of a kind by
//! their identity. So two imports, or an import and a card payment, wait for one another and never in a circle.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    fulfilment::{self, Received},
    tax_documents,
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_lines},
            ids::{BankPaymentId, BankStatementId, CustomerId, EarlierInvoiceId, PurchaseId},
            text,
        },
        money::{
            bank::{
                Assigned, BankPayment, Incoming, Receivable, ReversalCodes, StatementFault, StatementRefused,
                Unmatched, assignable, matches, ranked,
            },
            card::PaymentAlertKind,
            pages::BankPage,
            purchases::PurchaseEventKind,
            supplier::is_same_account,
            tax_documents::DocumentKind,
        },
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            minutes::ledger,
            money::{
                bank::{self, Decision, FoundDocument, NewPayment, NewStatement, Outgoing},
                bank_candidates,
                earlier_invoices::{self, FoundInvoice},
                payment_alerts,
                purchase_events::{self, Actor},
                purchases::{self, StoredPurchase},
                supplier,
            },
            paging::counted,
            retrying,
        },
        payments::statements::{self, Direction, Statement, StatementRow},
    },
};

/// How many statements and payments the page shows.
const LISTED: usize = 30;
const LISTED_PAYMENTS: i64 = 200;
const LISTED_EARLIER: i64 = 100;
/// The most characters of a file's name.
const FILE_NAME_MAX: usize = 120;
/// The most characters of what a bank says in one column.
const COLUMN_MAX: usize = 200;

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// The statement.
    pub statement: BankStatementId,
    /// Whether the same file had been imported before: nothing was done.
    pub again: bool,
}

/// The manager's page of bank transfers.
///
/// * `before` – the last statement of the page before
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager, before: Option<BankStatementId>) -> Result<BankPage, Problem> {
    let mut tx = app.db.staff().await?;
    let page = bank::statements(&mut tx, before, LISTED).await?;
    let mut unmatched = bank::unmatched(&mut tx, LISTED_PAYMENTS).await?;
    propose(&mut tx, &mut unmatched.rows).await?;
    Ok(BankPage {
        statements: counted(page, before.is_none(), bank::statement_count(&mut tx)).await?,
        unmatched,
        earlier: earlier_invoices::unpaid(&mut tx, None, to_local(app.clock.now()).date(), LISTED_EARLIER).await?,
    })
}

/// Proposes what payments in crowns may pay that no document is named for.
async fn propose(tx: &mut Tx, payments: &mut [BankPayment]) -> Result<(), Problem> {
    let open = payments.iter().filter(|payment| payment.document.is_none() && payment.currency == "CZK");
    let open: Vec<i64> = open.map(|payment| payment.id.0).collect();
    if open.is_empty() {
        return Ok(());
    }
    let mut found = bank_candidates::of(tx, &open).await?;
    for payment in payments {
        payment.candidates = ranked(found.remove(&payment.id).unwrap_or_default());
    }
    Ok(())
}

/// What a person says of a statement that it does not say itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// How its bank numbers reversals.
    pub codes: Option<ReversalCodes>,
    /// That it may be of an account that is not ours.
    pub foreign_account: bool,
}

/// Imports a statement as the form sends it.
///
/// * `file` – its bytes in hexadecimal digits
/// * `codes` – the code of how reversals are numbered; empty where the file decides
///
/// # Errors
/// [`Problem::Invalid`] without a file, and as [`import`].
pub async fn import_sent(
    app: &App,
    manager: &Manager,
    file_name: &str,
    file: &str,
    codes: &str,
    foreign_account: bool,
) -> Result<Imported, Problem> {
    if file.is_empty() {
        return Err(Problem::field("file", FieldCode::Missing));
    }
    let codes = match codes {
        "" => None,
        code => Some(ReversalCodes::from_code(code).ok_or(Problem::Malformed)?),
    };
    let bytes = hex::decode(file).map_err(|_| Problem::Malformed)?;
    import(app, manager, file_name, &bytes, Said { codes, foreign_account }).await
}

/// Imports a statement: what came in and is new is written down, and what is plain is matched with its document. The file is
/// the idempotency key.
///
/// # Errors
/// [`Problem::Statement`] when it cannot be read, or is of an account that is not ours and nobody said that it may be.
pub async fn import(
    app: &App,
    manager: &Manager,
    file_name: &str,
    file: &[u8],
    said: Said,
) -> Result<Imported, Problem> {
    let statement = statements::read(file, said.codes)?;
    let sha256 = Sha256::digest(file);
    let file_name: String = text::one_line(file_name).chars().take(FILE_NAME_MAX).collect();
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        if let Some(statement) = bank::statement_of(&mut tx, &sha256).await? {
            return Ok(Imported { statement, again: true });
        }
        if !said.foreign_account && is_foreign(&mut tx, &statement).await? {
            return Err(StatementRefused::new(1, StatementFault::ForeignAccount).into());
        }
        let references = statements::references(&statement.rows);
        let incoming = new_payments(&mut tx, &statement, &references).await?;
        let written = NewStatement {
            sha256: &sha256,
            file_name: &file_name,
            format: statement.format,
            at: now,
            by: manager.id(),
            lines: statement.rows.len(),
            incoming: incoming.len(),
            controls: statement.controls,
        };
        let id = bank::insert_statement(&mut tx, &written).await?;
        let mut payments = Vec::with_capacity(incoming.len());
        for payment in incoming {
            payments.push((bank::insert_payment(&mut tx, id, &payment).await?, payment));
        }
        match_all(&mut tx, id, &payments, now).await?;
        raise_undone(&mut tx, &statement, &references, now).await?;
        tx.commit().await?;
        Ok(Imported { statement: id, again: false })
    })
    .await
}

/// Whether a statement says that it is, wholly or in part, of another account than the one to which customers pay.
async fn is_foreign(tx: &mut Tx, statement: &Statement) -> Result<bool, Problem> {
    let supplier = supplier::find(tx).await?;
    Ok(supplier.is_some_and(|(supplier, _)| {
        statement.accounts.iter().any(|account| !is_same_account(account, &supplier.account))
    }))
}

/// What came in and no other statement had.
async fn new_payments(tx: &mut Tx, statement: &Statement, references: &[String]) -> Result<Vec<NewPayment>, Problem> {
    let known: HashSet<String> = bank::known(tx, references).await?.into_iter().collect();
    let incoming = statement.rows.iter().zip(references).filter(|(row, _)| row.is_income());
    Ok(incoming
        .filter(|(_, reference)| !known.contains(*reference))
        .map(|(row, reference)| payment(row, reference.clone()))
        .collect())
}

/// Tells a manager of what came in and is gone again. What it had paid stays paid until a person decides.
async fn raise_undone(
    tx: &mut Tx,
    statement: &Statement,
    references: &[String],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let rows: Vec<(&StatementRow, &String)> = statement
        .rows
        .iter()
        .zip(references)
        .filter(|(row, _)| matches!(row.direction, Direction::Out | Direction::CreditUndone))
        .collect();
    let mut outgoing = Outgoing::default();
    for (row, _) in &rows {
        let kept = payment(row, String::new());
        outgoing.amounts.push(-row.amount.haler());
        outgoing.currencies.push(kept.currency);
        outgoing.symbols.push(kept.variable_symbol);
        outgoing.accounts.push(kept.counter_account);
        outgoing.days.push(row.booked_on);
        outgoing.are_reversals.push(row.direction == Direction::CreditUndone);
    }
    for undone in bank::undone(tx, &outgoing).await? {
        let place = usize::try_from(undone.place - 1).unwrap_or_default();
        let Some((row, reference)) = rows.get(place) else { continue };
        let details = json!({ "amount": -row.amount.haler(), "booked_on": row.booked_on.to_string() });
        let kind = PaymentAlertKind::TransferReversed;
        payment_alerts::raise(tx, kind, reference, undone.purchase, &details, now).await?;
    }
    Ok(())
}

fn payment(row: &StatementRow, reference: String) -> NewPayment {
    let short = |text: &str| text.chars().filter(|c| *c != '\0').take(COLUMN_MAX).collect();
    NewPayment {
        booked_on: row.booked_on,
        amount: row.amount,
        currency: row.currency.clone(),
        variable_symbol: row.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default(),
        counter_account: short(&row.counter_account),
        counter_name: short(&row.counter_name),
        message: short(&row.message),
        reference,
    }
}

/// Matches what is plain, in the order of the statement.
async fn match_all(
    tx: &mut Tx,
    statement: BankStatementId,
    payments: &[(BankPaymentId, NewPayment)],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let today = to_local(now).date();
    let repeated: HashSet<BankPaymentId> = bank::repeated(tx, statement).await?.into_iter().collect();
    let symbols: Vec<String> = payments.iter().map(|(_, payment)| payment.variable_symbol.clone()).collect();
    let documents = bank::documents(tx, &symbols).await?;
    let earlier = earlier_invoices::named(tx, &symbols).await?;
    lock_purchases(tx, documents.iter().filter_map(|document| document.purchase).collect()).await?;
    lock_accounts(tx, documents.iter().map(|document| document.customer).collect()).await?;
    for (id, payment) in payments {
        let found = if repeated.contains(id) {
            Err(Unmatched::Repeated)
        } else if payment.variable_symbol.is_empty() && payment.currency == "CZK" {
            Err(Unmatched::NoSymbol)
        } else {
            Target::of_symbol(tx, &payment.variable_symbol, &documents, &earlier).await?
        };
        let verdict = found.and_then(|target| {
            matches(payment.incoming(), target.as_ref().map(|target| &target.receivable), today)
                .and(target.ok_or(Unmatched::UnknownSymbol))
        });
        match verdict {
            Ok(target) => {
                bank::decide(tx, *id, target.decision(), None, "", now).await?;
                target.settle(tx, payment.booked_on, Actor::System, now).await?;
            }
            Err(reason) => bank::note_reason(tx, *id, reason).await?,
        }
    }
    Ok(())
}

impl NewPayment {
    fn incoming(&self) -> Incoming<'_> {
        Incoming { amount: self.amount, currency: &self.currency, booked_on: self.booked_on }
    }
}

async fn lock_purchases(tx: &mut Tx, mut purchases: Vec<PurchaseId>) -> Result<(), Problem> {
    purchases.sort_unstable();
    purchases.dedup();
    for purchase in purchases {
        purchases::lock(tx, purchase).await?;
    }
    Ok(())
}

async fn lock_accounts(tx: &mut Tx, mut customers: Vec<CustomerId>) -> Result<(), Problem> {
    customers.sort_unstable();
    customers.dedup();
    for customer in customers {
        ledger::lock(tx, customer).await?;
    }
    Ok(())
}

/// What a payment may pay, as things stand.
struct Target {
    what: Claim,
    receivable: Receivable,
}

/// What asks for a payment.
enum Claim {
    /// A document of ours, with its purchase.
    Document(FoundDocument, Option<Box<StoredPurchase>>),
    /// An invoice from before.
    Earlier(EarlierInvoiceId),
}

impl Target {
    /// An invoice from before: nothing is credited or issued when it is paid.
    async fn earlier(tx: &mut Tx, invoice: &FoundInvoice) -> Result<Self, Problem> {
        let paid = earlier_invoices::paid(tx, invoice.id).await?;
        let receivable = Receivable { total: invoice.total, paid, purchase: None, issued_on: invoice.issued_on };
        Ok(Self { what: Claim::Earlier(invoice.id), receivable })
    }

    /// That which a payment's symbol names, if anything does and nothing else.
    async fn of_symbol(
        tx: &mut Tx,
        symbol: &str,
        documents: &[FoundDocument],
        earlier: &[FoundInvoice],
    ) -> Result<Result<Option<Self>, Unmatched>, Problem> {
        let document = documents.iter().find(|document| document.symbol == symbol);
        let mut before = earlier.iter().filter(|invoice| invoice.variable_symbol == symbol);
        Ok(match (document, before.next(), before.next()) {
            (Some(document), None, _) => Ok(Some(Self::document(tx, document.clone()).await?)),
            (None, Some(invoice), None) => Ok(Some(Self::earlier(tx, invoice).await?)),
            (None, None, _) => Ok(None),
            (Some(_), Some(_), _) | (None, Some(_), Some(_)) => Err(Unmatched::Ambiguous),
        })
    }

    /// That which a number names that a person typed: a document of ours or an invoice from before by its number, else the only
    /// one of a variable symbol. A number that both have names neither.
    async fn named(tx: &mut Tx, number: &str) -> Result<Option<Self>, Problem> {
        let names = [number.to_owned()];
        let found = bank::documents(tx, &names).await?;
        let document = found.iter().find(|document| document.number == number).or(found.last()).cloned();
        let found = earlier_invoices::named(tx, &names).await?;
        let of_number = found.iter().find(|invoice| invoice.number == number);
        match (document, of_number, found.as_slice()) {
            (Some(_), Some(_), _) => Ok(None),
            (Some(document), None, _) => Ok(Some(Self::document(tx, document).await?)),
            (None, Some(invoice), _) => Ok(Some(Self::earlier(tx, invoice).await?)),
            (None, None, [only]) => Ok(Some(Self::earlier(tx, only).await?)),
            (None, None, _) => Ok(None),
        }
    }

    fn decision(&self) -> Decision {
        match &self.what {
            Claim::Document(document, _) => Decision::Pays(document.id),
            Claim::Earlier(id) => Decision::PaysEarlier(*id),
        }
    }

    async fn document(tx: &mut Tx, document: FoundDocument) -> Result<Self, Problem> {
        let purchase = match document.purchase {
            Some(purchase) => purchases::lock(tx, purchase).await?,
            None => None,
        };
        // What was credited until the purchase was locked is asked for no more.
        let document = FoundDocument { total: bank::asked(tx, document.id).await?, ..document };
        let came = bank::paid(tx, document.id).await?;
        // A purchase that is paid, however it was, has nothing left to be paid.
        let is_paid = purchase.as_ref().is_some_and(|purchase| purchase.purchase.paid_at.is_some());
        let receivable = Receivable {
            total: document.total,
            paid: if is_paid { came.max(document.total) } else { came },
            purchase: purchase.as_ref().map(|purchase| purchase.purchase.state),
            issued_on: document.issued_on,
        };
        Ok(Self { what: Claim::Document(document, purchase.map(Box::new)), receivable })
    }

    /// What follows once a payment is matched: the purchase is paid as soon as all of the money is there.
    async fn settle(&self, tx: &mut Tx, booked_on: NaiveDate, by: Actor, now: DateTime<Utc>) -> Result<(), Problem> {
        let Claim::Document(document, Some(purchase)) = &self.what else { return Ok(()) };
        if bank::paid(tx, document.id).await? < document.total {
            // Each part is taxed on its own day, whether the rest comes or not.
            tax_documents::issue_on_transfers(tx, purchase, now).await?;
            return Ok(());
        }
        match document.kind {
            DocumentKind::Invoice => {
                // The minutes were credited when it was issued.
                if purchases::note_paid(tx, purchase.purchase.id, now).await? {
                    purchase_events::record(tx, purchase, PurchaseEventKind::Paid, "", by, "", now).await?;
                    fulfilment::catch_up(tx, purchase, now).await?;
                }
            }
            DocumentKind::Proforma | DocumentKind::Payment | DocumentKind::CreditNote => {
                fulfilment::fulfil(tx, purchase, Received { on: booked_on, by }, now).await?;
            }
        }
        Ok(())
    }
}

/// Assigns a payment to a document: a part of what it asks for, all of it, or more with a note about the rest.
///
/// # Errors
/// [`Problem::Invalid`] when there is no such document, it is paid, or the rest needs a note; [`Problem::Conflict`] when the
/// payment was decided otherwise, or is in foreign money.
pub async fn assign(
    app: &App,
    manager: &Manager,
    payment: BankPaymentId,
    number: &str,
    note: &str,
) -> Result<(), Problem> {
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    let note = checked_note(note, false)?;
    if number.is_empty() {
        return Err(Problem::field("document", FieldCode::Missing));
    }
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        let found = bank::payment(&mut tx, payment).await?.ok_or(Problem::NotFound)?;
        let target = Target::named(&mut tx, &number).await?;
        let target = target.ok_or_else(|| Problem::field("document", FieldCode::Unknown))?;
        if let Some((decided, _)) = found.decided {
            return if decided == target.decision() { Ok(()) } else { Err(Problem::Conflict) };
        }
        match assignable(found.amount, &found.currency, &target.receivable) {
            Ok(Assigned::TooMuch) if note.is_empty() => return Err(Problem::field("note", FieldCode::Missing)),
            Ok(Assigned::Part | Assigned::Whole | Assigned::TooMuch) => {}
            Err(Unmatched::AlreadyPaid) => return Err(Problem::field("document", FieldCode::AlreadyUsed)),
            Err(_) => return Err(Problem::Conflict),
        }
        bank::decide(&mut tx, payment, target.decision(), Some(manager.id()), &note, now).await?;
        target.settle(&mut tx, found.booked_on, Actor::Staff(manager.id()), now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Sets a payment aside that pays nothing of ours.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when it was decided otherwise.
pub async fn set_aside(app: &App, manager: &Manager, payment: BankPaymentId, reason: &str) -> Result<(), Problem> {
    let reason = checked_note(reason, true)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        let found = bank::payment(&mut tx, payment).await?.ok_or(Problem::NotFound)?;
        if let Some(decided) = found.decided {
            return if decided == (Decision::SetAside, reason.clone()) { Ok(()) } else { Err(Problem::Conflict) };
        }
        bank::decide(&mut tx, payment, Decision::SetAside, Some(manager.id()), &reason, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn checked_note(typed: &str, needed: bool) -> Result<String, Problem> {
    let (field, min) = if needed { ("reason", NOTE_MIN) } else { ("note", 0) };
    keep_lines(typed, min..=NOTE_MAX).map_err(|code| Problem::field(field, code))
}
