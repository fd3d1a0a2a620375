//! Findings in words, each in one line: what is so, and what to do where something is to be done.

use super::{FailedAssertion, Finding, LoginFault, SchemaError, Verdict};
use crate::ui::texts::{Locale, t};

/// Seconds in which ages are told.
const HOUR: i64 = 3_600;
const DAY: i64 = 24;

impl Finding {
    /// What it says to whoever runs the portal.
    #[must_use]
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Set => t!(locale => "doctor-set"),
            Self::Unsafe(why) => t!(locale => "doctor-unsafe", why = why.as_str()),
            Self::DatabaseAway(why) => t!(locale => "doctor-database-away", why = why.as_str()),
            Self::DatabaseStopped => t!(locale => "doctor-database-stopped"),
            Self::DatabaseFit(version) => t!(locale => "doctor-database", version = version.as_str()),
            Self::DatabaseUnfit(fault) => unfit(locale, fault),
            Self::DatabaseOpenToOthers => t!(locale => "doctor-database-open"),
            Self::LoginFit => t!(locale => "doctor-login"),
            Self::LoginUnfit(fault) => t!(locale => "doctor-login-unfit", fault = login_fault(*fault)),
            Self::SchemaUpToDate => t!(locale => "doctor-schema"),
            Self::Schema(fault) => schema(locale, fault),
            Self::ClocksApart(apart) => {
                self.graded(t!(locale => "doctor-clock", apart = *apart), || t!(locale => "doctor-clock-remedy"))
            }
            Self::TimeZoneAgrees => t!(locale => "doctor-time-zone"),
            Self::TimeZoneDiffers(day) => t!(locale => "doctor-time-zone-differs", day = day.to_string()),
            Self::Site(address) => t!(locale => "doctor-site", address = address.as_str()),
            Self::NoSite => t!(locale => "doctor-no-site"),
            Self::SiteIsAnothers(address, status) => {
                t!(locale => "doctor-site-anothers", address = address.as_str(), status = status.to_string())
            }
            Self::SiteAway(address, why) => {
                t!(locale => "doctor-site-away", address = address.as_str(), why = why.as_str())
            }
            Self::Ledger(_) | Self::Jobs(..) | Self::Mails(..) | Self::Backup(_) | Self::Disk { .. } => {
                self.kept(locale)
            }
            Self::NoMailServer
            | Self::MailServer
            | Self::MailServerAway(_)
            | Self::Mailbox
            | Self::MailboxAway(_)
            | Self::NoStripe
            | Self::Stripe(_)
            | Self::StripeRefuses(_)
            | Self::Certificate(..)
            | Self::CertificateRefused(..) => self.outside(locale),
        }
    }

    /// Of what the database and its disk hold.
    fn kept(&self, locale: Locale) -> String {
        match self {
            Self::Ledger(None) => t!(locale => "doctor-ledger-unchecked"),
            Self::Ledger(Some(check)) if check.faults > 0 => {
                t!(locale => "doctor-ledger-faults", faults = check.faults)
            }
            Self::Ledger(Some(check)) => self.graded(
                t!(locale => "doctor-ledger", hours = check.age / HOUR),
                || t!(locale => "doctor-ledger-remedy"),
            ),
            Self::Jobs(due, given_up) => {
                let says = t!(locale => "doctor-jobs", due = due.count, minutes = due.oldest.unwrap_or(0) / 60, given_up = *given_up);
                self.graded(says, || t!(locale => "doctor-jobs-remedy"))
            }
            Self::Mails(waiting, failed) => {
                let minutes = waiting.oldest.unwrap_or(0) / 60;
                let says = t!(locale => "doctor-mails", waiting = waiting.count, minutes = minutes, failed = *failed);
                self.graded(says, || t!(locale => "doctor-mails-remedy"))
            }
            Self::Backup(None) => t!(locale => "doctor-no-backup"),
            Self::Backup(Some(age)) => self.graded(
                t!(locale => "doctor-backup", days = age / HOUR / DAY),
                || t!(locale => "doctor-backup-remedy"),
            ),
            Self::Disk { free_mb, percent } => {
                let says = t!(locale => "doctor-disk", megabytes = *free_mb, percent = *percent);
                self.graded(says, || t!(locale => "doctor-disk-remedy"))
            }
            _ => String::new(),
        }
    }

    /// Of whom the portal speaks with.
    fn outside(&self, locale: Locale) -> String {
        match self {
            Self::NoMailServer => t!(locale => "doctor-no-mail-server"),
            Self::MailServer => t!(locale => "doctor-mail-server"),
            Self::MailServerAway(why) => t!(locale => "doctor-mail-server-away", why = why.as_str()),
            Self::Mailbox => t!(locale => "doctor-mailbox"),
            Self::MailboxAway(why) => t!(locale => "doctor-mailbox-away", why = why.as_str()),
            Self::NoStripe => t!(locale => "doctor-no-stripe"),
            Self::Stripe(true) => t!(locale => "doctor-stripe"),
            Self::Stripe(false) => t!(locale => "doctor-stripe-test"),
            Self::StripeRefuses(why) => t!(locale => "doctor-stripe-refuses", why = why.as_str()),
            Self::Certificate(host, days) => {
                let says = t!(locale => "doctor-certificate", host = host.as_str(), days = *days);
                self.graded(says, || t!(locale => "doctor-certificate-remedy"))
            }
            Self::CertificateRefused(host, why) => {
                t!(locale => "doctor-certificate-refused", host = host.as_str(), why = why.as_str())
            }
            _ => String::new(),
        }
    }

    /// What is so, and what to do unless it is fine.
    fn graded(&self, says: String, remedy: impl FnOnce() -> String) -> String {
        if self.verdict() == Verdict::Fine { says } else { format!("{says} {}", remedy()) }
    }
}

