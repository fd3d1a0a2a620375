//! Whether a deployment is as it should be.

use std::process::ExitCode;

use linka::{
    server::{
        clock::Clock,
        config::{DoctorArgs, ServeArgs},
        db::{Db, address, private::options_of_running},
        doctor::{Finding, Verdict, probes},
        payments::Payments,
        reach::told,
    },
    ui::texts::Locale,
};
use serde_json::json;

use super::{
    serving::{certificates, mailer},
    start_log,
};

/// How many connections are enough for looking.
const CONNECTIONS: u32 = 2;
/// Variables that say in which language somebody wants to be spoken to, the first that says anything before the others (POSIX).
const LANGUAGE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// Looks at everything that `serve` would use with the same arguments, and says what is found, a line for each. It succeeds unless
/// something fails.
pub(crate) async fn examine(args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    start_log()?;
    let mut found = vec![args.serve.refuse_unsafe().map_or_else(refused, |()| Finding::Set)];
    found.extend(inside(&args.serve).await);
    found.extend(outside(&args.serve).await);
    let locale = language(|name| std::env::var(name).ok());
    if args.json {
        let lines = found.iter().map(|finding| {
            json!({ "check": finding.subject(), "verdict": finding.verdict().code(), "says": finding.words(locale) })
        });
        println!("{}", serde_json::Value::from_iter(lines));
    } else {
        for finding in &found {
            println!("{:<5} {:<13} {}", finding.verdict().code(), finding.subject(), finding.words(locale));
        }
    }
    let fails = found.iter().any(|finding| finding.verdict() == Verdict::Fail);
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The database, and the disk that it is on where that is this machine's.
async fn inside(args: &ServeArgs) -> Vec<Finding> {
    let clock = || Clock::System.now();
    let data = args.database.data_directory();
    let named = match &args.database.database_url {
        Some(url) => address::options(url).map(Some).map_err(|error| told(&error)),
        None => options_of_running(&data).await.map_err(|error| told(&error)),
    };
    let is_login = args.database.database_url.is_some();
    let options = match named {
        Ok(Some(options)) => options,
        Ok(None) => return vec![Finding::DatabaseStopped],
        Err(why) => return vec![Finding::DatabaseAway(why)],
    };
    let mut found = Vec::new();
    if address::is_open_to_others(&options) {
        found.push(Finding::DatabaseOpenToOthers);
    }
    match Db::connect(options, CONNECTIONS).await {
        Ok(db) => {
            found.extend(probes::database(&db, is_login, clock).await);
            db.close().await;
        }
        Err(error) => found.push(Finding::DatabaseAway(told(&error))),
    }
    found.extend(probes::disk(&data));
    found
}

/// Whom the portal speaks with, and where it is spoken with.
async fn outside(args: &ServeArgs) -> Vec<Finding> {
    let site = args.url.as_deref();
    let links = site.unwrap_or_default();
    let mut found = vec![match mailer(args, links) {
        Ok(mail) => probes::mail_server(&mail).await,
        Err(wrong) => refused(wrong),
    }];
    found.extend(match args.imap.mailbox() {
        Ok(imap) => probes::mailbox(&imap).await,
        Err(wrong) => Some(refused(wrong)),
    });
    let payments = match args.stripe_keys() {
        Ok(Some(keys)) => Payments::stripe(keys.key, keys.secret, links).map_err(refused),
        Ok(None) => Ok(Payments::off()),
        Err(wrong) => Err(refused(wrong)),
    };
    found.push(match payments {
        Ok(payments) => probes::stripe(&payments).await,
        Err(wrong) => wrong,
    });
    found.push(match site {
        Some(site) => probes::site(site).await,
        None => Finding::NoSite,
    });
    found.extend(probes::certificates(&certificates(args), site, Clock::System.now()).await);
    found
}

/// What stops a start.
fn refused(wrong: impl ToString) -> Finding {
    Finding::Unsafe(wrong.to_string())
}

/// The language of who gives the command: English, unless the surroundings say Czech or what is near to it.
fn language(said: impl Fn(&str) -> Option<String>) -> Locale {
    let said = LANGUAGE.into_iter().filter_map(said).find(|said| !said.is_empty()).unwrap_or_default();
    let code = said.split(['_', '.', '@']).next().unwrap_or_default();
    Locale::preferred(code).unwrap_or(Locale::En)
}
