//! How typed text is measured and kept, the same in the browser and on the server.

/// As it is kept in one line: without surrounding blanks and what is [no text](is_no_text); line ends are blanks.
#[must_use]
pub fn one_line(typed: &str) -> String {
    cleaned(typed, |c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
}

/// As it is kept in several lines: without surrounding blanks and what is [no text](is_no_text); a line ends with `\n`, however
/// the browser sends it.
#[must_use]
pub fn lines(typed: &str) -> String {
    // Character by character: this also runs in the browser, where looking for texts in texts would weigh.
    let mut before = None;
    let lines = typed.chars().filter_map(|c| match (before.replace(c), c) {
        (Some('\r'), '\n') => None,
        (_, '\r' | '\u{2028}' | '\u{2029}') => Some('\n'),
        _ => Some(c),
    });
    let lines: String = lines.collect();
    cleaned(&lines, |c| if c.is_control() && c != '\n' { ' ' } else { c })
}

fn cleaned(typed: &str, control: impl Fn(char) -> char) -> String {
    let text: String = typed.chars().filter(|c| !is_no_text(*c)).map(control).collect();
    // Joiners and other signs that nobody sees shape what stands beside them; alone they say nothing.
    if text.chars().all(|c| c.is_whitespace() || is_unseen(c)) { String::new() } else { text.trim().to_owned() }
}

/// What turns the direction of the text around it, and characters that Unicode has set aside for no text at all, some of
/// which XML 1.0 forbids: a name or a report that holds them could not be mailed, or would read differently on paper. The
/// database refuses the same (`is_kept_text()`).
fn is_no_text(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// What stands for nothing that is seen, blanks aside (Unicode, `Default_Ignorable_Code_Point` and the blank of Braille).
#[must_use]
pub fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || is_no_text(c)
}

/// What binds: no line is broken beside it, and nobody sees it.
pub const JOINER: char = '\u{2060}';

/// The dash of a range after which no line breaks.
pub const UNBROKEN_DASH: &str = "–\u{2060}";

/// A range, "8:00–8:45", that no line breaks after its dash, as browsers would.
#[must_use]
pub fn unbroken_range(range: &str) -> String {
    range.replace('–', UNBROKEN_DASH)
}

/// What is counted, as it stands behind a number.
pub const UNITS: &str = "min minut minuty minutu minute minutes h hodin hodiny hodinu hodina hour hours den dny dní dnů day days \
                         měs měsíc měsíce měsíců month months Kč kB MB % ks";

/// Whether a letter is a word of its own in Czech, with which no line ends.
#[must_use]
pub const fn is_short_word(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'k' | 'o' | 's' | 'u' | 'v' | 'z' | 'a' | 'i')
}

/// A Czech text as it is shown: no line ends with a word of one letter, or between a number and its unit, or the parts of a date or a
/// telephone number. None where nothing of it is bound. It is never what is kept.
#[must_use]
pub fn unbroken(text: &str) -> Option<String> {
    let (mut bound, mut copied) = (String::new(), 0);
    for (space, _) in text.match_indices(' ') {
        // Behind a blank that binds already another word begins.
        let left = text[..space].rsplit(char::is_whitespace).next().unwrap_or_default();
        if belong_together(left, &text[space + 1..]) {
            bound.push_str(&text[copied..space]);
            bound.push('\u{a0}');
            copied = space + 1;
        }
    }
    (copied > 0).then(|| bound + &text[copied..])
}

