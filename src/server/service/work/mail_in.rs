//! Mails that come to the line (design, Mail in): each is kept before anything else is done, and a job accounts for it.

mod accounting;
pub mod addresses;
mod desk;
mod fetching;
mod outcomes;
mod voice;

use chrono::TimeDelta;
use serde_json::json;
use sha2::{Digest, Sha256};

pub use self::{
    accounting::account,
    desk::{about, assign, audio, dismiss, mail, page, raw, revoke},
    fetching::{FetchFailed, fetch, queue_fetch},
    voice::{save_voice_patterns, voice_page},
};
use crate::{
    model::{
        base::ids::InboundMailId,
        problem::Problem,
        work::mail_in::{MAIL_BYTES_MAX, ReadMail},
    },
    server::{
        app::App,
        db::{
            Tx, queue, retrying,
            work::mail_in::{self, NewMail},
        },
        inbox,
    },
};

/// For how long a mail that was settled is kept as it came.
const KEPT: TimeDelta = TimeDelta::days(90);
/// After how long a mail that nobody has looked into is one whose job was given up.
const GIVEN_UP: TimeDelta = TimeDelta::days(3);
/// How many of those are looked into at a time.
const MOST_GIVEN_UP: i64 = 100;

/// What came of a mail that was handed over. In each case it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenIn {
    /// It is kept, and will be accounted for; or it was before.
    Kept,
    /// There is nothing in it that could be read as a mail.
    Unreadable,
    /// It is too large, and only its head is kept: its sender is to be told.
    TooLarge,
}

/// Keeps a mail that is handed over, and has it accounted for. The same bytes twice are one mail.
///
/// * `raw` – all of it; of what is too large at least its head
/// * `bytes` – how long it was in all
///
/// # Errors
/// [`Problem::Unavailable`] when it is not kept: whoever hands it over is to try again.
pub async fn take_in(app: &App, raw: &[u8], bytes: u64) -> Result<TakenIn, Problem> {
    let is_whole = usize::try_from(bytes).is_ok_and(|bytes| bytes <= MAIL_BYTES_MAX);
    let head = inbox::head(raw);
    let (sha256, read) = (Sha256::digest(raw), inbox::read(head));
    let (is_readable, read) = (read.is_some(), read.unwrap_or_default());
    let content = if is_whole { raw } else { head };
    let new = NewMail { sha256: &sha256, bytes, content, is_whole, head: &read };
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let (id, is_new) = mail_in::keep(&mut tx, &new, app.clock.now()).await?;
        if is_new {
            queue_account(&mut tx, id).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    Ok(match (is_whole, is_readable) {
        (false, _) => TakenIn::TooLarge,
        (true, false) => TakenIn::Unreadable,
        (true, true) => TakenIn::Kept,
    })
}

async fn queue_account(tx: &mut Tx, id: InboundMailId) -> Result<(), Problem> {
    Ok(queue::job(tx, "account_for_mail", &json!({ "mail": id }), &id.to_string()).await?)
}

/// Looks again into mails whose job was given up, and forgets as they came those that were settled long ago.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    for id in mail_in::forgotten(&mut tx, now - GIVEN_UP, MOST_GIVEN_UP).await? {
        queue_account(&mut tx, id).await?;
    }
    mail_in::forget_content(&mut tx, now - KEPT).await?;
    Ok(tx.commit().await?)
}

/// Reads a mail apart from the threads that answer requests; none where nothing in it is one.
async fn read(content: Vec<u8>) -> Option<ReadMail> {
    // Whatever its bytes do to the reader, they do it to nobody else.
    tokio::task::spawn_blocking(move || inbox::read(&content)).await.ok().flatten()
}
