//! In which encoding a statement is written: no bank says.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1250};

const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The upper half of code page 852, in which statements of old clearing programs are written. The crate that knows the
/// others follows the web's list of encodings, where it is not.
const CODE_PAGE_852: &str = "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤\
                             đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";
const CZECH_LETTERS: &str = "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ";

/// The text of a file: UTF-16 or UTF-8 when it is that, else Windows-1250 or code page 852, whichever reads more like Czech.
pub fn decode(bytes: &[u8]) -> String {
    if let Some(text) = utf_16(bytes) {
        return text;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).to_owned();
    }
    let (windows, _): (Cow<'_, str>, _) = WINDOWS_1250.decode_without_bom_handling(bytes);
    let dos = code_page_852(bytes);
    if likeness(&dos) > likeness(&windows) { dos } else { windows.into_owned() }
}

/// UTF-16 by its mark, or by the zeros beside the ASCII with which every statement begins.
fn utf_16(bytes: &[u8]) -> Option<String> {
    let (encoding, bytes) = match bytes {
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        [first, 0, second, 0, ..] if *first > 0 && *second > 0 => (UTF_16LE, bytes),
        [0, first, 0, second, ..] if *first > 0 && *second > 0 => (UTF_16BE, bytes),
        _ => return None,
    };
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

fn code_page_852(bytes: &[u8]) -> String {
    let upper: Vec<char> = CODE_PAGE_852.chars().collect();
    let letter = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(place) => upper.get(usize::from(place)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    bytes.iter().map(letter).collect()
}

/// How much a text looks like Czech: its letters with accents, less whatever else is not ASCII.
fn likeness(text: &str) -> i64 {
    text.chars()
        .filter(|letter| !letter.is_ascii() && *letter != '\u{a0}')
        .map(|letter| if CZECH_LETTERS.contains(letter) { 1 } else { -2 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Žluťoučký kůň úpěl ďábelské ódy; Škola Řepčín, Ústí";

    #[test]
    fn each_encoding_is_recognised() {
        let upper: Vec<char> = CODE_PAGE_852.chars().collect();
        assert_eq!(upper.len(), 128);
        let dos: Vec<u8> = TEXT
            .chars()
            .map(|letter| match upper.iter().position(|other| *other == letter) {
                Some(place) => u8::try_from(place + 128).unwrap(),
                None => u8::try_from(u32::from(letter)).unwrap(),
            })
            .collect();
        let (windows, _, unmappable) = WINDOWS_1250.encode(TEXT);
        assert!(!unmappable);
        for (name, bytes) in [("UTF-8", TEXT.as_bytes()), ("Windows-1250", &windows), ("852", &dos)] {
            assert_eq!(decode(bytes), TEXT, "{name}");
        }
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}Datum;{TEXT}");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!((decode(&little), decode(&big)), (format!("Datum;{TEXT}"), format!("Datum;{TEXT}")), "{mark:?}");
        }
        assert_eq!(decode(format!("\u{feff}{TEXT}").as_bytes()), TEXT, "the mark is no part of the text");
    }
}
