//! A renewal's charge, whose server dies at any of its statements, and of whose messages any comes first.

use chrono::{Months, NaiveDate, TimeDelta};
use linka::{
    model::{
        base::ids::PurchaseId,
        money::{card::CardPurpose, subscriptions::PeriodPayment},
    },
    server::{
        app::App,
        db::{Db, MIGRATIONS},
        payments::{
            sandbox::{CardMode, Faults},
            webhook::SignedEvent,
        },
        service::money::{reconciliation, saved_cards, stripe_events, subscriptions},
    },
};
use sqlx::PgPool;

use super::{
    super::{PAID, facts::permutations, held, is},
    Holder,
};
use crate::support::{Wire, short_or_long, some_of, steps};

/// The server dies at each statement, now before the database has got it, now after; Stripe, whom it asks between them, lives on. Then
/// Stripe's answers are lost.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn crash_at_any_statement_and_any_lost_answer_of_a_renewal_takes_its_period_once(pool: PgPool) {
    let holder = Box::pin(Holder::new(pool, TimeDelta::zero())).await;
    let wire = Wire::lay(&holder.till.app().db.pool().connect_options());
    let mut deaths = 0;
    for step in steps(20) {
        holder.eve().await;
        let app = App { db: Db::from_pool(wire.pool().await), ..holder.till.app().clone() };
        wire.stop_at((step + 1) / 2, step % 2 == 0);
        let died = tokio::select! {
            () = wire.stopped() => true,
            () = async {
                subscriptions::renew(&app).await.expect("renewed");
                reconciliation::reconcile(&app).await.expect("taken");
            } => false,
        };
        wire.cut();
        // Whoever comes next does not know what the one before has done.
        for _ in 0..3 {
            holder.till.advance(TimeDelta::minutes(6)).await;
            holder.chores().await;
        }
        assert_eq!(holder.payment().await, PeriodPayment::Paid, "after a death at statement {}", (step + 1) / 2);
        if !died {
            break;
        }
        deaths += 1;
    }
    assert!(deaths >= short_or_long(4, 50), "{deaths} places where it could die");
    let lost = Faults { lose: 1, ..held() };
    let done_and_failed = Faults { fail_after: 1, ..held() };
    let failed = Faults { fail: 1, ..held() };
    for faults in [lost, done_and_failed, failed] {
        holder.eve().await;
        holder.till.sandbox.set_faults(faults);
        for _ in 0..4 {
            holder.chores().await;
            holder.till.advance(TimeDelta::minutes(6)).await;
        }
        assert_eq!(holder.payment().await, PeriodPayment::Paid);
    }
    assert_eq!(holder.mails("card_failed").await, 0, "nobody is told that a card failed which did not");
    holder.assert_once().await;
}

/// A period that waits for its payment, with what Stripe has to tell of it and nobody has heard: the card was declined, a page for it
/// was left and has ended, another card was entered, and it is taken from that.
async fn untold(holder: &Holder, ordinal: usize) -> (PurchaseId, [SignedEvent; 5]) {
    let (till, app) = (&holder.till, holder.till.app());
    let purchase = till.purchase().await;
    // Who asks for pages again and again is answered later.
    till.advance(TimeDelta::minutes(2)).await;
    let day = NaiveDate::from_ymd_opt(2100, 1, 1).expect("a day");
    let [first, until] = [ordinal, ordinal + 1].map(|months| day + Months::new(u32::try_from(months).expect("few")));
    till.world
        .sql(&format!(
            "insert into subscription_period (subscription_id, ordinal, customer_id, first_day, until, usable_until, purchase_id)
             values ('{}', {ordinal}, {}, '{first}', '{until}', '{until}', '{purchase}')",
            holder.id, till.place.customer
        ))
        .await;
    till.world
        .sql(&format!(
            "insert into card_debit (purchase_id, customer_id, begun_on, next_at)
             values ('{purchase}', {}, '{}', '{}')",
            till.place.customer,
            holder.today(),
            app.clock.now().to_rfc3339()
        ))
        .await;
    till.sandbox.set_cards(CardMode::Decline);
    reconciliation::reconcile(app).await.expect("declined");
    let declined = till.told("payment_intent.payment_failed");
    let number = till.number(purchase).await;
    let url = saved_cards::payment_page(app, &till.buyer(), number).await.expect("asked").expect("a page");
    let page = url.rsplit('/').next().expect("a session");
    till.gateway().expire(page).await.expect("ended");
    saved_cards::look_again(app, &till.buyer(), number).await.expect("looked");
    let expired = till.told("checkout.session.expired");
    let url =
        saved_cards::setup_page(app, &till.buyer(), CardPurpose::Subscription).await.expect("asked").expect("a page");
    till.sandbox.pay_with(url.rsplit('/').next().expect("a session"), CardMode::Pay).expect("entered");
    let (entered, completed) = (till.told("setup_intent.succeeded"), till.told("checkout.session.completed"));
    // The former card pays after all; the answer is lost.
    till.sandbox.set_cards(CardMode::Pay);
    till.world.sql(&format!("update card_debit set next_at = begun_on where purchase_id = '{purchase}'")).await;
    till.sandbox.set_faults(Faults { lose: 1, ..held() });
    let _ = reconciliation::reconcile(app).await;
    let taken = till.told("payment_intent.succeeded");
    (purchase, [declined, expired, entered, completed, taken])
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn messages_of_a_period_by_card_end_in_one_state_in_all_120_orders_with_one_told_twice(pool: PgPool) {
    let holder = Box::pin(Holder::new(pool, TimeDelta::zero())).await;
    let (till, app) = (&holder.till, holder.till.app());
    let orders = permutations(&[0, 1, 2, 3, 4]);
    assert_eq!(orders.len(), 120);
    // In ./test a part of them, in storms all.
    let parts: Vec<Vec<(usize, Vec<usize>)>> = {
        let numbered: Vec<_> = orders.into_iter().enumerate().collect();
        (0..12).map(|part| numbered.iter().filter(|(place, _)| place % 12 == part).cloned().collect()).collect()
    };
    let mut mails = 0;
    for (place, order) in some_of(&parts, 0).flatten() {
        let (purchase, events) = untold(&holder, place + 1).await;
        let again = order[place % 5];
        let mut told = order.clone();
        told.insert(place % 5 + 1 + place / 5 % (5 - place % 5), again);
        for event in told.iter().map(|event| &events[*event]) {
            // Told again it is another message for us, as if the first had not been kept.
            till.world.sql(&format!("delete from stripe_event where id = '{}'", event.id)).await;
            stripe_events::receive(app, event).await.expect("kept");
            stripe_events::handle(app, &event.id, false).await.expect("handled");
        }
        is(&till.outcome(purchase).await, PAID);
        let object = &events[2].payload["data"]["object"];
        let saved: String =
            sqlx::query_scalar("select payment_method from saved_card").fetch_one(app.db.pool()).await.expect("a card");
        assert_eq!(object["payment_method"], saved.as_str(), "the card that was entered last, after {told:?}");
        mails += 1;
        assert_eq!(holder.mails("card_failed").await, mails, "told once that it was declined, after {told:?}");
    }
    till.run_jobs().await;
    assert_eq!(till.world.id("select count(*) from former_card where detached_at is null").await, 0);
    assert_eq!(till.world.ledger_faults().await, Vec::<String>::new());
    assert_eq!(till.alerts().await, Vec::<String>::new());
}
