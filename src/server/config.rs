//! The program's commands and their arguments, which may stand in environment variables. How the portal is served stands beside.

mod serving;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::{Args, Parser, Subcommand};

pub use self::serving::{LmtpAddress, ProxyHeader, ServeArgs, StripeKeys};

/// The self-service portal of a software vendor's customer line.
#[derive(Debug, Parser)]
#[command(name = "linka", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal.
    Serve(Box<ServeArgs>),
    /// Bring the database's schema up to date and stop.
    Migrate(DatabaseArgs),
    /// Load the demo data, unless they are there already, and stop.
    Demo {
        /// Which database.
        #[command(flatten)]
        database: DatabaseArgs,
        /// Fill the database of DATABASE_URL without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Let somebody sign in again on whose account strangers guess: forget the attempts that failed.
    Unlock {
        /// Which database; a private one may be in use by the portal.
        #[command(flatten)]
        database: DatabaseArgs,
        /// The address with which that person signs in.
        email: String,
    },
    /// Let people of the vendor in; prints a link by which a password is chosen, once.
    Staff {
        /// What to do.
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Write all that is kept, documents included, into one file, while the portal runs.
    Backup(BackupArgs),
    /// Look whether a deployment is as it should be, and say what to do where it is not. Ends with 0 unless something fails.
    Doctor(Box<DoctorArgs>),
    /// Put what such a file holds into an empty database, while the portal does not run.
    Restore(BackupArgs),
    /// Take over tables of another system: customers, people, contracts and the others of docs/import.md.
    Import {
        /// Which database; a private one may be in use by the portal.
        #[command(flatten)]
        database: DatabaseArgs,
        /// Change nothing, and say what would be changed.
        #[arg(long)]
        dry_run: bool,
        /// The directory with the tables, as customers.csv or customers.xlsx.
        directory: PathBuf,
    },
    /// Write everything of one customer, or of all, as tables that `import` reads, and the documents beside them.
    Export {
        /// Which database; a private one may be in use by the portal.
        #[command(flatten)]
        database: DatabaseArgs,
        /// Of one customer only, by the key or the IČO.
        #[arg(long)]
        customer: Option<String>,
        /// The directory to write into, which is made if it is missing and must be empty.
        directory: PathBuf,
    },
    /// Keep a mail to the line that a mail server hands over on standard input; the portal accounts for it. Ends with 0 where it is
    /// kept, 65 where it is no mail or too large, and 75 where it is to be tried again.
    MailIn(DatabaseArgs),
    /// Simulate a season of the line, in databases of its own that are dropped in the end: everybody acts at random, everything fails
    /// that can fail, and what must hold is looked at after each day (docs/simulation.md).
    Simulate(SimulateArgs),
    /// Run a command with DATABASE_URL set to the private database, which runs as long as the command does.
    Database {
        /// Which database.
        #[command(flatten)]
        database: DatabaseArgs,
        /// The command and its arguments.
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

/// What is simulated.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// Beside which database the season's own are made; a private one that the portal does not use.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// How many days.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_660))]
    pub days: u32,
    /// What everything follows from: with the same one the same happens [default: another one each time, which is printed].
    #[arg(long)]
    pub seed: Option<u64>,
    /// A file of SQL that is run before anything happens, to see that what it breaks is found.
    #[arg(long = "break", value_name = "FILE")]
    pub broken: Option<PathBuf>,
    /// For how many seconds a shorter history is looked for when something does not hold.
    #[arg(long, default_value_t = 600)]
    pub shorten: u64,
    /// Leave the databases, for who wants to look into the one in which something does not hold.
    #[arg(long)]
    pub keep: bool,
}

/// Which database, and which file.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Which database; a private one may be in use by the portal while it is backed up.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Replace what is there already: the file of a backup, or all that is in the database into which one is restored.
    #[arg(long)]
    pub force: bool,
    /// The backup's file.
    pub file: PathBuf,
}

/// What is looked at: all that `serve` would use with the same arguments and variables.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Say what is found as a list of objects, with check, verdict (ok, warn or fail) and says.
    #[arg(long)]
    pub json: bool,
    /// As the portal is served.
    #[command(flatten)]
    pub serve: ServeArgs,
}

