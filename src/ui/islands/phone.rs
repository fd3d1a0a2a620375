//! Telephone numbers for people.

/// A stored number as people read it out, in one piece: "+420 377 457 977". Of other countries the groups are not known.
#[must_use]
pub fn phone_in_groups(phone: &str) -> String {
    match phone.strip_prefix("+420") {
        Some(national) if national.len() == 9 && national.is_ascii() => {
            format!("+420\u{a0}{}\u{a0}{}\u{a0}{}", &national[..3], &national[3..6], &national[6..])
        }
        _ => phone.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn czech_numbers_are_grouped_and_others_left_alone() {
        assert_eq!(phone_in_groups("+420377457977"), "+420\u{a0}377\u{a0}457\u{a0}977", "unbroken");
        assert_eq!(phone_in_groups("+4930123456"), "+4930123456");
        assert_eq!(phone_in_groups(""), "");
    }
}
