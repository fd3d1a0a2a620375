//! What is sold, as the owner and managers see it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::refunds::refundable;
use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            ids::PaymentAlertId,
        },
        money::{
            purchases::{OrderNumber, OrderState},
            sales::{OrderCase, SalesPage, SoldOrder, SoldOrders},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::money::{
            payment_alerts, purchases, refunds,
            sales::{self, OrderFilter},
        },
    },
};

/// How many rows a list shows.
const LISTED: usize = 50;
const LISTED_UNPAID: i64 = 100;
const MOST_ALERTS: i64 = 200;
/// The most characters of a search.
const SEARCH_MAX: usize = 100;

/// The owner's view.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager) -> Result<SalesPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    let (unmatched, given_up) = sales::troubles(&mut tx).await?;
    Ok(SalesPage {
        months: sales::months(&mut tx, today.with_day(1).unwrap_or(today)).await?,
        liability: sales::liability(&mut tx).await?,
        unpaid: sales::unpaid(&mut tx, LISTED_UNPAID).await?,
        unmatched,
        alerts: payment_alerts::open(&mut tx, MOST_ALERTS).await?,
        given_up,
    })
}

/// Notes that a manager has looked at an alert.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn resolve_alert(app: &App, manager: &Manager, alert: PaymentAlertId) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    payment_alerts::resolve(&mut tx, alert, manager.id(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Orders, the newest first: those in a state, those that are searched for, those before one.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn orders(
    app: &App,
    _: &Manager,
    state: Option<OrderState>,
    search: &str,
    before: Option<OrderNumber>,
) -> Result<SoldOrders, Problem> {
    let search: String = search.trim().chars().take(SEARCH_MAX).collect();
    let mut tx = app.db.staff().await?;
    let filter = OrderFilter { state, search: &search, before };
    let mut orders = sales::orders(&mut tx, &filter, i64::try_from(LISTED + 1).unwrap_or(i64::MAX)).await?;
    let has_more = orders.len() > LISTED;
    orders.truncate(LISTED);
    let next_before = orders.last().map(|order| order.number).filter(|_| has_more);
    Ok(SoldOrders { orders, next_before })
}

/// An order with all that is known of it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn order(app: &App, _: &Manager, number: OrderNumber) -> Result<OrderCase, Problem> {
    let mut tx = app.db.staff().await?;
    let stored = purchases::by_number(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let (customer_name, ordered_by) = sales::names(&mut tx, stored.customer, stored.member).await?;
    let id = stored.order.id;
    Ok(OrderCase {
        customer: stored.customer,
        customer_name,
        ordered_by,
        payment_intent: stored.payment_intent.clone(),
        transfers: sales::transfers(&mut tx, id).await?,
        documents: sales::documents(&mut tx, id).await?,
        refunds: refunds::of_order(&mut tx, id).await?,
        refundable: refundable(&mut tx, &stored, app.clock.now()).await?.map(|(_, refundable)| refundable),
        history: sales::history(&mut tx, id).await?,
        order: stored.order,
    })
}

/// Orders that were paid in a year, in the order of payment.
///
/// # Errors
/// [`Problem::NotFound`] for a year outside of the calendar.
pub async fn export(app: &App, _: &Manager, year: i32) -> Result<Vec<SoldOrder>, Problem> {
    let begins = |year| Some(midnight(crate::server::service::plausible(NaiveDate::from_ymd_opt(year, 1, 1)?).ok()?));
    let next = year.checked_add(1).ok_or(Problem::NotFound)?;
    let from: DateTime<Utc> = begins(year).ok_or(Problem::NotFound)?;
    let until = begins(next).ok_or(Problem::NotFound)?;
    let mut tx = app.db.staff().await?;
    Ok(sales::paid_between(&mut tx, from, until).await?)
}
