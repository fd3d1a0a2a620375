//! What is read in one piece stands on one line: numbers with their units, dates, telephone numbers, numbers of requests, and in
//! Czech words of one letter with the next. Looked for in pages as they are rendered; what walks over all of them asks here.

use std::collections::BTreeSet;

/// Elements whose text goes on with the text around them.
const INLINE: &[&str] = &["a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "time", "u"];

/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose text is no part of a page's lines: programs, what people type, and examples of what they may type elsewhere.
const UNSHOWN: &[&str] = &["samp", "script", "style", "title", "textarea"];

/// Elements and classes whose text the style sheet keeps on one line, or shows to nobody.
const WHOLE_ELEMENTS: &[&str] = &["code", "option", "pre", "th"];
const WHOLE_CLASSES: &[&str] = &["account-number", "visually-hidden", "whole"];

const UNITS: &[&str] = &["%", "h", "kB", "Kč", "ks", "MB", "měs", "min"];
const SHORT_WORDS: &str = "kosuvzaiKOSUVZAI";

/// Between two lines.
const END_OF_LINE: char = '\u{1e}';

struct Element {
    name: String,
    is_whole: bool,
}

/// Where in `markup`, which begins with a tag, that tag ends: values of attributes may hold anything.
fn end_of_tag(markup: &str) -> usize {
    let mut quote = None;
    for (at, character) in markup.char_indices() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (None, '>') => return at,
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    markup.len() - 1
}

fn push_text(text: &mut String, raw: &str, is_whole: bool) {
    let decoded =
        [("&nbsp;", "\u{a0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")]
            .into_iter()
            .fold(raw.to_owned(), |decoded, (entity, character)| decoded.replace(entity, character));
    text.extend(decoded.chars().map(|character| match character {
        '-' if is_whole => '\u{2011}',
        blank if blank.is_ascii_whitespace() => {
            if is_whole {
                '\u{a0}'
            } else {
                ' '
            }
        }
        other => other,
    }));
}

/// Whether a word is the number of a request or a purchase, and may be broken at its hyphen.
fn is_breakable_number(word: &str) -> bool {
    let Some((year, serial)) = word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).split_once('-') else {
        return false;
    };
    let is_number = |part: &str, digits| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number(year.strip_prefix('B').unwrap_or(year), 4) && is_number(serial, 6)
}

/// Whether no line may end between two words.
fn belong_together(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let unit: &str = right.split(|c: char| !c.is_alphabetic() && c != '%').next().unwrap_or_default();
    let ends_with_digit = |text: &str| text.ends_with(|last: char| last.is_ascii_digit());
    let is_counted = ends_with_digit(left) && UNITS.contains(&unit);
    let behind = right.as_bytes().get(digits(right));
    // Behind a day and a month a year goes on, or a time; what else is counted there begins anew.
    let goes_on = |day: &str| match (digits(right), behind) {
        (1 | 2, Some(b'.')) => !day.contains('.'),
        (1 | 2, Some(b':')) | (4, None) => true,
        _ => false,
    };
    let is_date = left.strip_suffix('.').is_some_and(|day| ends_with_digit(day) && goes_on(day));
    let is_phone = digits(left) == 3 && left.len() == 3 && digits(right) == 3;
    let bare = left.trim_start_matches(['(', '„', '‚', '–']);
    let is_short_word = bare.chars().count() == 1 && SHORT_WORDS.contains(bare);
    let is_abbreviation =
        matches!((left, right.trim_end_matches(',')), ("§", _) | ("s.", "r.") | ("r.", "o.") | ("a.", "s."));
    is_counted || is_date || is_phone || is_short_word || is_abbreviation
}

/// What of a Czech page may be broken over lines, though it is read in one piece.
pub(crate) fn broken(page: &str) -> BTreeSet<String> {
    let (mut text, mut open, mut broken) = (String::new(), Vec::<Element>::new(), BTreeSet::new());
    let mut rest = page;
    while let Some((before, _)) = rest.split_once('<') {
        let is_whole = open.last().is_some_and(|element| element.is_whole);
        push_text(&mut text, before, is_whole);
        rest = &rest[before.len()..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = end_of_tag(rest);
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name: String =
            tag.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        if name.is_empty() {
            continue;
        }
        if !INLINE.contains(&name.as_str()) {
            text.push(END_OF_LINE);
        }
        if tag.starts_with('/') {
            if let Some(at) = open.iter().rposition(|element| element.name == name) {
                open.truncate(at);
            }
        } else if UNSHOWN.contains(&name.as_str()) {
            rest = rest.split_once(&format!("</{name}>")).map_or("", |(_, after)| after);
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            let classes = tag.split_once("class=\"").and_then(|(_, value)| value.split('"').next()).unwrap_or_default();
            let is_whole = is_whole
                || WHOLE_ELEMENTS.contains(&name.as_str())
                || classes.split(' ').any(|class| WHOLE_CLASSES.contains(&class));
            open.push(Element { name, is_whole });
        }
    }
    for line in text.split(END_OF_LINE) {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        broken.extend(
            words
                .windows(2)
                .filter(|pair| belong_together(pair[0], pair[1]))
                .map(|pair| format!("{} {}", pair[0], pair[1])),
        );
        broken.extend(words.into_iter().filter(|word| is_breakable_number(word)).map(str::to_owned));
    }
    broken
}

#[test]
fn what_may_be_broken_is_seen_in_the_text_and_nowhere_else() {
    for (page, found) in [
        ("<p>Zbývá 40 min do 24.\u{a0}11.</p>", "40 min"),
        ("<p>Zbývá 40<!----> <b>min</b></p>", "40 min"),
        ("<p>do 24. 11.</p>", "24. 11."),
        ("<p>do 24.\u{a0}11. 13:30</p>", "24.\u{a0}11. 13:30"),
        ("<p>(377 457\u{a0}977)</p>", ""),
        ("<p>377 457 977</p>", "377 457"),
        ("<p>potíž s programem</p>", "s programem"),
        ("<p>1\u{202f}210 Kč</p>", "1\u{202f}210 Kč"),
        ("<p>podle § 29</p>", "§ 29"),
        ("<p>Linka, s. r. o.</p>", "r. o."),
        ("<li><a href=\"/x\">2026-000123</a></li>", "2026-000123"),
        ("<p>K požadavku B2026-000123.</p>", "B2026-000123."),
    ] {
        let broken = broken(page);
        assert_eq!(broken.first().map_or("", String::as_str), found, "{page}: {broken:?}");
    }
    for page in [
        "<p title=\"za 40 min > dnes\">Zbývá 40\u{a0}min.</p>",
        "<p>Krok 1</p><p>min</p>",
        "<script>1 min</script><textarea>s programem</textarea>",
        "<li><a class=\"whole\" href=\"/x\">2026-000123</a></li>",
        "<p>K\u{a0}požadavku <span class=\"whole\">2026-000123</span>.</p>",
        "<p>s\u{a0}programem, 2 zásahy</p>",
        "<p>pá\u{a0}25.\u{a0}12. 1. svátek vánoční</p>",
    ] {
        assert_eq!(broken(page), BTreeSet::new(), "{page}");
    }
}
