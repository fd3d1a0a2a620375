//! Passwords: argon2id with m = 19 MiB, t = 2, p = 1 (design, Passwords; OWASP's password storage recommendation).

use std::sync::{Arc, LazyLock};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::model::problem::Problem;

/// How many are hashed at once in one process: each takes 19 MiB and a whole core.
const AT_ONCE: usize = 2;

/// The hash that is checked when an address is not known, so that the answer takes as long as for one that is.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

/// Hashes and checks passwords, a few at a time.
#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// Whether `password` is the one behind `stored`; without a stored one it takes as long and says no.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] when the server is shutting down.
    pub async fn verify(&self, stored: Option<String>, password: String) -> Result<bool, Problem> {
        self.run(move || {
            let known = stored.is_some();
            // Made at the first sign-in of all, whoever it is.
            let nobody = NOBODY.clone();
            let Some(hash) = stored.or(nobody) else {
                return false;
            };
            let matches = PasswordHash::new(&hash)
                .is_ok_and(|hash| argon2().is_ok_and(|a| a.verify_password(password.as_bytes(), &hash).is_ok()));
            known && matches
        })
        .await
    }

    /// The hash to store.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] when it cannot be made.
    pub async fn hash(&self, password: String) -> Result<String, Problem> {
        self.run(move || hash_now(&password)).await?.map_err(|_| Problem::Unavailable)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Problem::Unavailable)?;
        // The permit goes with the work: whoever hangs up meanwhile does not make room for more of it.
        let work = move || {
            let _permit = permit;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Problem::Unavailable)
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None)?))
}

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    let argon2 = argon2().map_err(|_| argon2::password_hash::Error::Crypto)?;
    let hash: PasswordHash = argon2.hash_password(password.as_bytes())?;
    Ok(hash.to_string())
}
