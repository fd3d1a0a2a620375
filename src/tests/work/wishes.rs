//! Who of us is told what: once, when they wish, and never what a colleague has.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            ids::{MemberId, RequestId},
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        mails::MOST_TOLD,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::{
            chosen::ChosenAct,
            segments::SegmentKind,
            wishes::{MailWay, Reader, TypedWishes, WishKind, WishKinds, Wishes},
        },
    },
    server::{
        auth::{Caller, Staff},
        db::MIGRATIONS,
        service::{
            ordering::requests,
            upkeep,
            work::{
                contests, dispatch,
                intake::{self, Calling, TypedCall},
                lanes, wishes,
            },
        },
    },
};
use sqlx::PgPool;

use super::lanes::{booked, desk, line, shown, to_dispatch};
use crate::support::{Bench, World};

fn staff_of(caller: &Caller) -> Staff {
    caller.staff().expect("of the vendor")
}

/// The kinds of mails that people of the vendor were written, with how many things each tells.
async fn told(world: &World) -> Vec<(String, i64)> {
    sqlx::query_as(
        "select content ->> 'mail', coalesce(jsonb_array_length(content -> 'items'), 1)::bigint
         from mail where to_address like 'staff%' order by id",
    )
    .fetch_all(world.app.db.pool())
    .await
    .expect("mails")
}

async fn wish(world: &World, who: &Caller, kinds: &[WishKind], quiet: (&str, &str)) {
    let mail = kinds.iter().map(|kind| (*kind, MailWay::Now)).collect();
    let push_kinds: WishKinds = kinds.iter().copied().collect();
    let (quiet_from, quiet_until) = (quiet.0.into(), quiet.1.into());
    let typed = TypedWishes { mail, push_kinds, quiet_from, quiet_until, ..TypedWishes::default() };
    wishes::save(&world.app, who, &typed).await.expect("saved");
}

