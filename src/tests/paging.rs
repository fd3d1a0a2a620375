//! Long lists: each says how long it is, and page by page reaches every row once, whatever comes meanwhile. Names are in
//! Czech order.

use std::fmt::Debug;

use linka::{
    model::{
        base::{
            numbers::RequestNumber,
            paging::{CountedPage, Page},
            terms::Urgency,
        },
        money::purchases::PaymentMethod,
        ordering::pages::{RequestPlace, RequestSummary},
        people::members::StaffRole,
    },
    server::{
        db::MIGRATIONS,
        service::{
            mails,
            minutes::contracts,
            money::{bank, bundles, sales},
            ordering::{appointments, requests},
        },
    },
};
use sqlx::PgPool;

use crate::support::World;

/// Reads a list to its end, having something done after its first page; what is told of each row, and the length that each
/// page tells.
async fn read<T, K: Copy, N>(
    mut page_after: impl AsyncFnMut(Option<K>) -> CountedPage<T, K>,
    meanwhile: impl AsyncFnOnce(),
    name: impl Fn(&T) -> N,
) -> (Vec<N>, Vec<u32>) {
    let (mut names, mut totals) = (Vec::new(), Vec::new());
    let (mut meanwhile, mut after) = (Some(meanwhile), None);
    loop {
        let CountedPage { page: Page { rows, next }, total } = page_after(after).await;
        assert!(!rows.is_empty() || next.is_none(), "an empty page does not lead on");
        names.extend(rows.iter().map(&name));
        totals.push(total);
        if let Some(meanwhile) = meanwhile.take() {
            meanwhile().await;
        }
        after = next;
        if after.is_none() {
            return (names, totals);
        }
    }
}

