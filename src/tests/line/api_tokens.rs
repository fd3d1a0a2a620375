//! Tokens of programs: made and taken back by who manages, or by the desk; shown for a while, and kept as a hash.

use chrono::TimeDelta;
use linka::{
    model::{
        base::ids::ApiTokenId,
        line::api_tokens::{ApiScope, TypedToken},
        people::{
            audit::AuditFilter,
            members::{Capabilities, Capability, StaffRole},
        },
        problem::{FieldCode, Problem},
    },
    server::{
        db::MIGRATIONS,
        service::{line::api_tokens, people::audit},
    },
};
use reqwest::Method;
use sqlx::PgPool;

use crate::support::{Site, World};

/// The secret that a page shows, if it shows one.
fn secret(page: &str) -> Option<&str> {
    let begins = page.match_indices("linka_").map(|(at, _)| &page[at..]);
    begins.filter_map(|text| text.get(..70)).find(|text| text[6..].bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_manages_makes_a_token_once_reads_it_for_ten_minutes_and_takes_it_back(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let site = Site::serve(world.app.clone()).await;
    let boss = world.cookie(&place.boss).await;
    world.app.clock.advance(TimeDelta::minutes(5));
    let (page, key) = ("/account/programs", world.app.random.uuid().to_string());
    let program = world.program.to_string();
    let fields = [("program", program.as_str()), ("scopes[order]", "true"), ("key", key.as_str())];
    for _ in 0..2 {
        let made = site.post("/api/tokens/make", &boss, page, &fields).await;
        assert_eq!((made.status, made.location.as_deref()), (303, Some(page)), "{}", made.body);
    }
    assert_eq!(world.id("select count(*) from api_token").await, 1, "the same form makes one");
    let shown = site.get(page, &boss).await.body;
    let token = secret(&shown).expect("the token").to_owned();
    let asks = async |token: &str| {
        let request = site.request(Method::GET, "/api/v1/requests").bearer_auth(token);
        site.send(request).await.expect("an answer").status
    };
    assert_eq!((asks(&token).await, asks(&token.to_uppercase()).await), (200, 401));

    // Who said who they are eleven minutes ago may have left the browser alone.
    world.app.clock.advance(TimeDelta::minutes(6));
    let alone = site.get(page, &boss).await.body;
    assert_eq!(secret(&alone), None);
    assert!(alone.contains("/account/confirm?next=%2Faccount%2Fprograms"), "{alone}");
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = world.cookie(&dispatcher).await;
    let desks_page = format!("/desk/customers/{}/tokens", place.customer);
    let seen = site.get(&desks_page, &desk).await.body;
    assert!(
        secret(&seen) == Some(token.as_str()) && seen.contains(&token[..14]),
        "the desk reads it, having just signed in"
    );
    world.app.clock.advance(TimeDelta::minutes(4));
    for (path, cookie) in [(page, &boss), (desks_page.as_str(), &desk)] {
        let later = site.get(path, cookie).await;
        assert_eq!((later.status, secret(&later.body)), (200, None), "{path}");
    }
    let manager = place.boss.may_manage().expect("a manager");
    let told = audit::own_page(&world.app, &manager, AuditFilter::default(), None).await.expect("the audit");
    assert!(!format!("{told:?}").contains(&token[14..30]) && !told.entries.rows.is_empty(), "{told:?}");

    let revoke = [("token", key.as_str())];
    let clerk = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let refused = site.post("/api/tokens/revoke", &world.cookie(&clerk).await, page, &revoke).await;
    assert_eq!((refused.status, asks(&token).await), (403, 200));
    // Who has just signed in need not prove anew who that is.
    let fresh = world.cookie(&world.member(place.customer, Capabilities::all()).await).await;
    assert_eq!(site.post("/api/tokens/revoke", &fresh, page, &revoke).await.status, 303);
    assert_eq!(asks(&token).await, 401);
    let back = sqlx::query("update api_token set revoked_at = null").execute(world.app.db.pool()).await;
    assert!(back.is_err(), "for good");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customer_has_twenty_tokens_at_most_and_none_of_anothers(pool: PgPool) {
    let world = World::new(pool).await;
    let (place, other) = (world.place("Škola").await, world.place("Úřad").await);
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let typed =
        TypedToken { program: Some(world.program), scopes: [ApiScope::Read].into_iter().collect(), vouches: false };
    let make = async |customer| {
        let key = ApiTokenId(world.app.random.uuid());
        api_tokens::make_for(&world.app, &desk, customer, &typed, key).await.map(|()| key)
    };
    let first = make(place.customer).await.expect("the first");
    for _ in 1..20 {
        make(place.customer).await.expect("one of twenty");
    }
    assert_eq!(make(place.customer).await, Err(Problem::field("program", FieldCode::TooMany)));
    make(other.customer).await.expect("those of others do not count");
    let theirs = other.boss.may_manage().expect("a manager");
    assert_eq!(api_tokens::revoke_own(&world.app, &theirs, first).await, Err(Problem::NotFound));
    let ours = place.boss.may_manage().expect("a manager");
    api_tokens::revoke_own(&world.app, &ours, first).await.expect("taken back");
    make(place.customer).await.expect("there is room again");
    let listed = api_tokens::own_page(&world.app, (&theirs, &other.boss)).await.expect("a page").tokens;
    assert_eq!(listed.len(), 1);
}
