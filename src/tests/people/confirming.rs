//! Step-up: what a browser that was left alone must not do asks anew who it is, and loses nothing of what was typed.

use chrono::TimeDelta;
use linka::{
    model::people::members::StaffRole,
    server::{auth::Caller, db::MIGRATIONS},
};
use sqlx::PgPool;

use super::sign_in::{PASSWORD, world};
use crate::support::{Site, World};

/// A manager with a password, and a cookie of hers.
async fn manager(world: &World) -> (Caller, String) {
    let manager = world.staff(StaffRole::Manager).await;
    let login = manager.session().expect("a session").login;
    world
        .sql(&format!(
            "update login set password_hash = (select max(password_hash) from login where member_id is not null) where id = {login}"
        ))
        .await;
    let cookie = world.cookie(&manager).await;
    (manager, cookie)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_of_rights_waits_for_the_password_and_comes_back_as_it_was_typed(pool: PgPool) {
    let (world, _, _) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let (_, cookie) = manager(&world).await;
    let page = "/settings/staff";
    let invite = async |name: &str| {
        let email = format!("{}@vendor.cz", name.to_lowercase());
        let fields = [("name", name), ("email", email.as_str()), ("roles[dispatcher]", "true")];
        site.post("/api/staff/invite", &cookie, page, &fields).await
    };
    assert_eq!(invite("Zora").await.status, 303);
    let invited = "select count(*) from staff where name = 'Zdena'";
    world.app.clock.advance(TimeDelta::minutes(10));
    let asked = invite("Zdena").await;
    let confirm = asked.location.expect("where to confirm");
    assert_eq!(asked.status, 303);
    assert!(confirm.starts_with("/account/confirm?next=%2Fsettings%2Fstaff%3Fkept%3D"), "{confirm}");
    assert_eq!(world.id(invited).await, 0, "nothing is done yet");

    let next = site.get(&confirm, &cookie).await.body;
    let kept = next.split("value=\"/settings/staff?kept=").nth(1).and_then(|rest| rest.split('"').next());
    let back = format!("/settings/staff?kept={}", kept.expect("the page to return to"));
    let wrong = [("own_password", "spatne heslo 1234"), ("next", back.as_str())];
    let refused = site.post("/api/account/confirm", &cookie, &confirm, &wrong).await;
    assert!(matches!(refused.status, 303 | 422), "{}", refused.status);
    assert!(invite("Zdena").await.location.expect("again").starts_with("/account/confirm"));

    let right = [("own_password", PASSWORD), ("next", back.as_str())];
    let confirmed = site.post("/api/account/confirm", &cookie, &confirm, &right).await;
    assert_eq!((confirmed.status, confirmed.location.as_deref()), (303, Some(back.as_str())));
    let page = site.get(&back, &cookie).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("value=\"Zdena\""), "what was typed is there");
    assert_eq!(invite("Zdena").await.status, 303);
    assert_eq!(world.id(invited).await, 1);
    world.app.clock.advance(TimeDelta::minutes(10));
    assert!(invite("Zita").await.location.expect("asked").starts_with("/account/confirm"), "ten minutes later anew");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_needs_no_confirmation_goes_on_in_an_old_session(pool: PgPool) {
    let (world, _, _) = world(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let (_, cookie) = manager(&world).await;
    world.app.clock.advance(TimeDelta::hours(2));
    assert_eq!(site.get("/settings/staff", &cookie).await.status, 200, "looking is free");
    let answer = site.post("/api/language", &cookie, "/account", &[("language", "en")]).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/account")));
}
