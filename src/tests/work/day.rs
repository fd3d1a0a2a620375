//! A technician's day against PostgreSQL: what it is made of, what runs late, what it comes to, and what it costs.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            calendar::DayKind,
            ids::{LoginId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::offers::Slot,
        people::members::StaffRole,
        work::{
            background::NextJob,
            day::{DayTotals, StretchKind},
            pages::WorkDay,
            segments::SegmentKind,
        },
    },
    server::{
        app::App,
        auth::{Caller, Person, Proof, Session, Technician},
        db::MIGRATIONS,
        service::work::{bench::page as work_page, day},
    },
};
use sqlx::PgPool;

use crate::support::{Bench, Meter, Site, World, appointment, at};

async fn today(world: &World, technician: &Technician) -> WorkDay {
    day::page(&world.app, technician, None).await.expect("a day")
}

async fn on(world: &World, technician: &Technician, date: &str) -> WorkDay {
    let date: NaiveDate = date.parse().expect("a date");
    day::page(&world.app, technician, Some(date)).await.expect("a day")
}

/// An instant of the Monday on which the world begins.
fn monday(wall: &str) -> DateTime<Utc> {
    at(&format!("2026-11-23T{wall}:00+01:00"))
}

fn told(day: &WorkDay) -> Vec<(DateTime<Utc>, DateTime<Utc>, StretchKind)> {
    day.stretches.iter().map(|stretch| (stretch.slot.start, stretch.slot.end, stretch.kind)).collect()
}

