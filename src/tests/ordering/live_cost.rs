//! What open pages cost: memory for each, and for an event the processor's time and how long until the last page has heard of it.
//! Printed, never asserted: 5,000 pages in `./test storms`; otherwise 200, and what 5,000 come to by those. The browsers' half of the
//! connections is counted, too. That 5,000 hear of an event is tried each time, by streams of this process without connections.

use std::{fs, sync::Arc, time::Duration};

use linka::{
    model::{base::ids::LoginId, ordering::live::Topic, people::members::StaffRole},
    server::{auth::Session, db::MIGRATIONS, live::Told, random::Random},
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sqlx::{PgPool, query};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Barrier, mpsc},
    task::JoinSet,
    time::timeout,
};
use uuid::Uuid;

use crate::support::{Site, World, short_or_long};

/// How many pages are opened at a time.
const AT_ONCE: usize = 50;
/// How many pages are looked at when there is time.
const MANY: usize = 5_000;
/// How long anything that is awaited may take.
const BOUND: Duration = Duration::from_secs(300);

/// People of the desk, each with a sign-in and a session of its own.
const PEOPLE: &str = "
    with person as (insert into staff (name, roles) select 'D' || n, '{dispatcher}' from generate_series(1, $1) n returning id),
    sign_in as (insert into login (email, password_hash, staff_id)
                select 'd' || id || '@example.com', '$argon2id$none', id from person returning id),
    numbered as (select id, row_number() over (order by id) as n from sign_in)
    insert into session (token_hash, id, login_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at, user_agent,
                         browser)
    select hash, gen_random_uuid(), numbered.id, $3, $3, $3 + interval '1 day', $3 + interval '1 day', 'test',
           hash
    from numbered join unnest($2::bytea[]) with ordinality as made (hash, n) using (n)";

/// The processor's time of this process, in milliseconds.
fn processor_ms() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("this process");
    // Behind the name, which may hold blanks; in hundredths of a second.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields[11..13].iter().map(|ticks| ticks.parse::<u64>().expect("a number") * 10).sum()
}

/// The memory of this process, in kB.
fn memory_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("this process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// A page that is open: tells each time that it has heard something.
async fn page(address: String, cookie: String, heard: mpsc::UnboundedSender<()>, opened: Arc<Barrier>) {
    let mut stream = TcpStream::connect(&address).await.expect("a connection");
    let request = format!("GET /live?on=desk HTTP/1.1\r\nHost: {address}\r\nCookie: linka={cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut bytes = [0; 1_024];
    let mut is_open = false;
    loop {
        let count = stream.read(&mut bytes).await.expect("read");
        let text = String::from_utf8_lossy(&bytes[..count]);
        if !is_open && text.contains("retry:") {
            is_open = true;
            opened.wait().await;
        }
        if count == 0 || text.contains("data:") && heard.send(()).is_err() {
            return;
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_open_pages_cost(pool: PgPool) {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).expect("as many as may be");
    let (pages, events): (usize, u32) = short_or_long((200, 2), (MANY, 10));
    let world = World::new(pool).await;
    let tokens: Vec<[u8; 32]> = (0..pages).map(|_| Random::System.token()).collect();
    let hashes: Vec<Vec<u8>> = tokens.iter().map(|token| linka::server::auth::tokens::sha256(token).to_vec()).collect();
    let people = query(PEOPLE).bind(i64::try_from(pages).expect("a number")).bind(hashes).bind(world.app.clock.now());
    people.execute(world.app.db.pool()).await.expect("people");
    let following = tokio::spawn(world.app.live.clone().follow(world.app.db.clone()));
    let site = Site::serve(world.app.clone()).await;
    let address = site.origin.trim_start_matches("http://").to_owned();

    let (before_kb, before_ms) = (memory_kb(), processor_ms());
    let (heard, mut told) = mpsc::unbounded_channel();
    let mut open = JoinSet::new();
    for some in tokens.chunks(AT_ONCE) {
        let opened = Arc::new(Barrier::new(some.len() + 1));
        for token in some {
            open.spawn(page(address.clone(), hex(token), heard.clone(), opened.clone()));
        }
        timeout(BOUND, opened.wait()).await.expect("they open");
    }
    let (opened_kb, opened_ms) = (memory_kb() - before_kb, processor_ms() - before_ms);

    let before_ms = processor_ms();
    // Of the first: a page rests for a second before it is told again.
    let mut last = None;
    for day in 0..events {
        let close = "insert into closure (date, reason) values ('2027-03-01'::date + $1::int, 'Inventura')";
        query(close).bind(i32::try_from(day).expect("a number")).execute(world.app.db.pool()).await.expect("an event");
        let from = tokio::time::Instant::now();
        world.app.live.written();
        for _ in 0..pages {
            timeout(BOUND, told.recv()).await.expect("they hear").expect("of it");
        }
        last.get_or_insert(from.elapsed());
    }
    let (pages, many) = (u64::try_from(pages).expect("a number"), u64::try_from(MANY).expect("a number"));
    let event_ms = (processor_ms() - before_ms) / u64::from(events);
    println!(
        "{pages} open pages, both halves of their connections, {}:",
        if cfg!(debug_assertions) { "unoptimised" } else { "optimised" }
    );
    println!("  memory of one            {:6} kB", opened_kb / pages);
    println!("  processor to open one    {:6} µs", opened_ms * 1_000 / pages);
    println!("  processor for an event   {event_ms:6} ms");
    println!("  until the last has heard {:6} ms", last.unwrap_or_default().as_millis());
    if pages < many {
        let (memory_mb, opening_ms) = (opened_kb * many / pages / 1_000, opened_ms * many / pages);
        println!(
            "  so {many} take {memory_mb} MB, {opening_ms} ms to open, {} ms for an event",
            event_ms * many / pages
        );
    }
    open.abort_all();
    while open.join_next().await.is_some() {}
    let listener = world.staff(StaffRole::Dispatcher).await;
    five_thousand_hear(&world, listener.session().expect("a session")).await;
    world.app.live.stop();
    following.await.expect("no panic");
}

/// What it takes that all pages of a process hear of something, beside their connections.
async fn five_thousand_hear(world: &World, session: &Session) {
    let (before_kb, before_ms) = (memory_kb(), processor_ms());
    let (heard, mut told) = mpsc::unbounded_channel();
    let mut open = JoinSet::new();
    for (person, n) in (1_000_000..).zip(0..MANY) {
        let id = Uuid::from_u128(u128::try_from(n).expect("a number"));
        let session = Session { id, login: LoginId(person), ..session.clone() };
        let (mut listening, heard) = (world.app.live.open(&session, vec![Topic::Desk], None), heard.clone());
        open.spawn(async move { while listening.next().await == Told::Changed && heard.send(()).is_ok() {} });
    }
    let opened_kb = memory_kb().saturating_sub(before_kb);
    let from = tokio::time::Instant::now();
    world.sql("insert into closure (date, reason) values ('2027-04-01', 'Inventura')").await;
    world.app.live.written();
    for _ in 0..MANY {
        timeout(BOUND, told.recv()).await.expect("they hear").expect("of it");
    }
    println!(
        "{MANY} streams of one process, without connections: {} kB for one, {} ms until the last has heard, {} ms of the processor",
        opened_kb / u64::try_from(MANY).expect("a number"),
        from.elapsed().as_millis(),
        processor_ms() - before_ms
    );
    open.abort_all();
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
