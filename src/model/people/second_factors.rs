//! Second factors: what proves who somebody is beside the password (design, Second factor).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::passkeys::Passkey;

/// How many recovery codes somebody has.
pub const RECOVERY_CODES: usize = 10;

/// What `/account/second-factor` shows: what else than a password somebody has to prove who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorPage {
    /// Whether whoever asks has to have one.
    pub is_required: bool,
    /// The application that shows codes.
    pub authenticator: Authenticator,
    /// Keys of browsers and devices; none where there can be none, as the site has no name.
    pub passkeys: Option<Vec<Passkey>>,
    /// How many recovery codes are left.
    pub codes_left: u32,
    /// Those that were made just now; they are shown this once.
    pub new_codes: Vec<String>,
}

impl SecondFactorPage {
    /// Whether anything beside the password is asked for.
    #[must_use]
    pub fn has_any(&self) -> bool {
        matches!(self.authenticator, Authenticator::On { .. })
            || self.passkeys.as_ref().is_some_and(|keys| !keys.is_empty())
    }
}

/// An application that shows one-time codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Authenticator {
    /// There is none.
    Off,
    /// Its secret is shown, and the first code is awaited.
    Offered {
        /// The secret as it is typed.
        secret: String,
        /// The same as it is scanned.
        uri: String,
    },
    /// It is asked for at every sign-in.
    On {
        /// Since when.
        since: DateTime<Utc>,
    },
}

/// What somebody types as a one-time code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedCode {
    /// Six digits of the application.
    OneTime(String),
    /// A recovery code, as it is kept.
    Recovery(String),
}

impl TypedCode {
    /// Reads what was typed: blanks and hyphens are nothing, and letters are alike in either case.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let kept: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        if kept.len() == 6 && kept.chars().all(|c| c.is_ascii_digit()) {
            Self::OneTime(kept)
        } else {
            Self::Recovery(kept)
        }
    }
}

/// A code as people read it: in groups of four.
#[must_use]
pub fn grouped(code: &str) -> String {
    let characters: Vec<char> = code.chars().collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{TypedCode, grouped};

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in ["123456", " 123 456 ", "123-456"] {
            assert_eq!(TypedCode::read(typed), TypedCode::OneTime("123456".into()), "{typed}");
        }
        for typed in ["ABCDEFGH22334455", "abcd efgh 2233 4455", "abcd-EFGH-2233-4455"] {
            assert_eq!(TypedCode::read(typed), TypedCode::Recovery("ABCDEFGH22334455".into()), "{typed}");
        }
        assert_eq!(TypedCode::read(""), TypedCode::Recovery(String::new()));
    }

    #[test]
    fn a_code_is_shown_in_groups_that_are_read_back() {
        assert_eq!(grouped("ABCDEFGH2"), "ABCD EFGH 2");
        assert_eq!(TypedCode::read(&grouped("ABCDEFGH22334455")), TypedCode::Recovery("ABCDEFGH22334455".into()));
    }
}
