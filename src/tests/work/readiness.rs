//! Half an hour before the agreed time: asked once, answered by one tap without signing in, and shown to who comes (design, Readiness).

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        paths,
        problem::Problem,
        work::readiness::{ReadyAnswer, Stands},
    },
    server::{
        auth::tokens::Token,
        db::{MIGRATIONS, work::visits},
        mail::Locale,
        service::{
            ordering::requests,
            work::{day, missed, readiness},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Place, Site, World};

/// A world with one technician and a time that is agreed for the next day or later.
struct Soon {
    world: World,
    place: Place,
    number: RequestNumber,
    start: DateTime<Utc>,
}

impl Soon {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.without_reserve().await;
        world.technicians(1, "07:00", "15:30").await;
        let place = world.place("Škola").await;
        let (number, start) = book(&world, &place, 0).await;
        Self { world, place, number, start }
    }

    /// Turns the clock to so many minutes before the time, and does what is due.
    async fn before(&self, minutes: i64) {
        let now = self.world.app.clock.now();
        self.world.app.clock.advance(self.start - TimeDelta::minutes(minutes) - now);
        readiness::ask(&self.world.app).await.expect("asked");
    }

    /// The link that was mailed.
    async fn link(&self) -> (Uuid, String) {
        let pool = self.world.app.db.pool();
        let link = "select (content -> 'link' ->> 'id')::uuid from mail where kind = 'soon'";
        let link: Uuid = sqlx::query_scalar(link).fetch_one(pool).await.expect("a mail");
        let key: Vec<u8> = sqlx::query_scalar("select key from installation_key").fetch_one(pool).await.expect("a key");
        (link, Token::of_link(&key, link).to_hex())
    }

    async fn asked(&self) -> i64 {
        self.world.id("select count(*) from mail where kind = 'soon'").await
    }

    async fn agreed_start(&self) -> DateTime<Utc> {
        let mut tx = self.world.app.db.staff().await.expect("a transaction");
        visits::latest(&mut tx, self.number).await.expect("read").expect("a visit").appointment.slot.start
    }
}

