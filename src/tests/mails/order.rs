//! In which order mails leave, and what is not sent because something else has happened meanwhile.

use linka::{
    model::{
        base::{ids::MemberId, terms::Urgency},
        mails::{AppointmentMail, MailContent},
    },
    server::{
        db::MIGRATIONS,
        service::{money::purchases, ordering::requests},
    },
};
use sqlx::PgPool;

use super::sink::{Sink, appointment, hurry, member_id, plain, readdress, run_due, world, write};
use crate::support::{Shop, World};

/// What became of each mail, in the order in which they were written.
async fn states(world: &World) -> Vec<(String, String)> {
    sqlx::query_as("select kind, state from mail order by id").fetch_all(world.app.db.pool()).await.expect("mails")
}

fn asked() -> MailContent {
    MailContent::ConsentAsked {
        number: appointment().number,
        program: "Sklad".into(),
        work_type: "Oprava".into(),
        ceiling_minutes: 60,
        at: appointment().slot.start,
    }
}

fn decided() -> MailContent {
    let number = appointment().number;
    let path = format!("/requests/{number}/receipt/1");
    MailContent::ContestDecided { path, number, accepted: true, accepted_minutes: None, answer: String::new() }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_happened_later_to_a_request_is_told_later_even_if_the_first_mail_needs_a_second_try(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    readdress(&world, &place.boss, "busy-once@example.com").await;
    write(&world, member_id(&place.boss), &asked(), "1").await;
    write(&world, member_id(&place.boss), &decided(), "2").await;
    for _ in 0..3 {
        run_due(&world.app).await;
        hurry(&world).await;
    }
    let subjects: Vec<_> = sink.mails().iter().map(|mail| plain(&mail.subject)).collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(subjects[0].contains("pokračovat") && subjects[1].contains("mitk"), "{subjects:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_a_time_that_was_moved_and_called_off_only_the_last_word_is_told(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("agreed");
    let key = || world.app.random.uuid();
    requests::move_appointment(&world.app, &orderer, number, Some(starts[8]), key()).await.expect("moved");
    requests::cancel(&world.app, &orderer, number, "", key()).await.expect("called off");
    run_due(&world.app).await;
    let told: Vec<_> = states(&world).await;
    let expected = [("confirmed", "withdrawn"), ("moved", "withdrawn"), ("cancelled", "sent")];
    assert_eq!(told, expected.map(|(kind, state)| (kind.to_owned(), state.to_owned())));
    let [mail] = &sink.mails()[..] else { panic!("one mail") };
    assert_eq!(mail.event.as_ref().map(|event| (event.method.as_str(), event.sequence)), Some(("CANCEL", 2)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn many_mails_of_one_customer_do_not_delay_anothers(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let (many, one) = (world.place("A").await, world.place("B").await);
    for serial in 1..=60 {
        let number = format!("2026-{serial:06}").parse().expect("a number");
        let content = MailContent::Confirmed(AppointmentMail { number, ..appointment() });
        write(&world, member_id(&many.boss), &content, &serial.to_string()).await;
    }
    write(&world, member_id(&one.boss), &MailContent::Confirmed(appointment()), "theirs").await;
    run_due(&world.app).await;
    let mails = sink.mails();
    assert_eq!(mails.len(), 61);
    let theirs = format!("member{}@example.com", member_id(&one.boss));
    let place = mails.iter().position(|mail| mail.to == theirs).expect("it was sent");
    assert!(place < 4, "it came as number {place}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_has_no_sign_in_is_written_to_at_the_address_that_they_gave(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let member = async |email: &str| {
        let insert = format!(
            "insert into member (customer_id, name, capabilities, email)
             values ({}, 'Olga Bez Účtu', '{{buy}}', {email}) returning id",
            place.customer
        );
        MemberId(world.id(&insert).await)
    };
    let (olga, nobody) = (member("'olga@example.com'").await, member("null").await);
    write(&world, olga, &MailContent::Confirmed(appointment()), "1").await;
    write(&world, nobody, &MailContent::Confirmed(appointment()), "2").await;
    let mut tx = world.app.db.system().await.expect("a transaction");
    let now = world.app.clock.now();
    linka::server::db::mails::to_buyers(&mut tx, place.customer, &asked(), now, "3").await.expect("written");
    tx.commit().await.expect("a commit");
    run_due(&world.app).await;
    let mut told: Vec<_> = sink.mails().iter().map(|mail| mail.to.clone()).collect();
    told.sort();
    let boss = format!("member{}@example.com", member_id(&place.boss));
    assert_eq!(told, [boss.as_str(), "olga@example.com", "olga@example.com"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_is_asked_to_pay_for_what_was_called_off_meanwhile(pool: PgPool) {
    let mut shop = Shop::new(pool).await;
    let sink = Sink::start();
    shop.world.app.mail = sink.mailer();
    let number = shop.by_transfer().await;
    purchases::cancel(&shop.world.app, &shop.buyer, number).await.expect("called off");
    run_due(&shop.world.app).await;
    assert_eq!(sink.mails(), []);
    assert_eq!(states(&shop.world).await, [("payment_asked".to_owned(), "withdrawn".to_owned())]);
    shop.by_transfer().await;
    run_due(&shop.world.app).await;
    assert_eq!(sink.mails().len(), 1, "what is open is asked for");
}
