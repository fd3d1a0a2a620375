//! Links by which programs open orders: signed, good for a while, and for their own customer's people.

use chrono::TimeDelta;
use linka::{
    model::people::members::{Capabilities, Capability},
    server::{
        auth::{
            Caller,
            tokens::{hmac_sha256, sha256},
        },
        db::MIGRATIONS,
    },
};
use reqwest::header;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Place, Site, World};

struct Line {
    world: World,
    site: Site,
    place: Place,
}

impl Line {
    /// A customer whose program has the token `secret`.
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(1, "07:00", "15:30").await;
        let place = world.place("Škola").await;
        let (customer, program) = (place.customer, world.program);
        let insert = format!(
            "insert into api_token (id, customer_id, program_id, token_hash, prefix, scopes, created_at)
             values (gen_random_uuid(), {customer}, {program}, sha256('secret'), 'secret', '{{order}}', '2026-11-01')"
        );
        world.sql(&insert).await;
        let site = Site::serve(world.app.clone()).await;
        Self { world, site, place }
    }

    /// A link as the program makes it.
    fn link(&self, id: Uuid, says: &[(&str, &str)]) -> String {
        let (at, id) = (self.world.app.clock.now().timestamp().to_string(), id.to_string());
        let mut fields = vec![("token", "secret"), ("id", id.as_str()), ("at", at.as_str())];
        fields.extend(says);
        let signed = serde_urlencoded::to_string(fields).expect("a query");
        let signature = hex::encode(hmac_sha256(&sha256(b"secret"), signed.as_bytes()));
        format!("/from-program?{signed}&signature={signature}")
    }

    /// Where an address leads, and with which status.
    async fn leads(&self, address: &str, cookie: &str) -> (u16, String) {
        let answer = self.site.get(address, cookie).await;
        (answer.status, answer.location.unwrap_or_default())
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_link_opens_its_order_at_the_times_with_all_that_it_says(pool: PgPool) {
    let line = Line::new(pool).await;
    let (work_type, id) = (line.world.repair.to_string(), line.world.app.random.uuid());
    let says = [
        ("work_type", work_type.as_str()),
        ("urgency", "normal"),
        ("summary", "Nejde tisk stravenek"),
        ("error", "0x80070005"),
        ("user", "Jana Nováková"),
        ("phone", "377 457 977"),
        ("version", "2026.3.1"),
    ];
    let link = line.link(id, &says);
    let on = format!("/from-program?order={id}");
    let (status, sign_in) = line.leads(&link, "").await;
    assert!(status == 303 && sign_in.starts_with("/sign-in?next="), "{sign_in}");
    let boss = line.world.cookie(&line.place.boss).await;
    assert_eq!(line.leads(&link, &boss).await, (303, on.clone()));
    let times = format!("/order/{id}/time");
    for _ in 0..2 {
        assert_eq!(line.leads(&on, &boss).await, (303, times.clone()), "the same link is the same order");
    }
    let page = line.site.get(&format!("/order/{id}"), &boss).await.body;
    assert!(page.contains("Nejde tisk stravenek") && page.contains("0x80070005"), "{page}");
    let kept = "select count(*) from service_request r join program_report p on p.request_id = r.id
                where r.source = 'program' and p.program_version = '2026.3.1'";
    assert_eq!(line.world.id(kept).await, 1);

    let other = line.world.place("Úřad").await;
    let stranger = line.world.cookie(&other.boss).await;
    assert_eq!(line.leads(&on, &stranger).await.0, 404, "it is another customer's");
    let forged = link.replace("0x80070005", "0x0");
    assert_eq!(line.leads(&forged, &boss).await.0, 404, "nobody has signed that");
    line.world.app.clock.advance(TimeDelta::minutes(30));
    assert_eq!(line.leads(&link, &boss).await.0, 404, "it is over");
    assert_eq!(line.world.id("select count(*) from service_request").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_link_that_says_too_little_leads_to_the_first_screen_where_the_rest_stands(pool: PgPool) {
    let line = Line::new(pool).await;
    let boss = line.world.cookie(&line.place.boss).await;
    let id = line.world.app.random.uuid();
    let link = line.link(id, &[("summary", "Při tisku se objeví chyba"), ("user", "Jana Nováková")]);
    assert_eq!(line.leads(&link, &boss).await.0, 303);
    let (status, first) = line.leads(&format!("/from-program?order={id}"), &boss).await;
    assert_eq!((status, first.as_str()), (303, format!("/order?draft={id}").as_str()));
    let page = line.site.get(&first, &boss).await;
    assert!(page.status == 200 && page.body.contains("Při tisku se objeví chyba"), "{}", page.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_trusted_link_signs_in_who_may_only_order_and_once(pool: PgPool) {
    let line = Line::new(pool).await;
    let clerk = line.world.member(line.place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let email = |caller: &Caller| format!("member{}@example.com", caller.member().expect("a member").id());
    let (clerk, boss) = (email(&clerk), email(&line.place.boss));
    let id = line.world.app.random.uuid();
    let opened = async |link: &str| {
        let answer = line.site.get(link, "").await;
        (answer.location.clone().unwrap_or_default(), answer.headers.contains_key(header::SET_COOKIE))
    };
    let untrusted = line.link(id, &[("email", &clerk)]);
    assert!(opened(&untrusted).await.0.starts_with("/sign-in"), "nobody trusts it yet");
    line.world.sql("update api_token set vouches = true").await;
    let of_boss = line.link(line.world.app.random.uuid(), &[("email", &boss)]);
    assert!(opened(&of_boss).await.0.starts_with("/sign-in"), "who manages signs in as ever");
    let id = line.world.app.random.uuid();
    let link = line.link(id, &[("email", &clerk)]);
    assert_eq!(opened(&link).await, (format!("/from-program?order={id}"), true));
    let (again, is_signed_in) = opened(&link).await;
    assert!(again.starts_with("/sign-in") && !is_signed_in, "a link signs in once");
}

/// The links of `docs/integrate.md` that can be made here, as they stand there.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_links_that_the_manual_shows_are_taken(pool: PgPool) {
    let line = Line::new(pool).await;
    let manual = include_str!("../../../docs/integrate.md");
    let now = line.world.app.clock.now().timestamp().to_string();
    let run = async |program: &str, option: &str, marked: &str, clock: &str| {
        let begin = format!("<!-- link in {marked}: run by a test -->\n```{marked}\n");
        let shown = manual.split_once(&begin).and_then(|(_, text)| text.split_once("\n```")).expect(marked).0;
        // The program's clock is the machine's, and ours the test's.
        let shown = shown.replace(clock, &now);
        let mut command = std::process::Command::new(program);
        command.args([option, &shown]).env("LINKA", &line.site.origin).env("TOKEN", "secret");
        command.env("WORK_TYPE", line.world.repair.to_string());
        let output = tokio::task::spawn_blocking(move || command.output()).await.expect("an end").expect(program);
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a text")
    };
    let taken = async || line.world.id("select count(*) from program_link").await;
    run("bash", "-c", "sh", "$(date +%s)").await;
    assert_eq!(taken().await, 1);

    let link = run("python3", "-c", "python", "int(time.time())").await;
    let boss = line.world.cookie(&line.place.boss).await;
    let link = link.trim().strip_prefix(&line.site.origin).expect("a link of ours");
    let (_, on) = line.leads(link, &boss).await;
    let (_, times) = line.leads(&on, &boss).await;
    assert!(times.ends_with("/time") && taken().await == 2, "{times}");
}
