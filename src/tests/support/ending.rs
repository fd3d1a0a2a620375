//! How a test's world has to end: with an account of minutes that adds up, and with nothing in the queue that should not
//! be there.

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
};

use linka::server::app::App;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

/// What a test says that its world is left with. It has to be there then: a test that says too much would hide what it did
/// not mean.
#[derive(Debug, Default)]
pub struct Declared {
    faults: OnceLock<&'static str>,
    jobs: AtomicBool,
}

impl Declared {
    /// The account of minutes is broken on purpose: every fault says this.
    pub fn faults(&self, saying: &'static str) {
        self.faults.set(saying).expect("one kind of fault");
    }

    /// Jobs wait, or have failed, because that is what the test is about.
    pub fn jobs(&self) {
        self.jobs.store(true, Ordering::Relaxed);
    }
}

/// Looks at a world that is about to go, and fails the test that it belongs to when it ends badly.
///
/// It is called from `drop`, where nothing can be awaited: a thread with a runtime and a connection of its own asks.
pub fn check(app: &App, declared: &Declared) {
    let options = (*app.db.pool().connect_options()).clone();
    let served = Served { mails: app.mail.is_set_up(), payments: app.payments.is_on() };
    let asked = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(ask(&options, &served))
    });
    let (faults, jobs) = asked.join().expect("an answer");
    let expected = declared.faults.get();
    let as_expected = |fault: &String| expected.is_some_and(|saying| fault.contains(saying));
    assert!(
        faults.iter().all(as_expected) && faults.is_empty() == expected.is_none(),
        "the world ends with faults: {faults:?}, said was {expected:?}"
    );
    let expected = declared.jobs.load(Ordering::Relaxed);
    assert!(jobs.is_empty() != expected, "the world ends with jobs: {jobs:?}, said was {expected}");
}

/// Which jobs somebody would do here.
struct Served {
    mails: bool,
    payments: bool,
}

impl Served {
    /// Whether a job that nobody has tried may stay behind. Documents are also printed when they are asked for, and a test
    /// that cares runs the queue.
    fn leaves(&self, task: &str) -> bool {
        match task {
            "print_document" | "account_for_mail" => true,
            "send_mail" => !self.mails,
            // Every process does them.
            "send_push" | "send_link" => false,
            // What was not taken waits for its next try.
            "send_webhook" | "tell_webhooks" => true,
            _ => !self.payments,
        }
    }
}

async fn ask(options: &PgConnectOptions, served: &Served) -> (Vec<String>, Vec<String>) {
    let mut database = PgConnection::connect_with(options).await.expect("the test's database");
    // A server that the test has left running keeps its connections, and PostgreSQL waits five seconds for them before it
    // does not drop the database.
    sqlx::query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
        .execute(&mut database)
        .await
        .expect("nobody else");
    let faults =
        sqlx::query_scalar("select fault from ledger_faults()").fetch_all(&mut database).await.expect("the check");
    let jobs: Vec<(String, bool, Option<String>)> = sqlx::query_as(
        "select task_identifier, attempts > 0 or locked_at is not null, last_error from graphile_worker.jobs order by id",
    )
    .fetch_all(&mut database)
    .await
    .expect("the queue");
    let left = jobs.into_iter().filter(|(task, tried, _)| *tried || !served.leaves(task));
    let left = left.map(|(task, _, error)| format!("{task}: {}", error.unwrap_or_else(|| "never done".into())));
    (faults, left.collect())
}
