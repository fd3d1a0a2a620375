//! Passkeys (WebAuthn, by webauthn-rs): a site for whose name keys are made, and what is asked of them.

use std::net::IpAddr;

use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

/// As whom a browser shows the site beside its keys.
const NAME: &str = "Linka";
/// The one name for which browsers take a site without TLS.
const LOCAL: &str = "localhost";

/// The site for whose name keys are made; none where people reach it by a number, for which there are none. Where it is on one's own
/// machine its name is `localhost`.
#[must_use]
pub fn site(base_url: &str) -> Option<Webauthn> {
    let mut origin = Url::parse(base_url).ok()?;
    let is_local = origin.host_str().and_then(|host| host.parse::<IpAddr>().ok()).is_some_and(|ip| ip.is_loopback());
    if is_local {
        origin.set_host(Some(LOCAL)).ok()?;
    }
    let name = origin.domain()?.to_owned();
    WebauthnBuilder::new(&name, &origin).ok()?.rp_name(NAME).build().ok()
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn keys_are_made_for_a_name() {
        let origin = |url: &str| site(url).map(|site| site.get_allowed_origins()[0].as_str().to_owned());
        assert_eq!(origin("https://linka.example.com").as_deref(), Some("https://linka.example.com/"));
        assert_eq!(origin("http://127.0.0.1:3000").as_deref(), Some("http://localhost:3000/"));
        for none in ["http://192.0.2.7:3000", "nonsense", ""] {
            assert_eq!(origin(none), None, "{none}");
        }
    }
}
