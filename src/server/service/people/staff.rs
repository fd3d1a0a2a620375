//! People of the vendor: invited, changed and let go by managers; each chooses the own password.

use super::{accounts, guesses, passwords, second_factors};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_email},
            ids::{LoginId, StaffId},
            seen::Seen,
        },
        mails::MailContent,
        people::{
            members::StaffRole,
            passwords::SignInState,
            staff::{StaffForm, StaffPage, StaffPerson, StaffPersonPage},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Manager,
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            OnConstraint, Tx,
            locks::{self, Lock},
            mails,
            people::{sessions, staff},
            retrying,
        },
    },
};

/// Everybody who works or has worked here.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<StaffPage, Problem> {
    let mut tx = app.db.system().await?;
    let people = staff::people(&mut tx, None, app.clock.now()).await?;
    Ok(StaffPage { people, skills: staff::skills(&mut tx).await?, regions: staff::regions(&mut tx).await? })
}

/// One person; `link` is the secret of the one that was made just now.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn person_page(
    app: &App,
    manager: &Manager,
    id: StaffId,
    link: Option<Token>,
) -> Result<StaffPersonPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let person = person(&mut tx, app, id).await?;
    let link = match link {
        Some(token) => passwords::shown(&mut tx, app, &token, &person.form.email).await?,
        None => None,
    };
    let failed_sign_ins = guesses::failed_attempts(&mut tx, &person.form.email, now).await?;
    Ok(StaffPersonPage {
        failed_sign_ins,
        skills: staff::skills(&mut tx).await?,
        regions: staff::regions(&mut tx).await?,
        appointments: staff::appointments_ahead(&mut tx, id, now).await?,
        leaves_on: staff::leaves_on(&mut tx, id).await?,
        is_oneself: id == manager.id(),
        person,
        link,
    })
}

/// Invites a person, and returns the secret of the link by which that person chooses a password. Inviting the same person again
/// who has not chosen one yet makes a new link.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, an address that somebody signs in with already included.
pub async fn invite(app: &App, manager: &Manager, typed: &StaffForm) -> Result<(StaffId, Token), Problem> {
    add(app, Some(manager.id()), typed).await
}

/// The same for whoever may run commands on the server, which is how the first manager comes in.
///
/// # Errors
/// As [`invite`].
pub async fn add(app: &App, by: Option<StaffId>, typed: &StaffForm) -> Result<(StaffId, Token), Problem> {
    let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let token = Token::new(&app.random);
    let used = || Problem::field("email", FieldCode::AlreadyUsed);
    let added = retrying(|| async {
        let mut tx = app.db.system().await?;
        if let Some(id) = staff::by_email(&mut tx, &form.email).await? {
            let known = person(&mut tx, app, id).await?;
            let is_the_same = known.form.name == form.name && known.active;
            if !is_the_same || known.sign_in == SignInState::Ready {
                return Err(used());
            }
            renew(&mut tx, app, id, by, &token).await?;
            tx.commit().await?;
            return Ok(id);
        }
        let (id, login) = staff::insert(&mut tx, &form).await.on_constraint("address_is_one_persons", used())?;
        if form.roles.contains(StaffRole::Technician) {
            staff::plan_hours_of_line(&mut tx, id, app.clock.now()).await?;
        }
        passwords::put(&mut tx, app, login, by, &token).await?;
        tx.commit().await?;
        Ok(id)
    })
    .await?;
    record(SecurityEvent::StaffInvited(added));
    Ok((added, token))
}

/// Writes what a person is called, does and knows. The address stays.
///
/// # Errors
/// [`Problem::Invalid`]; [`Problem::LastManager`]; [`Problem::AppointmentsAhead`] when a technician who has agreed work would
/// be none any more; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn save(app: &App, _manager: &Manager, id: StaffId, typed: &StaffForm, seen: &Seen) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.system().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let known = person(&mut tx, app, id).await?;
        let typed = StaffForm { email: known.form.email.clone(), ..typed.clone() };
        let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
        seen.admit(&known.form.fields(), &form.fields())?;
        write(&mut tx, app, &known, &form, known.active).await?;
        Ok(tx.commit().await?)
    })
    .await?;
    record(SecurityEvent::StaffChanged(id));
    Ok(())
}

