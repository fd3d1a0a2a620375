//! What the board and the queue cost of a large line: as many statements as of a small one, and of a longer queue
//! no more rows than are shown; weight and time are printed.

use chrono::Days;
use linka::{
    model::{
        base::{calendar::to_local, terms::Urgency},
        people::members::StaffRole,
        work::{cases::CaseAct, chosen::ChosenAct, lanes::QueueView},
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::work::{board, cases, consequences, lanes},
    },
};
use sqlx::PgPool;

use super::lanes::{booked, line};
use crate::support::{Meter, Place, Site, World, short_or_long};

/// So many agreed times of a customer in the week from the next Monday on, four a day for each of the technicians there are, as far as
/// they go round, and so many requests that wait.
async fn week(world: &World, place: &Place, appointments: i64, waiting: i64) {
    world
        .sql(&format!(
            "with template as (select * from service_request where customer_id = {customer} and state = 'scheduled' limit 1),
                  request as (
                      insert into service_request (id, customer_id, member_id, number, state, program_id, work_type_id, urgency,
                          what_happened, contact_name, contact_phone, ready, created_at, submitted_at)
                      select gen_random_uuid(), t.customer_id, t.member_id, next_request_number(2026),
                             case when n > {appointments} then 'waiting' else 'scheduled' end, t.program_id, t.work_type_id,
                             'normal', 'Nejde tisk stravenek.', 'Jana', '+420601234567', true, t.created_at, t.submitted_at
                      from template t, generate_series(1, {appointments} + {waiting}) n
                      returning id, state),
                  placed as (
                      select id, row_number() over (order by id) - 1 as n from request where state = 'scheduled'),
                  crew as (
                      select id, row_number() over (order by id) - 1 as place, count(*) over () as size
                      from staff where 'technician' = any (roles))
             insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select {customer}, p.id, c.id,
                    tstzrange(start, start + interval '75 minutes'), 'normal', 'confirmed'
             from placed p
             join crew c on c.place = p.n % c.size,
             lateral (select timestamptz '2026-11-30 07:00+01' + (p.n / c.size / 4) * interval '1 day'
                             + (p.n / c.size % 4) * interval '2 hours' as start) s",
            customer = place.customer
        ))
        .await;
}

/// What each of the desk's pages costs.
async fn costs(world: &World, desk: &Desk) -> Vec<(&'static str, usize, i64)> {
    let monday = to_local(world.app.clock.now()).date() + Days::new(7);
    let number = booked(world, &world.place("Jiná").await, Urgency::Urgent).await;
    let times = cases::act_page(&world.app, desk, number, CaseAct::Time, None).await.expect("times").times;
    let start = times[times.len() / 2].slot.start;
    let meter = Meter::new(world).await;
    let day = meter.cost(async |app| board::page(app, desk, Some(monday)).await.expect("a board")).await;
    let week = meter.cost(async |app| board::week(app, desk, Some(monday)).await.expect("a week")).await;
    let queue = meter.cost(async |app| lanes::page(app, desk, QueueView::All, true).await.expect("a queue")).await;
    let chosen = ChosenAct::Time { start, technician: None };
    let act = meter.cost(async |app| consequences::page(app, desk, number, chosen).await.expect("a preview")).await;
    [("day", day), ("week", week), ("queue", queue), ("what a move means", act)]
        .map(|(page, cost)| (page, cost.statements, cost.rows))
        .into()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_board_of_fifty_technicians_takes_as_many_statements_as_that_of_three(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("Škola").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    booked(&world, &place, Urgency::Urgent).await;
    week(&world, &place, 12, 105).await;
    let small = costs(&world, &desk).await;

    world.technicians(47, "07:00", "15:30").await;
    world
        .sql("insert into customer (name, ico, created_at) select 'Zákazník ' || n, lpad((80000000 + n)::text, 8, '0'), now()
              from generate_series(1, 10000) n")
        .await;
    world.sql("delete from appointment where state = 'confirmed' and lower(during) > '2026-11-30'").await;
    world
        .sql("update service_request set state = 'cancelled' where state = 'scheduled' and number > '2026-000001'")
        .await;
    week(&world, &place, 1_000, 395).await;
    let large = costs(&world, &desk).await;
    for ((page, few, rows), (_, many, of_many)) in small.iter().zip(&large) {
        println!(
            "{page}: {few} statements, {rows} rows of a small line; {many} statements, {of_many} rows of a large one"
        );
        assert_eq!(few, many, "{page}: as many statements");
        // A hundred lines are shown of both, and the others are counted in an index. That a table of some hundred rows may be read as a
        // whole is as the planner likes it; reading all that waits would take five times as much.
        assert!(*page != "queue" || *of_many < 2 * rows, "{page}: {of_many} rows instead of {rows}");
    }
    let cookie = world.cookie(&dispatcher).await;
    // For the median.
    let times = short_or_long(3, 21);
    printed(&world, &cookie, &["/desk?date=2026-11-30", "/desk?view=week&date=2026-11-30", "/desk/queue"], times).await;
    // A closed day displaces two hundred: more than are proposed at a time. Each is placed and ten are rehearsed, so once is enough.
    world.sql("insert into closure (date, reason) values ('2026-11-30', 'Stěhování')").await;
    printed(&world, &cookie, &["/desk/displaced"], 1).await;
}

/// Prints how heavy the pages are, and how long they take.
async fn printed(world: &World, cookie: &str, pages: &[&str], how_often: usize) {
    let site = Site::serve(world.app.clone()).await;
    for page in pages {
        let (mut weight, mut times) = (0, Vec::new());
        for _ in 0..how_often {
            let from = tokio::time::Instant::now();
            let answer = site.get(page, cookie).await;
            times.push(from.elapsed());
            assert_eq!(answer.status, 200, "{page}");
            weight = answer.body.len();
        }
        times.sort_unstable();
        println!("{page}: {} kB, median {} ms", weight / 1_000, times[how_often / 2].as_millis());
    }
}
