//! Two customers that are merged: what was stays to be read, what goes on is posted, and nothing is lost or there twice.

use linka::{
    model::{
        base::{
            ids::{AttachmentId, MemberId},
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        ordering::requests::RequestState,
        people::{
            members::{Capabilities, Capability, StaffRole},
            registrations::MergeWaits,
        },
        problem::Problem,
    },
    server::{
        auth::{Caller, Desk, Member, Person},
        db::MIGRATIONS,
        service::{
            ordering::{attachments, drafts, former_requests, request_search, requests},
            people::{customers, registrations},
            work::{closing, receipts},
        },
    },
};
use sqlx::PgPool;

use crate::support::{Place, World};

const BALANCE: &str = "select coalesce(sum(left_minutes), 0)::bigint from grant_balance";

async fn desk(world: &World) -> Desk {
    world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher")
}

async fn balance_of(world: &World, place: &Place) -> i64 {
    world.id(&format!("{BALANCE} where customer_id = {}", place.customer)).await
}

/// Somebody of a customer as signed in at the one into which that was merged.
async fn moved(world: &World, before: &Caller, into: &Place, capabilities: Capabilities) -> Caller {
    let mut session = before.session().expect("signed in").clone();
    let id = world.id(&format!("select member_id from login where id = {}", session.login)).await;
    session.person = Person::Member {
        id: MemberId(id),
        name: "Jana Nováková".into(),
        customer: into.customer,
        customer_name: "Škola".into(),
        capabilities,
    };
    Caller(Some(session))
}

async fn state(world: &World, reader: &Member, number: RequestNumber) -> Result<RequestState, Problem> {
    requests::page(&world.app, reader, number).await.map(|page| page.summary.state)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_duplicate_goes_on_as_the_other_one_and_its_addresses_lead_on(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let (desk, from, into) = (desk(&world).await, world.place("Školka").await, world.place("Škola").await);
    world.bundle(from.customer, 120, "2027-06-30T22:00:00Z").await;
    world.bundle(into.customer, 60, "2027-06-30T22:00:00Z").await;
    let work = world.work_under_way(&from, 1, 30).await.remove(0);
    assert_eq!(
        registrations::merge(&world.app, &desk, from.customer, into.customer).await,
        Err(Problem::MergeWaits(MergeWaits::Work(work.number))),
        "what is under way is finished first, and which work that is"
    );
    closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), world.app.random.uuid())
        .await
        .expect("closed");
    let orderer = from.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let booked = world.book(&orderer, order, start).await.expect("booked");
    let (before, taken) = (world.id(BALANCE).await, balance_of(&world, &from).await);
    let posted = "select count(*) from ledger_entry where kind <> 'handover'";
    let entries = world.id(posted).await;
    for _ in 0..2 {
        registrations::merge(&world.app, &desk, from.customer, into.customer).await.expect("merged");
    }

    assert_eq!((world.id(BALANCE).await, taken), (before, 90), "minutes are as many as before");
    assert_eq!((balance_of(&world, &from).await, balance_of(&world, &into).await), (0, 150));
    assert_eq!(world.id(posted).await, entries + 1, "one grant more, and nothing that was is another");
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    let all = moved(&world, &from.boss, &into, Capabilities::all()).await.member().expect("a member");
    let goes_on: String = sqlx::query_scalar(
        "select n.number from service_request r join service_request n on n.id = r.goes_on_as where r.number = $1",
    )
    .bind(booked.to_string())
    .fetch_one(world.app.db.pool())
    .await
    .expect("it goes on");
    let goes_on: RequestNumber = goes_on.parse().expect("a number");
    let page = requests::page(&world.app, &all, goes_on).await.expect("the request goes on");
    assert_eq!((page.summary.state, page.summary.slot.map(|slot| slot.start)), (RequestState::Scheduled, Some(start)));
    assert_eq!(state(&world, &all, booked).await, Ok(RequestState::Cancelled), "the old address is still read");
    assert_eq!(state(&world, &all, work.number).await, Ok(RequestState::Closed));
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

/// Who finds the requests of a customer that was merged in a list, and reads a file that was sent there.
async fn listed(world: &World, from: &Place, readers: [(&Caller, bool); 3]) {
    let file = AttachmentId(world.app.random.uuid());
    let sent = "insert into attachment (id, customer_id, request_id, event_id, position, member_id, at, name, kind, content, bytes)
                select '{file}', r.customer_id, r.id, (select max(id) from request_event where request_id = r.id), 1, r.member_id,
                       now(), 'tisk.txt', 'text', 'x', 1
                from service_request r where r.customer_id = {customer} and r.state = 'closed'";
    world.sql(&sent.replace("{file}", &file.to_string()).replace("{customer}", &from.customer.to_string())).await;
    for (reader, may) in readers {
        let member = reader.member().expect("a member");
        let named = request_search::choices(&world.app, &member).await.expect("choices").former;
        assert_eq!(named, if may { vec![(from.customer, "Školka".to_owned())] } else { Vec::new() }, "{reader:?}");
        let list = former_requests::list(&world.app, &member, from.customer, None).await;
        assert_eq!(list.map(|list| list.requests.page.rows.len()).ok(), may.then_some(1), "{reader:?}");
        assert_eq!(attachments::file(&world.app, reader, file).await.is_ok(), may, "{reader:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_merged_customer_had_is_read_by_its_people_and_who_sees_all_and_by_nobody_else(pool: PgPool) {
    let world = World::new(pool).await;
    let (desk, from, into) = (desk(&world).await, world.place("Školka").await, world.place("Škola").await);
    let stranger = world.place("Jiná").await.boss.member().expect("a member");
    let work = world.work_under_way(&from, 1, 30).await.remove(0);
    closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), world.app.random.uuid())
        .await
        .expect("closed");
    let receipt = InterventionRef { number: work.number, ordinal: 1 };
    let sees_all = into.boss.member().expect("a member");
    assert_eq!(state(&world, &sees_all, work.number).await, Err(Problem::NotFound), "before it was merged");
    registrations::merge(&world.app, &desk, from.customer, into.customer).await.expect("merged");

    let orders = Capabilities::NONE.with(Capability::Order);
    let same = moved(&world, &from.boss, &into, orders).await;
    let colleague = world.member(into.customer, orders).await;
    for (reader, may) in [(&same, true), (&into.boss, true), (&colleague, false)] {
        let found = state(&world, &reader.member().expect("a member"), work.number).await;
        assert_eq!(found.is_ok(), may, "{reader:?}: {found:?}");
        let shown = receipts::page(&world.app, reader, receipt).await;
        assert_eq!(shown.is_ok(), may, "{reader:?}: {shown:?}");
        assert!(shown.is_ok_and(|page| page.contest_until.is_none()) || !may, "nothing is decided there any more");
    }
    assert_eq!(state(&world, &stranger, work.number).await, Err(Problem::NotFound));
    listed(&world, &from, [(&same, true), (&into.boss, true), (&colleague, false)]).await;
    let foreign = former_requests::list(&world.app, &stranger, from.customer, None).await;
    assert_eq!(foreign.map(drop), Err(Problem::NotFound));
    let at_desk = former_requests::of_customer(&world.app, &desk, into.customer, None).await.expect("a list");
    let rows = at_desk.requests.page.rows;
    assert_eq!(
        rows.iter().map(|row| (row.number, row.former.as_deref())).collect::<Vec<_>>(),
        [(work.number, Some("Školka"))]
    );
    // What comes back to the old account later is the other customer's as well.
    world.bundle(from.customer, 45, "2027-06-30T22:00:00Z").await;
    assert_eq!((balance_of(&world, &from).await, balance_of(&world, &into).await), (0, 45));
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    assert_eq!(
        customers::set_active(&world.app, &manager, from.customer, true).await,
        Err(Problem::Conflict),
        "for good"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_a_merge_with_bookings_of_both_loses_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(4, "07:00", "15:30").await;
    world.without_limits().await;
    let (desk, into) = (desk(&world).await, world.place("Škola").await);
    world.bundle(into.customer, 120, "2027-06-30T22:00:00Z").await;
    let theirs = into.boss.may_order().expect("an orderer");
    let mut sent = 0;
    for _ in 0..8_u32 {
        let from = world.place("Školka").await;
        world.bundle(from.customer, 30, "2027-06-30T22:00:00Z").await;
        let balance = world.id(BALANCE).await;
        let ours = from.boss.may_order().expect("an orderer");
        let order = world.order(&ours, Urgency::Normal).await;
        let start = world.starts(&ours, order).await[0];
        world.pick(&ours, order, start).await.expect("a hold");
        let other = world.order(&theirs, Urgency::Normal).await;
        let start = world.starts(&theirs, other).await[0];
        world.pick(&theirs, other, start).await.expect("a hold");
        let (merged, booked, also) = tokio::join!(
            registrations::merge(&world.app, &desk, from.customer, into.customer),
            drafts::confirm(&world.app, &ours, order, ""),
            drafts::confirm(&world.app, &theirs, other, ""),
        );
        merged.expect("nothing that is agreed is in the way");
        also.expect("nothing of the other customer's is in the way");
        sent += 1 + i64::from(booked.is_ok());
        assert_eq!(balance_of(&world, &from).await, 0);
        assert_eq!(world.id(BALANCE).await, balance, "minutes are as they were");
    }
    let agreed = "select count(*) from appointment a join customer c on c.id = a.customer_id
                  where a.state = 'confirmed' and c.merged_into is null";
    assert_eq!(world.id(agreed).await, sent, "each that was booked has its time, at who goes on");
    let left = "select count(*) from service_request r join customer c on c.id = r.customer_id
                where c.merged_into is not null and r.state <> 'cancelled'";
    assert_eq!(world.id(left).await, 0, "nothing open is left with who is merged");
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}
