//! How a process hears of what was written: by looking. A call of another process only says that it is worth it now.

use std::{convert::Infallible, time::Duration};

use tokio::time::sleep;

use super::Live;
use crate::server::db::{
    Db, DbError,
    ordering::live::{self, Calls},
};

/// How often a process looks by itself. What nobody calls for is told that much later: what commands and jobs write, and what a
/// process wrote that was killed before it could call.
const LOOK: Duration = Duration::from_secs(2);
/// What happens at once is looked for once.
const BREATH: Duration = Duration::from_millis(100);
/// How long a process that cannot listen waits before it tries again, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

impl Live {
    /// Tells open pages what the database says, until [`Live::stop`]. While the database is away it goes on trying; what was
    /// written meanwhile is told then.
    pub async fn follow(self, db: Db) {
        tokio::join!(self.look(&db), self.listen(&db));
    }

    async fn look(&self, db: &Db) {
        // The first look is nobody's news.
        let mut is_called = true;
        loop {
            match self.read(db).await {
                // Whoever was called calls nobody: the others were called, too.
                Ok(true) if !is_called => {
                    if let Err(error) = live::call(db).await {
                        tracing::debug!(%error, "other processes look later");
                    }
                }
                Ok(_) => {}
                Err(error) => tracing::debug!(%error, "open pages are told nothing"),
            }
            tokio::select! {
                biased;
                () = self.is_stopped() => return,
                () = sleep(BREATH) => {}
            }
            is_called = tokio::select! {
                biased;
                () = self.is_stopped() => return,
                () = self.0.called.notified() => true,
                () = self.0.written.notified() => false,
                () = sleep(LOOK) => false,
            };
        }
    }

    /// Whether there was anything new.
    async fn read(&self, db: &Db) -> Result<bool, DbError> {
        let position = self.known().position;
        let mut tx = db.system().await?;
        let news = live::since(&mut tx, position).await?;
        tx.commit().await?;
        Ok(self.take(news))
    }

    async fn listen(&self, db: &Db) {
        let mut pause = PAUSE.0;
        loop {
            let Err(error) = tokio::select! {
                biased;
                () = self.is_stopped() => return,
                failed = self.hear(db, &mut pause) => failed,
            };
            tracing::debug!(%error, "calls to look are not heard");
            tokio::select! {
                biased;
                () = self.is_stopped() => return,
                () = sleep(pause) => {}
            }
            pause = (pause * 2).min(PAUSE.1);
        }
    }

    async fn hear(&self, db: &Db, pause: &mut Duration) -> Result<Infallible, DbError> {
        let mut calls = Calls::listen(db).await?;
        *pause = PAUSE.0;
        loop {
            // What was called before anybody listened is looked for now.
            self.0.called.notify_one();
            calls.next().await?;
        }
    }
}
