//! What customers say of the work when it is done: by the link of a mail, without signing in (design, Rating).

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{InterventionId, MemberId},
        mails::MailedLink,
        problem::Problem,
        work::ratings::{RATING_DAYS, Rating, RatingPage},
    },
    server::{
        app::App,
        auth::tokens::Token,
        db::{
            Tx, installation,
            work::ratings::{self, LinkedWork, NewLink},
        },
    },
};

/// The link that goes with the mail of a receipt.
pub(super) async fn offer(
    tx: &mut Tx,
    id: Uuid,
    (intervention, version, member): (InterventionId, u32, MemberId),
    now: DateTime<Utc>,
) -> Result<MailedLink, Problem> {
    let expires_at = now + TimeDelta::days(RATING_DAYS);
    ratings::add_link(tx, &NewLink { id, intervention, version, member, expires_at }).await?;
    Ok(MailedLink { id, until: expires_at, secret: String::new() })
}

/// What the page of a link shows. One that was never mailed does not exist.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, link: Uuid, secret: &str) -> Result<RatingPage, Problem> {
    let (_, work) = open(app, link, secret).await?;
    Ok(RatingPage {
        link,
        secret: secret.to_owned(),
        intervention: work.intervention,
        program: work.program,
        work_type: work.work_type,
        closed_at: work.closed_at,
        billed: work.billed,
        rated: work.rating.map(|rating| rating.score),
        agreed_at: work.agreed_at,
        is_over: work.expires_at <= app.clock.now(),
    })
}

/// Keeps what somebody says of an intervention, once.
///
/// # Errors
/// [`Problem::Invalid`] without a score; [`Problem::Conflict`] when something else was said before, or the link is too old;
/// [`Problem::NotFound`].
pub async fn rate(app: &App, (link, secret): (Uuid, &str), score: &str, words: &str) -> Result<(), Problem> {
    let rating = Rating::check(score, words).map_err(|fields| Problem::Invalid { fields })?;
    let now = app.clock.now();
    let (mut tx, work) = open(app, link, secret).await?;
    if work.rating.as_ref() == Some(&rating) {
        return Ok(()); // the form was sent twice
    }
    if work.expires_at <= now || !ratings::add(&mut tx, &work, &rating, now).await? {
        return Err(Problem::Conflict);
    }
    Ok(tx.commit().await?)
}

/// Notes that somebody agrees to what the receipt of a mail bills.
///
/// # Errors
/// [`Problem::Conflict`] when the link is too old; [`Problem::NotFound`].
pub async fn agree(app: &App, (link, secret): (Uuid, &str)) -> Result<(), Problem> {
    let now = app.clock.now();
    let (mut tx, work) = open(app, link, secret).await?;
    if work.agreed_at.is_some() {
        return Ok(());
    }
    if work.expires_at <= now {
        return Err(Problem::Conflict);
    }
    ratings::agree(&mut tx, &work, now).await?;
    Ok(tx.commit().await?)
}

/// What a link is about, for whoever has its secret.
async fn open(app: &App, link: Uuid, secret: &str) -> Result<(Tx, LinkedWork), Problem> {
    let given = Token::parse(secret).ok_or(Problem::NotFound)?;
    let mut tx = app.db.system().await?;
    let key = installation::key(&mut tx).await?;
    // The hashes: how long they are compared tells nothing of the secret.
    if Token::of_link(&key, link).hash() != given.hash() {
        return Err(Problem::NotFound);
    }
    let work = ratings::find(&mut tx, link).await?.ok_or(Problem::NotFound)?;
    Ok((tx, work))
}
