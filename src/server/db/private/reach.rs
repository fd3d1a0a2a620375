//! Whether the database's account gets where its data shall be.

use std::path::Path;

use super::{
    account::Account,
    error::{Doing, PrivateClusterError},
    layout::Layout,
};

/// Checks that the account which PostgreSQL would run as can get into `root`, or into the deepest part
/// of it that exists: what is missing below is created with the permissions that it needs.
///
/// Only root can fail here, because PostgreSQL refuses to run as root and becomes somebody else. The
/// caller decides where to go instead.
pub fn reachable_for_database_account(root: &Path) -> Result<(), PrivateClusterError> {
    let root = std::path::absolute(root).doing("resolve", root)?;
    let account = Account::choose(&Layout::home_below(&root))?;
    if !account.switch {
        return Ok(());
    }
    let existing = root.ancestors().find(|path| path.exists()).unwrap_or(Path::new("/"));
    let existing = existing.canonicalize().doing("resolve", existing)?;
    if account.may_enter(&existing)? {
        return Ok(());
    }
    let mut outermost_first: Vec<&Path> = existing.ancestors().collect();
    outermost_first.reverse();
    for ancestor in outermost_first {
        if !account.may_enter(ancestor)? {
            return Err(account.stopped_at(ancestor));
        }
    }
    Err(account.stopped_at(&existing))
}
