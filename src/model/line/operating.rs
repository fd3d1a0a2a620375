//! What whoever runs the portal watches: what waits, what failed, what was checked.

use serde::Deserialize;

/// What waits in the database and was found there, at one moment; the same for every process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatingFigures {
    /// The queue of jobs, by kind.
    pub jobs: Vec<JobsOfKind>,
    /// Mails that are to be sent.
    pub mails: Waiting,
    /// Mails that could not be sent.
    pub mails_failed: i64,
    /// What programs are to be told and were not yet, though it is time.
    pub webhooks: Waiting,
    /// Slots that are held for somebody.
    pub holds: i64,
    /// The last check of the account of minutes.
    pub ledger: Option<LedgerCheck>,
    /// The age of the last backup, in seconds.
    pub backup_age: Option<i64>,
    /// What the servers that we speak with by TLS have shown.
    pub certificates: Vec<CertificateSeen>,
}

/// How many of something wait, and for how long the oldest of them has, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// The age of the oldest.
    pub oldest: Option<i64>,
}

/// The jobs of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JobsOfKind {
    /// What the queue calls the kind.
    pub task: String,
    /// How many are due and not done.
    pub due: i64,
    /// For how long the oldest of them is due, in seconds.
    pub oldest_seconds: Option<i64>,
    /// How many have failed as often as they may, within the last week.
    pub given_up: i64,
}

/// A check of the account of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct LedgerCheck {
    /// How long ago it was, in seconds.
    pub age: i64,
    /// How many faults it has found; there should be none.
    pub faults: i64,
}

/// The certificate of a server that we speak with, as it was last looked at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CertificateSeen {
    /// The server, by its name and port.
    pub host: String,
    /// In how many seconds it expires; less than nothing when it has.
    pub expires_in: Option<i64>,
    /// Why it is not believed, if so.
    pub trouble: String,
}
