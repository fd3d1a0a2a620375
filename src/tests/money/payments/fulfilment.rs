//! From a payment at Stripe to minutes here, once, whoever tells it and whatever fails on the way.

use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{ids::PurchaseId, money::Money},
        money::accounting::AccountingFilter,
        people::members::{Capabilities, Capability, StaffRole},
    },
    server::{
        app::App,
        db::MIGRATIONS,
        payments::{
            Payments,
            gateway::CheckoutRequest,
            sandbox::{DeliveryMode, Faults},
        },
        service::money::{accounting, card, reconciliation, stripe_events},
    },
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use tokio::task::JoinSet;

use super::{PAID, TOTAL, Till, held, is};
use crate::support::{Site, at};

/// Comes back as soon as so many sessions wait for a lock that others hold.
async fn until_locked_out(observer: &mut PgConnection, sessions: i64) {
    let waiting = "select count(*) from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'";
    loop {
        // Within a transaction the first look at it would be kept.
        sqlx::query("select pg_stat_clear_snapshot()").execute(&mut *observer).await.expect("forgotten");
        if sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut *observer).await.expect("the sessions") >= sessions {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_fifty_who_tell_of_one_payment_from_three_sides_has_one_effect(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let colleague = till.world.member(till.place.customer, Capabilities::NONE.with(Capability::Buy)).await;
    colleague.may_buy().expect("a second buyer");
    let (purchase, _) = till.paid_there().await;
    till.advance(TimeDelta::minutes(4)).await; // reconciliation leaves fresh purchases alone
    let event = till.told("checkout.session.completed");
    let number = till.number(purchase).await;
    for copy in 0..20 {
        let mut event = event.clone();
        event.id = format!("evt_{copy}");
        stripe_events::receive(till.app(), &event).await.expect("kept");
    }

    // While the purchase is held, whoever gets a connection asks Stripe, believes the purchase unpaid and meets the others at it.
    let mut outside = PgConnection::connect_with(&till.app().db.pool().connect_options()).await.expect("a connection");
    let mut gate = outside.begin().await.expect("a transaction");
    let held = format!("select 1 from purchase where id = '{purchase}' for update");
    sqlx::query(AssertSqlSafe(held)).execute(&mut *gate).await.expect("the purchase");
    // Time goes on: a payment that is noted twice is noted differently, which the purchase refuses.
    let clock = till.app().clock.clone();
    let ticking = tokio::spawn(async move {
        loop {
            clock.advance(TimeDelta::microseconds(1));
            tokio::task::yield_now().await;
        }
    });
    let mut deliveries = JoinSet::new();
    for place in 0..50 {
        let (app, buyer) = (till.app().clone(), till.buyer());
        deliveries.spawn(async move {
            match place {
                0..20 => {
                    stripe_events::handle(&app, &format!("evt_{place}"), false).await.map_err(|error| error.to_string())
                }
                20..35 => card::look_again(&app, &buyer, number).await.map_err(|problem| problem.to_string()),
                _ => reconciliation::reconcile(&app).await.map_err(|problem| problem.to_string()),
            }
        });
    }
    until_locked_out(&mut gate, 20).await;
    gate.commit().await.expect("a commit");
    let told = deliveries.join_all().await;
    ticking.abort();
    assert_eq!(told, vec![Ok(()); 50], "nobody is told of a failure");

    is(&till.outcome(purchase).await, PAID);
    for (of_one, count) in [
        ("purchase_event where kind = 'paid'", 1),
        ("purchase_event where kind = 'credited'", 1),
        ("ledger_entry where kind = 'grant'", 1),
        ("tax_document where number = '2026200001'", 1),
        ("document_series where kind = 'payment' and last = 1", 1),
        ("mail where kind = 'minutes_credited'", 2),
        ("mail", 2),
        ("graphile_worker.jobs where task_identifier = 'print_document'", 1),
        ("stripe_event where state = 'done'", 20),
    ] {
        assert_eq!(till.world.id(&format!("select count(*) from {of_one}")).await, count, "{of_one}");
    }
    assert_eq!(till.world.ledger_faults().await, Vec::<String>::new());
    assert_eq!(till.alerts().await, Vec::<String>::new());
    assert_eq!(till.world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_a_payment_and_its_cancelling_reports_the_payment_that_came_second(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, session) = till.paid_there().await;
    let mut outside = PgConnection::connect_with(&till.app().db.pool().connect_options()).await.expect("a connection");
    let mut cancelling = outside.begin().await.expect("a transaction");
    let closed = format!("update purchase set closed_as = 'cancelled', closed_at = now() where id = '{purchase}'");
    sqlx::query(AssertSqlSafe(closed)).execute(&mut *cancelling).await.expect("it is called off");
    let app = till.app().clone();
    let paying = tokio::spawn(async move { card::fulfil_session(&app, &session).await.map(drop) });
    until_locked_out(&mut cancelling, 1).await;
    cancelling.commit().await.expect("a commit");
    paying.await.expect("no panic").expect("fulfilled");
    is(&till.outcome(purchase).await, PAID);
    assert_eq!(till.alerts().await, ["paid_after_close"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_payment_of_which_nobody_told_is_found_by_reconciliation(pool: PgPool) {
    let till = Till::new(pool).await;
    till.sandbox.set_faults(Faults { deliveries: DeliveryMode::Drop, ..Faults::default() });
    let (purchase, _) = till.paid_there().await;
    assert!(till.sandbox.waiting().is_empty(), "the message is lost");
    reconciliation::reconcile(till.app()).await.expect("reconciled");
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
    till.advance(TimeDelta::minutes(4)).await;
    reconciliation::reconcile(till.app()).await.expect("reconciled");
    is(&till.outcome(purchase).await, PAID);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_return_from_paying_credits_the_minutes_before_any_message(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, session) = till.at_checkout().await;
    let site = Site::serve(till.app().clone()).await;
    let cookie = till.world.cookie(&till.place.boss).await;
    let page = format!("/bundles/purchases/{}", till.number(purchase).await);

    let answer = site.get(&format!("{page}/pay"), &cookie).await;
    assert_eq!(answer.status, 303);
    let there = answer.location.expect("a location");
    assert_eq!(there, format!("{}/pay/{session}", till.sandbox.origin()));
    let shown = reqwest::get(&there).await.expect("the page").text().await.expect("a text");
    assert!(shown.contains("žádné peníze se nepohnou") && shown.contains("1\u{a0}669,80\u{a0}Kč"), "{shown}");

    let abandoned = site.get(&format!("{page}/return"), &cookie).await;
    assert_eq!((abandoned.status, abandoned.location.as_deref()), (303, Some(page.as_str())));
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));

    let customer = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let declined = customer.post(&there).form(&[("action", "decline")]).send().await.expect("an answer");
    assert_eq!(declined.status(), 200);
    assert!(declined.text().await.expect("a text").contains("zamítla"));
    let paid = customer.post(&there).form(&[("action", "pay")]).send().await.expect("an answer");
    assert_eq!(paid.status(), 303);
    let back = paid.headers()["location"].to_str().expect("ASCII").to_owned();
    assert_eq!(back, format!("https://linka.example.com{page}/return"));

    let returned = site.get(&format!("{page}/return"), &cookie).await;
    assert_eq!((returned.status, returned.location.as_deref()), (303, Some(page.as_str())));
    is(&till.outcome(purchase).await, PAID);
    let again = site.get(&format!("{page}/pay"), &cookie).await;
    assert_eq!(again.location.as_deref(), Some(page.as_str()), "there is nothing left to pay");

    let stranger = till.world.place("Jiná škola").await;
    let cookie = till.world.cookie(&stranger.boss).await;
    for way in ["pay", "return"] {
        assert_eq!(site.get(&format!("{page}/{way}"), &cookie).await.status, 404, "{way}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn forms_may_lead_to_the_payment_site_and_to_no_other(pool: PgPool) {
    let till = Till::new(pool).await;
    let stripe = Payments::stripe("sk_test_1", "whsec_1", "https://linka.example.com").expect("keys");
    for (payments, allowed) in [
        (till.app().payments.clone(), format!("'self' {}", till.sandbox.origin())),
        (stripe, "'self' https://checkout.stripe.com".to_owned()),
        (Payments::off(), "'self'".to_owned()),
    ] {
        let site = Site::serve(App { payments, ..till.app().clone() }).await;
        for page in ["/bundles", "/sign-in"] {
            let headers = site.get(page, "").await.headers;
            let policy = headers["content-security-policy"].to_str().expect("ASCII");
            assert!(policy.contains(&format!("form-action {allowed};")), "{page}: {policy}");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_is_sent_to_a_page_that_is_not_stripes(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, _) = till.at_checkout().await;
    // As if the sandbox of a former start were still remembered now that real keys are set.
    let app = App {
        payments: Payments::stripe("sk_test_1", "whsec_1", "https://linka.example.com").expect("keys"),
        ..till.app().clone()
    };
    let number = till.number(purchase).await;
    assert_eq!(card::payment_page(&app, &till.buyer(), number).await, Ok(None));
    assert!(card::payment_page(till.app(), &till.buyer(), number).await.expect("a purchase").is_some());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_amount_or_currency_raises_an_alert_and_grants_nothing(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, session) = till.at_checkout().await;
    till.sandbox.pay_amount(&session, TOTAL - 1).expect("paid");
    till.advance(TimeDelta::minutes(4)).await;
    for _ in 0..2 {
        reconciliation::reconcile(till.app()).await.expect("reconciled");
        is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
        assert_eq!(till.alerts().await, ["amount_differs"], "once per cause");
    }

    // The catalogue cannot be changed under a purchase; here its owner does, as a forged session would.
    let (purchase, session) = till.paid_there().await;
    till.world.sql("alter table purchase disable trigger keep_facts").await;
    till.world.sql(&format!("update purchase set total = total + 100 where id = '{purchase}'")).await;
    till.world.sql("alter table purchase enable trigger keep_facts").await;
    card::fulfil_session(till.app(), &session).await.expect("asked");
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
    assert_eq!(till.alerts().await, ["amount_differs", "amount_differs"]);

    let (purchase, session) = till.at_checkout().await;
    till.sandbox.pay_in("eur", &session).expect("paid");
    card::fulfil_session(till.app(), &session).await.expect("asked");
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
    assert_eq!(till.alerts().await.len(), 3);
    assert_eq!(till.world.id("select count(*) from minute_grant").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn money_that_belongs_to_no_purchase_raises_an_alert(pool: PgPool) {
    let till = Till::new(pool).await;
    let page = CheckoutRequest {
        purchase: PurchaseId(till.app().random.uuid()),
        key: "checkout:one".to_owned(),
        keeps_card: false,
        stripe_customer: None,
        name: "Předplatné".to_owned(),
        total: Money::from_haler(TOTAL),
        email: None,
        success_url: "https://linka.example.com/".to_owned(),
        cancel_url: "https://linka.example.com/".to_owned(),
        expires_at: till.app().clock.now() + TimeDelta::hours(1),
    };
    let session = till.gateway().create_checkout(&page).await.expect("a page").id;
    card::fulfil_session(till.app(), &session).await.expect("asked");
    assert_eq!(till.alerts().await, Vec::<String>::new(), "nobody has paid");
    till.sandbox.pay(&session).expect("paid");
    card::fulfil_session(till.app(), &session).await.expect("asked");
    assert_eq!(till.alerts().await, ["unknown_payment"]);

    // A second page of a purchase that has one: that it was paid is no reason to credit anything by it.
    let (purchase, _) = till.at_checkout().await;
    till.advance(TimeDelta::hours(25)).await; // the key is free again
    let expires_at = till.app().clock.now() + TimeDelta::hours(1);
    let second = till
        .gateway()
        .create_checkout(&CheckoutRequest { purchase, expires_at, key: "checkout:two".to_owned(), ..page })
        .await
        .expect("a page")
        .id;
    till.sandbox.pay(&second).expect("paid");
    card::fulfil_session(till.app(), &second).await.expect("asked");
    assert_eq!(till.alerts().await, ["unknown_payment", "unknown_payment"]);
    assert_eq!(till.world.id("select count(*) from minute_grant").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_payment_after_the_purchase_was_called_off_is_fulfilled_and_reported(pool: PgPool) {
    let till = Till::new(pool).await;
    let (purchase, session) = till.paid_there().await;
    till.world.sql("update purchase set closed_as = 'cancelled', closed_at = now()").await;
    is(&till.outcome(purchase).await, ("cancelled", 0, 0));
    card::fulfil_session(till.app(), &session).await.expect("asked");
    is(&till.outcome(purchase).await, PAID);
    assert_eq!(till.alerts().await, ["paid_after_close"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn money_that_is_yet_to_come_credits_nothing_until_it_comes(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    for comes in [false, true] {
        let (purchase, session) = till.at_checkout().await;
        till.sandbox.pay_later(&session).expect("completed");
        let event = till.told("checkout.session.completed");
        stripe_events::receive(till.app(), &event).await.expect("kept");
        stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
        is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
        till.sandbox.settle(&session, comes).expect("settled");
        let kind = if comes { "succeeded" } else { "failed" };
        let event = till.told(&format!("checkout.session.async_payment_{kind}"));
        stripe_events::receive(till.app(), &event).await.expect("kept");
        stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
        is(&till.outcome(purchase).await, if comes { PAID } else { ("awaiting_payment", 0, 0) });
        let failures =
            format!("select count(*) from purchase_event where purchase_id = '{purchase}' and kind = 'payment_failed'");
        assert_eq!(till.world.id(&failures).await, i64::from(!comes));
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_card_that_was_declined_is_told_and_can_be_tried_again(pool: PgPool) {
    let till = Till::new(pool).await;
    till.world.ends_with.jobs();
    let (purchase, session) = till.at_checkout().await;
    till.sandbox.decline(&session).expect("declined");
    let event = till.told("payment_intent.payment_failed");
    for _ in 0..2 {
        stripe_events::receive(till.app(), &event).await.expect("kept");
        stripe_events::handle(till.app(), &event.id, false).await.expect("handled");
    }
    let failures =
        format!("select count(*) from purchase_event where purchase_id = '{purchase}' and kind = 'payment_failed'");
    assert_eq!(till.world.id(&failures).await, 1);
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
    till.sandbox.pay(&session).expect("another card");
    card::fulfil_session(till.app(), &session).await.expect("asked");
    is(&till.outcome(purchase).await, PAID);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_page_is_made_once_whatever_happens_to_the_answer(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.purchase().await;
    for faults in [Faults { fail: 1, ..held() }, Faults { lose: 1, ..held() }] {
        till.sandbox.set_faults(faults);
        assert_eq!(card::start_checkout(till.app(), purchase).await, Ok(None), "a job tries again");
        is(&till.outcome(purchase).await, ("created", 0, 0));
    }
    let page = card::start_checkout(till.app(), purchase).await.expect("a purchase").expect("a page");
    assert_eq!(card::start_checkout(till.app(), purchase).await, Ok(Some(page.clone())));
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
    let keys: Vec<_> = till.sandbox.asked().into_iter().filter_map(|asked| asked.key).collect();
    let second = format!("checkout:{purchase}:2");
    let expected = [format!("checkout:{purchase}"), second.clone(), second];
    assert_eq!(
        keys, expected,
        "a failure stays under its key; without an answer the key stays; known, it is not asked for"
    );

    // The answer that was lost told of this very page.
    till.sandbox.pay(&page.session).expect("paid");
    card::fulfil_session(till.app(), &page.session).await.expect("asked");
    is(&till.outcome(purchase).await, PAID);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_job_makes_the_page_that_the_request_could_not(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.purchase().await;
    till.world
        .sql(&format!(
            "select queue_payment_job('start_checkout', json_build_object('purchase', '{purchase}'), '{purchase}')"
        ))
        .await;
    till.sandbox.set_faults(Faults { fail: 1, ..held() });
    till.run_jobs().await;
    is(&till.outcome(purchase).await, ("created", 0, 0));
    till.hurry().await;
    till.run_jobs().await;
    assert!(!till.app().mail.is_set_up(), "payments do not wait for a mail server");
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn without_keys_payment_jobs_wait_and_no_try_is_spent(pool: PgPool) {
    let mut till = Till::new(pool).await;
    let purchase = till.purchase().await;
    till.world
        .sql(&format!(
            "select queue_payment_job('start_checkout', json_build_object('purchase', '{purchase}'), '{purchase}')"
        ))
        .await;
    let payments = std::mem::replace(&mut till.world.app.payments, Payments::off());
    till.run_jobs().await;
    assert_eq!(till.world.id("select sum(attempts)::bigint from graphile_worker._private_jobs").await, 0);
    till.world.app.payments = payments;
    till.run_jobs().await;
    is(&till.outcome(purchase).await, ("awaiting_payment", 0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_nobody_pays_expires_with_its_page_or_without_one(pool: PgPool) {
    let till = Till::new(pool).await;
    let (with_page, _) = till.at_checkout().await;
    let without = till.purchase().await;
    till.sandbox.set_faults(Faults { fail: 2, ..held() });
    till.advance(TimeDelta::minutes(28)).await;
    assert!(reconciliation::reconcile(till.app()).await.is_err(), "Stripe is out of order");
    is(&till.outcome(without).await, ("created", 0, 0));
    till.advance(TimeDelta::minutes(31)).await;
    assert_eq!(card::start_checkout(till.app(), without).await, Ok(None), "Stripe makes no page for so short a time");
    till.advance(TimeDelta::minutes(1)).await;
    reconciliation::reconcile(till.app()).await.expect("reconciled");
    is(&till.outcome(with_page).await, ("expired", 0, 0));
    is(&till.outcome(without).await, ("expired", 0, 0));
    assert_eq!(card::start_checkout(till.app(), without).await, Ok(None), "no page is made for what is over");
    assert_eq!(till.world.id("select count(*) from purchase_event where kind = 'expired'").await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_page_is_ended_unless_somebody_has_paid_on_it(pool: PgPool) {
    let till = Till::new(pool).await;
    let (open, session) = till.at_checkout().await;
    assert_eq!(card::end_checkout(till.app(), open).await, Ok(true));
    assert!(till.sandbox.pay(&session).is_err(), "nobody can pay any more");
    assert_eq!(card::end_checkout(till.app(), open).await, Ok(true), "again");

    let (paid, _) = till.paid_there().await;
    till.sandbox.set_faults(Faults { fail: 1, ..held() });
    assert!(card::end_checkout(till.app(), paid).await.is_err(), "without Stripe's word nobody knows");
    assert_eq!(card::end_checkout(till.app(), paid).await, Ok(false));
    is(&till.outcome(paid).await, PAID);

    let without_page = till.purchase().await;
    assert_eq!(card::end_checkout(till.app(), without_page).await, Ok(true));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_card_paid_before_midnight_came_in_the_month_of_its_tax_document(pool: PgPool) {
    let till = Till::new(pool).await;
    till.advance(at("2026-11-30T23:50:00+01:00") - till.app().clock.now()).await;
    let (purchase, _) = till.paid_there().await;
    till.advance(TimeDelta::minutes(20)).await;
    card::look_again(till.app(), &till.buyer(), till.number(purchase).await).await.expect("looked");
    let manager = till.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let of = |from, until| AccountingFilter::of(Some(day(from)), Some(day(until)), day("2026-12-01"));
    let november = of("2026-11-01", "2026-11-30");
    let period = accounting::period(till.app(), &manager, &november).await.expect("a period");
    let came: Vec<_> = period.payments.iter().map(|payment| (payment.day, payment.amount.haler())).collect();
    assert_eq!(came, [(day("2026-11-30"), TOTAL)]);
    assert_eq!(period.documents[0].content.supplied_on, Some(came[0].0));
    for (filter, haler) in [(november, TOTAL), (of("2026-12-01", "2026-12-31"), 0)] {
        let page = accounting::page(till.app(), &manager, filter, None).await.expect("a page");
        assert_eq!(page.received.haler(), haler);
    }
}
