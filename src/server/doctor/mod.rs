//! Whether a deployment is as it should be, for whoever runs it: what is [found](probes) out, what that [means](Finding::verdict), and how it
//! is [said](Finding::words). Nothing is changed by looking.

pub mod probes;
mod words;

use chrono::NaiveDate;

use super::db::{fitness::FailedAssertion, schema::SchemaError, serving::LoginFault};
use crate::model::line::{
    backups,
    operating::{LedgerCheck, Waiting},
};

/// What a finding means for who runs the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is as it should be.
    Fine,
    /// It works, and something should be done.
    Warn,
    /// It does not work, or loses something some day.
    Fail,
}

impl Verdict {
    /// As it stands at the head of a line, and for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// What was found out about one thing.
#[derive(Debug)]
pub enum Finding {
    /// What is set: nothing that works and is not safe.
    Set,
    /// Something that is refused at a start, and why.
    Unsafe(String),
    /// The database does not answer.
    DatabaseAway(String),
    /// The portal does not run, and with it its private database.
    DatabaseStopped,
    /// The database keeps what is promised; its version.
    DatabaseFit(String),
    /// It does not.
    DatabaseUnfit(FailedAssertion),
    /// What is said to the database could be read, or answered by somebody else.
    DatabaseOpenToOthers,
    /// The portal's login may what it needs and no more.
    LoginFit,
    /// It may not, or may more.
    LoginUnfit(LoginFault),
    /// All migrations are applied.
    SchemaUpToDate,
    /// They are not.
    Schema(SchemaError),
    /// How far the database's clock is from ours, in milliseconds.
    ClocksApart(i64),
    /// Both know the same time zone.
    TimeZoneAgrees,
    /// A day that begins at another instant for the database than for us.
    TimeZoneDiffers(NaiveDate),
    /// When the account of minutes was checked, and what was found.
    Ledger(Option<LedgerCheck>),
    /// Jobs that are due, and how many were given up within the last week.
    Jobs(Waiting, i64),
    /// Mails that wait, and how many could not be sent.
    Mails(Waiting, i64),
    /// How old the last backup is, in seconds.
    Backup(Option<i64>),
    /// What is free where the data are.
    Disk {
        /// In megabytes.
        free_mb: u64,
        /// In percent of all.
        percent: u64,
    },
    /// No mail server is set.
    NoMailServer,
    /// The mail server answers.
    MailServer,
    /// It does not.
    MailServerAway(String),
    /// The mailbox from which mails are fetched is open to us.
    Mailbox,
    /// It is not.
    MailboxAway(String),
    /// Nobody pays by card.
    NoStripe,
    /// Stripe knows the key; whether real money moves.
    Stripe(bool),
    /// It does not.
    StripeRefuses(String),
    /// It is not set where people reach the portal.
    NoSite,
    /// The portal answers there.
    Site(String),
    /// Something else answers there.
    SiteIsAnothers(String, u16),
    /// Nothing does.
    SiteAway(String, String),
    /// In how many days the certificate of a server expires.
    Certificate(String, i64),
    /// The certificate of a server is not believed.
    CertificateRefused(String, String),
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// How far the clocks may be apart before something is said, in milliseconds.
const APART: i64 = 1_000;
/// From where on what is done in the database is done at another time.
const FAR_APART: i64 = 30_000;
/// How old the check of the account may be that is made each hour, in seconds.
const CHECK_AGE: i64 = 3 * HOUR;
/// For how long a job may be due that is done within seconds.
const JOB_AGE: i64 = 15 * MINUTE;
/// For how long a mail may wait, which may have to do with the other side.
const MAIL_AGE: i64 = HOUR;
/// What should be free.
const SCARCE_PERCENT: u64 = 15;
const SCARCE_MB: u64 = 2_048;
/// What has to be.
const LAST_MB: u64 = 512;
/// In how many days a certificate should be renewed: who does so by itself has done it by then.
const EXPIRES_SOON: i64 = 21;
/// In how many days it has to be.
const EXPIRES_NOW: i64 = 7;

impl Finding {
    /// What it is about, for programs; the same whatever was found.
    #[must_use]
    pub const fn subject(&self) -> &'static str {
        match self {
            Self::Set | Self::Unsafe(_) => "configuration",
            Self::DatabaseAway(_)
            | Self::DatabaseStopped
            | Self::DatabaseFit(_)
            | Self::DatabaseUnfit(_)
            | Self::DatabaseOpenToOthers => "database",
            Self::LoginFit | Self::LoginUnfit(_) => "roles",
            Self::SchemaUpToDate | Self::Schema(_) => "schema",
            Self::ClocksApart(_) => "clock",
            Self::TimeZoneAgrees | Self::TimeZoneDiffers(_) => "time_zone",
            Self::Ledger(_) => "ledger",
            Self::Jobs(..) => "jobs",
            Self::Mails(..) => "mails",
            Self::Backup(_) => "backup",
            Self::Disk { .. } => "disk",
            Self::NoMailServer | Self::MailServer | Self::MailServerAway(_) => "mail_server",
            Self::Mailbox | Self::MailboxAway(_) => "mailbox",
            Self::NoStripe | Self::Stripe(_) | Self::StripeRefuses(_) => "stripe",
            Self::NoSite | Self::Site(_) | Self::SiteIsAnothers(..) | Self::SiteAway(..) => "site",
            Self::Certificate(..) | Self::CertificateRefused(..) => "certificate",
        }
    }

