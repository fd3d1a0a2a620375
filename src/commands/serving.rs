//! Serving the portal.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use anyhow::{Context, anyhow};
use leptos::prelude::LeptosOptions;
use linka::{
    model::{base::installation::Installation, paths, people::staff::FIRST_MANAGER},
    server::{
        app::{App, AppSettings},
        ares::Ares,
        certificates::Certificates,
        clock::Clock,
        config::ServeArgs,
        db::Db,
        demo,
        files::{Bucket, BucketArgs, Files, Scanner},
        http,
        jobs::Jobs,
        lmtp::Lmtp,
        mail::{Mailer, Transport},
        oidc::Oidc,
        payments::{
            Payments,
            sandbox::{Sandbox, SandboxArgs},
        },
        push::SmsGateway,
        random::Random,
        reach::{Lookup, Reach},
        service::{ordering::attachments, people::staff},
        statements::{Statements, fio::Fio, folder::Folder},
        teamviewer::Teamviewer,
        traces::Traces,
        webhooks::{self, Webhooks},
    },
};
use rustix::process::{Resource, getrlimit};
use sd_notify::NotifyState;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use super::{
    app, begin_log,
    database::{Database, claim},
};

/// What is logged where LINKA_LOG says nothing. Each request has a line where it is asked for; else the proxy's log and the metrics tell.
const LOGGED: &str = "info,sqlx=warn,linka::requests=off";

pub(crate) async fn serve(args: ServeArgs) -> anyhow::Result<()> {
    let traces = args.otlp.as_deref().map(Traces::to).transpose().context("LINKA_OTLP")?;
    begin_log(args.log_json, LOGGED, traces.as_ref())?;
    let outcome = Box::pin(serve_as(args)).await;
    if let Some(traces) = traces {
        traces.stop().await;
    }
    outcome
}

/// What is listened on.
struct Doors {
    /// For people and programs.
    portal: TcpListener,
    /// For a mail server that hands mails over.
    lmtp: Option<Lmtp>,
    /// For whoever watches.
    metrics: Option<TcpListener>,
}

impl Doors {
    /// Before the database is started: a port in use is the commonest reason not to start at all.
    async fn open(args: &ServeArgs) -> anyhow::Result<Self> {
        let lmtp = match &args.lmtp {
            Some(address) => Some(Lmtp::bind(address).await.context("LINKA_LMTP")?),
            None => None,
        };
        let metrics = match args.metrics_addr {
            Some(address) => Some(TcpListener::bind(address).await.context("LINKA_METRICS_ADDR")?),
            None => None,
        };
        let portal = TcpListener::bind(args.addr).await.with_context(|| format!("cannot listen on {}", args.addr))?;
        Ok(Self { portal, lmtp, metrics })
    }
}

async fn serve_as(args: ServeArgs) -> anyhow::Result<()> {
    args.refuse_unsafe().map_err(|wrong| anyhow!(wrong))?;
    let leptos = leptos_options(&args)?;
    let doors = Doors::open(&args).await?;
    let addr = doors.portal.local_addr()?;
    let site = args.url.clone().unwrap_or_else(|| format!("http://{addr}"));
    let clock = args.clock.map_or(Clock::System, |at| Clock::starting_at(at.to_utc()));
    let mail = mailer(&args, &site)?;
    let sms = sms(&args)?;
    let payments = payments(&args, &site, addr, &clock).await?;
    let oidc = args.oidc.as_deref().map(Oidc::new).transpose()?.unwrap_or_default();
    let ares = args.ares.as_deref().map(Ares::new).transpose()?.unwrap_or_default();
    let files = files(&args)?;
    let imap = args.imap.mailbox().map_err(|wrong| anyhow!(wrong))?;
    let statements = statements(&args)?;
    let teamviewer = teamviewer(&args)?;
    // A demo that strangers reach calls nothing of this machine.
    let reach = if args.demo && !args.demo_public { Reach::Machine } else { Reach::Public };
    let certificates = certificates(&args);
    let webhooks = Webhooks::new(reach, Lookup::System, webhooks::PATIENCE)?;
    let mut database = Database::open(&args.database).await?;
    let app = |db| {
        let settings = AppSettings {
            https: args.https,
            demo: args.demo,
            behind_proxy: args.behind_proxy,
            proxy_header: args.proxy_header,
        };
        Ok(App {
            ares,
            imap,
            oidc,
            statements,
            teamviewer,
            webhooks,
            certificates,
            ..app(db, clock, (mail, sms, files, payments), settings)?
        })
    };
    let outcome = Box::pin(serve_with(&args, leptos, app, doors, &mut database)).await;
    // Why serving ended says more than why stopping failed.
    let closed = database.close().await;
    outcome.and(closed)
}

