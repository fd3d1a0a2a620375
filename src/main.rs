//! The commands of the program: wiring only.

use std::{
    io::{IsTerminal, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Component, Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, anyhow};
use clap::Parser;
use leptos::prelude::LeptosOptions;
use linka::model::{
    base::{fields::FieldCode, installation::Installation},
    minutes::contracts::LARGEST_FILE,
    ordering::imports::Counts,
    paths,
    people::{
        members::{StaffRole, StaffRoles},
        staff::{FIRST_MANAGER, StaffForm},
    },
    problem::Problem,
};
use linka::server::{
    app::{App, AppSettings, LastKnownLine},
    ares::Ares,
    auth::passwords::Passwords,
    backup::{self, Target},
    clock::Clock,
    config::{BackupArgs, Cli, Command, DatabaseArgs, LinkArgs, ServeArgs, StaffCommand},
    db::{
        Db, MIGRATIONS, fitness, installation,
        private::{PrivateCluster, options_of_running},
    },
    demo,
    files::{Bucket, BucketArgs, Files, Scanner},
    http,
    jobs::{self, Jobs},
    live::Live,
    mail::{Mailer, Transport},
    oidc::Oidc,
    payments::{
        Payments,
        sandbox::{Sandbox, SandboxArgs},
    },
    push::{Pusher, Reach, SmsGateway},
    random::Random,
    service::{
        line::backups,
        ordering::{attachments, exports, imports},
        people::{accounts, passwords, staff},
    },
    sheets::SourceFile,
};
use linka::ui::{import_words, texts::Locale};
use sqlx::postgres::PgConnectOptions;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(help) if !help.use_stderr() => help.exit(),
        Err(error) => {
            let text = error.to_string();
            eprintln!("linka: {}", text.lines().next().unwrap_or_default().trim_start_matches("error: "));
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => Box::pin(serve(*args)).await.map(|()| ExitCode::SUCCESS),
            Command::Migrate(args) => with_database(&args, async |_| Ok(ExitCode::SUCCESS)).await,
            Command::Demo { database, yes } => {
                if let Some(url) = database.database_url.as_ref().filter(|_| !yes) {
                    agree_to_fill(url)?;
                }
                with_database(&database, async |db| {
                    claim(&db, Installation::Demo).await?;
                    // Loading sends nothing.
                    let mail = Mailer::new(Transport::None, "Linka <linka@localhost>".parse()?, "http://localhost");
                    demo::load(&app(db, Clock::System, only_mail(mail), AppSettings::default())?).await?;
                    Ok(ExitCode::SUCCESS)
                })
                .await
            }
            Command::Unlock { database, email } => unlock(&database, &email).await,
            Command::Staff { command } => staff_command(command).await,
            Command::Backup(args) => back_up(&args).await,
            Command::Restore(args) => restore(&args).await,
            Command::Import { database, dry_run, directory } => import(&database, &directory, dry_run).await,
            Command::Export { database, customer, directory } => {
                export(&database, &directory, customer.as_deref()).await
            }
            Command::Database { database, command } => run_with_database(&database, &command).await,
        }
    });
    outcome.unwrap_or_else(|error| failed(&error))
}

/// Asks before a database of somebody's own is filled with customers whose passwords everybody knows.
fn agree_to_fill(url: &str) -> anyhow::Result<()> {
    let options: PgConnectOptions = url.parse().context("DATABASE_URL")?;
    let database = options.get_database().unwrap_or(options.get_username()).to_owned();
    anyhow::ensure!(
        std::io::stdin().is_terminal(),
        "DATABASE_URL: say --yes to fill the database {database} on {} with the demo's data",
        options.get_host()
    );
    eprint!("Fill the database {database} on {} with the demo's data? [y/N] ", options.get_host());
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    anyhow::ensure!(matches!(answer.trim(), "y" | "Y" | "yes"), "nothing was changed");
    Ok(())
}

