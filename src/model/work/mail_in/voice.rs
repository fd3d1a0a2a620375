//! Messages of an answering machine that a telephone exchange sends as mails: what was spoken, and from which number.

use super::ReadMail;
use crate::model::base::{
    fields::{FieldCode, keep_lines},
    phones::normalize_phone,
    text::without_accents,
};

/// The most characters of the patterns.
pub const VOICE_PATTERNS_MAX: usize = 1_000;
/// The most patterns, and the most that is left open in each of them.
const MOST: usize = 10;
/// How much of a header is looked at, in characters.
const LOOKED_AT: usize = 300;
/// How many headers of a name are looked at: an exchange writes one, and each may have to be looked at for long.
const MOST_VALUES: usize = 5;
/// The fewest digits of a number; what has fewer counts messages or seconds.
const LEAST_DIGITS: usize = 6;
/// What stands between the digits of a number.
const BETWEEN: &str = " +-/().\u{a0}";
/// Where the number stands.
const NUMBER: &str = "{number}";

/// How what was spoken is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AudioKind {
    /// As Windows keeps it.
    Wav,
    /// MPEG audio, layer 3.
    Mp3,
    /// Vorbis or Opus in an Ogg file.
    Ogg,
}

impl AudioKind {
    /// What a file is by its first bytes; none that is no sound we play.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        match content {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Self::Wav),
            // A tag, or the mark of a frame: eleven bits, a version that there is, the third layer.
            [b'I', b'D', b'3', ..] | [0xff, 0xf2 | 0xf3 | 0xfa | 0xfb, ..] => Some(Self::Mp3),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::Ogg),
            _ => None,
        }
    }

    /// As what a browser is sent it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Wav => "audio/wav",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(Vec<char>),
    Anything,
    Number,
}

/// How mails of the exchange are known: a header and what it says, a line each, as `Subject: Hlasová zpráva od {number}`. `*` is
/// anything, `{number}` is the number; the size of letters and accents do not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VoicePatterns(Vec<(String, Vec<Piece>)>);

impl VoicePatterns {
    /// The patterns as they are kept, and what they mean; an empty text is none.
    ///
    /// # Errors
    /// [`FieldCode::Unknown`] for a line that is none, [`FieldCode::TooMany`], [`FieldCode::TooLong`].
    pub fn check(typed: &str) -> Result<(String, Self), FieldCode> {
        let kept = keep_lines(typed, 0..=VOICE_PATTERNS_MAX)?;
        let lines: Vec<&str> = kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.len() > MOST {
            return Err(FieldCode::TooMany);
        }
        let patterns = lines.iter().map(|line| pattern(line)).collect::<Option<Vec<_>>>().ok_or(FieldCode::Unknown)?;
        Ok((lines.join("\n"), Self(patterns)))
    }

    /// Whether a mail is one of the exchange, and from which number somebody spoke, as far as it says one that can be called.
    #[must_use]
    pub fn find(&self, mail: &ReadMail) -> Option<Option<String>> {
        let mut is_known = false;
        for (header, pieces) in &self.0 {
            let values = mail.headers.iter().filter(|(name, _)| name == header).map(|(_, value)| value.trim());
            let values = values.take(MOST_VALUES);
            for value in values {
                let value: Vec<char> = value.chars().take(LOOKED_AT).collect();
                let plain: Vec<char> = value.iter().map(|letter| plain(*letter)).collect();
                let Some(found) = matched(pieces, &plain) else { continue };
                is_known = true;
                let number: Option<String> = found.map(|(from, until)| value.iter().take(until).skip(from).collect());
                if let Some(number) = number.as_deref().and_then(normalize_phone) {
                    return Some(Some(number));
                }
            }
        }
        is_known.then_some(None)
    }
}

/// A letter in small and without its accent: always one, so that places stay.
fn plain(letter: char) -> char {
    let mut buffer = [0; 4];
    let unaccented = without_accents(letter.encode_utf8(&mut buffer)).chars().next().unwrap_or(letter);
    unaccented.to_lowercase().next().unwrap_or(unaccented)
}

fn pattern(line: &str) -> Option<(String, Vec<Piece>)> {
    let (header, mut rest) = line.split_once(':')?;
    let header = header.trim().to_ascii_lowercase();
    if header.is_empty() || !header.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return None;
    }
    rest = rest.trim();
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let (piece, length) = match (rest.strip_prefix(NUMBER), rest.strip_prefix('*')) {
            (Some(_), _) => (Piece::Number, NUMBER.len()),
            (None, Some(_)) => (Piece::Anything, 1),
            (None, None) => {
                let end = [rest.find(NUMBER), rest.find('*')].into_iter().flatten().min().unwrap_or(rest.len());
                (Piece::Words(rest.get(..end)?.chars().map(plain).collect()), end)
            }
        };
        pieces.push(piece);
        rest = rest.get(length..)?;
    }
    let open = pieces.iter().filter(|piece| **piece == Piece::Anything).count();
    let numbers = pieces.iter().filter(|piece| **piece == Piece::Number).count();
    // With more left open, a pattern would take long to be tried, and say little.
    let says_something = pieces.iter().any(|piece| matches!(piece, Piece::Words(_) | Piece::Number));
    (open <= 3 && numbers <= 1 && says_something).then_some((header, pieces))
}

