//! A place for a private cluster that is always cleaned up, and a portal that can be killed.

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use linka::server::db::private::{PrivateCluster, PrivateClusterError};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use sqlx::{ConnectOptions, PgConnection};
use tempfile::TempDir;

/// The test that is no test, see there.
const PORTAL_TEST: &str = "private_cluster::portal";
pub const PORTAL_ROOT: &str = "LINKA_TEST_PORTAL_ROOT";
pub const SERVING: &str = "portal is serving";

/// This test program again, as a portal in a process group of its own, as a shell would run it.
pub struct Portal(Ended);

impl Portal {
    pub fn spawn(root: &Path, directory: &Path) -> Portal {
        let child = Command::new(std::env::current_exe().expect("test program"))
            .args(["--exact", PORTAL_TEST, "--ignored", "--nocapture"])
            .env(PORTAL_ROOT, root)
            .current_dir(directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn();
        Portal(Ended(child.expect("portal")))
    }

    pub fn wait_until_serving(&mut self) {
        let output = BufReader::new(self.0.0.stdout.take().expect("piped"));
        assert!(output.lines().map_while(Result::ok).any(|line| line == SERVING), "the portal did not start");
    }

    pub fn kill(&mut self) {
        self.0.0.kill().and_then(|()| self.0.0.wait()).expect("kill");
    }

    /// What a terminal does at Ctrl-C.
    pub fn interrupt_group(&mut self) {
        let group = Pid::from_child(&self.0.0);
        kill_process_group(group, Signal::INT).expect("interrupt");
        self.0.0.wait().expect("wait");
    }
}

/// Ends a child of the test with the test.
pub struct Ended(pub Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A data directory that takes its server with it when the test ends, however it ends.
pub struct Place {
    pub directory: TempDir,
    name: String,
}

impl Place {
    pub fn new() -> Place {
        Place::in_directory("root")
    }

    pub fn in_directory(name: &str) -> Place {
        let directory = tempfile::Builder::new().prefix("linka-").tempdir().expect("tempdir");
        set_mode(directory.path(), PASSABLE);
        Place { directory, name: name.to_owned() }
    }

    pub fn root(&self) -> PathBuf {
        self.directory.path().join(&self.name)
    }

    pub fn data(&self) -> PathBuf {
        self.root().join("postgres/data")
    }

    pub async fn start(&self) -> PrivateCluster {
        PrivateCluster::start(&self.root()).await.expect("start")
    }

    pub fn log(&self) -> PathBuf {
        self.root().join("postgres.log")
    }

    /// The postmaster that has begun to start, if one has.
    pub fn begun(&self) -> Option<i32> {
        fs::read_to_string(self.data().join("postmaster.pid")).ok()?.lines().next()?.parse().ok()
    }

    pub fn postmaster(&self) -> i32 {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).expect("postmaster.pid");
        file.lines().next().and_then(|pid| pid.parse().ok()).expect("pid")
    }

    /// Every process of a server in this place: works in it, or, where that is not shown to root (in
    /// most containers), names it in its command line.
    pub fn processes(&self) -> Vec<i32> {
        let home = self.root().join("postgres");
        let title =
            fs::metadata(self.data()).map(|data| format!("postgres: linka-{:x}-{:x}: ", data.dev(), data.ino()));
        let is_ours = |pid: &i32| match fs::read_link(format!("/proc/{pid}/cwd")) {
            Ok(directory) => directory.starts_with(&home),
            Err(_) => {
                let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
                let line = String::from_utf8_lossy(&line);
                title.as_ref().is_ok_and(|title| line.starts_with(title))
                    || line.contains(&format!("-D\0{}", home.display()))
            }
        };
        let entries = fs::read_dir("/proc").expect("/proc");
        let pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        pids.filter(is_ours).collect()
    }

    pub fn kill_all(&self) {
        for _ in 0..1_000 {
            let pids = self.processes();
            if pids.is_empty() {
                return;
            }
            pids.iter().for_each(|pid| signal(*pid, Signal::KILL));
            std::thread::yield_now();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.kill_all();
    }
}

/// The server's account can pass.
pub const PASSABLE: u32 = 0o711;

/// Whatever the umask of whoever runs the tests.
pub fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("chmod");
}

pub fn signal(pid: i32, signal: Signal) {
    // It may have ended by itself in between.
    let _ = kill_process(Pid::from_raw(pid).expect("pid"), signal);
}

pub fn is_running(pid: i32) -> bool {
    let title = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    title.contains("DO")
}

pub async fn connect(cluster: &PrivateCluster) -> PgConnection {
    cluster.connect_options().connect().await.expect("connect")
}

pub async fn execute(connection: &mut PgConnection, sql: &'static str) {
    sqlx::query(sql).execute(connection).await.expect(sql);
}

pub async fn text(connection: &mut PgConnection, sql: &str) -> String {
    text_or_error(connection, sql).await.expect(sql)
}

pub async fn text_or_error(connection: &mut PgConnection, sql: &str) -> sqlx::Result<String> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(connection).await
}

/// One line for the operator, with what they need to know.
pub fn assert_names(error: &PrivateClusterError, parts: &[&str]) {
    let message = error.to_string();
    assert_eq!(message.lines().count(), 1, "{message}");
    for part in parts {
        assert!(message.contains(part), "{part} in: {message}");
    }
}

pub async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let held = tokio::time::timeout(Duration::from_secs(60), async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    });
    held.await.unwrap_or_else(|_| panic!("never: {what}"));
}

/// Prints what has a budget (design, Budgets); asserts nothing, the machine may be busy.
#[expect(clippy::disallowed_methods, reason = "measures real time")]
pub async fn timed<T>(what: &str, step: impl Future<Output = T>) -> T {
    let start = std::time::Instant::now();
    let result = step.await;
    println!("private database, {what}: {:?}", start.elapsed());
    result
}
