//! How the portal is served: its arguments, and what of them is refused before anything starts.

use std::{env, io, net::SocketAddr, path::PathBuf, str::FromStr};

use chrono::{DateTime, FixedOffset};
use clap::{Args, ValueEnum};

use super::{DatabaseArgs, parse_site};
use crate::{
    model::base::fields::keep_email,
    server::{files::ScannerAddress, imap::ImapArgs, mail::Mailbox, statements::fio, teamviewer},
};

/// How to serve.
#[derive(Debug, Args)]
#[command(after_help = "\
Environment variables beside these:
  LINKA_LOG           what is logged, e.g. info,sqlx=warn for serve with a line for each request; without it serve leaves those
                      lines out, and the others log what is a warning
  LINKA_POSTGRES_BIN  where the private database's programs are [default: the newest found]

What is shown as [env: NAME] without its value is a secret. It may stand in a file instead: in the one that the variable NAME with
_FILE at its end names, or in the credential NAME of systemd (LoadCredential=NAME:/path).")]
pub struct ServeArgs {
    /// Which database.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Serve as a role of the database that may more than requests need, as the owner of the schema does; else such a start is refused,
    /// but for a demo's.
    #[arg(long, env = "LINKA_SERVE_AS_OWNER")]
    pub serve_as_owner: bool,
    /// As which account of the system to go on when root starts the portal; root: as root [default: the private database's account, and
    /// linka with DATABASE_URL; a demo that only this machine reaches stays root's].
    #[arg(long, env = "LINKA_ACCOUNT")]
    pub account: Option<String>,
    /// The address to listen on.
    #[arg(long, env = "LINKA_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Browsers reach the portal by https, through a proxy that speaks it: cookies become `__Host-` and `Secure`.
    #[arg(long, env = "LINKA_HTTPS")]
    pub https: bool,
    /// A trusted proxy stands before the portal and appends the client's address to X-Forwarded-For or Forwarded.
    #[arg(long, env = "LINKA_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Which of them that proxy writes; without it both are looked at, and where they differ neither is believed.
    #[arg(long, env = "LINKA_PROXY_HEADER", requires = "behind_proxy")]
    pub proxy_header: Option<ProxyHeader>,
    /// The most connections of browsers, programs and proxies at a time; who comes then waits [default: 4096, and never more than this
    /// process may open files].
    #[arg(long, env = "LINKA_CONNECTIONS", value_parser = clap::value_parser!(u16).range(1..))]
    pub connections: Option<u16>,
    /// The address on which metrics are told to whoever watches the portal (OpenMetrics, at /metrics), for nobody else to reach; without it
    /// they are not.
    #[arg(long, env = "LINKA_METRICS_ADDR")]
    pub metrics_addr: Option<SocketAddr>,
    /// The collector that is told what took how long (OTLP over HTTP), as http://127.0.0.1:4318.
    #[arg(long, env = "LINKA_OTLP", value_parser = parse_site)]
    pub otlp: Option<String>,
    /// Write the log as JSON, a line per event.
    #[arg(long, env = "LINKA_LOG_JSON")]
    pub log_json: bool,
    /// The mail server, as smtp://host:25, smtp://user:password@host:587?tls=required or smtps://user:password@host; without
    /// it a demo writes mails into files, and else they wait.
    #[arg(long, env = "LINKA_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// From whom mails are, e.g. "Linka <linka@example.com>"; needed with a mail server.
    #[arg(long, env = "LINKA_MAIL_FROM", value_parser = str::parse::<Mailbox>)]
    pub mail_from: Option<Mailbox>,
    /// Where a mail server of this machine hands mails to the line over by LMTP: 127.0.0.1:24, or the path of a socket.
    #[arg(long, env = "LINKA_LMTP")]
    pub lmtp: Option<LmtpAddress>,
    /// A mailbox from which mails to the line are fetched.
    #[command(flatten)]
    pub imap: ImapArgs,
    /// The address whose mails are handed over to `linka mail-in` or LINKA_LMTP, or fetched from LINKA_IMAP, with all that stands after a + before its @, e.g.
    /// linka@example.com: mails about requests can be answered then. Without it they say that nobody reads answers.
    #[arg(long, env = "LINKA_MAIL_IN", value_parser = parse_address)]
    pub mail_in: Option<String>,
    /// Where people reach the portal, e.g. https://linka.example.com: links in mails begin with it [default: http://
    /// and the address to listen on].
    #[arg(long, env = "LINKA_URL", value_parser = parse_site)]
    pub url: Option<String>,
    /// The gateway for short messages, which takes {"id", "to", "text"} as JSON by POST, e.g. https://sms.example.com/send; without it
    /// nobody is offered any.
    #[arg(long, env = "LINKA_SMS_URL", hide_env_values = true)]
    pub sms_url: Option<String>,
    /// By which that gateway knows who sends, as a bearer's token.
    #[arg(long, env = "LINKA_SMS_TOKEN", hide_env_values = true, requires = "sms_url")]
    pub sms_token: Option<String>,
    /// Stripe's secret key, for payments by card: sk_live_…, rk_live_… or of its test mode. Without keys a demo plays payments
    /// through in a sandbox of its own, and else bundles are paid by transfer only.
    #[arg(long, env = "LINKA_STRIPE_KEY", hide_env_values = true)]
    pub stripe_key: Option<String>,
    /// The secret with which Stripe signs what it tells, whsec_…; its webhook is /webhooks/stripe.
    #[arg(long, env = "LINKA_STRIPE_WEBHOOK_SECRET", hide_env_values = true)]
    pub stripe_webhook_secret: Option<String>,
    /// The address on which the demo's sandbox of payments listens [default: a free port of the loopback interface].
    #[arg(long, env = "LINKA_SANDBOX_ADDR", requires = "demo")]
    pub sandbox_addr: Option<SocketAddr>,
    /// A sandbox that runs elsewhere, e.g. http://127.0.0.1:4000: the demo starts none of its own.
    #[arg(long, env = "LINKA_SANDBOX_URL", requires = "demo", conflicts_with = "sandbox_addr", value_parser = parse_site)]
    pub sandbox_url: Option<String>,
    /// Fio banka's token for reading the account: payments are then taken in by themselves, each hour.
    #[arg(long, env = "LINKA_FIO_TOKEN", hide_env_values = true)]
    pub fio_token: Option<String>,
    /// Where that bank answers.
    #[arg(long, env = "LINKA_FIO_URL", default_value = fio::SITE, value_parser = parse_site)]
    pub fio_url: String,
    /// A folder with statements: each new one in it is taken in and put into its folder done, or refused with the reason.
    #[arg(long, env = "LINKA_STATEMENTS")]
    pub statements: Option<PathBuf>,
    /// TeamViewer's token (a script token of its management console, with the rights to make and read sessions and to read
    /// connection reports): sessions are then made before agreed times, and connections fetched, by themselves.
    #[arg(long, env = "LINKA_TEAMVIEWER_TOKEN", hide_env_values = true)]
    pub teamviewer_token: Option<String>,
    /// Where TeamViewer answers.
    #[arg(long, env = "LINKA_TEAMVIEWER_URL", default_value = teamviewer::SITE, value_parser = parse_site)]
    pub teamviewer_url: String,
    /// The public register where organisations are looked up that come in, https://ares.gov.cz; without it they say themselves
    /// what they are called.
    #[arg(long, env = "LINKA_ARES", value_parser = parse_site)]
    pub ares: Option<String>,
    /// Other providers by which people sign in (OpenID Connect), as a JSON list of {"key", "name", "issuer", "client_id", "secret"}; and
    /// "emails_are_verified": true for one that is one organisation's and does not say so of each address.
    #[arg(long, env = "LINKA_OIDC", hide_env_values = true)]
    pub oidc: Option<String>,
    /// ClamAV, which looks through files that people send: its socket, as /run/clamav/clamd.ctl, or clamav.example.com:3310. Where it
    /// is set and does not answer, no file is taken.
    #[arg(long, env = "LINKA_CLAMAV")]
    pub clamav: Option<ScannerAddress>,
    /// A bucket (S3) for the files that people send, by its whole address, as https://s3.eu-central-1.amazonaws.com/linka-files; without it
    /// they stand in the database. What is in either stays there.
    #[arg(long, env = "LINKA_S3_BUCKET", requires = "s3_key", requires = "s3_secret")]
    pub s3_bucket: Option<String>,
    /// The region by which requests to it are signed.
    #[arg(long, env = "LINKA_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,
    /// The name of the key to it.
    #[arg(long, env = "LINKA_S3_KEY", hide_env_values = true, requires = "s3_bucket")]
    pub s3_key: Option<String>,
    /// The key.
    #[arg(long, env = "LINKA_S3_SECRET", hide_env_values = true, requires = "s3_bucket")]
    pub s3_secret: Option<String>,
    /// Load demo customers at the start and show their sign-ins.
    #[arg(long, env = "LINKA_DEMO")]
    pub demo: bool,
    /// Let the demo listen on other addresses than this machine's own: everybody who reaches it may sign in.
    #[arg(long, env = "LINKA_DEMO_PUBLIC", requires = "demo")]
    pub demo_public: bool,
    /// Start the clock at this instant and let it run on, e.g. 2026-11-23T08:00:00+01:00.
    #[arg(long, env = "LINKA_CLOCK", requires = "demo", value_parser = DateTime::parse_from_rfc3339)]
    pub clock: Option<DateTime<FixedOffset>>,
    /// Where the style sheet, the scripts and the other files of the site are.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site")]
    pub site_root: PathBuf,
    /// The list of those files' hashes [default: hash.txt beside this program].
    #[arg(long, env = "LINKA_HASH_FILE")]
    pub hash_file: Option<PathBuf>,
}

