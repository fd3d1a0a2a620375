//! The real program whose private database loses its postmaster: it is started again, or given up loudly.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use tempfile::TempDir;
use tokio::time::timeout;

use super::support::Portal;

/// How soon the portal serves again.
const READY_WITHIN: Duration = Duration::from_secs(10);

/// How soon its queue does.
const JOBS_WITHIN: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_the_postmaster_alone_is_mended_within_ten_seconds_and_jobs_go_on() {
    let data = directory();
    let portal = Portal::start(data.path()).await;
    assert_eq!(portal.site.get("/readyz", "").await.status, 200);
    let killed = portal.kill_postmaster();
    // Until it serves again it says so itself, and lives.
    let ready = timeout(READY_WITHIN, async {
        while postmaster(data.path()) == Some(killed.clone()) || portal.site.get("/readyz", "").await.status != 200 {
            assert_eq!(portal.site.get("/healthz", "").await.status, 200);
            tokio::task::yield_now().await;
        }
    });
    ready.await.expect("ready again");
    assert!(!portal.database_processes().contains(&killed));
    let cookie = portal.sign_in("vedouci@skola-lipova.example").await;
    assert_eq!(portal.site.get("/requests", &cookie).await.status, 200);

    let job = portal.query(
        "select (graphile_worker.add_job('print_document', json_build_object('document', min(id)))).id from tax_document",
    );
    let done = timeout(JOBS_WITHIN, async {
        while portal.query(&format!("select count(*) from graphile_worker.jobs where id = {job}")) != "0" {
            tokio::task::yield_now().await;
        }
    });
    done.await.expect("jobs go on");
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_of_a_database_that_cannot_be_started_again_ends_the_portal_with_one_line() {
    let data = directory();
    let errors = data.path().join("errors.txt");
    let portal = Portal::start_with_errors(data.path(), &errors).await;
    fs::remove_file(data.path().join("postgres/data/global/pg_control")).expect("pg_control");
    portal.kill_postmaster();
    assert!(!portal.ends_well().await);
    let said = fs::read_to_string(errors).expect("what it said");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("linka: PostgreSQL did not start"), "{said}");
}

fn directory() -> TempDir {
    let data = TempDir::new().expect("a directory");
    fs::set_permissions(data.path(), fs::Permissions::from_mode(0o711)).expect("reachable");
    data
}

/// Which process the database says is its first.
fn postmaster(data: &Path) -> Option<String> {
    let file = fs::read_to_string(data.join("postgres/data/postmaster.pid")).ok()?;
    file.lines().next().map(str::to_owned)
}
