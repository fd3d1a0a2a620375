//! Programs order over HTTP: the whole way, once each, within the walls between customers, by the scopes of their tokens.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures::future::join_all;
use linka::{
    model::people::members::{Capabilities, Capability, StaffRole},
    server::db::MIGRATIONS,
};
use reqwest::{Method, header};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::manual;
use crate::support::{Answer, Place, Site, World, ask_python};

const REQUESTS: &str = "/api/v1/requests";

/// A line with one technician, and programs that ask it.
struct Line {
    world: World,
    site: Site,
}

impl Line {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.without_reserve().await;
        world.technicians(1, "07:00", "15:30").await;
        let site = Site::serve(world.app.clone()).await;
        Self { world, site }
    }

    /// Lets a program of a customer in.
    async fn token(&self, place: &Place, token: &str, scopes: &str) {
        let (customer, program) = (place.customer, self.world.program);
        let insert = format!(
            "insert into api_token (id, customer_id, program_id, token_hash, prefix, scopes, created_at)
             values (gen_random_uuid(), {customer}, {program}, sha256('{token}'), 'linka_1', '{{{scopes}}}', '2026-11-01')"
        );
        self.world.sql(&insert).await;
    }

    async fn get(&self, token: &str, path: &str) -> (u16, Value) {
        let request = self.site.request(Method::GET, path).bearer_auth(token);
        read(&self.site.send(request).await.expect("an answer"))
    }

    async fn send(&self, token: &str, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.site.request(Method::POST, path).bearer_auth(token).header("idempotency-key", key);
        self.site.send(request.json(body)).await.expect("an answer")
    }

    /// Sends a text as a file, in a form whose parts begin with a boundary.
    async fn attach(&self, token: &str, number: &str, key: &str, boundary: &str) -> Answer {
        let file = "content-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nChyba 5";
        let request = self.site.request(Method::POST, &format!("{REQUESTS}/{number}/attachments"));
        let request = request.bearer_auth(token).header("idempotency-key", key);
        let kind = format!("multipart/form-data; boundary={boundary}");
        let request =
            request.header(header::CONTENT_TYPE, kind).body(format!("--{boundary}\r\n{file}\r\n--{boundary}--\r\n"));
        self.site.send(request).await.expect("an answer")
    }

    async fn post(&self, token: &str, path: &str, key: &str, body: &Value) -> (u16, Value) {
        read(&self.send(token, path, key, body).await)
    }

    fn order(&self) -> Value {
        json!({
            "program_version": "2026.3.1", "work_type": self.world.repair.0, "urgency": "normal",
            "summary": "Nejde tisk stravenek", "description": "Chyba 0x80070005", "contact_name": "Jana Nováková",
            "contact_phone": "377 457 977", "reference": "E-17", "diagnostics": "screen=tisk"
        })
    }

    /// An order that was sent; its number.
    async fn ordered(&self, token: &str, key: &str) -> String {
        let (status, sent) = self.post(token, REQUESTS, key, &self.order()).await;
        assert_eq!(status, 201, "{sent}");
        sent["number"].as_str().expect("a number").to_owned()
    }

    async fn slots(&self, token: &str) -> Vec<String> {
        let path = format!("/api/v1/slots?work_type={}&urgency=normal", self.world.repair);
        let (status, found) = self.get(token, &path).await;
        assert_eq!(status, 200, "{found}");
        let slots = found["slots"].as_array().expect("slots");
        slots.iter().map(|slot| slot["slot"].as_str().expect("a slot").to_owned()).collect()
    }
}

