//! Work that is done later: a queue in the database (graphile_worker), served beside the web server by every process.
//!
//! A job is queued in the transaction of what causes it (`queue_mail()` of `migrations/0008`, `queue_payment_job()` of
//! `migrations/0010`) and holds no more than an id.
//! What is due by the clock is found by the [upkeep](crate::server::service::upkeep), which asks each minute.

use std::{fmt, time::Duration};

use graphile_worker::{
    IntoTaskHandlerResult, TaskHandler, Worker, WorkerContext, WorkerOptions, WorkerRecoveryConfig, WorkerUtils,
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use tokio::{sync::watch, task::JoinHandle, time};
use uuid::Uuid;

use super::{
    app::App,
    db::locks,
    service::{
        line::operating,
        mails,
        money::{
            card::{self, CardError},
            card_refunds, reconciliation, saved_cards, statements, stripe_events, tax_documents,
        },
        people::links,
        upkeep,
        work::{connection_reports, mail_in, pushes, remote_sessions, sms, webhooks},
    },
};
use crate::model::{
    base::ids::{
        DocumentId, InboundMailId, MailId, PurchaseId, PushMessageId, RefundId, RequestId, SmsMessageId, WebhookId,
        WebhookMessageId,
    },
    problem::Problem,
};

/// The queue's own schema.
const SCHEMA: &str = "graphile_worker";
/// How many jobs one process does at once.
const CONCURRENCY: usize = 4;
/// How many addresses one process tells something at once, beside those. Whoever is told may be slow, which costs a place here for some
/// seconds and hardly anything else: no mail waits for it, and others only while such take all places.
const TOLD_AT_ONCE: usize = 16;
/// How long running jobs may take to finish when the process stops.
const GRACE: Duration = Duration::from_secs(25);
/// How often a process looks for jobs that nobody announced to it, such as those that are due for another try.
const POLL: Duration = Duration::from_secs(5);
/// How long to wait before the queue is tried again when it is in trouble.
const PAUSE: Duration = Duration::from_secs(10);
/// How often the upkeep looks for what is due.
const MINUTE: Duration = Duration::from_secs(60);

/// How often the certificates of servers that we speak with are looked at.
const CERTIFICATES: Duration = Duration::from_secs(60 * 60);

/// How often Stripe is asked about what nobody told.
const RECONCILIATION: Duration = Duration::from_secs(10 * 60);

/// What goes wrong in the queue itself.
#[derive(Debug, thiserror::Error)]
#[error("the queue of jobs: {0}")]
pub struct JobsError(String);

impl JobsError {
    fn new(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// Brings the queue's schema up to date, one process at a time.
///
/// # Errors
/// When the database refuses.
pub async fn migrate(pool: &PgPool) -> Result<(), JobsError> {
    let lock = locks::for_migration(pool).await.map_err(JobsError::new)?;
    let outcome = WorkerUtils::new(pool.clone(), SCHEMA).migrate().await.map_err(JobsError::new);
    lock.rollback().await.map_err(JobsError::new)?;
    outcome
}

/// The jobs of this process, until they are stopped.
#[derive(Debug)]
pub struct Jobs {
    stop: watch::Sender<bool>,
    queue: JoinHandle<()>,
    telling: JoinHandle<()>,
    upkeep: JoinHandle<()>,
    reconciliation: JoinHandle<()>,
    certificates: JoinHandle<()>,
}

impl Jobs {
    /// Starts to serve the queue and the upkeep. Trouble there is logged and tried again; it stops nothing else.
    #[must_use]
    pub fn start(app: &App) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self {
            stop,
            queue: tokio::spawn(serve_queue(app.clone(), Share::Ours, stopped.clone())),
            telling: tokio::spawn(serve_queue(app.clone(), Share::Webhooks, stopped.clone())),
            upkeep: tokio::spawn(keep_up(app.clone(), stopped.clone())),
            reconciliation: tokio::spawn(reconcile(app.clone(), stopped.clone())),
            certificates: tokio::spawn(look_at_certificates(app.clone(), stopped)),
        }
    }

    /// Lets running jobs finish, and takes no new ones.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in [self.queue, self.telling, self.upkeep, self.reconciliation, self.certificates] {
            if let Err(error) = task.await {
                tracing::error!(%error, "jobs did not stop well");
            }
        }
    }
}

