//! One portal per private database.

use std::{
    fs::{File, TryLockError},
    io::{Read, Write},
};

use super::{
    account::Account,
    error::{Doing, PrivateClusterError},
    layout::{Layout, open_file},
};

/// Held as long as the portal runs the database.
///
/// The kernel gives it back when the process ends in whatever way, so a lock is never stale. The file
/// itself stays: removing it would let two portals lock two files of one name. PostgreSQL does not inherit
/// it, so a server that survived its portal does not keep the next portal out.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    pub fn take(layout: &Layout, account: &Account) -> Result<Lock, PrivateClusterError> {
        let path = layout.lock();
        let mut file = open_file(&path, account)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                // Advice for the operator only; the lock itself has already answered.
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                return Err(PrivateClusterError::Locked {
                    directory: layout.root().to_owned(),
                    holder: holder.trim().parse().ok(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(error).doing("lock", path),
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).doing("write", path)?;
        Ok(Lock { _file: file })
    }
}
