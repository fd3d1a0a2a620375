//! Statements that come by themselves: from the bank's interface, through real HTTP, and from a folder.

use std::{fs, path::Path};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use linka::{
    model::money::{bank::StatementSource, statements::SourceFailure},
    server::{
        db::MIGRATIONS,
        jobs,
        service::money::{
            bank, connections, sales,
            statements::{FetchError, fetch, look_into_folder, queue_fetch},
        },
        statements::{
            Statements,
            fio::{Fio, FioError},
            folder::Folder,
        },
    },
};
use sqlx::PgPool;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

use super::bank::{Bank, fio};

const TOKEN: &str = "tajne-heslo-k-uctu";

/// What a bank answers once.
type Answered = (StatusCode, Vec<u8>);

/// A bank that gives its answers one after the other, and writes down what it was asked.
#[derive(Clone, Default)]
struct Stub {
    answers: Arc<Mutex<Vec<Answered>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    async fn serve(answers: Vec<(StatusCode, Vec<u8>)>) -> (Self, String) {
        async fn answer(State(stub): State<Stub>, uri: Uri) -> Response {
            stub.asked.lock().expect("the list").push(uri.path().to_owned());
            stub.answers.lock().expect("the list").remove(0).into_response()
        }
        let stub = Self { answers: Arc::new(Mutex::new(answers)), ..Self::default() };
        let router = Router::new().fallback(answer).with_state(stub.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let site = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (stub, site)
    }
}

/// A table as the bank's interface has it: with what stands before the columns.
fn movements(until: &str, payments: &[(u32, &str, i64, &str)]) -> Vec<u8> {
    let head = format!(
        "\"accountId\";\"19-2000145399\"\r\n\"bankId\";\"0800\"\r\n\"currency\";\"CZK\"\r\n\"dateEnd\";\"{until}\"\r\n\r\n"
    );
    [head.into_bytes(), fio(payments)].concat()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_bank_is_asked_each_hour_and_no_movement_is_taken_twice(pool: PgPool) {
    let mut bank = Bank::new(pool).await;
    let (first, second) = (bank.purchase(60).await, bank.purchase(30).await);
    let one = (501, "23.11.2026", first.total.haler(), first.symbol.as_str());
    let two = (502, "24.11.2026", second.total.haler(), second.symbol.as_str());
    let (stub, site) = Stub::serve(vec![
        (StatusCode::CONFLICT, Vec::new()),
        (StatusCode::SERVICE_UNAVAILABLE, Vec::new()),
        (StatusCode::OK, movements("23.11.2026", &[one])),
        (StatusCode::OK, movements("24.11.2026", &[one, two])),
        (StatusCode::OK, b"Omlouv\xc3\xa1me se.".to_vec()),
        (StatusCode::NOT_FOUND, Vec::new()),
    ])
    .await;
    let app = &mut bank.world.app;
    queue_fetch(app).await.expect("nothing is queued without a token");
    app.statements = Statements { fio: Fio::new(&site, TOKEN).expect("a client"), folder: Folder::default() };
    // It wants to be asked later, and is not before half a minute is over.
    for status in [StatusCode::CONFLICT, StatusCode::SERVICE_UNAVAILABLE] {
        assert!(matches!(fetch(app).await, Err(FetchError::Fio(FioError::Later(told))) if told == status));
        assert!(matches!(fetch(app).await, Err(FetchError::TooEarly)));
        app.clock.advance(TimeDelta::seconds(30));
    }
    for _ in 0..2 {
        queue_fetch(app).await.expect("queued");
    }
    jobs::run_due(app).await.expect("the queue");
    bank.assert_fulfilled_once(&first, 60).await;
    bank.world.app.clock.advance(TimeDelta::days(1));
    fetch(&bank.world.app).await.expect("taken in");
    bank.assert_fulfilled_once(&first, 60).await;
    bank.assert_fulfilled_once(&second, 30).await;
    // What cannot be read is told to the managers; what is refused says nothing of the token.
    bank.world.app.clock.advance(TimeDelta::days(1));
    fetch(&bank.world.app).await.expect("told");
    let told = "select count(*) from payment_alert where kind = 'statements_fail' and resolved_at is null";
    assert_eq!(bank.world.id(told).await, 1);
    bank.world.app.clock.advance(TimeDelta::days(1));
    let refused = fetch(&bank.world.app).await.expect_err("refused");
    assert!(!format!("{refused} {refused:?} {:?}", bank.world.app.statements).contains(TOKEN));
    let asked = stub.asked.lock().expect("the list").clone();
    let period = |from: &str, until: &str| format!("/v1/rest/periods/{TOKEN}/{from}/{until}/transactions.csv");
    assert_eq!(asked.len(), 6, "two that were queued are one");
    assert_eq!(asked[2], period("2026-10-24", "2026-11-23"));
    assert_eq!(asked[3], period("2026-11-16", "2026-11-24"));
    let page = bank::page(&bank.world.app, &bank.manager, None).await.expect("a page");
    let sources = page.statements.page.rows.iter().map(|statement| (statement.source.code(), statement.by.as_deref()));
    assert_eq!(sources.collect::<Vec<_>>(), [("fio", None), ("fio", None)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_row_is_told_once_and_a_source_that_fails_until_it_works_again(pool: PgPool) {
    let mut bank = Bank::new(pool).await;
    let broken = (501, "32.11.2026", 100, "77");
    let other = (502, "33.11.2026", 100, "77");
    let good = (503, "23.11.2026", 100, "77");
    let ok = |until: &str, payments: &[(u32, &str, i64, &str)]| (StatusCode::OK, movements(until, payments));
    let failed = || (StatusCode::INTERNAL_SERVER_ERROR, Vec::new());
    let away = || (StatusCode::SERVICE_UNAVAILABLE, Vec::new());
    let (_, site) = Stub::serve(vec![
        ok("23.11.2026", &[good, broken]),
        ok("24.11.2026", &[good, broken]),
        ok("25.11.2026", &[good, broken, other]),
        failed(),
        failed(),
        ok("25.11.2026", &[good, broken, other]),
        failed(),
        ok("25.11.2026", &[good, broken, other]),
        away(),
        away(),
        away(),
        ok("25.11.2026", &[good, broken, other]),
    ])
    .await;
    let app = &mut bank.world.app;
    app.statements = Statements { fio: Fio::new(&site, TOKEN).expect("a client"), folder: Folder::default() };
    let open = async |kind: &str| {
        let told = format!("select count(*) from payment_alert where kind = '{kind}' and resolved_at is null");
        bank.world.id(&told).await
    };
    let ask = async |pause: TimeDelta, works: bool| {
        bank.world.app.clock.advance(pause);
        assert_eq!(fetch(&bank.world.app).await.is_ok(), works);
        (open("statement_refused").await, open("statements_fail").await)
    };
    let (hour, day) = (TimeDelta::hours(1), TimeDelta::days(1));
    assert_eq!(ask(hour, true).await, (1, 0), "the broken row");
    assert_eq!(ask(day, true).await, (1, 0), "once, although each statement of a week brings it");
    assert_eq!(ask(day, true).await, (2, 0), "another row is another thing to tell");
    // A token that is refused is told at once, and once.
    assert_eq!(ask(hour, false).await, (2, 1));
    assert_eq!(ask(hour, false).await, (2, 1));
    let page = connections::page(&bank.world.app, &bank.manager).await.expect("a page");
    let trouble = page.statements[0].trouble.expect("it fails");
    assert_eq!((trouble.source, trouble.failure), (StatementSource::Fio, SourceFailure::Refused));
    let sales = sales::page(&bank.world.app, &bank.manager, None).await.expect("a page").alerts.rows;
    assert_eq!(sales.iter().filter_map(|alert| alert.trouble).collect::<Vec<_>>(), [trouble]);
    assert_eq!(sales.iter().filter(|alert| alert.unread.is_some()).count(), 2, "in words: {sales:?}");
    let mailed = "select count(*) from mail where content ->> 'mail' = 'statements_fail'";
    let managers = bank.world.id("select count(*) from staff where active and 'manager' = any(roles)").await;
    assert_eq!(bank.world.id(mailed).await, managers);
    // It closes by itself, and the next time is told anew.
    assert_eq!(ask(hour, true).await, (2, 0));
    let page = connections::page(&bank.world.app, &bank.manager).await.expect("a page");
    assert_eq!(page.statements[0].trouble, None);
    assert_eq!(ask(hour, false).await, (2, 1));
    assert_eq!(bank.world.id(mailed).await, 2 * managers);
    assert_eq!(ask(hour, true).await, (2, 0));
    // What passes by itself is told when it has lasted a day.
    assert_eq!(ask(hour, false).await, (2, 0));
    assert_eq!(ask(day - hour, false).await, (2, 0));
    assert_eq!(ask(hour, false).await, (2, 1));
    assert_eq!(ask(hour, true).await, (2, 0));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .map(|entries| {
            entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whole_files_of_the_folder_are_taken_in_once_and_put_away(pool: PgPool) {
    let mut bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path();
    let put = |name: &str, content: &[u8]| fs::write(path.join(name), content).expect("written");
    bank.world.app.statements.folder = Folder::new(path.to_owned());
    let mut other = bank.world.app.clone();
    other.statements.folder = Folder::new(path.to_owned());

    let file = fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol), (2, "32.11.2026", 100, "")]);
    put("vypis.csv", &file[..200]);
    put("dopis.csv", "Dobrý den,".as_bytes());
    put("stahuje-se.csv.part", &file);
    for app in [&bank.world.app, &other] {
        look_into_folder(app).await.expect("looked");
    }
    assert_eq!(names(path), ["dopis.csv", "stahuje-se.csv.part", "vypis.csv"], "what is new waits for the next look");
    put("vypis.csv", &file);
    look_into_folder(&bank.world.app).await.expect("looked");
    assert_eq!(names(path), ["refused", "stahuje-se.csv.part", "vypis.csv"], "what has grown waits once more");
    look_into_folder(&other).await.expect("looked");
    assert_eq!(names(path).len(), 3, "the other server has not seen it whole yet");
    let (ours, theirs) = tokio::join!(look_into_folder(&bank.world.app), look_into_folder(&other));
    assert_eq!((ours, theirs), (Ok(()), Ok(())));
    assert_eq!(names(path), ["done", "refused", "stahuje-se.csv.part"]);
    assert_eq!(names(&path.join("done")), ["vypis.csv", "vypis.csv.txt"]);
    assert_eq!(names(&path.join("refused")), ["dopis.csv", "dopis.csv.txt"]);
    let note = |name: &str| fs::read_to_string(path.join(name)).expect("a note");
    assert!(note("refused/dopis.csv.txt").contains("MT940"), "{}", note("refused/dopis.csv.txt"));
    assert!(note("done/vypis.csv.txt").contains("Na řádku 3"), "{}", note("done/vypis.csv.txt"));
    bank.assert_fulfilled_once(&purchase, 60).await;
    assert_eq!(bank.world.id("select count(*) from bank_statement where source = 'folder'").await, 1);
    let told = "select count(*) from payment_alert where kind = 'statement_refused'";
    assert_eq!(bank.world.id(told).await, 2, "of the one that is refused, and of the row of the other");
    // The same once more, and another one of its name.
    put("vypis.csv", &file);
    for _ in 0..2 {
        look_into_folder(&bank.world.app).await.expect("looked");
    }
    put("vypis.csv", &fio(&[(3, "23.11.2026", 100, "77")]));
    for _ in 0..2 {
        look_into_folder(&bank.world.app).await.expect("looked");
    }
    assert_eq!(names(&path.join("done")).len(), 4, "{:?}", names(&path.join("done")));
    assert_eq!(bank.world.id("select count(*) from bank_statement").await, 2);
    assert_eq!(bank.world.id(told).await, 2, "nothing new to tell");
    // Of a second letter that is called like the first one the managers are told, too.
    put("dopis.csv", "Na shledanou,".as_bytes());
    for _ in 0..2 {
        look_into_folder(&bank.world.app).await.expect("looked");
    }
    assert_eq!(bank.world.id(told).await, 3);
    assert_eq!(names(&path.join("refused")).len(), 4, "neither writes over the other");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_put_away_writes_over_nothing(pool: PgPool) {
    let mut bank = Bank::new(pool).await;
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path();
    let folder = Folder::new(path.to_owned());
    bank.world.app.statements.folder = folder.clone();
    let all = async |files: &[(&str, &[u8])]| {
        for (name, content) in files {
            fs::write(path.join(name), content).expect("written");
        }
        for _ in 0..2 {
            look_into_folder(&bank.world.app).await.expect("looked");
        }
        assert_eq!(names(path), ["refused"], "all is put away");
    };
    let letter = |nth: u8| format!("Dobrý den po {nth}.,").into_bytes();
    let (first, second, third) = (letter(1), letter(2), letter(3));
    // One that is called like the note of another, before that one and after it; and two of one name.
    all(&[("x.txt", &first)]).await;
    all(&[("x", &second)]).await;
    all(&[("x.txt", &third)]).await;
    all(&[("x.txt", &third)]).await;
    // What is larger than any statement is never read, and is still there.
    let large = fs::File::create(path.join("y")).expect("a file");
    large.set_len(9 * 1024 * 1024).expect("large");
    all(&[]).await;
    let other = fs::File::create(path.join("y")).expect("a file");
    other.set_len(9 * 1024 * 1024 + 1).expect("large");
    all(&[]).await;
    // A folder that is gone for a day is told, until it is there again.
    let told = "select count(*) from payment_alert where kind = 'statements_fail' and resolved_at is null";
    bank.world.app.statements.folder = Folder::new(path.join("jinde"));
    look_into_folder(&bank.world.app).await.expect_err("it is not there");
    assert_eq!(bank.world.id(told).await, 0);
    bank.world.app.clock.advance(TimeDelta::days(1));
    look_into_folder(&bank.world.app).await.expect_err("it is not there");
    assert_eq!(bank.world.id(told).await, 1);
    bank.world.app.statements.folder = folder;
    look_into_folder(&bank.world.app).await.expect("looked");
    assert_eq!(bank.world.id(told).await, 0);
    let refused = path.join("refused");
    let kept: Vec<Vec<u8>> = names(&refused).iter().map(|name| fs::read(refused.join(name)).expect("a file")).collect();
    for content in [first, second, third] {
        assert_eq!(kept.iter().filter(|there| **there == content).count(), 1, "{:?}", names(&refused));
    }
    assert_eq!(kept.iter().filter(|there| there.len() > 8 * 1024 * 1024).count(), 2);
    let notes = names(&refused)
        .iter()
        .filter(|name| fs::read_to_string(refused.join(name)).is_ok_and(|note| note.ends_with(".\n")))
        .count();
    assert_eq!(notes, 5, "{:?}", names(&refused));
}