async fn serve_with(
    args: &ServeArgs,
    leptos: LeptosOptions,
    app: impl FnOnce(Db) -> anyhow::Result<App>,
    Doors { portal: listener, lmtp, metrics }: Doors,
    database: &mut Database,
) -> anyhow::Result<()> {
    let db = database.serve(args.database.database_connections, args.demo || args.serve_as_owner).await?;
    claim(&db, if args.demo { Installation::Demo } else { Installation::Production }).await?;
    let app = app(db.clone())?;
    if args.demo {
        Box::pin(demo::load(&app)).await?;
        println!("{}", demo::sign_ins()?);
    }
    if attachments::lacks_bucket(&app).await? {
        anyhow::bail!("LINKA_S3_BUCKET is missing: files that people have sent stand in it");
    }
    let needs_manager = staff::needs_manager(&app).await?;
    let jobs = Jobs::start(&app);
    let live = app.live.clone();
    let (stop_lmtp, stopped) = watch::channel(false);
    let taking_mails = lmtp.map(|lmtp| tokio::spawn(lmtp.serve(app.clone(), stopped)));
    let watched = metrics.map(|listener| {
        let router = http::metrics::router(app.clone());
        tokio::spawn(axum::serve(listener, router).into_future())
    });
    let following = tokio::spawn(live.clone().follow(db.clone()));
    let router = http::router(app, leptos);
    let bounds = bounds(args);
    // Whoever is told that it listens may end it in the same moment.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    if needs_manager {
        println!("Nobody can sign in yet: {FIRST_MANAGER} makes the first manager.");
    }
    println!("Linka listens on http://{}", listener.local_addr()?);
    tell_systemd(NotifyState::Ready);
    let streams = live.clone();
    let served = http::serve(listener, router, bounds, async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: running requests are finished, new ones are not taken");
        tell_systemd(NotifyState::Stopping);
        // They would never finish.
        streams.stop();
    });
    let outcome = tokio::select! {
        () = served => Ok(()),
        given_up = database.keep_running() => Err(given_up),
    };
    live.stop();
    stop_lmtp.send_replace(true);
    if let Some(taking_mails) = taking_mails {
        let _ = taking_mails.await;
    }
    // It ends when the database has answered what it is being asked, or was given up.
    let _ = following.await;
    jobs.stop().await;
    if let Some(watched) = watched {
        watched.abort();
    }
    db.close().await;
    outcome
}

/// How many connections there may be: as asked for, and never more than may be open as files beside what else is.
fn bounds(args: &ServeArgs) -> http::Bounds {
    const BESIDE: u64 = 128;
    let default = http::Bounds::default();
    let wanted = args.connections.map_or(default.connections, usize::from);
    let beside = BESIDE + u64::from(args.database.database_connections);
    let files = getrlimit(Resource::Nofile).current.map(|files| files.saturating_sub(beside).max(1));
    let room = files.and_then(|files| usize::try_from(files).ok()).unwrap_or(usize::MAX);
    if args.connections.is_some() && room < wanted {
        tracing::warn!(
            room,
            "LINKA_CONNECTIONS: this process may not open as many files; see LimitNOFILE of systemd, ulimit -n"
        );
    }
    http::Bounds { connections: wanted.min(room), ..default }
}

/// The servers whose certificates are looked at.
pub(crate) fn certificates(args: &ServeArgs) -> Certificates {
    Certificates::of(args.smtp.as_deref(), args.stripe_key.is_some())
}

/// Nobody is told where no service manager asks to be.
fn tell_systemd(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the service manager cannot be told how the portal is");
    }
}

/// How mails leave: to the mail server; in a demo without one into files of the data directory; else not yet.
pub(crate) fn mailer(args: &ServeArgs, site: &str) -> anyhow::Result<Mailer> {
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
    Ok(Mailer::new(transport, from, site).taking_mails_at(args.mail_in.as_deref()))
}

/// From where statements of the bank come by themselves.
fn statements(args: &ServeArgs) -> anyhow::Result<Statements> {
    let fio = match args.fio_token.as_deref() {
        Some(token) => Fio::new(&args.fio_url, token)?,
        None => Fio::default(),
    };
    let Some(path) = &args.statements else { return Ok(Statements { fio, folder: Folder::default() }) };
    if !path.is_dir() {
        return Err(anyhow!("LINKA_STATEMENTS: {} is no folder", path.display()));
    }
    Ok(Statements { fio, folder: Folder::new(path.clone()) })
}

/// How TeamViewer is asked for sessions and reports; without a token it is not.
fn teamviewer(args: &ServeArgs) -> anyhow::Result<Teamviewer> {
    match args.teamviewer_token.as_deref() {
        Some(token) => Teamviewer::new(&args.teamviewer_url, token).context("LINKA_TEAMVIEWER_TOKEN"),
        None => Ok(Teamviewer::default()),
    }
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
        random: Random::System,
    })
    .await
    .context("the sandbox of payments does not start")?;
    Ok(Payments::sandbox(sandbox.origin(), site)?)
}

/// Where the site's files are; checked here, so that a missing build is named at the start and not by a broken page.
fn leptos_options(args: &ServeArgs) -> anyhow::Result<LeptosOptions> {
    let hash_file = args.hash_file()?;
    let not_built = |path: &PathBuf| format!("the site is not built: {} is missing", path.display());
    hash_file.try_exists()?.then_some(()).ok_or_else(|| anyhow!(not_built(&hash_file)))?;
    args.site_root.join("pkg").try_exists()?.then_some(()).ok_or_else(|| anyhow!(not_built(&args.site_root)))?;
    Ok(http::site_options(args.addr, &args.site_root, &hash_file))
}
