//! Every kind of event by every way that its reader may wish for: one message where it is wished, and none where it is not.

use std::collections::{BTreeMap, BTreeSet};

use linka::{
    model::{
        people::members::StaffRole,
        work::wishes::{MailWay, Reader, TypedWishes, WishKind, WishKinds},
    },
    server::{auth::Caller, db::MIGRATIONS, service::work::wishes},
};
use sqlx::{AssertSqlSafe, PgPool};

use super::{super::sink::member_id, every::kinds};
use crate::support::World;

/// What one event has become: the states of its mails, how many notifications, how many short messages.
type Told = (String, i64, i64);

const NOW: &str = "'2026-11-23T08:00:00+01:00'::timestamptz";

/// A browser of whoever signs in so.
async fn add_device(world: &World, login: &str) {
    world
        .sql(&format!(
            "insert into push_device (login_id, browser, name, endpoint, p256dh, auth, added_at)
             select id, sha256('b'), 'Firefox', 'https://push.example.com/' || id, decode(repeat('04', 65), 'hex'),
                    decode(repeat('04', 16), 'hex'), {NOW}
             from login where {login}"
        ))
        .await;
}

/// What came of what was told under a key.
async fn told(world: &World, key: &str) -> Told {
    let asked = format!(
        "select coalesce(string_agg(m.state, ','), ''), count(p.id), count(s.id)
         from mail m left join push_message p on p.key = 'mail:' || m.id left join sms_message s on s.key = 'mail:' || m.id
         where m.key = '{key}'"
    );
    sqlx::query_as(AssertSqlSafe(asked)).fetch_one(world.app.db.pool()).await.expect("what was told")
}

/// The names of all mails that there are, and of those that may be wished for: of what they tell, and whether they are mailed all the same.
async fn names(world: &World) -> (BTreeSet<String>, BTreeMap<String, (WishKind, bool)>) {
    let name = |content| serde_json::to_value(content).expect("JSON")["mail"].as_str().expect("a name").to_owned();
    let mut all: BTreeSet<_> = kinds().into_iter().map(|(content, ..)| name(content)).collect();
    let rows: Vec<(String, String, bool)> = sqlx::query_as("select mail, kind, always from mail_kind")
        .fetch_all(world.app.db.pool())
        .await
        .expect("the kinds of mails");
    let mut wished = BTreeMap::new();
    for (mail, kind, always) in rows {
        all.insert(mail.clone());
        let kind = WishKind::from_code(&kind).expect("a kind");
        assert_eq!(always, kind.mail_ways() == [MailWay::Now], "{mail}: the page offers what the database does");
        wished.insert(mail, (kind, always));
    }
    (all, wished)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_customers_person_is_told_each_event_once_by_each_way_that_is_wished(pool: PgPool) {
    let world = World::new(pool).await;
    // What is written is not what is sent.
    world.ends_with.jobs();
    let place = world.place("Škola").await;
    let member = member_id(&place.boss);
    add_device(&world, &format!("member_id = {member}")).await;
    world.sql("update line_limit set sms_per_day = 100000").await;
    let (all, may_be_wished) = names(&world).await;
    let tell = async |mail: &str, key: &str| {
        let content = format!(r#"{{"mail": "{mail}", "number": "2026-000123"}}"#);
        world.sql(&format!("select write_mail_to_member({member}, '{content}', {NOW}, '{key}')")).await;
        told(&world, key).await
    };
    for mail in &all {
        tell(mail, mail).await;
        let said = tell(mail, mail).await;
        assert_eq!(said, ("queued".to_owned(), 0, 0), "{mail}: whoever never said anything is mailed, and once");
    }
    for way in MailWay::ALL {
        for (push, sms) in [(false, false), (false, true), (true, false), (true, true)] {
            let chosen = |is_chosen: bool| WishKind::ALL.iter().copied().filter(|_| is_chosen).collect::<WishKinds>();
            let mail = WishKind::ALL.iter().map(|kind| (*kind, *way)).collect();
            let typed =
                TypedWishes { mail, push_kinds: chosen(push), sms_kinds: chosen(sms), ..TypedWishes::default() };
            wishes::save(&world.app, &place.boss, &typed).await.expect("saved");
            let kept = typed.check(Reader::Member).expect("wishes");
            for mail in &all {
                let expected = match may_be_wished.get(mail) {
                    None => ("queued", 0, 0),
                    Some((kind, _)) => {
                        let state = match kept.mail_way(*kind) {
                            MailWay::Now => "queued",
                            MailWay::Digest => "gathered",
                            MailWay::Off => "unwished",
                        };
                        (state, i64::from(push), i64::from(sms))
                    }
                };
                let (state, pushes, messages) = tell(mail, &format!("{mail} {way} {push} {sms}")).await;
                assert_eq!((state.as_str(), pushes, messages), expected, "{mail}, mail {way}, push {push}, SMS {sms}");
            }
        }
    }
}

/// How many mails and notifications a technician was written under a key.
async fn told_staff(world: &World, key: &str) -> (i64, i64) {
    let count = |table: &str| format!("select count(*) from {table} where key = '{key}'");
    (world.id(&count("mail")).await, world.id(&count("push_message")).await)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_is_told_of_the_plan_by_a_browser_or_else_by_mail(pool: PgPool) {
    let world = World::new(pool).await;
    world.ends_with.jobs();
    let technician: Caller = world.staff(StaffRole::Technician).await;
    let staff = technician.staff().expect("of the vendor").id();
    for device in [false, true] {
        if device {
            add_device(&world, &format!("staff_id = {staff}")).await;
        }
        for (mailed, pushed) in [(false, false), (false, true), (true, false), (true, true)] {
            let way = if mailed { MailWay::Now } else { MailWay::Off };
            let mail = BTreeMap::from([(WishKind::Plan, way)]);
            let push_kinds = if pushed { WishKinds::NONE.with(WishKind::Plan) } else { WishKinds::NONE };
            let typed = TypedWishes { mail, push_kinds, ..TypedWishes::default() };
            wishes::save(&world.app, &technician, &typed).await.expect("saved");
            let key = format!("plan {device} {mailed} {pushed}");
            for _ in 0..2 {
                world
                    .sql(&format!(
                        r#"select tell_staff({staff}, '{{"mail": "visit_planned"}}', '{{"push": "planned"}}', 'plan',
                                             {NOW} + interval '1 hour', {NOW}, '{key}')"#
                    ))
                    .await;
            }
            let is_pushed = device && pushed;
            let expected = (i64::from(mailed || !is_pushed), i64::from(is_pushed));
            assert_eq!(told_staff(&world, &key).await, expected, "{key}");
        }
    }
}