/// Books the start of a place among those on offer.
async fn book(world: &World, place: &Place, which: usize) -> (RequestNumber, DateTime<Utc>) {
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[which];
    (world.book(&orderer, order, start).await.expect("agreed"), start)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn it_is_asked_once_and_opening_the_link_says_nothing(pool: PgPool) {
    let soon = Soon::new(pool).await;
    let app = &soon.world.app;
    soon.before(31).await;
    assert_eq!(soon.asked().await, 0);
    let session = "insert into remote_session (request_id, customer_id, day, wanted_at, link)
         select request_id, customer_id, lower(during)::date, lower(during), 'https://get.teamviewer.com/s12345678' from appointment";
    soon.world.sql(session).await;
    soon.before(30).await;
    let again = (0..4).map(|_| readiness::ask(app));
    for outcome in futures::future::join_all(again).await {
        outcome.expect("asked");
    }
    assert_eq!(soon.asked().await, 1);

    let (link, secret) = soon.link().await;
    let site = Site::serve(app.clone()).await;
    let page = site.get(&paths::readiness(link, &secret), "").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Je připraveno") && page.body.contains("Petr"), "{}", page.body);
    assert!(page.body.contains("https://get.teamviewer.com/s12345678"), "{}", page.body);
    let mailed =
        "select count(*) from mail where kind = 'soon' and content ->> 'session' like 'https://get.teamviewer.com/%'";
    assert_eq!(soon.world.id(mailed).await, 1);
    assert_eq!(soon.world.id("select count(*) from readiness").await, 0, "a mail scanner opens links, too");
    assert_eq!(site.get(&paths::readiness(link, &"0".repeat(64)), "").await.status, 404);
    assert_eq!(site.get(&paths::readiness(Uuid::from_u128(1), &secret), "").await.status, 404);

    soon.world.sql("delete from live_event").await;
    let (way, key) = ((link, secret.as_str()), Uuid::from_u128(2));
    for _ in 0..2 {
        readiness::say(app, way, ReadyAnswer::Ready, (Locale::Cs, key)).await.expect("said");
    }
    let technician = soon.world.technician_of(soon.number).await;
    let told = format!(
        "select count(*) from live_event where topic = 'technician {}' or topic like 'request %'",
        technician.id()
    );
    assert_eq!(soon.world.id(&told).await, 2, "the technician's day and the request are open somewhere");
    let day = day::page(app, &technician, None).await.expect("the day");
    assert_eq!(day.appointments[0].said, Some(ReadyAnswer::Ready), "who comes knows");
    assert_eq!(readiness::page(app, link, &secret).await.expect("a page").answer, Some(ReadyAnswer::Ready));
    let of_request = async || {
        let customer = soon.place.boss.member().expect("a member");
        requests::page(app, &customer, soon.number).await.expect("a page").said
    };
    assert_eq!(of_request().await, Some(ReadyAnswer::Ready), "and so do the customer's people");

    // When the time is over, the link is too.
    app.clock.advance(TimeDelta::minutes(90));
    let over = readiness::page(app, link, &secret).await.expect("a page");
    assert_eq!((over.stands, over.slot, over.computers.len()), (Stands::Over, None, 0));
    assert_eq!((over.contact_name.as_str(), over.contact_phone.as_str()), ("", ""), "and tells of nobody");
    let late = readiness::say(app, way, ReadyAnswer::CallMe, (Locale::Cs, Uuid::from_u128(3))).await;
    assert_eq!(late, Err(Problem::Conflict));
    soon.world.sql("update customer set active = false").await;
    assert_eq!(readiness::page(app, link, &secret).await, Err(Problem::NotFound), "who left is told nothing");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_quarter_of_an_hour_later_the_same_technician_comes(pool: PgPool) {
    let soon = Soon::new(pool).await;
    let app = &soon.world.app;
    let technician = soon.world.technician_of(soon.number).await.id();
    soon.before(30).await;
    let (link, secret) = soon.link().await;
    let way = (link, secret.as_str());
    assert!(readiness::page(app, link, &secret).await.expect("a page").may_be_later);
    for _ in 0..2 {
        readiness::be_later(app, way, soon.start, Uuid::from_u128(5)).await.expect("later");
    }
    let later = soon.start + TimeDelta::minutes(15);
    assert_eq!((soon.agreed_start().await, soon.world.technician_of(soon.number).await.id()), (later, technician));
    assert_eq!(soon.world.id("select count(*) from mail where kind = 'moved'").await, 1);
    assert_eq!(soon.world.id("select moves::bigint from service_request where state = 'scheduled'").await, 1);
    let stale = readiness::be_later(app, way, soon.start, Uuid::from_u128(6)).await;
    assert_eq!(stale, Err(Problem::Conflict), "from a page that shows the time of before");
    soon.before(20).await;
    assert_eq!(soon.asked().await, 1, "nobody is asked again of what they just moved");

    // The link goes with the time. Another customer's appointment right behind it leaves no room.
    let slot = readiness::page(app, link, &secret).await.expect("a page").slot.expect("a time");
    soon.world
        .sql(&format!(
            "with q as (insert into service_request (id, customer_id, member_id, number, state, program_id, work_type_id, urgency,
                            what_happened, contact_name, contact_phone, ready, created_at, submitted_at)
                        select gen_random_uuid(), customer_id, member_id, next_request_number(2026), 'scheduled', program_id,
                            work_type_id, urgency, what_happened, contact_name, contact_phone, ready, created_at, submitted_at
                        from service_request limit 1 returning id, customer_id)
             insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select customer_id, id, {technician}, tstzrange('{}', '{}'), 'normal', 'confirmed' from q",
            slot.end.to_rfc3339(),
            (slot.end + TimeDelta::minutes(60)).to_rfc3339(),
        ))
        .await;
    let page = readiness::page(app, link, &secret).await.expect("a page");
    assert_eq!((page.stands, page.may_be_later), (Stands::Ahead, false));
    let refused = readiness::be_later(app, way, later, Uuid::from_u128(7)).await;
    assert_eq!((refused, soon.agreed_start().await), (Err(Problem::SlotTaken), later));
    // A link of a time that was moves no other one.
    soon.world.sql("update readiness_link set expires_at = '2026-01-01'").await;
    let over = readiness::be_later(app, way, later, Uuid::from_u128(8)).await;
    assert_eq!((over, soon.agreed_start().await), (Err(Problem::Conflict), later));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_wants_to_be_called_waits_at_the_desk_with_the_telephone(pool: PgPool) {
    let soon = Soon::new(pool).await;
    let app = &soon.world.app;
    soon.before(25).await;
    let (link, secret) = soon.link().await;
    for _ in 0..2 {
        let said = readiness::say(app, (link, &secret), ReadyAnswer::CallMe, (Locale::Cs, Uuid::from_u128(8))).await;
        said.expect("said");
    }
    let written = "select count(*) from request_event where kind = 'customer_wrote' and note like '%+420601234567%'";
    assert_eq!(soon.world.id(written).await, 1);
    assert_eq!(soon.world.id("select count(*) from readiness where answer = 'call_me'").await, 1);
    let orderer = soon.place.boss.may_order().expect("an orderer");
    requests::cancel(app, &orderer, soon.number, "", Uuid::from_u128(9)).await.expect_err("beyond the cut-off");
    let page = readiness::page(app, link, &secret).await.expect("a page");
    assert!(page.may_be_later && !page.may_move, "nor is another time offered then");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_time_that_we_missed_credits_once_what_a_manager_has_set(pool: PgPool) {
    let soon = Soon::new(pool).await;
    let app = &soon.world.app;
    let credited = "select coalesce(sum(minutes), 0)::bigint from minute_grant where kind = 'apology'";
    soon.world.sql("update line_setting set missed_credit_minutes = 15").await;
    soon.before(-10).await;
    let again = (0..4).map(|_| missed::note_all(app));
    for outcome in futures::future::join_all(again).await {
        outcome.expect("written down");
    }
    assert_eq!(soon.world.id(credited).await, 15);
    let told = "select count(*) from mail where kind = 'missed_by_us' and (content ->> 'credited')::int = 15";
    assert_eq!(soon.world.id(told).await, 1);
    assert_eq!(soon.world.ledger_faults().await, Vec::<String>::new());
    let twice = "insert into minute_grant (customer_id, kind, minutes, effective_at, source, credited_at)
                 select customer_id, kind, minutes, effective_at, source, credited_at from minute_grant where kind = 'apology'";
    assert!(sqlx::query(twice).execute(app.db.pool()).await.is_err(), "no time is paid for twice");

    // Off by default: what is missed is apologised for, and nothing credited.
    soon.world.sql("update line_setting set missed_credit_minutes = 0").await;
    let (_, start) = book(&soon.world, &soon.place, 3).await;
    app.clock.advance(start + TimeDelta::minutes(10) - app.clock.now());
    missed::note_all(app).await.expect("written down");
    assert_eq!(soon.world.id("select count(*) from mail where kind = 'missed_by_us'").await, 2);
    assert_eq!(soon.world.id(credited).await, 15);
}
