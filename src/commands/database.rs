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
            Db, Ways, address, fitness, installation,
            private::{PrivateCluster, options_of_running},
            schema, serving,
        },
        jobs,
        mail::{Mailer, Transport},
    },
};
use sqlx::{ConnectOptions, Connection, postgres::PgConnectOptions};
use tokio::signal::unix::{SignalKind, signal};

use super::{app, only_mail, start_log};

/// The database: the one of the URL, or a private one that lives as long as this value.
pub(crate) struct Database {
    /// As the owner of its schema.
    pub(super) options: PgConnectOptions,
    /// As the login that serves, where that is another one.
    serving: Option<PgConnectOptions>,
    /// What lends connections to requests.
    pooler: Option<PgConnectOptions>,
    cluster: Option<PrivateCluster>,
}

impl Database {
    pub(super) async fn open(args: &DatabaseArgs) -> anyhow::Result<Self> {
        let read = |name: &'static str, url: Option<&str>| url.map(address::options).transpose().context(name);
        let owner = read("LINKA_MIGRATION_URL", args.migration_url.as_deref())?;
        let only = read("DATABASE_URL", args.database_url.as_deref())?;
        let pooler = read("LINKA_POOLER_URL", args.pooler_url.as_deref())?;
        if let Some(options) = owner.clone().or_else(|| only.clone()) {
            return Ok(Self { options, serving: owner.and(only), pooler, cluster: None });
        }
        let cluster = PrivateCluster::start(&args.data_directory()).await?;
        let serving = Some(cluster.serving_options());
        Ok(Self { options: cluster.connect_options(), serving, pooler: None, cluster: Some(cluster) })
    }

    /// Connects as the owner to a server that is fit for bookings, and brings the schema up to date under a lock.
    pub(super) async fn connect(&self, connections: u32) -> anyhow::Result<Db> {
        let db = self.reach_fit(&self.options, connections).await?;
        Self::migrate(&db).await?;
        Ok(db)
    }

    /// Connects as the login that serves, to a schema that is up to date.
    ///
    /// * `as_owner` – it may be one that may more than requests need
    pub(super) async fn serve(&self, connections: u32, as_owner: bool) -> anyhow::Result<Db> {
        if self.serving.is_some() {
            let owner = Self { serving: None, pooler: None, cluster: None, options: self.options.clone() };
            owner.connect(2).await?.close().await;
        }
        let login = self.serving.as_ref().unwrap_or(&self.options);
        if address::is_open_to_others(login) {
            tracing::warn!(
                "DATABASE_URL: the server's certificate is not checked; sslmode=verify-full does (sslrootcert names its issuer)"
            );
        }
        let db = self.reach_fit(login, connections).await?;
        let faults = serving::faults(db.queue_pool()).await?;
        if !as_owner && !faults.is_empty() {
            let faults = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            anyhow::bail!(
                "DATABASE_URL: the portal serves as linka_server, which `linka migrate` makes, and does not as {}: {faults}; \
                 docs/deploy.md says how, LINKA_MIGRATION_URL is for the owner, and LINKA_SERVE_AS_OWNER=true serves all the same",
                login.get_username()
            );
        }
        Self::migrate(&db).await?;
        Ok(db)
    }

    pub(super) async fn reach(&self, connections: u32) -> anyhow::Result<Db> {
        self.reach_as(&self.options, connections).await
    }

    async fn reach_as(&self, login: &PgConnectOptions, connections: u32) -> anyhow::Result<Db> {
        let ways = Ways { straight: login.clone(), pooler: self.pooler.clone() };
        Db::connect(ways, connections).await.context("cannot reach the database")
    }

    async fn reach_fit(&self, login: &PgConnectOptions, connections: u32) -> anyhow::Result<Db> {
        // Before the pools, which wait for a primary where there is none.
        let mut first = login.connect().await.context("cannot reach the database")?;
        fitness::assert_server(&mut first).await?;
        let _ = first.close().await;
        let db = self.reach_as(login, connections).await?;
        if db.is_lent() {
            fitness::assert_same(db.queue_pool(), db.pool()).await?;
        }
        Ok(db)
    }

    /// Brings the schema up to date, as its owner; anybody else finds it so.
    pub(super) async fn migrate(db: &Db) -> anyhow::Result<()> {
        if !serving::may_migrate(db.queue_pool()).await? {
            return Ok(schema::assert_up_to_date(db.queue_pool()).await?);
        }
        schema::bring_up_to_date(db.queue_pool()).await?;
        jobs::migrate(db.queue_pool()).await?;
        serving::prepare(db.queue_pool()).await.context("linka_server cannot be prepared")?;
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
    match (installation::claim(db.queue_pool(), wanted).await?, wanted) {
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
    let database = match args.owner_url() {
        Some(_) => None,
        None => options_of_running(&args.data_directory()).await?,
    };
    let database = match database {
        Some(options) => Database { options, serving: None, pooler: None, cluster: None },
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
    if args.owner_url().is_some() {
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
