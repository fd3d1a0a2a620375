//! English words of the interface on pages.

/// A text for a page: no line ends behind a word of one letter, as on all pages.
pub fn in_lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut is_short = false;
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            lines.push(if is_short { '\u{a0}' } else { ' ' });
        }
        lines.push_str(word);
        is_short = word.trim_start_matches('(').chars().count() == 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::in_lines;

    #[test]
    fn no_line_of_a_page_ends_behind_a_word_of_one_letter() {
        assert_eq!(in_lines("A time is held (a slot) for it"), "A\u{a0}time is held (a\u{a0}slot) for it");
        assert_eq!(in_lines(""), "");
    }
}
