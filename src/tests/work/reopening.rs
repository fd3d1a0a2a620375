//! Closed work that is opened again: nothing is rewritten, and who comes at the same time is refused cleanly.

use std::sync::Arc;

use chrono::TimeDelta;
use linka::{
    model::{
        base::numbers::InterventionRef,
        ordering::{requests::RequestState, timeline::TimelineKind},
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::{interventions::WorkRefused, receipts::Receipt, segments::SegmentKind},
    },
    server::{
        auth::Staff,
        db::MIGRATIONS,
        service::{
            upkeep,
            work::{contests, corrections, receipts, reopening},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::sync::Barrier;

use crate::support::{Bench, short_or_long, typed_segment};

const WHY: &str = "Hodiny běžely i o přestávce.";

/// Work of 34 minutes, 4 of them beyond the contract, that is closed at 8:34.
async fn closed(pool: PgPool) -> Bench {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Work).await.expect("started at eight");
    bench.minutes(34);
    bench.close(true).await.expect("closed");
    bench
}

async fn reopen(bench: &Bench, by: &Staff) -> Result<(), Problem> {
    reopening::reopen(&bench.world.app, by, bench.number, WHY, bench.world.app.random.uuid()).await
}

/// What of a receipt may not change when nothing was changed.
fn essence(receipt: &Receipt) -> impl PartialEq + std::fmt::Debug + use<> {
    (receipt.bill, receipt.draws.clone(), receipt.remainder, receipt.segments.clone(), receipt.report.clone())
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn closed_again_without_a_change_the_receipt_says_the_same_and_why_there_are_two(pool: PgPool) {
    let bench = closed(pool).await;
    let first = bench.receipt(1).await;
    let app = &bench.world.app;
    let key = app.random.uuid();
    let reopen = |reason| reopening::reopen(app, &bench.technician, bench.number, reason, key);
    assert_eq!(reopen("  ").await, Err(Problem::field("reason", FieldCode::Missing)));
    assert!(bench.page().await.may_reopen);
    reopen(WHY).await.expect("open again");
    reopen(WHY).await.expect("the same form again");
    assert_eq!(bench.world.id("select count(*) from intervention_reopening").await, 1);
    let page = bench.page().await;
    assert!(page.may_work && page.may_correct && !page.may_reopen);
    assert_eq!(page.reopened.as_ref().map(|it| (it.reason.as_str(), it.report.as_str())), Some((WHY, "Tisk funguje.")));
    let request = bench.request().await;
    assert_eq!(request.summary.state, RequestState::InProgress);
    assert_eq!(request.progress.and_then(|progress| progress.put_right).as_deref(), Some(WHY));
    assert_eq!(request.timeline.last().map(|it| (it.kind, it.note.as_str())), Some((TimelineKind::Reopened, WHY)));
    assert_eq!(bench.receipt(1).await, first, "until then the receipt stands");

    let entries = bench.world.id("select count(*) from ledger_entry").await;
    bench.minutes(30);
    bench.close(true).await.expect("closed again");
    let second = bench.receipt(1).await;
    assert_eq!((second.version, second.reason.as_str()), (2, WHY));
    assert!(essence(&second) == essence(&first), "{second:?}");
    assert_eq!(bench.world.id("select count(*) from ledger_entry").await, entries, "nothing was to be posted");
    assert_eq!(bench.world.id("select version::bigint from intervention_reopening").await, 2);
    reopen(WHY).await.expect("from Back, and nothing happens");
    assert_eq!(bench.request().await.summary.state, RequestState::Closed);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_put_right_returns_by_reversing_entries_and_the_customer_reads_why(pool: PgPool) {
    let bench = closed(pool).await;
    reopen(&bench, &bench.technician).await.expect("open again");
    let page = bench.page().await;
    assert!(!page.resumed, "nothing goes on from it: it is put right");
    let segment = page.segments[0].id;
    let shorter = typed_segment(SegmentKind::Work, "2026-11-23T08:00", "2026-11-23T08:25", WHY);
    let (app, key) = (&bench.world.app, bench.world.app.random.uuid());
    corrections::correct(app, &bench.technician, bench.number, Some(segment), shorter, key).await.expect("corrected");
    bench.close(true).await.expect("closed again");
    let receipt = bench.receipt(1).await;
    assert_eq!((receipt.version, receipt.bill.billed, receipt.remainder), (2, 25, None));
    let kinds = "select string_agg(kind, ',' order by seq) from ledger_entry where intervention_id is not null";
    let kinds: String = sqlx::query_scalar(kinds).fetch_one(app.db.pool()).await.expect("the kinds of entries");
    assert_eq!(kinds, "draw,charge,waive,return");
    let told = "select count(*) from mail where kind = 'closed' and content #>> '{receipt,reason}' = 'Hodiny běžely i o přestávce.'";
    assert_eq!(bench.world.id(told).await, 1);
    bench.sound().await;

    // The thirty days begin anew with what was put right.
    app.clock.advance(TimeDelta::days(29));
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let page = receipts::page(app, &bench.place.boss, name).await.expect("the receipt");
    let issued = receipt.issued_at;
    assert_eq!(page.contest_until, Some(issued + TimeDelta::days(30)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_only_took_preparation_is_put_right_and_not_missed(pool: PgPool) {
    let bench = Bench::new(pool).await;
    bench.start(SegmentKind::Preparation).await.expect("started at eight");
    // Before its time it would have been called off by that.
    bench.minutes(34);
    bench.close(true).await.expect("closed");
    bench.minutes(30);
    reopen(&bench, &bench.technician).await.expect("open again");
    upkeep::each_minute(&bench.world.app).await.expect("chores");
    assert_eq!(bench.request().await.summary.state, RequestState::InProgress);
    bench.close(true).await.expect("closed again");
    let receipt = bench.receipt(1).await;
    assert_eq!((receipt.version, receipt.bill.effective_minutes, receipt.reason.as_str()), (2, 34, WHY));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn its_technician_and_the_desk_open_it_for_two_working_days_and_a_manager_beyond(pool: PgPool) {
    let bench = closed(pool).await;
    let stranger = bench.world.staff(StaffRole::Technician).await.staff().expect("staff");
    assert_eq!(reopen(&bench, &stranger).await, Err(WorkRefused::NotYours.into()));
    bench.world.app.clock.advance(TimeDelta::days(2));
    let login = "insert into login (email, password_hash, staff_id) values ('t@example.com', '$argon2id$none', ";
    bench.world.sql(&format!("{login}{})", bench.technician.id())).await;
    let dispatcher = bench.world.staff(StaffRole::Dispatcher).await.staff().expect("staff");
    reopen(&bench, &dispatcher).await.expect("on the second working day");
    let told = "select count(*) from mail where kind = 'reopened'";
    assert_eq!(bench.world.id(told).await, 1, "the technician hears of it");
    bench.close(true).await.expect("closed again");

    bench.world.app.clock.advance(TimeDelta::days(1));
    let own: &Staff = &bench.technician;
    for late in [&dispatcher, own] {
        assert_eq!(reopen(&bench, late).await, Err(WorkRefused::NeedsManager.into()), "the days count from the work");
    }
    let manager = bench.world.staff(StaffRole::Manager).await.staff().expect("staff");
    reopen(&bench, &manager).await.expect("a manager");
    assert_eq!(reopen(&bench, &manager).await, Err(Problem::Conflict), "it is open");
    bench.close(true).await.expect("closed again");
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_open_again_is_not_invoiced_and_what_is_invoiced_is_credited(pool: PgPool) {
    let bench = closed(pool).await;
    let (world, app) = (&bench.world, &bench.world.app);
    app.clock.advance(TimeDelta::days(8));
    let manager = world.staff(StaffRole::Manager).await.staff().expect("staff");
    reopen(&bench, &manager).await.expect("open again");
    upkeep::invoice_months(app).await.expect("the month is over");
    assert_eq!(world.id("select count(*) from invoiced_entry").await, 0, "it waits");
    bench.close(true).await.expect("closed again");
    upkeep::invoice_months(app).await.expect("now it is invoiced");
    assert_eq!(world.id("select count(*) from tax_document where kind = 'invoice'").await, 1);

    assert_eq!(reopen(&bench, &bench.technician).await, Err(WorkRefused::NeedsManager.into()));
    reopen(&bench, &manager).await.expect("a manager opens what is invoiced");
    let segment = bench.page().await.segments[0].id;
    let shorter = typed_segment(SegmentKind::Work, "2026-11-23T08:00", "2026-11-23T08:28", WHY);
    let key = app.random.uuid();
    corrections::correct(app, &bench.technician, bench.number, Some(segment), shorter, key).await.expect("corrected");
    bench.close(true).await.expect("closed again");
    app.clock.advance(TimeDelta::days(31));
    upkeep::invoice_months(app).await.expect("the next month is over");
    assert_eq!(world.id("select count(*) from tax_document where kind = 'credit_note'").await, 1);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_an_objection_with_a_reopening_has_one_winner(pool: PgPool) {
    let bench = closed(pool).await;
    let (world, app) = (&bench.world, &bench.world.app);
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    let mut winners = [0; 2];
    for _ in 0..short_or_long(6, 60) {
        let member = bench.place.boss.member().expect("a member");
        let barrier = Arc::new(Barrier::new(2));
        let (objects, opens) = (barrier.clone(), barrier);
        let objection = async {
            objects.wait().await;
            contests::add(app, &member, name, Some(segment), "To jsme řešili vaši chybu.").await
        };
        let opening = async {
            opens.wait().await;
            reopen(&bench, &bench.technician).await
        };
        match tokio::join!(objection, opening) {
            (Ok(()), Err(Problem::Work(WorkRefused::Contested))) => {
                winners[0] += 1;
                // As if nobody had objected, for the next round.
                world.sql("delete from contest").await;
            }
            (Err(Problem::Conflict), Ok(())) => {
                winners[1] += 1;
                bench.close(true).await.expect("closed again");
            }
            other => panic!("{other:?}"),
        }
        let both = "select count(*) from contest c join intervention_reopening o using (intervention_id) where o.version is null";
        assert_eq!(world.id(both).await, 0);
    }
    assert_eq!(winners.iter().sum::<usize>(), short_or_long(6, 60));
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_invoicing_with_a_reopening_leaves_nothing_invoiced_twice(pool: PgPool) {
    let bench = closed(pool).await;
    let (world, app) = (&bench.world, &bench.world.app);
    app.clock.advance(TimeDelta::days(8));
    let manager = world.staff(StaffRole::Manager).await.staff().expect("staff");
    let (invoiced, opened) = tokio::join!(upkeep::invoice_months(app), reopen(&bench, &manager));
    invoiced.expect("invoiced, or left alone");
    opened.expect("open again");
    bench.close(true).await.expect("closed again");
    upkeep::invoice_months(app).await.expect("what was left");
    assert_eq!(world.id("select count(*) from tax_document where kind = 'invoice'").await, 1);
    assert_eq!(world.id("select count(*) from invoiced_entry").await, 1);
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_itself_keeps_what_is_open_again_from_being_contested_or_invoiced(pool: PgPool) {
    let bench = closed(pool).await;
    let refusal = async |statement: &str| {
        let refused = sqlx::query(AssertSqlSafe(statement)).execute(bench.world.app.db.pool()).await;
        let refused = refused.expect_err(statement);
        refused.as_database_error().and_then(|error| error.constraint()).map(ToOwned::to_owned)
    };
    let again = "insert into intervention_reopening (customer_id, intervention_id, event_id, former_version)
                 select i.customer_id, i.id, max(e.id), 1 from intervention i
                 join request_event e on e.request_id = i.request_id group by i.id";
    reopen(&bench, &bench.technician).await.expect("open again");
    assert_eq!(refusal(again).await.as_deref(), Some("closed_work_is_reopened"));
    let contest = "insert into contest (customer_id, intervention_id, segment_id, member_id, at, reason)
                   select s.customer_id, s.intervention_id, s.id, (select min(id) from member), now(), 'Ne.' from time_segment s";
    assert_eq!(refusal(contest).await.as_deref(), Some("reopened_work_is_not_contested"));
    let invoiced = "insert into invoiced_entry (entry_id, customer_id, document_id)
                    select id, customer_id, 1 from ledger_entry where kind = 'charge'";
    let stopped = refusal(invoiced).await;
    assert!(stopped.is_some(), "neither without a document nor with one");
    bench.close(true).await.expect("closed again");
    bench.world.sql(contest).await;
    assert_eq!(refusal(again).await.as_deref(), Some("contested_work_stays_closed"));
}
