//! Money that goes back: refunds that a manager decides, and disputes that the customer's bank begins.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        bundle_orders::{Dispute, RefundState},
        ids::RefundId,
        money::Money,
        problem::Problem,
    },
    server::db::{Tx, bundle_orders::StoredOrder},
};

/// What Stripe says about a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RefundNews<'a> {
    /// Which of ours it is, if it bears our identity; one that was made at Stripe does not.
    pub ours: Option<RefundId>,
    /// What it is called at Stripe.
    pub stripe_refund: &'a str,
    /// How much, including VAT.
    pub amount: Money,
    /// Where it is.
    pub state: RefundState,
}

/// Learns where a refund of an order is. The order is locked.
pub(super) async fn learn_refund(
    tx: &mut Tx,
    stored: &StoredOrder,
    news: RefundNews<'_>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let _ = (tx, stored, news, now);
    Ok(())
}

/// Learns where the dispute over an order's payment is: what is left of its minutes is frozen while it is open and stays so
/// when it is lost. The order is locked.
pub(super) async fn learn_dispute(
    tx: &mut Tx,
    stored: &StoredOrder,
    dispute: Dispute,
    stripe_dispute: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let _ = (tx, stored, dispute, stripe_dispute, now);
    Ok(())
}
