//! Mails that wait in a mailbox are fetched each minute, by one process at a time. Each is kept as one that is handed over before it is put
//! away there: whoever dies in between fetches it once more, and the same bytes are one mail.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;
use tokio::time::timeout;

use super::take_in;
use crate::{
    model::{problem::Problem, work::mail_in::MailboxFailure},
    server::{
        app::App,
        db::{queue, work::mail_in},
        imap::ImapFailed,
    },
};

/// How long a visit takes at most; what it did not come to is the next one's.
const VISIT: Duration = Duration::from_secs(540);
/// For how long whoever looks into the mailbox keeps others from it: longer than a visit.
const TURN: TimeDelta = TimeDelta::minutes(10);
/// How soon the next one looks into it.
const PAUSE: TimeDelta = TimeDelta::seconds(50);
/// How soon after one that failed: who guesses passwords each minute is locked out.
const PAUSE_AFTER_FAILURE: TimeDelta = TimeDelta::minutes(5);
/// After how long without anybody who looks into it nobody is taken to do so any more.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::hours(1);

/// Why mails were not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchFailed {
    /// The mailbox cannot be read.
    #[error("the mailbox: {0}")]
    Imap(#[from] ImapFailed),
    /// A mail is not kept.
    #[error(transparent)]
    Problem(#[from] Problem),
}

/// Queues that the mailbox is looked into, where there is one: once, however many processes do so. A process without one says nothing of
/// how that of another goes; once nobody looks into any, none fails.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn queue_fetch(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    if app.imap.is_on() {
        queue::job(&mut tx, "fetch_mails", &json!({}), "mailbox").await?;
    } else {
        mail_in::forget_mailbox(&mut tx, app.clock.now() - GIVEN_UP_AFTER).await?;
    }
    Ok(tx.commit().await?)
}

/// Fetches what waits in the mailbox, unless somebody else does or has just done so.
///
/// # Errors
/// [`FetchFailed`]: what was not put away is fetched later.
pub async fn fetch(app: &App) -> Result<(), FetchFailed> {
    let now = app.clock.now();
    let mut tx = app.db.system().await.map_err(Problem::from)?;
    let is_ours = mail_in::take_mailbox(&mut tx, now, now + TURN).await.map_err(Problem::from)?;
    tx.commit().await.map_err(Problem::from)?;
    if !is_ours {
        return Ok(());
    }
    // A visit that takes too long has put away what it has kept.
    let outcome = timeout(VISIT, fetch_all(app)).await.unwrap_or(Ok(()));
    let failure = match &outcome {
        Err(FetchFailed::Imap(failed)) => Some(failed.failure),
        // That is not the mailbox's fault.
        Ok(()) | Err(FetchFailed::Problem(_)) => None,
    };
    note(app, failure).await?;
    outcome
}

async fn fetch_all(app: &App) -> Result<(), FetchFailed> {
    let Some(mut visit) = app.imap.open().await? else { return Ok(()) };
    let mut outcome = Ok(());
    for place in visit.waiting().await? {
        let Some(mail) = visit.read(place).await? else { continue };
        match take_in(app, &mail.raw, mail.bytes).await {
            Ok(_) => visit.put_away(place).await?,
            Err(Problem::Unavailable) => return Err(Problem::Unavailable.into()),
            // It stays where it is, and keeps no other from being fetched.
            Err(problem) => outcome = Err(problem.into()),
        }
    }
    visit.close().await?;
    outcome
}

/// Notes how it went, and lets the next one look.
async fn note(app: &App, failure: Option<MailboxFailure>) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let pause = match failure {
        Some(failure) => {
            mail_in::note_mailbox_fails(&mut tx, failure, now).await?;
            PAUSE_AFTER_FAILURE
        }
        None => {
            mail_in::note_mailbox_works(&mut tx).await?;
            PAUSE
        }
    };
    mail_in::leave_mailbox(&mut tx, now + pause).await?;
    Ok(tx.commit().await?)
}
