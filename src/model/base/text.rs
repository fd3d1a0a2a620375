//! How typed text is measured and kept, the same in the browser and on the server.

/// The length that counts: characters, without surrounding white space.
///
/// Characters and not bytes, because "ž" is one letter to the person who reads the limit.
#[must_use]
pub fn length(text: &str) -> usize {
    text.trim().chars().count()
}

/// As it is kept in one line: without surrounding blanks and what is [no text](is_no_text).
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace(is_no_text, " ").trim().to_owned()
}

/// As it is kept in several lines: without surrounding blanks and what is [no text](is_no_text) but for line ends.
#[must_use]
pub fn lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.replace(|c: char| is_no_text(c) && c != '\n', " ").trim().to_owned()
}

/// Control characters, those that XML 1.0 forbids, and those that turn the direction of what follows: a name or a report that
/// holds them could not be mailed, or would read differently on paper.
fn is_no_text(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// Makes JSON write a type as it is displayed and read it as it is parsed.
macro_rules! spelled_in_json {
    ($of:ty) => {
        impl serde::Serialize for $of {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $of {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use spelled_in_json;

/// Text without the accents of Czech: as it is compared, and as it stands where only ASCII may.
#[must_use]
pub fn without_accents(text: &str) -> String {
    text.chars().map(unaccented).collect()
}

fn unaccented(letter: char) -> char {
    const ACCENTED: &str = "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýž";
    const PLAIN: &str = "ACDEEINORSTUUYZacdeeinorstuuyz";
    let known = ACCENTED.chars().zip(PLAIN.chars()).find(|(accented, _)| *accented == letter);
    known.map_or(letter, |(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::{lines, one_line, without_accents};

    #[test]
    fn accents_go_and_all_else_stays() {
        assert_eq!(without_accents("Příliš ŽLUŤOUČKÝ kůň, 1. část – ß"), "Prilis ZLUTOUCKY kun, 1. cast – ß");
    }

    #[test]
    fn what_is_no_text_is_not_kept() {
        assert_eq!(one_line(" Jana\u{202e}\tNováková\u{fffe} "), "Jana  Nováková");
        assert_eq!(lines("první\r\ndruhý\u{1b}[0m\n"), "první\ndruhý [0m");
        assert_eq!(lines("přežije 😀 i tečka…"), "přežije 😀 i tečka…");
    }
}