/// Forgets the failed attempts to sign in with an address.
async fn unlock(args: &DatabaseArgs, email: &str) -> anyhow::Result<ExitCode> {
    beside_portal(args, "http://localhost", async |app| {
        let forgotten = accounts::unlock(&app, email).await?;
        println!("Forgotten are {forgotten} failed attempts to sign in as {email}.");
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// Lets somebody in, and prints the link to hand over.
async fn staff_command(command: StaffCommand) -> anyhow::Result<ExitCode> {
    let (LinkArgs { database, url, addr }, work) = match command {
        StaffCommand::Add { at, manager, dispatcher, technician, name, email } => {
            let roles = [
                (dispatcher, StaffRole::Dispatcher),
                (technician, StaffRole::Technician),
                (manager, StaffRole::Manager),
            ];
            let roles: StaffRoles = roles.into_iter().filter_map(|(is, role)| is.then_some(role)).collect();
            anyhow::ensure!(!roles.is_empty(), "say what the person does: --manager, --dispatcher or --technician");
            (at, Ok(StaffForm { name, email, roles, ..StaffForm::default() }))
        }
        StaffCommand::Link { at, email } => (at, Err(email)),
    };
    let site = url.unwrap_or_else(|| format!("http://{addr}"));
    beside_portal(&database, &site, async |app| {
        let token = match &work {
            Ok(person) => staff::add(&app, None, person).await.map_err(|problem| why_not(&problem))?.1,
            Err(email) => match staff::new_link_for(&app, email).await {
                Err(Problem::NotFound) => anyhow::bail!("nobody of the staff signs in with {email}"),
                made => made?,
            },
        };
        println!("A password is chosen here, once and within 3 days:\n{}", passwords::link_of(&app, &token));
        Ok(ExitCode::SUCCESS)
    })
    .await
}

fn why_not(problem: &Problem) -> anyhow::Error {
    let Problem::Invalid { fields } = problem else { return anyhow!("{problem}") };
    let fields: Vec<_> = fields
        .iter()
        .map(|field| match field.code {
            FieldCode::AlreadyUsed => {
                "somebody signs in with that address already; `linka staff link` makes a new link".to_owned()
            }
            code => format!("{}: {code}", field.field),
        })
        .collect();
    anyhow!(fields.join(", "))
}

/// Writes all that is kept into a file, beside a portal that runs, or without one.
async fn back_up(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let database = &args.database;
    beside_portal(database, "http://localhost", async |app| {
        let from = target(database, &app.db.pool().connect_options());
        let bytes = backup::back_up(&from, &args.file, args.force).await?;
        let name = args.file.file_name().unwrap_or_default().to_string_lossy();
        // It is made, whether or not that can be noted.
        if let Err(problem) = backups::note(&app, &name, bytes, &who_runs_this()).await {
            tracing::warn!(%problem, "the backup is not noted");
        }
        println!("Backed up into {}, {bytes} bytes.", args.file.display());
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// Puts what a backup holds into the database, which nobody else uses meanwhile, and brings it up to date.
async fn restore(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    start_log(false, "warn")?;
    let database = Database::open(&args.database).await?;
    let outcome = async {
        let into = target(&args.database, &database.options);
        backup::restore(&into, &args.file, args.force, &who_runs_this()).await?;
        let db = database.reach(2).await?;
        let migrated = Database::migrate(&db).await;
        db.close().await;
        migrated?;
        println!("Restored from {}.", args.file.display());
        Ok(ExitCode::SUCCESS)
    };
    let outcome = outcome.await;
    database.close().await?;
    outcome
}

/// Takes over the tables of a directory, and says what came of each and all that is wrong.
async fn import(database: &DatabaseArgs, directory: &Path, dry_run: bool) -> anyhow::Result<ExitCode> {
    let files = tables_in(directory)?;
    beside_portal(database, "http://localhost", async |app| {
        let signed = |way: &str| beside(directory, way);
        let report = imports::import_beside(&app, None, &files, &signed, dry_run).await?;
        for (kind, counts) in &report.tables {
            let Counts { new, changed, same, wrong } = counts;
            println!("{kind}: {new} new, {changed} changed, {same} the same, {wrong} wrong");
        }
        for (file, encoding) in &report.encodings {
            println!("{file}: read as {}", import_words::encoding(*encoding));
        }
        for problem in &report.problems {
            eprintln!("{}", import_words::line(Locale::En, problem));
        }
        if report.more > 0 {
            eprintln!("and {} more", report.more);
        }
        if dry_run {
            println!("Nothing was changed: this was a trial.");
        }
        Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
    .await
}

/// The files of a directory that may be tables, by name.
fn tables_in(directory: &Path) -> anyhow::Result<Vec<SourceFile>> {
    let cannot_read = || format!("cannot read {}", directory.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).with_context(cannot_read)? {
        let path = entry.with_context(cannot_read)?.path();
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        if path.is_file() && ["csv", "txt", "xlsx", "zip"].iter().any(|known| ending == *known) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push(SourceFile { name, bytes: std::fs::read(&path).with_context(|| path.display().to_string())? });
        }
    }
    anyhow::ensure!(
        !files.is_empty(),
        "{} has no tables: customers.csv or customers.xlsx, and the others",
        directory.display()
    );
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// What a file beside the tables holds, by its way from their directory and never out of it; no more than may be taken over.
fn beside(directory: &Path, way: &str) -> Option<Vec<u8>> {
    let way = Path::new(way);
    if !way.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(directory.join(way)).ok()?;
    file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Makes a directory, and those above it that are missing, for their owner only.
fn make_private(directory: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

/// Writes a file for its owner only, as all that customers have entrusted is in it.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)
}

/// Writes everything of one customer, or of all, into an empty directory.
async fn export(database: &DatabaseArgs, directory: &Path, customer: Option<&str>) -> anyhow::Result<ExitCode> {
    make_private(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    let mut entries = std::fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    anyhow::ensure!(entries.next().is_none(), "{} is not empty", directory.display());
    beside_portal(database, "http://localhost", async |app| {
        let mut count = 0;
        let exported = exports::export::<anyhow::Error>(&app, customer, |file| {
            let path = directory.join(&file.name);
            let folder = path.parent().unwrap_or(directory);
            make_private(folder)
                .and_then(|()| write_private(&path, &file.bytes))
                .with_context(|| format!("cannot write {}", path.display()))?;
            count += 1;
            Ok(())
        });
        exported.await.map_err(|error| match (error.downcast_ref::<Problem>(), customer) {
            (Some(Problem::NotFound), Some(named)) => anyhow!("no customer has the key or the IČO {named}"),
            _ => error,
        })?;
        println!("Exported into {}, {count} files.", directory.display());
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// How PostgreSQL's programs reach the database.
fn target(args: &DatabaseArgs, options: &PgConnectOptions) -> Target {
    match &args.database_url {
        Some(url) => Target::of_url(options.clone(), url),
        None => Target::private(options.clone()),
    }
}

/// The account of the system that runs this, as far as its surroundings say.
fn who_runs_this() -> String {
    let named = ["SUDO_USER", "LOGNAME", "USER"].into_iter().find_map(|name| std::env::var(name).ok());
    named.unwrap_or_else(|| format!("uid {}", rustix::process::geteuid().as_raw()))
}

/// Does something to the database beside a portal that runs, or without one.
async fn beside_portal(
    args: &DatabaseArgs,
    site: &str,
    work: impl AsyncFnOnce(App) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    start_log(false, "warn")?;
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

/// Makes sure that the demo's data and a vendor's are never mixed.
async fn claim(db: &Db, wanted: Installation) -> anyhow::Result<()> {
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

/// One line that names what is wrong.
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("linka: {error:#}");
    ExitCode::FAILURE
}

/// The database: the one of the URL, or a private one that lives as long as this value.
struct Database {
    options: PgConnectOptions,
    cluster: Option<PrivateCluster>,
}

impl Database {
    async fn open(args: &DatabaseArgs) -> anyhow::Result<Self> {
        if let Some(url) = &args.database_url {
            let options = url.parse().context("DATABASE_URL")?;
            return Ok(Self { options, cluster: None });
        }
        let cluster = PrivateCluster::start(&args.data_directory()).await?;
        Ok(Self { options: cluster.connect_options(), cluster: Some(cluster) })
    }

    /// Connects, checks that the server is fit for bookings, and brings the schema up to date under a lock.
    async fn connect(&self, connections: u32) -> anyhow::Result<Db> {
        let db = self.reach(connections).await?;
        fitness::assert_server(db.pool()).await?;
        Self::migrate(&db).await?;
        Ok(db)
    }

    async fn reach(&self, connections: u32) -> anyhow::Result<Db> {
        Db::connect(self.options.clone(), connections).await.context("cannot reach the database")
    }

    async fn migrate(db: &Db) -> anyhow::Result<()> {
        MIGRATIONS.run(db.pool()).await.context("the database's schema cannot be brought up to date")?;
        jobs::migrate(db.pool()).await?;
        Ok(())
    }

    /// Keeps a private server running; returns only when that is hopeless. A server of somebody else's is theirs to keep.
    async fn keep_running(&mut self) -> anyhow::Error {
        match &mut self.cluster {
            Some(cluster) => cluster.keep_running().await.into(),
            None => std::future::pending().await,
        }
    }

    async fn close(self) -> anyhow::Result<()> {
        match self.cluster {
            Some(cluster) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}

async fn with_database(
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

async fn run_with_database(args: &DatabaseArgs, command: &[String]) -> anyhow::Result<ExitCode> {
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

async fn serve(args: ServeArgs) -> anyhow::Result<()> {
    start_log(args.log_json, "info,sqlx=warn")?;
    args.refuse_unsafe().map_err(|wrong| anyhow!(wrong))?;
    let leptos = leptos_options(&args)?;
    // Before the database is started: a port in use is the commonest reason not to start at all.
    let listener = TcpListener::bind(args.addr).await.with_context(|| format!("cannot listen on {}", args.addr))?;
    let addr = listener.local_addr()?;
    let site = args.url.clone().unwrap_or_else(|| format!("http://{addr}"));
    let clock = args.clock.map_or(Clock::System, |at| Clock::starting_at(at.to_utc()));
    let mail = mailer(&args, &site)?;
    let sms = sms(&args)?;
    let payments = payments(&args, &site, addr, &clock).await?;
    let oidc = args.oidc.as_deref().map(Oidc::new).transpose()?.unwrap_or_default();
    let ares = args.ares.as_deref().map(Ares::new).transpose()?.unwrap_or_default();
    let files = files(&args)?;
    let mut database = Database::open(&args.database).await?;
    let app = |db| {
        let settings = AppSettings {
            https: args.https,
            demo: args.demo,
            behind_proxy: args.behind_proxy,
            proxy_header: args.proxy_header,
        };
        Ok(App { ares, oidc, ..app(db, clock, (mail, sms, files, payments), settings)? })
    };
    let outcome = serve_with(&args, leptos, app, listener, &mut database).await;
    // Why serving ended says more than why stopping failed.
    let closed = database.close().await;
    outcome.and(closed)
}

/// What the portal speaks with: mail server, gateway for short messages, scanner of files, payments.
type Outside = (Mailer, SmsGateway, Files, Payments);

/// For what a command does by itself.
fn only_mail(mail: Mailer) -> Outside {
    (mail, SmsGateway::default(), Files::new(None), Payments::off())
}

fn app(db: Db, clock: Clock, (mail, sms, files, payments): Outside, settings: AppSettings) -> anyhow::Result<App> {
    Ok(App {
        db,
        clock,
        random: Random,
        passwords: Passwords::default(),
        mail,
        files,
        push: Pusher::new(Reach::Public)?,
        sms,
        ares: Ares::default(),
        oidc: Oidc::default(),
        payments,
        live: Live::default(),
        line: LastKnownLine::default(),
        settings: Arc::new(settings),
    })
}

async fn serve_with(
    args: &ServeArgs,
    leptos: LeptosOptions,
    app: impl FnOnce(Db) -> anyhow::Result<App>,
    listener: TcpListener,
    database: &mut Database,
) -> anyhow::Result<()> {
    let db = database.connect(args.database.database_connections).await?;
    claim(&db, if args.demo { Installation::Demo } else { Installation::Production }).await?;
    let app = app(db.clone())?;
    if args.demo {
        demo::load(&app).await?;
        println!("{}", demo::sign_ins()?);
    }
    if attachments::lacks_bucket(&app).await? {
        anyhow::bail!("LINKA_S3_BUCKET is missing: files that people have sent stand in it");
    }
    let needs_manager = staff::needs_manager(&app).await?;
    let jobs = Jobs::start(&app);
    let live = app.live.clone();
    let following = tokio::spawn(live.clone().follow(db.clone()));
    let service = http::router(app, leptos).into_make_service_with_connect_info::<SocketAddr>();
    if needs_manager {
        println!("Nobody can sign in yet: {FIRST_MANAGER} makes the first manager.");
    }
    println!("Linka listens on http://{}", listener.local_addr()?);
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let streams = live.clone();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: running requests are finished, new ones are not taken");
        // They would never finish.
        streams.stop();
    });
    let outcome = tokio::select! {
        served = served => served.map_err(Into::into),
        given_up = database.keep_running() => Err(given_up),
    };
    live.stop();
    // It ends when the database has answered what it is being asked, or was given up.
    let _ = following.await;
    jobs.stop().await;
    db.close().await;
    outcome
}

/// How mails leave: to the mail server; in a demo without one into files of the data directory; else not yet.
fn mailer(args: &ServeArgs, site: &str) -> anyhow::Result<Mailer> {
    let transport = match &args.smtp {
        Some(url) => {
            Transport::smtp(url).map_err(|_| anyhow!("LINKA_SMTP: expected smtp:// or smtps:// and a host"))?
        }
        None if args.demo => Transport::Directory(args.database.data_directory().join("mail")),
        None => Transport::None,
    };
    let from = match &args.mail_from {
        Some(from) => from.clone(),
        None if args.smtp.is_some() => return Err(anyhow!("LINKA_MAIL_FROM is missing: LINKA_SMTP needs a sender")),
        None => "Linka <linka@localhost>".parse()?,
    };
    Ok(Mailer::new(transport, from, site))
}

/// Where files that people send go: through the scanner, and into the bucket where there is one.
fn files(args: &ServeArgs) -> anyhow::Result<Files> {
    let files = Files::new(args.clamav.clone().map(Scanner::new));
    let (Some(address), Some(key), Some(secret)) = (&args.s3_bucket, &args.s3_key, &args.s3_secret) else {
        return Ok(files);
    };
    let bucket = Bucket::new(&BucketArgs { address, region: &args.s3_region, key, secret });
    Ok(files.kept_in(bucket.context("LINKA_S3_BUCKET")?))
}

/// How short messages leave: to the gateway; without one there are none.
fn sms(args: &ServeArgs) -> anyhow::Result<SmsGateway> {
    match &args.sms_url {
        Some(url) => SmsGateway::new(url, args.sms_token.as_deref()).context("LINKA_SMS_URL"),
        None => Ok(SmsGateway::default()),
    }
}

/// How bundles are paid by card: by Stripe with its keys; in a demo without them through the sandbox; else not.
async fn payments(args: &ServeArgs, site: &str, addr: SocketAddr, clock: &Clock) -> anyhow::Result<Payments> {
    if let Some(keys) = args.stripe_keys().map_err(|wrong| anyhow!(wrong))? {
        return Payments::stripe(keys.key, keys.secret, site).context("LINKA_STRIPE_KEY");
    }
    if let Some(origin) = &args.sandbox_url {
        return Payments::sandbox(origin, site).context("LINKA_SANDBOX_URL");
    }
    if !args.demo {
        return Ok(Payments::off());
    }
    let data = args.database.data_directory();
    std::fs::create_dir_all(&data).with_context(|| format!("cannot make {}", data.display()))?;
    // What listens on every address is reached by this one.
    let host = if addr.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { addr.ip() };
    let sandbox = Sandbox::start(SandboxArgs {
        addr: args.sandbox_addr.unwrap_or((Ipv4Addr::LOCALHOST, 0).into()),
        file: Some(data.join("sandbox.json")),
        webhook: format!("http://{}{}", SocketAddr::new(host, addr.port()), paths::STRIPE_WEBHOOK),
        clock: clock.clone(),
        random: Random,
    })
    .await
    .context("the sandbox of payments does not start")?;
    Ok(Payments::sandbox(sandbox.origin(), site)?)
}

/// * `default` – what is logged where LINKA_LOG says nothing: whoever gives a command reads what it prints
fn start_log(json: bool, default: &str) -> anyhow::Result<()> {
    let filter = std::env::var("LINKA_LOG").unwrap_or_else(|_| default.to_owned());
    let filter = EnvFilter::try_new(filter).context("LINKA_LOG")?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if json {
        log.json().init();
    } else {
        log.init();
    }
    Ok(())
}

/// Where the site's files are; checked here, so that a missing build is named at the start and not by a broken page.
fn leptos_options(args: &ServeArgs) -> anyhow::Result<LeptosOptions> {
    let hash_file = match &args.hash_file {
        Some(path) => path.clone(),
        None => std::env::current_exe()?.with_file_name("hash.txt"),
    };
    let hash_file = std::path::absolute(hash_file)?;
    let not_built = |path: &PathBuf| format!("the site is not built: {} is missing", path.display());
    hash_file.try_exists()?.then_some(()).ok_or_else(|| anyhow!(not_built(&hash_file)))?;
    args.site_root.join("pkg").try_exists()?.then_some(()).ok_or_else(|| anyhow!(not_built(&args.site_root)))?;
    Ok(http::site_options(args.addr, &args.site_root, &hash_file))
}
