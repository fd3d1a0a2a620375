//! What a process counts of its own doing (docs/observe): requests by route, refusals, times on offer. What stands in the database is
//! not counted here but read when somebody asks (`http::metrics`).

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use prometheus_client::{
    encoding::text::encode_registry,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};

/// Up to how many seconds an answer takes, by which answers are told apart: pages are to take hundredths, and nothing may take 30.
const BUCKETS: [f64; 8] = [0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Names and values by which numbers of one kind are told apart.
type Labels<const N: usize> = [(&'static str, &'static str); N];

tokio::task_local! {
    static UNDER_WAY: UnderWay;
}

/// What is known of the request under way by whoever looks at it from within.
#[derive(Debug, Default)]
struct UnderWay {
    route: OnceLock<&'static str>,
    refused: OnceLock<&'static str>,
}

/// Says by which route the request under way is answered. A form is answered by the function that it is for, whatever page is shown
/// then. Tells whether it was not known before.
pub fn route_is(route: &'static str) -> bool {
    UNDER_WAY.try_with(|request| request.route.set(route).is_ok()).unwrap_or(false)
}

/// Says by the code of a problem why the request under way is refused.
pub fn refused_for(problem: &'static str) {
    let _ = UNDER_WAY.try_with(|request| request.refused.set(problem));
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The pattern of its address; none where no route has answered, such as for files.
    pub route: Option<&'static str>,
    /// The code of the problem for which it was refused.
    pub refused: Option<&'static str>,
}

/// Runs `future` as a request, and tells what became known of it meanwhile.
pub async fn scope<F: Future>(future: F) -> (F::Output, Known) {
    UNDER_WAY
        .scope(UnderWay::default(), async {
            let output = future.await;
            let known = |request: &UnderWay| Known {
                route: request.route.get().copied(),
                refused: request.refused.get().copied(),
            };
            (output, UNDER_WAY.with(known))
        })
        .await
}

/// What one process has counted since its start; cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Counted>);

#[derive(Debug)]
struct Counted {
    registry: Registry,
    requests: Family<Labels<3>, Counter>,
    seconds: Family<Labels<1>, Histogram>,
    refusals: Family<Labels<1>, Counter>,
    searches: Counter,
    offers: Counter,
}

/// A refusal that is told of before it has happened: an alert needs to see it rise from nothing.
const SLOT_TAKEN: &str = "slot_taken";

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("linka");
        let requests = Family::default();
        registry.register("http_requests", "Requests that were answered", requests.clone());
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register("http_request_seconds", "How long answers took", seconds.clone());
        let refusals: Family<Labels<1>, Counter> = Family::default();
        drop(refusals.get_or_create(&[("problem", SLOT_TAKEN)]));
        registry.register("refusals", "Requests that were refused, by the problem that was told", refusals.clone());
        let searches = Counter::default();
        registry.register("offer_searches", "How often free times were computed for somebody", searches.clone());
        let offers = Counter::default();
        registry.register("offers", "Free times that were found", offers.clone());
        Self(Arc::new(Counted { registry, requests, seconds, refusals, searches, offers }))
    }
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

impl Metrics {
    /// Counts a request that was answered. All that tells it apart is of a bounded set, whatever was asked.
    pub fn answered(&self, known: Known, method: &str, status: u16, took: Duration) {
        let route = known.route.unwrap_or("none");
        let labels = [("route", route), ("method", method_of(method)), ("class", class_of(status))];
        self.0.requests.get_or_create(&labels).inc();
        self.0.seconds.get_or_create(&[("route", route)]).observe(took.as_secs_f64());
        if let Some(problem) = known.refused {
            self.0.refusals.get_or_create(&[("problem", problem)]).inc();
        }
    }

    /// Counts that free times were computed, and how many there are.
    pub fn offered(&self, offers: usize) {
        self.0.searches.inc();
        self.0.offers.inc_by(u64::try_from(offers).unwrap_or(u64::MAX));
    }

    /// Writes all of it as OpenMetrics.
    ///
    /// # Errors
    /// None that is known: it writes into memory.
    pub fn write(&self, text: &mut String) -> Result<(), std::fmt::Error> {
        encode_registry(text, &self.0.registry)
    }
}

/// A method as it is counted: anybody can send any word.
fn method_of(method: &str) -> &'static str {
    const KNOWN: [&str; 5] = ["GET", "HEAD", "OPTIONS", "POST", "DELETE"];
    KNOWN.into_iter().find(|known| *known == method).unwrap_or("other")
}

fn class_of(status: u16) -> &'static str {
    match status {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(metrics: &Metrics) -> String {
        let mut text = String::new();
        metrics.write(&mut text).unwrap();
        text
    }

    #[tokio::test]
    async fn a_request_is_counted_by_its_route_and_by_nothing_that_anybody_can_make_up() {
        let metrics = Metrics::default();
        let ((), known) = scope(async {
            assert!(route_is("/requests/{number}"));
            // A form that comes back is shown by its page.
            assert!(!route_is("/desk"));
            refused_for("slot_taken");
        })
        .await;
        assert_eq!(known, Known { route: Some("/requests/{number}"), refused: Some("slot_taken") });
        metrics.answered(known, "POST", 409, Duration::from_millis(20));
        let ((), unknown) = scope(async {}).await;
        metrics.answered(unknown, "BREW", 404, Duration::from_millis(1));
        let text = written(&metrics);
        for line in [
            r#"linka_http_requests_total{route="/requests/{number}",method="POST",class="4xx"} 1"#,
            r#"linka_http_requests_total{route="none",method="other",class="4xx"} 1"#,
            r#"linka_http_request_seconds_bucket{le="0.025",route="/requests/{number}"} 1"#,
            r#"linka_http_request_seconds_bucket{le="0.01",route="/requests/{number}"} 0"#,
            r#"linka_refusals_total{problem="slot_taken"} 1"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
    }

    #[test]
    fn what_has_not_happened_yet_is_told_as_nothing() {
        let metrics = Metrics::default();
        assert!(written(&metrics).contains("linka_refusals_total{problem=\"slot_taken\"} 0\n"));
        metrics.offered(12);
        metrics.offered(0);
        let text = written(&metrics);
        assert!(text.contains("linka_offer_searches_total 2\n") && text.contains("linka_offers_total 12\n"), "{text}");
    }
}
