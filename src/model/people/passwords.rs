//! What may be a password (design, Passwords; NIST SP 800-63B-4: long, no rules of composition, nothing that everybody tries).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::fields::{FieldCode, FieldProblem};

/// The fewest characters of a password that is the only proof.
pub const PASSWORD_MIN: usize = 15;
/// The most: longer ones are nobody's, and hashing them would only cost.
pub const PASSWORD_MAX: usize = 1_000;

/// A repetition of a piece of up to so many characters is as good as the piece.
const LONGEST_PIECE: usize = 5;
/// Runs along which fingers go.
const RUNS: [&str; 5] = [
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "01234567890123456789",
    "1q2w3e4r5t6z7u8i9o0p",
];
/// What begins the lists of passwords that are tried first, and is long enough.
const TRIED_FIRST: [&str; 6] = [
    "passwordpassword",
    "password12345678",
    "administrator123",
    "heslohesloheslo",
    "linkalinkalinka",
    "tajneheslo123456",
];

/// Whether a person can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInState {
    /// The person has chosen a password.
    Ready,
    /// The person was sent a link to choose one, good until then.
    Invited {
        /// When the link ends.
        until: DateTime<Utc>,
    },
    /// The person has neither chosen a password nor a link that is still good.
    NotInvited,
}

/// `/password`: for whom a link is that lets a password be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordPage {
    /// The name and the address; none when the link is no longer good.
    pub person: Option<(String, String)>,
}

/// Checks a password that was chosen; `about` is what everybody knows of the person: the name, the address, where that person works.
///
/// # Errors
/// What is wrong, in the order of the form: the fields `password` and `password_again`.
pub fn check(password: &str, again: &str, about: &[&str]) -> Result<(), Vec<FieldProblem>> {
    let wrong = match password.chars().count() {
        0 => Some(FieldCode::Missing),
        count if count < PASSWORD_MIN => Some(FieldCode::TooShort),
        count if count > PASSWORD_MAX => Some(FieldCode::TooLong),
        _ => is_guessed_first(password, about).then_some(FieldCode::TooCommon),
    };
    match wrong {
        Some(code) => Err(vec![FieldProblem::new("password", code)]),
        None if password != again => Err(vec![FieldProblem::new("password_again", FieldCode::DoesNotMatch)]),
        None => Ok(()),
    }
}

fn is_guessed_first(password: &str, about: &[&str]) -> bool {
    let lower: Vec<char> = password.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let text: String = lower.iter().collect();
    let repeats = |piece: usize| lower.iter().zip(lower.iter().skip(piece)).all(|(one, next)| one == next);
    let is_run = RUNS.iter().any(|run| {
        let backwards: String = run.chars().rev().collect();
        text.len() >= LONGEST_PIECE && (run.contains(&text) || backwards.contains(&text))
    });
    // What is left once everything known is taken out of it must still be something.
    let known = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    let rest = known.filter(|word| word.chars().count() > 2).fold(text.clone(), |rest, word| rest.replace(&word, ""));
    (1..=LONGEST_PIECE).any(repeats)
        || is_run
        || TRIED_FIRST.contains(&text.as_str())
        || rest.chars().count() < PASSWORD_MIN / 2
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::model::base::fields::FieldCode::{self, DoesNotMatch, Missing, TooCommon, TooLong, TooShort};

    fn wrong(password: &str) -> Option<FieldCode> {
        check(password, password, &["Jana Nováková", "jana.novakova@skola-lipova.cz"])
            .err()
            .map(|fields| fields[0].code)
    }

    #[test]
    fn a_sentence_is_a_password() {
        for password in ["kolo stoji u plotu", "ještě jednou a znovu", "Vr4ná#sedí@na-plotě"] {
            assert_eq!(wrong(password), None, "{password}");
        }
    }

    #[test]
    fn a_password_has_its_length_in_characters() {
        assert_eq!(wrong(""), Some(Missing));
        assert_eq!(wrong("žluťoučký kůň "), Some(TooShort), "14 characters of 19 bytes");
        assert_eq!(wrong("žluťoučký kůň p"), None);
        for length in [64, 1_000] {
            let long: String = "stoji kolo u plotu a nikdo nevi čí ".chars().cycle().take(length).collect();
            assert_eq!(wrong(&long), None, "{length}");
        }
        assert_eq!(wrong(&"kolo u plotu ".repeat(77)), Some(TooLong));
    }

    #[test]
    fn what_everybody_would_try_is_refused() {
        for password in [
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "heslo heslo heslo",
            "123456789012345",
            "abcdefghijklmnop",
            "qwertzuiopasdfghjk",
            "mnbvcxzlkjhgfdsapo",
            "Password12345678",
            "jana.novakova@skola",
            "Nováková-Jana-2026",
        ] {
            assert_eq!(wrong(password), Some(TooCommon), "{password}");
        }
    }

    #[test]
    fn both_entries_are_the_same() {
        let differing = check("kolo stoji u plotu", "kolo stojí u plotu", &[]).unwrap_err();
        assert_eq!((differing[0].field.as_str(), differing[0].code), ("password_again", DoesNotMatch));
    }
}
