//! What is kept of the queue is the model's: its order, its parts, and where each request stands, whoever changed what.

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{OutageId, StaffId},
            numbers::InterventionRef,
            terms::Urgency,
        },
        ordering::outages::OutageLink,
        people::members::StaffRole,
        work::{
            contests::ContestState,
            lanes::{Colleague, Lane, QueueItem, QueueView, Standing, near_first, together},
            segments::SegmentKind,
            standings::Shown,
        },
    },
    server::{
        db::{MIGRATIONS, work::standings as kept},
        service::{
            ordering::conversations,
            work::{contests, lanes, standings},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool, Row, postgres::PgRow};
use uuid::Uuid;

use super::lanes::{desk, kept_is_true, line, to_dispatch};
use crate::support::{Bench, World};

/// What waits, wherever that may be: lanes, times, outages, owners and rests are drawn, close to one another, so that much of it is
/// equal.
const DRAWN: &str = "
    update desk_standing set
        lane = (array['new', 'offered', 'objection', 'follow_up'])[1 + floor(random() * 4)::int],
        due_at = timestamptz '2026-11-23 08:00+01' + floor(random() * 5 - 2) * interval '1 minute',
        is_normal = random() < 0.5,
        since_at = timestamptz '2026-11-23 07:00+01' + floor(random() * 2) * interval '1 minute',
        year = 2026 + floor(random() * 2)::int,
        claimed_by = case when random() < 0.3 then (select max(id) from staff) - floor(random() * 2)::int end,
        rests_until = case when random() < 0.3
            then timestamptz '2026-11-23 08:00+01' + floor(random() * 3 - 1) * interval '1 hour' end,
        changes_at = null,
        outage_id = null";

/// A third of it belongs to one of two outages.
const OF_OUTAGES: &str = "
    update desk_standing set lane = 'outage', rests_until = null,
        outage_id = lpad((1 + floor(random() * 2)::int)::text, 32, '0')::uuid
    where random() < 0.3";

fn item(row: &PgRow, now: DateTime<Utc>) -> (Uuid, bool, QueueItem) {
    let number = format!("{}-{:06}", row.get::<i32, _>("year"), row.get::<i64, _>("serial"));
    let link = |id| OutageLink { id: OutageId(id), name: Bilingual::default() };
    let colleague = |id: i64| Colleague { id: StaffId(id), name: String::new() };
    let rests_until: Option<DateTime<Utc>> = row.get("rests_until");
    let item = QueueItem {
        standing: Standing {
            due: row.get("due_at"),
            urgency: if row.get("is_normal") { Urgency::Normal } else { Urgency::Urgent },
            since: row.get("since_at"),
            number: number.parse().expect("a number"),
        },
        lane: Lane::from_code(row.get("lane")).expect("a lane"),
        customer: row.get::<Uuid, _>("request_id").to_string(),
        program: Bilingual::default(),
        work_type: Bilingual::default(),
        what_happened: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        takes: None,
        claimed_by: row.get::<Option<i64>, _>("claimed_by").map(colleague),
        brought_by: None,
        snoozed_until: rests_until.filter(|until| now < *until),
        is_back: false,
        outage: row.get::<Option<Uuid>, _>("outage_id").map(|id| (link(id), 1)),
    };
    (row.get("request_id"), row.get("is_near"), item)
}

/// The queue as the model orders it: request, and for how many it stands.
async fn by_the_model(world: &World, shown: &Shown, is_near_first: bool) -> Vec<(String, u32)> {
    let now = world.app.clock.now();
    let query = "select s.*, coalesce(c.region = 'Morava', true) as is_near
                 from desk_standing s join service_request r on r.id = s.request_id join customer c on c.id = r.customer_id
                 where s.lane is not null";
    let rows = sqlx::query(query).fetch_all(world.app.db.pool()).await.expect("what is kept");
    let drawn: Vec<_> = rows.iter().map(|row| item(row, now)).collect();
    let is_near = |item: &QueueItem| {
        drawn.iter().any(|(request, is_near, _)| *is_near && request.to_string() == item.customer) || !is_near_first
    };
    let mut items = together(drawn.iter().map(|(_, _, item)| item.clone()).collect());
    items.retain(|item| {
        shown.lanes.contains(&item.lane)
            && shown.claimed_by.is_none_or(|id| item.claimed_by.as_ref().is_some_and(|colleague| colleague.id == id))
            && shown.rests.is_none_or(|rests| rests == item.snoozed_until.is_some())
    });
    items.sort_by_key(|item| near_first(&item.standing, is_near(item), now));
    items.into_iter().map(|item| (item.customer, item.outage.map_or(1, |(_, count)| count))).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_orders_the_queue_as_the_model_does_whatever_waits(pool: PgPool) {
    let world = line(pool).await;
    let (far, near, desk) = (world.place("A").await, world.place("B").await, desk(&world).await);
    for (place, region) in [(&far, "Severovýchod"), (&near, "Morava")] {
        world.sql(&format!("update customer set region = '{region}' where id = {}", place.customer)).await;
        for _ in 0..12 {
            to_dispatch(&world, place).await;
        }
    }
    world.sql(&format!("insert into staff_region (staff_id, region) values ({}, 'Morava')", desk.id())).await;
    standings::renew(&world.app).await.expect("placed");
    let now = world.app.clock.now();
    let views = [
        QueueView::All,
        QueueView::Mine,
        QueueView::Resting,
        QueueView::Lane(Lane::New),
        QueueView::Lane(Lane::Outage),
    ];
    let mut seen = 0;
    for seed in 1_u8..=12 {
        let mut session = world.app.db.pool().acquire().await.expect("a session");
        let seeded = format!("select setseed({})", f64::from(seed) / 100.0);
        for statement in [seeded.as_str(), DRAWN, OF_OUTAGES] {
            sqlx::query(AssertSqlSafe(statement)).execute(&mut *session).await.expect(statement);
        }
        drop(session);
        let mut tx = world.app.db.staff().await.expect("a transaction");
        let summary = kept::summary(&mut tx, Some(desk.id()), now).await.expect("the numbers");
        assert!(!summary.is_stale && summary.has_regions);
        for view in views {
            let shown = Shown::of(view, desk.id());
            for near_to in [None, Some(desk.id())] {
                let lines = kept::first(&mut tx, &shown, near_to, 100, now).await.expect("lines");
                let found: Vec<_> = lines.iter().map(|line| (line.request.to_string(), line.together)).collect();
                assert_eq!(found, by_the_model(&world, &shown, near_to.is_some()).await, "{view:?} of {seed}");
                let first = kept::first(&mut tx, &shown, near_to, 3, now).await.expect("the first of them");
                assert_eq!(first, lines[..lines.len().min(3)], "the first are the first");
                seen += lines.len();
            }
            let counted: u32 = summary
                .lanes
                .iter()
                .filter(|count| shown.lanes.contains(&count.lane))
                .map(|count| match view {
                    QueueView::Mine => count.mine,
                    QueueView::Resting => count.resting,
                    _ => count.up,
                })
                .sum();
            let lines = by_the_model(&world, &shown, false).await;
            assert_eq!(usize::try_from(counted).expect("few"), lines.len(), "{view:?} of {seed} is counted");
        }
    }
    assert!(seen > 500, "{seen} lines are not enough to tell");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whatever_happens_to_work_is_placed_anew(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let (world, app) = (&bench.world, &bench.world.app);
    let lane = async || {
        kept_is_true(world).await;
        let dispatcher = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
        let page = lanes::page(app, &dispatcher, QueueView::All, true).await.expect("the queue");
        page.items.first().map(|item| item.lane)
    };
    assert_eq!(lane().await, None);
    bench.start(SegmentKind::Work).await.expect("started");
    assert_eq!(lane().await, None);
    bench.minutes(20);
    bench.close(true).await.expect("closed");
    assert_eq!(lane().await, None);
    let member = bench.place.boss.member().expect("a member");
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    contests::add(app, &member, name, Some(segment), "Trvalo to kratší dobu.").await.expect("objected");
    assert_eq!(lane().await, Some(Lane::Objection), "though it is over");
    let dispatcher = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let contest = contests::open(app, &dispatcher).await.expect("cases").rows[0].contest.id;
    let (rejected, key) = (Some(ContestState::Rejected), app.random.uuid());
    contests::decide(app, &dispatcher, contest, rejected, "", "Hodiny běžely dvacet minut.", key)
        .await
        .expect("decided");
    assert_eq!(lane().await, None);
    conversations::write(app, &member, bench.number, "Nejde to znovu.", &[], app.random.uuid()).await.expect("written");
    assert_eq!(lane().await, Some(Lane::AnswerCame));
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(lane().await, Some(Lane::AnswerCame));
}

/// One reads what was true before a change and is about to keep it; the change and whoever reads next are not overwritten by that.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_readers_and_writers_leaves_the_queue_as_it_is(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let mut numbers = Vec::new();
    for _ in 0..6 {
        numbers.push(to_dispatch(&world, &place).await);
    }
    for round in 0..6 {
        let claims = async {
            for number in &numbers {
                let (from, to) = if round % 2 == 0 { (None, Some(desk.id())) } else { (Some(desk.id()), None) };
                lanes::hand_over(&world.app, &desk, *number, from, to).await.expect("handed over");
            }
        };
        let reads = async || {
            for _ in 0..4 {
                lanes::page(&world.app, &desk, QueueView::All, true).await.expect("the queue");
            }
        };
        tokio::join!(claims, reads(), reads(), reads());
        let page = lanes::page(&world.app, &desk, QueueView::All, true).await.expect("the queue");
        assert_eq!(page.mine, if round % 2 == 0 { 6 } else { 0 }, "who has read sees what is");
        kept_is_true(&world).await;
    }
    assert_eq!(world.deadlocks().await, 0);
}
