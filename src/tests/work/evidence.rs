//! Evidence: reports are taken once and placed, told beside the clock, taken over on one tap, and never change a minute by themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            ids::{AppointmentId, StaffId},
            seen::Seen,
        },
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::{
            connection_reports::{ConnectionsPage, Loose},
            corrections::CorrectionSource,
            evidence::{Finding, Place, StopAtEnd, TakeOver},
            forgotten::LikelyEnd,
            interventions::WorkRefused,
            segments::SegmentKind,
        },
    },
    server::{
        auth::Corrector,
        db::MIGRATIONS,
        service::work::{
            bench,
            clock::{self, TypedEnd},
            connection_reports, corrections, teamviewer,
        },
    },
};
use sqlx::PgPool;

use crate::support::{Bench, appointment, at, typed_segment};

const HEAD: &str = "id;username;deviceid;devicename;start_date;end_date;notes";

/// A bench whose technician TeamViewer calls Radek, and whose customer has a computer.
async fn bench(pool: PgPool) -> Bench {
    let bench = Bench::new(pool).await;
    computer(&bench).await;
    name(&bench, bench.technician.id(), "Radek (TV)").await.expect("named");
    bench
}

async fn computer(bench: &Bench) {
    let customer = bench.place.customer;
    let computer = "insert into computer (customer_id, name, teamviewer_id) values";
    bench.world.sql(&format!("{computer} ({customer}, 'Kancelář', '123456789')")).await;
}

async fn name(bench: &Bench, technician: StaffId, name: &str) -> Result<(), Problem> {
    let manager = bench.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let names = BTreeMap::from([(technician, name.to_owned())]);
    teamviewer::save(&bench.world.app, &manager, "400", names, &Seen::default()).await
}

async fn import(bench: &Bench, rows: &[&str]) {
    let file = format!("{HEAD}\n{}\n", rows.join("\n"));
    let file = hex::encode(file);
    connection_reports::import_sent(&bench.world.app, &bench.technician, "výpis.csv", &file).await.expect("taken in");
}

