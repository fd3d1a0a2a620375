//! The clock: one per technician, started and stopped once however often that is sent.

use linka::{
    model::{
        problem::Problem,
        work::{interventions::WorkRefused, segments::SegmentKind},
    },
    server::{
        db::MIGRATIONS,
        service::{
            ordering::requests,
            work::clock::{self, TypedEnd},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;

use crate::support::{Bench, appointment};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_clocks_of_one_technician_starts_one(pool: PgPool) {
    let bench = Bench::new(pool).await;
    // A second appointment of the same technician.
    let mut other = None;
    for _ in 0..8 {
        let (number, technician) = appointment(&bench.world, &bench.place).await;
        if technician.id() == bench.technician.id() {
            other = Some(number);
            break;
        }
    }
    let other = other.expect("one of the next appointments is the same technician's");
    let mut starts = JoinSet::new();
    for round in 0..20 {
        let (app, technician) = (bench.world.app.clone(), bench.technician.clone());
        let number = if round % 2 == 0 { bench.number } else { other };
        let key = app.random.uuid();
        starts.spawn(async move { clock::start(&app, &technician, number, Some(SegmentKind::Work), key).await });
    }
    let mut refused = 0;
    while let Some(start) = starts.join_next().await {
        match start.expect("no panic") {
            Ok(()) => {}
            Err(problem) => {
                assert_eq!(problem, Problem::Work(WorkRefused::ClockRunsElsewhere));
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 10, "one of the two requests has the clock");
    assert_eq!(bench.world.id("select count(*) from time_segment where ended_at is null").await, 1);
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_refuses_two_clocks_and_overlapping_segments(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    let technician = bench.technician.id();
    let insert = |from: &str, until: &str| {
        format!(
            "insert into time_segment (customer_id, intervention_id, technician_id, kind, started_at, ended_at, forgotten_from)
             select customer_id, id, {technician}, 'work', {from}, {until}, 'infinity' from intervention limit 1"
        )
    };
    let refusal = async |statement: String| {
        let refused = sqlx::query(AssertSqlSafe(statement.clone())).execute(bench.world.app.db.pool()).await;
        let refused = refused.expect_err(&statement);
        refused.as_database_error().and_then(|error| error.constraint()).map(ToOwned::to_owned)
    };
    let overlapping = Some("no_overlapping_segments".to_owned());
    // A clock that runs has no end: a second one overlaps it, whenever it was started.
    assert_eq!(refusal(insert("'2020-01-01'", "null")).await, overlapping);
    assert_eq!(refusal(insert("now() + interval '1 year'", "now() + interval '2 years'")).await, overlapping);
    bench.minutes(10);
    bench.pause().await;
    let inside = "(select started_at + interval '1 minute' from time_segment)";
    assert_eq!(refusal(insert(inside, "'2030-01-01'")).await, overlapping);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_repeated_start_does_not_start_the_clock_again(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let key = bench.world.app.random.uuid();
    let start = || clock::start(&bench.world.app, &bench.technician, bench.number, Some(SegmentKind::Work), key);
    start().await.expect("started");
    bench.minutes(5);
    bench.pause().await;
    start().await.expect("the same form again");
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 1);
    assert_eq!(bench.world.id("select count(*) from time_segment where ended_at is null").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_clock_is_the_technicians_of_the_appointment_alone(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let others = bench.world.id("select id from staff where name like 'T%' order by id desc limit 1").await;
    let first = bench.world.id("select id from staff where name like 'T%' order by id limit 1").await;
    let other = if others == bench.technician.id().0 { first } else { others };
    let stranger = bench.world.technician(linka::model::base::ids::StaffId(other));
    let key = bench.world.app.random.uuid();
    let refused = clock::start(&bench.world.app, &stranger, bench.number, Some(SegmentKind::Work), key).await;
    assert_eq!(refused, Err(WorkRefused::NotYours.into()));
    assert!(
        !linka::server::service::work::bench::page(&bench.world.app, &stranger, bench.number)
            .await
            .expect("readable")
            .may_work
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_under_way_cannot_be_moved_or_cancelled_by_the_customer(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Communication).await.expect("started");
    let orderer = bench.place.boss.may_order().expect("an orderer");
    let key = bench.world.app.random.uuid();
    let cancelled = requests::cancel(&bench.world.app, &orderer, bench.number, "", key).await;
    assert!(matches!(cancelled, Err(Problem::Conflict | Problem::Change(_))), "{cancelled:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_stop_that_is_sent_again_leaves_a_later_clock_running(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started");
    let first = bench.page().await.segments[0].id;
    let end = TypedEnd::default();
    let stop = || clock::pause(&bench.world.app, &bench.technician, bench.number, Some(first), &end);
    bench.minutes(5);
    stop().await.expect("stopped");
    bench.start(SegmentKind::Work).await.expect("started again");
    bench.minutes(5);
    stop().await.expect("the same form again");
    assert_eq!(bench.page().await.segments.last().expect("a segment").ended_at, None);
}
