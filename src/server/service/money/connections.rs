//! Connections to the outside, tried by a manager before customers do.

use crate::{
    model::{
        base::text::one_line,
        line::setup::SiteAddress,
        money::{
            bank::StatementSource,
            connections::{Connection, ConnectionCheck, ConnectionsPage},
            statements::SourceStanding,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            money::{connections, statements},
            people::staff,
        },
        mail::Locale,
    },
};

/// How the process is connected, and what came of trying it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, manager: &Manager) -> Result<ConnectionsPage, Problem> {
    let site = app.mail.link("");
    let mut tx = app.db.system().await?;
    let (own_address, _) = own_address(&mut tx, app, manager).await?;
    Ok(ConnectionsPage {
        sends_mail: app.mail.is_set_up(),
        sender: app.mail.sender(),
        own_address,
        sms: app.sms.host(),
        payments: app.payments.mode(),
        is_live: app.payments.is_live(),
        address: SiteAddress::of(&site),
        site,
        statements: sources(&mut tx, app).await?,
        checks: connections::checks(&mut tx).await?,
        now: app.clock.now(),
    })
}

/// From where statements come by themselves, and whether they do.
async fn sources(tx: &mut Tx, app: &App) -> Result<Vec<SourceStanding>, Problem> {
    let known = statements::known(tx).await?;
    let set_up =
        [(StatementSource::Fio, app.statements.fio.is_on()), (StatementSource::Folder, app.statements.folder.is_on())];
    let standings = set_up.map(|(source, is_on)| {
        let (_, until, trouble) = known.iter().find(|known| known.0 == source).copied().unwrap_or((source, None, None));
        SourceStanding { source, is_on, until, trouble: trouble.filter(|_| is_on) }
    });
    Ok(standings.to_vec())
}

async fn own_address(tx: &mut Tx, app: &App, manager: &Manager) -> Result<(String, String), Problem> {
    let found = staff::people(tx, Some(manager.id()), app.clock.now()).await?;
    found.into_iter().next().map(|person| (person.form.email, person.form.name)).ok_or(Problem::NotFound)
}

/// Sends a mail to the manager's own address, at once and past the queue, and notes what the mail server said.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer; what the mail server says is no error.
pub async fn try_mail(app: &App, manager: &Manager, locale: Locale) -> Result<(), Problem> {
    let (address, name) = own_address(&mut app.db.system().await?, app, manager).await?;
    let sent = app.mail.try_out(locale, &address, &name, app.random.uuid(), app.clock.now()).await;
    let (succeeded, answer) = match sent {
        Ok(answer) => (true, answer),
        Err(_) if !app.mail.is_set_up() => (false, "LINKA_SMTP".to_owned()),
        Err(error) => (false, error.to_string()),
    };
    note(app, Connection::Mail, succeeded, &answer).await
}

/// Asks Stripe whether it knows our key, and notes what it said.
///
/// # Errors
/// As [`try_mail`].
pub async fn try_cards(app: &App, _manager: &Manager) -> Result<(), Problem> {
    let asked = match app.payments.gateway() {
        Some(gateway) => gateway.knows_us().await.map_err(|error| error.to_string()),
        None => Err("LINKA_STRIPE_KEY".to_owned()),
    };
    note(app, Connection::Cards, asked.is_ok(), &asked.err().unwrap_or_default()).await
}

async fn note(app: &App, connection: Connection, succeeded: bool, answer: &str) -> Result<(), Problem> {
    let answer: String = one_line(answer).chars().take(500).collect();
    let mut tx = app.db.staff().await?;
    connections::note(&mut tx, &ConnectionCheck { connection, checked_at: app.clock.now(), succeeded, answer }).await?;
    tx.commit().await?;
    Ok(())
}