async fn list(bench: &Bench, is_all: bool) -> ConnectionsPage {
    connection_reports::page(&bench.world.app, &bench.technician, is_all, None).await.expect("a page")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_report_is_taken_once_and_what_belongs_to_no_visit_is_listed(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let rows = [
        "c1;Radek (TV);123 456 789;PC;23. 11. 2026 8:12;23. 11. 2026 8:51;tisk",
        "c2;Nikdo;123456789;PC;23. 11. 2026 8:12;23. 11. 2026 8:20;",
        "c3;radek (tv);987654321;Cizí;23. 11. 2026 8:30;23. 11. 2026 8:40;",
        "c4;Radek (TV);123456789;PC;20. 11. 2026 8:12;20. 11. 2026 8:20;",
        ";Radek (TV);123456789;PC;včera;dnes;",
    ];
    import(&bench, &rows).await;
    let page = list(&bench, false).await;
    let imported = &page.imports[0];
    assert_eq!((imported.taken, imported.known, imported.wrong), (4, 0, 1));
    assert_eq!((imported.problems[0].line, imported.problems[0].column.as_str()), (6, "start_date"));
    assert_eq!(page.connections.total, 4, "nobody is known by that name yet");
    assert!(page.connections.page.rows.iter().all(|row| row.loose() == Some(Loose::Technician)));

    computer(&bench).await;
    name(&bench, bench.technician.id(), "Radek (TV)").await.expect("named");
    let page = list(&bench, false).await;
    let loose: Vec<_> = page.connections.page.rows.iter().map(|row| (row.user.as_str(), row.loose())).collect();
    let [technician, computer, visit] = [Loose::Technician, Loose::Computer, Loose::Visit].map(Some);
    assert_eq!(loose, [("radek (tv)", computer), ("Nikdo", technician), ("Radek (TV)", visit)]);
    let all = list(&bench, true).await.connections.page.rows;
    let placed: Vec<_> = all.iter().filter_map(|row| row.number).collect();
    assert_eq!((all.len(), placed), (4, vec![bench.number]), "none is dropped");

    // The same table again, the same connection without its number, and what is no table.
    import(&bench, &rows[..4]).await;
    import(&bench, &[";Radek (TV);d123456789;PC;2026-11-23T07:12:00Z;2026-11-23T07:51:00Z;"]).await;
    let imports = list(&bench, true).await.imports;
    assert_eq!([imports[0].known, imports[1].known, imports[0].taken, imports[1].taken], [1, 4, 0, 0]);
    let app = &bench.world.app;
    let refused = connection_reports::import_sent(app, &bench.technician, "výpis.pdf", "25504446").await;
    assert_eq!(refused, Err(Problem::field("file", FieldCode::DoesNotMatch)));
    let taken = name(&bench, StaffId(0), "Radek").await;
    assert_eq!(taken, Err(Problem::NotFound), "who does not work here has no name");

    // They are kept for as long as a manager says.
    bench.minutes(24 * 60 * 399);
    connection_reports::sweep(app).await.expect("swept");
    assert_eq!(list(&bench, true).await.connections.total, 3, "Friday's is gone");
    bench.minutes(24 * 60 * 2);
    connection_reports::sweep(app).await.expect("swept");
    let page = list(&bench, true).await;
    assert_eq!((page.connections.total, page.imports.len()), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_gap_is_told_before_closing_and_filled_on_one_tap(pool: PgPool) {
    let bench = bench(pool).await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(36);
    bench.pause().await;
    import(&bench, &["c1;Radek (TV);123456789;PC;23. 11. 2026 8:12;23. 11. 2026 8:51;"]).await;
    let page = bench.page().await;
    let [finding] = page.evidence.findings.as_slice() else { panic!("{:?}", page.evidence) };
    let span = finding.unclocked().expect("a stretch");
    assert!(matches!(finding, Finding::Unclocked { place: Place::Before, .. }));
    let [from, until] = ["2026-11-23T08:12:00+01:00", "2026-11-23T08:15:00+01:00"].map(at);
    assert_eq!(((span.from, span.until), page.evidence.ways), ((from, until), vec![(span, TakeOver::AsItStands)]));
    assert_eq!(page.bill.effective_minutes, 36, "nothing is counted by itself");

    let key = bench.world.app.random.uuid();
    let take_over = async |from: &str| {
        let typed = typed_segment(SegmentKind::Work, from, "2026-11-23T08:15:00", "");
        corrections::take_over(&bench.world.app, &bench.technician, bench.number, typed, key).await
    };
    assert_eq!(take_over("2026-11-23T08:11:59").await, Err(Problem::Conflict), "nobody was connected then");
    for _ in 0..2 {
        take_over("2026-11-23T08:12:00").await.expect("added");
    }
    let page = bench.page().await;
    assert_eq!((page.bill.effective_minutes, page.evidence.findings.len()), (39, 0));
    bench.close(true).await.expect("closed");
    let receipt = bench.receipt(1).await;
    assert_eq!(receipt.connections.len(), 1);
    assert_eq!(receipt.segments[0].source, Some(CorrectionSource::Connection));
    assert!(receipt.evidence().findings().is_empty());
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_clock_that_nobody_started_or_stopped_is_filled_from_the_connection(pool: PgPool) {
    let bench = bench(pool).await;
    import(&bench, &["c1;Radek (TV);123456789;PC;23. 11. 2026 8:15;23. 11. 2026 8:41:30;"]).await;
    // Of a visit that nobody has measured all of it is offered, as long as it lies within the visit.
    let evidence = bench.page().await.evidence;
    let [Finding::Unclocked { place: Place::Unmeasured, span }] = evidence.findings.as_slice() else {
        panic!("{:?}", evidence.findings)
    };
    assert_eq!((span.seconds(), evidence.ways), (1_590, vec![(*span, TakeOver::AsItStands)]));
    let shifted = |by: &str| format!("update remote_connection set started_at = started_at + interval '{by}'");
    bench.world.sql(&shifted("-20 minutes")).await;
    let evidence = bench.page().await.evidence;
    let ways: Vec<_> = evidence.ways.iter().map(|(_, way)| *way).collect();
    assert_eq!(ways, [TakeOver::WithReason], "what lies before the visit needs a word more");
    bench.world.sql(&shifted("20 minutes")).await;

    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(6 * 60);
    let forgotten = bench.page().await.forgotten.expect("it was forgotten");
    let ended = at("2026-11-23T08:41:30+01:00");
    assert_eq!((forgotten.suggestions[0].why, forgotten.suggestions[0].at), (LikelyEnd::Disconnected, ended));
    let page = bench.page().await;
    assert_eq!(page.evidence.stop, Some(StopAtEnd { at: ended, is_viewers: true }));
    let stop = async |by: &Corrector, at: DateTime<Utc>| {
        clock::pause_as_disconnected(&bench.world.app, by, bench.number, None, &at.to_rfc3339()).await
    };
    let technician: &Corrector = &bench.technician;
    assert_eq!(stop(technician, ended + TimeDelta::seconds(1)).await, Err(Problem::Conflict), "none ended then");

    // A connection that went on for longer than a technician may say: behind the clock nothing is added before that is stopped.
    bench.world.sql("update remote_connection set ended_at = started_at + interval '3 hours'").await;
    let ended = at("2026-11-23T11:15:00+01:00");
    let page = bench.page().await;
    let ways: Vec<_> = page.evidence.ways.iter().map(|(_, way)| *way).collect();
    assert_eq!(
        (ways, page.evidence.stop),
        (vec![TakeOver::OnceStopped], Some(StopAtEnd { at: ended, is_viewers: false }))
    );
    assert_eq!(stop(technician, ended).await, Err(Problem::field("true_end", FieldCode::TooLong)));
    let manager = bench.world.staff(StaffRole::Manager).await;
    let seen = bench::page(&bench.world.app, &manager.staff().expect("staff"), bench.number).await.expect("a page");
    assert_eq!(seen.evidence.stop, Some(StopAtEnd { at: ended, is_viewers: true }));
    // What the technician may: up to when the clock is believed; what then lies behind it is a manager's.
    let believed = page.forgotten.expect("it was forgotten").since;
    let end = TypedEnd { true_end: believed.to_rfc3339(), ..TypedEnd::default() };
    clock::pause(&bench.world.app, &bench.technician, bench.number, None, &end).await.expect("stopped");
    let page = bench.page().await;
    let ways: Vec<_> = page.evidence.ways.iter().map(|(_, way)| *way).collect();
    assert_eq!((page.corrections[0].source, ways), (Some(CorrectionSource::Forgotten), vec![TakeOver::ByManager]));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_forgotten_clock_is_stopped_when_its_connection_ended(pool: PgPool) {
    let bench = bench(pool).await;
    import(&bench, &["c1;Radek (TV);123456789;PC;23. 11. 2026 8:15;23. 11. 2026 8:41:30;"]).await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(6 * 60);
    let ended = at("2026-11-23T08:41:30+01:00").to_rfc3339();
    for _ in 0..2 {
        let stopped = clock::pause_as_disconnected(&bench.world.app, &bench.technician, bench.number, None, &ended);
        stopped.await.expect("stopped");
    }
    let page = bench.page().await;
    assert_eq!((page.bill.effective_minutes, page.evidence.findings.len()), (27, 0));
    let [correction] = page.corrections.as_slice() else { panic!("{:?}", page.corrections) };
    assert_eq!(correction.source, Some(CorrectionSource::Connection));
    // Whoever types the word that the release before knew it by is quoted.
    let key = bench.world.app.random.uuid();
    let typed = typed_segment(SegmentKind::Work, "2026-11-23T08:41:30", "2026-11-23T08:45:00", "by_connection");
    corrections::correct(&bench.world.app, &bench.technician, bench.number, None, typed, key).await.expect("added");
    assert_eq!(bench.page().await.corrections[0].source, Some(CorrectionSource::Typed));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_connection_changes_a_minute(pool: PgPool) {
    let bench = bench(pool).await;
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(12);
    bench.pause().await;
    bench.minutes(5);
    bench.start(SegmentKind::Waiting).await.expect("started");
    bench.minutes(8);
    bench.pause().await;
    let without = bench.page().await;
    assert!(without.evidence.connections.is_empty());
    // Before, after, around, within and beside the clock, and several at once.
    let spans = [("8:00", "8:14"), ("8:41", "9:10"), ("8:00", "9:10"), ("8:20", "8:22"), ("8:27", "8:32")];
    for shown in 1..1_u32 << spans.len() {
        bench.world.sql("delete from remote_connection").await;
        let rows = spans.iter().enumerate().filter(|(place, _)| shown & (1 << place) != 0);
        let rows = rows
            .map(|(_, (from, until))| format!(";Radek (TV);123456789;PC;23. 11. 2026 {from};23. 11. 2026 {until};"));
        import(&bench, &rows.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>()).await;
        let page = bench.page().await;
        assert_eq!(page.evidence.connections.len(), shown.count_ones() as usize);
        assert_eq!((&page.bill, &page.segments, &page.pools), (&without.bill, &without.segments, &without.pools));
    }
    bench.close(true).await.expect("closed");
    let receipt = bench.receipt(1).await;
    assert_eq!((receipt.connections.len(), receipt.bill), (spans.len(), without.bill));
    assert_eq!(bench.world.id("select sum(minutes)::bigint from ledger_entry where kind = 'draw'").await, -20);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_fits_visits_of_two_requests_is_chosen_by_people(pool: PgPool) {
    let bench = bench(pool).await;
    let (app, own) = (&bench.world.app, bench.technician.id());
    // Agreed from 8:15 to 9:15, and of another request of the same customer from 9:15 to 10:15.
    let (other, _) = appointment(&bench.world, &bench.place).await;
    let behind = format!(
        "update appointment set technician_id = {own}, during = tstzrange('2026-11-23 09:15+01', '2026-11-23 10:15+01')
         where request_id = (select id from service_request where number = '{other}')"
    );
    bench.world.sql(&behind).await;
    let rows = [
        "c1;Radek (TV);123456789;PC;23. 11. 2026 8:16;23. 11. 2026 9:15:40;",
        "c2;Radek (TV);123456789;PC;23. 11. 2026 9:00;23. 11. 2026 9:30;",
        "c3;Radek (TV);123456789;PC;23. 11. 2026 10:20;23. 11. 2026 10:30;",
    ];
    import(&bench, &rows).await;
    let page = list(&bench, true).await.connections.page.rows;
    let placed: Vec<_> = page.iter().map(|row| (row.number, row.loose())).collect();
    let several = (None, Some(Loose::Several));
    assert_eq!(
        placed,
        [(Some(other), None), several, (Some(bench.number), None)],
        "seconds and what is near guess nothing"
    );
    let undecided = page[1].clone();
    let numbers: Vec<_> = undecided.choices.iter().map(|choice| choice.number).collect();
    assert_eq!((numbers, undecided.may_choose), (vec![bench.number, other], true));
    let evidence = bench.page().await.evidence;
    assert_eq!((evidence.connections.len(), evidence.undecided), (1, 1));

    let stranger = bench.world.staff(StaffRole::Technician).await.corrector().expect("a technician");
    let chosen = undecided.choices[1].appointment;
    let choose = async |by: &Corrector, visit| connection_reports::choose(app, by, undecided.id, visit).await;
    assert_eq!(choose(&stranger, chosen).await, Err(WorkRefused::NotYours.into()));
    let seen = connection_reports::page(app, &stranger, false, None).await.expect("a page").connections.page.rows;
    assert!(!seen[0].may_choose);
    assert_eq!(choose(&bench.technician, AppointmentId(0)).await, Err(Problem::Conflict), "none of those");
    for _ in 0..2 {
        choose(&bench.technician, chosen).await.expect("chosen");
    }
    assert_eq!(
        choose(&bench.technician, undecided.choices[0].appointment).await,
        Err(Problem::Conflict),
        "it is chosen"
    );
    connection_reports::place_new(app).await.expect("looked for");
    let page = list(&bench, true).await.connections.page.rows;
    assert_eq!((page[1].number, page[1].loose()), (Some(other), None), "nobody guesses anew");
    assert_eq!(bench.page().await.evidence.undecided, 0);

    // What the clock has measured says more than what was agreed.
    bench.minutes(15);
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(70);
    bench.pause().await;
    import(&bench, &["c4;Radek (TV);123456789;PC;23. 11. 2026 9:01;23. 11. 2026 9:24;"]).await;
    assert_eq!(list(&bench, true).await.connections.page.rows[1].number, Some(bench.number));
}
