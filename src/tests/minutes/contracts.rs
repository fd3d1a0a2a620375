//! Contracts: amended from a day on, renewed, ended, with what was signed, and told of before they end.

use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{ContractId, CustomerId},
            seen::{ChangedMeanwhile, Seen},
        },
        minutes::contracts::{Contract, Period, Rollover},
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
    },
    server::{
        auth::Manager,
        db::{self, MIGRATIONS},
        service::{
            minutes::contracts::{self, TypedFrame, TypedTerms, Written},
            upkeep,
        },
    },
};
use sqlx::PgPool;

use crate::support::{Place, Site, World};

const REASON: &str = "Dodatek č. 1 z 20. 11.";

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

fn terms(tier: &str, minutes: &str) -> TypedTerms {
    TypedTerms {
        tier: tier.into(),
        minutes_per_period: minutes.into(),
        period: Some(Period::Quarter),
        rollover: Some(Rollover::None),
        rate_per_minute: "22".into(),
        urgent_rate_per_minute: "28,50".into(),
        minimum_minutes: "20".into(),
        fee: "12000".into(),
        fee_period: Some(Period::Year),
        fee_day: "31".into(),
        ..TypedTerms::default()
    }
}

fn frame(number: &str, valid_from: &str, valid_until: &str) -> TypedFrame {
    TypedFrame { number: number.into(), valid_from: valid_from.into(), valid_until: valid_until.into() }
}

/// A customer with a contract of 300 minutes a quarter in the tier `standard`, credited.
async fn agreed(world: &World) -> (Place, ContractId) {
    let place = world.place("Škola").await;
    let contract = ContractId(world.contract(place.customer, 300).await);
    upkeep::credit_periods(&world.app).await.expect("credited");
    (place, contract)
}

async fn contract(world: &World, manager: &Manager, customer: CustomerId) -> Contract {
    contracts::customer(&world.app, manager, customer).await.expect("a page").contracts.remove(0).0
}

async fn amend(
    world: &World,
    manager: &Manager,
    (customer, contract): (CustomerId, ContractId),
    version: u32,
    from: &str,
    typed: &TypedTerms,
) -> Result<(), Problem> {
    let written = Written { customer, contract, version, reason: REASON, key: world.app.random.uuid(), seen: None };
    contracts::amend(&world.app, manager, written, from, typed).await
}

