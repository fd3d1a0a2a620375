//! Calendar feeds: an address that somebody's own calendar reads (design, Calendar feeds).

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    model::{
        line::limits::Limit,
        ordering::feeds::{FEED_PAST, FEED_READS_PER_HOUR, FeedEntry, FeedPage},
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, Confirmed,
            tokens::{Token, sha256},
        },
        db::{
            line::limits,
            ordering::feeds::{self, FeedOwner, FeedPerson},
            retrying,
        },
    },
};

/// The feed of whoever asks.
///
/// * `made` – the secret of one that was made just now
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn page(app: &App, caller: &Caller, made: Option<Token>) -> Result<FeedPage, Problem> {
    let login = caller.session()?.login;
    let mut tx = app.db.system().await?;
    let Some((feed, hash)) = feeds::of(&mut tx, login).await? else {
        return Ok(FeedPage { feed: None, address: None });
    };
    // One that another browser has made since is known to nobody here.
    let address = made.filter(|token| token.hash() == hash);
    let address = address.map(|token| app.mail.link(&paths::calendar_feed(&token.to_hex())));
    Ok(FeedPage { feed: Some(feed), address })
}

/// Makes an address in the place of the one before; its secret, or none where the same form has made one already.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn make(app: &App, confirmed: &Confirmed<'_>, busy_only: bool, form: Uuid) -> Result<Option<Token>, Problem> {
    let login = confirmed.session()?.login;
    let token = Token::new(&app.random);
    let is_made = retrying(|| async {
        let mut tx = app.db.system().await?;
        let is_made = feeds::put(&mut tx, login, token.hash(), busy_only, form, app.clock.now()).await?;
        tx.commit().await?;
        Ok(is_made)
    })
    .await?;
    Ok(is_made.then_some(token))
}

/// Ends the feed of whoever asks; without one it is as right.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn end(app: &App, caller: &Caller) -> Result<(), Problem> {
    let login = caller.session()?.login;
    let mut tx = app.db.system().await?;
    feeds::end(&mut tx, login).await?;
    Ok(tx.commit().await?)
}

/// What a calendar is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Whose it is.
    pub owner: FeedOwner,
    /// The times.
    pub entries: Vec<FeedEntry>,
}

/// What the calendar is told that comes with a secret.
///
/// # Errors
/// [`Problem::NotFound`] for what is nobody's secret, [`Problem::Throttled`] where it comes too often.
pub async fn read(app: &App, secret: &str) -> Result<Feed, Problem> {
    let token = Token::parse(secret).ok_or(Problem::NotFound)?;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let owner = feeds::owner(&mut tx, token.hash(), now).await?.ok_or(Problem::NotFound)?;
    let subject = format!("calendar of login {}", owner.login);
    let limit = (Limit::WritesPerMinute, FEED_READS_PER_HOUR);
    let wait = limits::count_use(&mut tx, limit, &subject, TimeDelta::hours(1), now).await?;
    tx.commit().await?;
    if let Some(retry_after_s) = wait {
        return Err(Problem::Throttled { retry_after_s });
    }
    let from = now - FEED_PAST;
    let entries = match &owner.person {
        FeedPerson::Member { customer, member, line_phone } => {
            let mut tx = app.db.member(*customer).await?;
            feeds::of_member(&mut tx, (*customer, *member), line_phone, from, now).await?
        }
        FeedPerson::Staff(staff) => {
            let mut tx = app.db.staff().await?;
            feeds::of_technician(&mut tx, *staff, from, now).await?
        }
    };
    Ok(Feed { owner, entries })
}

/// By what a calendar knows that nothing has changed: the digest of what is told, and since when it is told.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn version(app: &App, owner: &FeedOwner, told: &str) -> Result<([u8; 32], DateTime<Utc>), Problem> {
    let digest = sha256(told.as_bytes());
    let mut tx = app.db.system().await?;
    let since = feeds::shown_since(&mut tx, owner.login, &digest, app.clock.now()).await?;
    tx.commit().await?;
    Ok((digest, since))
}
