//! Links by mail: who asks for one gets the same answer, whether or not there is such a sign-in, and after the same work. What is
//! asked is noted, and a job does the rest.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{
    guesses,
    sessions::{self, By, Factors, SignedIn},
};
use crate::{
    model::{
        base::{fields::keep_email, ids::CustomerId},
        mails::{MailContent, MailedLink},
        people::{
            links::{LinkKind, SignInLinkPage},
            members::{Capabilities, Capability},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Client, Person,
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            DbError, Tx, installation, mails,
            people::{accounts as logins, links, passwords},
            retrying,
        },
    },
};

/// How long a link is good that whoever asks gets.
const LINK_LIFE: TimeDelta = TimeDelta::hours(1);
/// How far apart mails of one kind are, however often they are asked for: nobody's mailbox is filled by others.
const APART: TimeDelta = TimeDelta::minutes(5);

/// Notes that somebody wants a link. It counts like an attempt to sign in, apart from those of the account.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address, [`Problem::Throttled`].
pub async fn ask(app: &App, client: &Client, typed: &str, kind: LinkKind) -> Result<(), Problem> {
    let email = keep_email(typed).map_err(|code| Problem::field("email", code))?;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let login = logins::login(&mut tx, &email).await?.map(|login| login.id);
    let attempt = guesses::admit(app, &mut tx, client, &format!("link for {email}"), now).await?;
    links::wish(&mut tx, app.random.uuid(), login, kind, now).await?;
    tx.commit().await?;
    app.clock.wait_until(attempt.turn).await;
    Ok(())
}

/// Makes and mails the link that somebody asked for, unless one was just mailed.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn send(app: &App, wish: Uuid) -> Result<(), Problem> {
    let now = app.clock.now();
    let id = app.random.uuid();
    let sent = retrying(|| async {
        let mut tx = app.db.system().await?;
        let Some((login, kind)) = links::take_wish(&mut tx, wish, now, now - APART).await? else { return Ok(None) };
        let (link, token) = mailed(&mut tx, app, id, LINK_LIFE).await?;
        let content = match kind {
            LinkKind::Password => {
                passwords::put_link(&mut tx, login, token.hash(), None, now, link.until).await?;
                MailContent::PasswordLink { link }
            }
            LinkKind::SignIn => {
                links::put_sign_in(&mut tx, login, token.hash(), now, link.until).await?;
                MailContent::SignInLink { link }
            }
        };
        mails::to_login(&mut tx, (login, None), &content, now, &format!("{}:{id}", content.code())).await?;
        tx.commit().await?;
        Ok(Some((login, kind)))
    })
    .await?;
    match sent {
        Some((login, LinkKind::Password)) => record(SecurityEvent::PasswordLinkMade(login)),
        Some((login, LinkKind::SignIn)) => record(SecurityEvent::SignInLinkMade(login)),
        None => {}
    }
    Ok(())
}

/// Where a link leads that signs in. Opening it uses nothing up: programs that look into mails open links, too.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, token: &str) -> Result<SignInLinkPage, Problem> {
    let Some(token) = Token::parse(token) else { return Ok(SignInLinkPage { is_good: false }) };
    let mut tx = app.db.system().await?;
    Ok(SignInLinkPage { is_good: links::signs_in(&mut tx, token.hash(), app.clock.now()).await? })
}

/// Signs in by a link, which is used up by it.
///
/// # Errors
/// [`Problem::NotFound`] when it is not good, or its person is gone.
pub async fn sign_in(app: &App, client: &Client, token: &str) -> Result<SignedIn, Problem> {
    let token = Token::parse(token).ok_or(Problem::NotFound)?;
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let email = links::use_sign_in(&mut tx, token.hash(), now).await?.ok_or(Problem::NotFound)?;
    let login = logins::login(&mut tx, &email).await?.ok_or(Problem::NotFound)?;
    let device = guesses::remember(app, &mut tx, client, login.id, now).await?;
    sessions::begin(app, tx, client, (login, device), By::ourselves(&email, Factors::One)).await
}

/// Signs in whom somebody vouches for that a customer trusts: a person of that customer's who may order, and nothing that costs or
/// concerns others. Nobody where any of it does not hold.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sign_in_vouched(
    app: &App,
    client: &Client,
    customer: CustomerId,
    email: &str,
) -> Result<Option<SignedIn>, Problem> {
    let mut tx = app.db.system().await?;
    let Some(login) = logins::login(&mut tx, email).await? else { return Ok(None) };
    let is_let_in = match &login.person {
        Person::Member { customer: of, capabilities, .. } => *of == customer && may_only_order(*capabilities),
        Person::Staff { .. } => false,
    };
    if !is_let_in {
        return Ok(None);
    }
    let device = guesses::remember(app, &mut tx, client, login.id, app.clock.now()).await?;
    match sessions::begin(app, tx, client, (login, device), By::ourselves(email, Factors::One)).await {
        Ok(signed_in) => Ok(Some(signed_in)),
        Err(Problem::ProviderRequired { .. }) => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn may_only_order(capabilities: Capabilities) -> bool {
    let allowed = [Capability::Order, Capability::SeeAll];
    capabilities.may(Capability::Order) && capabilities.iter().all(|capability| allowed.contains(&capability))
}

/// A link that is about to be mailed, and its secret.
///
/// # Errors
/// When the database fails.
pub(super) async fn mailed(tx: &mut Tx, app: &App, id: Uuid, life: TimeDelta) -> Result<(MailedLink, Token), DbError> {
    let token = Token::of_link(&installation::key(tx).await?, id);
    Ok((MailedLink { id, until: app.clock.now() + life, secret: String::new() }, token))
}

/// Forgets who asked long ago.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    links::sweep(&mut tx, app.clock.now() - TimeDelta::days(1)).await?;
    Ok(tx.commit().await?)
}
