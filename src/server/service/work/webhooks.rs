//! Webhooks (design, Webhooks): which addresses programs are told at, and the telling of what was written for them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::{
    model::{
        base::{
            calendar::midnight,
            fields::{FieldCode, FieldProblem},
            ids::{WebhookId, WebhookMessageId},
            seen::Seen,
        },
        mails::MailContent,
        people::members::Capability,
        problem::Problem,
        work::webhooks::{
            AfterTry, FORMER_SECRET_HOURS, WEBHOOK_KEPT_DAYS, WEBHOOKS_MAX, WebhookAct, WebhookForm, WebhookOff,
            WebhookPage, WebhookRow, WebhookState, WebhookTry, WebhooksPage, after_try,
        },
    },
    server::{
        app::App,
        auth::{Caller, Integrator},
        db::{
            DbError, Tx,
            locks::{self, Lock},
            mails, retrying,
            work::webhooks::{self, DueMessage},
        },
        webhooks::{Told, spelled},
    },
};

/// How long to wait where as many are being told as may.
const NO_ROOM: TimeDelta = TimeDelta::seconds(5);

/// In the name of whoever connects programs: a member sees their customer's only.
async fn begin(app: &App, integrator: &Integrator) -> Result<Tx, DbError> {
    match integrator.owner() {
        Some(customer) => app.db.member(customer).await,
        None => app.db.system().await,
    }
}

/// The addresses, and the form that adds one.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, integrator: &Integrator) -> Result<WebhooksPage, Problem> {
    let mut tx = begin(app, integrator).await?;
    let owner = integrator.owner();
    let webhooks = webhooks::endpoints(&mut tx, owner, None).await?;
    Ok(WebhooksPage { is_vendors: owner.is_none(), webhooks, key: WebhookId(app.random.uuid()) })
}

