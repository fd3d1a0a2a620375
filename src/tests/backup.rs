//! Backups by the real program: made while work goes on, put back, and everything that must keep it from being either.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use linka::{model::people::members::StaffRole, server::db::MIGRATIONS, server::service::line::backups};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool, postgres::PgConnectOptions, query, query_scalar};
use tempfile::TempDir;

use super::support::{World, closed_work, listens_on, program, site_files};

/// Every table of every schema of ours.
const TABLES: &str =
    "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1";

/// What else makes a schema: who may do what with which function, by whose right it acts, and what the tables keep to.
const REST: &[(&str, &str)] = &[
    (
        "functions",
        "select p.oid::regprocedure::text || ' ' || p.prosecdef || ' ' || coalesce(nullif(p.proowner::regrole::text, d.owner), '-')
                || ' ' || array(select r || has_function_privilege(r, p.oid, 'execute')
                                from unnest(array['linka_member', 'linka_staff', 'linka_system']) r)::text
         from pg_proc p, (select datdba::regrole::text as owner from pg_database where datname = current_database()) d
         where pronamespace = 'public'::regnamespace order by 1",
    ),
    (
        "grants",
        "select table_schema || '.' || table_name || ' ' || grantee || ' ' || privilege_type from information_schema.table_privileges
         where grantee like 'linka\\_%' order by 1",
    ),
    ("policies", "select tablename || ' ' || policyname || ' ' || coalesce(qual, '') from pg_policies order by 1"),
    (
        "walls",
        "select relname || ' ' || relrowsecurity || relforcerowsecurity from pg_class where relkind = 'r'
         and relnamespace = 'public'::regnamespace order by 1",
    ),
    (
        "constraints",
        // An "and" of an "and" is read back as one of three.
        "select conrelid::regclass || ' ' || conname || ' ' || translate(pg_get_constraintdef(oid), '()', '') from pg_constraint
         where connamespace = 'public'::regnamespace order by 1",
    ),
    ("triggers", "select tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal order by 1"),
    (
        // That of the audit goes on with the restore.
        "sequences",
        "select schemaname || '.' || sequencename || ' ' || coalesce(last_value::text, 'unused') from pg_sequences
         where sequencename <> 'audit_entry_id_seq' order by 1",
    ),
];

/// The program with the database that it is told to use.
struct Program {
    url: Option<String>,
    files: TempDir,
    data: TempDir,
}

impl Program {
    fn on(url: &str) -> Self {
        Self { url: Some(url.to_owned()), ..Self::alone() }
    }

    fn alone() -> Self {
        let data = TempDir::new().expect("a directory");
        fs::set_permissions(data.path(), fs::Permissions::from_mode(0o711)).expect("reachable");
        Self { url: None, files: site_files(), data }
    }

    fn command(&self, arguments: &[&str]) -> tokio::process::Command {
        let mut command = program(&self.files);
        command.args(arguments).env("LINKA_DATA", self.data.path()).env("LOGNAME", "operator").env_remove("SUDO_USER");
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    async fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().await.expect("the program");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Fails with one line that names what is wrong.
    async fn refuses(&self, arguments: &[&str], named: &str) {
        let output = self.command(arguments).output().await.expect("the program");
        refused(arguments, &output, named);
    }
}

fn refused(arguments: &[&str], output: &std::process::Output, named: &str) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?} is accepted");
    assert!(said.starts_with("linka: ") && said.lines().count() == 1 && said.contains(named), "{arguments:?}: {said}");
}

/// A name beside the test's own database; PostgreSQL cuts names off that are long.
fn beside(options: &PgConnectOptions, name: &str) -> String {
    let own = options.get_database().expect("its name");
    format!("{name}_{}", &own[own.len().saturating_sub(40)..])
}

fn url_of(options: &PgConnectOptions) -> String {
    options.to_url_lossy().to_string()
}

