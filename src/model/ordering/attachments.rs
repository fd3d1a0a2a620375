//! Files that go with messages about a request (design, Attachments): what they may be, how large, and what they are called.

use serde::{Deserialize, Serialize};

use crate::model::base::{codes::coded_enum, ids::AttachmentId, text};

/// The most files of one message.
pub const ATTACHMENTS_MAX: usize = 5;
/// The most bytes of a file.
pub const ATTACHMENT_BYTES_MAX: usize = 10 * 1024 * 1024;
/// The most pixels of an image, whichever way: what is small while packed fills no memory.
pub const PIXELS_MAX: u64 = 25_000_000;
/// The most pixels of a side of an image.
pub const SIDE_MAX: u32 = 12_000;
/// The most characters of a file's name, without its ending.
const NAME_MAX: usize = 80;

coded_enum! {
    /// What a file is, as its content says.
    pub enum AttachmentKind {
        /// An image without loss, written anew by us.
        Png = "png",
        /// A photograph, written anew by us.
        Jpeg = "jpeg",
        /// A document.
        Pdf = "pdf",
        /// Text, such as a log; kept as UTF-8.
        Text = "text",
        /// An archive.
        Zip = "zip",
    }
}

impl AttachmentKind {
    /// How a file's name ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
            Self::Text => "txt",
            Self::Zip => "zip",
        }
    }

    /// As what it is sent.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
            Self::Zip => "application/zip",
        }
    }

    /// Whether a browser may show it: we wrote every byte of it ourselves.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Which file it is.
    pub id: AttachmentId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// Its length in bytes.
    pub bytes: u32,
}

/// What a file is called from now on: as it was sent, without its way, without what turns the direction of a text or is not to be
/// seen, and with the ending of what it is, whatever it claimed to be.
#[must_use]
pub fn kept_name(sent: &str, kind: AttachmentKind) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned = text::one_line(last).split_whitespace().collect::<Vec<_>>().join(" ");
    let stem = match cleaned.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 5 => stem,
        _ => &cleaned,
    };
    let stem: String = stem.chars().filter(|c| !"<>:\"|?*".contains(*c)).take(NAME_MAX).collect();
    let stem = stem.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if stem.is_empty() { format!("{}.{}", kind.code(), kind.ending()) } else { format!("{stem}.{}", kind.ending()) }
}

/// Files that a form names which has kept them already.
#[must_use]
pub fn named(typed: &str) -> Vec<AttachmentId> {
    typed.split(',').filter_map(|id| id.trim().parse().ok().map(AttachmentId)).take(ATTACHMENTS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::{AttachmentId, AttachmentKind as Kind, kept_name, named};

    #[test]
    fn a_name_says_what_a_file_is_and_leads_nowhere() {
        for (sent, kind, kept) in [
            ("snímek obrazovky.PNG", Kind::Png, "snímek obrazovky.png"),
            ("C:\\Users\\jana\\tisk.log", Kind::Text, "tisk.txt"),
            ("../../etc/passwd", Kind::Text, "passwd.txt"),
            ("..", Kind::Pdf, "pdf.pdf"),
            ("", Kind::Zip, "zip.zip"),
            // Shown as "faktura" and "fdp.exe" turned round.
            ("faktura\u{202e}fdp.exe", Kind::Pdf, "fakturafdp.pdf"),
            ("a\r\nSet-Cookie: x.txt", Kind::Text, "a Set-Cookie x.txt"),
            ("výpis.2026-11", Kind::Text, "výpis.2026-11.txt"),
        ] {
            assert_eq!(kept_name(sent, kind), kept, "{sent:?}");
        }
        assert_eq!(kept_name(&"ž".repeat(300), Kind::Png).chars().count(), 84);
    }

    #[test]
    fn a_form_names_no_more_than_a_message_has() {
        let id = uuid::Uuid::from_u128(7);
        assert_eq!(named(&format!("{id}, x,")), [AttachmentId(id)]);
        assert_eq!(named(&vec![id.to_string(); 9].join(",")).len(), 5);
        assert_eq!(named(""), []);
    }
}
