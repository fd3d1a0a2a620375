//! The files of documents: made once, the same bytes for everybody whom they are for, a year as one archive.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read, Write},
};

use linka::{
    model::{
        base::ids::DocumentId,
        money::tax_documents::{DocumentKind, FileFormat},
        people::members::{Capabilities, Capability, StaffRole},
    },
    server::{clock::Clock, db::MIGRATIONS, service::money::tax_documents},
};
use reqwest::{Method, header};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{Site, World, ask_python, at, documents};

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
