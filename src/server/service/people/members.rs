//! People of customers, as the vendor's people keep them: with a sign-in or without.

use uuid::Uuid;

use super::{accounts, guesses, passwords, second_factors};
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{CustomerId, LoginId, MemberId, StaffId},
            seen::Seen,
        },
        people::{
            erasure::{ErasureRefused, Heir},
            members::{MemberForm, MemberPage, MemberPerson},
        },
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
            people::{customers, erasure, members, sessions},
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
    let mut page = page_of(app, customer, id).await?;
    let mut tx = app.db.system().await?;
    if let Some(person) = &page.person {
        page.link = match link {
            Some(token) => passwords::shown(&mut tx, app, &token, &person.form.email).await?,
            None => None,
        };
        if person.sign_in.is_some() {
            page.failed_sign_ins = guesses::failed_attempts(&mut tx, &person.form.email, app.clock.now()).await?;
        }
    }
    page.may_erase = desk.is_manager();
    Ok(page)
}

/// What everybody is shown who may keep a customer's people.
pub(super) async fn page_of(app: &App, customer: CustomerId, id: Option<MemberId>) -> Result<MemberPage, Problem> {
    let mut tx = app.db.system().await?;
    let customer_name = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?.name;
    let person = match id {
        Some(id) => Some(person(&mut tx, app, customer, id).await?),
        None => None,
    };
    let is_last_manager = match &person {
        Some(person) if person.manages() => managers(&mut tx, app, customer).await? == 1,
        _ => false,
    };
    drop(tx);
    let (open, colleagues) = match &person {
        Some(person) if person.active => {
            let mut tx = app.db.staff().await?;
            let open = erasure::open_requests(&mut tx, person.id).await?;
            (open, erasure::colleagues(&mut tx, customer, person.id).await?)
        }
        _ => (Vec::new(), Vec::new()),
    };
    let key = app.random.uuid();
    Ok(MemberPage {
        customer,
        customer_name,
        person,
        link: None,
        is_last_manager,
        failed_sign_ins: 0,
        may_erase: false,
        open,
        colleagues,
        key,
    })
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
        let id = write_new(&mut tx, app, Some(desk.id()), customer, &form, key, token.as_ref()).await?;
        tx.commit().await?;
        Ok(id)
    })
    .await?;
    record(SecurityEvent::MemberAdded(added));
    Ok((added, token))
}

/// Adds the person of a form, once; with `token`, the secret of the link by which that person chooses a password. The customer's
/// row is locked.
pub(super) async fn write_new(
    tx: &mut Tx,
    app: &App,
    by: Option<StaffId>,
    customer: CustomerId,
    form: &MemberForm,
    key: Uuid,
    token: Option<&Token>,
) -> Result<MemberId, Problem> {
    let id = match members::by_key(tx, customer, key).await? {
        Some(id) => id,
        // The same key of another customer's is no form of ours.
        None => {
            members::insert(tx, customer, form, key).await.on_constraint("one_person_of_a_form", Problem::Malformed)?
        }
    };
    if let Some(token) = token {
        let login = match members::login(tx, id).await? {
            Some(login) => login,
            None => give_sign_in(tx, id, &form.email).await?,
        };
        passwords::put(tx, app, login, by, token).await?;
    }
    Ok(id)
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
        let invited = write_known(&mut tx, app, Some(desk.id()), (customer, &known), typed, seen, &new_link).await?;
        if !knowingly && leaves_nobody(&mut tx, app, customer, &known).await? {
            return Err(Problem::field("knowingly", FieldCode::NotConfirmed));
        }
        tx.commit().await?;
        Ok(invited)
    })
    .await?;
    record(SecurityEvent::MemberChanged(id));
    Ok(invited.then_some(new_link))
}

