//! How organisations come in by themselves: what is typed waits until the mailed link is followed, and the customer that is made
//! then waits for the desk's nod.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{guesses, links, members as kept, passwords};
use crate::{
    model::{
        base::{
            fields::{keep_email, keep_ico},
            ids::{BundleId, CustomerId, MemberId},
        },
        mails::MailContent,
        people::{
            members::{Capabilities, Capability, ContactRole, ContactRoles, MemberForm, StaffRole},
            registrations::{NewcomersPage, RegisterPage, Registration, RegistrationPage, TypedRegistration},
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Client, CustomerManager, Desk,
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            OnConstraint, Tx,
            line::catalogue,
            locks::{self, Lock},
            mails::{self, Signed},
            people::{
                customers, members,
                registrations::{self, Kept},
                staff,
            },
            retrying,
        },
    },
};

/// How long the mailed link is good: over a weekend.
const LINK_LIFE: TimeDelta = TimeDelta::hours(72);
/// How long the people of a customer have to decide who asks for access.
const ASKING_LIFE: TimeDelta = TimeDelta::days(30);
/// How many mails go to one address within a day, whoever types it.
const MAILS_PER_DAY: u32 = 3;
/// How many of those who wait are shown.
const SHOWN: i64 = 50;

/// Where a link has led.
#[derive(Debug)]
pub enum Opened {
    /// To a new customer, whose first person chooses a password by this link.
    Founded(Token),
    /// To somebody who signs in already.
    SignsIn,
    /// To a customer that there was, whose people decide.
    Asks,
}

/// The form.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn register_page(app: &App) -> Result<RegisterPage, Problem> {
    let mut tx = app.db.system().await?;
    let regions = catalogue::regions(&mut tx, app.clock.now()).await?.into_iter().map(|region| region.name).collect();
    let programs = registrations::programs(&mut tx).await?;
    Ok(RegisterPage { regions, programs, is_looked_up: app.ares.is_on(), key: app.random.uuid() })
}

