//! Figures (design, Figures): what the database sums is what the ledger, receipts and requests say, and what is downloaded is what is
//! shown.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use linka::{
    model::{
        base::{calendar::to_local, numbers::RequestNumber, terms::Urgency},
        paths,
        people::members::StaffRole,
        work::{
            figures::{Figure, FiguresKind, FiguresPage, LineName, Step},
            segments::SegmentKind,
        },
    },
    server::{
        auth::Caller,
        db::MIGRATIONS,
        service::{
            upkeep,
            work::{clock, closing, figures, missed},
        },
    },
    ui::{figure_words, texts::Locale},
};
use reqwest::header;
use sqlx::PgPool;

use crate::support::{Site, World, at};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

async fn shown(world: &World, from: &str, until: &str, step: Step) -> FiguresPage {
    let manager = world.staff(StaffRole::Manager).await;
    page(world, &manager, from, until, step).await
}

async fn page(world: &World, caller: &Caller, from: &str, until: &str, step: Step) -> FiguresPage {
    let desk = caller.desk().expect("of the desk");
    figures::page(&world.app, &desk, Some(date(from)), Some(date(until)), Some(step)).await.expect("the figures")
}

/// November by month: of the whole, a figure of a table.
async fn november(world: &World, kind: FiguresKind, figure: Figure) -> Option<i64> {
    of(&shown(world, "2026-11-01", "2026-11-30", Step::Month).await, kind, figure)
}

fn of(page: &FiguresPage, kind: FiguresKind, figure: Figure) -> Option<i64> {
    page.tables.iter().find(|table| table.kind == kind).expect("the table").total.of(figure)
}

/// An urgent order of Monday at 8:00, whose first time is agreed at a place in what is on offer; the target is over on Tuesday at
/// 7:30. When it was agreed for.
async fn urgent(world: &World, nth: impl Fn(&[DateTime<Utc>]) -> usize) -> (RequestNumber, DateTime<Utc>) {
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Urgent).await;
    let starts = world.starts(&orderer, order).await;
    let start = starts[nth(&starts)];
    (world.book(&orderer, order, start).await.expect("a booking"), start)
}

