//! What every request needs: one value, cheap to clone, with no state of its own beyond the database's pool and what is shown
//! while that is away.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::{
    ares::Ares,
    auth::passwords::Passwords,
    certificates::Certificates,
    clock::Clock,
    config::ProxyHeader,
    db::Db,
    files::Files,
    imap::Imap,
    live::Live,
    mail::Mailer,
    metrics::Metrics,
    oidc::Oidc,
    payments::Payments,
    push::{Pusher, SmsGateway},
    random::Random,
    statements::Statements,
    teamviewer::Teamviewer,
    webhooks::Webhooks,
};
use crate::model::{
    base::calendar::BusinessCalendar,
    line::{embed::EmbedLine, notice::SiteNotice},
    money::pages::LinePage,
    work::lanes::DeskCounts,
};

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
    /// The mailbox from which mails to the line are fetched.
    pub imap: Imap,
    /// Looking into files that people send.
    pub files: Files,
    /// Sending of notifications.
    pub push: Pusher,
    /// Short messages to telephones.
    pub sms: SmsGateway,
    /// The public register of organisations.
    pub ares: Ares,
    /// Other providers by which people sign in.
    pub oidc: Oidc,
    /// Payments by card.
    pub payments: Payments,
    /// Statements of the bank that come by themselves.
    pub statements: Statements,
    /// Sessions and reports of connections.
    pub teamviewer: Teamviewer,
    /// Telling programs what happens.
    pub webhooks: Webhooks,
    /// What open pages are told.
    pub live: Live,
    /// What this process has counted.
    pub metrics: Metrics,
    /// The servers whose certificates are looked at.
    pub certificates: Certificates,
    /// What the public page last said.
    pub line: LastKnownLine,
    /// How it was started.
    pub settings: Arc<AppSettings>,
}

/// The notice that stands on all pages, if one does, and when it was read.
type ReadNotice = (DateTime<Utc>, Option<SiteNotice>);

/// How much waited at the desk, and when that was counted.
type ReadCounts = (DateTime<Utc>, DeskCounts);

/// What other sites are told, if anything, and when it was read.
pub type ReadEmbed = (DateTime<Utc>, Option<EmbedLine>);

/// What the public page last said, and the calendar by which it said whether somebody answers: for visitors who come while the
/// database is away. And what every page says beside its own. Each process has its own.
#[derive(Debug, Clone, Default)]
pub struct LastKnownLine {
    page: Arc<Mutex<Option<(LinePage, BusinessCalendar)>>>,
    notice: Arc<Mutex<Option<ReadNotice>>>,
    desk: Arc<Mutex<Option<ReadCounts>>>,
    embed: Arc<Mutex<Option<ReadEmbed>>>,
    reading_embed: Arc<tokio::sync::Mutex<()>>,
}

impl LastKnownLine {
    /// Keeps what is known now in place of what was.
    pub fn keep(&self, page: LinePage, calendar: BusinessCalendar) {
        *self.page.lock().unwrap_or_else(PoisonError::into_inner) = Some((page, calendar));
    }

    /// What was kept last.
    #[must_use]
    pub fn get(&self) -> Option<(LinePage, BusinessCalendar)> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the notice that was read or written at an instant.
    pub fn keep_notice(&self, read_at: DateTime<Utc>, notice: Option<SiteNotice>) {
        *self.notice.lock().unwrap_or_else(PoisonError::into_inner) = Some((read_at, notice));
    }

    /// The notice that was kept last, and when it was read.
    #[must_use]
    pub fn notice(&self) -> Option<ReadNotice> {
        self.notice.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps what other sites are told, and when it was read; none where it has to be read anew.
    pub fn keep_embed(&self, read: Option<ReadEmbed>) {
        *self.embed.lock().unwrap_or_else(PoisonError::into_inner) = read;
    }

    /// What other sites were told last, and when that was read.
    #[must_use]
    pub fn embed(&self) -> Option<ReadEmbed> {
        self.embed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Held by whoever reads it anew, so that one does for all.
    #[must_use]
    pub fn reading_embed(&self) -> &tokio::sync::Mutex<()> {
        &self.reading_embed
    }

    /// Keeps how much waited at the desk at an instant.
    pub fn keep_desk(&self, read_at: DateTime<Utc>, counts: DeskCounts) {
        *self.desk.lock().unwrap_or_else(PoisonError::into_inner) = Some((read_at, counts));
    }

    /// How much waited at the desk when that was last counted, and when that was.
    #[must_use]
    pub fn desk(&self) -> Option<ReadCounts> {
        *self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
    /// The only header in which that proxy says it; none where it is not known which it is.
    pub proxy_header: Option<ProxyHeader>,
}