/// Whether no line may end between a word and what follows it.
fn belong_together(left: &str, follows: &str) -> bool {
    let bare = left.trim_start_matches(['(', '„', '‚', '–']);
    let mut letters = bare.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && is_short_word(letter)
    {
        return follows.starts_with(|first: char| !first.is_whitespace());
    }
    let is_digit = |character: char| character.is_ascii_digit();
    let digits = follows.len() - follows.trim_start_matches(is_digit).len();
    if left.ends_with(is_digit) {
        let unit = follows.split(|c: char| !c.is_alphabetic() && c != '%').next().unwrap_or_default();
        let is_group = left.len() == 3 && left.chars().all(is_digit) && digits == 3;
        return is_group || !unit.is_empty() && UNITS.split(' ').any(|known| known == unit);
    }
    digits > 0 && left.strip_suffix('.').is_some_and(|day| day.ends_with(is_digit))
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

/// Text without accents, those of the neighbours' letters too: as it is compared, and as it stands where only ASCII may.
#[must_use]
pub fn without_accents(text: &str) -> String {
    text.chars().map(unaccented).collect()
}

fn unaccented(letter: char) -> char {
    // Every letter of Latin-1 and of Latin Extended-A that is one of ASCII with something about it.
    const ACCENTED: &str = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢ\
        ģĤĥĦħĨĩĪīĬĭĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽž";
    const PLAIN: &str = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyyAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgG\
        gHhHhIiIiIiIiIiJjKkLlLlLlLlNnNnNnOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZz";
    let known = ACCENTED.chars().zip(PLAIN.chars()).find(|(accented, _)| *accented == letter);
    known.map_or(letter, |(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::{is_no_text, lines, one_line, unbroken, without_accents};

    #[test]
    fn accents_go_and_all_else_stays() {
        assert_eq!(without_accents("Příliš ŽLUŤOUČKÝ kůň, 1. část – ß"), "Prilis ZLUTOUCKY kun, 1. cast – ß");
        assert_eq!(
            without_accents("Müller, Kôstka, Ľubica, Škarpík, Łukasz, Győr"),
            "Muller, Kostka, Lubica, Skarpik, Lukasz, Gyor"
        );
    }

    #[test]
    fn what_is_read_in_one_piece_is_bound_and_nothing_else() {
        for (text, bound) in [
            ("Oprava v jídelně", "Oprava v~jídelně"),
            ("V 10 min od a k vám (i s námi)", "V~10~min od a~k~vám (i~s~námi)"),
            ("do 24. 11. 2026 v 8:00", "do 24.~11.~2026 v~8:00"),
            ("601 234 567, 15 Kč/min", "601~234~567, 15~Kč/min"),
        ] {
            assert_eq!(unbroken(text), Some(bound.replace('~', "\u{a0}")), "{text}");
        }
        for text in ["", "Oprava", "už ne", "za\u{a0}5\u{a0}min, 7 minimálně", "v  ", "č. 5", "Linka 2 spojení"] {
            assert_eq!(unbroken(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_text_is_not_kept() {
        assert_eq!(one_line(" Jana\u{202e}\tNováková\u{fffe} "), "Jana Nováková");
        assert_eq!(one_line("Jana\r\nNováková\0"), "Jana  Nováková");
        assert_eq!(one_line("Jana\u{2028}Nováková\u{2029}"), "Jana Nováková");
        assert_eq!(lines("první\r\ndruhý\u{1b}[0m\n"), "první\ndruhý [0m");
        assert_eq!(lines("1\r2\r\r\n3\n\r\n4\u{2028}5\n\r6"), "1\n2\n\n3\n\n4\n5\n\n6");
        assert_eq!(lines("a\u{2028}b\rc"), "a\nb\nc");
        assert_eq!(lines("přežije 😀 i tečka…"), "přežije 😀 i tečka…");
        assert_eq!(one_line("\u{1f469}\u{200d}\u{1f4bb}"), "\u{1f469}\u{200d}\u{1f4bb}", "a joiner joins");
    }

    #[test]
    fn what_nobody_sees_says_nothing() {
        for unseen in
            ["\u{202e}\u{202e}\u{202e}", "\u{200b} \u{200d}", "\u{2800}\u{3164}", "\u{feff}\u{fffe}", "\0\t\n"]
        {
            assert_eq!(one_line(unseen), "", "{unseen:?}");
            assert_eq!(lines(unseen), "", "{unseen:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_kept_stays_as_it_is(typed in proptest::collection::vec(proptest::char::any(), 0..40)) {
            let typed = String::from_iter(typed);
            for kept in [one_line(&typed), lines(&typed)] {
                proptest::prop_assert_eq!(lines(&kept), kept.clone());
                proptest::prop_assert_eq!(kept.trim(), &kept);
                proptest::prop_assert!(kept.chars().all(|c| !is_no_text(c) && (c == '\n' || !c.is_control())));
            }
            proptest::prop_assert_eq!(one_line(&one_line(&typed)), one_line(&typed));
        }
    }
}
