//! Whatever goes wrong at Stripe and on the way from there, the money gets through.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::{BundleId, PurchaseId},
        money::purchases::PaymentMethod,
    },
    server::{
        db::MIGRATIONS,
        payments::sandbox::{DeliveryMode, Faults, Order},
        service::money::reconciliation,
    },
};
use sqlx::PgPool;
use tokio::net::TcpListener;

use super::{PAID, TOTAL, Till, held, is};
use crate::support::Site;

/// A purchase of the shop's smallest bundle, as its form sends it.
async fn ordered(till: &Till, site: &Site, cookie: &str) -> PurchaseId {
    let id = PurchaseId(till.app().random.uuid());
    let bundle = BundleId(till.world.id("select id from bundle order by minutes limit 1").await);
    let (typed, total) = (id.to_string(), TOTAL.to_string());
    let fields = [
        ("id", typed.as_str()),
        ("bundle", &bundle.to_string()),
        ("quantity", "1"),
        ("method", PaymentMethod::Card.code()),
        ("total", &total),
    ];
    let placed = site.post("/api/bundles/purchase", cookie, &format!("/bundles/{bundle}/purchase"), &fields).await;
    assert_eq!(placed.status, 303, "the customer is not told of trouble at Stripe: {}", placed.body);
    id
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_money_gets_through_every_fault_of_stripes(pool: PgPool) {
    let till = Till::new(pool).await;
    let site = Site::serve(till.app().clone()).await;
    let cookie = till.world.cookie(&till.place.boss).await;
    till.sandbox.deliver_to(&format!("{}/webhooks/stripe", site.origin));
    for (fault, purchase) in [
        (Faults { fail: 3, ..held() }, Order::AsTold),
        (Faults { lose: 3, ..held() }, Order::AsTold),
        // The client gives up after its time limit, which this test waits for.
        (Faults { hang: 1, ..held() }, Order::AsTold),
        (Faults { twice: true, ..held() }, Order::AsTold),
        (held(), Order::Reversed),
        (Faults { deliveries: DeliveryMode::Drop, ..held() }, Order::AsTold),
    ] {
        till.sandbox.set_faults(fault.clone());
        let id = ordered(&till, &site, &cookie).await;
        // What is wrong at the beginning passes; the job or the customer's own try makes the page.
        let mut tries = 0;
        while till.stored(id).await.checkout.is_none() {
            till.hurry().await;
            till.run_jobs().await;
            tries += 1;
            assert!(tries < 10, "no page: {fault:?}");
        }
        assert_eq!(tries > 0, fault.fail + fault.lose + fault.hang > 0, "the fault was felt: {fault:?}");
        let session = till.stored(id).await.checkout.expect("a page").session;
        is(&till.outcome(id).await, ("awaiting_payment", 0, 0));
        till.sandbox.pay(&session).expect("paid");
        // And wrong again while the message is handled.
        till.sandbox.set_faults(Faults { hang: 0, ..fault.clone() });
        let is_lost = fault.deliveries == DeliveryMode::Drop;
        let statuses = till.sandbox.release(purchase).await;
        assert_eq!(
            statuses,
            vec![
                200;
                if is_lost {
                    0
                } else if fault.twice {
                    6
                } else {
                    3
                }
            ],
            "{fault:?}"
        );
        for _ in 0..4 {
            till.hurry().await;
            till.run_jobs().await;
        }
        if is_lost {
            is(&till.outcome(id).await, ("awaiting_payment", 0, 0));
            till.advance(TimeDelta::minutes(4)).await;
            reconciliation::reconcile(till.app()).await.expect("reconciled");
        }
        is(&till.outcome(id).await, PAID);
    }
    assert_eq!(till.alerts().await, Vec::<String>::new());
    assert_eq!(till.world.ledger_faults().await, Vec::<String>::new());
}

/// A door that is shut at first.
#[derive(Clone)]
struct Door {
    knocked: Arc<AtomicUsize>,
    behind: String,
}

async fn knock(State(door): State<Door>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if door.knocked.fetch_add(1, Ordering::SeqCst) < 3 {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let passed_on = reqwest::Client::new()
        .post(&door.behind)
        .header("stripe-signature", headers["stripe-signature"].clone())
        .body(body)
        .send()
        .await;
    passed_on.expect("an answer").status()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_message_that_is_not_taken_is_delivered_again_until_it_is(pool: PgPool) {
    let till = Till::new(pool).await;
    let site = Site::serve(till.app().clone()).await;
    let door = Door { knocked: Arc::default(), behind: format!("{}/webhooks/stripe", site.origin) };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    till.sandbox.deliver_to(&format!("http://{}/", listener.local_addr().expect("an address")));
    let service = Router::new().route("/", post(knock)).with_state(door.clone());
    tokio::spawn(async move { axum::serve(listener, service).await });

    let (purchase, session) = till.at_checkout().await;
    till.sandbox.set_faults(Faults { deliveries: DeliveryMode::Send, ..Faults::default() });
    till.sandbox.pay(&session).expect("paid");
    while !till.sandbox.waiting().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(door.knocked.load(Ordering::SeqCst), 6, "each of three messages was turned away once");
    assert_eq!(till.world.id("select count(*) from stripe_event").await, 3);
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
    till.run_jobs().await;
    is(&till.outcome(purchase).await, PAID);
}