/// Corrects the address with which a person signs in: sessions and links of the former end, and both are written to. The same
/// address changes nothing.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address, or somebody's already; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`], also
/// for who does not work here.
pub async fn change_address(
    app: &App,
    _manager: &Manager,
    id: StaffId,
    typed: &str,
    seen: &Seen,
) -> Result<(), Problem> {
    let email = keep_email(typed).map_err(|code| Problem::field("email", code))?;
    let now = app.clock.now();
    let is_changed = retrying(|| async {
        let mut tx = app.db.system().await?;
        locks::take(&mut tx, Lock::Saving).await?;
        let known = person(&mut tx, app, id).await?;
        let login = staff::login(&mut tx, id).await?.filter(|_| known.active).ok_or(Problem::NotFound)?;
        let former = known.form.email.as_str();
        if former == email {
            return Ok(false);
        }
        let sent = StaffForm { email: email.clone(), ..known.form.clone() };
        seen.admit(&known.form.address_fields(), &sent.address_fields())?;
        let used = Problem::field("email", FieldCode::AlreadyUsed);
        staff::set_address(&mut tx, login, &email).await.on_constraint("address_is_one_persons", used)?;
        let key = format!("address_changed:{id}:{}", now.timestamp_micros());
        let told = MailContent::AddressChanged { address: Some(email.clone()) };
        mails::to_staff(&mut tx, id, &told, now, &key).await?;
        let told = MailContent::AddressChanged { address: None };
        mails::to_login(&mut tx, (login, Some(former)), &told, now, &format!("{key}:former")).await?;
        tx.commit().await?;
        Ok(true)
    })
    .await?;
    if is_changed {
        record(SecurityEvent::StaffAddressChanged(id));
    }
    Ok(())
}

/// Lets a person go, or come back: who is gone is signed out everywhere, cannot sign in and is in nobody's plan.
///
/// # Errors
/// As [`save`].
pub async fn set_active(app: &App, _manager: &Manager, id: StaffId, active: bool) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let known = person(&mut tx, app, id).await?;
        if active {
            staff::stays(&mut tx, id).await?;
        }
        write(&mut tx, app, &known, &known.form, active).await?;
        if let (false, Some(login)) = (active, staff::login(&mut tx, id).await?) {
            sessions::delete_all(&mut tx, login).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    record(if active { SecurityEvent::StaffReturned(id) } else { SecurityEvent::StaffLeft(id) });
    Ok(())
}

/// Lets those go whose last day has passed.
///
/// # Errors
/// The first failure's; the others are let go nevertheless.
pub async fn let_due_go(app: &App) -> Result<(), Problem> {
    let today = to_local(app.clock.now()).date();
    let due = {
        let mut tx = app.db.system().await?;
        staff::leaving(&mut tx, today).await?
    };
    let mut outcome = Ok(());
    for id in due {
        outcome = outcome.and(let_due_one_go(app, id).await);
    }
    outcome
}

async fn let_due_one_go(app: &App, id: StaffId) -> Result<(), Problem> {
    let gone = retrying(|| async {
        let mut tx = app.db.system().await?;
        let known = person(&mut tx, app, id).await?;
        write(&mut tx, app, &known, &known.form, false).await?;
        if let Some(login) = staff::login(&mut tx, id).await? {
            sessions::delete_all(&mut tx, login).await?;
        }
        Ok(tx.commit().await?)
    });
    match gone.await {
        // Work of the last day goes on: it is looked at again in a minute.
        Err(Problem::AppointmentsAhead) => Ok(()),
        gone => {
            gone?;
            record(SecurityEvent::StaffLeft(id));
            Ok(())
        }
    }
}

