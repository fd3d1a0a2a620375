//! `winmail.dat`, in which Outlook packs what it sends (MS-OXTNEF): the files in it, and its text where the mail has none of its own.
//!
//! It is read once from its beginning to its end, and nothing in it is followed elsewhere: what it takes is never more than a few times its
//! length. Formatted text (RTF) is left packed, as Outlook sends the same as plain text beside it; so are mails within it.

use super::guessed;

/// With what it begins.
const SIGNATURE: u32 = 0x223e_9f78;
/// The most files that are unpacked.
const MOST_FILES: usize = 50;
/// The most properties of a list.
const MOST_PROPERTIES: u32 = 2_000;

/// Parts of it, each with its kind as it is written.
mod attribute {
    pub(super) const BODY: u32 = 0x0002_800c;
    pub(super) const PROPERTIES: u32 = 0x0006_9003;
    pub(super) const FILE_BEGINS: u32 = 0x0006_9002;
    pub(super) const FILE_TITLE: u32 = 0x0001_8010;
    pub(super) const FILE_CONTENT: u32 = 0x0006_800f;
    pub(super) const FILE_PROPERTIES: u32 = 0x0006_9005;
}

/// Properties by their numbers (MS-OXPROPS).
mod property {
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const HTML: u16 = 0x1013;
    pub(super) const CONTENT: u16 = 0x3701;
    pub(super) const SHORT_NAME: u16 = 0x3704;
    pub(super) const LONG_NAME: u16 = 0x3707;
    pub(super) const CONTENT_ID: u16 = 0x3712;
}

/// Kinds of values.
mod kind {
    pub(super) const OBJECT: u16 = 0x000d;
    pub(super) const LETTERS: u16 = 0x001e;
    pub(super) const UNICODE: u16 = 0x001f;
    pub(super) const BYTES: u16 = 0x0102;
    /// There are several values.
    pub(super) const SEVERAL: u16 = 0x1000;
}

/// What was in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Unpacked {
    pub files: Vec<PackedFile>,
    /// What it says, as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Whether it was read to its end: else there may be more in it.
    pub is_whole: bool,
}

/// A file in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PackedFile {
    pub name: String,
    pub content: Vec<u8>,
    /// Whether the text shows it.
    pub is_inline: bool,
}

/// What is in it; nothing of what is no such thing.
pub(super) fn unpack(bytes: &[u8]) -> Option<Unpacked> {
    let mut rest = Bytes(bytes);
    if rest.number()? != SIGNATURE {
        return None;
    }
    // The number of the text for those that refer to it.
    rest.take(2)?;
    let mut unpacked = Unpacked::default();
    unpacked.is_whole = loop {
        if rest.0.is_empty() {
            break true;
        }
        match rest.attribute() {
            Some((attribute, value)) if unpacked.take(attribute, value) => {}
            _ => break false,
        }
    };
    unpacked.files.retain(|file| !file.content.is_empty());
    for (place, file) in unpacked.files.iter_mut().enumerate().filter(|(_, file)| file.name.is_empty()) {
        file.name = format!("attachment-{}.bin", place + 1);
    }
    Some(unpacked)
}

impl Unpacked {
    /// Takes a part; false of one that cannot be read, or is too much.
    fn take(&mut self, attribute: u32, value: &[u8]) -> bool {
        match attribute {
            attribute::FILE_BEGINS => {
                if self.files.len() >= MOST_FILES {
                    return false;
                }
                self.files.push(PackedFile::default());
            }
            attribute::BODY => self.text = letters(value),
            attribute::PROPERTIES => return self.take_properties(value).is_some(),
            attribute::FILE_TITLE | attribute::FILE_CONTENT | attribute::FILE_PROPERTIES => {
                let Some(file) = self.files.last_mut() else { return false };
                match attribute {
                    // The title is the shortened name; the properties may say more.
                    attribute::FILE_TITLE if file.name.is_empty() => file.name = letters(value),
                    attribute::FILE_CONTENT => file.content = value.to_vec(),
                    attribute::FILE_PROPERTIES => return file.take_properties(value).is_some(),
                    _ => {}
                }
            }
            _ => {}
        }
        true
    }

    fn take_properties(&mut self, value: &[u8]) -> Option<()> {
        each_property(value, |number, kind, value| match number {
            property::BODY if self.text.is_empty() => self.text = text(kind, value),
            property::HTML => self.html = text(kind, value),
            _ => {}
        })
    }
}

