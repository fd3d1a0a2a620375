//! What the fonts can show: people write more signs than any font has, and a document may not leave one out in silence.

use std::sync::LazyLock;

use serde_json::Value;
use typst::{
    foundations::Bytes,
    layout::Abs,
    text::{Font, FontInstance, FontStyle, FontVariations, is_default_ignorable},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::model::base::text::unbroken;

/// The families that documents are set in. For a sign that one lacks the next is asked, and none but these.
pub const FAMILIES: [&str; 4] =
    ["Libertinus Serif", "New Computer Modern", "New Computer Modern Math", "DejaVu Sans Mono"];

/// Every font there is.
pub static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| typst_assets::fonts().flat_map(|font| Font::iter(Bytes::new(font))).collect());

/// The upright faces of every family.
static FACES: LazyLock<[Vec<FontInstance>; 4]> = LazyLock::new(|| {
    let face = |font: &Font| font.clone().instantiate(font.info().variant, Abs::zero(), &FontVariations::default());
    FAMILIES.map(|family| {
        let upright = |font: &&Font| font.info().family == family && font.info().variant.style == FontStyle::Normal;
        FONTS.iter().filter(upright).map(face).collect()
    })
});

/// Stands for a sign that no font has.
const UNKNOWN: &str = "□";

/// Makes every text within `data` one that can be printed, and of which no line breaks where a Czech one should not.
pub fn make_legible(data: &mut Value, is_czech: bool) {
    match data {
        Value::String(text) => {
            let printed = legible(text);
            *text = if is_czech { unbroken(&printed).unwrap_or(printed) } else { printed };
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_legible(item, is_czech)),
        Value::Object(fields) => fields.values_mut().for_each(|field| make_legible(field, is_czech)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn legible(text: &str) -> String {
    text.graphemes(true).map(sign).collect()
}

/// A sign is drawn in one font: as much of it stays as one family has. What is never seen (joiners, variation selectors,
/// marks that turn the direction of text) goes, so that it neither fails to print nor hides what is printed.
fn sign(written: &str) -> String {
    let visible: String = written.chars().filter(|&character| !is_unseen(character)).collect();
    if visible.is_empty() || visible == "\n" {
        return visible;
    }
    match FACES.iter().map(|faces| known(faces, &visible)).max() {
        Some(length @ 1..) => visible[..length].to_owned(),
        _ if visible.trim().is_empty() => " ".to_owned(),
        _ => UNKNOWN.to_owned(),
    }
}

fn is_unseen(character: char) -> bool {
    is_default_ignorable(character) || (character.is_control() && !character.is_whitespace())
}

/// How many bytes of a sign a family has glyphs for in every weight, from its beginning.
fn known(faces: &[FontInstance], sign: &str) -> usize {
    let has = |character| faces.iter().all(|face| face.ttf().glyph_index(character).is_some());
    sign.find(|character| !has(character)).unwrap_or(sign.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_have_stays_as_it_was_written() {
        for text in ["Příliš žluťoučký kůň úpěl ďábelské ódy.", "Щука, ελιά, שלום", "→ ≤ ½ „€“ №\u{a0}1\u{202f}000\nB"]
        {
            assert_eq!(legible(text), text);
        }
    }

    #[test]
    fn one_sign_that_no_font_has_is_one_box() {
        assert_eq!(legible("To je 😡, 料金!"), "To je □, □□!");
        assert_eq!(legible("👩‍👩‍👧🏿 🇨🇿"), "□ □", "a family and a flag are one sign each");
    }

    #[test]
    fn what_is_never_seen_goes() {
        assert_eq!(legible("a\u{200d}b\u{fe0f}c\u{202e}d\u{2066}e\u{feff}f"), "abcdef");
        assert_eq!(legible("\u{200b}\u{0}\u{1b}"), "");
    }

    #[test]
    fn of_a_sign_with_marks_that_no_font_has_the_letter_stays() {
        assert_eq!(legible("e\u{301}"), "e\u{301}");
        assert_eq!(legible("e\u{abc}x"), "ex");
    }

    #[test]
    fn unknown_spaces_are_spaces() {
        assert_eq!(legible("a\u{3000}b"), "a b");
    }

    #[test]
    fn the_box_itself_can_be_printed() {
        assert_eq!(legible(UNKNOWN), UNKNOWN);
    }

    #[test]
    fn every_text_in_the_data_is_made_legible() {
        let written = serde_json::json!({ "a": ["😀"], "b": { "c": "v\u{200d} domě" }, "d": null, "e": true, "f": 1 });
        for (is_czech, space) in [(true, '\u{a0}'), (false, ' ')] {
            let mut data = written.clone();
            make_legible(&mut data, is_czech);
            let c = format!("v{space}domě");
            assert_eq!(data, serde_json::json!({ "a": ["□"], "b": { "c": c }, "d": null, "e": true, "f": 1 }));
        }
    }
}
