//! What whoever runs the portal watches, as OpenMetrics (docs/observe), on an address of its own: it is for nobody else, and none of the
//! layers for people and programs is around it.
//!
//! What the database knows is asked once, however many ask here, and within a time limit. Where it does not answer, that is what is told.

use std::{
    fmt, fs,
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::text::{encode_eof, encode_registry},
    metrics::{
        counter::ConstCounter,
        family::Family,
        gauge::{ConstGauge, Gauge},
        info::Info,
    },
    registry::Registry,
};
use tokio::{sync::Mutex, time::Instant};

use crate::{
    model::line::operating::OperatingFigures,
    server::{app::App, service::line::operating},
};

/// Where they are.
const PATH: &str = "/metrics";
/// How they are told (OpenMetrics 1.0).
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// For how long what the database said is told to whoever asks next.
const FRESH: Duration = Duration::from_secs(1);

/// What the database said, and when.
type Last = Option<(Instant, Option<OperatingFigures>)>;

#[derive(Clone)]
struct Watched {
    app: App,
    /// Locked while it is asked: one asks for all who come meanwhile.
    last: Arc<Mutex<Last>>,
}

/// The whole server for whoever watches.
pub fn router(app: App) -> Router {
    Router::new().route(PATH, get(tell)).with_state(Watched { app, last: Arc::default() })
}

