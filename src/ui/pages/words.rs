//! Words that several pages need.

use crate::{model::urgency::UrgencyClaim, ui::texts::t};

/// With a capital letter: what was the middle of a sentence becomes a headline.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// "Urgentní: nejde tisk. Od kdy: od rána"
pub(super) fn claim_in_words(claim: &UrgencyClaim) -> String {
    t!("order-claim", what = claim.what_stopped.as_str(), since = claim.since.as_str())
}

#[cfg(test)]
mod tests {
    use super::capitalized;

    #[test]
    fn the_first_letter_grows_whatever_its_alphabet() {
        assert_eq!(capitalized("středa 25. listopadu"), "Středa 25. listopadu");
        assert_eq!(capitalized("čtvrtek"), "Čtvrtek");
        assert_eq!(capitalized(""), "");
    }
}
