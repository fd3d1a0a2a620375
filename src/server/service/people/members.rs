//! People of customers, as the vendor's people keep them: with a sign-in or without.

use uuid::Uuid;

use super::{accounts, guesses, passwords};
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{CustomerId, LoginId, MemberId},
            seen::Seen,
        },
        people::members::{MemberForm, MemberPage, MemberPerson},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Desk,
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            OnConstraint, Tx,
            people::{customers, members, sessions},
            retrying,
        },
    },
};

/// The page of one person, or of one to be added; `link` is the secret of the one that was made just now.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(
    app: &App,
    desk: &Desk,
    customer: CustomerId,
    id: Option<MemberId>,
    link: Option<Token>,
) -> Result<MemberPage, Problem> {
    let mut tx = app.db.system().await?;
    let facts = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    let (person, link) = match id {
        Some(id) => {
            let person = person(&mut tx, app, customer, id).await?;
            let link = match link {
                Some(token) => passwords::shown(&mut tx, app, &token, &person.form.email).await?,
                None => None,
            };
            (Some(person), link)
        }
        None => (None, None),
    };
    let is_last_manager = match &person {
        Some(person) if person.manages() => managers(&mut tx, app, customer).await? == 1,
        _ => false,
    };
    let failed_sign_ins = match &person {
        Some(person) if person.sign_in.is_some() => {
            guesses::failed_attempts(&mut tx, &person.form.email, app.clock.now()).await?
        }
        _ => 0,
    };
    let key = app.random.uuid();
    let (customer_name, may_erase) = (facts.name, desk.is_manager());
    Ok(MemberPage { customer, customer_name, person, link, is_last_manager, failed_sign_ins, may_erase, key })
}

/// Adds a person. Who shall sign in gets a link, whose secret is returned.
///
/// * `key` – of the form: sent twice, it adds one person, with a new link
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, an address that somebody signs in with already included;
/// [`Problem::NotFound`].
pub async fn add(
    app: &App,
    desk: &Desk,
    customer: CustomerId,
    typed: &MemberForm,
    key: Uuid,
) -> Result<(MemberId, Option<Token>), Problem> {
    let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let token = form.signs_in.then(|| Token::new(&app.random));
    let added = retrying(|| async {
        let mut tx = app.db.system().await?;
        customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
        let id = match members::by_key(&mut tx, customer, key).await? {
            Some(id) => id,
            // The same key of another customer's is no form of ours.
            None => members::insert(&mut tx, customer, &form, key)
                .await
                .on_constraint("one_person_of_a_form", Problem::Malformed)?,
        };
        if let Some(token) = &token {
            let login = match members::login(&mut tx, id).await? {
                Some(login) => login,
                None => members::add_login(&mut tx, id, &form.email)
                    .await
                    .on_constraint("address_is_one_persons", address_used())?,
            };
            passwords::put(&mut tx, app, login, Some(desk.id()), token).await?;
        }
        tx.commit().await?;
        Ok(id)
    })
    .await?;
    record(SecurityEvent::MemberAdded(added));
    Ok((added, token))
}

