//! Several files in one.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::SourceFile;
use crate::model::ordering::imports::ImportFault;

/// The most that an archive may unpack to, in bytes: what is small while packed fills no memory.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;

/// The tables of an archive by their names, wherever they stand in it; archives in it are left out.
pub fn read(bytes: &[u8]) -> Result<Vec<SourceFile>, ImportFault> {
    let files = files(bytes, &["csv", "txt", "xlsx"])?.into_iter().map(|file| {
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        SourceFile { name, bytes: file.bytes }
    });
    Ok(files.filter(|file| !file.name.starts_with('.')).collect())
}

/// The PDF files of an archive by their ways in it.
pub fn pdfs(bytes: &[u8]) -> Result<Vec<SourceFile>, ImportFault> {
    let mut files = files(bytes, &["pdf"])?;
    for file in &mut files {
        file.name = file.name.replace('\\', "/");
    }
    Ok(files)
}

/// The files of an archive with such endings.
fn files(bytes: &[u8], endings: &[&str]) -> Result<Vec<SourceFile>, ImportFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportFault::Unreadable)?;
    let mut left = MOST_UNPACKED;
    let mut files = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| ImportFault::Unreadable)?;
        let name = entry.name().map_err(|_| ImportFault::Unreadable)?.to_string();
        let small = name.to_lowercase();
        if !entry.is_file() || !endings.iter().any(|ending| small.ends_with(&format!(".{ending}"))) {
            continue;
        }
        let mut content = Vec::new();
        // Whatever the archive says of the size: so much is read and no more.
        let length = entry.take(left + 1).read_to_end(&mut content).map_err(|_| ImportFault::Unreadable)?;
        left = left.checked_sub(u64::try_from(length).unwrap_or(u64::MAX)).ok_or(ImportFault::TooManyLines)?;
        files.push(SourceFile { name, bytes: content });
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
