//! Several files in one.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::SourceFile;
use crate::model::ordering::imports::ImportFault;

/// The most that an archive may unpack to, in bytes: what is small while packed fills no memory.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;

/// The files of an archive; archives in it are left out.
pub fn read(bytes: &[u8]) -> Result<Vec<SourceFile>, ImportFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportFault::Unreadable)?;
    let mut left = MOST_UNPACKED;
    let mut files = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| ImportFault::Unreadable)?;
        let name = entry
            .name()
            .map_err(|_| ImportFault::Unreadable)?
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned();
        if !entry.is_file() || name.to_lowercase().ends_with(".zip") || name.starts_with('.') {
            continue;
        }
        let mut content = Vec::new();
        // Whatever the archive says of the size: so much is read and no more.
        let length = entry.take(left + 1).read_to_end(&mut content).map_err(|_| ImportFault::Unreadable)?;
        left = left.checked_sub(u64::try_from(length).unwrap_or(u64::MAX)).ok_or(ImportFault::TooManyLines)?;
        if ["csv", "txt", "xlsx"].iter().any(|ending| name.to_lowercase().ends_with(&format!(".{ending}"))) {
            files.push(SourceFile { name, bytes: content });
        }
    }
    Ok(files)
}

/// Refuses an archive, such as a workbook is, that unpacks to too much.
pub fn check_size(bytes: &[u8]) -> Result<(), ImportFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportFault::Unreadable)?;
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| ImportFault::Unreadable)?;
        let length = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        left = left.checked_sub(length.map_err(|_| ImportFault::Unreadable)?).ok_or(ImportFault::TooManyLines)?;
    }
    Ok(())
}
