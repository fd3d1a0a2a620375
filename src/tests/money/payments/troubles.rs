//! Trouble with one purchase at Stripe is that purchase's alone, and ends.

use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::PurchaseId,
        money::purchases::{Dispute, PaymentMethod, Purchase, TypedPurchase},
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        payments::sandbox::{Faults, KEY},
        service::money::{card, purchases, reconciliation, stripe_events},
    },
};
use sqlx::PgPool;

use super::{PAID, Till, held, is};

/// How the pages that were asked for were asked for: their keys, and whom Stripe writes to.
fn asked_pages(till: &Till) -> Vec<(String, Option<String>)> {
    let asked = till.sandbox.asked().into_iter();
    asked
        .filter(|asked| asked.method == "POST" && asked.path == "/v1/checkout/sessions")
        .map(|asked| {
            let form: Vec<(String, String)> = serde_urlencoded::from_str(&asked.form).expect("a form");
            let email = form.into_iter().find(|(name, _)| name == "customer_email").map(|(_, email)| email);
            (asked.key.expect("a key"), email)
        })
        .collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_failure_that_stripe_keeps_blocks_neither_its_purchase_nor_others(pool: PgPool) {
    let till = Till::new(pool).await;
    let (first, second) = (till.purchase().await, till.purchase().await);
    till.sandbox.set_faults(Faults { fail_after: 1, ..held() });
    till.advance(TimeDelta::minutes(4)).await;
    assert!(reconciliation::reconcile(till.app()).await.is_err(), "it is told that something failed");
    let is_served = async |purchase| till.stored(purchase).await.checkout.is_some();
    assert!(is_served(second).await, "the trouble of one stops no other");
    assert!(!is_served(first).await);
    let page = card::start_checkout(till.app(), first).await.expect("a purchase").expect("a page at once");
    till.sandbox.pay(&page.session).expect("paid");
    card::fulfil_session(till.app(), &page.session).await.expect("asked");
    is(&till.outcome(first).await, PAID);
    assert_eq!(till.alerts().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn stripes_receipt_goes_to_the_address_of_the_day_of_the_order(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.purchase().await;
    till.sandbox.set_faults(Faults { lose: 1, ..held() });
    assert_eq!(card::start_checkout(till.app(), purchase).await, Ok(None));
    till.world.sql(&format!("update login set email = 'nova@skola.cz' where member_id = {}", till.buyer().id())).await;
    card::start_checkout(till.app(), purchase).await.expect("a purchase").expect("a page");
    let asked = asked_pages(&till);
    assert_eq!(asked.len(), 2);
    assert!(asked[0].1.is_some());
    assert_eq!(asked[0], asked[1], "asking again asks the same");
    till.world.sql("update purchase set closed_as = 'cancelled', closed_at = now()").await;
    assert_eq!(
        till.world.id("select count(*) from checkout_email").await,
        0,
        "it is forgotten when nobody asks any more"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_stripe_refuses_for_good_is_told_once_and_not_asked_again_unbidden(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.purchase().await;
    // Less than the least that Stripe takes.
    till.world.sql("alter table purchase disable trigger keep_facts").await;
    till.world.sql("update purchase set price = 1000, total = 1210").await;
    assert_eq!(card::try_start_checkout(till.app(), purchase).await.expect("an answer"), None, "no job tries again");
    till.advance(TimeDelta::minutes(4)).await;
    for _ in 0..3 {
        reconciliation::reconcile(till.app()).await.expect("nothing to ask");
    }
    assert_eq!(asked_pages(&till).len(), 1);
    assert_eq!(card::start_checkout(till.app(), purchase).await, Ok(None), "the customer tries again");
    assert_eq!(till.alerts().await, ["checkout_refused"], "a manager is told once");
    let number = till.number(purchase).await;
    let viewer = till.place.boss.may_see_billing().expect("one who sees the account");
    let page = purchases::page(till.app(), &viewer, number).await.expect("a page");
    assert!(page.card_refused && page.may_cancel, "the page says what to do");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn pages_of_another_program_of_the_same_account_are_nobodys_business(pool: PgPool) {
    let till = Till::new(pool).await;
    let form = "mode=payment&line_items[0][price_data][currency]=czk&line_items[0][price_data][unit_amount]=5000\
                &line_items[0][price_data][product_data][name]=Skripta&line_items[0][quantity]=1\
                &client_reference_id=17&success_url=https://skripta.example/";
    let answer = reqwest::Client::new()
        .post(format!("{}/v1/checkout/sessions", till.sandbox.origin()))
        .bearer_auth(KEY)
        .body(form)
        .send()
        .await
        .expect("an answer");
    let session: serde_json::Value = serde_json::from_str(&answer.text().await.expect("a text")).expect("a session");
    till.sandbox.pay(session["id"].as_str().expect("an identity")).expect("paid");
    let event = till.told("checkout.session.completed");
    stripe_events::receive(till.app(), &event).await.expect("kept");
    stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
    assert_eq!(till.alerts().await, Vec::<String>::new());
    till.world.ends_with.jobs();
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_opens_the_way_back_again_and_again_does_not_spend_what_all_may_ask(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, _) = till.at_checkout().await;
    let number = till.number(purchase).await;
    let before = till.sandbox.asked().len();
    for _ in 0..20 {
        card::look_again(till.app(), &till.buyer(), number).await.expect("an answer");
        card::payment_page(till.app(), &till.buyer(), number)
            .await
            .expect("an answer")
            .expect("the page that is known");
    }
    assert_eq!(till.sandbox.asked().len() - before, 6);
    till.advance(TimeDelta::minutes(1)).await;
    card::look_again(till.app(), &till.buyer(), number).await.expect("an answer");
    assert_eq!(till.sandbox.asked().len() - before, 7, "a minute later there is room");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_lost_dispute_that_is_won_after_all_thaws_and_another_one_freezes_again(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (purchase, session) = till.paid_there().await;
    card::fulfil_session(till.app(), &session).await.expect("asked");
    let intent = till.stored(purchase).await.payment_intent.expect("a payment");
    let left = "select left_minutes::bigint from grant_balance";
    for (status, state, minutes) in [
        ("needs_response", Dispute::Open, 0),
        ("lost", Dispute::Lost, 0),
        ("won", Dispute::Won, 60),
        ("needs_response", Dispute::Open, 0),
        ("won", Dispute::Won, 60),
    ] {
        till.sandbox.dispute(&intent, status).expect("a dispute");
        let told = till.sandbox.waiting().into_iter().rev().find(|told| told.kind.contains("dispute")).expect("news");
        let event = till.told(&told.kind);
        stripe_events::receive(till.app(), &event).await.expect("kept");
        stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
        assert_eq!(till.stored(purchase).await.purchase.dispute, state, "{status}");
        assert_eq!(till.world.id(left).await, minutes, "{status}");
        assert_eq!(till.world.ledger_faults().await, Vec::<String>::new());
    }
    let told = till.gateway().disputes_of(&intent).await.expect("a list");
    let total = till.stored(purchase).await.purchase.total;
    assert!(told.iter().all(|dispute| dispute.amount == total), "{told:?}");
    let kept = format!("select count(*) from dispute where amount = {}", total.haler());
    assert_eq!(till.world.id(&kept).await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn more_than_stripe_takes_is_paid_by_transfer_only(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.sql("update bundle set price = 82644628 where id = 1").await;
    let bundle = linka::model::base::ids::BundleId(1);
    let form = async |quantity| purchases::form(till.app(), &till.buyer(), bundle, quantity).await.expect("a form");
    let (one, two) = (form(1).await, form(2).await);
    assert_eq!(one.quote.total, Purchase::CARD_MAX + linka::model::base::money::Money::from_haler(1));
    assert!(!one.card && !two.card);
    let typed = TypedPurchase {
        quantity: "1".into(),
        reference: String::new(),
        method: Some(PaymentMethod::Card),
        shown: one.quote.total,
    };
    let id = PurchaseId(till.app().random.uuid());
    let refused = purchases::buy(till.app(), &till.buyer(), id, bundle, &typed).await;
    assert!(matches!(refused, Err(Problem::Invalid { .. })), "{refused:?}");
    till.world.sql("update bundle set price = 82644627 where id = 1").await;
    assert!(form(1).await.card, "the most that can be");
}
