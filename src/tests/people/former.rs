//! Two customers that are merged: what was stays to be read, what goes on is posted, and nothing is lost or there twice.

use chrono::{DateTime, Utc};
use linka::{
    model::{
        base::{
            calendar::to_local,
            fields::FieldCode,
            ids::{AttachmentId, CustomerId, MemberId},
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        ordering::requests::RequestState,
        people::{
            members::{Capabilities, Capability, StaffRole},
            mergers::MergeWaits,
        },
        problem::Problem,
        work::remote_sessions::SessionLink,
    },
    server::{
        auth::{Caller, Desk, Member, Orderer, Person},
        db::MIGRATIONS,
        service::{
            ordering::{attachments, drafts, earlier, former_requests, request_search, requests},
            people::{customers, mergers},
            upkeep,
            work::{closing, receipts, remote_sessions},
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

/// Lets a request wait for an earlier time; one was left to others, another one is held for it.
async fn waits_for_an_earlier_time(world: &World, orderer: &Orderer, number: RequestNumber, start: DateTime<Utc>) {
    let until = to_local(start).date().to_string();
    earlier::ask(&world.app, orderer, number, &until).await.expect("it waits");
    for (before, state) in [("2 hours", "declined"), ("4 hours", "open")] {
        let offered = format!(
            "insert into earlier_offer (customer_id, request_id, technician_id, during, offered_at, expires_at, state)
             select a.customer_id, a.request_id, a.technician_id,
                    tstzrange(lower(a.during) - interval '{before}', upper(a.during) - interval '{before}'),
                    now(), now() + interval '10 minutes', '{state}'
             from appointment a join service_request r on r.id = a.request_id
             where r.number = '{number}' and a.state = 'confirmed'"
        );
        world.sql(&offered).await;
    }
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
        mergers::merge(&world.app, &desk, from.customer, into.customer, None).await,
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
    waits_for_an_earlier_time(&world, &orderer, booked, start).await;
    remote_sessions::give(&world.app, &desk, booked, "s12-345-678").await.expect("a session");
    let (before, taken) = (world.id(BALANCE).await, balance_of(&world, &from).await);
    let posted = "select count(*) from ledger_entry where kind <> 'handover'";
    let entries = world.id(posted).await;
    for _ in 0..2 {
        mergers::merge(&world.app, &desk, from.customer, into.customer, None).await.expect("merged");
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
    assert_eq!(page.session, SessionLink::parse("https://get.teamviewer.com/s12345678"), "and how to let somebody in");
    let sessions = "select count(*) from remote_session s join appointment a on a.id = s.appointment_id and a.request_id = s.request_id
                    where s.link is not null";
    assert_eq!(world.id(sessions).await, 1, "there alone");
    let earlier = page.earlier.map(|earlier| (earlier.until, earlier.offered));
    assert_eq!(earlier, Some((start, None)), "it waits for an earlier time, and what was held meanwhile is free");
    let offers = "select string_agg(r.number || ' ' || o.state, ', ' order by r.number, o.state) from earlier_offer o
                  join service_request r on r.id = o.request_id";
    let offers: String = sqlx::query_scalar(offers).fetch_one(world.app.db.pool()).await.expect("offers");
    assert_eq!(offers, format!("{booked} declined, {booked} overtaken, {goes_on} declined"));
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
    mergers::merge(&world.app, &desk, from.customer, into.customer, None).await.expect("merged");

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
    // Who went on is written to where they are now; nobody is told of an account that ended.
    let was = from.boss.member().expect("a member").id();
    world
        .sql(&format!("select write_mail_to_member({was}, '{{\"mail\": \"contest_decided\"}}', now(), 'decided')"))
        .await;
    for told in ["alert", "month_invoiced"] {
        let write =
            format!("select write_mail_to_buyers({}, '{{\"mail\": \"{told}\"}}', now(), '{told}')", from.customer);
        world.sql(&write).await;
    }
    let told = "select string_agg(content ->> 'mail', ' ' order by id) from mail where customer_id = $1 and key ~ '^(decided|alert|month)'";
    let told = sqlx::query_scalar(told).bind(into.customer.0).fetch_one(world.app.db.pool());
    let told: Option<String> = told.await.expect("mails");
    assert_eq!(told.as_deref(), Some("contest_decided month_invoiced"));
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
    let desk = world.staff(StaffRole::Manager).await.desk().expect("a manager");
    let into = world.place("Škola").await;
    world.contract(into.customer, 300).await;
    world.bundle(into.customer, 120, "2027-06-30T22:00:00Z").await;
    let theirs = into.boss.may_order().expect("an orderer");
    let mut sent = 0;
    // Each time both have a contract, and that of who is merged goes on.
    for _ in 0..8_u32 {
        let from = world.place("Školka").await;
        world.bundle(from.customer, 30, "2027-06-30T22:00:00Z").await;
        world.contract(from.customer, 60).await;
        upkeep::credit_periods(&world.app).await.expect("credited");
        let balance = world.id(BALANCE).await;
        let ours = from.boss.may_order().expect("an orderer");
        let order = world.order(&ours, Urgency::Normal).await;
        let start = world.starts(&ours, order).await[0];
        world.pick(&ours, order, start).await.expect("a hold");
        let other = world.order(&theirs, Urgency::Normal).await;
        let start = world.starts(&theirs, other).await[0];
        world.pick(&theirs, other, start).await.expect("a hold");
        let (merged, booked, also) = tokio::join!(
            mergers::merge(&world.app, &desk, from.customer, into.customer, Some(from.customer)),
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

/// A manager, whose is to decide what becomes of contracts.
async fn manager(world: &World) -> Desk {
    world.staff(StaffRole::Manager).await.desk().expect("a manager")
}

/// What the contracts of a customer say that are not over: number, first day, last day, tier on a day.
async fn agreed(world: &World, place: &Place, day: &str) -> Vec<String> {
    let said = format!(
        "select number || ' ' || valid::text || ' ' || tier || ' ' || minutes_per_period from contract_terms
         where customer_id = {} and in_force @> '{day}'::date",
        place.customer
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(said)).fetch_all(world.app.db.pool()).await.expect("contracts")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_contract_goes_on_with_every_word_and_every_minute_and_nothing_of_it_twice(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let (from, into) = (world.place("Školka").await, world.place("Škola").await);
    let contract = world.contract(from.customer, 300).await;
    let number = format!("SLS-{}", from.customer);
    world
        .sql(&format!(
            "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
                 rate_per_minute, urgent_rate_per_minute, minimum_minutes, known_since)
             select {contract}, {}, day, tier, minutes, 'quarter', 'none', 2300, 2900, 20, '2026-10-01'
             from (values ('2026-11-01'::date, 'fast', 320), ('2027-02-01'::date, 'express', 500)) a (day, tier, minutes)",
            from.customer
        ))
        .await;
    upkeep::credit_periods(&world.app).await.expect("credited");
    let work = world.work_under_way(&from, 1, 30).await.remove(0);
    closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), world.app.random.uuid())
        .await
        .expect("closed");
    let orderer = from.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("booked");
    let before = world.id(BALANCE).await;

    let refused = mergers::merge(&world.app, &desk(&world).await, from.customer, into.customer, None).await;
    assert_eq!(refused, Err(Problem::MergeWaits(MergeWaits::Contract(from.customer))), "a manager decides");
    let manager = manager(&world).await;
    let shown = mergers::page(&world.app, &manager, from.customer, into.customer).await.expect("what it means");
    assert_eq!((shown.collide, shown.waits, shown.from.left, shown.from.requests), (false, None, 290, 1));
    for _ in 0..2 {
        mergers::merge(&world.app, &manager, from.customer, into.customer, None).await.expect("merged");
    }
    for _ in 0..2 {
        upkeep::credit_periods(&world.app).await.expect("credited");
    }
    assert_eq!((world.id(BALANCE).await, balance_of(&world, &into).await), (before, before), "the quarter is credited");
    let kept = "select count(*) from minute_grant where kind = 'contract' and contract_id is null";
    assert_eq!(world.id(kept).await, 1, "minutes of the contract stay that");
    let today = world.app.clock.now().date_naive();
    let row = |tier: &str, minutes: u32| vec![format!("{number} [{today},) {tier} {minutes}")];
    assert_eq!(agreed(&world, &into, &today.to_string()).await, row("fast", 320));
    assert_eq!(agreed(&world, &into, "2027-02-01").await, row("express", 500));
    assert_eq!(agreed(&world, &from, "2027-02-01").await, Vec::<String>::new());
    assert_eq!(world.id("select count(*) from service_request where promised_tier = 'fast'").await, 1);
    let twice = format!(
        "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at, contract_id, covers_until)
         select customer_id, 'contract', 1, now(), 'infinity', 'again', now(), id, 'infinity' from contract where id = {contract}"
    );
    let refused = sqlx::query(sqlx::AssertSqlSafe(twice)).execute(world.app.db.pool()).await.map(drop);
    assert!(refused.is_err_and(|error| error.to_string().contains("credited elsewhere")));
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_two_contracts_in_force_the_chosen_one_goes_on_and_no_minute_of_the_other_is_lost(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let day = |days| (world.app.clock.now() + chrono::TimeDelta::days(days)).date_naive().to_string();
    for keeps_theirs in [false, true] {
        let (from, into) = (world.place("Školka").await, world.place("Škola").await);
        world.contract(from.customer, 100).await;
        world.contract(into.customer, 200).await;
        let missing = Err(Problem::field("goes_on", FieldCode::Missing));
        let before = world.id(BALANCE).await;
        let unsaid = mergers::merge(&world.app, &manager, from.customer, into.customer, None).await;
        assert_eq!(unsaid, missing, "nobody says whose");
        let stranger = mergers::merge(&world.app, &manager, from.customer, into.customer, Some(CustomerId(0))).await;
        assert_eq!(stranger, missing);
        let (chosen, other) =
            if keeps_theirs { (into.customer, from.customer) } else { (from.customer, into.customer) };
        // The other one has signed the next one, too: it never begins, which the page says.
        let ends =
            format!("update contract set valid = daterange('2026-01-01', '2027-01-01') where customer_id = {other}");
        let next = format!(
            "insert into contract (customer_id, number, tier, valid, minutes_per_period, period, rate_per_minute, urgent_rate_per_minute)
             values ({other}, 'NEXT-{other}', 'standard', daterange('2027-07-01', null), 50, 'quarter', 2200, 2800)"
        );
        for statement in [ends, next] {
            world.sql(&statement).await;
        }
        let shown = mergers::page(&world.app, &manager, from.customer, into.customer).await.expect("what it means");
        assert_eq!(shown.called_off(chosen), [format!("NEXT-{other}")]);
        mergers::merge(&world.app, &manager, from.customer, into.customer, Some(chosen)).await.expect("merged");
        let never = format!("select count(*) from contract where number = 'NEXT-{other}' and called_off");
        assert_eq!(world.id(&never).await, 1);
        upkeep::credit_periods(&world.app).await.expect("credited");

        assert_eq!((world.id(BALANCE).await, balance_of(&world, &into).await), (before + 300, 300));
        let goes_on = agreed(&world, &into, &day(1)).await;
        assert_eq!(goes_on.len(), 1, "{goes_on:?}");
        assert!(goes_on[0].starts_with(&format!("SLS-{chosen} ")), "{goes_on:?}");
        assert_eq!(agreed(&world, &into, &day(0)).await.len(), 1, "today, too, there is one");
        assert_eq!(agreed(&world, &from, &day(1)).await, Vec::<String>::new());
    }
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}
