//! What is downloaded over HTTP: for whom it is, under which name it comes, and that it says what the account says.

use linka::{
    model::{
        base::numbers::RequestNumber,
        people::members::{Capabilities, StaffRole},
    },
    server::{db::MIGRATIONS, service::work::closing},
};
use reqwest::{Method, header};
use sqlx::PgPool;
use std::{
    io::Write,
    process::{Command, Stdio},
};

use super::support::{Site, World};

/// A customer with a bundle of 15 minutes, whose request took 13: 20 are billed.
struct Closed {
    site: Site,
    number: RequestNumber,
    boss: String,
    stranger: String,
    staff: String,
    orderer_only: String,
}

/// A file as it came.
struct File {
    status: u16,
    content_type: String,
    disposition: String,
    cache: String,
    bytes: Vec<u8>,
}

impl Closed {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let (place, other) = (world.place("Škola").await, world.place("Jiná škola").await);
        world.bundle(place.customer, 15, "2027-07-01T00:00:00+02:00").await;
        let job = world.work_under_way(&place, 1, 13).await.remove(0);
        let key = world.app.random.uuid();
        closing::close(&world.app, &job.technician, job.number, "Tisk stravenek funguje.", Some(true), key)
            .await
            .expect("closed");
        let colleague = world.member(place.customer, Capabilities::NONE).await;
        let staff = world.staff(StaffRole::Dispatcher).await;
        Self {
            number: job.number,
            boss: world.cookie(&place.boss).await,
            stranger: world.cookie(&other.boss).await,
            staff: world.cookie(&staff).await,
            orderer_only: world.cookie(&colleague).await,
            site: Site::serve(world.app.clone()).await,
        }
    }

    fn receipt(&self) -> String {
        format!("/requests/{}/receipt/1/receipt.pdf", self.number)
    }

    async fn get(&self, path: &str, cookie: &str) -> File {
        let request = self.site.request(Method::GET, path).header(header::COOKIE, cookie);
        let response = request.send().await.expect("an answer");
        let text = |name| response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII")).to_owned();
        File {
            status: response.status().as_u16(),
            content_type: text(header::CONTENT_TYPE),
            disposition: text(header::CONTENT_DISPOSITION),
            cache: text(header::CACHE_CONTROL),
            bytes: response.bytes().await.expect("a body").to_vec(),
        }
    }
}

