//! How mails of the telephone exchange are known.

use crate::{
    model::{
        base::{seen::Seen, text::one_line},
        problem::Problem,
        work::mail_in::{ReadMail, VoicePage, VoicePatterns, VoiceTrial, voice_fields},
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            locks::{self, Lock},
            work::mail_in,
        },
    },
};

/// The patterns in force, and what they find in a header that was typed.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn voice_page(app: &App, _: &Manager, tried: &str) -> Result<VoicePage, Problem> {
    let patterns = mail_in::voice_patterns(&mut app.db.staff().await?).await?;
    let tried = one_line(tried);
    let found = match tried.split_once(':') {
        None if tried.is_empty() => VoiceTrial::Nothing,
        None => VoiceTrial::NoMatch,
        Some((name, value)) => {
            let headers = vec![(name.trim().to_ascii_lowercase(), value.trim().to_owned())];
            let mail = ReadMail { headers, ..ReadMail::default() };
            match VoicePatterns::check(&patterns).ok().and_then(|(_, patterns)| patterns.find(&mail)) {
                None => VoiceTrial::NoMatch,
                Some(None) => VoiceTrial::WithoutNumber,
                Some(Some(number)) => VoiceTrial::Number(number),
            }
        }
    };
    Ok(VoicePage { patterns, tried, found })
}

/// Says how they are known from now on.
///
/// # Errors
/// [`Problem::Invalid`] for what is no pattern, [`Problem::ChangedMeanwhile`].
pub async fn save_voice_patterns(app: &App, _: &Manager, typed: &str, seen: &Seen) -> Result<(), Problem> {
    let (patterns, _) = VoicePatterns::check(typed).map_err(|code| Problem::field("patterns", code))?;
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let now = mail_in::voice_patterns(&mut tx).await?;
    seen.admit(&voice_fields(&now), &voice_fields(&patterns))?;
    mail_in::save_voice_patterns(&mut tx, &patterns).await?;
    Ok(tx.commit().await?)
}
