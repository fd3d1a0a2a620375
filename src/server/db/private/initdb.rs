//! Creating the cluster, all or nothing.

use std::{fs, path::Path, process::Stdio};

use super::{
    SUPERUSER,
    account::Account,
    binaries::Binaries,
    error::{Doing, PrivateClusterError},
    layout::{Layout, claim_directory, sync_directory},
    log::ServerLog,
    processes::Processes,
};

/// Creates the cluster under a temporary name and renames it when it is complete and on disk, so that a
/// directory of the final name is always a whole cluster.
///
/// The locale is C.UTF-8, which every Debian has and which never changes under an index; Czech order is
/// asked for where it is wanted (`COLLATE "cs-x-icu"`).
pub(super) async fn create(layout: &Layout, account: &Account, binaries: &Binaries) -> Result<(), PrivateClusterError> {
    let unfinished = layout.unfinished_data();
    remove_leftover(&unfinished).await?;
    claim_directory(&unfinished, account)?;

    let log = ServerLog::open(layout.log(), account)?;
    let status = account
        .command(&binaries.initdb)
        .arg("-D")
        .arg(&unfinished)
        .args(["--username", SUPERUSER, "--data-checksums", "--no-instructions"])
        .args(["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=libc"])
        // Only for somebody who starts the directory by hand; the launcher brings its own rules.
        .args(["--auth-local=peer", "--auth-host=reject"])
        // Makes an initdb that outlives a killed portal recognisable, see `remove_leftover`.
        .current_dir(&unfinished)
        .stdout(Stdio::null())
        .stderr(log.writer()?)
        .kill_on_drop(true)
        .status()
        .await
        .doing("run", &binaries.initdb)?;
    if !status.success() {
        return Err(PrivateClusterError::Create { reason: log.reason(), log: layout.log() });
    }

    // initdb has synced the files.
    fs::rename(&unfinished, layout.data()).doing("rename", &unfinished)?;
    sync_directory(&layout.home())?;
    sync_directory(layout.root())
}

/// Removes what an interrupted initdb left, after ending it in case only the portal was killed.
async fn remove_leftover(unfinished: &Path) -> Result<(), PrivateClusterError> {
    if fs::symlink_metadata(unfinished).is_err() {
        return Ok(());
    }
    tracing::info!(directory = %unfinished.display(), "removing a half-made database");
    Processes::of(unfinished)?.end_all().await?;
    fs::remove_dir_all(unfinished).doing("remove", unfinished)
}
