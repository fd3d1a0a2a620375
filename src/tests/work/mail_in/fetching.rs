//! Mails fetched from a mailbox of Dovecot, which runs for this test only: by TLS, with the connection cut anywhere, and by several at once.

mod dovecot;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use linka::{
    model::work::mail_in::{InboundState, MAIL_BYTES_MAX, MailboxFailure, WaitReason},
    server::{
        app::App,
        db::MIGRATIONS,
        doctor::{Finding, probes},
        imap::ImapArgs,
        jobs,
        service::work::mail_in::{self, FetchFailed},
    },
};
use sqlx::PgPool;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use self::dovecot::Dovecot;
use super::{Post, sent};

impl Post {
    /// The line as a server has it that looks into a mailbox, some minutes later.
    fn looking(&self, mailbox: &ImapArgs) -> App {
        self.world.app.clock.advance(TimeDelta::minutes(6));
        App { imap: mailbox.mailbox().expect("a mailbox"), ..self.world.app.clone() }
    }

    async fn kept(&self) -> i64 {
        self.world.id("select count(*) from inbound_mail").await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_waits_in_a_mailbox_is_kept_and_then_moved_away(pool: PgPool) {
    let dovecot = Dovecot::start().await;
    let post = Post::new(pool).await;
    let parties = post.parties().await;
    let known = sent::plain(&parties.known, "Nejde tisk", "Nejde tisk stravenek.");
    let mut large = sent::plain(&parties.known, "Velká příloha", "Nejde tisk deníku.");
    large.resize(MAIL_BYTES_MAX + 1, b'x');
    dovecot.deliver(&known);
    dovecot.deliver(&large);

    let app = post.looking(&dovecot.by_tls());
    assert!(matches!(probes::mailbox(&app.imap).await, Some(Finding::Mailbox)), "nothing is taken by looking");
    mail_in::queue_fetch(&app).await.expect("queued");
    mail_in::queue_fetch(&app).await.expect("queued once");
    jobs::run_due(&app).await.expect("jobs");
    jobs::run_due(&app).await.expect("jobs");
    let ends = post.ends().await;
    assert_eq!(ends[&(InboundState::Request, None)], 1, "{ends:?}");
    assert_eq!(ends[&(InboundState::Waiting, Some(WaitReason::TooLarge))], 1, "{ends:?}");
    assert_eq!((dovecot.waiting(), dovecot.done()), (0, 2), "what is too large is whole there");

    // As if whoever fetched it had died before it was put away. Of two at the same moment one looks.
    dovecot.deliver(&known);
    let app = post.looking(&dovecot.by_tls());
    let (one, other) = tokio::join!(mail_in::fetch(&app), mail_in::fetch(&app));
    one.and(other).expect("fetched");
    assert_eq!((post.kept().await, dovecot.waiting()), (2, 0));
    assert_eq!(post.world.id("select sum(copies) from inbound_mail").await, 3, "fetched once more, and by one only");
    assert_eq!(post.world.id("select count(*) from service_request where source = 'email'").await, 1);

    // Who is not let in is told to the desk, and asks again after a while.
    let wrong = ImapArgs { imap_password: Some("jine".to_owned()), ..dovecot.plainly() };
    let app = post.looking(&wrong);
    let refused = mail_in::fetch(&app).await.expect_err("another password");
    assert!(matches!(&refused, FetchFailed::Imap(failed) if failed.failure == MailboxFailure::Refused), "{refused}");
    assert!(!refused.to_string().contains("jine"), "{refused}");
    mail_in::fetch(&app).await.expect("not asked again at once");
    let trouble = async || {
        let page = mail_in::page(&post.world.app, &post.desk, InboundState::Waiting, None).await.expect("a page");
        page.trouble.map(|trouble| trouble.failure)
    };
    assert_eq!(trouble().await, Some(MailboxFailure::Refused));
    // A process without a mailbox beside it says nothing of that; once nobody has looked for an hour, there is none that fails.
    mail_in::queue_fetch(&post.world.app).await.expect("nothing is queued");
    assert_eq!(trouble().await, Some(MailboxFailure::Refused));
    assert!(matches!(probes::mailbox(&app.imap).await, Some(Finding::MailboxAway(_))));
    let nowhere = ImapArgs { imap_folder: "Nikde".to_owned(), ..dovecot.plainly() };
    mail_in::fetch(&post.looking(&nowhere)).await.expect_err("no such folder");
    assert_eq!(trouble().await, Some(MailboxFailure::Folder));
    let stranger = ImapArgs { imap_ca: None, ..dovecot.by_tls() };
    mail_in::fetch(&post.looking(&stranger)).await.expect_err("a certificate that nobody knows");
    assert_eq!(trouble().await, Some(MailboxFailure::Unreachable));
    post.world.app.clock.advance(TimeDelta::minutes(66));
    mail_in::queue_fetch(&post.world.app).await.expect("nothing is queued");
    assert_eq!(trouble().await, None);
    mail_in::fetch(&post.looking(&nowhere)).await.expect_err("no such folder");
    assert_eq!(trouble().await, Some(MailboxFailure::Folder));
    mail_in::fetch(&post.looking(&dovecot.plainly())).await.expect("fetched");
    assert_eq!(trouble().await, None);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn wherever_a_connection_is_lost_no_mail_is(pool: PgPool) {
    let dovecot = Dovecot::start().await;
    let post = Post::new(pool).await;
    let cut = Cut::before(dovecot.port()).await;
    let by_cut = cut.mailbox(&dovecot);
    for place in 0..6 {
        dovecot.deliver(&sent::plain("nikdo@jinde.example", "Nejde tisk", &format!("Od rána, tiskárna {place}.")));
    }
    let mut lost = 0;
    // Through the greeting, the signing in, the search, the mails and the marks.
    for bytes in (40..2_400).step_by(170) {
        cut.after(bytes);
        lost += i32::from(mail_in::fetch(&post.looking(&by_cut)).await.is_err());
        assert!(
            dovecot.seen() <= usize::try_from(post.kept().await).expect("few"),
            "put away are those only that are kept"
        );
    }
    assert!(lost > 5, "{lost}");
    cut.after(usize::MAX);
    mail_in::fetch(&post.looking(&by_cut)).await.expect("fetched");
    let twice = post.world.id("select sum(copies) from inbound_mail").await;
    mail_in::fetch(&post.looking(&by_cut)).await.expect("fetched");
    assert_eq!(post.world.id("select sum(copies) from inbound_mail").await, twice, "what is marked is fetched no more");
    assert_eq!((post.kept().await, dovecot.seen(), dovecot.waiting()), (6, 6, 6), "each once, and marked where it was");
    jobs::run_due(&post.world.app).await.expect("jobs");
    assert_eq!(post.ends().await[&(InboundState::Waiting, Some(WaitReason::UnknownSender))], 6);
}

/// Stands before a mail server and cuts the connection after so many bytes of its answers.
struct Cut {
    port: u16,
    after: Arc<AtomicUsize>,
}

impl Cut {
    async fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let after = Arc::new(AtomicUsize::new(usize::MAX));
        let limit = after.clone();
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let Ok(mut server) = TcpStream::connect(("127.0.0.1", server)).await else { return };
                let mut left = limit.load(Ordering::SeqCst);
                tokio::spawn(async move {
                    let (mut asked, mut answered) = ([0; 4096], [0; 4096]);
                    while left > 0 {
                        let (to_client, read) = tokio::select! {
                            read = client.read(&mut asked) => (false, read),
                            read = server.read(&mut answered) => (true, read),
                        };
                        let Ok(read @ 1..) = read else { return };
                        let handed_on = if to_client {
                            let read = read.min(left);
                            left = left.saturating_sub(read);
                            client.write_all(&answered[..read]).await
                        } else {
                            server.write_all(&asked[..read]).await
                        };
                        if handed_on.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self { port, after }
    }

    fn after(&self, bytes: usize) {
        self.after.store(bytes, Ordering::SeqCst);
    }

    /// The mailbox behind it, in which mails are marked.
    fn mailbox(&self, dovecot: &Dovecot) -> ImapArgs {
        let imap = format!("imap://127.0.0.1:{}", self.port).parse().ok();
        ImapArgs { imap, imap_done: None, ..dovecot.plainly() }
    }
}
