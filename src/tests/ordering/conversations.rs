//! What customers and the vendor write to one another: once, to whom, and until when it waits.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{MailId, MessageId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::limits::{Limit, LimitReached},
        ordering::{conversations::MESSAGE_MAX, timeline::TimelineKind},
        people::members::{Capabilities, Capability, StaffRole},
        problem::Problem,
        work::{
            cases::CasePage,
            lanes::{Lane, QueueView, Rest},
        },
    },
    server::{
        auth::{Desk, Member},
        db::MIGRATIONS,
        service::{
            mails,
            ordering::{conversations, requests},
            work::{bench, cases, lanes},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Place, Site, World};

/// A request with an agreed time, its author, and somebody of the desk.
struct Talk {
    world: World,
    place: Place,
    member: Member,
    desk: Desk,
    number: RequestNumber,
}

impl Talk {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        // Only who has an address is told.
        world
            .sql(
                "insert into login (email, password_hash, staff_id)
                 select 'technik' || id || '@example.com', '$argon2id$none', id from staff where name like 'T%'",
            )
            .await;
        let place = world.place("A").await;
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        let member = place.boss.member().expect("a member");
        let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
        Self { world, place, member, desk, number }
    }

    async fn write(&self, message: &str, key: u128) -> Result<(), Problem> {
        conversations::write(&self.world.app, &self.member, self.number, message, &[], Uuid::from_u128(key)).await
    }

    async fn reply(&self, message: &str, seen: Option<MessageId>, key: u128) -> Result<(), Problem> {
        let key = Uuid::from_u128(key);
        conversations::reply(&self.world.app, &self.desk, self.number, message, (seen, &[]), key).await
    }

    async fn case(&self) -> CasePage {
        cases::page(&self.world.app, &self.desk, self.number).await.expect("a page")
    }

    async fn unread(&self) -> u32 {
        requests::page(&self.world.app, &self.member, self.number).await.expect("a page").unread_messages
    }

    async fn mails(&self, kind: &str) -> i64 {
        self.world.id(&format!("select count(*) from mail where kind = '{kind}'")).await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_message_is_written_once_and_waits_until_it_is_answered(pool: PgPool) {
    let talk = Talk::new(pool).await;
    assert_eq!(talk.case().await.lane, None, "it is its technician's");
    for _ in 0..2 {
        talk.write("Tiskárna je zase v pořádku?\r\nNe.", 1).await.expect("written");
    }
    let case = talk.case().await;
    let messages: Vec<_> = case.request.timeline.iter().filter(|entry| entry.kind.is_message()).collect();
    assert_eq!(messages.len(), 1);
    assert_eq!(
        (messages[0].kind, messages[0].note.as_str()),
        (TimelineKind::CustomerWrote, "Tiskárna je zase v pořádku?\nNe.")
    );
    assert_eq!((case.lane, case.conversation.waits_since), (Some(Lane::AnswerCame), Some(messages[0].at)));
    assert_eq!(talk.mails("customer_wrote").await, 1, "the technician is told once");
    for _ in 0..2 {
        talk.reply("Zkusíme to spolu.", case.conversation.last, 2).await.expect("answered");
    }
    let case = talk.case().await;
    assert_eq!((case.lane, case.conversation.waits_since), (None, None));
    assert_eq!(case.request.timeline.iter().filter(|entry| entry.kind == TimelineKind::VendorWrote).count(), 1);
    assert_eq!(talk.mails("vendor_wrote").await, 1);
    let shown = requests::page(&talk.world.app, &talk.member, talk.number).await.expect("a page");
    let answer = shown.timeline.last().expect("an answer");
    assert_eq!((answer.note.as_str(), answer.by.as_deref()), ("Zkusíme to spolu.", None), "nobody of us is named");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_answer_is_to_what_its_writer_saw(pool: PgPool) {
    let talk = Talk::new(pool).await;
    talk.write("První.", 1).await.expect("written");
    let seen = talk.case().await.conversation.last;
    talk.world.app.clock.advance(TimeDelta::minutes(3));
    talk.write("Druhá.", 2).await.expect("written");
    talk.reply("K první.", seen, 3).await.expect("answered");
    let case = talk.case().await;
    assert_eq!(case.lane, Some(Lane::AnswerCame), "the second one waits on");
    assert_eq!(case.conversation.waits_since, Some(talk.world.app.clock.now()));
    let app = &talk.world.app;
    conversations::need_no_answer(app, &talk.desk, talk.number, seen).await.expect("an old page");
    assert!(talk.case().await.conversation.waits_since.is_some(), "what an old page did not show is not answered");
    conversations::need_no_answer(app, &talk.desk, talk.number, case.conversation.last).await.expect("noted");
    let case = talk.case().await;
    assert_eq!((case.lane, case.conversation.waits_since), (None, None));
    // What waits is what was written after what was answered, whatever was done in between.
    talk.write("Třetí.", 4).await.expect("written");
    assert_eq!(talk.case().await.lane, Some(Lane::AnswerCame));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_message_wakes_what_was_put_off(pool: PgPool) {
    let talk = Talk::new(pool).await;
    talk.write("Prosím o odpověď.", 1).await.expect("written");
    let app = &talk.world.app;
    lanes::put_off(app, &talk.desk, talk.number, Some(Rest::NextDay)).await.expect("put off");
    assert!(talk.case().await.snoozed_until.is_some());
    talk.write("Spěchá to.", 2).await.expect("written");
    assert_eq!(talk.case().await.snoozed_until, None);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_answer_is_unread_until_its_page_is_opened_and_its_mail_is_withdrawn_then(pool: PgPool) {
    let talk = Talk::new(pool).await;
    talk.write("Prosím o odpověď.", 1).await.expect("written");
    let seen = talk.case().await.conversation.last;
    talk.reply("Hotovo.", seen, 2).await.expect("answered");
    assert_eq!(talk.unread().await, 1);
    let cookie = talk.world.cookie(&talk.place.boss).await;
    let site = Site::serve(talk.world.app.clone()).await;
    let path = format!("/requests/{}", talk.number);
    assert!(site.get("/requests", &cookie).await.body.contains("Nové zprávy"), "the list says so");
    let follows = site.request(reqwest::Method::GET, &path).header("cookie", &cookie);
    let follows = site.send(follows.header("x-linka-by-itself", "1")).await.expect("an answer");
    assert!(follows.body.contains("Máte novou zprávu") && follows.body.contains("Hotovo."), "{}", follows.body);
    assert_eq!(talk.unread().await, 1, "nobody may be looking at a page that follows by itself");
    assert!(site.get(&path, &cookie).await.body.contains("Máte novou zprávu"));
    assert_eq!(talk.unread().await, 0);
    assert!(!site.get(&path, &cookie).await.body.contains("Máte novou zprávu"));
    assert!(!site.get("/requests", &cookie).await.body.contains("Nové zprávy"));
    assert!(talk.case().await.conversation.read_at.is_some(), "the desk sees it");
    let written = "select array_agg(id order by id) from mail where kind in ('vendor_wrote', 'customer_wrote')";
    let pool = talk.world.app.db.pool();
    let written: Vec<i64> = sqlx::query_scalar(written).fetch_one(pool).await.expect("mails");
    for id in written {
        mails::deliver(&talk.world.app, MailId(id), true).await.expect("delivered");
    }
    let states = "select count(*) from mail where kind in ('vendor_wrote', 'customer_wrote') and state = 'withdrawn'";
    assert_eq!(talk.world.id(states).await, 2, "it was read, and the question was answered");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_not_shown_is_not_read(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let app = &talk.world.app;
    talk.reply("První.", None, 1).await.expect("written");
    talk.reply("Druhá.", None, 2).await.expect("written, while the page with the first one is made");
    for (shown, left) in [(0, 2), (1, 1), (1, 1), (2, 0), (1, 0)] {
        conversations::mark_read(app, &talk.member, talk.number, shown).await.expect("noted");
        assert_eq!(talk.unread().await, left, "{shown} were shown");
    }
    talk.reply("Třetí.", None, 3).await.expect("written");
    let cookie = talk.world.cookie(&talk.place.boss).await;
    let site = Site::serve(app.clone()).await;
    for page in ["edit", "cancel"] {
        assert_eq!(site.get(&format!("/requests/{}/{page}", talk.number), &cookie).await.status, 200, "{page}");
        assert_eq!(talk.unread().await, 1, "{page} shows no messages");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_takes_part_is_told_and_nobody_else(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let world = &talk.world;
    let all = Capabilities::NONE.with(Capability::SeeAll);
    let caller = world.member(talk.place.customer, all).await;
    let colleague = caller.member().expect("a member");
    let reader = world.member(talk.place.customer, all).await.member().expect("a member");
    let blind = world.member(talk.place.customer, Capabilities::NONE).await.member().expect("a member");
    let app = &world.app;
    let write = async |member: &Member, key: u128| {
        conversations::write(app, member, talk.number, "Já také.", &[], Uuid::from_u128(key)).await
    };
    write(&colleague, 1).await.expect("whoever sees it may write");
    assert_eq!(write(&blind, 2).await, Err(Problem::NotFound), "what one does not see does not exist");
    let stranger = world.place("B").await.boss.member().expect("a member");
    assert_eq!(write(&stranger, 3).await, Err(Problem::NotFound));
    assert_eq!(conversations::mark_read(app, &stranger, talk.number, 1).await, Err(Problem::NotFound));
    talk.reply("Rozumíme.", None, 4).await.expect("written");
    assert_eq!(talk.mails("vendor_wrote").await, 2, "who ordered it, and who wrote");
    let unread = async |member: &Member| requests::list(app, member, None).await.expect("a list").unread;
    assert_eq!(unread(&colleague).await, [talk.number]);
    assert_eq!(unread(&reader).await, [], "it is not said to them");
    // Who may not see it any more is told no more of it, whatever was written before.
    world.sql(&format!("update member set capabilities = '{{}}' where id = {}", colleague.id())).await;
    talk.reply("Hotovo.", None, 7).await.expect("written");
    assert_eq!(talk.mails("vendor_wrote").await, 3, "who ordered it");
    let cookie = world.cookie(&caller).await;
    let home = Site::serve(app.clone()).await.get("/", &cookie).await;
    assert!(home.status == 200 && !home.body.contains(&talk.number.to_string()), "{}", home.body);
    let own = world.technician_of(talk.number).await;
    conversations::reply(app, &own, talk.number, "Volám.", (None, &[]), Uuid::from_u128(5)).await.expect("their own");
    let bench = bench::page(app, &own, talk.number).await.expect("a bench").conversation;
    assert_eq!((bench.messages.len(), bench.standing.may_write), (4, true));
    let other = world.id(&format!("select min(id) from staff where id <> {} and name like 'T%'", own.id())).await;
    let other = world.technician(StaffId(other));
    let foreign = conversations::reply(app, &other, talk.number, "Volám.", (None, &[]), Uuid::from_u128(6)).await;
    assert_eq!(foreign, Err(Problem::NotFound), "another technician has nothing to do with it");
    assert!(!bench::page(app, &other, talk.number).await.expect("a bench").conversation.standing.may_write);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_message_has_its_bounds_and_so_has_their_number(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let wrong = |code| Err(Problem::field("message", code));
    assert_eq!(talk.write(" \n ", 1).await, wrong(FieldCode::Missing));
    assert_eq!(talk.write(&"ž".repeat(MESSAGE_MAX + 1), 1).await, wrong(FieldCode::TooLong));
    assert_eq!(talk.reply("", None, 1).await, wrong(FieldCode::Missing));
    talk.world.sql("update line_limit set messages_per_hour = 2").await;
    let tries = (1..=5).map(|key| talk.write("Haló?", key));
    let done = futures::future::join_all(tries).await;
    let full =
        |wait| Problem::Limit(LimitReached { limit: Limit::MessagesPerHour, most: 2, retry_after_s: Some(wait) });
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 2, "of many at once no more than may: {done:?}");
    assert!(done.iter().all(|done| done.is_ok() || *done == Err(full(3_600))), "{done:?}");
    let written = "select count(*) from request_event where kind = 'customer_wrote'";
    assert_eq!(talk.world.id(written).await, 2);
    talk.world.app.clock.advance(TimeDelta::minutes(60));
    talk.write("Haló?", 9).await.expect("there is room again");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_keeps_what_a_message_is(pool: PgPool) {
    let talk = Talk::new(pool).await;
    assert_eq!(talk.case().await.conversation.last, None);
    for (columns, values) in [
        ("kind, member_id, note", "'customer_wrote', (select min(id) from member), ' '"),
        ("kind, member_id, note", "'customer_wrote', (select min(id) from member), repeat('x', 4001)"),
        ("kind, staff_id, note", "'customer_wrote', (select min(id) from staff), 'x'"),
        ("kind, member_id, note", "'vendor_wrote', (select min(id) from member), 'x'"),
    ] {
        let insert = format!(
            "insert into request_event (customer_id, request_id, at, {columns})
             select customer_id, id, now(), {values} from service_request where number is not null"
        );
        let refused = sqlx::query(sqlx::AssertSqlSafe(insert)).execute(talk.world.app.db.pool()).await.unwrap_err();
        let refused = refused.into_database_error().expect("of the database");
        assert_eq!(refused.constraint(), Some("message_says_something"), "{values}");
    }
}

/// A request is closed and its customer writes all the same: it is not lost.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_written_about_what_is_over_waits_too(pool: PgPool) {
    let talk = Talk::new(pool).await;
    let app = &talk.world.app;
    let orderer = talk.place.boss.may_order().expect("an orderer");
    requests::cancel(app, &orderer, talk.number, "", app.random.uuid()).await.expect("cancelled");
    let queue = async || {
        let page = lanes::page(app, &talk.desk, QueueView::All, false).await.expect("a queue");
        page.items.iter().map(|item| (item.standing.number, item.lane)).collect::<Vec<_>>()
    };
    assert_eq!(queue().await, []);
    talk.write("Přece jen to potřebujeme.", 1).await.expect("written");
    assert_eq!(queue().await, [(talk.number, Lane::AnswerCame)]);
    assert_eq!(talk.mails("customer_wrote").await, 0, "no technician has it any more");
}
