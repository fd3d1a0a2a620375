//! Many documents as one ZIP, written while it is read: never more than a piece of it is in memory.

use std::{
    io::{self, Write},
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::body::Bytes;
use chrono::{DateTime, Datelike, Timelike, Utc};
use tokio::{
    runtime::Handle,
    sync::{Semaphore, mpsc},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::NotMade;
use crate::model::base::calendar::to_local;

/// How many are written at once in one process.
const AT_ONCE: usize = 2;
/// How many pieces wait for a slow reader.
const WAITING: usize = 4;
/// How large a piece is.
const PIECE: usize = 64 * 1024;
/// How long a reader may take for a piece before others get their turn.
const PATIENCE: Duration = Duration::from_secs(30);

static PERMITS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));

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

/// An archive that is being written. One that is dropped before it is [finished](Self::finish) ends in an error.
#[derive(Debug)]
pub struct Archive {
    steps: mpsc::Sender<Step>,
}

#[derive(Debug)]
enum Step {
    Add(Entry),
    Finish,
}

/// An archive's bytes as they come. An error among them means that it is not complete.
pub type ArchiveBytes = mpsc::Receiver<io::Result<Bytes>>;

impl Archive {
    /// Begins an archive.
    ///
    /// # Errors
    /// [`NotMade`] when the process stops.
    pub async fn begin() -> Result<(Self, ArchiveBytes), NotMade> {
        let permit = Arc::clone(&PERMITS).acquire_owned().await.map_err(NotMade::because)?;
        let (steps, to_do) = mpsc::channel(1);
        let (pieces, read) = mpsc::channel(WAITING);
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let writer = Pieces { pieces: pieces.clone(), piece: Vec::with_capacity(PIECE) };
            if let Err(error) = write(to_do, writer) {
                // Whoever read it may have gone, or never reads on.
                let _ = pieces.try_send(Err(error));
            }
        });
        Ok((Self { steps }, read))
    }

    /// Adds a file; waits while the reader is slow.
    ///
    /// # Errors
    /// [`NotMade`] when nobody reads any more.
    pub async fn add(&self, entry: Entry) -> Result<(), NotMade> {
        self.steps.send(Step::Add(entry)).await.map_err(NotMade::because)
    }

    /// Writes what makes it an archive.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub async fn finish(self) -> Result<(), NotMade> {
        self.steps.send(Step::Finish).await.map_err(NotMade::because)
    }
}

fn write(mut steps: mpsc::Receiver<Step>, writer: Pieces) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(writer);
    while let Some(step) = steps.blocking_recv() {
        match step {
            Step::Add(entry) => {
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .last_modified_time(dos_time(entry.at));
                zip.start_file(entry.name, options)?;
                zip.write_all(&entry.content)?;
            }
            Step::Finish => return zip.finish()?.into_inner().flush(),
        }
    }
    Err(io::Error::other("the archive was given up"))
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

/// Passes on what is written, piece by piece.
struct Pieces {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE)));
        let sent = Handle::current().block_on(self.pieces.send_timeout(Ok(piece), PATIENCE));
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
