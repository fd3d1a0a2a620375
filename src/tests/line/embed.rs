//! What other web sites show of the line: nothing until a manager wants it, then the same to everybody (design, Embedding).

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{base::seen::Seen, line::embed::EmbedForm, paths, people::members::StaffRole},
    server::{db::MIGRATIONS, service::line::embed},
};
use reqwest::header;
use sqlx::PgPool;

use crate::support::{Answer, Site, World, at};

const PLACES: [&str; 3] = [paths::EMBED_JSON, paths::EMBED_SVG, paths::EMBED_SLOTS];

async fn show(world: &World, origins: &str) {
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let form = EmbedForm { is_on: true, origins: origins.into() };
    embed::save(&world.app, &manager, &form, &Seen::default()).await.expect("saved");
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn status(site: &Site, query: &str) -> serde_json::Value {
    let answer = site.get(&format!("{}{query}", paths::EMBED_JSON), "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn instant(value: &serde_json::Value) -> Option<DateTime<Utc>> {
    value.as_str().map(at)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_what_a_manager_shows_is_shown_and_framed_by_whom_they_name(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let site = Site::serve(world.app.clone()).await;
    for place in PLACES {
        assert_eq!(site.get(place, "").await.status, 404, "{place}");
    }
    show(&world, "https://www.vendor.example\nhttps://shop.vendor.example:8443").await;
    // The same for whoever is signed in, whatever language that person reads; and nobody is given a cookie.
    let staff = world.staff(StaffRole::Dispatcher).await;
    let cookie = format!("{}; linka-language=en", world.cookie(&staff).await);
    for place in PLACES {
        let answer = site.get(place, "").await;
        assert_eq!(answer.status, 200, "{place}: {}", answer.body);
        assert_eq!(site.get(place, &cookie).await.body, answer.body, "{place}");
        assert!(!answer.headers.contains_key(header::SET_COOKIE), "{place}");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=60", "{place}");
        assert_eq!(header(&answer, "cross-origin-resource-policy"), "cross-origin", "{place}");
    }
    let json = site.get(paths::EMBED_JSON, "").await;
    assert_eq!(header(&json, "access-control-allow-origin"), "*");
    let slots = site.get(paths::EMBED_SLOTS, "").await;
    let policy = header(&slots, "content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
    let framed_by = "frame-ancestors 'self' https://www.vendor.example https://shop.vendor.example:8443";
    assert!(policy.ends_with(framed_by), "{policy}");
    assert!(!slots.body.contains("<script"), "{}", slots.body);
    for (place, policy) in [("/", "frame-ancestors 'none'"), (paths::EMBED_SVG, "frame-ancestors 'none'")] {
        assert!(header(&site.get(place, "").await, "content-security-policy").contains(policy), "{place}");
    }
    assert_eq!(header(&site.get("/", "").await, "cross-origin-resource-policy"), "same-origin");
    let wrong = sqlx::query("update embed_setting set origins = 'https://a.example; script-src *'");
    assert!(wrong.execute(world.app.db.pool()).await.is_err(), "what would be a policy of its own");
    world.sql("update embed_setting set is_on = false").await;
    world.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(site.get(paths::EMBED_SLOTS, "").await.status, 404, "within a minute, whoever changed it");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_asks_while_it_is_read_waits_for_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    show(&world, "").await;
    let line = async || embed::line(&world.app).await.expect("a line");
    let first = line().await;
    world.app.clock.advance(TimeDelta::minutes(1));
    world.outage("Nejde tisk").await;
    // Whoever reads it waits for the database.
    let mut held = world.app.db.pool().begin().await.expect("a transaction");
    sqlx::query("lock table embed_setting").execute(&mut *held).await.expect("a lock");
    let mut reads = Box::pin(line());
    assert!(futures::poll!(reads.as_mut()).is_pending());
    assert_eq!((line().await, line().await), (first.clone(), first), "what was told last, at once");
    held.commit().await.expect("the end");
    let read = reads.await;
    assert_eq!((read.outages.len(), line().await), (1, read), "and one has read it for all");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn it_says_whether_somebody_answers_and_what_is_free(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.sql("insert into closure (date, reason) values ('2026-11-25', 'Inventura <b>')").await;
    show(&world, "").await;
    let site = Site::serve(world.app.clone()).await;
    // Monday, 8:00.
    let open = status(&site, "").await;
    assert_eq!((&open["open"], instant(&open["open_until"])), (&true.into(), Some(at("2026-11-23T15:30:00+01:00"))));
    assert_eq!(instant(&open["first_urgent"]), Some(at("2026-11-23T08:15:00+01:00")), "{open}");
    let badge = open["badge"].as_str().expect("words");
    assert!(badge.starts_with("otevřeno do 15:30, urgentní termín nejdřív dnes"), "{badge}");
    let english = status(&site, "?lang=en").await;
    assert!(english["badge"].as_str().expect("words").starts_with("open until"), "{english}");
    let picture = site.get(paths::EMBED_SVG, "").await.body;
    assert!(picture.contains(badge) && picture.starts_with("<svg"), "{picture}");
    let slots = site.get(paths::EMBED_SLOTS, "").await.body;
    assert!(slots.contains("Volné termíny: Oprava") && slots.contains("<dt>"), "{slots}");
    assert!(slots.contains("prefers-color-scheme:dark"), "{slots}");
    let dark = site.get(&format!("{}?theme=dark", paths::EMBED_SLOTS), "").await.body;
    assert!(dark.contains("color-scheme:dark") && !dark.contains("prefers-color-scheme"), "{dark}");

    // What is agreed meanwhile is known within a minute; what has passed is not told even until then.
    world.app.clock.advance(TimeDelta::seconds(59));
    let cached = status(&site, "").await;
    assert_eq!(cached["first_urgent"], open["first_urgent"]);

    world.outage("Nejde spustit <i>").await;
    world.app.clock.advance(TimeDelta::minutes(10 * 60));
    let closed = status(&site, "").await;
    assert_eq!((&closed["open"], instant(&closed["opens_at"])), (&false.into(), Some(at("2026-11-24T07:00:00+01:00"))));
    assert_eq!(closed["outages"], serde_json::json!(["Nejde spustit <i>"]));
    assert!(closed["badge"].as_str().expect("words").contains("řešíme hromadný výpadek"), "{closed}");
    let slots = site.get(paths::EMBED_SLOTS, "").await.body;
    assert!(slots.contains("Nejde spustit &lt;i&gt;"), "{slots}");

    // Wednesday is closed, Saturday is Saturday, and the 24th of December a holiday.
    for (hours, kind, words) in
        [(24 + 14, "closure", "Inventura <b>"), (3 * 24, "weekend", "víkendu"), (26 * 24, "holiday", "svátek")]
    {
        world.app.clock.advance(TimeDelta::hours(hours));
        let now = status(&site, "").await;
        assert_eq!((&now["open"], &now["today"]), (&false.into(), &kind.into()), "{now}");
        assert!(now["text"].as_str().expect("words").contains(words), "{now}");
    }
}
