//! Files that go with messages: what is taken, what becomes of it, and who gets it.

use std::{
    io::{Cursor, Write},
    path::Path,
};

use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};
use linka::{
    model::{
        base::{
            ids::{AttachmentId, RequestId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::{
            attachments::{ATTACHMENT_BYTES_MAX, AttachmentKind},
            timeline::TimelineKind,
        },
        paths,
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        files::{Files, NotAdmitted, Scanner, ScannerAddress},
        service::{
            ordering::{
                attachments::{self, About},
                drafts, requests,
            },
            people::own_data,
        },
    },
};
use reqwest::{Method, header};
use sqlx::PgPool;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixListener,
};
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::support::{Answer, Place, Site, World};

const EICAR: &[u8] = br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

fn image(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut content = Cursor::new(Vec::new());
    image.into().write_to(&mut content, format).expect("an image");
    content.into_inner()
}

fn screenshot() -> Vec<u8> {
    image(RgbImage::from_fn(40, 30, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 7])), ImageFormat::Png)
}

fn pdf(inside: &[u8]) -> Vec<u8> {
    [&b"%PDF-1.7\n1 0 obj\n"[..], inside, b"\nendobj\nstartxref\n0\n%%EOF\n"].concat()
}

/// An archive of one file of so many megabytes of nothing.
fn archive(megabytes: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("tisk.log", SimpleFileOptions::default()).expect("a file");
    for _ in 0..megabytes {
        archive.write_all(&vec![b' '; 1024 * 1024]).expect("a piece");
    }
    archive.finish().expect("an archive").into_inner()
}

/// Every way that is known to slip something past whoever looks at names, types or lengths.
#[tokio::test]
async fn what_a_file_is_tells_its_content_and_nothing_else() {
    let files = Files::new(None);
    let admit = async |sent: Vec<u8>| files.admit(sent).await.map(|admitted| (admitted.kind, admitted.content));
    let kind = async |sent: Vec<u8>| admit(sent).await.map(|(kind, _)| kind);
    assert_eq!(kind(screenshot()).await, Ok(AttachmentKind::Png));
    let photo = RgbImage::from_pixel(40, 30, image::Rgb([200, 10, 10]));
    assert_eq!(kind(image(photo.clone(), ImageFormat::Jpeg)).await, Ok(AttachmentKind::Jpeg));
    assert_eq!(
        kind(image(photo, ImageFormat::WebP)).await,
        Ok(AttachmentKind::Jpeg),
        "an image of another kind is written anew"
    );
    assert_eq!(kind(pdf(b"<<>>")).await, Ok(AttachmentKind::Pdf));
    assert_eq!(kind(archive(1)).await, Ok(AttachmentKind::Zip));
    assert_eq!(kind(b"chyba 13\r\n".to_vec()).await, Ok(AttachmentKind::Text));
    // As programs of old write them: in windows-1250, and in UTF-16.
    assert_eq!(
        admit(b"Nep\xf8ipojeno k serveru, \x9ee to nejde".to_vec()).await.expect("a text").1,
        "Nepřipojeno k serveru, že to nejde".as_bytes()
    );
    let utf16: Vec<u8> = "\u{feff}Tisk selhal".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(admit(utf16).await.expect("a text").1, b"Tisk selhal");

    let unknown = Err(NotAdmitted::Unknown);
    for (sent, what) in [
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00".to_vec(), "a program"),
        (br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.to_vec(), "a drawing that runs"),
        (b"\xef\xbb\xbf \n<!doctype html><script>alert(1)</script>".to_vec(), "a page"),
        (b"<?xml version='1.0'?><x/>".to_vec(), "markup"),
        (b"GIF89a/*\x01\x00\x01\x00*/=1;alert(1)".to_vec(), "an image that is a script"),
        (b"%PDF-1.7 <script>".to_vec(), "the beginning of a document"),
        ([pdf(b"<<>>"), archive(1)].concat(), "a document that is an archive"),
        (b"PK\x03\x04 and nothing more".to_vec(), "the beginning of an archive"),
        (b"\x89PNG\r\n\x1a\n and nothing more".to_vec(), "the beginning of an image"),
        (Vec::new(), "nothing"),
        (b" \r\n".to_vec(), "blanks"),
    ] {
        assert_eq!(kind(sent).await, unknown, "{what}");
    }

    let too_large = Err(NotAdmitted::TooLarge);
    assert_eq!(kind(vec![b'x'; ATTACHMENT_BYTES_MAX]).await, Ok(AttachmentKind::Text));
    assert_eq!(kind(vec![b'x'; ATTACHMENT_BYTES_MAX + 1]).await, too_large);
    assert_eq!(kind(image(RgbImage::new(30_000, 1), ImageFormat::Png)).await, too_large, "30,000 pixels wide");
    assert_eq!(kind(image(GrayImage::new(5_100, 5_000), ImageFormat::Png)).await, too_large, "a bomb of pixels");
    let bomb = archive(101);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(kind(bomb).await, too_large, "a bomb of bytes");
}

