//! Making a backup.

use std::{fs::File, io, path::Path};

use tempfile::NamedTempFile;

use super::{
    error::{BackupError, Doing},
    programs::{Contents, DUMP, Programs},
    target::Target,
};
use crate::server::db::line::backups;

/// Writes all that is kept into a file, and returns its size in bytes. The file has its name only when it is complete and on
/// the disk; one that is there already is replaced only by `force`.
///
/// # Errors
/// What kept it from being made; nothing has the file's name then that did not have it before.
pub async fn back_up(target: &Target, file: &Path, force: bool) -> Result<u64, BackupError> {
    let file = &std::path::absolute(file).doing("resolve", file)?;
    if !force && file.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(file.clone()));
    }
    let found = backups::find(&mut target.connect().await?).await?;
    if !found.sees_everything {
        return Err(BackupError::SeesLittle);
    }
    let programs = Programs::for_server(found.version)?;
    let directory = file.parent().unwrap_or(Path::new("/"));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // Readable for its owner only, as everything that customers have entrusted is in it.
    let unfinished = tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(".unfinished")
        .tempfile_in(directory)
        .doing("write into", directory)?;
    let mut command = programs.command(DUMP);
    command.args(["--format=custom", "--no-password", "--lock-wait-timeout=60s"]);
    if !found.bypasses_walls {
        // As the database's owner, who is `linka_system` too, to whom the policies of every wall show every row.
        command.arg("--enable-row-security");
    }
    target.reach(&mut command);
    command.arg("--file").arg(unfinished.path());
    programs.output(DUMP, command).await?;
    // What cannot be read back is no backup.
    if !Contents::read(&programs, unfinished.path()).await?.is_linka {
        return Err(BackupError::NotABackup(unfinished.path().to_owned()));
    }
    finish(unfinished, file, directory, force)
}

fn finish(unfinished: NamedTempFile, file: &Path, directory: &Path, force: bool) -> Result<u64, BackupError> {
    unfinished.as_file().sync_all().doing("sync", file)?;
    let bytes = unfinished.as_file().metadata().doing("look at", file)?.len();
    let named = if force { unfinished.persist(file) } else { unfinished.persist_noclobber(file) };
    match named.map_err(|error| error.error) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(BackupError::Exists(file.to_owned())),
        named => named.doing("rename", file)?,
    };
    // The name too survives a power cut.
    File::open(directory).and_then(|directory| directory.sync_all()).doing("sync", directory)?;
    Ok(bytes)
}
