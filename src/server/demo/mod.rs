//! Demo data: a vendor's line as it is on an ordinary week after a year of work, the same for every start on the same day.
//!
//! [`catalogue`] and [`people`] are what there is, [`plan`] works out what happens, [`ground`] writes down the people and
//! what they have ordered, and [`history`] lets the technicians' clocks run through the services, so that ledger,
//! receipts and sums are what they would be had it all happened.

mod catalogue;
mod dice;
mod ground;
mod history;
mod people;
mod plan;

use anyhow::Context;
use sqlx::postgres::PgPoolOptions;

use self::{
    ground::Cast,
    history::History,
    people::{CUSTOMERS, MEMBERS, STAFF},
    plan::Plan,
};
use super::{
    app::App,
    db::{
        Db, Tx,
        line::catalogue as lists,
        locks::{self, Lock},
    },
};

/// The password of every demo sign-in.
pub const PASSWORD: &str = "linka-demo-heslo";

/// The sign-ins, for whoever starts the demo.
#[must_use]
pub fn sign_ins() -> String {
    let mut lines = vec![format!("Demo sign-ins, all with the password {PASSWORD}:")];
    for member in MEMBERS {
        if let Some(email) = member.email {
            lines.push(format!("  {email:32} {}, {} ({})", member.name, CUSTOMERS[member.customer].name, member.note));
        }
    }
    for person in STAFF {
        lines.push(format!("  {:32} {}, {}", person.email, person.name, person.roles.join(", ")));
    }
    lines.join("\n")
}

/// Loads the demo, unless it is there already.
///
/// The sign-ins come last: with them it is complete, and until then nobody has an address to which a mail about the past
/// could go. A load that was interrupted goes on where it stopped, as of the instant at which it began.
///
/// # Errors
/// When the database fails or already holds something else.
pub async fn load(app: &App) -> anyhow::Result<()> {
    // Two servers that start on one database load it once: the lock is held until this transaction is dropped.
    let mut lock = app.db.system().await?;
    locks::take(&mut lock, Lock::Demo).await?;
    if ground::is_complete(&mut lock).await? {
        return Ok(());
    }
    let app = App { db: hasty(&app.db).await?, ..app.clone() };
    let loaded = load_all(&app).await.context("the demo data cannot be loaded");
    app.db.close().await;
    loaded
}

async fn load_all(app: &App) -> anyhow::Result<()> {
    let hash = app.passwords.hash(PASSWORD.to_owned()).await?;
    let mut tx = app.db.staff().await?;
    let plan = match ground::begun_at(&mut tx).await? {
        Some(began) => Plan::new(began, &calendar(&mut tx).await?),
        None => {
            // Its sign-ins have a password that everybody knows.
            anyhow::ensure!(
                !ground::has_customers(&mut tx).await?,
                "it is not loaded into a database that has customers of its own"
            );
            let now = app.clock.now();
            ground::close_a_day(&mut tx, now).await?;
            let plan = Plan::new(now, &calendar(&mut tx).await?);
            ground::lay(&mut tx, &plan).await?;
            plan
        }
    };
    let cast = Cast::of(&mut tx).await?;
    tx.commit().await?;
    History::new(app, &plan, &cast).await?.run().await?;
    ground::open_doors(app, &cast, &hash).await
}

async fn calendar(tx: &mut Tx) -> anyhow::Result<crate::model::base::calendar::BusinessCalendar> {
    Ok(lists::calendar(tx).await?)
}

/// Connections that do not wait for the disk at each commit of the history: what a crash would lose is made up for. Two, as a page
/// of a customer also asks in the system's role how people sign in.
async fn hasty(db: &Db) -> anyhow::Result<Db> {
    let options = (*db.pool().connect_options()).clone().options([("synchronous_commit", "off")]);
    Ok(Db::from_pool(PgPoolOptions::new().max_connections(2).connect_with(options).await?))
}
