//! The real program whose private database loses its postmaster: it is started again, or given up loudly.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Stdio, time::Duration};

use tempfile::TempDir;
use tokio::{io::AsyncWriteExt, time::timeout};

use super::support::{Portal, program, site_files};

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

    // So does what a mail server hands over: it is kept, and the portal accounts for it.
    let mail =
        "From: nikdo@jinde.example\r\nSubject: Kasa stoji\r\nDate: Mon, 23 Nov 2026 08:00:00 +0100\r\n\r\nOd rana.\r\n";
    assert_eq!(handed_over(data.path(), mail.as_bytes()).await, Some(0));
    let accounted = timeout(JOBS_WITHIN, async {
        let waits = "select count(*) from inbound_mail where title = 'Kasa stoji' and reason = 'unknown_sender'";
        while portal.query(waits) != "1" {
            tokio::task::yield_now().await;
        }
    });
    accounted.await.expect("it waits at the desk");
    assert_eq!(handed_over(data.path(), b"\0\xff nothing").await, Some(65), "what is no mail is its sender's to know");
}

/// What `linka mail-in` answers a mail server.
async fn handed_over(data: &Path, mail: &[u8]) -> Option<i32> {
    let files = site_files();
    let mut command = program(&files);
    command.arg("mail-in").env("LINKA_DATA", data).stdin(Stdio::piped());
    let mut linka = command.spawn().expect("the program starts");
    linka.stdin.take().expect("its input").write_all(mail).await.expect("it reads");
    linka.wait().await.expect("an end").code()
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
