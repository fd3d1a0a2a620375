//! Whether the database is there, found out once for everybody who waits: while it is known to be away, nobody waits for a
//! connection in vain.

use std::{sync::Arc, time::Duration};

use sqlx::{ConnectOptions, Connection, postgres::PgConnectOptions};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

/// How long one waits for a connection before it is asked whether the database is there at all: a pool in use gives one back
/// within a few hundredths of a second.
const HESITATION: Duration = Duration::from_millis(500);

/// How long the database may take to answer that question. Generous, as one that is busy is not away.
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
    /// It did not answer, and is looked for.
    Away,
}

/// What this process knows of the database's presence.
#[derive(Debug, Clone)]
pub(super) struct Presence {
    options: Arc<PgConnectOptions>,
    known: watch::Sender<Known>,
}

impl Presence {
    pub fn new(options: Arc<PgConnectOptions>) -> Self {
        Self { options, known: watch::Sender::new(Known::Present) }
    }

    pub fn is_away(&self) -> bool {
        *self.known.borrow() == Known::Away
    }

    /// Resolves when the database is known to be away; for whoever has begun to wait for a connection. May be dropped at any
    /// time.
    pub async fn lost(&self) {
        let mut known = self.known.subscribe();
        while timeout(HESITATION, known.wait_for(|known| *known == Known::Away)).await.is_err() {
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
        while !self.answers().await {
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

    async fn answers(&self) -> bool {
        let asked = timeout(PROBE_PATIENCE, async {
            let mut connection = self.options.connect().await?;
            connection.ping().await?;
            connection.close().await
        });
        match asked.await {
            // One that has no room for another connection is there; one that is starting or stopping is not (class 57P).
            Ok(Err(sqlx::Error::Database(refusal))) => !refusal.code().is_some_and(|code| code.starts_with("57P")),
            Ok(outcome) => outcome.is_ok(),
            Err(_) => false,
        }
    }
}
