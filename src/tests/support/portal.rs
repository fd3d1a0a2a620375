//! The real program with its private database, to be killed.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::Mutex,
};

use reqwest::header;
use sqlx::postgres::PgConnectOptions;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Child,
};

use super::{Site, demo_cluster, paths, site_files};

/// The real program with its private database.
pub struct Portal {
    server: Mutex<Child>,
    pub site: Site,
    data: std::path::PathBuf,
}

impl Portal {
    /// Starts it on a data directory, with the demonstration's data if that is empty, and waits until it listens.
    pub async fn start(data: &Path) -> Self {
        Self::start_with(data, &[]).await
    }

    /// The same, with these in its environment.
    pub async fn start_with(data: &Path, environment: &[(&str, &str)]) -> Self {
        Self::start_as(data, environment, Stdio::inherit()).await
    }

    /// The same without a log: whatever it says when it fails goes into a file.
    pub async fn start_with_errors(data: &Path, errors: &Path) -> Self {
        let errors = std::fs::File::create(errors).expect("a file");
        Self::start_as(data, &[("LINKA_LOG", "off")], errors.into()).await
    }

    async fn start_as(data: &Path, environment: &[(&str, &str)], errors: Stdio) -> Self {
        if !data.join("postgres").exists() {
            demo_cluster::copy_into(data).await;
        }
        let files = site_files();
        let mut server = serve_demo(&files, data, environment, errors);
        let origin = listens_on(&mut server).await.expect("it says where it listens");
        Self { server: Mutex::new(server), site: Site::at(origin, files), data: data.to_owned() }
    }

    /// The cookie of a demo account.
    pub async fn sign_in(&self, email: &str) -> String {
        let fields = [("email", email), ("password", "linka-demo-heslo")];
        let answer = self.site.post("/api/sign-in", "", "/sign-in", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("ASCII").to_owned();
        cookie.split(';').next().expect("a cookie").to_owned()
    }

    /// Kills the program and waits until it is gone: its successor finds the database free.
    pub fn kill_server(&self) {
        let mut server = self.server.lock().expect("the server");
        let _ = server.start_kill();
        while server.try_wait().is_ok_and(|status| status.is_none()) {
            std::thread::yield_now();
        }
    }

    /// Waits until the program ends by itself: whether it says that all is well.
    pub async fn ends_well(self) -> bool {
        loop {
            if let Some(status) = self.server.lock().expect("the server").try_wait().expect("a status") {
                return status.success();
            }
            tokio::task::yield_now().await;
        }
    }

    /// Every process of the private database.
    pub fn database_processes(&self) -> Vec<String> {
        let data = std::fs::canonicalize(self.data.join("postgres/data")).expect("the cluster");
        let processes = std::fs::read_dir("/proc").expect("processes").flatten();
        let ours = processes.filter(|entry| std::fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == data));
        ours.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// Kills every process of the private database.
    pub fn kill_database(&self) {
        let victims = self.database_processes();
        assert!(!victims.is_empty(), "the database runs");
        Command::new("kill").arg("-9").args(&victims).status().expect("kill");
    }

    /// Kills the first of them only, as the kernel does that is short of memory. Its number.
    pub fn kill_postmaster(&self) -> String {
        let file = std::fs::read_to_string(self.data.join("postgres/data/postmaster.pid")).expect("a postmaster");
        let postmaster = file.lines().next().expect("its number").to_owned();
        Command::new("kill").args(["-9", &postmaster]).status().expect("kill");
        postmaster
    }

    /// The private database as its owner sees it.
    pub fn database(&self) -> PgConnectOptions {
        let socket = std::fs::canonicalize(self.data.join("postgres")).expect("the socket");
        PgConnectOptions::new_without_pgpass().socket(socket).username("linka").database("linka")
    }

    /// Asks the private database as its owner.
    pub fn query(&self, query: &str) -> String {
        let socket = std::fs::canonicalize(self.data.join("postgres")).expect("the socket");
        let output = Command::new("psql")
            .args(["-h", &socket.to_string_lossy(), "-U", "linka", "-d", "linka", "-Atc", query])
            .output()
            .expect("psql");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// The program, serving the demonstration.
pub(super) fn serve_demo(files: &TempDir, data: &Path, environment: &[(&str, &str)], errors: Stdio) -> Child {
    program(files)
        .args(["serve", "--demo", "--addr", "127.0.0.1:0", "--clock", "2026-11-23T08:00:00+01:00"])
        .env("LINKA_DATA", data)
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .stderr(errors)
        .spawn()
        .expect("the program starts")
}

/// The program, with nothing set but where its site is, and that it stays who runs the tests; it ends with the test.
pub fn program(files: &TempDir) -> tokio::process::Command {
    let (site_root, hash_file) = paths(files);
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_linka"));
    command
        .env_remove("DATABASE_URL")
        .env("LEPTOS_SITE_ROOT", site_root)
        .env("LINKA_HASH_FILE", hash_file)
        .env("LINKA_LOG", "error")
        .env("LINKA_SERVE_AS_OWNER", "true")
        .env("LINKA_ACCOUNT", "root")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Where a server says that it listens; none when it ends before.
pub async fn listens_on(server: &mut Child) -> Option<String> {
    let mut lines = BufReader::new(server.stdout.take().expect("its output")).lines();
    loop {
        let line = lines.next_line().await.expect("its output")?;
        if let Some(origin) = line.strip_prefix("Linka listens on ") {
            return Some(origin.to_owned());
        }
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.kill_server();
    }
}
