//! What comes after a payment: refunds are asked for once, and news of them finds a payment that nobody heard of.

use chrono::TimeDelta;
use linka::{
    model::{base::ids::RefundId, money::purchases::PurchaseState, people::members::StaffRole},
    server::{
        db::MIGRATIONS,
        payments::sandbox::{Faults, RefundMode},
        service::money::{card, card_refunds, reconciliation, refunds, stripe_events},
    },
};
use sqlx::PgPool;

use super::{PAID, Till, held, is};

impl Till {
    /// A refund that a manager has decided, of a purchase that is paid.
    async fn refund(&self) -> (RefundId, String) {
        let (purchase, session) = self.paid_there().await;
        card::fulfil_session(self.app(), &session).await.expect("asked");
        let manager = self.world.staff(StaffRole::Manager).await.manager().expect("a manager");
        let id = RefundId(self.app().random.uuid());
        let number = self.stored(purchase).await.purchase.number;
        refunds::request(self.app(), &manager, number, "30", "Nevyužito.", id).await.expect("taken");
        (id, self.stored(purchase).await.payment_intent.expect("a payment"))
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn money_is_returned_once_even_if_the_answer_is_lost_and_the_key_forgotten(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (refund, intent) = till.refund().await;
    for faults in [Faults { fail: 1, ..held() }, Faults { lose: 2, ..held() }] {
        till.sandbox.set_faults(faults);
        card_refunds::send_refund(till.app(), refund).await.expect_err("no answer");
    }
    // The list was lost, not the refund: that is made now, and its answer is lost as well.
    till.sandbox.set_faults(held());
    till.gateway()
        .create_refund(refund, 1, &intent, linka::model::base::money::Money::from_haler(83_490))
        .await
        .expect("made");
    // A day later Stripe has forgotten the key, but not the refund.
    till.advance(TimeDelta::hours(30)).await;
    card_refunds::send_refund(till.app(), refund).await.expect("found");
    let told = till.gateway().refunds_of(&intent).await.expect("a list");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].ours, told[0].amount.haler()), (Some(refund), 83_490));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refund_whose_job_was_given_up_is_sent_by_reconciliation_once(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (refund, intent) = till.refund().await;
    reconciliation::reconcile(till.app()).await.expect("reconciled");
    assert!(till.gateway().refunds_of(&intent).await.expect("a list").is_empty(), "its job has an hour");
    till.advance(TimeDelta::hours(2)).await;
    for _ in 0..2 {
        reconciliation::reconcile(till.app()).await.expect("reconciled");
    }
    let told = till.gateway().refunds_of(&intent).await.expect("a list");
    assert_eq!(told.iter().map(|refund| refund.ours).collect::<Vec<_>>(), [Some(refund)]);
    assert_eq!(till.world.id("select count(*) from refund where state = 'requested'").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_failure_that_stripe_keeps_under_the_key_of_a_refund_blocks_neither_it_nor_others(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (first, intent) = till.refund().await;
    till.advance(TimeDelta::minutes(1)).await;
    let (_, other) = till.refund().await;
    till.advance(TimeDelta::hours(2)).await;
    till.sandbox.set_faults(Faults { fail_kept: 1, ..held() });
    assert!(reconciliation::reconcile(till.app()).await.is_err(), "it is told that something failed");
    assert_eq!(till.gateway().refunds_of(&intent).await.expect("a list"), []);
    assert_eq!(till.gateway().refunds_of(&other).await.expect("a list").len(), 1, "the trouble of one stops no other");
    card_refunds::send_refund(till.app(), first).await.expect("under the next key");
    // Stripe did it and said that it failed: it is found, and not asked for again.
    let (third, last) = till.refund().await;
    till.sandbox.set_faults(Faults { fail_after: 1, ..held() });
    card_refunds::send_refund(till.app(), third).await.expect_err("it failed");
    card_refunds::send_refund(till.app(), third).await.expect("found");
    for intent in [intent, last] {
        assert_eq!(till.gateway().refunds_of(&intent).await.expect("a list").len(), 1);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refund_that_is_refused_raises_an_alert(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (refund, _) = till.refund().await;
    till.sandbox.set_faults(Faults { refunds: RefundMode::Refuse, ..held() });
    card_refunds::send_refund(till.app(), refund).await.expect("an answer is an answer");
    assert_eq!(till.alerts().await, ["refund_failed"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn news_of_a_refund_or_dispute_finds_the_payment_that_nobody_told(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    for kind in ["refund.created", "charge.refunded", "charge.dispute.created"] {
        let (purchase, session) = till.paid_there().await;
        let intent = till.gateway().session(&session).await.expect("a session").payment_intent.expect("a payment");
        if kind == "charge.dispute.created" {
            till.sandbox.dispute(&intent, "needs_response").expect("a dispute");
        } else {
            let id = RefundId(till.app().random.uuid());
            let amount = linka::model::base::money::Money::from_haler(1_000);
            till.gateway().create_refund(id, 1, &intent, amount).await.expect("made");
        }
        let event = till.told(kind);
        stripe_events::receive(till.app(), &event).await.expect("kept");
        stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
        let (_, grants, documents) = till.outcome(purchase).await;
        assert_eq!((grants, documents), (PAID.1, PAID.2), "{kind}");
        assert!(till.stored(purchase).await.purchase.paid_at.is_some(), "{kind}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn minutes_whose_money_went_back_past_us_can_be_taken_and_are_credited_in_full(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, session) = till.paid_there().await;
    card::fulfil_session(till.app(), &session).await.expect("asked");
    let stored = till.stored(purchase).await;
    let intent = stored.payment_intent.clone().expect("a payment");
    // Somebody gives all of the money back at Stripe's own pages.
    till.gateway()
        .create_refund(RefundId(till.app().random.uuid()), 1, &intent, stored.purchase.total)
        .await
        .expect("made");
    let event = till.told("refund.created");
    stripe_events::receive(till.app(), &event).await.expect("kept");
    stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
    assert_eq!(till.stored(purchase).await.purchase.state, PurchaseState::Refunded);
    assert_eq!(till.world.id("select sum(minutes)::bigint from ledger_entry").await, 60, "the minutes are still there");

    let manager = till.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let key = RefundId(till.app().random.uuid());
    let number = stored.purchase.number;
    refunds::request(till.app(), &manager, number, "60", "Vráceno ve Stripe.", key).await.expect("taken");
    till.run_jobs().await;
    assert_eq!(till.world.id("select sum(minutes)::bigint from ledger_entry").await, 0);
    assert_eq!(till.gateway().refunds_of(&intent).await.expect("a list").len(), 1, "no money goes back twice");
    let left = format!("select sum(total)::bigint from tax_document where purchase_id = '{purchase}'");
    assert_eq!(till.world.id(&left).await, 0, "all of it is credited");
    assert_eq!(till.world.id("select count(*) from refund where document_id is null").await, 0);
    assert_eq!(till.world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_bank_that_only_asks_freezes_nothing_but_is_reported(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (purchase, session) = till.paid_there().await;
    card::fulfil_session(till.app(), &session).await.expect("asked");
    let intent = till.stored(purchase).await.payment_intent.expect("a payment");
    till.sandbox.dispute(&intent, "warning_needs_response").expect("an inquiry");
    let event = till.told("charge.dispute.created");
    stripe_events::receive(till.app(), &event).await.expect("kept");
    stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
    is(&till.outcome(purchase).await, PAID);
    assert_eq!(till.alerts().await, ["dispute"]);
}
