//! Telephone numbers as they are kept, and as people read them.

use super::text::is_unseen;

/// A telephone number in the one form that is stored and dialled: `+` and 8 to 15 digits (ITU-T E.164).
///
/// Blanks, what nobody sees, dashes and the usual punctuation fall away, as does the `(0)` that is dialled at home only: so
/// numbers come out of other programs. Nine digits are a Czech number, and so is whatever starts with 420, +420
/// or 00420: it needs nine digits then, the first of them 2–9 (Czech numbering plan; 1xx are short numbers that cannot
/// be called from elsewhere). `None` for anything else.
#[must_use]
pub fn normalize_phone(typed: &str) -> Option<String> {
    const CZECHIA: &str = "420";
    let is_separator = |c: char| {
        c.is_whitespace()
            || is_unseen(c)
            || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '/' | '(' | ')')
    };
    let mut parts = typed.split('(');
    let first = parts.next().unwrap_or_default();
    let bracketed = parts.flat_map(|part| part.strip_prefix("0)").unwrap_or(part).chars());
    let dialled: String = first.chars().chain(bracketed).filter(|c| !is_separator(*c)).collect();
    let (is_international, digits) = match dialled.strip_prefix('+').or_else(|| dialled.strip_prefix("00")) {
        Some(digits) => (true, digits),
        None => (false, dialled.as_str()),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_czech = |national: &str| national.len() == 9 && national.starts_with(|first| ('2'..='9').contains(&first));
    match digits.strip_prefix(CZECHIA) {
        Some(national) if is_czech(national) => Some(["+", digits].concat()),
        // No other country's code begins with 420.
        Some(_) if is_international => None,
        _ if is_international => {
            let plausible = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
            plausible.then(|| ["+", digits].concat())
        }
        _ => is_czech(digits).then(|| ["+", CZECHIA, digits].concat()),
    }
}

/// A stored number as people read it out, in one piece: "+420 377 457 977". Of other countries the groups are not known.
#[must_use]
pub fn phone_in_groups(phone: &str) -> String {
    let groups =
        phone.strip_prefix("+420").filter(|national| national.len() == 9 && national.is_ascii()).and_then(|national| {
            let (first, rest) = national.split_at_checked(3)?;
            let (second, third) = rest.split_at_checked(3)?;
            Some(["+420", first, second, third].join("\u{a0}"))
        });
    groups.unwrap_or_else(|| phone.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{normalize_phone, phone_in_groups};

    #[test]
    fn phones_have_one_spelling() {
        for (typed, expected) in [
            ("377457977", "+420377457977"),
            (" 377 457 977 ", "+420377457977"),
            ("377\u{a0}457\u{a0}977", "+420377457977"),
            ("377-457-977", "+420377457977"),
            ("(377) 457.977", "+420377457977"),
            ("420 377 457 977", "+420377457977"),
            ("+420377457977", "+420377457977"),
            ("00420 377 457 977", "+420377457977"),
            ("420377457", "+420420377457"), // nine digits are a Czech number
            ("+421 2 1234 5678", "+421212345678"),
            ("0049 30 1234567", "+49301234567"),
            ("+1 (212) 555-0123", "+12125550123"),
            ("\u{202d}377 457 977\u{202c}", "+420377457977"),
            ("377\u{2011}457\u{2013}977", "+420377457977"),
            ("377\u{200b}457\u{200b}977\u{feff}", "+420377457977"),
            ("+420 (0) 377 457 977", "+420377457977"),
            ("00420(0)377457977", "+420377457977"),
            ("+49 (0)30 1234567", "+49301234567"),
            ("(0)377 457 977", "+420377457977"),
            ("((0)377) (457) 977", "+420377457977"),
        ] {
            assert_eq!(normalize_phone(typed).as_deref(), Some(expected), "{typed}");
            assert_eq!(normalize_phone(expected).as_deref(), Some(expected), "{expected}");
        }
        for no_phone in [
            "",
            "+",
            "00",
            "112",
            "37745797",
            "3774579777",
            "177457977",
            "+420 177 457 977",
            "+420 37745797",
            "420 3774579770",
            "+0377457977",
            "+1234567",
            "+1234567890123456",
            "377457977x",
            "++420377457977",
            "+ +377457977",
            "３７７４５７９７７",
            "377457977;ext=1",
        ] {
            assert_eq!(normalize_phone(no_phone), None, "{no_phone}");
        }
    }

    #[test]
    fn czech_numbers_are_grouped_and_others_left_alone() {
        assert_eq!(phone_in_groups("+420377457977"), "+420\u{a0}377\u{a0}457\u{a0}977", "unbroken");
        assert_eq!(phone_in_groups("+4930123456"), "+4930123456");
        assert_eq!(phone_in_groups(""), "");
    }
}
