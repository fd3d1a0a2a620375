//! Looking: each question takes some seconds at most, and changes nothing.

use std::{path::Path, time::Duration};

use axum::{
    body::Bytes,
    http::{Request, StatusCode, Uri},
};
use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use http_body_util::{BodyExt, Collected, Full, Limited};
use tokio::time::timeout;

use super::Finding;
use crate::{
    model::{
        base::calendar::{midnight, to_local},
        line::operating::Waiting,
    },
    server::{
        certificates::{Certificates, TlsServer},
        db::{
            Db, DbError,
            fitness::{self, ServerUnfit},
            line::operating,
            schema, serving,
        },
        http::health,
        imap::Imap,
        mail::Mailer,
        payments::Payments,
        reach::{Lookup, Reach, client, told},
    },
};

/// How long somebody who is asked may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most of an answer that is read, in bytes.
const ANSWER_MAX: usize = 1_024;
/// For how many months from now on the database has to know when days begin.
const MONTHS_AHEAD: u32 = 60;
const DAY_S: i64 = 24 * 60 * 60;

/// The database and what it holds.
///
/// * `is_login` – whether it is reached as the login by which the portal serves
/// * `clock` – our time, asked when the database says its own
pub async fn database(db: &Db, is_login: bool, clock: impl Fn() -> DateTime<Utc>) -> Vec<Finding> {
    let mut found = Vec::new();
    match server_version(db).await {
        Ok(version) => found.extend(fit(db, version).await),
        Err(error) => return vec![Finding::DatabaseAway(told(&error))],
    }
    if is_login {
        found.extend(login(db).await);
    }
    found.extend(clocks(db, &clock).await);
    found.extend(time_zone(db, clock()).await);
    match schema::assert_up_to_date(db.queue_pool()).await {
        Ok(()) => {
            found.push(Finding::SchemaUpToDate);
            found.extend(kept(db, clock()).await);
        }
        Err(fault) => found.push(Finding::Schema(fault)),
    }
    found
}

async fn server_version(db: &Db) -> Result<String, DbError> {
    operating::server_version(db.queue_pool()).await
}

async fn fit(db: &Db, version: String) -> Vec<Finding> {
    match fitness::assert_server(db.queue_pool()).await {
        Ok(()) => vec![Finding::DatabaseFit(version)],
        Err(ServerUnfit::Failed(failed)) => failed.into_iter().map(Finding::DatabaseUnfit).collect(),
        Err(error) => vec![Finding::DatabaseAway(told(&error))],
    }
}

async fn login(db: &Db) -> Vec<Finding> {
    match serving::faults(db.queue_pool()).await {
        Ok(faults) if faults.is_empty() => vec![Finding::LoginFit],
        Ok(faults) => faults.into_iter().map(Finding::LoginUnfit).collect(),
        Err(error) => vec![Finding::DatabaseAway(told(&error))],
    }
}

/// How far the clocks are apart, which is known no better than the question took.
async fn clocks(db: &Db, clock: &impl Fn() -> DateTime<Utc>) -> Option<Finding> {
    let before = clock();
    let theirs = operating::clock(db.queue_pool()).await.ok()?;
    let after = clock();
    let apart = if theirs < before {
        theirs - before
    } else if theirs > after {
        theirs - after
    } else {
        TimeDelta::zero()
    };
    Some(Finding::ClocksApart(apart.num_milliseconds()))
}

/// Whether days begin at the same instants for the database and for us, in the years to come.
async fn time_zone(db: &Db, now: DateTime<Utc>) -> Option<Finding> {
    let today = to_local(now).date();
    let days: Vec<NaiveDate> =
        (0..MONTHS_AHEAD).filter_map(|months| today.checked_add_months(Months::new(months))).collect();
    let theirs = operating::midnights(db.queue_pool(), &days).await.ok()?;
    let differs = days.into_iter().zip(theirs).find(|(day, theirs)| midnight(*day) != *theirs);
    Some(differs.map_or(Finding::TimeZoneAgrees, |(day, _)| Finding::TimeZoneDiffers(day)))
}

