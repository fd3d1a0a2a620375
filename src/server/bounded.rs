//! Work that takes a whole core: a few pieces of it at a time, and a queue that ends instead of growing.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Runs blocking work, a few pieces at a time.
#[derive(Debug, Clone)]
pub struct Bounded {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// Leave to work; it ends where this is dropped.
#[derive(Debug)]
pub struct Permit {
    _running: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

/// Why work was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    /// Too much of it waits already.
    #[error("too much waits already")]
    Full,
    /// The process is stopping, or the work has panicked.
    #[error("the work came to no end")]
    Stopped,
}

impl Bounded {
    /// * `at_once` – how many pieces are worked on at the same time
    /// * `waiting` – how many more may wait for that
    #[must_use]
    pub fn new(at_once: usize, waiting: usize) -> Self {
        Self { running: Arc::new(Semaphore::new(at_once)), admitted: Arc::new(Semaphore::new(at_once + waiting)) }
    }

    /// Waits for one's turn, in the order in which it was asked for.
    ///
    /// # Errors
    /// [`NotDone::Full`], at once, when as many wait as may.
    pub async fn permit(&self) -> Result<Permit, NotDone> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| NotDone::Full)?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| NotDone::Stopped)?;
        Ok(Permit { _running: running, _admitted: admitted })
    }

    /// Does work in its turn, apart from the threads that answer requests.
    ///
    /// # Errors
    /// As [`permit`](Self::permit).
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, NotDone> {
        let permit = self.permit().await?;
        // The permit goes with the work: whoever hangs up meanwhile does not make room for more of it.
        let work = move || {
            let _permit = permit;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| NotDone::Stopped)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounded, NotDone};

    #[tokio::test]
    async fn what_finds_the_queue_full_is_refused_at_once_and_the_rest_has_its_turn() {
        let bounded = Bounded::new(1, 1);
        let running = bounded.permit().await.unwrap();
        let waiting = tokio::spawn({
            let bounded = bounded.clone();
            async move { bounded.run(|| 7).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(bounded.run(|| 8).await, Err(NotDone::Full));
        drop(running);
        assert_eq!(waiting.await.unwrap(), Ok(7));
        assert_eq!(bounded.run(|| 8).await, Ok(8), "there is room again");
    }
}