/// Writes a form over what is known of a person, if that is what the form was made from; whether the person signs in from now on,
/// and so has the link of `token`. The customer's row is locked: nobody else saves one of its people meanwhile.
pub(super) async fn write_known(
    tx: &mut Tx,
    app: &App,
    by: Option<StaffId>,
    (customer, known): (CustomerId, &MemberPerson),
    typed: &MemberForm,
    seen: &Seen,
    token: &Token,
) -> Result<bool, Problem> {
    // A sign-in is not taken back; who shall not sign in is let go.
    let typed = MemberForm { signs_in: typed.signs_in || known.form.signs_in, ..typed.clone() };
    let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    seen.admit(&known.form.fields(), &form.fields())?;
    members::update(tx, customer, known.id, &form, known.active).await.on_constraint("somebody_manages", last())?;
    match members::login(tx, known.id).await? {
        Some(login) => {
            members::set_address(tx, login, &form.email)
                .await
                .on_constraint("address_is_one_persons", address_used())?;
            Ok(false)
        }
        None if form.signs_in => {
            let login = give_sign_in(tx, known.id, &form.email).await?;
            passwords::put(tx, app, login, by, token).await?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Lets a person go, who is signed out everywhere and written to no more, or come back.
///
/// * `heir` – as the form sends it: a colleague who takes the open requests over, or that they are called off
/// * `knowingly` – as [`save`] has it
///
/// # Errors
/// [`Problem::Invalid`] when nobody would be left who could let others in, or while nobody has the open requests;
/// [`Problem::NotFound`].
pub async fn set_active(
    app: &App,
    _desk: &Desk,
    (customer, id): (CustomerId, MemberId),
    active: bool,
    heir: &str,
    knowingly: bool,
) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.system().await?;
        if active {
            customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
            let known = person(&mut tx, app, customer, id).await?;
            members::update(&mut tx, customer, id, &known.form, true).await?;
        } else {
            let known = let_go(&mut tx, app, customer, id, heir).await?;
            if !knowingly && leaves_nobody(&mut tx, app, customer, &known).await? {
                return Err(Problem::field("knowingly", FieldCode::NotConfirmed));
            }
        }
        Ok(tx.commit().await?)
    })
    .await?;
    record(if active { SecurityEvent::MemberReturned(id) } else { SecurityEvent::MemberLeft(id) });
    Ok(())
}

/// Lets a person go; what is known of that person before. Sessions and links end, requests stay, and what is open of them goes on
/// with the heir or is called off. Who is gone already stays so.
pub(super) async fn let_go(
    tx: &mut Tx,
    app: &App,
    customer: CustomerId,
    id: MemberId,
    heir: &str,
) -> Result<MemberPerson, Problem> {
    members::lock_with_requests(tx, customer, id).await?;
    let known = person(tx, app, customer, id).await?;
    members::let_go(tx, id, Heir::from_form(heir), app.clock.now()).await.on_constraints([
        ("somebody_manages", last()),
        ("work_is_somebodys", Problem::Erasure(ErasureRefused::WorkUnderWay)),
        ("heir_is_a_colleague", Problem::field("heir", FieldCode::Unknown)),
        ("requests_are_somebodys", Problem::field("heir", FieldCode::Missing)),
    ])?;
    Ok(known)
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

/// Forgets the second factor of who has lost it; whoever was signed in is no more.
///
/// # Errors
/// [`Problem::NotFound`], also for who has no sign-in.
pub async fn forget_factor(app: &App, _desk: &Desk, customer: CustomerId, id: MemberId) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    person(&mut tx, app, customer, id).await?;
    let login: LoginId = members::login(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    second_factors::forget(&mut tx, login).await?;
    sessions::delete_all(&mut tx, login).await?;
    tx.commit().await?;
    record(SecurityEvent::FactorRemoved(login));
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

/// Gives a person a sign-in, who has no password yet.
pub(super) async fn give_sign_in(tx: &mut Tx, id: MemberId, email: &str) -> Result<LoginId, Problem> {
    members::add_login(tx, id, email).await.on_constraint("address_is_one_persons", address_used())
}

/// Why somebody cannot sign in with an address.
pub(super) fn address_used() -> Problem {
    Problem::field("email", FieldCode::AlreadyUsed)
}

pub(super) async fn person(
    tx: &mut Tx,
    app: &App,
    customer: CustomerId,
    id: MemberId,
) -> Result<MemberPerson, Problem> {
    members::people(tx, customer, Some(id), app.clock.now()).await?.pop().ok_or(Problem::NotFound)
}

async fn managers(tx: &mut Tx, app: &App, customer: CustomerId) -> Result<usize, Problem> {
    let people = members::people(tx, customer, None, app.clock.now()).await?;
    Ok(people.iter().filter(|person| person.manages()).count())
}

/// Whether nobody is left who could let others in, after somebody was changed who could. The customer is locked, so that of two
/// who leave at the same moment the second is seen to be the last.
pub(super) async fn leaves_nobody(
    tx: &mut Tx,
    app: &App,
    customer: CustomerId,
    before: &MemberPerson,
) -> Result<bool, Problem> {
    Ok(before.manages() && managers(tx, app, customer).await? == 0)
}

/// Why somebody of a customer may not take away the last one who manages.
pub(super) const fn last() -> Problem {
    Problem::NobodyElseManages
}