/// What the database holds of how the portal has fared.
async fn kept(db: &Db, now: DateTime<Utc>) -> Vec<Finding> {
    let read = async {
        let mut tx = db.system().await?;
        operating::figures(&mut tx, now).await
    };
    let figures = match read.await {
        Ok(figures) => figures,
        Err(error) => return vec![Finding::DatabaseAway(told(&error))],
    };
    let due = Waiting {
        count: figures.jobs.iter().map(|jobs| jobs.due).sum(),
        oldest: figures.jobs.iter().filter_map(|jobs| jobs.oldest_seconds).max(),
    };
    vec![
        Finding::Ledger(figures.ledger),
        Finding::Jobs(due, figures.jobs.iter().map(|jobs| jobs.given_up).sum()),
        Finding::Mails(figures.mails, figures.mails_failed),
        Finding::Backup(figures.backup_age),
    ]
}

/// What is free where data are; nothing where there are none.
#[must_use]
pub fn disk(data: &Path) -> Option<Finding> {
    let disk = rustix::fs::statvfs(data).ok()?;
    let percent = disk.f_bavail.saturating_mul(100).checked_div(disk.f_blocks)?;
    Some(Finding::Disk { free_mb: disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024), percent })
}

/// Whether the mail server takes mails.
pub async fn mail_server(mail: &Mailer) -> Finding {
    if !mail.is_set_up() {
        return Finding::NoMailServer;
    }
    match mail.is_answered().await {
        Ok(()) => Finding::MailServer,
        Err(error) => Finding::MailServerAway(error.to_string()),
    }
}

/// Whether mails can be fetched from the mailbox, where there is one.
pub async fn mailbox(imap: &Imap) -> Option<Finding> {
    match imap.open().await {
        Ok(visit) => visit.is_some().then_some(Finding::Mailbox),
        Err(error) => Some(Finding::MailboxAway(error.to_string())),
    }
}

/// Whether Stripe knows us.
pub async fn stripe(payments: &Payments) -> Finding {
    let Some(gateway) = payments.gateway() else { return Finding::NoStripe };
    match gateway.knows_us().await {
        Ok(()) => Finding::Stripe(payments.is_live()),
        Err(error) => Finding::StripeRefuses(error.to_string()),
    }
}

/// Whether the portal answers where people reach it.
pub async fn site(address: &str) -> Finding {
    let named = || address.to_owned();
    match timeout(PATIENCE, answer(address)).await {
        Ok(Ok((StatusCode::OK, said))) if said == health::OK.as_bytes() => Finding::Site(named()),
        Ok(Ok((status, _))) => Finding::SiteIsAnothers(named(), status.as_u16()),
        Ok(Err(why)) => Finding::SiteAway(named(), why),
        Err(_) => Finding::SiteAway(named(), format!("{PATIENCE:?}")),
    }
}

async fn answer(address: &str) -> Result<(StatusCode, Bytes), String> {
    let client = client(Reach::Anywhere, Lookup::System, PATIENCE).map_err(|error| error.to_string())?;
    let uri: Uri = format!("{address}{}", health::ALIVE).parse().map_err(|_| address.to_owned())?;
    let request = Request::get(uri).body(Full::default()).map_err(|error| error.to_string())?;
    let (head, body) = client.request(request).await.map_err(|error| told(&error))?.into_parts();
    let body = Limited::new(body, ANSWER_MAX).collect().await.map(Collected::to_bytes).unwrap_or_default();
    Ok((head.status, body))
}

/// The certificates of the servers that are spoken with, and of the site.
pub async fn certificates(servers: &Certificates, site: Option<&str>, now: DateTime<Utc>) -> Vec<Finding> {
    let mut found = Vec::new();
    for server in servers.servers().iter().cloned().chain(site.and_then(TlsServer::of_site)) {
        found.push(match server.look().await {
            Ok(expires_at) => {
                Finding::Certificate(server.to_string(), (expires_at - now).num_seconds().div_euclid(DAY_S))
            }
            Err(refused) => Finding::CertificateRefused(server.to_string(), refused.trouble),
        });
    }
    found
}
