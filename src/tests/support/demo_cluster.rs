//! A private database with the demonstration's data, made once for all tests of one build: each gets a copy of it, in which nothing
//! runs.

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::UNIX_EPOCH,
};

use super::{
    portal::{listens_on, serve_demo},
    site_files,
};

/// Puts a copy into a data directory.
pub async fn copy_into(data: &Path) {
    let made = made().await;
    let copied = Command::new("cp").arg("--archive").arg(made.join(".")).arg(data).status().expect("cp");
    assert!(copied.success(), "{} into {}", made.display(), data.display());
}

/// Where it is; whoever comes first makes it, and the others wait.
async fn made() -> PathBuf {
    let program = fs::metadata(env!("CARGO_BIN_EXE_linka")).and_then(|file| file.modified()).expect("the program");
    let built = program.duration_since(UNIX_EPOCH).expect("a time").as_nanos();
    let folder = std::env::temp_dir().join(format!("linka-demo-{built}"));
    fs::create_dir_all(&folder).expect("a directory");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o711)).expect("reachable");
    let lock = File::create(folder.join("lock")).expect("a file");
    lock.lock().expect("a lock");
    let (data, is_made) = (folder.join("data"), folder.join("made"));
    if !is_made.exists() {
        let _ = fs::remove_dir_all(&data);
        fs::create_dir(&data).expect("a directory");
        fs::set_permissions(&data, fs::Permissions::from_mode(0o711)).expect("reachable");
        make(&data).await;
        File::create(is_made).expect("a file");
    }
    data
}

/// Starts the program, and ends it as a person does.
async fn make(data: &Path) {
    let files = site_files();
    let mut server = serve_demo(&files, data, &[], Stdio::inherit());
    listens_on(&mut server).await.expect("it says where it listens");
    let process = server.id().expect("it runs").to_string();
    Command::new("kill").args(["-TERM", &process]).status().expect("kill");
    assert!(server.wait().await.expect("an end").success(), "it ends well");
}
