//! What whoever runs the portal is told: metrics, log, traces, and what `linka doctor` says; by the real program, a real Prometheus, and
//! somebody who plays a collector of traces.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, body::Bytes, routing::post};
use linka::server::db::private::options_of_running;
use reqwest::{Client, Method};
use serde_json::Value;
use sqlx::PgPool;
use tempfile::TempDir;
use tokio::{net::TcpListener, process::Child};

use super::{
    private_cluster::harness::{Ended, Place},
    support::{Site, demo_cluster, listens_on, program, site_files},
};

/// What the panels of the dashboard may be silent about while all is well.
const MAY_BE_SILENT: [&str; 1] = ["max(linka_webhooks_oldest_seconds)"];

/// What waits, what was made and what was seen, so that there is something to tell.
const PLANTED: &str = r#"
    insert into mail (to_address, to_name, language, content, created_at, key)
        values ('jana@example.com', 'Jana', 'cs', '{"mail": "test"}', now() - interval '2 days', 'observed');
    select graphile_worker.add_job('send_sms', json_build_object('message', 0));
    insert into backup (made_at, bytes, made_by, file) values (now(), 1, 'operator', 'linka.backup');
    insert into outside_certificate (host, looked_at, expires_at, trouble)
        values ('mail.example.com:465', now() + interval '10 years', now() + interval '11 years', '');
"#;

fn papers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/observe")
}

fn read(name: &str) -> String {
    fs::read_to_string(papers().join(name)).expect(name)
}

/// An address that nobody listens on.
async fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address").to_string()
}

/// Asks until there is an answer.
async fn until<T>(what: &str, ask: impl AsyncFn() -> Option<T>) -> T {
    let asked = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    asked.await.unwrap_or_else(|_| panic!("never: {what}"))
}

/// Plays a collector of traces, and keeps what it is sent.
async fn collector() -> (String, Arc<Mutex<Vec<u8>>>) {
    let kept = Arc::<Mutex<Vec<u8>>>::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let keep = {
        let kept = Arc::clone(&kept);
        async move |body: Bytes| kept.lock().expect("what was sent").extend_from_slice(&body)
    };
    let router = Router::new().route("/v1/traces", post(keep));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (origin, kept)
}

/// A portal that is watched.
struct Watched {
    server: Child,
    site: Site,
    place: Place,
    /// Where its metrics are.
    metrics: String,
    log: PathBuf,
    traces: Arc<Mutex<Vec<u8>>>,
}

impl Watched {
    async fn start() -> Self {
        let place = Place::new();
        fs::create_dir(place.root()).expect("a directory");
        demo_cluster::copy_into(&place.root()).await;
        let (files, metrics) = (site_files(), free_address().await);
        let (otlp, traces) = collector().await;
        let log = place.directory.path().join("log");
        let mut server = program(&files)
            .args(["serve", "--demo", "--addr", "127.0.0.1:0", "--clock", "2026-11-23T08:00:00+01:00"])
            .env("LINKA_DATA", place.root())
            .env("LINKA_METRICS_ADDR", &metrics)
            .env("LINKA_OTLP", otlp)
            .env("LINKA_LOG", "info,sqlx=warn")
            .env("LINKA_LOG_JSON", "true")
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("a file"))
            .spawn()
            .expect("the program starts");
        let origin = listens_on(&mut server).await.expect("it says where it listens");
        Self { server, site: Site::at(origin, files), place, metrics, log, traces }
    }

    /// Does something to its database behind its back.
    async fn sql(&self, statements: &'static str) {
        let options = options_of_running(&self.place.root()).await.expect("the database").expect("it runs");
        let pool = PgPool::connect_with(options).await.expect("the database");
        sqlx::raw_sql(statements).execute(&pool).await.expect(statements);
        pool.close().await;
    }

    /// The lines of the log, each an object.
    fn lines(&self) -> Vec<Value> {
        let log = fs::read_to_string(&self.log).expect("the log");
        log.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// Whether all is well, and what was found, as `linka doctor` says it.
    async fn examine(&self, url: &str) -> (bool, Vec<Value>) {
        let files = site_files();
        let mut doctor = program(&files);
        doctor.args(["doctor", "--json"]).env("LINKA_DATA", self.place.root()).env("LINKA_URL", url);
        let output = doctor.env("LC_ALL", "cs_CZ.UTF-8").output().await.expect("the program");
        let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (output.status.success(), found.as_array().expect("a list").clone())
    }

    /// Ends it as a person does.
    async fn stop(&mut self) {
        let process = self.server.id().expect("it runs").to_string();
        Command::new("kill").args(["-TERM", &process]).status().expect("kill");
        assert!(self.server.wait().await.expect("an end").success(), "it ends well");
    }
}

