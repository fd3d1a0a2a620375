//! A folder into which somebody, or the bank's own program, puts statements. What was read goes to `done` in it, what cannot be to
//! `refused`, each with a note beside it.
//!
//! Several servers may look into the same folder: each takes in what it finds, which happens once by the file's bytes, and whoever is
//! second finds nothing to put away. A process that dies in between leaves the file where it is, and it is taken in again to no effect.

use std::{
    collections::HashMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use sha2::{Digest, Sha256};

use crate::{
    model::money::bank::StatementRefused,
    ui::{
        statement_words,
        texts::{Locale, t},
    },
};

/// The largest file that is read.
const LARGEST: u64 = 8 * 1024 * 1024;
/// How many files are read at a time: the others wait for the next look.
const MOST: usize = 50;
/// How many files of one name and beginning of a hash are told apart.
const MOST_OF_A_NAME: u32 = 1_000;
/// What programs call a file that they are still writing.
const UNFINISHED: [&str; 4] = [".part", ".tmp", ".crdownload", ".filepart"];

/// How a file looked: what is being written looks different the next time.
type Look = (u64, SystemTime);

/// The folder; none unless it is set up.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    path: Option<PathBuf>,
    /// How the files looked the last time.
    seen: Arc<Mutex<HashMap<String, Look>>>,
}

/// A file that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingFile {
    /// What it is called.
    pub name: String,
    /// What is in it; nothing of one that is larger than any statement.
    pub content: Option<Vec<u8>>,
}

impl WaitingFile {
    /// What managers are told that it is called: another one of its name is another one.
    #[must_use]
    pub fn told_as(&self) -> String {
        format!("{} ({})", self.name, self.mark())
    }

    /// The beginning of its hash: the same bytes have the same.
    fn mark(&self) -> String {
        let mut hash = hex::encode(Sha256::digest(self.content.as_deref().unwrap_or_default()));
        hash.truncate(8);
        hash
    }
}

impl Folder {
    /// Looks into a folder.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path: Some(path), ..Self::default() }
    }

    /// Whether there is one.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.path.is_some()
    }

    /// The files that have not changed since the last look, by name. A file that has, or is new, waits for the next one.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn waiting(&self) -> io::Result<Vec<WaitingFile>> {
        let Some(path) = self.path.clone() else { return Ok(Vec::new()) };
        let seen = Arc::clone(&self.seen);
        on_the_disk(move || {
            let looks = looks(&path)?;
            let before = {
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                std::mem::replace(&mut *seen, looks.clone())
            };
            let mut whole: Vec<(String, Look)> =
                looks.into_iter().filter(|(name, look)| before.get(name) == Some(look)).collect();
            whole.sort();
            let files = whole.into_iter().take(MOST).filter_map(|(name, (length, _))| {
                // Another server may have put it away.
                let content = if length > LARGEST { None } else { Some(fs::read(path.join(&name)).ok()?) };
                Some(WaitingFile { name, content })
            });
            Ok(files.collect())
        })
        .await
    }

    /// Puts a file away that was taken in, with its rows that could not be read.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub async fn done(&self, file: WaitingFile, unread: Vec<StatementRefused>) -> io::Result<()> {
        let locale = Locale::default();
        let mut note = vec![t!(locale => "statement-note-done")];
        note.extend(unread.into_iter().map(|refused| statement_words::fault(locale, refused)));
        self.put_away("done", file, note.join("\n")).await
    }

    /// Puts a file away of which nothing was taken in, with the reason.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub async fn refused(&self, file: WaitingFile, refused: StatementRefused) -> io::Result<()> {
        self.put_away("refused", file, statement_words::fault(Locale::default(), refused)).await
    }

    async fn put_away(&self, into: &'static str, file: WaitingFile, note: String) -> io::Result<()> {
        let Some(path) = self.path.clone() else { return Ok(()) };
        on_the_disk(move || {
            let into = path.join(into);
            fs::create_dir_all(&into)?;
            let (from, note) = (path.join(&file.name), note + "\n");
            for name in names(&file) {
                let beside = into.join(format!("{name}.txt"));
                let to = into.join(name);
                if is_free(&to, file.content.as_deref()) && is_free(&beside, Some(note.as_bytes())) {
                    // The note first: what lies there without one was put there by somebody else.
                    write_new(&beside, &note)?;
                    return move_new(&from, &to);
                }
            }
            Err(io::ErrorKind::AlreadyExists.into())
        })
        .await
    }
}

/// How the files of a folder look that may be statements.
fn looks(path: &Path) -> io::Result<HashMap<String, Look>> {
    let mut looks = HashMap::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        // What has no name in Unicode is left to whoever named it.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_unfinished = name.starts_with('.') || UNFINISHED.iter().any(|ending| name.ends_with(ending));
        let facts = entry.metadata()?;
        if facts.is_file() && !is_unfinished {
            looks.insert(name, (facts.len(), facts.modified()?));
        }
    }
    Ok(looks)
}

/// What a file may be called where it is put away: as it is, with the beginning of its hash, and numbered at last.
fn names(file: &WaitingFile) -> impl Iterator<Item = String> {
    let (name, mark) = (file.name.clone(), file.mark());
    let marked = format!("{mark}-{name}");
    [name.clone(), marked].into_iter().chain((2..=MOST_OF_A_NAME).map(move |nth| format!("{mark}-{nth}-{name}")))
}

/// Whether nothing lies there but what belongs there anyway, of a try that died or of another server. A note and a statement may have
/// one name: a statement called `x.txt` was put away, and now one called `x`.
fn is_free(path: &Path, content: Option<&[u8]>) -> bool {
    match fs::read(path) {
        Ok(there) => content == Some(there.as_slice()),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Writes a file that is not there; what is there already is the same.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    match fs::File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes())) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        written => written,
    }
}

/// Moves a file without writing over another one, as far as the folder's file system can.
fn move_new(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        // Another server was first, or a try that died: the same bytes are there.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && fs::read(from).ok() == fs::read(to).ok() => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        // It knows no links.
        Err(_) => return or_gone(fs::rename(from, to)),
        Ok(()) => {}
    }
    or_gone(fs::remove_file(from))
}

/// What is gone already was put away by another server.
fn or_gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

async fn on_the_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
