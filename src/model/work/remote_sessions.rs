//! Sessions of TeamViewer (design, Evidence): the address by which a customer lets the technician in at an agreed time.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::base::{fields::FieldCode, text::one_line};

/// The most characters of such an address.
pub const SESSION_LINK_MAX: usize = 300;
/// Where a code leads that came without an address.
const ENTRANCE: &str = "https://get.teamviewer.com/";
/// The domain to which every address leads.
const DOMAIN: &str = "teamviewer.com";

/// The address of a session: TeamViewer's, by https, and nothing else, whoever has brought it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SessionLink(String);

impl SessionLink {
    /// The address that was typed, or that of the code that was.
    ///
    /// # Errors
    /// When nothing was typed, or something that leads elsewhere.
    pub fn typed(typed: &str) -> Result<Self, FieldCode> {
        let typed = one_line(typed);
        if typed.is_empty() {
            return Err(FieldCode::Missing);
        }
        if let Some(code) = SessionCode::parse(&typed) {
            return Ok(Self(format!("{ENTRANCE}{code}")));
        }
        Self::parse(&typed).ok_or(FieldCode::Unknown)
    }

    /// An address, if it is TeamViewer's.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let rest = address.strip_prefix("https://")?;
        let (host, way) = rest.split_once('/')?;
        let above = host.strip_suffix(DOMAIN)?;
        let is_name = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        let is_theirs = above.is_empty() || above.strip_suffix('.').is_some_and(|above| above.split('.').all(is_name));
        let is_plain = way.bytes().all(|byte| byte.is_ascii_graphic());
        (is_theirs && is_plain && address.len() <= SESSION_LINK_MAX).then(|| Self(address.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of its session, where the address ends with one.
    #[must_use]
    pub fn code(&self) -> Option<SessionCode> {
        self.0.rsplit(['/', '=']).next().and_then(SessionCode::parse)
    }
}

impl TryFrom<String> for SessionLink {
    type Error = &'static str;

    fn try_from(address: String) -> Result<Self, Self::Error> {
        Self::parse(&address).ok_or("not an address of TeamViewer's")
    }
}

impl From<SessionLink> for String {
    fn from(link: SessionLink) -> Self {
        link.0
    }
}

/// The code of a session, `s12345678`: TeamViewer shows it as `s12-345-678`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SessionCode(String);

impl SessionCode {
    /// A code, however it is grouped.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let plain: String =
            typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_lowercase();
        let digits = plain.strip_prefix('s')?;
        let is_code = (8..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(Self(plain))
    }
}

impl fmt::Display for SessionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_reached_at_teamviewers_by_its_address_or_its_code() {
        for (typed, kept, code) in [
            ("https://get.teamviewer.com/s12345678", "https://get.teamviewer.com/s12345678", Some("s12345678")),
            (" s12-345-678 ", "https://get.teamviewer.com/s12345678", Some("s12345678")),
            ("S12 345 678", "https://get.teamviewer.com/s12345678", Some("s12345678")),
            (
                "https://get.teamviewer.com/v15/s123456789",
                "https://get.teamviewer.com/v15/s123456789",
                Some("s123456789"),
            ),
            (
                "https://teamviewer.com/link/?x=s12-345-678",
                "https://teamviewer.com/link/?x=s12-345-678",
                Some("s12345678"),
            ),
            ("https://get.teamviewer.com/skola", "https://get.teamviewer.com/skola", None),
        ] {
            let link = SessionLink::typed(typed).expect(typed);
            assert_eq!((link.as_str(), link.code().map(|code| code.to_string()).as_deref()), (kept, code));
        }
    }

    #[test]
    fn no_address_leads_anywhere_else() {
        for wrong in [
            "http://get.teamviewer.com/s12345678",
            "https://get.teamviewer.com.example.cz/s12345678",
            "https://evil-teamviewer.com/s12345678",
            "https://teamviewer.com@example.cz/s12345678",
            "https://example.cz/?https://get.teamviewer.com/s12345678",
            "https://get.teamviewer.com:8443/s12345678",
            "https://get.teamviewer.com",
            "https://.teamviewer.com/",
            "https://get.teamviewer.com/s1 onclick",
            "https://get.teamviewer.com/š",
            "javascript:alert(1)//teamviewer.com",
            "teamviewer10://control?device=123456789",
            "s1234567",
            "123456789",
        ] {
            assert_eq!(SessionLink::typed(wrong), Err(FieldCode::Unknown), "{wrong}");
        }
        assert_eq!(SessionLink::typed(" "), Err(FieldCode::Missing));
        let long = format!("https://get.teamviewer.com/{}", "x".repeat(SESSION_LINK_MAX));
        assert_eq!(SessionLink::parse(&long), None);
        assert!(serde_json::from_str::<SessionLink>("\"https://example.cz/\"").is_err(), "nor out of what is stored");
    }
}
