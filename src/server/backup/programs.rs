//! PostgreSQL's programs, run and listened to.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::process::Command;

use super::error::{BackupError, Doing};
use crate::server::db::private::client_programs;

pub(super) const DUMP: &str = "pg_dump";
pub(super) const RESTORE: &str = "pg_restore";
pub(super) const PSQL: &str = "psql";

/// Where the programs of one major version are.
#[derive(Debug)]
pub(super) struct Programs(PathBuf);

impl Programs {
    /// Those that fit a server: a dump is made, and put back, by programs of the server's own version.
    pub fn for_server(version: u32) -> Result<Self, BackupError> {
        let mut found = client_programs(&[DUMP, RESTORE, PSQL]);
        match found.iter().position(|(_, theirs)| *theirs == version) {
            Some(place) => Ok(Self(found.swap_remove(place).0)),
            None => {
                let names: Vec<_> =
                    found.iter().map(|(directory, theirs)| format!("{theirs} in {}", directory.display())).collect();
                let found = if names.is_empty() { "none at all".to_owned() } else { names.join(", ") };
                Err(BackupError::NoPrograms { wanted: version, found })
            }
        }
    }

    /// A program without input, whose complaints are kept.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.0.join(program));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// Runs a program to its end: what it printed.
    pub async fn output(&self, program: &'static str, mut command: Command) -> Result<String, BackupError> {
        let output = command.output().await.doing("run", self.0.join(program))?;
        if !output.status.success() {
            return Err(failed(program, &String::from_utf8_lossy(&output.stderr)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    pub fn path(&self, program: &str) -> PathBuf {
        self.0.join(program)
    }
}

/// The one line of a program's complaints that says most: the first error of the server, else of the program, else the last.
pub(super) fn failed(program: &'static str, complaints: &str) -> BackupError {
    let mut lines = complaints.lines().map(str::trim).filter(|line| !line.is_empty());
    let of = |word: &'static str| complaints.lines().find_map(move |line| Some(line.split_once(word)?.1.trim()));
    let reason = of("ERROR:").or_else(|| of("FATAL:")).or_else(|| of("error:")).or_else(|| lines.next_back());
    BackupError::Failed { program, reason: reason.unwrap_or("it says nothing").to_owned() }
}

/// What the table of contents of a backup says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents {
    /// The major version of the server that it was made of.
    pub version: u32,
    /// Functions that belong to one of our roles, which is what they may do: name with arguments, role.
    pub owned: Vec<(String, String)>,
    /// Whether it is of Linka at all.
    pub is_linka: bool,
}

impl Contents {
    pub async fn read(programs: &Programs, file: &Path) -> Result<Self, BackupError> {
        let mut command = programs.command(RESTORE);
        command.arg("--list").arg(file);
        let listed = programs.output(RESTORE, command).await.map_err(|_| BackupError::NotABackup(file.to_owned()))?;
        Self::parse(&listed).ok_or_else(|| BackupError::NotABackup(file.to_owned()))
    }

    /// `; Dumped from database version: 15.18 (…)`, then lines as `312; 1255 16999 FUNCTION public take_slot(uuid) linka_system`.
    fn parse(listed: &str) -> Option<Self> {
        let version =
            listed.lines().find_map(|line| line.split_once("Dumped from database version: ")).map(|two| two.1)?;
        let version = version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
        let is_ours = |owner: &str| ["linka_member", "linka_staff", "linka_system", "linka_eraser"].contains(&owner);
        let entry = |line: &'static str| move |text: &str| text.contains(line);
        let owned = listed.lines().filter_map(|line| {
            let (_, rest) = line.split_once(" FUNCTION public ").or_else(|| line.split_once(" PROCEDURE public "))?;
            let (function, owner) = rest.trim().rsplit_once(' ')?;
            is_ours(owner).then(|| (function.to_owned(), owner.to_owned()))
        });
        let is_linka = ["TABLE public installation ", "TABLE public _sqlx_migrations "]
            .into_iter()
            .all(|table| listed.lines().any(entry(table)));
        Some(Self { version, owned: owned.collect(), is_linka })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_says_most_is_told() {
        let told = |complaints: &str| failed(PSQL, complaints).to_string();
        assert_eq!(
            told("NOTICE: x\npsql:<stdin>:12: ERROR:  relation \"a\" exists\nLINE 1\n"),
            "psql failed: relation \"a\" exists"
        );
        assert_eq!(told("pg_dump: error: connection failed\n"), "psql failed: connection failed");
        assert_eq!(told(""), "psql failed: it says nothing");
    }

    #[test]
    fn a_table_of_contents_says_whose_functions_are() {
        let listed = ";\n;     Dumped from database version: 15.18 (Debian 15.18-0+deb12u1)\n;\n\
                      3; 1255 17 FUNCTION public take_slot(uuid, timestamp with time zone) linka_system\n\
                      4; 1255 18 FUNCTION public searchable(text) linka\n\
                      5; 1259 19 TABLE public installation linka\n6; 1259 20 TABLE public _sqlx_migrations linka\n";
        let contents = Contents::parse(listed).unwrap();
        assert_eq!((contents.version, contents.is_linka), (15, true));
        assert_eq!(
            contents.owned,
            [("take_slot(uuid, timestamp with time zone)".to_owned(), "linka_system".to_owned())]
        );
        assert_eq!(Contents::parse("nothing"), None);
    }
}
