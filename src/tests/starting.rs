//! How the real program starts, and when it does not: on what is not its own, or not safe.

use std::{fs::Permissions, os::unix::fs::PermissionsExt, process::Stdio};

use linka::{
    model::base::installation::Installation,
    server::db::{
        MIGRATIONS,
        private::{Account, PrivateCluster},
        schema::{SchemaError, bring_up_to_date},
    },
};
use rustix::process::geteuid;
use sqlx::{ConnectOptions, PgPool};
use tempfile::TempDir;

use super::{
    private_cluster::harness::Place,
    support::{Site, demo_cluster, listens_on, program, site_files},
};

const HERE: [&str; 2] = ["--addr", "127.0.0.1:0"];

/// The program, and perhaps the database that it is told to use.
struct Program {
    url: Option<String>,
    files: TempDir,
    data: TempDir,
}

impl Program {
    fn on(pool: &PgPool) -> Self {
        let url = pool.connect_options().to_url_lossy().to_string();
        Self { url: Some(url), ..Self::alone() }
    }

    fn alone() -> Self {
        let data = TempDir::new().expect("a directory");
        std::fs::set_permissions(data.path(), Permissions::from_mode(0o711)).expect("reachable");
        Self { url: None, files: site_files(), data }
    }

    fn command(&self, arguments: &[&str]) -> tokio::process::Command {
        let mut command = program(&self.files);
        command.args(arguments).env("LINKA_DATA", self.data.path());
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    /// Serves until it listens, and stops: whether it came to that.
    async fn serves(&self, arguments: &[&str]) -> bool {
        let arguments = [&["serve"], arguments].concat();
        let mut server = self.command(&arguments).stdout(Stdio::piped()).spawn().expect("the program");
        let listens = listens_on(&mut server).await.is_some();
        server.kill().await.expect("it is stopped");
        listens
    }

    /// Runs and fails with one line, which it returns.
    async fn refuses(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().await.expect("the program");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{arguments:?} is accepted: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
        assert!(said.starts_with("linka: "), "{arguments:?}: {said}");
        said
    }

    async fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().await.expect("the program");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// A database as the program wants it, which the tests' own is not: that would not survive a loss of power.
async fn database(place: &Place) -> (PrivateCluster, PgPool) {
    let cluster = place.start().await;
    let pool = PgPool::connect_with(cluster.connect_options()).await.expect("the database");
    MIGRATIONS.run(&pool).await.expect("the schema");
    (cluster, pool)
}

async fn mark(pool: &PgPool) -> Option<String> {
    sqlx::query_scalar("select kind from installation").fetch_optional(pool).await.expect("the mark")
}

#[tokio::test]
async fn a_database_of_real_work_is_never_served_as_a_demo() {
    let place = Place::new();
    let (cluster, pool) = database(&place).await;
    let linka = Program::on(&pool);
    assert!(linka.serves(&HERE).await);
    assert_eq!(mark(&pool).await.as_deref(), Some("production"));
    let said = linka.refuses(&[&["serve", "--demo"], &HERE[..]].concat()).await;
    assert!(said.contains("not a demo's"), "{said}");
    let said = linka.refuses(&["demo", "--yes"]).await;
    assert!(said.contains("not a demo's"), "{said}");
    let customers: i64 = sqlx::query_scalar("select count(*) from customer").fetch_one(&pool).await.expect("a number");
    assert_eq!(customers, 0, "nothing was loaded");
    assert!(linka.serves(&HERE).await, "it goes on as it was");
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn real_work_is_served_by_a_login_that_may_no_more_than_requests() {
    let place = Place::new();
    let (cluster, pool) = database(&place).await;
    let [owner, login] = [cluster.connect_options(), cluster.serving_options()].map(|o| o.to_url_lossy().to_string());
    let linka = Program { url: Some(owner.clone()), ..Program::alone() };
    let serve = |url: &str, owner: Option<&str>| {
        let mut command = linka.command(&[&["serve"], &HERE[..]].concat());
        command
            .env("DATABASE_URL", url)
            .env_remove("LINKA_SERVE_AS_OWNER")
            .envs(owner.map(|url| ("LINKA_MIGRATION_URL", url)));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    for (url, named) in [(&owner, "superuser"), (&login, "lacks one of the roles")] {
        let output = serve(url, None).output().await.expect("the program");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.lines().count() == 1, "{said}");
        assert!(said.contains(named) && said.contains("linka_server") && said.contains("linka migrate"), "{said}");
    }
    // The owner's address prepares the login, and then it needs that no more.
    for with_owner in [Some(owner.as_str()), None] {
        let mut server = serve(&login, with_owner).spawn().expect("the program");
        listens_on(&mut server).await.expect("it serves");
        server.kill().await.expect("it is stopped");
    }
    sqlx::query("delete from _sqlx_migrations where version = 1").execute(&pool).await.expect("an older schema");
    let said = serve(&login, None).output().await.expect("the program").stderr;
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("migration 1 is missing") && said.contains("LINKA_MIGRATION_URL"), "{said}");
    pool.close().await;
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn a_demo_is_never_served_as_real_work_and_is_asked_for_before_it_fills_a_database() {
    let place = Place::new();
    let (cluster, pool) = database(&place).await;
    let linka = Program::on(&pool);
    let said = linka.refuses(&["demo"]).await;
    assert!(said.contains("--yes"), "{said}");
    assert_eq!(mark(&pool).await, None, "nothing was said of the database");
    linka.succeeds(&["demo", "--yes"]).await;
    assert_eq!(mark(&pool).await.as_deref(), Some("demo"));
    let said = linka.refuses(&[&["serve"], &HERE[..]].concat()).await;
    assert!(said.contains("holds the demo"), "{said}");
    assert!(linka.serves(&[&["--demo"], &HERE[..]].concat()).await);
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn a_demo_listens_beyond_this_machine_only_when_told_so() {
    let place = Place::new();
    let (cluster, pool) = database(&place).await;
    let linka = Program::on(&pool);
    let said = linka.refuses(&["serve", "--demo", "--addr", "0.0.0.0:0"]).await;
    assert!(said.contains("LINKA_DEMO_PUBLIC"), "{said}");
    assert_eq!(mark(&pool).await, None, "it was refused before the database was touched");
    linka.refuses(&["serve", "--demo-public", "--addr", "0.0.0.0:0"]).await;
    let linka = Program::alone();
    demo_cluster::copy_into(linka.data.path()).await;
    assert!(linka.serves(&["--demo", "--demo-public", "--addr", "0.0.0.0:0"]).await);
    cluster.stop().await.expect("stop");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_schema_of_a_newer_release_is_served_until_it_says_that_it_serves_this_one_no_more(pool: PgPool) {
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9000, 'x', true, '', 0)";
    sqlx::query(newer).execute(&pool).await.expect("a migration to come");
    bring_up_to_date(&pool).await.expect("it is served");
    sqlx::query("update oldest_release set migration = 9000").execute(&pool).await.expect("something is taken away");
    let refused = bring_up_to_date(&pool).await.expect_err("it serves this one no more");
    let newest = MIGRATIONS.iter().map(|migration| migration.version).max().expect("migrations");
    assert!(matches!(refused, SchemaError::TooNew { needed: 9000, known } if known == newest), "{refused}");
    for back in ["update oldest_release set migration = 245", "delete from oldest_release"] {
        sqlx::query(back).execute(&pool).await.expect_err(back);
    }
}

#[sqlx::test(migrations = false)]
async fn databases_from_before_the_mark_say_by_their_sign_ins_what_they_are(pool: PgPool) {
    const BEFORE: i64 = 16;
    for (email, kind) in [
        (None, None),
        (Some("jana@skola.cz"), Some(Installation::Production)),
        (Some("a@b.example"), Some(Installation::Demo)),
    ] {
        sqlx::raw_sql("drop schema public cascade; create schema public")
            .execute(&pool)
            .await
            .expect("an empty database");
        MIGRATIONS.run_to(BEFORE, &pool).await.expect("the schema of before");
        if let Some(email) = email {
            sqlx::query(
                "with person as (insert into staff (name, role) values ('Z', 'manager') returning id)
                 insert into login (email, password_hash, staff_id) select $1, '$argon2id$none', id from person",
            )
            .bind(email)
            .execute(&pool)
            .await
            .expect("a sign-in");
        }
        MIGRATIONS.run(&pool).await.expect("the schema of today");
        assert_eq!(mark(&pool).await.as_deref(), kind.map(Installation::code), "{email:?}");
    }
}

#[tokio::test]
async fn what_is_not_safe_stops_the_start_with_one_line() {
    let linka = Program::alone();
    for (arguments, named) in [
        (&["--https"][..], "LINKA_BEHIND_PROXY"),
        (&["--url", "https://linka.example.com"], "LINKA_HTTPS"),
        (&["--smtp", "smtp://linka:secret@mail.example.com"], "LINKA_SMTP"),
    ] {
        let said = linka.refuses(&[&["serve"], arguments].concat()).await;
        assert!(said.contains(named) && !said.contains("secret"), "{said}");
    }
    assert!(!linka.data.path().join("postgres").exists(), "no database was made for it");
}

#[tokio::test]
async fn a_log_that_goes_into_a_file_has_no_colours() {
    let place = Place::new();
    let (cluster, pool) = database(&place).await;
    let linka = Program::on(&pool);
    let mut server = linka
        .command(&[&["serve"], &HERE[..]].concat())
        .env("LINKA_LOG", "info")
        .env_remove("NO_COLOR")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    listens_on(&mut server).await.expect("it serves");
    server.start_kill().expect("it is stopped");
    let log = server.wait_with_output().await.expect("its log").stderr;
    assert!(!log.is_empty(), "it says that no mail server is set up");
    assert!(!log.contains(&0x1b), "{}", String::from_utf8_lossy(&log));
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn the_first_manager_comes_in_by_a_command_and_a_link() {
    let linka = Program::alone();
    let said = linka.refuses(&["staff", "add", "Ivana Bartošová", "ivana@vendor.cz"]).await;
    assert!(said.contains("--manager"), "{said}");
    // Before the portal has ever run: the command makes the database.
    let said = linka.succeeds(&["staff", "add", "--manager", "Ivana Bartošová", "Ivana@vendor.cz"]).await;
    let link = said.lines().last().expect("a link").to_owned();
    let token = link.strip_prefix("http://127.0.0.1:3000/password?token=").expect("where the portal listens");

    let mut server =
        linka.command(&[&["serve"], &HERE[..]].concat()).stdout(Stdio::piped()).spawn().expect("the program");
    let origin = listens_on(&mut server).await.expect("it serves");
    let site = Site::at(origin, site_files());
    assert!(!site.get("/", "").await.body.contains("linka staff add"), "there is a manager");
    let page = site.get(&format!("/password?token={token}"), "").await;
    assert!(page.body.contains("Ivana Bartošová"), "{}", page.body);
    let password = "kolo stoji u plotu";
    let chosen = [("token", token), ("password", password), ("password_again", password)];
    let answer = site.post("/api/password/choose", "", "/password", &chosen).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/sign-in")));
    let answer =
        site.post("/api/sign-in", "", "/sign-in", &[("email", "ivana@vendor.cz"), ("password", password)]).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/settings")));
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    let cookie = cookies.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ");
    let asked = site.get("/settings/staff", &cookie).await;
    assert_eq!(
        (asked.status, asked.location.as_deref()),
        (303, Some("/account/second-factor?next=%2Fsettings%2Fstaff")),
        "first a second factor"
    );
    assert_eq!(site.get("/account/second-factor", &cookie).await.status, 200);

    // Beside the portal that runs.
    let said = linka.succeeds(&["staff", "link", "ivana@vendor.cz"]).await;
    assert!(said.contains("/password?token="), "{said}");
    let said = linka.refuses(&["staff", "add", "--manager", "Ivan", "ivana@vendor.cz"]).await;
    assert!(said.contains("linka staff link"), "{said}");
    server.kill().await.expect("it is stopped");
}

#[tokio::test]
async fn without_anybody_who_could_let_people_in_the_portal_says_what_to_do() {
    let linka = Program::alone();
    std::fs::set_permissions(linka.files.path(), Permissions::from_mode(0o755)).expect("reachable");
    let mut command = linka.command(&[&["serve"], &HERE[..]].concat());
    // Root's own it stays only where its account could not come to the program.
    let account = Account::of_database(linka.data.path()).expect("an account");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_linka"));
    let leaves_root =
        geteuid().is_root() && account.may_enter(program.parent().expect("its folder")).expect("an answer");
    if leaves_root {
        command.env_remove("LINKA_ACCOUNT");
    }
    let mut server = command.stdout(Stdio::piped()).spawn().expect("the program");
    let origin = listens_on(&mut server).await.expect("it serves");
    if leaves_root {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", server.id().expect("it runs"))).expect("its status");
        let ids = |of: &str| status.lines().find_map(|line| line.strip_prefix(of)).map(str::to_owned).expect("a line");
        assert_eq!(ids("Uid:"), format!("\t{0}\t{0}\t{0}\t{0}", account.uid), "of an account that is not root");
        assert_eq!(ids("Gid:"), format!("\t{0}\t{0}\t{0}\t{0}", account.gid));
        assert_ne!(account.uid, 0);
    }
    let site = Site::at(origin, site_files());
    for _ in 0..2 {
        let page = site.get("/", "").await.body;
        assert!(page.contains("linka staff add --manager"), "{page}");
    }
    linka.succeeds(&["staff", "add", "--manager", "Ivana Bartošová", "ivana@vendor.cz"]).await;
    assert!(!site.get("/", "").await.body.contains("linka staff add"));
    server.kill().await.expect("it is stopped");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn failed_attempts_to_sign_in_can_be_forgotten_from_the_command_line(pool: PgPool) {
    let linka = Program::on(&pool);
    let note = "insert into sign_in_failure (subject, at, attempt, account)
                select sha256(n::text::bytea), now(), gen_random_uuid(), sha256('jana@example.com')
                from generate_series(1, 7) n";
    sqlx::query(note).execute(&pool).await.expect("failures");
    let said = linka.succeeds(&["unlock", "Jana@example.com"]).await;
    assert!(said.contains("7 failed attempts"), "{said}");
    let left: i64 =
        sqlx::query_scalar("select count(*) from sign_in_failure").fetch_one(&pool).await.expect("a number");
    assert_eq!(left, 0);
}
