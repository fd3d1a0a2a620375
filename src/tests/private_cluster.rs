//! The private PostgreSQL, brought up, killed in every way and brought up again, with a real server.
//!
//! Run as root they show the server running as another account, run as an ordinary user as oneself.

mod away;
pub mod harness;

use std::{
    fs,
    io::Read,
    net::TcpListener,
    os::{
        fd::AsRawFd,
        unix::{
            fs::{MetadataExt, symlink},
            process::CommandExt,
        },
    },
    path::Path,
    process::Command,
};

use linka::server::db::{
    fitness::assert_server,
    private::{PrivateCluster, PrivateClusterError, reachable_for_database_account},
};
use rustix::process::{Signal, geteuid};
use sqlx::{ConnectOptions, Connection, PgConnection};

use harness::{
    Ended, PASSABLE, PORTAL_ROOT, Place, Portal, SERVING, assert_names, connect, eventually, execute, is_running,
    set_mode, signal, text, text_or_error, timed,
};

#[tokio::test]
async fn the_first_start_creates_and_the_second_keeps() {
    let place = Place::new();
    let cluster = timed("first start", PrivateCluster::start(&place.root())).await.expect("first start");
    let mut connection = connect(&cluster).await;
    assert_server(&mut connection).await.expect("the private server is fit");
    for (setting, value) in [
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("lc_collate", "C.UTF-8"),
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("TimeZone", "UTC"),
    ] {
        assert_eq!(text(&mut connection, &format!("SHOW {setting}")).await, value, "{setting}");
    }
    execute(&mut connection, "CREATE TABLE kept AS SELECT 7 AS seven").await;
    drop(connection);
    for private in ["postgres", "postgres/data"] {
        let mode = fs::metadata(place.root().join(private)).expect(private).mode();
        assert_eq!(mode & 0o777, 0o700, "{private}");
    }
    timed("stop", cluster.stop()).await.expect("stop");

    let cluster = timed("second start", PrivateCluster::start(&place.root())).await.expect("second start");
    let mut connection = connect(&cluster).await;
    assert_eq!(text(&mut connection, "SELECT seven::text FROM kept").await, "7");
    drop(connection);
    cluster.stop().await.expect("second stop");
}

#[tokio::test]
async fn stop_leaves_no_process() {
    let place = Place::new();
    let cluster = place.start().await;
    let mut idle_client = connect(&cluster).await;
    assert!(place.processes().len() > 1);
    cluster.stop().await.expect("stop");
    assert!(place.processes().is_empty());
    assert!(text_or_error(&mut idle_client, "SELECT 'still there'").await.is_err());
}

/// PostgreSQL's own children may live on without their postmaster: they are ended, and all that was committed is there.
#[tokio::test]
async fn crash_a_killed_postmaster_is_started_again_while_the_portal_runs() {
    let place = Place::new();
    let mut cluster = place.start().await;
    let options = cluster.connect_options();
    let mut connection = connect(&cluster).await;
    execute(&mut connection, "CREATE TABLE kept AS SELECT 7 AS seven").await;
    let killed = place.postmaster();
    tokio::select! {
        given_up = cluster.keep_running() => panic!("{given_up}"),
        () = async {
            signal(killed, Signal::KILL);
            let ready = timed("restart after a kill", async {
                loop {
                    if let Ok(connection) = options.connect().await
                        && place.postmaster() != killed
                    {
                        break connection;
                    }
                    tokio::task::yield_now().await;
                }
            });
            let mut again = ready.await;
            assert_eq!(text(&mut again, "SELECT seven::text FROM kept").await, "7");
        } => {}
    }
    assert!(text_or_error(&mut connection, "SELECT 'still there'").await.is_err(), "an orphan still answers");
    cluster.stop().await.expect("stop");
    assert!(place.processes().is_empty());
}

/// Whoever ends the portal just then finds a server that ends in order, and nothing to recover.
#[tokio::test]
async fn a_server_that_is_being_started_again_is_stopped_in_order_too() {
    let place = Place::new();
    let mut cluster = place.start().await;
    let killed = place.postmaster();
    tokio::select! {
        given_up = cluster.keep_running() => panic!("{given_up}"),
        () = async {
            signal(killed, Signal::KILL);
            eventually("another postmaster begins", || place.begun().is_some_and(|pid| pid != killed)).await;
        } => {}
    }
    cluster.stop().await.expect("stop");
    assert!(place.processes().is_empty());
    let log = fs::read_to_string(place.log()).expect("the server's log");
    let last = log.lines().last().unwrap_or_default();
    assert!(last.contains("database system is shut down"), "{log}");
}

