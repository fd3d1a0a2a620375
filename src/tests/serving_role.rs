//! The login by which the portal serves: requests and jobs get on with it, and it gets no further.

use std::mem;

use linka::{
    model::base::terms::Urgency,
    server::{
        app::App,
        db::{
            Db, MIGRATIONS, schema,
            serving::{self, LoginFault},
        },
        jobs,
        mail::{Mailer, Transport},
        service::upkeep,
    },
};
use sqlx::{AssertSqlSafe, Executor, PgPool, postgres::PgConnectOptions};
use tempfile::TempDir;

use super::support::{BASE_URL, World};

/// What somebody would try who has got hold of a connection.
const TRIED: [&str; 16] = [
    "create table stolen (x int)",
    "create schema stolen",
    "create role stolen superuser",
    "alter role linka_server superuser",
    "set local role linka_eraser",
    "select rolpassword from pg_authid",
    "select pg_read_file('/etc/passwd')",
    "copy (select 1) to program 'true'",
    "set session_replication_role = replica",
    "alter table ledger_entry disable trigger all",
    "alter table ledger_entry disable row level security",
    "delete from ledger_entry",
    "update audit_entry set who = 'nobody'",
    "truncate tax_document cascade",
    "drop table ledger_entry cascade",
    "delete from _sqlx_migrations",
];

/// The login, on a connection that is really its.
fn login(pool: &PgPool) -> PgConnectOptions {
    (*pool.connect_options()).clone().username("linka_server")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_portals_login_books_and_works_through_the_queue(pool: PgPool) {
    let mut world = World::new(pool.clone()).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    serving::prepare(&pool).await.expect("prepared");

    let mails = TempDir::new().expect("a directory");
    let sender = "Linka <linka@example.com>".parse().expect("a sender");
    let app = App {
        db: Db::connect(login(&pool), 4).await.expect("the login"),
        mail: Mailer::new(Transport::Directory(mails.path().to_owned()), sender, BASE_URL),
        ..world.app.clone()
    };
    assert!(!serving::may_migrate(app.db.pool()).await.expect("an answer"));
    schema::assert_up_to_date(app.db.pool()).await.expect("it sees that the schema is");

    let as_owner = mem::replace(&mut world.app, app);
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("a booking");
    upkeep::each_minute(&world.app).await.expect("the upkeep");
    upkeep::each_hour(&world.app).await.expect("the upkeep");
    jobs::run_due(&world.app).await.expect("the queue");
    assert!(mails.path().read_dir().expect("mails").next().is_some(), "the booking is confirmed by mail");
    world.app.db.close().await;
    world.app = as_owner;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_portals_login_gets_no_further_than_requests(pool: PgPool) {
    jobs::migrate(&pool).await.expect("the queue");
    serving::prepare(&pool).await.expect("prepared");
    serving::prepare(&pool).await.expect("as often as one likes");
    let theirs = PgPool::connect_with(login(&pool)).await.expect("the login");
    assert_eq!(serving::faults(&theirs).await.expect("an answer"), []);
    for role in ["none", "linka_member", "linka_staff", "linka_system"] {
        for tried in TRIED {
            let mut connection = theirs.acquire().await.expect("a connection");
            let begun = format!("begin; set local role {role}");
            sqlx::raw_sql(AssertSqlSafe(begun)).execute(&mut *connection).await.expect("one of its roles");
            let refused = connection.execute(tried).await.expect_err(tried);
            let refused = refused.as_database_error().expect("the database's");
            assert_eq!(refused.code().as_deref(), Some("42501"), "{role}: {tried}: {refused}");
            connection.execute("rollback").await.expect("nothing was done");
        }
    }
    let refused = sqlx::query("select from customer").execute(&theirs).await.expect_err("outside of its roles");
    assert!(refused.to_string().contains("permission denied"), "{refused}");

    // What an operator could do to it shows.
    for (done, undone, fault) in [
        (
            "alter table kept_form owner to linka_server",
            "alter table kept_form owner to current_user",
            LoginFault::Owns,
        ),
        (
            "grant create on schema public to linka_server",
            "revoke create on schema public from linka_server",
            LoginFault::Creates,
        ),
    ] {
        pool.execute(done).await.expect("done");
        assert_eq!(serving::faults(&theirs).await.expect("an answer"), [fault]);
        pool.execute(undone).await.expect("undone");
    }
    assert_eq!(serving::faults(&pool).await.expect("an answer"), [LoginFault::Superuser], "the tests' own");
    theirs.close().await;
}
