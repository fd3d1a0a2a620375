//! A folder into which somebody, or the bank's own program, puts statements. What was read goes to `done` in it, what cannot be to
//! `refused`, each with a note beside it.
//!
//! Several servers may look into the same folder: each takes in what it finds, which happens once by the file's bytes, and whoever is
//! second finds nothing to put away. A process that dies in between leaves the file where it is, and it is taken in again to no effect.

use std::{
    collections::HashMap,
    fs, io,
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
            let name = free_name(&into, &file);
            // The note first: what lies there without one was put there by somebody else.
            fs::write(into.join(format!("{name}.txt")), note + "\n")?;
            match fs::rename(path.join(&file.name), into.join(&name)) {
                // Another server was first.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                moved => moved,
            }
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

/// A file's own name, or where another one has it, that with the beginning of its hash: the same bytes have the same name.
fn free_name(into: &Path, file: &WaitingFile) -> String {
    let is_the_same = |name: &str| fs::read(into.join(name)).ok() == file.content;
    if !into.join(&file.name).exists() || is_the_same(&file.name) {
        return file.name.clone();
    }
    format!("{}-{}", file.mark(), file.name)
}

async fn on_the_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
