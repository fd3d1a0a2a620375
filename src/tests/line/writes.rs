//! Forms within a minute: over all of them, per person, and per network for visitors.

use chrono::TimeDelta;
use linka::{
    model::{base::terms::Urgency, people::members::Capabilities},
    server::db::MIGRATIONS,
};
use sqlx::PgPool;

use crate::support::{Answer, Site, World};

const TYPED: &str = "Při uzávěrce hlásí program chybu 17.";

async fn save_details(site: &Site, cookie: &str, order: &str) -> Answer {
    let fields = [("id", order), ("what_happened", TYPED), ("contact_name", "Petr"), ("contact_phone", "601 234 567")];
    site.post("/api/drafts/save", cookie, &format!("/order/{order}"), &fields).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn too_many_forms_within_a_minute_are_answered_with_their_page_and_when_to_come_again(pool: PgPool) {
    let world = World::new(pool).await;
    world.sql("update line_limit set writes_per_minute = 10").await;
    let place = world.place("Škola").await;
    let colleague = world.member(place.customer, Capabilities::all()).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await.to_string();
    let (cookie, colleague) = (world.cookie(&place.boss).await, world.cookie(&colleague).await);
    let site = Site::serve(world.app.clone()).await;

    let answers = futures::future::join_all((0..30).map(|_| save_details(&site, &cookie, &order))).await;
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 429).collect();
    assert_eq!((answers.len(), refused.len()), (30, 20), "exactly ten are looked at");
    for answer in refused {
        assert_eq!(answer.headers["retry-after"], "60");
        assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
        for said in ["nejvýš 10 formulářů", "Počkejte minutu", TYPED] {
            assert!(answer.body.contains(said), "{said} is missing: {}", answer.body);
        }
    }
    // Every form counts, and nobody else is concerned.
    let language = [("language", "en")];
    assert_eq!(site.post("/api/language", &cookie, "/requests", &language).await.status, 429);
    assert_eq!(site.post("/api/language", &colleague, "/requests", &language).await.status, 303);
    assert_eq!(site.get("/requests", &cookie).await.status, 200, "looking is no writing");
    world.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(site.post("/api/language", &cookie, "/requests", &language).await.status, 303);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn visitors_of_one_network_count_together(pool: PgPool) {
    let world = World::new(pool).await;
    world.sql("update line_limit set writes_per_minute = 3").await;
    let site = Site::serve(world.app.clone()).await;
    let send = async || site.post("/api/language", "", "/", &[("language", "en")]).await;
    for _ in 0..3 {
        assert_eq!(send().await.status, 303);
    }
    let refused = send().await;
    assert_eq!((refused.status, refused.headers["retry-after"].to_str().expect("a number")), (429, "60"));
    assert!(refused.body.contains("nejvýš 3 formuláře"), "{}", refused.body);
    let place = world.place("Škola").await;
    let cookie = world.cookie(&place.boss).await;
    let signed_in = site.post("/api/language", &cookie, "/requests", &[("language", "en")]).await;
    assert_eq!(signed_in.status, 303, "who is signed in counts alone");
}
