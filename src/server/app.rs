//! What every request needs: one value, cheap to clone, with no state of its own beyond the database's pool.

use std::sync::Arc;

use super::{auth::passwords::Passwords, clock::Clock, db::Db, mail::Mailer, payments::Payments, random::Random};

/// The application.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
    /// Hashing and checking of passwords, bounded.
    pub passwords: Passwords,
    /// Laying out and sending of mails.
    pub mail: Mailer,
    /// Payments by card.
    pub payments: Payments,
    /// How it was started.
    pub settings: Arc<AppSettings>,
}

/// How the application was started, as far as requests care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AppSettings {
    /// Whether browsers reach it by https: decides about the cookie's name and its `Secure`.
    pub https: bool,
    /// Whether demo data are loaded: the gallery and the hints at the sign-in exist.
    pub demo: bool,
    /// Whether the address of a client is told by `X-Forwarded-For` of a trusted proxy.
    pub behind_proxy: bool,
}
