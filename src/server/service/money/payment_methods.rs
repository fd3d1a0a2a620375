//! Another way to pay than was chosen, as long as nobody has paid: never two ways that both take money unseen. What comes both ways
//! all the same, a manager is told.

use serde_json::json;

use super::{card, other_way::other_way, payment_starts::begin_payment, purchases::MadePurchase};
use crate::{
    model::{
        base::ids::PurchaseId,
        money::purchases::{PaymentMethod, PurchaseNumber},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Buyer,
        db::{
            Tx,
            money::{
                payment_methods,
                purchases::{self, StoredPurchase},
            },
            queue, retrying,
        },
        service::line::limits,
    },
};

/// Lets a purchase be paid in another way. One that is paid so already stays as it is.
///
/// # Errors
/// [`Problem::NotFound`] for a purchase that is none of the customer's, [`Problem::Conflict`] for one that cannot be paid so any more,
/// [`Problem::Unavailable`] while Stripe cannot be asked to take no money on the page that is left, or was asked too often for the
/// customer.
pub async fn change(
    app: &App,
    buyer: &Buyer,
    number: PurchaseNumber,
    wanted: PaymentMethod,
) -> Result<MadePurchase, Problem> {
    let customer = buyer.customer();
    let stored = purchases::by_number(&mut app.db.member(customer).await?, number).await?;
    let stored = stored.filter(|stored| stored.customer == customer).ok_or(Problem::NotFound)?;
    let id = stored.purchase.id;
    if stored.purchase.method != wanted {
        if other_way(app, &mut app.db.system().await?, &stored).await? != Some(wanted) {
            return Err(Problem::Conflict);
        }
        // Each change asks Stripe of the page that is left, or for a new one.
        if !limits::may_ask_stripe(app, customer).await? {
            return Err(Problem::Unavailable);
        }
        if wanted == PaymentMethod::Transfer {
            // Stripe tells of the page's end as soon as it is there: who learns of it first goes on by transfer.
            retrying(|| want_transfer(app, id)).await?;
            // Before another way is shown: nobody can pay on the page that is left, or somebody has.
            if !card::end_checkout(app, id).await? {
                return Err(Problem::Conflict);
            }
        }
        retrying(|| change_open(app, id, wanted)).await?;
        if wanted == PaymentMethod::Card
            && let Err(problem) = card::start_checkout(app, id).await
        {
            // The job does it again; the page that the customer is led to says so until then.
            tracing::warn!(purchase = %id, %problem, "the checkout page could not be made at once");
        }
    }
    Ok(MadePurchase { number, method: wanted })
}

async fn want_transfer(app: &App, id: PurchaseId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    if stored.purchase.method == PaymentMethod::Transfer {
        return Ok(());
    }
    if other_way(app, &mut tx, &stored).await? != Some(PaymentMethod::Transfer) {
        return Err(Problem::Conflict);
    }
    payment_methods::note_transfer_wanted(&mut tx, id, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

async fn change_open(app: &App, id: PurchaseId, wanted: PaymentMethod) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let stored = purchases::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    if stored.purchase.method == wanted {
        return Ok(());
    }
    if other_way(app, &mut tx, &stored).await? != Some(wanted) {
        return Err(Problem::Conflict);
    }
    match wanted {
        PaymentMethod::Transfer => payment_methods::leave_card(&mut tx, id).await?,
        PaymentMethod::Card => payment_methods::take_card(&mut tx, id, now).await?,
    }
    let stored = purchases::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    begin_payment(&mut tx, &stored, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Money came by transfer for a purchase that is locked: its page at Stripe, if it has one, is left and ended.
pub(super) async fn settle_by_transfer(tx: &mut Tx, stored: &StoredPurchase) -> Result<(), Problem> {
    let purchase = &stored.purchase;
    if purchase.method == PaymentMethod::Card && purchase.paid_at.is_none() {
        payment_methods::leave_card(tx, purchase.id).await?;
        queue::job(tx, "end_checkout", &json!({ "purchase": purchase.id }), &purchase.id.to_string()).await?;
    }
    Ok(())
}
