//! What can be wrong with one field of a form. Codes, never prose: the texts are in the catalogue of messages.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{codes::coded_enum, text};

coded_enum! {
    /// What is wrong with a field.
    pub enum FieldCode {
        /// Nothing was filled in.
        Missing = "missing",
        /// Fewer characters than needed.
        TooShort = "too_short",
        /// More characters than allowed.
        TooLong = "too_long",
        /// Not a telephone number that can be called.
        NotAPhone = "not_a_phone",
        /// Not an e-mail address.
        NotAnEmail = "not_an_email",
        /// Not times of a day as "7:00–11:30, 12:00–15:30".
        NotAPlan = "not_a_plan",
        /// Not the address of a web site as "https://www.example.com".
        NotASite = "not_a_site",
        /// A box that must be ticked is not.
        NotConfirmed = "not_confirmed",
        /// Not a whole number.
        NotANumber = "not_a_number",
        /// A number outside its limits.
        OutOfRange = "out_of_range",
        /// None of the values that can be chosen.
        Unknown = "unknown",
        /// Work that can be planned was called urgent.
        NotPlannedUrgent = "not_planned_urgent",
        /// Already used by somebody else.
        AlreadyUsed = "already_used",
        /// Two entries that should be the same differ.
        DoesNotMatch = "does_not_match",
        /// So common that anybody would guess it.
        TooCommon = "too_common",
        /// More things than allowed.
        TooMany = "too_many",
        /// A file in which a scanner found malware.
        Infected = "infected",
    }
}

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The name of the field in the form, for the error summary's link.
    pub field: String,
    /// What is wrong with it.
    pub code: FieldCode,
}

impl FieldProblem {
    /// Says that `field` has the problem `code`.
    #[must_use]
    pub fn new(field: impl Into<String>, code: FieldCode) -> Self {
        Self { field: field.into(), code }
    }
}

/// A text of one line as it is kept. Its length is that of what is kept, in characters and not bytes, because "ž" is one letter
/// to the person who reads the limit; from 0 on it may be empty.
///
/// # Errors
/// What is wrong with its length.
pub fn keep_line(typed: &str, length: RangeInclusive<usize>) -> Result<String, FieldCode> {
    of_length(text::one_line(typed), &length)
}

/// A text of several lines as it is kept, measured as by [`keep_line`]; the end of a line is one character.
///
/// # Errors
/// What is wrong with its length.
pub fn keep_lines(typed: &str, length: RangeInclusive<usize>) -> Result<String, FieldCode> {
    of_length(text::lines(typed), &length)
}

/// The most characters of an e-mail address (RFC 5321, 4.5.3.1.3, less its brackets).
const EMAIL_MAX: usize = 254;

/// An e-mail address as it is kept: in small letters. Whether somebody reads it, only a mail can tell.
///
/// # Errors
/// What is wrong with it.
pub fn keep_email(typed: &str) -> Result<String, FieldCode> {
    let email = keep_line(typed, 1..=EMAIL_MAX)?.to_lowercase();
    let is_word =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@,;:<>()\"[]".contains(c));
    let is_address = email.split_once('@').is_some_and(|(name, host)| {
        is_word(name) && is_word(host) && host.contains('.') && host.split('.').all(|label| !label.is_empty())
    });
    if is_address { Ok(email) } else { Err(FieldCode::NotAnEmail) }
}

/// The number of a Czech organisation (IČO) as it is kept: with the zeros before it that people leave out, and without blanks.
///
/// # Errors
/// [`FieldCode::Missing`], [`FieldCode::Unknown`] for what is no number of eight digits, even with the zeros in front that tables
/// lose, and [`FieldCode::DoesNotMatch`] where the last of eight does not fit the others: the sum of all, each times its place from
/// the end, leaves that one (Act 111/2009 Coll.).
pub fn keep_ico(typed: &str) -> Result<String, FieldCode> {
    let typed: String = text::one_line(typed).chars().filter(|c| !c.is_whitespace()).collect();
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    let ico = format!("{typed:0>8}");
    let [first @ .., last] = ico.as_bytes() else { return Err(FieldCode::Unknown) };
    if ico.len() != 8 || !ico.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FieldCode::Unknown);
    }
    let sum: u32 = first.iter().zip((2..=8).rev()).map(|(&digit, weight)| u32::from(digit - b'0') * weight).sum();
    match (u32::from(*last - b'0') == (11 - sum % 11) % 10, typed.len()) {
        (true, _) => Ok(ico),
        (false, 8) => Err(FieldCode::DoesNotMatch),
        (false, _) => Err(FieldCode::Unknown),
    }
}

fn of_length(kept: String, length: &RangeInclusive<usize>) -> Result<String, FieldCode> {
    match kept.chars().count() {
        count if length.contains(&count) => Ok(kept),
        0 => Err(FieldCode::Missing),
        count if count < *length.start() => Err(FieldCode::TooShort),
        _ => Err(FieldCode::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldCode, keep_email, keep_ico, keep_line, keep_lines};

    #[test]
    fn an_ico_checks_itself() {
        for right in ["00000019", "25596641", "27074358", "45274649", "00006947"] {
            assert_eq!(keep_ico(right).as_deref(), Ok(right));
        }
        assert_eq!(keep_ico(" 6947 ").as_deref(), Ok("00006947"));
        assert_eq!(keep_ico("255 96 641").as_deref(), Ok("25596641"));
        for mistyped in ["25596642", "70874121"] {
            assert_eq!(keep_ico(mistyped), Err(FieldCode::DoesNotMatch), "{mistyped}");
        }
        for other in ["123", "2559664", "255966411", "2559664x", "２５５９６６４１", "žžžž"] {
            assert_eq!(keep_ico(other), Err(FieldCode::Unknown), "{other}");
        }
        assert_eq!(keep_ico(" "), Err(FieldCode::Missing));
    }

    #[test]
    fn an_address_is_kept_in_small_letters_and_is_one_only() {
        assert_eq!(keep_email("\u{202a} Jana@Skola.CZ").as_deref(), Ok("jana@skola.cz"));
        for typed in [
            "jana",
            "@skola.cz",
            "jana@",
            "jana@skola",
            "jana@skola..cz",
            "a b@skola.cz",
            "a@b@c.cz",
            "Jana <jana@skola.cz>",
        ] {
            assert_eq!(keep_email(typed), Err(FieldCode::NotAnEmail), "{typed}");
        }
        assert_eq!(keep_email(" "), Err(FieldCode::Missing));
    }

    #[test]
    fn a_length_is_that_of_what_is_kept() {
        assert_eq!(keep_line(" ž\u{202e}ž ", 2..=2).as_deref(), Ok("žž"));
        assert_eq!(keep_line("\u{202e}\u{202e}\u{202e}", 2..=9), Err(FieldCode::Missing), "nobody sees it");
        assert_eq!(keep_line("", 0..=9).as_deref(), Ok(""));
        assert_eq!(keep_line("x", 2..=9), Err(FieldCode::TooShort));
        assert_eq!(keep_line("xxx", 0..=2), Err(FieldCode::TooLong));
        let as_browsers_send_them = "x\r\n".repeat(1_500) + "x";
        assert_eq!(keep_lines(&as_browsers_send_them, 1..=3_001).map(|kept| kept.len()), Ok(3_001));
    }
}
