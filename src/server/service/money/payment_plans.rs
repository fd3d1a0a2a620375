//! Plans of payment: agreed by managers, and looked after once a payment did not come.

use serde_json::json;
use uuid::Uuid;

use crate::{
    model::{
        base::{calendar::to_local, ids::CustomerId},
        money::{card::PaymentAlertKind, payment_plans::TypedPlan},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            locks::{self, Lock},
            money::{bank, payment_alerts, payment_plans},
            people::customers,
        },
    },
};

/// Agrees how a customer pays what is overdue, in the place of what was agreed before. Sent twice, it has one effect.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::NotFound`].
pub async fn agree(
    app: &App,
    manager: &Manager,
    customer: CustomerId,
    id: Uuid,
    typed: &TypedPlan,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let plan = typed.check(today).map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::PurchasesOf(customer)).await?;
    customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    payment_plans::agree(&mut tx, (id, customer), &plan, today, manager.id(), now).await?;
    Ok(tx.commit().await?)
}

/// Ends the plan of a customer that holds. Repeating it changes nothing.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn end(app: &App, manager: &Manager, customer: CustomerId) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    payment_plans::end(&mut tx, customer, manager.id(), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Tells managers of payments that a plan had promised and that did not come, once for each day.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn raise_missed(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.system().await?;
    if payment_plans::missed(&mut tx, today).await?.is_empty() {
        return Ok(());
    }
    // What is being read in at this moment comes first.
    bank::lock(&mut tx).await?;
    for missed in payment_plans::missed(&mut tx, today).await? {
        let source = format!("{}:{}", missed.plan, missed.missed_on);
        let details = json!({ "customer": missed.customer, "amount": missed.missing.haler() });
        payment_alerts::raise(&mut tx, PaymentAlertKind::PlanMissed, &source, None, &details, now).await?;
    }
    Ok(tx.commit().await?)
}
