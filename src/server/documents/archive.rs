//! Many documents as one ZIP. It is made as a whole, in a file and not in memory, before the first byte of it is sent: whoever
//! reads slowly keeps nobody else from making one.

use std::{
    fs::File,
    io::{self, BufWriter, Seek, Write},
    sync::LazyLock,
};

use chrono::{DateTime, Datelike, Timelike, Utc};
use tokio::sync::mpsc;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::NotMade;
use crate::{
    model::base::calendar::to_local,
    server::bounded::{Bounded, Permit},
};

/// How many are made at once in one process.
const AT_ONCE: usize = 2;
/// How many may wait for that.
const WAITING: usize = 10;

static MAKING: LazyLock<Bounded> = LazyLock::new(|| Bounded::new(AT_ONCE, WAITING));

/// A file of an archive.
#[derive(Debug)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What is in it.
    pub content: Vec<u8>,
}

/// An archive that is being made.
#[derive(Debug)]
pub struct Archive {
    entries: mpsc::Sender<Entry>,
}

impl Archive {
    /// Adds a file.
    ///
    /// # Errors
    /// [`NotMade`] when it cannot be written.
    pub async fn add(&self, entry: Entry) -> Result<(), NotMade> {
        self.entries.send(entry).await.map_err(NotMade::because)
    }
}

/// Leave to write one of the files that are made as a whole, archives and long tables.
///
/// # Errors
/// [`NotMade::Busy`] when too many wait for it.
pub async fn permit() -> Result<Permit, NotMade> {
    Ok(MAKING.permit().await?)
}

/// Makes an archive of what `fill` adds: a file without a name, from its beginning, which is gone when it is closed.
///
/// # Errors
/// What `fill` says, or `not_made` of what went wrong here.
pub async fn write_archive<E>(
    fill: impl AsyncFnOnce(&Archive) -> Result<(), E>,
    not_made: impl Fn(NotMade) -> E,
) -> Result<File, E> {
    let permit = permit().await.map_err(&not_made)?;
    let (entries, to_add) = mpsc::channel(1);
    let writing = tokio::task::spawn_blocking(move || {
        // Whoever gives up meanwhile ends the writing with the next entry, and only that makes room.
        let _permit = permit;
        write(to_add)
    });
    let archive = Archive { entries };
    let filled = fill(&archive).await;
    // What is written now lacks what could not be added: nobody gets it.
    drop(archive);
    let written = writing.await.map_err(|error| not_made(NotMade::because(error)))?;
    // The cause comes before what it led to.
    filled?;
    written.map_err(|error| not_made(NotMade::because(error)))
}

fn write(mut entries: mpsc::Receiver<Entry>) -> io::Result<File> {
    let mut zip = ZipWriter::new(BufWriter::new(tempfile::tempfile()?));
    while let Some(entry) = entries.blocking_recv() {
        // A PDF is packed already.
        let is_packed = entry.name.ends_with(".pdf");
        let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(dos_time(entry.at));
        zip.start_file(entry.name, options)?;
        zip.write_all(&entry.content)?;
    }
    let mut file = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

/// The local time as archives keep it: without a zone, in steps of two seconds.
fn dos_time(at: DateTime<Utc>) -> zip::DateTime {
    let local = to_local(at);
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    zip::DateTime::from_date_and_time(
        u16::try_from(local.year()).unwrap_or(1980),
        small(local.month()),
        small(local.day()),
        small(local.hour()),
        small(local.minute()),
        small(local.second()),
    )
    .unwrap_or_default()
}
