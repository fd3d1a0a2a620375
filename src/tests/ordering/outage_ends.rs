//! The end of an outage is shown before it is said, and nothing ends that was not shown; of outages and of what they write to
//! everybody there is no more than may be.

use std::collections::BTreeSet;

use linka::{
    model::{
        base::{ids::OutageId, seen::Seen},
        line::limits::{Limit, LimitReached},
        ordering::{
            outages::{OutageForm, ends::OutageEndPage},
            requests::RequestState,
        },
        people::members::StaffRole,
        problem::{MovedOn, Problem},
        work::wishes::{MailWay, TypedWishes, WishKind},
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::{
            ordering::outages::{self, TypedOutage, ends},
            work::wishes,
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};

use super::outages::{ANSWER, NAME, booked, desk, join, line, mails, state, waiting};
use crate::support::{Site, World};

async fn end(world: &World, desk: &Desk, outage: OutageId) -> OutageEndPage {
    ends::page(&world.app, desk, outage).await.expect("a page")
}

/// Everything that the end of an outage could write.
const WRITTEN: &str = "
    select (select count(*) from mail) + (select count(*) from request_event) + (select count(*) from outage_message)
         + (select count(*) from appointment where state = 'cancelled') + (select sum(sequence) from service_request)";

#[sqlx::test(migrator = "MIGRATIONS")]
async fn its_end_says_whom_it_calls_off_and_what_it_writes_and_does_nothing_yet(pool: PgPool) {
    let world = line(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Jídelna").await);
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    let (agreed, waits) = (booked(&world, &place).await, waiting(&world, &other).await);
    let outage = world.outage(NAME).await;
    join(&world, &desk, outage, &[agreed, waits]).await.expect("joined");
    let before = world.id(WRITTEN).await;
    let page = end(&world, &desk, outage).await;
    assert_eq!(world.id(WRITTEN).await, before, "nothing is done");
    let shown: Vec<_> = page.requests.iter().map(|one| (one.request.number, one.ends(), one.is_reached)).collect();
    assert_eq!(shown, [(agreed, true, true), (waits, true, true)]);
    assert!(page.requests[0].technician.is_some() && page.requests[0].request.slot.is_some());
    let told: Vec<_> = page.mails.iter().map(|mail| mail.is_customers).collect();
    assert_eq!((told, page.more_mails), (vec![true, true], 0));

    // A form that has shown nothing of it, from an old tab: what was typed is found where it is shown.
    let unseen = ends::resolve(&world.app, &desk, outage, ANSWER, (&BTreeSet::new(), &Seen::default()), page.key).await;
    assert_eq!(unseen, Err(Problem::MovedOn(MovedOn::EndOfOutage(outage))));
    let (site, cookie) = (Site::serve(world.app.clone()).await, world.cookie(&dispatcher).await);
    let (id, key) = (outage.to_string(), page.key.to_string());
    let fields =
        [("outage", id.as_str()), ("key", &key), ("answer_cs", "Už to zase jede."), ("answer_en", "It works.")];
    let led = site.post("/api/desk/resolve-outage", &cookie, &format!("/desk/outages/{outage}"), &fields).await;
    let to = led.location.expect("a page");
    assert!(to.starts_with(&format!("/desk/outages/{outage}/end?kept=")), "{to}");
    let shown = site.get(&to, &cookie).await;
    assert_eq!(shown.status, 200);
    for word in
        ["Už to zase jede.", "Zruší se 1 domluvený termín", "Uzavře se 1 požadavek bez termínu", "Kdo dostane e-mail"]
    {
        assert!(shown.body.contains(word), "{word}: {}", shown.body);
    }
    assert_eq!(world.id(WRITTEN).await, before, "and nothing is done still");

    let known = world.id("select max(id) from mail").await;
    ends::resolve(&world.app, &desk, outage, ANSWER, (&BTreeSet::new(), &page.seen), page.key).await.expect("resolved");
    let written = world.id(&format!("select count(*) from mail where id > {known}")).await;
    assert_eq!(i64::try_from(page.mails.len()), Ok(written), "what was shown is what was written");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_joins_or_is_agreed_after_the_page_was_shown_is_not_ended_but_shown(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("Škola").await, desk(&world).await);
    let (first, late) = (waiting(&world, &place).await, waiting(&world, &place).await);
    let outage = world.outage(NAME).await;
    join(&world, &desk, outage, &[first]).await.expect("joined");
    let page = end(&world, &desk, outage).await;
    join(&world, &desk, outage, &[late]).await.expect("joined");
    let resolve = async |goes_on: BTreeSet<_>, page: &OutageEndPage| {
        ends::resolve(&world.app, &desk, outage, ANSWER, (&goes_on, &page.seen), page.key).await
    };
    let refused = resolve(BTreeSet::new(), &page).await;
    let Err(Problem::ChangedMeanwhile(changed)) = &refused else { panic!("{refused:?}") };
    assert_eq!(changed.fields, [format!("ends[r{late}]")], "the new one is named");
    assert_eq!(state(&world, &desk, first).await, RequestState::Waiting, "and nothing has ended");
    assert_eq!(mails(&world, "over").await, 0);
    // Who leaves it open needs not to have seen it; else it is seen, and then it ends.
    let anew = end(&world, &desk, outage).await;
    assert_eq!(anew.requests.len(), 2);
    resolve(BTreeSet::from([late]), &page).await.expect("the late one goes on");
    assert_eq!(state(&world, &desk, first).await, RequestState::Closed);
    assert_eq!(state(&world, &desk, late).await, RequestState::Waiting);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_outage_more_than_may_be_and_a_message_more_are_refused_by_name(pool: PgPool) {
    let world = line(pool).await;
    let (desk, app) = (desk(&world).await, &world.app);
    world.sql("update line_limit set open_outages = 2, outage_messages = 2").await;
    let (first, _second) = (world.outage(NAME).await, world.outage(NAME).await);
    let page = outages::page(app, &desk, first).await.expect("a page");
    let form = OutageForm::from(&page.words);
    let typed =
        TypedOutage { program: Some(world.program), work_type: Some(world.repair), form, ..TypedOutage::default() };
    let open = async || outages::open(app, &desk, OutageId(app.random.uuid()), &typed).await;
    let limit = |limit| Err(Problem::Limit(LimitReached { limit, most: 2, retry_after_s: None }));
    assert_eq!(open().await, limit(Limit::OpenOutages));
    assert_eq!(outages::open(app, &desk, first, &typed).await, Ok(()), "the form again is no other one");
    for _ in 0..2 {
        outages::tell_all(app, &desk, first, ANSWER, app.random.uuid()).await.expect("told");
    }
    assert_eq!(outages::tell_all(app, &desk, first, ANSWER, app.random.uuid()).await, limit(Limit::OutageMessages));
    let page = end(&world, &desk, first).await;
    ends::resolve(app, &desk, first, ANSWER, (&BTreeSet::new(), &page.seen), page.key)
        .await
        .expect("the last always is");
    // Of many at once exactly so many pass.
    let (one, other, third) = tokio::join!(open(), open(), open());
    let passed = [one, other, third].iter().filter(|opened| opened.is_ok()).count();
    assert_eq!(passed, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_outage_is_told_once_whichever_of_its_requests_stands_for_it(pool: PgPool) {
    let world = line(pool).await;
    let (place, caller) = (world.place("Škola").await, world.staff(StaffRole::Dispatcher).await);
    let desk = caller.desk().expect("a dispatcher");
    let (first, second) = (waiting(&world, &place).await, waiting(&world, &place).await);
    let outage = world.outage(NAME).await;
    join(&world, &desk, outage, &[first, second]).await.expect("joined");
    let mail = [(WishKind::Waits, MailWay::Now)].into_iter().collect();
    let typed = TypedWishes { mail, ..TypedWishes::default() };
    wishes::save(&world.app, &caller, &typed).await.expect("saved");
    let told = "select count(*) from staff_told where what like 'outage:%'";
    wishes::tell_staff(&world.app).await.expect("told");
    let before = world.id(told).await;
    outages::leave(&world.app, &desk, outage, first).await.expect("left");
    wishes::tell_staff(&world.app).await.expect("told");
    assert_eq!((before, world.id(told).await), (1, 1), "another one stands for it now");
}

/// Whatever writes past the portal: a minimum is lifted by a decision and by nothing else.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_minimum_is_not_lifted_by_a_row_that_is_added(pool: PgPool) {
    let world = line(pool).await;
    let outage = world.outage(NAME).await;
    let insert = format!("insert into intervention (lifted_by_outage) values ('{outage}')");
    let refused = sqlx::query(AssertSqlSafe(insert)).execute(world.app.db.pool()).await.expect_err("nobody lifted it");
    assert_eq!(refused.into_database_error().expect("of the database").constraint(), Some("lifted_minimum_is_decided"));
}