#[tokio::test]
async fn crash_a_server_that_cannot_be_started_again_is_given_up_by_name() {
    let place = Place::new();
    let mut cluster = place.start().await;
    fs::remove_file(place.data().join("global/pg_control")).expect("pg_control");
    place.kill_all();
    let given_up = cluster.keep_running().await;
    assert_names(&given_up, &["PostgreSQL did not start"]);
}

#[tokio::test]
async fn a_second_portal_is_refused_and_learns_by_whom() {
    let place = Place::new();
    let first = place.start().await;
    let error = PrivateCluster::start(&place.root()).await.expect_err("two portals");
    let holder = std::process::id();
    assert!(matches!(error, PrivateClusterError::Locked { holder: Some(pid), .. } if pid == holder));
    assert_names(&error, &[&holder.to_string(), &place.root().display().to_string()]);
    connect(&first).await;
    first.stop().await.expect("stop");
}

#[tokio::test]
async fn the_url_serves_libpq_and_sqlx() {
    let place = Place::in_directory("with space \"quotes\" & čeština");
    let cluster = place.start().await;
    let who = "SELECT current_user || '@' || current_database()";
    let mut by_url = PgConnection::connect(&cluster.url()).await.expect("sqlx");
    assert_eq!(text(&mut by_url, who).await, "linka@linka");
    let psql = Command::new("psql").args([&cluster.url(), "-XAtc", who]).output().expect("psql");
    assert_eq!(String::from_utf8_lossy(&psql.stdout), "linka@linka\n", "{psql:?}");
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn a_dropped_server_is_adopted() {
    let place = Place::new();
    drop(place.start().await);
    let survivor = place.postmaster();
    let cluster = timed("adoption", PrivateCluster::start(&place.root())).await.expect("adoption");
    assert_eq!(place.postmaster(), survivor);
    connect(&cluster).await;
    cluster.stop().await.expect("stop of an adopted server");
    assert!(place.processes().is_empty());
}

/// The portal named its data by a relative path, the next one by a symbolic link.
#[tokio::test]
async fn the_server_of_a_killed_portal_is_adopted() {
    let place = Place::new();
    let mut portal = Portal::spawn(Path::new("root"), place.directory.path());
    portal.wait_until_serving();
    let survivor = place.postmaster();
    portal.kill();
    let link = place.directory.path().join("link");
    symlink(place.root(), &link).expect("symlink");
    let cluster = PrivateCluster::start(&link).await.expect("adoption");
    assert_eq!(place.postmaster(), survivor);
    cluster.stop().await.expect("stop");
    assert!(place.processes().is_empty());
}

#[tokio::test]
async fn the_terminals_interrupt_does_not_reach_the_server() {
    let place = Place::new();
    let mut portal = Portal::spawn(&place.root(), Path::new("/"));
    portal.wait_until_serving();
    let survivor = place.postmaster();
    portal.interrupt_group();
    let cluster = place.start().await;
    assert_eq!(place.postmaster(), survivor);
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn backends_orphaned_by_a_killed_postmaster_are_ended() {
    let place = Place::new();
    let cluster = place.start().await;
    let mut connection = connect(&cluster).await;
    execute(&mut connection, "CREATE TABLE kept AS SELECT 7 AS seven").await;
    let busy = text(&mut connection, "SELECT pg_backend_pid()::text").await.parse::<i32>().expect("pid");
    // A loop never waits, so nothing tells it that its postmaster is gone.
    let looping = tokio::spawn(async move {
        let _ = sqlx::query("DO $$ BEGIN LOOP END LOOP; END $$").execute(&mut connection).await;
    });
    eventually("the loop runs", || is_running(busy)).await;

    signal(place.postmaster(), Signal::KILL);
    drop(cluster);
    eventually("only the busy one is left", || place.processes() == [busy]).await;
    let cluster = timed("start after a killed postmaster", PrivateCluster::start(&place.root())).await.expect("start");
    assert!(!place.processes().contains(&busy));
    looping.await.expect("the client of the killed backend");
    let mut connection = connect(&cluster).await;
    assert_eq!(text(&mut connection, "SELECT seven::text FROM kept").await, "7");
    drop(connection);
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn a_wholly_killed_server_recovers() {
    let place = Place::new();
    let cluster = place.start().await;
    let mut connection = connect(&cluster).await;
    execute(&mut connection, "CREATE TABLE kept AS SELECT 7 AS seven").await;
    place.kill_all();
    drop(cluster);
    let cluster = timed("start after kill -9 of all", PrivateCluster::start(&place.root())).await.expect("start");
    let mut connection = connect(&cluster).await;
    assert_eq!(text(&mut connection, "SELECT seven::text FROM kept").await, "7");
    drop(connection);
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn stopping_a_server_that_was_killed_is_no_error() {
    let place = Place::new();
    let cluster = place.start().await;
    signal(place.postmaster(), Signal::KILL);
    cluster.stop().await.expect("stop");
    assert!(place.processes().is_empty());
}

#[tokio::test]
async fn a_reused_process_id_is_not_taken_for_the_server() {
    let place = Place::new();
    let cluster = place.start().await;
    let locks = [place.data().join("postmaster.pid"), place.root().join("postgres/.s.PGSQL.5432.lock")];
    let contents = locks.each_ref().map(|lock| fs::read_to_string(lock).expect("lock file"));
    let old = place.postmaster().to_string();
    place.kill_all();
    drop(cluster);

    // PostgreSQL would take it for its predecessor, since it has the right account.
    let owner = fs::metadata(place.data()).expect("data");
    let mut sleep = Command::new("sleep");
    if geteuid().is_root() {
        sleep.uid(owner.uid()).gid(owner.gid());
    }
    let mut stranger = Ended(sleep.arg("600").spawn().expect("sleep"));
    for (lock, content) in locks.iter().zip(contents) {
        fs::write(lock, content.replacen(&old, &stranger.0.id().to_string(), 1)).expect("stale lock");
    }
    let cluster = place.start().await;
    assert!(stranger.0.try_wait().expect("wait").is_none(), "the stranger lives");
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn a_half_made_cluster_is_made_anew() {
    let place = Place::new();
    let mut portal = Portal::spawn(&place.root(), Path::new("/"));
    let unfinished = place.root().join("postgres/data.new");
    eventually("initdb is at work", || unfinished.join("base").exists()).await;
    portal.kill();
    let cluster = place.start().await;
    assert!(!unfinished.exists());
    connect(&cluster).await;
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn the_server_inherits_no_descriptor() {
    let place = Place::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
    // As a shell or systemd hands it down: without close-on-exec, under a number above 9.
    let inheritable: Vec<_> = (0..10).map(|_| rustix::io::dup(&listener).expect("dup")).collect();
    let cluster = place.start().await;
    drop(inheritable);
    let link = |pid: &str, fd: &str| fs::read_link(format!("/proc/{pid}/fd/{fd}")).expect("descriptor");
    let ours = link("self", &listener.as_raw_fd().to_string());
    let postmaster = place.postmaster().to_string();
    if fs::read_link(format!("/proc/{postmaster}/cwd")).is_err() {
        eprintln!("skipped: this container does not show root the processes of others");
        return;
    }
    for entry in fs::read_dir(format!("/proc/{postmaster}/fd")).expect("descriptors") {
        let fd = entry.expect("entry").file_name();
        assert_ne!(link(&postmaster, &fd.to_string_lossy()), ours);
    }
    assert_eq!(link(&postmaster, "0"), Path::new("/dev/null"));
    assert_eq!(link(&postmaster, "2"), place.root().join("postgres.log"));
    let environment = fs::read_to_string(format!("/proc/{postmaster}/environ")).expect("environment");
    assert!(!environment.contains("CARGO"), "{environment}");
    cluster.stop().await.expect("stop");
}

#[tokio::test]
async fn a_cluster_of_another_major_version_is_refused() {
    let place = Place::new();
    place.start().await.stop().await.expect("stop");
    fs::write(place.data().join("PG_VERSION"), "9\n").expect("PG_VERSION");
    let error = PrivateCluster::start(&place.root()).await.expect_err("version 9");
    assert!(matches!(error, PrivateClusterError::MajorVersion { cluster: 9, .. }));
    assert_names(&error, &["postgresql-9", "pg_upgrade"]);
}

#[tokio::test]
async fn what_keeps_the_server_from_starting_is_said() {
    let place = Place::new();
    place.start().await.stop().await.expect("stop");
    fs::remove_file(place.data().join("global/pg_control")).expect("pg_control");
    let error = PrivateCluster::start(&place.root()).await.expect_err("broken cluster");
    assert_names(&error, &["could not find the database system", "postgres.log"]);
    assert!(place.processes().is_empty());
}

#[tokio::test]
async fn something_else_in_the_clusters_place_is_left_alone() {
    let place = Place::new();
    fs::create_dir_all(place.data()).expect("mkdir");
    set_mode(&place.root(), PASSABLE);
    fs::write(place.data().join("thesis.txt"), "three years").expect("write");
    let error = PrivateCluster::start(&place.root()).await.expect_err("no cluster");
    assert!(matches!(error, PrivateClusterError::NotACluster { .. }));
    assert!(place.data().join("thesis.txt").exists());
}

#[tokio::test]
async fn a_name_that_no_url_can_carry_is_refused() {
    let place = Place::in_directory("Brno, Praha");
    let error = PrivateCluster::start(&place.root()).await.expect_err("a comma");
    assert!(matches!(error, PrivateClusterError::UnusablePath { .. }));
    assert_names(&error, &["Brno, Praha", "LINKA_DATA"]);
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_is_refused() {
    let place = Place::in_directory(&"d".repeat(100));
    let error = PrivateCluster::start(&place.root()).await.expect_err("too long");
    assert!(matches!(error, PrivateClusterError::SocketPathTooLong { limit: 107, .. }));
    assert_names(&error, &["107", "LINKA_DATA"]);
}

#[tokio::test]
async fn roots_server_runs_as_the_owner_of_the_cluster() {
    if !geteuid().is_root() {
        eprintln!("skipped: only root runs the server as another account");
        return;
    }
    let place = Place::new();
    place.start().await.stop().await.expect("stop");
    let give_to = |owner: &str| {
        let chown = Command::new("chown").arg("-R").arg(owner).arg(place.data()).status();
        assert!(chown.expect("chown").success());
    };

    give_to("nobody");
    let cluster = place.start().await;
    connect(&cluster).await;
    let process = fs::metadata(format!("/proc/{}", place.postmaster())).expect("process");
    assert_eq!(process.uid(), fs::metadata(place.data()).expect("data").uid());
    assert_ne!(process.uid(), 0);
    cluster.stop().await.expect("stop");

    give_to("root");
    let error = PrivateCluster::start(&place.root()).await.expect_err("as root");
    assert!(matches!(error, PrivateClusterError::ClusterOfRoot { .. }));
    assert_names(&error, &["chown"]);
}

#[tokio::test]
async fn a_directory_closed_to_the_database_account_is_named() {
    if !geteuid().is_root() {
        eprintln!("skipped: only root runs the server as another account");
        return;
    }
    let place = Place::new();
    let closed = place.directory.path().join("closed");
    fs::create_dir(&closed).expect("mkdir");
    fs::create_dir(closed.join("open")).expect("mkdir");
    set_mode(&closed.join("open"), PASSABLE);
    set_mode(&closed, 0o700);
    let root = closed.join("open/not/yet/there");

    let error = reachable_for_database_account(&root).expect_err("closed");
    assert!(matches!(&error, PrivateClusterError::Unreachable { ancestor, .. } if *ancestor == closed));
    assert_names(&error, &[&closed.display().to_string()]);
    let error = PrivateCluster::start(&root).await.expect_err("closed");
    assert!(matches!(error, PrivateClusterError::Unreachable { .. }));
    assert!(!closed.join("open/not").exists());

    set_mode(&closed, PASSABLE);
    reachable_for_database_account(&root).expect("open");
}

/// Not a test: the portal that others kill. It serves until its standard input ends.
#[tokio::test]
#[ignore = "run by the tests above in a process of its own"]
async fn portal() {
    let Some(root) = std::env::var_os(PORTAL_ROOT) else {
        return;
    };
    let _cluster = PrivateCluster::start(Path::new(&root)).await.expect("start");
    println!("\n{SERVING}");
    let _ = std::io::stdin().read(&mut [0]);
}
