//! Ready texts with places for what only the browser knows.

/// Puts `value` in the place of `{name}` of a text.
#[must_use]
pub fn fill(text: &str, name: &str, value: &str) -> String {
    match around(text, name) {
        Some((before, after)) => [before, value, after].concat(),
        None => text.to_owned(),
    }
}

/// What stands before and after `{name}` in a text.
pub(super) fn around<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    text.match_indices('{').find_map(|(open, _)| {
        let (before, from_here) = text.split_at_checked(open)?;
        Some((before, from_here.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_filled_and_the_rest_stays() {
        assert_eq!(fill("ještě {left}.", "left", "9:42"), "ještě 9:42.");
        assert_eq!(fill("{from} až {to}", "to", "8"), "{from} až 8");
        assert_eq!(fill("nic k vyplnění", "left", "9:42"), "nic k vyplnění");
        assert_eq!(fill("{ale {left}", "left", "1"), "{ale 1");
    }
}
