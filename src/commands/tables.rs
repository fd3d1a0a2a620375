//! Tables that are taken over, and those that an export writes.

use std::{
    io::{Read as _, Write as _},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Component, Path},
    process::ExitCode,
};

use anyhow::{Context, anyhow};
use linka::{
    model::{minutes::contracts::LARGEST_FILE, ordering::imports::Counts, problem::Problem},
    server::{
        config::DatabaseArgs,
        service::ordering::{exports, imports},
        sheets::SourceFile,
    },
    ui::{import_words, texts::Locale},
};

use super::database::beside_portal;

/// Takes over the tables of a directory, and says what came of each and all that is wrong.
pub(crate) async fn import(database: &DatabaseArgs, directory: &Path, dry_run: bool) -> anyhow::Result<ExitCode> {
    let files = tables_in(directory)?;
    beside_portal(database, "http://localhost", async |app| {
        let signed = |way: &str| beside(directory, way);
        let report = imports::import_beside(&app, None, &files, &signed, dry_run).await?;
        for (kind, counts) in &report.tables {
            let Counts { new, changed, same, wrong } = counts;
            println!("{kind}: {new} new, {changed} changed, {same} the same, {wrong} wrong");
        }
        for (file, encoding) in &report.encodings {
            println!("{file}: read as {}", import_words::encoding(*encoding));
        }
        for problem in &report.problems {
            eprintln!("{}", import_words::line(Locale::En, problem));
        }
        if report.more > 0 {
            eprintln!("and {} more", report.more);
        }
        if dry_run {
            println!("Nothing was changed: this was a trial.");
        }
        Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
    .await
}

/// The files of a directory that may be tables, by name.
fn tables_in(directory: &Path) -> anyhow::Result<Vec<SourceFile>> {
    let cannot_read = || format!("cannot read {}", directory.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).with_context(cannot_read)? {
        let path = entry.with_context(cannot_read)?.path();
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        if path.is_file() && ["csv", "txt", "xlsx", "zip"].iter().any(|known| ending == *known) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push(SourceFile { name, bytes: std::fs::read(&path).with_context(|| path.display().to_string())? });
        }
    }
    anyhow::ensure!(
        !files.is_empty(),
        "{} has no tables: customers.csv or customers.xlsx, and the others",
        directory.display()
    );
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// What a file beside the tables holds, by its way from their directory and never out of it; no more than may be taken over.
fn beside(directory: &Path, way: &str) -> Option<Vec<u8>> {
    let way = Path::new(way);
    if !way.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(directory.join(way)).ok()?;
    file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Makes a directory, and those above it that are missing, for their owner only.
fn make_private(directory: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

/// Writes a file for its owner only, as all that customers have entrusted is in it.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)
}

/// Writes everything of one customer, or of all, into an empty directory.
pub(crate) async fn export(
    database: &DatabaseArgs,
    directory: &Path,
    customer: Option<&str>,
) -> anyhow::Result<ExitCode> {
    make_private(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    let mut entries = std::fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    anyhow::ensure!(entries.next().is_none(), "{} is not empty", directory.display());
    beside_portal(database, "http://localhost", async |app| {
        let mut count = 0;
        let exported = exports::export::<anyhow::Error>(&app, customer, |file| {
            let path = directory.join(&file.name);
            let folder = path.parent().unwrap_or(directory);
            make_private(folder)
                .and_then(|()| write_private(&path, &file.bytes))
                .with_context(|| format!("cannot write {}", path.display()))?;
            count += 1;
            Ok(())
        });
        exported.await.map_err(|error| match (error.downcast_ref::<Problem>(), customer) {
            (Some(Problem::NotFound), Some(named)) => anyhow!("no customer has the key or the IČO {named}"),
            _ => error,
        })?;
        println!("Exported into {}, {count} files.", directory.display());
        Ok(ExitCode::SUCCESS)
    })
    .await
}
