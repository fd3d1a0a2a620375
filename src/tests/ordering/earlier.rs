//! Earlier times: who is asked, in which order, by how many servers; and that nobody loses what is agreed.

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{ids::EarlierOfferId, numbers::RequestNumber, terms::Urgency},
        ordering::earlier::{EARLIER_ANSWER_MINUTES, EARLIER_GAIN_MINUTES},
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Orderer,
        db::{Db, MIGRATIONS},
        service::{
            ordering::{drafts, earlier, requests},
            upkeep,
            work::cases,
        },
    },
};
use proptest::{
    collection, sample,
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};

use crate::support::{Site, World, at};

/// The Friday of the week in which the clock stands, at its opening.
const FRIDAY_7: &str = "2026-11-27T07:00:00+01:00";

/// Somebody with an agreed time.
struct Customer {
    orderer: Orderer,
    number: RequestNumber,
    start: DateTime<Utc>,
    /// The place of their tier: who was promised more comes first.
    tier: u32,
}

/// A line of one technician who is not there on Thursdays, so that for all of Monday the first time on offer is on Friday.
async fn line(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    world.without_reserve().await;
    world.sql("delete from working_plan where weekday = 4").await;
    // The tiers differ, and the same times are on offer to both.
    world.sql("update response_tier set normal_lead_minutes = 1500 where code = 'standard'").await;
    world
}

/// Agrees the first time that there is for a customer of their own.
async fn agreed(world: &World, name: &str, has_contract: bool) -> Customer {
    let place = world.place(name).await;
    if has_contract {
        world.contract(place.customer, 300).await;
    }
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    Customer { orderer, number, start, tier: if has_contract { 1 } else { 2 } }
}

async fn ask(world: &World, customer: &Customer) {
    let until = customer.start.date_naive().to_string();
    for _ in 0..2 {
        earlier::ask(&world.app, &customer.orderer, customer.number, &until).await.expect("asked for, once");
    }
}

async fn cancel(world: &World, customer: &Customer) {
    let key = world.app.random.uuid();
    requests::cancel(&world.app, &customer.orderer, customer.number, "", key).await.expect("called off");
}

/// What is held for somebody, and the start that is agreed.
async fn standing(world: &World, customer: &Customer) -> (Option<(EarlierOfferId, DateTime<Utc>)>, DateTime<Utc>) {
    let page = requests::page(&world.app, &customer.orderer, customer.number).await.expect("the page");
    let offered = page.earlier.and_then(|earlier| earlier.offered).map(|offer| (offer.id, offer.slot.start));
    (offered, page.summary.slot.expect("a time").start)
}

/// What somebody says who is asked.
#[derive(Debug, Clone, Copy)]
enum Says {
    Takes,
    Leaves,
    Nothing,
}

/// What each of those who wait will say: left to chance, which follows from the seed that `./test` prints.
fn by_chance(count: usize) -> Vec<Says> {
    let one = sample::select(vec![Says::Leaves, Says::Nothing, Says::Leaves, Says::Nothing, Says::Takes]);
    let all = collection::vec(one, count).new_tree(&mut TestRunner::default()).expect("answers").current();
    println!("they will say: {all:?}");
    all
}

