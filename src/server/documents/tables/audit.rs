//! What stands in the table of the audit. It may have any length, so it is written piece by piece into a file.

use std::{
    fs::File,
    io::{BufWriter, Seek},
};

use tokio::{sync::mpsc, task::JoinHandle};

use super::{Cell, csv::Csv, names};
use crate::{
    model::{base::calendar::to_local, people::audit::AuditEntry},
    server::documents::{NotMade, archive},
    ui::{
        audit_words::{self, FieldWords},
        format,
        texts::{Locale, t},
    },
};

/// Entries of the audit as CSV, a line for each column that was changed, while it is written. As of archives, only some are at a
/// time, and one that is given up before it is [finished](Self::finish) is gone.
pub struct AuditCsv {
    entries: mpsc::Sender<Vec<AuditEntry>>,
    writing: JoinHandle<Result<File, NotMade>>,
}

impl AuditCsv {
    /// Begins a table in the reader's language.
    ///
    /// # Errors
    /// [`NotMade::Busy`] while too many are made.
    pub async fn begin(locale: Locale) -> Result<Self, NotMade> {
        let permit = archive::permit().await?;
        let (entries, to_write) = mpsc::channel(1);
        let writing = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            write(locale, to_write)
        });
        Ok(Self { entries, writing })
    }

    /// Adds entries; tells whether more can be added. Where not, finishing says why.
    pub async fn add(&self, entries: Vec<AuditEntry>) -> bool {
        self.entries.send(entries).await.is_ok()
    }

    /// The table: a file without a name, from its beginning.
    ///
    /// # Errors
    /// [`NotMade`] when it could not be written.
    pub async fn finish(self) -> Result<File, NotMade> {
        drop(self.entries);
        self.writing.await.map_err(NotMade::because)?
    }
}

fn write(locale: Locale, mut to_write: mpsc::Receiver<Vec<AuditEntry>>) -> Result<File, NotMade> {
    let file = tempfile::tempfile().map_err(NotMade::because)?;
    let mut csv = Csv::begin(locale, &names(columns(locale)), BufWriter::new(file))?;
    while let Some(entries) = to_write.blocking_recv() {
        for row in entries.iter().flat_map(|entry| rows(locale, entry)) {
            csv.add(&row)?;
        }
    }
    let mut file = csv.finish()?.into_inner().map_err(NotMade::because)?;
    file.rewind().map_err(NotMade::because)?;
    Ok(file)
}

fn columns(locale: Locale) -> [String; 11] {
    [
        t!(locale => "audit-column-date"),
        t!(locale => "audit-column-time"),
        t!(locale => "audit-column-who"),
        t!(locale => "audit-column-address"),
        t!(locale => "audit-column-customer"),
        t!(locale => "audit-column-what"),
        t!(locale => "audit-column-name"),
        t!(locale => "audit-column-change"),
        t!(locale => "audit-column-field"),
        t!(locale => "audit-column-before"),
        t!(locale => "audit-column-after"),
    ]
}

/// One row for each changed column; an entry without any has a row, too.
fn rows(locale: Locale, entry: &AuditEntry) -> Vec<Vec<Cell>> {
    let shown = entry.fields.iter().filter(|field| !audit_words::is_structural(&field.column));
    let mut fields: Vec<_> = shown.map(|field| audit_words::field(locale, field)).collect();
    if fields.is_empty() {
        fields.push(FieldWords::default());
    }
    fields.into_iter().map(|field| row(locale, entry, field)).collect()
}

fn row(locale: Locale, entry: &AuditEntry, field: FieldWords) -> Vec<Cell> {
    let local = to_local(entry.at);
    let text = |value: Option<String>| Cell::optional(value, Cell::Text);
    vec![
        Cell::Date(local.date()),
        Cell::Time(local.time()),
        Cell::text(audit_words::who(locale, entry)),
        text(entry.address.clone()),
        text(entry.customer.as_ref().map(|(_, name)| name.clone())),
        Cell::text(audit_words::subject(locale, entry.subject)),
        Cell::text(format::person(locale, &entry.label)),
        Cell::text(audit_words::change(locale, entry)),
        Cell::text(field.name),
        text(field.before),
        text(field.after),
    ]
}
