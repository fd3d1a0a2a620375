//! The running server: adopting, launching and stopping it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::process::{Pid, Signal};
use tokio::{
    net::UnixStream,
    process::Child,
    time::{sleep, timeout},
};

use super::{
    SERVING, SUPERUSER,
    account::Account,
    binaries::Binaries,
    descriptors::without_inherited,
    error::{Doing, PrivateClusterError},
    layout::{Layout, PORT, replace_file},
    log::ServerLog,
    processes::{POLL, Processes},
};

/// Long enough to replay all that `max_wal_size` allows from a slow disk.
const READY_PATIENCE: Duration = Duration::from_secs(300);

/// A fast shutdown rolls back, and writes what is dirty of 128 MB.
const FAST_STOP_PATIENCE: Duration = Duration::from_secs(30);

/// PostgreSQL itself kills what ignores an immediate shutdown after 5 s.
const IMMEDIATE_STOP_PATIENCE: Duration = Duration::from_secs(10);

/// How often a running server is looked at.
const WATCH: Duration = Duration::from_millis(200);

/// Given on the command line, where they outrank postgresql.conf and ALTER SYSTEM: the portal's promises
/// rest on the first group, and whoever needs other values than the second outgrew the private database
/// (`DATABASE_URL`).
const SETTINGS: &[(&str, &str)] = &[
    ("fsync", "on"),
    ("full_page_writes", "on"),
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    ("timezone", "UTC"),
    ("max_connections", "200"),
    ("shared_buffers", "128MB"),
    ("log_timezone", "UTC"),
    ("log_lock_waits", "on"),
    ("log_min_error_statement", "error"),
];

/// A postmaster of ours.
#[derive(Debug)]
pub(super) struct Server {
    pid: Pid,
    /// Absent for a server that an earlier portal launched.
    child: Option<Child>,
    processes: Processes,
    layout: Layout,
}

/// What the first lines of postmaster.pid and of the socket's lock file say.
#[derive(Debug, PartialEq, Eq)]
struct LockFile {
    pid: Pid,
    /// PostgreSQL marks a single-user backend by a minus.
    single_user: bool,
    /// "starting", "ready", "stopping"; the socket's lock file has none.
    status: Option<String>,
}

impl Server {
    /// Takes over a server that survived its portal. None if there is none.
    ///
    /// One that is still starting is waited for; one that is stopping is waited out.
    pub async fn adopt(layout: &Layout) -> Result<Option<Server>, PrivateClusterError> {
        let processes = Processes::of(&layout.data())?;
        let [pid_file, _] = layout.server_locks();
        let Some(lock) = LockFile::read(&pid_file)?.filter(|lock| processes.contains(lock.pid)) else {
            return Ok(None);
        };
        if lock.single_user {
            let pid = lock.pid.as_raw_nonzero().get();
            return Err(PrivateClusterError::SingleUser { data: layout.data(), pid });
        }
        let mut server = Server { pid: lock.pid, child: None, processes, layout: layout.clone() };
        let ready = server.wait_until_ready().await?;
        Ok(ready.then_some(server))
    }

    /// Starts the server where none lives, after clearing away what a killed one left.
    pub async fn launch(
        layout: &Layout,
        account: &Account,
        binaries: &Binaries,
    ) -> Result<Server, PrivateClusterError> {
        let processes = Processes::of(&layout.data())?;
        let orphans = processes.end_all().await?;
        if orphans > 0 {
            tracing::warn!(orphans, "ended processes of a database server that was killed");
        }
        if UnixStream::connect(layout.socket()).await.is_ok() {
            return Err(PrivateClusterError::Invisible { socket: layout.socket() });
        }
        for lock in layout.server_locks() {
            forget_reused_pid(&lock)?;
        }
        write_access_rules(layout, account)?;

        let log = ServerLog::open(layout.log(), account)?;
        let (program, leading_arguments) = without_inherited(&binaries.postgres);
        let child = account
            .command(program)
            .args(leading_arguments)
            .args(arguments(layout, &processes))
            // Where it goes anyway; so it is known as the cluster's from its first moment.
            .current_dir(layout.data())
            .stdout(log.writer()?)
            .stderr(log.writer()?)
            .spawn()
            .doing("run", &binaries.postgres)?;
        let failed = |log: ServerLog| PrivateClusterError::Launch { reason: log.reason(), log: layout.log() };
        let Some(pid) = child.id().and_then(|pid| Pid::from_raw(pid.cast_signed())) else {
            return Err(failed(log));
        };
        let mut server = Server { pid, child: Some(child), processes, layout: layout.clone() };
        if server.wait_until_ready().await? { Ok(server) } else { Err(failed(log)) }
    }

