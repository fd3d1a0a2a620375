//! What a mail is about: the words of a request, and what of the catalogue they name.

use super::{quoting::shortened, said_in};
use crate::model::{base::text, ordering::requests::WHAT_HAPPENED_MAX};

/// What mail programs put before a subject.
const PREFIXES: &[&str] = &["re:", "fw:", "fwd:", "odp:", "přep:", "aw:", "wg:"];

/// What happened, in the words of a mail: its subject, and what it says below. What is too long ends with "…"; all of it stays
/// with the mail.
#[must_use]
pub fn described(subject: &str, mail: &str) -> String {
    let (subject, said) = (text::one_line(without_prefixes(subject)), said_in(mail));
    let both = match (subject.is_empty(), said.is_empty()) {
        (true, _) => said,
        (false, true) => subject,
        (false, false) => format!("{subject}\n\n{said}"),
    };
    text::lines(&shortened(&both, WHAT_HAPPENED_MAX))
}

fn without_prefixes(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(shorter) = PREFIXES.iter().find_map(|prefix| {
        let head = rest.get(..prefix.len())?;
        head.to_lowercase().eq(prefix).then(|| rest.get(prefix.len()..)).flatten()
    }) {
        rest = shorter.trim_start();
    }
    rest
}

/// The place of the one among names that a text says; the longest of several, and none where it says none.
#[must_use]
pub fn named_in<'a>(names: impl IntoIterator<Item = &'a str>, said: &str) -> Option<usize> {
    let plain = |text: &str| text::without_accents(text).to_lowercase();
    let said = plain(said);
    let is_said = |name: &str| {
        !name.is_empty()
            && said.match_indices(name).any(|(at, _)| {
                let before = said.get(..at).and_then(|text| text.chars().next_back());
                let after = said.get(at + name.len()..).and_then(|text| text.chars().next());
                ![before, after].into_iter().flatten().any(char::is_alphanumeric)
            })
    };
    let found = names.into_iter().map(plain).enumerate().filter(|(_, name)| is_said(name));
    found.max_by_key(|(place, name)| (name.len(), usize::MAX - place)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::{described, named_in};
    use crate::model::ordering::requests::WHAT_HAPPENED_MAX;

    #[test]
    fn a_request_says_what_the_subject_and_the_mail_say() {
        assert_eq!(described("Re: FW: Nejde tisk", "Od rána.\n\n> cože"), "Nejde tisk\n\nOd rána.");
        assert_eq!(described("Přep: Sklad", ""), "Sklad");
        assert_eq!(described(" ", "Nejde tisk."), "Nejde tisk.");
        assert_eq!(described("", ""), "");
        let long = described("Deník", &"ž".repeat(WHAT_HAPPENED_MAX));
        assert!(long.chars().count() == WHAT_HAPPENED_MAX && long.ends_with('…'));
    }

    #[test]
    fn the_name_that_is_said_is_found_as_a_word() {
        let names = ["Sklad", "Stravné", "Sklad Plus"];
        for (said, found) in [
            ("nejde nam stravne", Some(1)),
            ("V programu SKLAD PLUS chyba", Some(2)),
            ("Sklad: chyba", Some(0)),
            ("Skladník volal", None),
            ("", None),
        ] {
            assert_eq!(named_in(names, said), found, "{said}");
        }
        assert_eq!(named_in(["", "Sklad", "sklad"], "sklad"), Some(1));
    }
}
