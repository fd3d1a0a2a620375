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
            work::webhooks::{
                self,
                telling::{self, DueMessage},
            },
        },
        webhooks::{Told, spelled},
    },
};

/// How much an address is told in one turn, before others have theirs.
const IN_A_TURN: usize = 20;
/// How long an address that has not taken something is left alone.
const REST: TimeDelta = TimeDelta::seconds(5);

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
            let (id, off) = (found?.id, (app.clock.now(), WebhookOff::ByHand));
            webhooks::switch(&mut tx, id, Some(off)).await?;
            telling::give_up(&mut tx, id).await?;
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

/// Gives the address that is told something its turn.
///
/// # Errors
/// Why it has to be looked at again: what was not taken is none of that.
pub async fn deliver(app: &App, id: WebhookMessageId) -> Result<(), String> {
    let found = async { Ok::<_, Problem>(telling::endpoint_of(&mut app.db.system().await?, id).await?) };
    match found.await.map_err(unavailable)? {
        Some(endpoint) => turn(app, endpoint).await,
        None => Ok(()),
    }
}

/// Tells an address what is due, one thing after the other, until its turn is over: others have theirs, and what is left is told in the
/// next one.
///
/// # Errors
/// As [`deliver`].
pub async fn turn(app: &App, endpoint: WebhookId) -> Result<(), String> {
    tell_in_turn(app, endpoint).await.map_err(unavailable)
}

fn unavailable(problem: Problem) -> String {
    format!("the database is unavailable: {problem}")
}

async fn tell_in_turn(app: &App, endpoint: WebhookId) -> Result<(), Problem> {
    let mut rest = TimeDelta::zero();
    for _ in 0..IN_A_TURN {
        let Some(due) = telling::next(&mut app.db.system().await?, endpoint, app.clock.now()).await? else { break };
        if !tell(app, &due).await? {
            rest = REST;
            break;
        }
    }
    let mut tx = app.db.system().await?;
    if let Some(at) = telling::next_due(&mut tx, endpoint).await? {
        telling::wake(&mut tx, endpoint, rest.max(at - app.clock.now())).await?;
    }
    Ok(tx.commit().await?)
}

/// Tells something, once, and writes down what came of it. Whether it was taken, or is none to be told.
async fn tell(app: &App, due: &DueMessage) -> Result<bool, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    if due.is_off {
        telling::give_up(&mut tx, due.endpoint).await?;
        tx.commit().await?;
        return Ok(true);
    }
    let Some(secrets) = webhooks::secrets(&mut tx, due.endpoint).await? else { return Ok(true) };
    // Nobody holds a transaction while somebody is told.
    drop(tx);
    let body = json!({ "type": due.kind, "timestamp": due.at, "data": due.data }).to_string();
    let told = Told { id: &due.message_id, body: &body, secrets: &secrets.good(now), at: now };
    let answer = app.webhooks.tell(&due.url, &told).await;
    let came = WebhookTry { at: now, status: answer.status, answer: answer.text, trouble: answer.trouble };
    note(app, due, &came).await
}

/// Writes down what came of a try, unless another one was faster. Whether it was taken.
async fn note(app: &App, due: &DueMessage, came: &WebhookTry) -> Result<bool, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let tries = due.tries.saturating_add(1);
    let after = after_try(came.status, tries, due.failing_since, now);
    let is_sent = after == AfterTry::Sent;
    if !telling::lock(&mut tx, due.id, due.tries).await? {
        return Ok(is_sent);
    }
    telling::note_try(&mut tx, due.id, came).await?;
    let (state, wait) = match after {
        AfterTry::Sent => (WebhookState::Sent, TimeDelta::zero()),
        AfterTry::Again(wait) => (WebhookState::Queued, wait),
        AfterTry::Failed | AfterTry::Off(_) => (WebhookState::Failed, TimeDelta::zero()),
    };
    telling::note(&mut tx, due.id, (state, tries), now + wait).await?;
    if is_sent || due.failing_since.is_none() {
        webhooks::note_health(&mut tx, due.endpoint, (!is_sent).then_some(now)).await?;
    }
    if let AfterTry::Off(why) = after {
        switch_off(&mut tx, due, why, now).await?;
    }
    tx.commit().await?;
    Ok(is_sent)
}

/// Tells an address nothing any more, and says so to who can do something about it.
async fn switch_off(tx: &mut Tx, due: &DueMessage, why: WebhookOff, now: DateTime<Utc>) -> Result<(), Problem> {
    if !webhooks::switch(tx, due.endpoint, Some((now, why))).await? {
        return Ok(());
    }
    telling::give_up(tx, due.endpoint).await?;
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

/// Gives a turn to each address for which something is due by our clock: the queue has one of its own, and a turn may have died with its
/// process.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn queue_due(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    telling::wake_all(&mut tx, app.clock.now()).await?;
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
