//! Each thing that a program asks for under a key is done once: whoever asks the same again gets the same answer (design, Interface for
//! programs).

use chrono::TimeDelta;
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{ApiTokenId, CustomerId},
        problem::Problem,
    },
    server::{
        app::App,
        auth::tokens::{TokenHash, sha256},
        db::line::api_answers::{self, Asked},
    },
};

/// For how long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// After how long whoever asked first counts as gone: longer than any request may take.
const GONE_AFTER: TimeDelta = TimeDelta::seconds(45);

/// What becomes of a program's asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asking {
    /// It is to be done, under this identity.
    Do(Uuid),
    /// It was done, and this was the answer: a status and a text.
    Done(u16, String),
    /// Something else was asked under the key.
    Mismatch,
    /// Somebody is at it, for so many seconds at most.
    UnderWay(u32),
}

/// Lets a program ask for something, or tells what became of that.
///
/// * `what` – all that is asked
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn ask(
    app: &App,
    (token, customer): (ApiTokenId, CustomerId),
    key: &str,
    what: TokenHash,
) -> Result<Asking, Problem> {
    let now = app.clock.now();
    let asked = Asked { token, customer, key: TokenHash(sha256(key.as_bytes())), what };
    let mut tx = app.db.system().await?;
    let times = (now, now + GONE_AFTER, now - KEPT);
    if let Some(act) = api_answers::claim(&mut tx, &asked, app.random.uuid(), times).await? {
        tx.commit().await?;
        return Ok(Asking::Do(act));
    }
    let known = api_answers::find(&mut tx, &asked).await?.ok_or(Problem::Conflict)?;
    Ok(match known.answer {
        _ if !known.is_same => Asking::Mismatch,
        Some((status, text)) => Asking::Done(u16::try_from(status).unwrap_or(500), text),
        None => {
            let left = (known.claimed_until - now).num_seconds().max(1);
            Asking::UnderWay(u32::try_from(left).unwrap_or(1))
        }
    })
}

/// Keeps the answer for whoever asks the same again; none where that shall be tried once more.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn answered(app: &App, act: Uuid, answer: Option<(u16, &str)>) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let answer = answer.map(|(status, text)| (i32::from(status), text));
    api_answers::keep(&mut tx, act, answer, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Forgets what is answered no more.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    api_answers::sweep(&mut tx, app.clock.now() - KEPT).await?;
    Ok(tx.commit().await?)
}
