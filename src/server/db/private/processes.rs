//! Which processes belong to a cluster, and ending them.
//!
//! A process id in a file proves nothing: after a kill or a reboot the number may be anybody's. What
//! proves it is that the process is PostgreSQL and works in the data directory, which every server
//! process does from its first moment to its last.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    io::Errno,
    process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open, pidfd_send_signal},
};
use tokio::time::{sleep, timeout};

use super::error::{Doing, PrivateClusterError};

/// How often a process that is about to come up or to end is looked at.
pub(super) const POLL: Duration = Duration::from_millis(5);

/// A killed process is gone at once unless it hangs in the kernel, as on a dead disk.
const KILL_PATIENCE: Duration = Duration::from_secs(10);

/// The processes of the cluster in one directory.
#[derive(Debug)]
pub(super) struct Processes {
    directory: PathBuf,
    device: u64,
    inode: u64,
    owner: u32,
}

impl Processes {
    /// The directory is known by device and inode: one that is mounted in two places, or reached through
    /// another name, is still the same one.
    pub fn of(directory: &Path) -> Result<Processes, PrivateClusterError> {
        let metadata = fs::metadata(directory).doing("look at", directory)?;
        Ok(Processes {
            directory: directory.to_owned(),
            device: metadata.dev(),
            inode: metadata.ino(),
            owner: metadata.uid(),
        })
    }

    /// The name that PostgreSQL puts into the title of each of its processes (`cluster_name`).
    pub fn title(&self) -> String {
        format!("linka-{:x}-{:x}", self.device, self.inode)
    }

    /// Whether `pid` is a living process of this cluster. A zombie is not: it has no directory any more.
    pub fn contains(&self, pid: Pid) -> bool {
        let proc = PathBuf::from(format!("/proc/{}", pid.as_raw_nonzero()));
        match fs::metadata(proc.join("cwd")) {
            Ok(cwd) => (cwd.dev(), cwd.ino()) == (self.device, self.inode) && is_postgres(&proc),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => self.is_titled(&proc),
            Err(_) => false,
        }
    }

    /// Root in a container usually lacks the right (`CAP_SYS_PTRACE`) to see where processes of other
    /// users work. Command lines and owners are open to everybody, so these have to do.
    fn is_titled(&self, proc: &Path) -> bool {
        let owned = fs::metadata(proc).is_ok_and(|metadata| metadata.uid() == self.owner);
        owned && fs::read(proc.join("cmdline")).is_ok_and(|line| is_command_line(&line, &self.title(), &self.directory))
    }

    pub fn all(&self) -> Result<Vec<Pid>, PrivateClusterError> {
        Ok(fs::read_dir("/proc")
            .doing("list", "/proc")?
            .filter_map(|entry| Pid::from_raw(entry.ok()?.file_name().to_str()?.parse().ok()?))
            .filter(|pid| self.contains(*pid))
            .collect())
    }

    /// Signals `pid` if it still belongs to the cluster. The descriptor pins the process, so that the one
    /// that was looked at is the one that gets the signal.
    pub fn signal(&self, pid: Pid, signal: Signal) -> Result<(), PrivateClusterError> {
        let sent = match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(process) if self.contains(pid) => pidfd_send_signal(process, signal),
            // Sandboxes without pidfds.
            Err(Errno::NOSYS) if self.contains(pid) => kill_process(pid, signal),
            Ok(_) | Err(Errno::NOSYS | Errno::SRCH) => return Ok(()),
            Err(error) => Err(error),
        };
        match sent {
            Err(Errno::SRCH) => Ok(()),
            sent => sent.doing("signal a process in", &self.directory),
        }
    }

    /// Kills what is left of a server without a postmaster and returns how many there were.
    ///
    /// Killing loses nothing: without a postmaster their shared memory is void, and what was committed is in
    /// the write-ahead log. It is needed: a busy one would notice only at its next wait, and until the last
    /// is gone PostgreSQL rightly refuses to start.
    pub async fn end_all(&self) -> Result<usize, PrivateClusterError> {
        let mut left = self.all()?;
        let count = left.len();
        let ended = timeout(KILL_PATIENCE, async {
            while !left.is_empty() {
                for pid in &left {
                    self.signal(*pid, Signal::KILL)?;
                }
                sleep(POLL).await;
                left = self.all()?;
            }
            Ok(count)
        });
        ended.await.unwrap_or_else(|_| {
            let pids = self.all()?.iter().map(|pid| pid.as_raw_nonzero().get()).collect();
            Err(PrivateClusterError::Orphans { data: self.directory.clone(), pids })
        })
    }
}

/// The programs that work in a data directory; a shell that somebody left there is not one of them. The
/// link says "postgres (deleted)" while an old server outlives the upgrade of its package. One that has no program any more,
/// but a directory still, is on its way out: the kernel takes the one before the other, and it is not gone before both are.
fn is_postgres(proc: &Path) -> bool {
    let program = match fs::read_link(proc.join("exe")) {
        Ok(program) => program,
        Err(error) => return error.kind() == io::ErrorKind::NotFound,
    };
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    matches!(name.trim_end_matches(" (deleted)"), "postgres" | "initdb")
}

/// `postgres: TITLE: checkpointer` of a server process, or `postgres -D DIRECTORY …` of the postmaster.
fn is_command_line(line: &[u8], title: &str, directory: &Path) -> bool {
    if line.starts_with(format!("postgres: {title}: ").as_bytes()) {
        return true;
    }
    let arguments: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
    arguments.windows(2).any(|pair| pair == [b"-D".as_slice(), directory.as_os_str().as_encoded_bytes()])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_command_line;

    #[test]
    fn server_processes_are_known_by_their_command_lines() {
        let data = Path::new("/srv/linka/postgres/data");
        let known = |line: &[u8]| is_command_line(line, "linka-fe00-2a", data);
        assert!(known(b"postgres: linka-fe00-2a: checkpointer \0\0\0"));
        assert!(known(b"/usr/lib/postgresql/15/bin/postgres\0-D\0/srv/linka/postgres/data\0-c\0fsync=on\0"));
        assert!(!known(b"postgres: linka-fe00-2b: checkpointer \0"));
        assert!(!known(b"postgres: 15/main: checkpointer \0"));
        assert!(!known(b"vi\0/srv/linka/postgres/data\0"));
        assert!(!known(b"postgres\0-D\0/srv/linka/postgres/data2\0"));
    }
}
