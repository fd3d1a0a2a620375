//! What the commands of the program do: wiring only.

pub(crate) mod account;
pub(crate) mod backups;
pub(crate) mod database;
pub(crate) mod mail_in;
pub(crate) mod people;
pub(crate) mod serving;
pub(crate) mod tables;

use std::{io::IsTerminal, sync::Arc};

use anyhow::Context;
use linka::server::{
    app::{App, AppSettings, LastKnownLine},
    ares::Ares,
    auth::passwords::Passwords,
    clock::Clock,
    db::Db,
    files::Files,
    live::Live,
    mail::Mailer,
    oidc::Oidc,
    payments::Payments,
    push::{Pusher, SmsGateway},
    random::Random,
    reach::{Lookup, Reach},
    statements::Statements,
    webhooks::{self, Webhooks},
};
use tracing_subscriber::EnvFilter;

/// What the portal speaks with: mail server, gateway for short messages, scanner of files, payments.
pub(crate) type Outside = (Mailer, SmsGateway, Files, Payments);

/// For what a command does by itself.
pub(crate) fn only_mail(mail: Mailer) -> Outside {
    (mail, SmsGateway::default(), Files::new(None), Payments::off())
}

pub(crate) fn app(
    db: Db,
    clock: Clock,
    (mail, sms, files, payments): Outside,
    settings: AppSettings,
) -> anyhow::Result<App> {
    Ok(App {
        db,
        clock,
        random: Random,
        passwords: Passwords::default(),
        mail,
        files,
        push: Pusher::new(Reach::Public)?,
        sms,
        ares: Ares::default(),
        oidc: Oidc::default(),
        payments,
        statements: Statements::default(),
        webhooks: Webhooks::new(Reach::Public, Lookup::System, webhooks::PATIENCE)?,
        live: Live::default(),
        line: LastKnownLine::default(),
        settings: Arc::new(settings),
    })
}

/// * `default` – what is logged where LINKA_LOG says nothing: whoever gives a command reads what it prints
fn start_log(json: bool, default: &str) -> anyhow::Result<()> {
    let filter = std::env::var("LINKA_LOG").unwrap_or_else(|_| default.to_owned());
    let filter = EnvFilter::try_new(filter).context("LINKA_LOG")?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if json {
        log.json().init();
    } else {
        log.init();
    }
    Ok(())
}
