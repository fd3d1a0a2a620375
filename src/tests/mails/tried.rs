//! Connections to the outside, as a manager tries them.

use linka::{
    model::{line::setup::SiteAddress, money::connections::Connection, people::members::StaffRole},
    server::{
        db::MIGRATIONS,
        mail::{Locale, Mailer, Transport},
        payments::Payments,
        service::money::connections,
    },
};
use sqlx::PgPool;

use super::sink::Sink;
use crate::support::{BASE_URL, World};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_manager_is_told_what_the_mail_server_and_stripe_say(pool: PgPool) {
    let mut world = World::new(pool).await;
    let sink = Sink::start();
    world.app.mail = sink.mailer();
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    connections::try_mail(&world.app, &manager, Locale::En).await.expect("tried");
    let page = connections::page(&world.app, &manager).await.expect("a page");
    assert_eq!((page.site.as_str(), page.address), (BASE_URL, SiteAddress::Public));
    let [check] = &page.checks[..] else { panic!("one check") };
    assert!(check.connection == Connection::Mail && check.succeeded, "{check:?}");
    assert!(check.answer.starts_with("250"), "{}", check.answer);
    assert_eq!(sink.mails().len(), 1, "it arrived");

    // A server that nobody reaches, and a key that nobody answers to.
    let nowhere = Transport::smtp("smtp://127.0.0.1:9").expect("a transport");
    world.app.mail =
        Mailer::new(nowhere, "Linka <linka@example.com>".parse().expect("a sender"), "http://localhost:3000");
    world.app.payments = Payments::sandbox("http://127.0.0.1:9", BASE_URL).expect("a gateway");
    connections::try_mail(&world.app, &manager, Locale::Cs).await.expect("tried");
    connections::try_cards(&world.app, &manager).await.expect("tried");
    let page = connections::page(&world.app, &manager).await.expect("a page");
    assert_eq!((page.address, page.is_live), (SiteAddress::Loopback, false));
    assert_eq!(page.checks.len(), 2);
    assert!(page.checks.iter().all(|check| !check.succeeded && !check.answer.is_empty()), "{:?}", page.checks);
}
