//! Buying minutes: who may, once however often it is sent; calling off, trust and expiry.

use chrono::TimeDelta;
use linka::{
    model::{
        base::money::Money,
        line::setting_changes::SettingsPage,
        minutes::usage::StatementSpan,
        money::{
            pages::PurchasePage,
            purchases::{PaymentMethod, PurchaseEventKind, PurchaseNumber, PurchaseState, TypedPurchase},
            tax_documents::DocumentKind,
        },
        people::{
            customers::Address,
            members::{Capabilities, Capability, StaffRole},
        },
        problem::{FieldCode, FieldProblem, Problem},
    },
    server::{
        db::MIGRATIONS,
        service::{line::setting_changes, minutes::usage, money::purchases, upkeep},
    },
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;

use crate::support::{BUNDLE, Shop, Site, TOTAL, billing_viewer, typed_purchase};

fn kinds(page: &PurchasePage) -> Vec<PurchaseEventKind> {
    page.history.iter().map(|event| event.kind).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_transfer_is_asked_for_on_a_proforma_and_credits_nothing_yet(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let number = shop.by_transfer().await;
    assert_eq!(number.to_string(), "B2026-000001");
    let page = shop.page(number).await;
    assert_eq!(
        (page.purchase.state, page.purchase.minutes, page.purchase.total),
        (PurchaseState::AwaitingPayment, 300, TOTAL)
    );
    assert_eq!(page.purchase.reference, "OBJ 17/2026");
    assert_eq!(kinds(&page), [PurchaseEventKind::Created, PurchaseEventKind::PaymentStarted]);
    assert_eq!(page.history[0].by.as_deref(), Some("Jana Nováková"), "every step says who did it");
    assert_eq!(page.credited, None);
    let [proforma] = &page.documents[..] else { panic!("one document: {:?}", page.documents) };
    assert_eq!((proforma.kind, proforma.total), (DocumentKind::Proforma, TOTAL));
    let payment = page.payment.expect("how to pay");
    assert_eq!((payment.amount, payment.received), (TOTAL, Money::ZERO));
    assert_eq!(payment.variable_symbol.to_string(), proforma.number);
    assert_eq!(payment.due_on.to_string(), "2026-12-07", "14 days after 23 November");
    for part in ["ACC:CZ6508000000192000145399+GIBACZPX", "AM:7623.00", "DT:20261207", "MSG:B2026-000001"] {
        assert!(payment.spayd.contains(part), "{part} in {}", payment.spayd);
    }
    assert_eq!(shop.count("minute_grant").await, 0);
    // The due day is the last that stands in the code: banks' applications refuse one that is over.
    shop.world.app.clock.advance(TimeDelta::days(14));
    assert!(shop.page(number).await.payment.expect("how to pay").spayd.contains("DT:20261207"));
    shop.world.app.clock.advance(TimeDelta::days(1));
    let late = shop.page(number).await.payment.expect("how to pay");
    assert!(!late.spayd.contains("DT:") && late.due_on.to_string() == "2026-12-07", "{}", late.spayd);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_has_no_address_is_asked_for_it_before_buying_and_only_once(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.sql("update customer set street = '', city = '', postal_code = ''").await;
    let (app, id) = (&shop.world.app, shop.id());
    let typed = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
    let missing = |field: &str| FieldProblem::new(field, FieldCode::Missing);
    let asked = Problem::Invalid { fields: vec![missing("street"), missing("city")] };
    assert_eq!(shop.purchase(id, &typed).await, Err(asked.clone()));
    assert!(purchases::form(app, &shop.buyer, BUNDLE, 1).await.expect("a form").asks_address);
    let address = |street: &str| Address {
        street: street.into(),
        city: "Dolany".into(),
        postal_code: "339 01".into(),
        dic: String::new(),
    };
    assert_eq!(purchases::complete_address(app, &shop.buyer, &Address::default()).await, Err(asked));
    assert_eq!(purchases::complete_address(app, &shop.buyer, &address("Lipová 5")).await, Ok(()));
    assert_eq!(purchases::complete_address(app, &shop.buyer, &address("Jinde 9")).await, Ok(()), "known by now");
    let kept = "select count(*) from customer where street = 'Lipová 5' and city = 'Dolany'";
    assert_eq!(shop.world.id(kept).await, 1, "what is there only the vendor changes");
    shop.purchase(id, &typed).await.expect("a purchase");
    let refused = async |statement: &'static str| {
        let error = sqlx::query(statement).execute(app.db.pool()).await.expect_err(statement);
        error.as_database_error().and_then(|error| error.constraint()).unwrap_or_default().to_owned()
    };
    assert_eq!(refused("update customer set street = ''").await, "who_bought_stays_named", "it is to be documented");
    let nameless = "insert into tax_document (customer_id, kind, year, serial, number, issued_at, due_on, base, tax, total, content, key)
                    select customer_id, kind, year, 99, '2026199999', issued_at, due_on, base, tax, total,
                           jsonb_set(content, '{customer,city}', '\"\"'), 'nameless' from tax_document";
    assert_eq!(refused(nameless).await, "says_who_bought", "whoever issues it");
    shop.world.sql("update purchase set closed_as = 'cancelled', closed_at = now()").await;
    shop.world.sql("update customer set street = ''").await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_issued_keeps_its_due_day(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let app = &shop.world.app;
    let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let due_on = async |number| shop.page(number).await.payment.expect("how to pay").due_on.to_string();
    let earlier = shop.by_transfer().await;
    for (from, days) in [("2026-11-23", "proforma_days=30"), ("2026-12-01", "proforma_days=7")] {
        let from = from.parse().expect("a date");
        let new = days.parse().expect("values");
        let seen = setting_changes::preview(app, &manager, SettingsPage::Prices, Some(from), new).await.expect("seen");
        setting_changes::make(app, &manager, seen.id, seen.from, &seen.new, &seen.old).await.expect("made");
        app.clock.advance(TimeDelta::minutes(1));
    }
    let later = shop.by_transfer().await;
    assert_eq!((due_on(earlier).await, due_on(later).await), ("2026-12-07".into(), "2026-12-23".into()));
    app.clock.advance(TimeDelta::days(8));
    assert_eq!(due_on(shop.by_transfer().await).await, "2026-12-08", "a week from the first of December on");
    assert_eq!((due_on(earlier).await, due_on(later).await), ("2026-12-07".into(), "2026-12-23".into()));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_payment_by_card_has_its_checkout_page_made_by_a_job(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.ends_with.jobs();
    let id = shop.id();
    let placed = shop.purchase(id, &typed_purchase("2", PaymentMethod::Card, TOTAL + TOTAL)).await.expect("a purchase");
    assert_eq!(placed.next_page(), format!("/bundles/purchases/{}/pay", placed.number));
    let jobs = format!("graphile_worker._private_jobs where key = 'start_checkout:{id}'");
    assert_eq!(shop.count(&jobs).await, 1);
    assert_eq!(shop.count("tax_document").await, 0, "no document before the money");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_who_may_buy_does_and_calls_off(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let number = shop.by_transfer().await;
    let looks_on = Capabilities::NONE.with(Capability::SeeBilling).with(Capability::Order);
    let colleague = shop.world.member(shop.place.customer, looks_on).await;
    let refused = Err(Problem::Forbidden { capability: Some(Capability::Buy) });
    assert_eq!(colleague.may_buy().map(drop), refused);
    let page =
        purchases::page(&shop.world.app, &billing_viewer(&colleague), number).await.expect("it may be looked at");
    assert!(!page.may_buy && page.may_cancel);

    let site = Site::serve(shop.world.app.clone()).await;
    let cookie = shop.world.cookie(&colleague).await;
    let looked_at = site.get(&format!("/bundles/purchases/{number}"), &cookie).await;
    assert_eq!(looked_at.status, 200);
    assert!(!looked_at.body.contains("/cancel\""), "nothing to do is offered: {}", looked_at.body);
    for page in ["/bundles/3/purchase".to_owned(), format!("/bundles/purchases/{number}/cancel")] {
        let answer = site.get(&page, &cookie).await;
        assert_eq!(answer.status, 403, "{page}");
        assert!(answer.body.contains("Jana Nováková"), "it says whom to ask: {}", answer.body);
    }
    let id = shop.id().to_string();
    let form = [("id", id.as_str()), ("bundle", "3"), ("quantity", "1"), ("method", "transfer"), ("total", "762300")];
    assert_eq!(site.post("/api/bundles/purchase", &cookie, "/bundles/3/purchase", &form).await.status, 403);
    assert_eq!(shop.count("purchase").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_same_form_sent_twice_is_one_purchase(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.ends_with.jobs();
    for method in [PaymentMethod::Transfer, PaymentMethod::Card] {
        let (id, purchase) = (shop.id(), typed_purchase("1", method, TOTAL));
        let first = shop.purchase(id, &purchase).await.expect("a purchase");
        assert_eq!(shop.purchase(id, &purchase).await, Ok(first));
        let other = TypedPurchase { reference: "jiná".into(), ..purchase.clone() };
        assert_eq!(shop.purchase(id, &other).await, Err(Problem::Conflict), "another purchase needs another form");
    }
    assert_eq!((shop.count("purchase").await, shop.count("tax_document").await), (2, 1));
    assert_eq!(shop.count("purchase_event where kind = 'created'").await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_same_form_sent_by_twenty_at_once_is_one_purchase(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.ends_with.jobs();
    shop.trust().await;
    for method in [PaymentMethod::Transfer, PaymentMethod::Card] {
        let id = shop.id();
        let mut sendings = JoinSet::new();
        for _ in 0..20 {
            let (app, buyer) = (shop.world.app.clone(), shop.buyer.clone());
            sendings.spawn(async move {
                purchases::buy(&app, &buyer, id, BUNDLE, &typed_purchase("1", method, TOTAL)).await
            });
        }
        let answers = sendings.join_all().await;
        let first = answers[0].clone().expect("a purchase");
        assert!(answers.iter().all(|answer| *answer == Ok(first)), "{answers:?}");
    }
    assert_eq!((shop.count("purchase").await, shop.count("tax_document").await), (2, 1));
    assert_eq!(shop.count("minute_grant").await, 1, "credited once");
    assert_eq!(
        shop.world.id("select last::bigint from purchase_number where year = 2026").await,
        2,
        "no number is lost"
    );
    assert_eq!(shop.world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn totals_of_random_purchases_agree_with_the_databases_own_arithmetic(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.without_limits().await;
    let purchases = (1..5_000_000_i64, 1..=100_u32, prop::sample::select(vec![0_u32, 12, 21]));
    let mut runner = TestRunner::default();
    for _ in 0..60 {
        let (price, quantity, percent) = purchases.new_tree(&mut runner).expect("a purchase").current();
        shop.world.sql(&format!("update bundle set price = {price} where id = {BUNDLE}")).await;
        shop.world.sql(&format!("update vat_rate set percent = {percent}")).await;
        // Tax of the whole, half a haléř up, in decimal numbers of the database's.
        let expected =
            format!("select {price} * {quantity} + round(({price} * {quantity})::numeric * {percent} / 100)::bigint");
        let total = Money::from_haler(shop.world.id(&expected).await);
        let purchase = typed_purchase(&quantity.to_string(), PaymentMethod::Transfer, total);
        let placed = shop.purchase(shop.id(), &purchase).await.unwrap_or_else(|problem| {
            panic!("{quantity} × {price} at {percent} %: {problem:?}, another total than {total:?}")
        });
        let page = shop.page(placed.number).await;
        assert_eq!((page.purchase.total, page.documents[0].total), (total, total));
        assert_eq!(page.payment.expect("how to pay").amount, total);
    }
    let differ = "select count(*) from purchase p join tax_document d on d.purchase_id = p.id
                  where (d.base, d.tax) is distinct from
                        (p.price, round(p.price::numeric * p.vat_percent / 100)::bigint) or d.total <> p.total";
    assert_eq!(shop.world.id(differ).await, 0);
    assert!(shop.count("tax_document where tax > 0").await > 10, "rates differ");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_buys_under_anothers_identity(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let purchase = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
    let id = shop.id();
    shop.purchase(id, &purchase).await.expect("a purchase");
    let other = shop.world.place("Jiná").await;
    let thief = other.boss.may_buy().expect("a buyer");
    assert_eq!(purchases::buy(&shop.world.app, &thief, id, BUNDLE, &purchase).await, Err(Problem::NotFound));
    shop.world.sql("update customer set trusted = true").await;
    let trusted = purchases::buy(&shop.world.app, &thief, id, BUNDLE, &purchase).await;
    assert_eq!(trusted, Err(Problem::NotFound), "in the role of the system too");
    assert_eq!(shop.count("purchase").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_customers_purchase_does_not_exist(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let number = shop.by_transfer().await;
    let other = shop.world.place("Jiná").await;
    assert_eq!(purchases::page(&shop.world.app, &billing_viewer(&other.boss), number).await, Err(Problem::NotFound));
    let buyer = other.boss.may_buy().expect("a buyer");
    assert_eq!(purchases::cancel(&shop.world.app, &buyer, number).await, Err(Problem::NotFound));
    let site = Site::serve(shop.world.app.clone()).await;
    let cookie = shop.world.cookie(&other.boss).await;
    for page in ["", "/cancel"] {
        assert_eq!(site.get(&format!("/bundles/purchases/{number}{page}"), &cookie).await.status, 404, "{page}");
    }
    assert_eq!(shop.page(number).await.purchase.state, PurchaseState::AwaitingPayment);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_unpaid_purchase_is_called_off_once(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.ends_with.jobs();
    for method in [PaymentMethod::Transfer, PaymentMethod::Card] {
        let number = shop.purchase(shop.id(), &typed_purchase("1", method, TOTAL)).await.expect("a purchase").number;
        assert!(shop.page(number).await.may_cancel);
        for _ in 0..2 {
            assert_eq!(purchases::cancel(&shop.world.app, &shop.buyer, number).await, Ok(()));
        }
        let page = shop.page(number).await;
        assert_eq!(page.purchase.state, PurchaseState::Cancelled);
        assert_eq!(kinds(&page).iter().filter(|kind| **kind == PurchaseEventKind::Cancelled).count(), 1);
        assert_eq!((page.payment, page.may_cancel), (None, false), "nothing is to be paid any more");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_paid_in_part_or_in_full_or_credited_is_not_called_off(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let paid = shop.by_transfer().await;
    shop.world.sql("update purchase set paid_at = now()").await;
    let underpaid = shop.by_transfer().await;
    pay(&shop, underpaid, 100_000).await;
    let page = shop.page(underpaid).await;
    let payment = page.payment.expect("the rest is to be paid");
    assert_eq!((payment.received, payment.amount), (Money::from_haler(100_000), Money::from_haler(662_300)));
    assert!(payment.spayd.contains("AM:6623.00"), "{}", payment.spayd);
    shop.trust().await;
    let at_once = shop.by_transfer().await;
    for number in [paid, underpaid, at_once] {
        assert!(!shop.page(number).await.may_cancel, "{number}");
        assert_eq!(purchases::cancel(&shop.world.app, &shop.buyer, number).await, Err(Problem::Conflict), "{number}");
    }
    assert_eq!(shop.count("purchase where closed_as is not null").await, 0);
}

/// A payment that was matched with the document of a purchase.
async fn pay(shop: &Shop, number: PurchaseNumber, haler: i64) {
    shop.world.staff(StaffRole::Manager).await;
    shop.world.sql(&matched_payment(number, haler)).await;
}

fn matched_payment(number: PurchaseNumber, haler: i64) -> String {
    format!(
        "with statement as (
             insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming)
             select sha256('{number}'), 'vypis.csv', 'csv', now(), max(id), 1, 1 from staff returning id)
         insert into bank_payment (statement_id, booked_on, amount, currency, reference, state, document_id, decided_at)
         select statement.id, '2026-11-24', {haler}, 'CZK', '{number}', 'matched', d.id, now()
         from statement, tax_document d join purchase p on p.id = d.purchase_id where p.number = '{number}'"
    )
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_trusted_customer_has_the_minutes_at_once_and_an_invoice(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.ends_with.jobs();
    shop.trust().await;
    let by_card =
        shop.purchase(shop.id(), &typed_purchase("1", PaymentMethod::Card, TOTAL)).await.expect("a purchase").number;
    assert_eq!(shop.page(by_card).await.credited, None, "a card is paid at once by anybody");
    let page = shop.page(shop.by_transfer().await).await;
    assert!(page.purchase.at_once);
    assert_eq!(page.purchase.state, PurchaseState::AwaitingPayment, "the money is still to come");
    let credited = page.credited.expect("minutes");
    assert_eq!((credited.left, credited.last_day.to_string().as_str()), (300, "2027-11-23"));
    let [invoice] = &page.documents[..] else { panic!("one document: {:?}", page.documents) };
    assert_eq!((invoice.kind, invoice.total), (DocumentKind::Invoice, TOTAL));
    assert_eq!(page.payment.as_ref().expect("how to pay").variable_symbol.to_string(), invoice.number);
    assert!(kinds(&page).contains(&PurchaseEventKind::Credited));
    let usage = usage::page(&shop.world.app, &billing_viewer(&shop.place.boss)).await.expect("usage");
    assert_eq!(usage.pools.iter().map(|pool| pool.left).sum::<u32>(), 300);
    let statement =
        usage::statement(&shop.world.app, &billing_viewer(&shop.place.boss), StatementSpan::Month, None).await;
    assert_eq!(statement.expect("a statement").entries.len(), 1);
    assert_eq!(shop.world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_purchase_that_nobody_paid_expires_thirty_days_after_it_was_due(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.world.ends_with.jobs();
    let (forgotten, paid, underpaid) = (shop.by_transfer().await, shop.by_transfer().await, shop.by_transfer().await);
    shop.world.sql(&format!("update purchase set paid_at = now() where number = '{paid}'")).await;
    pay(&shop, underpaid, 100).await;
    shop.trust().await;
    let at_once = shop.by_transfer().await;
    let card =
        shop.purchase(shop.id(), &typed_purchase("1", PaymentMethod::Card, TOTAL)).await.expect("a purchase").number;

    // Due on 7 December; 6 January is the thirtieth day after it.
    shop.world.app.clock.advance(TimeDelta::days(44));
    upkeep::expire_purchases(&shop.world.app).await.expect("the chore");
    assert_eq!(shop.page(forgotten).await.purchase.state, PurchaseState::AwaitingPayment, "the last day of patience");
    shop.world.app.clock.advance(TimeDelta::days(1));
    for _ in 0..2 {
        upkeep::each_hour(&shop.world.app).await.expect("the chores");
    }
    let page = shop.page(forgotten).await;
    assert_eq!(page.purchase.state, PurchaseState::Expired);
    assert_eq!(kinds(&page).iter().filter(|kind| **kind == PurchaseEventKind::Expired).count(), 1);
    for (number, state) in [
        (paid, PurchaseState::Paid),
        (underpaid, PurchaseState::AwaitingPayment),
        (at_once, PurchaseState::AwaitingPayment),
        (card, PurchaseState::Created),
    ] {
        assert_eq!(shop.page(number).await.purchase.state, state, "{number}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_purchase_does_not_expire_while_a_part_of_its_money_is_noted(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let number = shop.by_transfer().await;
    shop.world.staff(StaffRole::Manager).await;
    shop.world.app.clock.advance(TimeDelta::days(60));

    // A manager assigns the payment, and the chore comes in between.
    let mut assigning = shop.world.app.db.staff().await.expect("a transaction");
    sqlx::query("select 1 from purchase for no key update").execute(&mut *assigning).await.expect("a lock");
    sqlx::query(AssertSqlSafe(matched_payment(number, 100))).execute(&mut *assigning).await.expect("a payment");
    let app = shop.world.app.clone();
    let chore = tokio::spawn(async move { upkeep::expire_purchases(&app).await });
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while shop.world.id(waiting).await == 0 {
        assert!(!chore.is_finished(), "the chore waits for the purchase");
        tokio::task::yield_now().await;
    }
    assigning.commit().await.expect("a commit");
    chore.await.expect("no panic").expect("the chore");
    assert_eq!(shop.page(number).await.purchase.state, PurchaseState::AwaitingPayment);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refused_purchase_keeps_what_was_typed_and_its_identity(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let site = Site::serve(shop.world.app.clone()).await;
    let cookie = shop.world.cookie(&shop.place.boss).await;
    let id = shop.id().to_string();
    let form = async |quantity: &str, method: &str, reference: &str, total: &str, recount: &str| {
        let fields = [
            ("id", id.as_str()),
            ("bundle", "3"),
            ("quantity", quantity),
            ("method", method),
            ("reference", reference),
            ("total", total),
            ("recount", recount),
        ];
        let fields: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        site.post("/api/bundles/purchase", &cookie, "/bundles/3/purchase", &fields).await
    };
    let long = "š".repeat(61);
    let refused = form("0", "", &long, "762300", "").await;
    assert_eq!(refused.status, 422);
    for field in ["quantity", "reference", "method"] {
        assert!(refused.body.contains(&format!("href=\"#{field}\"")), "the summary leads to {field}: {}", refused.body);
    }
    assert!(refused.body.contains(&long) && refused.body.contains("value=\"0\""), "{}", refused.body);
    assert!(refused.body.contains(&id), "the next try is the same purchase");

    // More pieces than the total that was shown stands for: asked again, with the new total.
    let differs = form("2", "transfer", "OBJ & 1", "762300", "").await;
    assert_eq!(differs.status, 409);
    assert!(differs.body.contains("Celková cena je jiná"), "{}", differs.body);
    for kept in ["value=\"2\"", "OBJ &amp; 1", "value=\"1524600\"", id.as_str()] {
        assert!(differs.body.contains(kept), "{kept}: {}", differs.body);
    }
    assert_eq!(shop.count("purchase").await, 0);

    let recounted = form("2", "transfer", "OBJ & 1", "762300", "true").await;
    assert_eq!(recounted.status, 303);
    let location = recounted.location.expect("a location");
    assert_eq!(location, "/bundles/3/purchase?quantity=2&reference=OBJ+%26+1&method=transfer");
    let page = site.get(&location, &cookie).await;
    for kept in ["value=\"2\"", "OBJ &amp; 1", "value=\"1524600\""] {
        assert!(page.body.contains(kept), "{kept}: {}", page.body);
    }
    assert_eq!(form("", "", "", "762300", "true").await.status, 422);
    assert_eq!(shop.count("purchase").await, 0, "recounting buys nothing");

    let placed = form("2", "transfer", "OBJ & 1", "1524600", "").await;
    assert_eq!((placed.status, placed.location.as_deref()), (303, Some("/bundles/purchases/B2026-000001")));
    let again = form("2", "transfer", "OBJ & 1", "1524600", "").await;
    assert_eq!(again.location, placed.location);
    let other = form("1", "transfer", "OBJ & 1", "762300", "").await;
    assert_eq!(other.status, 409);
    assert!(!other.body.contains(&id), "a further purchase has an identity of its own");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_purchase_and_its_cancelling_work_as_plain_pages(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let number = shop.by_transfer().await;
    let site = Site::serve(shop.world.app.clone()).await;
    let cookie = shop.world.cookie(&shop.place.boss).await;
    let path = format!("/bundles/purchases/{number}");
    let page = site.get(&path, &cookie).await;
    assert_eq!(page.status, 200);
    for shown in ["class=\"qr\"", "2026100001", "19-2000145399/0800", "/documents/2026100001/document.pdf"] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    let sure = site.get(&format!("{path}/cancel"), &cookie).await;
    assert!(sure.body.contains("/api/bundles/cancel"), "{}", sure.body);
    let number = number.to_string();
    let cancelled =
        site.post("/api/bundles/cancel", &cookie, &format!("{path}/cancel"), &[("number", number.as_str())]).await;
    assert_eq!((cancelled.status, cancelled.location.as_deref()), (303, Some(path.as_str())));
    let page = site.get(&path, &cookie).await;
    assert!(page.body.contains("Objednávka je zrušená") && !page.body.contains("class=\"qr\""), "{}", page.body);
    let again = site.get(&format!("{path}/cancel"), &cookie).await;
    assert_eq!(
        (again.status, again.location.as_deref()),
        (303, Some(path.as_str())),
        "there is nothing left to cancel"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn addresses_of_former_days_lead_on_for_good(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let number = shop.by_transfer().await;
    let site = Site::serve(shop.world.app.clone()).await;
    let cookie = shop.world.cookie(&shop.place.boss).await;
    for (former, now) in [
        (format!("/bundles/orders/{number}"), format!("/bundles/purchases/{number}")),
        (format!("/bundles/orders/{number}/cancel"), format!("/bundles/purchases/{number}/cancel")),
        // Where Stripe sends a customer back who began to pay in former days.
        (format!("/bundles/orders/{number}/return"), format!("/bundles/purchases/{number}/return")),
        ("/bundles/3/order?quantity=2".to_owned(), "/bundles/3/purchase?quantity=2".to_owned()),
        ("/sales/orders?state=paid".to_owned(), "/sales/purchases?state=paid".to_owned()),
        (format!("/sales/orders/{number}"), format!("/sales/purchases/{number}")),
    ] {
        // Signed in or not: where it leads, the same is asked as of everybody.
        for cookie in [cookie.as_str(), ""] {
            let answer = site.get(&former, cookie).await;
            assert_eq!((answer.status, answer.location.as_deref()), (308, Some(now.as_str())), "{former}");
        }
    }
    let landed = site.get(&format!("/bundles/purchases/{number}"), &cookie).await;
    assert_eq!(landed.status, 200);
}
