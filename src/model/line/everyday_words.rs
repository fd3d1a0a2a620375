//! What people say for the words of the catalogue (design, Draft): by it they find what they want to order.

use serde::{Deserialize, Serialize};

use crate::model::base::{
    fields::{FieldCode, FieldProblem, keep_lines},
    seen::Fields,
    text::without_accents,
};

/// The most characters of all of them.
pub const EVERYDAY_WORDS_MAX: usize = 8_000;

/// What people say for a word of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EverydayWords {
    /// With which a word of the catalogue begins.
    pub meaning: String,
    /// What people say instead.
    pub words: String,
}

/// The field of their form: all of them as they are typed, a line each, "tisk: netiskne tiskárna".
#[must_use]
pub fn fields(spoken: &str) -> Fields {
    Fields::default().with("spoken", spoken)
}

/// The lines as they are kept.
///
/// # Errors
/// What is too long, or has a line without a word before and after its colon.
pub fn check(typed: &str) -> Result<String, FieldProblem> {
    let wrong = |code| FieldProblem::new("spoken", code);
    let kept = keep_lines(typed, 0..=EVERYDAY_WORDS_MAX).map_err(wrong)?;
    let written = kept.lines().filter(|line| !line.trim().is_empty()).count();
    if read(&kept).len() == written { Ok(kept) } else { Err(wrong(FieldCode::DoesNotMatch)) }
}

/// What the lines say; one that says nothing is passed over.
#[must_use]
pub fn read(spoken: &str) -> Vec<EverydayWords> {
    let lines = spoken.lines().filter_map(|line| line.split_once(':'));
    lines
        .map(|(meaning, words)| EverydayWords { meaning: meaning.trim().to_owned(), words: words.trim().to_owned() })
        .filter(|said| !said.meaning.is_empty() && !said.words.is_empty())
        .collect()
}

/// What people may type who look for something of the catalogue: its own words and what is said for them, folded.
#[must_use]
pub fn search_words(texts: &[&str], everyday: &[EverydayWords]) -> String {
    let own = folded(&texts.join(" "));
    let said = everyday.iter().filter(|said| words_of(&own).any(|word| word.starts_with(&folded(&said.meaning))));
    said.fold(own.clone(), |all, said| [all.as_str(), " ", &folded(&said.words)].concat())
}

/// Whether each word that was typed begins a word of a text that [`search_words`] has folded.
#[must_use]
pub fn is_found(words: &str, typed: &str) -> bool {
    words_of(&folded(typed)).all(|wanted| words_of(words).any(|word| word.starts_with(wanted)))
}

/// By letters of ASCII in the end: the table of all small letters would be the heaviest thing that the browser gets.
fn folded(text: &str) -> String {
    without_accents(text).to_ascii_lowercase()
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_found_by_the_beginnings_of_everyday_words_without_accents() {
        let everyday = read("tisk: netiskne nejde vytisknout papír\nmzd: výplata");
        let words = search_words(&["Tisk nebo terminál nefunguje", "Printing", "Čtečka čipů."], &everyday);
        for typed in ["", "tisk", "NEJDE TISK", "ctec", "čteč", "print", "netisk", "papir", "„nejde tisk“", "tisk?"]
        {
            assert!(is_found(&words, typed), "{typed}");
        }
        for typed in ["iskne", "nejde spustit", "vyplata"] {
            assert!(!is_found(&words, typed), "{typed}");
        }
    }

    #[test]
    fn a_line_says_a_word_and_what_is_said_for_it() {
        let kept = check(" tisk: netiskne\r\n\r\nmzd : výplata plat ").expect("lines");
        let read = read(&kept);
        assert_eq!(read.iter().map(|said| said.meaning.as_str()).collect::<Vec<_>>(), ["tisk", "mzd"]);
        assert_eq!(read.last().map(|said| said.words.as_str()), Some("výplata plat"));
        for wrong in ["tisk", "tisk:", ": netiskne"] {
            assert_eq!(check(wrong).map_err(|problem| problem.code), Err(FieldCode::DoesNotMatch), "{wrong}");
        }
        assert_eq!(check("").as_deref(), Ok(""), "nobody needs any");
    }
}