/// Keeps what was typed, and mails a link to the address. It counts like an attempt to sign in, apart from those of the account. Whether somebody signs in with that already, and whether the organisation
/// is a customer, changes neither the answer nor the work: only the mail says it.
///
/// * `key` – of the form: sent twice, it is one registration and one mail
/// * `language` – of the mail
///
/// Tells which registration it is: that of the form and the address.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Throttled`].
pub async fn begin(
    app: &App,
    client: &Client,
    typed: &TypedRegistration,
    key: Uuid,
    language: &str,
) -> Result<Uuid, Problem> {
    let (now, id) = (app.clock.now(), app.random.uuid());
    let mut turn = now;
    // What is no number is asked nobody about; and the register is asked by nobody who has tried too often.
    let found = match (keep_ico(&typed.ico), keep_email(&typed.email)) {
        (Ok(ico), Ok(email)) => {
            let mut tx = app.db.system().await?;
            turn = guesses::admit(app, &mut tx, client, &format!("registration of {email}"), now).await?.turn;
            tx.commit().await?;
            app.ares.look_up(&ico).await
        }
        _ => None,
    };
    let registration = typed.check(found).map_err(|fields| Problem::Invalid { fields })?;
    let key = of_address(key, &registration.email);
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let (times, signs_in) = registrations::address(&mut tx, &registration.email, now - TimeDelta::days(1)).await?;
        let (link, token) = links::mailed(&mut tx, app, id, LINK_LIFE).await?;
        let is_news = registrations::insert(&mut tx, key, &registration, token.hash(), (now, link.until)).await?;
        if let Some(bundle) = typed.bundle {
            registrations::note_bundle(&mut tx, key, bundle).await?;
        }
        if is_news && times < MAILS_PER_DAY {
            let organisation = registration.organisation.name.clone();
            let content = if signs_in {
                MailContent::AccessThere { organisation }
            } else {
                MailContent::Registration { organisation, link }
            };
            let to = (registration.email.as_str(), registration.name.as_str(), language);
            let place = Signed::Place(registration.region.as_deref(), &registration.organisation.address.postal_code);
            mails::to_nobody_yet(&mut tx, (to, place), &content, now, &format!("registration:{key}")).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    app.clock.wait_until(turn).await;
    Ok(key)
}

/// The registration of a form and an address: who goes back and puts the address right is somebody else, and waits for a mail that is
/// on its way to nobody.
fn of_address(key: Uuid, email: &str) -> Uuid {
    let digest: [u8; 32] = Sha256::digest([&key.as_bytes()[..], email.as_bytes()].concat()).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Where the mailed link leads: what is opened by it is done by a form, as programs follow links, too.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, token: &str) -> Result<RegistrationPage, Problem> {
    let mut tx = app.db.system().await?;
    let kept = match Token::parse(token) {
        Some(token) => registrations::by_token(&mut tx, token.hash(), app.clock.now()).await?,
        None => None,
    };
    let Some(Kept { registration, founded, .. }) = kept else {
        return Ok(RegistrationPage { registered: None, is_customer: false, is_done: false });
    };
    let is_done = match founded {
        Some(member) => match members::login(&mut tx, member).await? {
            Some(login) => members::has_password(&mut tx, login).await?,
            None => true,
        },
        None => false,
    };
    if is_done {
        return Ok(RegistrationPage { registered: None, is_customer: false, is_done });
    }
    let is_customer = founded.is_none() && registrations::customer_of(&mut tx, &registration.ico).await?.is_some();
    let Registration { ico, organisation, name, .. } = registration;
    Ok(RegistrationPage { registered: Some([name, organisation.name, ico]), is_customer, is_done })
}

/// Opens a registration. Twice it leads to the same.
///
/// # Errors
/// [`Problem::NotFound`] when the link is not good.
pub async fn open(app: &App, token: &str) -> Result<Opened, Problem> {
    let token = Token::parse(token).ok_or(Problem::NotFound)?;
    let password = Token::new(&app.random);
    let (opened, member) = retrying(|| async {
        let mut tx = app.db.system().await?;
        // Two who bring the same organisation in at the same moment find it one after the other.
        locks::take(&mut tx, Lock::Saving).await?;
        let kept = registrations::by_token(&mut tx, token.hash(), app.clock.now()).await?.ok_or(Problem::NotFound)?;
        let opened = open_now(&mut tx, app, &kept, &password).await?;
        tx.commit().await?;
        Ok(opened)
    })
    .await?;
    if let Some(member) = member {
        record(SecurityEvent::MemberAdded(member));
    }
    Ok(match opened {
        Leads::Founded => Opened::Founded(password),
        Leads::SignsIn => Opened::SignsIn,
        Leads::Asks => Opened::Asks,
    })
}

/// What somebody has come in to buy, by the link that was followed.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn wanted_bundle(app: &App, token: &str) -> Result<Option<BundleId>, Problem> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let mut tx = app.db.system().await?;
    Ok(registrations::bundle(&mut tx, token.hash()).await?)
}

/// The same as [`Opened`], without the secret, which is made before the first try.
enum Leads {
    Founded,
    SignsIn,
    Asks,
}

async fn open_now(tx: &mut Tx, app: &App, kept: &Kept, password: &Token) -> Result<(Leads, Option<MemberId>), Problem> {
    let Kept { id, registration, founded, asks } = kept;
    if asks.is_some() {
        return Ok((Leads::Asks, None));
    }
    if let Some(member) = founded {
        // The form came twice: there is no password yet, or the person signs in by now.
        let Some(login) = members::login(tx, *member).await? else { return Ok((Leads::SignsIn, None)) };
        if members::has_password(tx, login).await? {
            return Ok((Leads::SignsIn, None));
        }
        passwords::put(tx, app, login, None, password).await?;
        return Ok((Leads::Founded, None));
    }
    let now = app.clock.now();
    let (_, signs_in) = registrations::address(tx, &registration.email, now).await?;
    if signs_in {
        return Ok((Leads::SignsIn, None));
    }
    if let Some(customer) = registrations::customer_of(tx, &registration.ico).await? {
        ask(tx, app, *id, customer, &registration.name).await?;
        return Ok((Leads::Asks, None));
    }
    let member = found(tx, app, *id, registration, password).await?;
    Ok((Leads::Founded, Some(member)))
}

