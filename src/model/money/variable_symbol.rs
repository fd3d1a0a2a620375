//! The number under which a payment comes.

use std::{fmt, str::FromStr};

use crate::model::base::text::spelled_in_json;

/// A variable symbol: one to ten digits; leading zeros do not count (Czech National Bank, Decree 169/2011 Coll.).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableSymbol(u64);

/// The most digits of a variable symbol.
pub const DIGITS: usize = 10;

impl VariableSymbol {
    /// The symbol of a document's number: its last ten digits.
    #[must_use]
    pub fn of_number(number: &str) -> Option<Self> {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        digits.get(digits.len().saturating_sub(DIGITS)..)?.parse().ok()
    }
}

impl fmt::Display for VariableSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for VariableSymbol {
    type Err = InvalidVariableSymbol;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.len() > DIGITS || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidVariableSymbol);
        }
        match text.parse() {
            Ok(0) | Err(_) => Err(InvalidVariableSymbol),
            Ok(number) => Ok(Self(number)),
        }
    }
}

spelled_in_json!(VariableSymbol);

/// Not a variable symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a variable symbol has one to ten digits and is not zero")]
pub struct InvalidVariableSymbol;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_symbol_is_a_number() {
        for (text, shown) in [
            ("1", "1"),
            ("0002026100001", ""),
            ("2026100001", "2026100001"),
            ("007", "7"),
            ("0", ""),
            ("", ""),
            ("12a", ""),
            ("+1", ""),
        ] {
            assert_eq!(
                text.parse().map(|symbol: VariableSymbol| symbol.to_string()).unwrap_or_default(),
                shown,
                "{text}"
            );
        }
    }
}
