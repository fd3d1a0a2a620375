//! The statement of a customer's account over any days.

use chrono::NaiveDate;

use crate::{
    model::{
        base::calendar::{midnight, to_local},
        money::account_statements::{AccountStatement, statement_days},
        problem::Problem,
    },
    server::{
        app::App,
        auth::BillingViewer,
        db::{minutes::ledger, money::account_statements, people::customers},
    },
};

/// What was charged and paid from one day to another, and what is owed and left at both ends.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn statement(
    app: &App,
    viewer: &BillingViewer,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> Result<AccountStatement, Problem> {
    let (customer, now) = (viewer.customer(), app.clock.now());
    let (from, until) = statement_days(from, until, to_local(now).date());
    let (begins, ends) = (midnight(from), midnight(until.succ_opt().unwrap_or(until)));
    let mut tx = app.db.member(customer).await?;
    let facts = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    Ok(AccountStatement {
        customer: facts.name,
        ico: facts.ico.unwrap_or_default(),
        from,
        until,
        made_at: now,
        opening: account_statements::owed_before(&mut tx, customer, from).await?,
        entries: account_statements::entries(&mut tx, customer, from, until).await?,
        minutes_opening: ledger::balance_before(&mut tx, customer, begins).await?,
        minutes: account_statements::minutes(&mut tx, customer, begins, ends).await?,
        minutes_closing: ledger::balance_before(&mut tx, customer, ends).await?,
    })
}
