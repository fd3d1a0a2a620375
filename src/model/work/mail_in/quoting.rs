//! What somebody says in a mail, without what they quote.

use crate::model::base::text;

/// What stands where something was left out.
const LEFT_OUT: &str = "[…]";

/// How a line ends after which an answer quotes what it answers.
const WROTE: &[&str] =
    &["napsal(a):", "napsal/a:", "napsal:", "napsala:", "napsali:", "wrote:", "schrieb:", "napísal:", "napísal(a):"];

/// Over how many lines "Dne 23. 11. 2026 v 8:00 Linka <linka@example.com> napsal(a):" may be broken.
const WROTE_LINES: usize = 3;

/// What a line begins with that says who wrote what follows, where it ends as [`WROTE`].
const WHEN: &[&str] = &["Dne ", "On ", "Am ", "Dňa ", "po ", "út ", "st ", "čt ", "pá ", "so ", "ne "];

/// Words between dashes above what is quoted whole.
const ORIGINAL: &[&str] =
    &["Původní zpráva", "Původní e-mail", "Original Message", "Pôvodná správa", "Ursprüngliche Nachricht"];

/// How the first lines of what is quoted whole begin, where nothing stands above it.
const HEADS: &[(&str, &[&str])] =
    &[("Od:", &["Odesláno:", "Datum:", "Komu:", "Předmět:"]), ("From:", &["Sent:", "Date:", "To:", "Subject:"])];

/// What a mail says: without what it answers to, with "[…]" where something quoted stood in between. All of it where nothing else
/// is left: somebody who forwards something says by it what they mean.
#[must_use]
pub fn said_in(mail: &str) -> String {
    let whole = text::lines(mail);
    let lines: Vec<&str> = whole.lines().collect();
    let end = (0..lines.len()).find(|place| quotes_from(&lines, *place)).unwrap_or(lines.len());
    let mut said: Vec<&str> = Vec::new();
    for line in lines.iter().take(end) {
        match (line.trim_start().starts_with('>'), said.last()) {
            (true, Some(&LEFT_OUT)) => {}
            (true, _) => said.push(LEFT_OUT),
            (false, _) => said.push(line.trim_end()),
        }
    }
    let is_said = said.iter().any(|line| *line != LEFT_OUT && line.chars().any(char::is_alphanumeric));
    if !is_said {
        return whole;
    }
    // What is quoted at the very end needs no mark.
    while said.last().is_some_and(|line| line.trim().is_empty() || *line == LEFT_OUT) {
        said.pop();
    }
    text::lines(&said.join("\n"))
}

/// Whether from this line on everything is what somebody else has written.
fn quotes_from(lines: &[&str], place: usize) -> bool {
    let line = lines.get(place).map_or("", |line| line.trim());
    if line.starts_with('>') {
        return false;
    }
    if line.starts_with("--") && ORIGINAL.iter().any(|words| line.trim_matches(['-', ' ']).eq_ignore_ascii_case(words))
    {
        return true;
    }
    if HEADS.iter().any(|(first, others)| line.starts_with(first) && is_head(lines, place, others)) {
        // Above what is forwarded stands that it is.
        return !lines.iter().take(place).rev().take(2).any(|above| is_forwarded(above));
    }
    let begins = |line: &str| WHEN.iter().any(|when| line.starts_with(when));
    let mut ends = lines.iter().skip(place).take(WROTE_LINES).enumerate();
    // A sentence that begins so, above an answer, ends before the next one and before an empty line.
    begins(line)
        && ends
            .by_ref()
            .take_while(|(after, line)| *after == 0 || !(line.trim().is_empty() || begins(line.trim())))
            .any(|(_, line)| WROTE.iter().any(|wrote| line.trim().ends_with(wrote)))
}

/// Whether two of the next lines are of a mail's head.
fn is_head(lines: &[&str], place: usize, others: &[&str]) -> bool {
    let following = lines.iter().skip(place + 1).take(4);
    following.filter(|line| others.iter().any(|other| line.trim().starts_with(other))).count() >= 2
}

