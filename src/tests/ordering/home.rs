//! `/` for whoever is signed in: what is next, what waits, what is left, and what each may see of it.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{ids::RequestId, numbers::RequestNumber, terms::Urgency},
        money::{
            pages::{HomePage, MinutesLeft},
            purchases::PaymentMethod,
        },
        ordering::{live::Topic, requests::RequestState},
        people::members::{Capabilities, Capability, StaffRole},
    },
    server::{
        app::App,
        auth::Caller,
        db::{MIGRATIONS, ordering::live},
        service::{ordering::home, work::closing},
    },
};
use sqlx::PgPool;

use crate::support::{Meter, Place, Site, World, closed_work};

/// The statements of home in its transaction: the requests, what stands beside them, the account.
const HOME: usize = 3;

async fn page(world: &World, caller: &Caller) -> HomePage {
    home::page(&world.app, caller).await.expect("home")
}

/// An agreed time of somebody of a customer.
async fn booked(world: &World, caller: &Caller) -> (RequestId, RequestNumber) {
    let orderer = caller.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    (order, world.book(&orderer, order, start).await.expect("a booking"))
}

/// Work that stopped unfinished: its customer picks another time.
async fn suspended(world: &World, place: &Place) -> RequestNumber {
    let work = world.work_under_way(place, 1, 30).await.remove(0);
    let key = world.app.random.uuid();
    closing::close(&world.app, &work.technician, work.number, "Zbývá tisk.", Some(false), key).await.expect("stopped");
    work.number
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn home_says_what_is_next_what_waits_and_what_is_left(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let boss = &place.boss;
    assert_eq!(
        page(&world, boss).await,
        HomePage { may_order: true, minutes: Some(MinutesLeft { free: 0, reserved: 0 }), ..HomePage::default() },
        "nothing yet"
    );

    world.technicians(3, "07:00", "15:30").await;
    world.contract(place.customer, 300).await;
    let waits = suspended(&world, &place).await;
    let (_, number) = booked(&world, boss).await;
    let orderer = boss.may_order().expect("an orderer");
    world.order(&orderer, Urgency::Normal).await;
    let bought = world.bought(&place, 60, PaymentMethod::Transfer, false).await;
    world
        .sql(&format!(
            "insert into computer (customer_id, name, teamviewer_id) values ({}, 'Kancelář', '123456789')",
            place.customer
        ))
        .await;

    let home = page(&world, boss).await;
    assert_eq!(
        home.ahead.iter().map(|next| (next.number, next.state)).collect::<Vec<_>>(),
        [(number, RequestState::Scheduled)]
    );
    let ready = home.ready.expect("what to have ready");
    assert!(!ready.contact_name.is_empty() && !ready.contact_phone.is_empty());
    assert_eq!(
        ready.computers.iter().map(|computer| computer.teamviewer_id.as_str()).collect::<Vec<_>>(),
        ["123456789"]
    );
    assert_eq!(
        home.waiting.iter().map(|request| (request.number, request.awaits_pick())).collect::<Vec<_>>(),
        [(waits, true)]
    );
    let drafts = home.drafts.expect("a draft");
    assert_eq!(
        (drafts.count, drafts.program.cs.as_str(), drafts.work_type.map(|work| work.cs)),
        (1, "Sklad", Some("Oprava".into()))
    );
    assert_eq!(
        home.unpaid.iter().map(|unpaid| (unpaid.number, unpaid.minutes, unpaid.total)).collect::<Vec<_>>(),
        [(bought.number, 60, bought.total)]
    );
    let left = home.minutes.expect("minutes");
    assert!(left.reserved > 0 && left.free > 0 && left.free + left.reserved <= 300, "{left:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_sees_at_home_what_their_own_pages_would_show(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Jídelna").await);
    world.technicians(3, "07:00", "15:30").await;
    world.contract(place.customer, 300).await;
    closed_work(&world, &place, 2).await;
    booked(&world, &place.boss).await;
    suspended(&world, &place).await;
    world.bought(&place, 60, PaymentMethod::Transfer, false).await;
    let clerk = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let (_, own) = booked(&world, &clerk).await;

    let home = page(&world, &clerk).await;
    assert_eq!(home.ahead.iter().map(|next| next.number).collect::<Vec<_>>(), [own]);
    assert_eq!((home.waiting.len(), home.earlier.len(), home.unpaid.len(), home.minutes), (0, 0, 0, None));
    let reader = world.member(place.customer, Capabilities::NONE.with(Capability::SeeAll)).await;
    let home = page(&world, &reader).await;
    assert_eq!((home.ahead.len(), home.waiting.len(), home.earlier.len()), (2, 1, 2));
    assert_eq!((home.unpaid.len(), home.minutes, home.may_order), (0, None, false));
    let accountant = world.member(place.customer, Capabilities::NONE.with(Capability::SeeBilling)).await;
    let home = page(&world, &accountant).await;
    assert_eq!((home.ahead.len(), home.unpaid.len(), home.minutes.is_some()), (0, 1, true));
    let foreign = page(&world, &other.boss).await;
    assert_eq!((foreign.ahead.len(), foreign.waiting.len(), foreign.earlier.len(), foreign.unpaid.len()), (0, 0, 0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_begins_where_their_work_is(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.technicians(3, "07:00", "15:30").await;
    let (_, number) = booked(&world, &place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    for (role, path) in [(StaffRole::Technician, "/work"), (StaffRole::Dispatcher, "/desk")] {
        let cookie = world.cookie(&world.staff(role).await).await;
        let answer = site.get("/", &cookie).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(path)), "{role}");
        assert_eq!(site.get("/line", &cookie).await.status, 200, "the public page is there for them, too");
    }
    let visited = site.get("/", "").await.body;
    assert!(visited.contains("id=\"numbers\"") && !visited.contains("<leptos-island"), "{visited}");
    assert!(!visited.contains("type=\"module\""), "visitors load no script");

    let cookie = world.cookie(&place.boss).await;
    let home = site.get("/", &cookie).await.body;
    assert!(home.contains(&format!("/requests/{number}")) && home.contains("teamviewer10://"), "{home}");
    assert!(home.contains("Co mít připravené") && home.contains("on=customer"), "{home}");
    // Who has nothing yet is told what will stand here, unless it is for others to order.
    let new = world.place("Nová").await.boss;
    let reader = world.member(place.customer, Capabilities::NONE.with(Capability::SeeBilling)).await;
    for (caller, is_told) in [(new, true), (reader, false)] {
        let cookie = world.cookie(&caller).await;
        let home = site.get("/", &cookie).await.body.replace('\u{a0}', " ");
        assert_eq!(home.contains("Až si objednáte první zásah"), is_told, "{home}");
    }
    let slot = page(&world, &place.boss).await.ahead[0].slot.expect("a time");
    world.app.clock.advance(slot.start - world.app.clock.now() - TimeDelta::minutes(26));
    let cookie = world.cookie(&world.member(place.customer, Capabilities::all()).await).await;
    let home = site.get("/", &cookie).await.body.replace('\u{a0}', " ");
    assert!(home.contains("za 26 minut"), "{home}");
    assert!(site.get("/line", &cookie).await.body.contains("id=\"numbers\""));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_open_home_hears_of_whatever_it_shows(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.technicians(3, "07:00", "15:30").await;
    let topic = Topic::Customer(place.customer);
    let told = async |position: i64| {
        let mut tx = world.app.db.system().await.expect("a transaction");
        let news = live::since(&mut tx, position).await.expect("news");
        (news.newest, news.events.iter().filter(|(xact, told)| *xact >= position && *told == topic).count())
    };
    let (mut position, _) = told(i64::MAX).await;
    let mut heard = async |what: &str| {
        let (newest, count) = told(position).await;
        assert!(count > 0, "{what}");
        position = newest;
    };
    booked(&world, &place.boss).await;
    heard("a time was agreed").await;
    world.bought(&place, 60, PaymentMethod::Transfer, false).await;
    heard("something is to be paid").await;
    world.contract(place.customer, 300).await;
    world.bundle(place.customer, 300, "2027-11-01T00:00:00+01:00").await;
    heard("minutes were credited").await;
    let other = world.place("Jídelna").await;
    booked(&world, &other.boss).await;
    assert_eq!(told(position).await.1, 0, "nothing of another customer's");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn home_of_ten_thousand_requests_reads_what_that_of_ten_does(pool: PgPool) {
    let world = World::new(pool).await;
    let (small, large) = (world.place("Malá").await, world.place("Velká").await);
    closed_work(&world, &small, 10).await;
    closed_work(&world, &large, 10_000).await;
    let meter = Meter::new(&world).await;
    let cost =
        async |place: &Place| meter.cost(async |app: &App| home::page(app, &place.boss).await.expect("home")).await;
    let (few, many) = (cost(&small).await, cost(&large).await);
    println!("home of 10 requests: {few:?}; of 10,000: {many:?}");
    assert_eq!((few.statements, many.statements), (HOME, HOME), "as many statements");
    assert!(many.rows < few.rows * 3 + 500, "{} rows for ten thousand, {} for ten", many.rows, few.rows);
}
