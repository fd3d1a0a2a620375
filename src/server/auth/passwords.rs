//! Passwords: argon2id with m = 19 MiB, t = 2, p = 1 (design, Passwords; OWASP's password storage recommendation).

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use crate::{
    model::problem::Problem,
    server::bounded::{Bounded, NotDone},
};

/// How many are hashed at once in one process: each takes 19 MiB and a whole core.
const AT_ONCE: usize = 2;
/// How many may wait for that: some two seconds of work. Whoever comes then is asked to come again.
const WAITING: usize = 60;
/// When to come again, in seconds.
const COME_AGAIN_S: u32 = 5;

/// The hash that is checked when an address is not known, so that the answer takes as long as for one that is.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

/// Hashes and checks passwords, a few at a time.
#[derive(Debug, Clone)]
pub struct Passwords {
    hashing: Bounded,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::bounded(AT_ONCE, WAITING)
    }
}

impl Passwords {
    /// * `at_once` – how many are hashed at the same time
    /// * `waiting` – how many more may wait for that
    #[must_use]
    pub fn bounded(at_once: usize, waiting: usize) -> Self {
        Self { hashing: Bounded::new(at_once, waiting) }
    }

    /// Whether `password` is the one behind `stored`; without a stored one it takes as long and says no.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many wait for it, [`Problem::Unavailable`] when the server is shutting down.
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
    /// As [`verify`](Self::verify), and [`Problem::Unavailable`] when it cannot be made.
    pub async fn hash(&self, password: String) -> Result<String, Problem> {
        self.run(move || hash_now(&password)).await?.map_err(|_| Problem::Unavailable)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        self.hashing.run(work).await.map_err(|not_done| match not_done {
            NotDone::Full => Problem::Busy { retry_after_s: COME_AGAIN_S },
            NotDone::Stopped => Problem::Unavailable,
        })
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

#[cfg(test)]
mod tests {
    use super::Passwords;

    #[tokio::test]
    async fn a_password_is_hashed_as_it_was_typed_and_as_slowly_as_we_say() {
        let passwords = Passwords::default();
        let typed = " Žluťoučký kůň, 1 ";
        let stored = passwords.hash(typed.to_owned()).await.expect("a hash");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_ne!(passwords.hash(typed.to_owned()).await.expect("a hash"), stored, "each has a salt of its own");
        let is_it = async |password: &str| passwords.verify(Some(stored.clone()), password.to_owned()).await;
        assert_eq!(is_it(typed).await, Ok(true));
        for other in [typed.trim(), &typed.to_lowercase(), &typed.replace('ů', "u"), &typed[..typed.len() - 1]] {
            assert_eq!(is_it(other).await, Ok(false), "{other:?}");
        }
        assert_eq!(passwords.verify(None, typed.to_owned()).await, Ok(false));
    }
}