fn is_forwarded(line: &str) -> bool {
    let line = line.trim().trim_matches('-').trim().to_lowercase();
    ["přeposlaná zpráva", "forwarded message", "přeposlaný e-mail"].iter().any(|words| line.starts_with(words))
}

/// A text of at most so many characters: what is longer ends with "…".
#[must_use]
pub fn shortened(long: &str, most: usize) -> String {
    if long.chars().count() <= most {
        return long.to_owned();
    }
    let kept: String = long.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{said_in, shortened};

    #[test]
    fn what_is_answered_is_left_out_and_the_signature_stays() {
        for (mail, said) in [
            (
                "Středa nám vyhovuje.\r\n\r\nJana Nováková\r\n-- \r\nZŠ Lipová\r\n\r\nDne 23. 11. 2026 v 8:00 Linka napsal(a):\r\n> Kdy?\r\n> Linka",
                "Středa nám vyhovuje.\n\nJana Nováková\n--\nZŠ Lipová",
            ),
            ("Ano.\n\nOn Mon, Nov 23, 2026 at 8:00 AM Linka\n<linka@example.com> wrote:\n\n> Kdy?", "Ano."),
            ("Ano.\n\n-----Původní zpráva-----\nOd: Linka\nKdy?", "Ano."),
            ("Ano.\n\nOd: Linka <l@example.com>\nOdesláno: pondělí\nKomu: Jana\nPředmět: Kdy\n\nKdy?", "Ano."),
            ("> Kdy?\nV osm.\n> Kdo?\n> A jak?\nJana.\n> Díky", "[…]\nV osm.\n[…]\nJana."),
            (
                "st 25. 11. 2026 v 8:00 odesílatel Linka <l@example.com> napsal:\n> Kdy?",
                "st 25. 11. 2026 v 8:00 odesílatel Linka <l@example.com> napsal:\n> Kdy?",
            ),
            ("Nejde tisk.", "Nejde tisk."),
            ("", ""),
        ] {
            assert_eq!(said_in(mail), said, "{mail}");
        }
    }

    #[test]
    fn what_somebody_forwards_is_what_they_mean() {
        let forwarded = "Prosím o radu.\n\n---------- Přeposlaná zpráva ---------\nOd: Pekárna\nDatum: pondělí\nPředmět: Chyba\nKomu: Jana\n\nNejde tisk.";
        assert!(said_in(forwarded).ends_with("Nejde tisk."));
        let only = "> Nejde tisk.\n> Ani náhled.";
        assert_eq!(said_in(only), only);
    }

    #[test]
    fn a_sentence_that_begins_like_an_answer_is_said() {
        let said = "Dne 25. 11. nejsme v práci.\nZavolejte až potom.";
        assert_eq!(said_in(said), said);
        let above = "Dne 25. 11. nejsme v práci.\nDne 23. 11. 2026 v 8:00 Linka napsal(a):\n> Kdy?";
        assert_eq!(said_in(above), "Dne 25. 11. nejsme v práci.");
        let addressed = "Od: pondělí nejde tisk.\nDěkuji.";
        assert_eq!(said_in(addressed), addressed);
    }

    #[test]
    fn what_is_too_long_says_so() {
        assert_eq!(shortened("žluť", 4), "žluť");
        assert_eq!(shortened("žluťoučký", 5), "žluť…");
        assert_eq!(shortened("a b c", 3), "a…");
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(mail in "[ -~\n>žč…\u{0}-\u{20}]{0,300}", most in 0_usize..20) {
            let said = said_in(&mail);
            proptest::prop_assert!(said.chars().count() <= mail.chars().count() + 4 * mail.lines().count());
            proptest::prop_assert!(shortened(&said, most).chars().count() <= most.max(1));
        }
    }
}
