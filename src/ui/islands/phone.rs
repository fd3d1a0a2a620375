//! Telephone numbers for people.

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
    use super::*;

    #[test]
    fn czech_numbers_are_grouped_and_others_left_alone() {
        assert_eq!(phone_in_groups("+420377457977"), "+420\u{a0}377\u{a0}457\u{a0}977", "unbroken");
        assert_eq!(phone_in_groups("+4930123456"), "+4930123456");
        assert_eq!(phone_in_groups(""), "");
    }
}