/// Whether it begins and ends as a number does, and has as many digits as one that can be called.
fn is_number(text: &[char]) -> bool {
    text.first().is_some_and(|first| first.is_ascii_digit() || *first == '+')
        && text.last().is_some_and(char::is_ascii_digit)
        && text.iter().filter(|c| c.is_ascii_digit()).count() >= LEAST_DIGITS
}

/// Where the number stands in a text that a pattern fits whole; `Some(None)` for a pattern without one.
fn matched(pieces: &[Piece], text: &[char]) -> Option<Option<(usize, usize)>> {
    fn from(pieces: &[Piece], text: &[char], at: usize) -> Option<Option<(usize, usize)>> {
        let Some((first, rest)) = pieces.split_first() else { return (at == text.len()).then_some(None) };
        let left = text.get(at..)?;
        match first {
            Piece::Words(words) => left.starts_with(words).then(|| from(rest, text, at + words.len())).flatten(),
            Piece::Anything => (at..=text.len()).find_map(|next| from(rest, text, next)),
            Piece::Number => {
                let length = left.iter().take_while(|c| c.is_ascii_digit() || BETWEEN.contains(**c)).count();
                // The longest first: "601 234 567" is one number and not three.
                (1..=length)
                    .rev()
                    .filter(|length| left.get(..*length).is_some_and(is_number))
                    .find_map(|length| from(rest, text, at + length).map(|_| Some((at, at + length))))
            }
        }
    }
    from(pieces, text, 0)
}

#[cfg(test)]
mod tests {
    use super::{AudioKind, FieldCode, VoicePatterns};
    use crate::model::work::mail_in::ReadMail;

    fn mail(name: &str, value: &str) -> ReadMail {
        ReadMail { headers: vec![(name.to_owned(), value.to_owned())], ..ReadMail::default() }
    }

    #[test]
    fn the_number_stands_where_the_pattern_says() {
        for (typed, header, value, found) in [
            (
                "Subject: Hlasová zpráva od {number}",
                "subject",
                "HLASOVA ZPRAVA OD 601 234 567",
                Some(Some("+420601234567")),
            ),
            ("Subject: *{number}*", "subject", "Nová zpráva (+420601234567), 12 s", Some(Some("+420601234567"))),
            (
                "From: *<{number}@pbx.example>",
                "from",
                "Ústředna <00420601234567@pbx.example>",
                Some(Some("+420601234567")),
            ),
            ("X-Caller-Id: {number}", "x-caller-id", "601234567", Some(Some("+420601234567"))),
            ("Subject: Hlasová zpráva*", "subject", "Hlasová zpráva, skryté číslo", Some(None)),
            ("Subject: Hlasová zpráva od {number}", "subject", "Hlasová zpráva od 12", None),
            ("Subject: Hlasová zpráva od {number}", "subject", "Re: Hlasová zpráva od 601 234 567", None),
            ("Subject: Hlasová zpráva od {number}", "x-subject", "Hlasová zpráva od 601234567", None),
            ("", "subject", "Hlasová zpráva od 601234567", None),
        ] {
            let patterns = VoicePatterns::check(typed).unwrap().1;
            let found = found.map(|number: Option<&str>| number.map(str::to_owned));
            assert_eq!(patterns.find(&mail(header, value)), found, "{typed} {value}");
        }
    }

    #[test]
    fn of_several_patterns_the_first_that_says_a_number_counts() {
        let patterns = VoicePatterns::check("Subject: Zpráva*\n\n  X-From:  {number} ").unwrap();
        assert_eq!(patterns.0, "Subject: Zpráva*\nX-From:  {number}");
        let mut both = mail("subject", "Zpráva");
        assert_eq!(patterns.1.find(&both), Some(None));
        both.headers.push(("x-from".to_owned(), "601234567".to_owned()));
        assert_eq!(patterns.1.find(&both), Some(Some("+420601234567".to_owned())));
    }

    #[test]
    fn a_pattern_that_says_nothing_or_leaves_too_much_open_is_none() {
        for typed in [
            "Subject",
            ": {number}",
            "Sub ject: x",
            "Subject: *",
            "Subject: {number} {number}",
            "Subject: *a*b*c*d",
            "Subject:",
        ] {
            assert_eq!(VoicePatterns::check(typed), Err(FieldCode::Unknown), "{typed}");
        }
        assert_eq!(VoicePatterns::check(&"Subject: x\n".repeat(11)), Err(FieldCode::TooMany));
        assert_eq!(VoicePatterns::check(&"x".repeat(1_001)), Err(FieldCode::TooLong));
    }

    #[test]
    fn a_sound_is_known_by_its_content() {
        for (content, kind) in [
            (&b"RIFF\x24\0\0\0WAVEfmt "[..], Some(AudioKind::Wav)),
            (b"ID3\x04", Some(AudioKind::Mp3)),
            (b"\xff\xfb\x90\x00", Some(AudioKind::Mp3)),
            (b"OggS\0", Some(AudioKind::Ogg)),
            (b"RIFF\x24\0\0\0WEBP", None),
            (b"\xff\xd8\xff\xe0", None),
            (b"%PDF", None),
            (b"", None),
        ] {
            assert_eq!(AudioKind::of(content), kind, "{content:?}");
        }
        assert_eq!(
            [AudioKind::Wav, AudioKind::Mp3, AudioKind::Ogg].map(AudioKind::media_type),
            ["audio/wav", "audio/mpeg", "audio/ogg"]
        );
    }
}
