//! The board against PostgreSQL: what is agreed, held, called off and over stands where it belongs.

use chrono::{Days, NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{calendar::to_local, terms::Urgency},
        ordering::appointments::AppointmentState,
        people::members::StaffRole,
        problem::Problem,
        work::board::{Board, CellKind, Taken},
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::{ordering::requests, work::board},
    },
};
use sqlx::PgPool;

use super::lanes::{booked, desk, line};
use crate::support::{Site, World};

async fn today(world: &World, desk: &Desk) -> Board {
    board::page(&world.app, desk, None).await.expect("a board")
}

/// What takes technicians' time, in the order of the rows and the day.
fn taken(board: &Board) -> Vec<&Taken> {
    let cells = board.rows.iter().flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| match &cell.kind {
            CellKind::Taken(taken) => Some(&**taken),
            _ => None,
        })
        .collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_agreed_and_held_stands_on_the_board_and_what_is_called_off_does_not(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let before = today(&world, &desk).await;
    assert_eq!((before.rows.len(), taken(&before).len()), (3, 0));
    // It is eight, and three technicians work until half past three.
    assert_eq!(before.free_minutes, 3 * 450);

    let number = booked(&world, &place, Urgency::Urgent).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let draft = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, draft).await[0];
    world.pick(&orderer, draft, start).await.expect("a hold");
    let board = today(&world, &desk).await;
    let found = taken(&board);
    let told: Vec<_> = found.iter().map(|taken| (taken.number, taken.state)).collect();
    assert_eq!(told, [(Some(number), AppointmentState::Confirmed), (None, AppointmentState::Held)]);
    assert_eq!(found[0].customer, "Škola");
    let minutes: i64 = found.iter().map(|taken| (taken.slot.end - taken.slot.start).num_minutes()).sum();
    assert_eq!(i64::from(before.free_minutes) - i64::from(board.free_minutes), minutes);

    // The hold expires; nobody has to sweep for that. The time that nobody came to is said to be missed.
    world.app.clock.advance(TimeDelta::minutes(11));
    assert_eq!(taken(&today(&world, &desk).await).len(), 1);
    world.app.clock.advance(TimeDelta::minutes(20));
    assert_eq!(taken(&today(&world, &desk).await)[0].state, AppointmentState::MissedByUs);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_the_customer_calls_off_is_free_again(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let number = booked(&world, &place, Urgency::Normal).await;
    let day = {
        let orderer = place.boss.may_order().expect("an orderer");
        let page = requests::page(&world.app, &orderer, number).await.expect("a page");
        to_local(page.summary.slot.expect("a time").start).date()
    };
    let on_that_day = async || board::page(&world.app, &desk, Some(day)).await.expect("a board");
    assert_eq!(taken(&on_that_day().await).len(), 1);
    let week = board::week(&world.app, &desk, Some(day)).await.expect("a week");
    let place_of_day = week.days.iter().position(|one| *one == day).expect("a working day");
    assert_eq!(week.rows.iter().map(|(_, cells)| cells[place_of_day].appointments).sum::<u32>(), 1);
    world.sql("update appointment set state = 'cancelled'").await;
    let board = on_that_day().await;
    assert_eq!((taken(&board).len(), board.free_minutes), (0, 3 * 510));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_kept_of_a_day_for_urgent_work_is_given_to_everybody_for_good(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    world.sql("update line_setting set urgent_reserve_percent = 100").await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    assert!(world.starts(&orderer, order).await.is_empty());
    let today = to_local(world.app.clock.now()).date();
    let day = today + Days::new(7);
    let kept = async || board::page(&world.app, &desk, Some(day)).await.expect("a board").reserved_minutes;
    assert_eq!(kept().await, Some(510));
    for _ in 0..2 {
        board::release_reserve(&world.app, &desk, day).await.expect("released");
    }
    assert_eq!(kept().await, None);
    let starts = world.starts(&orderer, order).await;
    assert!(!starts.is_empty() && starts.iter().all(|start| to_local(*start).date() == day), "{starts:?}");
    assert_eq!(world.id("select count(*) from reserve_release").await, 1);
    for nonsense in [today - Days::new(1), today + Days::new(61), NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(board::release_reserve(&world.app, &desk, nonsense).await, Err(Problem::NotFound), "{nonsense}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_has_left_stays_on_the_days_on_which_something_was_agreed(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    booked(&world, &place, Urgency::Urgent).await;
    world.sql("update staff set active = false where id in (select technician_id from appointment)").await;
    assert_eq!(today(&world, &desk).await.rows.len(), 3);
    let today = to_local(world.app.clock.now()).date();
    let tomorrow = board::page(&world.app, &desk, Some(today + Days::new(1))).await.expect("a board");
    assert_eq!(tomorrow.rows.len(), 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_day_that_no_calendar_has_is_not_found(pool: PgPool) {
    let world = line(pool).await;
    let desk = desk(&world).await;
    for date in [NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(board::page(&world.app, &desk, Some(date)).await, Err(Problem::NotFound));
        assert_eq!(board::week(&world.app, &desk, Some(date)).await, Err(Problem::NotFound));
    }
    assert!(world.staff(StaffRole::Technician).await.desk().is_err(), "technicians have their own day");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_address_that_names_no_day_and_no_request_is_not_answered_with_another(pool: PgPool) {
    let world = line(pool).await;
    let cookie = world.cookie(&world.staff(StaffRole::Dispatcher).await).await;
    let site = Site::serve(world.app.clone()).await;
    for page in ["/desk", "/desk?date=", "/desk?view=week", "/desk/appointments"] {
        assert_eq!(site.get(page, &cookie).await.status, 200, "{page}");
    }
    for nonsense in ["?date=2026-13-45", "?view=week&date=today", "?request=abc"] {
        assert_eq!(site.get(&format!("/desk{nonsense}"), &cookie).await.status, 404, "{nonsense}");
    }
    assert_eq!(site.get("/desk/appointments?from=2026-13-45", &cookie).await.status, 404);
}
