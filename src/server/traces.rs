//! What took how long, told to a collector of traces (OTLP over HTTP): requests and jobs as steps, with what the log's lines of them bear and
//! nothing more. The tree's client asks; whoever is away makes nobody wait, and what cannot be told is forgotten.

use std::{fmt, time::Duration};

use axum::{
    body::Bytes,
    http::{Request, Response},
};
use http_body_util::{BodyExt, Full, Limited};
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tokio::{runtime::Handle, time::timeout};
use tracing::{
    Subscriber,
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    layer::{Context, Layered},
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

    /// What listens to the steps that the program takes, beside its log. What the log says within them is told to nobody else.
    #[must_use]
    pub fn listener(&self) -> Listener {
        let layer = tracing_opentelemetry::layer::<Filtered>().with_tracer(self.0.tracer(NAME));
        // What a step is called may become known while it is taken.
        let layer = layer.with_location(false).with_threads(false).with_context_activation(false);
        Steps(layer).boxed()
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

/// Listens to steps, and to no line of the log within them.
struct Steps<L>(L);

impl<S: Subscriber, L: Layer<S>> Layer<S> for Steps<L> {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        self.0.on_new_span(attributes, id, context);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        self.0.on_record(id, values, context);
    }

    fn on_follows_from(&self, id: &Id, follows: &Id, context: Context<'_, S>) {
        self.0.on_follows_from(id, follows, context);
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        self.0.on_enter(id, context);
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        self.0.on_exit(id, context);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        self.0.on_close(id, context);
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
