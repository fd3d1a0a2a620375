//! What the commands of the program do: wiring only.

pub(crate) mod account;
pub(crate) mod backups;
pub(crate) mod database;
pub(crate) mod doctor;
pub(crate) mod mail_in;
pub(crate) mod people;
pub(crate) mod serving;
pub(crate) mod simulation;
pub(crate) mod tables;

use std::{io::IsTerminal, sync::Arc};

use anyhow::Context;
use linka::server::{
    app::{App, AppSettings, LastKnownLine},
    ares::Ares,
    auth::passwords::Passwords,
    certificates::Certificates,
    clock::Clock,
    db::Db,
    files::Files,
    imap::Imap,
    live::Live,
    mail::Mailer,
    metrics::Metrics,
    oidc::Oidc,
    payments::Payments,
    push::{Pusher, SmsGateway},
    random::Random,
    reach::{Lookup, Reach},
    statements::Statements,
    teamviewer::Teamviewer,
    traces::{self, Traces},
    webhooks::{self, Webhooks},
};
use tracing_subscriber::{EnvFilter, fmt::writer::MakeWriterExt, layer::SubscriberExt, util::SubscriberInitExt};

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
        random: Random::System,
        passwords: Passwords::default(),
        mail,
        imap: Imap::default(),
        files,
        push: Pusher::new(Reach::Public)?,
        sms,
        ares: Ares::default(),
        oidc: Oidc::default(),
        payments,
        statements: Statements::default(),
        teamviewer: Teamviewer::default(),
        webhooks: Webhooks::new(Reach::Public, Lookup::System, webhooks::PATIENCE)?,
        live: Live::default(),
        metrics: Metrics::default(),
        certificates: Certificates::default(),
        line: LastKnownLine::default(),
        settings: Arc::new(settings),
    })
}

/// The log of a command that does something and ends: whoever gives it reads what it prints.
fn start_log() -> anyhow::Result<()> {
    begin_log(false, "warn", None)
}

/// * `json` – whether each line is an object
/// * `default` – what is logged where LINKA_LOG says nothing
fn begin_log(json: bool, default: &str, traces: Option<&Traces>) -> anyhow::Result<()> {
    let filter = std::env::var("LINKA_LOG").unwrap_or_else(|_| default.to_owned());
    // It logs what it says, the password too.
    let quiet = "async_imap=info".parse().context("a directive")?;
    let mut filter = EnvFilter::try_new(filter).context("LINKA_LOG")?.add_directive(quiet);
    let is_traced = traces.is_some();
    if is_traced {
        filter = filter.add_directive(traces::LET_THROUGH.parse().context("a directive")?);
    }
    let lines = std::io::stderr.with_filter(move |line| !is_traced || !traces::is_statement(line));
    let log = tracing_subscriber::fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(lines);
    // One filter for all who listen: beside filters of their own, steps were not told.
    let listening = tracing_subscriber::registry().with(filter).with(traces.map(Traces::listener));
    if json {
        // The request that a line belongs to is the outermost of its spans.
        listening.with(log.json().flatten_event(true).with_current_span(false)).init();
    } else {
        listening.with(log).init();
    }
    Ok(())
}
