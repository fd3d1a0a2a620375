//! The server's log, and the one line of it that an operator needs when something fails.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::PathBuf,
};

use super::{
    account::Account,
    error::{Doing, PrivateClusterError},
    layout::open_file,
};

/// More than any failing start writes.
const EXCERPT: u64 = 64 * 1024;

/// The log file, and where it ended when we opened it: what comes after is about this start.
#[derive(Debug)]
pub(super) struct ServerLog {
    path: PathBuf,
    file: File,
    start: u64,
}

impl ServerLog {
    pub fn open(path: PathBuf, account: &Account) -> Result<ServerLog, PrivateClusterError> {
        let file = open_file(&path, account)?;
        let start = file.metadata().doing("look at", &path)?.len();
        Ok(ServerLog { path, file, start })
    }

    /// A handle to give to a child process.
    pub fn writer(&self) -> Result<File, PrivateClusterError> {
        self.file.try_clone().doing("open", &self.path)
    }

    /// Why it failed, as far as the log knows.
    pub fn reason(mut self) -> String {
        let mut excerpt = Vec::new();
        // An unreadable log must not hide that something else failed.
        let _ = self.file.seek(SeekFrom::Start(self.start));
        let _ = self.file.take(EXCERPT).read_to_end(&mut excerpt);
        telling_line(&String::from_utf8_lossy(&excerpt)).unwrap_or("it wrote no reason").to_owned()
    }
}

/// The last line that states an error, else the last one at all: after the error PostgreSQL writes hints
/// and "database system is shut down", initdb that it cleans up.
fn telling_line(log: &str) -> Option<&str> {
    let mut lines = log.lines().map(str::trim).filter(|line| !line.is_empty()).rev();
    let last = lines.clone().next();
    let marks = ["FATAL: ", "PANIC: ", "error: ", "postgres: "];
    lines.find(|line| marks.iter().any(|mark| line.contains(mark))).or(last)
}

#[cfg(test)]
mod tests {
    use super::telling_line;

    #[test]
    fn the_error_is_preferred_to_what_follows_it() {
        let log = "2026-01-01 07:00:00 UTC [7] LOG:  starting PostgreSQL 15.18\n\
                   2026-01-01 07:00:00 UTC [7] FATAL:  could not map anonymous shared memory\n\
                   2026-01-01 07:00:00 UTC [7] HINT:  reduce shared_buffers\n\
                   2026-01-01 07:00:00 UTC [7] LOG:  database system is shut down\n";
        assert_eq!(
            telling_line(log),
            Some("2026-01-01 07:00:00 UTC [7] FATAL:  could not map anonymous shared memory")
        );
    }

    #[test]
    fn without_an_error_the_last_line_has_to_do() {
        assert_eq!(telling_line("one\ntwo\n\n"), Some("two"));
        assert_eq!(telling_line(""), None);
    }
}
