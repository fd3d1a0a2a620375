//! Expensive answers: whoever reads slowly keeps nobody else from reading.

use linka::{
    model::{money::purchases::PaymentMethod, problem::Problem},
    server::{
        app::App,
        auth::{Client, passwords::Passwords},
        db::MIGRATIONS,
        service::people::accounts,
    },
};
use reqwest::{Method, Response, header};
use sqlx::PgPool;

use crate::support::{Place, Site, World};

/// A customer with a document of a year whose file fills every buffer between a server and who does not read.
async fn with_large_documents(world: &World, name: &str) -> Place {
    let place = world.place(name).await;
    let bought = world.bought(&place, 60, PaymentMethod::Transfer, false).await;
    let noise = vec![7; 32_000_000];
    for (format, content) in [("pdf", noise), ("isdoc", b"<Invoice/>".to_vec())] {
        sqlx::query(
            "insert into document_file (document_id, customer_id, format, content, sha256, made_at)
             select id, customer_id, $1, $2, sha256($2), issued_at from tax_document where number = $3",
        )
        .bind(format)
        .bind(content)
        .bind(&bought.symbol)
        .execute(world.app.db.pool())
        .await
        .expect("a file");
    }
    place
}

async fn download(site: &Site, cookie: &str) -> Response {
    let request = site.request(Method::GET, "/documents/2026.zip").header(header::COOKIE, cookie);
    request.send().await.expect("an answer")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn slow_readers_of_one_customer_keep_nobody_else_from_an_archive(pool: PgPool) {
    let world = World::new(pool).await;
    let (slow, other) = (with_large_documents(&world, "A").await, with_large_documents(&world, "B").await);
    let (slow, other) = (world.cookie(&slow.boss).await, world.cookie(&other.boss).await);
    let site = Site::serve(world.app.clone()).await;
    let mut unread = Vec::new();
    for _ in 0..3 {
        let answer = download(&site, &slow).await;
        assert_eq!(answer.status(), 200);
        unread.push(answer);
    }
    // One more of the same customer is told to wait; others are not concerned.
    let refused = download(&site, &slow).await;
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"10".parse().expect("a value")));
    let whole = download(&site, &other).await.bytes().await.expect("the whole archive");
    assert!(whole.starts_with(b"PK") && whole.len() > 30_000_000, "{}", whole.len());
    // What was read, or given up, makes room.
    let read = unread.pop().expect("one").bytes().await.expect("the whole archive");
    assert_eq!(read.len(), whole.len());
    drop(unread);
    let mut status = 429;
    for _ in 0..1_000 {
        let answer = download(&site, &slow).await;
        status = answer.status().as_u16();
        if status == 200 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(status, 200);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_finds_the_queue_of_passwords_full_is_asked_to_come_again_and_has_not_failed(pool: PgPool) {
    let world = World::new(pool).await;
    let client = Client { address: None, user_agent: String::new(), token: None, device: None };
    // As if as many waited as may.
    let full = App { passwords: Passwords::bounded(0, 0), ..world.app.clone() };
    let refused = accounts::sign_in(&full, &client, "jana@example.com", "heslo").await.map(drop);
    assert_eq!(refused, Err(Problem::Busy { retry_after_s: 5 }));
    let answer =
        Site::serve(full).await.post("/api/sign-in", "", "/sign-in", &[("email", "a@b.cz"), ("password", "x")]).await;
    assert_eq!((answer.status, answer.headers["retry-after"].to_str().expect("a number")), (503, "5"));
    assert!(answer.body.contains("Teď je toho na nás moc") && answer.body.contains("a@b.cz"), "{}", answer.body);
    assert_eq!(world.id("select count(*) from sign_in_failure").await, 0, "nobody looked at the password");
    let looked_at = accounts::sign_in(&world.app, &client, "jana@example.com", "heslo").await.map(drop);
    assert_eq!(looked_at, Err(Problem::SignInFailed), "there is room again");
}