#[tokio::test]
async fn of_an_image_nothing_is_kept_but_what_is_seen() {
    let files = Files::new(None);
    let hidden = b"<script>alert(1)</script>";
    let photo = image(RgbImage::from_pixel(40, 30, image::Rgb([9, 9, 9])), ImageFormat::Jpeg);
    // A comment behind the first mark, and something behind the end.
    let comment = [&photo[..2], b"\xff\xfe\x00\x1b", &hidden[..], &photo[2..]].concat();
    for sent in [
        comment,
        [&photo[..], &hidden[..]].concat(),
        [&screenshot()[..], &hidden[..]].concat(),
        [&screenshot()[..], &archive(1)[..]].concat(),
    ] {
        let kept = files.admit(sent).await.expect("an image").content;
        assert!(!kept.windows(hidden.len()).any(|window| window == hidden));
        assert!(!kept.windows(4).any(|window| window == b"PK\x03\x04"));
        assert!(image::load_from_memory(&kept).is_ok(), "it is still an image");
    }
}

/// Answers as ClamAV does.
fn clamd(socket: &Path) {
    let listener = UnixListener::bind(socket).expect("a socket");
    tokio::spawn(async move {
        while let Ok((mut asked, _)) = listener.accept().await {
            let mut command = [0; 10];
            asked.read_exact(&mut command).await.expect("a command");
            assert_eq!(&command, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let length = asked.read_u32().await.expect("a length");
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; usize::try_from(length).expect("a length")];
                asked.read_exact(&mut piece).await.expect("a piece");
                content.extend(piece);
            }
            let is_infected = content.windows(EICAR.len()).any(|window| window == EICAR);
            let answer: &[u8] = if is_infected { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" };
            asked.write_all(answer).await.expect("an answer");
        }
    });
}

#[tokio::test]
async fn what_a_scanner_finds_is_refused_and_what_nobody_scans_waits() {
    let directory = tempfile::tempdir().expect("a directory");
    let socket = directory.path().join("clamd.ctl");
    let address: ScannerAddress = socket.to_str().expect("a path").parse().expect("an address");
    let files = Files::new(Some(Scanner::new(address)));
    let is_trouble = |outcome| matches!(outcome, Err(NotAdmitted::Trouble(_)));
    assert!(is_trouble(files.admit(b"log".to_vec()).await), "nobody listens");
    clamd(&socket);
    assert_eq!(files.admit(b"log".to_vec()).await.map(|admitted| admitted.kind), Ok(AttachmentKind::Text));
    let found = Err(NotAdmitted::Infected("Eicar-Test-Signature".into()));
    assert_eq!(files.admit(EICAR.to_vec()).await, found);
    assert_eq!(files.admit(pdf(EICAR)).await, found, "before anything of it is read");
    assert_eq!("clamav:3310".parse(), Ok(ScannerAddress::Network("clamav:3310".into())));
    for wrong in ["", "clamav", ":3310", "clamav:x"] {
        assert!(wrong.parse::<ScannerAddress>().is_err(), "{wrong}");
    }
}

