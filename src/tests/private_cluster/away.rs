//! The database goes away while the portal serves, and comes back.

use std::time::Duration;

use linka::server::{
    app::App,
    db::{Db, MIGRATIONS, private::PrivateCluster},
};
use rustix::process::Signal;
use sqlx::PgPool;

use super::harness::{Place, signal, timed};
use crate::support::{Answer, Site, World};

/// How long a request would wait for a connection if nobody knew that there is none.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the first request waits for a database of which nothing is known yet: a second, and what a busy machine takes.
const FIRST: Duration = Duration::from_secs(2);

/// More than one such wait allows.
const REQUESTS: usize = 20;

struct Served {
    world: World,
    site: Site,
    cookie: String,
}

impl Served {
    async fn new(cluster: &PrivateCluster) -> Self {
        let pool = PgPool::connect_with(cluster.connect_options()).await.expect("a pool");
        MIGRATIONS.run(&pool).await.expect("the schema");
        let world = World::new(pool).await;
        let place = world.place("Škola").await;
        let cookie = world.cookie(&place.boss).await;
        let db = Db::connect(cluster.connect_options(), 5).await.expect("a pool");
        let site = Site::serve(App { db, ..world.app.clone() }).await;
        let served = Self { world, site, cookie };
        served.is_as_usual().await;
        served
    }

    async fn line(&self, cookie: &str) -> Answer {
        self.site.get("/", cookie).await
    }

    async fn is_as_usual(&self) {
        assert_eq!(self.site.get("/requests", &self.cookie).await.status, 200);
        assert_eq!(self.site.get("/readyz", "").await.status, 200);
        let line = self.line("").await;
        assert_eq!(line.status, 200);
        assert!(!line.body.contains("podle posledního známého stavu"), "{}", line.body);
    }

    /// Once it is known that the database is away.
    async fn is_answered_at_once_and_from_memory(&self) {
        let first = timed("the first request without a database", self.site.get("/requests", &self.cookie));
        let first = tokio::time::timeout(FIRST, first).await.expect("it does not wait for long");
        assert_eq!(first.status, 503, "{}", first.body);
        let answered = tokio::time::timeout(PATIENCE, async {
            for _ in 0..REQUESTS {
                let page = self.site.get("/requests", &self.cookie).await;
                assert_eq!(page.status, 503);
                assert!(page.body.contains("Linka teď neodpovídá"), "{}", page.body);
                assert_eq!(self.site.get("/readyz", "").await.status, 503);
                assert_eq!(self.site.get("/healthz", "").await.status, 200);
            }
        });
        answered.await.expect("nobody waits for what is known to be away");
        for (cookie, notice, hours) in [
            (String::new(), "podle posledního známého stavu", "Pracovní dny"),
            (self.cookie.clone(), "podle posledního známého stavu", "Pracovní dny"),
            ("linka-language=en".to_owned(), "the last known ones", "Working days"),
        ] {
            let line = self.line(&cookie).await;
            assert_eq!(line.status, 200);
            for told in [notice, hours, "377\u{a0}457\u{a0}977", "377\u{a0}462\u{a0}201", "377\u{a0}462\u{a0}520"] {
                assert!(line.body.contains(told), "{told} in {}", line.body);
            }
        }
    }

    async fn recovers_by_itself(&self) {
        let back = tokio::time::timeout(Duration::from_secs(30), async {
            while self.site.get("/requests", &self.cookie).await.status != 200 {
                tokio::task::yield_now().await;
            }
        });
        back.await.expect("the database is found again");
        self.is_as_usual().await;
    }
}

#[tokio::test]
async fn crash_of_the_database_makes_nobody_wait_and_leaves_hours_and_numbers_to_visitors() {
    let place = Place::new();
    let cluster = place.start().await;
    let served = Served::new(&cluster).await;
    place.kill_all();
    drop(cluster);
    served.is_answered_at_once_and_from_memory().await;
    let cluster = place.start().await;
    served.recovers_by_itself().await;
    drop(served.world);
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn crash_of_a_database_that_only_stands_still_makes_nobody_wait_either() {
    let place = Place::new();
    let cluster = place.start().await;
    let served = Served::new(&cluster).await;
    let processes = place.processes();
    processes.iter().for_each(|process| signal(*process, Signal::STOP));
    served.is_answered_at_once_and_from_memory().await;
    processes.iter().for_each(|process| signal(*process, Signal::CONT));
    served.recovers_by_itself().await;
    drop(served.world);
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn a_database_that_pauses_for_a_moment_makes_nobody_fail() {
    let place = Place::new();
    let cluster = place.start().await;
    let served = Served::new(&cluster).await;
    for pause in [100, 400, 700].map(Duration::from_millis) {
        let processes = place.processes();
        processes.iter().for_each(|process| signal(*process, Signal::STOP));
        let request = served.site.get("/requests", &served.cookie);
        let goes_on = async {
            tokio::time::sleep(pause).await;
            processes.iter().for_each(|process| signal(*process, Signal::CONT));
        };
        let (page, ()) = tokio::join!(request, goes_on);
        assert_eq!(page.status, 200, "after a pause of {pause:?}: {}", page.body);
    }
    drop(served.world);
    cluster.stop().await.expect("stop");
}
