//! Tax documents: numbered without gaps, never changed, for those whom they are for, and a month's end that bills what the
//! ledger says.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read, Write},
};

use linka::{
    model::{
        base::{
            ids::{CustomerId, DocumentId},
            money::Money,
        },
        money::tax_documents::{DocumentFilter, DocumentKind, FileFormat, Settlement, TaxDocument},
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
    },
    server::{
        app::App,
        clock::Clock,
        db::{self, Db, MIGRATIONS},
        jobs,
        service::{
            money::{accounting, bank, sales, tax_documents},
            upkeep,
        },
    },
};
use reqwest::{Method, header};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};
use tokio::task::JoinSet;

use crate::support::{Place, Site, World, ask_python, at, documents};

const FIRST_OF_DECEMBER: &str = "2026-12-01T00:00:00+01:00";

#[sqlx::test(migrator = "MIGRATIONS")]
async fn twenty_issuers_at_once_leave_no_gap_whatever_is_rolled_back(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let issuers = (0..20).map(|issuer| {
        let app = world.app.clone();
        tokio::spawn(async move {
            for nth in 0..10 {
                let mut tx = app.db.system().await.expect("a transaction");
                let key = format!("{issuer}:{nth}");
                let issued = documents::issue_in(&mut tx, &app, customer, DocumentKind::Payment, &key, 100).await;
                assert!(issued.is_some());
                if (issuer + nth) % 3 == 0 {
                    tx.rollback().await.expect("a rollback");
                } else {
                    tx.commit().await.expect("a commit");
                }
            }
        })
    });
    for issuer in issuers.collect::<Vec<_>>() {
        issuer.await.expect("an issuer");
    }
    let serials: Vec<i32> = sqlx::query_scalar("select serial from tax_document where kind = 'payment' order by 1")
        .fetch_all(world.app.db.pool())
        .await
        .expect("serials");
    let committed = (0..20).flat_map(|issuer| (0..10).map(move |nth| issuer + nth)).filter(|sum| sum % 3 != 0).count();
    assert_eq!(serials, (1..=i32::try_from(committed).expect("few")).collect::<Vec<_>>());
    assert_eq!(
        world.id("select last::bigint from document_series where kind = 'payment'").await,
        i64::try_from(serials.len()).expect("few")
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_twenty_issuers_whose_sessions_are_killed_leaves_no_gap_and_no_repeat(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let executioner = PgPoolOptions::new()
        .max_connections(4)
        .connect_with((*world.app.db.pool().connect_options()).clone())
        .await
        .expect("a few sessions more");
    let mut issuers = JoinSet::new();
    for issuer in 0..20 {
        // A session of its own: nobody else is given one that is about to die.
        let options = (*world.app.db.pool().connect_options()).clone();
        let own = PgPoolOptions::new().max_connections(1).connect_with(options).await.expect("a session");
        let (app, executioner) = (App { db: Db::from_pool(own), ..world.app.clone() }, executioner.clone());
        issuers.spawn(async move {
            let mut committed = Vec::new();
            for nth in 0..10 {
                let mut tx = app.db.system().await.expect("a transaction");
                let session: i32 =
                    sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut *tx).await.expect("itself");
                let key = format!("{issuer}:{nth}");
                let issued = documents::issue_in(&mut tx, &app, customer, DocumentKind::Payment, &key, 100).await;
                let number = issued.expect("the first").number;
                let kill = sqlx::query("select pg_terminate_backend($1, 10000)").bind(session).execute(&executioner);
                match (issuer + nth) % 4 {
                    // Killed with the number in its hands.
                    0 => {
                        kill.await.expect("killed");
                        tx.commit().await.expect_err("there is no session any more");
                    }
                    // Killed while it commits: who is faster is not known.
                    1 => {
                        let (killed, outcome) = tokio::join!(kill, tx.commit());
                        killed.expect("killed");
                        committed.extend(outcome.ok().map(|()| number));
                    }
                    2 => tx.rollback().await.expect("a rollback"),
                    _ => {
                        tx.commit().await.expect("a commit");
                        committed.push(number);
                    }
                }
            }
            committed
        });
    }
    let committed = issuers.join_all().await.concat();
    let kept: Vec<(i32, String)> =
        sqlx::query_as("select serial, number from tax_document where kind = 'payment' order by serial")
            .fetch_all(world.app.db.pool())
            .await
            .expect("serials");
    let serials: Vec<i32> = kept.iter().map(|(serial, _)| *serial).collect();
    assert_eq!(serials, (1..=i32::try_from(kept.len()).expect("few")).collect::<Vec<_>>());
    assert_eq!(
        world.id("select last::bigint from document_series where kind = 'payment'").await,
        i64::try_from(serials.len()).expect("few")
    );
    let numbers: BTreeSet<&String> = kept.iter().map(|(_, number)| number).collect();
    let promised: BTreeSet<&String> = committed.iter().collect();
    assert_eq!(promised.len(), committed.len(), "no number is given to two");
    assert!(committed.len() >= 50 && promised.is_subset(&numbers), "what was committed stays");
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_has_a_document_gets_no_other_and_takes_no_number(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let issue = |key: &'static str| documents::issue(&world.app, customer, DocumentKind::Invoice, key, 100);
    assert_eq!(issue("one").await.map(|document| document.number).as_deref(), Some("2026300001"));
    assert_eq!(issue("one").await, None);
    // Many at once: one of them issues it.
    let racers = (0..8).map(|_| {
        let app = world.app.clone();
        tokio::spawn(async move { documents::issue(&app, customer, DocumentKind::Invoice, "two", 100).await })
    });
    let mut issued = 0;
    for racer in racers.collect::<Vec<_>>() {
        issued += usize::from(racer.await.expect("a racer").is_some());
    }
    assert_eq!(issued, 1);
    assert_eq!(issue("three").await.map(|document| document.number).as_deref(), Some("2026300003"));
    // Each kind and each year has a series of its own.
    let proforma = documents::issue(&world.app, customer, DocumentKind::Proforma, "four", 100).await;
    assert_eq!(proforma.map(|document| document.number).as_deref(), Some("2026100001"));
    let new_year = world.with_clock(Clock::manual(at("2027-01-01T00:00:00+01:00")));
    let invoice = documents::issue(&new_year, customer, DocumentKind::Invoice, "five", 100).await;
    assert_eq!(invoice.map(|document| document.number).as_deref(), Some("2027300001"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_issued_and_printed_cannot_be_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let document = documents::issue(&world.app, customer, DocumentKind::Invoice, "one", 100).await.expect("issued");
    tax_documents::print(&world.app, document.id).await.expect("printed");
    for statement in [
        "update tax_document set total = total + 1, base = base + 1",
        "delete from tax_document",
        "truncate tax_document cascade",
        "update document_file set content = '', sha256 = sha256('')",
        "delete from document_file",
        "delete from invoiced_entry",
    ] {
        // Even by the owner, whom no privilege stops.
        let refused = sqlx::query(AssertSqlSafe(statement)).execute(world.app.db.pool()).await.expect_err(statement);
        let code = refused.into_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
        assert_eq!(code.as_deref(), Some("LK002"), "{statement}");
    }
    for role in ["linka_member", "linka_staff", "linka_system"] {
        for table in ["tax_document", "document_file", "invoiced_entry"] {
            let may =
                format!("select (has_table_privilege('{role}', '{table}', 'update, delete, truncate'))::int::bigint");
            assert_eq!(world.id(&may).await, 0, "{role} on {table}");
        }
    }
}

/// A file as it came.
struct File {
    status: u16,
    content_type: String,
    disposition: String,
    bytes: Vec<u8>,
}

async fn get(site: &Site, path: &str, cookie: &str) -> File {
    let response = site.request(Method::GET, path).header(header::COOKIE, cookie).send().await.expect("an answer");
    let text = |name| response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII")).to_owned();
    File {
        status: response.status().as_u16(),
        content_type: text(header::CONTENT_TYPE),
        disposition: text(header::CONTENT_DISPOSITION),
        bytes: response.bytes().await.expect("a body").to_vec(),
    }
}

async fn kept(world: &World, id: DocumentId, format: FileFormat) -> (Vec<u8>, Vec<u8>) {
    let query = format!("select content, sha256 from document_file where document_id = {id} and format = '{format}'");
    sqlx::query_as(AssertSqlSafe(query)).fetch_one(world.app.db.pool()).await.expect("a file that was kept")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_file_is_made_once_and_everybody_whom_it_is_for_gets_the_same_bytes(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let issue = |kind, key: &'static str| documents::issue(&world.app, place.customer, kind, key, 528_000);
    let invoice = issue(DocumentKind::Invoice, "one").await.expect("issued");
    let boss = world.cookie(&place.boss).await;
    let dispatcher = world.cookie(&world.staff(StaffRole::Dispatcher).await).await;
    let site = Site::serve(world.app.clone()).await;
    for (format, content_type) in [(FileFormat::Pdf, "application/pdf"), (FileFormat::Isdoc, "application/xml")] {
        let path = format!("/documents/{}/document.{format}", invoice.number);
        // Nothing was printed yet: several ask at once.
        let (one, other, staff) =
            tokio::join!(get(&site, &path, &boss), get(&site, &path, &boss), get(&site, &path, &dispatcher));
        assert_eq!((one.status, one.content_type.as_str()), (200, content_type));
        let names = format!(
            "attachment; filename=\"invoice-2026300001.{format}\"; filename*=UTF-8''faktura-2026300001.{format}"
        );
        assert_eq!(one.disposition, names);
        let (content, sha256) = kept(&world, invoice.id, format).await;
        assert_eq!(sha256, Sha256::digest(&content).to_vec());
        for file in [one, other, staff] {
            assert!(file.bytes == content, "{format}: {} bytes", file.bytes.len());
        }
    }
    // Were it printed anew it would be dated differently: the supplier has moved since.
    world.sql("update supplier set street = 'Jiná 1'").await;
    let again = get(&site, &format!("/documents/{}/document.pdf", invoice.number), &boss).await;
    assert!(again.bytes == kept(&world, invoice.id, FileFormat::Pdf).await.0);
}

/// What a second reader finds of what PDF/A-3a asks for; poppler is the first (`server::documents::tax_document`). Neither judges
/// whether a glyph is what its text says, nor colours (design, Tax documents).
#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_printed_document_is_an_archive_for_a_second_reader_too(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    for kind in [DocumentKind::Proforma, DocumentKind::Payment, DocumentKind::Invoice] {
        let document = documents::issue(&world.app, customer, kind, kind.code(), 528_000).await.expect("issued");
        tax_documents::print(&world.app, document.id).await.expect("printed");
        let (pdf, _) = kept(&world, document.id, FileFormat::Pdf).await;
        let (isdoc, _) = kept(&world, document.id, FileFormat::Isdoc).await;
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&pdf).expect("written");
        let found = ask_python("check_archive.py", file.path());
        for (what, expected) in [
            ("encrypted", json!(false)),
            ("id", json!(true)),
            ("marked", json!(true)),
            ("mute_pictures", json!(0)),
            ("intent", json!("/GTS_PDFA1")),
            ("profile", json!(true)),
            ("acts", json!([])),
        ] {
            assert_eq!(found[what], expected, "{what} of {kind}");
        }
        assert!(found["language"].as_str().is_some_and(|language| language.starts_with("cs")), "{}", found["language"]);
        assert!(found["elements"].as_u64().is_some_and(|elements| elements > 20), "{}", found["elements"]);
        let fonts = found["fonts"].as_array().expect("fonts");
        assert!(!fonts.is_empty());
        for font in fonts {
            assert_eq!((&font["embedded"], &font["unicode"]), (&json!(true), &json!(true)), "{font}");
        }
        let [attached] = found["attachments"].as_array().expect("attachments").as_slice() else { panic!("{found}") };
        assert_eq!((&attached["relationship"], &attached["type"]), (&json!("/Alternative"), &json!("/text/xml")));
        assert_eq!(attached["content"].as_str().map(str::as_bytes), Some(isdoc.as_slice()));
        let metadata = found["metadata"].as_str().expect("metadata");
        for said in ["<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"] {
            assert!(metadata.contains(said), "{said} is not in: {metadata}");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn for_others_a_document_does_not_exist(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Jiná škola").await);
    let invoice =
        documents::issue(&world.app, place.customer, DocumentKind::Invoice, "one", 100).await.expect("issued");
    let orderer = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let viewer = world.member(place.customer, Capabilities::NONE.with(Capability::SeeBilling)).await;
    let technician = world.staff(StaffRole::Technician).await;
    let manager = world.staff(StaffRole::Manager).await;
    let mut cookies = Vec::new();
    for (caller, document, list) in [
        (&place.boss, 200, 200),
        (&viewer, 200, 200),
        (&manager, 200, 403),
        (&other.boss, 404, 404),
        (&orderer, 403, 403),
        (&technician, 403, 403),
    ] {
        cookies.push((world.cookie(caller).await, document, list));
    }
    cookies.push((String::new(), 303, 303));
    let site = Site::serve(world.app.clone()).await;
    for (cookie, document, archive) in &cookies {
        for format in FileFormat::ALL {
            let path = format!("/documents/{}/document.{format}", invoice.number);
            assert_eq!(get(&site, &path, cookie).await.status, *document, "{path}");
        }
        assert_eq!(get(&site, "/documents/2026.zip", cookie).await.status, *archive, "the archive");
    }
    let boss = &cookies[0].0;
    for path in ["/documents/2026300099/document.pdf", "/documents/2025.zip", "/documents/all.zip", "/documents/2026"] {
        assert_eq!(get(&site, path, boss).await.status, 404, "{path}");
    }
    let strangers = site.get("/documents", &cookies[3].0).await;
    assert!(strangers.body.contains("Zatím žádné doklady") && !strangers.body.contains(&invoice.number));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_year_comes_as_one_archive_with_every_file_of_every_document(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Jiná škola").await);
    let mut expected = BTreeSet::new();
    for (nth, kind) in [DocumentKind::Proforma, DocumentKind::Payment, DocumentKind::Invoice].into_iter().enumerate() {
        let document = documents::issue(&world.app, place.customer, kind, &nth.to_string(), 100).await.expect("issued");
        let name = match kind {
            DocumentKind::Proforma => "zálohová-faktura",
            DocumentKind::Payment => "daňový-doklad",
            DocumentKind::Invoice | DocumentKind::CreditNote => "faktura",
        };
        expected.extend(FileFormat::ALL.iter().map(|format| format!("{name}-{}.{format}", document.number)));
    }
    documents::issue(&world.app, other.customer, DocumentKind::Invoice, "other", 100).await.expect("issued");
    let last_year = world.with_clock(Clock::manual(at("2025-12-31T23:59:00+01:00")));
    documents::issue(&last_year, place.customer, DocumentKind::Invoice, "former", 100).await.expect("issued");
    let boss = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let archive = get(&site, "/documents/2026.zip", &boss).await;
    assert_eq!((archive.status, archive.content_type.as_str()), (200, "application/zip"));
    assert_eq!(archive.disposition, "attachment; filename=\"documents-2026.zip\"; filename*=UTF-8''doklady-2026.zip");
    let mut zip = zip::ZipArchive::new(Cursor::new(archive.bytes)).expect("an archive");
    let mut names = BTreeSet::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let name = file.name().expect("UTF-8").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content, with the right sum");
        let beginning: &[u8] = if name.ends_with(".pdf") { b"%PDF-" } else { b"<?xml " };
        assert!(content.starts_with(beginning), "{name}");
        let hash =
            format!("select count(*) from document_file where sha256 = '\\x{}'", hex::encode(Sha256::digest(&content)));
        assert_eq!(world.id(&hash).await, 1, "{name} is the file that was kept");
        names.insert(name);
    }
    assert_eq!(names, expected);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_list_is_paged_filtered_and_says_what_is_due(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    for nth in 0..30 {
        let kind = if nth % 3 == 0 { DocumentKind::Proforma } else { DocumentKind::Payment };
        documents::issue(&world.app, place.customer, kind, &nth.to_string(), 10_000).await.expect("issued");
    }
    let viewer = place.boss.may_see_billing().expect("a viewer");
    let list = async |filter, before| {
        let list = tax_documents::list(&world.app, &viewer, filter, before).await.expect("a page");
        assert_eq!(list.years, [2026]);
        (list.documents.page.rows, list.documents.page.next, list.documents.total)
    };
    let all = DocumentFilter::default();
    let (first, more, total) = list(all, None).await;
    assert_eq!((first.len(), total), (25, 30));
    let (rest, end, total) = list(all, more).await;
    assert_eq!((rest.len(), end, total), (5, None, 30));
    let ids: Vec<_> = first.iter().chain(&rest).map(|row| row.id.0).collect();
    assert_eq!(ids, (1..=30).rev().collect::<Vec<_>>(), "each once, the newest first");
    let proformas = DocumentFilter { kind: Some(DocumentKind::Proforma), year: Some(2026) };
    let (proformas, _, total) = list(proformas, None).await;
    assert!(total == 10 && proformas.len() == 10 && proformas.iter().all(|row| row.kind == DocumentKind::Proforma));
    assert!(proformas.iter().all(|row| row.settlement == Settlement::Due));
    let (other_year, ..) = list(DocumentFilter { kind: None, year: Some(2025) }, None).await;
    assert!(other_year.is_empty());

    // One is paid in two parts; of the others time runs out.
    let staff = world.id("insert into staff (name, roles) values ('M', '{manager}') returning id").await;
    world
        .sql(&format!(
            "with s as (insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming)
                        values (sha256(''), 'a', 'csv', now(), {staff}, 2, 2) returning id)
             insert into bank_payment (statement_id, booked_on, amount, currency, reference, state, document_id, decided_at)
             select s.id, '2026-11-24', a, 'CZK', a::text, 'matched', 1, now() from s, unnest(array[6000, 6100]) a"
        ))
        .await;
    let later = world.with_clock(Clock::manual(at("2026-11-24T08:00:00+01:00")));
    let proformas = DocumentFilter { kind: Some(DocumentKind::Proforma), year: None };
    let rows = tax_documents::list(&later, &viewer, proformas, None).await.expect("a page").documents.page.rows;
    for row in rows {
        let expected = if row.id == DocumentId(1) { Settlement::Paid } else { Settlement::Overdue };
        assert_eq!(row.settlement, expected, "{}", row.number);
    }
    // How the rest is paid says a page of its own; what is paid, or asks for nothing, says so.
    let paying = async |number: &str| tax_documents::payment(&later, &viewer, number).await;
    let open = paying("2026100002").await.expect("it is to be paid").transfer.expect("how");
    assert_eq!((open.amount, open.variable_symbol.to_string().as_str()), (Money::from_haler(12_100), "2026100002"));
    let paid = paying("2026100001").await.expect("it was to be paid");
    assert_eq!((paid.document.settlement, paid.transfer), (Settlement::Paid, None));
    assert_eq!(paying("2026200001").await, Err(Problem::NotFound), "it is of money that came");
    let other = world.place("Jiná").await.boss.may_see_billing().expect("a viewer");
    assert_eq!(tax_documents::payment(&later, &other, "2026100002").await, Err(Problem::NotFound));
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let page = site.get("/documents?kind=proforma", &cookie).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("/documents/2026100001/document.isdoc") && page.body.contains("/documents/2026.zip"));
    assert!(!page.body.contains("2026200001"), "another kind");
    assert!(page.body.contains("/documents/2026100002/payment"), "{}", page.body);
    let page = site.get("/documents/2026100002/payment", &cookie).await;
    assert!(page.status == 200 && page.body.contains("2026100002"), "{}", page.body);
}

/// Entries of the ledger in money: of which of the interventions under way, when, how many minutes.
async fn charge(world: &World, place: &Place, intervention: i64, at: &str, minutes: i64) {
    let (customer, kind) = (place.customer, if minutes > 0 { "charge" } else { "waive" });
    world
        .sql(&format!(
            "insert into ledger_entry (customer_id, at, kind, intervention_id, over_minutes, amount, source_kind, source_id,
                                       reason)
             select {customer}, '{at}', '{kind}', i.id, {minutes}, {minutes} * i.rate_per_minute, 'receipt',
                    gen_random_uuid()::text, case when {minutes} < 0 then 'Uznaná námitka' else '' end
             from intervention i where i.customer_id = {customer} order by i.id offset {intervention} limit 1"
        ))
        .await;
}

async fn issued(app: &App, customer: CustomerId) -> Vec<TaxDocument> {
    let mut tx = app.db.system().await.expect("a transaction");
    let mut found = Vec::new();
    for year in [2026, 2027] {
        for id in db::money::tax_documents::of_year(&mut tx, customer, year).await.expect("documents") {
            found.push(db::money::tax_documents::by_id(&mut tx, id).await.expect("a document").expect("a document").0);
        }
    }
    found
}

async fn month_end(app: &App) {
    // As two processes would, several times over.
    let runs = (0..6).map(|_| {
        let app = app.clone();
        tokio::spawn(async move { upkeep::invoice_months(&app).await })
    });
    for run in runs.collect::<Vec<_>>() {
        run.await.expect("a run").expect("invoices");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_month_that_is_over_is_invoiced_once_by_whoever_comes_first(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let (place, other) = (world.place("Škola").await, world.place("Jiná škola").await);
    world.work_under_way(&place, 3, 30).await;
    world.work_under_way(&other, 1, 30).await;
    for (intervention, at, minutes) in [
        (0, "2026-10-05T10:00:00+02:00", 30),
        (1, "2026-11-05T10:00:00+01:00", 13),
        (2, "2026-11-30T23:59:59+01:00", 20),
        // Comes to nothing within the month.
        (0, "2026-11-30T23:59:59+01:00", -10),
        (0, "2026-11-30T23:59:59+01:00", 10),
        (1, "2026-12-01T00:00:00+01:00", 7),
    ] {
        charge(&world, &place, intervention, at, minutes).await;
    }
    charge(&world, &other, 0, "2026-11-07T10:00:00+01:00", 5).await;

    month_end(&world.with_clock(Clock::manual(at("2026-11-30T23:59:59+01:00")))).await;
    let october = issued(&world.app, place.customer).await;
    assert_eq!(october.len(), 1, "November is not over");
    assert!(issued(&world.app, other.customer).await.is_empty());

    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    month_end(&december).await;
    let [october, november] = issued(&world.app, place.customer).await.try_into().expect("two invoices");
    let content = &november.content;
    assert_eq!((content.kind, content.lines.len()), (DocumentKind::Invoice, 2));
    assert_eq!(content.supplied_on.map(|day| day.to_string()).as_deref(), Some("2026-11-30"));
    assert_eq!(content.due_on.map(|day| day.to_string()).as_deref(), Some("2026-12-15"));
    assert_eq!(content.base(), Money::from_haler(33 * 2_500));
    assert_eq!(content.total(), Money::from_haler(99_825));
    assert_eq!(october.content.supplied_on.map(|day| day.to_string()).as_deref(), Some("2026-10-31"));
    assert_eq!(october.content.base(), Money::from_haler(30 * 2_500));
    assert_eq!(issued(&world.app, other.customer).await.len(), 1);
    assert_eq!(world.id("select count(*) from mail where kind = 'month_invoiced'").await, 3);
    assert_eq!(totals_differ(&world, FIRST_OF_DECEMBER).await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_is_invoiced_for_a_locked_month_is_told_of_that_month(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 1, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 13).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    accounting::lock(&december, &manager, "2026-11-01".parse().expect("a day")).await.expect("locked");
    month_end(&december).await;
    let [invoice] = issued(&world.app, place.customer).await.try_into().expect("an invoice");
    assert_eq!(
        invoice.content.supplied_on.map(|day| day.to_string()).as_deref(),
        Some("2026-12-01"),
        "it is taxed later"
    );
    let told = "select count(*) from mail where kind = 'month_invoiced' and content ->> 'month' = '2026-11-30'";
    assert_eq!(world.id(told).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_waived_later_is_credited_of_the_invoices_on_which_it_stands(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    world.work_under_way(&place, 2, 30).await;
    charge(&world, &place, 0, "2026-10-05T10:00:00+02:00", 31).await;
    charge(&world, &place, 1, "2026-10-06T10:00:00+02:00", 13).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 11).await;
    month_end(&world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)))).await;
    // More than stands on November's invoice, and all of what the other one was.
    charge(&world, &place, 0, "2026-12-05T10:00:00+01:00", -20).await;
    charge(&world, &place, 1, "2026-12-05T10:00:00+01:00", -13).await;
    month_end(&world.with_clock(Clock::manual(at("2027-01-01T00:00:00+01:00")))).await;
    // And the rest, in the next month.
    charge(&world, &place, 0, "2027-01-05T10:00:00+01:00", -22).await;
    month_end(&world.with_clock(Clock::manual(at("2027-02-01T00:00:00+01:00")))).await;

    let all = issued(&world.app, place.customer).await;
    let [october, november, credits @ ..] = all.as_slice() else { panic!("{all:?}") };
    let said: Vec<_> = credits
        .iter()
        .map(|credit| {
            let (corrects, reason) = credit.content.corrects.clone().expect("what it corrects");
            assert_eq!(reason, "Uznaná námitka");
            let minutes: Vec<_> = credit.content.lines.iter().map(|line| line.quantity).collect();
            (corrects, minutes, credit.content.base())
        })
        .collect();
    let base = |minutes: i64| Money::from_haler(-2_500 * minutes);
    assert_eq!(
        said,
        [
            (november.number.clone(), vec![11], base(11)),
            (october.number.clone(), vec![9, 13], base(22)),
            (october.number.clone(), vec![22], base(22)),
        ]
    );
    // Nothing is left of any of it, tax included.
    let total: Money = all.iter().map(|document| document.content.total()).sum();
    assert_eq!(total, Money::ZERO);
    assert_eq!(totals_differ(&world, "2027-02-01T00:00:00+01:00").await, 0);
    let viewer = place.boss.may_see_billing().expect("a viewer");
    let invoices = DocumentFilter { kind: Some(DocumentKind::Invoice), year: None };
    let rows = tax_documents::list(&world.app, &viewer, invoices, None).await.expect("a page").documents.page.rows;
    assert!(
        rows.iter().all(|row| row.settlement == Settlement::Void),
        "nothing was paid, and nothing is owed: {rows:?}"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_credited_of_an_invoice_is_not_asked_for_any_more(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 2, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 30).await;
    month_end(&world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)))).await;
    charge(&world, &place, 0, "2026-12-05T10:00:00+01:00", -10).await;
    let january = world.with_clock(Clock::manual(at("2027-01-01T00:00:00+01:00")));
    month_end(&january).await;

    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let [invoice] = &sales::page(&january, &manager, None).await.expect("a page").unpaid.page.rows[..] else {
        panic!("one invoice")
    };
    assert_eq!(invoice.total, Money::from_haler(60_500), "twenty minutes are left of thirty");
    let statement = format!("Datum;Objem;VS\r\n2.1.2027;605,00;{}\r\n", invoice.number);
    bank::import(&january, &manager, "vypis.csv", statement.as_bytes(), bank::Said::default())
        .await
        .expect("an import");
    assert!(
        bank::page(&january, &manager, None).await.expect("a page").unmatched.rows.is_empty(),
        "it is paid exactly"
    );
    assert!(sales::page(&january, &manager, None).await.expect("a page").unpaid.page.rows.is_empty());
}

/// How many customers' documents about interventions come to another base than their entries of the months that are over.
async fn totals_differ(world: &World, until: &str) -> i64 {
    world
        .id(&format!(
            "select count(*) from customer c where
               (select coalesce(sum(base), 0) from tax_document where customer_id = c.id and purchase_id is null)
               <> (select coalesce(sum(amount), 0) from ledger_entry where customer_id = c.id and at < '{until}')"
        ))
        .await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_entry_that_comes_late_is_invoiced_after_all(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 2, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 30).await;
    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    month_end(&december).await;
    charge(&world, &place, 1, "2026-11-30T23:59:59+01:00", 10).await;
    month_end(&december).await;
    let bases: Vec<_> = issued(&world.app, place.customer).await.iter().map(|it| it.content.base().haler()).collect();
    assert_eq!(bases, [75_000, 25_000]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_job_prints_before_anybody_asks(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("Škola").await;
    world.work_under_way(&place, 1, 30).await;
    charge(&world, &place, 0, "2026-11-05T10:00:00+01:00", 30).await;
    let december = world.with_clock(Clock::manual(at(FIRST_OF_DECEMBER)));
    month_end(&december).await;
    assert_eq!(world.id("select count(*) from document_file").await, 0);
    jobs::run_due(&december).await.expect("the queue");
    assert_eq!(world.id("select count(*) from document_file where sha256 = sha256(content)").await, 2);
}