/// What can be done for the vendor's people from the server itself.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Add a person, the first manager before all.
    Add {
        /// Which database, and where the portal is.
        #[command(flatten)]
        at: LinkArgs,
        /// The person manages: contracts, sales, colleagues.
        #[arg(long)]
        manager: bool,
        /// The person dispatches.
        #[arg(long)]
        dispatcher: bool,
        /// The person is a technician.
        #[arg(long)]
        technician: bool,
        /// The person's name.
        name: String,
        /// The address with which the person will sign in.
        email: String,
    },
    /// Make a new link for somebody who has lost the password.
    Link {
        /// Which database, and where the portal is.
        #[command(flatten)]
        at: LinkArgs,
        /// The address with which that person signs in.
        email: String,
    },
}

/// What a link is made of.
#[derive(Debug, Clone, Args)]
pub struct LinkArgs {
    /// Which database; a private one may be in use by the portal.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Where people reach the portal [default: http:// and the address on which it listens].
    #[arg(long, env = "LINKA_URL", value_parser = parse_site)]
    pub url: Option<String>,
    /// The address on which the portal listens.
    #[arg(long, env = "LINKA_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
}

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The PostgreSQL to use, as postgres://user@host/database; without it a private one runs in the data directory.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The same database as the role that owns its schema: by it the schema is brought up to date, and backups are made and restored.
    /// DATABASE_URL is then that of linka_server, by which the portal serves [default: DATABASE_URL].
    #[arg(long, env = "LINKA_MIGRATION_URL", hide_env_values = true)]
    pub migration_url: Option<String>,
    /// A pooler in front of that database, as postgres://user@host:6432/database: requests take a connection of it for each transaction
    /// (PgBouncer's transaction mode). What listens, and the queue of jobs, go straight to the database all the same.
    #[arg(long, env = "LINKA_POOLER_URL", hide_env_values = true, requires = "database_url")]
    pub pooler_url: Option<String>,
    /// The data directory [default: ./var; for root /var/lib/linka where the database's account cannot reach that].
    #[arg(long, env = "LINKA_DATA")]
    pub data: Option<PathBuf>,
    /// The most connections to the database for requests; the queue of jobs has at most 8 more, open pages 1.
    #[arg(long, env = "LINKA_DATABASE_CONNECTIONS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=500))]
    pub database_connections: u32,
}

impl DatabaseArgs {
    /// By which the schema is brought up to date, and all of it is read: the owner's address, else the only one; none for a private
    /// database.
    #[must_use]
    pub fn owner_url(&self) -> Option<&str> {
        self.migration_url.as_deref().or(self.database_url.as_deref())
    }

    /// The data directory.
    #[must_use]
    pub fn data_directory(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| {
            let here = PathBuf::from("var");
            if super::db::private::reachable_for_database_account(&absolute(&here)).is_ok() {
                here
            } else {
                PathBuf::from("/var/lib/linka")
            }
        })
    }
}

/// An address of a site: scheme and host, nothing after them.
fn parse_site(text: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "expected http:// or https:// and a host, without a path";
    let uri: axum::http::Uri = text.parse().map_err(|_| EXPECTED)?;
    match (uri.scheme_str(), uri.authority(), uri.path(), uri.query()) {
        (Some(scheme @ ("http" | "https")), Some(host), "" | "/", None) => Ok(format!("{scheme}://{host}")),
        _ => Err(EXPECTED),
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::{Cli, parse_site};

    #[test]
    fn a_site_is_a_scheme_and_a_host() {
        assert_eq!(parse_site("https://linka.example.com/"), Ok("https://linka.example.com".to_owned()));
        assert_eq!(parse_site("http://127.0.0.1:3000"), Ok("http://127.0.0.1:3000".to_owned()));
        for wrong in
            ["", "linka.example.com", "ftp://linka.example.com", "https://a/portal", "https://a/?b", "https://a b"]
        {
            assert!(parse_site(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_example_lists_every_variable_there_is() {
        let mut command = Cli::command();
        let help = command.find_subcommand_mut("serve").unwrap().render_long_help().to_string();
        let is_part_of_a_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let is_name =
            |name: &&str| *name == "DATABASE_URL" || ["LINKA_", "LEPTOS_"].iter().any(|ours| name.starts_with(ours));
        let known: BTreeSet<&str> = help.split(|c| !is_part_of_a_name(c)).filter(is_name).collect();
        let example = include_str!("../../.env.example");
        let names = example.lines().filter_map(|line| line.strip_prefix('#').unwrap_or(line).split_once('='));
        let listed: BTreeSet<&str> = names.map(|(name, _)| name).filter(is_name).collect();
        assert_eq!(listed, known);
    }
}
