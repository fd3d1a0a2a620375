//! A customer's page of a request: members can open it whatever the request has come to.

use std::collections::BTreeSet;

use linka::{
    model::{
        base::{
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        ordering::requests::RequestState,
        people::members::{Capabilities, Capability, StaffRole},
        work::segments::SegmentKind,
    },
    server::{
        db::MIGRATIONS,
        service::{
            ordering::{
                drafts,
                outages::{self, ends},
                requests,
            },
            upkeep,
            work::{ceiling, contests, missed, receipts, reopening},
        },
    },
};
use sqlx::PgPool;

use crate::support::{Bench, Site};

/// The page as the customer's people see it: whoever ordered, and a colleague who sees all.
struct Pages {
    site: Site,
    cookies: [String; 2],
}

impl Pages {
    async fn of(bench: &Bench) -> Self {
        let colleague = bench.world.member(bench.place.customer, Capabilities::NONE.with(Capability::SeeAll)).await;
        let cookies = [bench.world.cookie(&bench.place.boss).await, bench.world.cookie(&colleague).await];
        Self { site: Site::serve(bench.world.app.clone()).await, cookies }
    }

    /// The request opens, and the list in which it stands.
    async fn open(&self, what: &str, number: RequestNumber) {
        for cookie in &self.cookies {
            for path in [format!("/requests/{number}"), "/requests".to_owned()] {
                let page = self.site.get(&path, cookie).await;
                assert_eq!(page.status, 200, "{path}, {what}: {}", page.body);
                assert!(page.body.contains(&number.to_string()), "{path}, {what}: {}", page.body);
            }
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_members_page_opens_from_the_booking_to_the_last_receipt(pool: PgPool) {
    let mut bench = Bench::new(pool).await;
    let pages = Pages::of(&bench).await;
    bench.world.sql("update service_request set ceiling_minutes = 30").await;
    pages.open("agreed", bench.number).await;
    bench.minutes(15);
    bench.attempt().await;
    pages.open("tried in vain", bench.number).await;
    for kind in [SegmentKind::Communication, SegmentKind::Work, SegmentKind::Waiting] {
        bench.start(kind).await.expect("started");
        bench.minutes(5);
        pages.open("at work", bench.number).await;
    }
    bench.pause().await;
    pages.open("paused", bench.number).await;
    bench.start(SegmentKind::Work).await.expect("goes on");
    bench.minutes(40);
    upkeep::watch_clocks(&bench.world.app).await.expect("watched");
    pages.open("asked for consent", bench.number).await;
    let buyer = bench.place.boss.may_buy().expect("a buyer");
    ceiling::answer(&bench.world.app, &buyer, bench.number, None, Some(true), "90").await.expect("agreed");
    pages.open("agreed to more", bench.number).await;
    bench.close(false).await.expect("not finished");
    assert_eq!(bench.request().await.summary.state, RequestState::Waiting);
    pages.open("to be continued", bench.number).await;
    bench.pick_again().await;
    pages.open("agreed again", bench.number).await;
    bench.start(SegmentKind::Work).await.expect("begun again");
    bench.minutes(5);
    bench.close(true).await.expect("closed");
    pages.open("closed", bench.number).await;
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_members_page_opens_while_the_receipt_is_put_right_and_objected_to(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let pages = Pages::of(&bench).await;
    bench.start(SegmentKind::Work).await.expect("started");
    bench.minutes(34);
    bench.close(true).await.expect("closed");
    let (app, key) = (&bench.world.app, bench.world.app.random.uuid());
    reopening::reopen(app, &bench.technician, bench.number, "Hodiny běžely i o přestávce.", key).await.expect("opened");
    assert_eq!(bench.request().await.summary.state, RequestState::InProgress);
    pages.open("opened again", bench.number).await;
    bench.start(SegmentKind::Work).await.expect("goes on");
    bench.minutes(3);
    pages.open("worked on again", bench.number).await;
    bench.close(true).await.expect("closed again");
    pages.open("closed again", bench.number).await;
    let name = InterventionRef { number: bench.number, ordinal: 1 };
    let segment = bench.receipt(1).await.segments[0].id;
    let member = bench.place.boss.member().expect("a member");
    contests::add(app, &member, name, Some(segment), "Trvalo to kratší dobu.").await.expect("objected");
    pages.open("objected to", bench.number).await;
    receipts::page(app, &bench.place.boss, name).await.expect("the receipt");
    bench.sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_members_page_opens_when_it_was_missed_called_off_or_hit_by_an_outage(pool: PgPool) {
    let bench = Bench::new(pool).await;
    let (world, app) = (&bench.world, &bench.world.app);
    world.without_limits().await;
    let pages = Pages::of(&bench).await;
    let orderer = bench.place.boss.may_order().expect("an orderer");
    world.sql(&format!("update work_type set choice = 'dispatch' where id = {}", world.repricing)).await;
    let waiting = async || {
        let order = world.order_for(&orderer, world.repricing, Urgency::Normal).await.expect("an order");
        drafts::confirm(app, &orderer, order, "").await.expect("sent")
    };
    let (waits, cancelled) = (waiting().await, waiting().await);
    pages.open("without a time", waits).await;
    requests::cancel(app, &orderer, cancelled, "Vyřešili jsme si to.", app.random.uuid()).await.expect("called off");
    pages.open("called off", cancelled).await;

    let outage = world.outage("Sklad se nespustí").await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    outages::join(app, &desk, outage, &BTreeSet::from([waits, bench.number])).await.expect("joined");
    pages.open("in an outage", waits).await;
    pages.open("agreed, in an outage", bench.number).await;
    let news = ("Opravu máme do oběda.", "It will work by noon.");
    outages::tell_all(app, &desk, outage, news, app.random.uuid()).await.expect("told");
    pages.open("told of an outage", waits).await;

    bench.minutes(180);
    pages.open("missed, and not noted", bench.number).await;
    missed::note_all(app).await.expect("noted");
    pages.open("missed", bench.number).await;
    let answer = ("Už to jde.", "It works again.");
    let (goes_on, page) = (BTreeSet::from([bench.number]), ends::page(app, &desk, outage).await.expect("a page"));
    ends::resolve(app, &desk, outage, answer, (&goes_on, &page.seen), page.key).await.expect("resolved");
    pages.open("answered by the end of an outage", waits).await;
    pages.open("left over from an outage", bench.number).await;
}