/// Does every job that is due, then returns: for tests.
///
/// # Errors
/// When the queue does not answer.
pub async fn run_due(app: &App) -> Result<(), JobsError> {
    worker(app, Share::All, std::future::pending()).await?.run_once().await.map_err(JobsError::new)
}

/// The same, one after the other: a simulation is the same each time.
///
/// # Errors
/// When the queue does not answer.
pub async fn run_due_in_order(app: &App) -> Result<(), JobsError> {
    worker(app, Share::InOrder, std::future::pending()).await?.run_once().await.map_err(JobsError::new)
}

async fn serve_queue(app: App, share: Share, mut stopped: watch::Receiver<bool>) {
    if share == Share::Ours && !app.mail.is_set_up() {
        tracing::warn!("no mail server is set up (LINKA_SMTP): mails wait in the queue until there is one");
    }
    loop {
        let outcome = async {
            let mut stopped = stopped.clone();
            let stop = async move { drop(stopped.wait_for(|stop| *stop).await) };
            worker(&app, share, stop).await?.run().await.map_err(JobsError::new)
        };
        if let Err(error) = outcome.await {
            tracing::error!(%error, "jobs wait");
        }
        if stops_within(&mut stopped, PAUSE).await {
            return;
        }
    }
}

async fn keep_up(app: App, mut stopped: watch::Receiver<bool>) {
    for minute in 0_u64.. {
        let mut outcomes = vec![upkeep::each_minute(&app).await];
        if minute.is_multiple_of(60) {
            outcomes.push(upkeep::each_hour(&app).await);
        }
        for problem in outcomes.into_iter().filter_map(Result::err) {
            tracing::error!(%problem, "upkeep");
        }
        if stops_within(&mut stopped, MINUTE).await {
            return;
        }
    }
}

/// Asks Stripe about payments of which nobody told.
async fn reconcile(app: App, stopped: watch::Receiver<bool>) {
    ask_outside("reconciliation", RECONCILIATION, stopped, || reconciliation::reconcile(&app)).await;
}

/// Looks at the certificates of servers that we speak with.
async fn look_at_certificates(app: App, stopped: watch::Receiver<bool>) {
    ask_outside("certificates", CERTIFICATES, stopped, || operating::look_at_certificates(&app)).await;
}

/// Asks others again and again. Apart from the upkeep, which must not wait while they are slow.
async fn ask_outside<Asking: Future<Output = Result<(), Problem>>>(
    what: &'static str,
    pause: Duration,
    mut stopped: watch::Receiver<bool>,
    ask: impl Fn() -> Asking,
) {
    loop {
        let asked = {
            let stop = async { drop(stopped.wait_for(|stop| *stop).await) };
            // What is given up in the middle is found again by the next process.
            tokio::select! {
                outcome = ask() => Some(outcome),
                () = stop => None,
            }
        };
        match asked {
            None => return,
            Some(Ok(())) => {}
            Some(Err(problem)) => tracing::error!(%problem, what, "asking outside"),
        }
        if stops_within(&mut stopped, pause).await {
            return;
        }
    }
}

/// Waits, unless the process stops in the meantime.
async fn stops_within(stopped: &mut watch::Receiver<bool>, pause: Duration) -> bool {
    time::timeout(pause, stopped.wait_for(|stop| *stop)).await.is_ok()
}

/// Which jobs a worker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    /// All, for tests.
    All,
    /// All, one at a time, for simulations.
    InOrder,
    /// What ends in good time.
    Ours,
    /// What waits for strangers.
    Webhooks,
}

async fn worker(app: &App, share: Share, stop: impl Future<Output = ()> + Send + 'static) -> Result<Worker, JobsError> {
    let options = WorkerOptions::default()
        .pg_pool(app.db.queue_pool().clone())
        .schema(SCHEMA)
        .concurrency(match share {
            Share::Webhooks => TOLD_AT_ONCE,
            Share::InOrder => 1,
            Share::All | Share::Ours => CONCURRENCY,
        })
        .poll_interval(POLL)
        // Jobs of a process that was killed are done by another one within minutes.
        .worker_recovery(WorkerRecoveryConfig::default().enabled(true))
        .listen_os_shutdown_signals(false)
        .shutdown_signal(stop)
        .shutdown_grace_period(GRACE)
        .add_extension(Tasks(app.clone()));
    // Jobs that a worker does not know stay in the queue, and none of their tries is spent.
    let options = match share {
        Share::Webhooks => options.define_job::<SendWebhook>().define_job::<TellWebhooks>(),
        Share::Ours => ours(app, options),
        Share::All | Share::InOrder => ours(app, options).define_job::<SendWebhook>().define_job::<TellWebhooks>(),
    };
    options.init().await.map_err(JobsError::new)
}

