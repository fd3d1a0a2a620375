//! Bank transfers: statements that a manager imports, and what each payment in them pays.
//!
//! Whoever decides takes its locks in this order: bank payments, purchases, accounts, series of documents; several of a kind by
//! their identity. So two imports, or an import and a card payment, wait for one another and never in a circle.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::bank_targets::Target;
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_lines},
            ids::{BankPaymentId, BankStatementId, CustomerId, PurchaseId, StaffId},
            money::Money,
            text,
        },
        money::{
            balances::BalanceEntryKind,
            bank::{
                Assigned, BankPayment, Incoming, ReversalCodes, StatementFault, StatementRefused, StatementSource,
                Unmatched, assignable, matches, ranked,
            },
            card::PaymentAlertKind,
            pages::BankPage,
            supplier::is_same_account,
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
                balances::{self, BalanceEntry, Reasoned},
                bank::{self, Decision, NewPayment, NewStatement, Outgoing},
                bank_candidates, earlier_invoices, payment_alerts,
                purchase_events::Actor,
                purchases, supplier,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The statement.
    pub statement: BankStatementId,
    /// Whether the same file had been imported before: nothing was done.
    pub again: bool,
    /// The rows that could not be read.
    pub unread: Vec<StatementRefused>,
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

/// Imports a statement: what came in and is new is written down, and what is plain is matched with its document. Rows that cannot
/// be read are written down by their lines. The file is the idempotency key.
///
/// # Errors
/// [`Problem::Statement`] when nothing of it can be read, or it is of an account that is not ours and nobody said that it may be.
pub async fn import(
    app: &App,
    manager: &Manager,
    file_name: &str,
    file: &[u8],
    said: Said,
) -> Result<Imported, Problem> {
    take_in(app, Origin { source: StatementSource::Upload, by: Some(manager.id()) }, file_name, file, said).await
}

/// From where a statement came, and who uploaded it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) source: StatementSource,
    pub(super) by: Option<StaffId>,
}

/// As [`import`], also of what came by itself.
pub(super) async fn take_in(
    app: &App,
    origin: Origin,
    file_name: &str,
    file: &[u8],
    said: Said,
) -> Result<Imported, Problem> {
    let statement = statements::read(file, said.codes)?;
    let marks = statements::marks(file, &statement.unread);
    let sha256 = Sha256::digest(file);
    let file_name: String = text::one_line(file_name).chars().take(FILE_NAME_MAX).collect();
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        bank::lock(&mut tx).await?;
        if let Some(known) = bank::statement_of(&mut tx, &sha256).await? {
            return Ok(Imported { statement: known, again: true, unread: statement.unread.clone() });
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
            source: origin.source,
            by: origin.by,
            lines: statement.rows.len(),
            incoming: incoming.len(),
            controls: statement.controls,
        };
        let id = bank::insert_statement(&mut tx, &written).await?;
        bank::insert_unread(&mut tx, id, &statement.unread, &marks).await?;
        let mut payments = Vec::with_capacity(incoming.len());
        for payment in incoming {
            payments.push((bank::insert_payment(&mut tx, id, &payment).await?, payment));
        }
        match_all(&mut tx, id, &payments, now).await?;
        raise_undone(&mut tx, &statement, &references, now).await?;
        tx.commit().await?;
        Ok(Imported { statement: id, again: false, unread: statement.unread.clone() })
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

/// Assigns a payment to a document: a part of what it asks for, all of it, or more with a note about the rest, which is the
/// customer's balance from then on.
///
/// # Errors
/// [`Problem::Invalid`] when there is no such document, or the rest needs a note; [`Problem::Conflict`] when the payment was
/// decided otherwise, or is in foreign money.
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
            Ok(Assigned::TooMuch { .. }) if note.is_empty() => {
                return Err(Problem::field("note", FieldCode::Missing));
            }
            Ok(Assigned::TooMuch { excess }) => {
                bank::decide(&mut tx, payment, target.decision(), Some(manager.id()), &note, now).await?;
                let kept = BalanceEntry {
                    id: app.random.uuid(),
                    customer: target.customer(),
                    kind: BalanceEntryKind::Kept,
                    amount: excess,
                    payment: Some(payment),
                    about: target.about(),
                    undoes: None,
                };
                balances::insert_entry(&mut tx, &kept, Reasoned { reason: &note, by: manager.id(), at: now }).await?;
            }
            Ok(Assigned::Part | Assigned::Whole) => {
                bank::decide(&mut tx, payment, target.decision(), Some(manager.id()), &note, now).await?;
            }
            Err(_) => return Err(Problem::Conflict),
        }
        // What was all too much settles nothing.
        if target.left() > Money::ZERO {
            target.settle(&mut tx, found.booked_on, Actor::Staff(manager.id()), now).await?;
        }
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
