//! Live pages: who hears of what, that nothing is missed, and that it does not matter which process wrote it.

use std::{collections::BTreeSet, os::unix::fs::PermissionsExt, process::Stdio, time::Duration};

use chrono::TimeDelta;
use linka::{
    model::{
        base::{ids::RequestId, numbers::RequestNumber, terms::Urgency},
        ordering::live::{LiveView, Topic},
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
        work::segments::SegmentKind,
    },
    server::{
        auth::Caller,
        db::{
            MIGRATIONS,
            ordering::live::{self, News},
        },
        random::Random,
        service::{
            ordering::{
                live::{still_signed_in, topics},
                requests,
            },
            people::accounts,
            work::{clock, closing},
        },
    },
};
use reqwest::{Client, header};
use sqlx::{ConnectOptions, PgPool, Postgres, Transaction, query_scalar};
use tempfile::TempDir;
use tokio::{process::Child, task::JoinHandle, time::timeout};

use crate::{
    private_cluster::harness::Place,
    support::{Site, World, listens_on, program, site_files},
};

/// How long anything that is awaited may take.
const BOUND: Duration = Duration::from_secs(60);

async fn in_time<T>(what: &str, work: impl Future<Output = T>) -> T {
    timeout(BOUND, work).await.unwrap_or_else(|_| panic!("never: {what}"))
}

/// An open stream, as a browser reads it.
struct Stream {
    response: reqwest::Response,
    read: String,
    /// Where it goes on after it was lost.
    position: String,
}

