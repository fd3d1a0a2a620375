//! The forms of the workbench as browsers send them, without script: nothing that was typed is lost, whatever they are answered.

use chrono::TimeDelta;
use linka::{
    model::{
        people::members::StaffRole,
        work::{report_blocks::BlockForm, segments::SegmentKind},
    },
    server::{
        auth::Technician,
        db::MIGRATIONS,
        service::work::{clock, report_blocks},
    },
};
use sqlx::PgPool;

use crate::support::{Answer, Bench, Site};

/// A technician who has signed in, at work.
struct Desk {
    bench: Bench,
    technician: Technician,
    site: Site,
    cookie: String,
}

impl Desk {
    async fn new(pool: PgPool) -> Self {
        let bench = Bench::new(pool).await;
        let world = &bench.world;
        let caller = world.staff(StaffRole::Technician).await;
        let technician = caller.technician().expect("a technician");
        world.sql(&format!("update appointment set technician_id = {}", technician.id())).await;
        let key = world.app.random.uuid();
        let kind = Some(SegmentKind::Work);
        clock::start(&world.app, &technician, bench.number, kind, key).await.expect("started");
        bench.minutes(10);
        let cookie = world.cookie(&caller).await;
        let site = Site::serve(world.app.clone()).await;
        Self { bench, technician, site, cookie }
    }

    async fn close(&self, fields: &[(&str, &str)]) -> Answer {
        let number = self.bench.number.to_string();
        let key = self.bench.world.app.random.uuid().to_string();
        let mut all = vec![("number", number.as_str()), ("key", key.as_str())];
        all.extend_from_slice(fields);
        self.site.post("/api/work/close", &self.cookie, &format!("/work/{number}"), &all).await
    }

    async fn closed(&self) -> i64 {
        self.bench.world.id("select count(*) from receipt").await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_block_comes_back_at_the_end_of_what_was_typed_and_closes_nothing(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let app = &desk.bench.world.app;
    let form = BlockForm { title: "Tisk".into(), body: "Tisk <b>funguje</b>.".into() };
    report_blocks::save(app, &desk.technician, None, &form, app.random.uuid()).await.expect("added");
    let page = report_blocks::page(app, &desk.technician).await.expect("the page");
    let block = page.blocks[0].id.to_string();
    let typed = [("report", "Přihlásili jsme se.\r\n"), ("finished", "true"), ("insert", block.as_str())];
    let answer = desk.close(&typed).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.body.contains("Přihlásili jsme se.\nTisk &lt;b&gt;funguje&lt;/b&gt;.</textarea>"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("<details open"), "the form is in sight");
    assert_eq!(desk.closed().await, 0);
    // Somebody else's puts nothing there.
    let answer = desk.close(&[("report", "Přihlásili jsme se."), ("insert", "999")]).await;
    assert!(answer.body.contains("Přihlásili jsme se.</textarea>"), "{}", answer.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn closing_stops_the_clock_and_what_is_refused_comes_back_whole(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let report = "Nastavili jsme tisk a vyzkoušeli ho.";
    let answer = desk.close(&[("report", report)]).await;
    assert_eq!(answer.status, 422, "nobody ends a request by not looking");
    assert!(answer.body.contains(&format!("{report}</textarea>")), "{}", answer.body);
    assert_eq!(desk.bench.world.id("select count(*) from time_segment where ended_at is null").await, 1, "it runs on");

    // Late: the clock was forgotten meanwhile, and its true end is asked for first.
    desk.bench.world.app.clock.advance(TimeDelta::hours(6));
    let answer = desk.close(&[("report", report), ("finished", "true")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(&format!("{report}</textarea>")), "{}", answer.body);
    assert!(answer.body.contains("name=\"true_end\""), "{}", answer.body);
    assert_eq!(desk.closed().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_is_closed_while_the_clock_runs(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let answer = desk.close(&[("report", "Tisk funguje."), ("finished", "true")]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(desk.bench.receipt(1).await.bill.effective_minutes, 10);
    assert_eq!(desk.bench.world.id("select count(*) from time_segment where ended_at is null").await, 0);
    // From another window, late: what was typed there can still be read.
    let late = desk.close(&[("report", "Tisk jsme nastavili znovu."), ("finished", "true")]).await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("Tisk jsme nastavili znovu."), "{}", late.body);
    desk.bench.sound().await;
}
