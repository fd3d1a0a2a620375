//! What is owed past its due day, by customer and age.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{money::Money, terms::Urgency},
        money::{
            receivables::{Age, ReceivablesPage},
            tax_documents::DocumentKind,
        },
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        clock::Clock,
        db::MIGRATIONS,
        service::{
            money::{account_statements, bank, purchases, receivables},
            ordering::requests,
            upkeep,
        },
    },
};
use sqlx::PgPool;

use crate::support::{BUNDLE, Shop, TOTAL, at, billing_viewer, documents::issue};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_overdue_grows_older_until_it_is_paid_and_no_proforma_is_a_debt(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (world, app) = (&shop.world, &shop.world.app);
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let page = async || receivables::page(app, &manager, None).await.expect("a page");
    // Both are due on the day on which they are issued.
    let invoice = issue(app, shop.place.customer, DocumentKind::Invoice, "one", 100_000).await.expect("an invoice");
    issue(app, shop.place.customer, DocumentKind::Proforma, "two", 500_000).await.expect("a proforma");
    let nobody = page().await;
    assert_eq!((nobody.rows.total, nobody.overdue()), (0, Money::ZERO), "it is due today");
    let total = invoice.content.total();
    let in_place = |place: usize| {
        let mut ages = [Money::ZERO; 4];
        ages[place] = total;
        ages
    };
    for (days, place) in [(1, 0), (13, 0), (1, 1), (15, 1), (1, 2), (29, 2), (1, 3)] {
        app.clock.advance(TimeDelta::days(days));
        let ReceivablesPage { rows, ages, owed, .. } = page().await;
        assert_eq!((ages, owed, rows.total), (in_place(place), total, 1), "{days} days later");
        assert_eq!((rows.rows[0].ages, rows.rows[0].customer), (ages, shop.place.customer));
    }
    // What is not due yet is owed as well, but not overdue.
    let later = issue(app, shop.place.customer, DocumentKind::Invoice, "three", 10_000).await.expect("an invoice");
    let both = page().await;
    assert_eq!((both.overdue(), both.owed), (total, total + later.content.total()));
    let file = format!("Datum;Objem;Měna;VS\n23.1.2027;1210;CZK;{}\n", invoice.number);
    bank::import(app, &manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    let paid = page().await;
    assert_eq!((paid.rows.total, paid.owed), (0, Money::ZERO), "of those who are overdue");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_credit_of_a_trusted_customer_is_frozen_while_an_invoice_is_overdue(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let app = &shop.world.app;
    let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    shop.trust().await;
    let form = async || purchases::form(app, &shop.buyer, BUNDLE, 1).await.expect("a form");
    let bought = async || shop.page(shop.by_transfer().await).await.purchase.at_once;
    let invoice = issue(app, shop.place.customer, DocumentKind::Invoice, "one", 100_000).await.expect("an invoice");
    let now = form().await;
    assert!(now.at_once && !now.is_frozen && bought().await, "it is due today");
    app.clock.advance(TimeDelta::days(1));
    let now = form().await;
    assert!(!now.at_once && now.is_frozen && !bought().await, "a proforma asks for the payment first");
    let file = format!("Datum;Objem;Měna;VS\n24.11.2026;1210;CZK;{}\n", invoice.number);
    bank::import(app, &manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    let now = form().await;
    assert!(now.at_once && !now.is_frozen && bought().await, "once it is paid");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn beyond_the_limit_minutes_wait_for_their_payment_and_two_at_once_count_each_other(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let app = &shop.world.app;
    let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    shop.trust().await;
    let customer = shop.place.customer;
    let form = async || purchases::form(app, &shop.buyer, BUNDLE, 1).await.expect("a form");
    let limit = async |crowns: &str, from: &str| receivables::set_limit(app, &manager, customer, (crowns, from)).await;
    assert!(form().await.at_once && form().await.credit_left.is_none(), "without a limit");
    for _ in 0..2 {
        limit("10 000", "2026-11-23").await.expect("decided");
    }
    limit("", "2026-11-24").await.expect("decided");
    assert!(limit("hodně", "2026-11-24").await.is_err());
    assert_eq!(shop.count("credit_limit").await, 2, "the same again is no decision");
    assert_eq!(form().await.credit_left, Some(Money::from_haler(1_000_000)));
    let (one, two) = futures::future::join(Box::pin(shop.by_transfer()), Box::pin(shop.by_transfer())).await;
    let at_once = async |number| shop.page(number).await.purchase.at_once;
    assert!(at_once(one).await != at_once(two).await, "one of them is beyond it");
    let now = form().await;
    assert!(!now.at_once && now.is_over_limit && !now.is_frozen);
    assert_eq!(now.credit_left, Some(Money::from_haler(1_000_000) - TOTAL));
    let case = receivables::case(app, &manager, customer).await.expect("a case");
    assert_eq!((case.exposure.unpaid, case.exposure.total(), case.owed()), (TOTAL, TOTAL, TOTAL));
    app.clock.advance(TimeDelta::days(1));
    let tomorrow = form().await;
    assert!(tomorrow.at_once && tomorrow.credit_left.is_none(), "from that day on there is none");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_done_and_what_is_agreed_is_credit_until_it_is_invoiced_or_called_off(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (world, app, customer) = (&shop.world, &shop.world.app, shop.place.customer);
    world.ends_with.faults("receipt");
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let exposure = async || receivables::case(app, &manager, customer).await.expect("a case").exposure;
    world.work_under_way(&shop.place, 1, 30).await;
    let charge = format!(
        "insert into ledger_entry (customer_id, at, kind, intervention_id, over_minutes, amount, source_kind, source_id)
         select {customer}, '2026-11-20T10:00:00+01:00', 'charge', id, 30, 75000, 'receipt', 'x' from intervention"
    );
    world.sql(&charge).await;
    let done = Money::from_haler(90_750);
    let now = exposure().await;
    assert_eq!((now.unpaid, now.not_invoiced, now.agreed), (Money::ZERO, done, Money::ZERO), "including VAT");

    world.technicians(1, "07:00", "15:30").await;
    let orderer = shop.place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("agreed");
    let most = "select (estimate #>> '{remainder_price,to}')::bigint from service_request where number = ";
    let most = Money::from_haler(world.id(&format!("{most}'{number}'")).await);
    let now = exposure().await;
    assert!(most > Money::ZERO && now.agreed == most && now.total() == done + most, "{now:?}");
    requests::cancel(app, &orderer, number, "", app.random.uuid()).await.expect("called off");
    assert_eq!(exposure().await.agreed, Money::ZERO);

    let december = world.with_clock(Clock::manual(at("2026-12-01T00:30:00+01:00")));
    upkeep::invoice_months(&december).await.expect("invoices");
    let now = exposure().await;
    assert_eq!((now.unpaid, now.not_invoiced), (done, Money::ZERO), "it stands on an invoice");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_written_off_is_owed_no_longer_and_what_comes_for_it_later_is_told(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let (app, customer) = (&shop.world.app, shop.place.customer);
    let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    shop.trust().await;
    let invoice = issue(app, customer, DocumentKind::Invoice, "one", 100_000).await.expect("an invoice");
    let total = invoice.content.total();
    app.clock.advance(TimeDelta::days(20));
    let write_off =
        async |key, reason: &str| receivables::write_off(app, &manager, customer, (key, &invoice.number), reason).await;
    let statement = async || {
        let viewer = billing_viewer(&shop.place.boss);
        account_statements::statement(app, &viewer, None, None).await.expect("a statement")
    };
    let key = app.random.uuid();
    assert!(write_off(key, " ").await.is_err(), "without a reason");
    assert_eq!(statement().await.closing(), total);
    for _ in 0..2 {
        write_off(key, "Firma zanikla.").await.expect("written off");
    }
    assert_eq!(write_off(app.random.uuid(), "Znovu.").await, Err(Problem::Conflict));
    let case = receivables::case(app, &manager, customer).await.expect("a case");
    assert_eq!((case.owed(), case.written_off.len()), (Money::ZERO, 1));
    assert_eq!(receivables::page(app, &manager, Some(Age::To30)).await.expect("a page").rows.total, 0);
    assert_eq!(statement().await.closing(), Money::ZERO);
    assert!(purchases::form(app, &shop.buyer, BUNDLE, 1).await.expect("a form").at_once, "nothing is overdue");
    // The document stays unpaid: a payment finds it as ever, and is no debt of ours.
    let file = format!("Datum;Objem;Měna;VS\n13.12.2026;1210;CZK;{}\n", invoice.number);
    bank::import(app, &manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    assert_eq!(shop.world.id("select count(*) from bank_payment where state = 'matched'").await, 1);
    let later = statement().await;
    let kinds: Vec<_> = later.entries.iter().map(|entry| entry.kind.code()).collect();
    assert_eq!((later.closing(), kinds), (Money::ZERO, vec!["invoice", "transfer", "written_off", "recovered"]));
    let case = receivables::case(app, &manager, customer).await.expect("a case");
    assert_eq!(case.written_off[0].recovered, total);
    // One of before is found beside it.
    for statement in [
        format!(
            "insert into earlier_invoice (customer_id, number, variable_symbol, issued_on, due_on, total, paid_before, created_at)
             values ({customer}, 'F-9', '9', '2026-10-01', '2026-10-15', 50000, 0, now())"
        ),
        format!(
            "insert into write_off (id, customer_id, earlier_invoice_id, amount, reason, staff_id, at)
             select gen_random_uuid(), {customer}, i.id, 50000, 'Promlčeno.', w.staff_id, w.at from earlier_invoice i, write_off w"
        ),
    ] {
        shop.world.sql(&statement).await;
    }
    let case = receivables::case(app, &manager, customer).await.expect("a case");
    let mut recovered: Vec<_> = case.written_off.iter().map(|row| (row.amount, row.recovered)).collect();
    recovered.sort();
    assert_eq!(recovered, [(Money::from_haler(50_000), Money::ZERO), (total, total)]);
}