fn read(answer: &Answer) -> (u16, Value) {
    let body = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {answer:?}"));
    let kind = answer.headers[header::CONTENT_TYPE].to_str().expect("ASCII");
    assert_eq!(kind.starts_with("application/problem+json"), answer.status >= 400, "{answer:?}");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
    (answer.status, body)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_program_orders_holds_a_time_agrees_it_moves_it_and_calls_it_off(pool: PgPool) {
    let line = Line::new(pool).await;
    let place = line.world.place("ZŠ Lipová").await;
    line.token(&place, "ours", "order,billing").await;
    let (_, work_types) = line.get("ours", "/api/v1/work-types").await;
    assert!(work_types.as_array().is_some_and(|types| types.iter().any(|one| one["name"]["cs"] == "Oprava")));

    let number = line.ordered("ours", "1").await;
    let at = |step: &str| format!("{REQUESTS}/{number}/{step}");
    let (status, request) = line.get("ours", &format!("{REQUESTS}/{number}")).await;
    assert_eq!((status, &request["state"], &request["awaits_pick"]), (200, &json!("waiting"), &json!(true)));
    assert_eq!((&request["reference"], &request["program_version"]), (&json!("E-17"), &json!("2026.3.1")));
    assert_eq!(request["description"], "Nejde tisk stravenek\n\nChyba 0x80070005");
    let came = line.world.id("select count(*) from service_request where source = 'program'").await;
    let by_program = line.world.id("select count(*) from request_event where token_id is not null").await;
    let files = line.world.id("select count(*) from attachment where name = 'diagnostika.txt'").await;
    assert_eq!((came, by_program, files), (1, 1, 1), "it says that a program did it, and what that knew");

    let slots = line.slots("ours").await;
    let (status, held) = line.post("ours", &at("hold"), "2", &json!({"slot": slots[0]})).await;
    assert_eq!(status, 201, "{held}");
    assert!(!line.slots("ours").await.contains(&slots[0]), "held for this request, and offered to no other");
    let (status, agreed) = line.post("ours", &at("confirm"), "3", &json!({})).await;
    assert_eq!((status, &agreed["state"]), (200, &json!("scheduled")), "{agreed}");
    assert_eq!(agreed["time"]["start"], held["time"]["start"]);
    let (status, moved) = line.post("ours", &at("move"), "4", &json!({"slot": slots[4]})).await;
    assert_eq!((status, &moved["state"]), (200, &json!("scheduled")), "{moved}");
    assert_ne!(moved["time"], agreed["time"]);
    let (status, written) = line.post("ours", &at("messages"), "5", &json!({"message": "Po restartu znovu."})).await;
    assert_eq!(status, 201, "{written}");
    let (first, again) = (
        line.attach("ours", &number, "file", "one-part").await,
        line.attach("ours", &number, "file", "another-part").await,
    );
    assert_eq!((first.status, &first.body), (201, &again.body), "{}", first.body);
    assert_eq!(again.headers["idempotency-replayed"], "true", "whatever parts the form");
    assert_eq!(line.world.id("select count(*) from attachment where name = 'a.txt'").await, 1);
    let (status, list) = line.get("ours", &format!("{REQUESTS}?state=scheduled")).await;
    assert_eq!((status, &list["requests"][0]["number"]), (200, &json!(number)), "{list}");
    let (status, cancelled) = line.post("ours", &at("cancel"), "6", &json!({"reason": "Už to jde."})).await;
    assert_eq!((status, &cancelled["state"]), (200, &json!("cancelled")), "{cancelled}");

    let boss = line.world.cookie(&place.boss).await;
    let page = line.site.get(&format!("/requests/{number}"), &boss).await;
    assert!(page.body.contains("program Sklad"), "the course of the request says who did it");
    for path in ["/api/v1/balance", "/api/v1/usage?from=2026-11-01&to=2026-11-30", "/api/v1/documents"] {
        let (status, answer) = line.get("ours", path).await;
        assert_eq!(status, 200, "{path}: {answer}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_too_late_is_told_what_is_free_and_a_hold_ends_by_itself(pool: PgPool) {
    let line = Line::new(pool).await;
    let (a, b) = (line.world.place("A").await, line.world.place("B").await);
    line.token(&a, "a", "order").await;
    line.token(&b, "b", "order").await;
    let (of_a, of_b) = (line.ordered("a", "1").await, line.ordered("b", "1").await);
    let slot = line.slots("a").await.remove(0);
    let hold = |number: &str| format!("{REQUESTS}/{number}/hold");
    assert_eq!(line.post("a", &hold(&of_a), "2", &json!({"slot": slot})).await.0, 201);
    let (status, told) = line.post("b", &hold(&of_b), "2", &json!({"slot": slot})).await;
    assert_eq!((status, &told["code"]), (409, &json!("slot_taken")), "{told}");
    let free = told["slots"].as_array().expect("fresh ones");
    assert!(!free.is_empty() && free.iter().all(|one| one["slot"] != json!(slot)), "{told}");
    line.world.app.clock.advance(TimeDelta::minutes(10));
    let (status, told) = line.post("a", &format!("{REQUESTS}/{of_a}/confirm"), "3", &json!({})).await;
    assert_eq!((status, &told["code"]), (409, &json!("hold_expired")), "{told}");
    let (status, told) = line.post("a", &hold(&of_a), "4", &json!({"slot": "tomorrow"})).await;
    assert_eq!((status, &told["fields"][0]["field"]), (422, &json!("slot")), "{told}");
    let urgent = json!({"work_type": line.world.repricing.0, "urgency": "urgent", "summary": "Nutné přecenění",
        "since": "dnes", "contact_name": "Jana", "contact_phone": "377457977"});
    let (status, told) = line.post("a", REQUESTS, "5", &urgent).await;
    assert_eq!((status, &told["code"]), (422, &json!("urgency")), "what is planned is never urgent: {told}");
    let drafts = line.world.id("select count(*) from service_request where state = 'draft'").await;
    assert_eq!(drafts, 0, "what was refused is nobody's unfinished order");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_program_reaches_another_customers_request_by_any_address(pool: PgPool) {
    let line = Line::new(pool).await;
    let (ours, theirs) = (line.world.place("Naše").await, line.world.place("Jejich").await);
    line.token(&ours, "ours", "read,order,billing").await;
    line.token(&theirs, "theirs", "read,order,billing").await;
    let number = line.ordered("ours", "1").await;
    let slot = line.slots("theirs").await.remove(0);
    let document = line.site.get("/api/v1/openapi.json", "").await;
    let document: Value = serde_json::from_str(&document.body).expect("a document");
    let mut tried = 0;
    for (path, item) in document["paths"].as_object().expect("paths").iter().filter(|(path, _)| path.contains('{')) {
        for method in item.as_object().expect("operations").keys() {
            let path = path.replace("{number}", &number);
            let body = json!({"slot": slot, "reason": "x", "message": "Co je tohle?"});
            let (status, answer) = match method.as_str() {
                "get" => line.get("theirs", &path).await,
                _ if path.ends_with("attachments") => read(&line.attach("theirs", &number, "f", "one-part").await),
                _ => line.post("theirs", &path, &format!("key {tried}"), &body).await,
            };
            assert_eq!((status, &answer["code"]), (404, &json!("not_found")), "{method} {path}: {answer}");
            tried += 1;
        }
    }
    assert_eq!(tried, 7);
    let (_, list) = line.get("theirs", REQUESTS).await;
    assert_eq!(list["requests"], json!([]));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_asked_under_a_key_is_done_once(pool: PgPool) {
    let line = Line::new(pool).await;
    let place = line.world.place("Škola").await;
    line.token(&place, "one", "order").await;
    line.token(&place, "other", "order").await;
    let requests = async || line.world.id("select count(*) from service_request where number is not null").await;
    let first = line.send("one", REQUESTS, "k", &line.order()).await;
    let again = line.send("one", REQUESTS, "k", &line.order()).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let (status, told) = line.post("one", REQUESTS, "k", &json!({"summary": "něco jiného"})).await;
    assert_eq!((status, &told["code"]), (409, &json!("idempotency_mismatch")));
    let without = line.site.request(Method::POST, REQUESTS).bearer_auth("one").json(&line.order());
    let (status, told) = read(&line.site.send(without).await.expect("an answer"));
    assert_eq!((status, &told["code"]), (400, &json!("idempotency_key_missing")));
    assert_eq!(requests().await, 1);
    // It died after it was done, and before the answer was kept.
    line.world.sql("update api_answer set status = null, answer = null").await;
    let (_, told) = line.post("one", REQUESTS, "k", &line.order()).await;
    assert_eq!(told["number"], serde_json::from_str::<Value>(&first.body).expect("JSON")["number"]);
    assert_eq!(requests().await, 1, "it is found under its identity");
    let (status, _) = line.post("other", REQUESTS, "k", &line.order()).await;
    assert_eq!((status, requests().await), (201, 2), "a key is one token's");
    line.world.app.clock.advance(TimeDelta::hours(24));
    let (status, _) = line.post("one", REQUESTS, "k", &line.order()).await;
    assert_eq!((status, requests().await), (201, 3), "and is forgotten after a day");

    let body = line.order();
    let many = join_all((0..12).map(|_| line.post("one", REQUESTS, "many", &body)));
    let numbers: BTreeSet<String> = many
        .await
        .into_iter()
        .filter_map(|(status, told)| match status {
            201 => Some(told["number"].to_string()),
            _ => {
                assert_eq!((status, &told["code"]), (409, &json!("in_progress")), "{told}");
                None
            }
        })
        .collect();
    assert_eq!((numbers.len(), requests().await), (1, 4));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_token_is_good_for_its_scopes_and_for_as_long_as_its_licence(pool: PgPool) {
    let line = Line::new(pool).await;
    let place = line.world.place("Škola").await;
    line.token(&place, "reads", "read").await;
    line.token(&place, "bills", "billing").await;
    let status = async |token: &str, path: &str| line.get(token, path).await.0;
    assert_eq!((status("reads", REQUESTS).await, status("reads", "/api/v1/balance").await), (200, 403));
    assert_eq!((status("bills", REQUESTS).await, status("bills", "/api/v1/balance").await), (403, 200));
    assert_eq!(line.post("reads", REQUESTS, "1", &line.order()).await.0, 403);
    assert_eq!((status("nobody", REQUESTS).await, status("reads", "/api/v1/nothing").await), (401, 404));
    assert_eq!(line.post("reads", "/api/v1/balance", "2", &json!({})).await.0, 405);

    let used = async || line.world.id("select extract(epoch from max(used_at))::bigint from api_token_use").await;
    let before = used().await;
    line.world.app.clock.advance(TimeDelta::seconds(59));
    status("reads", REQUESTS).await;
    assert_eq!(used().await, before, "a use is written down once a minute");
    line.world.app.clock.advance(TimeDelta::seconds(1));
    status("reads", REQUESTS).await;
    assert_eq!(used().await, before + 60);

    line.world.sql("update line_limit set writes_per_minute = 10").await;
    let mut last = 200;
    for _ in 0..11 {
        last = status("bills", "/api/v1/balance").await;
    }
    let refused = line.site.request(Method::GET, "/api/v1/balance").bearer_auth("bills");
    let refused = line.site.send(refused).await.expect("an answer");
    assert_eq!((last, refused.status), (429, 429));
    assert!(refused.headers.contains_key(header::RETRY_AFTER));

    let customer = place.customer;
    line.world.app.clock.advance(TimeDelta::minutes(1));
    line.world.sql(&format!("delete from licence where customer_id = {customer}")).await;
    assert_eq!(status("reads", REQUESTS).await, 401, "who runs the program no more has no token either");
    let program = line.world.program;
    line.world.sql(&format!("insert into licence values ({customer}, {program})")).await;
    assert_eq!(status("reads", REQUESTS).await, 200);
    line.world.sql("update api_token set revoked_at = now()").await;
    assert_eq!(status("reads", REQUESTS).await, 401);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_token_acts_for_who_made_it_or_who_manages_and_for_nobody_else(pool: PgPool) {
    let line = Line::new(pool).await;
    let place = line.world.place("Škola").await;
    let clerk = line.world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let clerk = clerk.member().expect("a member").id();
    line.token(&place, "ours", "order").await;
    let asked = async |what: &str| {
        line.world.sql(what).await;
        let (status, told) = line.get("ours", REQUESTS).await;
        (status, told["code"].as_str().unwrap_or_default().to_owned())
    };
    let refused = (403, "nobody_manages".to_owned());
    // The desk made it: it is the manager's, and no clerk's.
    let leaves = "update member set active = false where 'manage' = any (capabilities)";
    assert_eq!(asked(leaves).await, refused);
    let desk = line.world.staff(StaffRole::Dispatcher).await;
    let page =
        line.site.get(&format!("/desk/customers/{}/tokens", place.customer), &line.world.cookie(&desk).await).await;
    assert!(page.body.contains("Teď ho odmítáme"), "{}", page.body);
    assert_eq!(asked(&format!("update api_token set member_id = {clerk}")).await.0, 200, "whoever made it is there");
    assert_eq!(asked(&format!("update member set active = false where id = {clerk}")).await, refused);
    let back = "update member set active = true where 'manage' = any (capabilities)";
    assert_eq!(asked(back).await.0, 200, "somebody manages again");
}

/// However a program asks for what is not there, too large or nonsense: it reads why by a code that the document names.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_refusal_is_a_problem_whose_code_the_document_names(pool: PgPool) {
    let line = Line::new(pool).await;
    let place = line.world.place("Škola").await;
    line.token(&place, "ours", "order").await;
    let document = line.site.get("/api/v1/openapi.json", "").await;
    let document: Value = serde_json::from_str(&document.body).expect("a document");
    let named = document["components"]["schemas"]["Problem"]["properties"]["code"]["x-extensible-enum"].clone();
    let named: Vec<String> = serde_json::from_value(named).expect("codes");
    let step = |name: &str| format!("{REQUESTS}/2026-000001/{name}");
    let (attachments, confirm) = (step("attachments"), step("confirm"));
    let form = "multipart/form-data; boundary=x";
    let large = "x".repeat(2_000_000);
    for (method, path, kind, body, expected) in [
        (Method::GET, "/api/v1", "", "", 404),
        (Method::POST, "/api/v1/", "", "{}", 404),
        (Method::GET, "/api/v1/nothing/at/all", "", "", 404),
        (Method::GET, "/api/v1/requests/%FF", "", "", 404),
        (Method::DELETE, REQUESTS, "", "", 405),
        (Method::POST, "/api/v1/openapi.json", "", "{}", 405),
        (Method::GET, "/api/v1/requests?state=lost", "", "", 400),
        (Method::GET, "/api/v1/requests?cursor=zz", "", "", 422),
        (Method::GET, "/api/v1/balance", "", "", 403),
        (Method::POST, REQUESTS, "application/json", "{\"summary\": ", 400),
        (Method::POST, REQUESTS, "text/plain", "no JSON", 400),
        (Method::POST, REQUESTS, "application/json", large.as_str(), 413),
        (Method::POST, attachments.as_str(), form, "no form", 400),
        (Method::POST, attachments.as_str(), "application/json", "{}", 400),
        (Method::POST, confirm.as_str(), "application/json", "{}", 404),
    ] {
        let key = format!("{path} {kind} {}", body.len());
        let request = line.site.request(method.clone(), path).bearer_auth("ours").header("idempotency-key", key);
        // As some libraries ask by default, though no person reads what they get.
        let request = request.header(header::ACCEPT, "text/html, */*").header(header::CONTENT_TYPE, kind);
        let answer = line.site.send(request.body(body.to_owned())).await.expect("an answer");
        let (status, told) = read(&answer);
        assert_eq!((status, &told["status"]), (expected, &json!(expected)), "{method} {path}: {told}");
        let code = told["code"].as_str().expect("a code");
        assert!(named.iter().any(|known| known == code), "{code}");
        assert!(status != 405 || answer.headers.contains_key(header::ALLOW), "{answer:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn strangers_tools_find_nothing_undescribed_and_make_a_client_that_orders(pool: PgPool) {
    let line = Line::new(pool).await;
    line.world.without_limits().await;
    let place = line.world.place("Škola").await;
    line.token(&place, "ours", "read,order,billing").await;
    let folder = tempfile::tempdir().expect("a directory");
    let asked = json!({"origin": line.site.origin, "token": "ours", "work_type": line.world.repair.0});
    std::fs::write(folder.path().join("interface.json"), asked.to_string()).expect("a file");
    // They ask this process, which goes on answering meanwhile.
    let found = tokio::task::spawn_blocking(move || ask_python("check_interface.py", folder.path()));
    let found = found.await.expect("an answer");
    assert_eq!(found["explored"], true, "{}", found["exploration"].as_str().unwrap_or_default());
    let number = found["number"].as_str().unwrap_or_else(|| panic!("{}", found["generation"]));
    let stands = format!("select count(*) from service_request where number = '{number}' and source = 'program'");
    assert_eq!(line.world.id(&stands).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_the_manual_shows_orders(pool: PgPool) {
    let line = Line::new(pool).await;
    let place = line.world.place("Škola").await;
    line.token(&place, "ours", "order").await;
    let mut ordered = 0;
    for (marked, language) in
        [("curl", manual::SHELL), ("python", manual::PYTHON), ("c#", manual::C_SHARP), ("delphi", manual::PASCAL)]
    {
        let told = [
            ("LINKA", line.site.origin.clone()),
            ("TOKEN", "ours".to_owned()),
            ("KEY", marked.to_owned()),
            ("WORK_TYPE", line.world.repair.to_string()),
        ];
        ordered += i64::from(manual::run(marked, &language, ("", ""), &told).await.is_some());
    }
    let agreed = "select count(*) from service_request where state = 'scheduled' and source = 'program'";
    assert_eq!(line.world.id(agreed).await, ordered);
    assert!(ordered >= 2, "what runs in a shell and in Python runs everywhere");
}
