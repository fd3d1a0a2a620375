//! Whether the database is there, found out once for everybody who waits: while it is known to be away, nobody waits for a
//! connection in vain.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, Executor, postgres::PgConnectOptions};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::standby::REFUSE_STANDBY;

/// How long one waits for a connection before it is asked whether the database is there at all: a pool in use gives one back
/// within a few hundredths of a second.
const HESITATION: Duration = Duration::from_millis(500);

/// How long the question may stay unanswered, while nobody else here is answered anything either, before those who wait are
/// refused: so nobody waits longer than a second for a database that only stands still. One that answers anybody is slow, and
/// is waited for.
const SILENCE: Duration = Duration::from_millis(500);

/// How long the database may take to answer before it is called away. Generous, as one that is busy is not away.
const PROBE_PATIENCE: Duration = Duration::from_secs(3);

/// How often a database that is away is looked for.
const SEARCH: Duration = Duration::from_millis(250);

/// How long an answer is believed, however many wait: a busy pool is not made busier by questions.
const BELIEVED: Duration = Duration::from_secs(1);

/// What is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It answered when it was last asked.
    Present,
    /// It is being asked, or has just answered.
    Doubted,
    /// It is being asked and has been silent for a while, to everybody.
    Silent,
    /// It did not answer, and is looked for.
    Away,
}

impl Known {
    /// Whether there is no sense in waiting for a connection.
    const fn is_lost(self) -> bool {
        matches!(self, Self::Silent | Self::Away)
    }
}

/// What this process knows of the database's presence.
#[derive(Debug, Clone)]
pub(super) struct Presence {
    options: Arc<PgConnectOptions>,
    known: watch::Sender<Known>,
    /// How often somebody here has got an answer: a sign of life.
    answers: Arc<AtomicU64>,
}

impl Presence {
    pub fn new(options: Arc<PgConnectOptions>) -> Self {
        Self { options, known: watch::Sender::new(Known::Present), answers: Arc::default() }
    }

    /// Whether there is no sense in waiting for a connection.
    pub fn is_lost(&self) -> bool {
        self.known.borrow().is_lost()
    }

    /// Somebody has got an answer from the database.
    pub fn has_answered(&self) {
        self.answers.fetch_add(1, Ordering::Relaxed);
    }

    /// Resolves when the database is known to be silent or away; for whoever has begun to wait for a connection. May be dropped at any
    /// time.
    pub async fn lost(&self) {
        let mut known = self.known.subscribe();
        while timeout(HESITATION, known.wait_for(|known| known.is_lost())).await.is_err() {
            self.doubt();
        }
    }

    /// Somebody could not reach the database: has it asked, unless it is being asked.
    pub fn doubt(&self) {
        let is_new = self.known.send_if_modified(|known| {
            let is_new = *known == Known::Present;
            if is_new {
                *known = Known::Doubted;
            }
            is_new
        });
        if is_new {
            tokio::spawn(self.clone().look());
        }
    }

    /// Asks until the database answers.
    async fn look(self) {
        while !self.is_found().await {
            if self.known.send_replace(Known::Away) != Known::Away {
                tracing::error!("the database is away: requests are refused until it answers");
            }
            sleep(SEARCH).await;
        }
        if self.known.send_replace(Known::Doubted) == Known::Away {
            tracing::warn!("the database answers again");
        }
        sleep(BELIEVED).await;
        self.known.send_replace(Known::Present);
    }

    /// Whether the database answers in time. When it is silent for a while, that is known before the time is over.
    async fn is_found(&self) -> bool {
        let others = self.answers.load(Ordering::Relaxed);
        let mut answer = pin!(self.answer());
        if let Ok(answer) = timeout(SILENCE, &mut answer).await {
            return answer;
        }
        if self.answers.load(Ordering::Relaxed) == others {
            self.known.send_if_modified(|known| {
                let is_news = *known == Known::Doubted;
                if is_news {
                    *known = Known::Silent;
                }
                is_news
            });
        }
        answer.await
    }

    async fn answer(&self) -> bool {
        let asked = timeout(PROBE_PATIENCE, async {
            let mut connection = self.options.connect().await?;
            // Of a standby alone nothing can be had.
            connection.execute(REFUSE_STANDBY).await?;
            connection.close().await
        });
        match asked.await {
            // One that has no room for another connection is there; one that is starting or stopping is not (class 57P), nor is one to which
            // a pooler finds no way (class 08).
            Ok(Err(sqlx::Error::Database(refusal))) => {
                !refusal.code().is_some_and(|code| code.starts_with("57P") || code.starts_with("08"))
            }
            Ok(outcome) => outcome.is_ok(),
            Err(_) => false,
        }
    }
}