/// That a list has these rows, each once.
fn assert_same<N: Debug + Ord>(mut found: Vec<N>, expected: impl IntoIterator<Item = N>) {
    let mut expected: Vec<N> = expected.into_iter().collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_list_of_customers_reaches_every_one_once_also_those_who_come_meanwhile(pool: PgPool) {
    let world = World::empty(pool).await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("the desk");
    let add = async |name: &str, from: u32, count: u32| {
        world
            .sql(&format!(
                "insert into customer (name, ico, created_at)
                 select '{name} ' || lpad(n::text, 4, '0'), lpad(n::text, 8, '0'), now()
                 from generate_series({from}, {from} + {count} - 1) n"
            ))
            .await;
    };
    add("Obec", 1, 250).await;
    let (names, totals) = read(
        async |after| contracts::customers(&world.app, &desk, "", after).await.expect("a page"),
        async || {
            add("Akademie", 1_001, 1).await;
            add("Zoo", 1_002, 1).await;
        },
        |customer| customer.name.clone(),
    )
    .await;
    // The first page was read before the one that belongs on it came.
    let expected = (1..=250).map(|n| format!("Obec {n:04}")).chain(["Zoo 1002".to_owned()]);
    assert_eq!(names, expected.collect::<Vec<_>>());
    assert_eq!(totals, [250, 252, 252]);

    let found = contracts::customers(&world.app, &desk, "obec 00", None).await.expect("a page");
    assert_eq!((found.page.rows.len(), found.page.next, found.total), (99, None, 99));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn names_are_in_czech_order(pool: PgPool) {
    let world = World::empty(pool).await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("the desk");
    let ordered = [
        "alfa",
        "Álfa",
        "Cukrárna",
        "Čajovna",
        "Ďábel",
        "Dům",
        "Hotel",
        "Chata",
        "Informace",
        "Rada",
        "Ráda",
        "Řada",
        "Sad",
        "Šafrán",
        "Zahrada",
        "Žák",
    ];
    for (place, name) in ordered.iter().rev().enumerate() {
        world
            .sql(&format!("insert into customer (name, ico, created_at) values ('{name}', '{:08}', now())", place + 1))
            .await;
    }
    let customers = contracts::customers(&world.app, &desk, "", None).await.expect("a page");
    let names: Vec<_> = customers.page.rows.iter().map(|customer| customer.name.as_str()).collect();
    assert_eq!(names, ordered);

    let columns: Vec<String> = sqlx::query_scalar(
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = 'public' and collation_name = 'cs-x-icu' order by 1",
    )
    .fetch_all(world.app.db.pool())
    .await
    .expect("the catalogue");
    assert_eq!(
        columns,
        ["computer.name", "customer.name", "member.name", "program.name", "staff.name", "work_type.name"]
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn programs_and_people_are_in_czech_order(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    world.sql("delete from licence").await;
    for name in ["Účetnictví", "Chov", "Zásoby", "Čtenáři", "Hospodaření", "Cestovné"] {
        world
            .sql(&format!(
                "with p as (insert into program (name) values ('{name}') returning id)
                 insert into licence (customer_id, program_id) select {}, id from p",
                place.customer
            ))
            .await;
    }
    let choice = world.new_order(&orderer).await;
    let programs: Vec<_> = choice.programs.iter().map(|(program, _)| program.name.cs.as_str()).collect();
    assert_eq!(programs, ["Cestovné", "Čtenáři", "Hospodaření", "Chov", "Účetnictví", "Zásoby"]);
}

/// Sends so many requests of a member who has one that waits for a time already, and agrees a time for each with a
/// technician of its own: `start` of the `n`th.
async fn requests(world: &World, state: &str, from: u32, count: u32, start: &str) {
    world
        .sql(&format!(
            "with r as (
                 insert into service_request (id, customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                     contact_name, contact_phone, created_at, submitted_at, state, number)
                 select gen_random_uuid(), customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                     contact_name, contact_phone, created_at, created_at, '{state}', '2026-' || lpad(n::text, 6, '0')
                 from service_request, generate_series({from}, {from} + {count} - 1) n where state = 'draft'
                 returning id, customer_id, number, state),
             t as (
                 insert into staff (name, roles) select 'T' || number, '{{technician}}' from r where state = 'scheduled'
                 returning id, name)
             insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select r.customer_id, r.id, t.id, tstzrange(s, s + interval '1 hour'), 'normal', 'confirmed'
             from r join t on substr(t.name, 2)::bytea = r.number::bytea,
                  lateral (select right(r.number, 6)::int as n) x, lateral (select {start} as s) y"
        ))
        .await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn upcoming_and_waiting_requests_are_all_reached_once(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    world.order(&orderer, Urgency::Normal).await;
    // Seven start at once each time.
    let start = "timestamptz '2026-12-01 08:00+01' + (n / 7) * interval '1 day'";
    requests(&world, "scheduled", 1, 60, start).await;
    requests(&world, "waiting", 101, 60, "null::timestamptz").await;

    let list = async |after| requests::list(&world.app, &orderer, after).await.expect("a page");
    let (upcoming, totals) = read(
        async |after| list(after).await.upcoming,
        // One before all others, one after them.
        async || {
            requests(&world, "scheduled", 201, 1, "timestamptz '2026-11-24 08:00+01'").await;
            requests(&world, "scheduled", 202, 1, "timestamptz '2026-12-20 08:00+01'").await;
        },
        |request| request.number.serial(),
    )
    .await;
    assert_eq!(upcoming, (1..=60).chain([202]).collect::<Vec<u32>>());
    assert_eq!(totals, [60, 62, 62]);

    let (waiting, totals) = read(
        async |after| list(after).await.waiting,
        async || requests(&world, "waiting", 203, 1, "null::timestamptz").await,
        |request| request.number.serial(),
    )
    .await;
    assert_eq!(waiting, (101..=160).chain([203]).collect::<Vec<u32>>());
    assert_eq!(totals, [60, 61, 61]);

    let beginning = list(None).await;
    let further = list(beginning.waiting.page.next).await;
    assert!(matches!(beginning.waiting.page.next, Some(RequestPlace::Waiting(_))));
    assert!(
        further.upcoming.page.rows.is_empty() && further.earlier.page.rows.is_empty(),
        "a further page is of one part"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn numbers_stand_in_their_order_however_many_digits_they_have(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    world.order(&orderer, Urgency::Normal).await;
    for state in ["closed", "waiting"] {
        let year = if state == "closed" { 2025 } else { 2026 };
        world
            .sql(&format!(
                "insert into service_request (id, customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                     contact_name, contact_phone, created_at, submitted_at, state, number)
                 select gen_random_uuid(), customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                     contact_name, contact_phone, created_at, created_at, '{state}', '{year}-' || n
                 from service_request, generate_series(999990, 1000009) n where state = 'draft'"
            ))
            .await;
    }
    let serials = |rows: &[RequestSummary]| rows.iter().map(|row| row.number.serial()).collect::<Vec<u32>>();
    let list = requests::list(&world.app, &orderer, None).await.expect("a list");
    assert_eq!(serials(&list.waiting.page.rows), (999_990..=1_000_009).collect::<Vec<_>>(), "the oldest first");
    assert_eq!(serials(&list.earlier.page.rows), (999_990..=1_000_009).rev().collect::<Vec<_>>(), "the newest first");
    let next = RequestPlace::Earlier(RequestNumber::new(2025, 1_000_001).expect("a number"));
    let further = requests::list(&world.app, &orderer, Some(next)).await.expect("a list").earlier.page.rows;
    assert_eq!(serials(&further), (999_990..=1_000_000).rev().collect::<Vec<_>>(), "and a page goes on where it ended");

    world.bought(&place, 60, PaymentMethod::Card, false).await;
    let purchases = "insert into purchase (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent, total,
                                           validity_months, method, created_at)
                     select gen_random_uuid(), customer_id, 'B2025-' || n, member_id, bundle_id, quantity, minutes, price, vat_percent,
                            total, validity_months, method, created_at
                     from purchase, generate_series(999990, 1000009) n";
    world.sql(purchases).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let sold = sales::purchases(&world.app, &manager, None, "", None).await.expect("a list").purchases;
    let sold: Vec<_> = sold.iter().map(|sold| sold.number.to_string()).collect();
    let expected = (999_990..=1_000_009).rev().map(|serial| format!("B2025-{serial}"));
    assert_eq!(sold[1..], expected.collect::<Vec<_>>());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_desk_shows_whole_days_and_reaches_every_appointment_once(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    world.order(&orderer, Urgency::Normal).await;
    // Forty on each of seven days from today on, the last with twenty; what passed unmet is in a list of its own.
    requests(&world, "scheduled", 1, 260, "timestamptz '2026-11-23 08:00+01' + ((n - 1) / 40) * interval '1 day'")
        .await;
    let staff = world.staff(StaffRole::Dispatcher).await.staff().expect("staff");

    let (mut pages, mut totals) = (Vec::new(), Vec::new());
    let mut from = None;
    loop {
        let CountedPage { page, total } = appointments::appointments(&world.app, &staff, from).await.expect("a page");
        pages.push(page.rows.iter().map(|row| row.number.serial()).collect::<Vec<u32>>());
        totals.push(total);
        if from.is_none() {
            requests(&world, "scheduled", 901, 1, "timestamptz '2026-11-23 09:00+01'").await;
            requests(&world, "scheduled", 902, 1, "timestamptz '2026-11-26 09:00+01'").await;
        }
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [120, 121, 20], "days are not cut");
    assert_eq!(totals, [260, 262, 262]);
    assert_same(pages.concat(), (1..=260).chain([902]));

    let none_beyond = "2027-01-01".parse().ok();
    let beyond = appointments::appointments(&world.app, &staff, none_beyond).await.expect("a page");
    assert_eq!((beyond.page.rows.len(), beyond.page.next, beyond.total), (0, None, 262));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn mails_in_trouble_are_counted_and_all_reached_once(pool: PgPool) {
    let world = World::empty(pool).await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("the desk");
    let write = async |state: &str, from: u32, count: u32| {
        world
            .sql(&format!(
                "insert into mail (to_address, to_name, language, content, key, created_at, state)
                 select n || '@example.com', 'N', 'cs',
                        '{{\"mail\":\"alert\",\"kind\":\"used_80\",\"left\":1,\"granted\":2,\"expires_at\":null}}'::jsonb, n::text, now(), '{state}'
                 from generate_series({from}, {from} + {count} - 1) n"
            ))
            .await;
    };
    write("queued", 1, 150).await;
    write("failed", 201, 130).await;
    let mut failed = Vec::new();
    let (addresses, totals) = read(
        async |after| {
            let list = mails::troubled(&world.app, &desk, after).await.expect("a page");
            failed.push(list.failed);
            list.mails
        },
        async || write("queued", 401, 1).await,
        |mail| mail.to.clone(),
    )
    .await;
    let expected = (201..=330).rev().chain([401]).chain((1..=150).rev());
    assert_eq!(addresses, expected.map(|n| format!("{n}@example.com")).collect::<Vec<_>>());
    assert_eq!((totals, failed), (vec![280, 281, 281], vec![130, 130, 130]));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_not_paid_is_counted_and_all_reached_once(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    world.bought(&place, 60, PaymentMethod::Transfer, false).await;
    // Copies of its proforma that belong to no purchase; ten are due on each day.
    let copy = async |from: u32, count: u32, days: &str| {
        world
            .sql(&format!(
                "insert into tax_document (customer_id, kind, year, serial, number, issued_at, due_on, base, tax, total, content, key)
                 select customer_id, kind, year, n, lpad(n::text, 10, '9'), issued_at, due_on + {days}, base, tax, total, content,
                        'copy:' || n
                 from tax_document, generate_series({from}, {from} + {count} - 1) n where serial = 1"
            ))
            .await;
    };
    copy(1_000, 220, "(n - 999) / 10").await;
    let (numbers, totals) = read(
        async |after| sales::page(&world.app, &manager, after).await.expect("a page").unpaid,
        async || {
            copy(2_000, 1, "-5").await;
            copy(2_001, 1, "300").await;
        },
        |document| document.number.clone(),
    )
    .await;
    assert_eq!(numbers.len(), 222);
    assert_eq!(totals, [221, 223, 223]);
    let copies = (1_000..1_220).chain([2_001]).map(|n| format!("999999{n}"));
    let first = numbers[..].iter().find(|number| !number.starts_with('9')).expect("the proforma").clone();
    assert_same(numbers, copies.chain([first]));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customers_purchases_are_all_reached_once(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let viewer = place.boss.may_see_billing().expect("one who sees the account");
    let mut bought = Vec::new();
    for _ in 0..45 {
        bought.push(world.bought(&place, 60, PaymentMethod::Card, false).await.number);
    }
    let (mut found, mut before) = (Vec::new(), None);
    loop {
        let shop = bundles::shop(&world.app, Some(&viewer), before).await.expect("the shop");
        let CountedPage { page, total } = shop.account.expect("an account").purchases;
        assert_eq!(total, if before.is_none() { 45 } else { 46 }, "it says how many there are");
        found.extend(page.rows.iter().map(|purchase| purchase.number));
        if before.is_none() {
            world.bought(&place, 60, PaymentMethod::Card, false).await;
        }
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    bought.reverse();
    assert_eq!(found, bought);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_queue_says_how_many_wait(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    world
        .sql(
            "with s as (
                 insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming)
                 select sha256('x'), 'x', 'csv', now(), id, 250, 250 from staff limit 1 returning id)
             insert into bank_payment (statement_id, booked_on, amount, currency, reference, state, reason)
             select s.id, date '2026-01-01' + n, n, 'CZK', n::text, 'unmatched', 'unknown_symbol' from s, generate_series(1, 250) n",
        )
        .await;
    world
        .sql(
            "insert into payment_alert (kind, source, at, details)
             select 'dispute', n::text, now() + n * interval '1 second', '{}'::jsonb from generate_series(1, 250) n",
        )
        .await;
    let bank = bank::page(&world.app, &manager, None).await.expect("a page").unmatched;
    assert_eq!((bank.rows.len(), bank.total), (200, 250));
    assert_eq!(bank.rows[0].amount.haler(), 1, "the oldest is decided first");
    let alerts = sales::page(&world.app, &manager, None).await.expect("a page").alerts;
    assert_eq!((alerts.rows.len(), alerts.total), (200, 250));
}
