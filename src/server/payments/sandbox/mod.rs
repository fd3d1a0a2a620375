//! A stand-in for Stripe on loopback, for the demo and for tests: what our client asks for is done as Stripe would do it, with
//! checkout pages, payments, refunds, disputes, and signed messages about them – and no money moves.
//!
//! Everything it knows is in one [book](books::Books), which survives a restart in a file. It can be told to misbehave
//! ([`Faults`]): that is what it is for.

mod api;
mod books;
mod deliveries;
mod objects;
mod page;
mod params;

use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use self::books::Books;
pub use self::{
    books::{CardMode, DECLINED_LATER, Told},
    deliveries::Order,
};
use crate::server::{clock::Clock, random::Random};

/// The key of the sandbox's only account; no secret, as it guards nothing.
pub const KEY: &str = "sk_test_linka_sandbox";
/// With what the sandbox signs what it tells.
pub const SECRET: &str = "whsec_linka_sandbox";

/// How a sandbox is started.
#[derive(Debug, Clone)]
pub struct SandboxArgs {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Where its book is kept; none to forget everything at the end.
    pub file: Option<PathBuf>,
    /// Where it delivers what it tells.
    pub webhook: String,
    /// Its clock, the same as the portal's: signatures bear a time.
    pub clock: Clock,
    /// Its randomness.
    pub random: Random,
}

/// What goes wrong on purpose; counts go down with every request that they spoil.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// So many requests are answered with 500 before anything is done. Stripe keeps no such answer.
    pub fail: u32,
    /// So many requests under a key are answered with 500 before anything is done, which Stripe keeps under the key.
    pub fail_kept: u32,
    /// So many requests are done and yet answered with 500, which Stripe keeps under the request's key.
    pub fail_after: u32,
    /// So many requests are done, and their connection breaks before the answer.
    pub lose: u32,
    /// So many requests are done and never answered.
    pub hang: u32,
    /// What becomes of what is told.
    pub deliveries: DeliveryMode,
    /// Whether everything is told twice.
    pub twice: bool,
    /// What becomes of refunds.
    pub refunds: RefundMode,
}

/// What becomes of what is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// It is delivered at once, and again until it is taken.
    #[default]
    Send,
    /// It waits until it is [released](Sandbox::release).
    Hold,
    /// It is lost.
    Drop,
}

/// What becomes of refunds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundMode {
    /// The money goes back at once.
    #[default]
    Succeed,
    /// It is on its way.
    Pend,
    /// The bank refuses it later.
    Fail,
    /// It is refused at once.
    Refuse,
}

/// A request as it came, for whoever wants to check what our client sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The version of the API that the client speaks.
    pub version: String,
    /// The key under which it was asked.
    pub key: Option<String>,
    /// The parameters, as a form.
    pub form: String,
}

/// How many requests are remembered.
const REMEMBERED: usize = 500;

/// A running sandbox; cheap to clone.
#[derive(Debug, Clone)]
pub struct Sandbox(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    origin: String,
    file: Option<PathBuf>,
    clock: Clock,
    random: Random,
    webhook: Mutex<String>,
    books: Mutex<Books>,
    faults: Mutex<Faults>,
    asked: Mutex<Vec<Asked>>,
}

impl Sandbox {
    /// Starts it, with what its file remembers.
    ///
    /// # Errors
    /// When the address is taken or the file cannot be read.
    pub async fn start(args: SandboxArgs) -> io::Result<Self> {
        let mut books = match &args.file {
            Some(file) => Books::open(file)?,
            None => Books::default(),
        };
        let listener = listen(args.addr, books.addr).await?;
        let addr = listener.local_addr()?;
        let origin = format!("http://{addr}");
        books.addr = Some(addr);
        let sandbox = Self(Arc::new(Inner {
            origin,
            file: args.file,
            clock: args.clock,
            random: args.random,
            webhook: Mutex::new(args.webhook),
            books: Mutex::new(books),
            faults: Mutex::default(),
            asked: Mutex::default(),
        }));
        let service = api::routes(sandbox.clone()).merge(page::routes(sandbox.clone()));
        tokio::spawn(async move { axum::serve(listener, service).await });
        sandbox.deliver_what_waits();
        Ok(sandbox)
    }

    /// Where it is.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// Has it deliver to another address from now on.
    pub fn deliver_to(&self, webhook: &str) {
        webhook.clone_into(&mut lock(&self.0.webhook));
    }

    /// What goes wrong from now on.
    pub fn set_faults(&self, faults: Faults) {
        *lock(&self.0.faults) = faults;
    }

    /// What was asked lately, the oldest first.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.0.asked).clone()
    }

    fn remember(&self, asked: Asked) {
        let mut log = lock(&self.0.asked);
        if log.len() >= REMEMBERED {
            log.remove(0);
        }
        log.push(asked);
    }

    /// Changes the book, keeps it, and delivers what there is to tell about it.
    fn change<T>(&self, change: impl FnOnce(&mut Books, &books::Ink) -> T) -> T {
        let ink = books::Ink { now: self.0.clock.now().timestamp(), random: self.0.random, origin: &self.0.origin };
        let (outcome, told) = {
            let mut books = lock(&self.0.books);
            books.expire_sessions(&ink);
            let outcome = change(&mut books, &ink);
            let told = books.take_told();
            let faults = lock(&self.0.faults).clone();
            if faults.deliveries != DeliveryMode::Drop {
                let copies = if faults.twice { 2 } else { 1 };
                for told in &told {
                    books.outbox.extend(std::iter::repeat_n(told.clone(), copies));
                }
            }
            self.keep(&books);
            (outcome, told)
        };
        if !told.is_empty() && lock(&self.0.faults).deliveries == DeliveryMode::Send {
            self.deliver_what_waits();
        }
        outcome
    }

    fn keep(&self, books: &Books) {
        if let Some(file) = &self.0.file
            && let Err(error) = books.keep(file)
        {
            tracing::error!(%error, file = %file.display(), "the sandbox cannot keep its book");
        }
    }
}

/// Listens where it listened before, unless told otherwise: its pages are known by their address.
async fn listen(addr: SocketAddr, before: Option<SocketAddr>) -> io::Result<TcpListener> {
    if addr.port() == 0
        && let Some(before) = before.filter(|before| before.ip() == addr.ip())
        && let Ok(listener) = TcpListener::bind(before).await
    {
        return Ok(listener);
    }
    TcpListener::bind(addr).await
}

/// What goes wrong while a lock is held is a bug of the sandbox, and no reason for a second one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
