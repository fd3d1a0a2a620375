//! Payments by card, played through with the sandbox: what a payment does to a purchase, however its news arrives.

mod crash;
mod facts;
mod faults;
mod fulfilment;
mod refunds;
mod sandbox;
mod saved_cards;
mod sdk;
mod switching;
mod troubles;
mod webhook;

use std::net::Ipv4Addr;

use chrono::TimeDelta;
use linka::{
    model::{base::ids::PurchaseId, money::purchases::PurchaseNumber},
    server::{
        app::App,
        auth::Buyer,
        db::money::purchases::{self, StoredPurchase},
        jobs,
        payments::{
            Payments,
            gateway::Gateway,
            sandbox::{DeliveryMode, Faults, KEY, Sandbox, SandboxArgs},
            webhook::SignedEvent,
        },
        service::money::card,
    },
};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{BASE_URL, Place, World};

/// What sixty minutes cost in the catalogue, including VAT.
const TOTAL: i64 = 166_980;

/// A world with a customer who buys, and the sandbox; what it tells is held back.
struct Till {
    world: World,
    sandbox: Sandbox,
    place: Place,
}

impl Till {
    async fn new(pool: PgPool) -> Self {
        let mut world = World::new(pool).await;
        let sandbox = sandbox(&world.app).await;
        world.app.payments = Payments::sandbox(sandbox.origin(), BASE_URL).expect("an address");
        let place = world.place("Škola").await;
        Self { world, sandbox, place }
    }

    fn app(&self) -> &App {
        &self.world.app
    }

    fn buyer(&self) -> Buyer {
        self.place.boss.may_buy().expect("a buyer")
    }

    /// The client as it is, past the services.
    fn gateway(&self) -> Gateway {
        Gateway::new(KEY, Some(self.sandbox.origin())).expect("a client")
    }

    /// A purchase of sixty minutes by card, just placed.
    async fn purchase(&self) -> PurchaseId {
        let id = PurchaseId(self.app().random.uuid());
        let member = self.buyer().id();
        let (customer, now) = (self.place.customer, self.app().clock.now().to_rfc3339());
        self.world
            .sql(&format!(
                "insert into purchase (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent,
                                           total, validity_months, method, created_at)
                 select '{id}', {customer}, next_purchase_number(2026), {member}, b.id, 1, 60, 138000, 21, {TOTAL}, 12, 'card',
                        '{now}'
                 from bundle b order by b.minutes limit 1"
            ))
            .await;
        id
    }

    /// A purchase whose customer stands on the checkout page; gives the page's session.
    async fn at_checkout(&self) -> (PurchaseId, String) {
        let purchase = self.purchase().await;
        let checkout = card::start_checkout(self.app(), purchase).await.expect("a purchase").expect("a page");
        (purchase, checkout.session)
    }

    /// A purchase that is paid, at Stripe; here nobody knows.
    async fn paid_there(&self) -> (PurchaseId, String) {
        let (purchase, session) = self.at_checkout().await;
        self.sandbox.pay(&session).expect("paid");
        (purchase, session)
    }

    async fn stored(&self, purchase: PurchaseId) -> StoredPurchase {
        let mut tx = self.app().db.system().await.expect("a transaction");
        purchases::find(&mut tx, purchase).await.expect("readable").expect("a purchase")
    }

    async fn number(&self, purchase: PurchaseId) -> PurchaseNumber {
        self.stored(purchase).await.purchase.number
    }

    /// The state of a purchase, and how many grants and documents it has.
    async fn outcome(&self, purchase: PurchaseId) -> (String, i64, i64) {
        sqlx::query_as(AssertSqlSafe(format!(
            "select state, (select count(*) from minute_grant where source = 'order:{purchase}'),
                    (select count(*) from tax_document where purchase_id = p.id)
             from purchase p where id = '{purchase}'"
        )))
        .fetch_one(self.app().db.pool())
        .await
        .expect("a purchase")
    }

    /// The kinds of what a manager has to look at.
    async fn alerts(&self) -> Vec<String> {
        sqlx::query_scalar("select kind from payment_alert order by id")
            .fetch_all(self.app().db.pool())
            .await
            .expect("alerts")
    }

    /// What the sandbox would tell of this kind, as it would be read.
    fn told(&self, kind: &str) -> SignedEvent {
        let told = self.sandbox.waiting().into_iter().rev().find(|told| told.kind == kind).expect(kind);
        let payload = serde_json::from_str(&told.body).expect("JSON");
        SignedEvent { id: told.id, kind: told.kind, payload, readable: true }
    }

    async fn advance(&self, by: TimeDelta) {
        self.app().clock.advance(by);
    }

    async fn run_jobs(&self) {
        jobs::run_due(self.app()).await.expect("the queue");
    }

    /// Lets jobs that wait for another try be due.
    async fn hurry(&self) {
        self.world.sql("update graphile_worker._private_jobs set run_at = now()").await;
    }
}

const PAID: (&str, i64, i64) = ("paid", 1, 1);

fn is(outcome: &(String, i64, i64), expected: (&str, i64, i64)) {
    assert_eq!((outcome.0.as_str(), outcome.1, outcome.2), expected);
}

/// A sandbox that shares the clock and holds back what it tells.
async fn sandbox(app: &App) -> Sandbox {
    let sandbox = Sandbox::start(SandboxArgs {
        addr: (Ipv4Addr::LOCALHOST, 0).into(),
        file: None,
        webhook: "http://127.0.0.1:1/webhooks/stripe".to_owned(),
        clock: app.clock.clone(),
        random: app.random,
    })
    .await
    .expect("a free port");
    sandbox.set_faults(held());
    sandbox
}

/// Nothing is delivered before it is released.
fn held() -> Faults {
    Faults { deliveries: DeliveryMode::Hold, ..Faults::default() }
}
