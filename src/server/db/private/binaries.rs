//! Finding PostgreSQL's programs, which Debian keeps off the PATH.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::error::PrivateClusterError;

/// The oldest major version that the portal supports (design, Database).
const OLDEST: u32 = 15;

/// Where Debian and its relatives put one directory per major version.
const DEBIAN: &str = "/usr/lib/postgresql";

#[derive(Debug)]
pub(super) struct Binaries {
    pub initdb: PathBuf,
    pub postgres: PathBuf,
    pub version: u32,
}

impl Binaries {
    /// `LINKA_POSTGRES_BIN` decides alone where it is set. Otherwise, among Debian's directories from the
    /// highest version down and then the PATH, the first that fits the existing cluster; a machine where a
    /// newer PostgreSQL was installed beside the old one goes on serving its data. Without such a one, or
    /// without a cluster, simply the first.
    pub fn find(cluster_version: Option<u32>) -> Result<Binaries, PrivateClusterError> {
        if let Some(directory) = env::var_os("LINKA_POSTGRES_BIN").map(PathBuf::from) {
            return Binaries::inside(&directory).ok_or(PrivateClusterError::BinariesUnfit { directory });
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).filter(|directory| directory.is_absolute());
        let mut found: Vec<Binaries> = debian_directories(Path::new(DEBIAN))
            .into_iter()
            .chain(on_path)
            .filter_map(|directory| Binaries::inside(&directory))
            .collect();
        let fitting = found.iter().position(|binaries| Some(binaries.version) == cluster_version);
        if found.is_empty() {
            return Err(PrivateClusterError::BinariesMissing);
        }
        Ok(found.swap_remove(fitting.unwrap_or(0)))
    }

    /// Both programs, resolved, if they are there and recent enough.
    fn inside(directory: &Path) -> Option<Binaries> {
        let initdb = directory.join("initdb").canonicalize().ok()?;
        let postgres = directory.join("postgres").canonicalize().ok()?;
        let output = Command::new(&postgres).arg("--version").env_clear().stdin(Stdio::null()).output().ok()?;
        let version = parse_version(&String::from_utf8_lossy(&output.stdout))?;
        (version >= OLDEST).then_some(Binaries { initdb, postgres, version })
    }
}

/// Where PostgreSQL's client programs are that are all in one directory, with their major version: in `LINKA_POSTGRES_BIN` alone
/// where that is set, else in Debian's directories from the highest version down and on the PATH.
pub fn client_programs(programs: &[&str]) -> Vec<(PathBuf, u32)> {
    let directories = match env::var_os("LINKA_POSTGRES_BIN") {
        Some(directory) => vec![PathBuf::from(directory)],
        None => {
            let path = env::var_os("PATH").unwrap_or_default();
            let on_path = env::split_paths(&path).filter(|directory| directory.is_absolute());
            debian_directories(Path::new(DEBIAN)).into_iter().chain(on_path).collect()
        }
    };
    let version = |directory: &Path| {
        if !programs.iter().all(|program| directory.join(program).is_file()) {
            return None;
        }
        // Not resolved: where a wrapper stands in for the programs, it goes by the name it is called by.
        let program = directory.join(programs.first()?);
        let output = Command::new(program).arg("--version").env_clear().stdin(Stdio::null()).output().ok()?;
        parse_version(&String::from_utf8_lossy(&output.stdout))
    };
    directories.into_iter().filter_map(|directory| version(&directory).map(|version| (directory, version))).collect()
}

/// The `bin` directories, highest version first.
fn debian_directories(base: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<u32> = fs::read_dir(base)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions.iter().map(|version| base.join(version.to_string()).join("bin")).collect()
}

/// The major version in the answer to `--version`: `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn parse_version(answer: &str) -> Option<u32> {
    let version = answer.split("(PostgreSQL)").nth(1)?.trim_start();
    let end = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    version.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{debian_directories, parse_version};

    #[test]
    fn the_major_version_is_read_from_every_kind_of_release() {
        assert_eq!(parse_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_version("postgres (PostgreSQL) 19devel\n"), Some(19));
        assert_eq!(parse_version("postgres (PostgreSQL) 18beta2\n"), Some(18));
        assert_eq!(parse_version("postgres: command not found\n"), None);
    }

    #[test]
    fn the_highest_version_comes_first_by_number() {
        let base = tempfile::tempdir().expect("tempdir");
        for name in ["9", "15", "16", "common"] {
            std::fs::create_dir_all(base.path().join(name).join("bin")).expect("mkdir");
        }
        let found = debian_directories(base.path());
        let expected = ["16/bin", "15/bin", "9/bin"].map(|name| base.path().join(name));
        assert_eq!(found, expected);
    }
}
