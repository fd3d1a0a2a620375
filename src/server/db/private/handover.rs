//! The data directory of a database account that root goes on as.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown, lchown},
    path::Path,
};

use super::{
    account::Account,
    error::{Doing, PrivateClusterError},
    layout::Layout,
};

impl Account {
    /// The account that runs, or would run, the database in `root`.
    pub fn of_database(root: &Path) -> Result<Account, PrivateClusterError> {
        Account::choose(&Layout::home_below(&std::path::absolute(root).doing("resolve", root)?))
    }

    /// Gives the account the data directory, which is made if it is missing: root does so before it goes on as this account, which
    /// could make nothing in a directory of root's. What root has made in there before goes with it, once: afterwards the account may
    /// put there what it wants.
    pub fn take_over(&self, root: &Path) -> Result<(), PrivateClusterError> {
        let layout = Layout::prepare(root)?;
        let root = layout.root();
        if fs::metadata(root).doing("look at", root)?.uid() != 0 {
            return Ok(());
        }
        for entry in fs::read_dir(root).doing("list", root)? {
            let entry = entry.doing("list", root)?;
            if entry.metadata().doing("look at", entry.path())?.uid() == 0 {
                lchown(entry.path(), Some(self.uid), Some(self.gid)).doing("chown", entry.path())?;
            }
        }
        chown(root, Some(self.uid), Some(self.gid)).doing("chown", root)
    }
}
