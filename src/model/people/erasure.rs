//! The erasure of a customer's person (design, Erasure): what stands in the place of the name, and what is asked before.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    bilingual::Bilingual,
    ids::{CustomerId, MemberId},
    numbers::RequestNumber,
    text::is_unseen,
};

/// The most digits of the number that stands in the place of a name.
const DIGITS_MAX: usize = 9;

/// Which erased person of the customer a name stands for; none where it is a name. Erased people keep a number, written "#3" in
/// every column in which a name stood: what reads it for people says it in their language.
#[must_use]
pub fn erased_number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix('#')?;
    let is_number = (1..=DIGITS_MAX).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// The largest number that is taken over with an erased person: those who are erased here go on beyond it, and have to stay within
/// what the database knows as such a number.
pub const LARGEST_TAKEN_OVER: u32 = 99_999_999;

/// Whether a reader would take a name for an erased person, whoever wrote it: a number sign and digits, however wide they are and
/// whatever unseen stands between them.
#[must_use]
pub fn passes_for_erased(name: &str) -> bool {
    let mut seen = name.chars().filter(|c| !is_unseen(*c) && !c.is_whitespace());
    let is_sign = matches!(seen.next(), Some('#' | '\u{fe5f}' | '\u{ff03}'));
    let mut rest = seen.peekable();
    is_sign && rest.peek().is_some() && rest.all(char::is_numeric)
}

/// What keeps a person from being erased yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureRefused {
    /// Nobody else of the organisation could let others in.
    NobodyElseManages,
    /// A technician is at work on a request of the person's, which nobody but a colleague can take over.
    WorkUnderWay,
}

/// What becomes of the open requests of a person who is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heir {
    /// They go on with a colleague.
    Colleague(MemberId),
    /// They are called off.
    Nobody,
}

impl Heir {
    /// As a form sends it: a colleague's number, or that they are called off; none for anything else.
    #[must_use]
    pub fn from_form(typed: &str) -> Option<Self> {
        if typed == CALL_OFF { Some(Self::Nobody) } else { typed.parse().ok().map(Self::Colleague) }
    }
}

/// What a form sends for "they are called off".
pub const CALL_OFF: &str = "call_off";

/// A request of the person's that is not done yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequest {
    /// Its number.
    pub number: RequestNumber,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// When its agreed time begins; none while it waits for one.
    pub starts_at: Option<DateTime<Utc>>,
    /// Whether a technician is at work on it, so that it is not called off any more.
    pub under_way: bool,
}

/// What is asked before a person is erased, and what it brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasurePage {
    /// The organisation.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// Whom it is about.
    pub member: MemberId,
    /// The name that will be gone.
    pub name: String,
    /// Requests of the person that are not done yet, the soonest first.
    pub open: Vec<OpenRequest>,
    /// Active colleagues who may take them over, by name.
    pub colleagues: Vec<(MemberId, String)>,
    /// What stands in the way, if anything does.
    pub refused: Option<ErasureRefused>,
}

#[cfg(test)]
mod tests {
    use super::{CALL_OFF, Heir, erased_number, passes_for_erased};
    use crate::model::base::ids::MemberId;

    #[test]
    fn only_what_the_database_writes_stands_for_an_erased_person() {
        assert_eq!(erased_number("#3"), Some(3));
        assert_eq!(erased_number("#999999999"), Some(999_999_999));
        for name in ["", "#", "3", "#0", "#03", "#1234567890", "#3a", "# 3", "#٣", "Jana #3"] {
            assert_eq!(erased_number(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_only_looks_like_an_erased_person_is_told_from_a_name() {
        for name in ["#7", "#03", "\u{ff03}7", "#\u{ff17}", "#7\u{200b}", "\u{2060}# 7", "#٣", "#1000000000"] {
            assert!(passes_for_erased(name), "{name}");
        }
        for name in ["", "#", "7", "Jana #3", "#3a", "Jana Malá"] {
            assert!(!passes_for_erased(name), "{name}");
        }
    }

    #[test]
    fn requests_go_on_with_a_colleague_or_are_called_off_and_nothing_else() {
        assert_eq!(Heir::from_form(CALL_OFF), Some(Heir::Nobody));
        assert_eq!(Heir::from_form("7"), Some(Heir::Colleague(MemberId(7))));
        for typed in ["", "nobody", "7a", "call off"] {
            assert_eq!(Heir::from_form(typed), None, "{typed}");
        }
    }
}
