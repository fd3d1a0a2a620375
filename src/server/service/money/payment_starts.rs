//! How the payment of a purchase begins: by a page at Stripe, or by a document that asks for a transfer.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{fulfilment, tax_documents::issue_request_for_payment};
use crate::{
    model::{
        money::purchases::{PaymentMethod, PurchaseEventKind},
        problem::Problem,
    },
    server::db::{
        Tx,
        line::catalogue,
        money::{
            purchase_events::{self, Actor},
            purchases::{self, StoredPurchase},
        },
        queue,
    },
};

/// Begins the payment of a purchase in the way that was chosen; one for which a transfer was asked before is asked for no second time.
pub(super) async fn begin_payment(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    let id = stored.purchase.id;
    match stored.purchase.method {
        PaymentMethod::Card => {
            queue::job(tx, "start_checkout", &json!({ "purchase": id }), &id.to_string()).await?;
            Ok(())
        }
        PaymentMethod::Transfer => ask_for_transfer(tx, stored, now).await,
    }
}

/// Asks for a transfer: on a proforma, or on an invoice with the minutes credited already.
async fn ask_for_transfer(tx: &mut Tx, stored: &StoredPurchase, now: DateTime<Utc>) -> Result<(), Problem> {
    purchases::note_payment_started(tx, stored.purchase.id, now).await?;
    purchase_events::record(tx, stored, PurchaseEventKind::PaymentStarted, "", Actor::System, "", now).await?;
    let settings = catalogue::settings(tx, now).await?;
    let due_in_days = if stored.purchase.at_once {
        fulfilment::credit(tx, stored, now).await?;
        settings.invoice_days
    } else {
        settings.proforma_days
    };
    // Its series is the last thing to be locked.
    issue_request_for_payment(tx, stored, due_in_days, now).await
}