fn unfit(locale: Locale, fault: &FailedAssertion) -> String {
    match fault {
        FailedAssertion::Version(version) => {
            t!(locale => "doctor-unfit-version", version = version.as_str())
        }
        FailedAssertion::Primary => t!(locale => "doctor-unfit-primary"),
        FailedAssertion::Fsync => t!(locale => "doctor-unfit-fsync"),
        FailedAssertion::FullPageWrites => t!(locale => "doctor-unfit-full-page-writes"),
        FailedAssertion::SynchronousCommit => t!(locale => "doctor-unfit-synchronous-commit"),
        FailedAssertion::BtreeGist => t!(locale => "doctor-unfit-btree-gist"),
    }
}

/// As the catalogue calls it.
const fn login_fault(fault: LoginFault) -> &'static str {
    match fault {
        LoginFault::Superuser => "superuser",
        LoginFault::Attributes => "attributes",
        LoginFault::Inherits => "inherits",
        LoginFault::OtherRoles => "other_roles",
        LoginFault::Owns => "owns",
        LoginFault::Creates => "creates",
        LoginFault::LacksRoles => "lacks_roles",
    }
}

fn schema(locale: Locale, fault: &SchemaError) -> String {
    match fault {
        SchemaError::TooNew { needed, known } => {
            t!(locale => "doctor-schema-too-new", needed = needed.to_string(), known = known.to_string())
        }
        SchemaError::Behind(missing) => t!(locale => "doctor-schema-behind", missing = missing.to_string()),
        SchemaError::Unanswered(_) | SchemaError::Stuck(_) => {
            t!(locale => "doctor-schema-stuck", why = fault.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::line::operating::{LedgerCheck, Waiting};

    #[test]
    fn every_finding_says_in_one_line_of_both_languages_what_is_so_and_what_is_bad_what_to_do() {
        let waiting = Waiting { count: 3, oldest: Some(7_200) };
        let text = || "reason".to_owned();
        let findings = [
            Finding::Set,
            Finding::Unsafe("LINKA_HTTPS is missing".to_owned()),
            Finding::DatabaseAway(text()),
            Finding::DatabaseStopped,
            Finding::DatabaseFit("15.18".to_owned()),
            Finding::DatabaseUnfit(FailedAssertion::Version("14.1".to_owned())),
            Finding::DatabaseUnfit(FailedAssertion::Primary),
            Finding::DatabaseUnfit(FailedAssertion::Fsync),
            Finding::DatabaseUnfit(FailedAssertion::FullPageWrites),
            Finding::DatabaseUnfit(FailedAssertion::SynchronousCommit),
            Finding::DatabaseUnfit(FailedAssertion::BtreeGist),
            Finding::DatabaseOpenToOthers,
            Finding::LoginFit,
            Finding::LoginUnfit(LoginFault::Superuser),
            Finding::LoginUnfit(LoginFault::LacksRoles),
            Finding::SchemaUpToDate,
            Finding::Schema(SchemaError::Behind(275)),
            Finding::Schema(SchemaError::TooNew { needed: 300, known: 275 }),
            Finding::ClocksApart(40_000),
            Finding::TimeZoneAgrees,
            Finding::TimeZoneDiffers(NaiveDate::MIN),
            Finding::Ledger(None),
            Finding::Ledger(Some(LedgerCheck { age: 0, faults: 0 })),
            Finding::Ledger(Some(LedgerCheck { age: 0, faults: 2 })),
            Finding::Ledger(Some(LedgerCheck { age: 90_000, faults: 0 })),
            Finding::Jobs(waiting, 1),
            Finding::Mails(waiting, 1),
            Finding::Backup(None),
            Finding::Backup(Some(400_000)),
            Finding::Disk { free_mb: 100, percent: 1 },
            Finding::NoMailServer,
            Finding::MailServer,
            Finding::MailServerAway(text()),
            Finding::Mailbox,
            Finding::MailboxAway(text()),
            Finding::NoStripe,
            Finding::Stripe(true),
            Finding::Stripe(false),
            Finding::StripeRefuses(text()),
            Finding::NoSite,
            Finding::Site(text()),
            Finding::SiteIsAnothers(text(), 404),
            Finding::SiteAway(text(), text()),
            Finding::Certificate("mail.example.com:465".to_owned(), 3),
            Finding::CertificateRefused("mail.example.com:465".to_owned(), text()),
        ];
        for locale in Locale::ALL {
            for finding in &findings {
                let words = finding.words(locale);
                assert!(words.len() > 10 && words.lines().count() == 1, "{finding:?}: {words}");
                let sentences = words.matches(['.', ':', ';']).count();
                assert!(finding.verdict() == Verdict::Fine || sentences > 1, "{finding:?} says what to do: {words}");
            }
        }
        assert_ne!(Finding::Set.words(Locale::Cs), Finding::Set.words(Locale::En));
    }
}
