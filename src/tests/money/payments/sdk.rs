//! What our client sends and what the sandbox signs, judged by Stripe's own library.

use chrono::TimeDelta;
use linka::{
    model::{base::ids::CardTryId, money::card::CardPurpose},
    server::{
        db::MIGRATIONS,
        payments::{
            gateway::{
                api_version,
                cards::{DebitRequest, SetupRequest},
            },
            sandbox::SECRET,
        },
        service::money::reconciliation,
    },
};
use serde_json::json;
use sqlx::PgPool;

use super::Till;
use crate::support::ask_python;

/// A card is saved, drawn from with nobody present, and let go.
async fn debit(till: &Till) {
    let gateway = till.gateway();
    let setup = SetupRequest {
        key: "card:one".to_owned(),
        owner: (till.place.customer, till.buyer().id()),
        purpose: CardPurpose::TopUp,
        stripe_customer: None,
        success_url: "https://linka.example.com/card?session={CHECKOUT_SESSION_ID}".to_owned(),
        cancel_url: "https://linka.example.com/".to_owned(),
        expires_at: till.app().clock.now() + TimeDelta::hours(1),
    };
    let url = gateway.create_setup(&setup).await.expect("a page");
    let session = url.rsplit('/').next().expect("a session");
    till.sandbox.pay(session).expect("entered");
    let setup = gateway.session(session).await.expect("a session").setup_intent.expect("a setup");
    let card = gateway.setup(&setup).await.expect("a setup").card.expect("a card");
    let id = CardTryId(till.app().random.uuid());
    let total = linka::model::base::money::Money::from_haler(166_980);
    let (stripe_customer, payment_method) = (card.stripe_customer.as_str(), card.payment_method.as_str());
    let request = DebitRequest { id, stripe_customer, payment_method, total, name: "Předplatné 60 min" };
    gateway.debit(&request).await.expect("paid");
    gateway.debit_of(stripe_customer, id).await.expect("a list").expect("the payment");
    for _ in 0..2 {
        gateway.detach(payment_method).await.expect("detached, however often");
    }
    let gone = DebitRequest { id: CardTryId(till.app().random.uuid()), ..request };
    gateway.debit(&gone).await.expect_err("nothing is taken from it any more");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn stripes_own_library_takes_our_requests_and_the_sandboxs_messages(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, _) = till.paid_there().await;
    till.advance(TimeDelta::minutes(4)).await;
    reconciliation::reconcile(till.app()).await.expect("reconciled");
    let intent = till.stored(purchase).await.payment_intent.expect("a payment");
    let refund = linka::model::base::ids::RefundId(till.app().random.uuid());
    let amount = linka::model::base::money::Money::from_haler(500);
    till.gateway().create_refund(refund, 1, &intent, amount).await.expect("made");
    till.gateway().refunds_of(&intent).await.expect("a list");
    till.gateway().disputes_of(&intent).await.expect("a list");
    till.gateway().session_of(&intent).await.expect("a list");
    till.sandbox.dispute(&intent, "needs_response").expect("a dispute");
    let (_, open) = till.at_checkout().await;
    till.gateway().expire(&open).await.expect("expired");
    debit(&till).await;

    let asked = till.sandbox.asked();
    let told: Vec<_> = till
        .sandbox
        .waiting()
        .into_iter()
        .map(|told| json!({ "signature": till.sandbox.sign(&told.body), "body": told.body, "kind": told.kind }))
        .collect();
    let events = told.len();
    let file = tempfile::NamedTempFile::new().expect("a file");
    let material = json!({ "secret": SECRET, "asked": asked, "told": told });
    std::fs::write(file.path(), material.to_string()).expect("written");
    let verdict = ask_python("check_stripe.py", file.path());
    assert_eq!(verdict["version"], api_version(), "the library speaks the same version");
    assert_eq!(verdict["wrong"], json!([]));
    assert_eq!(verdict["requests"], 17, "{verdict}");
    assert_eq!(verdict["kinds"], 12, "every kind of request was judged: {verdict}");
    assert_eq!(verdict["events"], events);
    // The judge sees what is wrong, too.
    let refused = verdict["refused"].as_array().expect("a list");
    assert_eq!(refused.len(), 5, "{verdict}");
}
