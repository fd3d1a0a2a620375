//! People of a customer, as those of them who manage keep them: invited by mail, changed, and let go. What the vendor's people may do
//! beyond that stands in [`members`](super::members), with what both do alike.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{members as kept, passwords};
use crate::{
    model::{
        base::{
            ids::{CustomerId, LoginId, MemberId},
            seen::Seen,
        },
        line::limits::Limit,
        mails::MailContent,
        people::{
            colleagues::{ColleagueList, ColleaguePage},
            erasure::Heir,
            members::MemberForm,
            passwords::SignInState,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            CustomerManager,
            events::{SecurityEvent, record},
        },
        db::{
            OnConstraint, Tx,
            line::limits,
            mails::{self, Signed},
            people::{customers, erasure, members, passwords as links, registrations},
            retrying,
        },
    },
};

/// How many of those who ask to be let in are shown.
const SHOWN: i64 = 50;
/// How many invitations a customer sends within a day.
const INVITATIONS_PER_DAY: u32 = 50;
/// Within which time a second wish for a new link is the first one, sent twice.
const SENT_TWICE: TimeDelta = TimeDelta::minutes(1);

/// Everybody of the organisation.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(app: &App, manager: &CustomerManager) -> Result<ColleagueList, Problem> {
    let mut tx = app.db.system().await?;
    let people = members::people(&mut tx, manager.customer(), None, app.clock.now()).await?;
    let asking = registrations::asking(&mut tx, Some(manager.customer()), SHOWN, app.clock.now()).await?;
    Ok(ColleagueList { people, oneself: manager.id(), asking })
}

/// One person of the organisation, or the form that invites one.
///
/// * `asks` – who has asked to be let in, and is invited
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(
    app: &App,
    manager: &CustomerManager,
    id: Option<MemberId>,
    asks: Option<Uuid>,
) -> Result<ColleaguePage, Problem> {
    let page = kept::page_of(app, manager.customer(), id).await?;
    let asked = match asks {
        Some(asks) => {
            let mut tx = app.db.system().await?;
            let asking = registrations::asking(&mut tx, Some(manager.customer()), SHOWN, app.clock.now()).await?;
            asking.rows.into_iter().find(|request| request.id == asks)
        }
        None => None,
    };
    Ok(ColleaguePage { page, asked })
}

/// Invites a person by mail. Who was there before, or has not followed the link yet, is invited once more with what is typed now.
///
/// * `key` – of the form: sent twice, it invites once
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, an address that somebody signs in with already included.
pub async fn invite(app: &App, manager: &CustomerManager, typed: &MemberForm, key: Uuid) -> Result<MemberId, Problem> {
    let customer = manager.customer();
    let typed = MemberForm { signs_in: true, ..typed.clone() };
    let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let link = app.random.uuid();
    let invited = retrying(|| async {
        let mut tx = app.db.system().await?;
        customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
        if let Some(id) = members::by_key(&mut tx, customer, key).await? {
            return Ok(id);
        }
        let (id, was_there) = match members::by_address(&mut tx, customer, &form.email).await? {
            Some(id) => {
                let known = kept::person(&mut tx, app, customer, id).await?;
                if known.active && known.sign_in == Some(SignInState::Ready) {
                    return Err(kept::address_used());
                }
                members::update(&mut tx, customer, id, &form, true).await?;
                (id, known.active)
            }
            None => match members::invited_in_vain(&mut tx, customer, &form.email).await? {
                Some(id) => {
                    members::update(&mut tx, customer, id, &form, true).await?;
                    (id, false)
                }
                None => (kept::write_new(&mut tx, app, None, customer, &form, key, None).await?, false),
            },
        };
        admit_invitation(&mut tx, app, customer).await?;
        let login = match members::login(&mut tx, id).await? {
            Some(login) => login,
            None if members::is_address_used(&mut tx, &form.email).await? => {
                send_in_vain(&mut tx, app, customer, (id, &form)).await?;
                tx.commit().await?;
                return Ok(id);
            }
            None => {
                members::note_invited_in_vain(&mut tx, id, None).await?;
                kept::give_sign_in(&mut tx, id, &form.email).await?
            }
        };
        // Who was there has no key of this form: sent twice, it is one wish as well.
        let since = app.clock.now() - SENT_TWICE;
        if !was_there || !links::has_link_since(&mut tx, login, since).await? {
            send_link(&mut tx, app, customer, (id, login), link).await?;
        }
        tx.commit().await?;
        Ok(id)
    })
    .await?;
    record(SecurityEvent::MemberAdded(invited));
    Ok(invited)
}