/// Debian's Prometheus, which watches a portal.
struct Prometheus {
    origin: String,
    client: Client,
    _process: Ended,
    _data: TempDir,
}

impl Prometheus {
    async fn watching(metrics: &str) -> Self {
        let data = TempDir::new().expect("a directory");
        let (config, address) = (data.path().join("prometheus.yml"), free_address().await);
        let written = format!(
            "global: {{scrape_interval: 500ms, evaluation_interval: 500ms}}\n\
             rule_files: [{}]\n\
             scrape_configs: [{{job_name: linka, static_configs: [{{targets: [\"{metrics}\"]}}]}}]\n",
            papers().join("linka.rules.yml").display()
        );
        fs::write(&config, written).expect("a file");
        let process = Command::new("prometheus")
            .arg(format!("--config.file={}", config.display()))
            .arg(format!("--storage.tsdb.path={}", data.path().join("data").display()))
            .arg(format!("--web.listen-address={address}"))
            .args(["--log.level=error", "--scrape.discovery-reload-interval=1s"])
            .spawn()
            .expect("Debian's package prometheus; ./test sets it up");
        let client = Client::new();
        Self { origin: format!("http://{address}"), client, _process: Ended(process), _data: data }
    }

    async fn ask(&self, path: &str, form: &[(&str, &str)]) -> Option<Value> {
        let address = format!("{}/api/v1/{path}", self.origin);
        let asked = if form.is_empty() { self.client.get(address) } else { self.client.post(address).form(form) };
        let answer: Value = asked.send().await.ok()?.json().await.ok()?;
        assert_eq!(answer["status"], "success", "{form:?}: {answer}");
        Some(answer["data"].clone())
    }

    /// What an expression gives: none while there is nothing.
    async fn gives(&self, expression: &str) -> Option<Value> {
        let data = self.ask("query", &[("query", expression)]).await?;
        data["result"].as_array().filter(|found| !found.is_empty()).map(|found| found[0]["value"][1].clone())
    }
}

