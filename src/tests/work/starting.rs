//! Starting the clock some minutes ago, and in place of one that runs for another request.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{calendar::to_local, ids::SegmentId, numbers::RequestNumber},
        ordering::requests::RequestState,
        problem::{FieldCode, Problem},
        work::{corrections::CorrectionSource, interventions::WorkRefused, segments::SegmentKind},
    },
    server::{
        db::MIGRATIONS,
        service::work::{
            corrections,
            starting::{self, Start},
        },
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{Bench, appointment, typed_segment};

/// As the bench's technician would fill in the form of a request.
async fn start(bench: &Bench, number: RequestNumber, earlier: u32, stops: Option<SegmentId>) -> Result<(), Problem> {
    let start = Start { kind: Some(SegmentKind::Communication), earlier, stops, key: bench.world.app.random.uuid() };
    starting::start_as(&bench.world.app, &bench.technician, number, start).await
}

/// Another appointment of the same technician.
async fn another(bench: &Bench) -> RequestNumber {
    for _ in 0..8 {
        let (number, technician) = appointment(&bench.world, &bench.place).await;
        if technician.id() == bench.technician.id() {
            return number;
        }
    }
    panic!("one of the next appointments is the same technician's");
}

/// The clocks that run, by the numbers of their requests.
async fn running(bench: &Bench) -> Vec<String> {
    let numbers = "select r.number from time_segment s join intervention i on i.id = s.intervention_id
                   join service_request r on r.id = i.request_id where s.ended_at is null";
    sqlx::query_scalar(numbers).fetch_all(bench.world.app.db.pool()).await.expect("the clocks that run")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_clock_stops_there_and_starts_here_in_one_step(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let other = another(&bench).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(7);
    let there = bench.page().await.segments[0].id;
    assert_eq!(start(&bench, other, 0, None).await, Err(WorkRefused::ClockRunsElsewhere.into()), "nobody said so");
    let stale = Some(SegmentId(there.0 + 1_000));
    assert_eq!(start(&bench, other, 0, stale).await, Err(WorkRefused::ClockRunsElsewhere.into()), "another one ran");
    assert_eq!(running(&bench).await, [bench.number.to_string()], "what is refused changes nothing");

    start(&bench, other, 0, Some(there)).await.expect("there and here");
    assert_eq!(running(&bench).await, [other.to_string()]);
    let page = bench.page().await;
    assert_eq!(page.segments[0].ended_at, Some(bench.world.app.clock.now()), "the two meet");
    assert_eq!(page.running_elsewhere.map(|clock| clock.number), Some(other));
    assert_eq!(bench.request().await.summary.state, RequestState::InProgress, "it waits to be closed");
    // The same form from Back: the clock that it names runs no more, and this one does already.
    start(&bench, other, 0, Some(there)).await.expect("nothing more happens");
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_cannot_start_here_leaves_the_clock_there_running(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let other = another(&bench).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(10);
    let there = bench.page().await.segments[0].id;
    let refused = start(&bench, other, 5, Some(there)).await;
    assert!(matches!(refused, Err(Problem::Invalid { .. })), "it was counted there until now: {refused:?}");
    assert_eq!(running(&bench).await, [bench.number.to_string()]);
    // So does a clock that was forgotten: its true end is to be given there.
    bench.world.app.clock.advance(TimeDelta::hours(6));
    let refused = start(&bench, other, 0, Some(there)).await;
    assert_eq!(refused, Err(WorkRefused::ClockRunsElsewhere.into()));
    assert_eq!(running(&bench).await, [bench.number.to_string()]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_forms_that_stop_each_others_clocks_leaves_one_running(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let other = another(&bench).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(3);
    let there = bench.page().await.segments[0].id;
    let mut starts = JoinSet::new();
    for round in 0..16 {
        let (app, technician) = (bench.world.app.clone(), bench.technician.clone());
        let number = if round % 2 == 0 { bench.number } else { other };
        let start =
            Start { kind: Some(SegmentKind::Communication), earlier: 0, stops: Some(there), key: app.random.uuid() };
        starts.spawn(async move { starting::start_as(&app, &technician, number, start).await });
    }
    while let Some(start) = starts.join_next().await {
        let start = start.expect("no panic");
        assert!(matches!(start, Ok(()) | Err(Problem::Work(WorkRefused::ClockRunsElsewhere))), "{start:?}");
    }
    assert_eq!(running(&bench).await.len(), 1);
    let overlapping = "select count(*) from time_segment a join time_segment b on a.id < b.id
                       where tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at)";
    assert_eq!(bench.world.id(overlapping).await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_began_some_minutes_ago_is_a_correction(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let begins = bench.page().await.appointment.slot.start;
    bench.world.app.clock.advance(begins - bench.world.app.clock.now() + TimeDelta::minutes(8));
    assert_eq!(start(&bench, bench.number, 7, None).await, Err(Problem::field("earlier", FieldCode::Unknown)));
    start(&bench, bench.number, 5, None).await.expect("five minutes ago");
    let page = bench.page().await;
    assert_eq!(page.segments[0].started_at, begins + TimeDelta::minutes(3));
    assert_eq!(page.bill.effective_minutes, 5);
    assert_eq!(page.corrections[0].source, Some(CorrectionSource::BeganEarlier));
    assert_eq!(bench.world.id("select added_seconds::bigint from segment_correction").await, 300);

    bench.minutes(10);
    bench.pause().await;
    // Ten minutes are counted already, and are not counted twice.
    let taken = Err(Problem::field("earlier", FieldCode::AlreadyUsed));
    assert_eq!(start(&bench, bench.number, 5, None).await, taken);
    assert_eq!(bench.world.id("select count(*) from time_segment").await, 1, "what is refused leaves no trace");
    bench.minutes(5);
    start(&bench, bench.number, 5, None).await.expect("from the very end of the last one");
    bench.minutes(1);
    bench.close(true).await.expect("closed");
    assert_eq!(bench.receipt(1).await.bill.effective_minutes, 21);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn minutes_before_the_clock_count_together_with_other_corrections(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let begins = bench.page().await.appointment.slot.start;
    bench.world.app.clock.advance(begins - bench.world.app.clock.now() + TimeDelta::minutes(15));
    start(&bench, bench.number, 15, None).await.expect("since the agreed start");
    bench.pause().await;
    let wall = |minutes| to_local(begins + TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string();
    bench.minutes(55);
    let by_hand = typed_segment(SegmentKind::Work, &wall(15), &wall(59), "Hodiny nikdo nespustil.");
    let key = bench.world.app.random.uuid();
    let added = corrections::correct(&bench.world.app, &bench.technician, bench.number, None, by_hand, key).await;
    added.expect("59 minutes by now");
    let refused = start(&bench, bench.number, 5, None).await;
    assert_eq!(refused, Err(Problem::field("earlier", FieldCode::TooLong)), "beyond an hour a manager adds");
    assert_eq!(running(&bench).await, Vec::<String>::new());
}
