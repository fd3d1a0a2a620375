//! Forms with a key that come again with another content: told so, and never answered as done.

use std::{collections::BTreeSet, fs, path::Path};

use chrono::TimeDelta;
use linka::{
    model::paths,
    server::{db::MIGRATIONS, http::sent_forms, service::upkeep},
};
use sqlx::PgPool;

use crate::support::{Answer, Site, World};

const INVITE: &str = "/api/colleagues/invite";

async fn invite(site: &Site, cookie: &str, key: &str, email: &str) -> Answer {
    let fields = [("key", key), ("name", "Jana Malá"), ("email", email), ("capabilities[order]", "true")];
    site.post(INVITE, cookie, paths::NEW_COLLEAGUE, &fields).await
}

/// The key of a form that stands on a page.
fn key_of(page: &str) -> &str {
    let after = page.split("name=\"key\" value=\"").nth(1).expect("a key");
    after.split('"').next().expect("its end")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_from_back_with_another_content_is_told_what_it_has_done_and_sent_as_a_new_one(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    let key = world.app.random.uuid().to_string();
    let invited = "select count(*) from mail where kind = 'invited'";

    let refused = invite(&site, &cookie, &key, "jana").await;
    assert_eq!(refused.status, 422, "no address");
    let done = invite(&site, &cookie, &key, "jana@skola.cz").await;
    assert_eq!((done.status, done.location.as_deref()), (303, Some(paths::COLLEAGUES)), "put right: {}", done.body);
    let twice = invite(&site, &cookie, &key, "jana@skola.cz").await;
    assert_eq!(twice.location.as_deref(), Some(paths::COLLEAGUES), "the same form is the same invitation");
    assert_eq!(world.id(invited).await, 1);

    let page = invite(&site, &cookie, &key, "eva@skola.cz").await;
    assert_eq!(page.status, 409);
    for told in ["jinak vyplněný", "value=\"eva@skola.cz\"", &format!("href=\"{}\"", paths::COLLEAGUES)] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert_eq!(world.id(invited).await, 1, "nothing was sent, and nothing said to be");
    let anew = key_of(&page.body);
    assert_ne!(anew, key);
    let sent = invite(&site, &cookie, anew, "eva@skola.cz").await;
    assert_eq!(sent.location.as_deref(), Some(paths::COLLEAGUES), "{}", sent.body);
    assert_eq!(world.id(invited).await, 2);

    // What died on its way may have been done.
    world.sql("update sent_form set led_to = null").await;
    let other = invite(&site, &cookie, &key, "iva@skola.cz").await;
    assert!(other.status == 409 && other.body.contains("nevíme jistě"), "nobody knows: {}", other.body);
    world.app.clock.advance(TimeDelta::days(401));
    upkeep::each_hour(&world.app).await.expect("swept");
    assert_eq!(world.id("select count(*) from sent_form").await, 0);
}

/// Add a form to `FIRST_COUNTS` or `LATEST_COUNTS` of `server::http::sent_forms`.
#[test]
fn every_form_with_a_key_says_which_content_counts() {
    let table: BTreeSet<String> = sent_forms::table().map(|(function, _)| function.to_owned()).collect();
    assert_eq!(table.len(), sent_forms::table().count(), "a form stands in two rows");
    let mut keyed = BTreeSet::new();
    for domain in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api")).expect("a folder").flatten() {
        let Ok(files) = fs::read_dir(domain.path()) else { continue };
        for file in files.flatten() {
            let source = fs::read_to_string(file.path()).expect("a file");
            for function in source.split("#[server(endpoint = \"").skip(1) {
                let (endpoint, rest) = function.split_once('"').expect("an endpoint");
                let head = rest.split("->").next().unwrap_or_default();
                if ["key: Uuid", "key: RefundId"].iter().any(|key| head.contains(key)) {
                    keyed.insert(format!("/api/{endpoint}"));
                }
            }
        }
    }
    assert!(keyed.len() > 30, "{keyed:?}");
    assert_eq!(keyed.difference(&table).collect::<Vec<_>>(), Vec::<&String>::new(), "forms in no row");
}
