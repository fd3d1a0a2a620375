//! What a page costs does not depend on how much was ever done: the statements of a page, and the rows that they read, are the
//! same for little and for much of what it lists.

use chrono::TimeDelta;
use linka::{
    model::{
        money::{purchases::PaymentMethod, tax_documents::DocumentFilter},
        people::members::StaffRole,
        work::figures::{Figure, FiguresKind, Step},
    },
    server::{
        app::App,
        db::MIGRATIONS,
        service::{
            minutes::usage,
            money::{bundles, sales, tax_documents},
            work::figures,
        },
    },
};
use sqlx::PgPool;

use crate::support::{Meter, Place, World, closed_work};

/// The statements of the usage page in its transaction: how the line works, the account, what was used.
const USAGE: usize = 3;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_usage_page_of_ten_thousand_interventions_reads_what_that_of_ten_does(pool: PgPool) {
    let world = World::new(pool).await;
    let (small, large) = (world.place("Malá").await, world.place("Velká").await);
    closed_work(&world, &small, 10).await;
    closed_work(&world, &large, 10_000).await;
    for place in [&small, &large] {
        world.bundle(place.customer, 300, "2027-11-01T00:00:00+01:00").await;
    }
    let meter = Meter::new(&world).await;
    let cost = async |place: &Place| {
        let viewer = place.boss.may_see_billing().expect("billing");
        meter.cost(async |app| usage::page(app, &viewer).await.expect("the usage page")).await
    };
    let (few, many) = (cost(&small).await, cost(&large).await);
    println!("10 interventions: {few:?}; 10,000: {many:?}");
    assert_eq!((few.statements, many.statements), (USAGE, USAGE), "as many statements");
    assert!(many.rows < few.rows * 3 + 1_000, "{} rows for ten thousand, {} for ten", many.rows, few.rows);
    let viewer = large.boss.may_see_billing().expect("billing");
    let page = usage::page(&world.app, &viewer).await.expect("the usage page");
    assert!(page.by_month.iter().map(|bar| bar.interventions).sum::<u32>() > 9_000, "it is about all of them");
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

/// So many purchases of a customer, each with its proforma, one a minute before the other: the first as the shop places it, the
/// others repeat it.
async fn purchases(world: &World, place: &Place, count: i64) {
    let first = world.bought(place, 60, PaymentMethod::Transfer, false).await.id;
    world
        .sql(&format!(
            "insert into purchase (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                                       validity_months, method, created_at, awaiting_since)
             select gen_random_uuid(), customer_id, next_purchase_number(2026), member_id, bundle_id, quantity, minutes, price,
                    vat_percent, total, validity_months, method, created_at - n * interval '1 minute', awaiting_since
             from purchase, generate_series(1, {count} - 1) n where id = '{first}'"
        ))
        .await;
    world
        .sql(&format!(
            "select issue_tax_document(p.customer_id, d.kind, d.year, p.created_at, d.supplied_on, d.due_on, p.id, null, d.base,
                                       d.tax, d.total, d.content, 'proforma:' || p.id)
             from purchase p, tax_document d
             where d.purchase_id = '{first}' and p.customer_id = d.customer_id and p.id <> '{first}'"
        ))
        .await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_pages_of_purchases_and_documents_read_for_a_thousand_what_they_read_for_as_many_as_they_show(
    pool: PgPool,
) {
    let world = World::new(pool).await;
    let (small, middle, large) = (world.place("Malá").await, world.place("Střední").await, world.place("Velká").await);
    purchases(&world, &small, 10).await;
    purchases(&world, &middle, 60).await;
    purchases(&world, &large, 1_000).await;
    // Nobody has most of what there is, or all of it would be read as the cheapest way to count.
    purchases(&world, &world.place("Ostatní").await, 3_000).await;
    assert_eq!(world.id("select count(*) from tax_document").await, 4_070);
    let meter = Meter::new(&world).await;
    let shop = async |place: &Place| {
        let viewer = place.boss.may_see_billing().expect("billing");
        meter.cost(async |app| bundles::shop(app, Some(&viewer), None).await.expect("the shop")).await
    };
    let documents = async |place: &Place| {
        let viewer = place.boss.may_see_billing().expect("billing");
        let all = DocumentFilter::default();
        meter.cost(async |app| tax_documents::list(app, &viewer, all, None).await.expect("the list")).await
    };
    for (page, few, page_full, many) in [
        ("/bundles", shop(&small).await, shop(&middle).await, shop(&large).await),
        ("/documents", documents(&small).await, documents(&middle).await, documents(&large).await),
    ] {
        println!("{page} of 10 purchases: {few:?}; of 60: {page_full:?}; of 1,000: {many:?}");
        assert!(few.statements >= 2, "{page}: the statements are counted");
        // A list that goes on is counted besides.
        assert_eq!(page_full.statements, many.statements, "{page}: as many statements");
        assert!((many.statements - 1..=many.statements).contains(&few.statements), "{page}: {few:?}");
        // The database may come to the same page by another plan, but it never looks at all that there is.
        assert!(many.rows < page_full.rows + 200, "{page}: {} rows of 1,000, {} of 60", many.rows, page_full.rows);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_sellers_list_of_a_thousand_purchases_reads_what_that_of_one_page_does(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let mut costs = Vec::new();
    for count in [10, 50, 940] {
        purchases(&world, &place, count).await;
        let meter = Meter::new(&world).await;
        let list = async |app: &App| sales::purchases(app, &manager, None, "", None).await.expect("the list");
        costs.push(meter.cost(list).await);
    }
    println!("/sales/purchases of 10, 60 and 1,000 purchases: {costs:?}");
    let [few, page_full, many] = costs[..] else { panic!("three costs") };
    assert!(few.statements >= 1, "the statements are counted");
    assert_eq!([few.statements, page_full.statements], [many.statements; 2], "as many statements");
    assert!(many.rows <= page_full.rows + 10, "{} rows of 1,000, {} of 60", many.rows, page_full.rows);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_figures_of_a_week_read_the_same_however_much_was_done_in_others(pool: PgPool) {
    let world = World::new(pool).await;
    let (small, large) = (world.place("Malá").await, world.place("Velká").await);
    let manager = world.staff(StaffRole::Manager).await.desk().expect("a manager");
    let week = async |app: &App| {
        let day = |day: &str| day.parse().ok();
        let (from, until) = (day("2026-11-23"), day("2026-11-29"));
        figures::page(app, &manager, from, until, Some(Step::Week)).await.expect("the figures")
    };
    closed_work(&world, &small, 10).await;
    let few = Meter::new(&world).await.cost(&week).await;
    world.app.clock.advance(TimeDelta::days(21));
    closed_work(&world, &large, 10_000).await;
    let many = Meter::new(&world).await.cost(&week).await;
    println!("10 interventions: {few:?}; 10,000 in another week: {many:?}");
    assert_eq!(few.statements, many.statements, "as many statements");
    assert!(many.rows < few.rows * 3 + 1_000, "{} rows beside ten thousand, {} without", many.rows, few.rows);
    let page = week(&world.app).await;
    let minutes = page.tables.iter().find(|table| table.kind == FiguresKind::Minutes).expect("the minutes");
    assert_eq!(minutes.total.of(Figure::Interventions), Some(10), "it is about those ten");
}
