//! The account of minutes under concurrency and attack: no grant below zero, nothing twice, nothing rewritten.

use crate::support::{Place, Work, World, at, short_or_long};
use chrono::TimeDelta;
use linka::{
    model::{
        base::numbers::{InterventionRef, RequestNumber},
        people::members::StaffRole,
        problem::Problem,
        work::contests::ContestState,
    },
    server::{
        clock::Clock,
        db::MIGRATIONS,
        service::{
            upkeep,
            work::{closing, contests, receipts},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;

/// Closes all works at the same time; every one must succeed.
async fn close_at_once(world: &World, works: Vec<Work>) {
    let mut closings = JoinSet::new();
    for Work { number, technician } in works {
        let app = world.app.clone();
        let key = app.random.uuid();
        closings.spawn(async move { closing::close(&app, &technician, number, "Opraveno.", Some(true), key).await });
    }
    while let Some(closing) = closings.join_next().await {
        assert_eq!(closing.expect("no panic"), Ok(()));
    }
}

async fn sum(world: &World, what: &str) -> i64 {
    world.id(&format!("select coalesce(sum({what}), 0)::bigint from ledger_entry")).await
}

async fn place_with_bundle(world: &World, minutes: u32) -> Place {
    let place = world.place("Škola").await;
    world.bundle(place.customer, minutes, "2027-11-01T00:00:00+01:00").await;
    place
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_a_hundred_closings_takes_no_grant_below_zero(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 50).await;
    let works = world.work_under_way(&place, 100, 7).await;
    close_at_once(&world, works).await;
    // The minimum of 20 minutes each: 2,000 billed, 50 of them from the grant.
    assert_eq!(sum(&world, "-minutes").await, 0, "all 50 are drawn and nothing else");
    assert_eq!(world.id("select -sum(minutes)::bigint from ledger_entry where kind = 'draw'").await, 50);
    assert_eq!(sum(&world, "over_minutes").await, 1_950);
    assert_eq!(sum(&world, "amount").await, 1_950 * 2_500);
    assert_eq!(world.id("select min(grant_balance_after)::bigint from ledger_entry").await, 0);
    assert_eq!(world.id("select sum(billed_minutes)::bigint from receipt").await, 2_000);
    assert_eq!(world.id("select count(*) from intervention where state = 'closed'").await, 100);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_hundreds_of_draws_of_half_an_hour_gets_two_from_an_hour(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 60).await;
    let count = short_or_long(200, 1_000);
    let works = world.work_under_way(&place, count, 30).await;
    close_at_once(&world, works).await;
    assert_eq!(world.id("select count(*) from ledger_entry where kind = 'draw' and minutes = -30").await, 2);
    assert_eq!(world.id("select count(*) from ledger_entry where kind = 'draw'").await, 2);
    let charges = world.id("select count(*) from ledger_entry where kind = 'charge' and over_minutes = 30").await;
    assert_eq!(charges, count - 2);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_one_closing_form_sent_ten_times_settles_once(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 100).await;
    let job = world.work_under_way(&place, 1, 25).await.remove(0);
    let key = world.app.random.uuid();
    let mut closings = JoinSet::new();
    for _ in 0..10 {
        let (app, technician, number) = (world.app.clone(), job.technician.clone(), job.number);
        closings.spawn(async move { closing::close(&app, &technician, number, "Opraveno.", Some(true), key).await });
    }
    while let Some(closing) = closings.join_next().await {
        assert_eq!(closing.expect("no panic"), Ok(()));
    }
    assert_eq!(sum(&world, "minutes").await, 75);
    assert_eq!(world.id("select count(*) from receipt").await, 1);
    assert_eq!(world.id("select count(*) from request_event where kind = 'closed'").await, 1);
    // Another form for the same work comes too late.
    let other = world.app.random.uuid();
    let late = closing::close(&world.app, &job.technician, job.number, "Opraveno.", Some(true), other).await;
    assert_eq!(late, Err(Problem::Conflict));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_ten_servers_credits_a_period_once(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.contract(place.customer, 300).await;
    let mut chores = JoinSet::new();
    for _ in 0..10 {
        let app = world.app.clone();
        chores.spawn(async move { upkeep::credit_periods(&app).await });
    }
    while let Some(chore) = chores.join_next().await {
        assert_eq!(chore.expect("no panic"), Ok(()));
    }
    assert_eq!(sum(&world, "minutes").await, 300);
    world.app.clock.advance(TimeDelta::days(60));
    upkeep::credit_periods(&world.app).await.expect("the next quarter");
    upkeep::expire_grants(&world.app, upkeep::Expired::AtAnyTime).await.expect("the last quarter's rest");
    upkeep::expire_grants(&world.app, upkeep::Expired::AtAnyTime).await.expect("nothing more");
    assert_eq!(world.id("select count(*) from minute_grant").await, 2);
    assert_eq!(world.id("select sum(-minutes)::bigint from ledger_entry where kind = 'expiry'").await, 300);
    assert_eq!(sum(&world, "minutes").await, 300);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_expiry_waits_for_work_that_began_before_it(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.bundle(place.customer, 100, "2026-11-23T09:00:00+01:00").await;
    let job = world.work_under_way(&place, 1, 30).await.remove(0);
    world.app.clock.advance(TimeDelta::hours(2));
    upkeep::expire_grants(&world.app, upkeep::Expired::AtAnyTime).await.expect("nothing yet");
    assert_eq!(sum(&world, "minutes").await, 100, "the open intervention may still draw");
    let key = world.app.random.uuid();
    closing::close(&world.app, &job.technician, job.number, "Opraveno.", Some(true), key).await.expect("closed");
    assert_eq!(sum(&world, "minutes").await, 70);
    upkeep::expire_grants(&world.app, upkeep::Expired::AtAnyTime).await.expect("now");
    assert_eq!(sum(&world, "minutes").await, 0);
    assert_eq!(world.id("select sum(-minutes)::bigint from ledger_entry where kind = 'expiry'").await, 70);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_expiry_waits_while_suspended_work_can_be_resumed(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.bundle(place.customer, 100, "2026-11-23T10:00:00+01:00").await;
    let job = world.work_under_way(&place, 1, 30).await.remove(0);
    let key = world.app.random.uuid();
    closing::close(&world.app, &job.technician, job.number, "Ještě ne.", Some(false), key).await.expect("suspended");
    world.app.clock.advance(TimeDelta::days(2));
    upkeep::expire_grants(&world.app, upkeep::Expired::Lately).await.expect("nothing yet");
    assert_eq!(sum(&world, "minutes").await, 70, "Wednesday: the work of Monday can be resumed");
    world.app.clock.advance(TimeDelta::days(1));
    upkeep::expire_grants(&world.app, upkeep::Expired::Lately).await.expect("now");
    assert_eq!(sum(&world, "minutes").await, 0);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_moment_of_a_contract_is_credited_twice_whatever_its_periods(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let contract = world.contract(place.customer, 300).await;
    let credited = async |world: &World| {
        upkeep::credit_periods(&world.app).await.expect("credited");
        world.id("select count(*) from minute_grant").await
    };
    assert_eq!(credited(&world).await, 1, "the quarter until December");
    world.sql(&format!("update contract set period = 'month' where id = {contract}")).await;
    assert_eq!(credited(&world).await, 1, "months begin when the quarter is over");
    world.app.clock.advance(TimeDelta::days(40));
    assert_eq!(credited(&world).await, 2, "January");
    world.sql(&format!("update contract set period = 'quarter' where id = {contract}")).await;
    assert_eq!(credited(&world).await, 2);
    world.app.clock.advance(TimeDelta::days(31));
    assert_eq!(credited(&world).await, 3, "from February on a quarter, to its end in March");
    let ends = "select count(*) from minute_grant where effective_at = '2027-02-01T00:00:00+01:00'
                and expires_at = '2027-04-01T00:00:00+02:00'";
    assert_eq!(world.id(ends).await, 1);
    let overlap = format!(
        "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at, contract_id,
                                   covers_until)
         values ({}, 'contract', 1, '2027-02-01', '2027-03-01', 'x', now(), {contract}, '2027-03-01')",
        place.customer
    );
    assert!(refusal(&world, &overlap).await.contains("no_moment_credited_twice"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn entries_stand_in_order_of_time_though_the_clocks_of_servers_differ(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 100).await;
    let behind = world.with_clock(Clock::manual(at("2026-11-23T07:30:00+01:00")));
    let mut works = world.work_under_way(&place, 2, 30).await;
    close_at_once(&world, vec![works.remove(0)]).await;
    let Work { number, technician } = works.remove(0);
    let key = world.app.random.uuid();
    closing::close(&behind, &technician, number, "Opraveno.", Some(true), key).await.expect("closed by a slow clock");
    assert_eq!(
        world.id("select count(*) from ledger_entry a join ledger_entry b on a.seq < b.seq and a.at > b.at").await,
        0
    );
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}

/// Why the database refuses a statement, as its owner past all policies.
async fn refusal(world: &World, statement: &str) -> String {
    let refused = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(world.app.db.pool()).await;
    refused.expect_err(statement).to_string()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_rewrites_what_is_append_only(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 100).await;
    world.contract(place.customer, 10).await;
    let works = world.work_under_way(&place, 1, 30).await;
    close_at_once(&world, works).await;
    for table in ["ledger_entry", "minute_grant", "receipt", "contract_version", "segment_correction"] {
        for statement in [
            format!("update {table} set customer_id = customer_id"),
            format!("delete from {table}"),
            format!("truncate {table} cascade"),
        ] {
            assert!(refusal(&world, &statement).await.contains("append-only"), "{statement}");
        }
        for role in ["linka_member", "linka_staff", "linka_system"] {
            for privilege in ["UPDATE", "DELETE", "TRUNCATE"] {
                let held = world
                    .id(&format!("select has_table_privilege('{role}', '{table}', '{privilege}')::int::bigint"))
                    .await;
                assert_eq!(held, 0, "{role} may not {privilege} {table}");
            }
        }
    }
    let inserts = ["ledger_entry", "minute_grant", "receipt", "minute_account", "usage_month", "alert", "time_segment"];
    for table in inserts {
        let held =
            world.id(&format!("select has_table_privilege('linka_member', '{table}', 'INSERT')::int::bigint")).await;
        assert_eq!(held, 0, "a member writes no {table}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_refuses_entries_that_make_no_sense(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 10).await;
    world.work_under_way(&place, 1, 30).await;
    let customer = place.customer;
    let entry = |kind: &str, minutes: i32, over: i32, source: &str| {
        let grant = if over == 0 { "(select max(id) from minute_grant)" } else { "null" };
        let intervention =
            if matches!(kind, "grant" | "expiry") { "null" } else { "(select max(id) from intervention)" };
        format!(
            "insert into ledger_entry (customer_id, at, kind, grant_id, intervention_id, minutes, over_minutes, amount,
                                       source_kind, source_id)
             values ({customer}, now(), '{kind}', {grant}, {intervention}, {minutes}, {over}, {over} * 100, 'receipt', '{source}')"
        )
    };
    world.sql(&entry("draw", -4, 0, "a")).await;
    for (statement, constraint) in [
        (entry("draw", -7, 0, "b"), "below_zero"),
        (entry("expiry", -7, 0, "b"), "below_zero"),
        (entry("draw", -1, 0, "a"), "ledger_entry_source_kind_source_id_key"),
        (entry("draw", 1, 0, "b"), "sign_fits_kind"),
        (entry("return", 5, 0, "b"), "more minutes returned than drawn"),
        (entry("waive", 0, -1, "b"), "more minutes waived than charged"),
        (entry("charge", 1, 1, "b"), "of_a_grant_or_money"),
    ] {
        let refusal = refusal(&world, &statement).await;
        assert!(refusal.contains(constraint), "{refusal} for {statement}");
    }
    // What the application says about numbers and balances is not asked.
    world
        .sql(&format!(
            "insert into ledger_entry (customer_id, at, kind, grant_id, intervention_id, minutes, source_kind, source_id,
                                       seq, balance_after, grant_balance_after)
             values ({customer}, now(), 'return', (select max(id) from minute_grant), (select max(id) from intervention), 4,
                     'receipt', 'c', 77, 1000000, 1000000)"
        ))
        .await;
    assert_eq!(world.id("select max(seq) from ledger_entry").await, 3);
    assert_eq!(world.id("select balance_after::bigint from ledger_entry where seq = 3").await, 10);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_check_of_the_ledger_finds_what_is_wrong(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 100).await;
    let works = world.work_under_way(&place, 3, 30).await;
    close_at_once(&world, works).await;
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    for (damage, fault) in [
        ("update ledger_entry set minutes = -29, balance_after = balance_after + 1 where seq = 2", "balance"),
        ("update ledger_entry set seq = 9 where seq = 4", "seq"),
        ("delete from ledger_entry where kind = 'draw' and seq = 4", "receipt and ledger differ"),
        ("update receipt set from_grants = 29, billed_minutes = 29 where version = 1", "receipt and ledger differ"),
        ("update minute_grant set minutes = 99", "credited"),
        (
            "update minute_grant set effective_at = effective_at + interval '100 days', expires_at = null",
            "not effective",
        ),
        ("update usage_month set minutes = minutes + 1", "usage by month"),
        ("delete from receipt", "receipt and ledger differ"),
    ] {
        let mut tx = world.app.db.pool().begin().await.expect("a transaction");
        // Only the database's superuser can damage it.
        sqlx::query("set local session_replication_role = replica").execute(&mut *tx).await.expect("a superuser");
        sqlx::query(damage).execute(&mut *tx).await.expect(damage);
        let faults: Vec<String> =
            sqlx::query_scalar("select fault from ledger_faults()").fetch_all(&mut *tx).await.expect("faults");
        assert!(faults.iter().any(|found| found.contains(fault)), "{damage}: {faults:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_balance_of_any_moment_is_the_sum_of_the_entries_until_then(pool: PgPool) {
    let world = World::new(pool).await;
    let place = place_with_bundle(&world, 500).await;
    for work in world.work_under_way(&place, 8, 21).await {
        world.app.clock.advance(TimeDelta::hours(5));
        close_at_once(&world, vec![work]).await;
    }
    let viewer = place.boss.may_see_billing().expect("billing");
    let mut moment = at("2026-11-22T00:00:00+01:00");
    while moment < world.app.clock.now() {
        let mut tx = world.app.db.member(viewer.customer()).await.expect("a transaction");
        let shown = linka::server::db::minutes::ledger::balance_before(&mut tx, viewer.customer(), moment)
            .await
            .expect("shown");
        let recomputed = world
            .id(&format!(
                "select coalesce(sum(minutes), 0)::bigint from ledger_entry where at < '{}'",
                moment.to_rfc3339()
            ))
            .await;
        assert_eq!(i64::from(shown), recomputed, "{moment}");
        moment += TimeDelta::hours(3);
    }
}

/// Chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn any_order_of_closings_objections_credits_and_expiries_keeps_every_minute(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await;
    let desk = manager.desk().expect("the desk");
    let mut dice = Dice(20_261_123);
    for round in 0..6 {
        let place = world.place(&format!("Škola {round}")).await;
        let member = place.boss.member().expect("a member");
        world.contract(place.customer, 40 + 20 * u32::try_from(dice.below(4)).expect("small")).await;
        world.bundle(place.customer, 30, "2026-12-20T00:00:00+01:00").await;
        let minutes = 5 + i64::try_from(dice.below(30)).expect("small");
        let mut open = world.work_under_way(&place, 8, minutes).await;
        let mut closed: Vec<RequestNumber> = Vec::new();
        for _ in 0..30 {
            match dice.below(6) {
                0 | 1 => {
                    if !open.is_empty() {
                        let place = usize::try_from(dice.below(open.len() as u64)).expect("small");
                        let work = open.swap_remove(place);
                        closed.push(work.number);
                        close_at_once(&world, vec![work]).await;
                    }
                }
                2 => {
                    if let Some(number) = closed.pop() {
                        let name = InterventionRef { number, ordinal: 1 };
                        let page = receipts::page(&world.app, &place.boss, name).await.expect("a receipt");
                        let segment = Some(page.receipt.segments[0].id);
                        let objection = contests::add(&world.app, &member, name, segment, "Nesouhlasím.").await;
                        assert!(matches!(objection, Ok(()) | Err(Problem::Conflict)), "{objection:?}");
                    }
                }
                3 => {
                    for case in contests::open(&world.app, &desk).await.expect("cases").rows {
                        let key = world.app.random.uuid();
                        let state = match dice.below(4) {
                            0 => ContestState::Rejected,
                            1 => ContestState::Accepted,
                            _ => ContestState::PartlyAccepted,
                        };
                        let minutes = (1 + dice.below(40)).to_string();
                        let id = case.contest.id;
                        let decided =
                            contests::decide(&world.app, &desk, id, Some(state), &minutes, "Rozhodli jsme.", key).await;
                        let before = case.receipt;
                        let name = before.intervention;
                        let page = receipts::page(&world.app, &manager, name).await.expect("a receipt");
                        if decided.is_err() {
                            assert_eq!(page.receipt, before, "what is refused leaves no trace");
                            continue;
                        }
                        let accepted = page.contests.iter().find(|it| it.id == id).expect("it").accepted_minutes;
                        let returned = before.bill.billed.saturating_sub(page.receipt.bill.billed);
                        assert!(page.receipt.adds_up());
                        if let Some(accepted) = accepted.filter(|_| page.receipt.bill.billed > 0) {
                            assert!(returned <= accepted, "{returned} of {accepted}");
                        }
                    }
                }
                4 => {
                    upkeep::credit_periods(&world.app).await.expect("credited");
                    upkeep::expire_grants(&world.app, upkeep::Expired::AtAnyTime).await.expect("expired");
                }
                _ => world.app.clock.advance(TimeDelta::hours(i64::try_from(dice.below(100)).expect("small"))),
            }
            assert_eq!(world.ledger_faults().await, Vec::<String>::new());
        }
        close_at_once(&world, open).await;
    }
    world.app.clock.advance(TimeDelta::days(200));
    upkeep::expire_grants(&world.app, upkeep::Expired::AtAnyTime).await.expect("expired");
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    let sums = "select count(*) from minute_grant g join lateral (
                    select sum(minutes) filter (where kind = 'grant') as granted,
                           -coalesce(sum(minutes) filter (where kind in ('draw', 'return')), 0) as drawn,
                           -coalesce(sum(minutes) filter (where kind = 'expiry'), 0) as expired,
                           (array_agg(grant_balance_after order by seq desc))[1] as left_minutes
                    from ledger_entry where grant_id = g.id) e on true
                where e.granted = g.minutes and e.drawn + e.expired + e.left_minutes = g.minutes";
    assert_eq!(world.id(sums).await, world.id("select count(*) from minute_grant").await);
    for kind in ["grant", "draw", "return", "charge", "waive"] {
        assert!(world.id(&format!("select count(*) from ledger_entry where kind = '{kind}'")).await > 2, "{kind}");
    }
}