/// The text of a PDF, as poppler reads it.
fn text(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("poppler-utils are installed");
    reader.stdin.take().expect("its input").write_all(pdf).expect("it reads");
    let output = reader.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_receipt_is_downloaded_by_the_customer_and_by_staff(pool: PgPool) {
    let closed = Closed::new(pool).await;
    let file = closed.get(&closed.receipt(), &closed.boss).await;
    assert_eq!((file.status, file.content_type.as_str(), file.cache.as_str()), (200, "application/pdf", "no-store"));
    let number = closed.number;
    assert_eq!(
        file.disposition,
        format!(
            "attachment; filename=\"receipt-{number}-1.pdf\"; \
             filename*=UTF-8''vy%C3%BA%C4%8Dtov%C3%A1n%C3%AD-{number}-1.pdf"
        )
    );
    let text = text(&file.bytes);
    for said in [
        "Vyúčtování zásahu",
        "Tisk stravenek funguje.",
        "13 min práce + 7 min do minima 20 = 20 min: 15 z balíčku do 30. 6. 2027 a 5 min nad rámec",
        "Účtováno 20 min",
        "Celkem s DPH 151,25 Kč",
    ] {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
    let by_staff = closed.get(&closed.receipt(), &closed.staff).await;
    assert!(by_staff.bytes == file.bytes, "staff get the same file");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_receipt_is_typeset_once_in_each_language_and_anew_when_what_it_says_has_changed(pool: PgPool) {
    let closed = Closed::new(pool.clone()).await;
    let run = async |statement: &'static str| sqlx::query(statement).execute(&pool).await.expect(statement);
    let first = closed.get(&closed.receipt(), &closed.boss).await.bytes;
    // What is kept is what is sent: nothing is typeset for that.
    run("update receipt_file set content = 'kept'").await;
    assert_eq!(closed.get(&closed.receipt(), &closed.boss).await.bytes, b"kept");
    assert_eq!(closed.get(&closed.receipt(), &closed.staff).await.bytes, b"kept");
    let english = format!("{}; linka-language=en", closed.boss);
    assert!(closed.get(&closed.receipt(), &english).await.bytes.starts_with(b"%PDF"), "another language");
    // As if it had been made before an objection was decided.
    run("update receipt_file set made_from = sha256('before')").await;
    let anew = closed.get(&closed.receipt(), &closed.boss).await.bytes;
    assert!(anew == first && closed.get(&closed.receipt(), &closed.boss).await.bytes == first);
    let kept: i64 = sqlx::query_scalar("select count(*) from receipt_file").fetch_one(&pool).await.expect("a count");
    assert_eq!(kept, 2, "one in each language");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_receipt_does_not_exist_for_others_nor_before_it_is_issued(pool: PgPool) {
    let closed = Closed::new(pool).await;
    assert_eq!(closed.get(&closed.receipt(), &closed.stranger).await.status, 404);
    assert_eq!(closed.get(&closed.receipt(), &closed.orderer_only).await.status, 404);
    assert_eq!(closed.get(&closed.receipt(), "").await.status, 303);
    for (path, status) in [
        (closed.receipt().replace("/1/", "/2/"), 404),
        (closed.receipt().replace("/1/", "/first/"), 404),
        (closed.receipt() + "?version=2", 404),
        (closed.receipt() + "?version=latest", 400),
        (closed.receipt() + "?version=1", 200),
    ] {
        assert_eq!(closed.get(&path, &closed.boss).await.status, status, "{path}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn usage_and_statement_are_downloaded_as_tables(pool: PgPool) {
    let closed = Closed::new(pool).await;
    let csv = closed.get("/usage/export.csv?year=2026", &closed.boss).await;
    assert_eq!((csv.status, csv.cache.as_str()), (200, "no-store"));
    assert_eq!(csv.disposition, "attachment; filename=\"minutes-2026.csv\"; filename*=UTF-8''minuty-2026.csv");
    let table = String::from_utf8(csv.bytes).expect("UTF-8");
    assert!(
        table.contains(&format!(
            "{}/1;2026-11-23;06:47;Sklad;Oprava;Jana Nováková;20;0;15;0;0;5;125,00\r\n",
            closed.number
        )),
        "{table}"
    );

    let statement = closed.get("/usage/statement.csv?span=month&date=2026-11-01", &closed.boss).await;
    assert!(statement.content_type.starts_with("text/csv; charset=utf-8"));
    let table = String::from_utf8(statement.bytes).expect("UTF-8");
    assert!(table.contains("Čerpáno;balíček;2027-06-30;") && table.contains(";-15;0;0;0,00;"), "{table}");
    assert!(table.contains("Nad rámec;;;") && table.contains(";0;0;5;125,00;"), "{table}");

    let workbook = closed.get("/usage/export.xlsx?year=2026", &closed.boss).await;
    assert!(workbook.content_type.ends_with("spreadsheetml.sheet") && workbook.bytes.starts_with(b"PK"));

    let this_year = closed.get("/usage/export.csv", &closed.boss).await;
    assert!(this_year.disposition.contains("minutes-2026.csv"), "{}", this_year.disposition);
    let next_year = closed.get("/usage/export.csv?year=2027", &closed.boss).await;
    assert_eq!(String::from_utf8(next_year.bytes).expect("UTF-8").lines().count(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn tables_are_for_those_who_see_the_billing(pool: PgPool) {
    let closed = Closed::new(pool).await;
    for path in ["/usage/export.csv", "/usage/export.xlsx", "/usage/statement.csv"] {
        assert_eq!(closed.get(path, &closed.orderer_only).await.status, 403, "{path}");
        assert_eq!(closed.get(path, &closed.staff).await.status, 403, "{path}");
        assert_eq!(closed.get(path, "").await.status, 303, "{path}");
    }
    assert_eq!(closed.get("/usage/export.csv?year=twenty", &closed.boss).await.status, 400);
    assert_eq!(closed.get("/usage/statement.csv?span=decade", &closed.boss).await.status, 400);
    assert_eq!(closed.get("/usage/export.csv?year=999999999", &closed.boss).await.status, 404);
}
