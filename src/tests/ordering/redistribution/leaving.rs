//! Who leaves: all that was agreed gets another place, and who stays after all has the plan that was taken.

use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{calendar::to_local, fields::FieldCode, ids::StaffId},
        line::plans::TypedPlan,
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        service::{line::plans, ordering::redistribution, people::staff, upkeep},
    },
};
use sqlx::PgPool;

use super::{WEDNESDAY, all_day, as_proposed, book, hour, line, manager};
use crate::support::{World, at};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_leaves_hands_over_everything_or_stays(pool: PgPool) {
    let world = line(pool, 2).await;
    let (manager, place) = (manager(&world).await, world.place("A").await);
    let orderer = place.boss.may_order().expect("an orderer");
    let before = book(&world, &orderer, at("2026-12-01T09:00:00+01:00")).await;
    let leaver = world.technician_of(before).await.id();
    let mut theirs = Vec::new();
    for at in [9, 10, 11, 12] {
        let number = book(&world, &orderer, hour(at)).await;
        if world.technician_of(number).await.id() == leaver {
            theirs.push(number);
        }
    }
    let from: NaiveDate = WEDNESDAY.parse().expect("a day");
    let page = redistribution::leaving_page(&world.app, &manager, leaver, Some(from)).await.expect("the page");
    assert_eq!(page.proposals.iter().map(|one| one.number).collect::<Vec<_>>(), theirs, "what is before stays");
    let choices = as_proposed(&page.proposals);
    let some = redistribution::let_go(&world.app, &manager, leaver, from, &choices[1..]).await;
    assert_eq!(some, Err(Problem::PlacesTaken { numbers: vec![theirs[0]] }));
    assert_eq!(world.technician_of(theirs[1]).await.id(), leaver, "nothing is done");
    redistribution::let_go(&world.app, &manager, leaver, from, &choices).await.expect("handed over");
    for number in &theirs {
        assert_ne!(world.technician_of(*number).await.id(), leaver);
    }
    assert_eq!(world.technician_of(before).await.id(), leaver, "until then the plan holds");
    let active = async || world.id(&format!("select active::int::bigint from staff where id = {leaver}")).await;
    upkeep::each_minute(&world.app).await.expect("the chores");
    assert_eq!(active().await, 1);
    world.app.clock.advance(TimeDelta::days(10));
    upkeep::each_minute(&world.app).await.expect("the chores");
    assert_eq!(active().await, 0);
    staff::set_active(&world.app, &manager, leaver, true).await.expect("back");
    assert_eq!(world.id(&format!("select count(*) from staff where id = {leaver} and leaves_on is null")).await, 1);
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_planned_when_a_technician_has_left(pool: PgPool) {
    let world = line(pool, 2).await;
    let manager = manager(&world).await;
    let leaver = StaffId(world.id("select min(id) from staff where name = 'T0'").await);
    let extra = linka::model::line::plans::ExceptionKind::Extra;
    let enter = async |day: &str| plans::add_exception(&world.app, &manager, leaver, extra, &all_day(day)).await;
    enter("2026-12-01").await.expect("before");
    enter("2026-12-05").await.expect("after, and not known yet");
    let from: NaiveDate = WEDNESDAY.parse().expect("a day");
    redistribution::let_go(&world.app, &manager, leaver, from, &[]).await.expect("leaves");
    assert_eq!(world.id("select count(*) from plan_exception").await, 1, "what is before stays");
    assert_eq!(enter("2026-12-06").await, Err(Problem::field("first", FieldCode::DoesNotMatch)));
    let mut typed = TypedPlan { first: "2026-12-01".into(), ..TypedPlan::default() };
    typed.days[1] = "7–12".into();
    plans::change_plan(&world.app, &manager, leaver, &typed).await.expect("changed");
    let beyond =
        format!("select count(*) from working_plan where technician_id = {leaver} and valid @> '{WEDNESDAY}'::date");
    assert_eq!(world.id(&beyond).await, 0);
    typed.first = WEDNESDAY.into();
    let refused = plans::change_plan(&world.app, &manager, leaver, &typed).await;
    assert_eq!(refused, Err(Problem::field("week_first", FieldCode::DoesNotMatch)));
    // Who goes today goes once, however often it is sent.
    let today = to_local(world.app.clock.now()).date();
    for _ in 0..2 {
        redistribution::let_go(&world.app, &manager, leaver, today, &[]).await.expect("gone");
    }
}

/// What is planned of a technician: weeks with their days, and work on top of them.
async fn planned_of(world: &World, technician: StaffId) -> Vec<String> {
    sqlx::query_scalar(
        "select weekday || ' ' || starts || ' ' || ends || ' ' || valid from working_plan where technician_id = $1
         union all
         select kind || ' ' || during || ' ' || note from plan_exception where technician_id = $1 order by 1",
    )
    .bind(technician.0)
    .fetch_all(world.app.db.pool())
    .await
    .expect("the plan")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_stays_after_all_has_the_plan_that_was_taken_and_no_other(pool: PgPool) {
    let world = line(pool, 2).await;
    let manager = manager(&world).await;
    let leaver = StaffId(world.id("select min(id) from staff where name = 'T0'").await);
    // A week that ends on the last day by itself, one that goes on, one that begins later; and work on top of them.
    world
        .sql(&format!(
            "update working_plan set valid = daterange(null, '{WEDNESDAY}') where technician_id = {leaver} and weekday = 1;"
        ))
        .await;
    world
        .sql(&format!(
            "insert into working_plan (technician_id, weekday, starts, ends, valid)
             values ({leaver}, 6, '08:00', '12:00', daterange('2026-12-10', '2026-12-24'))"
        ))
        .await;
    let extra = linka::model::line::plans::ExceptionKind::Extra;
    for day in ["2026-11-28", "2026-12-05"] {
        plans::add_exception(&world.app, &manager, leaver, extra, &all_day(day)).await.expect("work on top");
    }
    let over_midnight = format!(
        "insert into plan_exception (technician_id, during, kind, note)
         values ({leaver}, '[2026-12-01 22:00+01, 2026-12-02 04:00+01)', 'extra', 'noc')"
    );
    world.sql(&over_midnight).await;
    let before = planned_of(&world, leaver).await;

    // Once on a later day, once again on an earlier one, once today, once let go of without a day: each is taken back.
    let today = to_local(world.app.clock.now()).date();
    let (later, earlier) = ("2026-12-15".parse().expect("a day"), WEDNESDAY.parse().expect("a day"));
    for days in [vec![earlier], vec![later, earlier], vec![earlier, later], vec![today], Vec::new()] {
        for &day in &days {
            redistribution::let_go(&world.app, &manager, leaver, day, &[]).await.expect("leaves");
        }
        if days.is_empty() {
            staff::set_active(&world.app, &manager, leaver, false).await.expect("gone");
        }
        assert_ne!(planned_of(&world, leaver).await, before, "{days:?}");
        staff::set_active(&world.app, &manager, leaver, true).await.expect("stays");
        assert_eq!(planned_of(&world, leaver).await, before, "{days:?}");
    }
    assert_eq!(world.id("select count(*) from given_up_week").await, 0);

    // What was planned anew meanwhile stands.
    redistribution::let_go(&world.app, &manager, leaver, earlier, &[]).await.expect("leaves");
    let mut typed = TypedPlan { first: "2026-12-01".into(), ..TypedPlan::default() };
    typed.days[1] = "7–12".into();
    plans::change_plan(&world.app, &manager, leaver, &typed).await.expect("changed");
    staff::set_active(&world.app, &manager, leaver, true).await.expect("stays");
    let on = async |day: &str| {
        let count = "select count(*) from working_plan where technician_id =";
        world.id(&format!("{count} {leaver} and valid @> '{day}'::date")).await
    };
    assert_eq!((on("2026-12-01").await, on("2026-12-03").await), (1, 4), "the new day, then the former week");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_last_managers_do_not_leave_one_after_the_other(pool: PgPool) {
    let world = line(pool, 1).await;
    let (one, other) = (manager(&world).await, manager(&world).await);
    let day = |day: &str| day.parse::<NaiveDate>().expect("a day");
    redistribution::let_go(&world.app, &one, other.id(), day("2026-12-20"), &[]).await.expect("leaves");
    let last = redistribution::let_go(&world.app, &other, one.id(), day("2026-12-10"), &[]).await;
    assert_eq!(last, Err(Problem::LastManager));
}