/// An empty database beside the test's own, which goes with it.
async fn another(pool: &PgPool, name: &str) -> (String, PgPool) {
    let options = (*pool.connect_options()).clone();
    let name = beside(&options, name);
    query(AssertSqlSafe(format!(r#"drop database if exists "{name}" with (force)"#)))
        .execute(pool)
        .await
        .expect("none such");
    query(AssertSqlSafe(format!(r#"create database "{name}" template template0"#)))
        .execute(pool)
        .await
        .expect("a database");
    let options = options.database(&name);
    (url_of(&options), PgPool::connect_lazy_with(options))
}

async fn drop_database(pool: &PgPool, other: PgPool) {
    let name = other.connect_options().get_database().expect("its name").to_owned();
    other.close().await;
    query(AssertSqlSafe(format!(r#"drop database "{name}" with (force)"#))).execute(pool).await.expect("dropped");
}

/// The rows of every table, counted and summed up, and the rest of the schema.
async fn digest(pool: &PgPool) -> BTreeMap<String, String> {
    let tables: Vec<String> = query_scalar(TABLES).fetch_all(pool).await.expect("tables");
    assert!(tables.len() > 50, "{tables:?}");
    let mut digest = BTreeMap::new();
    for table in tables {
        // These do not come back.
        if ["public.session", "public.password_link", "public.live_event"].contains(&table.as_str()) {
            continue;
        }
        // The audit has the restore besides.
        let of_before = if table == "public.audit_entry" { "where subject <> 'restore'" } else { "" };
        let sum = format!(
            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') from {table} t {of_before}"
        );
        digest.insert(table, query_scalar(AssertSqlSafe(sum)).fetch_one(pool).await.expect("a sum"));
    }
    for (name, sql) in REST {
        let lines: Vec<String> = query_scalar(*sql).fetch_all(pool).await.expect(name);
        digest.extend(lines.into_iter().map(|line| (format!("{name}: {line}"), String::new())));
    }
    digest
}

fn assert_same(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    let differs: Vec<_> = one.iter().filter(|(name, sum)| other.get(*name) != Some(*sum)).collect();
    assert!(differs.is_empty(), "of the first: {differs:#?}");
    let differs: Vec<_> = other.iter().filter(|(name, sum)| one.get(*name) != Some(*sum)).collect();
    assert!(differs.is_empty(), "of the second: {differs:#?}");
}

async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    query_scalar(sql).fetch_one(pool).await.expect(sql)
}

/// Transactions of two rows each, in two tables, as long as the test likes.
fn write_pairs(pool: PgPool) -> (Arc<AtomicBool>, tokio::task::JoinHandle<()>) {
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    let work = tokio::spawn(async move {
        let mut number = 0;
        while !stopped.load(Ordering::SeqCst) {
            number += 1;
            let mut tx = pool.begin().await.expect("a transaction");
            let day = "insert into closure (date, reason) values (date '2030-01-01' + $1::integer, 'Zavřeno')";
            query(day).bind(number).execute(&mut *tx).await.expect("a day");
            let region = "insert into line_region (name, phone, position) values ('R' || $1::integer, '1', 1000 + $1)";
            query(region).bind(number).execute(&mut *tx).await.expect("a region");
            tx.commit().await.expect("both");
        }
    });
    (stop, work)
}

const DAYS: &str = "select count(*) from closure where date >= '2030-01-01'";
const REGIONS: &str = "select count(*) from line_region where position > 1000";

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_restored_is_what_was_backed_up_in_every_table_though_work_goes_on(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    world.technicians(3, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    closed_work(&world, &place, 50).await;
    world.sql("insert into installation (kind) values ('production')").await;
    let (url, restored) = another(&pool, "restored").await;
    let (ours, theirs) = (Program::on(&url_of(&pool.connect_options())), Program::on(&url));
    let file = ours.data.path().join("linka.backup");
    let file = file.to_str().expect("a name");

    let (stop, work) = write_pairs(world.app.db.pool().clone());
    while count(&pool, DAYS).await < 20 {
        tokio::task::yield_now().await;
    }
    let before = count(&pool, DAYS).await;
    ours.succeeds(&["backup", file]).await;
    let after = count(&pool, DAYS).await;
    stop.store(true, Ordering::SeqCst);
    work.await.expect("it worked");
    assert!(before < after, "work went on");
    theirs.succeeds(&["restore", file]).await;
    let pairs = count(&restored, DAYS).await;
    assert_eq!(pairs, count(&restored, REGIONS).await, "a transaction is in it whole or not at all");
    assert!((before..=after).contains(&pairs), "{before} {pairs} {after}");
    assert_eq!(count(&restored, "select count(*) from ledger_faults()").await, 0);
    restored.close().await;

    // Nobody writes now: the next one is the same in every row, also where it takes the place of another.
    let kept = digest(&pool).await;
    ours.refuses(&["backup", file], "--force").await;
    ours.succeeds(&["backup", "--force", file]).await;
    theirs.refuses(&["restore", file], "--force").await;
    theirs.succeeds(&["restore", "--force", file]).await;
    let restored = PgPool::connect_with((*restored.connect_options()).clone()).await.expect("the restored one");
    assert_same(&kept, &digest(&restored).await);
    assert_eq!(count(&restored, "select count(*) from installation where kind = 'production'").await, 1);
    let audited =
        "select count(*) from audit_entry where subject = 'restore' and who = 'operator' and label = 'linka.backup'";
    assert_eq!(count(&restored, audited).await, 1, "who put it back is in the audit");
    let made =
        "select count(*) from audit_entry where subject = 'backup' and who = 'operator' and label = 'linka.backup'";
    assert_eq!(count(&pool, made).await, 2, "and who made it");
    // As a new database, into which it was put, it can be backed up once more.
    theirs.succeeds(&["backup", "--force", file]).await;
    drop_database(&pool, restored).await;

    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let told = backups::page(&world.app, &manager).await.expect("a page").backups;
    let told: Vec<_> =
        told.iter().map(|backup| (backup.made_by.as_str(), backup.file.as_str(), backup.bytes > 0)).collect();
    assert_eq!(told, [("operator", "linka.backup", true); 2]);
}

/// The database of an owner who is no superuser: its policies hold for the owner too.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_owner_who_is_no_superuser_backs_up_and_restores_every_row(pool: PgPool) {
    let role = beside(&pool.connect_options(), "owner");
    query(AssertSqlSafe(format!(r#"create role "{role}" createrole"#))).execute(&pool).await.expect("a role");
    let mut sides = Vec::new();
    for name in ["from", "into"] {
        let (url, database) = another(&pool, name).await;
        let own = format!(
            r#"alter database "{}" owner to "{role}""#,
            database.connect_options().get_database().expect("a name")
        );
        query(AssertSqlSafe(own)).execute(&pool).await.expect("owned");
        let and = if url.contains('?') { '&' } else { '?' };
        sides.push((Program::on(&format!("{url}{and}options=-c%20role%3D{role}")), database));
    }
    let [(from, source), (into, restored)] = sides.try_into().unwrap_or_else(|_| panic!("two"));
    from.succeeds(&["staff", "add", "--manager", "Ivana Bartošová", "ivana@vendor.cz"]).await;
    query("insert into customer (name, ico, created_at) values ('Škola', '12345678', now())")
        .execute(&source)
        .await
        .expect("a customer");
    let kept = digest(&source).await;
    let file = from.data.path().join("linka.backup");
    let file = file.to_str().expect("a name");
    from.succeeds(&["backup", file]).await;
    into.succeeds(&["restore", file]).await;
    assert_same(&kept, &digest(&restored).await);
    assert_eq!(count(&restored, "select count(*) from customer").await, 1);
    assert_eq!(count(&source, "select count(*) from password_link").await, 1);
    assert_eq!(count(&restored, "select count(*) from password_link").await, 0, "an old link opens nothing");
    let named = "select count(*) from pg_proc p cross join lateral aclexplode(p.proacl) a
         where p.pronamespace = 'public'::regnamespace and a.grantee not in (0, p.proowner)
           and a.grantee::regrole::text not like 'linka\\_%'";
    assert_eq!(count(&source, named).await, 0, "a backup names no role that need not be elsewhere");
    restored.close().await;
    into.succeeds(&["restore", "--force", file]).await;
    drop_database(&pool, restored).await;
    drop_database(&pool, source).await;
    query(AssertSqlSafe(format!(r#"drop role "{role}""#))).execute(&pool).await.expect("dropped");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_cannot_be_backed_up_or_restored_is_named_and_changes_nothing(pool: PgPool) {
    World::empty(pool.clone()).await;
    let (url, other) = another(&pool, "other").await;
    let (ours, theirs) = (Program::on(&url_of(&pool.connect_options())), Program::on(&url));
    let directory = ours.data.path().to_owned();
    let path = |name: &str| directory.join(name).to_str().expect("a name").to_owned();

    // Programs of another version.
    let old = old_programs(&directory);
    let arguments = ["backup", &path("x")];
    let output = ours.command(&arguments).env("LINKA_POSTGRES_BIN", &old).output().await.expect("the program");
    refused(&arguments, &output, "14 in ");
    ours.refuses(&["backup", &path("nowhere/x")], "nowhere").await;
    assert!(!Path::new(&path("x")).exists());

    // What is no backup of ours.
    fs::write(path("text"), "nothing").expect("a file");
    theirs.refuses(&["restore", &path("text")], "is no backup of Linka").await;
    theirs.refuses(&["restore", &path("missing")], "missing").await;

    ours.succeeds(&["backup", &path("good")]).await;
    let whole = fs::read(path("good")).expect("the backup");
    // The table of what is in it stands first and is whole.
    fs::write(path("torn"), &whole[..whole.len() - 100]).expect("a part of it");
    theirs.refuses(&["restore", &path("torn")], "failed").await;
    assert_eq!(
        count(&other, "select count(*) from pg_class where relname = 'customer'").await,
        0,
        "nothing of it is kept"
    );

    // Somebody is connected.
    let guest = other.acquire().await.expect("a connection");
    theirs.refuses(&["restore", &path("good")], "in use").await;
    drop(guest);
    other.close().await;

    // A newer Linka made it.
    query("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9000, 'x', true, '', 0)")
        .execute(&pool)
        .await
        .expect("a migration to come");
    // Dumped by hand: what that Linka would say of its programs is not known.
    let options = pool.connect_options();
    let host = options.get_socket().map_or_else(|| options.get_host().into(), |socket| socket.as_os_str().to_owned());
    let dumped = tokio::process::Command::new("pg_dump")
        .args(["--format=custom", "--no-password", "--file", &path("newer"), "--username", options.get_username()])
        .args(["--dbname", options.get_database().expect("its name"), "--port", &options.get_port().to_string()])
        .arg("--host")
        .arg(host)
        .output();
    let dumped = dumped.await.expect("pg_dump");
    assert!(dumped.status.success(), "{}", String::from_utf8_lossy(&dumped.stderr));
    theirs.refuses(&["restore", &path("newer")], "newer Linka").await;
    let other = PgPool::connect_with((*other.connect_options()).clone()).await.expect("the other one");
    assert_eq!(count(&other, "select count(*) from pg_class where relname = 'customer'").await, 0);
    drop_database(&pool, other).await;
    let left: Vec<_> = fs::read_dir(&directory).expect("files").flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("unfinished")), "{left:?}");
}

/// Programs that say that they are PostgreSQL 14's.
fn old_programs(directory: &Path) -> PathBuf {
    let old = directory.join("old");
    fs::create_dir(&old).expect("a directory");
    for name in ["pg_dump", "pg_restore", "psql"] {
        fs::write(old.join(name), "#!/bin/sh\necho \"$0 (PostgreSQL) 14.9\"\n").expect("a program");
        fs::set_permissions(old.join(name), fs::Permissions::from_mode(0o755)).expect("to be run");
    }
    old
}

/// The examples without the agreed times, which the program, whose clock is the system's, may take for past.
fn examples_without_a_date(into: &Path) {
    fs::create_dir(into).expect("a directory");
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/import");
    for entry in fs::read_dir(examples).expect("examples").flatten() {
        if entry.file_name() != "appointments.csv" {
            fs::copy(entry.path(), into.join(entry.file_name())).expect("a copy");
        }
    }
}

#[tokio::test]
async fn the_private_database_is_backed_up_beside_its_portal_and_restored_into_another() {
    let (ours, theirs) = (Program::alone(), Program::alone());
    ours.succeeds(&["staff", "add", "--manager", "Ivana Bartošová", "ivana@vendor.cz"]).await;
    let file = ours.data.path().join("linka.backup");
    let file = file.to_str().expect("a name");
    let mut portal =
        ours.command(&["serve", "--addr", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().expect("the portal");
    assert!(listens_on(&mut portal).await.is_some());
    let tables = ours.data.path().join("tables");
    examples_without_a_date(&tables);
    let said = ours.succeeds(&["import", tables.to_str().expect("a name")]).await;
    assert!(said.contains("customers: 10 new, 0 changed, 0 the same, 0 wrong"), "{said}");
    ours.succeeds(&["backup", file]).await;
    assert_eq!(fs::metadata(file).expect("the backup").permissions().mode() & 0o777, 0o600, "its owner's only");
    ours.refuses(&["restore", "--force", file], "another portal").await;
    portal.kill().await.expect("stopped");

    theirs.succeeds(&["restore", file]).await;
    // It is what it was: a vendor's, with its manager.
    theirs.refuses(&["serve", "--demo", "--addr", "127.0.0.1:0"], "not a demo's").await;
    let said = theirs.succeeds(&["import", "--dry-run", tables.to_str().expect("a name")]).await;
    assert!(said.contains("customers: 0 new, 0 changed, 10 the same, 0 wrong"), "{said}");
    let exported = theirs.data.path().join("exported");
    let exported = exported.to_str().expect("a name");
    theirs.succeeds(&["export", "--customer", "70874123", exported]).await;
    let customers = fs::read_to_string(format!("{exported}/customers.csv")).expect("a table");
    assert!(customers.lines().count() == 2 && customers.contains("Základní škola Lipová"), "{customers}");
    theirs.refuses(&["export", exported], "is not empty").await;
    let link = theirs.succeeds(&["staff", "link", "ivana@vendor.cz"]).await;
    assert!(link.contains("/password?token="), "{link}");
    theirs.refuses(&["restore", file], "--force").await;
    theirs.succeeds(&["restore", "--force", file]).await;
    // Also without a portal.
    theirs.succeeds(&["backup", "--force", file]).await;
}
