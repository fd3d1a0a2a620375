//! What our client sends and what the sandbox signs, judged by Stripe's own library.

use chrono::TimeDelta;
use linka::server::{
    db::MIGRATIONS,
    payments::{gateway::api_version, sandbox::SECRET},
    service::money::reconciliation,
};
use serde_json::json;
use sqlx::PgPool;

use super::Till;
use crate::support::ask_python;

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
    assert_eq!(verdict["requests"], 8, "{verdict}");
    assert_eq!(verdict["kinds"], 7, "every kind of request was judged: {verdict}");
    assert_eq!(verdict["events"], events);
    // The judge sees what is wrong, too.
    let refused = verdict["refused"].as_array().expect("a list");
    assert_eq!(refused.len(), 5, "{verdict}");
}
