//! Erasing what is kept of a customer's person (design, Erasure): by that person, or by the vendor who was asked to.

use super::accounts;
use crate::{
    model::{
        base::{
            fields::{FieldCode, keep_lines},
            ids::{CustomerId, MemberId},
        },
        people::{
            erasure::{ErasurePage, ErasureRefused, Heir},
            members::MemberPerson,
        },
        problem::Problem,
        work::interventions::{NOTE_MAX, NOTE_MIN},
    },
    server::{
        app::App,
        auth::{
            Caller, Client, Manager, Member,
            events::{SecurityEvent, record},
        },
        db::{
            OnConstraint, Tx,
            people::{
                customers,
                erasure::{self, Erasure},
                members,
            },
            retrying,
        },
    },
};

/// What a member is asked before being erased.
///
/// # Errors
/// [`Problem::NotFound`] for who is erased already.
pub async fn own_page(app: &App, member: &Member) -> Result<ErasurePage, Problem> {
    let mut page = page_of(app, member.customer(), member.id()).await?;
    if page.refused.is_none() && is_last_manager(app, member).await? {
        page.refused = Some(ErasureRefused::NobodyElseManages);
    }
    Ok(page)
}

/// What a manager of the vendor is asked before a person of a customer is erased.
///
/// # Errors
/// [`Problem::NotFound`], also for who is erased already.
pub async fn page(
    app: &App,
    _manager: &Manager,
    customer: CustomerId,
    member: MemberId,
) -> Result<ErasurePage, Problem> {
    page_of(app, customer, member).await
}

async fn page_of(app: &App, customer: CustomerId, member: MemberId) -> Result<ErasurePage, Problem> {
    let mut tx = app.db.system().await?;
    let customer_name = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?.name;
    let name = person(&mut tx, app, customer, member).await?;
    drop(tx);
    let mut tx = app.db.staff().await?;
    let open = erasure::open_requests(&mut tx, member).await?;
    let colleagues = erasure::colleagues(&mut tx, customer, member).await?;
    let is_stuck = colleagues.is_empty() && open.iter().any(|request| request.under_way);
    let refused = is_stuck.then_some(ErasureRefused::WorkUnderWay);
    Ok(ErasurePage { customer, customer_name, member, name, open, colleagues, refused })
}

/// The name of a person who is not erased.
async fn person(tx: &mut Tx, app: &App, customer: CustomerId, member: MemberId) -> Result<String, Problem> {
    let person = members::people(tx, customer, Some(member), app.clock.now()).await?.pop();
    Ok(person.ok_or(Problem::NotFound)?.form.name)
}

async fn is_last_manager(app: &App, member: &Member) -> Result<bool, Problem> {
    let mut tx = app.db.system().await?;
    let people = members::people(&mut tx, member.customer(), None, app.clock.now()).await?;
    let (own, others): (Vec<_>, Vec<_>) =
        people.into_iter().filter(MemberPerson::manages).partition(|person| person.id == member.id());
    Ok(!own.is_empty() && others.is_empty())
}

/// Erases whoever asks, who says so with the password.
///
/// * `heir` – as the form sends it: a colleague who takes the open requests over, or that they are called off
///
/// # Errors
/// [`Problem::Invalid`] for a wrong password, or while nobody has the open requests; [`Problem::Erasure`];
/// [`Problem::Throttled`] after too many guesses; [`Problem::Forbidden`] for all but members.
pub async fn erase_oneself(
    app: &App,
    client: &Client,
    caller: &Caller,
    password: &str,
    heir: &str,
) -> Result<(), Problem> {
    let member = caller.member()?;
    accounts::confirm(app, client, caller.session()?, password).await?;
    erase_now(app, member.id(), heir, true, "").await?;
    record(SecurityEvent::MemberErased(member.id()));
    Ok(())
}

/// Erases a person of a customer who asked for it, with a sign-in or without.
///
/// * `reason` – how the person asked
///
/// # Errors
/// [`Problem::Invalid`] without a reason, or while nobody has the open requests; [`Problem::Erasure`];
/// [`Problem::NotFound`].
pub async fn erase(
    app: &App,
    _manager: &Manager,
    customer: CustomerId,
    member: MemberId,
    reason: &str,
    heir: &str,
) -> Result<(), Problem> {
    let reason = keep_lines(reason, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))?;
    let mut tx = app.db.system().await?;
    // Of another customer, the person does not exist. Who is erased by now is found all the same: the form came twice.
    if !erasure::is_person_of(&mut tx, customer, member).await? {
        return Err(Problem::NotFound);
    }
    drop(tx);
    erase_now(app, member, heir, false, &reason).await?;
    record(SecurityEvent::MemberErased(member));
    Ok(())
}

/// One transaction: all of it, or nothing. Twice it is the same as once.
async fn erase_now(app: &App, member: MemberId, heir: &str, by_self: bool, reason: &str) -> Result<(), Problem> {
    let heir = Heir::from_form(heir);
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let erasure = Erasure { member, heir, by_self, reason, at: app.clock.now() };
        erasure::erase(&mut tx, &erasure)
            .await
            .on_constraints([
                ("somebody_manages", Problem::Erasure(ErasureRefused::NobodyElseManages)),
                ("work_is_somebodys", Problem::Erasure(ErasureRefused::WorkUnderWay)),
                ("heir_is_a_colleague", Problem::field("heir", FieldCode::Unknown)),
                ("requests_are_somebodys", Problem::field("heir", FieldCode::Missing)),
            ])?
            .ok_or(Problem::NotFound)?;
        Ok(tx.commit().await?)
    })
    .await
}