/// Writes what a person is called, may do and is told. Who shall sign in from now on gets a link, whose secret is returned.
///
/// * `knowingly` – that nobody is left who could let others in
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`]; [`Problem::NotFound`].
pub async fn save(
    app: &App,
    desk: &Desk,
    (customer, id): (CustomerId, MemberId),
    typed: &MemberForm,
    knowingly: bool,
    seen: &Seen,
) -> Result<Option<Token>, Problem> {
    let new_link = Token::new(&app.random);
    let invited = retrying(|| async {
        let mut tx = app.db.system().await?;
        customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
        let known = person(&mut tx, app, customer, id).await?;
        // A sign-in is not taken back; who shall not sign in is let go.
        let typed = MemberForm { signs_in: typed.signs_in || known.form.signs_in, ..typed.clone() };
        let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
        // The customer's row is locked: nobody else saves one of its people meanwhile.
        seen.admit(&known.form.fields(), &form.fields())?;
        members::update(&mut tx, customer, id, &form, known.active).await?;
        let login = members::login(&mut tx, id).await?;
        let invited = match login {
            Some(login) => {
                members::set_address(&mut tx, login, &form.email)
                    .await
                    .on_constraint("address_is_one_persons", address_used())?;
                false
            }
            None if form.signs_in => {
                let login = members::add_login(&mut tx, id, &form.email)
                    .await
                    .on_constraint("address_is_one_persons", address_used())?;
                passwords::put(&mut tx, app, login, Some(desk.id()), &new_link).await?;
                true
            }
            None => false,
        };
        keep_a_manager(&mut tx, app, customer, &known, knowingly).await?;
        tx.commit().await?;
        Ok(invited)
    })
    .await?;
    record(SecurityEvent::MemberChanged(id));
    Ok(invited.then_some(new_link))
}

/// Lets a person go, who is signed out everywhere and written to no more, or come back.
///
/// * `knowingly` – as [`save`] has it
///
/// # Errors
/// [`Problem::Invalid`] when nobody would be left who could let others in, [`Problem::NotFound`].
pub async fn set_active(
    app: &App,
    _desk: &Desk,
    customer: CustomerId,
    id: MemberId,
    active: bool,
    knowingly: bool,
) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.system().await?;
        customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
        let known = person(&mut tx, app, customer, id).await?;
        members::update(&mut tx, customer, id, &known.form, active).await?;
        keep_a_manager(&mut tx, app, customer, &known, knowingly).await?;
        if let (false, Some(login)) = (active, members::login(&mut tx, id).await?) {
            sessions::delete_all(&mut tx, login).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    record(if active { SecurityEvent::MemberReturned(id) } else { SecurityEvent::MemberLeft(id) });
    Ok(())
}

/// Makes a new link by which a person chooses a password; the old password is good until then.
///
/// # Errors
/// [`Problem::NotFound`], also for who has no sign-in or is gone.
pub async fn new_link(app: &App, desk: &Desk, customer: CustomerId, id: MemberId) -> Result<Token, Problem> {
    let token = Token::new(&app.random);
    let mut tx = app.db.system().await?;
    if !person(&mut tx, app, customer, id).await?.active {
        return Err(Problem::NotFound);
    }
    let login = members::login(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    passwords::put(&mut tx, app, login, Some(desk.id()), &token).await?;
    tx.commit().await?;
    record(SecurityEvent::PasswordLinkMade(login));
    Ok(token)
}

/// Signs a person out everywhere.
///
/// # Errors
/// [`Problem::NotFound`], also for who has no sign-in.
pub async fn end_sessions(app: &App, _desk: &Desk, customer: CustomerId, id: MemberId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    person(&mut tx, app, customer, id).await?;
    let login: LoginId = members::login(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    sessions::delete_all(&mut tx, login).await?;
    tx.commit().await?;
    record(SecurityEvent::SessionsEnded(login));
    Ok(())
}

/// Lets the next attempt of a person to sign in be looked at, however many have failed.
///
/// # Errors
/// [`Problem::NotFound`], also for who has no sign-in.
pub async fn unlock(app: &App, _desk: &Desk, customer: CustomerId, id: MemberId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let person = person(&mut tx, app, customer, id).await?;
    drop(tx);
    if person.sign_in.is_none() {
        return Err(Problem::NotFound);
    }
    accounts::unlock(app, &person.form.email).await?;
    Ok(())
}

fn address_used() -> Problem {
    Problem::field("email", FieldCode::AlreadyUsed)
}

async fn person(tx: &mut Tx, app: &App, customer: CustomerId, id: MemberId) -> Result<MemberPerson, Problem> {
    members::people(tx, customer, Some(id), app.clock.now()).await?.pop().ok_or(Problem::NotFound)
}

async fn managers(tx: &mut Tx, app: &App, customer: CustomerId) -> Result<usize, Problem> {
    let people = members::people(tx, customer, None, app.clock.now()).await?;
    Ok(people.iter().filter(|person| person.manages()).count())
}

/// Asks once more before the last one leaves who could let others in. The customer is locked, so that two who leave at the same
/// moment are not both let go unasked.
async fn keep_a_manager(
    tx: &mut Tx,
    app: &App,
    customer: CustomerId,
    before: &MemberPerson,
    knowingly: bool,
) -> Result<(), Problem> {
    if before.manages() && !knowingly && managers(tx, app, customer).await? == 0 {
        return Err(Problem::field("knowingly", FieldCode::NotConfirmed));
    }
    Ok(())
}