/// Where a mail server hands mails over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LmtpAddress {
    /// An address of this machine's own.
    Tcp(SocketAddr),
    /// A socket.
    Unix(PathBuf),
}

impl FromStr for LmtpAddress {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with('/') {
            return Ok(Self::Unix(text.into()));
        }
        match text.parse::<SocketAddr>() {
            Ok(address) if address.ip().to_canonical().is_loopback() => Ok(Self::Tcp(address)),
            _ => Err("expected an address of this machine as 127.0.0.1:24, or the path of a socket"),
        }
    }
}

/// In which header a proxy tells the client's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProxyHeader {
    /// The one of old.
    XForwardedFor,
    /// That of RFC 7239.
    Forwarded,
}

/// The keys of an account at Stripe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StripeKeys<'a> {
    /// With which we ask.
    pub key: &'a str,
    /// With which Stripe signs.
    pub secret: &'a str,
}

impl ServeArgs {
    /// Refuses what works and is not safe.
    ///
    /// # Errors
    /// One line that names what is wrong and what to do.
    pub fn refuse_unsafe(&self) -> Result<(), &'static str> {
        if self.demo && !self.demo_public && !self.addr.ip().to_canonical().is_loopback() {
            return Err(
                "LINKA_ADDR: a demo's passwords are known to everybody, so it listens on a loopback address only; \
                        LINKA_DEMO_PUBLIC=true lets it listen elsewhere",
            );
        }
        if self.https && !self.behind_proxy {
            return Err(
                "LINKA_BEHIND_PROXY is missing: LINKA_HTTPS says that a proxy speaks https for the portal, and \
                        without LINKA_BEHIND_PROXY=true all visitors would count as that proxy when passwords are guessed",
            );
        }
        if !self.https && self.url.as_deref().is_some_and(|url| url.starts_with("https://")) {
            return Err("LINKA_HTTPS is missing: LINKA_URL begins with https://, so cookies must be secure");
        }
        if self.smtp.as_deref().is_some_and(sends_password_in_the_clear) {
            return Err("LINKA_SMTP: a password is sent by TLS only; use smtps:// or add ?tls=required");
        }
        if self.sms_token.is_some() && self.sms_url.as_deref().is_some_and(|url| !url.starts_with("https://")) {
            return Err("LINKA_SMS_URL: a token is sent by TLS only; use https://");
        }
        Ok(())
    }

    /// The list of the hashes of the site's files.
    ///
    /// # Errors
    /// When it cannot be told where this program is.
    pub fn hash_file(&self) -> io::Result<PathBuf> {
        let file = match &self.hash_file {
            Some(path) => path.clone(),
            None => env::current_exe()?.with_file_name("hash.txt"),
        };
        std::path::absolute(file)
    }

    /// The keys for payments by card; none without any.
    ///
    /// # Errors
    /// What is wrong with them, without telling them.
    pub fn stripe_keys(&self) -> Result<Option<StripeKeys<'_>>, &'static str> {
        stripe_keys(self.stripe_key.as_deref(), self.stripe_webhook_secret.as_deref(), self.demo)
    }
}