async fn cancel(world: &World, caller: &Caller, number: RequestNumber) {
    let orderer = caller.may_order().expect("an orderer");
    let key = world.app.random.uuid();
    requests::cancel(&world.app, &orderer, number, "", key).await.expect("cancelled");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_waits_is_told_once_and_all_that_is_new_in_one_mail(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    wish(&world, &dispatcher, &[WishKind::Waits], ("", "")).await;
    to_dispatch(&world, &place).await;
    to_dispatch(&world, &place).await;
    let (one, other) = tokio::join!(wishes::tell_staff(&world.app), wishes::tell_staff(&world.app));
    one.expect("told");
    other.expect("told at the same time");
    upkeep::each_minute(&world.app).await.expect("the chores");
    assert_eq!(told(&world).await, [("desk_waits".into(), 2)]);
    to_dispatch(&world, &place).await;
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 2), ("desk_waits".into(), 1)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_colleague_has_is_not_told_and_what_comes_back_is(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let (one, other) = (world.staff(StaffRole::Dispatcher).await, world.staff(StaffRole::Dispatcher).await);
    wish(&world, &one, &[WishKind::Waits], ("", "")).await;
    wish(&world, &other, &[], ("", "")).await;
    let number = to_dispatch(&world, &place).await;
    let desk = other.desk().expect("a dispatcher");
    lanes::hand_over(&world.app, &desk, number, None, Some(desk.id())).await.expect("taken");
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, []);
    lanes::hand_over(&world.app, &desk, number, Some(desk.id()), None).await.expect("released");
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 1)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn quiet_hours_put_off_and_lose_nothing(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    // It is eight o'clock.
    wish(&world, &dispatcher, &[WishKind::Waits], ("7", "9")).await;
    to_dispatch(&world, &place).await;
    wishes::tell_staff(&world.app).await.expect("quiet");
    assert_eq!(told(&world).await, []);
    world.app.clock.advance(TimeDelta::hours(1));
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 1)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_dispatcher_who_never_said_anything_is_told_what_cannot_wait(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    world.staff(StaffRole::Dispatcher).await;
    to_dispatch(&world, &place).await;
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [], "it is not urgent");
    booked(&world, &place, Urgency::Urgent).await;
    world.app.clock.advance(TimeDelta::minutes(20));
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 1)], "nobody began");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_is_told_what_customers_change_in_the_plan(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let caller = world.staff(StaffRole::Technician).await;
    let technician = staff_of(&caller);
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    for _ in 0..2 {
        wishes::tell_staff(&world.app).await.expect("told");
    }
    let is_theirs = "select count(*) from mail where (content ->> 'is_theirs')::boolean";
    assert_eq!((told(&world).await.len(), world.id(is_theirs).await), (1, 1));
    cancel(&world, &place.boss, number).await;
    for _ in 0..2 {
        wishes::tell_staff(&world.app).await.expect("told");
    }
    assert_eq!((told(&world).await.len(), world.id(is_theirs).await), (2, 1));
    wish(&world, &caller, &[], ("", "")).await;
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql("update appointment set technician_id = (select max(id) from staff) where state = 'confirmed'").await;
    cancel(&world, &place.boss, number).await;
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await.len(), 2, "and nothing who does not wish it");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn wishes_are_kept_and_wrong_ones_are_refused(pool: PgPool) {
    let world = line(pool).await;
    let manager = world.staff(StaffRole::Manager).await;
    let shown = async || wishes::page(&world.app, &manager).await.expect("a page").wishes;
    assert_eq!(shown().await, Wishes::usual(Reader::Staff(StaffRole::Manager.into())));
    wish(&world, &manager, &[WishKind::Urgent, WishKind::Trouble], ("18", "7")).await;
    let kept = shown().await;
    assert_eq!(kept.kinds, [WishKind::Urgent, WishKind::Trouble].into_iter().collect());
    assert_eq!(kept.quiet.map(|quiet| (quiet.from, quiet.until)), Some((18, 7)));
    let typed = TypedWishes { quiet_from: "18".into(), ..TypedWishes::default() };
    let refused = wishes::save(&world.app, &manager, &typed).await;
    assert_eq!(refused, Err(Problem::field("quiet_until", FieldCode::Missing)));
    assert_eq!(shown().await, kept);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_loses_a_time_by_a_move_is_told_whatever_the_customer_did_since(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    wishes::tell_staff(&world.app).await.expect("told");
    let orderer = place.boss.may_order().expect("an orderer");
    for later in [8, 4] {
        let free = requests::move_choice(&world.app, &orderer, number).await.expect("times").offers;
        let (to, key) = (free[free.len() - later].slot.start, world.app.random.uuid());
        requests::move_appointment(&world.app, &orderer, number, Some(to), key).await.expect("moved");
    }
    wishes::tell_staff(&world.app).await.expect("told");
    let taken = "select count(*) from mail where not (content ->> 'is_theirs')::boolean";
    assert_eq!(world.id(taken).await, 1, "the first move took it, the second one took nothing of theirs");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_the_desk_has_told_itself_is_not_told_again_as_the_customers(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    let number = booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    wishes::tell_staff(&world.app).await.expect("told");
    let seen = shown(&world, &desk, number, ChosenAct::Cancel).await;
    dispatch::cancel(&world.app, &desk, number, "Zrušeno po telefonu.", &seen, world.app.random.uuid())
        .await
        .expect("off");
    let before = told(&world).await.len();
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!((before, told(&world).await.len()), (2, 2));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_taken_over_is_nobodys_news(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    booked(&world, &place, Urgency::Normal).await;
    world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
    world.sql("update service_request set external_key = 'T1'").await;
    upkeep::each_minute(&world.app).await.expect("the chores");
    assert_eq!(told(&world).await, []);
}

/// How many mails of a kind somebody was written.
async fn written(world: &World, kind: &str, to: &Staff) -> i64 {
    let count =
        format!("select count(*) from mail where kind = '{kind}' and to_address = 'staff{}@example.com'", to.id());
    world.id(&count).await
}

/// Something that is said on the telephone and goes to the queue, or gets its time at once.
fn said(world: &World, member: i64, urgency: Urgency) -> TypedCall {
    TypedCall {
        member: Some(MemberId(member)),
        program: Some(world.program),
        work_type: Some(world.repair),
        urgency: Some(urgency),
        what_happened: "Nejde tisk stravenek.".into(),
        contact_name: "Růžena Malá".into(),
        contact_phone: "601 234 567".into(),
        claim: crate::support::claim(),
        ..TypedCall::default()
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_mail_of_what_waits_lists_so_many_and_says_how_many_there_are_beside_them(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    wish(&world, &dispatcher, &[WishKind::Waits], ("", "")).await;
    for _ in 0..MOST_TOLD + 3 {
        to_dispatch(&world, &place).await;
    }
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 10)]);
    assert_eq!(world.id("select (content ->> 'more')::bigint from mail where kind = 'desk_waits'").await, 3);
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await.len(), 1, "what is beside them is told, too, and not again");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_queue_is_not_read_for_whom_nobody_is_to_be_told(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    to_dispatch(&world, &place).await;
    // It is eight o'clock.
    wish(&world, &dispatcher, WishKind::ALL, ("7", "9")).await;
    // Whoever reads the queue fails.
    world.sql("alter table desk_case rename to hidden_case").await;
    wishes::tell_staff(&world.app).await.expect("nothing is looked for");
    world.app.clock.advance(TimeDelta::hours(1));
    assert!(wishes::tell_staff(&world.app).await.is_err(), "somebody is to be told, so it is read");
    world.sql("alter table hidden_case rename to desk_case").await;
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(told(&world).await, [("desk_waits".into(), 1)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_urgent_order_is_told_to_dispatchers_though_it_has_its_time(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = staff_of(&world.staff(StaffRole::Dispatcher).await);
    let technician = staff_of(&world.staff(StaffRole::Technician).await);
    booked(&world, &place, Urgency::Normal).await;
    let number = booked(&world, &place, Urgency::Urgent).await;
    for _ in 0..2 {
        wishes::tell_staff(&world.app).await.expect("told");
    }
    assert_eq!(written(&world, "customers_changed", &dispatcher).await, 1);
    assert_eq!(written(&world, "customers_changed", &technician).await, 0);
    let about: String =
        sqlx::query_scalar("select content -> 'changes' -> 0 ->> 'number' from mail where kind = 'customers_changed'")
            .fetch_one(world.app.db.pool())
            .await
            .expect("a number");
    assert_eq!(about, number.to_string(), "and the normal one is as it should be");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn times_that_customers_move_or_call_off_are_told_to_the_desk_that_wishes_it(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let callers = [world.staff(StaffRole::Dispatcher).await, world.staff(StaffRole::Dispatcher).await];
    wish(&world, &callers[0], &[WishKind::Changes], ("", "")).await;
    let [one, other] = callers.map(|caller| staff_of(&caller));
    let number = booked(&world, &place, Urgency::Normal).await;
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(written(&world, "customers_changed", &one).await, 0, "what was agreed is as it should be");
    let orderer = place.boss.may_order().expect("an orderer");
    let free = requests::move_choice(&world.app, &orderer, number).await.expect("times").offers;
    let (to, key) = (free[free.len() - 4].slot.start, world.app.random.uuid());
    requests::move_appointment(&world.app, &orderer, number, Some(to), key).await.expect("moved");
    for _ in 0..2 {
        wishes::tell_staff(&world.app).await.expect("told");
    }
    assert_eq!(written(&world, "customers_changed", &one).await, 1, "moved");
    cancel(&world, &place.boss, number).await;
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!(written(&world, "customers_changed", &one).await, 2, "called off");
    assert_eq!(written(&world, "customers_changed", &other).await, 0, "who does not wish it is told nothing");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_is_told_what_they_did_themselves(pool: PgPool) {
    let world = line(pool).await;
    world.place("A").await;
    let (one, other) = (world.staff(StaffRole::Dispatcher).await, world.staff(StaffRole::Dispatcher).await);
    let (app, desk) = (&world.app, one.desk().expect("a dispatcher"));
    let member = world.id("select min(id) from member").await;
    let customer = linka::model::base::ids::CustomerId(world.id("select min(id) from customer").await);
    for at_once in [false, true] {
        let mut call = said(&world, member, Urgency::Urgent);
        if at_once {
            let calling = Calling { customer: Some(customer), work_type: call.work_type, ..Calling::default() };
            let card = intake::page(app, &desk, &calling).await.expect("a page").caller.expect("a card");
            (call.start, call.seen) = (Some(card.times[0].slot.start), card.seen());
        }
        intake::write(app, &desk, customer, &call, RequestId(app.random.uuid())).await.expect("written");
    }
    wishes::tell_staff(app).await.expect("told");
    for kind in ["desk_waits", "customers_changed"] {
        assert_eq!(written(&world, kind, &staff_of(&one)).await, 0, "{kind}: who wrote it down knows");
        assert_eq!(written(&world, kind, &staff_of(&other)).await, 1, "{kind}: and a colleague does not");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_plans_her_own_time_is_not_told_it_but_what_a_colleague_does_with_it(pool: PgPool) {
    let world = line(pool).await;
    let (place, caller, colleague) =
        (world.place("A").await, world.staff(StaffRole::Dispatcher).await, desk(&world).await);
    let (own, id) = (caller.desk().expect("a dispatcher"), staff_of(&caller).id());
    let number = booked(&world, &place, Urgency::Normal).await;
    let former = world.technician_of(number).await.id();
    world.sql(&format!("update staff set roles = '{{dispatcher,technician}}' where id = {id}")).await;
    world.sql(&format!("insert into technician_skill values ({id}, 'programs')")).await;
    world
        .sql(&format!("insert into working_plan select {id}, day, '07:00', '15:30' from generate_series(1, 5) day"))
        .await;
    let give = async |by, to| {
        let seen = shown(&world, by, number, ChosenAct::Reassign { technician: to }).await;
        let (reason, key) = ("Vyměněno.", world.app.random.uuid());
        dispatch::reassign(&world.app, by, number, Some(to), reason, &seen, key).await.expect("given");
        written(&world, "visit_planned", &staff_of(&caller)).await
    };
    assert_eq!(give(&own, id).await, 0, "she took it");
    assert_eq!(give(&colleague, former).await, 1, "a colleague gave it away");
    assert_eq!(give(&colleague, id).await, 2, "and gave it to her");
    assert_eq!(give(&own, former).await, 2, "she gave it away");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_objection_is_told_to_managers_and_dispatchers_who_never_said_anything(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let world = &bench.world;
    let (manager, dispatcher) =
        (staff_of(&world.staff(StaffRole::Manager).await), staff_of(&world.staff(StaffRole::Dispatcher).await));
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(20);
    bench.close(true).await.expect("closed");
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    let member = bench.place.boss.member().expect("a member");
    contests::add(&world.app, &member, name, Some(segment), "Nesedí to.").await.expect("objected");
    for _ in 0..2 {
        wishes::tell_staff(&world.app).await.expect("told");
    }
    assert_eq!(written(world, "desk_waits", &manager).await, 1);
    assert_eq!(written(world, "desk_waits", &dispatcher).await, 1);
}