/// Writes what a person is called, may do and is told. The address of who signs in stays; who shall sign in from now on is invited.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::NobodyElseManages`]; [`Problem::ChangedMeanwhile`];
/// [`Problem::NotFound`], also for who was let go.
pub async fn save(
    app: &App,
    manager: &CustomerManager,
    id: MemberId,
    typed: &MemberForm,
    seen: &Seen,
) -> Result<(), Problem> {
    let customer = manager.customer();
    let link = app.random.uuid();
    retrying(|| async {
        let mut tx = app.db.system().await?;
        customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
        let known = kept::person(&mut tx, app, customer, id).await?;
        if !known.active {
            return Err(Problem::NotFound);
        }
        let email = if known.form.signs_in { &known.form.email } else { &typed.email };
        let typed = MemberForm { email: email.clone(), ..typed.clone() };
        if members::login(&mut tx, id).await?.is_none() && (typed.signs_in || known.form.signs_in) {
            let form = MemberForm { signs_in: true, ..typed.clone() }.check();
            let form = form.map_err(|fields| Problem::Invalid { fields })?;
            if members::is_address_used(&mut tx, &form.email).await? {
                seen.admit(&known.form.fields(), &form.fields())?;
                members::update(&mut tx, customer, id, &form, true)
                    .await
                    .on_constraint("somebody_manages", kept::last())?;
                if !known.form.signs_in {
                    admit_invitation(&mut tx, app, customer).await?;
                    send_in_vain(&mut tx, app, customer, (id, &form)).await?;
                }
                return Ok(tx.commit().await?);
            }
            members::note_invited_in_vain(&mut tx, id, None).await?;
        }
        let (_, token) = passwords::mailed(&mut tx, app, link).await?;
        let invited = kept::write_known(&mut tx, app, None, (customer, &known), &typed, seen, &token).await?;
        if kept::leaves_nobody(&mut tx, app, customer, &known).await? {
            return Err(kept::last());
        }
        if let (true, Some(login)) = (invited, members::login(&mut tx, id).await?) {
            admit_invitation(&mut tx, app, customer).await?;
            send_link(&mut tx, app, customer, (id, login), link).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    record(SecurityEvent::MemberChanged(id));
    Ok(())
}

/// Sends a new link to a person who has not chosen a password yet; the one before is good no more.
///
/// # Errors
/// [`Problem::NotFound`], also for who can sign in already, and for who was let go.
pub async fn resend(app: &App, manager: &CustomerManager, id: MemberId) -> Result<(), Problem> {
    let customer = manager.customer();
    let link = app.random.uuid();
    let sent = retrying(|| async {
        let mut tx = app.db.system().await?;
        customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
        let known = kept::person(&mut tx, app, customer, id).await?;
        if !known.active || matches!(known.sign_in, None | Some(SignInState::Ready)) {
            return Err(Problem::NotFound);
        }
        let Some(login) = members::login(&mut tx, id).await? else {
            admit_invitation(&mut tx, app, customer).await?;
            send_in_vain(&mut tx, app, customer, (id, &known.form)).await?;
            tx.commit().await?;
            return Ok(None);
        };
        if links::has_link_since(&mut tx, login, app.clock.now() - SENT_TWICE).await? {
            return Ok(None);
        }
        admit_invitation(&mut tx, app, customer).await?;
        send_link(&mut tx, app, customer, (id, login), link).await?;
        tx.commit().await?;
        Ok(Some(login))
    })
    .await?;
    if let Some(login) = sent {
        record(SecurityEvent::PasswordLinkMade(login));
    }
    Ok(())
}

/// Lets a person go, or takes an invitation back: sessions and links end, requests stay, and what is open of them goes on with a
/// colleague, who is told, or is called off.
///
/// * `heir` – as the form sends it
///
/// # Errors
/// [`Problem::NobodyElseManages`]; [`Problem::Invalid`] while nobody has the open requests; [`Problem::Erasure`] when work is under
/// way and nobody takes it over; [`Problem::NotFound`].
pub async fn remove(app: &App, manager: &CustomerManager, id: MemberId, heir: &str) -> Result<(), Problem> {
    let customer = manager.customer();
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let open = u32::try_from(erasure::open_requests_count(&mut tx, id).await?).unwrap_or_default();
        let known = kept::let_go(&mut tx, app, customer, id, heir).await?;
        if kept::leaves_nobody(&mut tx, app, customer, &known).await? {
            return Err(kept::last());
        }
        if let (Some(Heir::Colleague(colleague)), 1.., true) = (Heir::from_form(heir), open, known.active) {
            let key = format!("handed_over:{id}:{}", app.clock.now().timestamp_micros());
            let told = MailContent::HandedOver { requests: open };
            mails::to_member(&mut tx, colleague, &told, app.clock.now(), &key).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    record(SecurityEvent::MemberLeft(id));
    Ok(())
}

/// Makes a link the only one of a sign-in and mails it to its person.
async fn send_link(
    tx: &mut Tx,
    app: &App,
    customer: CustomerId,
    (id, login): (MemberId, LoginId),
    link: Uuid,
) -> Result<(), Problem> {
    let (link, token) = passwords::mailed(tx, app, link).await?;
    passwords::put(tx, app, login, None, &token).await?;
    let customer = customers::lock(tx, customer).await?.ok_or(Problem::NotFound)?;
    // By the link: another one has another mail, and the one before is withdrawn if it still waits.
    let key = format!("invited:{}", link.id);
    Ok(mails::to_member(tx, id, &MailContent::Invited { customer, link }, app.clock.now(), &key).await?)
}

/// Lets a customer invite once more within a day: an invitation is a mail to somebody who has not asked for one.
async fn admit_invitation(tx: &mut Tx, app: &App, customer: CustomerId) -> Result<(), Problem> {
    let limit = (Limit::WritesPerMinute, INVITATIONS_PER_DAY);
    let subject = format!("invitations of customer {customer}");
    match limits::count_use(tx, limit, &subject, TimeDelta::days(1), app.clock.now()).await? {
        None => Ok(()),
        Some(retry_after_s) => Err(Problem::Throttled { retry_after_s }),
    }
}

/// Lets a person look invited with whose address somebody signs in already, to whom only the mail says it.
async fn send_in_vain(
    tx: &mut Tx,
    app: &App,
    customer: CustomerId,
    (id, form): (MemberId, &MemberForm),
) -> Result<(), Problem> {
    let now = app.clock.now();
    members::note_invited_in_vain(tx, id, Some(now + passwords::LINK_LIFE)).await?;
    let organisation = customers::lock(tx, customer).await?.ok_or(Problem::NotFound)?;
    let to = ((form.email.as_str(), form.name.as_str(), "cs"), Signed::Customer(customer));
    let key = format!("invited_in_vain:{id}:{}", now.date_naive());
    Ok(mails::to_nobody_yet(tx, to, &MailContent::AccessThere { organisation }, now, &key).await?)
}
