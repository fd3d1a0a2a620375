//! What stands outside of the portal: a mail server that takes mails and remembers them, the payment site, and their bad hours.

use std::sync::Arc;

use super::super::{
    app::{App, AppSettings, LastKnownLine},
    ares::Ares,
    auth::passwords::Passwords,
    certificates::Certificates,
    clock::Clock,
    db::Db,
    files::Files,
    imap::Imap,
    live::Live,
    mail::{Mailer, Transport},
    metrics::Metrics,
    oidc::Oidc,
    payments::{
        Payments,
        sandbox::{DeliveryMode, Faults, Sandbox, SandboxArgs},
    },
    push::{Pusher, SmsGateway},
    random::Random,
    reach::{Lookup, Reach},
    statements::Statements,
    teamviewer::Teamviewer,
    webhooks::{self, Webhooks},
};
use post::Post;

mod post;

/// Where the portal is said to be.
const SITE: &str = "https://linka.example.com";

/// The mail server and the payment site, both of which listen on this machine.
pub(super) struct Outside {
    pub post: Post,
    pub cards: Sandbox,
    /// How many requests the payment site still spoils.
    cards_fail: bool,
    /// How much of what the payment site tells has been handed over.
    pub told: usize,
}

impl Outside {
    /// Both, in a good hour.
    pub async fn open(clock: &Clock, random: Random) -> anyhow::Result<Self> {
        let args = SandboxArgs {
            addr: ([127, 0, 0, 1], 0).into(),
            file: None,
            webhook: SITE.to_owned(),
            clock: clock.clone(),
            random,
        };
        let cards = Sandbox::start(args).await?;
        let outside = Self { post: Post::open().await?, cards, cards_fail: false, told: 0 };
        outside.set_faults();
        Ok(outside)
    }

    /// The application that speaks with both.
    pub fn app(&self, db: Db, clock: Clock, random: Random) -> anyhow::Result<App> {
        let transport = Transport::smtp(&format!("smtp://{}", self.post.addr()))?;
        let mail = Mailer::new(transport, "Linka <linka@linka.example>".parse()?, SITE);
        let payments = Payments::sandbox(self.cards.origin(), SITE)?;
        Ok(App { mail, payments, ..Self::none(db, clock, random)? })
    }

    /// An application that speaks with nobody.
    pub fn none(db: Db, clock: Clock, random: Random) -> anyhow::Result<App> {
        Ok(App {
            db,
            clock,
            random,
            passwords: Passwords::default(),
            mail: Mailer::new(Transport::None, "Linka <linka@linka.example>".parse()?, SITE),
            imap: Imap::default(),
            files: Files::new(None),
            push: Pusher::new(Reach::Public)?,
            sms: SmsGateway::default(),
            ares: Ares::default(),
            oidc: Oidc::default(),
            payments: Payments::off(),
            statements: Statements::default(),
            teamviewer: Teamviewer::default(),
            webhooks: Webhooks::new(Reach::Public, Lookup::System, webhooks::PATIENCE)?,
            live: Live::default(),
            metrics: Metrics::default(),
            certificates: Certificates::default(),
            line: LastKnownLine::default(),
            settings: Arc::new(AppSettings::default()),
        })
    }

    /// From now on the payment site answers every request with an error, or none.
    pub fn cards_fail(&mut self, fail: bool) {
        self.cards_fail = fail;
        self.set_faults();
    }

    /// Whether the payment site is in trouble.
    pub fn do_cards_fail(&self) -> bool {
        self.cards_fail
    }

    fn set_faults(&self) {
        let fail = if self.cards_fail { u32::MAX } else { 0 };
        // It is handed over what is told when its turn comes, not when the network likes.
        self.cards.set_faults(Faults { fail, deliveries: DeliveryMode::Hold, ..Faults::default() });
    }
}
