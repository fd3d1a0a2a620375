//! Which step writes which mail, to whom, and that it does so once.

use crate::support::{Place, Work, World, at};
use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        mails::MailContent,
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
        work::{attempts::AttemptChannel, contests::ContestState, interventions::WorkRefused, segments::SegmentKind},
    },
    server::{
        auth::{Caller, Technician},
        db::MIGRATIONS,
        service::{
            ordering::requests,
            upkeep,
            work::{attempts, ceiling, clock, closing, contests, receipts},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use super::sink::{member_id, plain, run_due, world};

/// A customer of whom one orders and two buy, beside another customer, and an appointment today.
struct Team {
    world: World,
    /// Orders and buys nothing.
    clerk: Caller,
    /// Do all, and nothing but buy.
    buyers: [Caller; 2],
    place: Place,
    number: RequestNumber,
    technician: Technician,
}

impl Team {
    async fn new(world: World) -> Self {
        world.place("Jiná škola").await;
        let place = world.place("Škola").await;
        let may_not_buy = Capabilities::all().without(Capability::Buy);
        let clerk = world.member(place.customer, may_not_buy).await;
        let purse = world.member(place.customer, Capabilities::NONE.with(Capability::Buy)).await;
        let orderer = clerk.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Urgent).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        let technician = world.technician_of(number).await;
        let buyers = [place.boss.clone(), purse];
        Self { world, clerk, buyers, place, number, technician }
    }

    fn buyers(&self) -> Vec<String> {
        self.buyers.iter().map(address).collect()
    }

    fn minutes(&self, minutes: i64) {
        self.world.app.clock.advance(TimeDelta::minutes(minutes));
    }

    async fn start(&self, kind: SegmentKind) -> Result<(), Problem> {
        let key = self.world.app.random.uuid();
        clock::start(&self.world.app, &self.technician, self.number, Some(kind), key).await
    }

    /// Works for so many minutes and closes, by a form that is sent twice.
    async fn work_and_close(&self, minutes: i64, finished: bool) {
        self.start(SegmentKind::Work).await.expect("started");
        self.minutes(minutes);
        let key = self.world.app.random.uuid();
        for _ in 0..2 {
            closing::close(&self.world.app, &self.technician, self.number, "Tisk funguje.", Some(finished), key)
                .await
                .expect("closed");
        }
    }
}

/// A line with two technicians.
async fn line(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world
}

fn address(caller: &Caller) -> String {
    format!("member{}@example.com", member_id(caller))
}

/// To whom mails of a kind were written, in order.
async fn written(world: &World, kind: &str) -> Vec<String> {
    let query = format!("select to_address from mail where kind = '{kind}' order by id");
    sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(world.app.db.pool()).await.expect("mails")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn agreeing_moving_and_cancelling_tell_whoever_ordered(pool: PgPool) {
    let team = Team::new(line(pool).await).await;
    let app = &team.world.app;
    let boss = team.place.boss.may_order().expect("an orderer");
    let orderer = team.clerk.may_order().expect("an orderer");
    let order = team.world.order(&orderer, Urgency::Normal).await;
    let start = *team.world.starts(&orderer, order).await.last().expect("a start");
    let number = team.world.book(&orderer, order, start).await.expect("a booking");
    let start = requests::move_choice(app, &boss, number).await.expect("times").offers[0].slot.start;
    for _ in 0..2 {
        requests::move_appointment(app, &boss, number, Some(start), Uuid::from_u128(1)).await.expect("moved");
    }
    for _ in 0..2 {
        requests::cancel(app, &boss, number, "", Uuid::from_u128(2)).await.expect("cancelled");
    }
    let clerk = address(&team.clerk);
    assert_eq!(written(&team.world, "confirmed").await, [clerk.clone(), clerk.clone()], "of both requests");
    assert_eq!(written(&team.world, "moved").await, [clerk.as_str()]);
    assert_eq!(written(&team.world, "cancelled").await, [clerk]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_confirmation_says_what_it_costs_until_when_it_changes_and_the_number_of_the_region(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let team = Team::new(world).await;
    team.world.sql("update customer set postal_code = '602 00' where name = 'Škola'").await;
    run_due(&team.world.app).await;
    let mails = sink.mails();
    let text = plain(&mails[0].text);
    for said in [
        "Odhad 30–45 min: 30–45 min po 25 Kč bez DPH (907,50–1 361,25 Kč s DPH).",
        "Změnit termín můžete dnes do 8:10 na stránce požadavku. Potom nám zavolejte: 377 462 201.",
        "Odpovědi nikdo nečte, zavolejte nám: 377 462 201.",
    ] {
        assert!(text.contains(said), "{said} is missing:\n{text}");
    }
    assert_eq!(mails[0].phones, ["tel:+420377462201", "tel:+420377462201"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn closing_sends_the_receipt_to_whoever_ordered_and_says_whether_all_is_done(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let team = Team::new(world).await;
    run_due(&team.world.app).await;
    team.work_and_close(5, false).await;
    run_due(&team.world.app).await;
    team.world.app.clock.advance(TimeDelta::days(1));
    team.world.agree_again(team.number, &team.technician).await;
    team.work_and_close(12, false).await;
    run_due(&team.world.app).await;
    team.world.app.clock.advance(TimeDelta::days(1));
    team.world.agree_again(team.number, &team.technician).await;
    team.work_and_close(25, true).await;
    run_due(&team.world.app).await;

    assert_eq!(written(&team.world, "closed").await, vec![address(&team.clerk); 3]);
    let mails = sink.mails();
    let [_, suspended, again, done] = mails.as_slice() else { panic!("four mails: {mails:?}") };
    for (mail, subject, path) in [
        (suspended, "Budeme pokračovat: Oprava, zatím 30 min", format!("/requests/{}", team.number)),
        (again, "Budeme pokračovat: Oprava, zatím 30 min", format!("/requests/{}", team.number)),
        (done, "Hotovo: Oprava, celkem 42 min", format!("/requests/{}/receipt/1", team.number)),
    ] {
        assert_eq!(plain(&mail.subject), subject);
        assert_eq!(mail.to, address(&team.clerk));
        assert!(mail.links[0].ends_with(&path), "{:?}", mail.links);
        assert!(mail.text.contains("Tisk funguje."), "{}", mail.text);
        assert!(!mail.text.contains("oprav"), "nothing was corrected: {}", mail.text);
    }
    let resumed = "minimum 30 min proto platí jen jednou";
    let is_resumed: Vec<_> = [suspended, again, done].map(|mail| plain(&mail.text).contains(resumed)).into();
    assert_eq!(is_resumed, [false, true, true]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn at_each_ceiling_everybody_who_buys_is_asked_once(pool: PgPool) {
    let team = Team::new(line(pool).await).await;
    let app = &team.world.app;
    team.world.sql("update service_request set ceiling_minutes = 30").await;
    team.start(SegmentKind::Work).await.expect("started");
    team.minutes(29);
    upkeep::watch_clocks(app).await.expect("watched");
    assert!(written(&team.world, "consent_asked").await.is_empty());
    team.minutes(2);
    let watches = (0..8).map(|_| upkeep::watch_clocks(app));
    for outcome in futures::future::join_all(watches).await {
        outcome.expect("watched");
    }
    assert_eq!(team.start(SegmentKind::Work).await, Err(WorkRefused::WaitingForConsent.into()));
    assert_eq!(written(&team.world, "consent_asked").await, team.buyers());

    let buyer = team.buyers[1].may_buy().expect("a buyer");
    ceiling::answer(app, &buyer, team.number, None, Some(true), "45").await.expect("agreed");
    team.start(SegmentKind::Work).await.expect("goes on");
    team.minutes(16);
    upkeep::watch_clocks(app).await.expect("watched");
    assert_eq!(written(&team.world, "consent_asked").await, [team.buyers(), team.buyers()].concat());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_ordered_is_told_of_a_missed_time(pool: PgPool) {
    let team = Team::new(line(pool).await).await;
    let app = &team.world.app;
    team.minutes(60);
    for _ in 0..2 {
        let (channel, key) = (Some(AttemptChannel::Phone), app.random.uuid());
        attempts::note(app, &team.technician, team.number, channel, "", key).await.expect("noted");
        team.minutes(5);
    }
    for _ in 0..2 {
        attempts::call_missed(app, &team.technician, team.number, Uuid::from_u128(1)).await.expect("missed");
    }
    assert_eq!(written(&team.world, "no_show").await, [address(&team.clerk)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_ordered_gets_the_answer_to_an_objection_and_no_second_receipt(pool: PgPool) {
    let team = Team::new(line(pool).await).await;
    let app = &team.world.app;
    team.work_and_close(40, true).await;
    let name = InterventionRef { number: team.number, ordinal: 1 };
    let segment = receipts::page(app, &team.clerk, name).await.expect("a receipt").receipt.segments[0].id;
    let boss = team.place.boss.member().expect("a member");
    contests::add(app, &boss, name, Some(segment), "Byla to vaše chyba.").await.expect("objected");
    let staff = team.world.staff(StaffRole::Dispatcher).await;
    let desk = staff.desk().expect("the desk");
    let contest = contests::open(app, &desk).await.expect("cases").rows[0].contest.id;
    for _ in 0..2 {
        let key = app.random.uuid();
        contests::decide(app, &desk, contest, Some(ContestState::Accepted), "", "Ano, máte pravdu.", key)
            .await
            .expect("decided");
    }
    assert_eq!(receipts::page(app, &team.clerk, name).await.expect("a receipt").receipt.version, 2);
    assert_eq!(written(&team.world, "contest_decided").await, [address(&team.clerk)]);
    assert_eq!(written(&team.world, "closed").await, [address(&team.clerk)], "of the first version only");
}

/// What alerts said, in order: their kind and the minutes left, once for each buyer.
async fn alerts(team: &Team) -> Vec<(String, u32)> {
    let buyers = team.buyers();
    let query = "select to_address, content from mail where kind = 'alert' order by id";
    let rows: Vec<(String, serde_json::Value)> =
        sqlx::query_as(query).fetch_all(team.world.app.db.pool()).await.expect("mails");
    let said = |content: &serde_json::Value| match serde_json::from_value(content.clone()) {
        Ok(MailContent::Alert(alert)) => (alert.kind.to_string(), alert.left),
        other => panic!("no alert: {other:?}"),
    };
    rows.chunks(buyers.len())
        .map(|mails| {
            let to: Vec<_> = mails.iter().map(|(to, _)| to.clone()).collect();
            assert_eq!(to, buyers, "everybody who buys and nobody else");
            said(&mails[0].1)
        })
        .collect()
}

/// Closes work of so many minutes.
async fn draw(team: &Team, minutes: i64) {
    for Work { number, technician } in team.world.work_under_way(&team.place, 1, minutes).await {
        let key = team.world.app.random.uuid();
        closing::close(&team.world.app, &technician, number, "Opraveno.", Some(true), key).await.expect("closed");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_share_of_used_minutes_is_told_once_and_again_after_a_top_up(pool: PgPool) {
    let team = Team::new(line(pool).await).await;
    team.world.bundle(team.place.customer, 200, "2027-11-01T00:00:00+01:00").await;
    let mut expected: Vec<(String, u32)> = Vec::new();
    for (minutes, told) in [
        (150, None),
        (20, Some(("used_80", 30))),
        (20, Some(("used_95", 10))),
        (20, Some(("used_100", 0))),
        (20, None), // beyond the minutes: told already
    ] {
        draw(&team, minutes).await;
        expected.extend(told.map(|(kind, left): (&str, u32)| (kind.to_owned(), left)));
        assert_eq!(alerts(&team).await, expected, "after {minutes} more");
    }
    team.world.bundle(team.place.customer, 300, "2027-11-01T00:00:00+01:00").await;
    draw(&team, 190).await;
    assert_eq!(alerts(&team).await.len(), 3, "78 % of 500");
    draw(&team, 20).await;
    assert_eq!(alerts(&team).await.last(), Some(&("used_80".to_owned(), 90)), "armed again");
    draw(&team, 90).await;
    assert_eq!(alerts(&team).await.last(), Some(&("used_100".to_owned(), 0)), "the highest of two");
    assert_eq!(alerts(&team).await.len(), 5);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_expiry_is_announced_once_for_each_grant_with_minutes_left(pool: PgPool) {
    let team = Team::new(line(pool).await).await;
    let (app, customer) = (&team.world.app, team.place.customer);
    team.world.bundle(customer, 60, "2026-12-20T00:00:00+01:00").await;
    team.world.bundle(customer, 100, "2026-12-24T00:00:00+01:00").await;
    team.world.bundle(customer, 1_000, "2027-11-01T00:00:00+01:00").await;
    draw(&team, 60).await;
    for (day, expected) in [("2026-12-01", 0), ("2026-12-12", 1), ("2026-12-20", 1)] {
        app.clock.advance(at(&format!("{day}T12:00:00+01:00")) - app.clock.now());
        let chores = (0..8).map(|_| upkeep::announce_expiries(app));
        for outcome in futures::future::join_all(chores).await {
            outcome.expect("the upkeep");
        }
        let told = vec![("expiring".to_owned(), 100); expected];
        assert_eq!(alerts(&team).await, told, "{day}: the first of them is used up");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_is_told_once_of_a_forgotten_clock(pool: PgPool) {
    let team = Team::new(line(pool).await).await;
    let id = team.technician.id();
    let login = "insert into login (email, password_hash, staff_id) values ('technik@example.com', '$argon2id$none',";
    team.world.sql(&format!("{login} {id})")).await;
    team.start(SegmentKind::Preparation).await.expect("started");
    for hours in [0, 9, 1] {
        team.minutes(60 * hours);
        upkeep::watch_clocks(&team.world.app).await.expect("watched");
    }
    assert_eq!(written(&team.world, "clock_forgotten").await, ["technik@example.com"]);
}
