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

use super::manual;
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

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_links_that_the_manual_shows_are_taken(pool: PgPool) {
    let line = Line::new(pool).await;
    let now = line.world.app.clock.now().timestamp().to_string();
    // A program's clock is the machine's, and ours the test's.
    let link = async |marked: &str, language: manual::Language, clock: &str| {
        let told = [
            ("LINKA", line.site.origin.clone()),
            ("TOKEN", "secret".to_owned()),
            ("WORK_TYPE", line.world.repair.to_string()),
        ];
        manual::run(marked, &language, (clock, &now), &told).await
    };
    let taken = async || line.world.id("select count(*) from program_link").await;
    link("link in sh", manual::SHELL, "$(date +%s)").await.expect("a shell");
    assert_eq!(taken().await, 1);

    let boss = line.world.cookie(&line.place.boss).await;
    let python = link("link in python", manual::PYTHON, "int(time.time())").await;
    let c_sharp = "(long)(DateTime.UtcNow - new DateTime(1970, 1, 1)).TotalSeconds";
    let c_sharp = link("link in c#", manual::C_SHARP, c_sharp).await;
    for (made, link) in (2..).zip([Some(python.expect("Python")), c_sharp].into_iter().flatten()) {
        let link = link.trim().strip_prefix(&line.site.origin).expect("a link of ours");
        let (_, on) = line.leads(link, &boss).await;
        let (_, times) = line.leads(&on, &boss).await;
        assert!(times.ends_with("/time") && taken().await == made, "{times}");
    }
}
