//! What the mails say: every kind, in both languages, whatever people write in them.

mod every;
mod wished;

use std::collections::BTreeSet;

use linka::{
    model::{
        base::{
            calendar::to_local,
            ids::{LoginId, MemberId},
            terms::Urgency,
            text::unbroken,
        },
        mails::{AppointmentMail, MailContent, OutageMail},
        money::tax_documents::DocumentKind,
    },
    server::{
        auth::tokens::Token,
        db::{MIGRATIONS, installation, people::passwords},
        service::{ordering::requests, people::accounts},
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use self::every::{kinds, link};
use super::sink::{Received, agree, appointment, hurry, member_id, plain, run_due, world, write};
use crate::support::{BASE_URL, World, at, documents};

/// Lets the link of mails open something, as one that opens nothing is not mailed; its secret.
async fn opens(world: &World) -> String {
    let login = LoginId(world.id("select min(id) from login").await);
    let (link, now) = (link(), world.app.clock.now());
    let mut tx = world.app.db.system().await.expect("a transaction");
    let token = Token::of_link(&installation::key(&mut tx).await.expect("the key"), link.id);
    passwords::put_link(&mut tx, login, token.hash(), None, now, link.until).await.expect("a link");
    tx.commit().await.expect("a commit");
    token.to_hex()
}

/// Writes a mail when it is not overtaken, and has it sent.
async fn send(world: &World, member: MemberId, content: &MailContent, key: &str) {
    // A time that was missed is told of as long as the request waits for another one.
    let is_offered = matches!(content, MailContent::TimesOffered { .. });
    let is_missed = matches!(
        content,
        MailContent::MissedByUs { .. } | MailContent::CalledOffByUs { .. } | MailContent::VisitMissed { .. }
    );
    let state = if is_missed || is_offered { "waiting" } else { "scheduled" };
    world.sql(&format!("update service_request set state = '{state}' where number is not null")).await;
    if is_offered {
        // What is on offer no more is told nobody.
        world
            .sql(
                "insert into slot_offer (id, customer_id, request_id, staff_id, offered_at, expires_at, starts)
                 select gen_random_uuid(), customer_id, id, (select min(id) from staff), '2026-11-23T08:00:00+01:00',
                        '2026-11-24T15:30:00+01:00', array['2026-11-25T08:00:00+01:00'::timestamptz]
                 from service_request where number is not null",
            )
            .await;
    }
    if matches!(content, MailContent::EarlierOffered { .. }) {
        world
            .sql(
                "insert into earlier_offer (id, customer_id, request_id, technician_id, during, offered_at, expires_at)
                 overriding system value
                 select 1, customer_id, id, (select min(id) from staff),
                        tstzrange('2026-11-24T08:00:00+01:00', '2026-11-24T08:45:00+01:00'),
                        '2026-11-23T08:00:00+01:00', '2026-11-23T08:10:00+01:00'
                 from service_request where number is not null",
            )
            .await;
    }
    if matches!(content, MailContent::PaymentReminder(_)) {
        world
            .sql(
                "insert into earlier_invoice (customer_id, number, variable_symbol, issued_on, due_on, total, paid_before, created_at)
                 select 1, 'F-77', '77', '2026-10-20', '2026-11-03', 90750, 0, '2026-11-23'
                 on conflict do nothing",
            )
            .await;
    }
    write(world, member, content, key).await;
    // What changes in a plan waits for what else there may be.
    hurry(world).await;
    run_due(&world.app).await;
}

/// The code of every kind: one that is not there is refused with the list of those that are.
fn codes() -> BTreeSet<String> {
    let refused = serde_json::from_str::<MailContent>(r#"{"mail": "none of them"}"#).expect_err("no such kind");
    let refused = refused.to_string();
    let (_, there_are) = refused.split_once("expected one of ").expect("what there is");
    there_are.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn no_kind_of_mail_is_left_out() {
    let tried: BTreeSet<String> = kinds().iter().map(|(content, ..)| content.code().to_owned()).collect();
    assert_eq!(tried, codes());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_kind_of_mail_arrives_as_text_and_html_that_say_the_same(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    agree(&world, &place).await;
    documents::issue(&world.app, place.customer, DocumentKind::Invoice, "1", 100).await.expect("a document");
    let member = member_id(&place.boss);
    let (kinds, secret) = (kinds(), opens(&world).await);
    for (number, (content, ..)) in kinds.iter().enumerate() {
        send(&world, member, content, &number.to_string()).await;
    }
    let mails = sink.mails();
    assert_eq!(mails.len(), kinds.len());
    for (mail, (content, subject, headline, fact, path)) in mails.iter().zip(&kinds) {
        assert_eq!(plain(&mail.subject), *subject);
        let path = format!("{path}{}", content.link().map_or("", |_| secret.as_str()));
        for said in [&mail.subject, &mail.text] {
            assert_eq!(unbroken(said), None, "no line of it breaks where it should not, whoever wrote it: {said}");
        }
        let text = plain(&mail.text).replace("\r\n", "\n");
        assert!(text.starts_with(&format!("{headline}\n\n")), "{text}");
        assert!(text.contains(fact), "{fact} is missing:\n{text}");
        let as_kept = |after: &str| after.starts_with(|first: char| first.is_ascii_digit());
        assert!(!text.split("+420").skip(1).any(as_kept), "a telephone number is read in groups:\n{text}");
        assert!(text.contains(&format!(": {BASE_URL}{path}\n\n-- \nTuto zprávu poslala Linka")), "{text}");
        let html = plain(&mail.html);
        for paragraph in
            text.split(['\n']).filter(|line| !line.is_empty() && !line.contains(BASE_URL) && *line != "-- ")
        {
            assert!(html.contains(paragraph), "{paragraph:?} is missing in {html}");
        }
        let asked = content.asked_payments(to_local(at(&mail.date)).date());
        let (pictures, links): (Vec<_>, Vec<_>) = mail.links.iter().partition(|link| link.starts_with("cid:"));
        assert_eq!(links, [&format!("{BASE_URL}{path}")], "one link and nothing that is loaded");
        assert_eq!(pictures.len(), asked.len(), "{subject}");
        let within: Vec<_> = mail.pictures.iter().map(|picture| format!("cid:{}", picture.id)).collect();
        assert_eq!(pictures.into_iter().cloned().collect::<Vec<_>>(), within, "what is shown is within");
        assert!(mail.pictures.iter().all(|picture| picture.content_type == "image/png"), "{subject}");
        for payment in &asked {
            assert!(html.contains(&format!("QR platba: {}", payment.number)), "{html}");
        }
        assert!(!mail.phones.is_empty(), "whoever is asked to call can: {subject}");
        assert!(mail.phones.iter().all(|phone| phone == "tel:+420377457977"), "{:?}", mail.phones);
        check_envelope(mail, format!("member{member}@example.com"));
        let is_mixed = content.document().is_some();
        assert_eq!(mail.content_type, if is_mixed { "multipart/mixed" } else { "multipart/alternative" });
        assert_eq!(mail.files.len(), usize::from(is_mixed), "{subject}");
        let has_event = matches!(
            content,
            MailContent::Confirmed(_)
                | MailContent::Moved(_)
                | MailContent::Cancelled(_)
                | MailContent::Withdrawn(_)
                | MailContent::MissedByUs { .. }
                | MailContent::MovedByUs { .. }
                | MailContent::CalledOffByUs { .. }
                | MailContent::Closed { called_off: Some(_), .. }
                | MailContent::Outage(OutageMail { called_off: Some(_), .. })
        );
        assert_eq!(mail.event.is_some(), has_event, "{subject}");
    }
    let identities: BTreeSet<_> = mails.iter().map(|mail| &mail.message_id).collect();
    assert_eq!(identities.len(), mails.len());
    assert!(super::sink::troubled(&world).await.is_empty());
}

fn check_envelope(mail: &Received, to: String) {
    assert_eq!((&mail.to, mail.to_name.as_str()), (&to, "Jana Nováková"));
    assert_eq!(mail.from, "Linka – zákaznická linka <linka@example.com>");
    assert_eq!(at(&mail.date), at("2026-11-23T08:00:00+01:00"));
    assert!(mail.message_id.ends_with("@example.com>"), "{}", mail.message_id);
    assert_eq!(mail.auto_submitted, "auto-generated");
    assert_eq!(mail.parts[..2], ["text/plain", "text/html"]);
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
    for banned in ["script", "iframe", "form"] {
        assert!(!mail.elements.iter().any(|element| element == banned), "{banned}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn over_move_and_cancel_the_event_keeps_its_uid_and_its_sequence_rises(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("a booking");
    run_due(&world.app).await;
    for _ in 0..2 {
        let key = Uuid::from_u128(1);
        requests::move_appointment(&world.app, &orderer, number, Some(starts[5]), key).await.expect("a move");
    }
    run_due(&world.app).await;
    // With characters that no XML may hold: they stopped the mail, and with it the calendar's CANCEL.
    let reason = "Už\u{fffe} to\u{202e} jde";
    requests::cancel(&world.app, &orderer, number, reason, Uuid::from_u128(2)).await.expect("cancelled");
    run_due(&world.app).await;

    let mails = sink.mails();
    assert_eq!(mails.len(), 3, "the repeated form mailed once");
    assert!(mails[2].text.contains("Důvod: Už to jde"));
    let events: Vec<_> = mails.iter().map(|mail| mail.event.clone().expect("an event")).collect();
    let expected = [
        ("REQUEST", 0, "CONFIRMED", starts[0]),
        ("REQUEST", 1, "CONFIRMED", starts[5]),
        ("CANCEL", 2, "CANCELLED", starts[5]),
    ];
    for ((event, mail), (method, sequence, status, start)) in events.iter().zip(&mails).zip(expected) {
        assert_eq!(mail.parts, ["text/plain", "text/html", "text/calendar"]);
        assert_eq!(event.errors, [""; 0]);
        assert_eq!(
            (event.method.as_str(), event.part_method.as_str(), event.version.as_str()),
            (method, method, "2.0")
        );
        assert_eq!((&event.uid, event.sequence), (&format!("{order}@linka"), sequence));
        assert_eq!(event.status, status);
        assert_eq!((at(&event.start), at(&event.end)), (start, start + chrono::TimeDelta::minutes(60)));
        assert_eq!(event.summary, "Vzdálený zásah: Oprava, Sklad");
        assert!(plain(&event.description).contains("U počítače bude Petr Dvořák."), "{}", event.description);
        assert!(event.description.ends_with(&format!("{BASE_URL}/requests/{number}")), "{}", event.description);
        assert_eq!((event.location.as_str(), &event.url), ("TeamViewer", &format!("{BASE_URL}/requests/{number}")));
        assert_eq!(
            (event.organizer.as_str(), event.organizer_name.as_str()),
            ("mailto:linka@example.com", "Linka – zákaznická linka")
        );
        assert_eq!((&event.attendee, event.attendee_name.as_str()), (&format!("mailto:{}", mail.to), "Jana Nováková"));
        assert_eq!(event.partstat, "ACCEPTED");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn people_are_written_to_in_the_language_that_they_chose(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    agree(&world, &place).await;
    documents::issue(&world.app, place.customer, DocumentKind::Invoice, "1", 100).await.expect("a document");
    accounts::choose_language(&world.app, &place.boss, "en").await.expect("English");
    opens(&world).await;
    for (number, (content, ..)) in kinds().iter().enumerate() {
        send(&world, member_id(&place.boss), content, &number.to_string()).await;
    }
    let mails = sink.mails();
    assert_eq!(mails.len(), kinds().len());
    let confirmed =
        mails.iter().find(|mail| plain(&mail.subject) == "Your time is agreed: Wednesday 25 November, 8:00–8:45");
    let event = confirmed.and_then(|mail| mail.event.as_ref()).expect("an event");
    assert_eq!(event.summary, "Remote intervention: Oprava, Sklad");
    for mail in &mails {
        assert!(mail.text.contains("Linka sent this message automatically."), "{}", mail.text);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_no_customer_any_more_is_told_what_is_owed_and_nothing_else(pool: PgPool) {
    let (world, _sink) = world(pool).await;
    let place = world.place("A").await;
    world.sql("update customer set active = false").await;
    // What is written here is never sent: it tells of things that are not there.
    world.ends_with.jobs();
    for (number, (content, ..)) in kinds().iter().enumerate() {
        write(&world, member_id(&place.boss), content, &number.to_string()).await;
    }
    let written: Vec<String> =
        sqlx::query_scalar("select distinct kind from mail").fetch_all(world.app.db.pool()).await.expect("mails");
    let all: BTreeSet<&str> = kinds().iter().map(|(content, ..)| content.code()).collect();
    let owed: BTreeSet<&str> = all.into_iter().filter(|kind| !["alert", "contract_ends"].contains(kind)).collect();
    assert_eq!(written.iter().map(String::as_str).collect::<BTreeSet<_>>(), owed);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_people_write_is_neither_markup_nor_header(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    // As a name that stood before names were checked.
    world.sql("alter table member drop constraint kept_name").await;
    let hostile = "<script>alert(1)</script> {x} {{y}} &amp; \"q\" </mj-text><mj-raw>";
    world.sql("update member set name = E'Jana \"J\"; Nováková\\r\\nBcc: thief@example.com'").await;
    let appointment = AppointmentMail {
        program: format!("{hostile}\r\nBcc: thief@example.com").into(),
        work_type: hostile.into(),
        contact_name: "Eva; \"E\"\r\nATTENDEE:mailto:thief@example.com".into(),
        reason: hostile.into(),
        ..appointment()
    };
    write(&world, member_id(&place.boss), &MailContent::Moved(appointment), "1").await;
    let clock = MailContent::ClockForgotten {
        number: "2026-000123".parse().expect("a number"),
        customer: format!("{hostile}\r\nBcc: thief@example.com"),
        since: at("2026-11-20T13:00:00+01:00"),
    };
    write(&world, member_id(&place.boss), &clock, "2").await;
    run_due(&world.app).await;

    let mails = sink.mails();
    assert_eq!(mails.len(), 2, "{:?}", super::sink::troubled(&world).await);
    for mail in &mails {
        assert!(!mail.headers.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{:?}", mail.headers);
        assert!(mail.defects.is_empty(), "{:?}", mail.defects);
        assert!(!mail.elements.iter().any(|element| element == "script"), "{:?}", mail.elements);
        assert_eq!(mail.links.len(), 1);
        assert!(
            mail.html.contains("<script>alert(1)</script> {x} {{y}} &amp; \"q\" </mj-text><mj-raw>"),
            "{}",
            mail.html
        );
    }
    let event = mails.iter().find_map(|mail| mail.event.as_ref()).expect("an event");
    assert!(event.errors.is_empty(), "{:?}", event.errors);
    assert!(event.attendee.ends_with("@example.com") && !event.attendee.contains("thief"), "{}", event.attendee);
    assert!(event.summary.contains(hostile), "{}", event.summary);
}
