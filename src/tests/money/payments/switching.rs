//! Another way to pay than was chosen: no two ways take money unseen, and what lapses goes back to the former one.

use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::PurchaseId,
        money::purchases::{PaymentMethod, PurchaseState},
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        payments::sandbox::Faults,
        service::money::{bank, card, payment_methods, purchases},
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{PAID, Till, held, is};

impl Till {
    async fn change(&self, purchase: PurchaseId, method: PaymentMethod) -> Result<(), Problem> {
        let number = self.number(purchase).await;
        payment_methods::change(self.app(), &self.buyer(), number, method).await.map(drop)
    }

    /// All of it comes by transfer.
    async fn transfer(&self) {
        let manager = self.world.staff(StaffRole::Manager).await.manager().expect("a manager");
        let symbol = self.world.id("select symbol::bigint from tax_document where kind = 'proforma'").await;
        let file = format!("Datum;Objem;Měna;VS\n23.11.2026;1669,80;CZK;{symbol}\n");
        bank::import(self.app(), &manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    }

    async fn proformas(&self) -> i64 {
        self.world.id("select count(*) from tax_document where kind = 'proforma'").await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_page_that_is_left_takes_no_money_and_one_that_was_paid_is_not_left(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (paid, page) = till.at_checkout().await;
    till.sandbox.pay(&page).expect("paid");
    assert_eq!(till.change(paid, PaymentMethod::Transfer).await, Err(Problem::Conflict), "somebody has paid");
    is(&till.outcome(paid).await, PAID);

    let (purchase, first) = till.at_checkout().await;
    for _ in 0..2 {
        assert_eq!(till.change(purchase, PaymentMethod::Transfer).await, Ok(()));
    }
    assert!(till.sandbox.pay(&first).is_err(), "its page is ended");
    assert_eq!(till.proformas().await, 1);
    assert_eq!(till.change(purchase, PaymentMethod::Card).await, Ok(()));
    let second = till.stored(purchase).await.checkout.expect("a page").session;
    assert_ne!(first, second);
    assert_eq!(till.change(purchase, PaymentMethod::Transfer).await, Ok(()));
    assert_eq!(till.proformas().await, 1, "it was asked for before");
    till.transfer().await;
    is(&till.outcome(purchase).await, ("paid", 1, 2));
    assert_eq!(till.change(purchase, PaymentMethod::Card).await, Err(Problem::Conflict));
    assert_eq!(till.alerts().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_comes_both_ways_is_told_to_a_manager_and_credits_once(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (purchase, _) = till.at_checkout().await;
    till.change(purchase, PaymentMethod::Transfer).await.expect("changed");
    till.change(purchase, PaymentMethod::Card).await.expect("changed");
    let page = till.stored(purchase).await.checkout.expect("a page").session;
    till.transfer().await;
    is(&till.outcome(purchase).await, ("paid", 1, 2));
    // The customer has paid on the page, too, before it was ended.
    till.sandbox.pay(&page).expect("paid");
    for _ in 0..2 {
        card::fulfil_session(till.app(), &page).await.expect("asked");
    }
    card::try_end_checkout(till.app(), purchase).await.expect("ended");
    is(&till.outcome(purchase).await, ("paid", 1, 2));
    assert_eq!(till.alerts().await, ["unknown_payment"]);
    assert_eq!(till.stored(purchase).await.purchase.method, PaymentMethod::Transfer);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_card_that_lapses_leaves_the_transfer_that_was_asked_for_before(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (purchase, _) = till.at_checkout().await;
    till.change(purchase, PaymentMethod::Transfer).await.expect("changed");
    till.advance(TimeDelta::hours(5)).await;
    till.change(purchase, PaymentMethod::Card).await.expect("changed");
    let viewer = till.place.boss.may_see_billing().expect("one who sees the account");
    let number = till.number(purchase).await;
    let page = purchases::page(till.app(), &viewer, number).await.expect("a page");
    assert_eq!((page.other_way, page.payment), (Some(PaymentMethod::Transfer), None), "one way is shown");
    assert_eq!(page.card_until, till.app().clock.now() + TimeDelta::hours(1), "an hour from now");
    let session = till.stored(purchase).await.checkout.expect("a page").session;
    till.advance(TimeDelta::hours(2)).await;
    card::fulfil_session(till.app(), &session).await.expect("asked");
    let stored = till.stored(purchase).await.purchase;
    assert_eq!((stored.method, stored.state), (PaymentMethod::Transfer, PurchaseState::AwaitingPayment));
    till.transfer().await;
    is(&till.outcome(purchase).await, ("paid", 1, 2));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_a_page_that_ends_and_the_wish_to_pay_otherwise_goes_on_by_transfer(pool: PgPool) {
    let till = Till::new(pool).await;
    let by_transfer = async |purchase| {
        let stored = till.stored(purchase).await.purchase;
        assert_eq!((stored.method, stored.state), (PaymentMethod::Transfer, PurchaseState::AwaitingPayment));
    };
    // Stripe has ended the page, and its answer is lost: whoever learns of the end does what was wished.
    let (purchase, page) = till.at_checkout().await;
    till.sandbox.set_faults(Faults { lose: 1, ..held() });
    assert_eq!(till.change(purchase, PaymentMethod::Transfer).await, Err(Problem::Unavailable));
    card::fulfil_session(till.app(), &page).await.expect("asked");
    by_transfer(purchase).await;
    assert_eq!((till.change(purchase, PaymentMethod::Transfer).await, till.proformas().await), (Ok(()), 1));

    for round in 2..5 {
        let (purchase, page) = till.at_checkout().await;
        let mut told = JoinSet::new();
        for _ in 0..3 {
            let (app, page) = (till.app().clone(), page.clone());
            told.spawn(async move {
                for _ in 0..10 {
                    card::fulfil_session(&app, &page).await.expect("asked");
                }
            });
        }
        assert_eq!(till.change(purchase, PaymentMethod::Transfer).await, Ok(()));
        while let Some(done) = told.join_next().await {
            done.expect("no panic");
        }
        by_transfer(purchase).await;
        assert_eq!(till.proformas().await, round, "one for each");
    }
}