    /// Writes the rules of access anew for a server that an earlier portal launched by others. Whether it has to read them.
    pub fn renew_access_rules(&self, account: &Account) -> Result<bool, PrivateClusterError> {
        if fs::read_to_string(self.layout.ident()).is_ok_and(|rules| rules == ident(account)) {
            return Ok(false);
        }
        write_access_rules(&self.layout, account)?;
        Ok(true)
    }

    pub fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// False if it ended instead.
    ///
    /// The status line of postmaster.pid, which `pg_ctl` waits for too, says more than attempts to connect
    /// and leaves no complaints in the log. A server that takes longer than our patience is let live: it is
    /// replaying, and a later start adopts it.
    async fn wait_until_ready(&mut self) -> Result<bool, PrivateClusterError> {
        let (pid, log) = (self.pid(), self.layout.log());
        let ready = timeout(READY_PATIENCE, async {
            let [pid_file, _] = self.layout.server_locks();
            let mut announced = false;
            loop {
                if self.has_ended()? {
                    return Ok(false);
                }
                let lock = LockFile::read(&pid_file)?.filter(|lock| lock.pid == self.pid);
                match lock.and_then(|lock| lock.status).as_deref() {
                    Some("ready") => return Ok(true),
                    Some(status) if !announced => {
                        tracing::debug!(pid, status, "waiting for PostgreSQL");
                        announced = true;
                    }
                    _ => {}
                }
                sleep(POLL).await;
            }
        });
        ready.await.unwrap_or(Err(PrivateClusterError::NotReady { pid, log }))
    }

    /// Resolves when the server has ended; may be dropped at any time.
    pub async fn ended(&mut self) {
        // What cannot be told is not taken for an end: the server would be started beside itself.
        while !self.has_ended().unwrap_or(false) {
            sleep(WATCH).await;
        }
    }

    fn has_ended(&mut self) -> Result<bool, PrivateClusterError> {
        match &mut self.child {
            Some(child) => Ok(child.try_wait().doing("wait for", self.layout.data())?.is_some()),
            None => Ok(!self.processes.contains(self.pid)),
        }
    }

    /// Fast shutdown, which rolls back what is open and leaves nothing to recover; immediate shutdown, which
    /// the next start recovers from, if that takes too long.
    pub async fn stop(mut self) -> Result<(), PrivateClusterError> {
        for (signal, patience) in [(Signal::INT, FAST_STOP_PATIENCE), (Signal::QUIT, IMMEDIATE_STOP_PATIENCE)] {
            self.processes.signal(self.pid, signal)?;
            let ended = timeout(patience, async {
                while !self.has_ended()? {
                    sleep(POLL).await;
                }
                Ok(())
            });
            if let Ok(ended) = ended.await {
                ended?;
                // None after a shutdown; some if the postmaster had been killed before.
                return self.processes.end_all().await.map(|_| ());
            }
            tracing::warn!(pid = self.pid(), "PostgreSQL did not stop in time");
        }
        Err(PrivateClusterError::StillRunning { pid: self.pid(), log: self.layout.log() })
    }
}

