//! Demo data: a vendor's line as it is on an ordinary week after a year of work, the same for every start on the same day.
//!
//! [`examples`] takes over who and what there is, as an import does; [`catalogue`] and [`people`] are what its tables do not say.
//! [`plan`] works out what happens, [`ground`] writes down what was ordered, and [`history`] lets the technicians' clocks run
//! through the services, so that ledger, receipts and sums are what they would be had it all happened.

mod catalogue;
mod connections;
mod examples;
mod ground;
mod history;
mod people;
mod plan;
mod post;
mod subscriber;

use anyhow::Context;
use chrono::TimeDelta;
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

use self::{
    examples::Examples,
    ground::Cast,
    history::History,
    people::{DISPATCHER, MANAGER, NOTES},
    plan::Plan,
};
use super::{
    app::App,
    auth::{Caller, Person, Proof, Session},
    clock::Clock,
    db::{
        Db, Tx,
        line::catalogue as lists,
        locks::{self, Lock},
    },
};
use crate::model::{
    base::{
        calendar::{BusinessCalendar, midnight},
        ids::LoginId,
    },
    paths,
    people::members::StaffRole,
};

/// The password of every demo sign-in.
pub const PASSWORD: &str = "linka-demo-heslo";

/// The sign-ins, for whoever starts the demo.
///
/// # Errors
/// When the examples are wrong: where and why.
pub fn sign_ins() -> anyhow::Result<String> {
    let examples = Examples::read()?;
    let mut lines = vec![format!("Demo sign-ins, all with the password {PASSWORD}:")];
    for (place, person) in examples.people.iter().enumerate() {
        if let Some(email) = &person.email {
            let customer = &examples.customers[examples.customer_of(place)].name.0;
            let note = NOTES.iter().find(|(key, _)| *key == person.key.0).map_or("", |(_, note)| *note);
            lines.push(format!("  {:32} {}, {customer} ({note})", email.0, person.name.0));
        }
    }
    for person in [MANAGER, DISPATCHER] {
        lines.push(format!("  {:32} {}, {}", person.email, person.name, person.role));
    }
    for technician in &examples.technicians {
        if let Some(email) = &technician.email {
            lines.push(format!("  {:32} {}, {}", email.0, technician.name.0, StaffRole::Technician));
        }
    }
    let tokens = ground::TOKENS.map(|(_, token)| token).join(", ");
    lines.push(format!("Programs order at {} with the tokens {tokens}.", paths::API));
    Ok(lines.join("\n"))
}

/// Loads the demo, unless it is there already.
///
/// The sign-ins come last: with them it is complete, and until then nobody has an address to which a mail about the past
/// could go. A load that was interrupted goes on where it stopped, as of the instant at which it began.
///
/// # Errors
/// When the examples are wrong, the database fails, or it already holds something else.
pub async fn load(app: &App) -> anyhow::Result<()> {
    let examples = Examples::read().context("the demo data cannot be loaded")?;
    // Two servers that start on one database load it once: the lock is held until this transaction is dropped.
    let mut lock = app.db.system().await?;
    locks::take(&mut lock, Lock::Demo).await?;
    if ground::is_complete(&mut lock, &examples).await? {
        return Ok(());
    }
    let app = App { db: hasty(&app.db).await?, ..app.clone() };
    let loaded = load_all(&app, &examples).await.context("the demo data cannot be loaded");
    app.db.close().await;
    loaded
}

/// How long before the first of what is told the vendor came to Linka, in days.
const MOVED_IN_DAYS: i64 = 10;

async fn load_all(app: &App, examples: &Examples) -> anyhow::Result<()> {
    let hash = app.passwords.hash(PASSWORD.to_owned()).await?;
    let mut tx = app.db.staff().await?;
    let began = ground::begun_at(&mut tx, examples).await?;
    // Its sign-ins have a password that everybody knows.
    anyhow::ensure!(
        began.is_some() || !ground::has_customers(&mut tx).await?,
        "it is not loaded into a database that has customers of its own"
    );
    let is_laid = ground::is_laid(&mut tx).await?;
    tx.rollback().await?;
    let began = began.unwrap_or_else(|| app.clock.now());
    let app = &App { clock: Clock::manual(began), ..app.clone() };
    if !is_laid {
        Examples::take_over_ground(app).await?;
    }

    let mut tx = app.db.staff().await?;
    if !is_laid {
        ground::close_a_day(&mut tx, began).await?;
    }
    let calendar = calendar(&mut tx).await?;
    let plan = Plan::new(began, &calendar, examples);
    if !is_laid {
        ground::lay(&mut tx, &plan, examples).await?;
    }
    let cast = Cast::of(&mut tx, examples).await?;
    connections::name_technicians(&mut tx).await?;
    tx.commit().await?;

    let moved_in = midnight(plan.begins) - TimeDelta::days(MOVED_IN_DAYS);
    Examples::take_over_terms(&App { clock: Clock::manual(moved_in), ..app.clone() }).await?;
    History::new(app, &plan, &cast).await?.run().await?;
    examples.take_over_all(app, &calendar).await?;
    post::hand_over(app).await?;
    ground::open_doors(app, &cast, &hash).await
}

/// Somebody who acts in what is told, or simulated, as one who is signed in.
pub(super) fn signed_in(person: Person) -> Caller {
    Caller(Some(Session { id: Uuid::nil(), login: LoginId(0), email: String::new(), person, proof: Proof::WHOLE }))
}

async fn calendar(tx: &mut Tx) -> anyhow::Result<BusinessCalendar> {
    Ok(lists::calendar(tx).await?)
}

/// Connections that do not wait for the disk at each commit of the history: what a crash would lose is made up for. Two, as a page
/// of a customer also asks in the system's role how people sign in.
async fn hasty(db: &Db) -> anyhow::Result<Db> {
    let options = (*db.queue_pool().connect_options()).clone().options([("synchronous_commit", "off")]);
    Ok(Db::from_pool(PgPoolOptions::new().max_connections(2).connect_with(options).await?))
}
