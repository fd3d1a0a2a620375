//! Notifications on people's devices (design, Notifications): which devices there are, and the sending of what
//! was written for them.

use std::{cmp::Reverse, collections::BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::lanes::lane_of;
use crate::{
    model::{
        base::{
            fields::keep_line,
            ids::{LoginId, PushDeviceId, PushMessageId},
        },
        problem::Problem,
        work::pushes::{FailedPush, Push, TypedSubscription},
    },
    server::{
        app::App,
        auth::{Caller, Client, Desk},
        db::{
            ordering::requests,
            retrying,
            work::{
                pushes::{self, Fate, Subscription, WaitingPush},
                sms, wishes,
            },
        },
        mail::Locale,
        push::{self, Notification, PushError, PushKey, Recipient, subscription_keys},
        service::mails,
    },
};

/// How many of each that failed are shown.
const LISTED: i64 = 20;
/// The longest that a browser calls itself.
const NAME_MAX: usize = 200;

/// The key by which push services know this installation, made at the first need.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn key(app: &App) -> Result<PushKey, Problem> {
    if let Some(key) = kept_key(app).await? {
        return Ok(key);
    }
    let made = PushKey::make(app.random);
    let mut tx = app.db.system().await?;
    pushes::keep_key(&mut tx, &made.private(), &made.public(), app.clock.now()).await?;
    tx.commit().await?;
    // Whichever process was first has made the one that counts.
    kept_key(app).await?.ok_or(Problem::Unavailable)
}

async fn kept_key(app: &App) -> Result<Option<PushKey>, Problem> {
    let kept = pushes::key(&mut app.db.system().await?).await?;
    Ok(kept.and_then(|private| PushKey::from_private(&private)))
}

