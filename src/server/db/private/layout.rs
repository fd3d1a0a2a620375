//! Where the private database keeps what, and how its files are made.
//!
//! ```text
//! LINKA_DATA/
//!   postgres.lock     held by the portal that runs the database
//!   postgres.log      the server's log, appended to
//!   postgres/         0700, the database account's
//!     data/           the cluster
//!     data.new/       a cluster that initdb is working on
//!     pg_hba.conf, pg_ident.conf, .s.PGSQL.5432
//! ```
//!
//! Root may work in directories of the less privileged database account. So nothing here follows a
//! symbolic link in its last component, and owners and modes are set on open descriptors.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown},
    path::{Path, PathBuf},
};

use rustix::{fs::OFlags, process::geteuid};

use super::{
    account::Account,
    error::{Doing, PrivateClusterError},
};

/// The port is only part of the socket's name; nothing listens on TCP.
pub(super) const PORT: u16 = 5432;

/// `sockaddr_un` holds 108 bytes with the closing zero.
const SOCKET_NAME_LIMIT: usize = 107;

#[derive(Debug, Clone)]
pub(super) struct Layout {
    root: PathBuf,
}

impl Layout {
    /// Creates `root` if it is missing and resolves it, so that a relative `LINKA_DATA` and one behind a
    /// symbolic link name the same place for every process.
    ///
    /// A socket name that is too long is refused rather than moved to a short directory in /tmp: that
    /// could be squatted, is cleaned by others and differs between services with a private /tmp.
    pub fn prepare(root: &Path) -> Result<Layout, PrivateClusterError> {
        let root = std::path::absolute(root).doing("resolve", root)?;
        create_root(&root)?;
        let root = root.canonicalize().doing("resolve", &root)?;
        if root.to_str().is_none_or(|name| name.contains(|c: char| c == ',' || c.is_control())) {
            return Err(PrivateClusterError::UnusablePath { path: root });
        }
        let layout = Layout { root };
        let socket = layout.socket();
        let length = socket.as_os_str().len();
        if length > SOCKET_NAME_LIMIT {
            return Err(PrivateClusterError::SocketPathTooLong { path: socket, length, limit: SOCKET_NAME_LIMIT });
        }
        Ok(layout)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn lock(&self) -> PathBuf {
        self.root.join("postgres.lock")
    }

    pub fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    /// The database account's directory, also that of the socket.
    pub fn home(&self) -> PathBuf {
        Layout::home_below(&self.root)
    }

    pub fn home_below(root: &Path) -> PathBuf {
        root.join("postgres")
    }

    pub fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    pub fn unfinished_data(&self) -> PathBuf {
        self.home().join("data.new")
    }

    pub fn hba(&self) -> PathBuf {
        self.home().join("pg_hba.conf")
    }

    pub fn ident(&self) -> PathBuf {
        self.home().join("pg_ident.conf")
    }

    pub fn socket(&self) -> PathBuf {
        self.home().join(format!(".s.PGSQL.{PORT}"))
    }

    /// PostgreSQL's two lock files: of the data directory and of the socket.
    pub fn server_locks(&self) -> [PathBuf; 2] {
        [self.data().join("postmaster.pid"), self.home().join(format!(".s.PGSQL.{PORT}.lock"))]
    }

    /// The existing cluster's major version.
    pub fn cluster_version(&self) -> Result<Option<u32>, PrivateClusterError> {
        let data = self.data();
        match fs::read_to_string(data.join("PG_VERSION")) {
            Ok(version) => match version.trim().parse() {
                Ok(version) => Ok(Some(version)),
                Err(_) => Err(PrivateClusterError::NotACluster { path: data }),
            },
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).doing("look at", data),
            Err(_) if data.exists() => Err(PrivateClusterError::NotACluster { path: data }),
            Err(_) => Ok(None),
        }
    }
}

/// Creates the missing directories down to `root`. Made by root they let every account through (0711,
/// which lists nothing), since the database account has to pass; else they are the user's alone. The
/// process's umask has no say.
fn create_root(root: &Path) -> Result<(), PrivateClusterError> {
    if root.is_dir() {
        return Ok(());
    }
    if let Some(parent) = root.parent() {
        create_root(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(root) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && root.is_dir() => {
            return Ok(());
        }
        created => created.doing("create", root)?,
    }
    if geteuid().is_root() {
        fs::set_permissions(root, Permissions::from_mode(0o711)).doing("open up", root)?;
    }
    Ok(())
}

/// Creates `path` if it is missing and makes it the account's alone.
pub(super) fn claim_directory(path: &Path, account: &Account) -> Result<(), PrivateClusterError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        created => created.doing("create", path)?,
    }
    let owner = fs::symlink_metadata(path).doing("look at", path)?.uid();
    if owner != account.uid && !account.switch {
        return Err(PrivateClusterError::ForeignOwner { path: path.to_owned(), owner });
    }
    let directory = OpenOptions::new()
        .read(true)
        .custom_flags((OFlags::DIRECTORY | OFlags::NOFOLLOW).bits().cast_signed())
        .open(path)
        .doing("open", path)?;
    if account.switch {
        fchown(&directory, Some(account.uid), Some(account.gid)).doing("chown", path)?;
    }
    directory.set_permissions(Permissions::from_mode(0o700)).doing("chmod", path)
}

/// Opens a file of the account's for reading and for writing at its end, creating it if it is missing.
pub(super) fn open_file(path: &Path, account: &Account) -> Result<File, PrivateClusterError> {
    let file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
        .doing("open", path)?;
    if account.switch {
        // The directory may be the account's, who could have given a file of root's another name there.
        if file.metadata().doing("look at", path)?.nlink() > 1 {
            return Err(io::Error::other("it has other names")).doing("take", path);
        }
        fchown(&file, Some(account.uid), Some(account.gid)).doing("chown", path)?;
    }
    Ok(file)
}

/// Replaces a small file as a whole: a reader, or a crash, finds the old or the new one.
pub(super) fn replace_file(path: &Path, contents: &str, account: &Account) -> Result<(), PrivateClusterError> {
    let unfinished = path.with_extension("new");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        removed => removed.doing("remove", &unfinished)?,
    }
    // `create_new` never follows a link, and a link at `path` itself is what the rename replaces.
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished).doing("create", &unfinished)?;
    if account.switch {
        fchown(&file, Some(account.uid), Some(account.gid)).doing("chown", &unfinished)?;
    }
    file.write_all(contents.as_bytes()).and_then(|()| file.sync_all()).doing("write", &unfinished)?;
    fs::rename(&unfinished, path).doing("rename", &unfinished)
}

/// Makes the names in a directory, not only the files, survive a power cut.
pub(super) fn sync_directory(path: &Path) -> Result<(), PrivateClusterError> {
    File::open(path).and_then(|directory| directory.sync_all()).doing("sync", path)
}
