//! IMAP (RFC 3501): fetches mails from a mailbox, where no mail server hands them over.
//!
//! async-imap speaks it, over the TLS of the tree. Nothing is marked or moved before whoever asks has kept it: where the connection is lost,
//! what was not put away is found by the next visit. One mail at a time is in memory.

mod args;

use std::{fmt, io, sync::Arc, time::Duration};

use async_imap::{Client, Session, error::Error, types::Fetch};
use futures::TryStreamExt;
use rustls::pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

pub use self::args::{ImapArgs, ImapServer};
use crate::model::{
    base::text::one_line,
    work::mail_in::{MAIL_BYTES_MAX, MailboxFailure, shortened},
};

/// How long an answer is waited for: a mail is one.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most mails of a visit; the next one goes on.
const MOST_AT_ONCE: usize = 100;
/// How much of the head of a mail is fetched that is too large.
const HEAD_MAX: usize = 64 * 1024;
/// The most characters of what the mail server says that are logged.
const SAID_MAX: usize = 200;

/// A mailbox from which mails are fetched; none unless it is set up.
#[derive(Clone, Default)]
pub struct Imap {
    account: Option<Arc<Account>>,
}

struct Account {
    server: ImapServer,
    user: String,
    password: String,
    folder: String,
    done: Option<String>,
    tls: Option<TlsConnector>,
}

impl fmt::Debug for Imap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Imap").field("server", &self.account.as_ref().map(|account| &account.server)).finish()
    }
}

/// Why a mailbox could not be read. What it says never holds the password or anything of a mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{said}")]
pub struct ImapFailed {
    /// What the desk is told that it is.
    pub failure: MailboxFailure,
    said: String,
}

impl ImapFailed {
    fn new(failure: MailboxFailure, said: &str) -> Self {
        Self { failure, said: shortened(&one_line(said), SAID_MAX) }
    }

    /// * `refused` – what it means that the mail server says no
    fn of(error: &Error, refused: MailboxFailure) -> Self {
        match error {
            Error::No(said) | Error::Bad(said) => Self::new(refused, said),
            // What cannot be read is quoted whole.
            Error::Io(error) if error.kind() == io::ErrorKind::Other => {
                Self::new(MailboxFailure::Broken, "an answer that cannot be read")
            }
            Error::Io(error) => Self::new(MailboxFailure::Unreachable, &error.to_string()),
            Error::ConnectionLost => Self::new(MailboxFailure::Unreachable, "the connection is lost"),
            _ => Self::new(MailboxFailure::Broken, "an answer that makes no sense"),
        }
    }
}

impl Imap {
    /// Whether there is one.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.account.is_some()
    }

    /// Opens it; nothing where there is none.
    ///
    /// # Errors
    /// When the mail server cannot be reached, or refuses.
    pub async fn open(&self) -> Result<Option<Visit>, ImapFailed> {
        match &self.account {
            Some(account) => Visit::begin(account).await.map(Some),
            None => Ok(None),
        }
    }
}

/// What a conversation goes through.
trait Line: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug> Line for T {}

/// Lets a step take its time, and no longer.
async fn in_time<T>(step: impl Future<Output = Result<T, Error>>, refused: MailboxFailure) -> Result<T, ImapFailed> {
    match timeout(PATIENCE, step).await {
        Ok(outcome) => outcome.map_err(|error| ImapFailed::of(&error, refused)),
        Err(_) => Err(ImapFailed::new(MailboxFailure::Unreachable, "it does not answer in time")),
    }
}

async fn connect(account: &Account) -> Result<Box<dyn Line>, Error> {
    let ImapServer { host, port, .. } = &account.server;
    let stream = TcpStream::connect((host.as_str(), *port)).await?;
    let Some(tls) = &account.tls else { return Ok(Box::new(stream)) };
    let name = ServerName::try_from(host.clone()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    Ok(Box::new(tls.connect(name, stream).await?))
}

/// An open mailbox.
#[derive(Debug)]
pub struct Visit {
    session: Session<Box<dyn Line>>,
    /// Where what was fetched goes; without it, it is marked as read.
    done: Option<String>,
    can_move: bool,
    can_expunge: bool,
}

/// A mail as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedMail {
    /// It, or its head where it is too large.
    pub raw: Vec<u8>,
    /// How long it is in all.
    pub bytes: u64,
}

