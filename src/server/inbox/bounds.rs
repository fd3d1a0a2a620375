//! What of a mail is read: none, however it is made, takes more room or time than there is. What is not read stays in the mail as it came.

use mail_parser::{Header, HeaderName, Message, MessageParser, MimeHeaders, PartType};

/// The most of what may begin a line, an address or an attribute that is read: each of them takes far more room than its letter.
const MOST_MARKS: usize = 1_500_000;
/// The most headers that say what follows: they may stand within one another, and of each the end is looked for.
const MOST_KINDS: usize = 200;
/// Such a header, as the parser reads it: blanks within it do not count.
const KIND: &[u8] = b"content-type:";

/// Parses a mail. One in which others are packed, which nothing has to read (RFC 2046, 5.2.1), is unpacked nowhere.
pub(super) fn parse(raw: &[u8]) -> Option<Message<'_>> {
    let raw = within(raw);
    let packed = MessageParser::new().with_minimal_headers().with_message_ids();
    let message = packed.ignore_header(HeaderName::ContentTransferEncoding).parse(raw)?;
    if has_packed_mails(&message) { Some(message) } else { MessageParser::default().parse(raw) }
}

/// As much of a mail as is within bounds.
fn within(raw: &[u8]) -> &[u8] {
    let (mut marks, mut kinds, mut known) = (0, 0, 0);
    for (place, byte) in raw.iter().enumerate() {
        if matches!(byte, b'\n' | b',' | b';' | b'<') {
            (marks, known) = (marks + 1, 0);
        } else if !byte.is_ascii_whitespace() {
            let byte = byte.to_ascii_lowercase();
            known = if KIND.get(known) == Some(&byte) { known + 1 } else { usize::from(KIND.first() == Some(&byte)) };
        }
        if known == KIND.len() {
            (kinds, known) = (kinds + 1, 0);
        }
        if marks > MOST_MARKS || kinds > MOST_KINDS {
            return raw.get(..place).unwrap_or_default();
        }
    }
    raw
}

/// Whether there are mails in a mail that would have to be unpacked.
fn has_packed_mails(message: &Message<'_>) -> bool {
    let mut open = vec![message];
    while let Some(message) = open.pop() {
        let is_digest = message.parts.iter().any(|part| part.is_content_type("multipart", "digest"));
        for part in &message.parts {
            let may_be_mail = match part.content_type() {
                Some(_) => ["rfc822", "global"].iter().any(|kind| part.is_content_type("message", kind)),
                None => is_digest,
            };
            if may_be_mail && part.headers.iter().any(|header| is_packed(message, header)) {
                return true;
            }
            if let PartType::Message(within) = &part.body {
                open.push(within);
            }
        }
    }
    false
}

/// Whether a header says that what follows is packed.
fn is_packed(message: &Message<'_>, header: &Header<'_>) -> bool {
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let value = message.raw_message.get(place(header.offset_start)..place(header.offset_end)).unwrap_or_default();
    let as_it_is = [&b"7bit"[..], b"8bit", b"binary", b""];
    header.name == HeaderName::ContentTransferEncoding
        && !as_it_is.iter().any(|known| value.trim_ascii().eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Encoding};

    use super::{MOST_KINDS, within};
    use crate::server::inbox::read;

    const HEAD: &str = "From: a@b.example\nSubject: x\n";

    #[test]
    fn mails_within_mails_have_an_end() {
        let chain = "Content-Type: message/rfc822\n\n".repeat(100_000);
        assert!(read(format!("{HEAD}{chain}").as_bytes()).is_some());
        let spaced = "Content -\tType : message/rfc822\n\n".repeat(100_000);
        assert!(read(format!("{HEAD}{spaced}").as_bytes()).is_some());
        let packed = Base64::encode_string(format!("{HEAD}{chain}").as_bytes());
        for kind in [
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: =?utf-8?q?base64?=",
        ] {
            let mail = format!("{HEAD}Content-Type: multipart/digest; boundary=b\n\n--b\n{kind}\n\n{packed}\n--b--\n");
            let files = read(mail.as_bytes()).map(|mail| mail.files.len());
            assert_eq!(files, Some(1), "it is in there as it came");
        }
    }

    #[test]
    fn a_mail_is_read_as_far_as_its_bounds() {
        let kinds = |count| format!("{HEAD}{}", "content-TYPE: text/plain\n".repeat(count)).into_bytes();
        assert_eq!(within(&kinds(MOST_KINDS)), kinds(MOST_KINDS));
        assert!(within(&kinds(MOST_KINDS + 1)).len() < kinds(MOST_KINDS + 1).len());
        let addresses = format!("To: {}\n{HEAD}\nText", "a,".repeat(2_000_000));
        assert!(within(addresses.as_bytes()).len() <= 3_000_100);
        let whole = format!(
            "{HEAD}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nTmVqZGUgdGlzay4=\n"
        );
        assert_eq!(read(whole.as_bytes()).map(|mail| mail.text).as_deref(), Some("Nejde tisk."));
    }
}
