//! Short messages to the telephones of customers' people (design, Wishes): the sending of what was written for them.

use super::pushes::what_becomes;
use crate::{
    model::{base::ids::SmsMessageId, problem::Problem},
    server::{
        app::App,
        db::work::{
            pushes::Fate,
            sms::{self, WaitingSms},
            wishes,
        },
        mail::Locale,
        push::{PushError, sms_text},
    },
};

/// Sends a short message, holds it over quiet hours, or withdraws it.
///
/// # Errors
/// Why it has to be tried again.
pub async fn deliver(app: &App, id: SmsMessageId, is_last_try: bool) -> Result<(), String> {
    let unavailable = |problem: Problem| format!("the database is unavailable: {problem}");
    let Some(waiting) = find(app, id).await.map_err(unavailable)? else { return Ok(()) };
    let WaitingSms { login, content, good_until, .. } = &waiting;
    let decided = what_becomes(app, *login, content.as_ref(), *good_until).await.map_err(unavailable)?;
    let (fate, why, is_tried) = match decided {
        Some((fate, why)) => (fate, why.to_owned(), false),
        None => match send(app, id, &waiting).await {
            Ok(()) => (Fate::Sent, String::new(), true),
            Err(PushError::Trouble(why)) if !is_last_try => (Fate::Queued, why, true),
            Err(error) => (Fate::Failed, error.to_string(), true),
        },
    };
    note(app, id, fate, &why, is_tried).await.map_err(unavailable)?;
    match fate {
        Fate::Queued => Err(why),
        Fate::Failed => {
            tracing::error!(sms = %id, why, "a short message failed for good");
            Ok(())
        }
        Fate::Held | Fate::Sent | Fate::Withdrawn => Ok(()),
    }
}

async fn send(app: &App, id: SmsMessageId, waiting: &WaitingSms) -> Result<(), PushError> {
    let trouble = |problem: Problem| PushError::Trouble(format!("the number cannot be had: {problem}"));
    let phone = phone(app, waiting).await.map_err(trouble)?;
    let Some((phone, content)) = phone.zip(waiting.content.as_ref()) else {
        return Err(PushError::Refused("there is no number".to_owned()));
    };
    let locale = Locale::from_code(&waiting.language).unwrap_or_default();
    let text = sms_text(locale, content, |path| app.mail.link(path));
    app.sms.send(&format!("linka-{id}"), &phone, &text).await
}

/// The number as it is now.
async fn phone(app: &App, waiting: &WaitingSms) -> Result<Option<String>, Problem> {
    let own = wishes::of(&mut app.db.system().await?, waiting.login).await?;
    Ok(own.map(|own| own.phone).filter(|phone| !phone.is_empty()))
}

async fn find(app: &App, id: SmsMessageId) -> Result<Option<WaitingSms>, Problem> {
    Ok(sms::waiting(&mut app.db.system().await?, id).await?)
}

async fn note(app: &App, id: SmsMessageId, fate: Fate, why: &str, is_tried: bool) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    sms::note(&mut tx, id, fate, why, is_tried).await?;
    Ok(tx.commit().await?)
}
