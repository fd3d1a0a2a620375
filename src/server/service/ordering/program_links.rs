//! Orders that a program opens in a browser by a link that it signs (design, Links of programs).

use chrono::TimeDelta;

use super::drafts;
use crate::{
    model::{
        base::{fields::keep_line, ids::RequestId},
        line::programs::VERSION_MAX,
        ordering::{
            drafts::{DraftStep, TypedWish},
            program_links::TypedLink,
            program_orders::ProgramReport,
        },
        paths,
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::{
            Caller, Client, Orderer, events,
            tokens::{hmac_sha256, sha256},
        },
        db::ordering::{
            program_links::{self, SigningToken, TakenLink},
            program_orders,
        },
        service::people::{links, sessions::SignedIn},
    },
};

/// What stands before the signature.
const SIGNED_BY: &str = "&signature=";
/// For how long who opened a link may take to sign in.
const WAITS: TimeDelta = TimeDelta::hours(1);
/// For how long it is known which links were taken: longer than any is good.
const KNOWN_FOR: TimeDelta = TimeDelta::days(1);

/// A link that its program has signed and that is good.
pub struct ProgramLink {
    token: SigningToken,
    says: TypedLink,
    is_first: bool,
}

impl ProgramLink {
    /// The order that begins with it.
    #[must_use]
    pub const fn order(&self) -> RequestId {
        self.says.order()
    }
}

/// Takes a link as its address has it, and keeps what it says for whoever signs in first.
///
/// # Errors
/// [`Problem::NotFound`] for one that nobody has signed who may, and for one that is not good any more: which of them is not told.
pub async fn take(app: &App, query: &str) -> Result<ProgramLink, Problem> {
    let now = app.clock.now();
    let (signed, signature) = query.rsplit_once(SIGNED_BY).ok_or(Problem::NotFound)?;
    let says: TypedLink = serde_urlencoded::from_str(signed).map_err(|_| Problem::NotFound)?;
    let given = hex::decode(signature).map_err(|_| Problem::NotFound)?;
    let says = says.cleaned();
    if !says.is_good_at(now) {
        return Err(Problem::NotFound);
    }
    let mut tx = app.db.system().await?;
    // Digests are compared, so that no time tells how much of a signature was right.
    let is_signed = |token: &SigningToken| sha256(&hmac_sha256(&token.hash.0, signed.as_bytes())) == sha256(&given);
    let signing = program_links::signing(&mut tx, &says.token).await?;
    let token = signing.into_iter().find(is_signed).ok_or(Problem::NotFound)?;
    let kept = serde_json::to_string(&says).map_err(|_| Problem::Malformed)?;
    let is_first = program_links::take(&mut tx, &token, (says.order(), &kept), now).await?;
    tx.commit().await?;
    Ok(ProgramLink { token, says, is_first })
}

/// Signs in whom a link names, by the word of its program: where the customer trusts that, for who may do no more than order, and once.
/// Nobody where any of it does not hold.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn vouch(app: &App, client: &Client, link: &ProgramLink) -> Result<Option<SignedIn>, Problem> {
    if !link.token.vouches || !link.is_first || link.says.email.is_empty() {
        return Ok(None);
    }
    links::sign_in_vouched(app, client, link.token.customer, &link.says.email).await
}

/// Where an order goes on that was opened by a link.
pub enum Opened {
    /// At a page, with all that the link says.
    At(String),
    /// At its first screen: something is missing there.
    Incomplete(Box<TypedWish>),
}

/// Begins the order of a link that was taken, for who is signed in; opened again it is the same order.
///
/// # Errors
/// [`Problem::NotFound`] for a link of another customer's program, and for an order that a colleague has opened; whatever keeps from
/// ordering.
pub async fn open(app: &App, caller: &Caller, link: RequestId) -> Result<Opened, Problem> {
    let orderer = caller.may_order()?;
    let mut tx = app.db.member(orderer.customer()).await?;
    let since = app.clock.now() - WAITS;
    let taken = program_links::taken(&mut tx, orderer.customer(), link, since).await?.ok_or(Problem::NotFound)?;
    drop(tx);
    let says: TypedLink = serde_json::from_str(&taken.says).map_err(|_| Problem::NotFound)?;
    events::program_is(taken.token);
    let choice = match drafts::new_order(app, &orderer, Some(link)).await {
        Ok(choice) => choice,
        Err(Problem::MovedOn(MovedOn::Draft { id, .. })) => {
            let draft = drafts::what_choice(app, &orderer, id).await?.draft;
            return Ok(Opened::At(paths::draft_step(id, draft.map_or(DraftStep::What, |draft| draft.next_step()))));
        }
        Err(Problem::MovedOn(to)) => return Ok(Opened::At(paths::moved_on(to))),
        Err(problem) => return Err(problem),
    };
    let wish = says.wish(taken.program, &choice.contact);
    match drafts::save_wish(app, &orderer, link, &wish).await {
        Ok(step) => {
            keep_version(app, &orderer, link, &taken, &says).await?;
            Ok(Opened::At(paths::draft_step(link, step)))
        }
        Err(Problem::Invalid { .. } | Problem::Urgency(_) | Problem::AwaitsNod) => {
            Ok(Opened::Incomplete(Box::new(wish)))
        }
        Err(Problem::MovedOn(to @ (MovedOn::Request(_) | MovedOn::NewOrder))) => Ok(Opened::At(paths::moved_on(to))),
        Err(problem) => Err(problem),
    }
}

/// Keeps in which version the program runs, so that the request says it.
async fn keep_version(
    app: &App,
    orderer: &Orderer,
    link: RequestId,
    taken: &TakenLink,
    says: &TypedLink,
) -> Result<(), Problem> {
    let program_version = keep_line(&says.version, 0..=VERSION_MAX).unwrap_or_default();
    let report = ProgramReport { token: taken.token, program_version, reference: String::new() };
    let mut tx = app.db.member(orderer.customer()).await?;
    program_orders::keep_report(&mut tx, (link, orderer.customer()), &report).await?;
    Ok(tx.commit().await?)
}

/// Forgets links that are good no more.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    program_links::sweep(&mut tx, app.clock.now() - KNOWN_FOR).await?;
    Ok(tx.commit().await?)
}