/// Notifies somebody in the browser that says so, from now on; one that does already is renewed, whoever's it was.
///
/// * `user_agent` – what the browser calls itself
///
/// # Errors
/// [`Problem::Malformed`] for what is no subscription of a push service: people type none.
pub async fn add(app: &App, caller: &Caller, user_agent: &str, typed: &TypedSubscription) -> Result<(), Problem> {
    let session = caller.session()?;
    let to = subscription(app, typed)?;
    let shown: String = user_agent.chars().take(NAME_MAX).collect();
    let name = keep_line(&shown, 1..=NAME_MAX).unwrap_or_else(|_| "–".to_owned());
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.system().await?;
        let own = wishes::of(&mut tx, session.login).await?.ok_or(Problem::SignInRequired)?;
        wishes::save_first(&mut tx, session.login, &own.wishes).await?;
        if !pushes::add_device(&mut tx, session, (&name, &to), now).await? {
            return Err(Problem::SignInRequired);
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Follows a browser whose push service has changed where it is written to. Its own cookie says which browser it is: this happens
/// while nobody looks, and so with nobody signed in.
///
/// # Errors
/// [`Problem::Malformed`] for what is no subscription of a push service, [`Problem::NotFound`] where nobody is notified.
pub async fn renew(app: &App, client: &Client, typed: &TypedSubscription) -> Result<(), Problem> {
    let browser = client.device.as_ref().ok_or(Problem::NotFound)?.hash();
    let to = subscription(app, typed)?;
    retrying(|| async {
        let mut tx = app.db.system().await?;
        if !pushes::renew_device(&mut tx, browser, &to).await? {
            return Err(Problem::NotFound);
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// A subscription as it was sent, if it is one to which something can be sent.
fn subscription(app: &App, typed: &TypedSubscription) -> Result<Subscription, Problem> {
    let endpoint = typed.endpoint.trim();
    let (p256dh, auth) = subscription_keys(&typed.p256dh, &typed.auth).ok_or(Problem::Malformed)?;
    if !app.push.admits(endpoint) {
        return Err(Problem::Malformed);
    }
    Ok(Subscription { endpoint: endpoint.to_owned(), p256dh, auth })
}

/// Notifies somebody on a device no more. One that is gone already is as right.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn remove(app: &App, caller: &Caller, device: PushDeviceId) -> Result<(), Problem> {
    let login = caller.session()?.login;
    let mut tx = app.db.system().await?;
    pushes::remove_device(&mut tx, login, device).await?;
    Ok(tx.commit().await?)
}

/// Sends somebody a notification that says nothing but that they arrive, quiet hours or not: it was just asked for.
///
/// * `key` – of the form: sent twice it notifies once
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn try_out(app: &App, caller: &Caller, key: Uuid) -> Result<(), Problem> {
    let login = caller.session()?.login;
    let mut tx = app.db.system().await?;
    pushes::write(&mut tx, login, &Push::Test, app.clock.now(), &format!("test:{key}")).await?;
    Ok(tx.commit().await?)
}

/// Sends a notification, holds it over quiet hours, or withdraws it.
///
/// # Errors
/// Why it has to be tried again.
pub async fn deliver(app: &App, id: PushMessageId, is_last_try: bool) -> Result<(), String> {
    let unavailable = |problem: Problem| format!("the database is unavailable: {problem}");
    let Some(waiting) = find(app, id).await.map_err(unavailable)? else { return Ok(()) };
    let (fate, why, is_tried) = match what_becomes(app, waiting.login, waiting.content.as_ref(), waiting.good_until)
        .await
        .map_err(unavailable)?
    {
        Some((fate, why)) => (fate, why.to_owned(), false),
        None => match send(app, &waiting).await {
            Ok(()) => (Fate::Sent, String::new(), true),
            Err(PushError::Gone) => return forget(app, &waiting.to.endpoint).await.map_err(unavailable),
            Err(PushError::Trouble(why)) if !is_last_try => (Fate::Queued, why, true),
            Err(PushError::Trouble(why) | PushError::Refused(why)) => (Fate::Failed, why, true),
        },
    };
    note(app, id, fate, &why, is_tried).await.map_err(unavailable)?;
    match fate {
        Fate::Queued => Err(why),
        Fate::Failed => {
            tracing::error!(push = %id, why, "a notification failed for good");
            Ok(())
        }
        Fate::Held | Fate::Sent | Fate::Withdrawn => Ok(()),
    }
}

/// Notifications and short messages that failed for good, the newest first; of many those of late.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn failed(app: &App, _: &Desk) -> Result<Vec<FailedPush>, Problem> {
    let mut tx = app.db.system().await?;
    let mut lost = pushes::failed(&mut tx, LISTED).await?;
    lost.extend(sms::failed(&mut tx, LISTED).await?);
    lost.sort_by_key(|lost| Reverse(lost.written_at));
    let shown = lost.into_iter().map(|lost| {
        let locale = Locale::from_code(&lost.language).unwrap_or_default();
        let said = lost.content.map(|content| push::title(locale, &content)).unwrap_or_default();
        FailedPush {
            to: lost.name,
            said,
            written_at: lost.written_at,
            attempts: lost.attempts,
            last_error: lost.last_error,
        }
    });
    Ok(shown.collect())
}

/// Queues what quiet hours have held for whoever is not quiet any more, short messages too.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn release(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let (pushed, texted) = (pushes::held(&mut tx).await?, sms::held(&mut tx).await?);
    let logins: BTreeSet<_> =
        pushed.iter().map(|(_, login)| *login).chain(texted.iter().map(|(_, login)| *login)).collect();
    let mut awake = BTreeSet::new();
    for login in logins {
        // Whoever is there no more is told nothing, which is decided when it is sent.
        if wishes::of(&mut tx, login).await?.is_none_or(|own| !own.wishes.is_quiet(now)) {
            awake.insert(login);
        }
    }
    for (id, _) in pushed.into_iter().filter(|(_, login)| awake.contains(login)) {
        pushes::release(&mut tx, id).await?;
    }
    for (id, _) in texted.into_iter().filter(|(_, login)| awake.contains(login)) {
        sms::release(&mut tx, id).await?;
    }
    Ok(tx.commit().await?)
}

/// What becomes of what is not sent now to a device or telephone, and why; none of what is.
///
/// * `content` – what it says; none if that was written in a shape that is no longer known
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn what_becomes(
    app: &App,
    login: LoginId,
    content: Option<&Push>,
    good_until: DateTime<Utc>,
) -> Result<Option<(Fate, &'static str)>, Problem> {
    let now = app.clock.now();
    let Some(content) = content else {
        return Ok(Some((Fate::Failed, "written in a shape that is no longer known")));
    };
    if good_until <= now {
        return Ok(Some((Fate::Withdrawn, "it is too late for it")));
    }
    let own = wishes::of(&mut app.db.system().await?, login).await?;
    match (content, own) {
        // Whoever is there no more is told nothing.
        (_, None) => Ok(Some((Fate::Withdrawn, "nobody is to be told"))),
        (Push::Test, Some(_)) => Ok(None),
        (_, Some(own)) if own.wishes.is_quiet(now) => Ok(Some((Fate::Held, "quiet hours"))),
        (Push::Waits { number, lane, .. }, Some(_)) => {
            let mut tx = app.db.staff().await?;
            let request = requests::id_of(&mut tx, *number).await?;
            let waits = match request {
                Some(request) => lane_of(&mut tx, request, now).await?,
                None => None,
            };
            let is_as_told = waits.is_some_and(|(now_in, _)| now_in == *lane);
            Ok((!is_as_told).then_some((Fate::Withdrawn, "it waits there no more")))
        }
        (Push::Mailed { mail, .. }, Some(_)) => {
            Ok(mails::overtaken(app, *mail).await?.map(|why| (Fate::Withdrawn, why)))
        }
        _ => Ok(None),
    }
}

async fn send(app: &App, waiting: &WaitingPush) -> Result<(), PushError> {
    let trouble = |problem: Problem| PushError::Trouble(format!("the key cannot be had: {problem}"));
    let (key, now) = (key(app).await.map_err(trouble)?, app.clock.now());
    let Some(content) = &waiting.content else { return Ok(()) };
    let locale = Locale::from_code(&waiting.language).unwrap_or_default();
    let body = push::body(locale, content);
    let to = Recipient { endpoint: &waiting.to.endpoint, p256dh: &waiting.to.p256dh, auth: &waiting.to.auth };
    let what = Notification { body: &body, topic: &waiting.topic, keep_for: waiting.good_until - now };
    app.push.send(&key, &app.mail.contact(), to, &what, now).await
}

async fn find(app: &App, id: PushMessageId) -> Result<Option<WaitingPush>, Problem> {
    Ok(pushes::waiting(&mut app.db.system().await?, id).await?)
}

/// A device that its push service knows no more is ours no more; with it goes what waits for it.
async fn forget(app: &App, endpoint: &str) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    pushes::forget_endpoint(&mut tx, endpoint).await?;
    Ok(tx.commit().await?)
}

async fn note(app: &App, id: PushMessageId, fate: Fate, why: &str, is_tried: bool) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    pushes::note(&mut tx, id, fate, why, is_tried).await?;
    Ok(tx.commit().await?)
}