impl Stream {
    async fn open(site: &Site, cookie: &str, view: LiveView, position: &str) -> Self {
        let request = Client::new()
            .get(format!("{}/live?on={view}", site.origin))
            .header(header::COOKIE, cookie)
            .header("last-event-id", position);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING), "nothing waits to be compressed");
        let mut stream = Self { response, read: String::new(), position: position.to_owned() };
        // Where it stands is said at once.
        in_time("the first frame", stream.frame()).await.expect("a first frame");
        stream
    }

    /// The next frame; none at its end.
    async fn frame(&mut self) -> Option<String> {
        loop {
            if let Some((frame, rest)) = self.read.split_once("\n\n") {
                let (frame, rest) = (frame.to_owned(), rest.to_owned());
                self.read = rest;
                if let Some(position) = frame.lines().find_map(|line| line.strip_prefix("id:")) {
                    position.trim().clone_into(&mut self.position);
                }
                return Some(frame);
            }
            let chunk = self.response.chunk().await.ok()??;
            self.read.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    /// What is told next, without what only keeps the connection; none at its end.
    async fn told(&mut self) -> Option<String> {
        in_time("news", async {
            loop {
                let frame = self.frame().await?;
                if let Some(data) = frame.lines().find_map(|line| line.strip_prefix("data:")) {
                    return Some(data.trim().to_owned());
                }
            }
        })
        .await
    }
}

/// A world whose pages are told what is written.
struct Told {
    world: World,
    site: Site,
    following: JoinHandle<()>,
}

impl Told {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        let following = tokio::spawn(world.app.live.clone().follow(world.app.db.clone()));
        let known = async {
            while world.app.live.position().is_none() {
                tokio::task::yield_now().await;
            }
        };
        in_time("a first look", known).await;
        let site = Site::serve(world.app.clone()).await;
        Self { world, site, following }
    }

    async fn ends(self) {
        self.world.app.live.stop();
        in_time("an end", self.following).await.expect("no panic");
    }

    async fn news_since(&self, position: i64) -> News {
        let mut tx = self.world.app.db.system().await.expect("a transaction");
        live::since(&mut tx, position).await.expect("news")
    }

    /// Where transactions begin that come from now on. Older ones may still run, in other databases of the server, too, and keep the
    /// position below what is known.
    async fn now(&self) -> i64 {
        self.news_since(i64::MAX).await.newest
    }

    /// A request with an agreed time.
    async fn booked(&self, boss: &Caller) -> (RequestId, RequestNumber) {
        let orderer = boss.may_order().expect("an orderer");
        let order = self.world.order(&orderer, Urgency::Normal).await;
        let start = self.world.starts(&orderer, order).await[0];
        (order, self.world.book(&orderer, order, start).await.expect("a booking"))
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_topic_is_heard_by_whoever_may_see_its_page_and_by_nobody_else(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    let (ours, others) = (world.place("Škola").await, world.place("Jídelna").await);
    let (order, number) = told.booked(&ours.boss).await;
    let colleague = world.member(ours.customer, Capabilities::NONE.with(Capability::Order)).await;
    let all_seeing = world.member(ours.customer, Capabilities::NONE.with(Capability::SeeAll)).await;
    let (dispatcher, manager) = (world.staff(StaffRole::Dispatcher).await, world.staff(StaffRole::Manager).await);
    let stranger = world.staff(StaffRole::Technician).await;
    let its = world.technician_of(number).await.id();
    let heard = async |caller: &Caller, view| topics(&world.app, caller, view).await;
    let request = Ok(vec![Topic::Request(order)]);
    let (view, forbidden) = (LiveView::Request(number), Err(Problem::Forbidden { capability: None }));
    for may in [&ours.boss, &all_seeing, &dispatcher, &manager] {
        assert_eq!(heard(may, view).await, request);
    }
    for may_not in [&others.boss, &colleague, &stranger] {
        assert_eq!(heard(may_not, view).await, Err(Problem::NotFound), "somebody else's does not exist");
    }
    assert_eq!(heard(&Caller::default(), view).await, Err(Problem::SignInRequired));
    let bench = Ok(vec![Topic::Request(order), Topic::Technician(its)]);
    assert_eq!(heard(&stranger, LiveView::Bench(number)).await, bench, "every bench is open to the vendor's people");
    for view in [LiveView::Bench(number), LiveView::Desk, LiveView::Day] {
        assert_eq!(heard(&ours.boss, view).await, forbidden, "{view}");
    }
    let customer = Ok(vec![Topic::Customer(ours.customer)]);
    assert_eq!(heard(&ours.boss, LiveView::Customer).await, customer, "what is next of the own organisation");
    assert_eq!(heard(&colleague, LiveView::Customer).await, customer);
    assert_eq!(heard(&dispatcher, LiveView::Customer).await, forbidden);
    assert_eq!(heard(&dispatcher, LiveView::Desk).await, Ok(vec![Topic::Desk]));
    assert_eq!(heard(&stranger, LiveView::Desk).await, forbidden, "a technician has no queue");
    assert_eq!(heard(&dispatcher, LiveView::Day).await, forbidden, "who works has a day");
    let me = stranger.staff().expect("staff").id();
    assert_eq!(heard(&stranger, LiveView::Day).await, Ok(vec![Topic::Technician(me)]), "one's own");
    assert_eq!(heard(&dispatcher, LiveView::Appointments).await, Ok(vec![Topic::Desk]), "everybody's");
    assert_eq!(heard(&stranger, LiveView::Appointments).await, Ok(vec![Topic::Technician(me)]), "their own");
    assert_eq!(heard(&ours.boss, LiveView::Appointments).await, forbidden);
    assert_eq!(heard(&colleague, LiveView::Plan).await, Ok(vec![Topic::Plan]));
    assert!(heard(&all_seeing, LiveView::Plan).await.is_err(), "who orders nothing chooses no time");
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_visitor_and_another_customer_get_no_stream(pool: PgPool) {
    let told = Told::new(pool).await;
    let (ours, others) = (told.world.place("Škola").await, told.world.place("Jídelna").await);
    let (_, number) = told.booked(&ours.boss).await;
    let path = format!("/live?on={}", LiveView::Request(number));
    let other = told.world.cookie(&others.boss).await;
    assert_eq!(told.site.get(&path, "").await.status, 303, "to the sign-in");
    assert_eq!(told.site.get(&path, &other).await.status, 404);
    for nothing in ["/live", "/live?on=all", "/live?on=request-2026-999999", "/live?on=desk&on=plan"] {
        let status = told.site.get(nothing, &other).await.status;
        assert!(matches!(status, 403 | 404), "{nothing}: {status}");
    }
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_done_with_a_request_is_told_under_each_topic_that_shows_it(pool: PgPool) {
    let told = Told::new(pool).await;
    let place = told.world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let before = told.now().await;
    let order = told.world.order(&orderer, Urgency::Normal).await;
    let news = told.news_since(before).await;
    let drafted: Vec<Topic> = news.events.into_iter().map(|(_, topic)| topic).collect();
    assert!(drafted.iter().all(|topic| *topic == Topic::Request(order)), "a draft is nobody else's: {drafted:?}");

    let start = told.world.starts(&orderer, order).await[0];
    let before = told.now().await;
    let number = told.world.book(&orderer, order, start).await.expect("a booking");
    let technician = told.world.technician_of(number).await;
    let topics = told.news_since(before).await.events.into_iter().map(|(_, topic)| topic).collect::<Vec<_>>();
    for topic in [Topic::Request(order), Topic::Technician(technician.id()), Topic::Desk, Topic::Plan] {
        assert!(topics.contains(&topic), "{topic:?} in {topics:?}");
    }

    told.world.app.clock.advance(start - told.world.app.clock.now());
    let before = told.now().await;
    clock::start(&told.world.app, &technician, number, Some(SegmentKind::Work), told.world.app.random.uuid())
        .await
        .expect("a clock");
    let events = told.news_since(before).await.events;
    let topics: Vec<Topic> = events.iter().map(|(_, topic)| *topic).collect();
    for topic in [Topic::Request(order), Topic::Technician(technician.id()), Topic::Desk] {
        assert!(topics.contains(&topic), "{topic:?} in {topics:?}");
    }
    let transactions: BTreeSet<i64> = events.iter().map(|(transaction, _)| *transaction).collect();
    let desk = topics.iter().filter(|topic| **topic == Topic::Desk).count();
    assert!(desk <= transactions.len(), "once for each transaction, however many statements it has: {events:?}");
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn news_of_outages_and_the_fate_of_a_mail_are_told_where_they_are_shown(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    let place = world.place("Škola").await;
    let ((ours, number), _) = (told.booked(&place.boss).await, told.booked(&place.boss).await);
    let topics_of = async |statement: &str| {
        let before = told.now().await;
        world.sql(statement).await;
        told.news_since(before).await.events.into_iter().map(|(_, topic)| topic).collect::<Vec<_>>()
    };
    let (outage, request) = (world.outage("Sklad se nespustí").await, Topic::Request(ours));
    let words = "update outage set text_cs = 'Oprava bude zítra.'";
    assert_eq!(topics_of(words).await, [Topic::Desk], "it has no requests");
    world.sql(&format!("update service_request set outage_id = '{outage}' where number = '{number}'")).await;
    assert_eq!(topics_of("update outage set text_cs = 'Oprava bude dnes.'").await, [Topic::Desk, request]);
    let message = format!(
        "insert into outage_message (id, outage_id, is_over, at, staff_id, text_cs, text_en)
         select gen_random_uuid(), '{outage}', false, now(), min(id), 'Už brzy.', 'Soon.' from staff"
    );
    assert_eq!(topics_of(&message).await, [Topic::Desk]);
    let sent = format!("update mail set state = 'failed', last_error = 'x' where about = '{number}'");
    assert_eq!(topics_of(&sent).await, [request]);
    assert_eq!(topics_of("delete from mail where about is not null").await, [], "what is thrown away is nobody's news");

    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let cookie = world.cookie(&dispatcher).await;
    let of_outage = format!("/desk/outages/{outage}");
    for (path, view, part) in [
        ("/desk/appointments", "appointments", "days"),
        ("/desk/outages", "desk", "outages"),
        (of_outage.as_str(), "desk", "main"),
        ("/desk/contests", "desk", "none"),
        ("/desk/contests/decided", "desk", "decided"),
    ] {
        let body = told.site.get(path, &cookie).await.body;
        let marks = [format!("/live?on={view}"), format!("data-live=\"{part}\"")];
        assert!(marks.iter().all(|mark| body.contains(mark)), "{path}: {body}");
    }
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_objection_and_what_becomes_of_it_is_told_to_whose_segment_it_is(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    let place = world.place("Škola").await;
    let work = world.work_under_way(&place, 1, 30).await.remove(0);
    let key = world.app.random.uuid();
    closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
    let topics_of = async |statement: &str| {
        let before = told.now().await;
        world.sql(statement).await;
        told.news_since(before).await.events.into_iter().map(|(_, topic)| topic).collect::<Vec<_>>()
    };
    let theirs = Topic::Technician(work.technician.id());
    let objected = "insert into contest (customer_id, intervention_id, segment_id, member_id, at, reason)
                    select s.customer_id, s.intervention_id, s.id, r.member_id, now(), 'Nikdo nepracoval.'
                    from time_segment s join intervention i on i.id = s.intervention_id
                    join service_request r on r.id = i.request_id limit 1";
    let decided = "update contest set state = 'rejected', decided_at = now(), staff_id = (select min(id) from staff), answer = 'Ne.'";
    for statement in [objected, decided] {
        let topics = topics_of(statement).await;
        assert!(topics.contains(&theirs) && topics.contains(&Topic::Desk), "{statement}: {topics:?}");
    }
    let colleague = world.staff(StaffRole::Technician).await;
    let page = told.site.get("/work/contests", &world.cookie(&colleague).await).await.body;
    assert!(page.contains("/live?on=day") && page.contains("data-live=\"none\""), "{page}");
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_stream_that_opens_after_its_session_has_ended_ends_at_once(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let session = dispatcher.session().expect("a session");
    assert_eq!(still_signed_in(&world.app, session).await, Err(Problem::SignInRequired), "it is nowhere");
    world.cookie(&dispatcher).await;
    assert_eq!(still_signed_in(&world.app, session).await, Ok(()));
    accounts::end_session(&world.app, &dispatcher.confirmed().expect("fresh"), session.id).await.expect("ended");
    assert_eq!(still_signed_in(&world.app, session).await, Err(Problem::SignInRequired));
    told.ends().await;
}

/// Notes something about a request in a transaction that is not ended, and tells its number.
async fn note(pool: &PgPool, order: RequestId) -> (Transaction<'static, Postgres>, i64) {
    let mut tx = pool.begin().await.expect("a transaction");
    let touch = "update service_request set what_happened = what_happened || '.' where id = $1
                 returning pg_current_xact_id()::text::bigint";
    let number = query_scalar(touch).bind(order.0).fetch_one(&mut *tx).await.expect("written");
    (tx, number)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_ends_later_than_it_began_is_read_however_much_was_read_meanwhile(pool: PgPool) {
    let told = Told::new(pool).await;
    let place = told.world.place("Škola").await;
    let ((slow, _), (fast, _)) = (told.booked(&place.boss).await, told.booked(&place.boss).await);
    let pool = told.world.app.db.pool().clone();
    let before = told.now().await;
    let (under_way, first) = note(&pool, slow).await;
    let (done, second) = note(&pool, fast).await;
    done.commit().await.expect("committed");
    let meanwhile = told.news_since(before).await;
    assert!(meanwhile.events.contains(&(second, Topic::Request(fast))), "{meanwhile:?}");
    assert!(!meanwhile.events.contains(&(first, Topic::Request(slow))), "{meanwhile:?}");
    assert!(meanwhile.position <= first && first < second, "what is read is ahead of what is known: {meanwhile:?}");
    under_way.commit().await.expect("committed");
    let after = told.news_since(meanwhile.position).await;
    assert!(after.events.contains(&(first, Topic::Request(slow))), "an older one that ended later: {after:?}");
    // What is taken back was never there.
    let (taken_back, third) = note(&pool, slow).await;
    taken_back.rollback().await.expect("rolled back");
    let all = told.news_since(0).await;
    assert!(all.events.iter().all(|(transaction, _)| *transaction != third), "{all:?}");
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_open_page_hears_of_its_own_request_and_a_lost_stream_goes_on_where_it_was(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    let place = world.place("Škola").await;
    let (ours, other) = (told.booked(&place.boss).await, told.booked(&place.boss).await);
    let cookie = world.cookie(&place.boss).await;
    let view = LiveView::Request(ours.1);
    let mut stream = Stream::open(&told.site, &cookie, view, "").await;
    let orderer = place.boss.may_order().expect("an orderer");
    requests::cancel(&world.app, &orderer, ours.1, "", world.app.random.uuid()).await.expect("cancelled");
    world.app.live.written();
    assert_eq!(stream.told().await.as_deref(), Some("changed"));
    let position = stream.position.clone();
    drop(stream);

    let mut again = Stream::open(&told.site, &cookie, view, &position).await;
    note(world.app.db.pool(), other.0).await.0.commit().await.expect("committed");
    note(world.app.db.pool(), ours.0).await.0.commit().await.expect("committed");
    world.app.live.written();
    assert_eq!(again.told().await.as_deref(), Some("changed"));
    drop(again);
    let mut late = Stream::open(&told.site, &cookie, view, &position).await;
    assert_eq!(late.told().await.as_deref(), Some("changed"), "what was missed is told at once");
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_stream_ends_with_its_session_and_keeps_none_alive(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let cookie = world.cookie(&dispatcher).await;
    let used = || world.id("select extract(epoch from max(last_seen_at))::bigint from session");
    let at_first = used().await;
    world.app.clock.advance(TimeDelta::hours(1));
    let mut stream = Stream::open(&told.site, &cookie, LiveView::Desk, "").await;
    let request = told.site.request(reqwest::Method::GET, "/desk/queue").header("x-linka-by-itself", "1");
    let page = told.site.send(request.header(header::COOKIE, cookie.clone())).await.expect("a page");
    assert_eq!((page.status, used().await), (200, at_first), "nobody was there");
    assert!(page.body.contains(r#"data-live="queue""#) && page.body.contains("/live?on=desk"), "{}", page.body);
    told.site.get("/desk/queue", &cookie).await;
    assert_eq!(used().await, at_first + 3_600, "somebody opened it");

    // From another browser, or by whoever may end it.
    world.sql("update session set idle_expires_at = idle_expires_at - interval '1 year'").await;
    world.app.live.written();
    assert_eq!(stream.told().await.as_deref(), Some("over"));
    assert_eq!(stream.told().await, None);
    assert_eq!(told.site.get("/live?on=desk", &cookie).await.status, 303);
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_nobody_can_ask_for_any_more_is_forgotten(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    world.sql("insert into live_event (xact, topic) select -n, 'desk' from generate_series(1, 10005) n").await;
    let mut tx = world.app.db.system().await.expect("a transaction");
    live::sweep(&mut tx).await.expect("swept");
    tx.commit().await.expect("committed");
    let left = world.id("select count(*) from live_event").await;
    assert!((10_001..10_010).contains(&left), "{left}");
    told.ends().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_changes_more_than_anybody_has_open_is_told_to_everybody_at_once(pool: PgPool) {
    let told = Told::new(pool).await;
    let world = &told.world;
    let place = world.place("Škola").await;
    world.work_under_way(&place, 150, 30).await;
    let before = told.now().await;
    world.sql("update service_request set ready = false").await;
    let topics: Vec<Topic> = told.news_since(before).await.events.into_iter().map(|(_, topic)| topic).collect();
    assert_eq!(topics, [Topic::Customer(place.customer), Topic::Everything]);
    told.ends().await;
}

/// The real program on a database that others use, too.
struct Server {
    process: Child,
    site: Site,
    _data: TempDir,
}

impl Server {
    async fn start(url: &str) -> Self {
        let data = TempDir::new().expect("a directory");
        std::fs::set_permissions(data.path(), std::fs::Permissions::from_mode(0o711)).expect("reachable");
        let files = site_files();
        let mut process = program(&files)
            .args(["serve", "--demo", "--addr", "127.0.0.1:0", "--clock", "2026-11-23T08:00:00+01:00"])
            .env("LINKA_DATA", data.path())
            .env("DATABASE_URL", url)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let origin = listens_on(&mut process).await.expect("it says where it listens");
        Self { process, site: Site::at(origin, files), _data: data }
    }

    async fn sign_in(&self, email: &str) -> String {
        let fields = [("email", email), ("password", "linka-demo-heslo")];
        let answer = self.site.post("/api/sign-in", "", "/sign-in", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookies = answer.headers.get_all(header::SET_COOKIE).iter();
        let mut cookies = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        cookies.find(|cookie| cookie.starts_with("linka=")).expect("a session").to_owned()
    }

    async fn add_note(&self, cookie: &str, number: &str) {
        let (page, key) = (format!("/desk/requests/{number}"), Random::System.uuid().to_string());
        let fields = [("number", number), ("internal_note", "Zavolat zítra."), ("key", &key)];
        let answer = self.site.post("/api/desk/add-note", cookie, &page, &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }

    async fn kill(mut self) {
        self.process.kill().await.expect("it is killed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_either_of_two_servers_on_one_database_keeps_no_page_from_hearing_what_went_through_the_other() {
    let place = Place::new();
    let cluster = place.start().await;
    let url = cluster.connect_options().to_url_lossy().to_string();
    let first = Server::start(&url).await;
    let second = Server::start(&url).await;
    let cookie = first.sign_in("dispecer@linka.example").await;
    let pool = PgPool::connect_with(cluster.connect_options()).await.expect("the database");
    let number: String =
        query_scalar("select number from service_request where state = 'scheduled' order by number limit 1")
            .fetch_one(&pool)
            .await
            .expect("a request");
    let view = LiveView::Request(number.parse().expect("a number"));

    let mut page = Stream::open(&first.site, &cookie, view, "").await;
    second.add_note(&cookie, &number).await;
    assert_eq!(page.told().await.as_deref(), Some("changed"), "through the other");

    let position = page.position.clone();
    first.kill().await;
    assert_eq!(page.told().await, None, "the stream breaks with its server");
    second.add_note(&cookie, &number).await;
    let mut page = Stream::open(&second.site, &cookie, view, &position).await;
    assert_eq!(page.told().await.as_deref(), Some("changed"), "what was missed");

    // A third that has never heard of any of it, after the one through which it went was killed.
    let position = page.position.clone();
    let third = Server::start(&url).await;
    second.add_note(&cookie, &number).await;
    second.kill().await;
    let mut page = Stream::open(&third.site, &cookie, view, &position).await;
    assert_eq!(page.told().await.as_deref(), Some("changed"), "what was missed is in the database");
    third.add_note(&cookie, &number).await;
    assert_eq!(page.told().await.as_deref(), Some("changed"));

    // An open page does not hold up a server that is told to stop.
    let process = third.process.id().and_then(|id| i32::try_from(id).ok()).expect("its number");
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(process).expect("a number"),
        rustix::process::Signal::TERM,
    )
    .expect("a signal");
    let mut process = third.process;
    let status = in_time("its end", process.wait()).await.expect("a status");
    assert!(status.success());
    assert_eq!(page.told().await, None);
    pool.close().await;
    cluster.stop().await.expect("stopped");
}
