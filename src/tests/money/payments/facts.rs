//! The facts of a purchase in the database against the reference's: the same state of the same facts, in whichever order they came.

use std::collections::HashMap;

use linka::{
    model::{
        base::{
            ids::{PurchaseId, RefundId},
            money::Money,
        },
        money::{
            purchases::{Closing, Dispute, PurchaseState},
            refunds::RefundState,
        },
    },
    server::{
        db::{self, MIGRATIONS, Tx, money::purchases},
        payments::webhook::SignedEvent,
        service::money::{
            refunds::{self, RefundNews},
            stripe_events,
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};

use super::{TOTAL, Till, is};
use crate::money::purchase_facts::{PurchaseFact, PurchaseFacts};
use crate::support::short_or_long;

/// All orders of `items`.
pub(super) fn permutations<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    (0..items.len())
        .flat_map(|first| {
            let mut rest = items.to_vec();
            let item = rest.remove(first);
            permutations(&rest).into_iter().map(move |mut order| {
                order.insert(0, item.clone());
                order
            })
        })
        .collect()
}

async fn note(till: &Till, tx: &mut Tx, purchase: PurchaseId, fact: &PurchaseFact) {
    let now = till.app().clock.now();
    match fact {
        PurchaseFact::PaymentStarted => purchases::note_payment_started(tx, purchase, now).await.expect("noted"),
        PurchaseFact::Paid => {
            purchases::note_paid(tx, purchase, now).await.expect("noted");
            // As fulfilment does: what went back before counts from now on.
            db::money::refunds::sum_up(tx, purchase).await.expect("summed up");
        }
        PurchaseFact::Closed(closing) => {
            purchases::note_closed(tx, purchase, *closing, now).await.expect("noted");
        }
        PurchaseFact::Dispute(id, dispute) => {
            db::money::disputes::note(tx, purchase, id, *dispute, None).await.expect("noted");
        }
        PurchaseFact::Refund { id, amount, state } => {
            let stored = purchases::lock(tx, purchase).await.expect("readable").expect("a purchase");
            let stripe_refund = &format!("{id} of {purchase}");
            let news = RefundNews { ours: None, stripe_refund, amount: *amount, state: *state };
            refunds::learn_refund(tx, &stored, news, now).await.expect("learnt");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn all_720_orders_of_a_purchases_six_facts_with_one_twice_end_in_one_state_in_the_database_too(pool: PgPool) {
    let part = |state| PurchaseFact::Refund { id: "re_1".into(), amount: Money::from_haler(100_000), state };
    every_order_ends_in(
        pool,
        [
            PurchaseFact::PaymentStarted,
            PurchaseFact::Paid,
            part(RefundState::Pending),
            part(RefundState::Succeeded),
            PurchaseFact::Dispute("du_1", Dispute::Open),
            PurchaseFact::Dispute("du_1", Dispute::Won),
        ],
        PurchaseState::PartlyRefunded,
    )
    .await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_purchase_that_was_given_up_and_paid_after_all_is_paid_whatever_came_first(pool: PgPool) {
    every_order_ends_in(
        pool,
        [
            PurchaseFact::PaymentStarted,
            PurchaseFact::Closed(Closing::Expired),
            PurchaseFact::Closed(Closing::Cancelled),
            PurchaseFact::Paid,
            PurchaseFact::Dispute("du_1", Dispute::Open),
            PurchaseFact::Dispute("du_1", Dispute::Won),
        ],
        PurchaseState::Paid,
    )
    .await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_two_disputes_one_that_is_lost_and_then_won_after_all_ends_alike_in_every_order(pool: PgPool) {
    every_order_ends_in(
        pool,
        [
            PurchaseFact::PaymentStarted,
            PurchaseFact::Paid,
            PurchaseFact::Dispute("du_1", Dispute::Lost),
            PurchaseFact::Dispute("du_1", Dispute::Won),
            PurchaseFact::Dispute("du_2", Dispute::Open),
            PurchaseFact::Dispute("du_2", Dispute::Won),
        ],
        PurchaseState::Paid,
    )
    .await;
}

/// Every order of six facts, with one of them told again somewhere after it was told first; the database's state is the reference's
/// after each.
async fn every_order_ends_in(pool: PgPool, six: [PurchaseFact; 6], expected: PurchaseState) {
    let till = Till::new(pool).await;
    let orders = permutations(&six);
    assert_eq!(orders.len(), 720);
    let mut tx = till.app().db.system().await.expect("a transaction");
    let template = till.purchase().await;
    for (place, order) in orders.into_iter().enumerate() {
        let id = PurchaseId(till.app().random.uuid());
        sqlx::query(AssertSqlSafe(format!(
            "insert into purchase (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                                       validity_months, method, created_at)
             select '{id}', customer_id, 'B2027-' || lpad('{}', 6, '0'), member_id, bundle_id, quantity, minutes, price,
                    vat_percent, total, validity_months, method, created_at
             from purchase where id = '{template}'",
            place + 1
        )))
        .execute(&mut *tx)
        .await
        .expect("a purchase");
        let mut told = order.clone();
        let again = order[place % 6].clone();
        told.insert(place % 6 + 1 + place / 6 % (6 - place % 6), again);
        let mut facts = PurchaseFacts::default();
        for fact in &told {
            note(&till, &mut tx, id, fact).await;
            facts.learn(fact.clone());
            let stored = purchases::find(&mut tx, id).await.expect("readable").expect("a purchase").purchase;
            assert_eq!(stored.state, facts.state(Money::from_haler(TOTAL)), "{told:?} at {fact:?}");
            assert_eq!(
                stored.refunded,
                if facts.paid { facts.refunded() } else { Money::ZERO },
                "{told:?} at {fact:?}"
            );
        }
        assert_eq!(facts.state(Money::from_haler(TOTAL)), expected, "{told:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_databases_state_is_the_models_for_every_combination_of_facts(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.faults("but its refunds are");
    let purchase = till.purchase().await;
    till.world.sql("alter table purchase disable trigger keep_facts").await;
    let mut seen = std::collections::BTreeSet::new();
    for started in [false, true] {
        for paid in [false, true] {
            for closed in [None, Some(Closing::Expired), Some(Closing::Cancelled)] {
                for dispute in Dispute::ALL {
                    for refunded in [0, 1, TOTAL].into_iter().filter(|refunded| paid || *refunded == 0) {
                        let quoted = |closing: Closing| format!("'{closing}'");
                        let time = |is: bool| if is { "now()" } else { "null" };
                        till.world
                            .sql(&format!(
                                "update purchase set awaiting_since = {}, paid_at = {}, closed_as = {}, closed_at = {},
                                        dispute = '{dispute}', refunded = {refunded}",
                                time(started),
                                time(paid),
                                closed.map_or("null".to_owned(), quoted),
                                time(closed.is_some()),
                            ))
                            .await;
                        let mut facts =
                            PurchaseFacts { payment_started: started, paid, closed, ..PurchaseFacts::default() };
                        facts.learn(PurchaseFact::Dispute("du_1", *dispute));
                        let amount = Money::from_haler(refunded);
                        facts.learn(PurchaseFact::Refund { id: "r".into(), amount, state: RefundState::Succeeded });
                        let state = till.stored(purchase).await.purchase.state;
                        assert_eq!(state, facts.state(Money::from_haler(TOTAL)), "{facts:?}");
                        seen.insert(state);
                    }
                }
            }
        }
    }
    assert_eq!(seen.len(), PurchaseState::ALL.len(), "every state occurs: {seen:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_messages_of_a_purchases_life_end_in_one_state_in_whichever_order_they_come(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let mut outcomes = std::collections::BTreeSet::new();
    let kinds = [
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "refund.created",
        "charge.refunded",
        "charge.dispute.created",
        "charge.dispute.closed",
    ];
    // Some of the 720, each with a purchase of its own; in every other of them each message comes again, later, in yet another order.
    let orders = permutations(&kinds);
    let mut handled = 0;
    for (run, kinds) in orders.iter().step_by(short_or_long(29, 7)).enumerate() {
        let (purchase, session) = till.at_checkout().await;
        till.sandbox.pay_later(&session).expect("completed");
        till.sandbox.settle(&session, true).expect("settled");
        let intent = till.gateway().session(&session).await.expect("a session").payment_intent.expect("a payment");
        let refund = RefundId(till.app().random.uuid());
        till.gateway().create_refund(refund, 1, &intent, Money::from_haler(500)).await.expect("made");
        for status in ["needs_response", "won"] {
            till.sandbox.dispute(&intent, status).expect("a dispute");
        }
        let messages: HashMap<&str, SignedEvent> = kinds.iter().map(|kind| (*kind, till.told(kind))).collect();
        let again = if run % 2 == 1 { orders[run * 5 % orders.len()].as_slice() } else { &[] };
        for kind in kinds.iter().chain(again) {
            let event = &messages[kind];
            stripe_events::receive(till.app(), event).await.expect("kept");
            stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
        }
        handled += 6;
        assert_eq!(till.world.id("select count(*) from stripe_event where state = 'done'").await, handled);
        let of_purchase = format!(
            "select (select count(*) from purchase_event where purchase_id = '{purchase}') * 100 + refunded
             from purchase where id = '{purchase}'"
        );
        outcomes.insert((till.outcome(purchase).await, till.world.id(&of_purchase).await));
    }
    assert!(handled >= short_or_long(150, 600), "{handled} messages");
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
    let (outcome, _) = outcomes.first().expect("an outcome");
    is(outcome, ("partly_refunded", 1, 1));
    assert_eq!(till.world.ledger_faults().await, Vec::<String>::new());
}