async fn tell(State(watched): State<Watched>) -> Response {
    let figures = watched.figures().await;
    match written(&watched.app, figures.as_ref()) {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Watched {
    async fn figures(&self) -> Option<OperatingFigures> {
        let mut last = self.last.lock().await;
        match &*last {
            Some((at, figures)) if at.elapsed() < FRESH => figures.clone(),
            _ => {
                let figures = operating::figures(&self.app).await;
                let figures = figures.inspect_err(|problem| tracing::warn!(%problem, "metrics")).ok();
                *last = Some((Instant::now(), figures.clone()));
                figures
            }
        }
    }
}

fn written(app: &App, figures: Option<&OperatingFigures>) -> Result<String, fmt::Error> {
    let mut text = String::new();
    app.metrics.write(&mut text)?;
    let mut found = Found::default();
    found.portal(app, figures.is_some());
    if let Some(figures) = figures {
        found.waiting(figures);
        found.checked(figures);
    }
    found.process();
    encode_registry(&mut text, &found.0)?;
    encode_eof(&mut text)?;
    Ok(text)
}

/// Numbers as they are found at this moment.
#[derive(Default)]
struct Found(Registry);

impl Found {
    fn one(&mut self, name: &str, help: &str, value: f64) {
        self.0.register(name, help, ConstGauge::new(value));
    }

    /// One where there is any.
    fn perhaps(&mut self, name: &str, help: &str, value: Option<i64>) {
        if let Some(value) = value {
            self.one(name, help, number(value));
        }
    }

    /// One for each value of a label.
    fn each<'a>(
        &mut self,
        name: &str,
        help: &str,
        label: &'static str,
        values: impl IntoIterator<Item = (&'a str, f64)>,
    ) {
        let family: Family<[(&'static str, String); 1], Gauge<f64, AtomicU64>> = Family::default();
        for (of, value) in values {
            family.get_or_create(&[(label, of.to_owned())]).set(value);
        }
        self.0.register(name, help, family);
    }

    fn portal(&mut self, app: &App, database_answers: bool) {
        let version = vec![("version", env!("CARGO_PKG_VERSION"))];
        self.0.register("linka_build", "The program", Info::new(version));
        self.one("linka_database_up", "Whether the database answers", f64::from(u8::from(database_answers)));
        let pool = app.db.pool();
        let (open, idle) = (f64::from(pool.size()), number(pool.num_idle()));
        self.each(
            "linka_database_connections",
            "Connections of the pool for requests",
            "state",
            [("idle", idle), ("used", (open - idle).max(0.0))],
        );
        let most = pool.options().get_max_connections();
        self.one("linka_database_connections_max", "The most connections of that pool", f64::from(most));
        self.one("linka_database_waiting", "Who waits for a connection of it", number(app.db.waiting()));
    }

    fn waiting(&mut self, figures: &OperatingFigures) {
        let jobs = || figures.jobs.iter();
        let due = jobs().map(|jobs| (jobs.task.as_str(), number(jobs.due)));
        self.each("linka_jobs_due", "Jobs that are due and not done", "task", due);
        let oldest = jobs().filter_map(|jobs| Some((jobs.task.as_str(), number(jobs.oldest_seconds?))));
        self.each("linka_jobs_oldest_due_seconds", "For how long the oldest of them is due", "task", oldest);
        let given_up = jobs().map(|jobs| (jobs.task.as_str(), number(jobs.given_up)));
        self.each("linka_jobs_given_up", "Jobs that have failed as often as they may", "task", given_up);
        self.one("linka_mails_waiting", "Mails that are to be sent", number(figures.mails.count));
        self.perhaps("linka_mails_oldest_seconds", "How long the oldest of them has waited", figures.mails.oldest);
        self.one("linka_mails_failed", "Mails that could not be sent", number(figures.mails_failed));
        self.one("linka_webhooks_due", "What programs are due to be told", number(figures.webhooks.count));
        let help = "For how long the oldest of that is due";
        self.perhaps("linka_webhooks_oldest_seconds", help, figures.webhooks.oldest);
        self.one("linka_holds", "Slots that are held for somebody", number(figures.holds));
    }

    fn checked(&mut self, figures: &OperatingFigures) {
        let age = figures.ledger.map(|check| check.age);
        self.perhaps("linka_ledger_check_age_seconds", "How long ago the account of minutes was checked", age);
        let faults = figures.ledger.map(|check| check.faults);
        self.perhaps("linka_ledger_faults", "What that check has found to be wrong", faults);
        self.perhaps("linka_backup_age_seconds", "How long ago the last backup was made", figures.backup_age);
        let seen = || figures.certificates.iter();
        let left = seen().filter_map(|seen| Some((seen.host.as_str(), number(seen.expires_in?))));
        let help = "In how long the certificate of a server expires that is spoken with";
        self.each("linka_certificate_expires_in_seconds", help, "host", left);
        let trusted = seen().map(|seen| (seen.host.as_str(), f64::from(u8::from(seen.trouble.is_empty()))));
        self.each("linka_certificate_trusted", "Whether it is believed", "host", trusted);
    }

    /// What the system says of this process, under the names that everybody gives it. Where it says nothing, nothing is told.
    fn process(&mut self) {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        if let Some(kilobytes) = resident_kilobytes(&status) {
            self.one("process_resident_memory_bytes", "Memory of the process", number(kilobytes) * 1024.0);
        }
        if let Ok(files) = fs::read_dir("/proc/self/fd") {
            self.one("process_open_fds", "Files and connections that it has open", number(files.count()));
        }
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        if let Some(ticks) = used_ticks(&stat) {
            let seconds = number(ticks) / number(rustix::param::clock_ticks_per_second());
            self.0.register("process_cpu_seconds", "Time of processors that it has used", ConstCounter::new(seconds));
        }
    }
}

/// A number as it is told: beyond 2^53 the last digits are not what anybody watches.
#[expect(
    clippy::cast_precision_loss,
    reason = "what is counted here is far from there, or need not be told to the last digit"
)]
fn number(value: impl TryInto<i64>) -> f64 {
    value.try_into().map_or(f64::MAX, |value| value as f64)
}

fn resident_kilobytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Ticks of the clock for which a process ran, by itself and in the system. What it is called, in brackets, may be anything.
fn used_ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    Some(next()? + next()?)
}

#[cfg(test)]
mod tests {
    use super::{resident_kilobytes, used_ticks};

    #[test]
    fn what_the_system_says_of_a_process_is_read() {
        assert_eq!(resident_kilobytes("Name:\tlinka\nVmRSS:\t   49152 kB\nThreads:\t4\n"), Some(49_152));
        assert_eq!(resident_kilobytes("Name:\tlinka\n"), None);
        let stat = "7 (lin) ka 1) S 1 7 7 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 4 0 100 1 2";
        assert_eq!(used_ticks(stat), Some(300));
        assert_eq!(used_ticks("7"), None);
    }
}
