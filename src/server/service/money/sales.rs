//! What is sold, as the owner and managers see it.

use chrono::{Datelike, NaiveDate};

use super::{
    disputes::won_back,
    refunds::{refundable, returned_past_us},
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            ids::{DocumentId, PaymentAlertId},
        },
        money::{
            pages::{PurchaseCase, SalesPage, SoldPurchases},
            purchases::{PurchaseNumber, PurchaseState},
            sales::SoldPurchase,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            money::{
                balances, disputes, payment_alerts, purchase_events, purchases, refunds,
                sales::{self, PurchaseFilter},
            },
            paging::counted,
        },
        service::plausible,
    },
};

/// How many rows a list shows.
const LISTED: usize = 50;
const LISTED_UNPAID: usize = 100;
const MOST_ALERTS: i64 = 200;
/// The most characters of a search.
const SEARCH_MAX: usize = 100;

/// The owner's view; `unpaid_after` continues the list of what is not paid.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager, unpaid_after: Option<DocumentId>) -> Result<SalesPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    let (unmatched, given_up) = sales::waiting_and_given_up(&mut tx).await?;
    let unpaid = sales::unpaid(&mut tx, unpaid_after, LISTED_UNPAID).await?;
    Ok(SalesPage {
        unpaid: counted(unpaid, unpaid_after.is_none(), sales::unpaid_count(&mut tx)).await?,
        months: sales::months(&mut tx, today.with_day(1).unwrap_or(today)).await?,
        liability: sales::liability(&mut tx).await?,
        unmatched,
        alerts: payment_alerts::open(&mut tx, MOST_ALERTS).await?,
        nameless: sales::nameless(&mut tx, MOST_ALERTS).await?,
        owed_back: balances::owed(&mut tx).await?,
        refunds: sales::waiting_refunds(&mut tx, MOST_ALERTS).await?,
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

/// Purchases, the newest first: those in a state, those that are searched for, those before one.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn purchases(
    app: &App,
    _: &Manager,
    state: Option<PurchaseState>,
    search: &str,
    before: Option<PurchaseNumber>,
) -> Result<SoldPurchases, Problem> {
    let search: String = search.trim().chars().take(SEARCH_MAX).collect();
    let mut tx = app.db.staff().await?;
    let filter = PurchaseFilter { state, search: &search, before };
    let page = sales::purchases(&mut tx, &filter, LISTED).await?;
    Ok(SoldPurchases { purchases: page.rows, next_before: page.next })
}

/// A purchase with all that is known of it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn purchase(app: &App, _: &Manager, number: PurchaseNumber) -> Result<PurchaseCase, Problem> {
    let mut tx = app.db.staff().await?;
    let stored = purchases::by_number(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let (customer_name, bought_by) = sales::names(&mut tx, stored.customer, stored.member).await?;
    let id = stored.purchase.id;
    Ok(PurchaseCase {
        customer: stored.customer,
        customer_name,
        bought_by,
        payment_intent: stored.payment_intent.clone(),
        transfers: sales::transfers(&mut tx, id).await?,
        documents: sales::documents(&mut tx, id).await?,
        refunds: refunds::for_staff(&mut tx, id).await?,
        refundable: refundable(&mut tx, &stored, app.clock.now()).await?.map(|(_, refundable)| refundable),
        returned_past_us: returned_past_us(&mut tx, &stored).await?,
        won_back: won_back(&mut tx, &stored).await?,
        reversal: disputes::reversed_transfer(&mut tx, id).await?.map(|gone| gone.reversal),
        history: purchase_events::history_for_staff(&mut tx, id).await?,
        purchase: stored.purchase,
    })
}

/// Purchases that are paid and whose tax day lies in a year, in the order of those days.
///
/// # Errors
/// [`Problem::NotFound`] for a year outside of the calendar.
pub async fn export(app: &App, _: &Manager, year: i32) -> Result<Vec<SoldPurchase>, Problem> {
    let day = |month, day| plausible(NaiveDate::from_ymd_opt(year, month, day).ok_or(Problem::NotFound)?);
    let (first, last) = (day(1, 1)?, day(12, 31)?);
    let mut tx = app.db.staff().await?;
    Ok(sales::taxed_between(&mut tx, first, last).await?)
}
