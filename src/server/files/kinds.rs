//! What a file is, by its content.

use std::io::Cursor;

use zip::ZipArchive;

use super::{Admitted, NotAdmitted, images};
use crate::{
    model::ordering::attachments::{ATTACHMENT_BYTES_MAX, AttachmentKind},
    server::sheets::decode_text,
};

/// The most that an archive may unpack to, in bytes.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// The most files in an archive.
const MOST_ENTRIES: usize = 5_000;
/// How much of the end of a document is looked at for its last mark.
const DOCUMENT_END: usize = 2 * 1024;

const PDF_BEGINS: &[u8] = b"%PDF-";
const PDF_ENDS: &[u8] = b"%%EOF";
const ZIP_BEGINS: &[u8] = b"PK\x03\x04";
/// With which the list of an archive's files ends; it stands at the end of any file that can be opened as one.
const ZIP_ENDS: &[u8] = b"PK\x05\x06";

/// What was sent as it is kept.
pub(super) fn look_at(sent: &[u8]) -> Result<Admitted, NotAdmitted> {
    if sent.len() > ATTACHMENT_BYTES_MAX {
        return Err(NotAdmitted::TooLarge);
    }
    if let Some(format) = images::format_of(sent) {
        return images::anew(sent, format);
    }
    if sent.starts_with(PDF_BEGINS) {
        return document(sent);
    }
    if sent.starts_with(ZIP_BEGINS) {
        return archive(sent);
    }
    text(sent)
}

/// A PDF is one from its first byte to its last, and no archive besides: what can be opened as two things is one of them to whoever
/// looks into it, and the other to whoever opens it.
fn document(sent: &[u8]) -> Result<Admitted, NotAdmitted> {
    let end = sent.get(sent.len().saturating_sub(DOCUMENT_END)..).unwrap_or_default();
    if !contains(end, PDF_ENDS) || contains(end, ZIP_ENDS) {
        return Err(NotAdmitted::Unknown);
    }
    Ok(Admitted { kind: AttachmentKind::Pdf, content: sent.to_vec() })
}

/// An archive whose files can be read, begin with the file, and unpack to no more than may be – whatever it says of their lengths.
fn archive(sent: &[u8]) -> Result<Admitted, NotAdmitted> {
    let mut archive = ZipArchive::new(Cursor::new(sent)).map_err(|_| NotAdmitted::Unknown)?;
    if archive.is_empty() || archive.len() > MOST_ENTRIES {
        return Err(if archive.is_empty() { NotAdmitted::Unknown } else { NotAdmitted::TooLarge });
    }
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| NotAdmitted::Unknown)?;
        let mut entry = std::io::Read::take(entry, left + 1);
        let length = std::io::copy(&mut entry, &mut std::io::sink()).map_err(|_| NotAdmitted::Unknown)?;
        left = left.checked_sub(length).ok_or(NotAdmitted::TooLarge)?;
    }
    Ok(Admitted { kind: AttachmentKind::Zip, content: sent.to_vec() })
}

/// A text: nothing in it that nobody types, and no markup, which a browser might take for a page.
fn text(sent: &[u8]) -> Result<Admitted, NotAdmitted> {
    let text = decode_text(sent);
    let is_typed = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}');
    let beginning = text.trim_start();
    if beginning.is_empty() || !text.chars().all(is_typed) || beginning.starts_with('<') {
        return Err(NotAdmitted::Unknown);
    }
    if text.len() > ATTACHMENT_BYTES_MAX {
        return Err(NotAdmitted::TooLarge);
    }
    Ok(Admitted { kind: AttachmentKind::Text, content: text.into_bytes() })
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
