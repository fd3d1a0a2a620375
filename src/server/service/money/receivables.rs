//! What is owed on invoices past their due day, and what managers decide about it: limits, and what is written off.

use chrono::Months;
use uuid::Uuid;

use super::price_list::today;
use crate::{
    model::{
        base::ids::CustomerId,
        money::{
            price_list::day,
            receivables::{Age, Receivable, ReceivableCase, ReceivablesPage, check_limit, check_reason},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            locks::{self, Lock},
            money::{account_statements, payment_plans, payment_reminders, receivables},
            people::customers,
        },
    },
};

/// How many customers are listed at most.
const LISTED: i64 = 200;
/// How many customers a table holds at most: more than the line has.
const MOST_IN_A_FILE: i64 = 20_000;
/// How far back the account of a customer is shown.
const SHOWN: Months = Months::new(12);

/// Who owes past the due day, the longest overdue first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager, age: Option<Age>) -> Result<ReceivablesPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(receivables::overdue(&mut tx, today(app), age, LISTED).await?)
}

/// All who owe past the due day, for a table.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn all(app: &App, _: &Manager, age: Option<Age>) -> Result<Vec<Receivable>, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(receivables::overdue(&mut tx, today(app), age, MOST_IN_A_FILE).await?.rows.rows)
}

/// What a customer owes, and what was decided about it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn case(app: &App, _: &Manager, customer: CustomerId) -> Result<ReceivableCase, Problem> {
    let today = today(app);
    let mut tx = app.db.staff().await?;
    let facts = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    Ok(ReceivableCase {
        customer,
        name: facts.name,
        trusted: customers::billing(&mut tx, customer).await?.is_some_and(|billing| billing.trusted),
        today,
        debts: receivables::debts(&mut tx, customer).await?,
        exposure: receivables::exposure(&mut tx, customer).await?,
        limit: receivables::limit_on(&mut tx, customer, today).await?,
        limits: receivables::limits(&mut tx, customer).await?,
        is_kept_from_ordering: receivables::owes_too_long(&mut tx, customer, today).await?,
        plan: payment_plans::find(&mut tx, customer, today).await?,
        has_reader: payment_reminders::has_reader(&mut tx, customer).await?,
        reminders: payment_reminders::written(&mut tx, customer).await?,
        written_off: receivables::written_off(&mut tx, customer).await?,
        entries: account_statements::entries(&mut tx, customer, today - SHOWN, today).await?,
        key: app.random.uuid(),
    })
}

/// Decides how far a trusted customer is credited from a day on: empty for as far as it buys. Deciding the same again changes nothing.
///
/// # Errors
/// [`Problem::Invalid`] with what is wrong, [`Problem::NotFound`].
pub async fn set_limit(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    (typed, from): (&str, &str),
) -> Result<(), Problem> {
    let limit = check_limit(typed).map_err(|code| Problem::field("limit", code))?;
    let from = day(from, today(app)).map_err(|code| Problem::field("limit_from", code))?;
    let mut tx = app.db.staff().await?;
    // Of the same form at the same moment the second finds what the first has decided.
    locks::take(&mut tx, Lock::PurchasesOf(customer)).await?;
    customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    receivables::decide_limit(&mut tx, customer, (from, limit), manager.id(), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Writes off what is owed on an invoice: it stays unpaid, with its tax, and is owed no longer. Sent twice, it has one effect.
///
/// * `number` – of the invoice
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] for what is not owed any more.
pub async fn write_off(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    (id, number): (Uuid, &str),
    reason: &str,
) -> Result<(), Problem> {
    let reason = check_reason(reason).map_err(|field| Problem::Invalid { fields: vec![field] })?;
    let mut tx = app.db.staff().await?;
    // What is left to pay stays so meanwhile.
    locks::take(&mut tx, Lock::BankPayments).await?;
    if receivables::write_off(&mut tx, customer, (id, number), &reason, manager.id(), app.clock.now()).await? {
        return Ok(tx.commit().await?);
    }
    if receivables::is_written_off_by(&mut tx, id).await? { Ok(()) } else { Err(Problem::Conflict) }
}
