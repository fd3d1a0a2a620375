//! The database that a command works with.

use std::process::ExitCode;

use anyhow::{Context, anyhow};
use linka::{
    model::base::installation::Installation,
    server::{
        app::{App, AppSettings},
        clock::Clock,
        config::DatabaseArgs,
        db::{
            Db, MIGRATIONS, fitness, installation,
            private::{PrivateCluster, options_of_running},
        },
        jobs,
        mail::{Mailer, Transport},
    },
};
use sqlx::postgres::PgConnectOptions;
use tokio::signal::unix::{SignalKind, signal};

use super::{app, only_mail, start_log};

/// The database: the one of the URL, or a private one that lives as long as this value.
pub(crate) struct Database {
    pub(super) options: PgConnectOptions,
    cluster: Option<PrivateCluster>,
}

impl Database {
    pub(super) async fn open(args: &DatabaseArgs) -> anyhow::Result<Self> {
        if let Some(url) = &args.database_url {
            let options = url.parse().context("DATABASE_URL")?;
            return Ok(Self { options, cluster: None });
        }
        let cluster = PrivateCluster::start(&args.data_directory()).await?;
        Ok(Self { options: cluster.connect_options(), cluster: Some(cluster) })
    }

    /// Connects, checks that the server is fit for bookings, and brings the schema up to date under a lock.
    pub(super) async fn connect(&self, connections: u32) -> anyhow::Result<Db> {
        let db = self.reach(connections).await?;
        fitness::assert_server(db.pool()).await?;
        Self::migrate(&db).await?;
        Ok(db)
    }

    pub(super) async fn reach(&self, connections: u32) -> anyhow::Result<Db> {
        Db::connect(self.options.clone(), connections).await.context("cannot reach the database")
    }

    pub(super) async fn migrate(db: &Db) -> anyhow::Result<()> {
        MIGRATIONS.run(db.pool()).await.context("the database's schema cannot be brought up to date")?;
        jobs::migrate(db.pool()).await?;
        Ok(())
    }

    /// Keeps a private server running; returns only when that is hopeless. A server of somebody else's is theirs to keep.
    pub(super) async fn keep_running(&mut self) -> anyhow::Error {
        match &mut self.cluster {
            Some(cluster) => cluster.keep_running().await.into(),
            None => std::future::pending().await,
        }
    }

    pub(super) async fn close(self) -> anyhow::Result<()> {
        match self.cluster {
            Some(cluster) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}

/// Makes sure that the demo's data and a vendor's are never mixed.
pub(crate) async fn claim(db: &Db, wanted: Installation) -> anyhow::Result<()> {
    match (installation::claim(db.pool(), wanted).await?, wanted) {
        (Installation::Demo, Installation::Production) => anyhow::bail!(
            "the database holds the demo, whose passwords everybody knows: start with --demo, or name another LINKA_DATA \
             or DATABASE_URL"
        ),
        (Installation::Production, Installation::Demo) => anyhow::bail!(
            "the database is not a demo's, so the demo is not loaded into it: start without --demo, or name another \
             LINKA_DATA or DATABASE_URL"
        ),
        _ => Ok(()),
    }
}

pub(crate) async fn with_database(
    args: &DatabaseArgs,
    work: impl AsyncFnOnce(Db) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    let database = Database::open(args).await?;
    let outcome = match database.connect(args.database_connections).await {
        Ok(db) => {
            let outcome = work(db.clone()).await;
            db.close().await;
            outcome
        }
        Err(error) => Err(error),
    };
    database.close().await?;
    outcome
}

/// Does something to the database beside a portal that runs, or without one.
pub(crate) async fn beside_portal(
    args: &DatabaseArgs,
    site: &str,
    work: impl AsyncFnOnce(App) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    start_log()?;
    let database = match args.database_url {
        Some(_) => None,
        None => options_of_running(&args.data_directory()).await?,
    };
    let database = match database {
        Some(options) => Database { options, cluster: None },
        None => Database::open(args).await?,
    };
    let outcome = async {
        let db = database.reach(2).await?;
        // This may be the first that is done to the database. Nothing is booked here, so it need not be fit for that.
        Database::migrate(&db).await?;
        let mail = Mailer::new(Transport::None, "Linka <linka@localhost>".parse()?, site);
        let outcome = work(app(db.clone(), Clock::System, only_mail(mail), AppSettings::default())?).await;
        db.close().await;
        outcome
    };
    let outcome = outcome.await;
    database.close().await?;
    outcome
}

pub(crate) async fn run_with_database(args: &DatabaseArgs, command: &[String]) -> anyhow::Result<ExitCode> {
    let (program, arguments) = command.split_first().ok_or_else(|| anyhow!("no command to run"))?;
    if args.database_url.is_some() {
        return Err(anyhow!("DATABASE_URL is set: there is no private database to run"));
    }
    let cluster = PrivateCluster::start(&args.data_directory()).await?;
    // The command gets Ctrl-C from the terminal itself; the database has to outlive it.
    let _interrupts = signal(SignalKind::interrupt())?;
    let status = tokio::process::Command::new(program)
        .args(arguments)
        .env("DATABASE_URL", cluster.url())
        .status()
        .await
        .with_context(|| format!("cannot run {program}"));
    cluster.stop().await?;
    let code = status?.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
