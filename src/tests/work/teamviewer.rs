//! TeamViewer's interface, against a stand-in of ours that follows its public description, through real HTTP.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    routing::get,
};
use chrono::TimeDelta;
use linka::{
    model::{
        base::{ids::RequestId, seen::Seen},
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::{interventions::WorkRefused, remote_sessions::SessionLink, teamviewer::TeamviewerFailure},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        jobs,
        service::work::{connection_reports, remote_sessions, teamviewer},
        teamviewer::Teamviewer,
    },
};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::{BTreeMap, HashMap};
use tokio::net::TcpListener;

use crate::support::Bench;

const TOKEN: &str = "tajny-token-teamvieweru";

/// What the stand-in knows, and what it was asked.
#[derive(Default)]
struct Known {
    sessions: Vec<Value>,
    records: Vec<Value>,
    /// What it answers next instead: a status for each question.
    troubles: Vec<StatusCode>,
    asked: Vec<String>,
}

#[derive(Clone, Default)]
struct StandIn(Arc<Mutex<Known>>);

type Answer = Result<Json<Value>, StatusCode>;

impl StandIn {
    async fn serve() -> (Self, Teamviewer) {
        let stand_in = Self::default();
        let router = Router::new()
            .route("/api/v1/sessions", get(sessions).post(new_session))
            .route("/api/v1/reports/connections", get(connections))
            .with_state(stand_in.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let site = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (stand_in, Teamviewer::new(&site, TOKEN).expect("a client"))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        change(&mut self.0.lock().expect("what is known"))
    }

    /// Whether it answers, and notes the question.
    fn admit(&self, headers: &HeaderMap, asked: String) -> Result<(), StatusCode> {
        self.change(|known| {
            known.asked.push(asked);
            if !known.troubles.is_empty() {
                return Err(known.troubles.remove(0));
            }
            let pass = headers.get(header::AUTHORIZATION).and_then(|pass| pass.to_str().ok());
            if pass == Some(&format!("Bearer {TOKEN}")) { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
        })
    }
}

async fn new_session(State(stand_in): State<StandIn>, headers: HeaderMap, Json(wanted): Json<Value>) -> Answer {
    let session = stand_in.change(|known| {
        let code = format!("s1234567{}", known.sessions.len());
        let session = json!({
            "code": code, "state": "Open", "groupid": "g1", "description": wanted["description"],
            "custom_api": wanted["custom_api"], "end_customer_link": format!("https://get.teamviewer.com/{code}"),
            "supporter_link": format!("https://get.teamviewer.com/{code}?supporter=1"), "online": false,
        });
        known.sessions.push(session.clone());
        session
    });
    // It may fail after it has made one.
    stand_in.admit(&headers, "new session".to_owned())?;
    Ok(Json(session))
}

async fn sessions(State(stand_in): State<StandIn>, headers: HeaderMap) -> Answer {
    stand_in.admit(&headers, "sessions".to_owned())?;
    Ok(Json(stand_in.change(|known| json!({ "sessions": known.sessions, "sessions_remaining": 0 }))))
}

/// Two records at a time, those behind the one that is named.
async fn connections(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let after = query.get("offset_id").cloned().unwrap_or_default();
    stand_in.admit(&headers, format!("{} {} {after}", query["from_date"], query["to_date"]))?;
    stand_in.change(|known| {
        let place = known.records.iter().position(|record| record["id"] == json!(after)).map_or(0, |place| place + 1);
        let records: Vec<_> = known.records.iter().skip(place).take(2).cloned().collect();
        let remaining = known.records.len() - place - records.len();
        let next = (remaining > 0).then(|| records[records.len() - 1]["id"].clone());
        Ok(Json(json!({ "records": records, "records_remaining": remaining, "next_offset": next })))
    })
}

fn record(id: &str, from: &str, until: Option<&str>) -> Value {
    json!({
        "id": id, "userid": "u7", "username": "Radek", "deviceid": "123456789", "devicename": "PC", "groupid": "g1",
        "groupname": "Školy", "support_session_type": "Default", "fee": 0.0, "currency": "EUR", "billing_state": "Bill",
        "start_date": format!("2026-11-23T{from}Z"), "end_date": until.map(|until| format!("2026-11-23T{until}Z")), "notes": null,
    })
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn connections_are_fetched_part_by_part_and_none_twice(pool: PgPool) {
    let mut bench = Bench::new(pool).await;
    let customer = bench.place.customer;
    bench
        .world
        .sql(&format!("insert into computer (customer_id, name, teamviewer_id) values ({customer}, 'PC', '123456789')"))
        .await;
    let manager = bench.world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let names = BTreeMap::from([(bench.technician.id(), "u7".to_owned())]);
    teamviewer::save(&bench.world.app, &manager, "90", names, &Seen::default()).await.expect("named by number");
    connection_reports::queue_fetch(&bench.world.app).await.expect("nothing is queued without a token");
    assert_eq!(bench.world.id("select count(*) from teamviewer_fetch where asked_at is not null").await, 0);

    let (stand_in, client) = StandIn::serve().await;
    bench.world.app.teamviewer = client;
    let app = &bench.world.app;
    stand_in.change(|known| {
        known.records = vec![
            record("a", "07:16:10", Some("07:20:00")),
            record("b", "07:21:00", Some("07:30:00.500")),
            record("c", "07:31:00", Some("07:40:00")),
            record("d", "07:41:00", None),
            record("e", "07:50:00", Some("07:51:00")),
        ];
    });
    for _ in 0..2 {
        connection_reports::queue_fetch(app).await.expect("queued");
    }
    jobs::run_due(app).await.expect("the queue");
    connection_reports::fetch(app).await.expect("it is not asked again so soon");
    let asked = stand_in.change(|known| known.asked.clone());
    let day = |from: &str, after: &str| format!("2026-11-{from}T07:00:00Z 2026-11-23T07:00:00Z {after}");
    assert_eq!(asked, [day("16", ""), day("16", "b"), day("16", "d")]);
    let evidence = bench.page().await.evidence.connections;
    assert_eq!(evidence.len(), 4, "the one that goes on is told when it has ended");

    // What was told is told again, the one that went on has ended, and one of it cannot be read.
    app.clock.advance(TimeDelta::minutes(10));
    stand_in.change(|known| {
        known.records[3] = record("d", "07:41:00", Some("07:49:00"));
        known.records.push(json!({ "id": "f", "username": "Radek", "start_date": "?", "end_date": "?" }));
    });
    connection_reports::fetch(app).await.expect("fetched");
    assert_eq!(bench.page().await.evidence.connections.len(), 5, "each once");
    let standing = async || teamviewer::page(app, &manager).await.expect("a page").fetch;
    let since = app.clock.now();
    for minutes in [0, 10] {
        app.clock.advance(TimeDelta::minutes(minutes));
        connection_reports::fetch(app).await.expect("fetched, or not asked again so soon");
        let told = standing().await;
        assert_eq!(told.failing, Some((since, TeamviewerFailure::Unreadable)), "for as long as it is found");
        assert_eq!(told.known_until, Some(app.clock.now()), "and the others are known");
    }

    for (status, failure) in [
        (StatusCode::UNAUTHORIZED, TeamviewerFailure::Refused),
        (StatusCode::SERVICE_UNAVAILABLE, TeamviewerFailure::Busy),
        (StatusCode::TOO_MANY_REQUESTS, TeamviewerFailure::Busy),
        (StatusCode::FOUND, TeamviewerFailure::Refused),
    ] {
        app.clock.advance(TimeDelta::minutes(10));
        stand_in.change(|known| known.troubles.push(status));
        connection_reports::fetch(app).await.expect("noted");
        assert_eq!(standing().await.failing.map(|(_, failure)| failure), Some(failure), "{status}");
    }
    stand_in.change(|known| known.records.pop());
    app.clock.advance(TimeDelta::minutes(10));
    connection_reports::fetch(app).await.expect("fetched");
    let standing = standing().await;
    assert_eq!((standing.failing, standing.known_until), (None, Some(app.clock.now())));
    assert!(!format!("{:?}", app.teamviewer).contains(TOKEN));
    assert_a_name_is_taken_over(&bench, &manager).await;
}

/// Who is a technician no more stands in no form, and keeps a name from nobody.
async fn assert_a_name_is_taken_over(bench: &Bench, manager: &Manager) {
    let app = &bench.world.app;
    let former = bench.world.staff(StaffRole::Dispatcher).await.staff().expect("a dispatcher").id();
    bench.world.sql(&format!("insert into teamviewer_user (staff_id, name) values ({former}, 'Radek')")).await;
    let form = teamviewer::page(app, manager).await.expect("a page").form;
    let names = BTreeMap::from([(bench.technician.id(), "radek".to_owned())]);
    teamviewer::save(app, manager, "90", names.clone(), &Seen::of(&form.fields())).await.expect("taken over");
    assert_eq!(teamviewer::page(app, manager).await.expect("a page").form.names, names);
    assert_eq!(bench.world.id("select count(*) from teamviewer_user").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_session_is_made_once_and_ends_with_its_time(pool: PgPool) {
    let mut bench = Bench::new(pool).await;
    let (stand_in, client) = StandIn::serve().await;
    bench.world.app.teamviewer = client;
    let (app, number) = (&bench.world.app, bench.number);
    // It makes one, and its answer is lost.
    stand_in.change(|known| known.troubles.push(StatusCode::BAD_GATEWAY));
    for _ in 0..2 {
        remote_sessions::want(app).await.expect("wanted");
    }
    jobs::run_due(app).await.expect("the queue");
    // It waits for its next try.
    bench.world.ends_with.jobs();
    assert_eq!(bench.request().await.session, None);
    let request = sqlx::query_scalar("select request_id from remote_session").fetch_one(app.db.pool()).await;
    let request = RequestId(request.expect("a row"));
    for _ in 0..2 {
        remote_sessions::make(app, request).await.expect("made");
    }
    let asked = stand_in.change(|known| known.asked.clone());
    assert_eq!(asked, ["new session", "sessions"], "whoever asks again looks first");
    let made = SessionLink::parse("https://get.teamviewer.com/s12345670");
    assert_eq!((bench.request().await.session, bench.page().await.session), (made.clone(), made));
    let told = stand_in.change(|known| known.sessions[0]["description"].clone());
    assert_eq!(told, json!(number.to_string()), "and nothing of the customer");

    // What somebody of ours has made stands in its place; nothing else does.
    let give = async |typed: &str| remote_sessions::give(app, &bench.technician, number, typed).await;
    assert_eq!(give("https://example.cz/s12345678").await, Err(Problem::field("session_link", FieldCode::Unknown)));
    let other = bench.world.staff(StaffRole::Technician).await.staff().expect("a technician");
    let others = remote_sessions::give(app, &other, number, "s12-345-678").await;
    assert_eq!(others, Err(WorkRefused::NotYours.into()));
    give(" s98-765-432 ").await.expect("given");
    assert_eq!(bench.request().await.session, SessionLink::parse("https://get.teamviewer.com/s98765432"));
    give("").await.expect("taken away");
    assert_eq!(bench.request().await.session, None);
    give("s98-765-432").await.expect("given");
    // The agreed time is from 8:15 to 9:15.
    bench.minutes(74);
    assert!(bench.request().await.session.is_some());
    bench.minutes(1);
    assert_eq!((bench.request().await.session, give("s98-765-432").await), (None, Err(Problem::Conflict)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_second_time_of_a_day_has_a_session_of_its_own(pool: PgPool) {
    let mut bench = Bench::new(pool).await;
    let (_stand_in, client) = StandIn::serve().await;
    bench.world.app.teamviewer = client;
    let app = &bench.world.app;
    let made = async || {
        remote_sessions::want(app).await.expect("wanted");
        jobs::run_due(app).await.expect("the queue");
        bench.request().await.session
    };
    let next = async |state: &str, minutes: u32| {
        let over = format!(
            "update appointment set state = '{state}', missed_at = case when '{state}' = 'missed_by_us' then upper(during) end
             where state = 'confirmed'"
        );
        bench.world.sql(&over).await;
        let next = format!(
            "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select customer_id, request_id, technician_id,
                    tstzrange(lower(during) + interval '{minutes} minutes', upper(during) + interval '{minutes} minutes'), urgency, 'confirmed'
             from appointment order by id desc limit 1"
        );
        bench.world.sql(&next).await;
    };
    let first = made().await.expect("a session");
    next("cancelled", 15).await;
    assert_eq!(made().await.as_ref(), Some(&first), "where the time moves within its day the session goes along");
    next("no_show", 60).await;
    let page = bench.page().await;
    assert_eq!((bench.request().await.session, page.session, page.is_former_session), (None, None, true));
    let second = made().await.expect("a session");
    assert_ne!(first, second, "nobody waits in that of the morning");
    assert!(!bench.page().await.is_former_session);
    // A report that tells of the former one comes when the next one is there.
    let codes = "select count(*) from remote_session where former_codes = array['s12345670'] and code <> 's12345670'";
    assert_eq!(bench.world.id(codes).await, 1);
    // What somebody of ours has made is of its time as well.
    remote_sessions::give(app, &bench.technician, bench.number, "s98-765-432").await.expect("given");
    next("missed_by_us", 60).await;
    assert_eq!(bench.request().await.session, None);
}