impl Visit {
    async fn begin(account: &Account) -> Result<Self, ImapFailed> {
        let stream = in_time(connect(account), MailboxFailure::Unreachable).await?;
        let mut client = Client::new(stream);
        let greeting = async { client.read_response().await?.ok_or(Error::ConnectionLost) };
        in_time(greeting, MailboxFailure::Refused).await?;
        let signed_in = async { client.login(&account.user, &account.password).await.map_err(|(error, _)| error) };
        let mut session = in_time(signed_in, MailboxFailure::Refused).await?;
        let able = in_time(session.capabilities(), MailboxFailure::Broken).await?;
        in_time(session.select(&account.folder), MailboxFailure::Folder).await?;
        let (can_move, can_expunge) = (able.has_str("MOVE"), able.has_str("UIDPLUS"));
        Ok(Self { session, done: account.done.clone(), can_move, can_expunge })
    }

    /// The mails that wait there, the oldest first; of many, the first.
    ///
    /// # Errors
    /// When the mail server does not say.
    pub async fn waiting(&mut self) -> Result<Vec<u32>, ImapFailed> {
        let asked = if self.done.is_some() { "UNDELETED" } else { "UNSEEN UNDELETED" };
        let found = in_time(self.session.uid_search(asked), MailboxFailure::Broken).await?;
        let mut mails: Vec<u32> = found.into_iter().collect();
        mails.sort_unstable();
        mails.truncate(MOST_AT_ONCE);
        Ok(mails)
    }

    /// One of them as it is, or its head where it is larger than a mail that is kept; none where it is there no more. It stays unread.
    ///
    /// # Errors
    /// When the connection is lost, or the mail server refuses.
    pub async fn read(&mut self, mail: u32) -> Result<Option<FetchedMail>, ImapFailed> {
        let Some(said) = self.fetch(mail, "(UID RFC822.SIZE)", |fetched| fetched.size).await? else { return Ok(None) };
        let is_kept_whole = usize::try_from(said).is_ok_and(|bytes| bytes <= MAIL_BYTES_MAX);
        let raw = if is_kept_whole {
            self.fetch(mail, "(UID BODY.PEEK[])", |fetched| fetched.body().map(<[u8]>::to_vec)).await?
        } else {
            let head = format!("(UID BODY.PEEK[HEADER]<0.{HEAD_MAX}>)");
            self.fetch(mail, &head, |fetched| fetched.header().map(<[u8]>::to_vec)).await?
        };
        // Some mail servers say how large it is in their own files.
        Ok(raw.map(|raw| FetchedMail { bytes: u64::from(said).max(u64::try_from(raw.len()).unwrap_or(u64::MAX)), raw }))
    }

    async fn fetch<T>(
        &mut self,
        mail: u32,
        what: &str,
        of: impl Fn(&Fetch) -> Option<T>,
    ) -> Result<Option<T>, ImapFailed> {
        let fetched = async {
            let fetched: Vec<Fetch> = self.session.uid_fetch(mail.to_string(), what).await?.try_collect().await?;
            // Mail servers tell of others in between.
            Ok::<_, Error>(fetched.iter().filter(|fetched| fetched.uid == Some(mail)).find_map(&of))
        };
        in_time(fetched, MailboxFailure::Broken).await
    }

    /// Puts one that is kept away: into the folder for them, which is made if need be, or marked as read.
    ///
    /// # Errors
    /// When the connection is lost, or the mail server refuses.
    pub async fn put_away(&mut self, mail: u32) -> Result<(), ImapFailed> {
        let put = in_time(self.put(mail), MailboxFailure::Folder).await;
        match (put, self.done.clone()) {
            (Err(refused), Some(folder)) if refused.failure == MailboxFailure::Folder => {
                in_time(self.session.create(&folder), MailboxFailure::Folder).await.map_err(|_| refused)?;
                in_time(self.put(mail), MailboxFailure::Folder).await
            }
            (put, _) => put,
        }
    }

    async fn put(&mut self, mail: u32) -> Result<(), Error> {
        let uid = mail.to_string();
        let Some(folder) = &self.done else {
            return self.session.run_command_and_check_ok(format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)")).await;
        };
        if self.can_move {
            return self.session.uid_mv(&uid, folder).await;
        }
        // Whoever dies between the two leaves it in both, which harms nobody.
        self.session.uid_copy(&uid, folder).await?;
        let gone = format!("UID STORE {uid} +FLAGS.SILENT (\\Seen \\Deleted)");
        self.session.run_command_and_check_ok(gone).await?;
        if self.can_expunge {
            self.session.run_command_and_check_ok(format!("UID EXPUNGE {uid}")).await?;
        }
        Ok(())
    }

    /// Says goodbye. Where the connection was lost over a question, the answer looked as if there were nothing more: this tells.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn close(mut self) -> Result<(), ImapFailed> {
        in_time(self.session.noop(), MailboxFailure::Broken).await?;
        // Nothing depends on the answer.
        let _ = in_time(self.session.logout(), MailboxFailure::Broken).await;
        Ok(())
    }
}