/// Makes the customer and its first person, who may do everything, and tells the desk.
async fn found(
    tx: &mut Tx,
    app: &App,
    id: Uuid,
    registration: &Registration,
    password: &Token,
) -> Result<MemberId, Problem> {
    let now = app.clock.now();
    let customer = customers::insert(tx, &registration.customer(), id, now)
        .await
        .on_constraints([("ico_is_one_customers", Problem::Conflict), ("one_customer_of_a_form", Problem::Conflict)])?;
    registrations::license(tx, customer, &registration.programs).await?;
    let form = MemberForm {
        name: registration.name.clone(),
        phone: registration.phone.clone(),
        email: registration.email.clone(),
        capabilities: Capabilities::all(),
        contact_roles: ContactRole::ALL.iter().copied().collect::<ContactRoles>(),
        signs_in: true,
        is_mailbox: false,
    };
    let member = kept::write_new(tx, app, None, customer, &form, id, Some(password)).await?;
    registrations::note_founded(tx, id, customer, member, now).await?;
    let organisation = registration.organisation.name.clone();
    tell_desk(tx, app, &MailContent::Newcomer { organisation }, &format!("newcomer:{customer}")).await?;
    Ok(member)
}

/// Asks those who manage a customer, and tells the desk, which can let in where nobody manages.
async fn ask(tx: &mut Tx, app: &App, id: Uuid, customer: CustomerId, name: &str) -> Result<(), Problem> {
    let now = app.clock.now();
    registrations::note_asks(tx, id, customer, now + ASKING_LIFE).await?;
    let (told, key) = (MailContent::AccessAsked { name: name.to_owned() }, format!("access_asked:{id}"));
    mails::to_people(tx, customer, (Capability::Manage, None), &told, now, &key).await?;
    let organisation = customers::facts(tx, customer).await?.ok_or(Problem::NotFound)?.name;
    // Another key than that of the customer's people: a person of the vendor may have the number of one of theirs.
    let key = format!("stranger_asks:{id}");
    tell_desk(tx, app, &MailContent::StrangerAsks { name: name.to_owned(), organisation }, &key).await
}

async fn tell_desk(tx: &mut Tx, app: &App, told: &MailContent, key: &str) -> Result<(), Problem> {
    let now = app.clock.now();
    for person in staff::people(tx, None, now).await? {
        if person.active && person.form.roles.contains(StaffRole::Dispatcher) {
            mails::to_staff(tx, person.id, told, now, &format!("{key}:{}", person.id)).await?;
        }
    }
    Ok(())
}

/// Forgets that somebody asks for access, who is told nothing.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn decline(app: &App, manager: &CustomerManager, id: Uuid) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    registrations::decline(&mut tx, manager.customer(), id).await?;
    Ok(tx.commit().await?)
}

/// What waits for the desk.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn newcomers(app: &App, _desk: &Desk) -> Result<NewcomersPage, Problem> {
    let mut tx = app.db.staff().await?;
    let newcomers = registrations::newcomers(&mut tx, SHOWN).await?;
    drop(tx);
    let mut tx = app.db.system().await?;
    Ok(NewcomersPage { newcomers, asking: registrations::asking(&mut tx, None, SHOWN, app.clock.now()).await? })
}

/// Confirms a customer that came in by itself: it may order urgent work from now on, which those who manage are told. Twice it is the
/// same as once.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn nod(app: &App, _desk: &Desk, customer: CustomerId) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let (organisation, has_waited) = registrations::nod(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    if has_waited {
        let (told, key) = (MailContent::CustomerConfirmed { organisation }, format!("customer_confirmed:{customer}"));
        mails::to_people(&mut tx, customer, (Capability::Manage, None), &told, app.clock.now(), &key).await?;
    }
    tx.commit().await?;
    record(SecurityEvent::CustomerConfirmed(customer));
    Ok(())
}

/// Forgets what nobody has followed in time.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    registrations::sweep(&mut tx, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