impl LockFile {
    fn read(path: &Path) -> Result<Option<LockFile>, PrivateClusterError> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(LockFile::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).doing("read", path),
        }
    }

    /// None also for a file that is being written.
    fn parse(text: &str) -> Option<LockFile> {
        let mut lines = text.lines().map(str::trim);
        let pid: i32 = lines.next()?.parse().ok()?;
        // Then directory, start time, port, socket directory, address and shared memory.
        let status = lines.nth(6).map(str::to_owned);
        Some(LockFile { pid: Pid::from_raw(pid.checked_abs()?)?, single_user: pid < 0, status })
    }
}

/// Removes a lock file of PostgreSQL whose process id now belongs to somebody else.
///
/// PostgreSQL takes any living process with that number for its predecessor. Dead numbers are left to it,
/// since it also looks for remaining shared memory then. Called when no server process is left.
fn forget_reused_pid(path: &Path) -> Result<(), PrivateClusterError> {
    let Some(lock) = LockFile::read(path)? else {
        return Ok(());
    };
    if !PathBuf::from(format!("/proc/{}", lock.pid.as_raw_nonzero())).exists() {
        return Ok(());
    }
    tracing::warn!(file = %path.display(), "removing a lock file that names another program's process");
    fs::remove_file(path).doing("remove", path)
}

/// Peer authentication alone: the kernel says who connects. The owner of the cluster and root, who can
/// become the owner anyway, are the database's superuser, or the login that serves; nobody else is anybody. Both files stand outside
/// the cluster and are written at every launch, so they follow the account.
fn write_access_rules(layout: &Layout, account: &Account) -> Result<(), PrivateClusterError> {
    replace_file(&layout.ident(), &ident(account), account)?;
    replace_file(&layout.hba(), "local all all peer map=linka\n", account)
}

fn ident(account: &Account) -> String {
    let quoted = |name: &str| name.replace('"', "\"\"");
    let names = ["root", &account.name].map(quoted);
    names.iter().flat_map(|name| [SUPERUSER, SERVING].map(|role| format!("linka \"{name}\" {role}\n"))).collect()
}

fn arguments(layout: &Layout, processes: &Processes) -> Vec<String> {
    // `Layout::prepare` refused names that are not UTF-8.
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    let mut arguments = vec!["-D".to_owned(), text(layout.data())];
    let settings = SETTINGS.iter().map(|(name, value)| format!("{name}={value}"));
    arguments.extend(
        settings
            .chain([
                format!("port={PORT}"),
                // A list of names, hence the quotes.
                format!("unix_socket_directories=\"{}\"", text(layout.home()).replace('"', "\"\"")),
                format!("hba_file={}", text(layout.hba())),
                format!("ident_file={}", text(layout.ident())),
                format!("cluster_name={}", processes.title()),
            ])
            .flat_map(|setting| ["-c".to_owned(), setting]),
    );
    arguments
}

#[cfg(test)]
mod tests {
    use rustix::process::Pid;

    use super::LockFile;

    const RUNNING: &str = "4711\n/srv/linka/postgres/data\n1795374000\n5432\n/srv/linka/postgres\n\n  \
                           1048577         3\nready   \n";

    #[test]
    fn postgresqls_lock_file_tells_who_and_how_far() {
        let lock = LockFile::parse(RUNNING).expect("complete");
        assert_eq!(Some(lock.pid), Pid::from_raw(4711));
        assert_eq!(lock.status.as_deref(), Some("ready"));
        assert!(!lock.single_user);
    }

    #[test]
    fn a_single_user_backend_is_marked_by_a_minus() {
        let lock = LockFile::parse("-4711\n/srv/linka/postgres/data\n").expect("complete");
        assert_eq!(Some(lock.pid), Pid::from_raw(4711));
        assert_eq!((lock.single_user, lock.status), (true, None));
    }

    #[test]
    fn an_unfinished_or_foreign_file_tells_nothing() {
        for text in ["", "\n", "0\n", "portal\n", "-2147483648\n"] {
            assert!(LockFile::parse(text).is_none(), "{text:?}");
        }
    }
}
