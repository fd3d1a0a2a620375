//! Which other way there is to pay what was ordered.

use super::card;
use crate::{
    model::{
        base::money::Money,
        money::purchases::{PaymentMethod, Purchase},
        problem::Problem,
    },
    server::{
        app::App,
        db::{
            Tx,
            money::{bank, purchases::StoredPurchase, subscriptions},
        },
    },
};

/// In which other way a purchase can be paid now; none when it is paid or over, or is one of a subscription, whose way is chosen for
/// all of its periods.
pub(super) async fn other_way(
    app: &App,
    tx: &mut Tx,
    stored: &StoredPurchase,
) -> Result<Option<PaymentMethod>, Problem> {
    let purchase = &stored.purchase;
    let is_open = purchase.is_unpaid() && !purchase.at_once && !stored.is_debited;
    if !is_open || subscriptions::usable_until(tx, purchase.id).await?.is_some() {
        return Ok(None);
    }
    Ok(match purchase.method {
        PaymentMethod::Card => Some(PaymentMethod::Transfer),
        PaymentMethod::Transfer => {
            let nothing_came = bank::paid_for_purchase(tx, purchase.id).await? == Money::ZERO;
            let by_card = nothing_came && card::is_on(app) && purchase.total <= Purchase::CARD_MAX;
            by_card.then_some(PaymentMethod::Card)
        }
    })
}
