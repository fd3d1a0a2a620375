//! What is kept of a member, handed over to that member.

use std::io::{Read, Seek};

use linka::{
    model::{
        base::terms::Urgency,
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
    },
    server::{db::MIGRATIONS, service::people::own_data},
};
use serde_json::Value;
use sqlx::PgPool;

use crate::support::World;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_gets_what_is_kept_of_that_member_and_nothing_of_a_colleague(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let colleague = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("a booking");

    world
        .sql(&format!(
            "insert into inbound_mail (came_at, sha256, bytes, is_whole, state, settled_at, said, customer_id, member_id, request_id,
                                       goes_to)
             select now(), sha256('1'), 1, true, 'request', now(), 'Nejde tisk.', customer_id, member_id, id, id
             from service_request where number = '{number}'"
        ))
        .await;

    let kept = async |caller| {
        let mut file = own_data::archive(&world.app, caller).await.expect("an archive");
        file.rewind().expect("its beginning");
        let mut archive = zip::ZipArchive::new(file).expect("an archive");
        let mut read = |name| {
            let mut text = String::new();
            archive.by_name(name).expect(name).read_to_string(&mut text).expect(name);
            serde_json::from_str::<Value>(&text).expect("JSON")
        };
        (read("account.json"), read("person.json"))
    };
    let (account, person) = kept(&place.boss).await;
    assert!(account["email"].as_str().is_some_and(|email| email.ends_with("@example.com")), "{account:#}");
    assert_eq!(person["requests"][0]["number"], number.to_string());
    assert_eq!(person["requests"].as_array().map(Vec::len), Some(1));
    assert!(person["events"].as_array().is_some_and(|events| events.len() == 2), "{person:#}");
    assert_eq!(person["mails"][0]["text"], "Nejde tisk.");
    let (_, person) = kept(&colleague).await;
    assert_eq!((&person["requests"], &person["events"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));

    let staff = world.staff(StaffRole::Manager).await;
    assert!(matches!(own_data::archive(&world.app, &staff).await, Err(Problem::Forbidden { .. } | Problem::NotFound)));
}