/// A form with files, as a browser sends it.
fn parts(before: &[(&str, &str)], files: &[(&str, &[u8])], behind: &[(&str, &str)]) -> Vec<u8> {
    let fields = |fields: &[(&str, &str)]| {
        let field = |(name, value): &(&str, &str)| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        fields.iter().map(field).collect::<String>().into_bytes()
    };
    let mut body = fields(before);
    for (name, content) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        body.extend([head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(fields(behind));
    body.extend(b"--edge--\r\n");
    body
}

/// A request, its author's cookie, and a portal.
struct Talk {
    world: World,
    place: Place,
    site: Site,
    cookie: String,
    number: RequestNumber,
}

impl Talk {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        let place = world.place("A").await;
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        let cookie = world.cookie(&place.boss).await;
        let site = Site::serve(world.app.clone()).await;
        Self { world, place, site, cookie, number }
    }

    /// Sends a message with files as a browser does; one that is refused comes back.
    async fn send(&self, (message, key): (&str, u128), kept: &str, files: &[(&str, &[u8])]) -> Answer {
        let (number, key) = (self.number.to_string(), Uuid::from_u128(key).to_string());
        let fields = [
            ("call", "/api/requests/write"),
            ("number", number.as_str()),
            ("key", key.as_str()),
            ("attachments", kept),
        ];
        // What is typed may stand behind the files.
        self.post(parts(&fields, files, &[("message", message)])).await
    }

    /// Sends a form as it is.
    async fn post(&self, body: Vec<u8>) -> Answer {
        self.post_to(&format!("/requests/{}", self.number), body).await
    }

    async fn post_to(&self, page: &str, body: Vec<u8>) -> Answer {
        let request = self
            .site
            .request(Method::POST, page)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        let sent = self.site.send(request.body(body)).await.expect("an answer");
        let answer = match sent.location.clone().filter(|to| to.contains("kept=")) {
            Some(page) => self.site.get(&page, &self.cookie).await,
            None => sent,
        };
        // As people read it.
        Answer { body: answer.body.replace('\u{a0}', " "), ..answer }
    }

    async fn attached(&self) -> Vec<(String, AttachmentId)> {
        let member = self.place.boss.member().expect("a member");
        let page = requests::page(&self.world.app, &member, self.number).await.expect("a page");
        let files = page.timeline.into_iter().flat_map(|entry| entry.attachments);
        files.map(|file| (file.name, file.id)).collect()
    }

    async fn kept(&self) -> i64 {
        self.world.id("select count(*) from attachment").await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn files_go_with_their_message_once_and_by_names_of_ours(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let shot = screenshot();
    let files: [(&str, &[u8]); 4] =
        [("../../okno.exe", &shot), ("faktura\u{202e}gpj.pdf", &pdf(b"<<>>")), ("", b""), ("tisk.log", b"chyba 13")];
    let answer = talk.send(("Posílám, co vidím.", 1), "", &files).await;
    let page = format!("/requests/{}", talk.number);
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(page.as_str())), "{}", answer.body);
    let names: Vec<_> = talk.attached().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["okno.png", "fakturagpj.pdf", "tisk.txt"]);
    let again = talk.send(("Posílám, co vidím.", 1), "", &files).await;
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(talk.attached().await.len(), 3, "sent twice, it is written once");
    let shown = talk.site.get(&page, &talk.cookie).await.body;
    assert!(shown.contains("okno.png") && shown.contains("multipart/form-data"), "{shown}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_that_is_refused_comes_back_with_its_files(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let shot = screenshot();
    let refused = talk.send(("Posílám.", 1), "", &[("okno.png", &shot), ("x.exe", b"MZ\x00\x01")]).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("id=\"files-error\"") && refused.body.contains("Posílám."), "{}", refused.body);
    assert!(refused.body.contains("Jeden soubor zůstal přiložený"), "{}", refused.body);
    let large = vec![b'x'; ATTACHMENT_BYTES_MAX + 1];
    let refused = talk.send(("Posílám.", 1), "", &[("velký.log", &large)]).await;
    assert!(refused.status == 422 && refused.body.contains("10 MB"), "{}", refused.body);
    let log: &[u8] = b"chyba";
    let many = vec![("tisk.log", log); 6];
    let refused = talk.send(("Posílám.", 1), "", &many).await;
    assert!(refused.status == 422 && refused.body.contains("nejvýš 5 souborů"), "{}", refused.body);
    let empty = talk.send(("", 1), "", &[("okno.png", &shot)]).await;
    assert!(empty.status == 422 && empty.body.contains("id=\"message-error\""), "{}", empty.body);
    let id = talk.world.app.db.pool();
    let id: Uuid =
        sqlx::query_scalar("select id from attachment order by at desc, id limit 1").fetch_one(id).await.expect("one");
    let sent = talk.send(("Posílám.", 2), &id.to_string(), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(talk.attached().await.len(), 1, "what was kept goes with it");
    let stolen = talk.send(("Ještě jednou.", 3), &id.to_string(), &[]).await;
    assert!(
        stolen.status == 422 && stolen.body.contains("přiložte je znovu"),
        "a file goes with one message: {}",
        stolen.body
    );
    let kept = talk.kept().await;
    talk.world.app.clock.advance(chrono::TimeDelta::hours(25));
    attachments::sweep(&talk.world.app).await.expect("swept");
    assert!(kept > 1 && talk.kept().await == 1, "what belongs to no message goes");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_with_files_holds_no_more_fields_than_a_form_has(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let field = |name: &str, value: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let message = |more: String| {
        let (number, key) = (talk.number.to_string(), Uuid::from_u128(1).to_string());
        let fields =
            [("call", "/api/requests/write"), ("number", &number[..]), ("key", &key[..]), ("message", "Posílám.")];
        let fields: String = fields.iter().map(|(name, value)| field(name, value)).collect();
        format!("{fields}{more}--edge--\r\n").into_bytes()
    };
    let messages = "select count(*) from request_event where kind = 'customer_wrote'";
    for more in [field("x", "").repeat(20_000), field("x", &"x".repeat(60_000)).repeat(20)] {
        let refused = talk.post(message(more)).await;
        assert_eq!(refused.status, 413, "{}", refused.body);
        assert_eq!(talk.world.id(messages).await, 0);
    }
    let sent = talk.post(message(field("x", &"x".repeat(60_000)))).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(talk.world.id(messages).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_file_is_for_whoever_sees_its_request_and_runs_nowhere(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let shot = screenshot();
    let files: [(&str, &[u8]); 2] = [("okno.png", &shot), ("tisk.log", b"<no page>")];
    let refused = talk.send(("Posílám.", 1), "", &files).await;
    assert_eq!(refused.status, 422, "markup is no text");
    let sent = talk.send(("Posílám.", 2), "", &[("okno.png", &shot), ("tisk.log", b"chyba <script>")]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let attached = talk.attached().await;
    let path = |place: usize| format!("/attachments/{}", attached[place].1);
    let other = talk.world.place("B").await;
    let stranger = talk.world.cookie(&other.boss).await;
    let desk = talk.world.cookie(&talk.world.staff(StaffRole::Dispatcher).await).await;
    for (cookie, status) in [(&talk.cookie, 200), (&desk, 200), (&stranger, 404)] {
        assert_eq!(talk.site.get(&path(0), cookie).await.status, status);
    }
    assert_eq!(talk.site.get(&path(0), "").await.status, 303, "nobody else");
    let text = talk.site.get(&path(1), &talk.cookie).await;
    let said = |name: &str| text.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(said("content-type"), "text/plain; charset=utf-8");
    assert_eq!(said("x-content-type-options"), "nosniff");
    assert!(
        said("content-disposition").starts_with("attachment; filename=\"attachment.txt\""),
        "{}",
        said("content-disposition")
    );
    assert!(said("content-security-policy").contains("sandbox"), "{}", said("content-security-policy"));
    let shown = talk.site.get(&path(0), &talk.cookie).await;
    let disposition = shown.headers["content-disposition"].to_str().expect("text");
    assert!(disposition.starts_with("inline; filename=\"attachment.png\""), "we wrote every byte of it: {disposition}");
    assert!(shown.headers["content-security-policy"].to_str().expect("a policy").contains("sandbox"));
    let archive = own_data::archive(&talk.world.app, &talk.place.boss).await.expect("an archive");
    let archive = zip::ZipArchive::new(archive).expect("an archive");
    let mut names: Vec<_> =
        archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect();
    names.retain(|name| name.starts_with("attachments/"));
    assert_eq!(names.len(), 2, "it is theirs to take along");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_files_of_a_customer_have_a_bound(pool: PgPool) {
    let talk = Talk::new(pool).await;
    talk.world.sql("update line_limit set attachment_megabytes = 1").await;
    let large = vec![b'x'; 1_200_000];
    assert_eq!(talk.send(("Jeden.", 1), "", &[("tisk.log", &large)]).await.status, 303);
    let full = talk.send(("Druhý.", 2), "", &[("tisk.log", b"x")]).await;
    assert!(full.body.contains("zabírají 1 MB") && full.body.contains("Druhý."), "{}", full.body);
    assert_eq!(talk.kept().await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_file_of_the_first_screen_survives_its_refusal_and_goes_with_the_order(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let (app, orderer) = (&talk.world.app, talk.place.boss.may_order().expect("an orderer"));
    let order = RequestId(app.random.uuid());
    let (page, id) = (paths::new_order(order), order.to_string());
    let wish = talk.world.wish(talk.world.repair, Urgency::Normal);
    let shot = screenshot();
    let chosen = [("call", "/api/drafts/save"), ("id", id.as_str()), ("subject", wish.subject.as_str())];
    let nothing_said = [("what_happened", ""), ("contact_name", "Jana"), ("urgency", "normal")];
    let refused = talk.post_to(&page, parts(&chosen, &[("okno.png", &shot)], &nothing_said)).await;
    assert!(refused.body.contains("what_happened-error") && refused.body.contains("okno.png"), "{}", refused.body);
    let details = &wish.details;
    let said = [
        ("what_happened", details.what_happened.as_str()),
        ("contact_name", details.contact_name.as_str()),
        ("contact_phone", details.contact_phone.as_str()),
        ("urgency", "normal"),
    ];
    let sent = talk.post_to(&page, parts(&chosen, &[], &said)).await;
    assert_eq!(sent.location, Some(paths::draft_time(order)), "{}", sent.body);
    let start = talk.world.starts(&orderer, order).await[0];
    let number = talk.world.book(&orderer, order, start).await.expect("a booking");
    let ordered = requests::page(app, &orderer, number).await.expect("a page").timeline;
    let names = ordered.into_iter().flat_map(|entry| entry.attachments).map(|file| file.name).collect::<Vec<_>>();
    assert_eq!(names, ["okno.png"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn files_go_with_an_order_and_can_be_taken_back_until_it_is_sent(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let (app, orderer) = (&talk.world.app, talk.place.boss.may_order().expect("an orderer"));
    let order = talk.world.order(&orderer, Urgency::Normal).await;
    let start = talk.world.starts(&orderer, order).await[0];
    talk.world.pick(&orderer, order, start).await.expect("a hold");
    let keep = async |name: &str| {
        attachments::keep(app, &talk.place.boss, About::Draft(order), (name, screenshot())).await.map(drop)
    };
    keep("omylem.png").await.expect("kept");
    let names = async || {
        let summary = drafts::summary(app, &orderer, order).await.expect("a summary");
        summary.attachments.into_iter().map(|file| file.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["omylem.png"]);
    attachments::drop_of_draft(app, &orderer, order).await.expect("taken back");
    assert_eq!(names().await, Vec::<String>::new());
    keep("okno.png").await.expect("kept");
    let stranger = talk.world.place("B").await.boss;
    let foreign = attachments::keep(app, &stranger, About::Draft(order), ("x.png", screenshot())).await;
    assert_eq!(foreign.map(drop), Err(Problem::NotFound));
    let number = drafts::confirm(app, &orderer, order, "").await.expect("sent");
    let page = requests::page(app, &orderer, number).await.expect("a page");
    let ordered = page.timeline.iter().find(|entry| entry.kind == TimelineKind::Ordered).expect("an order");
    assert_eq!(ordered.attachments.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["okno.png"]);
    assert!(attachments::drop_of_draft(app, &orderer, order).await.is_err(), "what is sent stays");
    assert!(keep("pozdě.png").await.is_err(), "it is an order no more");
    assert_eq!(talk.kept().await, 1);
}
