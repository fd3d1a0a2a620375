//! Secrets of the configuration that stand in files. What is in the environment is inherited by every program that is started, and finds
//! its way into reports; a file has an owner.
//!
//! Each variable whose value help does not show may be given by a file: `LINKA_SMTP` by the one that `LINKA_SMTP_FILE` names, or by
//! systemd's credential of that very name (`LoadCredential=LINKA_SMTP:/etc/linka/smtp`).

use std::{
    ffi::{OsStr, OsString},
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Arg, Command};

/// Where systemd puts credentials.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Why a secret cannot be had, in one line that does not tell it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Nobody knows which of them holds.
    #[error("{first} and {second} are both there: leave one of them")]
    Twice {
        /// Where it stands.
        first: String,
        /// Where else.
        second: String,
    },
    /// Its file cannot be read.
    #[error("{name}: cannot read {}: {source}", path.display())]
    Unreadable {
        /// What names the file.
        name: String,
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// There is nothing in its file.
    #[error("{name}: {} is empty", path.display())]
    Empty {
        /// What names the file.
        name: String,
        /// The file.
        path: PathBuf,
    },
}

/// The arguments of a command, and among them the secrets of its that stand in files.
///
/// * `arguments` – as the program was given them, its own name first
/// * `surroundings` – what a variable of the environment says
///
/// # Errors
/// When one cannot be had, or is there twice.
pub fn with_files(
    mut command: &Command,
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: impl Fn(&OsStr) -> Option<OsString>,
) -> Result<Vec<OsString>, SecretError> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut at = 1;
    while let Some(named) = arguments.get(at).and_then(|name| command.find_subcommand(name)) {
        command = named;
        at += 1;
    }
    // Behind the name of the command, as what follows a `--` is another program's.
    let place = at.min(arguments.len());
    for secret in command.get_arguments().filter(|argument| argument.is_hide_env_values_set()) {
        if let Some(argument) = from_file(secret, &surroundings)? {
            arguments.insert(place, argument);
        }
    }
    Ok(arguments)
}

/// `--smtp=…`, where the secret stands in a file.
fn from_file(
    secret: &Arg,
    surroundings: &impl Fn(&OsStr) -> Option<OsString>,
) -> Result<Option<OsString>, SecretError> {
    let (Some(variable), Some(option)) = (secret.get_env().and_then(OsStr::to_str), secret.get_long()) else {
        return Ok(None);
    };
    let by_name = format!("{variable}_FILE");
    let named = surroundings(OsStr::new(&by_name)).map(|path| (by_name, PathBuf::from(path)));
    let credential = surroundings(OsStr::new(CREDENTIALS)).map(|folder| Path::new(&folder).join(variable));
    let credential = credential.filter(|path| path.exists()).map(|path| (format!("the credential {variable}"), path));
    let itself = surroundings(OsStr::new(variable)).map(|_| variable.to_owned());
    let files = [&named, &credential].into_iter().flatten().map(|(name, _)| name.clone());
    let sources: Vec<String> = itself.into_iter().chain(files).collect();
    if let [first, second, ..] = &sources[..] {
        return Err(SecretError::Twice { first: first.clone(), second: second.clone() });
    }
    let Some((name, path)) = named.or(credential) else { return Ok(None) };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(SecretError::Unreadable { name, path, source }),
    };
    // Editors end the last line, too.
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(SecretError::Empty { name, path }),
        value => Ok(Some(format!("--{option}={value}").into())),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, ffi::OsString, fs};

    use clap::{CommandFactory, Parser};

    use super::with_files;
    use crate::server::config::{Cli, Command, StaffCommand};

    /// The command as it is read with variables and files.
    fn read(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Command, String> {
        let variables: BTreeMap<_, _> = variables.iter().map(|(name, value)| (OsString::from(name), *value)).collect();
        let arguments = ["linka"].iter().chain(arguments).map(OsString::from);
        let told = |name: &std::ffi::OsStr| variables.get(name).map(OsString::from);
        let arguments = with_files(&Cli::command(), arguments, told).map_err(|error| error.to_string())?;
        Cli::try_parse_from(arguments).map(|cli| cli.command).map_err(|error| error.to_string())
    }

    #[test]
    fn a_secret_may_stand_in_a_file_or_be_a_credential_of_systemd() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let url = file("url", "postgres://linka_server:a b@db/linka\n");
        file("LINKA_SMTP", "smtps://linka:secret@mail.example.com");
        let credentials = folder.path().to_str().unwrap();
        let variables = [("DATABASE_URL_FILE", url.as_str()), ("CREDENTIALS_DIRECTORY", credentials)];
        let Ok(Command::Serve(serve)) = read(&["serve", "--demo"], &variables) else { panic!("not serve") };
        assert_eq!(serve.database.database_url.as_deref(), Some("postgres://linka_server:a b@db/linka"));
        assert_eq!(serve.smtp.as_deref(), Some("smtps://linka:secret@mail.example.com"));
        assert!(serve.demo);

        let Ok(Command::Staff { command: StaffCommand::Link { at, email } }) =
            read(&["staff", "link", "ivana@vendor.example"], &variables)
        else {
            panic!("not staff link")
        };
        assert_eq!((at.database.database_url.is_some(), email.as_str()), (true, "ivana@vendor.example"));
        let Ok(Command::Database { command, database }) = read(&["database", "--", "psql", "serve"], &variables) else {
            panic!("not database")
        };
        assert_eq!(command, ["psql", "serve"], "what is another program's stays");
        assert!(database.database_url.is_some());
    }

    #[test]
    fn a_secret_that_cannot_be_had_is_named_and_not_told() {
        let folder = tempfile::tempdir().unwrap();
        let (full, empty) = (folder.path().join("LINKA_SMTP"), folder.path().join("empty"));
        fs::write(&full, "smtps://linka:secret@mail.example.com").unwrap();
        fs::write(&empty, "\n").unwrap();
        let [folder, full, empty] = [folder.path(), &full, &empty].map(|path| path.to_str().unwrap());
        for (variables, named) in [
            (&[("LINKA_SMTP", "smtp://a"), ("LINKA_SMTP_FILE", full)][..], ["LINKA_SMTP and", "LINKA_SMTP_FILE"]),
            (
                &[("LINKA_SMTP_FILE", full), ("CREDENTIALS_DIRECTORY", folder)],
                ["LINKA_SMTP_FILE", "the credential LINKA_SMTP"],
            ),
            (&[("LINKA_SMTP_FILE", empty)], ["LINKA_SMTP_FILE", "is empty"]),
            (&[("LINKA_SMTP_FILE", "/nowhere/smtp")], ["LINKA_SMTP_FILE", "/nowhere/smtp"]),
        ] {
            let wrong = read(&["serve"], variables).unwrap_err();
            assert!(named.iter().all(|word| wrong.contains(word)), "{wrong}");
            assert!(!wrong.contains("secret") && !wrong.contains('\n'), "{wrong}");
        }
        assert!(
            read(&["migrate"], &[("LINKA_SMTP_FILE", "/nowhere/smtp")]).is_ok(),
            "what is not asked for is not read"
        );
    }

    #[test]
    fn whatever_is_called_a_secret_is_not_shown_by_help() {
        for command in Cli::command().get_subcommands() {
            for argument in command.get_arguments() {
                let name = argument.get_env().and_then(|name| name.to_str()).unwrap_or_default();
                let is_secret = ["TOKEN", "SECRET", "KEY", "PASSWORD"].iter().any(|word| name.ends_with(word));
                assert!(!is_secret || argument.is_hide_env_values_set(), "{name}");
            }
        }
    }
}
