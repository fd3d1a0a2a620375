//! Whoever hangs up leaves nothing behind in the connection that served them: no transaction that goes on, no role, no
//! customer. Nor does whoever had a connection of a pooler before.

use std::{
    cell::Cell,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use linka::{
    model::{base::terms::Urgency, problem::Problem},
    server::{
        app::App,
        db::{Db, MIGRATIONS, Ways, retrying},
        jobs,
    },
};
use reqwest::Method;
use sqlx::{PgPool, Row};
use tokio::{io::AsyncWriteExt, net::TcpStream, task::JoinSet};

use super::support::{Place, Site, World, short_or_long};

/// Few, so that whoever comes next gets the very connection on which somebody has just hung up.
const CONNECTIONS: u32 = 3;

/// How often a browser hangs up at a moment of its own.
const HANG_UPS: u64 = 2_000;
const FEWER_HANG_UPS: u64 = 500;

/// At which await a request is given up, counted by the polls of it: what hyper does when the browser is gone.
const GIVEN_UP_AT: &str = "x-given-up-at";

/// A future that is dropped when it was polled so many times without an end.
struct GivenUp<F> {
    work: Option<Pin<Box<F>>>,
    polls_left: usize,
}

impl<F: Future> GivenUp<F> {
    fn after(polls: usize, work: F) -> Self {
        Self { work: Some(Box::pin(work)), polls_left: polls }
    }
}

impl<F: Future> Future for GivenUp<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(work) = &mut self.work else { return Poll::Ready(None) };
        if let Poll::Ready(output) = work.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        self.polls_left -= 1;
        if self.polls_left > 0 {
            return Poll::Pending;
        }
        self.work = None;
        Poll::Ready(None)
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn crash_of_a_browser_while_a_transaction_begins_leaves_none_behind(pool: PgPool) {
    let (world, app) = world(pool).await;
    let place = world.place("Ours").await;
    for begins in ["member", "staff", "system"] {
        for polls in 1.. {
            let begin = async {
                match begins {
                    "member" => app.db.member(place.customer).await,
                    "staff" => app.db.staff().await,
                    _ => app.db.system().await,
                }
            };
            let begun = GivenUp::after(polls, begin).await;
            let is_through = begun.is_some();
            drop(begun);
            assert_clean(&world, &app, &format!("{begins} given up at poll {polls}")).await;
            if is_through {
                break;
            }
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn crash_of_a_browser_at_any_await_of_a_page_leaves_no_transaction_behind(pool: PgPool) {
    let (world, app) = world(pool).await;
    let pages = Pages::new(&world).await;
    let site = Site::serve_with(app.clone(), |router| router.layer(middleware::from_fn(give_up))).await;
    for path in pages.paths() {
        for polls in 1.. {
            let request = site
                .request(Method::GET, &path)
                .header("cookie", &pages.cookie)
                .header("accept", "text/html")
                .header(GIVEN_UP_AT, polls.to_string());
            let answer = site.send(request).await.expect("an answer");
            if answer.status == 200 {
                break;
            }
            assert_eq!(answer.status, 408, "{path} given up at poll {polls}: {}", answer.body);
            assert_clean(&world, &app, &format!("{path} given up at poll {polls}")).await;
        }
    }
    pages.all_answer(&site).await;
    jobs::run_due(&app).await.expect("the jobs");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn crash_of_browsers_at_many_moments_leaves_no_transaction_behind(pool: PgPool) {
    let (world, app) = world(pool).await;
    let pages = Pages::new(&world).await;
    let site = Site::serve(app.clone()).await;
    let address = site.origin.strip_prefix("http://").expect("an address").to_owned();
    let paths = pages.paths();
    let mut browsers = JoinSet::new();
    for number in 0..short_or_long(FEWER_HANG_UPS, HANG_UPS) {
        let path = &paths[usize::try_from(number).expect("small") % paths.len()];
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\nAccept: text/html\r\n\r\n", pages.cookie);
        let address = address.clone();
        // Spread over the time that a page takes, evenly and the same in every run.
        let patience = Duration::from_micros(number * 7_919 % 40_000);
        browsers.spawn(async move {
            let mut browser = TcpStream::connect(address).await.expect("a connection");
            browser.write_all(request.as_bytes()).await.expect("sent");
            tokio::time::sleep(patience).await;
        });
        if browsers.len() >= 4 {
            browsers.join_next().await.expect("a browser").expect("hung up");
        }
    }
    browsers.join_all().await;
    assert_clean(&world, &app, "browsers hung up").await;
    pages.all_answer(&site).await;
    jobs::run_due(&app).await.expect("the jobs");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_connection_that_comes_back_inside_a_transaction_is_closed(pool: PgPool) {
    let (world, app) = world(pool).await;
    for left in ["begin; set local role linka_staff", "begin; set local role linka_staff; select 1 / 0"] {
        let mut connection = app.db.pool().acquire().await.expect("a connection");
        // Past sqlx, which counts no transaction then.
        let outcome = sqlx::raw_sql(left).execute(&mut *connection).await;
        assert_eq!(outcome.is_err(), left.ends_with("0"), "{left}");
        drop(connection);
        assert_clean(&world, &app, left).await;
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_connection_compiles_plans_whatever_the_server_is_told_to_do(pool: PgPool) {
    let told = (*pool.connect_options()).clone().options([("jit", "on")]);
    let db = Db::connect(told, 1).await.expect("a pool");
    let jit: String = sqlx::query_scalar("show jit").fetch_one(db.pool()).await.expect("a setting");
    assert_eq!(jit, "off");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_pooler_lends_is_used_for_one_transaction_whatever_others_left_in_it(pool: PgPool) {
    let options = (*pool.connect_options()).clone();
    let ways = Ways { straight: options.clone(), pooler: Some(options) };
    let db = Db::connect(ways, 1).await.expect("a pool");
    db.ping().await.expect("it answers");
    // What another client of the pooler has left, under the name that ours would give.
    let left = "set jit = on; prepare sqlx_s_1 as select 1";
    sqlx::raw_sql(left).execute(db.pool()).await.expect("left");
    for _ in 0..2 {
        let mut tx = db.system().await.expect("a transaction");
        let jit: String = sqlx::query_scalar("select current_setting('jit')").fetch_one(&mut *tx).await.expect("asked");
        assert_eq!(jit, "off");
        tx.commit().await.expect("committed");
        let jit: String = sqlx::raw_sql("show jit").fetch_one(db.pool()).await.expect("asked").get(0);
        assert_eq!(jit, "on", "nothing of ours outlasts the transaction");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_standby_refuses_is_tried_again(pool: PgPool) {
    let db = Db::from_pool(pool);
    let tries = Cell::new(0);
    let answer: Result<(), Problem> = retrying(|| async {
        tries.set(tries.get() + 1);
        let mut tx = db.system().await?;
        if tries.get() == 1 {
            sqlx::raw_sql("set transaction read only").execute(&mut *tx).await?;
        }
        sqlx::query("delete from session where false").execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    })
    .await;
    assert_eq!((answer, tries.get()), (Ok(()), 2));
}

/// A world, and its application with a pool as the server has one.
async fn world(pool: PgPool) -> (World, App) {
    let world = World::new(pool.clone()).await;
    world.technicians(2, "07:00", "15:30").await;
    let db = Db::connect((*pool.connect_options()).clone(), CONNECTIONS).await.expect("a pool");
    let app = App { db, ..world.app.clone() };
    (world, app)
}

/// Pages of a customer with an agreed time, by every way in which pages read.
struct Pages {
    cookie: String,
    number: String,
}

impl Pages {
    async fn new(world: &World) -> Self {
        let place: Place = world.place("Ours").await;
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        Self { cookie: world.cookie(&place.boss).await, number: number.to_string() }
    }

    fn paths(&self) -> Vec<String> {
        [
            "/requests".to_owned(),
            format!("/requests/{}", self.number),
            "/usage".to_owned(),
            "/usage/statement".to_owned(),
        ]
        .into()
    }

    async fn all_answer(&self, site: &Site) {
        // More often than there are connections: each of them serves some.
        for _ in 0..CONNECTIONS * 3 {
            for path in self.paths() {
                let answer = site.get(&path, &self.cookie).await;
                assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            }
        }
    }
}

/// Gives a request up at the await that it names.
async fn give_up(request: Request, next: Next) -> Response {
    let polls = request.headers().get(GIVEN_UP_AT).and_then(|polls| polls.to_str().ok()).map(str::to_owned);
    match polls {
        Some(polls) => match GivenUp::after(polls.parse().expect("a number"), next.run(request)).await {
            Some(response) => response,
            None => StatusCode::REQUEST_TIMEOUT.into_response(),
        },
        None => next.run(request).await,
    }
}

/// Every connection of the pool is as a new one: in no transaction, in no role, of no customer.
async fn assert_clean(world: &World, app: &App, after: &str) {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(app.db.pool().acquire().await.expect("a connection"));
    }
    for connection in &mut connections {
        let (role, customer): (String, String) =
            sqlx::query_as("select current_setting('role'), coalesce(current_setting('app.customer', true), '')")
                .fetch_one(&mut **connection)
                .await
                .unwrap_or_else(|error| panic!("{after}: {error}"));
        assert_eq!((role.as_str(), customer.as_str()), ("none", ""), "{after}");
    }
    // All connections are idle in our hands; one that was closed instead may take a moment to be gone.
    let open = "select count(*) from pg_stat_activity
                where datname = current_database() and state like 'idle in transaction%'";
    for _ in 0..100 {
        if world.id(open).await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{after}: a transaction is still open");
}