    /// What it means.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Set
            | Self::DatabaseFit(_)
            | Self::LoginFit
            | Self::SchemaUpToDate
            | Self::TimeZoneAgrees
            | Self::MailServer
            | Self::Mailbox
            | Self::NoStripe
            | Self::Stripe(true)
            | Self::Site(_) => Verdict::Fine,
            Self::DatabaseOpenToOthers | Self::NoMailServer | Self::Stripe(false) | Self::NoSite => Verdict::Warn,
            Self::Unsafe(_)
            | Self::DatabaseAway(_)
            | Self::DatabaseStopped
            | Self::DatabaseUnfit(_)
            | Self::Schema(_)
            | Self::TimeZoneDiffers(_)
            | Self::MailServerAway(_)
            | Self::MailboxAway(_)
            | Self::StripeRefuses(_)
            | Self::SiteIsAnothers(..)
            | Self::SiteAway(..)
            | Self::CertificateRefused(..) => Verdict::Fail,
            Self::LoginUnfit(LoginFault::LacksRoles) => Verdict::Fail,
            Self::LoginUnfit(_) => Verdict::Warn,
            Self::ClocksApart(apart) => graded(apart.abs() > APART, apart.abs() > FAR_APART),
            Self::Ledger(check) => {
                let is_old = check.is_none_or(|check| check.age > CHECK_AGE);
                graded(is_old, check.is_some_and(|check| check.faults > 0))
            }
            Self::Jobs(due, given_up) => graded(is_older(*due, JOB_AGE) || *given_up > 0, false),
            Self::Mails(waiting, failed) => graded(is_older(*waiting, MAIL_AGE) || *failed > 0, false),
            Self::Backup(age) => graded(age.is_some_and(|age| age > backups::OLD.num_seconds()), age.is_none()),
            Self::Disk { free_mb, percent } => {
                graded(*percent < SCARCE_PERCENT || *free_mb < SCARCE_MB, *free_mb < LAST_MB)
            }
            Self::Certificate(_, days) => graded(*days < EXPIRES_SOON, *days < EXPIRES_NOW),
        }
    }
}

const fn graded(warns: bool, fails: bool) -> Verdict {
    match (warns, fails) {
        (_, true) => Verdict::Fail,
        (true, false) => Verdict::Warn,
        (false, false) => Verdict::Fine,
    }
}

fn is_older(waiting: Waiting, age: i64) -> bool {
    waiting.oldest.is_some_and(|oldest| oldest > age)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(oldest: Option<i64>) -> Waiting {
        Waiting { count: i64::from(oldest.is_some()), oldest }
    }

    #[test]
    fn each_threshold_counts_from_where_it_says() {
        let check = |age, faults| Finding::Ledger(Some(LedgerCheck { age, faults }));
        let disk = |free_mb, percent| Finding::Disk { free_mb, percent };
        let certificate = |days| Finding::Certificate("mail.example.com:465".to_owned(), days);
        for (fine, warns, fails) in [
            (Finding::ClocksApart(-1_000), Finding::ClocksApart(-1_001), Finding::ClocksApart(30_001)),
            (check(CHECK_AGE, 0), check(CHECK_AGE + 1, 0), check(0, 1)),
            (Finding::Backup(Some(49 * HOUR)), Finding::Backup(Some(49 * HOUR + 1)), Finding::Backup(None)),
            (disk(2_048, 15), disk(100_000, 14), disk(511, 90)),
            (certificate(21), certificate(20), certificate(-3)),
        ] {
            let verdicts = [fine, warns, fails].map(|finding| finding.verdict());
            assert_eq!(verdicts, [Verdict::Fine, Verdict::Warn, Verdict::Fail]);
        }
        assert_eq!(Finding::Ledger(None).verdict(), Verdict::Warn);
        assert_eq!(Finding::Jobs(waiting(Some(JOB_AGE)), 0).verdict(), Verdict::Fine);
        assert_eq!(Finding::Jobs(waiting(Some(JOB_AGE + 1)), 0).verdict(), Verdict::Warn);
        assert_eq!(Finding::Jobs(waiting(None), 1).verdict(), Verdict::Warn);
        assert_eq!(Finding::Mails(waiting(Some(MAIL_AGE)), 0).verdict(), Verdict::Fine);
        assert_eq!(Finding::Mails(waiting(None), 1).verdict(), Verdict::Warn);
        assert_eq!(Finding::LoginUnfit(LoginFault::LacksRoles).verdict(), Verdict::Fail);
        assert_eq!(Finding::LoginUnfit(LoginFault::Superuser).verdict(), Verdict::Warn);
    }
}