/// With all that can be done here and waits for no stranger.
fn ours(app: &App, options: WorkerOptions) -> WorkerOptions {
    let options = options
        .define_job::<PrintDocument>()
        .define_job::<AccountForMail>()
        .define_job::<SendPush>()
        .define_job::<SendLink>();
    let options = if app.mail.is_set_up() { options.define_job::<SendMail>() } else { options };
    let options = if app.sms.is_set_up() { options.define_job::<SendSms>() } else { options };
    let options = if app.statements.fio.is_on() { options.define_job::<FetchStatements>() } else { options };
    let options = if app.imap.is_on() { options.define_job::<FetchMails>() } else { options };
    let options = if app.teamviewer.is_on() {
        options.define_job::<MakeSession>().define_job::<FetchConnections>()
    } else {
        options
    };
    if app.payments.is_on() {
        options
            .define_job::<StartCheckout>()
            .define_job::<EndCheckout>()
            .define_job::<HandleStripeEvent>()
            .define_job::<SendRefund>()
            .define_job::<DetachCard>()
    } else {
        options
    }
}

/// What tasks work with.
#[derive(Clone)]
struct Tasks(App);

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tasks")
    }
}

fn app(context: &WorkerContext) -> Result<&App, String> {
    match context.get_ext::<Tasks>() {
        Some(Tasks(app)) => Ok(app),
        None => Err("a worker without the application".to_owned()),
    }
}

/// Whether the queue will not try this job again.
fn is_last_try(context: &WorkerContext) -> bool {
    context.job().attempts() >= context.job().max_attempts()
}

fn outcome<T>(outcome: Result<T, CardError>) -> Result<(), String> {
    outcome.map(drop).map_err(|error| error.to_string())
}

/// Makes the checkout page of a purchase.
#[derive(Debug, Serialize, Deserialize)]
struct StartCheckout {
    /// Jobs of before it was called so are still queued under its old name.
    #[serde(alias = "order")]
    purchase: PurchaseId,
}

impl TaskHandler for StartCheckout {
    const IDENTIFIER: &'static str = "start_checkout";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        outcome(card::try_start_checkout(app(&context)?, self.purchase).await)
    }
}

/// Ends the checkout page of a purchase that was called off.
#[derive(Debug, Serialize, Deserialize)]
struct EndCheckout {
    /// Jobs of before it was called so are still queued under its old name.
    #[serde(alias = "order")]
    purchase: PurchaseId,
}

impl TaskHandler for EndCheckout {
    const IDENTIFIER: &'static str = "end_checkout";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        outcome(card::try_end_checkout(app(&context)?, self.purchase).await)
    }
}

/// Looks up what an event of Stripe's is about.
#[derive(Debug, Serialize, Deserialize)]
struct HandleStripeEvent {
    event: String,
}

impl TaskHandler for HandleStripeEvent {
    const IDENTIFIER: &'static str = "handle_stripe_event";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        outcome(stripe_events::handle(app(&context)?, &self.event, is_last_try(&context)).await)
    }
}

/// Asks Stripe to return money.
#[derive(Debug, Serialize, Deserialize)]
struct SendRefund {
    refund: RefundId,
}

impl TaskHandler for SendRefund {
    const IDENTIFIER: &'static str = "send_refund";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        outcome(card_refunds::send_refund(app(&context)?, self.refund).await)
    }
}

/// Has Stripe take a card that was let go from its customer.
#[derive(Debug, Serialize, Deserialize)]
struct DetachCard {
    card: String,
}

impl TaskHandler for DetachCard {
    const IDENTIFIER: &'static str = "detach_card";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        outcome(saved_cards::detach(app(&context)?, &self.card).await)
    }
}

/// Sends a mail. The queue tries again with growing pauses when it fails, up to the number of tries that `queue_mail()`
/// allows.
#[derive(Debug, Serialize, Deserialize)]
struct SendMail {
    mail: MailId,
}

impl TaskHandler for SendMail {
    const IDENTIFIER: &'static str = "send_mail";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        mails::deliver(app(&context)?, self.mail, is_last_try(&context)).await
    }
}

