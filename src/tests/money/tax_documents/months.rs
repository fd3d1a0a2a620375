//! A month's end bills what the ledger says, and credits what is waived later.

use linka::{
    model::{
        base::{ids::CustomerId, money::Money},
        money::tax_documents::{DocumentFilter, DocumentKind, Settlement, TaxDocument},
        people::members::StaffRole,
    },
    server::{
        app::App,
        clock::Clock,
        db::{self, MIGRATIONS},
        jobs,
        service::{
            money::{accounting, bank, sales, tax_documents},
            upkeep,
        },
    },
};
use sqlx::PgPool;

use crate::support::{Place, World, at};

const FIRST_OF_DECEMBER: &str = "2026-12-01T00:00:00+01:00";

/// Entries of the ledger in money: of which of the interventions under way, when, how many minutes.
async fn charge(world: &World, place: &Place, intervention: i64, at: &str, minutes: i64) {
    let (customer, kind) = (place.customer, if minutes > 0 { "charge" } else { "waive" });
    world
        .sql(&format!(
            "insert into ledger_entry (customer_id, at, kind, intervention_id, over_minutes, amount, source_kind, source_id,
                                       reason)
             select {customer}, '{at}', '{kind}', i.id, {minutes}, {minutes} * i.rate_per_minute, 'receipt',
                    gen_random_uuid()::text, case when {minutes} < 0 then 'Uznaná námitka' else '' end
             from intervention i where i.customer_id = {customer} order by i.id offset {intervention} limit 1"
        ))
        .await;
}

async fn issued(app: &App, customer: CustomerId) -> Vec<TaxDocument> {
    let mut tx = app.db.system().await.expect("a transaction");
    let mut found = Vec::new();
    for year in [2026, 2027] {
        for id in db::money::tax_documents::of_year(&mut tx, customer, year).await.expect("documents") {
            found.push(db::money::tax_documents::by_id(&mut tx, id).await.expect("a document").expect("a document").0);
        }
    }
    found
}

