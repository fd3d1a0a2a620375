//! Mails that come: five hundred of all kinds and fifty spoken ones, each accounted for; and what the desk does with the rest.

mod assigning;
mod fetching;
mod sent;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{InboundMailId, MailId, RequestId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::requests::RequestSource,
        people::members::{Capabilities, Capability},
        problem::Problem,
        work::mail_in::{AudioKind, InboundState, MAIL_BYTES_MAX, TypedAssignment, WaitReason},
    },
    server::{
        app::{App, AppSettings},
        auth::Desk,
        config::LmtpAddress,
        db::MIGRATIONS,
        jobs,
        lmtp::Lmtp,
        mail::Mailer,
        service::{
            mails,
            work::{
                cases,
                intake::{self, TypedCall},
                mail_in::{self, TakenIn, addresses},
            },
        },
    },
};
use sqlx::PgPool;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
    sync::watch,
};

use self::sent::{Expected, LINE, Parties, voices};
use super::lanes::{booked, desk, line};
use crate::support::{Place, World};

/// A line that takes mails, and two customers, each with a request.
struct Post {
    world: World,
    ours: Place,
    theirs: Place,
    desk: Desk,
    number: RequestNumber,
    foreign: RequestNumber,
}

impl Post {
    async fn new(pool: PgPool) -> Self {
        let mut world = line(pool).await;
        world.app.mail = world.app.mail.clone().taking_mails_at(Some(LINE));
        world.without_limits().await;
        let (ours, theirs) = (world.place("Školní jídelna Lipová").await, world.place("Pekárna").await);
        world.sql("update member set phone = '+420601234567' where id = (select min(id) from member)").await;
        world.sql("update voice_setting set patterns = 'Subject: Hlasová zpráva od {number}'").await;
        let desk = desk(&world).await;
        let number = booked(&world, &ours, Urgency::Normal).await;
        let foreign = booked(&world, &theirs, Urgency::Normal).await;
        Self { world, ours, theirs, desk, number, foreign }
    }

    /// What is said in mails about a request's agreed time: the mail, its identity, and where it is answered.
    async fn confirmed(&self, number: RequestNumber) -> (MailId, String, String) {
        let pool = self.world.app.db.pool();
        let query = "select id, message_id::text from mail where kind = 'confirmed' and about = $1";
        let (id, message): (i64, String) =
            sqlx::query_as(query).bind(number.to_string()).fetch_one(pool).await.expect("a mail");
        let (reply, path) = addresses::of_mail(&self.world.app, MailId(id)).await.expect("addresses");
        assert!(path.is_some_and(|path| path.starts_with("linka+b.")));
        (MailId(id), message, reply.expect("an address"))
    }

    async fn address_of(&self, place: &Place) -> String {
        format!("member{}@example.com", place.boss.member().expect("a member").id())
    }

    async fn parties(&self) -> Parties {
        let (_, message_id, reply) = self.confirmed(self.number).await;
        let (.., foreign_reply) = self.confirmed(self.foreign).await;
        Parties { known: self.address_of(&self.ours).await, reply, foreign_reply, message_id }
    }

    async fn take(&self, raw: &[u8]) -> TakenIn {
        mail_in::take_in(&self.world.app, raw, u64::try_from(raw.len()).expect("a length")).await.expect("kept")
    }

    /// Takes one in and accounts for it; which it is.
    async fn arrive(&self, raw: &[u8]) -> InboundMailId {
        self.take(raw).await;
        jobs::run_due(&self.world.app).await.expect("jobs");
        InboundMailId(self.world.id("select max(id) from inbound_mail").await)
    }

    /// How many ended how.
    async fn ends(&self) -> BTreeMap<Expected, usize> {
        let query = "select state, coalesce(case when state = 'waiting' then reason end, ''), count(*) from inbound_mail group by 1, 2";
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as(query).fetch_all(self.world.app.db.pool()).await.expect("counts");
        let ended = |state: &str, reason: &str| {
            let state = InboundState::from_code(state).expect("a state");
            (state, WaitReason::from_code(reason))
        };
        rows.iter()
            .map(|(state, reason, count)| (ended(state, reason), usize::try_from(*count).expect("a count")))
            .collect()
    }