/// Makes a new link by which a person chooses a password; the old password is good until then.
///
/// # Errors
/// [`Problem::NotFound`], also for who does not work here.
pub async fn new_link(app: &App, by: Option<StaffId>, id: StaffId) -> Result<Token, Problem> {
    let token = Token::new(&app.random);
    let mut tx = app.db.system().await?;
    if !person(&mut tx, app, id).await?.active {
        return Err(Problem::NotFound);
    }
    let login = renew(&mut tx, app, id, by, &token).await?;
    tx.commit().await?;
    record(SecurityEvent::PasswordLinkMade(login));
    Ok(token)
}

/// The same for who signs in with an address, for whoever may run commands on the server: who has lost the password may have lost
/// the second factor as well, and nobody else could forget the last manager's.
///
/// # Errors
/// As [`new_link`].
pub async fn new_link_for(app: &App, email: &str) -> Result<Token, Problem> {
    let mut tx = app.db.system().await?;
    let id = staff::by_email(&mut tx, &email.trim().to_lowercase()).await?.ok_or(Problem::NotFound)?;
    let login = staff::login(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    second_factors::forget(&mut tx, login).await?;
    tx.commit().await?;
    record(SecurityEvent::FactorRemoved(login));
    new_link(app, None, id).await
}

/// Signs a person out everywhere.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn end_sessions(app: &App, _manager: &Manager, id: StaffId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let login = staff::login(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    sessions::delete_all(&mut tx, login).await?;
    tx.commit().await?;
    record(SecurityEvent::SessionsEnded(login));
    Ok(())
}

/// Forgets the second factor of who has lost it; whoever was signed in is no more.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn forget_factor(app: &App, _manager: &Manager, id: StaffId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let login = staff::login(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    second_factors::forget(&mut tx, login).await?;
    sessions::delete_all(&mut tx, login).await?;
    tx.commit().await?;
    record(SecurityEvent::FactorRemoved(login));
    Ok(())
}

/// Lets the next attempt of a person to sign in be looked at, however many have failed.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn unlock(app: &App, _manager: &Manager, id: StaffId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let person = person(&mut tx, app, id).await?;
    drop(tx);
    accounts::unlock(app, &person.form.email).await?;
    Ok(())
}

/// Whether nobody is there yet who could let anybody in.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn needs_manager(app: &App) -> Result<bool, Problem> {
    let mut tx = app.db.system().await?;
    Ok(!staff::has_manager(&mut tx).await?)
}

async fn person(tx: &mut Tx, app: &App, id: StaffId) -> Result<StaffPerson, Problem> {
    staff::people(tx, Some(id), app.clock.now()).await?.pop().ok_or(Problem::NotFound)
}

async fn renew(tx: &mut Tx, app: &App, id: StaffId, by: Option<StaffId>, token: &Token) -> Result<LoginId, Problem> {
    let login = staff::login(tx, id).await?.ok_or(Problem::NotFound)?;
    passwords::put(tx, app, login, by, token).await?;
    Ok(login)
}

async fn write(tx: &mut Tx, app: &App, known: &StaffPerson, form: &StaffForm, active: bool) -> Result<(), Problem> {
    // First written, then looked: what is being agreed at the same moment waits for this row.
    staff::update(tx, known.id, form, active).await.on_constraint("a_manager_stays", Problem::LastManager)?;
    if active && form.roles.contains(StaffRole::Technician) {
        return Ok(staff::plan_hours_of_line(tx, known.id, app.clock.now()).await?);
    }
    if staff::appointments_ahead(tx, known.id, app.clock.now()).await? > 0 {
        return Err(Problem::AppointmentsAhead);
    }
    if active {
        staff::forget_plan(tx, known.id).await?;
    } else {
        staff::give_up_plan(tx, known.id).await?;
    }
    Ok(())
}
