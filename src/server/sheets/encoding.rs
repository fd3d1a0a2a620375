//! In which encoding a text is: Czech systems have written three of eight bits, and none of them says which.
//!
//! The letters tell. Each byte above the first half is another letter in each encoding, and only one of them makes Czech words.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_8859_2, UTF_8, WINDOWS_1250};

use crate::model::ordering::imports::TextEncoding;

/// The second half of CP852 (Latin 2 of DOS), of which the first is ASCII.
const CP852: &str = "\
    ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č\
    áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐\
    └┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀\
    ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";

/// What DOS wrote behind the end of a text.
const END_OF_FILE: char = '\u{1a}';

/// The text, and in which encoding it was.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, TextEncoding) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
        return (text, if encoding == UTF_8 { TextEncoding::Utf8 } else { TextEncoding::Utf16 });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text.trim_end_matches(END_OF_FILE)), TextEncoding::Utf8);
    }
    // Of equals the first, which is the most common.
    let mut best = (of_windows(bytes), TextEncoding::Windows1250);
    for (text, encoding) in [(of_iso(bytes), TextEncoding::Iso88592), (of_dos(bytes), TextEncoding::Cp852)] {
        if score(&text) > score(&best.0) {
            best = (text, encoding);
        }
    }
    (Cow::Owned(best.0.trim_end_matches(END_OF_FILE).to_owned()), best.1)
}

fn of_windows(bytes: &[u8]) -> String {
    WINDOWS_1250.decode_without_bom_handling(bytes).0.into_owned()
}

fn of_iso(bytes: &[u8]) -> String {
    ISO_8859_2.decode_without_bom_handling(bytes).0.into_owned()
}

fn of_dos(bytes: &[u8]) -> String {
    let upper: Vec<char> = CP852.chars().collect();
    let of = |byte: u8| match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(place) => upper.get(usize::from(place)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    bytes.iter().copied().map(of).collect()
}

/// Whether a character is none that anybody types: a control, a part of a frame, or what stands for an error.
pub fn is_impossible(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{2500}'..='\u{259f}' | char::REPLACEMENT_CHARACTER)
}

/// How much a text looks like Czech.
fn score(text: &str) -> i64 {
    let before = std::iter::once(' ').chain(text.chars());
    before.zip(text.chars()).filter(|(_, c)| !c.is_ascii()).map(|(before, c)| weight(before, c)).sum()
}

/// How much a character behind another one looks like Czech: by how often it is written, where it can stand in a word.
fn weight(before: char, c: char) -> i64 {
    if is_impossible(c) {
        return -20;
    }
    let begins = !before.is_alphabetic();
    match c {
        // No word begins with these.
        'ě' | 'é' | 'ý' | 'ů' | 'í' if begins => -4,
        'í' | 'á' | 'ě' => 8,
        'é' | 'ř' | 'č' | 'ž' | 'ý' | 'š' | 'ů' => 7,
        'ú' => 5,
        'ó' | 'ť' | 'ď' | 'ň' => 2,
        // A capital within a word of small letters.
        _ if c.is_uppercase() && before.is_lowercase() => -4,
        'Ů' | 'Ý' | 'Ě' | 'Ť' if begins => 0,
        'Á' | 'É' | 'Í' | 'Ě' | 'Č' | 'Ř' | 'Š' | 'Ž' | 'Ý' | 'Ů' | 'Ú' => 6,
        'Ó' | 'Ť' | 'Ď' | 'Ň' => 2,
        _ if c.is_alphabetic() => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Names and words as they stand in tables of a vendor.
    const WORDS: &str = "Základní škola Městský úřad Dolany Horní Bříza Gymnázium Nad Řekou Nábřežní Domov seniorů Javor Obec Lhota \
        Mateřská Sluníčko Slunečná Školní jídelna U Parku Domažlice Nemocnice Podlesí Sušice Střední průmyslová Kovárna Tachov \
        Zůstatek z původního systému klíč název účetní uzávěrka přecenění skladu Pavel Černý Šárka Žižková Říhová Štěpánek Vlčková \
        ÚSTÍ NAD LABEM ŠKOLA PŘÍBRAM Česká spořitelna třída příliš žluťoučký kůň úpěl ďábelské ódy Úvaly Újezd Ždár Dvořák Novotný";

    fn encoded(text: &str, encoding: TextEncoding) -> Vec<u8> {
        match encoding {
            TextEncoding::Utf8 => text.as_bytes().to_vec(),
            TextEncoding::Utf16 => {
                std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
            TextEncoding::Windows1250 => WINDOWS_1250.encode(text).0.into_owned(),
            TextEncoding::Iso88592 => ISO_8859_2.encode(text).0.into_owned(),
            TextEncoding::Cp852 => {
                let place = |c: char| CP852.chars().position(|upper| upper == c).expect("a character of CP852");
                let of = |c: char| {
                    u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or_else(|| u8::try_from(0x80 + place(c)).unwrap())
                };
                text.chars().map(of).collect()
            }
        }
    }

    /// Lines of words, most of which have letters beyond ASCII.
    fn czech() -> impl Strategy<Value = String> {
        let words: Vec<&str> = WORDS.split(' ').filter(|word| !word.is_ascii()).collect();
        let any = WORDS.split(' ').collect::<Vec<_>>();
        let line = (
            prop::collection::vec(prop::sample::select(words), 4..12),
            prop::collection::vec(prop::sample::select(any), 0..4),
        );
        line.prop_map(|(czech, more)| [czech, more].concat().join(" "))
    }

    proptest! {
        #[test]
        fn czech_text_comes_back_from_each_encoding(text in czech()) {
            for encoding in TextEncoding::ALL {
                let bytes = encoded(&text, *encoding);
                let (read, told) = decode(&bytes);
                prop_assert_eq!(read.as_ref(), text.as_str());
                // Where all letters are the same in two encodings, the more common one is told.
                if told != *encoding {
                    prop_assert_eq!(encoded(&text, told), bytes);
                }
            }
        }
    }

    #[test]
    fn signs_and_quotes_of_windows_are_no_letters_of_another_encoding() {
        for text in ["»Škola« a „jídelna“ – účtárna®", "Firma® s.r.o.", "»Ano«", "5 °C – § 26", "Cena 100 €"]
        {
            let bytes = encoded(text, TextEncoding::Windows1250);
            assert_eq!(decode(&bytes), (Cow::Borrowed(text), TextEncoding::Windows1250));
        }
    }

    #[test]
    fn the_table_of_dos_has_each_character_once_and_its_end_is_no_text() {
        let distinct: std::collections::BTreeSet<char> = CP852.chars().collect();
        assert_eq!((CP852.chars().count(), distinct.len()), (128, 128));
        assert_eq!(decode(b"P\xfd\xa1\xe7era\x1a").0, "Příšera");
        assert!(is_impossible('│') && is_impossible('\u{9a}') && is_impossible('\u{fffd}') && !is_impossible('ß'));
    }
}
