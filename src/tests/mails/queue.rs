//! When mails are sent, how often, and what becomes of those that cannot be.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            ids::{MailId, MemberId},
            terms::Urgency,
        },
        mails::{MailContent, MailState},
        ordering::offers::Slot,
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        db::{MIGRATIONS, mails},
        service::{ordering::drafts, people::erasure, upkeep},
    },
};
use sqlx::PgPool;

use super::sink::{Sink, appointment, hurry, member_id, readdress, resend, run_due, troubled, world, write};
use crate::support::{World, at};

fn content() -> MailContent {
    MailContent::Confirmed(appointment())
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_busy_server_is_asked_again_and_the_mail_is_delivered_once(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    readdress(&world, &place.boss, "busy-once@example.com").await;
    write(&world, member_id(&place.boss), &content(), "1").await;

    run_due(&world.app).await;
    assert!(sink.mails().is_empty());
    let waiting = troubled(&world).await;
    assert_eq!((waiting.len(), waiting[0].state, waiting[0].attempts), (1, MailState::Queued, 1));
    assert!(waiting[0].last_error.contains("come again later"), "{}", waiting[0].last_error);

    run_due(&world.app).await;
    assert!(sink.mails().is_empty(), "the queue waits a while before the next try");
    for _ in 0..3 {
        hurry(&world).await;
        run_due(&world.app).await;
    }
    assert_eq!(sink.mails().len(), 1);
    assert!(troubled(&world).await.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_changes_in_a_plan_within_minutes_is_one_mail_and_what_begins_soon_waits_for_nothing(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let technician = world.staff(StaffRole::Technician).await.staff().expect("a technician").id();
    let told = async |hours: i64, is_theirs: bool| {
        let (now, number) = (world.app.clock.now(), appointment().number);
        let start = now + TimeDelta::minutes(60 * hours + 30);
        let slot = Slot { start, end: start + TimeDelta::hours(1) };
        let content = MailContent::VisitPlanned { number, customer: "Školní jídelna".into(), slot, is_theirs };
        let mut tx = world.app.db.staff().await.expect("a transaction");
        mails::to_staff(&mut tx, technician, &content, now, &format!("{hours}:{is_theirs}")).await.expect("a mail");
        tx.commit().await.expect("a commit");
        run_due(&world.app).await;
    };
    for hours in [24, 26, 28] {
        told(hours, true).await;
    }
    assert!(sink.mails().is_empty(), "each waits for what else there may be");
    for _ in 0..2 {
        hurry(&world).await;
        run_due(&world.app).await;
    }
    assert_eq!(sink.mails().iter().map(|mail| mail.subject.clone()).collect::<Vec<_>>(), ["3 změny ve vašem plánu"]);
    told(24, false).await;
    hurry(&world).await;
    run_due(&world.app).await;
    told(0, true).await;
    let subjects: Vec<_> = sink.mails().iter().skip(1).map(|mail| mail.subject.clone()).collect();
    assert!(subjects[0].contains("vašeho plánu zmizel termín"), "one is told as such: {subjects:?}");
    assert!(
        subjects[1].starts_with("Nový termín ve vašem plánu"),
        "and at once what begins within the hour: {subjects:?}"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_mail_that_waits_is_read_and_sent_after_somebody_was_erased_who_is_called_as_its_codes(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let last_day = at("2027-06-30T12:00:00+02:00").date_naive();
    let content = MailContent::ContractEnds { contract: "SLS-7 (Jan Ends)".into(), last_day };
    write(&world, member_id(&place.boss), &content, "1").await;
    world
        .sql(&format!("insert into member (customer_id, name, phone) values ({}, 'Jan Ends', '')", place.customer))
        .await;
    let id = MemberId(world.id("select id from member where name = 'Jan Ends'").await);
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    erasure::erase(&world.app, &manager, place.customer, id, "Na přání", "").await.expect("erased");
    run_due(&world.app).await;
    let sent = sink.mails();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].subject.contains("SLS-7 (#1)"), "{}", sent[0].subject);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_server_that_is_not_there_costs_a_try_and_nothing_else(pool: PgPool) {
    let (mut world, sink) = world(pool).await;
    let place = world.place("A").await;
    let gone = Sink::start().mailer();
    let there = std::mem::replace(&mut world.app.mail, gone);
    write(&world, member_id(&place.boss), &content(), "1").await;
    run_due(&world.app).await;
    assert_eq!(troubled(&world).await[0].state, MailState::Queued);

    world.app.mail = there;
    hurry(&world).await;
    run_due(&world.app).await;
    assert_eq!(sink.mails().len(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_refused_for_good_is_shown_to_staff_who_can_send_it_again(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    readdress(&world, &place.boss, "nobody@example.com").await;
    write(&world, member_id(&place.boss), &content(), "1").await;
    run_due(&world.app).await;

    let failed = troubled(&world).await;
    assert_eq!((failed.len(), failed[0].state, failed[0].attempts), (1, MailState::Failed, 1), "tried once only");
    assert!(failed[0].last_error.contains("no such mailbox"), "{}", failed[0].last_error);
    assert_eq!(failed[0].to, "nobody@example.com");

    world.sql("update mail set to_address = 'somebody@example.com'").await;
    for _ in 0..2 {
        assert_eq!(resend(&world, failed[0].id).await, Ok(()));
    }
    run_due(&world.app).await;
    assert_eq!(sink.mails().len(), 1, "two clicks send one mail");
    assert!(troubled(&world).await.is_empty());
    assert_eq!(resend(&world, failed[0].id).await, Err(Problem::Conflict), "it was sent");
    assert_eq!(resend(&world, MailId(99)).await, Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn after_the_last_try_a_mail_has_failed(pool: PgPool) {
    let (world, _sink) = world(pool).await;
    let place = world.place("A").await;
    readdress(&world, &place.boss, "always-busy@example.com").await;
    write(&world, member_id(&place.boss), &content(), "1").await;
    for attempt in 1..=12 {
        run_due(&world.app).await;
        hurry(&world).await;
        let row = &troubled(&world).await[0];
        let expected = if attempt < 12 { MailState::Queued } else { MailState::Failed };
        assert_eq!((row.state, row.attempts), (expected, attempt));
    }
    run_due(&world.app).await;
    assert_eq!(troubled(&world).await[0].attempts, 12, "no try after the last one");
}

/// Written, and its last try over without a note: whoever tried it died, or the database did not answer just then.
async fn forgotten(world: &World) -> MailId {
    let place = world.place("A").await;
    write(world, member_id(&place.boss), &content(), "1").await;
    world.sql("update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'killed'").await;
    troubled(world).await[0].id
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_mail_whose_last_try_died_can_be_sent_again(pool: PgPool) {
    let (world, sink) = world(pool).await;
    world.ends_with.jobs();
    let mail = forgotten(&world).await;
    run_due(&world.app).await;
    assert!(sink.mails().is_empty(), "the queue has given up");
    let told = async || world.id("select sum(given_up)::bigint from queue_figures()").await;
    assert_eq!(told().await, 1);
    world.sql("update graphile_worker._private_jobs set updated_at = now() - interval '8 days'").await;
    assert_eq!(told().await, 0, "what was given up long ago hides nothing that is given up today");
    for _ in 0..2 {
        assert_eq!(resend(&world, mail).await, Ok(()));
    }
    run_due(&world.app).await;
    assert_eq!(sink.mails().len(), 1);
    assert!(troubled(&world).await.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_the_queue_has_forgotten_is_shown_as_failed_within_the_hour(pool: PgPool) {
    let (world, sink) = world(pool).await;
    world.ends_with.jobs();
    let mail = forgotten(&world).await;
    let waiting = world.place("B").await;
    write(&world, member_id(&waiting.boss), &content(), "2").await;
    upkeep::each_hour(&world.app).await.expect("the upkeep");
    let states: Vec<_> = troubled(&world).await.iter().map(|row| (row.id == mail, row.state)).collect();
    assert_eq!(states, [(true, MailState::Failed), (false, MailState::Queued)], "what waits for a job is left alone");
    assert_eq!(resend(&world, mail).await, Ok(()));
    upkeep::each_hour(&world.app).await.expect("the upkeep");
    run_due(&world.app).await;
    assert_eq!(sink.mails().len(), 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_rolled_back_mails_nothing(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let mut tx = world.app.db.system().await.expect("a transaction");
    let member = member_id(&place.boss);
    mails::to_member(&mut tx, member, &content(), world.app.clock.now(), "1").await.expect("a mail");
    tx.rollback().await.expect("a rollback");
    run_due(&world.app).await;
    assert!(sink.mails().is_empty());

    // A confirmation that fails leaves the order as it was, and mails nothing either.
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.pick(&orderer, order, start).await.expect("a hold");
    world.sql("alter table mail add constraint broken check (kind <> 'confirmed') not valid").await;
    assert!(drafts::confirm(&world.app, &orderer, order, "").await.is_err());
    assert_eq!((world.count("confirmed").await, world.id("select count(*) from mail").await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_same_key_mails_once_however_many_write_and_send_at_once(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let member = member_id(&place.boss);
    let content = content();
    let writers = (0..20).map(|_| write(&world, member, &content, "reminder:1:0"));
    futures::future::join_all(writers).await;
    assert_eq!(world.id("select count(*) from graphile_worker._private_jobs").await, 1);
    tokio::join!(run_due(&world.app), run_due(&world.app), run_due(&world.app));
    assert_eq!(sink.mails().len(), 1);

    // A job that is repeated although its mail was sent sends nothing.
    world.sql("select queue_mail(id) from mail").await;
    run_due(&world.app).await;
    assert_eq!(sink.mails().len(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_try_that_is_repeated_sends_the_same_message(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    write(&world, member_id(&place.boss), &content(), "1").await;
    run_due(&world.app).await;
    // As if this process had died between the mail server's yes and our note of it.
    world.sql("update mail set state = 'queued', sent_at = null").await;
    world.sql("select queue_mail(id) from mail").await;
    run_due(&world.app).await;
    let mails = sink.mails();
    assert_eq!((mails.len(), &mails[0].message_id), (2, &mails[1].message_id));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn without_a_mail_server_mails_wait_until_there_is_one(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("A").await;
    write(&world, member_id(&place.boss), &content(), "1").await;
    assert!(!world.app.mail.is_set_up());
    let jobs = linka::server::jobs::Jobs::start(&world.app);
    jobs.stop().await;
    let waiting = troubled(&world).await;
    assert_eq!((waiting[0].state, waiting[0].attempts), (MailState::Queued, 0), "no try is spent");

    let sink = Sink::start();
    let served = linka::server::app::App { mail: sink.mailer(), ..world.app.clone() };
    run_due(&served).await;
    assert_eq!(sink.mails().len(), 1);
}
