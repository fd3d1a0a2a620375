//! Forms with a key that come a second time: saying the same, they are the first; saying something else, their sender is told what the
//! first has done, and sends what is new anew (design, Forms).

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{AttachmentId, LoginId},
        problem::Problem,
    },
    server::{
        app::App,
        auth::tokens::hmac_sha256,
        db::people::sent_forms::{self, Digests},
    },
};

/// How long it is known what a form has said: the tab that somebody finds after the holidays, and then some.
const KNOWN_FOR: TimeDelta = TimeDelta::days(400);

/// A form on its way to its server function.
#[derive(Debug)]
pub struct SentForm<'a> {
    /// The path of the server function.
    pub function: &'a str,
    /// What its rendering was named by.
    pub key: Uuid,
    /// What it says, whatever else it holds.
    pub fields: Vec<(String, String)>,
    /// The files that come with it, which are others whenever they are sent.
    pub files: Vec<AttachmentId>,
}

/// Who sends which form: what is done with it next is told under this name.
#[derive(Debug, Clone, Copy)]
pub struct Sending {
    login: LoginId,
    form: [u8; 32],
}

/// Lets a form through that nobody has sent yet, or that says what it has said before.
///
/// # Errors
/// [`Problem::FormUsed`] when it has said something else.
pub async fn begin(app: &App, login: LoginId, sent: SentForm<'_>) -> Result<Sending, Problem> {
    let SentForm { function, key, mut fields, files } = sent;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    if !files.is_empty() {
        let files = sent_forms::files(&mut tx, &files).await?;
        fields.extend(files.into_iter().map(|(name, bytes)| (name, bytes.to_string())));
    }
    fields.sort_unstable();
    let form = Sha256::digest([function.as_bytes(), key.as_bytes()].concat()).into();
    let said = serde_json::to_vec(&fields).map_err(|_| Problem::Malformed)?;
    let content = hmac_sha256(key.as_bytes(), &said);
    if !sent_forms::note(&mut tx, login, &Digests { form, content }, now).await? {
        // Refused just now, it is as if it had never come: sent again, it passes.
        let (sent_at, led_to) = sent_forms::first(&mut tx, login, form).await?.ok_or(Problem::Conflict)?;
        return Err(Problem::FormUsed { sent_at, led_to });
    }
    tx.commit().await?;
    Ok(Sending { login, form })
}

/// Notes that a form was refused: put right, it is sent for the first time.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn refused(app: &App, sending: Sending) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    sent_forms::take_back(&mut tx, sending.login, sending.form).await?;
    Ok(tx.commit().await?)
}

/// Notes to which page a form has led, so that its sender is led there too who sends it once more.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn done(app: &App, sending: Sending, page: &str) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    sent_forms::note_led_to(&mut tx, sending.login, sending.form, page).await?;
    Ok(tx.commit().await?)
}

/// Forgets what was sent too long ago.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    sent_forms::sweep(&mut tx, app.clock.now() - KNOWN_FOR).await?;
    Ok(tx.commit().await?)
}
