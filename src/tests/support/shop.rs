//! A customer at the shop, and the purchases that one makes there.

use linka::{
    model::{
        base::{
            ids::{BundleId, PurchaseId},
            money::Money,
        },
        money::{
            pages::PurchasePage,
            purchases::{PaymentMethod, PurchaseNumber, TypedPurchase},
        },
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        auth::{BillingViewer, Buyer, Caller},
        payments::Payments,
        service::{
            money::purchases::{self, MadePurchase},
            people::customers,
        },
    },
};
use sqlx::PgPool;

use super::{BASE_URL, Place, World};

/// 300 minutes for 6 300 Kč, excluding VAT.
pub const BUNDLE: BundleId = BundleId(3);

/// The same including VAT.
pub const TOTAL: Money = Money::from_haler(762_300);

/// A customer who buys.
pub struct Shop {
    pub world: World,
    pub place: Place,
    pub buyer: Buyer,
}

impl Shop {
    pub async fn new(pool: PgPool) -> Self {
        let mut world = World::new(pool).await;
        // Cards are taken, but nobody answers there: what Stripe does is tried elsewhere.
        world.app.payments = Payments::sandbox("http://127.0.0.1:9", BASE_URL).expect("a gateway");
        let place = world.place("Škola").await;
        let buyer = place.boss.may_buy().expect("a buyer");
        Self { world, place, buyer }
    }

    pub fn id(&self) -> PurchaseId {
        PurchaseId(self.world.app.random.uuid())
    }

    pub async fn purchase(&self, id: PurchaseId, typed: &TypedPurchase) -> Result<MadePurchase, Problem> {
        purchases::buy(&self.world.app, &self.buyer, id, BUNDLE, typed).await
    }

    pub async fn by_transfer(&self) -> PurchaseNumber {
        self.purchase(self.id(), &typed_purchase("1", PaymentMethod::Transfer, TOTAL)).await.expect("a purchase").number
    }

    pub async fn page(&self, number: PurchaseNumber) -> PurchasePage {
        purchases::page(&self.world.app, &billing_viewer(&self.place.boss), number).await.expect("a page")
    }

    pub async fn count(&self, table: &str) -> i64 {
        self.world.id(&format!("select count(*) from {table}")).await
    }

    pub async fn trust(&self) {
        let manager = self.world.staff(StaffRole::Manager).await.manager().expect("a manager");
        customers::set_trusted(&self.world.app, &manager, self.place.customer, true).await.expect("trusted");
    }
}

/// The proof that this caller sees the account.
pub fn billing_viewer(caller: &Caller) -> BillingViewer {
    caller.may_see_billing().expect("one who sees the account")
}

/// What the form of a purchase says.
pub fn typed_purchase(quantity: &str, method: PaymentMethod, shown: Money) -> TypedPurchase {
    TypedPurchase { quantity: quantity.into(), reference: "OBJ 17/2026".into(), method: Some(method), shown }
}