/// One address, with what it was told. Its secret is shown to who has said a short while ago who they are.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn one(
    app: &App,
    (integrator, caller): (&Integrator, &Caller),
    id: WebhookId,
    before: Option<WebhookMessageId>,
) -> Result<WebhookPage, Problem> {
    let mut tx = begin(app, integrator).await?;
    let webhook = find(&mut tx, integrator, id).await?;
    let secrets = webhooks::secrets(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let now = app.clock.now();
    Ok(WebhookPage {
        is_vendors: integrator.owner().is_none(),
        webhook,
        former_until: secrets.former.as_ref().map(|(_, until)| *until).filter(|until| *until > now),
        secret: caller.confirmed().is_ok().then(|| spelled(&secrets.now)),
        messages: webhooks::messages(&mut tx, id, before).await?,
        keys: (app.random.uuid(), app.random.uuid()),
    })
}

async fn find(tx: &mut Tx, integrator: &Integrator, id: WebhookId) -> Result<WebhookRow, Problem> {
    webhooks::endpoints(tx, integrator.owner(), Some(id)).await?.pop().ok_or(Problem::NotFound)
}

/// What was typed, if it names an address that may be called; else all that is wrong with it.
fn checked(app: &App, typed: &WebhookForm) -> Result<WebhookForm, Problem> {
    let form = typed.check();
    let mut fields = form.as_ref().err().cloned().unwrap_or_default();
    let is_told = fields.iter().any(|problem| problem.field == "webhook_url");
    if !is_told && !app.webhooks.admits(typed.url.trim()) {
        fields.insert(0, FieldProblem::new("webhook_url", FieldCode::Unknown));
    }
    match form {
        Ok(form) if fields.is_empty() => Ok(form),
        _ => Err(Problem::Invalid { fields }),
    }
}

/// Adds an address.
///
/// * `id` – of the form: sent twice, it adds one
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, and where there are as many as may be.
pub async fn add(app: &App, integrator: &Integrator, id: WebhookId, typed: &WebhookForm) -> Result<(), Problem> {
    let form = checked(app, typed)?;
    let secret = app.random.token();
    retrying(|| async {
        let mut tx = begin(app, integrator).await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let there_are = webhooks::endpoints(&mut tx, integrator.owner(), None).await?;
        if there_are.iter().any(|webhook| webhook.id == id) {
            return Ok(());
        }
        if there_are.len() >= WEBHOOKS_MAX {
            return Err(Problem::field("webhook_url", FieldCode::TooMany));
        }
        webhooks::insert(&mut tx, integrator.owner(), id, &form, &secret, app.clock.now()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Changes what is told where.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn save(
    app: &App,
    integrator: &Integrator,
    id: WebhookId,
    typed: &WebhookForm,
    seen: &Seen,
) -> Result<(), Problem> {
    let form = checked(app, typed)?;
    let mut tx = begin(app, integrator).await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let known = find(&mut tx, integrator, id).await?;
    seen.admit(&known.form.fields(), &form.fields())?;
    webhooks::update(&mut tx, id, &form).await?;
    Ok(tx.commit().await?)
}

/// Tells an address something that only tries it out.
///
/// * `key` – of the form: sent twice, it does so once
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn test(app: &App, integrator: &Integrator, id: WebhookId, key: Uuid) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = begin(app, integrator).await?;
        find(&mut tx, integrator, id).await?;
        webhooks::write_test(&mut tx, integrator.owner(), id, key, app.clock.now()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Signs by another secret; the one before it is good for [`FORMER_SECRET_HOURS`].
///
/// * `key` – of the form: sent twice, it changes the secret once
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn rotate(app: &App, integrator: &Integrator, id: WebhookId, key: Uuid) -> Result<(), Problem> {
    let secret = app.random.token();
    retrying(|| async {
        let until = app.clock.now() + TimeDelta::hours(FORMER_SECRET_HOURS);
        let mut tx = begin(app, integrator).await?;
        find(&mut tx, integrator, id).await?;
        webhooks::rotate(&mut tx, id, &secret, until, key).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Tells an address nothing, or everything again, or forgets it.
///
/// # Errors
/// [`Problem::NotFound`], but for one that is to be forgotten.
pub async fn act(app: &App, integrator: &Integrator, id: WebhookId, act: WebhookAct) -> Result<(), Problem> {
    let mut tx = begin(app, integrator).await?;
    let found = find(&mut tx, integrator, id).await;
    match act {
        WebhookAct::Remove if found == Err(Problem::NotFound) => {}
        WebhookAct::Remove => webhooks::remove(&mut tx, found?.id).await?,
        WebhookAct::Disable => {
            let off = (app.clock.now(), WebhookOff::ByHand);
            webhooks::switch(&mut tx, found?.id, Some(off)).await?;
        }
        WebhookAct::Enable => {
            let id = found?.id;
            webhooks::switch(&mut tx, id, None).await?;
            webhooks::note_health(&mut tx, id, None).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Tells again what was told or failed, under the same identities.
///
/// * `message` – one thing; none for all that happened since the day that was typed
///
/// # Errors
/// [`Problem::Invalid`] for what is no day, [`Problem::NotFound`].
pub async fn replay(
    app: &App,
    integrator: &Integrator,
    id: WebhookId,
    message: Option<WebhookMessageId>,
    since: &str,
) -> Result<(), Problem> {
    let since = match message {
        Some(_) => None,
        None => {
            let day = since.trim().parse::<NaiveDate>();
            Some(midnight(day.map_err(|_| Problem::field("replay_since", FieldCode::Unknown))?))
        }
    };
    let mut tx = begin(app, integrator).await?;
    find(&mut tx, integrator, id).await?;
    webhooks::replay(&mut tx, id, (message, since), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Tells something that is due, once, and writes down what came of it.
///
/// # Errors
/// Why it has to be looked at again: what was not taken is none of that.
pub async fn deliver(app: &App, id: WebhookMessageId) -> Result<(), String> {
    tell(app, id).await.map_err(|problem| format!("the database is unavailable: {problem}"))
}

async fn tell(app: &App, id: WebhookMessageId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let Some(due) = webhooks::due(&mut tx, id, app.clock.now()).await? else { return Ok(()) };
    let Some(_room) = app.webhooks.room(due.owner) else {
        webhooks::queue(&mut tx, id, due.endpoint, NO_ROOM).await?;
        return Ok(tx.commit().await?);
    };
    let Some(secrets) = webhooks::secrets(&mut tx, due.endpoint).await? else { return Ok(()) };
    drop(tx);
    if due.is_off {
        return note(app, id, &due, None).await;
    }
    let now = app.clock.now();
    let body = json!({ "type": due.kind, "timestamp": due.at, "data": due.data }).to_string();
    let told = Told { id: &due.message_id, body: &body, secrets: &secrets.good(now), at: now };
    let answer = app.webhooks.tell(&due.url, &told).await;
    let came = WebhookTry { at: now, status: answer.status, answer: answer.text, trouble: answer.trouble };
    note(app, id, &due, Some(&came)).await
}

/// Writes down what came of a try, unless another one was faster; of what was not tried, that it is not told.
async fn note(app: &App, id: WebhookMessageId, due: &DueMessage, came: Option<&WebhookTry>) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    if !webhooks::lock(&mut tx, id, due.tries).await? {
        return Ok(());
    }
    let Some(came) = came else {
        webhooks::note(&mut tx, id, (WebhookState::Failed, due.tries), now).await?;
        return Ok(tx.commit().await?);
    };
    webhooks::note_try(&mut tx, id, came).await?;
    let tries = due.tries.saturating_add(1);
    let after = after_try(came.status, tries, due.failing_since, now);
    let is_sent = after == AfterTry::Sent;
    let (state, wait) = match after {
        AfterTry::Sent => (WebhookState::Sent, TimeDelta::zero()),
        AfterTry::Again(wait) => (WebhookState::Queued, wait),
        AfterTry::Failed | AfterTry::Off(_) => (WebhookState::Failed, TimeDelta::zero()),
    };
    webhooks::note(&mut tx, id, (state, tries), now + wait).await?;
    if is_sent || due.failing_since.is_none() {
        webhooks::note_health(&mut tx, due.endpoint, (!is_sent).then_some(now)).await?;
    }
    if state == WebhookState::Queued {
        webhooks::queue(&mut tx, id, due.endpoint, wait).await?;
    }
    if let AfterTry::Off(why) = after {
        switch_off(&mut tx, due, why, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Tells an address nothing any more, and says so to who can do something about it.
async fn switch_off(tx: &mut Tx, due: &DueMessage, why: WebhookOff, now: DateTime<Utc>) -> Result<(), Problem> {
    if !webhooks::switch(tx, due.endpoint, Some((now, why))).await? {
        return Ok(());
    }
    let mail =
        MailContent::WebhookOff { webhook: due.endpoint, url: due.url.clone(), is_gone: why == WebhookOff::Gone };
    let key = format!("webhook_off:{}:{}", due.endpoint, now.timestamp());
    match due.owner {
        Some(customer) => mails::to_people(tx, customer, (Capability::Manage, None), &mail, now, &key).await?,
        None => {
            for manager in webhooks::managers(tx).await? {
                mails::to_staff(tx, manager, &mail, now, &format!("{key}:{manager}")).await?;
            }
        }
    }
    Ok(())
}

/// Queues what is due by our clock: the queue has one of its own, and what is tried again may have lost its job.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn queue_due(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    webhooks::queue_due(&mut tx, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Forgets what was told long ago.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    webhooks::sweep(&mut tx, app.clock.now() - TimeDelta::days(WEBHOOK_KEPT_DAYS)).await?;
    Ok(tx.commit().await?)
}
