//! Another address to sign in with: asked for by its person, agreed to at both mailboxes.

use chrono::TimeDelta;

use super::links;
use crate::{
    model::{
        base::fields::{FieldCode, keep_email},
        mails::MailContent,
        people::addresses::{AddressPage, OwnAddressPage},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, Confirmed,
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            OnConstraint, mails,
            people::{addresses, staff},
            retrying,
        },
    },
};

/// How long both mailboxes may take: over a weekend.
const LINK_LIFE: TimeDelta = TimeDelta::hours(72);
/// How long after one another is asked for: nobody fills the mailboxes of others.
const APART_S: u32 = 120;

/// With which address whoever asks signs in, and which one they want to.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn own_page(app: &App, caller: &Caller) -> Result<OwnAddressPage, Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    let wanted = addresses::wanted(&mut tx, session.login, app.clock.now()).await?;
    Ok(OwnAddressPage { email: session.email.clone(), wanted })
}

/// Asks both mailboxes. Whether somebody signs in with the new one already is told to its mailbox only.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address, or the one of now; [`Problem::Throttled`] right after another one was asked for.
pub async fn ask(app: &App, caller: &Confirmed<'_>, typed: &str) -> Result<(), Problem> {
    let session = caller.session()?;
    let email = keep_email(typed).map_err(|code| Problem::field("email", code))?;
    if email == session.email {
        return Err(Problem::field("email", FieldCode::AlreadyUsed));
    }
    let now = app.clock.now();
    let (former_id, new_id) = (app.random.uuid(), app.random.uuid());
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let (former, former_token) = links::mailed(&mut tx, app, former_id, LINK_LIFE).await?;
        let (new, new_token) = links::mailed(&mut tx, app, new_id, LINK_LIFE).await?;
        let hashes = (former_token.hash(), new_token.hash());
        let since = now - TimeDelta::seconds(APART_S.into());
        if !addresses::put(&mut tx, session.login, &email, hashes, (now, since), former.until).await? {
            return Err(Problem::Throttled { retry_after_s: APART_S });
        }
        for (address, told, link) in [(None, None, former), (Some(email.as_str()), Some(email.clone()), new)] {
            let key = format!("address_asked:{}", link.id);
            let content = MailContent::AddressAsked { address: told, link };
            mails::to_login(&mut tx, (session.login, address), &content, now, &key).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    record(SecurityEvent::OwnAddressAsked(session.login));
    Ok(())
}

/// What the mailbox is asked that has a link.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, token: &str) -> Result<AddressPage, Problem> {
    let Some(token) = Token::parse(token) else { return Ok(AddressPage { asked: None }) };
    let mut tx = app.db.system().await?;
    Ok(AddressPage { asked: addresses::asked(&mut tx, token.hash(), app.clock.now()).await? })
}

/// Agrees for the mailbox that has a link; with the second one the address is another one, and whoever was signed in is no more.
/// Whether it is.
///
/// # Errors
/// [`Problem::NotFound`] when the link is not good, [`Problem::Invalid`] when somebody else signs in with the new address.
pub async fn agree(app: &App, token: &str) -> Result<bool, Problem> {
    let token = Token::parse(token).ok_or(Problem::NotFound)?;
    let changed = retrying(|| async {
        let mut tx = app.db.system().await?;
        let agreed = addresses::agree(&mut tx, token.hash(), app.clock.now()).await?;
        let (login, email) = agreed.ok_or(Problem::NotFound)?;
        if let Some(email) = &email {
            let used = Problem::field("email", FieldCode::AlreadyUsed);
            staff::set_address(&mut tx, login, email).await.on_constraint("address_is_one_persons", used)?;
        }
        tx.commit().await?;
        Ok(email.map(|_| login))
    })
    .await?;
    if let Some(login) = changed {
        record(SecurityEvent::OwnAddressChanged(login));
    }
    Ok(changed.is_some())
}
