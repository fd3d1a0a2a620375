//! What took how long, told to a collector of traces (OTLP over HTTP): requests and jobs as steps, with what the log's lines of them bear and
//! nothing more, and the statements within them. The tree's client asks; whoever is away makes nobody wait, and what cannot be told is forgotten.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use axum::{
    body::Bytes,
    http::{Request, Response},
};
use http_body_util::{BodyExt, Full, Limited};
use opentelemetry::{
    Context as Step, KeyValue, Value,
    trace::{Span, SpanBuilder, SpanKind, TraceContextExt, TracerProvider},
};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{SdkTracer, SdkTracerProvider},
};
use tokio::{runtime::Handle, time::timeout};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    layer::{Context, Layered},
    registry::LookupSpan,
};

use super::reach::{Lookup, OutwardClient, Reach, client};

/// How long the collector may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most of an answer that is read, in bytes.
const ANSWER_MAX: usize = 64 * 1024;
/// As what we are known to the collector.
const NAME: &str = "linka";

/// What the log is filtered from.
type Filtered = Layered<EnvFilter, Registry>;

/// Who listens to what the program says of itself, as far as it is logged.
pub type Listener = Box<dyn Layer<Filtered> + Send + Sync>;

/// What is told to a collector, until this is [stopped](Self::stop).
#[derive(Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Tells a collector that is set by whoever runs the portal, wherever it stands. Runs within a runtime, on which it asks.
    ///
    /// * `collector` – scheme and host, as `http://127.0.0.1:4318`
    ///
    /// # Errors
    /// When it cannot be asked at all.
    pub fn to(collector: &str) -> anyhow::Result<Self> {
        let asking = Asking { client: client(Reach::Anywhere, Lookup::System, PATIENCE)?, runtime: Handle::current() };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(asking)
            .with_endpoint(format!("{collector}/v1/traces"))
            .with_timeout(PATIENCE)
            .build()?;
        let resource = Resource::builder().with_service_name(NAME).build();
        Ok(Self(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build()))
    }

    /// What listens to the steps that the program takes, beside its log.
    #[must_use]
    pub fn listener(&self) -> Listener {
        Steps(self.0.tracer(NAME)).boxed()
    }

    /// Tells what is left to tell.
    pub async fn stop(self) {
        // It waits for the thread that tells, which waits for the runtime.
        let stopped = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(PATIENCE)).await;
        if let Ok(Err(error)) = stopped {
            tracing::warn!(%error, "traces");
        }
    }
}

/// Under which name the driver tells of statements.
const STATEMENTS: &str = "sqlx::query";
/// What must be let through beside what is logged, so that they are told.
pub const LET_THROUGH: &str = "sqlx::query=debug";
/// With what a transaction begins. It names whom it acts for; all other statements are of the program's, and bear nothing of anybody's.
const OPENING: &str = "begin";

/// Whether a line is of a statement that took no longer than it should: a collector is told of them, and the log is not full of them.
#[must_use]
pub fn is_statement(line: &Metadata<'_>) -> bool {
    line.target() == STATEMENTS && *line.level() > Level::WARN
}

/// Tells of steps, and of each statement within one, which the driver tells of when it is over. No other line of the log is told.
struct Steps(SdkTracer);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Steps {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(step) = context.span(id) else { return };
        let parent = step.parent().and_then(|parent| parent.extensions().get::<Step>().cloned()).unwrap_or_default();
        let mut told = Told::default();
        attributes.record(&mut told);
        let name = told.name.unwrap_or_else(|| step.name().to_owned());
        let begun = SpanBuilder::from_name(name).with_attributes(told.attributes).start_with_context(&self.0, &parent);
        step.extensions_mut().insert(parent.with_span(begun));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(step) = context.span(id).and_then(|step| step.extensions().get::<Step>().cloned()) else { return };
        let mut told = Told::default();
        values.record(&mut told);
        if let Some(name) = told.name {
            step.span().update_name(name);
        }
        step.span().set_attributes(told.attributes);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != STATEMENTS {
            return;
        }
        let Some(step) = context.event_span(event).and_then(|step| step.extensions().get::<Step>().cloned()) else {
            return;
        };
        let mut asked = Asked::default();
        event.record(&mut asked);
        #[expect(clippy::disallowed_methods, reason = "steps have the machine's time, as whoever collects them")]
        let over = SystemTime::now();
        let begun = over.checked_sub(asked.took).unwrap_or(over);
        let statement =
            SpanBuilder::from_name(asked.summary.clone()).with_kind(SpanKind::Client).with_start_time(begun);
        let mut statement = statement.with_attributes(asked.told()).start_with_context(&self.0, &step);
        statement.end_with_timestamp(over);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if let Some(step) = context.span(&id).and_then(|step| step.extensions_mut().remove::<Step>()) {
            step.span().end();
        }
    }
}

/// What the program says of a step.
#[derive(Debug, Default)]
struct Told {
    /// What it is called, if that is something else than what stands in the program.
    name: Option<String>,
    attributes: Vec<KeyValue>,
}

impl Told {
    fn tell(&mut self, field: &Field, value: Value) {
        match field.name() {
            "otel.name" => self.name = Some(value.as_str().into_owned()),
            name => self.attributes.push(KeyValue::new(name, value)),
        }
    }
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.tell(field, format!("{value:?}").into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.tell(field, value.to_owned().into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.tell(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.tell(field, value.into());
    }
}

/// What the driver says of a statement.
#[derive(Debug, Default)]
struct Asked {
    /// Its first words, which are all of it where it has no more.
    summary: String,
    text: String,
    took: Duration,
    /// How many rows it returned, and how many it wrote.
    rows: Vec<KeyValue>,
}

impl Asked {
    fn told(self) -> Vec<KeyValue> {
        let mut told = self.rows;
        told.push(KeyValue::new("db.system.name", "postgresql"));
        if !self.text.is_empty() && !self.text.starts_with(OPENING) {
            told.push(KeyValue::new("db.query.text", self.text));
        }
        told
    }
}

impl Visit for Asked {
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.trim_end_matches([' ', '…']).clone_into(&mut self.summary),
            "db.statement" => value.trim().clone_into(&mut self.text),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.rows.push(KeyValue::new(field.name(), i64::try_from(value).unwrap_or(i64::MAX)));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "elapsed_secs" {
            self.took = Duration::try_from_secs_f64(value).unwrap_or_default();
        }
    }
}

/// Asks on the runtime for a thread that is outside of it.
#[derive(Clone)]
struct Asking {
    client: OutwardClient,
    runtime: Handle,
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asking")
    }
}

#[async_trait::async_trait]
impl HttpClient for Asking {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let asked = self.runtime.spawn(async move {
            let answer = async {
                let (head, body) = client.request(request.map(Full::new)).await?.into_parts();
                let body = Limited::new(body, ANSWER_MAX).collect().await?.to_bytes();
                Ok::<_, HttpError>(Response::from_parts(head, body))
            };
            timeout(PATIENCE, answer).await?
        });
        asked.await?
    }
}
