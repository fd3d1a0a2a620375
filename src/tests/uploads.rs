//! Files that people send: up to what their page promises they are taken, and above it the page says so beside the field.

use linka::{model::people::members::StaffRole, server::db::MIGRATIONS};
use reqwest::Method;
use sqlx::PgPool;

use crate::support::{Site, World};

const MIB: usize = 1024 * 1024;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_file_is_taken_up_to_its_limit_and_told_beside_the_field_above_it(pool: PgPool) {
    let world = World::new(pool).await;
    let customer = world.place("Škola").await.customer;
    let contract = world.contract(customer, 300).await;
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let site = Site::serve(world.app.clone()).await;
    let page = format!("/desk/customers/{customer}/contract/{contract}");
    for (length, status) in [(4 * MIB, 303), (4 * MIB + 1, 422), (6 * MIB, 422)] {
        let field = |name: &str, value: &str| {
            format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let head = [
            field("call", "/api/desk/attach-contract-file"),
            field("customer", &customer.to_string()),
            field("contract", &contract.to_string()),
            "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"smlouva.pdf\"\r\n\r\n%PDF-1.7".into(),
        ]
        .concat();
        let content = "x".repeat(length - "%PDF-1.7".len());
        let request = site
            .request(Method::POST, &page)
            .header("cookie", &cookie)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=limit");
        let sent = site.send(request.body(format!("{head}{content}\r\n--limit--\r\n"))).await.expect("an answer");
        let kept = sent.location.clone().filter(|location| location.contains("kept="));
        let answer = match &kept {
            Some(location) => site.get(location, &cookie).await,
            None => sent,
        };
        assert_eq!(answer.status, status, "{length}: {}", answer.body);
        assert_eq!(answer.body.contains("id=\"file-error\""), status == 422, "{length}");
    }
    assert_eq!(world.id("select max(length(content))::bigint from contract_file").await, 4 * 1024 * 1024);
}