async fn month_end(app: &App) {
    // As two processes would, several times over.
    let runs = (0..6).map(|_| {
        let app = app.clone();
        tokio::spawn(async move { upkeep::invoice_months(&app).await })
    });
    for run in runs.collect::<Vec<_>>() {
        run.await.expect("a run").expect("invoices");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_month_that_is_over_is_invoiced_once_by_whoever_comes_first(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let (place, other) = (world.place("Škola").await, world.place("Jiná škola").await);
    world.work_under_way(&place, 3, 30).await;
    world.work_under_way(&other, 1, 30).await;
    for (intervention, at, minutes) in [
        (0, "2026-10-05T10:00:00+02:00", 30),
        (1, "2026-11-05T10:00:00+01:00", 13),
        (2, "2026-11-30T23:59:59+01:00", 20),
        // Comes to nothing within the month.
        (0, "2026-11-30T23:59:59+01:00", -10),
        (0, "2026-11-30T23:59:59+01:00", 10),
        (1, "2026-12-01T00:00:00+01:00", 7),
    ] {
        charge(&world, &place, intervention, at, minutes).await;
    }
    charge(&world, &other, 0, "2026-11-07T10:00:00+01:00", 5).await;

    month_end(&world.with_clock(Clock::manual(at("2026-11-30T23:59:59+01:00")))).await;
    let october = issued(&world.app, place.customer).await;
    assert_eq!(october.len(), 1, "November is not over");
    assert!(issued(&world.app, other.customer).await.is_empty());

    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    month_end(&december).await;
    let [october, november] = issued(&world.app, place.customer).await.try_into().expect("two invoices");
    let content = &november.content;
    assert_eq!((content.kind, content.lines.len()), (DocumentKind::Invoice, 2));
    assert_eq!(content.supplied_on.map(|day| day.to_string()).as_deref(), Some("2026-11-30"));
    assert_eq!(content.due_on.map(|day| day.to_string()).as_deref(), Some("2026-12-15"));
    assert_eq!(content.base(), Money::from_haler(33 * 2_500));
    assert_eq!(content.total(), Money::from_haler(99_825));
    assert_eq!(october.content.supplied_on.map(|day| day.to_string()).as_deref(), Some("2026-10-31"));
    assert_eq!(october.content.base(), Money::from_haler(30 * 2_500));
    assert_eq!(issued(&world.app, other.customer).await.len(), 1);
    assert_eq!(world.id("select count(*) from mail where kind = 'month_invoiced'").await, 3);
    assert_eq!(totals_differ(&world, FIRST_OF_DECEMBER).await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_is_invoiced_for_a_locked_month_is_told_of_that_month(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 1, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 13).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    accounting::lock(&december, &manager, "2026-11-01".parse().expect("a day")).await.expect("locked");
    month_end(&december).await;
    let [invoice] = issued(&world.app, place.customer).await.try_into().expect("an invoice");
    assert_eq!(
        invoice.content.supplied_on.map(|day| day.to_string()).as_deref(),
        Some("2026-12-01"),
        "it is taxed later"
    );
    let told = "select count(*) from mail where kind = 'month_invoiced' and content ->> 'month' = '2026-11-30'";
    assert_eq!(world.id(told).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_waived_later_is_credited_of_the_invoices_on_which_it_stands(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.work_under_way(&place, 2, 30).await;
    charge(&world, &place, 0, "2026-10-05T10:00:00+02:00", 31).await;
    charge(&world, &place, 1, "2026-10-06T10:00:00+02:00", 13).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 11).await;
    month_end(&world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)))).await;
    // More than stands on November's invoice, and all of what the other one was.
    charge(&world, &place, 0, "2026-12-05T10:00:00+01:00", -20).await;
    charge(&world, &place, 1, "2026-12-05T10:00:00+01:00", -13).await;
    month_end(&world.with_clock(Clock::manual(at("2027-01-01T00:00:00+01:00")))).await;
    // And the rest, in the next month.
    charge(&world, &place, 0, "2027-01-05T10:00:00+01:00", -22).await;
    month_end(&world.with_clock(Clock::manual(at("2027-02-01T00:00:00+01:00")))).await;

    let all = issued(&world.app, place.customer).await;
    let [october, november, credits @ ..] = all.as_slice() else { panic!("{all:?}") };
    let said: Vec<_> = credits
        .iter()
        .map(|credit| {
            let (corrects, reason) = credit.content.corrects.clone().expect("what it corrects");
            assert_eq!(reason, "Uznaná námitka");
            let minutes: Vec<_> = credit.content.lines.iter().map(|line| line.quantity).collect();
            (corrects, minutes, credit.content.base())
        })
        .collect();
    let base = |minutes: i64| Money::from_haler(-2_500 * minutes);
    assert_eq!(
        said,
        [
            (november.number.clone(), vec![11], base(11)),
            (october.number.clone(), vec![9, 13], base(22)),
            (october.number.clone(), vec![22], base(22)),
        ]
    );
    // Nothing is left of any of it, tax included.
    let total: Money = all.iter().map(|document| document.content.total()).sum();
    assert_eq!(total, Money::ZERO);
    assert_eq!(totals_differ(&world, "2027-02-01T00:00:00+01:00").await, 0);
    let viewer = place.boss.may_see_billing().expect("a viewer");
    let invoices = DocumentFilter { kind: Some(DocumentKind::Invoice), year: None };
    let rows = tax_documents::list(&world.app, &viewer, invoices, None).await.expect("a page").documents.page.rows;
    assert!(
        rows.iter().all(|row| row.settlement == Settlement::Void),
        "nothing was paid, and nothing is owed: {rows:?}"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_credited_of_an_invoice_is_not_asked_for_any_more(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 2, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 30).await;
    month_end(&world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)))).await;
    charge(&world, &place, 0, "2026-12-05T10:00:00+01:00", -10).await;
    let january = world.with_clock(Clock::manual(at("2027-01-01T00:00:00+01:00")));
    month_end(&january).await;

    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let [invoice] = &sales::page(&january, &manager, None).await.expect("a page").unpaid.page.rows[..] else {
        panic!("one invoice")
    };
    assert_eq!(invoice.total, Money::from_haler(60_500), "twenty minutes are left of thirty");
    let statement = format!("Datum;Objem;VS\r\n2.1.2027;605,00;{}\r\n", invoice.number);
    bank::import(&january, &manager, "vypis.csv", statement.as_bytes(), bank::Said::default())
        .await
        .expect("an import");
    assert!(
        bank::page(&january, &manager, None).await.expect("a page").unmatched.rows.is_empty(),
        "it is paid exactly"
    );
    assert!(sales::page(&january, &manager, None).await.expect("a page").unpaid.page.rows.is_empty());
}

/// How many customers' documents about interventions come to another base than their entries of the months that are over.
async fn totals_differ(world: &World, until: &str) -> i64 {
    world
        .id(&format!(
            "select count(*) from customer c where
               (select coalesce(sum(base), 0) from tax_document where customer_id = c.id and purchase_id is null)
               <> (select coalesce(sum(amount), 0) from ledger_entry where customer_id = c.id and at < '{until}')"
        ))
        .await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_entry_that_comes_late_is_invoiced_after_all(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 2, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 30).await;
    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    month_end(&december).await;
    charge(&world, &place, 1, "2026-11-30T23:59:59+01:00", 10).await;
    month_end(&december).await;
    let bases: Vec<_> = issued(&world.app, place.customer).await.iter().map(|it| it.content.base().haler()).collect();
    assert_eq!(bases, [75_000, 25_000]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_job_prints_before_anybody_asks(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 1, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 30).await;
    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    month_end(&december).await;
    assert_eq!(world.id("select count(*) from document_file").await, 0);
    jobs::run_due(&december).await.expect("the queue");
    assert_eq!(world.id("select count(*) from document_file where sha256 = sha256(content)").await, 2);
}
