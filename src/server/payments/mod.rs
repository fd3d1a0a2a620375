//! Payments by card: the [gateway] to Stripe, the signature of what it [tells](webhook), and the [sandbox] that stands in
//! for it where no money may move; and bank [statements].
//!
//! Nothing here knows of purchases in the database: the service asks, and decides what an answer means.

pub mod gateway;
pub mod sandbox;
pub mod statements;
pub mod webhook;

use std::sync::Arc;

use self::gateway::{Gateway, GatewayError};
use crate::model::money::card::PaymentsMode;

/// Where Stripe has its checkout pages. An account that pays for a domain of its own for them needs that one here.
const STRIPE_PAGES: &str = "https://checkout.stripe.com";

/// How payments by card are taken; cheap to clone.
#[derive(Debug, Clone)]
pub struct Payments(Option<Arc<Provider>>);

#[derive(Debug)]
struct Provider {
    gateway: Gateway,
    /// With which Stripe signs what it tells.
    secret: String,
    /// Where customers come back to, without a slash at its end.
    site: String,
    /// Where the sandbox is; none for Stripe itself.
    sandbox: Option<String>,
    /// Whether real money moves.
    is_live: bool,
}

impl Payments {
    /// By card nothing can be paid.
    #[must_use]
    pub const fn off() -> Self {
        Self(None)
    }

    /// Payments are taken by Stripe.
    ///
    /// * `site` – where customers come back to, without a slash at its end
    ///
    /// # Errors
    /// When the key cannot be used at all.
    pub fn stripe(key: &str, secret: &str, site: &str) -> Result<Self, GatewayError> {
        let gateway = Gateway::new(key, None)?;
        // Secret and restricted keys say themselves for which of the two they are.
        let is_live = key.starts_with("sk_live_") || key.starts_with("rk_live_");
        Ok(Self(Some(Arc::new(Provider {
            gateway,
            secret: secret.to_owned(),
            site: site.to_owned(),
            sandbox: None,
            is_live,
        }))))
    }

    /// Payments are played through by the sandbox at `origin`.
    ///
    /// # Errors
    /// When the address cannot be used at all.
    pub fn sandbox(origin: &str, site: &str) -> Result<Self, GatewayError> {
        let gateway = Gateway::new(sandbox::KEY, Some(origin))?;
        let provider = Provider {
            gateway,
            secret: sandbox::SECRET.to_owned(),
            site: site.to_owned(),
            sandbox: Some(format!("{origin}/")),
            is_live: false,
        };
        Ok(Self(Some(Arc::new(provider))))
    }

    /// How payments are taken, for pages.
    #[must_use]
    pub fn mode(&self) -> PaymentsMode {
        match &self.0 {
            None => PaymentsMode::Off,
            Some(provider) if provider.sandbox.is_some() => PaymentsMode::Sandbox,
            Some(_) => PaymentsMode::Stripe,
        }
    }

    /// Whether real money moves.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.0.as_deref().is_some_and(|provider| provider.is_live)
    }

    /// Whether a card can be chosen.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// The gateway; none when payments are off.
    #[must_use]
    pub fn gateway(&self) -> Option<&Gateway> {
        self.0.as_deref().map(|provider| &provider.gateway)
    }

    /// The secret of signatures; none when payments are off.
    #[must_use]
    pub fn webhook_secret(&self) -> Option<&str> {
        self.0.as_deref().map(|provider| provider.secret.as_str())
    }

    /// The URL of a page of ours.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_deref().map_or("", |provider| &provider.site))
    }

    /// Where customers pay, for the policy of pages; none when payments are off.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.0.as_deref().map(|provider| match &provider.sandbox {
            Some(sandbox) => sandbox.trim_end_matches('/'),
            None => STRIPE_PAGES,
        })
    }

    /// Whether customers may be sent to this page to pay: it is on the [site](Self::site) where they do.
    #[must_use]
    pub fn leads_to(&self, url: &str) -> bool {
        let path = self.site().and_then(|site| url.strip_prefix(site));
        path.is_some_and(|path| path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_are_sent_to_stripes_own_pages_or_to_the_sandbox_and_nowhere_else() {
        let stripe = Payments::stripe("sk_test_1", "whsec_1", "https://linka.example.com").unwrap();
        assert!(stripe.leads_to("https://checkout.stripe.com/c/pay/cs_test_1#fid"));
        assert!(!stripe.leads_to("http://checkout.stripe.com/"));
        assert!(!stripe.leads_to("https://checkout.stripe.com.example.com/"));
        assert!(!stripe.leads_to("https://checkout.stripe.com@example.com/"));
        assert!(!stripe.leads_to("https://example.com/"));
        assert!(!stripe.leads_to("https://checkout.stripe.com/\r\nSet-Cookie: a=b"));
        assert!(!stripe.leads_to("javascript:alert(1)"));
        let sandbox = Payments::sandbox("http://127.0.0.1:4000", "http://127.0.0.1:3000").unwrap();
        assert!(sandbox.leads_to("http://127.0.0.1:4000/pay/cs_test_1"));
        assert!(!sandbox.leads_to("http://127.0.0.1:40001/pay/cs_test_1"));
        assert!(!Payments::off().leads_to("https://checkout.stripe.com/"));
        assert_eq!(stripe.site(), Some("https://checkout.stripe.com"));
        assert_eq!(sandbox.site(), Some("http://127.0.0.1:4000"));
        assert_eq!(Payments::off().site(), None);
        assert_eq!(
            [stripe, sandbox, Payments::off()].map(|payments| payments.mode()),
            [PaymentsMode::Stripe, PaymentsMode::Sandbox, PaymentsMode::Off]
        );
    }
}