/// Whether a mail server's address has a password and does not insist on TLS.
fn sends_password_in_the_clear(smtp: &str) -> bool {
    let Some(rest) = smtp.strip_prefix("smtp://") else { return false };
    let (server, options) = rest.split_once('?').unwrap_or((rest, ""));
    let has_password = server.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
    has_password && !options.split('&').any(|option| option == "tls=required")
}

fn stripe_keys<'a>(
    key: Option<&'a str>,
    secret: Option<&'a str>,
    demo: bool,
) -> Result<Option<StripeKeys<'a>>, &'static str> {
    let (key, secret) = match (key, secret) {
        (None, None) => return Ok(None),
        (Some(_), None) => return Err("LINKA_STRIPE_WEBHOOK_SECRET is missing: LINKA_STRIPE_KEY needs it"),
        (None, Some(_)) => return Err("LINKA_STRIPE_KEY is missing: LINKA_STRIPE_WEBHOOK_SECRET needs it"),
        (Some(key), Some(secret)) => (key, secret),
    };
    let is_one_of = |text: &str, prefixes: &[&str]| {
        let rest = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or_default();
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if !is_one_of(key, &["sk_live_", "sk_test_", "rk_live_", "rk_test_"]) {
        return Err("LINKA_STRIPE_KEY: expected sk_live_…, sk_test_…, rk_live_… or rk_test_…");
    }
    if demo && key.contains("_live_") {
        return Err("LINKA_STRIPE_KEY: a demo takes keys of the test mode only, no money may move");
    }
    if !is_one_of(secret, &["whsec_"]) {
        return Err("LINKA_STRIPE_WEBHOOK_SECRET: expected whsec_…");
    }
    Ok(Some(StripeKeys { key, secret }))
}

/// An address by which mails come in: short enough that what an answer belongs to finds room before its `@`.
fn parse_address(text: &str) -> Result<String, &'static str> {
    const LONGEST: usize = 16;
    match keep_email(text) {
        Ok(address) if address.find('@').is_some_and(|at| at <= LONGEST) && !address.contains('+') => Ok(address),
        Ok(_) => Err("expected at most 16 characters before the @, and no + among them"),
        Err(_) => Err("expected an address as linka@example.com"),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{LmtpAddress, ServeArgs, StripeKeys, parse_address, stripe_keys};
    use crate::server::config::{Cli, Command};

    #[test]
    fn keys_of_stripe_come_in_pairs_and_are_told_from_anything_else() {
        let keys = |key, secret, demo| stripe_keys(key, secret, demo);
        assert_eq!(keys(None, None, false), Ok(None));
        let good = StripeKeys { key: "rk_live_aZ09", secret: "whsec_aZ09" };
        assert_eq!(keys(Some(good.key), Some(good.secret), false), Ok(Some(good)));
        assert!(keys(Some("sk_test_1"), Some("whsec_1"), true).is_ok());
        for (key, secret, demo, named) in [
            (Some("sk_test_1"), None, false, "LINKA_STRIPE_WEBHOOK_SECRET"),
            (None, Some("whsec_1"), false, "LINKA_STRIPE_KEY"),
            (Some("pk_live_1"), Some("whsec_1"), false, "LINKA_STRIPE_KEY"),
            (Some("sk_live_"), Some("whsec_1"), false, "LINKA_STRIPE_KEY"),
            (Some("sk_live_1\n"), Some("whsec_1"), false, "LINKA_STRIPE_KEY"),
            (Some("sk_live_1"), Some("whsec_1"), true, "LINKA_STRIPE_KEY"),
            (Some("sk_live_1"), Some("secret"), false, "LINKA_STRIPE_WEBHOOK_SECRET"),
        ] {
            let wrong = keys(key, secret, demo).unwrap_err();
            assert!(wrong.starts_with(named), "{wrong}");
        }
    }

    #[test]
    fn it_listens_on_this_machine_only() {
        assert_eq!("/run/linka.sock".parse(), Ok(LmtpAddress::Unix("/run/linka.sock".into())));
        assert!("127.0.0.1:24".parse::<LmtpAddress>().is_ok() && "[::1]:24".parse::<LmtpAddress>().is_ok());
        for wrong in ["0.0.0.0:24", "192.0.2.1:24", "24", "linka.sock"] {
            assert!(wrong.parse::<LmtpAddress>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn mails_come_in_by_an_address_to_which_an_answer_fits() {
        assert_eq!(parse_address(" Linka@Example.com").as_deref(), Ok("linka@example.com"));
        for wrong in ["linka", "linka+x@example.com", "zakaznicka.podpora@example.com"] {
            assert!(parse_address(wrong).is_err(), "{wrong}");
        }
    }

    fn serve(arguments: &[&str]) -> ServeArgs {
        match Cli::try_parse_from(["linka", "serve"].iter().chain(arguments)).unwrap().command {
            Command::Serve(args) => *args,
            other => panic!("{other:?} is not serve"),
        }
    }

    #[test]
    fn what_works_and_is_not_safe_is_refused_by_name() {
        for (arguments, named) in [
            (&["--demo", "--addr", "0.0.0.0:3000"][..], "LINKA_ADDR"),
            (&["--demo", "--addr", "[2001:db8::1]:3000"], "LINKA_ADDR"),
            (&["--https"], "LINKA_BEHIND_PROXY"),
            (&["--url", "https://linka.example.com"], "LINKA_HTTPS"),
            (&["--sms-url", "http://10.0.0.7/sms", "--sms-token", "secret"], "LINKA_SMS_URL"),
            (&["--smtp", "smtp://linka:secret@mail.example.com:587"], "LINKA_SMTP"),
            (&["--smtp", "smtp://linka:secret@mail.example.com?tls=opportunistic"], "LINKA_SMTP"),
        ] {
            let wrong = serve(arguments).refuse_unsafe().unwrap_err();
            assert!(wrong.starts_with(named) && !wrong.contains('\n'), "{arguments:?}: {wrong}");
        }
        for arguments in [
            &[][..],
            &["--demo"],
            &["--demo", "--addr", "[::1]:3000"],
            &["--demo", "--addr", "[::ffff:127.0.0.1]:3000"],
            &["--demo", "--demo-public", "--addr", "0.0.0.0:3000"],
            &["--https", "--behind-proxy", "--url", "https://linka.example.com"],
            &["--sms-url", "http://10.0.0.7/sms"],
            &["--sms-url", "https://sms.example.com/send", "--sms-token", "secret"],
            &["--smtp", "smtp://mail.example.com:25"],
            &["--smtp", "smtp://linka:secret@mail.example.com:587?tls=required"],
            &["--smtp", "smtps://linka:secret@mail.example.com"],
        ] {
            assert_eq!(serve(arguments).refuse_unsafe(), Ok(()), "{arguments:?}");
        }
    }
}
