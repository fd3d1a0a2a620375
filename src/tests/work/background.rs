//! What is worth knowing before one connects, against PostgreSQL.

use linka::{
    model::line::catalogue::MinuteRange,
    server::{app::App, db::MIGRATIONS, service::work::bench},
};
use sqlx::PgPool;

use crate::support::{Bench, Meter, closed_work};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_bench_says_what_was_promised_and_estimated(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let known = bench.page().await.background;
    assert_eq!((known.tier.code.as_str(), known.tier.urgent_target_minutes), ("standard", 240));
    assert_eq!(known.estimate, Some(MinuteRange::new(20, 45)));
    assert_eq!((known.earlier, known.computers, known.next), (Vec::new(), Vec::new(), None));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_last_three_interventions_are_told_those_of_the_same_program_first(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let stranger = bench.world.place("Úřad").await;
    closed_work(&bench.world, &stranger, 2).await;
    closed_work(&bench.world, &bench.place, 6).await;
    // The five that were repeated say nothing; the latest three are of another program.
    bench.world.sql("insert into program (name) values ('Mzdy')").await;
    bench
        .world
        .sql(&format!(
            "with ours as (
                 select id, request_id, row_number() over (order by started_at desc, id desc) as place
                 from intervention where customer_id = {}),
             said as (update intervention i set report = 'Zpráva ' || o.place from ours o where o.id = i.id)
             update service_request r set program_id = (select id from program where name = 'Mzdy')
             from ours o where o.request_id = r.id and o.place <= 3",
            bench.place.customer
        ))
        .await;
    bench.world.sql("update intervention set closed_at = started_at + interval '30 minutes'").await;
    let told: Vec<_> = bench
        .page()
        .await
        .background
        .earlier
        .into_iter()
        .map(|work| (work.program.cs, work.report, work.billed))
        .collect();
    let said = |report: &str| ("Sklad".to_owned(), report.to_owned(), 30);
    assert_eq!(told, [said("Zpráva 4"), said("Zpráva 5"), said("Zpráva 6")]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_bench_of_a_customer_of_long_standing_costs_what_that_of_a_new_one_does(pool: PgPool) {
    let bench = Bench::new(pool).await;
    closed_work(&bench.world, &bench.place, 150).await;
    let cost = async || {
        let meter = Meter::new(&bench.world).await;
        let page = async |app: &App| bench::page(app, &bench.technician, bench.number).await.expect("the workbench");
        meter.cost(page).await
    };
    let some = cost().await;
    let other = bench.world.place("Úřad").await;
    closed_work(&bench.world, &other, 2_000).await;
    let many = cost().await;
    println!("/work/{{number}} among 150 closed interventions: {some:?}; among 2,150: {many:?}");
    assert!(some.statements > 5, "the statements are counted");
    assert_eq!(some.statements, many.statements, "as many statements");
    // One look at all that there is would be two thousand.
    assert!(many.rows < some.rows + 1_000, "{} rows among 2,150, {} among 150", many.rows, some.rows);
}
