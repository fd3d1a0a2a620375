//! The demo tells a year that adds up.

use std::{collections::BTreeMap, fs};

use linka::{
    model::{
        minutes::{alerts::AlertKind, usage::Forecast},
        money::{advice::Advice, pages::UsagePage},
        ordering::{
            appointments::AppointmentState,
            imports::{Counts, ImportKind},
        },
        problem::Problem,
        work::{contests::ContestState, pages::MissedCase},
    },
    server::{
        app::App,
        auth::{Caller, Proof, Session},
        clock::Clock,
        db::{MIGRATIONS, people::accounts},
        demo,
        service::{
            minutes::{contracts, usage},
            ordering::{exports, imports},
            upkeep,
            work::{contests, day, missed},
        },
        sheets::SourceFile,
    },
};
use sqlx::PgPool;

use super::support::{World, another_database, at, drop_database};

const MONDAY_8: &str = "2026-11-23T08:00:00+01:00";

const SCHOOL: &str = "vedouci@skola-lipova.example";
const OFFICE: &str = "info@urad-dolany.example";
const CANTEEN: &str = "jidelna@zs-horni.example";
const TECHNICIAN: &str = "technik1@linka.example";
const DISPATCHER: &str = "dispecer@linka.example";

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_year_is_told_that_adds_up(pool: PgPool) {
    let app = loaded(pool, MONDAY_8).await;
    assert_eq!(upkeep::audit_ledger(&app).await, Ok(Vec::new()));
    let mails = sqlx::query_scalar::<_, i64>("select count(*) from mail").fetch_one(app.db.pool()).await;
    assert_eq!(mails.expect("a count"), 0, "nobody is told of the past");
    let agreed_with_nobody = "select count(*) from service_request r where state = 'scheduled'
        and not exists (select from appointment a where a.request_id = r.id)";
    let agreed_with_nobody = sqlx::query_scalar::<_, i64>(agreed_with_nobody).fetch_one(app.db.pool()).await;
    assert_eq!(agreed_with_nobody.expect("a count"), 0, "nothing is agreed with whoever is away");

    let school = page(&app, SCHOOL).await;
    assert_eq!(school.by_month.len(), 12);
    assert!(school.by_month.iter().all(|month| month.interventions > 0), "{:?}", school.by_month);
    assert!(school.by_program.len() == 3 && school.by_member.len() == 3 && school.by_work_type.len() > 4);
    assert!(school.by_month.iter().any(|month| month.over_minutes > 0), "once there was too little");
    let forecast = school.burn_down.expect("a course").forecast;
    assert!(matches!(forecast, Forecast::Lasts { .. } | Forecast::RunsOut { .. }), "{forecast:?}");
    assert!(school.pools.iter().any(|pool| pool.reserved > 0), "for what is agreed: {:?}", school.pools);
    assert_eq!((school.alert, school.reserved_over), (None, 0));
    assert!(matches!(school.advice, Some(Advice::Wait { .. })), "its contract brings enough: {:?}", school.advice);

    let office = page(&app, OFFICE).await;
    assert_eq!(office.advice.and_then(|advice| advice.bundle()).map(|bundle| bundle.minutes), Some(300));
    let canteen = page(&app, CANTEEN).await;
    assert_eq!(canteen.alert.map(|alert| (alert.kind, alert.left)), Some((AlertKind::Used80, 21)));

    let desk = caller(&app, DISPATCHER).await.desk().expect("a dispatcher");
    let contests = contests::open(&app, &desk).await.expect("the queue");
    assert_eq!(contests.rows.iter().map(|case| case.contest.state).collect::<Vec<_>>(), [ContestState::Open]);
    let staff = caller(&app, DISPATCHER).await.staff().expect("staff");
    let missed = missed::waiting(&app, &staff).await.expect("the lane");
    let before_today = |case: &&MissedCase| case.appointment.slot.start < at("2026-11-23T00:00:00+01:00");
    let missed: Vec<_> = missed.rows.iter().filter(before_today).map(|case| case.is_called_off).collect();
    assert_eq!(missed, [false], "one that we missed, beside those of today's morning");
    let customers = contracts::customers(&app, &desk, "Lipová", None).await.expect("customers");
    let school = contracts::customer(&app, &desk, customers.page.rows[0].id).await.expect("the school");
    assert_eq!(school.contracts[0].0.terms.ceiling_minutes, Some(90), "amended since it was signed");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_over_today_is_closed_and_nothing_runs(pool: PgPool) {
    let app = loaded(pool, "2026-11-24T13:00:00+01:00").await;
    let technician = caller(&app, TECHNICIAN).await.technician().expect("a technician");
    let day = day::page(&app, &technician, None).await.expect("a day");
    assert!(day.running.is_none() && day.left_open.is_empty());
    let now = app.clock.now();
    for appointment in day.appointments {
        assert_eq!(appointment.state == AppointmentState::Done, appointment.slot.end < now, "{appointment:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn loading_twice_or_at_once_changes_nothing(pool: PgPool) {
    let world = World::empty(pool).await;
    let (one, other) = tokio::join!(demo::load(&world.app), demo::load(&world.app));
    one.and(other).expect("one of them has loaded it");
    let first = counts(&world).await;
    demo::load(&world.with_clock(Clock::manual(at("2027-01-04T08:00:00+01:00")))).await.expect("nothing to do");
    assert_eq!(counts(&world).await, first);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_interrupted_load_goes_on_where_it_stopped(pool: PgPool) {
    let world = World::empty(pool).await;
    // Something goes wrong in the middle of the year.
    world
        .sql(
            "create function stumble() returns trigger language plpgsql as $$
              begin if (select count(*) from receipt) = 20 then raise 'stumbled'; end if; return new; end $$",
        )
        .await;
    world.sql("create trigger stumble before insert on receipt for each row execute function stumble()").await;
    demo::load(&world.app).await.expect_err("it is stopped");
    assert_eq!(world.id("select count(*) from receipt").await, 20);
    assert_eq!(world.id("select count(*) from login").await, 0, "nobody gets into half a demo");

    world.sql("drop function stumble() cascade").await;
    let later = world.with_clock(Clock::manual(at("2026-11-25T08:00:00+01:00")));
    demo::load(&later).await.expect("the rest");
    assert_eq!(upkeep::audit_ledger(&later).await, Ok(Vec::new()));
    let waiting = "select count(*) from appointment where state in ('confirmed', 'running') and upper(during) < ";
    assert_eq!(world.id(&format!("{waiting} '{MONDAY_8}'")).await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn any_day_can_be_the_first(pool: PgPool) {
    let app = loaded(pool, "2027-01-04T08:00:00+01:00").await;
    assert_eq!(upkeep::audit_ledger(&app).await, Ok(Vec::new()));
    assert_eq!(page(&app, SCHOOL).await.by_month.len(), 12);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_days_of_the_examples_hold_for_years(pool: PgPool) {
    let now = "2031-08-04T08:00:00+02:00";
    let app = loaded(pool, now).await;
    assert_eq!(upkeep::audit_ledger(&app).await, Ok(Vec::new()));
    assert!(page(&app, SCHOOL).await.by_month.iter().any(|month| month.over_minutes > 0), "as in any other year");
    let agreed = "select count(*) from service_request r join appointment a on a.request_id = r.id
                  where r.external_key in ('A1', 'A2') and a.state = 'confirmed' and lower(a.during) > $1";
    let agreed = sqlx::query_scalar::<_, i64>(agreed).bind(at(now)).fetch_one(app.db.pool()).await;
    assert_eq!(agreed.expect("a count"), 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_clock_may_be_set_to_before_the_first_contract(pool: PgPool) {
    let app = loaded(pool, "2025-06-02T08:00:00+02:00").await;
    assert_eq!(upkeep::audit_ledger(&app).await, Ok(Vec::new()));
}

/// In what the demo has gone on since: it has drawn minutes, agreed times, used numbers and been away, and its price is a year old.
const MOVED_ON: [ImportKind; 6] = [
    ImportKind::Series,
    ImportKind::Prices,
    ImportKind::Balances,
    ImportKind::Appointments,
    ImportKind::Absences,
    ImportKind::Closures,
];

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_examples_give_a_vendor_what_the_demo_has(pool: PgPool) {
    let demo = tables(&loaded(pool.clone(), MONDAY_8).await).await;
    let there = another_database(&pool).await;
    {
        let vendor = World::bare(there.clone()).await;
        let report = imports::import(&vendor.app, None, &examples(), false).await.expect("an import");
        assert_eq!(report.problems, []);
        let vendors = tables(&vendor.app).await;
        for kind in ImportKind::ALL {
            if !MOVED_ON.contains(kind) {
                assert_eq!(vendors[kind.code()], demo[kind.code()], "{kind}");
            }
        }
        assert_eq!(
            vendor.id("select count(*) from login where password_hash is not null").await,
            0,
            "nobody is let in"
        );
        vendor.app.db.close().await;
    }
    drop_database(&pool, there).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn importing_the_examples_over_the_demo_changes_nothing(pool: PgPool) {
    let app = loaded(pool, MONDAY_8).await;
    let before = tables(&app).await;
    let report = imports::import(&app, None, &examples(), false).await.expect("an import");
    assert_eq!(report.problems, []);
    assert_eq!(report.total(), Counts { same: report.total().same, ..Counts::default() }, "{:?}", report.tables);
    assert_eq!(tables(&app).await, before);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_with_an_address_can_sign_in_and_all_technicians_are_among_them(pool: PgPool) {
    let app = loaded(pool, MONDAY_8).await;
    let count = async |statement: &'static str| {
        sqlx::query_scalar::<_, i64>(statement).fetch_one(app.db.pool()).await.expect("a count")
    };
    assert_eq!(count("select count(*) from login where password_hash is null").await, 0);
    let technicians =
        "select count(*) from staff s join login l on l.staff_id = s.id where 'technician' = any (s.roles)";
    assert_eq!(count(technicians).await, 6);
    assert_eq!(count("select count(*) from login").await, 7 + 2 + 6, "customers' people, the desk, technicians");
}

/// The files of `examples/import`, but for where numbers go on: those of the demo are its own.
fn examples() -> Vec<SourceFile> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/import");
    let files = fs::read_dir(directory).expect("examples").map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        SourceFile { name, bytes: fs::read(&path).expect("a file") }
    });
    files.filter(|file| file.name != "series.csv").collect()
}

/// Everything as an export writes it, by the names of the tables.
async fn tables(app: &App) -> BTreeMap<String, String> {
    let mut tables = BTreeMap::new();
    let exported = exports::export::<Problem>(app, None, |file| {
        if let Some(name) = file.name.strip_suffix(".csv") {
            tables.insert(name.to_owned(), String::from_utf8(file.bytes).expect("UTF-8"));
        }
        Ok(())
    });
    exported.await.expect("an export");
    tables
}

async fn loaded(pool: PgPool, now: &str) -> App {
    let world = World::bare(pool).await;
    let app = world.with_clock(Clock::manual(at(now)));
    Box::pin(demo::load(&app)).await.expect("the demo");
    app
}

/// Somebody of the demo, signed in.
async fn caller(app: &App, email: &str) -> Caller {
    let mut tx = app.db.system().await.expect("a transaction");
    let login = accounts::login(&mut tx, email).await.expect("an answer").expect("a sign-in");
    let (id, email) = (app.random.uuid(), email.to_owned());
    Caller(Some(Session { id, login: login.id, email, person: login.person, proof: Proof::WHOLE }))
}

async fn page(app: &App, email: &str) -> UsagePage {
    let viewer = caller(app, email).await.may_see_billing().expect("a viewer");
    usage::page(app, &viewer).await.expect("a page")
}

async fn counts(world: &World) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in ["customer", "member", "login", "service_request", "appointment", "receipt", "ledger_entry", "contest"]
    {
        counts.push(world.id(&format!("select count(*) from {table}")).await);
    }
    counts
}