/// Accounts for a mail that came.
#[derive(Debug, Serialize, Deserialize)]
struct AccountForMail {
    mail: InboundMailId,
}

impl TaskHandler for AccountForMail {
    const IDENTIFIER: &'static str = "account_for_mail";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        mail_in::account(app(&context)?, self.mail, is_last_try(&context)).await
    }
}

/// Sends a notification to a device. The queue tries again with growing pauses, up to the number of tries that `add_push_job()`
/// allows.
#[derive(Debug, Serialize, Deserialize)]
struct SendPush {
    message: PushMessageId,
}

impl TaskHandler for SendPush {
    const IDENTIFIER: &'static str = "send_push";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        pushes::deliver(app(&context)?, self.message, is_last_try(&context)).await
    }
}

/// Sends a short message.
#[derive(Debug, Serialize, Deserialize)]
struct SendSms {
    message: SmsMessageId,
}

impl TaskHandler for SendSms {
    const IDENTIFIER: &'static str = "send_sms";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        sms::deliver(app(&context)?, self.message, is_last_try(&context)).await
    }
}

/// Gives the address of something new its turn.
#[derive(Debug, Serialize, Deserialize)]
struct SendWebhook {
    message: WebhookMessageId,
}

impl TaskHandler for SendWebhook {
    const IDENTIFIER: &'static str = "send_webhook";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        webhooks::deliver(app(&context)?, self.message).await
    }
}

/// Tells an address what is due. When something is told again follows from its answer; the queue tries again what died on its way.
#[derive(Debug, Serialize, Deserialize)]
struct TellWebhooks {
    endpoint: WebhookId,
}

impl TaskHandler for TellWebhooks {
    const IDENTIFIER: &'static str = "tell_webhooks";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        webhooks::turn(app(&context)?, self.endpoint).await
    }
}

/// Makes and mails the link that somebody asked for.
#[derive(Debug, Serialize, Deserialize)]
struct SendLink {
    wish: Uuid,
}

impl TaskHandler for SendLink {
    const IDENTIFIER: &'static str = "send_link";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        links::send(app(&context)?, self.wish).await.map_err(|problem| problem.to_string())
    }
}

/// Asks the bank for its movements. The queue tries again with growing pauses when it wants to be asked later.
#[derive(Debug, Serialize, Deserialize)]
struct FetchStatements {}

impl TaskHandler for FetchStatements {
    const IDENTIFIER: &'static str = "fetch_statements";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        statements::fetch(app(&context)?).await.map_err(|error| error.to_string())
    }
}

/// Has TeamViewer make the session of an agreed time.
#[derive(Debug, Serialize, Deserialize)]
struct MakeSession {
    request: RequestId,
}

impl TaskHandler for MakeSession {
    const IDENTIFIER: &'static str = "make_session";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        remote_sessions::make(app(&context)?, self.request).await.map_err(|error| error.to_string())
    }
}

/// Asks TeamViewer what was connected. What fails is asked again in its turn, not by the queue.
#[derive(Debug, Serialize, Deserialize)]
struct FetchConnections {}

impl TaskHandler for FetchConnections {
    const IDENTIFIER: &'static str = "fetch_connections";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        connection_reports::fetch(app(&context)?).await.map_err(|problem| problem.to_string())
    }
}

/// Looks into the mailbox. When it fails, the next minute's does it again, and waits for longer.
#[derive(Debug, Serialize, Deserialize)]
struct FetchMails {}

impl TaskHandler for FetchMails {
    const IDENTIFIER: &'static str = "fetch_mails";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        mail_in::fetch(app(&context)?).await.map_err(|error| error.to_string())
    }
}

/// Prints a tax document and keeps its files, before anybody asks for them.
#[derive(Debug, Serialize, Deserialize)]
struct PrintDocument {
    document: DocumentId,
}

impl TaskHandler for PrintDocument {
    const IDENTIFIER: &'static str = "print_document";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        tax_documents::print(app(&context)?, self.document).await.map_err(|problem| problem.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_of_former_days_are_read_under_the_old_name_of_a_purchase() {
        let id = PurchaseId(Uuid::from_u128(7));
        for name in ["order", "purchase"] {
            let payload = serde_json::json!({ name: id });
            assert_eq!(serde_json::from_value::<StartCheckout>(payload.clone()).unwrap().purchase, id);
            assert_eq!(serde_json::from_value::<EndCheckout>(payload).unwrap().purchase, id);
        }
    }
}
