//! The ceiling: the clock pauses there until somebody who may buy agrees.

use leptos::server_fn::ServerFn;
use linka::{
    api::work::bench::WorkPage,
    model::{
        base::{ids::LoginId, numbers::InterventionRef},
        ordering::timeline::TimelineKind,
        paths,
        people::members::{Capabilities, Capability, StaffRole},
        problem::{FieldCode, FieldProblem, Problem},
        work::{interventions::WorkRefused, segments::SegmentKind},
    },
    server::{
        auth::{Caller, Person, Proof, Session},
        db::MIGRATIONS,
        service::{
            ordering::requests,
            upkeep,
            work::{
                ceiling::{self, TypedAnswer},
                corrections,
            },
        },
    },
};
use sqlx::PgPool;

use crate::support::{Bench, Site, typed_segment};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn at_the_ceiling_the_billed_clock_pauses_until_a_buyer_agrees(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(50);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    upkeep::watch_clocks(&bench.world.app).await.expect("watched again");
    let page = bench.page().await;
    assert_eq!(page.bill.effective_minutes, 30, "nothing above the ceiling is billed");
    let kinds: Vec<_> = page.segments.iter().map(|segment| (segment.kind, segment.seconds(page.now) / 60)).collect();
    assert_eq!(kinds, [(SegmentKind::Work, 30), (SegmentKind::Waiting, 20)], "split at the very instant");
    assert_eq!(bench.start(SegmentKind::Work).await, Err(WorkRefused::WaitingForConsent.into()));
    bench.minutes(10);

    // The page asks; somebody who may not buy cannot answer, and the answer must be above what was reached.
    let consent = bench.request().await.progress.expect("progress").ceiling.consent.expect("a question");
    assert_eq!((consent.ceiling_minutes, consent.answer), (30, None));
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    let answer = |agreed, ceiling: &'static str| {
        ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(agreed), ceiling)
    };
    assert_eq!(answer(true, "30").await, Err(Problem::field("new_ceiling", FieldCode::OutOfRange)));
    answer(true, "45").await.expect("agreed");
    assert_eq!(answer(true, "60").await, Err(Problem::Conflict), "it was answered");

    bench.start(SegmentKind::Work).await.expect("goes on");
    bench.minutes(20);
    bench.close(true).await.expect("closed");
    let receipt = bench.receipt(1).await;
    assert_eq!(receipt.bill.billed, 45, "closing stops at the new ceiling too");
    let kinds: Vec<_> = bench.request().await.timeline.iter().map(|entry| entry.kind).collect();
    let consents = |kind| kinds.iter().filter(|known| **known == kind).count();
    assert_eq!(consents(TimelineKind::ConsentAsked), 2);
    assert_eq!(consents(TimelineKind::ConsentGiven), 1);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refused_consent_keeps_the_billed_clock_paused(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(31);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(false), "").await.expect("refused");
    assert_eq!(bench.start(SegmentKind::Work).await, Err(WorkRefused::WaitingForConsent.into()));
    // A correction is no way around it.
    let segment = bench.page().await.segments[1].id;
    bench.minutes(10);
    bench.pause().await;
    let typed = typed_segment(SegmentKind::Work, "2026-11-23T08:30", "2026-11-23T08:40", "zapomněl jsem přepnout");
    let key = bench.world.app.random.uuid();
    let corrected =
        corrections::correct(&bench.world.app, &bench.technician, bench.number, Some(segment), typed, key).await;
    assert_eq!(corrected, Err(WorkRefused::AboveCeiling.into()));
    bench.close(true).await.expect("closed");
    assert_eq!(bench.receipt(1).await.bill.billed, 30);
    assert_eq!(bench.world.id("select count(*) from ceiling_consent").await, 1, "it was asked once");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_buys_sees_the_request_that_asks_for_consent_and_no_other(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    let buyer = bench.world.member(bench.place.customer, Capabilities::NONE.with(Capability::Buy)).await;
    let member = buyer.member().expect("a member");
    let page = || requests::page(&bench.world.app, &member, bench.number);
    assert_eq!(page().await.err(), Some(Problem::NotFound));
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(31);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    assert!(page().await.expect("visible now").progress.is_some());
    let listed = async || requests::list(&bench.world.app, &member, None).await.expect("the list").upcoming;
    let asked: Vec<_> = listed().await.page.rows.iter().map(|one| one.awaits_consent).collect();
    assert_eq!((asked, listed().await.total), (vec![true], 1), "what is asked of them is in their list");
    let buyer = buyer.may_buy().expect("a buyer");
    let stale = ceiling::answer(&bench.world.app, &buyer, bench.number, Some(20), Some(true), "60").await;
    assert_eq!(stale, Err(Problem::Conflict), "the form was made for another question");
    let answer = || ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(true), "60");
    answer().await.expect("agreed");
    answer().await.expect("the same answer again");
    assert_eq!(listed().await.total, 0, "nothing is asked of them any more");
    bench.close(true).await.expect("closed");
    let late = ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(false), "").await;
    assert_eq!(late, Err(Problem::Conflict));
}