impl PackedFile {
    fn take_properties(&mut self, value: &[u8]) -> Option<()> {
        let (mut short, mut long) = (String::new(), String::new());
        let read = each_property(value, |number, kind, value| match number {
            property::SHORT_NAME => short = text(kind, value),
            property::LONG_NAME => long = text(kind, value),
            property::CONTENT_ID => self.is_inline |= !text(kind, value).trim().is_empty(),
            property::CONTENT if kind == kind::BYTES && self.content.is_empty() => self.content = value.to_vec(),
            _ => {}
        });
        if let Some(name) = [long, short].into_iter().find(|name| !name.is_empty()) {
            self.name = name;
        }
        read
    }
}

/// Calls with each property of a list that is text or bytes: its number, its kind, its first value. None where the list breaks off.
fn each_property(list: &[u8], mut found: impl FnMut(u16, u16, &[u8])) -> Option<()> {
    let mut rest = Bytes(list);
    let count = rest.number()?;
    if count > MOST_PROPERTIES {
        return None;
    }
    for _ in 0..count {
        let (kind, number) = (rest.short()?, rest.short()?);
        if number >= 0x8000 {
            rest.skip_name()?;
        }
        let is_of_length = matches!(kind & !kind::SEVERAL, kind::OBJECT | kind::LETTERS | kind::UNICODE | kind::BYTES);
        let values = if is_of_length || kind & kind::SEVERAL != 0 { rest.number()? } else { 1 };
        for place in 0..values {
            let length = if is_of_length { rest.number()? } else { fixed_length(kind & !kind::SEVERAL)? };
            let value = rest.padded(length)?;
            if place == 0 && is_of_length {
                found(number, kind, value);
            }
        }
    }
    Some(())
}

/// How long a value is whose kind says it.
const fn fixed_length(kind: u16) -> Option<u32> {
    match kind {
        0x0002..=0x0004 | 0x000a | 0x000b => Some(4),
        0x0005..=0x0007 | 0x0014 | 0x0040 => Some(8),
        0x0048 => Some(16),
        _ => None,
    }
}

fn text(kind: u16, value: &[u8]) -> String {
    if kind == kind::UNICODE {
        let units: Vec<u16> = value.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned()
    } else {
        letters(value)
    }
}

/// Letters in whatever encoding Outlook has them, up to what ends them.
fn letters(value: &[u8]) -> String {
    let end = value.iter().position(|byte| *byte == 0).unwrap_or(value.len());
    guessed(value.get(..end).unwrap_or_default())
}