async fn tier_now(world: &World, customer: CustomerId) -> String {
    let mut tx = world.app.db.member(customer).await.expect("a transaction");
    db::line::catalogue::tier_of_customer(&mut tx, world.app.clock.now()).await.expect("a tier").code
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_amendment_changes_nothing_before_its_day(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let (customer, which) = (place.customer, (place.customer, id));
    amend(&world, &manager, which, 0, "2026-12-01", &terms("express", "500")).await.expect("amended");
    let known = contract(&world, &manager, customer).await;
    assert_eq!((known.terms.tier.as_str(), known.terms.minutes_per_period), ("standard", 300), "today");
    assert_eq!(known.to_come[0].in_force_from(), "2026-12-01".parse::<NaiveDate>().expect("a date"));
    assert_eq!((known.to_come[0].tier.as_str(), known.version), ("express", 1));
    assert_eq!(tier_now(&world, customer).await, "standard");
    assert_eq!(world.id("select sum(minutes)::bigint from minute_grant").await, 300, "what was credited stays");

    // The night before 1 December in Prague, and the morning after.
    world.app.clock.advance(TimeDelta::days(7) + TimeDelta::hours(15) + TimeDelta::minutes(59));
    assert_eq!(tier_now(&world, customer).await, "standard");
    world.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(tier_now(&world, customer).await, "express");
    upkeep::credit_periods(&world.app).await.expect("credited");
    assert_eq!(world.id("select count(*) from minute_grant").await, 1, "the quarter was credited at its start");
    let known = contract(&world, &manager, customer).await;
    assert_eq!((known.terms.tier.as_str(), known.to_come.len()), ("express", 0));
    let fee = known.terms.fee.expect("a fee");
    assert_eq!((fee.amount.haler(), fee.period, fee.day.is_last()), (1_200_000, Period::Year, true));

    world.app.clock.advance(TimeDelta::days(31));
    upkeep::credit_periods(&world.app).await.expect("credited");
    assert_eq!(
        world.id("select minutes::bigint from minute_grant order by id desc limit 1").await,
        500,
        "the next quarter"
    );
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_amendment_is_in_force_on_days_of_the_contract_from_today_on(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let which = (place.customer, id);
    let typed = terms("express", "500");
    let wrong = |code| Err(Problem::field("from_day", code));
    for (from, code) in [
        ("", FieldCode::Missing),
        ("1. 12.", FieldCode::Unknown),
        ("2026-11-22", FieldCode::OutOfRange),
        ("2025-12-31", FieldCode::OutOfRange),
    ] {
        assert_eq!(amend(&world, &manager, which, 0, from, &typed).await, wrong(code), "{from}");
    }
    let without_period = TypedTerms { fee_period: None, ..typed.clone() };
    let refused = amend(&world, &manager, which, 0, "2026-12-01", &without_period).await;
    assert_eq!(refused, Err(Problem::field("fee_period", FieldCode::Missing)));
    let no_day = TypedTerms { fee_day: "29".into(), ..typed.clone() };
    let refused = amend(&world, &manager, which, 0, "2026-12-01", &no_day).await;
    assert_eq!(refused, Err(Problem::field("fee_day", FieldCode::Unknown)), "February has none");
    amend(&world, &manager, which, 0, "2026-11-23", &typed).await.expect("from today");
    assert_eq!(tier_now(&world, place.customer).await, "express");
    // Of another customer, the contract does not exist.
    let other = world.place("B").await.customer;
    assert_eq!(amend(&world, &manager, (other, id), 1, "2026-12-01", &typed).await, Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_amendments_ends_with_one_and_the_other_reads_again(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let which = (place.customer, id);
    for version in 0..6 {
        let (fast, express) = (terms("fast", "400"), terms("express", "500"));
        let (first, second) = tokio::join!(
            amend(&world, &manager, which, version, "2026-12-01", &fast),
            amend(&world, &manager, which, version, "2026-12-01", &express),
        );
        let outcomes = [&first, &second];
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert!(outcomes.contains(&&Err(Problem::Conflict)), "{outcomes:?}");
        let known = contract(&world, &manager, place.customer).await;
        let winner = if first.is_ok() { "fast" } else { "express" };
        assert_eq!((known.to_come[0].tier.as_str(), known.to_come.len(), known.version), (winner, 1, version + 1));
    }
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_amends_second_is_told_what_of_that_day_has_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let day = "2026-12-01".parse::<NaiveDate>().expect("a date");
    let shown = Seen::of(&contract(&world, &manager, place.customer).await.terms_on(day).fields());
    let second = async |from: &str, seen: &Seen| {
        let (key, typed) = (world.app.random.uuid(), terms("express", "300"));
        let written =
            Written { customer: place.customer, contract: id, version: 0, reason: REASON, key, seen: Some(seen) };
        contracts::amend(&world.app, &manager, written, from, &typed).await
    };
    amend(&world, &manager, (place.customer, id), 0, "2026-12-01", &terms("standard", "500")).await.expect("first");
    let Err(Problem::ChangedMeanwhile(ChangedMeanwhile { fields })) = second("2026-12-01", &shown).await else {
        panic!("it is told")
    };
    assert!(fields.contains(&"minutes_per_period".to_owned()) && !fields.contains(&"tier".to_owned()), "{fields:?}");
    assert_eq!(second("2026-12-01", &Seen::default()).await, Err(Problem::Conflict), "who says nothing reads again");
    second("2026-11-30", &shown).await.expect("of a day of which nothing has changed");
    let now = contract(&world, &manager, place.customer).await;
    assert_eq!((now.to_come.len(), now.to_come[1].minutes_per_period), (2, 500), "the first one's stays");

    let shown = Seen::of(&now.terms.validity_fields());
    let end = async |until: &str| {
        let (customer, key) = (place.customer, world.app.random.uuid());
        let written = Written { customer, contract: id, version: now.version, reason: REASON, key, seen: Some(&shown) };
        contracts::set_validity(&world.app, &manager, written, &frame(&now.terms.number, "", until)).await
    };
    end("2027-12-31").await.expect("ended");
    let fields = vec!["valid_until".to_owned()];
    assert_eq!(end("2028-12-31").await, Err(Problem::ChangedMeanwhile(ChangedMeanwhile { fields })));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_that_comes_twice_amends_once_and_what_is_to_come_can_be_taken_back(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let customer = place.customer;
    let written =
        Written { customer, contract: id, version: 0, reason: REASON, key: world.app.random.uuid(), seen: None };
    for _ in 0..2 {
        contracts::amend(&world.app, &manager, written, "2026-12-01", &terms("fast", "400")).await.expect("amended");
    }
    assert_eq!(world.id("select count(*) from contract_version").await, 1);
    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let back = |version, key| Written { version, key, reason: "", ..written };
    let key = || world.app.random.uuid();
    let stale = contracts::withdraw(&world.app, &manager, back(0, key()), day("2026-12-01")).await;
    assert_eq!(stale, Err(Problem::Conflict));
    contracts::withdraw(&world.app, &manager, back(1, key()), day("2026-12-01")).await.expect("taken back");
    let known = contract(&world, &manager, customer).await;
    assert_eq!((known.to_come.len(), known.version, known.terms.tier.as_str()), (0, 2, "standard"));
    amend(&world, &manager, (customer, id), 2, "2026-11-23", &terms("fast", "400")).await.expect("from today");
    let in_force = contracts::withdraw(&world.app, &manager, back(3, key()), day("2026-11-23")).await;
    assert_eq!(in_force, Err(Problem::Conflict), "what is in force stays");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_under_a_used_key_that_says_something_else_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, contract) = agreed(&world).await;
    let (customer, app) = (place.customer, &world.app);
    let written = |version| Written { customer, contract, version, reason: REASON, key: app.random.uuid(), seen: None };
    let amended = written(0);
    let amend =
        async |from: &str, minutes: &str| contracts::amend(app, &manager, amended, from, &terms("fast", minutes)).await;
    amend("2026-12-01", "400").await.expect("amended");
    for (from, minutes, outcome) in [
        ("2026-12-01", "400", Ok(())),
        ("2026-12-01", "401", Err(Problem::Conflict)),
        ("2026-12-02", "400", Err(Problem::Conflict)),
    ] {
        assert_eq!(amend(from, minutes).await, outcome, "{minutes} from {from}");
    }
    let ended = written(1);
    let end = async |until: &str| contracts::set_validity(app, &manager, ended, &frame("SLS-1", "", until)).await;
    end("2027-12-31").await.expect("ended");
    assert_eq!((end("2027-12-31").await, end("2028-12-31").await), (Ok(()), Err(Problem::Conflict)));
    let other = world.place("B").await.customer;
    let key = app.random.uuid();
    let add = async |number: &str| {
        let typed = (&frame(number, "2026-12-01", ""), &terms("fast", "100"));
        contracts::add(app, &manager, other, typed, REASON, key).await
    };
    add("SLS-2").await.expect("written");
    assert_eq!((add("SLS-2").await, add("SLS-3").await), (Ok(()), Err(Problem::Conflict)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_second_amendment_goes_on_from_the_first_and_one_that_changes_nothing_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let which = (place.customer, id);
    amend(&world, &manager, which, 0, "2026-12-01", &terms("express", "500")).await.expect("amended");
    let nothing = Err(Problem::field("from_day", FieldCode::AlreadyUsed));
    assert_eq!(amend(&world, &manager, which, 1, "2026-12-02", &terms("express", "500")).await, nothing);
    amend(&world, &manager, which, 1, "2027-01-01", &terms("express", "600")).await.expect("amended");

    world.sql("update response_tier set active = false where code = 'express'").await;
    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let desk = format!("/desk/customers/{}", place.customer);
    let changes = "300 min za čtvrtletí → 500 min za čtvrtletí";
    for page in [desk.clone(), format!("{desk}/contract/{id}")] {
        let shown = site.get(&page, &cookie).await;
        assert_eq!(shown.status, 200, "{page}");
        let body = shown.body.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(body.contains(changes) && body.contains("500 min za čtvrtletí → 600 min"), "{page}: {body}");
        assert!(!body.contains("→ express"), "{page}");
    }
    let history = site.get(&desk, &cookie).await.body;
    assert!(history.contains("První znění"), "of a contract that nobody has written here");
    let form = site.get(&format!("{desk}/contract/{id}/amend?from_day=2027-02-01"), &cookie).await;
    assert!(form.status == 200 && form.body.contains("value=\"600\""), "{}", form.body);
    let own = site.get("/usage/contract", &world.cookie(&place.boss).await).await;
    assert!(own.status == 200 && !own.body.contains("→ express"), "{}", own.body);

    // A new contract cannot have what is not offered any more; the one that has it may keep it.
    let other = world.place("B").await.customer;
    let (new, typed, key) = (frame("SLS-9", "2026-12-01", ""), terms("express", "1"), world.app.random.uuid());
    let refused = contracts::add(&world.app, &manager, other, (&new, &typed), REASON, key).await;
    assert_eq!(refused, Err(Problem::field("tier", FieldCode::Unknown)));
    amend(&world, &manager, which, 2, "2027-04-01", &terms("express", "700")).await.expect("amended");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_contract_is_renewed_and_ended_and_what_was_credited_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let customer = place.customer;
    let until = async |version, number: &str, until: &str| {
        let key = world.app.random.uuid();
        let written = Written { customer, contract: id, version, reason: REASON, key, seen: None };
        contracts::set_validity(&world.app, &manager, written, &frame(number, "", until)).await
    };
    let key = world.app.random.uuid();
    let written = Written { customer: CustomerId(99_999), contract: id, version: 0, reason: REASON, key, seen: None };
    let nobodys = contracts::set_validity(&world.app, &manager, written, &frame("SLS-1", "", "2026-11-30")).await;
    assert_eq!(nobodys, Err(Problem::NotFound), "no such customer");
    assert_eq!(until(0, "SLS-1", "2026-11-22").await, Err(Problem::field("valid_until", FieldCode::OutOfRange)));
    until(0, "SLS-1/2026", "2026-11-30").await.expect("ended");
    let known = contract(&world, &manager, customer).await;
    assert_eq!((known.terms.number.as_str(), known.version), ("SLS-1/2026", 1));
    // A contract that follows; its number is its own, and its days too.
    let key = || world.app.random.uuid();
    let next = terms("fast", "100");
    let add = async |number: &str, from: &str| {
        contracts::add(&world.app, &manager, customer, (&frame(number, from, ""), &next), "Podepsáno.", key()).await
    };
    assert_eq!(add("SLS-1/2026", "2026-12-01").await, Err(Problem::field("number", FieldCode::AlreadyUsed)));
    assert_eq!(add("SLS-2", "2026-11-30").await, Err(Problem::field("valid_from", FieldCode::AlreadyUsed)));
    add("SLS-2", "2026-12-01").await.expect("a new one");
    assert_eq!(until(1, "SLS-1/2026", "").await, Err(Problem::field("valid_from", FieldCode::AlreadyUsed)));
    world.app.clock.advance(TimeDelta::days(10));
    assert_eq!(tier_now(&world, customer).await, "fast");
    assert_eq!(world.id("select grant_balance_after::bigint from ledger_entry order by id limit 1").await, 300);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_end_is_told_60_and_14_days_before_once_each_and_not_when_another_follows(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let customer = place.customer;
    world.member(customer, Capabilities::NONE.with(Capability::Order)).await;
    world.sql(&format!("update contract set valid = daterange('2026-01-01', '2027-02-01') where id = {id}")).await;
    let mails = "select count(*) from mail where kind = 'contract_ends'";
    let told = async || {
        for _ in 0..2 {
            contracts::announce_ends(&world.app).await.expect("announced");
        }
        world.id(mails).await
    };
    assert_eq!(told().await, 0, "69 days before its last day");
    assert!(contracts::ending(&world.app, &manager).await.expect("a list").rows.is_empty());
    world.app.clock.advance(TimeDelta::days(10));
    assert_eq!(told().await, 1, "to the one who manages");
    assert_eq!(contracts::ending(&world.app, &manager).await.expect("a list").total, 1);
    world.app.clock.advance(TimeDelta::days(44));
    assert_eq!(told().await, 1);
    world.app.clock.advance(TimeDelta::days(1));
    assert_eq!(told().await, 2, "14 days before");
    let next = terms("fast", "100");
    let (follows, key) = (frame("SLS-2", "2027-02-01", ""), world.app.random.uuid());
    contracts::add(&world.app, &manager, customer, (&follows, &next), "Podepsáno.", key).await.expect("a new one");
    assert!(contracts::ending(&world.app, &manager).await.expect("a list").rows.is_empty(), "another follows");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_attached_by_mistake_is_removed_or_replaced_and_the_audit_says_who(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let which = (place.customer, id);
    let attach = async |name: &str, content: &[u8], replaces| {
        contracts::attach(&world.app, &manager, which, (name, &hex::encode(content)), replaces).await
    };
    let files = async || contract(&world, &manager, place.customer).await.files;
    attach("cizi.pdf", b"%PDF-1.7 of another customer", None).await.expect("attached");
    attach("priloha.pdf", b"%PDF-1.7 an annex", None).await.expect("attached");
    let [annex, wrong] = &files().await[..] else { panic!("two files") };
    assert_eq!(attach("nic.pdf", b"no PDF", Some(wrong.id)).await, Err(Problem::field("file", FieldCode::Unknown)));
    assert_eq!(files().await.len(), 2, "what is refused takes nothing away");
    for _ in 0..2 {
        attach("smlouva.pdf", b"%PDF-1.7 the right one", Some(wrong.id)).await.expect("replaced, once");
    }
    let late = attach("jina.pdf", b"%PDF-1.7 of a colleague", Some(wrong.id)).await;
    assert_eq!(late, Err(Problem::Conflict), "what it comes in the place of is gone");
    let names = async || files().await.into_iter().map(|file| file.name).collect::<Vec<_>>();
    assert_eq!(names().await, ["smlouva.pdf", "priloha.pdf"]);
    let stranger = world.place("B").await;
    let foreign = contracts::remove_file(&world.app, &manager, (stranger.customer, id), annex.id).await;
    assert_eq!(foreign, Err(Problem::NotFound));
    for _ in 0..2 {
        contracts::remove_file(&world.app, &manager, which, annex.id).await.expect("removed, once");
    }
    assert_eq!(names().await, ["smlouva.pdf"]);
    let path = format!("/contracts/{id}/files/{}", annex.id);
    let site = Site::serve(world.app.clone()).await;
    assert_eq!(site.get(&path, &world.cookie(&place.boss).await).await.status, 404);
    let audited: Vec<String> = sqlx::query_scalar(
        "select before ->> 'name' from audit_entry where subject = 'contract_file' and change = 'delete' order by id",
    )
    .fetch_all(world.app.db.pool())
    .await
    .expect("the audit");
    assert_eq!(audited, ["cizi.pdf", "priloha.pdf"]);
    let shown = world.id("select count(*) from audit_entry where before::text like '%another customer%'").await;
    assert_eq!(shown, 0, "the bytes are nowhere");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_amendment_begins_with_what_the_contract_says_on_its_day(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    amend(&world, &manager, (place.customer, id), 0, "2027-02-01", &terms("fast", "777")).await.expect("amended");
    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let page = format!("/desk/customers/{}/contract/{id}/amend", place.customer);
    let asked = site.get(&page, &cookie).await;
    assert!(asked.status == 200 && !asked.body.contains("name=\"minutes_per_period\""), "the day comes first");
    let shows = async |day: &str| {
        let body = site.get(&format!("{page}?from_day={day}"), &cookie).await.body;
        assert!(body.contains(&format!("name=\"from_day\" value=\"{day}\"")), "{day}");
        body.contains("value=\"777\"")
    };
    assert!(!shows("2026-12-01").await && !shows("2027-01-31").await, "what is to come is not in force yet");
    assert!(shows("2027-02-01").await && shows("2027-03-15").await);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_signed_is_a_pdf_of_a_bounded_size_that_the_customer_can_download(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (place, id) = agreed(&world).await;
    let which = (place.customer, id);
    let attach = async |name: &str, content: &[u8]| {
        contracts::attach(&world.app, &manager, which, (name, &hex::encode(content)), None).await
    };
    let wrong = |code| Err(Problem::field("file", code));
    assert_eq!(attach("smlouva.pdf", b"").await, wrong(FieldCode::Missing));
    assert_eq!(attach("smlouva.pdf", b"MZ\x90 not a PDF").await, wrong(FieldCode::Unknown));
    let large = [b"%PDF-1.7".to_vec(), vec![b'x'; 4 * 1024 * 1024]].concat();
    assert_eq!(attach("smlouva.pdf", &large).await, wrong(FieldCode::TooLong));
    let pdf = b"%PDF-1.7\n%%EOF\n";
    for _ in 0..2 {
        attach(r"C:\Smlouvy\<b>Dodatek č. 1<b>.pdf", pdf).await.expect("attached");
    }
    let known = contract(&world, &manager, place.customer).await;
    let [file] = &known.files[..] else { panic!("{:?}", known.files) };
    assert_eq!(file.name, "<b>Dodatek č. 1<b>.pdf", "the same file is kept once, without its folder");

    let site = Site::serve(world.app.clone()).await;
    let path = format!("/contracts/{id}/files/{}", file.id);
    let stranger = world.place("B").await;
    let colleague = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    for (caller, status) in [(&place.boss, 200), (&stranger.boss, 404), (&colleague, 403)] {
        let answer = site.get(&path, &world.cookie(caller).await).await;
        assert_eq!(answer.status, status);
        if status == 200 {
            let header = |name: &str| answer.headers[name].to_str().expect("a header").to_owned();
            assert!(header("content-disposition").starts_with("attachment; "), "never shown by us");
            assert_eq!(
                (header("content-type").as_str(), header("x-content-type-options").as_str()),
                ("application/pdf", "nosniff")
            );
        }
    }
    let technician = world.staff(StaffRole::Technician).await;
    assert_eq!(site.get(&path, &world.cookie(&technician).await).await.status, 403);
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    assert_eq!(site.get(&path, &world.cookie(&dispatcher).await).await.status, 200);

    // As a browser uploads it, on the page of the contract.
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let page = format!("/desk/customers/{}/contract/{id}", place.customer);
    for (content, status, kept) in [("%PDF-1.4 other", 303, 2), ("<script>", 422, 2)] {
        let field = |name: &str, value: &str| {
            format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = format!(
            "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"dodatek.pdf\"\r\n\r\n{content}"
        );
        let body = [
            field("call", "/api/desk/attach-contract-file"),
            field("customer", &place.customer.to_string()),
            field("contract", &id.to_string()),
            file,
            "\r\n--limit--\r\n".into(),
        ];
        let request = site
            .request(reqwest::Method::POST, &page)
            .header("cookie", &cookie)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=limit");
        let sent = site.send(request.body(body.concat())).await.expect("an answer");
        let answer = match sent.location.as_deref().filter(|location| location.contains("kept=")) {
            Some(location) => site.get(location, &cookie).await,
            None => sent,
        };
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(world.id("select count(*) from contract_file").await, kept);
    }
    let shown = site.get(&page, &cookie).await;
    assert!(shown.status == 200 && !shown.body.contains("<b>Dodatek"), "{}", shown.body);
}
