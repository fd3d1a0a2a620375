//! Forms that were refused, or came when the session of whoever filled them in had ended: kept for that person, to be shown
//! again at the address of their page.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::{
    model::{
        base::{ids::LoginId, site_path::SitePath},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, tokens::Token},
        db::people::{
            kept_forms::{self, Fields},
            sessions,
        },
    },
};

/// How long a form is kept.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(1);
/// How long what was never sent is kept: a browser that was closed in the evening is opened in the morning.
pub const UNSENT_KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// Fields that are not kept.
pub const SECRET_FIELDS: [&str; 6] =
    ["credential", "one_time_code", "own_password", "password", "password_again", "token"];
/// How many are kept for one person.
const MOST_KEPT: i64 = 20;
/// The most that is kept of one, in bytes: several times what all fields of any form of ours may hold, as JSON.
const LARGEST_KEPT: usize = 64 * 1024;
/// The longest address of a page, in bytes.
const LONGEST_PATH: usize = 500;

/// Keeps a form for the person whose session the token is or was, and tells under which name; none where that session is not
/// remembered, and for what no form of ours holds.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn keep(
    app: &App,
    token: &Token,
    page: &str,
    problem: &Problem,
    fields: &Fields,
) -> Result<Option<Uuid>, Problem> {
    let length: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    if fields.is_empty() || length > LARGEST_KEPT {
        return Ok(None);
    }
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let Some(login) = sessions::owner(&mut tx, token.hash()).await? else { return Ok(None) };
    let id = app.random.uuid();
    kept_forms::insert(&mut tx, id, login, page, (problem, fields), now).await?;
    kept_forms::keep_latest(&mut tx, login, MOST_KEPT).await?;
    kept_forms::sweep(&mut tx, now - KEPT_FOR, now - UNSENT_KEPT_FOR).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// Why a form of a page was refused and what was typed, if it was kept for this person and not too long ago.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn find(app: &App, login: LoginId, id: Uuid, page: &str) -> Result<Option<(Problem, Fields)>, Problem> {
    let mut tx = app.db.system().await?;
    Ok(kept_forms::find(&mut tx, id, login, page, app.clock.now() - KEPT_FOR).await?)
}

/// Keeps what is being typed on a page, in place of what was kept of it before. What no form of ours holds is not kept.
///
/// * `typed` – the fields of its form, urlencoded
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Malformed`] for what is no page's address or no form.
pub async fn keep_unsent(app: &App, caller: &Caller, page: &str, typed: &str) -> Result<(), Problem> {
    let login = caller.session()?.login;
    let mut fields: Fields = serde_urlencoded::from_str(typed).map_err(|_| Problem::Malformed)?;
    // A form within a form: what arrived has no zero byte, what it says may.
    if fields.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(Problem::Malformed);
    }
    fields.retain(|name, _| !SECRET_FIELDS.contains(&name.as_str()));
    let page = SitePath::parse(page).ok_or(Problem::Malformed)?;
    let path = page.as_str().split('?').next().unwrap_or_default();
    let length: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    if fields.is_empty() || length > LARGEST_KEPT || path.len() > LONGEST_PATH {
        return Ok(());
    }
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    kept_forms::put_unsent(&mut tx, app.random.uuid(), login, path, (&Problem::NotSent, &fields), now).await?;
    kept_forms::keep_latest(&mut tx, login, MOST_KEPT).await?;
    Ok(tx.commit().await?)
}

/// What was being typed on a page and never sent, for whoever typed it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn unsent(app: &App, login: LoginId, page: &str) -> Result<Option<(Problem, Fields)>, Problem> {
    let mut tx = app.db.system().await?;
    Ok(kept_forms::unsent(&mut tx, login, page, app.clock.now() - UNSENT_KEPT_FOR).await?)
}

/// Forgets what was being typed on a page by the person whose session the token is: it was sent.
///
/// * `called` – the server function that was called; what was typed for another one stays
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn forget_unsent(app: &App, token: &Token, page: &str, called: &str) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    if let Some(login) = sessions::owner(&mut tx, token.hash()).await? {
        kept_forms::delete_unsent(&mut tx, login, page, called).await?;
    }
    Ok(tx.commit().await?)
}

/// Forgets a form that has reached its aim.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn forget(app: &App, id: Uuid) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    kept_forms::delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets what was kept too long ago.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    kept_forms::sweep(&mut tx, now - KEPT_FOR, now - UNSENT_KEPT_FOR).await?;
    tx.commit().await?;
    Ok(())
}