/// The expressions of the dashboard's panels.
fn expressions() -> Vec<String> {
    let dashboard: Value = serde_json::from_str(&read("linka.json")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let targets = panels.iter().filter_map(|panel| panel["targets"].as_array()).flatten();
    targets.map(|target| target["expr"].as_str().expect("an expression").to_owned()).collect()
}

/// The metrics that a text names, each under the name of its family.
fn named(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '_';
    let words = text.split(|c| !is_part(c)).filter(|word| word.starts_with("linka_") || word.starts_with("process_"));
    words.map(family).collect()
}

/// The family of a sample.
fn family(sample: &str) -> &str {
    let endings = ["_total", "_bucket", "_sum", "_count", "_info"];
    endings.iter().find_map(|ending| sample.strip_suffix(ending)).unwrap_or(sample)
}

/// The families that a portal tells of.
fn told(exposition: &str) -> BTreeSet<&str> {
    exposition.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect()
}

#[tokio::test]
async fn whoever_runs_the_portal_is_told_how_it_fares() {
    let mut portal = Watched::start().await;
    let prometheus = Prometheus::watching(&portal.metrics).await;
    portal.sql(PLANTED).await;
    let secret = "0123456789abcdef0123456789abcdef";
    assert_eq!(portal.site.get(&format!("/password?token={secret}"), "").await.status, 200);
    assert_eq!(portal.site.get(&format!("/nowhere/{secret}"), "").await.status, 404);
    let fields = [("email", "stranger@example.com"), ("password", secret)];
    let refused = portal.site.post("/api/sign-in", "", "/sign-in", &fields).await;
    assert_eq!(refused.status, 401);
    let forged = portal.site.request(Method::GET, "/healthz").header("x-request-id", secret);
    let forged = portal.site.send(forged).await.expect("an answer");
    assert_ne!(forged.headers["x-request-id"], secret, "an id is ours to give");

    dashboards_and_alerts_have_what_they_ask_for(&prometheus).await;
    what_is_told_is_what_is_described(&portal).await;
    the_log_names_who_and_what_and_no_secret(&portal, &refused.headers["x-request-id"], secret);
    the_doctor_finds_what_is_so(&portal).await;
    people_are_told_the_number_of_a_fault_and_the_log_all_of_it(&portal).await;
    portal.stop().await;
    let traces = portal.traces.lock().expect("what was sent");
    let has = |text: &str| traces.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(has("/api/sign-in") && has("/password") && has("linka"), "{} bytes", traces.len());
    assert!(
        has("db.query.text") && has("rows_returned") && has("select "),
        "nor are statements told: {} bytes",
        traces.len()
    );
    assert!(!has(secret) && !has("stranger@example.com"), "a trace tells nothing of anybody's");
    assert!(!has("set local role linka_member; set local app"), "nor whom a transaction acts for");
    let is_statement = |line: &Value| line["target"] == "sqlx::query" && line["level"] == "DEBUG";
    assert!(!portal.lines().iter().any(is_statement), "the log is not full of statements");
}

async fn dashboards_and_alerts_have_what_they_ask_for(prometheus: &Prometheus) {
    let silent: BTreeSet<&str> = MAY_BE_SILENT.into();
    for expression in expressions() {
        if silent.contains(expression.as_str()) {
            until("Prometheus", async || prometheus.ask("query", &[("query", expression.as_str())]).await).await;
        } else {
            until(&expression, async || prometheus.gives(&expression).await).await;
        }
    }
    for counted in [
        r#"linka_http_requests_total{route="/api/sign-in",method="POST",class="4xx"} == 1"#,
        r#"linka_http_requests_total{route="/password",method="GET",class="2xx"} == 1"#,
        r#"linka_http_requests_total{route="none",method="GET",class="4xx"} == 1"#,
        r#"linka_http_requests_total{route="/healthz",method="GET",class="2xx"} == 1"#,
        r#"linka_refusals_total{problem="sign_in_failed"} == 1"#,
        r#"linka_certificate_trusted{host="mail.example.com:465"} == 1"#,
        r#"linka_jobs_due{task="send_sms"} == 1"#,
    ] {
        until(counted, async || prometheus.gives(counted).await).await;
    }
    let rules = until("rules", async || {
        let data = prometheus.ask("rules", &[]).await?;
        let rules = data["groups"][0]["rules"].as_array()?.clone();
        rules.iter().all(|rule| rule["health"] != "unknown").then_some(rules)
    });
    let rules = rules.await;
    assert!(rules.len() > 10, "{} rules", rules.len());
    for rule in rules {
        assert_eq!((&rule["health"], rule["lastError"].as_str()), (&Value::from("ok"), None), "{rule}");
    }
}

async fn what_is_told_is_what_is_described(portal: &Watched) {
    let answer = reqwest::get(format!("http://{}/metrics", portal.metrics)).await.expect("an answer");
    let kind = answer.headers()["content-type"].to_str().expect("ASCII").to_owned();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let exposition = answer.text().await.expect("a text");
    assert!(exposition.ends_with("# EOF\n"));
    let told = told(&exposition);
    let (readme, rules) = (read("README.md"), read("linka.rules.yml"));
    let described: BTreeSet<&str> = named(&readme);
    // Nothing is due to programs here.
    let told_when_due = BTreeSet::from(["linka_webhooks_oldest_seconds"]);
    assert_eq!(told.union(&told_when_due).copied().collect::<BTreeSet<_>>(), described, "docs/observe/README.md");
    let panels = expressions().join("\n");
    for asked in named(&rules).union(&named(&panels)) {
        assert!(described.contains(asked), "{asked} is asked for and told by nobody");
    }
    assert_eq!(portal.site.get("/metrics", "").await.status, 404, "they are on their own address only");
    for check in [["check", "rules", "linka.rules.yml"], ["test", "rules", "linka.rules.test.yml"]] {
        let output = Command::new("promtool").args(check).current_dir(papers()).output().expect("promtool");
        assert!(output.status.success(), "{check:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn the_log_names_who_and_what_and_no_secret(portal: &Watched, id: &reqwest::header::HeaderValue, secret: &str) {
    let id = id.to_str().expect("ASCII");
    let lines = portal.lines();
    let of_request = |line: &&Value| line["target"] == "linka::requests" && line["spans"][0]["id"] == id;
    let line = lines.iter().find(of_request).unwrap_or_else(|| panic!("{id} in {lines:?}"));
    assert_eq!(line["spans"][0]["otel.name"], "/api/sign-in", "{line}");
    assert_eq!((&line["status"], &line["refused"]), (&Value::from(401), &Value::from("sign_in_failed")), "{line}");
    let log = fs::read_to_string(&portal.log).expect("the log");
    assert!(!log.contains(secret) && !log.contains("stranger@example.com"), "a secret stands in the log");
}

async fn people_are_told_the_number_of_a_fault_and_the_log_all_of_it(portal: &Watched) {
    portal.sql("alter table bundle rename to lost_bundle").await;
    let answer = portal.site.get("/bundles", "").await;
    portal.sql("alter table lost_bundle rename to bundle").await;
    assert_eq!(answer.status, 500, "{}", answer.body);
    let id = answer.headers["x-request-id"].to_str().expect("ASCII");
    assert!(answer.body.contains(id), "{id}: {}", answer.body);
    let inside = ["does not exist", "relation", "sqlx", "src/"];
    assert!(!inside.iter().any(|word| answer.body.contains(word)), "{}", answer.body);
    let lines = portal.lines();
    let is_told = |line: &Value| line["level"] == "ERROR" && line.to_string().contains("relation");
    let told = lines.iter().find(|line| is_told(line) && line["spans"][0]["id"] == id);
    let told = told.unwrap_or_else(|| panic!("{id} in {lines:?}"));
    assert!(told["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "of which moment, in UTC: {told}");
}

async fn the_doctor_finds_what_is_so(portal: &Watched) {
    let (is_well, found) = portal.examine(&portal.site.origin).await;
    let verdict = |found: &[Value], subject: &str| {
        let found = found.iter().find(|finding| finding["check"] == subject);
        found.map(|finding| finding["verdict"].as_str().expect("a verdict").to_owned())
    };
    for subject in ["configuration", "database", "schema", "clock", "time_zone", "stripe", "site"] {
        assert_eq!(verdict(&found, subject).as_deref(), Some("ok"), "{subject}: {found:?}");
    }
    assert_eq!(verdict(&found, "mail_server").as_deref(), Some("warn"), "{found:?}");
    assert_eq!(verdict(&found, "mails").as_deref(), Some("warn"), "one waits for days: {found:?}");
    let says = found.iter().find(|finding| finding["check"] == "site").expect("a finding");
    assert_eq!(says["says"], format!("Portál odpovídá na {}.", portal.site.origin));
    assert!(is_well, "nothing fails: {found:?}");
    let (is_well, found) = portal.examine(&format!("http://{}", free_address().await)).await;
    assert!(!is_well && verdict(&found, "site").as_deref() == Some("fail"), "{found:?}");
}
