//! The desk's queue against PostgreSQL: what is in it, whose it is, and what rests.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use linka::{
    model::{
        base::{fields::FieldCode, numbers::RequestNumber, seen::Seen, terms::Urgency},
        people::members::StaffRole,
        problem::Problem,
        work::{
            attempts::AttemptChannel,
            cases::CaseAct,
            chosen::ChosenAct,
            lanes::{Lane, QueuePage, QueueView, Rest},
            segments::SegmentKind,
        },
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::{
            ordering::{drafts, outages},
            work::{attempts, cases, clock, closing, consequences, lanes, missed, standings},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{Place, World};

pub(super) async fn desk(world: &World) -> Desk {
    world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher")
}

/// A line with three technicians, of which dispatch names the times of one kind of work.
pub(super) async fn line(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.technicians(3, "07:00", "15:30").await;
    world.without_reserve().await;
    world.sql(&format!("update work_type set choice = 'dispatch' where id = {}", world.repricing)).await;
    world
}

/// A request whose time dispatch is to name.
pub(super) async fn to_dispatch(world: &World, place: &Place) -> RequestNumber {
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order_for(&orderer, world.repricing, Urgency::Normal).await.expect("an order");
    drafts::confirm(&world.app, &orderer, order, "").await.expect("sent")
}

/// A request with an agreed time, the first on offer.
pub(super) async fn booked(world: &World, place: &Place, urgency: Urgency) -> RequestNumber {
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, urgency).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("a booking")
}

/// What the form carries in which the desk confirms what it has chosen.
pub(super) async fn shown(world: &World, desk: &Desk, number: RequestNumber, chosen: ChosenAct) -> Seen {
    consequences::page(&world.app, desk, number, chosen).await.expect("a page").seen
}

/// A part of the queue; and what is kept of all of it is as if everything were placed anew.
async fn seen(world: &World, desk: &Desk, view: QueueView) -> QueuePage {
    let page = lanes::page(&world.app, desk, view, false).await.expect("the queue");
    kept_is_true(world).await;
    page
}

/// Nothing stands in the queue elsewhere than it would if everything were placed anew, once what is noted has been looked at.
pub(super) async fn kept_is_true(world: &World) {
    let kept = async || -> Vec<String> {
        let query = "select s::text from desk_standing s order by request_id";
        sqlx::query_scalar(query).fetch_all(world.app.db.pool()).await.expect("what is kept")
    };
    standings::renew(&world.app).await.expect("renewed");
    let before = kept().await;
    standings::renew_all(&world.app).await.expect("placed anew");
    assert_eq!(before, kept().await);
}

async fn lanes(world: &World, desk: &Desk) -> Vec<(Lane, RequestNumber)> {
    let page = seen(world, desk, QueueView::All).await;
    page.items.iter().map(|item| (item.lane, item.standing.number)).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_thing_that_goes_wrong_is_in_the_queue_and_leaves_it(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    assert_eq!(lanes(&world, &desk).await, []);
    let waiting = to_dispatch(&world, &place).await;
    assert_eq!(lanes(&world, &desk).await, [(Lane::TimeToChoose, waiting)]);
    let late = booked(&world, &place, Urgency::Urgent).await;
    assert_eq!(lanes(&world, &desk).await.len(), 1, "what is agreed is its technician's");
    // 8:15 is agreed, and nobody begins.
    world.app.clock.advance(TimeDelta::minutes(20));
    assert_eq!(lanes(&world, &desk).await, [(Lane::Overdue, late), (Lane::TimeToChoose, waiting)], "the urgent first");
    // What has no time is put onto the board from the queue; what has one lies there.
    let takes = async || {
        let page = seen(&world, &desk, QueueView::All).await;
        page.items.iter().map(|item| item.takes.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(takes().await, [false, true]);
    world.app.clock.advance(TimeDelta::minutes(5));
    assert_eq!(lanes(&world, &desk).await[0], (Lane::MissedByUs, late), "before it is written down");
    assert_eq!(takes().await, [true, true]);
    missed::note_all(&world.app).await.expect("noted");
    assert_eq!(lanes(&world, &desk).await[0], (Lane::MissedByUs, late));
    // Begun late, it is in no lane; stopped unfinished, in one again.
    let technician = world
        .technician(linka::model::base::ids::StaffId(world.id("select max(technician_id) from appointment").await));
    let key = world.app.random.uuid();
    clock::start(&world.app, &technician, late, Some(SegmentKind::Work), key).await.expect("begun late");
    assert_eq!(lanes(&world, &desk).await.len(), 1);
    world.app.clock.advance(TimeDelta::minutes(10));
    let key = world.app.random.uuid();
    closing::close(&world.app, &technician, late, "Zbývá tisk.", Some(false), key).await.expect("stopped");
    assert!(lanes(&world, &desk).await.contains(&(Lane::FollowUp, late)));
    let page = seen(&world, &desk, QueueView::Lane(Lane::FollowUp)).await;
    assert_eq!((page.waiting, page.total, page.longest_minutes), (2, 1, 35), "since 8:00");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_of_ones_regions_comes_first_and_nothing_is_hidden(pool: PgPool) {
    let world = line(pool).await;
    let (far, near, desk) = (world.place("A").await, world.place("B").await, desk(&world).await);
    for (place, region) in [(&far, "Severovýchod"), (&near, "Morava")] {
        world.sql(&format!("update customer set region = '{region}' where id = {}", place.customer)).await;
    }
    let (first, second) = (to_dispatch(&world, &far).await, to_dispatch(&world, &near).await);
    let queue = async |everywhere| {
        let page = lanes::page(&world.app, &desk, QueueView::All, everywhere).await.expect("the queue");
        assert_eq!((page.total, page.waiting), (2, 2), "nothing is hidden");
        (page.items.iter().map(|item| item.standing.number).collect::<Vec<_>>(), page.is_near_first)
    };
    assert_eq!(queue(false).await, (vec![first, second], None), "who has no regions looks after all");
    world.sql(&format!("insert into staff_region (staff_id, region) values ({}, 'Morava')", desk.id())).await;
    assert_eq!(queue(false).await, (vec![second, first], Some(true)));
    assert_eq!(queue(true).await, (vec![first, second], Some(false)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_was_not_there_waits_for_a_call(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let number = booked(&world, &place, Urgency::Urgent).await;
    let technician = world.technician_of(number).await;
    world.app.clock.advance(TimeDelta::minutes(15));
    for _ in 0..2 {
        let (key, channel) = (world.app.random.uuid(), Some(AttemptChannel::Phone));
        attempts::note(&world.app, &technician, number, channel, "", key).await.expect("noted");
        world.app.clock.advance(TimeDelta::minutes(6));
        assert_eq!(lanes(&world, &desk).await, [], "who tries has come");
    }
    attempts::call_missed(&world.app, &technician, number, world.app.random.uuid()).await.expect("missed");
    assert_eq!(lanes(&world, &desk).await, [(Lane::NoShow, number)]);
}

/// What the database holds, not what the rules say it holds: everything that is open is in the queue, or has a time ahead or
/// under way.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_that_is_open_is_in_no_list(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    for _ in 0..2 {
        to_dispatch(&world, &place).await;
        booked(&world, &place, Urgency::Normal).await;
        booked(&world, &place, Urgency::Urgent).await;
    }
    let works = world.work_under_way(&place, 4, 20).await;
    let key = world.app.random.uuid();
    closing::close(&world.app, &works[0].technician, works[0].number, "Zbývá tisk.", Some(false), key)
        .await
        .expect("stopped");
    // Of those that belong to an outage one stands in the queue, and leads to all.
    let joins = [to_dispatch(&world, &place).await, booked(&world, &place, Urgency::Normal).await];
    let outage = world.outage("Sklad se po aktualizaci nespustí").await;
    outages::join(&world.app, &desk, outage, &BTreeSet::from(joins)).await.expect("joined");
    for minutes in [0, 20, 30, 600] {
        world.app.clock.advance(TimeDelta::minutes(minutes));
        let lines = seen(&world, &desk, QueueView::All).await.items;
        let mut queued: BTreeSet<String> = lines.iter().map(|line| line.standing.number.to_string()).collect();
        for (link, count) in lines.iter().filter_map(|line| line.outage.as_ref()) {
            let page = outages::page(&world.app, &desk, link.id).await.expect("a page");
            let mut waiting = 0;
            for request in &page.requests {
                if cases::page(&world.app, &desk, request.number).await.expect("a page").lane == Some(Lane::Outage) {
                    waiting += 1;
                    queued.insert(request.number.to_string());
                }
            }
            assert_eq!(waiting, *count, "as many as its line says");
        }
        let open = "select number from service_request where state in ('waiting', 'scheduled', 'in_progress')";
        let open: Vec<String> = sqlx::query_scalar(open).fetch_all(world.app.db.pool()).await.expect("what is open");
        for number in open.iter().filter(|number| !queued.contains(*number)) {
            let with_technician = format!(
                "select count(*) from appointment a join service_request r on r.id = a.request_id
                 where r.number = '{number}' and (a.state = 'running' or a.state = 'confirmed' and lower(during) > '{}')",
                (world.app.clock.now() - TimeDelta::minutes(5)).to_rfc3339()
            );
            assert_eq!(world.id(&with_technician).await, 1, "{number} is in no list");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_dispatchers_for_one_request_gives_it_to_one(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let (one, other) = (desk(&world).await, desk(&world).await);
    for _ in 0..8 {
        let number = to_dispatch(&world, &place).await;
        let (first, second) = tokio::join!(
            lanes::hand_over(&world.app, &one, number, None, Some(one.id())),
            lanes::hand_over(&world.app, &other, number, None, Some(other.id())),
        );
        assert!(
            matches!((&first, &second), (Ok(()), Err(Problem::Conflict)) | (Err(Problem::Conflict), Ok(()))),
            "{first:?}, {second:?}"
        );
        let (winner, loser) = if first.is_ok() { (&one, &other) } else { (&other, &one) };
        // Sent twice, it stays theirs; the other takes it over knowingly only.
        lanes::hand_over(&world.app, winner, number, None, Some(winner.id())).await.expect("still theirs");
        lanes::hand_over(&world.app, loser, number, Some(winner.id()), Some(loser.id())).await.expect("taken over");
        assert_eq!(
            lanes::hand_over(&world.app, winner, number, Some(winner.id()), None).await,
            Err(Problem::Conflict),
            "it is not theirs to release any more"
        );
        lanes::hand_over(&world.app, loser, number, Some(loser.id()), None).await.expect("released");
    }
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_put_off_comes_back_by_itself_or_as_soon_as_it_waits_for_something_else(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let number = to_dispatch(&world, &place).await;
    lanes::put_off(&world.app, &desk, number, Some(Rest::Hour)).await.expect("put off");
    let page = seen(&world, &desk, QueueView::All).await;
    assert_eq!((page.waiting, page.resting, page.lanes), (0, 1, Vec::new()));
    assert_eq!(seen(&world, &desk, QueueView::Resting).await.items[0].standing.number, number);
    world.app.clock.advance(TimeDelta::minutes(60));
    let page = seen(&world, &desk, QueueView::All).await;
    assert_eq!((page.waiting, page.resting), (1, 0));
    assert!(page.items[0].is_back, "it says that it is back");
    lanes::put_off(&world.app, &desk, number, Some(Rest::Week)).await.expect("put off");
    assert_eq!(lanes(&world, &desk).await, []);
    // Somebody offers times, and nobody answers: that is something else.
    let offer = "insert into slot_offer (id, customer_id, request_id, staff_id, offered_at, expires_at, starts)
                 select gen_random_uuid(), customer_id, id, (select max(id) from staff), '2026-11-23T08:00:00+01:00',
                        '2026-11-23T08:30:00+01:00', array['2026-11-24T08:00:00+01:00'::timestamptz]
                 from service_request where number = ";
    sqlx::query(AssertSqlSafe(format!("{offer}'{number}'"))).execute(world.app.db.pool()).await.expect("an offer");
    assert_eq!(lanes(&world, &desk).await, [(Lane::OfferLapsed, number)]);
    lanes::put_off(&world.app, &desk, number, Some(Rest::Over)).await.expect("back");
    let booked = booked(&world, &place, Urgency::Normal).await;
    assert_eq!(
        lanes::put_off(&world.app, &desk, booked, Some(Rest::Hour)).await,
        Err(Problem::Conflict),
        "what is in no lane cannot rest"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_put_off_until_a_time_of_ones_own_is_back_at_that_time(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let number = to_dispatch(&world, &place).await;
    let put_off = async |typed: &str| lanes::put_off_until(&world.app, &desk, number, typed).await;
    for typed in ["2026-11-23T08:00", "2028-11-23T08:00"] {
        assert_eq!(put_off(typed).await, Err(Problem::field("rest_until", FieldCode::OutOfRange)), "{typed}");
    }
    put_off("2026-11-23T10:20").await.expect("put off");
    world.app.clock.advance(TimeDelta::minutes(139));
    assert_eq!(lanes(&world, &desk).await, []);
    world.app.clock.advance(TimeDelta::minutes(1));
    assert!(seen(&world, &desk, QueueView::All).await.items[0].is_back);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_navigation_says_how_much_waits_and_asks_again_after_seconds(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let waiting = async || lanes::counts(&world.app, &desk).await.expect("counts").waiting;
    assert_eq!(waiting().await, 0);
    to_dispatch(&world, &place).await;
    assert_eq!(waiting().await, 0, "what was counted is believed for a moment");
    world.app.clock.advance(TimeDelta::seconds(10));
    assert_eq!(waiting().await, 1);
    to_dispatch(&world, &place).await;
    assert_eq!(seen(&world, &desk, QueueView::All).await.waiting, 2);
    assert_eq!(waiting().await, 2, "who looks at the queue has counted");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_urgent_rests_an_hour_at_most(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let number = booked(&world, &place, Urgency::Urgent).await;
    // Nobody begins: it needs another time at once.
    world.app.clock.advance(TimeDelta::minutes(25));
    missed::note_all(&world.app).await.expect("noted");
    let put_off = async |rest| lanes::put_off(&world.app, &desk, number, Some(rest)).await;
    for rest in [Rest::NextDay, Rest::Week] {
        assert_eq!(put_off(rest).await, Err(Problem::field("rest", FieldCode::OutOfRange)), "{rest}");
    }
    put_off(Rest::Hour).await.expect("an hour");
    put_off(Rest::Over).await.expect("back");
    let page = cases::act_page(&world.app, &desk, number, CaseAct::Time, None).await.expect("a page");
    assert!(page.promised.is_some(), "it says by when a time was promised");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_tier_of_an_amended_contract_sets_the_deadline(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let contract = world.contract(place.customer, 30).await;
    to_dispatch(&world, &place).await;
    let due = async || seen(&world, &desk, QueueView::All).await.items[0].standing.due;
    let before = due().await;
    let amendment = format!(
        "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
                                         rate_per_minute, urgent_rate_per_minute, minimum_minutes, known_since)
         values ({contract}, {}, '2026-11-01', 'basic', 30, 'quarter', 'none', 2200, 2800, 15, '2026-11-01')",
        place.customer
    );
    world.sql(&amendment).await;
    let amended = due().await;
    assert!(before < amended, "the basic tier waits longer");
    // Nor is what the line's days promise counted by days that are no more.
    world.sql("insert into closure (date, reason) values ('2026-11-24', 'Stěhování')").await;
    assert!(amended < due().await, "a day less to do it in");
}