async fn come(world: &World, number: RequestNumber, when: DateTime<Utc>) {
    world.app.clock.advance(when - world.app.clock.now());
    let technician = world.technician_of(number).await;
    let key = world.app.random.uuid();
    clock::start(&world.app, &technician, number, Some(SegmentKind::Work), key).await.expect("begun");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_who_picks_a_later_time_breaks_no_promise(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (number, start) = urgent(&world, |starts| starts.len() - 1).await;
    assert!(start > at("2026-11-24T07:40:00+01:00"), "later than the target");
    come(&world, number, start + TimeDelta::minutes(2)).await;
    let kept = |figure| november(&world, FiguresKind::Promises, figure);
    assert_eq!((kept(Figure::Kept).await, kept(Figure::Broken).await), (Some(1), Some(0)));
    assert_eq!(kept(Figure::KeptShare).await, Some(100));
    assert_eq!(kept(Figure::ToAgreed).await, Some(0), "agreed while it was ordered");
    world.sql("update service_request set first_offer = null").await;
    assert_eq!((kept(Figure::Kept).await, kept(Figure::Broken).await), (Some(0), Some(0)), "nobody can tell");
    // Had nothing else been on offer, the time would have come too late.
    world.sql(&format!("update service_request set first_offer = '{start}'")).await;
    assert_eq!((kept(Figure::Kept).await, kept(Figure::Broken).await), (Some(0), Some(1)));
    assert_eq!(kept(Figure::KeptShare).await, Some(0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_promise_is_open_until_it_is_kept_or_broken(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (number, start) = urgent(&world, |_| 0).await;
    let promised = |figure| november(&world, FiguresKind::ByTier, figure);
    assert_eq!((promised(Figure::Requests).await, promised(Figure::KeptShare).await), (Some(1), None));
    come(&world, number, start + TimeDelta::minutes(1)).await;
    assert_eq!((promised(Figure::Kept).await, promised(Figure::ToStarted).await), (Some(1), Some(16)));
    assert_eq!(november(&world, FiguresKind::Promises, Figure::UrgentShare).await, Some(100));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_another_system_agreed_is_no_promise_of_ours(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    urgent(&world, |_| 0).await;
    world.sql("update service_request set external_key = 'stary-1'").await;
    assert_eq!(november(&world, FiguresKind::Promises, Figure::Requests).await, Some(0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn times_that_were_missed_count_for_whoever_missed_them_written_down_or_not(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (_, start) = urgent(&world, |_| 0).await;
    let missed_by = |figure| november(&world, FiguresKind::Load, figure);
    assert_eq!((missed_by(Figure::Agreed).await, missed_by(Figure::Missed).await), (Some(60), Some(0)));
    world.app.clock.advance(start - world.app.clock.now() + TimeDelta::minutes(11));
    assert_eq!(missed_by(Figure::Missed).await, Some(1), "nobody has written it down");
    missed::note_all(&world.app).await.expect("noted");
    assert_eq!((missed_by(Figure::Missed).await, missed_by(Figure::NoShows).await), (Some(1), Some(0)));
    // Called off ahead of its time, it was missed by nobody and took nobody's time.
    world.sql("update appointment set missed_at = lower(during) - interval '1 hour'").await;
    assert_eq!((missed_by(Figure::Agreed).await, missed_by(Figure::Missed).await), (Some(0), Some(0)));
    world.sql("update appointment set state = 'no_show', missed_at = null").await;
    assert_eq!((missed_by(Figure::Missed).await, missed_by(Figure::NoShows).await), (Some(0), Some(1)));
}

/// Work of different lengths that was closed on different days of two months.
async fn closed_over_weeks(world: &World, pieces: i64) {
    let place = world.place("Škola").await;
    world.contract(place.customer, 60).await;
    upkeep::credit_periods(&world.app).await.expect("the quarter's minutes");
    for piece in 0..pieces {
        let work = world.work_under_way(&place, 1, 5 + (piece * 37) % 90).await.remove(0);
        let key = world.app.random.uuid();
        closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
        world.app.clock.advance(TimeDelta::hours(31 + piece % 50));
    }
}

/// What the ledger says was drawn and charged from one day to another, less what came back.
async fn in_the_ledger(world: &World, from: NaiveDate, until: NaiveDate) -> i64 {
    world
        .id(&format!(
            "select coalesce(sum(over_minutes - minutes), 0) from ledger_entry
             where intervention_id is not null
               and (at at time zone 'Europe/Prague')::date between '{from}' and '{until}'"
        ))
        .await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn billed_minutes_are_the_ledgers_in_every_period_and_in_all(pool: PgPool) {
    let world = World::new(pool).await;
    closed_over_weeks(&world, 30).await;
    let until = to_local(world.app.clock.now()).date().to_string();
    for step in [Step::Week, Step::Month] {
        let page = shown(&world, "2026-11-23", &until, step).await;
        let table = page.tables.iter().find(|table| table.kind == FiguresKind::Minutes).expect("the minutes");
        assert!(table.lines.len() > 1, "several periods");
        for line in &table.lines {
            let LineName::Period(period) = &line.name else { panic!("{:?} is no period", line.name) };
            let in_ledger = in_the_ledger(&world, period.first, period.last).await;
            assert_eq!(line.figures.of(Figure::Billed), Some(in_ledger), "{period:?}");
        }
        let all = in_the_ledger(&world, date("2026-11-23"), date(&until)).await;
        for kind in [FiguresKind::Minutes, FiguresKind::ByWorkType, FiguresKind::ByProgram] {
            assert_eq!(of(&page, kind, Figure::Billed), Some(all), "{kind}");
            assert_eq!(of(&page, kind, Figure::Interventions), Some(30), "{kind}");
        }
        let top_up = of(&page, FiguresKind::Minutes, Figure::TopUp).expect("a number");
        let expected: i64 = (0..30).map(|piece| (20 - (5 + (piece * 37) % 90)).max(0)).sum();
        assert_eq!(top_up, expected, "what the minimum of 20 added");
    }
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_correction_counts_by_what_it_made_of_the_time_and_an_objection_is_none(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.work_under_way(&place, 1, 30).await;
    // Waiting became forty minutes of work, and these thirty; the last is of an objection.
    for (before, minutes, key) in
        [("waiting", 30, "gen_random_uuid()"), ("work", 40, "gen_random_uuid()"), ("work", 30, "null")]
    {
        world
            .sql(&format!(
                "insert into segment_correction (customer_id, segment_id, at, staff_id, reason, kind_before,
                                                 started_at_before, ended_at_before, key)
                 select customer_id, id, '2026-11-24T10:00:00+01:00', technician_id, 'Oprava', '{before}',
                        ended_at - {minutes} * interval '1 minute', ended_at, {key} from time_segment"
            ))
            .await;
    }
    let corrected = |figure| november(&world, FiguresKind::Minutes, figure);
    assert_eq!(corrected(Figure::Corrections).await, Some(2));
    assert_eq!((corrected(Figure::Added).await, corrected(Figure::Taken).await), (Some(40), Some(10)));
    world.sql("update time_segment set kind = 'our_fault'").await;
    assert_eq!(corrected(Figure::OurFault).await, Some(30));
    let worked = november(&world, FiguresKind::ByTechnician, Figure::Worked).await;
    assert_eq!(worked, Some(30), "that is work, too");
}

/// What stands in the cells of a page's tables, in order.
fn cells(html: &str) -> Vec<String> {
    let cells = html.split("<td ").skip(1).map(|rest| {
        let (_, rest) = rest.split_once('>').expect("a cell");
        let (cell, _) = rest.split_once("</td>").expect("its end");
        cell.trim().to_owned()
    });
    cells.collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn page_and_table_show_the_same_numbers(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    closed_over_weeks(&world, 6).await;
    let manager = world.staff(StaffRole::Manager).await;
    let cookie = world.cookie(&manager).await;
    let site = Site::serve(world.app.clone()).await;
    let query = "?from=2026-11-16&until=2026-12-06&step=week";
    let page = page(&world, &manager, "2026-11-16", "2026-12-06", Step::Week).await;
    let tables = page.tables.iter().map(|table| {
        let lines = table.lines.iter().map(|line| &line.figures).chain([&table.total]);
        let values =
            lines.flat_map(|values| table.kind.figures().iter().map(move |figure| (*figure, values.of(*figure))));
        // A table without lines is not shown at all.
        (!table.lines.is_empty(), values.collect::<Vec<_>>())
    });
    let tables: Vec<_> = tables.collect();

    let html = site.get(&format!("{}{query}", paths::FIGURES), &cookie).await;
    assert_eq!(html.status, 200, "{}", html.body);
    let shown = tables.iter().filter(|(is_shown, _)| *is_shown).flat_map(|(_, values)| values);
    let shown: Vec<_> = shown.map(|(figure, value)| figure_words::value(Locale::Cs, *figure, *value)).collect();
    assert!(shown.len() > 100);
    assert_eq!(cells(&html.body), shown);

    let csv = site.get(&format!("{}{query}", paths::FIGURES_CSV), &cookie).await;
    assert_eq!(csv.status, 200);
    assert!(
        csv.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("ASCII")
            .contains("line-figures-2026-11-16-2026-12-06.csv")
    );
    let told: Vec<_> = csv.body.lines().skip(1).filter_map(|line| line.rsplit(';').next()).collect();
    let expected = tables.iter().flat_map(|(_, values)| values);
    let expected: Vec<_> =
        expected.map(|(_, value)| value.map_or_else(String::new, |value| value.to_string())).collect();
    assert_eq!(told, expected);
    assert!(!csv.body.contains("Škola") && !html.body.contains("Škola"), "no customer is in them");

    let workbook = site.get(&format!("{}{query}", paths::FIGURES_XLSX), &cookie).await;
    assert_eq!(workbook.status, 200);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn dispatchers_see_the_figures_but_not_what_each_technician_did(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    closed_over_weeks(&world, 1).await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let page = page(&world, &dispatcher, "2026-11-01", "2026-11-30", Step::Month).await;
    assert!(page.tables.iter().all(|table| table.kind != FiguresKind::ByTechnician));
    let cookie = world.cookie(&dispatcher).await;
    let site = Site::serve(world.app.clone()).await;
    let csv = site.get(&format!("{}?from=2026-11-01&until=2026-11-30", paths::FIGURES_CSV), &cookie).await;
    assert!(csv.status == 200 && !csv.body.contains("T0"), "{}", csv.body);
    let technician = world.staff(StaffRole::Technician).await;
    let cookie = world.cookie(&technician).await;
    for path in [paths::FIGURES, paths::FIGURES_CSV, paths::FIGURES_XLSX] {
        assert_eq!(site.get(path, &cookie).await.status, 403, "{path}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn days_without_anything_say_so_and_too_many_are_cut(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await;
    let cookie = world.cookie(&manager).await;
    let site = Site::serve(world.app.clone()).await;
    let empty = site.get(&format!("{}?from=2026-03-28&until=2026-03-30&step=week", paths::FIGURES), &cookie).await;
    assert!(empty.status == 200 && empty.body.contains("nic nestalo"), "{}", empty.body);
    let cut = site.get(&format!("{}?from=2001-01-01&until=2026-11-30", paths::FIGURES), &cookie).await;
    assert!(cut.status == 200 && cut.body.contains("proto čísla začínají"), "{}", cut.body);
    let left_empty = site.get(&format!("{}?from=&until=&step=", paths::FIGURES), &cookie).await;
    assert_eq!(left_empty.status, 200);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_day_that_is_none_is_told_beside_its_field_over_the_usual_period(pool: PgPool) {
    let world = World::new(pool).await;
    let caller = world.staff(StaffRole::Dispatcher).await;
    let (cookie, site) = (world.cookie(&caller).await, Site::serve(world.app.clone()).await);
    let shown = site.get("/desk/figures?from=abc&until=2026-11-30", &cookie).await;
    assert_eq!(shown.status, 422);
    for expected in ["id=\"from-error\"", "To není datum", "name=\"from\" value=\"2026-09-01\""] {
        assert!(shown.body.contains(expected), "{expected}: {}", shown.body);
    }
    assert!(!shown.body.contains("id=\"until-error\""));
    assert_eq!(site.get("/desk/figures", &cookie).await.status, 200);
}
