//! The booking transaction beside pgbench with the same SQL at the same concurrency, as a ratio of one run.
//!
//! Runs against a private database of its own in a temporary directory. `cargo bench --features ssr --bench booking`

use std::{
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            ids::{CustomerId, RequestId, StaffId},
            terms::Urgency,
        },
        ordering::offers::Slot,
    },
    server::db::{Db, MIGRATIONS, ordering::appointments, private::PrivateCluster},
};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;
use uuid::Uuid;

const CLIENTS: u32 = 8;
const SECONDS: u64 = 5;
const REQUESTS: u64 = 64;
const TECHNICIANS: i64 = 10;
const NOW: &str = "2026-11-23T07:00:00Z";

fn main() {
    // Under `cargo test`, benches are only asked whether they start.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let directory = TempDir::new().expect("a directory");
        std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o711)).expect("reachable");
        let cluster = PrivateCluster::start(directory.path()).await.expect("a private database");
        let db = Db::connect(cluster.connect_options(), CLIENTS).await.expect("a connection");
        let customer = prepare(&db).await;

        let pgbench = pgbench(&cluster.url(), directory.path(), customer);
        let ours = ours(&db, customer).await;
        println!("booking transaction, {CLIENTS} clients, {SECONDS} s each:");
        println!("  pgbench       {pgbench:8.0} transactions/s");
        println!("  through linka {ours:8.0} transactions/s");
        println!("  ratio         {:8.2} (budget: at least 0.50)", ours / pgbench);
        db.pool().close().await;
        cluster.stop().await.expect("stopped");
    });
}

/// A customer with many requests, and technicians; returns the customer.
async fn prepare(db: &Db) -> CustomerId {
    MIGRATIONS.run(db.pool()).await.expect("the schema");
    let setup = format!(
        "insert into customer (name, ico, created_at) values ('Bench', '00000001', '{NOW}');
         insert into member (customer_id, name) select id, 'Bench' from customer;
         insert into program (name) values ('Bench');
         insert into staff (name, role) select 'T' || n, 'technician' from generate_series(1, {TECHNICIANS}) n;
         insert into service_request (id, customer_id, member_id, program_id, created_at)
             select lpad(n::text, 32, '0')::uuid, m.customer_id, m.id, p.id, '{NOW}'
             from generate_series(1, {REQUESTS}) n, member m, program p;"
    );
    sqlx::raw_sql(AssertSqlSafe(setup)).execute(db.pool()).await.expect("a small world");
    let id = sqlx::query_scalar("select id from customer").fetch_one(db.pool()).await.expect("the customer");
    CustomerId(id)
}

/// pgbench with the very statements of [`ours`].
fn pgbench(url: &str, directory: &Path, customer: CustomerId) -> f64 {
    let script = directory.join("booking.sql");
    let mut file = std::fs::File::create(&script).expect("a file");
    let all: Vec<String> = (1..=TECHNICIANS).map(|id| id.to_string()).collect();
    write!(
        file,
        "\\set n random(1, {REQUESTS})\n\\set q random(0, 1000)\n\\set t random(1, {TECHNICIANS})\n\
         begin\\; set local role linka_member\\; set local app.customer = '{customer}';\n\
         select take_slot('{NOW}', lpad(:n::text, 32, '0')::uuid, (array[{}])[:t:], \
         tstzrange('{NOW}'::timestamptz + :q * interval '15 min', '{NOW}'::timestamptz + (:q + 3) * interval '15 min'), \
         'normal', '{NOW}'::timestamptz + interval '10 min');\n\
         commit;\n",
        all.join(",")
    )
    .expect("a script");
    let program = std::env::var("LINKA_POSTGRES_BIN").map_or_else(
        |_| std::path::PathBuf::from("/usr/lib/postgresql/15/bin/pgbench"),
        |bin| Path::new(&bin).join("pgbench"),
    );
    let output = Command::new(program)
        // Simple: BEGIN and the role go in one round trip, as ours do, which a prepared statement cannot hold.
        .args(["-n", "-M", "simple", "-c", &CLIENTS.to_string(), "-j", "2", "-T", &SECONDS.to_string(), "-f"])
        .arg(&script)
        .arg(url)
        .output()
        .expect("pgbench");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let tps = text.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|rest| rest.split(' ').next());
    tps.and_then(|tps| tps.parse().ok())
        .unwrap_or_else(|| panic!("pgbench: {text}{}", String::from_utf8_lossy(&output.stderr)))
}

/// The same through the application's own functions.
async fn ours(db: &Db, customer: CustomerId) -> f64 {
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..u64::from(CLIENTS) {
        let (db, stop, done) = (db.clone(), stop.clone(), done.clone());
        clients.spawn(async move {
            let now: DateTime<Utc> = NOW.parse().expect("an instant");
            let mut seed = client + 1;
            let mut below = |end: u64| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 33) % end
            };
            while !stop.load(Ordering::Relaxed) {
                let request =
                    RequestId(Uuid::parse_str(&format!("{:032}", 1 + below(REQUESTS))).expect("a request's id"));
                let start = now + TimeDelta::minutes(15 * i64::try_from(below(1001)).expect("small"));
                let slot = Slot { start, end: start + TimeDelta::minutes(45) };
                let first = i64::try_from(below(10)).expect("small") + 1;
                let technicians: Vec<StaffId> = (first..=TECHNICIANS).map(StaffId).collect();
                let mut tx = db.member(customer).await.expect("a transaction");
                let expires_at = now + TimeDelta::minutes(10);
                appointments::take_slot(&mut tx, now, request, &technicians, slot, Urgency::Normal, expires_at)
                    .await
                    .expect("an answer");
                tx.commit().await.expect("a commit");
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    tokio::time::sleep(Duration::from_secs(SECONDS)).await;
    stop.store(true, Ordering::Relaxed);
    let counted = done.load(Ordering::Relaxed);
    while let Some(client) = clients.join_next().await {
        client.expect("no client fails");
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate to three digits")]
    let rate = counted as f64 / SECONDS as f64;
    rate
}
