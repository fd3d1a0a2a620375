//! Backups as managers see them: made on the server, by a command.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The command by which a backup is made.
pub const BACK_UP: &str = "linka backup FILE";
/// The command by which one is put back.
pub const RESTORE: &str = "linka restore FILE";

/// The most characters of the name of who made a backup.
pub const MAKER_MAX: usize = 100;
/// The most characters of the name of a backup's file.
pub const FILE_MAX: usize = 255;

/// From how old on the last backup is called old: one night was left out.
pub const OLD: TimeDelta = TimeDelta::hours(49);

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// When its file was complete.
    pub made_at: DateTime<Utc>,
    /// The size of its file, in bytes.
    pub bytes: u64,
    /// Which account of the server's system made it.
    pub made_by: String,
    /// The name of its file, without the way to it.
    pub file: String,
}

/// What `/settings/backup` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupsPage {
    /// The last ones, the latest first.
    pub backups: Vec<Backup>,
    /// Whether the latest is older than it should be.
    pub is_old: bool,
}

impl BackupsPage {
    /// The page at an instant, of backups of which the latest stands first.
    #[must_use]
    pub fn new(backups: Vec<Backup>, now: DateTime<Utc>) -> Self {
        let is_old = backups.first().is_some_and(|latest| now - latest.made_at > OLD);
        Self { backups, is_old }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::{Backup, BackupsPage};

    #[test]
    fn a_backup_is_old_when_a_night_was_left_out() {
        let made_at = DateTime::UNIX_EPOCH;
        let backup = Backup { made_at, bytes: 1, made_by: "root".into(), file: "linka.backup".into() };
        let is_old = |hours| BackupsPage::new(vec![backup.clone()], made_at + TimeDelta::hours(hours)).is_old;
        assert!(!is_old(0) && !is_old(49) && is_old(50));
        assert!(!BackupsPage::new(Vec::new(), made_at).is_old, "there is none to be old");
    }
}