    async fn messages(&self, number: RequestNumber) -> i64 {
        let query = format!(
            "select count(*) from request_event e join service_request r on r.id = e.request_id
             where r.number = '{number}' and e.kind = 'customer_wrote'"
        );
        self.world.id(&query).await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_mail_ends_in_one_state_whatever_it_is(pool: PgPool) {
    let post = Post::new(pool).await;
    let parties = post.parties().await;
    let (mut expected, mut handed_over): (BTreeMap<Expected, usize>, _) = (BTreeMap::new(), 0);
    let (mut answers, mut repeats) = (0, 0);
    for mail in sent::mails(&parties, 500).into_iter().chain(voices(50)) {
        handed_over += 1;
        post.world.app.clock.advance(TimeDelta::minutes(10));
        post.take(&mail.raw).await;
        match mail.ends {
            Some(ends) => *expected.entry(ends).or_default() += 1,
            None => repeats += 1,
        }
        answers += i64::from(mail.ends == Some((InboundState::Reply, None)));
    }
    assert_eq!(handed_over, 550);
    jobs::run_due(&post.world.app).await.expect("jobs");
    let ends = post.ends().await;
    assert_eq!(ends, expected);
    assert_eq!(ends.values().sum::<usize>() + repeats, handed_over, "the same bytes twice are one mail");
    assert_eq!(post.world.id("select sum(copies - 1) from inbound_mail").await, i64::try_from(repeats).expect("few"));
    assert_eq!((post.messages(post.number).await, post.messages(post.foreign).await), (answers, 0));
    let made = ends[&(InboundState::Request, None)];
    let by_mail = post.world.id("select count(*) from service_request where source = 'email'").await;
    assert_eq!(by_mail, i64::try_from(made).expect("few"), "a request for each, and one only");
    let told = post.world.id("select count(*) from mail where kind = 'came_by_mail'").await;
    assert_eq!(told, by_mail, "its writer is told once, and nobody else is");
    let garbled = post
        .world
        .id("select count(*) from inbound_mail where state = 'request' and said not like '%žluťoučký kůň%'")
        .await;
    assert_eq!(garbled, 0, "letters are read as they were written");
    let unpacked =
        post.world.id("select count(*) from attachment where name = 'vykaz.txt' and event_id is not null").await;
    assert_eq!(unpacked, 25, "what Outlook packs goes with its request");
    let spoken = "select count(*) from inbound_mail where reason = 'voice' and has_audio and phone = '+420601234567' and member_id is not null";
    assert_eq!(post.world.id(spoken).await, 25, "every second is from a number that is somebody's");
    let (confirmed, ..) = post.confirmed(post.number).await;
    let about = mails::about(&post.world.app, &post.desk, post.number).await.expect("mails");
    let returned: Vec<_> = about.iter().filter(|mail| mail.is_returned).map(|mail| mail.id).collect();
    assert_eq!(returned, [confirmed], "what came back stands at the mail that it is about");
    // Again, and nothing more happens.
    post.world
        .sql("select queue_payment_job('account_for_mail', json_build_object('mail', id), id::text) from inbound_mail")
        .await;
    jobs::run_due(&post.world.app).await.expect("jobs");
    assert_eq!(post.ends().await, expected);
    assert_eq!(post.messages(post.number).await, answers);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_waits_is_assigned_or_put_aside_and_no_more_than_that(pool: PgPool) {
    let post = Post::new(pool).await;
    let (app, desk) = (&post.world.app, &post.desk);
    let parties = post.parties().await;
    // A file that came goes with the request, what is none that is taken is named.
    let known = post.arrive(&sent::with_files(&parties.known)).await;
    let page = mail_in::mail(app, desk, known, None, None).await.expect("a page");
    let number = page.row.request.expect("a request");
    assert_eq!((page.row.state, page.left_out.as_slice()), (InboundState::Request, &["winmail.dat".to_owned()][..]));
    let case = cases::page(app, desk, number).await.expect("a case");
    assert_eq!(case.source, RequestSource::Email);
    let files: BTreeSet<_> =
        case.request.timeline.iter().flat_map(|entry| &entry.attachments).map(|file| file.name.as_str()).collect();
    assert_eq!(files, BTreeSet::from(["vykaz.txt", "výpis.txt"]), "what Outlook packs is unpacked");
    assert!(mail_in::about(app, desk, number).await.expect("mails").iter().any(|row| row.id == known));

    // Nobody is known: the desk says who it is. Sent twice, it is one.
    let stranger =
        post.arrive(&sent::plain("nikdo@jinde.example", "Nejde tisk", "Od rána nejde tisk stravenek.")).await;
    let page = mail_in::mail(app, desk, stranger, Some("Lipová"), None).await.expect("a page");
    assert_eq!(page.row.reason, Some(WaitReason::UnknownSender));
    assert_eq!(page.found.iter().map(|found| found.customer).collect::<Vec<_>>(), [post.ours.customer]);
    let member = post.ours.boss.member().expect("a member").id();
    let mut typed = TypedAssignment {
        program: Some(post.world.program),
        work_type: Some(post.world.repair),
        ..TypedAssignment::default()
    };
    let assign = async |typed: &TypedAssignment| mail_in::assign(app, desk, stranger, post.ours.customer, typed).await;
    assert_eq!(assign(&typed).await, Err(Problem::field("member", FieldCode::Missing)));
    typed.member = Some(post.theirs.boss.member().expect("a member").id());
    assert_eq!(assign(&typed).await, Err(Problem::field("member", FieldCode::Unknown)), "somebody of another customer");
    typed.member = Some(member);
    // Whoever may not order may not by mail either, and the desk reads why.
    let block = "blocked_at = now(), block_reason = 'Po splatnosti.', blocked_by = (select min(id) from staff)";
    let of_theirs = format!("where id = {}", post.ours.customer);
    post.world.sql(&format!("update customer set {block} {of_theirs}")).await;
    assert_eq!(assign(&typed).await, Err(Problem::Blocked));
    let free = "blocked_at = null, block_reason = null, blocked_by = null";
    post.world.sql(&format!("update customer set {free} {of_theirs}")).await;
    let made = assign(&typed).await.expect("a request");
    assert_eq!(assign(&typed).await, Ok(made));
    assert_eq!(mail_in::dismiss(app, desk, stranger, "Omyl.").await, Err(Problem::Conflict));

    // It may also belong to a request of theirs, and to no other customer's.
    let second = post.arrive(&sent::plain("nikdo@jinde.example", "Ještě jednou", "A taky deník.")).await;
    typed.request = post.foreign.to_string();
    let refused = mail_in::assign(app, desk, second, post.ours.customer, &typed).await;
    assert_eq!(refused, Err(Problem::field("request", FieldCode::Unknown)));
    typed.request = post.number.to_string();
    assert_eq!(mail_in::assign(app, desk, second, post.ours.customer, &typed).await, Ok(post.number));
    assert_eq!((post.messages(post.number).await, post.messages(post.foreign).await), (1, 0));

    let advertising = post.arrive(&sent::plain("reklama@jinde.example", "Sleva", "Jen dnes.")).await;
    assert!(matches!(mail_in::dismiss(app, desk, advertising, " ").await, Err(Problem::Invalid { .. })));
    mail_in::dismiss(app, desk, advertising, "Reklama.").await.expect("put aside");
    mail_in::dismiss(app, desk, advertising, "Reklama.").await.expect("said twice");
    let page = mail_in::mail(app, desk, advertising, None, None).await.expect("a page");
    assert_eq!(page.dismissed, Some(("Z".to_owned(), "Reklama.".to_owned())));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn answers_stand_in_the_conversation_until_their_address_is_stopped(pool: PgPool) {
    let post = Post::new(pool).await;
    let (app, desk) = (&post.world.app, &post.desk);
    let parties = post.parties().await;
    // A mail says whether it can be answered, and names the address only then.
    let (mail, ..) = post.confirmed(post.number).await;
    let laid_out = async |mailer: Mailer| {
        let settings = AppSettings { demo: true, ..*app.settings };
        let demo = App { settings: settings.into(), mail: mailer, ..app.clone() };
        mails::page_of_demo(&demo, mail).await.expect("a mail")
    };
    let answered = laid_out(app.mail.clone()).await;
    assert!(
        answered.text.contains("Odpovědět můžete na tento e-mail") && !answered.html.contains("Odpovědi nikdo nečte")
    );
    assert!(String::from_utf8_lossy(&answered.message).contains(&format!("<{}>", parties.reply)));
    let alone = laid_out(app.mail.clone().taking_mails_at(None)).await;
    assert!(
        alone.text.contains("Odpovědi nikdo nečte") && !String::from_utf8_lossy(&alone.message).contains("Reply-To")
    );
    let answer = |from: &str, text: &str| sent::to(&parties.reply, from, "Re: Termín", text);
    let first =
        post.arrive(&answer(&parties.known, "Středa platí.\r\n\r\nDne 23. 11. 2026 Linka napsal(a):\r\n> Kdy?")).await;
    let page = mail_in::mail(app, desk, first, None, None).await.expect("a page");
    assert_eq!((page.row.state, page.row.request, page.may_revoke), (InboundState::Reply, Some(post.number), true));
    let case = cases::page(app, desk, post.number).await.expect("a case");
    let said: Vec<_> =
        case.request.timeline.iter().filter(|entry| entry.kind.is_message()).map(|entry| entry.note.as_str()).collect();
    assert_eq!(said, ["Středa platí."]);
    // Somebody else who has the address, and somebody who has made one up.
    let theirs = post.address_of(&post.theirs).await;
    for (from, to) in [(&theirs, &parties.reply), (&parties.known, &sent::forged(&parties.reply))] {
        let id = post.arrive(&sent::to(to, from, "Re: Termín", &format!("Zrušte to. {from}"))).await;
        let page = mail_in::mail(app, desk, id, None, None).await.expect("a page");
        assert_eq!(page.row.reason, Some(WaitReason::ForeignRequest), "{from} {to}");
    }
    // A colleague answers by the same address: stopped is the address, whoever writes there.
    let capabilities = Capabilities::NONE.with(Capability::Order).with(Capability::SeeAll);
    let colleague = post.world.member(post.ours.customer, capabilities).await.member().expect("a member").id();
    let second = post.arrive(&answer(&format!("member{colleague}@example.com"), "Mně také.")).await;
    mail_in::revoke(app, desk, second).await.expect("stopped");
    mail_in::revoke(app, desk, second).await.expect("said twice");
    let page = mail_in::mail(app, desk, first, None, None).await.expect("a page");
    assert!(!page.may_revoke, "it is the same address");
    let late = post.arrive(&answer(&parties.known, "Ještě něco.")).await;
    let page = mail_in::mail(app, desk, late, None, None).await.expect("a page");
    assert_eq!(page.row.reason, Some(WaitReason::RevokedAddress));
    assert_eq!(post.messages(post.number).await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_too_large_or_too_much_waits_and_what_was_spoken_is_played(pool: PgPool) {
    let post = Post::new(pool).await;
    let (app, desk) = (&post.world.app, &post.desk);
    let parties = post.parties().await;
    let mut large = sent::plain(&parties.known, "Velký", "Nejde tisk stravenek.");
    large.resize(MAIL_BYTES_MAX + 1, b'x');
    assert_eq!(post.take(&large).await, TakenIn::TooLarge);
    jobs::run_due(app).await.expect("jobs");
    let kept = post.world.id("select max(length(content))::bigint from inbound_mail").await;
    assert!(kept < 1_000, "of {} bytes the head is kept: {kept}", large.len());
    assert_eq!(post.take(b"\0\xff nothing").await, TakenIn::Unreadable);
    let voice = post.arrive(&voices(2).remove(0).raw).await;
    let (kind, content) = mail_in::audio(app, desk, voice).await.expect("something spoken");
    assert_eq!((kind, content.as_slice()), (AudioKind::Wav, sent::WAV));
    let page = mail_in::mail(app, desk, voice, None, None).await.expect("a page");
    assert_eq!(
        (page.row.phone.as_str(), page.card.expect("a customer").customer),
        ("+420601234567", post.ours.customer)
    );
    // What is said in it is written down as what is said on the telephone, and the message is settled with it.
    let typed = TypedCall {
        member: Some(post.ours.boss.member().expect("a member").id()),
        program: Some(post.world.program),
        work_type: Some(post.world.repair),
        urgency: Some(Urgency::Normal),
        what_happened: "Nejde tisk stravenek.".into(),
        contact_name: "Růžena Malá".into(),
        contact_phone: "601 234 567".into(),
        voice: Some(voice),
        ..TypedCall::default()
    };
    let id = RequestId(app.random.uuid());
    let number = intake::write(app, desk, post.ours.customer, &typed, id).await.expect("written");
    let page = mail_in::mail(app, desk, voice, None, None).await.expect("a page");
    assert_eq!((page.row.state, page.row.request), (InboundState::Request, Some(number)));
    // A mail server of this machine is told of each recipient that the mail is kept.
    let path = std::env::temp_dir().join(format!("linka-lmtp-{}", app.random.uuid()));
    let (stop, stopped) = watch::channel(false);
    let lmtp = Lmtp::bind(&LmtpAddress::Unix(path.clone())).await.expect("a socket");
    assert!(Lmtp::bind(&LmtpAddress::Unix(path.clone())).await.is_err(), "somebody listens there");
    let serving = tokio::spawn(lmtp.serve(app.clone(), stopped));
    let mut mx = UnixStream::connect(&path).await.expect("an answer");
    let mail = sent::plain("nikdo@jinde.example", "Nejde tisk", "Od rána.");
    let before =
        b"LHLO mx\r\nMAIL FROM:<>\r\nRCPT TO:<linka@vendor.example>\r\nRCPT TO:<linka+x@vendor.example>\r\nDATA\r\n";
    mx.write_all(&[&before[..], &mail, b".\r\nQUIT\r\n"].concat()).await.expect("said");
    let mut said = String::new();
    mx.read_to_string(&mut said).await.expect("an answer");
    assert_eq!(said.matches("250 2.0.0 kept").count(), 2, "{said}");
    stop.send_replace(true);
    serving.await.expect("stopped");
    std::fs::remove_file(&path).expect("a socket");
    // Within an hour no more than so many are taken by themselves; the rest is kept, too.
    for place in 0..21 {
        post.take(&sent::plain(&parties.known, "Nejde tisk", &format!("Nejde tisk stravenek, tiskárna {place}.")))
            .await;
    }
    jobs::run_due(app).await.expect("jobs");
    let ends = post.ends().await;
    assert_eq!(ends[&(InboundState::Waiting, Some(WaitReason::TooMany))], 2, "{ends:?}");
    assert_eq!((ends[&(InboundState::Request, None)], ends[&(InboundState::Unreadable, None)]), (20, 1), "{ends:?}");
    // After a while what was read stays, and the bytes go.
    post.world.app.clock.advance(TimeDelta::days(91));
    mail_in::sweep(app).await.expect("swept");
    assert_eq!(
        post.world.id("select count(*) from inbound_mail where settled_at is not null and content is not null").await,
        0
    );
    assert!(
        post.world.id("select count(*) from inbound_mail where content is not null").await > 0,
        "what waits stays whole"
    );
}
