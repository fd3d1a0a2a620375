//! The operating-system account that PostgreSQL runs as.

use std::{
    fs, io,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::Stdio,
};

use rustix::process::geteuid;

use super::error::{Doing, PrivateClusterError};

/// Accounts for a cluster that root makes, the best first: the portal's own; the one that Debian's package of PostgreSQL brings; and the
/// one that is on every machine, and that others may run as, too.
const CANDIDATES: [&str; 3] = [OWN, "postgres", "nobody"];

/// The portal's own account, which its package makes.
const OWN: &str = "linka";

/// Who runs the server.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its name in the user database.
    pub name: String,
    /// The number of the user.
    pub uid: u32,
    /// The number of its first group.
    pub gid: u32,
    /// We are root and become this account for the server; otherwise we are this account.
    pub(super) switch: bool,
}

impl Account {
    /// The account of a name, for root to become; the portal's own without one.
    pub fn named(name: Option<&str>) -> Result<Account, PrivateClusterError> {
        Account::find(name.unwrap_or(OWN), true)
    }

    /// Not root: ourselves. Root: the owner of the existing cluster, else the first of the candidates that there is.
    ///
    /// `home` is the cluster's directory, which need not exist yet.
    pub(super) fn choose(home: &Path) -> Result<Account, PrivateClusterError> {
        let me = geteuid();
        if !me.is_root() {
            return match fs::symlink_metadata(home).map(|home| home.uid()) {
                Ok(owner) if owner != me.as_raw() => {
                    Err(PrivateClusterError::ForeignOwner { path: home.to_owned(), owner })
                }
                _ => Account::find(&me.as_raw().to_string(), false),
            };
        }
        let data = home.join("data");
        match fs::metadata(data.join("PG_VERSION")).map(|version| version.uid()) {
            Ok(0) => Err(PrivateClusterError::ClusterOfRoot { path: data }),
            Ok(owner) => Account::find(&owner.to_string(), true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let found = CANDIDATES.iter().find_map(|name| Account::find(name, true).ok());
                found.ok_or_else(|| PrivateClusterError::AccountUnknown { account: CANDIDATES.join(", ") })
            }
            Err(error) => Err(error).doing("look at", data),
        }
    }

    /// Looks an account up by name or number.
    ///
    /// A number without an entry is refused here, in words: initdb and PostgreSQL's peer authentication
    /// would fail over it later. `getent` knows the accounts that live outside /etc/passwd (LDAP,
    /// systemd-homed); the file comes first because small containers lack `getent`.
    fn find(key: &str, switch: bool) -> Result<Account, PrivateClusterError> {
        let local = fs::read_to_string("/etc/passwd").unwrap_or_default();
        parse_passwd(&local, key, switch)
            .or_else(|| {
                let getent = std::process::Command::new("getent").args(["passwd", key]).output().ok()?;
                parse_passwd(&String::from_utf8_lossy(&getent.stdout), key, switch)
            })
            .ok_or_else(|| PrivateClusterError::AccountUnknown { account: key.to_owned() })
    }

    /// Asks the kernel rather than computing from mode bits: it also knows access lists and security
    /// modules. The shell is never reached when the directory cannot be entered.
    pub fn may_enter(&self, directory: &Path) -> Result<bool, PrivateClusterError> {
        let mut probe = std::process::Command::new("/bin/sh");
        probe
            .args(["-c", "exit"])
            .env_clear()
            .current_dir(directory)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if self.switch {
            probe.uid(self.uid).gid(self.gid);
        }
        match probe.status() {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(false),
            Err(error) => Err(error).doing("enter", directory),
        }
    }

    pub(super) fn stopped_at(&self, ancestor: &Path) -> PrivateClusterError {
        PrivateClusterError::Unreachable { ancestor: ancestor.to_owned(), account: self.name.clone() }
    }

    /// A command run as this account that has nothing from our surroundings: no environment, no
    /// terminal input, no directory, and not our process group, so that Ctrl-C reaches only the portal,
    /// which then stops the server in order.
    pub(super) fn command(&self, program: impl Into<PathBuf>) -> tokio::process::Command {
        let mut command = tokio::process::Command::new(program.into());
        command
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .current_dir("/")
            .stdin(Stdio::null())
            .process_group(0);
        if self.switch {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }
}

/// Finds `key`, a name or a number, in lines of passwd(5).
fn parse_passwd(lines: &str, key: &str, switch: bool) -> Option<Account> {
    lines.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, _password, uid, gid) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        (name == key || uid == key).then_some(())?;
        Some(Account { name: name.to_owned(), uid: uid.parse().ok()?, gid: gid.parse().ok()?, switch })
    })
}

#[cfg(test)]
mod tests {
    use super::parse_passwd;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\n\
                          broken line\n\
                          postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash\n";

    #[test]
    fn accounts_are_found_by_name_and_by_number() {
        for key in ["postgres", "101"] {
            let account = parse_passwd(PASSWD, key, true).expect(key);
            assert_eq!((account.name.as_str(), account.uid, account.gid), ("postgres", 101, 104));
        }
    }

    #[test]
    fn an_unknown_account_is_none() {
        assert!(parse_passwd(PASSWD, "104", false).is_none());
        assert!(parse_passwd(PASSWD, "post", false).is_none());
    }
}