/// Work that has reached the ceiling of 30 minutes.
async fn at_the_ceiling(pool: PgPool) -> Bench {
    let bench = Bench::new(pool).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    let login = "insert into login (email, password_hash, staff_id) values ('technik@example.com', '$argon2id$none',";
    bench.world.sql(&format!("{login} {})", bench.technician.id())).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(100);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    bench
}

/// To whom the answer was written.
async fn told(bench: &Bench) -> Vec<String> {
    sqlx::query_scalar("select to_address from mail where kind = 'consent_answered'")
        .fetch_all(bench.world.app.db.pool())
        .await
        .expect("mails")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn while_consent_is_asked_the_customers_list_and_page_say_that_it_waits_for_them(pool: PgPool) {
    let bench = at_the_ceiling(pool).await;
    let orderer = bench.place.boss.may_order().expect("an orderer");
    let list = async || requests::list(&bench.world.app, &orderer, None).await.expect("the list");
    let upcoming = list().await.upcoming.page.rows;
    assert_eq!(upcoming.iter().map(|one| one.awaits_consent).collect::<Vec<_>>(), [true], "though its time is over");
    assert!(bench.request().await.summary.awaits_consent);
    let cookie = bench.world.cookie(&bench.place.boss).await;
    let site = Site::serve(bench.world.app.clone()).await;
    for path in ["/requests".to_owned(), format!("/requests/{}", bench.number)] {
        let page = site.get(&path, &cookie).await.body;
        let says = |state: &str| page.contains(&format!(">{state}</span>"));
        assert!(says("Čeká na váš souhlas") && !says("Právě probíhá"), "{page}");
    }
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(true), "").await.expect("agreed");
    assert!(!bench.request().await.summary.awaits_consent && !list().await.upcoming.page.rows[0].awaits_consent);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_whose_clock_stands_is_told_of_the_answer_and_one_who_works_sees_it(pool: PgPool) {
    let bench = at_the_ceiling(pool).await;
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    let answer = async |ceiling: &'static str| {
        ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(true), ceiling).await.expect("agreed");
    };
    answer("45").await;
    assert_eq!(told(&bench).await, Vec::<String>::new(), "the clock runs: the workbench says it");
    bench.start(SegmentKind::Work).await.expect("goes on");
    bench.minutes(16);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    bench.pause().await;
    for _ in 0..2 {
        answer("60").await;
    }
    assert_eq!(told(&bench).await, ["technik@example.com"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_bench_that_is_open_while_consent_is_asked_asks_for_the_answer(pool: PgPool) {
    let bench = at_the_ceiling(pool).await;
    bench.pause().await;
    let person = Person::Staff { id: bench.technician.id(), name: "T".into(), roles: StaffRole::Technician.into() };
    let login = LoginId(bench.world.id("select id from login where email = 'technik@example.com'").await);
    let session =
        Session { id: bench.world.app.random.uuid(), login, email: String::new(), person, proof: Proof::WHOLE };
    let cookie = bench.world.cookie(&Caller(Some(session))).await;
    let site = Site::serve(bench.world.app.clone()).await;
    let page = site.get(&paths::workbench(bench.number), &cookie).await.body;
    assert!(page.contains("data-waits=\"true\"") && page.contains("id=\"work-answered\""), "{page}");
    let source = format!("{}?number={}", WorkPage::PATH, bench.number);
    assert!(page.contains(&format!("data-source=\"{source}\"")), "its clock stands, and it asks: {page}");

    let answer = async || {
        let request = site.request(reqwest::Method::GET, &source).header(reqwest::header::COOKIE, &cookie);
        let told = site.send(request).await.expect("an answer").body;
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        told["ceiling"]["consent"]["answer"].clone()
    };
    assert!(answer().await.is_null());
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(true), "45").await.expect("agreed");
    assert_eq!(answer().await["new_ceiling"], 45);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn consent_by_telephone_is_written_down_with_name_time_and_words(pool: PgPool) {
    let bench = at_the_ceiling(pool).await;
    let app = &bench.world.app;
    let dispatcher = bench.world.staff(StaffRole::Dispatcher).await.staff().expect("staff");
    let typed = |said_at: &str, words: &str| TypedAnswer {
        agreed: Some(true),
        new_ceiling: "60".into(),
        said_by: "Jana Nováková".into(),
        said_at: said_at.into(),
        words: words.into(),
    };
    let record = async |typed: TypedAnswer| ceiling::record(app, &dispatcher, bench.number, &typed).await;
    let wrong = |field| Err(Problem::field(field, FieldCode::OutOfRange));
    assert_eq!(
        record(typed("2026-11-23T12:00", "Ano, dodělejte to.")).await,
        wrong("said_at"),
        "it is not yet so late"
    );
    assert_eq!(record(typed("2026-11-23T07:00", "Ano, dodělejte to.")).await, wrong("said_at"), "before the work");
    let missing = TypedAnswer { agreed: None, ..typed("", " ") };
    let fields = ["agreed", "said_at", "words"].map(|field| FieldProblem::new(field, FieldCode::Missing));
    assert_eq!(record(missing).await, Err(Problem::Invalid { fields: fields.into() }));
    for _ in 0..2 {
        record(typed("2026-11-23T09:05", "Ano, dodělejte to.")).await.expect("written down");
    }
    assert_eq!(record(typed("2026-11-23T09:05", "Ne.  Tedy ano.")).await, Err(Problem::Conflict), "it was answered");

    let page = bench.request().await;
    let entry = page.timeline.iter().find(|entry| entry.kind == TimelineKind::ConsentGiven).expect("an entry");
    let said_at = crate::support::at("2026-11-23T09:05:00+01:00");
    assert_eq!((entry.by.as_deref(), entry.said_at), (Some("Jana Nováková"), Some(said_at)));
    assert_eq!(entry.note, "Ano, dodělejte to.");
    let answer = page.progress.expect("progress").ceiling.consent.expect("a question").answer.expect("an answer");
    let spoken = answer.spoken.expect("spoken");
    assert_eq!((spoken.at, spoken.words.as_str(), answer.new_ceiling), (said_at, "Ano, dodělejte to.", Some(60)));
    assert_eq!(bench.page().await.heard_by.as_deref(), Some("Z"));
    assert_eq!(told(&bench).await, Vec::<String>::new(), "the technician's clock runs");
    bench.start(SegmentKind::Work).await.expect("goes on");

    bench.minutes(5);
    bench.close(true).await.expect("closed");
    let site = Site::serve(app.clone()).await;
    let receipt = InterventionRef { number: bench.number, ordinal: 1 };
    let cookie = bench.world.cookie(&bench.place.boss).await;
    let said = site.get(&paths::receipt(receipt), &cookie).await.body.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(said.contains("Jana Nováková telefonicky, po 23. 11. 2026, 9:05: ano, do 60 min."), "{said}");
    assert!(said.contains("„Ano, dodělejte to.“"), "{said}");

    // Nobody else's word counts, and none without a person.
    let nobody = sqlx::query("update ceiling_consent set said_by = null").execute(app.db.pool()).await;
    assert!(nobody.expect_err("refused").to_string().contains("heard_by_staff"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_technician_does_not_write_down_consent(pool: PgPool) {
    let bench = at_the_ceiling(pool).await;
    let stranger = bench.world.staff(StaffRole::Technician).await.staff().expect("staff");
    let typed = TypedAnswer {
        agreed: Some(false),
        new_ceiling: String::new(),
        said_by: "Jana Nováková".into(),
        said_at: "2026-11-23T09:05".into(),
        words: "Ne, skončete.".into(),
    };
    let refused = ceiling::record(&bench.world.app, &stranger, bench.number, &typed).await;
    assert_eq!(refused, Err(WorkRefused::NotYours.into()));
    let own: &linka::server::auth::Staff = &bench.technician;
    ceiling::record(&bench.world.app, own, bench.number, &typed).await.expect("written down");
    assert_eq!(bench.start(SegmentKind::Work).await, Err(WorkRefused::WaitingForConsent.into()));
}