/// Says it, by either server; whoever takes it does so at both.
async fn says(servers: [&App; 2], customer: &Customer, offer: EarlierOfferId, what: Says) {
    let [here, there] = servers;
    let key = here.random.uuid();
    let take = |app: &App| {
        let (app, orderer, number) = (app.clone(), customer.orderer.clone(), customer.number);
        async move { earlier::take(&app, &orderer, number, offer, key).await }
    };
    match what {
        Says::Takes => {
            let (one, two) = tokio::join!(take(here), take(there));
            assert_eq!((one, two), (Ok(()), Ok(())), "sent twice, at both servers, it is taken once");
        }
        Says::Leaves => earlier::decline(there, &customer.orderer, customer.number, offer).await.expect("left"),
        Says::Nothing => {
            here.clock.advance(TimeDelta::minutes(EARLIER_ANSWER_MINUTES));
            assert_eq!(take(there).await, Err(Problem::HoldExpired));
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_twenty_who_wait_one_has_the_freed_time_in_their_turn_and_nobody_loses_an_agreed_one(pool: PgPool) {
    let world = line(pool.clone()).await;
    // The second server has a pool of its own.
    let own = PgPoolOptions::new().max_connections(8).connect_with((*pool.connect_options()).clone()).await;
    let other = App { db: Db::from_pool(own.expect("a pool")), ..world.app.clone() };
    let leaves = agreed(&world, "Odchází", false).await;
    assert_eq!(leaves.start, at(FRIDAY_7));
    let mut waiting = Vec::new();
    for number in 0..20 {
        waiting.push(agreed(&world, &format!("Čeká {number}"), number % 3 == 0).await);
    }
    for customer in &waiting {
        ask(&world, customer).await;
        world.app.clock.advance(TimeDelta::seconds(1));
    }
    let both = async || {
        let (one, two) = tokio::join!(earlier::offer_all(&world.app), earlier::offer_all(&other));
        assert_eq!((one, two), (Ok(()), Ok(())));
    };
    both().await;
    assert_eq!(world.count("held").await, 0, "nothing is free");
    cancel(&world, &leaves).await;

    // Who was promised more is asked first, then who has waited longer; each answers, or does not, until one takes it.
    let mut in_turn: Vec<usize> = (0..waiting.len()).collect();
    in_turn.sort_by_key(|place| (waiting[*place].tier, *place));
    let (mut owner, mut asked) = (None, 0);
    for (place, what) in in_turn.iter().zip(by_chance(in_turn.len())) {
        both().await;
        asked += 1;
        let customer = &waiting[*place];
        let (offered, start) = standing(&world, customer).await;
        let (offer, slot) = offered.unwrap_or_else(|| panic!("it is the turn of {place}"));
        assert_eq!((slot, start), (leaves.start, customer.start), "it is held, and what is agreed stays");
        both().await;
        assert_eq!(world.count("held").await, 1, "for nobody else, nor later, while it is");
        let (stranger, key) = (&waiting[in_turn[asked % 20]], world.app.random.uuid());
        let theirs = earlier::take(&world.app, &stranger.orderer, stranger.number, offer, key).await;
        assert_eq!(theirs, Err(Problem::HoldExpired), "nobody takes what is held for another");
        let foreign = earlier::take(&world.app, &stranger.orderer, customer.number, offer, key).await;
        assert_eq!(foreign, Err(Problem::NotFound));
        Box::pin(says([&world.app, &other], customer, offer, what)).await;
        if matches!(what, Says::Takes) {
            owner = Some(*place);
            break;
        }
    }
    for (place, customer) in waiting.iter().enumerate() {
        let expected = if Some(place) == owner { leaves.start } else { customer.start };
        assert_eq!(standing(&world, customer).await.1, expected, "{place}");
    }
    assert_eq!((world.count("confirmed").await, world.overlaps().await, world.deadlocks().await), (20, 0, 0));
    let moves = "select coalesce(sum(moves), 0)::bigint from service_request where state = 'scheduled'";
    assert_eq!(world.id(moves).await, 0, "it is no move of the customer's");
    // What the owner had before is free now, and the same begins anew, for those whose time is later by enough.
    let freed = owner.map(|owner| waiting[owner].start + TimeDelta::minutes(EARLIER_GAIN_MINUTES));
    let again = i64::from(freed.is_some_and(|from| waiting.iter().any(|one| one.start >= from)));
    both().await;
    assert_eq!(world.count("held").await, again);
    let asked = i64::try_from(asked).expect("few") + again;
    assert_eq!(world.id("select count(*) from mail where kind = 'earlier_offered'").await, asked);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_waits_is_asked_on_the_page_and_by_mail_and_may_stop_at_any_time(pool: PgPool) {
    let world = line(pool).await;
    let (leaves, waits) = (agreed(&world, "Odchází", false).await, agreed(&world, "Čeká", false).await);
    let boss = "select l.id from login l join member m on m.id = l.member_id join customer c on c.id = m.customer_id
                where c.name = 'Čeká'";
    let boss = world.id(boss).await;
    ask(&world, &waits).await;
    cancel(&world, &leaves).await;

    // Not in quiet hours; not at night; and not what is about to begin.
    let quiet = format!("insert into wish (login_id, kinds, quiet_from, quiet_until) values ({boss}, '{{}}', 7, 9)");
    world.sql(&quiet).await;
    upkeep::each_minute(&world.app).await.expect("the upkeep");
    assert_eq!(standing(&world, &waits).await.0, None);
    world.sql("delete from wish").await;
    upkeep::each_minute(&world.app).await.expect("the upkeep");
    let (offered, _) = standing(&world, &waits).await;
    assert_eq!(offered.map(|(_, start)| start), Some(leaves.start));

    let site = Site::serve(world.app.clone()).await;
    let desk = world.staff(StaffRole::Dispatcher).await;
    let case = cases::page(&world.app, &desk.staff().expect("staff"), waits.number).await.expect("the case");
    assert!(case.request.earlier.is_some(), "the desk sees it");
    let cookie = world.cookie(&desk).await;
    let page = site.get(&format!("/desk/requests/{}", waits.number), &cookie).await;
    assert!(page.body.contains("Chce dřívější termín"), "{}", page.body);

    // It is none of the times that one may hold oneself.
    world.sql("update line_limit set holds = 1").await;
    let order = world.order(&waits.orderer, Urgency::Normal).await;
    let first = world.starts(&waits.orderer, order).await[0];
    world.pick(&waits.orderer, order, first).await.expect("held for them as well");
    drafts::release_slot(&world.app, &waits.orderer, order).await.expect("given back");

    // Another time that the customer picks meanwhile gives back what is held.
    let later = waits.start + TimeDelta::hours(1);
    let key = world.app.random.uuid();
    requests::move_appointment(&world.app, &waits.orderer, waits.number, Some(later), key).await.expect("moved");
    assert_eq!(world.count("held").await, 0);
    earlier::offer_all(&world.app).await.expect("asked");
    let (offered, start) = standing(&world, &waits).await;
    assert_eq!(start, later);
    let (offer, slot) = offered.expect("an earlier one again");
    assert_ne!(slot, leaves.start, "for a time one is asked once");
    // Whatever runs: one open offer for a request, and for a time.
    for (of, later_by, constraint) in [
        (waits.number, "1 day", "one_open_offer_for_a_request"),
        (leaves.number, "15 minutes", "one_open_offer_for_a_time"),
    ] {
        let second = format!(
            "insert into earlier_offer (customer_id, request_id, technician_id, during, offered_at, expires_at)
             select r.customer_id, r.id, o.technician_id,
                    tstzrange(lower(o.during) + interval '{later_by}', upper(o.during) + interval '{later_by}'),
                    o.offered_at, o.expires_at
             from earlier_offer o, service_request r where o.state = 'open' and r.number = '{of}'"
        );
        let refused = sqlx::query(AssertSqlSafe(second)).execute(world.app.db.pool()).await;
        let refused = refused.expect_err(constraint).to_string();
        assert!(refused.contains(constraint), "{refused}");
    }
    let stale = earlier::decline(&world.app, &waits.orderer, waits.number, EarlierOfferId(offer.0 - 1)).await;
    assert_eq!((stale, world.count("held").await), (Ok(()), 1), "what was offered before is over");

    for _ in 0..2 {
        earlier::leave(&world.app, &waits.orderer, waits.number).await.expect("left");
    }
    earlier::offer_all(&world.app).await.expect("nobody waits");
    assert_eq!((world.count("held").await, standing(&world, &waits).await), (0, (None, later)));
    for wrong in ["", "2026-11-22", "2027-01-01", "zítra"] {
        let refused = earlier::ask(&world.app, &waits.orderer, waits.number, wrong).await;
        assert!(matches!(refused, Err(Problem::Invalid { .. })), "{wrong}");
    }
}