/// What is left to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A part: which it is and what is in it. Its level and its sum say nothing that is needed.
    fn attribute(&mut self) -> Option<(u32, &'a [u8])> {
        self.take(1)?;
        let (attribute, length) = (self.number()?, self.number()?);
        let value = self.take(usize::try_from(length).ok()?)?;
        self.take(2)?;
        Some((attribute, value))
    }

    /// A value, with what fills it up to four bytes. At the end of a list that may be missing.
    fn padded(&mut self, length: u32) -> Option<&'a [u8]> {
        let length = usize::try_from(length).ok()?;
        let value = self.take(length)?;
        let filling = length.next_multiple_of(4) - length;
        self.take(filling.min(self.0.len()))?;
        Some(value)
    }

    /// How a property is called that has no number of its own.
    fn skip_name(&mut self) -> Option<()> {
        self.take(16)?;
        match self.number()? {
            0 => self.take(4).map(drop),
            _ => {
                let length = self.number()?;
                self.padded(length).map(drop)
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{MOST_FILES, SIGNATURE, attribute, kind, property, unpack};

    /// A part as it is written.
    pub fn part(level: u8, attribute: u32, value: &[u8]) -> Vec<u8> {
        let sum = value.iter().fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
        let length = u32::try_from(value.len()).unwrap();
        [&[level][..], &attribute.to_le_bytes(), &length.to_le_bytes(), value, &sum.to_le_bytes()].concat()
    }

    pub fn packed(parts: &[Vec<u8>]) -> Vec<u8> {
        [&SIGNATURE.to_le_bytes()[..], &[1, 0], &parts.concat()].concat()
    }

    /// A property of several bytes as it is written.
    fn valued(number: u16, kind: u16, value: &[u8]) -> Vec<u8> {
        let length = u32::try_from(value.len()).unwrap();
        let filling = vec![0; value.len().next_multiple_of(4) - value.len()];
        [&kind.to_le_bytes()[..], &number.to_le_bytes(), &1_u32.to_le_bytes(), &length.to_le_bytes(), value, &filling]
            .concat()
    }

    fn properties(each: &[Vec<u8>]) -> Vec<u8> {
        [&u32::try_from(each.len()).unwrap().to_le_bytes()[..], &each.concat()].concat()
    }

    fn unicode(text: &str) -> Vec<u8> {
        text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
    }

    /// With a named property, several numbers and a time before what is looked for.
    fn sample() -> Vec<u8> {
        let named = [&[0x03, 0, 0x01, 0x80][..], &[7; 16], &[0; 4], &[9; 4], &[5; 4]].concat();
        let called = [
            &[0x1e, 0, 0x02, 0x80][..],
            &[7; 16],
            &[1, 0, 0, 0, 6, 0, 0, 0],
            b"x\0y\0\0\0\0\0",
            &[1, 0, 0, 0, 2, 0, 0, 0],
            b"z\0\0\0",
        ]
        .concat();
        let several = [&[0x03, 0x10, 0x10, 0x66][..], &2_u32.to_le_bytes(), &[1; 8]].concat();
        let time = [&[0x40, 0, 0x39, 0][..], &[2; 8]].concat();
        let html = valued(property::HTML, kind::BYTES, b"<p>Nejde tisk.</p>");
        let of_file = properties(&[
            valued(property::SHORT_NAME, kind::LETTERS, b"VYPIS~1.TXT\0"),
            valued(property::LONG_NAME, kind::UNICODE, &unicode("výpis z účtu.txt")),
            valued(property::CONTENT_ID, kind::UNICODE, &unicode("")),
        ]);
        let of_picture = properties(&[
            valued(property::CONTENT_ID, kind::LETTERS, b"logo\0"),
            valued(property::CONTENT, kind::BYTES, b"\x89PNG"),
        ]);
        packed(&[
            part(1, 0x0006_9007, &[0xe2, 4, 0, 0, 0, 0, 0, 0]),
            part(1, attribute::BODY, b"Nejde tisk \x9e\xe1dosti.\0"),
            part(1, attribute::PROPERTIES, &properties(&[named, called, several, time, html])),
            part(2, attribute::FILE_BEGINS, &[1; 14]),
            part(2, attribute::FILE_TITLE, b"VYPIS~1.TXT\0"),
            part(2, attribute::FILE_CONTENT, b"chyba 5"),
            part(2, attribute::FILE_PROPERTIES, &of_file),
            part(2, attribute::FILE_BEGINS, &[1; 14]),
            part(2, attribute::FILE_PROPERTIES, &of_picture),
        ])
    }

    #[test]
    fn files_come_out_with_their_long_names_and_text_with_its_letters() {
        let unpacked = unpack(&sample()).unwrap();
        assert!(unpacked.is_whole);
        assert_eq!((unpacked.text.as_str(), unpacked.html.as_str()), ("Nejde tisk žádosti.", "<p>Nejde tisk.</p>"));
        let files: Vec<_> =
            unpacked.files.iter().map(|file| (file.name.as_str(), file.content.as_slice(), file.is_inline)).collect();
        assert_eq!(files, [("výpis z účtu.txt", &b"chyba 5"[..], false), ("attachment-2.bin", &b"\x89PNG"[..], true)]);
    }

    #[test]
    fn what_breaks_off_says_so_and_keeps_what_there_was() {
        let whole = sample();
        let broken = unpack(&whole[..whole.len() - 20]).unwrap();
        assert_eq!((broken.is_whole, broken.files.len()), (false, 1));
        assert_eq!(unpack(b"PK\x03\x04 and so on"), None);
        assert_eq!(unpack(b""), None);
        let empty = unpack(&packed(&[])).unwrap();
        assert!(empty.is_whole && empty.files.is_empty() && empty.text.is_empty());
        let many = vec![part(2, attribute::FILE_BEGINS, &[]); MOST_FILES + 1];
        assert!(!unpack(&packed(&many)).unwrap().is_whole);
        let endless = properties(&[]).into_iter().chain([0; 8]).collect::<Vec<_>>();
        let endless = [&u32::MAX.to_le_bytes()[..], &endless].concat();
        assert!(!unpack(&packed(&[part(1, attribute::PROPERTIES, &endless)])).unwrap().is_whole);
        // Values of no length, more than there is time for.
        let nothing = [&1_u32.to_le_bytes()[..], &[0x01, 0x10, 0x10, 0x66], &u32::MAX.to_le_bytes()].concat();
        assert!(!unpack(&packed(&[part(1, attribute::PROPERTIES, &nothing)])).unwrap().is_whole);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_strange(
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
            at in 0_usize..400,
            length in 0_usize..40,
        ) {
            let whole = sample();
            let taken = |unpacked: &super::Unpacked| unpacked.files.iter().map(|file| file.content.len()).sum::<usize>();
            let _ = unpack(&packed(std::slice::from_ref(&bytes)));
            let at = at.min(whole.len());
            let mut broken = whole.clone();
            broken.splice(at..(at + length).min(whole.len()), bytes.iter().copied());
            if let Some(unpacked) = unpack(&broken) {
                proptest::prop_assert!(taken(&unpacked) <= broken.len());
            }
        }
    }
}