/// Technicians who have their lunch from half past eleven to noon.
async fn with_lunch(pool: PgPool) -> Bench {
    let bench = Bench::new(pool).await;
    bench.world.sql("update working_plan set ends = '11:30'").await;
    bench
        .world
        .sql("insert into working_plan select distinct technician_id, weekday, '12:00'::time, '15:30'::time from working_plan")
        .await;
    bench
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_day_is_its_appointments_its_gaps_and_its_break(pool: PgPool) {
    use StretchKind::{Break, Free};
    let bench = with_lunch(pool).await;
    let day = today(&bench.world, &bench.technician).await;
    let slot = day.appointments[0].slot;
    assert_eq!((slot.start, slot.end), (monday("08:15"), monday("09:15")));
    assert_eq!(
        told(&day),
        [
            (monday("08:00"), monday("08:15"), Free),
            (monday("09:15"), monday("11:30"), Free),
            (monday("11:30"), monday("12:00"), Break),
            (monday("12:00"), monday("15:30"), Free),
        ]
    );
    assert_eq!(day.totals, DayTotals { planned: 480, agreed: 60, done: 0, billed: 0 });
    // Who sees it is only who it is about.
    let other = bench.world.id(&format!("select min(id) from staff where id <> {}", bench.technician.id())).await;
    let other = today(&bench.world, &bench.world.technician(StaffId(other))).await;
    assert_eq!((other.appointments.len(), other.totals.agreed), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_day_comes_to_what_was_done_and_what_was_billed_for_it(pool: PgPool) {
    let bench = with_lunch(pool).await;
    bench.minutes(15);
    bench.start(SegmentKind::Waiting).await.expect("started");
    bench.minutes(3);
    bench.start(SegmentKind::Work).await.expect("switched over");
    bench.minutes(10);
    let runs = today(&bench.world, &bench.technician).await;
    assert_eq!((runs.totals.done, runs.totals.billed), (10, 0), "what runs counts, what waits does not");
    bench.pause().await;
    bench.close(true).await.expect("closed");
    let day = today(&bench.world, &bench.technician).await;
    assert_eq!(day.totals, DayTotals { planned: 480, agreed: 60, done: 10, billed: 20 });
    // What it did not need is free again.
    assert!(told(&day).contains(&(monday("08:28"), monday("11:30"), StretchKind::Free)), "{:?}", day.stretches);
    // Nothing of it belongs to the next day.
    let next = on(&bench.world, &bench.technician, "2026-11-24").await;
    assert_eq!(next.totals, DayTotals { planned: 480, ..DayTotals::default() });
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_absence_and_what_a_customer_holds_are_no_free_time(pool: PgPool) {
    use StretchKind::{Absent, Free, Held};
    let bench = with_lunch(pool).await;
    let me = bench.technician.id();
    // Nobody else is there, so the hold is this technician's.
    bench.world.sql(&format!("delete from working_plan where technician_id <> {me}")).await;
    let off = format!("insert into plan_exception (technician_id, during, kind, note) values ({me},");
    bench.world.sql(&format!("{off} '[2026-11-23 14:00+01, 2026-11-24 00:00+01)', 'off', 'lékař')")).await;
    let orderer = bench.place.boss.may_order().expect("an orderer");
    let draft = bench.world.order(&orderer, Urgency::Urgent).await;
    let start = monday("12:30");
    bench.world.pick(&orderer, draft, start).await.expect("a hold");
    let day = today(&bench.world, &bench.technician).await;
    let afternoon: Vec<_> = told(&day).into_iter().filter(|(from, ..)| *from >= monday("12:00")).collect();
    assert_eq!(
        afternoon,
        [
            (monday("12:00"), start, Free),
            (start, monday("13:30"), Held),
            (monday("13:30"), monday("14:00"), Free),
            (monday("14:00"), monday("15:30"), Absent),
        ]
    );
    assert_eq!(day.totals.planned, 390);
    assert!(day.week[0].is_absent && !day.week[1].is_absent);
    // An expired hold is free at once, whether or not a sweeper has run.
    bench.minutes(11);
    let day = today(&bench.world, &bench.technician).await;
    assert!(day.stretches.iter().all(|stretch| stretch.kind != Held), "{:?}", day.stretches);
}

/// Another appointment of the same technician, who has the first one.
async fn second(bench: &Bench) -> (RequestNumber, Slot) {
    for _ in 0..8 {
        let (number, technician) = appointment(&bench.world, &bench.place).await;
        if technician.id() == bench.technician.id() {
            let day = today(&bench.world, &bench.technician).await;
            let slot = day.appointments.iter().find(|one| one.number == number).expect("it is today").slot;
            return (number, slot);
        }
    }
    panic!("one of the next appointments is the same technician's");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_that_runs_late_says_whom_it_pushes_on_the_day_and_at_the_bench(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let (next, slot) = second(&bench).await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    let job = |late_by| Some(NextJob { number: next, slot, customer: "Škola".into(), late_by });
    assert_eq!(bench.page().await.background.next, job(0), "in time so far");
    assert_eq!(today(&bench.world, &bench.technician).await.delays, []);

    // Five minutes into the next one's time.
    bench.world.app.clock.advance(slot.start + TimeDelta::minutes(5) - bench.world.app.clock.now());
    let day = today(&bench.world, &bench.technician).await;
    let late: Vec<_> = day.delays.iter().map(|late| (late.number, late.minutes)).collect();
    let over = (bench.world.app.clock.now() - monday("09:15")).num_minutes();
    assert_eq!(late, [(bench.number, u32::try_from(over).expect("minutes")), (next, 5)]);
    assert_eq!(bench.page().await.background.next, job(5));
    // Tomorrow is not late for that, and neither is it the customer's to see.
    assert_eq!(on(&bench.world, &bench.technician, "2026-11-24").await.delays, []);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_week_shows_working_days_and_the_next_day_with_work_follows(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let monday = today(&bench.world, &bench.technician).await;
    let dates: Vec<_> = monday.week.iter().map(|day| day.date.to_string()).collect();
    assert_eq!(dates, ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]);
    assert_eq!((monday.week[0].appointments, monday.week[1].appointments), (1, 0));
    assert_eq!(monday.following.map(|day| (day.date.to_string(), day.free_minutes)), Some(("2026-11-24".into(), 510)));

    let saturday = on(&bench.world, &bench.technician, "2026-11-28").await;
    assert_eq!((saturday.kind, saturday.stretches.len(), saturday.week.len()), (DayKind::Weekend, 0, 6));
    assert_eq!(saturday.following.map(|day| day.date.to_string()).as_deref(), Some("2026-11-30"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_day_of_many_appointments_takes_as_many_statements_as_that_of_one(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let meter = Meter::new(&bench.world).await;
    let day = async || {
        let page = async |app: &App| day::page(app, &bench.technician, None).await.expect("a day");
        meter.cost(page).await
    };
    let one = day().await;
    bench
        .world
        .sql(
            "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select customer_id, request_id, technician_id,
                    tstzrange(lower(during) + n * interval '2 minutes', lower(during) + (n + 1) * interval '2 minutes'),
                    urgency, 'done'
             from appointment, generate_series(1, 200) n",
        )
        .await;
    let many = day().await;
    println!("/work with 1 appointment: {one:?}; with 201: {many:?}");
    assert!(one.statements > 2, "the statements are counted");
    assert_eq!(one.statements, many.statements, "as many statements");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_day_and_the_bench_of_a_technician_of_long_standing_cost_what_those_of_a_new_one_do(pool: PgPool) {
    let bench = Bench::new(pool).await;
    // Of a request of its own: what the bench says of its request is another matter.
    let (other, _) = second(&bench).await;
    let past = |from: u32, until: u32| {
        format!(
            "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select customer_id, request_id, technician_id,
                    tstzrange(lower(during) - n * interval '2 hours' - interval '7 days',
                              upper(during) - n * interval '2 hours' - interval '7 days'),
                    urgency, case when n % 10 = 0 then 'cancelled' else 'done' end
             from (select a.* from appointment a join service_request r on r.id = a.request_id
                   where r.number = '{other}' and a.state = 'confirmed') one, generate_series({from}, {until}) n"
        )
    };
    let cost = async || {
        let meter = Meter::new(&bench.world).await;
        let day = async |app: &App| day::page(app, &bench.technician, None).await.expect("a day");
        let work = async |app: &App| work_page(app, &bench.technician, bench.number).await.expect("the workbench");
        (meter.cost(day).await, meter.cost(work).await)
    };
    // So many that an index pays.
    bench.world.sql(&past(1, 500)).await;
    let some = cost().await;
    bench.world.sql(&past(501, 5_000)).await;
    let many = cost().await;
    println!("/work and a bench after 500 appointments: {some:?}; after 5,000: {many:?}");
    // One look at all of them would be thousands.
    assert!(many.0.rows < some.0.rows + 500, "the day reads {} rows, {} before", many.0.rows, some.0.rows);
    assert!(many.1.rows < some.1.rows + 500, "the bench reads {} rows, {} before", many.1.rows, some.1.rows);
}

/// The cookie of the technician who has the appointment.
async fn signed_in(bench: &Bench) -> String {
    let id = bench.technician.id();
    let login = "insert into login (email, password_hash, staff_id) values ('technik@example.com', '$argon2id$none',";
    let login = LoginId(bench.world.id(&format!("{login} {id}) returning id")).await);
    let person = Person::Staff { id, name: "T".into(), roles: StaffRole::Technician.into() };
    let session =
        Session { id: bench.world.app.random.uuid(), login, email: String::new(), person, proof: Proof::WHOLE };
    bench.world.cookie(&Caller(Some(session))).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_page_of_a_day_says_in_words_what_it_is_made_of(pool: PgPool) {
    let bench = with_lunch(pool).await;
    let (next, _) = second(&bench).await;
    let technician = signed_in(&bench).await;
    let site = Site::serve(bench.world.app.clone()).await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(67);
    let day = site.get("/work", &technician).await;
    assert_eq!(day.status, 200);
    let said = day.body.replace('\u{a0}', " ");
    for words in [
        "teď 9:22",
        "přestávka",
        "přetahuje o 7 min",
        "Zpoždění posouvá další termíny",
        "V plánu",
        "aria-current=\"date\"",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let page = site.get(&format!("/work/{}", bench.number), &technician).await;
    assert!(page.body.contains(&format!("href=\"/work/{next}\"")), "the next job is one step away");
    let said = page.body.replace('\u{a0}', " ");
    for words in ["Co se tu dělalo naposledy", "Odhad a strop", "Zákazníkovi by se teď účtovalo", "Pak dnes v 9:15"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    for customers in ["zaplatíte", "vám zbude", "nic nestojí"] {
        assert!(!said.contains(customers), "{customers} is said to a customer");
    }
}
