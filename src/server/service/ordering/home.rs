//! Where everybody begins: what is next, what waits, what is left.

use crate::{
    model::{
        money::pages::{HomePage, MinutesLeft, Start},
        ordering::requests::RequestState,
        people::members::Capability,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Person},
        db::ordering::{home, requests},
        service::{minutes::billing_terms, people::sessions},
    },
};

/// What `/` is for a caller.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn start(app: &App, caller: &Caller) -> Result<Start, Problem> {
    Ok(match &caller.session()?.person {
        person @ Person::Staff { .. } => Start::Work(sessions::begins_at(app, person).await.to_owned()),
        Person::Member { .. } => Start::Home(Box::new(page(app, caller).await?)),
    })
}

/// What a member sees first.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Forbidden`] for staff.
pub async fn page(app: &App, caller: &Caller) -> Result<HomePage, Problem> {
    let now = app.clock.now();
    let member = caller.member()?;
    let sees_billing = caller.may_see_billing().is_ok();
    let mut tx = app.db.member(member.customer()).await?;
    let (mut ahead, waiting, earlier) = requests::lists::at_home(&mut tx, &member, now).await?;
    // What is asked of the customer comes before what is only agreed.
    ahead.sort_by_key(|request| (!request.awaits_consent, request.slot.map(|slot| slot.start)));
    let connects = ahead.first().filter(|first| first.state == RequestState::Scheduled);
    let beside = home::beside(&mut tx, &member, connects.map(|next| next.number), sees_billing, now).await?;
    let minutes = if sees_billing {
        let free = billing_terms::outlook(&mut tx, member.customer(), None, now).await?.free_at(now);
        Some(MinutesLeft { free: free.free(), reserved: free.reserved })
    } else {
        None
    };
    Ok(HomePage { ahead, waiting, earlier, minutes, may_order: member.may(Capability::Order), ..beside })
}
